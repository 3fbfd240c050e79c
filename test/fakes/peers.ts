// Broken and foreign daemons: each listens where a daemon would and does one thing wrong.

import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { writeDaemonFile } from '../../connect/daemonFile.ts';

export interface FakePeer {
  /** Everything clients have sent, as lines. */
  readonly heard: readonly string[];
  readonly connections: number;
  close(): Promise<void>;
}

export type Behaviour = (
  message: { readonly id?: number; readonly method: string },
  socket: net.Socket,
) => void;

/** Listens in a state folder as a daemon with this behaviour, and leaves the note of one. */
export async function openPeer(
  stateFolder: string,
  behave: Behaviour,
  onConnect: (socket: net.Socket) => void = () => {},
): Promise<FakePeer> {
  const socketPath = path.join(stateFolder, 'peer.sock');
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  fs.rmSync(socketPath, { force: true });
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        behave(JSON.parse(line), socket);
      }
    });
    onConnect(socket);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  writeDaemonFile(stateFolder, {
    pid: process.pid,
    socket: socketPath,
    version: '0.1.0',
    protocolVersion: 1,
    startedAt: '2026-11-20T10:00:00Z',
  });
  return {
    heard,
    get connections() {
      return connections;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers the introduction as a daemon of this version. */
export function welcome(
  socket: net.Socket,
  id: number | undefined,
  version = '0.1.0',
  protocolVersion = 1,
): void {
  const result = {
    protocolVersion,
    daemon: { version, pid: process.pid, startedAt: '2026-11-20T10:00:00Z' },
    capabilities: [],
    session: 's1',
    stateFolder: '/nowhere',
  };
  socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
}
