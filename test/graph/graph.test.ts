// The graph against a naive model, and the promises others rest on: numbering without gaps, nothing taken for gone
// that was not reported as gone, a warm start that says what is stale, and a history that can be asked.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../../daemon/config.ts';
import type { DiscoveryBatch } from '../../daemon/executors/contract.ts';
import type { GraphChange } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { graphMigrations } from '../../daemon/graph/migrations.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Kind } from '../../shared/model/kind.ts';
import type { Relation, RelationType, Resource } from '../../shared/model/resource.ts';

const vms = { name: 'servers', kinds: ['vm'] as const };
const everything = {
  name: 'all',
  kinds: [
    'vm',
    'volume',
    'floating-ip',
    'network',
    'port',
    'subnet',
    'image',
    'pod',
    'deployment',
    'security-group',
    'load-balancer',
    'service',
    'ingress',
  ] as const,
};

function resource(id: string, more: Partial<Resource> = {}): Resource {
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

function full(resources: readonly Resource[], relations: readonly Relation[] = []): DiscoveryBatch {
  return { mode: 'full', resources, removed: [], relations };
}

/** Edges written `from TYPE to`, over the connection `c`. */
function edges(...lines: readonly string[]): readonly Relation[] {
  return lines.map((line) => {
    const [from, type, to] = line.split(' ');
    return { from: `c:${from}`, type: type as RelationType, to: `c:${to}` };
  });
}

/** Small deterministic generator (mulberry32), so that a failure can be run again. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('graph', () => {
  for (const seed of [1, 2, 3, 4, 5])
    it(`agrees with a naive model over random batches (seed ${seed})`, () => runModel(seed));

  it('gives no change for a batch that says nothing new, whatever the order', () => {
    const graph = createGraph();
    const a = resource('c:vm/a', { tags: { x: '1', y: '2' } });
    const relations = edges('vm/a IN_NETWORK network/n', 'vm/a PROTECTED_BY security-group/s');
    assert.ok(graph.apply('c', everything, full([a], relations)));
    const same = { ...a, tags: { y: '2', x: '1' } };
    assert.equal(graph.apply('c', everything, full([same], [...relations].reverse())), undefined);
    assert.equal(graph.sequence, 1);
  });

  it('counts a changed relation as a change of its resource', () => {
    const graph = createGraph();
    const a = resource('c:vm/a');
    graph.apply('c', everything, full([a]));
    const change = graph.apply('c', everything, full([a], edges('vm/a IN_NETWORK network/n')));
    assert.deepEqual(change, { sequence: 2, upserts: [a], removes: [] });
  });

  it('removes only kinds of the source, and only in its connection', () => {
    const graph = createGraph();
    graph.apply('c', everything, full([resource('c:vm/a'), resource('c:volume/v')]));
    graph.apply('d', vms, full([resource('d:vm/a')]));
    const change = graph.apply('c', vms, full([]));
    assert.deepEqual(change?.removes, ['c:vm/a']);
    assert.deepEqual(
      [...graph.all()].map(({ id }) => id),
      ['c:volume/v', 'd:vm/a'],
    );
  });

  it('takes nothing for gone in a batch of changes but what is named', () => {
    const graph = createGraph();
    graph.apply('c', vms, full([resource('c:vm/a'), resource('c:vm/b')]));
    graph.apply('d', vms, full([resource('d:vm/x')]));
    const change = graph.apply('c', vms, {
      mode: 'changes',
      resources: [],
      removed: ['c:vm/b', 'd:vm/x', 'c:vm/none'],
      relations: [],
    });
    assert.deepEqual(change?.removes, ['c:vm/b']);
    assert.ok(graph.get('d:vm/x'));
  });

  it('refuses a batch that speaks of another connection or kind, as a whole', () => {
    const graph = createGraph();
    graph.apply('c', vms, full([resource('c:vm/a')]));
    const wrong = [resource('d:vm/x'), resource('c:volume/v'), resource('c:vm/b', { connection: 'd' })];
    for (const stranger of wrong)
      assert.throws(() => graph.apply('c', vms, full([resource('c:vm/new'), stranger])), /may not report/);
    assert.deepEqual(
      [...graph.all()].map(({ id }) => id),
      ['c:vm/a'],
    );
  });

  it('lets no failing listener keep others from hearing', () => {
    const heard: GraphChange[] = [];
    const logged: string[] = [];
    const graph = createGraph({ log: (_, message) => logged.push(message) });
    graph.onDidChange(() => {
      throw new Error('broken');
    });
    graph.onDidChange((change) => heard.push(change));
    graph.apply('c', vms, full([resource('c:vm/a')]));
    assert.equal(heard.length, 1);
    assert.match(logged.join(), /broken/);
  });

  it('matches filters in id order and refuses a key it does not know', () => {
    const graph = createGraph();
    graph.apply(
      'c',
      everything,
      full([
        resource('c:vm/Web-2', { tags: { env: 'prod' } }),
        resource('c:vm/Web-1', { tags: { env: 'prod' } }),
        resource('c:volume/web-1'),
      ]),
    );
    const ids = (filter: Parameters<typeof graph.match>[0]) => graph.match(filter).map(({ id }) => id);
    assert.deepEqual(ids({ kind: 'VM', env: 'prod' }), ['c:vm/Web-1', 'c:vm/Web-2']);
    assert.deepEqual(ids({ name: ' WEB-1 ' }), ['c:vm/Web-1', 'c:volume/web-1']);
    assert.deepEqual(ids({ connection: 'C', kind: ['vm', 'volume'], name_glob: '*-1' }), [
      'c:vm/Web-1',
      'c:volume/web-1',
    ]);
    assert.throws(() => graph.match({ kind: 'vm', colour: 'red' }), /no key "colour"/);
  });
});

describe('dependents', () => {
  const check = (target: string, lines: readonly string[], expected: readonly string[]): void => {
    const graph = createGraph();
    const relations = edges(...lines);
    const ids = new Set(relations.flatMap(({ from, to }) => [from, to]));
    graph.apply(
      'c',
      everything,
      full(
        [...ids].map((id) => resource(id)),
        relations,
      ),
    );
    const found = graph
      .dependentsOf(`c:${target}`)
      .map((one) => `${one.depth} ${one.resource.name} ${one.relation}`);
    assert.deepEqual(found, expected);
  };

  it('names volumes and addresses of a vm, and what targets it', () =>
    check(
      'vm/web',
      [
        'volume/v ATTACHED_TO vm/web',
        'floating-ip/f ATTACHED_TO vm/web',
        'load-balancer/lb TARGETS vm/web',
        'vm/web IN_NETWORK network/n',
      ],
      ['1 lb targets web', '1 f attached to web', '1 v attached to web'],
    ));
  it('goes through a volume to the vm that uses it, and on to what targets that', () =>
    check(
      'volume/v',
      ['volume/v ATTACHED_TO vm/web', 'floating-ip/f ATTACHED_TO vm/web', 'load-balancer/lb TARGETS vm/web'],
      ['1 web uses v', '2 lb targets web', '2 f attached to web'],
    ));
  it('does not go from a vm over its volume anywhere', () =>
    check(
      'vm/web',
      ['volume/v ATTACHED_TO vm/web', 'volume/v2 CREATED_FROM volume/v'],
      ['1 v attached to web'],
    ));
  it('names what is in a network, nearest first', () =>
    check(
      'network/n',
      [
        'subnet/s IN_NETWORK network/n',
        'port/p IN_SUBNET subnet/s',
        'port/p ATTACHED_TO vm/web',
        'vm/web IN_NETWORK network/n',
      ],
      ['1 s in network n', '1 web in network n', '2 p in subnet s'],
    ));
  it('names vms of a security group and pods of a deployment', () => {
    check('security-group/sg', ['vm/web PROTECTED_BY security-group/sg'], ['1 web protected by sg']);
    check(
      'deployment/d',
      ['pod/p OWNED_BY deployment/d', 'service/s TARGETS deployment/d', 'ingress/i ROUTES_TO service/s'],
      ['1 p owned by d', '1 s targets d', '2 i routes to s'],
    );
  });
  it('does not count what does not notice', () => {
    check('image/i', ['vm/web CREATED_FROM image/i'], []);
    check('pod/p', ['pod/p OWNED_BY deployment/d'], []);
  });
  it('ends in a cycle', () =>
    check('vm/a', ['vm/a DEPENDS_ON vm/b', 'vm/b DEPENDS_ON vm/a'], ['1 b depends on a']));
  it('knows nothing of a resource that is not there', () =>
    assert.deepEqual(createGraph().dependentsOf('c:vm/none'), []));
});

describe('graph on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pilothouse-graph-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = () =>
    openDatabase({ file: join(folder, 'graph.sqlite'), durability: 'normal', migrations: graphMigrations });

  it('starts with what was there, marked stale until it is read', () => {
    const database = open();
    const first = createGraph({ database });
    const relations = edges('volume/v ATTACHED_TO vm/a');
    first.apply(
      'c',
      everything,
      full([resource('c:vm/a'), resource('c:volume/v'), resource('c:vm/gone')], relations),
    );
    first.apply('c', everything, full([resource('c:vm/a'), resource('c:volume/v')], relations));
    first.dispose();
    database.close();
    const again = open();
    const graph = createGraph({ database: again });
    assert.equal(graph.size, 2);
    assert.deepEqual(graph.relationsOf('c:vm/a').in, relations);
    assert.equal(graph.isStale('c:vm/a'), true);
    assert.equal(graph.apply('c', vms, full([resource('c:vm/a')])), undefined);
    assert.equal(graph.isStale('c:vm/a'), false);
    assert.equal(graph.isStale('c:volume/v'), true);
    again.close();
  });

  it('says what was there at a time and what a resource went through', () => {
    const database = open();
    let now = 1_000;
    const graph = createGraph({ database, now: () => now });
    graph.apply('c', vms, full([resource('c:vm/a'), resource('c:vm/b')]));
    now = 2_000;
    graph.apply('c', vms, full([resource('c:vm/a', { status: 'stopped' })]));
    assert.deepEqual(
      graph.resourcesAt('c', 1_500).map(({ name, status }) => `${name} ${status}`),
      ['a running', 'b running'],
    );
    assert.deepEqual(
      graph.resourcesAt('c', 2_000).map(({ name, status }) => `${name} ${status}`),
      ['a stopped'],
    );
    assert.deepEqual(graph.resourcesAt('c', 500), []);
    assert.deepEqual([graph.knownSince('c'), graph.knownSince('other')], [1_000, undefined]);
    assert.deepEqual(graph.historyOf('c:vm/b', 10), [
      { atMs: 2_000, resource: undefined },
      { atMs: 1_000, resource: resource('c:vm/b') },
    ]);
    database.close();
  });

  it('forgets history that is too old, but not what was current when it begins', () => {
    const database = open();
    let now = 0;
    const graph = createGraph({ database, now: () => now });
    graph.apply(
      'c',
      vms,
      full([resource('c:vm/a', { status: 'old' }), resource('c:vm/b'), resource('c:vm/gone')]),
    );
    now = 10;
    graph.apply('c', vms, full([resource('c:vm/a'), resource('c:vm/b')]));
    graph.dispose();
    now = limits.graphHistoryMs + 1_000;
    const later = createGraph({ database, now: () => now });
    assert.equal(later.historyOf('c:vm/a', 10).length, 1);
    assert.equal(later.historyOf('c:vm/gone', 10).length, 0);
    assert.deepEqual(
      later.resourcesAt('c', now - limits.graphHistoryMs).map(({ name }) => name),
      ['a', 'b'],
    );
    database.close();
  });

  it('goes on in memory while the disk refuses, and writes all of it once it can', () => {
    const database = open();
    const logged: string[] = [];
    const graph = createGraph({ database, log: (_, message) => logged.push(message) });
    database.exec(
      "CREATE TRIGGER refuse BEFORE INSERT ON resources BEGIN SELECT raise(ABORT, 'disk full'); END",
    );
    graph.apply('c', vms, full([resource('c:vm/a', { status: 'building' })]));
    graph.flush();
    graph.apply('c', vms, full([resource('c:vm/a')]));
    graph.flush();
    assert.match(logged.join('\n'), /disk full/);
    assert.equal(graph.get('c:vm/a')?.status, 'running');
    database.exec('DROP TRIGGER refuse');
    graph.flush();
    assert.equal(createGraph({ database }).get('c:vm/a')?.status, 'running');
    database.close();
  });
});

/** Random full and partial batches of two sources of two connections, beside maps that do the same the slow way. */
function runModel(seed: number): void {
  const random = generator(seed);
  const pick = (count: number): number => Math.floor(random() * count);
  const graph = createGraph();
  const model = new Map<string, Resource>();
  const links = new Map<string, readonly string[]>();
  const replica = new Map<string, Resource>();
  let heard = 0;
  graph.onDidChange((change) => {
    assert.equal(change.sequence, ++heard);
    for (const one of change.upserts) replica.set(one.id, one);
    for (const id of change.removes) assert.ok(replica.delete(id), `${id} was not there`);
  });
  for (let round = 0; round < 300; round++) {
    const connection = `c${pick(2)}`;
    const kind = (['vm', 'volume'] as const)[pick(2)]!;
    const source = { name: kind, kinds: [kind] };
    const chosen = new Set(Array.from({ length: pick(6) }, () => `${connection}:${kind}/r${pick(8)}`));
    const resources = [...chosen].map((id) =>
      resource(id, { status: ['running', 'stopped'][pick(2)]!, name: `n${pick(3)}` }),
    );
    const relations = resources.flatMap((one) =>
      random() < 0.5
        ? [{ from: one.id, type: 'ATTACHED_TO' as const, to: `${connection}:vm/r${pick(8)}` }]
        : [],
    );
    const mode = random() < 0.5 ? 'full' : 'changes';
    const removed =
      mode === 'changes' ? [`${connection}:${kind}/r${pick(8)}`].filter((id) => !chosen.has(id)) : [];
    graph.apply(connection, source, { mode, resources, removed, relations });
    for (const one of resources) {
      model.set(one.id, one);
      links.set(
        one.id,
        relations.filter(({ from }) => from === one.id).map(({ to }) => to),
      );
    }
    for (const id of [...model.keys()])
      if (
        removed.includes(id) ||
        (mode === 'full' && id.startsWith(`${connection}:${kind}/`) && !chosen.has(id))
      ) {
        model.delete(id);
        links.delete(id);
      }
    if (round % 97 === 96) {
      graph.removeConnection('c0');
      for (const id of [...model.keys()]) if (id.startsWith('c0:')) model.delete(id) && links.delete(id);
    }
    compare();
  }

  function compare(): void {
    const sorted = (all: Iterable<Resource>) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual(sorted(graph.all()), sorted(model.values()));
    assert.deepEqual(sorted(replica.values()), sorted(model.values()));
    for (const connection of ['c0', 'c1']) {
      const own = [...model.values()].filter((one) => one.connection === connection);
      assert.equal(graph.countOf(connection), own.length);
      assert.deepEqual(
        sorted(graph.list({ connection, kind: 'vm' })),
        sorted(own.filter(({ kind }) => kind === 'vm')),
      );
    }
    assert.deepEqual(
      graph.match({ name: 'n1' }),
      sorted([...model.values()].filter(({ name }) => name === 'n1')),
    );
    for (const [id, targets] of links)
      assert.deepEqual(
        graph.relationsOf(id).out.map(({ to }) => to),
        targets,
      );
    for (const id of model.keys())
      assert.deepEqual(
        graph
          .relationsOf(id)
          .in.map(({ from }) => from)
          .sort(),
        [...links]
          .filter(([, targets]) => targets.includes(id))
          .map(([from]) => from)
          .sort(),
      );
  }
}
