// Listens for clients and holds their sessions. The folder of the socket lets only its user in; nothing here knows
// what a request does. Made and ended by `main.ts`.

import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { makePrivateFolder } from '../../connect/paths.ts';
import { type Problem, ProblemError, problemCodes } from '../../shared/model/problem.ts';
import { protocolVersion, protocolVersionMin } from '../../shared/protocol/version.ts';
import { limits } from '../config.ts';
import type { DrainReason, Services, SessionInfo } from './contract.ts';
import { createDispatch, type Initialize } from './dispatch.ts';
import { handlers } from './handlers/handlers.ts';
import { Session, type SessionHost, type SessionLimits } from './session.ts';

export interface RpcServer {
  /** Sessions that have introduced themselves. */
  readonly sessions: readonly SessionInfo[];
  onDidChangeSessions(listener: (count: number) => void): () => void;
  /** Tells all clients that the daemon ends; new ones are refused. */
  announceDrain(reason: DrainReason): void;
  /** Sends the answers that are ready, then ends all sessions and stops listening. */
  close(): Promise<void>;
}

export interface ServerOptions extends SessionLimits {
  readonly sessionsMax?: number;
}

/** What this daemon can do beyond the table of version 1. */
const capabilities: readonly string[] = ['subscriptions', 'progress', 'cancellation'];

/** Listens on `socketPath`; a socket file left by a dead daemon is removed (the caller holds the lock). */
export async function listen(
  socketPath: string,
  services: Services,
  options: ServerOptions = {},
): Promise<RpcServer> {
  const sessions = new Set<Session>();
  const listeners = new Set<(count: number) => void>();
  let lastSession = 0;
  const introduced = () => [...sessions].filter((session) => session.isInitialized);
  const changed = (): void => {
    for (const listener of [...listeners]) listener(introduced().length);
  };
  const initialize: Initialize = (params, call) => {
    const problem = objectionTo(params.protocolVersion, services);
    if (problem) throw new ProblemError(problem);
    call.session.introduce(params.client);
    services.log('debug', `session ${call.session.id}: ${params.client.name} ${params.client.version}`);
    changed();
    const { version, pid, startedAt, stateFolder } = services.daemon;
    return {
      protocolVersion: Math.min(params.protocolVersion, protocolVersion),
      daemon: { version, pid, startedAt },
      capabilities,
      session: call.session.id,
      stateFolder,
    };
  };
  const host: SessionHost = {
    services,
    limits: options,
    dispatch: createDispatch(handlers, initialize, services.log),
    sessions: introduced,
    onClose(session) {
      sessions.delete(session);
      changed();
    },
  };
  const server = net.createServer((socket) => {
    if (sessions.size >= (options.sessionsMax ?? limits.sessionsMax)) refuse(socket, tooManySessions);
    else sessions.add(new Session(`s${++lastSession}`, socket, host));
  });
  await bind(server, socketPath);

  return {
    get sessions() {
      return introduced();
    },
    onDidChangeSessions(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announceDrain(reason) {
      for (const session of introduced()) session.notify('session/didDrain', { reason });
    },
    async close() {
      listeners.clear();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // What was settled just now still gets its answer; what waits on is told by the end of the line.
      for (let turn = 0; turn < 3; turn++) await nextTurn();
      for (const session of sessions) session.end();
      const timer = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, limits.endWaitMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function bind(server: net.Server, socketPath: string): Promise<void> {
  if (process.platform !== 'win32') {
    makePrivateFolder(path.dirname(socketPath));
    fs.rmSync(socketPath, { force: true });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
  if (process.platform !== 'win32') fs.chmodSync(socketPath, 0o600);
}

function objectionTo(clientVersion: number, services: Services): Problem | undefined {
  if (services.daemon.isDraining)
    return {
      code: 'draining',
      message: 'This daemon is ending and takes no new clients.',
      fix: 'Connect again in a moment; a new one is started.',
    };
  if (clientVersion >= protocolVersionMin) return undefined;
  return {
    code: 'version-mismatch',
    message: `The running Pilothouse daemon (${services.daemon.version}) is newer than this client and no longer speaks its protocol (${clientVersion}; it speaks ${protocolVersionMin} to ${protocolVersion}).`,
    fix: 'Update this client: reload the window after updating the extension, or install the newer command.',
  };
}

const tooManySessions: Problem = {
  code: 'overloaded',
  message: 'The daemon has as many clients as it takes.',
  fix: 'Close windows or terminals that use it, and try again.',
};

function refuse(socket: net.Socket, problem: Problem): void {
  const error = { code: problemCodes[problem.code], message: problem.message, data: problem };
  socket.on('error', () => {});
  socket.resume();
  socket.end(`${JSON.stringify({ jsonrpc: '2.0', id: null, error })}\n`, () => socket.destroySoon());
}
