// Failures on demand, for rehearsals and tests. A test queues a fault that happens once; a person gives a thing the
// tag `sandbox-fault`, and every write to it fails that way until the tag is removed. A tag never crashes the daemon.

import { type ProblemCode, ProblemError, problemCodes } from '../../../shared/model/problem.ts';

export const faultKinds = [
  /** The cloud says no, nothing is written. */
  'refuse',
  /** The request never arrives, and no answer comes. */
  'lose-request',
  /** It is written, and the answer is lost. */
  'lose-answer',
  /** No answer comes until the step is given up; nothing is written. */
  'hang',
  /** The daemon is killed (SIGKILL) right before or right after the write. */
  'crash-before',
  'crash-after',
  /** Accepted, and the transition ends in `error`. */
  'end-in-error',
  /** Accepted, and the transition never ends. */
  'stuck',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Only for this operation; absent: for the next, whatever it is. */
  readonly operation?: string;
  /** Only for the thing with this id or name. */
  readonly target?: string;
  /** What `refuse` says; `cloud-failed` where absent. */
  readonly code?: ProblemCode;
  readonly message?: string;
}

export interface FaultTarget {
  readonly operation: string;
  readonly id?: string;
  readonly name?: string;
}

export const faultTag = 'sandbox-fault';
const tagKinds: readonly FaultKind[] = [
  'refuse',
  'lose-request',
  'lose-answer',
  'hang',
  'end-in-error',
  'stuck',
];

export function matchesFault(fault: Fault, target: FaultTarget): boolean {
  const isOperation = fault.operation === undefined || fault.operation === target.operation;
  const isTarget = fault.target === undefined || fault.target === target.id || fault.target === target.name;
  return isOperation && isTarget;
}

/** The fault a tag asks for: a kind of fault, or the code of a problem to refuse with. */
export function faultOfTags(tags: Readonly<Record<string, string>>): Fault | undefined {
  const value = tags[faultTag];
  if (value === undefined) return undefined;
  const kind = tagKinds.find((each) => each === value);
  if (kind) return { kind };
  return Object.hasOwn(problemCodes, value) ? { kind: 'refuse', code: value as ProblemCode } : undefined;
}

const sentences: Partial<Record<ProblemCode, readonly [message: string, fix: string]>> = {
  'cloud-quota': [
    'The quota of the project is used up.',
    'Delete what is not needed or ask for a higher quota.',
  ],
  'cloud-forbidden': [
    'The project does not allow this.',
    'Ask an administrator of the project for the role.',
  ],
  'cloud-unauthorized': ['The cloud does not accept the credentials.', 'Sign in again.'],
  'cloud-unreachable': ['The cloud cannot be reached.', 'Check the network and try again.'],
  'cloud-conflict': ['The resource is busy with something else.', 'Wait until it is done and try again.'],
  'cloud-throttled': ['The cloud takes no more requests for now.', 'Wait a moment and try again.'],
};

/** What the simulated cloud says when it fails on demand. */
export function faultProblem(code: ProblemCode = 'cloud-failed', message?: string): ProblemError {
  const [sentence, fix] = sentences[code] ?? ['The cloud failed.', 'Try again.'];
  return new ProblemError({
    code,
    message: `${message ?? sentence} (A failure on demand of the simulated cloud.)`,
    fix,
  });
}
