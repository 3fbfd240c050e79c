// Cordon, uncordon and drain against a real control plane: what moves, what stays, what is lost, and what a disruption
// budget has to say. The lab has two nodes; everything here happens on the second, which is put back at the end.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import {
  blockers,
  contextOf,
  handlerOf,
  previewStep,
  readKind,
  runStep,
} from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace, runDeployment } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `nodes-${process.pid}`;
const nodeName = 'node-2';
/** Pods of these suites start on the node that is drained. */
const here = { affinity: preferring(nodeName) };

function preferring(node: string): object {
  const term = {
    weight: 100,
    preference: { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
  };
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] } };
}

describe('nodes of a real control plane', function () {
  this.timeout(120_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    home = await makeHome(lab, [{ name: 'nodes', namespace: space }]);
    executor = await home.open('nodes');
    await executor.identity(AbortSignal.timeout(20_000));
  });
  afterEach(() => lab?.api.merge(`/api/v1/nodes/${nodeName}`, { spec: { unschedulable: null } }));
  after(async () => {
    await home?.dispose();
    await close?.();
  });

  async function node(): Promise<Resource> {
    return (await readKind(executor, 'node')).find((one) => one.name === nodeName)!;
  }
  async function podsOf(app: string): Promise<readonly Resource[]> {
    const pods = await readKind(executor, 'pod');
    return pods.filter(
      (one) => one.namespace === space && one.attributes.app === app && one.status !== 'deleting',
    );
  }
  const notesOf = async (args = {}): Promise<string> =>
    (await previewStep(executor, { operation: 'drain.node', target: await node(), args })).notes
      .map((note) => `${note.level}: ${note.message}`)
      .join('\n');

  it('knows of a node what joins it to the cloud below', async () => {
    assert.match(String((await node()).attributes.provider_id), /^openstack:\/\/\//);
  });

  it('cordons and uncordons', async () => {
    const { preview } = await runStep(executor, { operation: 'cordon.node', target: await node() });
    assert.deepEqual(
      preview.changes.filter((change) => change.field === 'spec.unschedulable'),
      [{ field: 'spec.unschedulable', after: true }],
    );
    const closed = await node();
    assert.equal(closed.attributes.unschedulable, true);
    assert.equal(closed.health, 'warning');
    await runStep(executor, { operation: 'uncordon.node', target: closed });
    assert.equal((await node()).attributes.unschedulable, false);
  });

  it('drains: pods move, those of daemon sets stay', async () => {
    await runDeployment(lab, space, deploymentOf('mover', 3, here));
    assert.ok((await podsOf('mover')).every((one) => one.attributes.node === nodeName));
    const { verification } = await runStep(executor, { operation: 'drain.node', target: await node() });
    assert.match(verification.observed, /drained/);
    const moved = await podsOf('mover');
    assert.equal(moved.length, 3);
    assert.ok(moved.every((one) => one.attributes.node !== nodeName));
    const again = await previewStep(executor, { operation: 'drain.node', target: await node() });
    assert.equal(again.idle, true);
  });

  it('drains although a namespace on the node is being deleted, whose pods cannot be evicted', async () => {
    const doomed = `${space}-doomed`;
    await openNamespace(lab, doomed);
    await runDeployment(lab, doomed, deploymentOf('doomed', 2, here));
    await lab.api.remove(`/api/v1/namespaces/${doomed}`);
    await runStep(executor, { operation: 'drain.node', target: await node() });
  });

  it('does not lose a pod that nobody brings back, unless it is told to', async () => {
    await lab.api.create(`/api/v1/namespaces/${space}/pods`, {
      metadata: { name: 'orphan', labels: { app: 'orphan' } },
      spec: { nodeName, containers: [{ name: 'main', image: 'shop/orphan:1' }] },
    });
    await lab.api.until<{ status?: { phase?: string } }>(
      `/api/v1/namespaces/${space}/pods/orphan`,
      (found) => found?.status?.phase === 'Running',
    );
    const preview = await previewStep(executor, { operation: 'drain.node', target: await node() });
    assert.match(blockers(preview).join(), /orphan would not come back/);
    assert.match(await notesOf({ force: true }), /warning: .*orphan will be gone for good/);
    await runStep(executor, { operation: 'drain.node', target: await node(), args: { force: true } });
    assert.equal((await podsOf('orphan')).length, 0);
  });

  it('says what keeps its data in the pod itself', async () => {
    const volumes = [{ name: 'scratch', emptyDir: {} }];
    await runDeployment(lab, space, deploymentOf('scratch', 1, { ...here, volumes }));
    try {
      assert.match(await notesOf(), /warning: .*scratch-.* lose what they keep in an emptyDir/);
    } finally {
      await lab.api.remove(`/apis/apps/v1/namespaces/${space}/deployments/scratch`);
    }
  });

  it('respects a disruption budget, names it, and goes on when it allows', async () => {
    await runDeployment(lab, space, deploymentOf('guarded', 2, here));
    const budget = `/apis/policy/v1beta1/namespaces/${space}/poddisruptionbudgets`;
    await lab.api.create(budget, {
      metadata: { name: 'guarded' },
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'guarded' } } },
    });
    await lab.api.until<{ status?: { currentHealthy?: number } }>(
      `${budget}/guarded`,
      (found) => found?.status?.currentHealthy === 2,
    );
    assert.match(await notesOf(), /A disruption budget holds .*guarded.*disruption budget/);
    const said: string[] = [];
    const draft = { operation: 'drain.node', target: await node() };
    const handler = handlerOf(executor, 'drain.node');
    const { grantWrite } = await import('../../../daemon/executors/permit.ts');
    const work = handler.perform({
      ...contextOf(draft),
      mark: 'budget',
      permit: grantWrite('test', 0, 'test'),
      progress: (message) => said.push(message),
    });
    while (!said.some((message) => /violate the pod's disruption budget/.test(message))) await sleep(100);
    assert.equal((await podsOf('guarded')).length, 2, 'no pod was taken away against the budget');
    await lab.api.merge(`/apis/apps/v1/namespaces/${space}/deployments/guarded`, { spec: { replicas: 4 } });
    await work;
    const drained = await podsOf('guarded');
    assert.ok(drained.every((one) => one.attributes.node !== nodeName));
  });

  it('finds a drain that was cut off as what it is', async () => {
    await runDeployment(
      lab,
      space,
      deploymentOf('cut', 1, { nodeSelector: { 'kubernetes.io/hostname': nodeName } }),
    );
    const handler = handlerOf(executor, 'drain.node');
    const context = { ...contextOf({ operation: 'drain.node', target: await node() }), mark: 'cut' };
    assert.equal((await handler.reconcile(context)).found, 'not-done');
    await lab.api.merge(`/api/v1/nodes/${nodeName}`, { spec: { unschedulable: true } });
    const half = await handler.reconcile(context);
    assert.equal(half.found, 'unknown');
    assert.match(half.observed, /cordoned, \d+ pods? still on it/);
  });
});
