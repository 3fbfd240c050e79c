// One forwarded port: listens on this machine's loopback and carries each connection to the resource. It never listens
// anywhere else, never on a port that is taken, and ends with its session or with the resource.

import net from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Forward } from '../../shared/model/terminal.ts';
import { limits } from '../config.ts';
import type { Listener, OpenForward } from './contract.ts';
import { listenOn } from './ports.ts';

export interface ForwardOptions {
  readonly about: Pick<Forward, 'id' | 'resource' | 'environment' | 'port'>;
  readonly localPort: number;
  readonly connect: (signal: AbortSignal) => Promise<Duplex>;
  /** Told once. */
  readonly onEnd: (end: { readonly reason: string; readonly connections: number }) => void;
}

/** Throws ProblemError where the port of this machine is taken. */
export async function holdForward(options: ForwardOptions): Promise<OpenForward> {
  const lifetime = new AbortController();
  const sockets = new Set<net.Socket>();
  // A client that has said all it has to say still wants the answer.
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true });
  const localPort = await listenOn(server, options.localPort);
  let state: Forward = { ...options.about, localPort, open: 0, total: 0 };
  let listener: Listener | undefined;
  let isStale = false;

  const tell = (): void => {
    isStale = true;
    if (!listener || listener.isCongested) return;
    isStale = false;
    listener.send({ topic: 'forward', forward: state });
  };
  const change = (more: Partial<Forward>): void => {
    state = { ...state, ...more };
    tell();
  };
  server.on('connection', (socket) => {
    if (sockets.size >= limits.forwardConnectionsMax) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    const { problem: _, ...fresh } = state;
    state = fresh;
    change({ open: sockets.size, total: state.total + 1 });
    carry(socket, options.connect, lifetime.signal)
      .catch((error: unknown) => change({ problem: problemOf(error).message }))
      .finally(() => {
        sockets.delete(socket);
        change({ open: sockets.size });
      });
  });

  return {
    get state() {
      return state;
    },
    start(to) {
      listener = to;
      tell();
    },
    resume: () => {
      if (isStale) tell();
    },
    dispose(reason = 'It was stopped.') {
      if (state.ended !== undefined) return;
      change({ ended: reason });
      server.close();
      lifetime.abort(new Error(reason));
      for (const socket of sockets) socket.destroy();
      options.onEnd({ reason, connections: state.total });
    },
  };
}

async function carry(
  socket: net.Socket,
  connect: (signal: AbortSignal) => Promise<Duplex>,
  lifetime: AbortSignal,
): Promise<void> {
  socket.on('error', () => undefined);
  try {
    const remote = await connect(
      AbortSignal.any([lifetime, AbortSignal.timeout(limits.terminalOpenTimeoutMs)]),
    );
    await new Promise<void>((resolve, reject) => {
      // A reader that hangs up is no failure; what the other end says of itself is.
      remote.on('error', (error) => (error instanceof ProblemError ? reject(error) : resolve()));
      // Done when the near end has the last byte, which may be after the far end is closed.
      pipeline(remote, socket, () => resolve());
      pipeline(socket, remote, () => undefined);
      socket.on('close', () => remote.destroy());
      // Not every cloud can be told that no more comes; who has hung up must not keep its connection for ever.
      socket.once('end', () => socket.setTimeout(limits.terminalOpenTimeoutMs, () => socket.destroy()));
    });
  } finally {
    socket.destroy();
  }
}
