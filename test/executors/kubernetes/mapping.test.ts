// What the executor makes of objects as API servers send them: the one status a person looks for, what things hang on,
// amounts, and which container an image is for. All of it without a cluster.

import assert from 'node:assert/strict';
import { toNode, toPersistentVolume } from '../../../daemon/executors/kubernetes/mapping/cluster.ts';
import { relationsOfPod, toPod } from '../../../daemon/executors/kubernetes/mapping/pod.ts';
import { isRolledOut, toWorkload } from '../../../daemon/executors/kubernetes/mapping/workload.ts';
import { changesBetween } from '../../../daemon/executors/kubernetes/operations/diff.ts';
import { imagesFor } from '../../../daemon/executors/kubernetes/operations/workload.ts';
import type { Pod, Workload } from '../../../daemon/executors/kubernetes/records/objects.ts';
import { parseQuantity, toGb } from '../../../daemon/executors/kubernetes/records/quantity.ts';
import { createSelections } from '../../../daemon/executors/kubernetes/sources/selections.ts';
import { ProblemError } from '../../../shared/model/problem.ts';

const place = { connection: 'k8s', cluster: 'lab' };
const metadata = { name: 'web-1', namespace: 'prod', uid: 'u-1' };

function podWith(status: Pod['status'], more: Partial<Pod> = {}): Pod {
  return { metadata, spec: { containers: [{ name: 'app', image: 'shop/web:1' }] }, status, ...more };
}

describe('a pod of Kubernetes', () => {
  const ready = [{ type: 'Ready', status: 'True' }];
  const cases: readonly (readonly [string, Pod, string, string])[] = [
    ['runs', podWith({ phase: 'Running', conditions: ready }), 'running', 'ok'],
    ['runs and is not ready', podWith({ phase: 'Running' }), 'running', 'warning'],
    ['waits', podWith({ phase: 'Pending' }), 'pending', 'busy'],
    [
      'is being made',
      podWith({
        phase: 'Pending',
        containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ContainerCreating' } } }],
      }),
      'pending',
      'busy',
    ],
    [
      'crashes',
      podWith({
        phase: 'Running',
        containerStatuses: [{ name: 'app', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
      }),
      'error',
      'error',
    ],
    [
      'fails in its init container',
      podWith({
        phase: 'Pending',
        initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 2, reason: 'Error' } } }],
      }),
      'error',
      'error',
    ],
    ['is over', podWith({ phase: 'Succeeded' }), 'completed', 'ok'],
    ['was evicted', podWith({ phase: 'Failed', reason: 'Evicted' }), 'failed', 'error'],
    [
      'is leaving',
      podWith({ phase: 'Running' }, { metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }),
      'deleting',
      'busy',
    ],
  ];
  for (const [what, pod, status, health] of cases)
    it(`that ${what} is ${status}`, () => {
      const resource = toPod(pod, place);
      assert.deepEqual([resource.status, resource.health], [status, health]);
    });

  it('says what keeps it from running', () => {
    const message = 'Back-off pulling image "nosuch"';
    const state = { waiting: { reason: 'ImagePullBackOff', message } };
    const resource = toPod(podWith({ phase: 'Pending', containerStatuses: [{ name: 'app', state }] }), place);
    assert.equal(resource.providerStatus, 'ImagePullBackOff');
    assert.equal(resource.attributes.reason, message);
  });

  it('belongs to the deployment a person knows, not to the replica set between', () => {
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'web-7f9c',
      uid: 'u-2',
      controller: true,
    };
    const labels = { app: 'web', 'pod-template-hash': '7f9c' };
    const pod = podWith(
      { phase: 'Running' },
      { metadata: { ...metadata, labels, ownerReferences: [owner] } },
    );
    assert.equal(toPod(pod, place).attributes.owner, 'k8s:deployment/prod/web');
    assert.deepEqual(toPod(pod, place).tags, { app: 'web' });
    assert.ok(
      relationsOfPod(pod, place).some(
        (one) => one.type === 'OWNED_BY' && one.to === 'k8s:replicaset/prod/web-7f9c',
      ),
    );
  });

  it('is another one when it was made again under its name', () => {
    const again = podWith({ phase: 'Running' }, { metadata: { ...metadata, uid: 'u-9' } });
    assert.notEqual(toPod(podWith({ phase: 'Running' }), place).version, toPod(again, place).version);
  });

  it('takes files and variables from what it names, each once', () => {
    const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'keys' } } }];
    const pod = podWith(
      {},
      {
        spec: {
          nodeName: 'n1',
          containers: [{ name: 'app', env, envFrom: [{ configMapRef: { name: 'settings' } }] }],
          volumes: [
            { name: 'a', secret: { secretName: 'keys' } },
            { name: 'b', persistentVolumeClaim: { claimName: 'data' } },
            { name: 'c', projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } },
          ],
        },
      },
    );
    const mounts = relationsOfPod(pod, place).filter((one) => one.type === 'MOUNTS');
    assert.deepEqual(mounts.map((one) => one.to).sort(), [
      'k8s:configmap/prod/settings',
      'k8s:persistent-volume-claim/prod/data',
      'k8s:secret/prod/keys',
    ]);
  });
});

describe('a workload of Kubernetes', () => {
  const workload = (status: Workload['status'], spec: Workload['spec'] = { replicas: 3 }): Workload => ({
    metadata: { name: 'web', namespace: 'prod', uid: 'u', generation: 2 },
    spec,
    status,
  });
  const whole = { observedGeneration: 2, replicas: 3, readyReplicas: 3, updatedReplicas: 3 };

  it('is rolled out when every copy is there, new and ready, and the controller has seen it', () => {
    assert.equal(isRolledOut('deployment', workload(whole)), true);
    for (const less of [
      { observedGeneration: 1 },
      { readyReplicas: 2 },
      { updatedReplicas: 2 },
      { replicas: 4 },
    ])
      assert.equal(isRolledOut('deployment', workload({ ...whole, ...less })), false, JSON.stringify(less));
  });

  it('says in the words of its controller why it does not go on', () => {
    const conditions = [
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' },
    ];
    const resource = toWorkload('deployment', workload({ ...whole, readyReplicas: 1, conditions }), place);
    assert.deepEqual([resource.status, resource.attributes.reason], ['error', 'timed out']);
  });

  it('counts a daemon set by the nodes it is meant for', () => {
    const status = {
      observedGeneration: 2,
      desiredNumberScheduled: 4,
      numberReady: 4,
      updatedNumberScheduled: 4,
    };
    const resource = toWorkload('daemonset', workload(status, {}), place);
    assert.deepEqual([resource.status, resource.attributes.replicas], ['running', 4]);
  });
});

describe('what joins a cluster to the cloud below', () => {
  it('a node names its machine', () => {
    const node = toNode(
      {
        metadata: { name: 'n', uid: 'u' },
        spec: { providerID: 'aws:///eu-west-1a/i-0abc', unschedulable: true },
      },
      place,
    );
    assert.equal(node.attributes.provider_id, 'aws:///eu-west-1a/i-0abc');
    assert.equal(node.status, 'notready');
  });

  it('a volume names its disk, by driver and in-tree', () => {
    const volume = (spec: object) =>
      toPersistentVolume({ metadata: { name: 'v', uid: 'u' }, spec, status: { phase: 'Released' } }, place);
    const csi = volume({ csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } });
    assert.deepEqual([csi.attributes.driver, csi.attributes.volume_handle], ['ebs.csi.aws.com', 'vol-1']);
    const old = volume({ awsElasticBlockStore: { volumeID: 'aws://eu-west-1a/vol-2' } });
    assert.equal(old.attributes.volume_handle, 'vol-2');
    assert.equal(old.health, 'warning', 'released: the data of a claim that went');
  });
});

describe('amounts of Kubernetes', () => {
  for (const [text, value] of [
    ['500m', 0.5],
    ['2', 2],
    ['1Gi', 2 ** 30],
    ['1G', 1e9],
    ['128974848', 128_974_848],
    ['1e3', 1_000],
    ['250000n', 0.000_25],
    ['', undefined],
    ['lots', undefined],
  ] as const)
    it(`${text || 'nothing'} is ${value}`, () => assert.equal(parseQuantity(text), value));
  it('a size is said in GB as people do', () => assert.equal(toGb('1536Mi'), 1.5));
});

describe('an image for one of several containers', () => {
  const pair = [
    { name: 'app', image: 'registry:5000/shop/app:1' },
    { name: 'proxy', image: 'mesh/proxy@sha256:abc' },
  ];
  it('goes to the only one that runs another tag of it', () =>
    assert.deepEqual(imagesFor(pair, 'registry:5000/shop/app:2', 'web'), {
      app: 'registry:5000/shop/app:2',
    }));
  it('goes to the one that is named', () =>
    assert.deepEqual(imagesFor(pair, 'proxy=other/proxy:3', 'web'), { proxy: 'other/proxy:3' }));
  it('is put back for all of them', () =>
    assert.deepEqual(imagesFor(pair, 'app=a:1, proxy=b:2', 'web'), { app: 'a:1', proxy: 'b:2' }));
  for (const text of ['nginx:2', 'sidecar=nginx:2', '', 'two words'])
    it(`"${text}" is asked about`, () => assert.throws(() => imagesFor(pair, text, 'web'), ProblemError));
});

describe('what a write would change', () => {
  it('is told by the names of things, without what the server keeps for itself', () => {
    const before = {
      metadata: { resourceVersion: '1', generation: 1, managedFields: [1], labels: { 'a.b/c': 'x' } },
      spec: { containers: [{ name: 'app', image: 'a:1' }], args: ['x'] },
      status: { ready: 1 },
    };
    const after = {
      metadata: { resourceVersion: '2', generation: 2, managedFields: [2], labels: {} },
      spec: { containers: [{ name: 'app', image: 'a:2' }, { name: 'new' }], args: ['x', 'y'] },
      status: { ready: 0 },
    };
    assert.deepEqual(changesBetween(before, after), [
      { field: 'metadata.labels[a.b/c]', before: 'x' },
      { field: 'spec.containers[app].image', before: 'a:1', after: 'a:2' },
      { field: 'spec.containers[new].name', after: 'new' },
      { field: 'spec.args', before: ['x'], after: ['x', 'y'] },
    ]);
  });

  it('never shows what is in a secret', () => {
    const changes = changesBetween({ data: { password: 'b2xk' } }, { data: { password: 'bmV3' } });
    assert.equal(changes.length, 1);
    assert.ok(!/b2xk|bmV3/.test(JSON.stringify(changes)));
  });
});

describe('what a service selects', () => {
  const service = {
    ...toPod(podWith({}), place),
    id: 'k8s:service/prod/shop',
    kind: 'service' as const,
    namespace: 'prod',
  };
  const targets = (relations: readonly { readonly type: string; readonly to: string }[]) =>
    relations.filter((one) => one.type === 'TARGETS').map((one) => one.to);

  it('follows workloads as they come, are relabelled and go', () => {
    const selections = createSelections();
    assert.deepEqual(targets(selections.setService(service, { app: 'web' }, [])), []);
    selections.setWorkload('k8s:deployment/prod/web', 'prod', { app: 'web', tier: 'front' });
    selections.setWorkload('k8s:deployment/other/web', 'other', { app: 'web' });
    assert.deepEqual(targets(selections.takeTouched().relations), ['k8s:deployment/prod/web']);
    selections.setWorkload('k8s:deployment/prod/web', 'prod', { app: 'web', tier: 'back' });
    selections.takeTouched();
    selections.setWorkload('k8s:deployment/prod/web', 'prod', { app: 'api' });
    const left = selections.takeTouched();
    assert.deepEqual([left.resources.length, targets(left.relations)], [1, []]);
  });

  it('forgets what a full list no longer has', () => {
    const selections = createSelections();
    selections.setWorkload('k8s:deployment/prod/web', 'prod', { app: 'web' });
    selections.setService(service, { app: 'web' }, []);
    selections.keepWorkloads('k8s:deployment/', new Set());
    assert.deepEqual(targets(selections.takeTouched().relations), []);
  });

  it('without a selector is nothing', () => {
    const selections = createSelections();
    selections.setWorkload('k8s:deployment/prod/web', 'prod', { app: 'web' });
    assert.deepEqual(targets(selections.setService(service, {}, [])), []);
  });
});
