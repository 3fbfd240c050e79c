// Names that people give to what is made of a thing: "as" says one as well as "named" does, in quotes or without. A
// reason behind "as" is none.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

describe('a name for what is made of a thing', () => {
  for (const [text, name] of [
    ['snapshot db-1 as golden', 'golden'],
    ['snapshot db-1 named golden', 'golden'],
    ['snapshot db-1 as before-upgrade', 'before-upgrade'],
    ['snapshot db-1 as backup', 'backup'],
    ['snapshot db-1 as "golden copy"', 'golden copy'],
    ['snapshot db-1 "golden copy"', 'golden copy'],
    ['create a snapshot of db-1 as golden because we upgrade', 'golden'],
    ['snapshot db-1 as it is slow', undefined],
    ['snapshot db-1 as customers are complaining', undefined],
    ['snapshot db-1', undefined],
  ] as const)
    it(`is ${name} in: ${text}`, () => {
      const { fixture, interpreter } = reader('openstack-small');
      const reading = interpreter.read({ text, nowMs: fixture.nowMs });
      assert.ok(reading.kind === 'plan', JSON.stringify(reading));
      assert.equal(reading.steps.length, 1);
      assert.equal(reading.steps[0]!.operation, 'snapshot.vm');
      assert.equal(reading.steps[0]!.args.name, name);
    });
});
