// The bare counterpart of the rpc bench: a server that parses each line as JSON and writes it back, and nothing else.
// Run as a process of its own: node test/bench/echo.ts SOCKET

import fs from 'node:fs';
import net from 'node:net';

const [, , socketPath = ''] = process.argv;
fs.rmSync(socketPath, { force: true });
net
  .createServer((socket) => {
    let rest = '';
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) socket.write(`${JSON.stringify(JSON.parse(line))}\n`);
    });
  })
  .listen(socketPath, () => process.stdout.write('ready\n'));
