// A real server on a real socket over fake services, and real clients of it, for the tests of this folder.

import net from 'node:net';
import path from 'node:path';
import { connectSocket } from '../../connect/socketTransport.ts';
import { listen, type RpcServer, type ServerOptions } from '../../daemon/rpc/server.ts';
import { type Client, createClient } from '../../shared/protocol/client.ts';
import { type FakeServices, fakeServices } from '../fakes/services.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

export interface House {
  readonly services: FakeServices;
  readonly server: RpcServer;
  readonly socketPath: string;
  /** A client that has introduced itself. */
  connect(kind?: 'editor' | 'terminal' | 'model' | 'mcp'): Promise<Client>;
  /** A socket that has said nothing, and the lines that come back. */
  connectRaw(): Promise<{ readonly socket: net.Socket; readonly lines: Record<string, never>[] }>;
}

const opened: { close(): unknown }[] = [];

export async function openHouse(options: ServerOptions = {}): Promise<House> {
  const folder = tempFolder();
  const socketPath = path.join(folder, 's');
  const services = fakeServices(folder);
  const server = await listen(socketPath, services, options);
  opened.push(server);
  return {
    services,
    server,
    socketPath,
    async connect(kind = 'editor') {
      const client = createClient(await connectSocket(socketPath));
      opened.unshift(client);
      await client.request('session/initialize', {
        protocolVersion: 1,
        client: { name: `test-${kind}`, version: '0.1.0', kind },
      });
      return client;
    },
    async connectRaw() {
      const socket = net.createConnection(socketPath);
      const lines: Record<string, never>[] = [];
      let text = '';
      socket.setEncoding('utf8');
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        text += chunk;
        const parts = text.split('\n');
        text = parts.pop() ?? '';
        for (const part of parts) lines.push(JSON.parse(part));
      });
      opened.unshift({ close: () => socket.destroy() });
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
      return { socket, lines };
    },
  };
}

/** For `afterEach`. */
export async function closeHouses(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
  removeTempFolders();
}
