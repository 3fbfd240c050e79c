// Cuts a stream of bytes into messages, one a line. It must never hold more than one frame of the limit and never
// copy a byte more than once on its way to text, however small the pieces are. Used by both ends of the socket.

import { decodeUtf8 } from './runtime.ts';

const newline = 0x0a;

export interface LineReaderOptions {
  /** Longest line in bytes, without the newline. */
  readonly frameBytesMax: number;
  readonly onLine: (line: string) => void;
  /** Called once when a line grows over the limit; nothing is read after it. */
  readonly onTooLong: (bytes: number) => void;
  /** Bytes to text; Node's `Buffer` is faster than the platform's decoder. */
  readonly decode?: (bytes: Uint8Array) => string;
}

export interface LineReader {
  push(chunk: Uint8Array): void;
  /** Bytes of a line that has begun and not ended. */
  readonly heldBytes: number;
}

/** Reads newline-delimited frames incrementally. Empty lines are passed over; a trailing CR is JSON white space. */
export function createLineReader(options: LineReaderOptions): LineReader {
  const decode = options.decode ?? decodeUtf8;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isStopped = false;

  const hold = (piece: Uint8Array): void => {
    held.push(piece);
    heldBytes += piece.length;
  };
  const stop = (bytes: number): void => {
    isStopped = true;
    held = [];
    heldBytes = 0;
    options.onTooLong(bytes);
  };
  const emit = (piece: Uint8Array): void => {
    const bytes = heldBytes + piece.length;
    if (bytes > options.frameBytesMax) {
      stop(bytes);
      return;
    }
    let whole = piece;
    if (heldBytes > 0) {
      whole = join(held, piece, bytes);
      held = [];
      heldBytes = 0;
    }
    if (bytes > 0) options.onLine(decode(whole));
  };

  return {
    push(chunk) {
      let start = 0;
      while (!isStopped) {
        const end = chunk.indexOf(newline, start);
        if (end < 0) break;
        emit(chunk.subarray(start, end));
        start = end + 1;
      }
      if (isStopped || start >= chunk.length) return;
      hold(chunk.subarray(start));
      if (heldBytes > options.frameBytesMax) stop(heldBytes);
    },
    get heldBytes() {
      return heldBytes;
    },
  };
}

function join(pieces: readonly Uint8Array[], last: Uint8Array, bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  whole.set(last, at);
  return whole;
}
