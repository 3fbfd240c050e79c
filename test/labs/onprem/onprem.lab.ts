// Servers and devices of one's own for real: facts over SSH, interfaces over SNMP, and every way in which a server may
// not let itself be read: an unknown key, a changed one, a key that needs a pass phrase, a wrong community.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onPremProvisioner } from '../../../daemon/executors/onprem/provisioner.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { requireLab } from '../lab.ts';
import type { OnPremLab } from './onPremLab.ts';

describe('servers and devices of one’s own', function () {
  this.timeout(60_000);
  let lab: OnPremLab;
  let folder: string;

  before(async function () {
    lab = await requireLab('onprem', this);
    folder = mkdtempSync(path.join(os.tmpdir(), 'pilothouse-site-'));
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  /** The site as the daemon reads it, from a file with this in it. */
  async function open(site: object) {
    const file = path.join(folder, 'onprem.yaml');
    writeFileSync(file, JSON.stringify({ sites: { lab: site } }), { mode: 0o600 });
    const env = { PATH: process.env.PATH, PILOTHOUSE_ONPREM_FILE: file };
    const context = { env, homeFolder: folder, stateFolder: folder, now: Date.now, log: () => undefined };
    const { candidates, problems } = await onPremProvisioner.find(context);
    assert.deepEqual(problems, []);
    const executor = onPremProvisioner.open(candidates[0]!, context);
    return {
      read: () => executor.sources[0]!.read({ signal: AbortSignal.timeout(40_000) }),
      write: (next: object) => writeFileSync(file, JSON.stringify({ sites: { lab: next } }), { mode: 0o600 }),
    };
  }
  const server = (more: object = {}, knownHosts = lab.knownHosts) => ({
    ssh: {
      hosts: [{ host: '127.0.0.1', port: lab.sshPort, user: 'root', identity_file: lab.keys.user, ...more }],
      known_hosts: knownHosts,
    },
  });
  const device = (more: object = {}) => ({
    snmp: { devices: [{ address: '127.0.0.1', port: lab.snmpPort, community: lab.community, ...more }] },
  });
  const theHost = async (site: object): Promise<Resource> => {
    const { resources } = await (await open(site)).read();
    const host = resources.find(({ kind }) => kind === 'host');
    assert.ok(host);
    return host;
  };
  const problemOf = async (site: object): Promise<string> => {
    const { status, attributes } = await theHost(site);
    assert.equal(status, 'error');
    return `${String(attributes.problem)} ${String(attributes.fix)}`;
  };

  it('reads facts of a server over SSH', async () => {
    const host = await theHost(server());
    assert.equal(host.status, 'running', JSON.stringify(host.attributes));
    assert.equal(host.attributes.hostname, os.hostname());
    assert.equal(host.attributes.vcpus, os.cpus().length);
    assert.equal(host.attributes.ram_gb, Math.round((os.totalmem() / 1024 ** 3) * 10) / 10);
    assert.match(String(host.attributes.os), /\w/);
    assert.match(String(host.attributes.disks), /\/ [\d.]+ GB/);
  });

  it('reads the same again without a change', async () => {
    const site = await open(server());
    const [first, second] = [await site.read(), await site.read()];
    const stable = ({ resources }: typeof first) =>
      resources.map((one) => ({ ...one, attributes: { ...one.attributes, ports: [] } }));
    assert.deepEqual(stable(first), stable(second));
  });

  it('never talks to a server whose key is not on file, and says how to accept it', async () => {
    const empty = path.join(folder, 'empty_known_hosts');
    writeFileSync(empty, '');
    const said = await problemOf(server({}, empty));
    assert.match(said, /The host key of \[127\.0\.0\.1\]:\d+ \(SHA256:[\w+/]+\) is not on file/);
    assert.match(said, new RegExp(`accept it with "ssh -p ${lab.sshPort} root@127.0.0.1"`));
    assert.equal(readFileSync(empty, 'utf8'), '');
  });

  it('warns of a key that is another than the one on file', async () => {
    const other = readFileSync(`${lab.keys.stranger}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
    const changed = path.join(folder, 'changed_known_hosts');
    writeFileSync(changed, `[127.0.0.1]:${lab.sshPort} ${other}\n`);
    assert.match(await problemOf(server({}, changed)), /is another \(SHA256:.*Somebody may be listening in/);
  });

  it('says who is not let in', async () => {
    assert.match(await problemOf(server({ identity_file: lab.keys.stranger })), /does not let root in/);
  });

  it('says that a key has a pass phrase', async () => {
    assert.match(
      await problemOf(server({ identity_file: lab.keys.locked })),
      /Your key has a pass phrase: add it to the agent/,
    );
  });

  it('says that nobody listens', async () => {
    assert.match(await problemOf(server({ port: 1 })), /127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/);
  });

  it('keeps what was known of a server that cannot be read any more, and reads the others', async () => {
    const both = { ...server(), ...device({ address: 'localhost' }) };
    const site = await open(both);
    const before = await site.read();
    site.write({
      ...server({ identity_file: lab.keys.stranger }),
      ...device({ address: 'localhost' }),
    });
    const after = await site.read();
    assert.deepEqual(after.resources.length, before.resources.length);
    const host = after.resources.find(({ attributes }) => attributes.read_by === 'ssh');
    assert.equal(host?.status, 'error');
    assert.equal(host?.attributes.vcpus, os.cpus().length);
    const other = after.resources.find(({ name }) => name === 'core-switch');
    assert.equal(other?.status, 'running');
  });

  for (const version of ['2c', '3'] as const)
    it(`reads a device and its interfaces over SNMP version ${version}`, async () => {
      const access = version === '3' ? { version, ...lab.snmpUser } : {};
      const { resources, relations } = await (await open(device(access))).read();
      const host = resources.find(({ kind }) => kind === 'host');
      assert.equal(host?.status, 'running', JSON.stringify(host?.attributes));
      assert.deepEqual([host?.name, host?.attributes.location], ['core-switch', 'rack 7']);
      const loopback = resources.find(
        ({ kind, attributes }) => kind === 'port' && attributes.ip === '127.0.0.1',
      );
      assert.match(loopback?.name ?? '', /^core-switch lo/);
      assert.ok(
        relations.some(
          ({ from, type, to }) => from === loopback?.id && type === 'ATTACHED_TO' && to === host?.id,
        ),
      );
    });

  it('takes a machine that is read in both ways for one', async () => {
    const { resources } = await (await open({ ...server(), ...device() })).read();
    const hosts = resources.filter(({ kind }) => kind === 'host');
    assert.deepEqual(
      hosts.map(({ name, attributes }) => [name, attributes.hostname, attributes.location]),
      [['127.0.0.1', os.hostname(), 'rack 7']],
    );
  });

  it('has no way into what it reaches only over SNMP, read or not', async () => {
    const both = { ...server(), ...device({ address: 'localhost' }) };
    const { resources } = await (await open(both)).read();
    const waysOf = (by: string) => resources.find(({ attributes }) => attributes.read_by === by)?.ways;
    assert.deepEqual([waysOf('ssh'), waysOf('snmp')], [undefined, []]);
    const away = await (await open(device({ community: 'wrong' }))).read();
    assert.deepEqual(away.resources.find(({ kind }) => kind === 'host')?.ways, []);
  });

  it('says that a device does not answer, and why that may be', async () => {
    assert.match(await problemOf(device({ community: 'wrong' })), /does not answer over SNMP.*community/);
  });

  it('says that an SNMP user is refused, without its pass phrase', async () => {
    const said = await problemOf(device({ version: '3', ...lab.snmpUser, auth_key: 'wrong-auth-pass' }));
    assert.match(said, /refused the SNMP user/);
    assert.ok(!said.includes('wrong-auth-pass'));
  });
});
