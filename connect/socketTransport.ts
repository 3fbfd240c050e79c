// A transport over a Unix socket or a named pipe. Lines written in one turn of the event loop leave as one write.
// A frame over the limit ends the line with a problem: what sends it is broken or is not a daemon.

import net from 'node:net';
import { type Problem, ProblemError } from '../shared/model/problem.ts';
import type { Transport } from '../shared/protocol/client.ts';
import { createLineReader } from '../shared/protocol/framing.ts';
import { frameBytesMax } from '../shared/protocol/version.ts';
import { decodeBuffer } from './decodeBuffer.ts';

/** More lines than this leave at once, so that the daemon has work while the rest is made. */
const linesPerWrite = 16;

/** Why a socket could not be opened: `refused` means that nobody listens there. */
export type ConnectFailure = 'refused' | 'timed-out' | 'forbidden';

export class ConnectError extends Error {
  readonly failure: ConnectFailure;
  constructor(failure: ConnectFailure, cause: unknown) {
    super(`cannot connect: ${failure}`, { cause });
    this.failure = failure;
  }
}

/** Opens a socket. Rejects with ConnectError. */
export function connectSocket(socketPath: string, timeoutMs = 2_000): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = net.createConnection(socketPath);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new ConnectError('timed-out', undefined));
    }, timeoutMs);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(
        new ConnectError(error.code === 'EACCES' || error.code === 'EPERM' ? 'forbidden' : 'refused', error),
      );
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socketTransport(socket));
    });
  });
}

/** Speaks lines over an open socket, which it owns from here on. */
export function socketTransport(socket: net.Socket): Transport {
  let onLine: (line: string) => void = () => {};
  let onClose: ((problem?: Problem) => void) | undefined;
  let problem: Problem | undefined;
  let isClosed = false;
  let outgoing = '';
  let outgoingLines = 0;
  let isScheduled = false;

  const reader = createLineReader({
    frameBytesMax,
    decode: decodeBuffer,
    onLine: (line) => onLine(line),
    onTooLong: (bytes) => {
      problem = tooLong(bytes);
      socket.destroy();
    },
  });
  const flush = (): void => {
    const text = outgoing;
    outgoing = '';
    outgoingLines = 0;
    if (text !== '' && !socket.destroyed) socket.write(text);
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk) => reader.push(chunk as Buffer));
  socket.on('error', () => {});
  socket.on('close', () => {
    if (!problem && reader.heldBytes > 0) problem = halfFrame(reader.heldBytes);
    isClosed = true;
    onClose?.(problem);
  });

  return {
    send(line) {
      if (socket.destroyed) return;
      const bytes = line.length * 3 > frameBytesMax ? Buffer.byteLength(line) : 0;
      if (bytes > frameBytesMax) throw new ProblemError(requestTooLong(bytes));
      outgoing += `${line}\n`;
      outgoingLines += 1;
      if (outgoingLines >= linesPerWrite) flush();
      if (isScheduled) return;
      isScheduled = true;
      queueMicrotask(() => {
        isScheduled = false;
        flush();
      });
    },
    onLine(listener) {
      onLine = listener;
    },
    onClose(listener) {
      onClose = listener;
      if (isClosed) listener(problem);
    },
    close() {
      socket.destroy();
    },
  };
}

function tooLong(bytes: number): Problem {
  return {
    code: 'frame-too-large',
    message: `The daemon sent a message of more than ${frameBytesMax} bytes (${bytes} so far), so the line was cut.`,
    fix: 'Restart the daemon (Pilothouse: Restart Daemon, or `pilothouse daemon stop`); if it happens again, report it with the log.',
  };
}

function requestTooLong(bytes: number): Problem {
  return {
    code: 'frame-too-large',
    message: `The request is ${bytes} bytes long and the daemon takes ${frameBytesMax}.`,
    fix: 'Ask for less at once.',
  };
}

function halfFrame(bytes: number): Problem {
  return {
    code: 'disconnected',
    message: `The daemon ended in the middle of a message (${bytes} bytes of it came).`,
    fix: 'It is started again by itself; its log says why it ended (Pilothouse: Show Log).',
  };
}
