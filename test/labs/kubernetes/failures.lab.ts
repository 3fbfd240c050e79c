// What a person is told when a cluster says no or says nothing: wrong and expired credentials, missing rights, a
// stranger's certificate, throttling, answers that are cut or swallowed, a server that stops in the middle. Nothing is
// done twice and nothing is lost.

import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import type { Executor } from '../../../daemon/executors/contract.ts';
import { kubernetesProvisioner } from '../../../daemon/executors/kubernetes/provisioner.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import {
  blockers,
  performOnly,
  previewStep,
  problemFrom,
  readKind,
  runStep,
} from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import {
  deploymentOf,
  type Home,
  kubeconfigOf,
  makeHome,
  openNamespace,
  runDeployment,
} from './connections.ts';
import { type Front, startFront } from './front.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `fail-${process.pid}`;
const apps = `/apis/apps/v1/namespaces/${space}`;

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
}

describe('a cluster that says no, or nothing', function () {
  this.timeout(180_000);
  let lab: KubernetesLab;
  let front: Front;
  let home: Home;
  let executor: Executor;
  let behind: Executor;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    front = await startFront(lab);
    home = await makeHome(lab, [
      { name: 'fine', namespace: space },
      { name: 'front', namespace: space, server: front.server },
      { name: 'expired', token: 'a-token-that-was-good-once' },
      { name: 'limited', namespace: space, token: lab.tokens.limited },
      { name: 'untrusted', untrusted: true },
      { name: 'nobody-there', server: 'http://127.0.0.1:9' },
      { name: 'no-such-name', server: 'https://no-such-host.invalid:6443' },
      { name: 'not-kubernetes', server: lab.server.replace('https:', 'http:') },
    ]);
    executor = await home.open('fine');
    behind = await home.open('front');
    await behind.identity(AbortSignal.timeout(20_000));
    await runDeployment(lab, space, deploymentOf('web', 1));
  });
  afterEach(() => front?.setFault(undefined));
  after(async () => {
    await home?.dispose();
    await front?.dispose();
    await close?.();
  });

  const web = async (of: Executor = behind): Promise<Resource> =>
    (await readKind(of, 'deployment')).find((one) => one.name === 'web' && one.namespace === space)!;
  const now = () => lab.api.require<Deployment>('GET', `${apps}/deployments/web`);
  const identityProblem = async (name: string) =>
    problemFrom((await home.open(name)).identity(AbortSignal.timeout(20_000)));

  it('says that credentials have expired, where they come from, and never what they are', async () => {
    const problem = await identityProblem('expired');
    assert.equal(problem.code, 'cloud-unauthorized');
    assert.match(problem.message, /expired does not accept the credentials/);
    assert.match(problem.fix ?? '', /kubeconfig/);
    assert.ok(!JSON.stringify([problem, home.logged]).includes('a-token-that-was-good-once'));
  });

  it('uses credentials that were renewed without being restarted', async () => {
    const renewed = await makeHome(lab, [{ name: 'renewed', token: 'old' }]);
    try {
      const opened = await renewed.open('renewed');
      const before = await problemFrom(opened.identity(AbortSignal.timeout(20_000)));
      assert.equal(before.code, 'cloud-unauthorized');
      await writeFile(renewed.kubeconfig, kubeconfigOf(lab, [{ name: 'renewed' }]));
      assert.equal((await opened.identity(AbortSignal.timeout(20_000))).user, 'user-renewed');
    } finally {
      await renewed.dispose();
    }
  });

  it('tells a certificate that is not trusted, a server that is not there, a name that is none', async () => {
    const untrusted = await identityProblem('untrusted');
    assert.equal(untrusted.code, 'cloud-certificate');
    assert.match(untrusted.fix ?? '', /certificate-authority-data/);
    const gone = await identityProblem('nobody-there');
    assert.equal(gone.code, 'cloud-unreachable');
    assert.match(gone.message, /cannot be reached \(ECONNREFUSED\)/);
    const unnamed = await identityProblem('no-such-name');
    assert.equal(unnamed.code, 'cloud-unreachable');
    assert.match(unnamed.message, /cannot be looked up/);
    assert.match((await identityProblem('not-kubernetes')).code, /^cloud-/);
  });

  it('signs in by a plugin, once for all who ask, and says what a failing one said', async () => {
    const plugin = join(home.folder, 'plugin.sh');
    const counted = join(home.folder, 'counted');
    const credential = {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      status: { token: lab.tokens.admin },
    };
    await writeFile(plugin, `#!/bin/sh\necho x >>${counted}\ncat <<'E'\n${JSON.stringify(credential)}\nE\n`);
    await chmod(plugin, 0o700);
    const exec = (command: string) => ({ exec: { apiVersion: credential.apiVersion, command } });
    const failing = join(home.folder, 'failing.sh');
    await writeFile(failing, '#!/bin/sh\necho "your session is over, run: login" >&2\nexit 1\n');
    await chmod(failing, 0o700);
    const own = await makeHome(lab, [
      { name: 'plugin', user: exec(plugin), namespace: space },
      { name: 'failing', user: exec(failing) },
      { name: 'absent', user: exec('/no/such/plugin') },
    ]);
    try {
      const opened = await own.open('plugin');
      await Promise.all(['pod', 'deployment', 'service', 'node'].map((kind) => readKind(opened, kind)));
      assert.equal((await readFile(counted, 'utf8')).trim().split('\n').length, 1);
      const said = await problemFrom((await own.open('failing')).identity(AbortSignal.timeout(20_000)));
      assert.equal(said.code, 'cloud-unauthorized');
      assert.match(said.message, /your session is over, run: login/);
      const absent = await problemFrom((await own.open('absent')).identity(AbortSignal.timeout(20_000)));
      assert.match(absent.message, /\/no\/such\/plugin cannot be started \(ENOENT\)/);
    } finally {
      await own.dispose();
    }
  });

  it('signs in by a certificate, in files or inside the kubeconfig, and by a token in a file', async () => {
    const { certificate, key } = lab.client;
    const base64 = async (file: string) => (await readFile(file)).toString('base64');
    await writeFile(join(home.folder, 'token'), `${lab.tokens.admin}\n`);
    const own = await makeHome(lab, [
      { name: 'files', user: { 'client-certificate': certificate, 'client-key': key } },
      {
        name: 'inside',
        user: { 'client-certificate-data': await base64(certificate), 'client-key-data': await base64(key) },
      },
      { name: 'token-file', user: { tokenFile: join(home.folder, 'token'), token: 'not-this-one' } },
      { name: 'acting', user: { token: lab.tokens.admin, as: 'limited' } },
      { name: 'no-key', user: { 'client-certificate': certificate, 'client-key': '/no/such/key' } },
    ]);
    try {
      for (const name of ['files', 'inside']) {
        const opened = await own.open(name);
        const identity = await opened.identity(AbortSignal.timeout(20_000));
        assert.deepEqual([identity.user, identity.roles], ['certified', ['system:masters']]);
        assert.ok(await web(opened));
      }
      assert.ok(await web(await own.open('token-file')));
      assert.equal(
        (await readKind(await own.open('acting'), 'node')).length,
        0,
        'it acts as somebody with few rights',
      );
      const problem = await problemFrom((await own.open('no-key')).identity(AbortSignal.timeout(20_000)));
      assert.match(problem.message, /\/no\/such\/key.* cannot be read \(ENOENT\)/);
    } finally {
      await own.dispose();
    }
  });

  it('goes through the proxy that a kubeconfig names', async () => {
    const asked: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      const { hostname, port } = new URL(lab.server);
      const onward = net.connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket);
        socket.pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as net.AddressInfo;
    const own = await makeHome(lab, [
      { name: 'proxied', proxy: `http://127.0.0.1:${port}`, namespace: space },
    ]);
    try {
      const opened = await own.open('proxied');
      assert.equal((await opened.identity(AbortSignal.timeout(30_000))).user, 'user-proxied');
      assert.ok(await web(opened));
      assert.ok(asked.includes(new URL(lab.server).host));
    } finally {
      await own.dispose();
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it('finds contexts of several files, and says what is wrong with the broken ones', async () => {
    const broken = join(home.folder, 'broken.yaml');
    await writeFile(broken, 'contexts:\n  - name: x\n    context: {cluster: [\n');
    const dangling = join(home.folder, 'dangling.yaml');
    await writeFile(
      dangling,
      JSON.stringify({ contexts: [{ name: 'lost', context: { cluster: 'nowhere', user: 'nobody' } }] }),
    );
    const second = join(home.folder, 'second.yaml');
    await writeFile(second, kubeconfigOf(lab, [{ name: 'prod/eu:1' }, { name: 'fine', token: 'another' }]));
    const files = [home.kubeconfig, broken, dangling, second, join(home.folder, 'absent.yaml')];
    const context = { ...home.context, env: { ...home.context.env, KUBECONFIG: files.join(':') } };
    const { candidates, problems } = await kubernetesProvisioner.find(context);
    const named = candidates.filter((one) => one.name === 'fine');
    assert.equal(named.length, 1, 'the first file that names a context wins');
    const odd = candidates.find((one) => one.name === 'prod/eu:1')!;
    assert.match(odd.id, /^k8s-prod-eu-1-[0-9a-f]{6}$/);
    assert.equal(odd.environment, 'prod');
    assert.equal(new Set(candidates.map((one) => one.id)).size, candidates.length);
    assert.match(
      problems.find((one) => one.origin.endsWith('broken.yaml'))!.message,
      /not valid YAML \(line \d\)/,
    );
    assert.match(
      problems.find((one) => one.origin.endsWith('dangling.yaml'))!.message,
      /names the cluster "nowhere"/,
    );
    assert.ok(!JSON.stringify([candidates, problems]).includes(lab.tokens.admin));
    assert.deepEqual(kubernetesProvisioner.files!(context), files);
  });

  it('says beforehand what a user may not do, and why', async () => {
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${space}`;
    await lab.api.create(`${rbac}/roles`, {
      metadata: { name: 'looker' },
      rules: [{ apiGroups: ['apps', ''], resources: ['*'], verbs: ['get', 'list', 'watch'] }],
    });
    await lab.api.create(`${rbac}/rolebindings`, {
      metadata: { name: 'looker' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'looker' },
      subjects: [{ kind: 'User', name: 'limited', apiGroup: 'rbac.authorization.k8s.io' }],
    });
    const limited = await home.open('limited');
    await limited.identity(AbortSignal.timeout(20_000));
    let target: Resource | undefined;
    for (let round = 0; !target && round < 50; round++) target = await web(limited);
    for (const [operation, args, verb] of [
      ['scale.deployment', { replicas: 3 }, 'patch'],
      ['delete.deployment', {}, 'delete'],
    ] as const) {
      const preview = await previewStep(limited, { operation, target: target!, args });
      assert.match(
        blockers(preview).join(),
        new RegExp(`User user-limited may not ${verb} deployments in the namespace ${space}`),
      );
    }
    const problem = await problemFrom(
      performOnly(limited, { operation: 'scale.deployment', target: target!, args: { replicas: 3 } }),
    );
    assert.equal(problem.code, 'cloud-forbidden');
    assert.equal((await now()).spec.replicas, 1);
  });

  it('waits where it is told to slow down, and says so where it is too long', async () => {
    front.setFault({
      matches: ({ method }) => method === 'PATCH',
      times: 2,
      what: { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
    });
    await performOnly(behind, { operation: 'scale.deployment', target: await web(), args: { replicas: 2 } });
    assert.equal((await now()).spec.replicas, 2);
    front.setFault({
      matches: ({ method }) => method === 'PATCH',
      what: { kind: 'answer', status: 429, headers: { 'retry-after': '3600' } },
    });
    const problem = await problemFrom(
      performOnly(behind, { operation: 'scale.deployment', target: await web(), args: { replicas: 3 } }),
    );
    assert.equal(problem.code, 'cloud-throttled');
    assert.equal((await now()).spec.replicas, 2);
  });

  it('finds out by reading what became of a write whose answer was swallowed, and never sends it twice', async () => {
    await runStep(executor, {
      operation: 'scale.deployment',
      target: await web(executor),
      args: { replicas: 1 },
    });
    const before = await now();
    front.setFault({
      matches: ({ method }) => method === 'PATCH',
      times: 1,
      what: { kind: 'swallow-answer' },
    });
    await performOnly(behind, { operation: 'scale.deployment', target: await web(), args: { replicas: 3 } });
    const after = await now();
    assert.equal(after.spec.replicas, 3);
    assert.equal(after.metadata.generation, before.metadata.generation + 1);
    front.setFault({
      matches: ({ method, url }) => method === 'POST' && url.includes('/deployments'),
      times: 1,
      what: { kind: 'swallow-answer' },
    });
    const made = await performOnly(behind, {
      operation: 'create.deployment',
      args: { name: 'once', image: 'shop/once:1', namespace: space },
    });
    assert.equal(made.createdId, `k8s-front:deployment/${space}/once`);
  });

  it('does not say done of a write that never reached the server', async () => {
    const before = await now();
    front.setFault({ matches: ({ method }) => method === 'PATCH', times: 1, what: { kind: 'hang' } });
    const target = await web();
    const work = performOnly(behind, {
      operation: 'rollout-restart.deployment',
      target,
      signal: AbortSignal.timeout(1_500),
    });
    await assert.rejects(work);
    assert.equal((await now()).metadata.generation, before.metadata.generation);
  });

  it('repeats a read that was cut, and one that a server was too busy for', async () => {
    front.setFault({
      matches: ({ url }) => url.includes('/deployments'),
      times: 1,
      what: { kind: 'answer', status: 503 },
    });
    assert.ok(await web());
    front.setFault({
      matches: ({ url }) => url.includes('/deployments'),
      times: 1,
      what: { kind: 'cut-answer' },
    });
    assert.ok(await web());
  });

  it('tells a conflict from a failure, and tries again where only the status moved', async () => {
    front.setFault({
      matches: ({ method, url }) => method === 'PATCH' && !url.includes('dryRun'),
      times: 1,
      what: {
        kind: 'answer',
        status: 409,
        body: { kind: 'Status', reason: 'Conflict', message: 'the object has been modified' },
      },
    });
    await performOnly(behind, { operation: 'scale.deployment', target: await web(), args: { replicas: 2 } });
    assert.equal((await now()).spec.replicas, 2);
  });

  for (const [operation, args] of [
    ['scale.deployment', { replicas: 3 }],
    ['delete.deployment', {}],
  ] as const)
    it(`shows the plan of ${operation} where only the status moved while it was tried`, async () => {
      const isTry = ({ method, url }: { readonly method: string; readonly url: string }) =>
        (method === 'PATCH' && url.includes('dryRun')) || method === 'DELETE';
      const body = { kind: 'Status', reason: 'Conflict', message: 'the object has been modified' };
      const target = await web();
      front.setFault({ matches: isTry, times: 1, what: { kind: 'answer', status: 409, body } });
      assert.deepEqual(blockers(await previewStep(behind, { operation, target, args })), []);
      front.setFault({ matches: isTry, times: 9, what: { kind: 'answer', status: 409, body } });
      assert.match(
        blockers(await previewStep(behind, { operation, target, args })).join(),
        /object has been/,
      );
      front.setFault(undefined);
    });

  it('notices a server that stops in the middle, takes nothing for gone, and goes on with it afterwards', async () => {
    const source = executor.sources.find((one) => one.name === 'pods')!;
    const first = await source.read({ signal: AbortSignal.timeout(20_000) });
    assert.ok(first.resources.length > 0);
    await lab.disturb('apiserver', 'freeze');
    try {
      await assert.rejects(source.read({ signal: AbortSignal.timeout(2_000) }));
      const target = await problemFrom(
        executor.operations.get('scale.deployment')!.preview({
          operation: 'scale.deployment',
          args: { replicas: 5 },
          target: first.resources[0]!,
          lookup: () => undefined,
          progress: () => undefined,
          signal: AbortSignal.timeout(2_000),
        }),
      );
      assert.ok(
        ['cancelled', 'cloud-unreachable', 'timed-out', 'internal'].includes(target.code),
        target.message,
      );
    } finally {
      await lab.disturb('apiserver', 'thaw');
    }
    await lab.api.until('/readyz', (found) => found === 'ok', 30_000);
    const again = await source.read({ signal: AbortSignal.timeout(20_000) });
    assert.equal(again.mode, 'full');
    assert.ok(again.resources.length > 0);
  });
});
