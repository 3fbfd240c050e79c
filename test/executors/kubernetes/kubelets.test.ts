import assert from 'node:assert/strict';
import { type Summary, samplesOf } from '../../../daemon/executors/kubernetes/readers/kubelets.ts';
import type { Resource } from '../../../shared/model/resource.ts';

const place = { connection: 'k8s', cluster: 'k8s' };
const start = Date.parse('2026-03-01T12:00:00Z');
const stamp = (seconds: number) => new Date(start + seconds * 1_000).toISOString();

function resource(kind: string, name: string, attributes: Resource['attributes'] = {}): Resource {
  const isOfCluster = kind === 'node';
  return {
    id: isOfCluster ? `k8s:${kind}/${name}` : `k8s:${kind}/shop/${name}`,
    connection: 'k8s',
    provider: 'kubernetes',
    kind: kind as Resource['kind'],
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes,
  };
}

describe('what a kubelet counts', () => {
  const node = resource('node', 'n1', { vcpus: 4, ram_gb: 8 });
  const web = resource('pod', 'web', { node: 'n1', cpus: 1, ram_gb: 1 });
  const moved = resource('pod', 'moved', { node: 'n2' });
  const claim = resource('persistent-volume-claim', 'store');
  const byId = new Map([node, web, moved, claim].map((one) => [one.id, one]));
  const counters: Parameters<typeof samplesOf>[3]['counters'] = new Map();
  beforeEach(() => counters.clear());

  const read = (summary: Summary, withUsage = true) =>
    Object.fromEntries(
      samplesOf({ place, now: () => start }, node, summary, { byId, counters, withUsage }).map(
        ({ resource: id, metric, value }) => [`${id} ${metric}`, value],
      ),
    );
  const ofPod = (seconds: number, bytes: number, name = 'web'): Summary => ({
    pods: [
      {
        podRef: { name, namespace: 'shop' },
        network: { time: stamp(seconds), rxBytes: bytes, txBytes: 0 },
      },
    ],
  });

  it('is a share of what the node has, what the pod may use, and what the claim holds', () => {
    const figures = read({
      node: {
        cpu: { usageNanoCores: 1e9 },
        memory: { workingSetBytes: 2 * 2 ** 30 },
        fs: { usedBytes: 30, capacityBytes: 120 },
      },
      pods: [
        {
          podRef: { name: 'web', namespace: 'shop' },
          containers: [
            { cpu: { usageNanoCores: 2e8 }, memory: { workingSetBytes: 2 ** 28 } },
            { cpu: { usageNanoCores: 3e8 }, memory: { workingSetBytes: 2 ** 28 } },
          ],
          volume: [
            { usedBytes: 9, capacityBytes: 10, pvcRef: { name: 'store', namespace: 'shop' } },
            { usedBytes: 9, capacityBytes: 10 },
            { usedBytes: 9, capacityBytes: 10, pvcRef: { name: 'unknown', namespace: 'shop' } },
          ],
        },
      ],
    });
    assert.deepEqual(figures, {
      'k8s:node/n1 disk': 25,
      'k8s:node/n1 cpu': 25,
      'k8s:node/n1 memory': 25,
      'k8s:persistent-volume-claim/shop/store disk': 90,
      'k8s:pod/shop/web cpu': 50,
      'k8s:pod/shop/web memory': 50,
    });
  });

  it('leaves processor and memory to the metrics API where there is one', () => {
    const figures = read(
      {
        node: {
          cpu: { usageNanoCores: 1e9 },
          memory: { workingSetBytes: 1 },
          fs: { usedBytes: 1, capacityBytes: 2 },
        },
      },
      false,
    );
    assert.deepEqual(figures, { 'k8s:node/n1 disk': 50 });
  });

  it('makes a rate of two counts, none of one, of a reset, or of the same count told twice', () => {
    const id = 'k8s:pod/shop/web network';
    assert.equal(read(ofPod(0, 1e6))[id], undefined);
    assert.equal(read(ofPod(10, 31e6))[id], 3);
    assert.equal(read(ofPod(10, 31e6))[id], undefined);
    assert.equal(read(ofPod(20, 5e6))[id], undefined, 'it was started anew');
    assert.equal(read(ofPod(30, 15e6))[id], 1);
  });

  it('says nothing of a pod that runs elsewhere or is not known, and of what is not told', () => {
    assert.deepEqual(read(ofPod(0, 1, 'moved')), {});
    assert.deepEqual(read(ofPod(0, 1, 'stranger')), {});
    assert.deepEqual(
      read({
        node: { fs: { usedBytes: 5, capacityBytes: 0 }, cpu: {} },
        pods: [{ podRef: { name: 'web', namespace: 'shop' }, containers: [{ cpu: {} }] }],
      }),
      {},
    );
  });
});
