// What the topology panel shows: the parts it puts together, what it asks for, and which changes touch it.

import assert from 'node:assert/strict';
import { createTopologyView, joinParts } from '../../extension/topology/view.ts';
import type { Neighbourhood } from '../../shared/model/graph.ts';
import { parseFromTopology, topologyNodesMax } from '../../shared/panel/topology.ts';
import { fakeVm } from '../fakes/resources.ts';

const part = (names: readonly string[], depth: number, truncated = false): Neighbourhood => ({
  nodes: names.map((name) => ({ resource: fakeVm(name), depth, edges: 3 })),
  relations: names
    .slice(1)
    .map((name) => ({ from: `lab:vm/${names[0]}`, type: 'DEPENDS_ON', to: `lab:vm/${name}` })),
  truncated,
});

/** A daemon that answers from a table and remembers what it was asked. */
function fakeDaemon(answers: Readonly<Record<string, unknown>>) {
  const asked: (readonly [string, unknown])[] = [];
  const request = async (method: string, params: unknown) => {
    asked.push([method, params]);
    return answers[method];
  };
  return { asked, request: request as never };
}

describe('the topology view', () => {
  it('shows the surroundings of a centre, then what was expanded beside it', async () => {
    const daemon = fakeDaemon({ 'graph/neighbourhood': part(['a', 'b'], 1) });
    const view = createTopologyView(daemon, (id) => id);
    const shown = await view.center(['lab:vm/a']);
    assert.ok(shown.type === 'graph');
    assert.deepEqual([shown.roots, shown.select, shown.nodes.length], [['lab:vm/a'], 'lab:vm/a', 2]);
    await view.setDepth(2);
    await view.expand('lab:vm/b');
    assert.deepEqual(
      daemon.asked
        .map(([, params]) => params)
        .map((params) => [(params as { ids: string[] }).ids, (params as { depth: number }).depth]),
      [
        [['lab:vm/a'], 1],
        [['lab:vm/a'], 2],
        [['lab:vm/a'], 2],
        [['lab:vm/b'], 1],
      ],
    );
  });

  it('shows what a plan would hit, and leaves it when something is expanded', async () => {
    const daemon = fakeDaemon({
      'graph/neighbourhood': part(['a', 'b'], 0),
      'graph/blastRadius': {
        targets: ['lab:vm/a'],
        affected: [
          { id: 'lab:vm/b', name: 'b', kind: 'vm', relation: 'depends on a', depth: 1, through: 'lab:vm/a' },
        ],
        truncated: false,
      },
    });
    const view = createTopologyView(daemon, (id) => id);
    const shown = await view.blast({ title: 'Stop a', plan: 'p1' });
    assert.ok(shown.type === 'graph');
    assert.deepEqual(shown.blast?.affected, [{ id: 'lab:vm/b', relation: 'depends on a' }]);
    assert.deepEqual(shown.roots, ['lab:vm/a']);
    const next = await view.expand('lab:vm/b');
    assert.ok(next.type === 'graph' && next.blast === undefined);
  });

  it('is touched by what looks different in it, and by anything that comes or goes', async () => {
    const view = createTopologyView(fakeDaemon({ 'graph/neighbourhood': part(['a'], 0) }), (id) => id);
    const some = (changed: readonly string[], members = 0) => ({
      kind: 'some' as const,
      changed,
      members: Array.from({ length: members }, () => ({ connection: 'lab', kind: 'vm' as const })),
    });
    assert.equal(view.touches(some(['lab:vm/a'])), false, 'nothing is shown yet');
    await view.center(['lab:vm/a']);
    assert.equal(view.touches(some(['lab:vm/a'])), true);
    assert.equal(view.touches(some(['lab:vm/z'])), false);
    assert.equal(view.touches(some([], 1)), true);
  });

  it('puts parts together: each thing once, the nearer depth, no edge without both ends, and no more than fit', () => {
    const joined = joinParts([part(['a', 'b'], 2), part(['b', 'c'], 1)]);
    assert.deepEqual(
      joined.nodes.map(({ name, depth }) => `${name} ${depth}`),
      ['a 2', 'b 1', 'c 1'],
    );
    assert.equal(joined.relations.length, 2);
    const many = Array.from({ length: topologyNodesMax + 5 }, (_, index) => `vm-${index}`);
    const cut = joinParts([part(many, 1)]);
    assert.deepEqual([cut.nodes.length, cut.truncated], [topologyNodesMax, true]);
    assert.equal(cut.relations.length, topologyNodesMax - 1);
  });
});

describe('messages of the topology page', () => {
  it('are taken as they should be', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'expand', id: 'lab:vm/a' },
      { type: 'depth', depth: 3 },
      { type: 'export', format: 'svg', data: '<svg/>' },
    ])
      assert.deepEqual(parseFromTopology({ ...message, extra: 1 }), message);
  });
  it('are dropped where they are anything else', () => {
    for (const value of [
      null,
      'ready',
      { type: 'approve' },
      { type: 'expand' },
      { type: 'expand', id: 7 },
      { type: 'expand', id: 'x'.repeat(600) },
      { type: 'depth', depth: 99 },
      { type: 'depth', depth: 1.5 },
      { type: 'export', format: 'exe', data: '' },
      { type: 'export', format: 'png', data: 5 },
    ])
      assert.equal(parseFromTopology(value), undefined);
  });
});
