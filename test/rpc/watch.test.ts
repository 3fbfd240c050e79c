// The messages about incidents: a whole at first, numbered changes after it, and a person behind whatever is decided.

import assert from 'node:assert/strict';
import type { FindingDraft } from '../../daemon/watch/contract.ts';
import { subscribe } from '../../shared/protocol/subscribe.ts';
import { problemFrom, until } from '../fakes/tick.ts';
import { closeHouses, openHouse } from './house.ts';

const draft = (name: string, value: number): FindingDraft => ({
  kind: 'series',
  resource: `lab:vm/${name}`,
  severity: 'warning',
  confidence: 0.8,
  title: `cpu of ${name} is ${value} %`,
  reasons: ['because'],
  value,
  startedMs: Date.now(),
});

describe('the messages of the watch', () => {
  afterEach(closeHouses);

  it('give all incidents at once, then what changes', async () => {
    const house = await openHouse();
    const { services } = house;
    const client = await house.connect();
    services.watch.report('test', [draft('a', 90)]);
    const seen: string[] = [];
    subscribe(client, 'incidents', {
      onSnapshot: (all) => seen.push(`all ${all.map(({ id, state }) => `${id} ${state}`).join(', ')}`),
      onChange: ({ upserts }) => seen.push(...upserts.map(({ id, state }) => `${id} ${state}`)),
    });
    await until(() => seen.length === 1, 'the whole');
    services.watch.report('test', [draft('a', 91), draft('b', 95)]);
    await until(() => seen.includes('an-2 open'), 'a second one');
    services.watch.report('test', [draft('b', 95)]);
    await until(() => seen.includes('an-1 closed'), 'the end of the first');
    assert.equal(seen[0], 'all an-1 open');
    const { incidents } = await client.request('incident/list', { open: true });
    assert.deepEqual(
      incidents.map(({ id }) => id),
      ['an-2'],
    );
  });

  it('let nobody but a person judge, mute or set sources', async () => {
    const house = await openHouse();
    house.services.watch.report('test', [draft('a', 90)]);
    const model = await house.connect('model');
    for (const asking of [
      model.request('incident/feedback', { id: 'an-1', says: 'noise' }),
      model.request('mute/add', { metric: 'cpu' }),
      model.request('mute/remove', { id: '1' }),
      model.request('watch/configure', { settings: { keepWatching: true } }),
      model.request('watch/tryServer', { server: { name: 'a', url: 'http://127.0.0.1:1' } }),
    ])
      assert.equal((await problemFrom(asking)).code, 'not-a-person');
    const person = await house.connect();
    const judged = await person.request('incident/feedback', { id: 'lab:anomaly/an-1', says: 'ack' });
    assert.equal(judged.acked?.by, 'tester');
    assert.equal(house.services.watch.incidents.get('an-1')?.verdict, undefined);
  });

  it('refuse what makes no sense, and what is not there', async () => {
    const house = await openHouse();
    const client = await house.connect();
    assert.equal((await problemFrom(client.request('incident/get', { id: 'an-9' }))).code, 'not-found');
    assert.equal(
      (await problemFrom(client.request('series/forecast', { series: 'x:vm/1#cpu' }))).code,
      'not-found',
    );
    const range = { series: ['x:vm/1#cpu'], fromMs: 1_000, toMs: 2_000 };
    assert.equal((await problemFrom(client.request('series/range', range))).code, 'not-found');
    assert.equal(
      (await problemFrom(client.request('series/range', { ...range, toMs: 10 }))).code,
      'bad-input',
    );
    assert.deepEqual((await client.request('series/list', {})).series, []);
  });
});
