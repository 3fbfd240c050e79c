// A subscription keeps a whole picture: parts are put together, changes come in order, a gap begins anew.

import assert from 'node:assert/strict';
import { createClient } from '../../shared/protocol/client.ts';
import { subscribe } from '../../shared/protocol/subscribe.ts';
import { openFakeLine } from '../fakes/memoryTransport.ts';
import { fakeVm } from '../fakes/resources.ts';
import { turns } from '../fakes/tick.ts';

async function open() {
  const line = openFakeLine();
  const client = createClient(line.transport);
  const seen: string[] = [];
  const subscription = subscribe(
    client,
    'resources',
    {
      onSnapshot: (resources) => seen.push(`whole ${resources.map((one) => one.name).join(' ')}`),
      onChange: ({ upserts, removes }) =>
        seen.push(`+${upserts.map((one) => one.name).join(' ')} -${removes.join(' ')}`),
    },
    { onProblem: (problem) => seen.push(`problem ${problem.code}`) },
  );
  await turns();
  const change = (sequence: number, more: object, subscription = 7) =>
    line.say({
      method: 'subscription/didChange',
      params: { subscription, sequence, topic: 'resources', ...more },
    });
  const begin = (id: number, names: readonly string[], total = names.length, subscription = 7) => {
    const resources = names.map((name) => fakeVm(name));
    line.say({ id, result: { subscription, sequence: 0, topic: 'resources', resources, total } });
  };
  return { line, client, seen, subscription, change, begin };
}

describe('a subscription', () => {
  it('gives the whole, then changes, also when all of it comes in one turn', async () => {
    const { seen, begin, change } = await open();
    begin(1, ['a', 'b']);
    change(1, { upserts: [fakeVm('c')], removes: ['lab:vm/a'] });
    assert.deepEqual(seen, ['whole a b', '+c -lab:vm/a']);
  });

  it('puts a whole together from parts', async () => {
    const { seen, begin, change } = await open();
    begin(1, ['a'], 3);
    change(1, { snapshot: [fakeVm('b')], first: false, more: true });
    assert.deepEqual(seen, []);
    change(2, { snapshot: [fakeVm('c')], first: false, more: false });
    assert.deepEqual(seen, ['whole a b c']);
  });

  it('takes a new whole in the middle of another', async () => {
    const { seen, begin, change } = await open();
    begin(1, ['a'], 3);
    change(1, { snapshot: [fakeVm('x')], first: true, more: true });
    change(2, { snapshot: [fakeVm('y')], first: false, more: false });
    assert.deepEqual(seen, ['whole x y']);
  });

  it('subscribes again at a gap, closes the old one and believes nothing of it any more', async () => {
    const { line, seen, begin, change } = await open();
    begin(1, ['a']);
    change(2, { upserts: [fakeVm('lost')], removes: [] });
    change(3, { upserts: [fakeVm('lost too')], removes: [] });
    await turns();
    assert.deepEqual(
      line.sent.slice(1).map(({ method, params }) => [method, params]),
      [
        ['subscription/close', { subscription: 7 }],
        ['subscription/open', { topic: 'resources' }],
      ],
    );
    begin(3, ['a', 'b'], 2, 8);
    change(1, { upserts: [fakeVm('c')], removes: [] }, 8);
    assert.deepEqual(seen, ['whole a', 'whole a b', '+c -']);
  });

  it('ends at its word, also before the answer has come', async () => {
    const { line, seen, begin, subscription } = await open();
    subscription.dispose();
    begin(1, ['a']);
    await turns();
    assert.deepEqual(seen, []);
    assert.deepEqual(line.sent.at(-1)?.method, 'subscription/close');
  });

  it('says when it cannot be had', async () => {
    const { line, seen } = await open();
    line.say({
      id: 1,
      error: { code: 1004, message: 'Too many.', data: { code: 'overloaded', message: 'Too many.' } },
    });
    await turns();
    assert.deepEqual(seen, ['problem overloaded']);
  });
});
