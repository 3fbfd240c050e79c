// The one table of what can go wrong for a person: a code, a sentence and what to do about it.
// A known failure anywhere becomes a Problem; it is returned or thrown as ProblemError and reaches the person whole.
// A message never holds a secret and never only repeats what the cloud said.

/** code → JSON-RPC error number. Numbers are stable: a client of another version may know them. */
export const problemCodes = {
  'bad-input': -32602,
  'unknown-method': -32601,
  internal: -32603,
  'not-initialized': 1001,
  'version-mismatch': 1002,
  draining: 1003,
  overloaded: 1004,
  'frame-too-large': 1005,
  cancelled: 1006,
  'timed-out': 1007,
  disconnected: 1008,
  garbled: 1009,
  'not-found': 1010,
  'not-allowed': 1011,
  'not-a-person': 1012,
  'digest-mismatch': 1013,
  'approval-expired': 1014,
  'approval-used': 1015,
  'wrong-words': 1016,
  'wrong-state': 1017,
  'world-moved': 1018,
  unsupported: 1020,
  'audit-unavailable': 1021,
  'store-unavailable': 1022,
  'cloud-unauthorized': 1030,
  'cloud-forbidden': 1031,
  'cloud-not-found': 1032,
  'cloud-conflict': 1033,
  'cloud-quota': 1034,
  'cloud-throttled': 1035,
  'cloud-unreachable': 1036,
  'cloud-certificate': 1037,
  'cloud-invalid': 1038,
  'cloud-failed': 1039,
  'config-invalid': 1040,
} as const;
export type ProblemCode = keyof typeof problemCodes;

export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, one sentence a person understands. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly fix?: string;
}

/** A known failure on its way to the person who can do something about it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, cause?: unknown) {
    super(problem.message, cause === undefined ? undefined : { cause });
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Turns anything thrown into a Problem; what is not known becomes `internal`, with the message and nothing more. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'cancelled', message: 'It was cancelled.' };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Pilothouse did not expect this: ${message}`,
    fix: 'Nothing was changed by this request beyond what the plan shows. See the log (Pilothouse: Show Log).',
  };
}
