// The scorer of sets: what counts as the same plan, and what never does.

import assert from 'node:assert/strict';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { isRight } from '../../daemon/cli/scoreSet.ts';

const folder = new URL('../interpreter/sets/inventories', import.meta.url).pathname;
const fixture = readFixture(folder, 'mixed');
const erp = 'vsphere:vm/erp-01';
const plan = (op: string, ids: readonly string[], args = {}) =>
  ({ id: '', confidence: 1, ms: 0, kind: 'plan', steps: [{ op, target: { ids }, args }] }) as const;

describe('the scorer of sets', () => {
  it('takes the name of a host for its id, and another host for another plan', () => {
    const wanted = plan('migrate.vm', [erp], { host: 'esx-02' });
    assert.ok(isRight(wanted, plan('migrate.vm', [erp], { host: 'vsphere:host/esx-02' }), fixture));
    assert.ok(!isRight(wanted, plan('migrate.vm', [erp], { host: 'vsphere:host/esx-01' }), fixture));
  });
});
