// Serial consoles where a real cloud cannot be made to misbehave: a Nova that has none, a proxy that is away, refuses or
// breaks, an address that is none. No error may hold the token. The real proxy is in the lab.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Terminals } from '../../../daemon/executors/contract.ts';
import { createOpenStack } from '../../../daemon/executors/openstack/api/openStack.ts';
import type { CloudConfig } from '../../../daemon/executors/openstack/config/cloudConfig.ts';
import { serverConsoles } from '../../../daemon/executors/openstack/consoles.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { fakeVm } from '../../fakes/resources.ts';
import { makeCertificate } from '../../labs/openstack/certificate.ts';
import { answer, type FakeCloud, type Reply, startFakeCloud } from './fakeCloud.ts';
import { problemFrom } from './steps.ts';

const token = '48fb91e0-0000-4000-8000-5ec2e75ec2e7';
const hourMs = 60 * 60_000;

let fake: FakeCloud | undefined;
let proxy: WebSocketServer | undefined;
afterEach(async () => {
  for (const client of proxy?.clients ?? []) client.terminate();
  proxy?.close();
  await fake?.dispose();
  fake = proxy = undefined;
});

const resource: Resource = { ...fakeVm('web'), id: 'os:vm/web' };
const signal = () => AbortSignal.timeout(8_000);

async function consolesOf(
  reply: (kind: string) => Reply,
  now = Date.now,
  config: Partial<CloudConfig> = {},
): Promise<Terminals> {
  fake = await startFakeCloud({
    reply: ({ path, body }) =>
      path.endsWith('/remote-consoles') ? reply(JSON.parse(body).remote_console.type) : undefined,
  });
  return serverConsoles(createOpenStack('os', fake.cloud(config), { homeFolder: '/nowhere', now }));
}

const at = (url: string): Reply =>
  answer(200, { remote_console: { protocol: 'serial', type: 'serial', url: `${url}/?token=${token}` } });

/** A proxy as nova-serialproxy is one; the address it has. */
async function startProxy(meet: (socket: WebSocket, path: string) => void): Promise<string> {
  const handleProtocols = (offered: Set<string>) => (offered.has('binary') ? 'binary' : false);
  proxy = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols });
  proxy.on('connection', (socket, request) => meet(socket, request.url ?? ''));
  await once(proxy, 'listening');
  return `ws://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const unavailable = answer(400, { badRequest: { code: 400, message: 'Unavailable console type serial.' } });

describe('openstack: a serial console', () => {
  it('carries bytes both ways, and ends when its other end hangs up', async () => {
    const met: string[] = [];
    const url = await startProxy((socket, path) => {
      met.push(path);
      socket.send(Buffer.from('at once '));
      socket.on('message', (part: Buffer) => {
        socket.send(Buffer.concat([Buffer.from('heard '), part]));
        if (part.includes('bye')) socket.close(1000, 'Target closed');
      });
    });
    const consoles = await consolesOf(() => at(url));
    const { bytes, ended } = await consoles.serial!({ resource, signal: signal() });
    let text = '';
    bytes.on('data', (part) => {
      text += String(part);
    });
    bytes.write('bye\r');
    assert.deepEqual(await ended, { reason: 'The serial console of web hung up.' });
    assert.equal(text, 'at once heard bye\r');
    assert.deepEqual(met, [`/?token=${token}`]);
  });

  it('lets go of the line when it is closed here, and says when it was cut there', async () => {
    const sockets: WebSocket[] = [];
    const url = await startProxy((socket) => void sockets.push(socket));
    const consoles = await consolesOf(() => at(url));
    const mine = await consoles.serial!({ resource, signal: signal() });
    mine.bytes.destroy();
    await once(sockets[0]!, 'close');
    const other = await consoles.serial!({ resource, signal: signal() });
    sockets[1]!.terminate();
    assert.deepEqual(await other.ended, { reason: 'The line to the serial console of web was cut.' });
  });

  it('shows no more than is taken', async () => {
    let sent = 0;
    const part = Buffer.alloc(64 * 1024);
    const url = await startProxy((socket) => {
      const more = (): void => {
        sent += part.length;
        socket.send(part, (error) => void (!error && sent < 64 * 1024 * 1024 && setImmediate(more)));
      };
      more();
    });
    const consoles = await consolesOf(() => at(url));
    const { bytes } = await consoles.serial!({ resource, signal: signal() });
    for (let before = -1; before !== sent; await sleep(300)) before = sent;
    assert.ok(sent < 32 * 1024 * 1024, `${sent} bytes came although nobody took any`);
    assert.ok(bytes.readableLength < 1024 * 1024);
    bytes.destroy();
  });

  for (const [what, reply] of [
    ['switched it off', unavailable],
    ['has none with this hypervisor', answer(501, { notImplemented: { code: 501, message: 'No.' } })],
  ] as const)
    it(`is said not to be there, and not offered for a while, by a cloud that ${what}`, async () => {
      let nowMs = 0;
      const consoles = await consolesOf(
        () => reply,
        () => nowMs,
      );
      assert.deepEqual(consoles.kinds, { vm: ['console', 'serial'] });
      assert.equal(consoles.refusal!('serial'), undefined);
      const problem = await problemFrom(consoles.serial!({ resource, signal: signal() }));
      assert.equal(problem.code, 'unsupported');
      assert.match(problem.message, /gives no serial console: Nova offers none of web/);
      assert.match(problem.fix ?? '', /switched off/);
      assert.deepEqual(consoles.kinds, { vm: ['console'] });
      assert.deepEqual(await consoles.ways(resource, signal()), [{ way: 'console' }]);
      assert.match(consoles.refusal!('serial')?.message ?? '', /gives no serial console/);
      assert.equal(consoles.refusal!('console'), undefined);
      nowMs = hourMs;
      assert.deepEqual(consoles.kinds, { vm: ['console', 'serial'] });
    });

  it('is offered on where Nova refuses for another reason', async () => {
    const consoles = await consolesOf(() =>
      answer(409, { conflictingRequest: { message: 'not yet ready' } }),
    );
    const problem = await problemFrom(consoles.serial!({ resource, signal: signal() }));
    assert.equal(problem.code, 'cloud-conflict');
    assert.deepEqual(consoles.kinds, { vm: ['console', 'serial'] });
  });

  it('names the host of a proxy that is away or refuses, and never the token', async () => {
    const url = await startProxy(() => undefined);
    proxy!.close();
    await once(proxy!, 'close');
    const away = await problemFrom((await consolesOf(() => at(url))).serial!({ resource, signal: signal() }));
    await fake!.dispose();
    assert.equal(away.code, 'cloud-unreachable');
    assert.match(away.message, /proxy at 127\.0\.0\.1:\d+, which carries the serial console of web/);

    proxy = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: () => false });
    await once(proxy, 'listening');
    const closed = `ws://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const refused = await problemFrom(
      (await consolesOf(() => at(closed))).serial!({ resource, signal: signal() }),
    );
    assert.match(refused.message, /answered 401/);
    for (const problem of [away, refused]) assert.ok(!JSON.stringify(problem).includes(token));
  });

  it('trusts a proxy by the authority of its cloud, and by no other', async () => {
    const { key, certificate, authority } = await makeCertificate('privateAuthority');
    const folder = await mkdtemp(join(tmpdir(), 'pilothouse-serial-'));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, authority);
    const server = https.createServer({ key, cert: certificate });
    proxy = new WebSocketServer({ server, handleProtocols: () => 'binary' });
    proxy.on('connection', (socket) => socket.send('safe'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const reply = at(`wss://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      const strange = await problemFrom(
        (await consolesOf(() => reply)).serial!({ resource, signal: signal() }),
      );
      assert.equal(strange.code, 'cloud-certificate');
      assert.ok(!JSON.stringify(strange).includes(token));
      await fake!.dispose();
      const consoles = await consolesOf(() => reply, Date.now, { caFile });
      const { bytes } = await consoles.serial!({ resource, signal: signal() });
      assert.equal(String((await once(bytes, 'data'))[0]), 'safe');
      bytes.destroy();
    } finally {
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('follows no address that is not one of a WebSocket', async () => {
    const consoles = await consolesOf(() => at('http://127.0.0.1:1'));
    const problem = await problemFrom(consoles.serial!({ resource, signal: signal() }));
    assert.equal(problem.code, 'cloud-failed');
    assert.ok(!JSON.stringify(problem).includes(token));
  });

  it('is not waited for longer than who asked', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const consoles = await consolesOf(() => at(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
    const asking = consoles.serial!({ resource, signal: AbortSignal.timeout(300) });
    await assert.rejects(asking, { name: 'TimeoutError' });
    server.close();
  });
});
