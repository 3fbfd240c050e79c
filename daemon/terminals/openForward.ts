// One forwarded port: listens on this machine's loopback and carries each connection to the resource. It never listens
// anywhere else, never on a port that is taken, and ends with its session or with the resource.

import net from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Forward } from '../../shared/model/terminal.ts';
import { limits } from '../config.ts';
import type { Listener, OpenForward } from './contract.ts';

export interface ForwardOptions {
  readonly about: Pick<Forward, 'resource' | 'environment' | 'port'>;
  /** 0: any that is free. */
  readonly localPort: number;
  readonly connect: (signal: AbortSignal) => Promise<Duplex>;
  /** Told once. */
  readonly onEnd: (end: { readonly reason: string; readonly connections: number }) => void;
}

/** Throws ProblemError where the port of this machine is taken. */
export async function holdForward(options: ForwardOptions): Promise<OpenForward> {
  const lifetime = new AbortController();
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ pauseOnConnect: true });
  const localPort = await listen(server, options.localPort);
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
      pipeline(remote, socket, () => undefined);
      pipeline(socket, remote, () => undefined);
      remote.on('close', () => resolve());
      socket.on('close', () => remote.destroy());
    });
  } finally {
    socket.destroy();
  }
}

function listen(server: net.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        new ProblemError(
          {
            code: 'wrong-state',
            message: isTaken
              ? `Port ${port} of this machine is taken by another program.`
              : `This machine does not let port ${port} be listened on (${error.code ?? error.message}).`,
            fix: 'Choose another port.',
          },
          error,
        ),
      );
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      resolve((server.address() as net.AddressInfo).port),
    );
  });
}
