// Servers, devices and ranges of one's own, as far as no server is needed: the settings file, host keys, facts, ranges,
// and scans of this machine's loopback.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Executor } from '../../../daemon/executors/contract.ts';
import { parseFacts } from '../../../daemon/executors/onprem/facts.ts';
import { judgeKey, typesOnFile } from '../../../daemon/executors/onprem/knownHosts.ts';
import { onPremProvisioner } from '../../../daemon/executors/onprem/provisioner.ts';
import { addressesOf, parseRange } from '../../../daemon/executors/onprem/ranges.ts';
import { parseNmap, scanByConnecting } from '../../../daemon/executors/onprem/scan.ts';
import { readSites } from '../../../daemon/executors/onprem/settings.ts';
import type { WritePermit } from '../../../daemon/executors/permit.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { contextOf } from '../local/machine.ts';

const key = (type: string, body: string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(type.length);
  return Buffer.concat([head, Buffer.from(type + body)]);
};
const ed = key('ssh-ed25519', 'one');
const edOther = key('ssh-ed25519', 'two');
const rsa = key('ssh-rsa', 'three');
const line = (hosts: string, one: Buffer): string => `${hosts} type ${one.toString('base64')}\n`;

describe('host keys', () => {
  it('knows a host by name, by address, by port, by pattern and by a hashed name', () => {
    const salt = Buffer.from('0123456789abcdefghij');
    const hash = createHmac('sha1', salt).update('web-1').digest('base64');
    for (const hosts of [
      'web-1',
      'a,web-1',
      'WEB-1',
      'web-*',
      'web-?',
      `|1|${salt.toString('base64')}|${hash}`,
    ])
      assert.equal(judgeKey([line(hosts, ed)], 'web-1', 22, ed), 'known', hosts);
    assert.equal(judgeKey([line('[web-1]:2222', ed)], 'web-1', 2222, ed), 'known');
  });
  it('never takes one for the other', () => {
    assert.equal(judgeKey([line('web-1', ed)], 'web-1', 2222, ed), 'unknown');
    assert.equal(judgeKey([line('web-10', ed)], 'web-1', 22, ed), 'unknown');
    assert.equal(judgeKey([line('web-*,!web-1', ed)], 'web-1', 22, ed), 'unknown');
    assert.equal(judgeKey([line('webx1', ed)], 'web.1', 22, ed), 'unknown');
    assert.equal(judgeKey(['# web-1 ssh-ed25519 x\n', ''], 'web-1', 22, ed), 'unknown');
  });
  it('tells a key that changed from one of another type, and a revoked one from both', () => {
    assert.equal(judgeKey([line('web-1', edOther)], 'web-1', 22, ed), 'changed');
    assert.equal(judgeKey([line('web-1', rsa)], 'web-1', 22, ed), 'unknown');
    assert.equal(judgeKey([line('web-1', ed), line('@revoked web-1', ed)], 'web-1', 22, ed), 'revoked');
    assert.equal(judgeKey([line('@cert-authority web-1', ed)], 'web-1', 22, ed), 'unknown');
    assert.deepEqual(typesOnFile([line('web-1', rsa) + line('web-1', ed)], 'web-1', 22), [
      'ssh-rsa',
      'ssh-ed25519',
    ]);
  });
});

describe('ranges', () => {
  it('are as small as they say', () => {
    assert.deepEqual(addressesOf(parseRange('192.0.2.4/30')!), ['192.0.2.5', '192.0.2.6']);
    assert.deepEqual(addressesOf(parseRange('192.0.2.7/32')!), ['192.0.2.7']);
    assert.deepEqual(addressesOf(parseRange('192.0.2.6/31')!), ['192.0.2.6', '192.0.2.7']);
    assert.equal(addressesOf(parseRange('255.255.255.0/24')!).at(-1), '255.255.255.254');
  });
  for (const text of ['192.0.2.1/30', '192.0.2.0', '256.0.0.0/24', '::/64', '0.0.0.0/33', 'x/8'])
    it(`refuse ${text}`, () => assert.equal(parseRange(text), undefined));
});

describe('facts of a server', () => {
  const part = (name: string, text: string): string => `@@pilothouse ${name}\n${text}\n`;
  it('are read part by part', () => {
    const { attributes } = parseFacts(
      part('name', 'db-1') +
        part('os', 'Debian GNU/Linux 12') +
        part('cpus', '8') +
        part('memory', '16384000 kB') +
        part(
          'disks',
          'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 20971520 1 1 1% /\nproc 0 0 0 - /proc',
        ) +
        part('addresses', '192.0.2.5/24\n2001:db8::5/64') +
        part(
          'services',
          'ssh.service loaded active running OpenBSD\ncron.service loaded active running Cron',
        ) +
        part(
          'ports',
          'LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\nLISTEN 0 128 [::]:22 [::]:*\nLISTEN 0 1 127.0.0.1:5432 0.0.0.0:*',
        ),
    );
    assert.deepEqual(attributes, {
      hostname: 'db-1',
      os: 'Debian GNU/Linux 12',
      vcpus: 8,
      ram_gb: 15.6,
      addresses: ['192.0.2.5', '2001:db8::5'],
      disks: ['/ 20 GB'],
      services: ['cron', 'ssh'],
      ports: ['tcp/22', 'tcp/5432'],
    });
  });
  it('leave out what a server does not have', () =>
    assert.deepEqual(parseFacts('bash: garbage'), { attributes: {} }));
});

describe('the file of one’s own servers', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-onprem-'));
    file = path.join(folder, 'onprem.yaml');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const places = () => ({ env: { PILOTHOUSE_ONPREM_FILE: file }, homeFolder: folder });
  const problemOf = async (text: string, mode = 0o600): Promise<string> => {
    writeFileSync(file, text);
    chmodSync(file, mode);
    const error = await readSites(places()).then(
      () => assert.fail('it was taken'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem.message;
  };

  it('is not needed: without it there is no connection', async () => {
    const context = { env: {}, homeFolder: folder, stateFolder: folder, now: Date.now, log: () => undefined };
    assert.deepEqual(await onPremProvisioner.find(context), { candidates: [], problems: [] });
  });
  it('names sites, servers, devices and ranges', async () => {
    writeFileSync(
      file,
      'sites:\n  berlin:\n    environment: prod\n    ssh:\n      hosts: [web-1, {host: 192.0.2.5, user: ops, port: 2222}]\n    scan:\n      ranges: [192.0.2.0/28]\n',
    );
    const { berlin } = await readSites(places());
    assert.deepEqual(berlin?.ssh?.hosts, [{ host: 'web-1' }, { host: '192.0.2.5', user: 'ops', port: 2222 }]);
    assert.deepEqual(berlin?.scan, {
      ranges: ['192.0.2.0/28'],
      ports: [22, 80, 443],
      per_second: 50,
      nmap: false,
    });
  });
  it('may not be read by others where it holds a secret', async () => {
    const text = 'sites: {a: {snmp: {devices: [{address: 192.0.2.1, community: hunter22}]}}}';
    const message = await problemOf(text, 0o644);
    assert.match(message, /holds secrets of devices and others can read it/);
    assert.ok(!message.includes('hunter22'));
  });
  it('says what is wrong in it, and repeats no line of it', async () => {
    assert.match(
      await problemOf('sites: {a: {scan: {ranges: [10.0.0.0/8]}}}'),
      /holds at most 4096 addresses/,
    );
    assert.match(await problemOf('sites: {a: {ssh: {hosts: [], pasword: hunter22}}}'), /pasword/);
    assert.match(await problemOf('sites: [\n  hunter22: {'), /it is not YAML/);
    assert.match(await problemOf('sites: {A_B: {}}'), /cannot be used/);
  });
  it('is missed where it was named', async () => {
    const named = { env: { PILOTHOUSE_ONPREM_FILE: path.join(folder, 'none.yaml') }, homeFolder: folder };
    await assert.rejects(() => readSites(named), /cannot be read \(ENOENT\)/);
  });
});

describe('a network scan', function () {
  this.timeout(30_000);
  let server: Server;
  let port: number;
  let refusing: number;
  before(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    refusing = (other.address() as { port: number }).port;
    other.close();
    await once(other, 'close');
  });
  after(() => server.close());

  it('finds who accepts and who refuses, and tells how far it is', async () => {
    const told: string[] = [];
    const found = await scanByConnecting({
      addresses: ['127.0.0.1'],
      ports: [refusing, port],
      perSecond: 1_000,
      signal: AbortSignal.timeout(20_000),
      progress: (message) => void told.push(message),
    });
    assert.deepEqual(found, [{ address: '127.0.0.1', ports: [port] }]);
    assert.match(told[0] ?? '', /of 2 tried/);
  });
  it('never goes faster than it may', async () => {
    const startMs = performance.now();
    await scanByConnecting({
      addresses: ['127.0.0.1'],
      ports: Array.from({ length: 5 }, () => refusing),
      perSecond: 20,
      signal: AbortSignal.timeout(20_000),
      progress: () => undefined,
    });
    // The fifth attempt may begin after four twentieths of a second.
    assert.ok(performance.now() - startMs >= 195);
  });
  it('stops at once when it is cancelled', async () => {
    const stop = new AbortController();
    const scan = scanByConnecting({
      addresses: addressesOf(parseRange('127.0.0.0/24')!),
      ports: [refusing],
      perSecond: 5,
      signal: stop.signal,
      progress: () => stop.abort(new Error('enough')),
    });
    await assert.rejects(scan, /enough|aborted/i);
  });
  it('reads what nmap writes', () =>
    assert.deepEqual(
      parseNmap(
        '# Nmap 7.93\nHost: 192.0.2.1 (gw)\tStatus: Up\nHost: 192.0.2.1 (gw)\tPorts: 22/open/tcp//ssh///, 80/closed/tcp//http///\tIgnored\nHost: 192.0.2.9 ()\tPorts: 22/filtered/tcp//ssh///, 80/filtered/tcp//http///\n',
      ),
      [{ address: '192.0.2.1', ports: [22] }],
    ));

  describe('as a step of a plan', () => {
    let folder: string;
    let executor: Executor;
    const write = (range: string): void =>
      writeFileSync(
        path.join(folder, 'onprem.yaml'),
        `sites: {home: {scan: {ranges: [${range}], ports: [${port}], per_second: 500}}}`,
      );
    before(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-scan-'));
      write('127.0.0.1/32');
      const env = { PILOTHOUSE_ONPREM_FILE: path.join(folder, 'onprem.yaml') };
      const context = { env, homeFolder: folder, stateFolder: folder, now: Date.now, log: () => undefined };
      const { candidates, problems } = await onPremProvisioner.find(context);
      assert.deepEqual(problems, []);
      executor = onPremProvisioner.open(candidates[0]!, context);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    const read = async () => executor.sources[0]!.read({ signal: AbortSignal.timeout(10_000) });

    it('says beforehand what it does, finds hosts, and keeps them', async () => {
      const range = (await read()).resources.find(({ kind }) => kind === 'range')!;
      const handler = executor.operations.get('discover.range')!;
      const context = { ...contextOf('discover.range', range, {}), mark: 'test' };
      const preview = await handler.preview(context);
      assert.match(preview.notes[0]?.message ?? '', /^1 connects to ports/);
      const outcome = await handler.perform({ ...context, permit: {} as WritePermit });
      assert.equal(
        (await handler.verify({ ...context, outcome })).observed,
        '1 addresses of 127.0.0.1/32 answer',
      );
      const { resources, relations } = await read();
      const host = resources.find(({ kind }) => kind === 'host');
      assert.deepEqual([host?.name, host?.attributes.ports], ['127.0.0.1', [`tcp/${port}`]]);
      assert.deepEqual(relations, [{ from: host!.id, type: 'MEMBER_OF', to: range.id }]);
    });
    it('never goes to a range that was taken out of the settings after the plan was shown', async () => {
      const range = (await read()).resources.find(({ kind }) => kind === 'range')!;
      write('127.0.0.2/32');
      const handler = executor.operations.get('discover.range')!;
      const context = { ...contextOf('discover.range', range, {}), mark: 'test', permit: {} as WritePermit };
      assert.equal(await handler.refresh(context), undefined);
      await assert.rejects(() => handler.perform(context), /not among the ranges that may be scanned/);
    });
  });
});
