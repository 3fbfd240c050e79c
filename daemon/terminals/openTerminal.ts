// One open terminal between a session and its other end. Bytes are bounded both ways: what is shown waits until the
// reader has taken what came before, what is typed is refused where the other end takes none. Nothing of it is kept.

import type { Duplex } from 'node:stream';
import { ProblemError } from '../../shared/model/problem.ts';
import type { TerminalEnd } from '../../shared/model/terminal.ts';
import { limits } from '../config.ts';
import type { RemoteTerminal } from '../executors/contract.ts';
import type { Listener, OpenTerminal } from './contract.ts';

/** `onEnd` is told once, however it ended. */
export function holdTerminal(remote: RemoteTerminal, onEnd: (end: TerminalEnd) => void): OpenTerminal {
  const { bytes } = remote;
  let listener: Listener | undefined;
  let untaken = 0;
  let typed = 0;
  let end: TerminalEnd | undefined;
  let isTold = false;

  const mayShow = (): boolean =>
    listener !== undefined && untaken < limits.terminalWindowBytes && !listener.isCongested;
  const pump = (): void => {
    while (mayShow()) {
      const part = nextPart(bytes);
      if (part === undefined) break;
      untaken += part.length;
      listener?.send({ topic: 'terminal', data: part.toString('base64') });
    }
    tellEnd();
  };
  /** The end comes after all that was shown. */
  const tellEnd = (): void => {
    if (!end || !listener || isTold || bytes.readableLength > 0) return;
    isTold = true;
    listener.send({ topic: 'terminal', end });
  };
  bytes.on('readable', pump);
  bytes.on('error', () => undefined);
  const finish = (found: TerminalEnd): void => {
    if (end) return;
    end = found;
    onEnd(found);
    pump();
  };
  void remote.ended.then(finish);

  return {
    start(to) {
      listener = to;
      pump();
    },
    resume: pump,
    input: (part) => {
      if (end || bytes.destroyed || !bytes.writable)
        return Promise.reject(new ProblemError({ code: 'wrong-state', message: 'This terminal has ended.' }));
      if (typed + part.length > limits.terminalInputBytes)
        return Promise.reject(
          new ProblemError({
            code: 'overloaded',
            message: 'The other end of this terminal takes no more input at the moment.',
            fix: 'Wait until it goes on, or close the terminal.',
          }),
        );
      typed += part.length;
      return new Promise((resolve) => {
        bytes.write(part, () => {
          typed -= part.length;
          // Where the line has broken, the end says so.
          resolve();
        });
      });
    },
    resize: (columns, rows) => {
      if (!end) remote.resize(columns, rows);
    },
    taken(count) {
      untaken = Math.max(0, untaken - count);
      pump();
    },
    finish: () => undefined,
    dispose(reason) {
      listener = reason === undefined ? undefined : listener;
      bytes.destroy();
      finish({ reason: reason ?? 'It was closed.' });
    },
  };
}

function nextPart(bytes: Duplex): Buffer | undefined {
  const size = Math.min(bytes.readableLength, limits.terminalPartBytes);
  const part: unknown = size > 0 ? bytes.read(size) : bytes.read();
  return Buffer.isBuffer(part) && part.length > 0 ? part : undefined;
}

/** A terminal whose program the client runs itself: there is only its end. */
export function holdOwnProgram(run: readonly string[], onEnd: (end: TerminalEnd) => void): OpenTerminal {
  let hasEnded = false;
  const finish = (end: TerminalEnd): void => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(end);
  };
  const noBytes = (): Promise<never> =>
    Promise.reject(
      new ProblemError({
        code: 'wrong-state',
        message: 'This program runs in the client, not in the daemon.',
      }),
    );
  return {
    run,
    start: () => undefined,
    resume: () => undefined,
    input: noBytes,
    resize: () => undefined,
    taken: () => undefined,
    finish: (exitCode) => finish(exitCode === undefined ? {} : { exitCode }),
    dispose: (reason) => finish({ reason: reason ?? 'The window went away before it ended.' }),
  };
}
