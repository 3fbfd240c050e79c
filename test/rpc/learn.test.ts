// What a person's choice teaches, over the wire and with the real reader: a corrected plan becomes an item of a set,
// their words can be kept for the thing they chose, and from then on the reader takes them for it.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import type { PlanReading } from '../../shared/model/reading.ts';
import type { Client } from '../../shared/protocol/client.ts';
import type { ResultOf } from '../../shared/protocol/messages.ts';
import { sampleVm } from '../extension/samples.ts';
import { problemFrom } from '../fakes/tick.ts';
import { closeHouses, openHouse } from './house.ts';

const names = ['db-prod-1', 'db-prod-2', 'web-1'];
const nowMs = Date.parse('2026-11-20T10:00:00Z');

async function house(kind: 'editor' | 'mcp' = 'editor') {
  const opened = await openHouse();
  const { services } = opened;
  const vms = names.map((name) => sampleVm(name, { connection: 'lab' }));
  services.put(vms);
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: vms, removes: [] });
  services.aliases.onDidChange((all) => interpreter.index.name(all));
  Object.assign(services.interpreter, { aliasTrouble: interpreter.aliasTrouble });
  services.read = (text, context) => interpreter.read({ text, context, nowMs });
  const client = await opened.connect(kind);
  return { ...opened, client, interpreter };
}

const context = { conversation: 'c' };

/** Asks, and goes on with the same steps on another target, as a corrected chip does. */
async function correct(client: Client, text: string, target: string): Promise<ResultOf<'request/choose'>> {
  const first = await client.request('request/submit', { text, context });
  assert.equal(first.reading.kind, 'plan', JSON.stringify(first.reading));
  const steps = (first.reading as PlanReading).steps.map((step) => ({
    ...step,
    target: { kind: 'resources', ids: [target] },
  }));
  return client.request('request/choose', {
    text,
    steps: steps as never,
    context,
    of: { turn: first.turn!, how: 'corrected' },
  });
}

describe('a choice that teaches', () => {
  afterEach(closeHouses);

  it('offers the words for the chosen thing, and from then on they are read as it', async () => {
    const { client } = await house();
    await client.request('alias/set', { words: 'the database', target: 'lab:vm/db-prod-1' });
    const result = await correct(client, 'stop the database', 'lab:vm/db-prod-2');
    assert.deepEqual(result.aliasOffer, {
      words: 'the database',
      target: 'lab:vm/db-prod-2',
      name: 'db-prod-2',
    });
    await client.request('alias/set', { words: 'the database', target: 'lab:vm/db-prod-2' });
    const again = await client.request('interpret/read', { text: 'reboot the database', context: {} });
    assert.ok(again.kind === 'plan');
    assert.deepEqual(again.steps[0]!.target, { kind: 'resources', ids: ['lab:vm/db-prod-2'] });
    assert.ok(again.steps[0]!.evidence.some((item) => item.alias));
    await client.request('alias/remove', { words: 'THE  database' });
    const after = await client.request('interpret/read', { text: 'reboot the database', context: {} });
    assert.notEqual(after.kind, 'plan');
  });

  it('keeps the correction as an item, with what was said before', async () => {
    const { client } = await house();
    await client.request('request/submit', { text: 'stop web-1', context });
    await correct(client, 'stop db-prod-1', 'lab:vm/db-prod-2');
    const { items, next } = await client.request('correction/list', {});
    assert.equal(next, undefined);
    assert.equal(items.length, 1);
    const [item] = items;
    assert.equal(item!.text, 'stop db-prod-1');
    assert.equal(item!.category, 'A');
    assert.deepEqual(item!.expect, {
      kind: 'plan',
      risk: 'change',
      steps: [{ op: 'stop.vm', target: { ids: ['lab:vm/db-prod-2'] } }],
    });
    assert.deepEqual(
      item!.context?.turns?.map((turn) => turn.role),
      ['user', 'assistant'],
    );
    assert.equal((await client.request('correction/clear')).removed, 1);
    assert.deepEqual((await client.request('correction/list', {})).items, []);
  });

  it('learns nothing where nothing was changed, and offers no alias for a name or for words of the language', async () => {
    const { client } = await house();
    const same = await correct(client, 'stop db-prod-1', 'lab:vm/db-prod-1');
    assert.equal(same.aliasOffer, undefined);
    assert.deepEqual((await client.request('correction/list', {})).items, []);
    const other = await correct(client, 'stop db-prod-1', 'lab:vm/web-1');
    assert.equal(other.aliasOffer, undefined, 'a real name stays what it is');
  });

  it('refuses an alias for a thing that is not there, and for words that a sentence needs', async () => {
    const { client, services } = await house();
    for (const [words, target] of [
      ['the db', 'lab:vm/none'],
      ['all vms', 'lab:vm/web-1'],
      ['delete', 'lab:vm/web-1'],
    ] as const)
      assert.equal((await problemFrom(client.request('alias/set', { words, target }))).code, 'bad-input');
    await client.request('alias/set', { words: 'the db', target: 'lab:vm/db-prod-1' });
    services.remove(['lab:vm/db-prod-1']);
    const { aliases } = await client.request('alias/list');
    assert.deepEqual(
      aliases.map(({ words, name, missing }) => ({ words, name, missing })),
      [{ words: 'the db', name: 'db-prod-1', missing: true }],
    );
  });

  it('is for persons: another agent can neither set an alias nor read corrections', async () => {
    const { client } = await house('mcp');
    for (const asked of [
      client.request('alias/set', { words: 'the db', target: 'lab:vm/db-prod-1' }),
      client.request('alias/remove', { words: 'the db' }),
      client.request('correction/list', {}),
      client.request('correction/clear'),
      client.request('chat/configure', { daysMax: 1, turnsMax: 1 }),
    ])
      assert.equal((await problemFrom(asked)).code, 'not-a-person');
    const result = await correct(client, 'stop db-prod-1', 'lab:vm/db-prod-2');
    assert.equal(result.aliasOffer, undefined);
  });
});
