// One thing seen by two clouds is joined once it is certain, from whichever side it is read first, and let go when it
// is not certain any more.

import assert from 'node:assert/strict';
import { createGraph } from '../../daemon/graph/graph.ts';
import { createJoins } from '../../daemon/graph/joins.ts';
import type { Kind } from '../../shared/model/kind.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';

function thing(id: string, attributes: Readonly<Record<string, Json>> = {}, name?: string): Resource {
  const [connection = '', rest = ''] = id.split(':');
  const kind = rest.split('/')[0] as Kind;
  return {
    id,
    connection,
    provider: 'sandbox',
    kind,
    name: name ?? id.slice(id.lastIndexOf('/') + 1),
    status: 'running',
    health: 'ok',
    tags: {},
    attributes,
  };
}

/** Relations after all of them were read, in this order and in the other. */
function check(things: readonly Resource[], expected: readonly string[]): void {
  for (const order of [things, [...things].reverse()]) {
    const joins = createJoins();
    for (const one of order) joins.update([one], []);
    const found = things
      .flatMap(({ id }) => joins.of(id))
      .map(({ from, type, to }) => `${from} ${type} ${to}`);
    assert.deepEqual(found, expected);
  }
}

describe('joins across connections', () => {
  const vm = thing('aws:vm/i-0ABC', { ip: '10.0.0.5', floating_ip: '198.51.100.7' }, 'worker');

  it('a node is the VM its provider id names, in every form clouds write it', () => {
    for (const providerId of ['aws:///eu-west-1a/i-0abc', 'AWS:///x/i-0ABC'])
      check([vm, thing('k8s:node/n1', { provider_id: providerId })], ['k8s:node/n1 RUNS_ON aws:vm/i-0ABC']);
    const uuid = '6f1f3b1e-9d0a-4a51-9d7e-0a4a1c1f2b3c';
    const server = thing(`os:vm/${uuid}`);
    for (const providerId of [`openstack:///${uuid}`, `openstack://RegionOne/${uuid}`])
      check(
        [server, thing('k8s:node/n1', { provider_id: providerId })],
        [`k8s:node/n1 RUNS_ON os:vm/${uuid}`],
      );
    check(
      [
        thing('vc:vm/vm-17', { uuid: '4212ABCD' }),
        thing('k8s:node/n1', { provider_id: 'vsphere://4212abcd' }),
      ],
      ['k8s:node/n1 RUNS_ON vc:vm/vm-17'],
    );
  });

  it('a node without a provider id is the VM with its firmware number', () =>
    check(
      [thing('vc:vm/vm-17', { uuid: '4212abcd' }), thing('k8s:node/n1', { system_uuid: '4212abcd' })],
      ['k8s:node/n1 RUNS_ON vc:vm/vm-17'],
    ));

  it('a public address is enough, a private one only with the same name', () => {
    check([vm, thing('own:host/a', { ip: '198.51.100.7' })], ['own:host/a RUNS_ON aws:vm/i-0ABC']);
    check([vm, thing('own:host/a', { ip: '10.0.0.5' })], []);
    check(
      [vm, thing('own:host/a', { ip: '10.0.0.5', hostname: 'worker.example.com' })],
      ['own:host/a RUNS_ON aws:vm/i-0ABC'],
    );
    check([vm, thing('k8s:node/worker', { ip: '10.0.0.5' })], ['k8s:node/worker RUNS_ON aws:vm/i-0ABC']);
  });

  it('an address every machine has joins nothing', () => {
    const one = thing('os:vm/1', { addresses: ['127.0.0.1', 'fe80::1', '169.254.1.1', '::1'] }, 'a');
    check([one, thing('own:host/a', { addresses: ['127.0.0.1', 'fe80::1', '169.254.1.1', '::1'] })], []);
  });

  it('never joins within one connection, and never where two could be meant', () => {
    check([thing('os:vm/1', { ip: '198.51.100.7' }), thing('os:host/h', { ip: '198.51.100.7' })], []);
    check(
      [vm, thing('os:vm/2', { floating_ip: '198.51.100.7' }), thing('own:host/a', { ip: '198.51.100.7' })],
      [],
    );
  });

  it('a persistent volume is the volume its handle names', () => {
    check(
      [thing('aws:volume/vol-0abc'), thing('k8s:persistent-volume/pv1', { volume_handle: 'vol-0abc' })],
      ['k8s:persistent-volume/pv1 BACKED_BY aws:volume/vol-0abc'],
    );
    check(
      [
        thing('aws:volume/vol-0abc'),
        thing('k8s:persistent-volume/pv1', { volume_handle: 'aws://eu-west-1a/vol-0abc' }),
      ],
      ['k8s:persistent-volume/pv1 BACKED_BY aws:volume/vol-0abc'],
    );
  });

  it('a service has the load balancer with its address or name', () => {
    const name = 'Web-123.eu-west-1.elb.amazonaws.com';
    check(
      [
        thing('aws:load-balancer/app/web/1', { address: name }),
        thing('k8s:service/prod/web', { floating_ip: name.toLowerCase() }),
      ],
      ['k8s:service/prod/web HAS_ADDRESS aws:load-balancer/app/web/1'],
    );
    check(
      [
        thing('os:load-balancer/9', { floating_ip: '203.0.113.4' }),
        thing('k8s:ingress/prod/web', { floating_ip: '203.0.113.4' }),
      ],
      ['k8s:ingress/prod/web HAS_ADDRESS os:load-balancer/9'],
    );
  });

  it('lets go when one side goes, and joins anew when the other becomes certain', () => {
    const joins = createJoins();
    const node = thing('k8s:node/n1', { ip: '198.51.100.7' });
    const other = thing('os:vm/2', { floating_ip: '198.51.100.7' });
    joins.update([vm, node], []);
    assert.equal(joins.of(node.id)[0]?.to, vm.id);
    assert.deepEqual([...joins.update([other], []).keys()], [node.id]);
    assert.deepEqual(joins.of(node.id), []);
    joins.update([], [vm.id]);
    assert.equal(joins.of(node.id)[0]?.to, other.id);
    const change = joins.update([{ ...other, attributes: {} }], []).get(node.id);
    assert.deepEqual([change?.before[0]?.to, change?.after], [other.id, []]);
    joins.update([], [node.id]);
    assert.deepEqual([...joins.update([vm], [])], []);
  });

  it('says nothing changed where nothing that joins changed', () => {
    const joins = createJoins();
    const node = thing('k8s:node/n1', { provider_id: 'aws:///z/i-0abc' });
    joins.update([vm, node], []);
    assert.equal(joins.update([{ ...vm, status: 'stopped' }, node], []).size, 0);
  });
});

describe('the graph with joins', () => {
  const source = (kind: Kind) => ({ name: kind, kinds: [kind] });
  const full = (resources: readonly Resource[]) =>
    ({ mode: 'full', resources, removed: [], relations: [] }) as const;

  it('shows what hangs on a VM in another connection, and tells listeners', () => {
    const graph = createGraph();
    const told: string[][] = [];
    graph.onDidChange(({ upserts }) => void told.push(upserts.map(({ id }) => id)));
    const node = thing('k8s:node/n1', { provider_id: 'aws:///z/i-1' });
    const pod = thing('k8s:pod/prod/web-1');
    graph.apply('k8s', source('node'), full([node]));
    graph.apply('k8s', source('pod'), {
      ...full([pod]),
      relations: [{ from: pod.id, type: 'RUNS_ON', to: node.id }],
    });
    graph.apply('aws', source('vm'), full([thing('aws:vm/i-1')]));
    assert.deepEqual(
      graph.dependentsOf('aws:vm/i-1').map(({ resource }) => resource.id),
      [node.id, pod.id],
    );
    assert.deepEqual(told.at(-1), ['aws:vm/i-1', node.id]);
    // Read again without a change, and changed: the join stays.
    assert.equal(graph.apply('k8s', source('node'), full([node])), undefined);
    graph.apply('k8s', source('node'), full([{ ...node, status: 'notready' }]));
    assert.equal(graph.relationsOf(node.id).out[0]?.to, 'aws:vm/i-1');
    graph.apply('aws', source('vm'), full([]));
    assert.deepEqual(graph.relationsOf(node.id).out, []);
    graph.dispose();
  });
});
