// Questions to the graph from a real client through the real server.

import assert from 'node:assert/strict';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import { fakeVm } from '../fakes/resources.ts';
import { problemFrom } from '../fakes/tick.ts';
import { closeHouses, openHouse } from './house.ts';

const network: Resource = { ...fakeVm('net'), id: 'lab:network/net', kind: 'network', name: 'net' };
const relations: readonly Relation[] = ['a', 'b'].map((name) => ({
  from: `lab:vm/${name}`,
  type: 'IN_NETWORK',
  to: 'lab:network/net',
}));

async function open() {
  const house = await openHouse();
  house.services.graph.apply(
    'lab',
    { name: 'all', kinds: ['vm', 'network'] },
    { mode: 'full', resources: [fakeVm('a'), fakeVm('b'), network], removed: [], relations },
  );
  return { client: await house.connect(), services: house.services, connect: house.connect };
}

describe('the graph over the wire', () => {
  afterEach(closeHouses);

  it('answers a query with parameters, within its limit', async () => {
    const { client } = await open();
    const text = 'MATCH (v:vm)-[:IN_NETWORK]->(n {name: $n}) RETURN v.name AS vm ORDER BY vm';
    const all = await client.request('graph/query', { text, parameters: { n: 'net' } });
    assert.deepEqual([all.columns, all.rows, all.truncated], [['vm'], [['a'], ['b']], false]);
    const one = await client.request('graph/query', { text, parameters: { n: 'net' }, limit: 1 });
    assert.deepEqual([one.rows, one.truncated], [[['a']], true]);
  });

  it('says what is wrong with a query', async () => {
    const { client } = await open();
    for (const [text, code] of [
      ['MATCH (v:vm) DELETE v', 'unsupported'],
      ['MATCH (v:vm', 'bad-input'],
      ['RETURN nobody', 'bad-input'],
    ] as const)
      assert.equal((await problemFrom(client.request('graph/query', { text }))).code, code);
  });

  it('lets a query be cancelled', async () => {
    const { client } = await open();
    const abort = new AbortController();
    const asked = client.request(
      'graph/query',
      { text: 'UNWIND range(1, 90000) AS x UNWIND range(1, 90000) AS y RETURN count(*)' },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(), 30);
    assert.equal((await problemFrom(asked)).code, 'cancelled');
    assert.equal((await client.request('graph/query', { text: 'RETURN 1' })).rows.length, 1);
  });

  it('walks: a neighbourhood, only some kinds of it, and paths', async () => {
    const { client } = await open();
    const names = async (more: object) => {
      const found = await client.request('graph/neighbourhood', { ids: ['lab:vm/a'], depth: 2, ...more });
      return found.nodes.map(({ resource }) => resource.name).join(' ');
    };
    assert.equal(await names({}), 'a net b');
    assert.equal(await names({ kinds: ['vm'] }), 'a');
    assert.equal(await names({ limit: 2 }), 'a net');
    const { paths, names: called } = await client.request('graph/paths', {
      from: 'lab:vm/a',
      to: 'lab:vm/b',
    });
    assert.deepEqual(
      paths[0]?.ids.map((id) => called[id]?.name),
      ['a', 'net', 'b'],
    );
    for (const asked of [
      client.request('graph/neighbourhood', { ids: ['lab:vm/nobody'] }),
      client.request('graph/paths', { from: 'lab:vm/a', to: 'lab:vm/nobody' }),
      client.request('graph/blastRadius', { plan: 'nobody' }),
    ])
      assert.equal((await problemFrom(asked)).code, 'not-found');
  });

  it('tells the blast radius of resources', async () => {
    const { client } = await open();
    const { affected, targets } = await client.request('graph/blastRadius', { ids: ['lab:network/net'] });
    assert.deepEqual(targets, ['lab:network/net']);
    assert.deepEqual(
      affected.map(({ name, relation, depth, through }) => [name, relation, depth, through]),
      [
        ['a', 'in network net', 1, 'lab:network/net'],
        ['b', 'in network net', 1, 'lab:network/net'],
      ],
    );
  });

  it('counts, searches and finds loose ends', async () => {
    const { client } = await open();
    const { total, statistics } = await client.request('graph/statistics', {
      by: ['kind'],
      filter: { kind: 'vm' },
    });
    assert.deepEqual([total, statistics[0]?.counts], [2, [{ value: 'vm', count: 2 }]]);
    const found = await client.request('graph/search', { text: 'LAB net' });
    assert.deepEqual(
      found.resources.map(({ id }) => id),
      ['lab:network/net'],
    );
    assert.equal((await client.request('graph/looseEnds', {})).total, 0);
    assert.equal(
      (await problemFrom(client.request('graph/search', { filter: { colour: 'red' } }))).code,
      'bad-input',
    );
  });

  it('tells changes and history as the graph keeps them', async () => {
    const { client, services } = await open();
    const past = [fakeVm('a'), { ...fakeVm('gone') }];
    services.graph.resourcesAt = () => past;
    services.graph.knownSince = () => 0;
    services.graph.historyOf = () => [
      { atMs: 2_000, resource: { ...fakeVm('a'), status: 'stopped' } },
      { atMs: 1_000, resource: fakeVm('a') },
    ];
    const from = '2026-11-20T10:00:00Z';
    const { changes, total } = await client.request('graph/changes', { connection: 'lab', from });
    assert.equal(total, 3);
    assert.deepEqual(
      changes.map(({ name, change }) => `${name} ${change}`),
      ['net appeared', 'b appeared', 'gone vanished'],
    );
    const began = Date.parse('2026-11-20T12:00:00Z');
    const asked: number[] = [];
    services.graph.knownSince = () => began;
    services.graph.resourcesAt = (_, atMs) => {
      asked.push(atMs);
      return [fakeVm('a'), fakeVm('b'), network];
    };
    const unknown = await client.request('graph/changes', { connection: 'lab', from });
    assert.deepEqual([unknown.total, unknown.knownSince !== undefined], [0, true], 'nothing just appeared');
    assert.ok(asked[0]! > began, 'the comparison begins after the first read');
    const { states } = await client.request('resource/history', { id: 'lab:vm/a', limit: 1 });
    assert.deepEqual(
      states.map(({ at, resource, fields }) => [at, resource?.status, fields]),
      [['1970-01-01T00:00:02.000Z', 'stopped', [{ field: 'status', before: 'running', after: 'stopped' }]]],
    );
  });

  it('may be asked by a model, too: it only reads', async () => {
    const { connect } = await open();
    const model = await connect('model');
    await assert.doesNotReject(model.request('graph/query', { text: 'RETURN 1' }));
    await assert.rejects(model.request('graph/query', { text: 'MATCH (n) SET n.x = 1' }), ProblemError);
  });
});
