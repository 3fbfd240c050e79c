// Two ends of a line in memory: a client's transport, and the hand of a test at the other end.

import type { Problem } from '../../shared/model/problem.ts';
import type { Transport } from '../../shared/protocol/client.ts';

export interface FakeLine {
  readonly transport: Transport;
  /** What the client has sent, parsed. */
  readonly sent: readonly Sent[];
  /** Hands a line to the client as the daemon would. */
  say(message: unknown): void;
  sayRaw(line: string): void;
  hangUp(problem?: Problem): void;
  readonly isClosed: boolean;
}

export interface Sent {
  readonly id?: number;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export function openFakeLine(): FakeLine {
  const sent: Sent[] = [];
  let onLine: (line: string) => void = () => {};
  let onClose: (problem?: Problem) => void = () => {};
  let isClosed = false;
  const hangUp = (problem?: Problem): void => {
    if (isClosed) return;
    isClosed = true;
    onClose(problem);
  };
  return {
    transport: {
      send: (line) => void sent.push(JSON.parse(line) as Sent),
      onLine: (listener) => {
        onLine = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
      close: () => hangUp(),
    },
    sent,
    say: (message) => onLine(JSON.stringify({ jsonrpc: '2.0', ...(message as object) })),
    sayRaw: (line) => onLine(line),
    hangUp,
    get isClosed() {
      return isClosed;
    },
  };
}
