// The newest, the oldest, the biggest: what a superlative picks of a set. Where several are just as new or as big, or
// nobody says how many, a change is asked about; an exception is picked of the set that was said.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { picked } from '../../daemon/interpreter/words/extremes.ts';
import type { Reading } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

const said = (reading: Reading): string =>
  'steps' in reading
    ? reading.steps
        .map(({ operation, target }) => {
          const ids = target?.kind === 'resources' ? target.ids : [];
          return `${operation} ${ids.map((id) => id.replace(/^.*\//, '')).join(' ')}`.trim();
        })
        .join('; ')
    : reading.kind;

const picks: readonly (readonly [string, string, string])[] = [
  ['aws-mid', 'delete the oldest snapshot', 'delete.snapshot snap-05'],
  ['aws-mid', 'delete the two oldest snapshots', 'delete.snapshot snap-05 snap-03'],
  ['aws-mid', 'delete the oldest two snapshots', 'delete.snapshot snap-05 snap-03'],
  ['aws-mid', 'delete the most recent snapshot', 'delete.snapshot snap-01'],
  ['aws-mid', 'delete all snapshots except the newest', 'delete.snapshot snap-02 snap-03 snap-04 snap-05'],
  ['aws-mid', 'delete all snapshots except the 2 newest', 'delete.snapshot snap-02 snap-03 snap-05'],
  ['aws-mid', 'delete snapshots but keep the newest', 'delete.snapshot snap-02 snap-03 snap-04 snap-05'],
  ['aws-mid', 'show me the most recent snapshot', 'show.snapshot snap-01'],
  ['aws-mid', 'which is our oldest instance', 'show.vm i-0fd85497'],
  ['aws-mid', 'which volume is the biggest', 'list.volume vol-1c03'],
  ['aws-mid', 'what is the biggest unattached volume', 'show.volume vol-1c03'],
  ['aws-mid', 'stop the oldest dev vm', 'stop.vm i-0fd85497'],
  ['openstack-small', 'grow the smallest volume by 10 gb', 'resize.volume scratch'],
  ['openstack-small', 'list the 2 biggest volumes', 'list.volume vol-data vol-backup'],
  ['openstack-small', 'delete the latest snapshot of db-1', 'delete.snapshot db-1-snap-1110'],
  // Of several that are just as old a list shows all.
  ['openstack-small', 'which vm is the oldest', 'list.vm old-wiki'],
];

const asked: readonly (readonly [string, string])[] = [
  ['aws-mid', 'delete the oldest snapshots'],
  ['aws-mid', 'resize the biggest volume in us-east-1 to 500 gb'],
  ['aws-mid', 'reboot the 2 newest prod web instances'],
  ['aws-mid', 'delete the oldest image'],
  ['aws-mid', 'delete every snapshot except the oldest ones'],
  ['aws-mid', 'delete the biggest'],
  ['k8s-mid', 'restart the oldest web pod in prod'],
];

describe('superlatives', () => {
  for (const [inventory, text, wanted] of picks)
    it(`pick: ${text}`, () => assert.equal(said(read(text, inventory)), wanted));

  for (const [inventory, text] of asked)
    it(`do not guess: ${text}`, () => assert.equal(read(text, inventory).kind, 'clarify'));

  const made = (name: string, createdAt?: string): Resource =>
    ({ id: name, name, createdAt, attributes: {}, tags: {} }) as unknown as Resource;

  it('name what is as new as the last one picked', () => {
    const pool = [made('a', '2026-01-01'), made('b', '2026-02-01'), made('c', '2026-02-01')];
    const found = picked(pool, { by: 'created', most: true, count: 1 });
    assert.deepEqual(
      found?.resources.map(({ name }) => name),
      ['b', 'c'],
    );
    assert.equal(found?.isTied, true);
  });

  it('pick nothing where the age of one is not known', () => {
    assert.equal(
      picked([made('a', '2026-01-01'), made('b')], { by: 'created', most: true, count: 1 }),
      undefined,
    );
  });

  it('say that fewer are there than were asked for', () => {
    assert.equal(picked([made('a', '2026-01-01')], { by: 'created', most: false, count: 2 })?.isTied, true);
  });
});
