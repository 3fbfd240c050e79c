// One client's socket: lines in, lines out, with every bound that keeps one bad client from hurting the daemon. Lines
// written in one turn of the event loop leave as one write. When too much waits unsent the socket is not read any
// further, so that a client that asks and does not listen stops itself.

import type net from 'node:net';
import { decodeBuffer } from '../../connect/decodeBuffer.ts';
import { createLineReader } from '../../shared/protocol/framing.ts';
import { limits } from '../config.ts';

export interface WireListener {
  onLine(line: string): void;
  /** A frame over the limit came; the wire reads nothing after it. */
  onTooLong(bytes: number): void;
  /** What waited has been sent. */
  onDrain(): void;
  onClose(): void;
}

export interface Wire {
  /** Queues one message. */
  send(line: string): void;
  /** Unsent bytes. */
  readonly queuedBytes: number;
  readonly isCongested: boolean;
  /** Sends what waits, then ends. */
  end(): void;
  destroy(): void;
}

/** More lines than this leave at once, so that the reader has work while the rest is made. */
const linesPerWrite = 16;

export interface WireOptions {
  readonly frameBytesMax?: number;
  readonly sendQueueBytesMax?: number;
}

export function createWire(socket: net.Socket, listener: WireListener, options: WireOptions = {}): Wire {
  const frameBytesMax = options.frameBytesMax ?? limits.frameBytesMax;
  const sendQueueBytesMax = options.sendQueueBytesMax ?? limits.sendQueueBytesMax;
  let outgoing = '';
  let outgoingLines = 0;
  let isScheduled = false;

  const reader = createLineReader({
    frameBytesMax,
    decode: decodeBuffer,
    onLine: (line) => listener.onLine(line),
    onTooLong: (bytes) => listener.onTooLong(bytes),
  });
  const queuedBytes = (): number => socket.writableLength + outgoing.length;
  const flush = (): void => {
    if (outgoing === '' || !socket.writable) return;
    const text = outgoing;
    outgoing = '';
    outgoingLines = 0;
    socket.write(text);
    if (socket.writableLength > sendQueueBytesMax) socket.pause();
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk) => reader.push(chunk as Buffer));
  socket.on('drain', () => {
    socket.resume();
    listener.onDrain();
  });
  socket.on('error', () => {});
  socket.on('close', () => listener.onClose());

  return {
    send(line) {
      outgoing += `${line}\n`;
      outgoingLines += 1;
      if (outgoingLines >= linesPerWrite) flush();
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        flush();
      });
    },
    get queuedBytes() {
      return queuedBytes();
    },
    get isCongested() {
      return queuedBytes() > sendQueueBytesMax;
    },
    end() {
      flush();
      socket.end();
      // Who does not hang up either is cut off.
      const timer = setTimeout(() => socket.destroy(), limits.endWaitMs);
      socket.once('close', () => clearTimeout(timer));
    },
    destroy() {
      socket.destroy();
    },
  };
}
