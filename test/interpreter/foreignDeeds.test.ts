// What nobody here does, ordered beside what is: nothing is carried out as if it had not been said.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const inventories = { o: 'openstack-small', a: 'aws-mid', k: 'k8s-mid' } as const;

function kindOf(item: string): string {
  const { fixture, interpreter } = reader(inventories[item[0] as keyof typeof inventories]);
  return interpreter.read({ text: item.slice(2), nowMs: fixture.nowMs }).kind;
}

describe('deeds that nobody here does', () => {
  for (const item of [
    'o encrypt the disk of db-1, then reboot it',
    'o email bob the list, reboot web-1',
    'o fail over to db-2, stop db-1',
    'o reboot web-1, email bob',
    'o stop db-1, inform the dba team',
    'o defragment db-1 overnight and snapshot it',
    'o call alice, web-1 hangs, reboot it',
    'o show me the cpu of web-1, email it to bob',
    'o rename web-1 to web-one and reboot it',
    'k warm the cache, scale checkout in prod to 6',
    'k scale checkout in prod to 6, warm the cache',
    'k tell erin, restart coredns',
    'a rotate the keys of web-prod-1, reboot web-prod-1',
    'a archive the builds, stop jenkins',
    'a stop jenkins and then archive the builds',
    'a dump the database, reboot orders-prod',
  ])
    it(`are asked about: ${item}`, () => {
      assert.equal(kindOf(item), 'clarify');
    });

  for (const item of [
    'o reboot web-1 and tell me when it is up',
    'o page is slow, reboot web-1',
    'o mail is down again, reboot web-1',
    'o the backup tool failed to dump the database, reboot db-1',
    'k load is high, scale checkout in prod to 6',
    'k cache is cold after the deploy, scale checkout in prod to 6',
    'a copy is done, stop jenkins',
  ])
    it(`are not seen in: ${item}`, () => {
      assert.equal(kindOf(item), 'plan');
    });
});
