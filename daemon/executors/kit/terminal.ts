// What all terminals share: the shell that is opened where no command was given, and the pair of a stream and its end.

import type { Duplex } from 'node:stream';
import { ProblemError } from '../../../shared/model/problem.ts';

/** A friendlier shell where there is one. Every system with a shell has this one. */
export const usualShell = ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'] as const;

/** Resolves when a stream is closed, however that came; never rejects. */
export function closed(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', () => resolve());
  });
}

/** Nothing but what runs has a shell in it. */
export function notRunning(name: string, status: string): ProblemError {
  return new ProblemError({
    code: 'wrong-state',
    message: `${name} is ${status}; only what runs can be entered.`,
    fix: 'Start it first.',
  });
}
