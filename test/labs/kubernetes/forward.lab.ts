// Ports of pods, workloads and services through a real API server, by real connections: bytes both ways, what answers
// behind a service, what is refused, and the command line that holds one until it is told to end.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { AuditRecord } from '../../../shared/model/audit.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { problemFrom, readKind } from '../../executors/openstack/steps.ts';
import { endDaemon } from '../../vscode/endDaemon.ts';
import { requireLab } from '../lab.ts';
import {
  deploymentOf,
  type Home,
  kubeconfigOf,
  makeHome,
  openNamespace,
  runDeployment,
} from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `forward-${process.pid}`;
const app = `shop${process.pid}`;
const cli = join(import.meta.dirname, '..', '..', '..', 'daemon', 'cli', 'main.ts');
/** A machine that serves several suites may take a minute to read a cluster. */
const waitMs = 90_000;

describe('ports of a real control plane', function () {
  this.timeout(240_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let close: () => Promise<void>;
  /** What a hollow pod has on this port: every line it is sent, in capitals. */
  let shouter: net.Server;
  let port: number;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    shouter = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (part) => socket.write(part.toString('latin1').toUpperCase()));
    });
    await new Promise<void>((resolve) => shouter.listen(0, '127.0.0.1', () => resolve()));
    port = (shouter.address() as net.AddressInfo).port;
    close = await openNamespace(lab, space);
    home = await makeHome(lab, [
      { name: 'dev-ports', namespace: space },
      { name: 'limited', namespace: space, token: lab.tokens.limited },
    ]);
    executor = await home.open('dev-ports');
    await executor.identity(signal());
    const ports = [{ name: 'web', containerPort: port }];
    const containers = [{ name: 'main', image: 'shop/web:1', ports }];
    await runDeployment(lab, space, deploymentOf(app, 2, { containers }));
    const service = (name: string, spec: object) =>
      lab.api.create(`/api/v1/namespaces/${space}/services`, { metadata: { name }, spec });
    const selector = { app };
    await service(app, { selector, ports: [{ name: 'http', port: 80, targetPort: 'web' }] });
    await service('wrong', { selector, ports: [{ port: 80, targetPort: 'nosuch' }] });
    await service('empty', { selector: { app: 'nobody' }, ports: [{ port: 80 }] });
  });
  after(async () => {
    await home?.dispose();
    shouter?.close();
    await close?.();
  });

  const signal = () => AbortSignal.timeout(waitMs);
  async function resourceOf(kind: string, name: RegExp): Promise<Resource> {
    const found = (await readKind(executor, kind)).find(
      (one) => one.namespace === space && name.test(one.name),
    );
    assert.ok(found, `no ${kind} ${name}`);
    return found;
  }
  const check = (resource: Resource, asked: number) =>
    executor.terminals!.check({ resource, way: 'forward', port: asked, signal: signal() });

  for (const [kind, asked] of [
    ['pod', () => port],
    ['deployment', () => port],
    ['replicaset', () => port],
    ['service', () => 80],
  ] as const)
    it(`carries bytes both ways to a ${kind}, and offers its port`, async () => {
      const resource = await resourceOf(kind, new RegExp(`^${app}`));
      const ways = await executor.terminals!.ways(resource, signal());
      const offered = ways.find(({ way }) => way === 'forward')?.ports;
      assert.deepEqual(offered, [{ port: asked(), name: kind === 'service' ? 'http' : 'web' }]);
      await check(resource, asked());
      const stream = await executor.terminals!.connect!({ resource, port: asked(), signal: signal() });
      const sent = Buffer.alloc(1_000_000, 'every byte, ');
      stream.write(sent);
      let received = Buffer.alloc(0);
      for await (const part of stream as AsyncIterable<Buffer>) {
        received = Buffer.concat([received, part]);
        if (received.length >= sent.length) break;
      }
      assert.ok(received.equals(Buffer.from(sent.toString().toUpperCase())));
    });

  it('says that nobody listens in there', async () => {
    const resource = await resourceOf('pod', new RegExp(`^${app}`));
    const unused = await freePort();
    const stream = await executor.terminals!.connect!({ resource, port: unused, signal: signal() });
    const failed = new Promise((resolve) => stream.once('error', resolve));
    stream.resume();
    assert.match(String(await failed), new RegExp(`Nothing in the pod ${app}.* listens on port ${unused}`));
  });

  it('says which port a service has not, and what stands behind it', async () => {
    const service = await resourceOf('service', new RegExp(`^${app}`));
    const problem = await problemFrom(check(service, 81));
    assert.deepEqual([problem.code, problem.fix], ['bad-input', 'Its ports are: 80.']);
    const empty = await problemFrom(check(await resourceOf('service', /^empty/), 80));
    assert.match(empty.message, /empty has no pod that is ready \(of 0\)/);
    const wrong = await problemFrom(check(await resourceOf('service', /^wrong/), 80));
    assert.match(wrong.message, /leads to "nosuch", and the pod .* has no port of that name/);
  });

  it('says beforehand who may not, and by which right', async () => {
    const resource = await resourceOf('pod', new RegExp(`^${app}`));
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${space}`;
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }];
    await lab.api.create(`${rbac}/roles`, { metadata: { name: 'looks' }, rules });
    await lab.api.create(`${rbac}/rolebindings`, {
      metadata: { name: 'looks' },
      subjects: [{ kind: 'User', name: 'limited', apiGroup: 'rbac.authorization.k8s.io' }],
      roleRef: { kind: 'Role', name: 'looks', apiGroup: 'rbac.authorization.k8s.io' },
    });
    const limited = await home.open('limited');
    const problem = await problemFrom(
      limited.terminals!.check({ resource, way: 'forward', port, signal: signal() }),
    );
    assert.equal(problem.code, 'not-allowed');
    assert.match(problem.message, /may not create pods\/portforward in the namespace/);
  });

  describe('from the command line', () => {
    const children: ChildProcess[] = [];
    let stateFolder: string;
    let kubeconfig: string;
    before(async () => {
      stateFolder = join(home.folder, 'state');
      kubeconfig = join(home.folder, 'one-context');
      const text = kubeconfigOf(lab, [{ name: 'dev-ports', namespace: space }]);
      await writeFile(kubeconfig, text, { mode: 0o600 });
    });
    after(async () => {
      for (const child of children) child.kill('SIGKILL');
      if (stateFolder) await endDaemon(stateFolder);
    });

    function begin(...args: readonly string[]) {
      const child = spawn(process.execPath, [cli, ...args, '--state', stateFolder], {
        env: {
          ...process.env,
          HOME: home.folder,
          KUBECONFIG: kubeconfig,
          PILOTHOUSE_SANDBOX: 'off',
          PILOTHOUSE_LOCAL: 'off',
          NODE_NO_WARNINGS: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      let out = '';
      let err = '';
      child.stdout.on('data', (data) => (out += String(data)));
      child.stderr.on('data', (data) => (err += String(data)));
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      return { child, ended, out: () => out, err: () => err };
    }
    const run = async (...args: readonly string[]) => {
      const { ended, out, err } = begin(...args);
      return { code: await ended, out: out(), err: err() };
    };

    it('carries real bytes until Ctrl-C, is listed, and leaves a beginning and an end in the audit', async () => {
      const local = await freePort();
      const held = begin(
        'forward',
        `service/${app}`,
        `${local}:80`,
        '--yes',
        '--connection',
        executor.candidate.id,
      );
      await until(
        () => held.out().includes('Ctrl-C'),
        () => held.out() + held.err(),
      );
      assert.match(
        held.out(),
        new RegExp(`127.0.0.1:${local} leads to port 80 of the service ${app} \\(dev\\)`),
      );
      assert.equal(await shout(local, 'good morning'), 'GOOD MORNING');

      const busy = await run(
        'forward',
        `service/${app}`,
        `${local}:80`,
        '--yes',
        '--connection',
        executor.candidate.id,
      );
      assert.equal(busy.code, 5, busy.out);
      assert.match(
        busy.err,
        new RegExp(`Port ${local} of this machine is taken by another program. \\d+ is free`),
      );

      const listed = await run('forwards');
      assert.match(listed.out, new RegExp(`127.0.0.1:${local} .*1 so far`));
      held.child.kill('SIGINT');
      assert.equal(await held.ended, 0, held.err());
      assert.match(held.err(), /It was stopped. It carried 1 connection\./);
      await assert.rejects(shout(local, 'x'), /ECONNREFUSED/);
      assert.match((await run('forwards')).out, /No port is carried/);

      const printed = await run('audit', 'list', '--json');
      const records = recordsOf(printed.out).filter(({ operation }) => operation === 'forward.service');
      assert.deepEqual(records.map(({ event, outcome }) => [event, outcome]).sort(), [
        ['terminal.ended', 'It was stopped.'],
        ['terminal.opened', undefined],
      ]);
      const last = records.find(({ event }) => event === 'terminal.ended')?.detail;
      assert.deepEqual([last?.port, last?.localPort, last?.connections], [80, local, 1]);
      assert.ok(!printed.out.includes('MORNING'));
    });

    it('ends with its command line, however that ends', async () => {
      const local = await freePort();
      const held = begin(
        'forward',
        `deployment/${app}`,
        `${local}:${port}`,
        '--yes',
        '--connection',
        executor.candidate.id,
      );
      await until(
        () => held.out().includes('Ctrl-C'),
        () => held.out() + held.err(),
      );
      held.child.kill('SIGKILL');
      await held.ended;
      let reached = true;
      await until(
        () => !reached,
        () => 'it still listens',
        async () => {
          reached = await shout(local, 'x').then(
            () => true,
            () => false,
          );
        },
      );
    });

    it('opens nothing without a yes', async () => {
      const { code, err } = await run(
        'forward',
        `service/${app}`,
        ':80',
        '--connection',
        executor.candidate.id,
      );
      assert.equal(code, 4);
      assert.match(err, /needs a yes from somebody/);
    });
  });
});

function recordsOf(out: string): readonly AuditRecord[] {
  const value: unknown = JSON.parse(out);
  return (Array.isArray(value) ? value : (value as { records: unknown }).records) as readonly AuditRecord[];
}

/** Says something to a port of this machine and gives the answer. */
function shout(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.once('data', (answer) => {
      resolve(answer.toString());
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('it hung up')));
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(
  condition: () => boolean,
  shown: () => string,
  look: () => Promise<void> = async () => undefined,
): Promise<void> {
  for (const deadline = Date.now() + waitMs; ; ) {
    await look();
    if (condition()) return;
    if (Date.now() > deadline) throw new Error(`It never came to be:\n${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
