// The gate of `npm start`: nobody gets in without the secret, nor under a name that is not loopback's; who is in
// reaches requests and WebSockets unchanged, and what runs behind never sees the secret.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { openGate } from '../../scripts/lib/gate.mjs';

const secret = 'a-secret-of-a-test';

describe('scripts/gate', () => {
  let folder: string;
  let inner: http.Server;
  let gate: Awaited<ReturnType<typeof openGate>>;
  let seen: http.IncomingHttpHeaders[];

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-gate-'));
    const socket = path.join(folder, 'editor.sock');
    inner = http.createServer((request, response) => {
      seen.push(request.headers);
      request.pipe(response.writeHead(200, { 'x-path': request.url ?? '' }));
    });
    inner.on('upgrade', (request, connection, head) => {
      seen.push(request.headers);
      connection.write(
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\n',
      );
      connection.write(head);
      connection.pipe(connection);
    });
    await new Promise<void>((resolve) => inner.listen(socket, resolve));
    gate = await openGate({ socket, secret, port: 0, home: '/?folder=x' });
  });

  beforeEach(() => {
    seen = [];
  });

  after(() => {
    gate.stop();
    inner.close();
    fs.rmSync(folder, { recursive: true });
  });

  const cookie = () => `pilothouse-${gate.port}=${secret}`;

  const refused: readonly [string, string, () => Record<string, string>][] = [
    ['no secret', '/', () => ({})],
    ['a wrong secret', '/?secret=another', () => ({})],
    ['an empty secret', '/?secret=', () => ({})],
    ['a wrong cookie', '/', () => ({ cookie: `pilothouse-${gate.port}=another` })],
    ['the cookie of another port', '/', () => ({ cookie: `pilothouse-1=${secret}` })],
    ['the right secret under a foreign name', `/?secret=${secret}`, () => ({ host: 'evil.example' })],
    ['the right cookie under a foreign name', '/', () => ({ cookie: cookie(), host: 'evil.example' })],
  ];
  for (const [what, target, headers] of refused) {
    it(`refuses ${what}`, async () => {
      assert.equal((await ask(target, headers())).status, 403);
      assert.deepEqual(seen, []);
    });
  }

  it('refuses a WebSocket without the cookie', async () => {
    const answer = await ask('/', { connection: 'Upgrade', upgrade: 'websocket' });
    assert.equal(answer.status, 403);
    assert.deepEqual(seen, []);
  });

  it('gives the cookie for the secret and leads to the start page', async () => {
    const answer = await ask(`/?secret=${secret}`, {});
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.location, '/?folder=x');
    assert.match(String(answer.headers['set-cookie']), /HttpOnly; SameSite=Lax/);
  });

  it('passes requests on, without the secret', async () => {
    const answer = await ask('/some?thing=1', { cookie: `theme=dark; ${cookie()}` }, 'a body');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['x-path'], '/some?thing=1');
    assert.equal(answer.body, 'a body');
    assert.equal(seen[0]?.cookie, 'theme=dark');
  });

  it('joins WebSockets both ways', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket', cookie: cookie() };
    const request = http.get({ port: gate.port, path: '/ws', headers });
    const echoed = await new Promise<string>((resolve, reject) => {
      request.on('error', reject);
      request.on('upgrade', (_, connection) => {
        connection.once('data', (bytes: Buffer) => {
          connection.destroy();
          resolve(bytes.toString());
        });
        connection.write('ping');
      });
    });
    assert.equal(echoed, 'ping');
    assert.equal(seen[0]?.cookie, undefined);
  });

  function ask(target: string, headers: Record<string, string>, body = '') {
    return new Promise<{ status?: number; headers: http.IncomingHttpHeaders; body: string }>(
      (resolve, reject) => {
        const options = { port: gate.port, path: target, headers, method: body === '' ? 'GET' : 'POST' };
        const request = http.request(options, (answer) => {
          let text = '';
          answer.on('data', (chunk) => {
            text += chunk;
          });
          answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
        });
        request.on('error', reject);
        request.end(body);
      },
    );
  }
});
