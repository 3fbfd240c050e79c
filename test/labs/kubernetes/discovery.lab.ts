// What discovery is told of a real control plane: everything once, then every change as the server tells it; deletions,
// relations, breaks and rights. Nothing is taken for gone because it could not be read.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DiscoveryBatch, DiscoverySource, Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { problemFrom, readKind } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace, runDeployment } from './connections.ts';
import { type Front, startFront } from './front.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `disc-${process.pid}`;
const core = `/api/v1/namespaces/${space}`;

/** What a source told, as a graph would have it. */
class Seen {
  readonly resources = new Map<string, Resource>();
  readonly relations = new Map<string, readonly string[]>();
  fulls = 0;
  take(batch: DiscoveryBatch): void {
    if (batch.mode === 'full') {
      this.fulls += 1;
      this.resources.clear();
    }
    for (const resource of batch.resources) {
      this.resources.set(resource.id, resource);
      const own = batch.relations.filter((one) => one.from === resource.id);
      this.relations.set(
        resource.id,
        own.map((one) => `${one.type} ${one.to}`),
      );
    }
    for (const id of batch.removed) this.resources.delete(id);
  }
}

describe('discovery of a real control plane', function () {
  this.timeout(120_000);
  let lab: KubernetesLab;
  let front: Front;
  let home: Home;
  let executor: Executor;
  let close: () => Promise<void>;
  const watches: AbortController[] = [];

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    front = await startFront(lab);
    home = await makeHome(lab, [
      { name: 'disc', namespace: space },
      { name: 'front', namespace: space, server: front.server },
      { name: 'limited', namespace: space, token: lab.tokens.limited },
    ]);
    executor = await home.open('disc');
  });
  afterEach(() => {
    for (const watch of watches.splice(0)) watch.abort();
    front?.setFault(undefined);
  });
  after(async () => {
    await home?.dispose();
    await front?.dispose();
    await close?.();
  });

  const id = (kind: string, name: string, connection = 'disc') =>
    `k8s-${connection}:${kind}/${space}/${name}`;
  function sourceOf(kind: string, of: Executor = executor): DiscoverySource {
    return of.sources.find((one) => (one.kinds as readonly string[]).includes(kind))!;
  }
  async function until(fits: () => boolean, what: string): Promise<void> {
    for (let round = 0; !fits(); round++) {
      assert.ok(round < 300, `it never came to: ${what}`);
      await sleep(50);
    }
  }
  /** Reads and watches as discovery does. */
  async function follow(kind: string, of: Executor = executor) {
    const source = sourceOf(kind, of);
    const seen = new Seen();
    const control = new AbortController();
    watches.push(control);
    const first = await source.read({ signal: control.signal });
    seen.take(first);
    const ended = source.watch!((batch) => seen.take(batch), control.signal);
    return { source, seen, ended, cursor: first.cursor, control };
  }

  it('tells of pods as they come, change and go', async () => {
    const { seen, source, cursor } = await follow('pod');
    await runDeployment(lab, space, deploymentOf('web', 2));
    await until(
      () =>
        [...seen.resources.values()].filter((one) => one.attributes.app === 'web' && one.status === 'running')
          .length === 2,
      'two running pods',
    );
    const pod = [...seen.resources.values()].find((one) => one.attributes.app === 'web')!;
    assert.equal(pod.attributes.owner, id('deployment', 'web'));
    const relations = seen.relations.get(pod.id)!;
    assert.ok(relations.includes(`RUNS_ON k8s-disc:node/${String(pod.attributes.node)}`));
    assert.ok(relations.some((one) => one.startsWith(`OWNED_BY k8s-disc:replicaset/${space}/web-`)));
    assert.ok(relations.includes(`MEMBER_OF k8s-disc:namespace/${space}`));
    const net = await source.read({ cursor: cursor!, signal: AbortSignal.timeout(10_000) });
    assert.equal(net.mode, 'changes', 'while it is watched, polling need not read everything again');
    assert.equal(net.resources.length, 0);
    await lab.api.remove(`${core}/pods/${pod.name}`);
    await until(() => !seen.resources.has(pod.id), 'the deleted pod is gone');
  });

  it('follows a service to what it selects, in whatever order they come', async () => {
    const services = await follow('service');
    const deployments = await follow('deployment');
    await lab.api.create(`${core}/services`, {
      metadata: { name: 'shop' },
      spec: { selector: { app: 'late' }, ports: [{ port: 80 }] },
    });
    await until(() => services.seen.resources.has(id('service', 'shop')), 'the service');
    await lab.api.create(`/apis/apps/v1/namespaces/${space}/deployments`, deploymentOf('late', 1));
    const target = `TARGETS ${id('deployment', 'late')}`;
    await until(
      () => services.seen.relations.get(id('service', 'shop'))!.includes(target),
      'the service targets it',
    );
    await lab.api.remove(`/apis/apps/v1/namespaces/${space}/deployments/late`);
    await until(() => !deployments.seen.resources.has(id('deployment', 'late')), 'the deployment is gone');
    await until(
      () => !services.seen.relations.get(id('service', 'shop'))!.includes(target),
      'it targets nothing',
    );
  });

  it('joins claims, volumes, config maps, secrets, ingresses and autoscalers', async () => {
    await lab.api.create('/api/v1/persistentvolumes', {
      metadata: { name: space },
      spec: {
        capacity: { storage: '10Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: space,
        csi: { driver: 'cinder.csi.openstack.org', volumeHandle: '6f9d1f9e-0000-4000-8000-000000000001' },
      },
    });
    await lab.api.create(`${core}/persistentvolumeclaims`, {
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: space,
        volumeName: space,
        resources: { requests: { storage: '10Gi' } },
      },
    });
    await lab.api.create(`${core}/secrets`, {
      metadata: { name: 'keys' },
      stringData: { token: 'hushhush' },
    });
    await lab.api.create(`${core}/configmaps`, {
      metadata: { name: 'settings' },
      data: { mode: 'hushhush' },
    });
    const volumes = [
      { name: 'a', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'b', secret: { secretName: 'keys' } },
      { name: 'c', configMap: { name: 'settings' } },
    ];
    await lab.api.create(
      `/apis/apps/v1/namespaces/${space}/deployments`,
      deploymentOf('full', 0, { volumes }),
    );
    await lab.api.create(`/apis/networking.k8s.io/v1/namespaces/${space}/ingresses`, {
      metadata: { name: 'door' },
      spec: {
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'shop', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
    await lab.api.create(`/apis/autoscaling/v1/namespaces/${space}/horizontalpodautoscalers`, {
      metadata: { name: 'full' },
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'full' } },
    });
    const signal = AbortSignal.timeout(20_000);
    const batches = await Promise.all(
      [
        'deployment',
        'ingress',
        'hpa',
        'persistent-volume-claim',
        'persistent-volume',
        'secret',
        'configmap',
      ].map((kind) => sourceOf(kind).read({ signal })),
    );
    const relations = new Set(
      batches.flatMap((batch) => batch.relations.map((one) => `${one.from} ${one.type} ${one.to}`)),
    );
    for (const [from, type, to] of [
      [id('deployment', 'full'), 'MOUNTS', id('persistent-volume-claim', 'data')],
      [id('deployment', 'full'), 'MOUNTS', id('secret', 'keys')],
      [id('deployment', 'full'), 'MOUNTS', id('configmap', 'settings')],
      [id('persistent-volume-claim', 'data'), 'BACKED_BY', `k8s-disc:persistent-volume/${space}`],
      [id('ingress', 'door'), 'ROUTES_TO', id('service', 'shop')],
      [id('hpa', 'full'), 'TARGETS', id('deployment', 'full')],
    ] as const)
      assert.ok(relations.has(`${from} ${type} ${to}`), `${from} ${type} ${to}`);
    const volume = batches[4]!.resources.find((one) => one.name === space)!;
    assert.equal(volume.attributes.volume_handle, '6f9d1f9e-0000-4000-8000-000000000001');
    assert.equal(volume.attributes.driver, 'cinder.csi.openstack.org');
    const all = JSON.stringify(batches);
    assert.ok(!all.includes('hushhush') && !all.includes(Buffer.from('hushhush').toString('base64')));
    await lab.api.remove(`${core}/persistentvolumeclaims/data`);
    await lab.api.remove(`/api/v1/persistentvolumes/${space}`);
  });

  it('finds custom resources by asking which there are, and only their names', async () => {
    const group = `g${process.pid}.example.com`;
    const plural = `certs.${group}`;
    await lab.api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: plural },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural: 'certs', singular: 'cert', kind: 'Cert' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    });
    try {
      for (let round = 0; ; round++) {
        const { status } = await lab.api.request('POST', `/apis/${group}/v1/namespaces/${space}/certs`, {
          apiVersion: `${group}/v1`,
          kind: 'Cert',
          metadata: { name: 'site' },
          spec: { inside: 'hushhush' },
        });
        if (status < 300) break;
        assert.ok(round < 100, `the definition is not served: ${status}`);
        await sleep(100);
      }
      const found = (await readKind(executor, 'custom-resource')).find((one) => one.name === 'site')!;
      assert.equal(found.attributes.type, 'Cert');
      assert.equal(found.id, `k8s-disc:custom-resource/${space}/certs.${group}/site`);
      assert.ok(!JSON.stringify(found).includes('hushhush'));
    } finally {
      await lab.api.remove(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}`);
    }
  });

  it('resumes a watch that is cut where it was: what happened meanwhile is told, nothing is read anew', async () => {
    const behind = await home.open('front');
    const { seen, ended } = await follow('configmap', behind);
    let isOver = false;
    ended.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    await lab.api.create(`${core}/configmaps`, { metadata: { name: 'first' } });
    await until(() => seen.resources.has(id('configmap', 'first', 'front')), 'the first');
    front.cutAll();
    await lab.api.create(`${core}/configmaps`, { metadata: { name: 'second' } });
    await until(
      () => isOver || seen.resources.has(id('configmap', 'second', 'front')),
      'the second, or an end',
    );
    if (isOver) {
      // A broken watch ends; discovery reads again and starts it anew.
      const again = await follow('configmap', behind);
      assert.ok(again.seen.resources.has(id('configmap', 'second', 'front')));
    }
    assert.ok(seen.resources.has(id('configmap', 'first', 'front')), 'nothing was wiped');
  });

  it('takes nothing for gone when a list is cut half-way', async () => {
    const behind = await home.open('front');
    const source = sourceOf('configmap', behind);
    await source.read({ signal: AbortSignal.timeout(10_000) });
    front.setFault({ matches: ({ url }) => url.includes('/configmaps'), what: { kind: 'cut-answer' } });
    const problem = await problemFrom(source.read({ signal: AbortSignal.timeout(10_000) }));
    assert.equal(problem.code, 'cloud-unreachable');
    assert.match(problem.message, /half-way/);
  });

  it('says so where a user may read nothing at all', async () => {
    const limited = await home.open('limited');
    const problems: string[] = [];
    for (const source of limited.sources)
      await source.read({ signal: AbortSignal.timeout(10_000) }).then(
        () => {},
        (error: { problem: { code: string; message: string } }) =>
          problems.push(`${error.problem.code}: ${error.problem.message}`),
      );
    assert.ok(problems.length > 0, 'an empty tree would look like an empty cluster');
    for (const problem of problems) assert.match(problem, /^cloud-forbidden: .* may read nothing of /);
  });

  it('reads what a user with few rights may see, and says nothing of the rest', async () => {
    const limited = await home.open('limited');
    assert.deepEqual(await readKind(limited, 'pod'), []);
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${space}`;
    await lab.api.create(`${rbac}/roles`, {
      metadata: { name: 'reader' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch', 'get'] }],
    });
    await lab.api.create(`${rbac}/rolebindings`, {
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'User', name: 'limited', apiGroup: 'rbac.authorization.k8s.io' }],
    });
    await lab.api.create(`${core}/pods`, {
      metadata: { name: 'seen' },
      spec: { containers: [{ name: 'main', image: 'shop/seen:1' }] },
    });
    const { seen } = await follow('pod', limited);
    assert.ok(seen.resources.size > 0);
    assert.ok([...seen.resources.values()].every((one) => one.namespace === space));
    await lab.api.remove(`${rbac}/rolebindings/reader`);
    const source = sourceOf('pod', limited);
    for (let round = 0; round < 50; round++) {
      const problem = await source.read({ signal: AbortSignal.timeout(10_000) }).then(
        () => undefined,
        (error: { problem: { code: string; message: string } }) => error.problem,
      );
      if (problem) {
        assert.equal(problem.code, 'cloud-forbidden');
        assert.match(problem.message, /may not read the pods .* any more/);
        return;
      }
      await sleep(100);
    }
    assert.fail('losing a right must not read as if everything were gone');
  });
});
