// Walks over the graph against naive ones, and what is said of loose ends, counts and changes.

import assert from 'node:assert/strict';
import { createAdjacency } from '../../daemon/graph/adjacency.ts';
import { changesBetween } from '../../daemon/graph/changes.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { findLooseEnds } from '../../daemon/graph/looseEnds.ts';
import { countBy } from '../../daemon/graph/statistics.ts';
import { startWarmUp } from '../../daemon/graph/warmUp.ts';
import type { Kind } from '../../shared/model/kind.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Relation, RelationType, Resource } from '../../shared/model/resource.ts';
import { bigEstate } from '../fakes/bigEstate.ts';

function thing(id: string, more: Partial<Resource> = {}): Resource {
  const [, connection, kind, path] = /^([^:]+):([a-z-]+)\/(.+)$/.exec(id)!;
  return {
    id,
    connection: connection!,
    provider: 'sandbox',
    kind: kind as Kind,
    name: path!,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: {},
    ...more,
  };
}

/** A graph of the connection `c` from lines `vm/a IN_NETWORK network/n`, or one thing alone. */
function graphOf(
  lines: readonly string[],
  more: Readonly<Record<string, Partial<Resource>>> = {},
): StoredGraph {
  const ids = new Set<string>();
  const relations: Relation[] = [];
  for (const line of lines) {
    const [from, type, to] = line.split(' ');
    ids.add(`c:${from}`);
    if (type === undefined || to === undefined) continue;
    relations.push({ from: `c:${from}`, type: type as RelationType, to: `c:${to.replace(/^!/, '')}` });
    if (!to.startsWith('!')) ids.add(`c:${to}`);
  }
  const resources = [...ids].map((id) => thing(id, more[id.slice(2)]));
  const kinds = [...new Set(resources.map(({ kind }) => kind))];
  const graph = createGraph();
  graph.apply('c', { name: 'all', kinds }, { mode: 'full', resources, relations, removed: [] });
  return graph;
}

const shortIds = (ids: readonly string[]) => ids.map((id) => id.slice(2));

describe('the neighbourhood of a resource', () => {
  const lines = [
    'vm/a IN_NETWORK network/n',
    'vm/b IN_NETWORK network/n',
    'volume/v ATTACHED_TO vm/a',
    'subnet/s IN_NETWORK network/n',
    'vm/far DEPENDS_ON subnet/s',
    'vm/gone-friend DEPENDS_ON !vm/gone',
    'vm/a DEPENDS_ON !vm/gone',
  ];
  const walk = (depth: number, limit = 100) =>
    graphOf(lines).neighbourhood({ ids: ['c:vm/a'], depth, limit });

  it('is the thing itself at depth 0, and says how many edges it has', () => {
    const { nodes, relations, truncated } = walk(0);
    assert.deepEqual(
      nodes.map(({ resource, depth, edges }) => [resource.name, depth, edges]),
      [['a', 0, 3]],
    );
    assert.deepEqual([relations, truncated], [[], false]);
  });

  it('goes both ways along edges, nearest first, and not through what is not there', () => {
    const { nodes } = walk(9);
    assert.deepEqual(
      nodes.map(({ resource, depth }) => `${resource.name} ${depth}`),
      ['a 0', 'n 1', 'v 1', 'b 2', 's 2', 'far 3'],
    );
  });

  it('holds all edges between what is in it, and no others', () => {
    assert.deepEqual(
      walk(1)
        .relations.map(({ from, type, to }) => `${from} ${type} ${to}`)
        .sort(),
      ['c:vm/a IN_NETWORK c:network/n', 'c:volume/v ATTACHED_TO c:vm/a'],
    );
  });

  it('says when more was there than may be shown, and never shows more', () => {
    for (const limit of [1, 2, 5]) {
      const { nodes, truncated } = walk(9, limit);
      assert.equal(nodes.length, limit);
      assert.equal(truncated, true);
    }
    assert.equal(walk(9, 6).truncated, false);
  });

  it('does not walk to or through what is not accepted', () => {
    const { nodes } = graphOf(lines).neighbourhood({
      ids: ['c:vm/a'],
      depth: 9,
      limit: 100,
      accept: ({ kind }) => kind !== 'network',
    });
    assert.deepEqual(
      nodes.map(({ resource }) => resource.name),
      ['a', 'v'],
    );
  });

  it('is the same as a naive walk over a made-up estate', () => {
    const estate = bigEstate(400, 7);
    const graph = createGraph();
    const kinds = [...new Set(estate.resources.map(({ kind }) => kind))];
    graph.apply('big', { name: 'all', kinds }, { mode: 'full', removed: [], ...estate });
    const near = new Map<string, Set<string>>();
    const join = (a: string, b: string) => near.set(a, (near.get(a) ?? new Set()).add(b));
    for (const { from, to } of estate.relations) {
      join(from, to);
      join(to, from);
    }
    for (const { id } of estate.resources.slice(0, 60)) {
      let level = new Set([id]);
      const all = new Set(level);
      for (let depth = 0; depth < 2; depth++) {
        level = new Set(
          [...level].flatMap((one) => [...(near.get(one) ?? [])]).filter((one) => !all.has(one)),
        );
        for (const one of level) all.add(one);
      }
      const { nodes } = graph.neighbourhood({ ids: [id], depth: 2, limit: 10_000 });
      assert.deepEqual(nodes.map(({ resource }) => resource.id).sort(), [...all].sort());
    }
  });
});

describe('paths between two resources', () => {
  const graph = graphOf([
    'pod/p RUNS_ON node/n',
    'node/n BACKED_BY vm/m',
    'pod/p MOUNTS volume/v',
    'volume/v ATTACHED_TO vm/m',
    'vm/m IN_NETWORK network/w',
    'pod/q DEPENDS_ON !pod/gone',
    'pod/p DEPENDS_ON !pod/gone',
    'vm/alone',
  ]);
  const paths = (from: string, to: string, lengthMax = 6, limit = 10) =>
    graph
      .shortestPaths({ from: `c:${from}`, to: `c:${to}`, lengthMax, limit })
      .map(({ ids }) => shortIds(ids).join(' '));

  it('are all of the shortest ones', () => {
    assert.deepEqual(paths('pod/p', 'network/w').sort(), [
      'pod/p node/n vm/m network/w',
      'pod/p volume/v vm/m network/w',
    ]);
  });
  it('name each edge as it is, against its direction too', () => {
    const [path] = graph.shortestPaths({ from: 'c:network/w', to: 'c:vm/m', lengthMax: 3, limit: 1 });
    assert.deepEqual(path?.relations, [{ from: 'c:vm/m', type: 'IN_NETWORK', to: 'c:network/w' }]);
  });
  it('end at the longest length and at the limit', () => {
    assert.deepEqual(paths('pod/p', 'network/w', 2), []);
    assert.equal(paths('pod/p', 'network/w', 6, 1).length, 1);
  });
  it('do not lead over what is not there, nor to what is not joined, nor to itself', () => {
    for (const [from, to] of [
      ['pod/p', 'pod/q'],
      ['pod/p', 'vm/alone'],
      ['pod/p', 'pod/p'],
      ['pod/p', 'pod/nobody'],
    ])
      assert.deepEqual(paths(from!, to!), []);
  });
});

describe('the blast radius of several', () => {
  it('is what hangs on any of them, each once, and none of them', () => {
    const graph = graphOf([
      'pod/a RUNS_ON node/1',
      'pod/b RUNS_ON node/2',
      'pod/b RUNS_ON node/1',
      'node/2 DEPENDS_ON node/1',
    ]);
    const found = graph.dependentsOfAll(['c:node/1', 'c:node/2', 'c:node/nobody']);
    assert.deepEqual(
      found.map(({ resource, relation, through }) => [resource.name, relation, through]),
      [
        ['a', 'runs on 1', 'c:node/1'],
        ['b', 'runs on 1', 'c:node/1'],
      ],
    );
  });
});

describe('loose ends', () => {
  const check = (lines: readonly string[], expected: readonly string[], more = {}) => {
    const graph = graphOf(lines, more);
    assert.deepEqual(
      findLooseEnds(graph.all(), graph).map(({ name, why, reason }) => `${name} ${why}: ${reason}`),
      expected,
    );
  };
  it('are volumes, addresses and groups that nothing uses', () =>
    check(
      [
        'volume/free',
        'volume/used ATTACHED_TO vm/a',
        'floating-ip/f',
        'security-group/g',
        'pod/p MOUNTS volume/claimed',
      ],
      [
        'free unattached: attached to nothing',
        'f unattached: assigned to nothing',
        'g unattached: protects nothing',
      ],
    ));
  it('believes the attribute of a volume whose machine was not read', () =>
    check(['volume/v'], [], { 'volume/v': { attributes: { attached_to: 'c:vm/unread' } } }));
  it('are things whose owner is gone, where owners of that kind were read', () =>
    check(
      ['pod/p OWNED_BY !replicaset/gone', 'pod/q OWNED_BY replicaset/there'],
      ['p orphaned: OWNED_BY c:replicaset/gone, which is not there'],
    ));
  it('are not things whose owners were not read at all', () =>
    check(['pod/p OWNED_BY !replicaset/unread'], []));
  it('are not snapshots that outlive their volume', () =>
    check(['snapshot/s CREATED_FROM !volume/gone', 'volume/v ATTACHED_TO vm/a'], []));
});

describe('counts', () => {
  const estate = [
    thing('c:vm/1', { region: 'x', tags: { env: 'prod' } }),
    thing('c:vm/2', { region: 'y', tags: { env: 'prod' } }),
    thing('c:volume/3', { region: 'x' }),
  ];
  it('are by field and by tag, most frequent first, and count what has none', () => {
    assert.deepEqual(countBy(estate, ['kind', 'tag.env', 'zone']), {
      total: 3,
      statistics: [
        {
          by: 'kind',
          counts: [
            { value: 'vm', count: 2 },
            { value: 'volume', count: 1 },
          ],
        },
        {
          by: 'tag.env',
          counts: [
            { value: 'prod', count: 2 },
            { value: '', count: 1 },
          ],
        },
        { by: 'zone', counts: [{ value: '', count: 3 }] },
      ],
    });
  });
  it('refuse a key they do not know', () => {
    for (const key of ['colour', 'tag.', 'attributes', ''])
      assert.throws(
        () => countBy(estate, [key]),
        (error) => error instanceof ProblemError && error.problem.code === 'bad-input',
      );
  });
});

describe('changes between two moments', () => {
  it('name what appeared, vanished and changed, and the fields', () => {
    const before = [
      thing('c:vm/a'),
      thing('c:vm/b', { tags: { env: 'dev' } }),
      thing('c:vm/same', { version: '1' }),
    ];
    const after = [
      thing('c:vm/b', { status: 'stopped', tags: { env: 'dev', team: 'x' }, attributes: { ram_gb: 4 } }),
      thing('c:vm/new'),
      thing('c:vm/same', { version: '2' }),
    ];
    assert.deepEqual(
      changesBetween(before, after).map(({ name, change, fields }) => ({ name, change, fields })),
      [
        { name: 'a', change: 'vanished', fields: [] },
        {
          name: 'b',
          change: 'changed',
          fields: [
            { field: 'status', before: 'running', after: 'stopped' },
            { field: 'tags.team', after: 'x' },
            { field: 'attributes.ram_gb', after: 4 },
          ],
        },
        { name: 'new', change: 'appeared', fields: [] },
      ],
    );
  });
});

describe('the adjacency', () => {
  it('gives numbers back when the last edge of a thing goes, over any number of comings and goings', () => {
    const adjacency = createAdjacency();
    for (let round = 0; round < 500; round++) {
      adjacency.replace(`pod/${round}`, [{ from: `pod/${round}`, type: 'RUNS_ON', to: `node/${round % 3}` }]);
      if (round >= 10) assert.equal(adjacency.replace(`pod/${round - 10}`, []), true);
    }
    assert.ok(adjacency.capacity < 30, `${adjacency.capacity} numbers`);
    assert.equal(adjacency.edgeCount, 10);
  });

  it('takes edges out of a hub of any size', () => {
    const adjacency = createAdjacency();
    const froms = Array.from({ length: 300 }, (_, index) => `vm/${index}`);
    for (const from of froms) adjacency.replace(from, [{ from, type: 'IN_NETWORK', to: 'network/n' }]);
    assert.equal(adjacency.relationsInto('network/n').length, 300);
    for (const from of froms.slice(1)) adjacency.replace(from, []);
    assert.deepEqual(adjacency.relationsInto('network/n'), [
      { from: 'vm/0', type: 'IN_NETWORK', to: 'network/n' },
    ]);
    adjacency.replace('vm/0', []);
    assert.equal(adjacency.numberOf('network/n'), undefined);
  });

  it('keeps a loop of a thing with itself whole', () => {
    const adjacency = createAdjacency();
    adjacency.replace('a', [{ from: 'a', type: 'DEPENDS_ON', to: 'a' }]);
    assert.equal(adjacency.relationsInto('a').length, 1);
    adjacency.replace('a', []);
    assert.equal(adjacency.numberOf('a'), undefined);
    assert.equal(adjacency.edgeCount, 0);
  });
});

describe('the warm-up', () => {
  const all = Array.from({ length: 1_201 }, (_, index) => ({
    resource: thing(`c:vm/${String(index).padStart(5, '0')}`),
    ends: [],
  }));
  const disk = {
    page: (after: string, limit: number) => all.filter(({ resource }) => resource.id > after).slice(0, limit),
  };
  it('is whole for whoever asks before it has come to its end, and takes each once', async () => {
    const taken: string[] = [];
    let ends = 0;
    const ports = {
      take: (page: readonly { readonly resource: Resource }[]) =>
        void taken.push(...page.map(({ resource }) => resource.id)),
      onDone: () => void ends++,
      onProblem: () => assert.fail(),
    };
    const warmUp = startWarmUp(disk, ports);
    assert.deepEqual(taken, [], 'nothing is read before somebody asks or the process has a turn');
    await new Promise((resolve) => setTimeout(resolve, 0));
    warmUp.finish();
    warmUp.finish();
    assert.deepEqual(
      taken,
      all.map(({ resource }) => resource.id),
    );
    assert.equal(ends, 1);
  });
  it('goes on with what it has where the disk refuses', () => {
    const problems: unknown[] = [];
    const warmUp = startWarmUp(
      {
        page: () => {
          throw new Error('disk I/O error');
        },
      },
      { take: () => assert.fail(), onDone: () => assert.fail(), onProblem: (error) => problems.push(error) },
    );
    warmUp.finish();
    assert.equal(problems.length, 1);
  });
});
