// What people wrap an order in changes nothing of it: courtesy, a subject before a colon, a remark behind a comma in
// whatever spelling, an order pressed once more. What bounds, denies or puts off is never taken for wrapping.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;

describe('an order in its wrapping', () => {
  const { resources, nowMs } = readFixture(folder, 'aws-mid');
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: resources, removes: [] });
  const read = (text: string) => interpreter.read({ text, nowMs });
  const meaning = (text: string): unknown => {
    const reading = read(text);
    return reading.kind === 'plan'
      ? reading.steps.map(({ operation, target, args }) => ({ operation, target, args }))
      : `${reading.kind}: ${text}`;
  };
  const orders = ['stop web-prod-1', 'resize web-prod-1 to t3.large', 'snapshot users-prod'];

  for (const wrapped of [
    "If it isn't too much trouble, ORDER",
    'ORDER, if that is at all possible',
    'ORDER whenever it suits you',
    'only when you have a spare moment: ORDER',
    'Could I trouble you to ORDER? Have a lovely weekend.',
    'I would be most grateful if you could ORDER, thank you ever so much',
    'It is necessary to ORDER',
    'For the record: ORDER',
    'Security finding: ORDER',
    'CHG-4471 / followup: ORDER',
    'ORDER, ppl r waitin',
    'ORDER, thx 4ever luv u'.replace(' 4ever', ''),
    'ORDER, do it',
    'ORDER. Go ahead please',
  ])
    it(`is the same: ${wrapped}`, () => {
      for (const order of orders)
        assert.deepEqual(meaning(wrapped.replace('ORDER', order)), meaning(order), wrapped);
    });

  for (const held of [
    'Not yet: stop web-prod-1',
    'never: stop web-prod-1',
    'Example: stop web-prod-1',
    'Hypothetically, stop web-prod-1',
    'stop web-prod-1, nto web-prod-2 thogh',
    'stop all vms, exept teh wierd onse',
    'stop all dev vms, onyl the idel ones plz',
    'delete web-prod-1, unles smbdy objcts',
  ])
    it(`acts on no more than was said: ${held}`, () => {
      const plain = meaning('stop web-prod-1');
      const got = meaning(held);
      const isNarrow = /nto/.test(held) && JSON.stringify(got) === JSON.stringify(plain);
      assert.ok(typeof got === 'string' || isNarrow, JSON.stringify(got));
    });
});
