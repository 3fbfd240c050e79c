// `pilothouse graph …` against a real server: what is shown, what scripts get, and the exit codes.

import assert from 'node:assert/strict';
import { fakeConnection, fakeVm } from '../fakes/resources.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

async function open() {
  const terminal = await openTerminal();
  terminal.services.setConnections([fakeConnection()]);
  terminal.services.graph.apply(
    'lab',
    { name: 'all', kinds: ['vm', 'network'] },
    {
      mode: 'full',
      resources: [fakeVm('a'), fakeVm('b'), { ...fakeVm('net'), id: 'lab:network/net', kind: 'network' }],
      removed: [],
      relations: [{ from: 'lab:vm/a', type: 'IN_NETWORK', to: 'lab:network/net' }],
    },
  );
  return terminal.run;
}

describe('pilothouse graph', () => {
  afterEach(closeTerminals);

  it('shows the rows of a query, and gives scripts JSON', async () => {
    const run = await open();
    const shown = await run(['graph', 'query', 'MATCH (v:vm) RETURN v.name AS name, v.status ORDER BY name']);
    assert.equal(shown.code, 0, shown.err);
    assert.match(shown.out, /name\s+v\.status\na\s+running\nb\s+running\n/);
    const { code, json } = await run(['graph', 'query', 'RETURN $x + 1 AS y', '--param', 'x=2', '--json']);
    assert.equal(code, 0);
    assert.deepEqual(json().rows, [[3]]);
  });

  it('ends with 3 for what is refused, 64 for what is wrong', async () => {
    const run = await open();
    const refused = await run(['graph', 'query', 'MATCH (n) DELETE n']);
    assert.equal(refused.code, 3);
    assert.match(refused.err, /DELETE would change something/);
    const wrong = await run(['graph', 'query', 'MATCH (n']);
    assert.equal(wrong.code, 64);
    assert.match(wrong.err, /ends too early/);
  });

  it('walks from a resource, finds ways and says where there are none', async () => {
    const run = await open();
    assert.match((await run(['graph', 'near', 'lab:vm/a'])).out, /1\s+network\s+net/);
    const way = await run(['graph', 'path', 'lab:network/net', 'lab:vm/a']);
    assert.match(way.out, /network net <-IN_NETWORK- vm a/);
    const none = await run(['graph', 'path', 'lab:vm/a', 'lab:vm/b']);
    assert.deepEqual([none.code, none.out], [5, 'There is no way between the two.\n']);
    assert.match((await run(['graph', 'blast', 'lab:network/net'])).out, /1\s+vm\s+a\s+in network net/);
  });

  it('counts, searches, and says what changed', async () => {
    const run = await open();
    assert.match((await run(['graph', 'stats', '--by', 'kind'])).out, /kind\n\s+vm\s+2\n\s+network\s+1/);
    assert.match((await run(['graph', 'search', 'net'])).out, /network\s+net/);
    assert.match((await run(['graph', 'loose'])).out, /no loose ends/);
    const changes = await run(['graph', 'changes', 'lab', '--since', '1h']);
    assert.match(changes.out, /appeared\s+vm\s+a/);
    assert.match((await run(['graph', 'history', 'lab:vm/a'])).out, /Nothing is known of it/);
  });

  for (const args of [
    [],
    ['dance'],
    ['query'],
    ['near'],
    ['blast'],
    ['changes'],
    ['changes', 'lab', '--since', 'soon'],
  ])
    it(`explains itself for: graph ${args.join(' ')}`, async () => {
      const run = await open();
      const { code, err } = await run(['graph', ...args]);
      assert.notEqual(code, 0);
      assert.match(err, /Use: pilothouse graph query\|near/);
    });
});
