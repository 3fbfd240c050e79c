// What a client makes of the raw lines of a daemon: a message, or a problem a person can act on. What comes over
// the wire is data from a program that may be broken, so nothing is taken on trust here.

import { type Problem, type ProblemCode, ProblemError, problemCodes } from '../model/problem.ts';

export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export interface WireMessage {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** Reads one line as a JSON-RPC message; undefined where it is not one. */
export function parseMessage(line: string): WireMessage | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof message !== 'object' || message === null || !('jsonrpc' in message) || message.jsonrpc !== '2.0')
    return undefined;
  const { method, id, result, error } = message as WireMessage;
  if (typeof method === 'string') return message as WireMessage;
  const isError = typeof error === 'object' && error !== null;
  // An error without an id speaks of the line itself.
  if (id === null) return isError ? (message as WireMessage) : undefined;
  const isAnswer = id !== undefined && (result !== undefined) !== isError;
  return isAnswer ? (message as WireMessage) : undefined;
}

/** What to tell a person of a line that is not the protocol. */
export function garbledBy(line: string): Problem {
  const shown = line.length > 60 ? `${line.slice(0, 60)}…` : line;
  return {
    code: 'garbled',
    message: `What answers on the daemon's socket does not speak its protocol (it sent ${JSON.stringify(shown)}).`,
    fix: 'Another program may be using the socket, or the daemon is broken: stop it (Pilothouse: Restart Daemon, or `pilothouse daemon stop`) and try again.',
  };
}

export function timedOut(method: string, timeoutMs: number): Problem {
  return {
    code: 'timed-out',
    message: `The daemon did not answer ${method} within ${timeoutMs / 1000} s.`,
    fix: 'It may be busy or hanging: look at its log (Pilothouse: Show Log), and restart it if it stays so.',
  };
}

/** A daemon's error as it was thrown there; a code of another version becomes the nearest one known here. */
export function problemFromWire(error: WireError): ProblemError {
  const data = error.data as Partial<Problem> | undefined;
  const byNumber = Object.entries(problemCodes).find(([, number]) => number === error.code)?.[0];
  const code = data?.code !== undefined && data.code in problemCodes ? data.code : (byNumber ?? 'internal');
  const fix = typeof data?.fix === 'string' ? data.fix : undefined;
  return new ProblemError({ code: code as ProblemCode, message: String(error.message), ...(fix && { fix }) });
}
