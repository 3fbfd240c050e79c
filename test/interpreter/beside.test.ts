// What people tell beside an order, in many voices. Told words change nothing: the text is read as the order alone. Words
// that matter (it is to wait, it is taken back, somebody is against it, it is in use) make no plan of the bare order. What
// still is asked about for nothing, or still acts, is bounded by these floors; none may get worse.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { sameSteps, stepsOf } from './compare.ts';

interface Told {
  readonly id: string;
  readonly inventory: string;
  readonly text: string;
  /** The order without what is told; none where what is said beside it matters. */
  readonly alone?: string;
}

const folder = new URL('./beside/', import.meta.url).pathname;
const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const all = readdirSync(folder)
  .flatMap((name) => readFileSync(`${folder}${name}`, 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as Told);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs, context: {} });
}

describe('what is said beside an order', function () {
  this.timeout(120_000);

  it('changes nothing where it is only told', () => {
    const told = all.flatMap((item) => {
      const wanted = item.alone === undefined ? undefined : read(item.alone, item.inventory);
      return wanted?.kind === 'plan' ? [{ item, wanted }] : [];
    });
    const missed = told.filter(
      ({ item, wanted }) => !sameSteps(stepsOf(wanted), stepsOf(read(item.text, item.inventory))),
    );
    const right = 1 - missed.length / told.length;
    assert.ok(right >= 0.86, `${right}: ${missed.map(({ item }) => item.id).join(' ')}`);
  });

  it('holds the order back where it matters', () => {
    const mattering = all.filter(({ alone }) => alone === undefined);
    const acting = mattering.filter(({ text, inventory }) => read(text, inventory).kind === 'plan');
    const share = acting.length / mattering.length;
    assert.ok(share <= 0.09, `${share}: ${acting.map(({ id }) => id).join(' ')}`);
  });
});
