// Logs and figures of a real control plane: the last lines of one container and of many, what was before a restart,
// what is searched for, what is followed; and the metrics API, which the lab serves as custom resources.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { problemFrom, readKind } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace, runDeployment } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `read-${process.pid}`;

describe('readers of a real control plane', function () {
  this.timeout(120_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    const nobody = { token: lab.tokens.admin, as: `nobody-${space}` };
    home = await makeHome(lab, [
      { name: 'read', namespace: space },
      { name: 'nobody', user: nobody },
    ]);
    executor = await home.open('read');
    await executor.identity(AbortSignal.timeout(20_000));
    const limits = { cpu: '2', memory: '1Gi' };
    const containers = [
      { name: 'app', image: 'shop/app:1', resources: { limits } },
      { name: 'proxy', image: 'mesh/proxy:1', resources: { limits } },
    ];
    await runDeployment(lab, space, deploymentOf('pair', 2, { containers }));
    await runDeployment(lab, space, deploymentOf('one', 1));
    await runKeeper();
  });
  after(async () => {
    await home?.dispose();
    await close?.();
  });

  /** A pod with a claim, put on its node as it is: nobody here provides a volume for it to wait for. */
  async function runKeeper(): Promise<void> {
    const core = `/api/v1/namespaces/${space}`;
    const resources = { requests: { storage: '10Gi' } };
    await lab.api.create(`${core}/persistentvolumeclaims`, {
      metadata: { name: 'store' },
      spec: { accessModes: ['ReadWriteOnce'], resources },
    });
    const volumes = [{ name: 'store', persistentVolumeClaim: { claimName: 'store' } }];
    await lab.api.create(`${core}/pods`, {
      metadata: { name: 'keeper' },
      spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'shop/app:1' }], volumes },
    });
    const isRunning = (pod?: { status?: { phase?: string } }) => pod?.status?.phase === 'Running';
    await lab.api.until(`${core}/pods/keeper`, isRunning);
  }

  const signal = () => AbortSignal.timeout(20_000);
  async function everything(): Promise<readonly Resource[]> {
    const kinds = ['node', 'pod', 'persistent-volume-claim'];
    return (await Promise.all(kinds.map((kind) => readKind(executor, kind)))).flat();
  }
  async function find(kind: string, app: string): Promise<Resource> {
    const all = await readKind(executor, kind);
    return all.find((one) => one.namespace === space && one.attributes.app === app)!;
  }
  const logs = async (resource: Resource, more: object = {}) =>
    executor.readers.logs!({ resource, lines: 5, signal: signal(), ...more });

  it('reads the last lines of a single container as they are', async () => {
    const { text, truncated } = await logs(await find('pod', 'one'));
    const lines = text.split('\n');
    assert.equal(lines.length, 5);
    assert.match(lines.at(-1)!, /^INFO one-\S+\/main running line 39$/);
    assert.equal(truncated, true);
  });

  it('reads all containers of all pods behind a workload, in the order of their time', async () => {
    const { text } = await logs(await find('deployment', 'pair'), { lines: 12 });
    const lines = text.split('\n');
    const sources = new Set(lines.map((line) => line.split(': ')[0]));
    assert.equal(sources.size, 4, [...sources].join());
    const numbers = lines.map((line) => Number(/line (\d+)/.exec(line)![1]));
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
  });

  it('searches, looks back a while, and before a restart', async () => {
    const pod = await find('pod', 'one');
    const found = (await logs(pod, { grep: 'error' })).text.split('\n');
    assert.equal(found.length, 4);
    assert.ok(found.every((line) => line.startsWith('ERROR')));
    const recent = await logs(pod, { lines: 100, sinceMs: Date.now() - 10_000 });
    assert.ok(recent.text.split('\n').length <= 11);
    assert.match((await logs(pod, { previous: true })).text, /before it crashed/);
  });

  it('shows one container alone: of a pod, of every pod, and of one pod of many', async () => {
    const parts = async (resource: Resource) => executor.readers.logParts!({ resource, signal: signal() });
    const pod = await find('pod', 'pair');
    assert.deepEqual([...(await parts(pod))].sort(), ['app', 'proxy']);
    const { text } = await logs(pod, { part: 'proxy' });
    assert.ok(
      text.split('\n').every((line) => line.includes('/proxy running')),
      text,
    );
    const workload = await find('deployment', 'pair');
    const all = await parts(workload);
    assert.equal(all.length, 4);
    const both = (await logs(workload, { part: 'app', lines: 10 })).text.split('\n');
    assert.equal(new Set(both.map((line) => line.split(': ')[0])).size, 2);
    const single = (await logs(workload, { part: all[0], lines: 10 })).text.split('\n');
    assert.ok(
      single.every((line) => line.includes(`${all[0]} running`)),
      single.join(),
    );
    assert.equal((await problemFrom(logs(pod, { part: 'nosuch' }))).code, 'not-found');
  });

  it('says that a thing has no log', async () => {
    const namespace = (await readKind(executor, 'namespace')).find((one) => one.name === space)!;
    assert.equal((await problemFrom(logs(namespace))).code, 'unsupported');
    const pod = await find('pod', 'one');
    const gone = { ...pod, id: `${pod.id}-gone`, name: 'gone' };
    assert.equal((await problemFrom(logs(gone))).code, 'not-found');
  });

  it('follows a log until nobody wants it any more', async () => {
    const control = new AbortController();
    let told = '';
    const ended = executor.readers.follow!({
      resource: await find('deployment', 'pair'),
      onText: (text) => (told += text),
      signal: control.signal,
    });
    while (told.split('\n').length < 6) await sleep(50);
    control.abort();
    await ended;
    assert.ok(told.endsWith('\n'), 'only whole lines are told');
    assert.match(told, /^pair-\S+\/(app|proxy): /);
  });

  it('says that a cluster without a metrics API measures nothing', async () => {
    const request = { metric: 'cpu', fromMs: 0, toMs: Date.now(), signal: signal() };
    const problem = await problemFrom(
      executor.readers.metrics!({ resource: await find('pod', 'one'), ...request }),
    );
    assert.equal(problem.code, 'unsupported');
    assert.match(problem.fix ?? '', /metrics-server/);
  });

  it('measures by the kubelets: space, network, and the rest where there is no metrics API', async () => {
    const resources = await everything();
    const source = executor.metricSources!.find(({ name }) => name === 'kubelets')!;
    const first = await source.sample({ resources, signal: signal() });
    await sleep(1_000);
    const { samples, problems } = await source.sample({ resources, signal: signal() });
    const pod = await find('pod', 'one');
    const value = (resource: string, metric: string) =>
      samples.find((one) => one.resource === resource && one.metric === metric)?.value;
    assert.deepEqual(problems, []);
    assert.equal(value('k8s-read:node/node-1', 'disk'), 25);
    assert.deepEqual(
      ['cpu', 'memory'].map((metric) => value('k8s-read:node/node-1', metric)),
      [50, 25],
    );
    assert.equal(value(`k8s-read:persistent-volume-claim/${space}/store`, 'disk'), 50);
    assert.ok(Math.abs(value(pod.id, 'network')! - 1) < 0.2, 'one megabyte a second');
    assert.equal(
      first.samples.some(({ metric }) => metric === 'network'),
      false,
      'one count is no rate',
    );
  });

  it('leaves the kubelets alone where the server says that they may not be asked', async () => {
    const nobody = await home.open('nobody');
    const source = nobody.metricSources!.find(({ name }) => name === 'kubelets')!;
    const batch = await source.sample({ resources: await everything(), signal: signal() });
    assert.deepEqual(batch, { samples: [], problems: [] });
  });

  it('measures pods against their limits and nodes against what they have', async () => {
    await serveMetrics();
    try {
      const measuring = await home.open('read');
      await measuring.identity(signal());
      const resources = [...(await readKind(measuring, 'pod')), ...(await readKind(measuring, 'node'))];
      const [source] = measuring.metricSources!;
      const { samples } = await source!.sample({ resources, signal: signal() });
      const pod = await find('pod', 'pair');
      const value = (resource: string, metric: string) =>
        samples.find((one) => one.resource === resource && one.metric === metric)?.value;
      // Two containers with 2 cores and 1 GiB each; they use 0.5 cores and 256 MiB each.
      assert.equal(value(pod.id, 'cpu'), 25);
      assert.equal(value(pod.id, 'memory'), 25);
      assert.equal(value('k8s-read:node/node-1', 'cpu'), 50);
      const present = await measuring.readers.metrics!({
        resource: pod,
        metric: 'cpu',
        fromMs: 0,
        toMs: Date.now(),
        signal: signal(),
      });
      assert.deepEqual([present.unit, present.points[0]?.[1]], ['%', 25]);
    } finally {
      for (const plural of ['pods', 'nodes']) await lab.api.remove(`${definitions}/${plural}.metrics.k8s.io`);
    }
  });

  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const root = '/apis/metrics.k8s.io/v1beta1';

  /** The metrics API, of the real server, with figures of our own. */
  async function serveMetrics(): Promise<void> {
    for (const [plural, kind, scope] of [
      ['pods', 'PodMetrics', 'Namespaced'],
      ['nodes', 'NodeMetrics', 'Cluster'],
    ] as const)
      await lab.api.create(definitions, {
        metadata: {
          name: `${plural}.metrics.k8s.io`,
          annotations: { 'api-approved.kubernetes.io': 'unapproved, a lab' },
        },
        spec: {
          group: 'metrics.k8s.io',
          scope,
          names: { plural, kind },
          versions: [
            {
              name: 'v1beta1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
            },
          ],
        },
      });
    const common = { apiVersion: 'metrics.k8s.io/v1beta1', timestamp: new Date().toISOString() };
    for (const plural of ['pods', 'nodes'])
      await lab.api.until(`${root}/${plural}`, (found) => found !== undefined);
    const containers = ['app', 'proxy'].map((name) => ({ name, usage: { cpu: '500m', memory: '256Mi' } }));
    const pods = (await readKind(executor, 'pod')).filter((one) => one.namespace === space);
    for (const pod of pods)
      await lab.api.create(`${root}/namespaces/${space}/pods`, {
        ...common,
        kind: 'PodMetrics',
        metadata: { name: pod.name },
        containers,
      });
    await lab.api.create(`${root}/nodes`, {
      ...common,
      kind: 'NodeMetrics',
      metadata: { name: 'node-1' },
      usage: { cpu: '16', memory: '64Gi' },
    });
  }
});
