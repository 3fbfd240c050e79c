// Ports of the hollow pods of the lab: what connects to one reaches the same port of this machine's loopback, where a
// test listens. It speaks to the API server as a real kubelet does over a WebSocket: two channels a port, each of which
// begins with the number of the port, and a sentence on the second one where nobody listens.

import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v4.channel.k8s.io' });

/** Whether it was one. */
export function upgradePorts(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const match = /^\/portForward\/([^/]+)\/([^/]+)$/.exec(url.pathname);
  if (!match) return false;
  const port = Number(url.searchParams.get('port'));
  sockets.handleUpgrade(request, socket, head, (open) => carry(open, match[2]!, port));
  return true;
}

function carry(socket: WebSocket, pod: string, port: number): void {
  const number = Buffer.alloc(2);
  number.writeUInt16LE(port);
  for (const channel of [0, 1]) socket.send(Buffer.concat([Buffer.of(channel), number]));
  const remote = net.connect(port, '127.0.0.1');
  remote.on('data', (part: Buffer) => {
    remote.pause();
    socket.send(Buffer.concat([Buffer.of(0), part]), () => remote.resume());
  });
  socket.on('message', (data: Buffer) => {
    if (data[0] === 0 && !remote.write(data.subarray(1))) socket.pause();
  });
  remote.on('drain', () => socket.resume());
  remote.on('error', (error) => {
    const said = `error forwarding port ${port} to pod ${pod}, uid : ${error.message.replace('ECONNREFUSED', 'Connection refused')}`;
    socket.send(Buffer.concat([Buffer.of(1), Buffer.from(said)]));
  });
  remote.on('close', () => socket.close());
  socket.on('close', () => remote.destroy());
}
