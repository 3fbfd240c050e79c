// What a machine, disk or group is to have, be or lose, said instead of what is to be done. Each means what the plain order
// means; what denies, doubts, asks, leaves open which thing, or speaks of another one, gives no plan.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** An inventory, a plain order and other ways to say it. */
const same: readonly (readonly [string, string, ...string[]])[] = [
  [
    'aws-mid',
    'tag mail-relay with cost-center=4711',
    'mail-relay should carry cost-center=4711',
    'can mail-relay get the tag cost-center=4711?',
    'finance wants cost-center=4711 on mail-relay',
    'the cost-center of mail-relay should be 4711',
    'i want mail-relay tagged with cost-center=4711',
    'mail-relay: cost-center=4711',
    'tag mail-relay with key cost-center and value 4711',
  ],
  [
    'aws-mid',
    'remove the team tag from vpn-gw',
    'rm the team tag from vpn-gw pls',
    "remove vpn-gw's team tag",
    'the team tag on vpn-gw can go',
    'vpn-gw should not have the team tag any more',
    'i want the team tag gone from vpn-gw',
    'can the team tag be removed from vpn-gw?',
  ],
  [
    'openstack-small',
    'give db-1 a floating ip',
    'can db-1 get a floating ip?',
    'i want db-1 to have a floating ip',
    'we need a floating ip for db-1',
    'allocate any free floating ip for db-1',
  ],
  [
    'openstack-small',
    'remove the floating ip from bastion',
    'bastion should lose its floating ip',
    'bastion no longer needs a floating ip, remove it',
    'bastion does not need its floating ip any more, take it away',
    'free up the floating ip that the bastion has please',
    'i want the floating ip off bastion',
    'bastion should have no floating ip',
  ],
  [
    'openstack-small',
    'assign 203.0.113.11 to db-1',
    '203.0.113.11 to db-1',
    'can db-1 have 203.0.113.11?',
    'please connect 203.0.113.11 to db-1',
    'use 203.0.113.11 for db-1',
  ],
  [
    'aws-mid',
    'resize jenkins-home to 500 GB',
    'can jenkins-home be 500 gb pls? my builds die with no space left',
    'jenkins-home 500 GB pls',
    'the disk jenkins-home, i want that it becomes 500 GB',
    'could jenkins-home be grown to 500 GB?',
    'jenkins-home new size 500 GB',
  ],
  ['openstack-small', 'grow vol-backup by 50 GB', 'vol-backup +50 GB', 'can vol-backup have another 50 GB?'],
  [
    'aws-mid',
    'resize api-dev-1 to t3.medium',
    'api-dev-1 t3.medium pls',
    'new flavor for api-dev-1: t3.medium',
    'the machine api-dev-1 is too slow, t3.medium would be better',
  ],
  [
    'aws-mid',
    'stop poc-kafka',
    'guest shutdown of poc-kafka',
    'poc-kafka has to go down for the disk swap',
    'please see that poc-kafka is stopped',
    'put poc-kafka out of operation',
  ],
  [
    'openstack-small',
    'start old-wiki',
    'please make sure old-wiki is running',
    'old-wiki needs to come back up',
    'let old-wiki run again',
  ],
  [
    'aws-mid',
    'reboot mail-relay',
    'switch mail-relay off and on again',
    'press the reset button on mail-relay',
    'reboot of mail-relay is needed',
  ],
  [
    'mixed',
    'drain esx-01',
    'put esx-01 into maintenance mode',
    'esx-01 should go into maintenance',
    'i want esx-01 in maintenance mode',
  ],
  ['mixed', 'uncordon esx-01', 'take esx-01 out of maintenance mode', 'esx-01 can leave maintenance mode'],
  [
    'openstack-small',
    'revert db-1 to db-1-snap-1110',
    'db-1 should go back to db-1-snap-1110',
    'put db-1 back to the snapshot db-1-snap-1110',
  ],
  [
    'openstack-small',
    'snapshot db-1',
    'before the patch i want a snapshot of db-1',
    'a snapshot of db-1 would be good',
  ],
  ['aws-mid', 'suspend poc-kafka', 'send poc-kafka to sleep', 'put poc-kafka on hold'],
  [
    'aws-mid',
    'attach poc-disk to jenkins',
    'can jenkins get poc-disk?',
    'poc-disk to jenkins please',
    'please make sure poc-disk is attached to jenkins',
    'poc-disk must be mounted on jenkins',
  ],
  ['openstack-small', 'detach vol-data', 'db-1 should lose vol-data', 'take vol-data off its vm'],
  [
    'aws-mid',
    'open 8443 on ci-sg',
    'can i get 8443 opened on ci-sg? thx',
    'ci-sg: 8443 open please',
    'we need 8443 on ci-sg',
    'enable port 8443 on ci-sg',
  ],
  [
    'aws-mid',
    'open 5432 on db-sg for 10.1.0.0/16',
    'on db-sg let 10.1.0.0/16 in on 5432',
    '10.1.0.0/16 must reach port 5432 on db-sg',
    'grant 10.1.0.0/16 access to port 5432 on db-sg',
    'add a rule to db-sg: 5432 from 10.1.0.0/16',
  ],
  ['aws-mid', 'close 22 on mail-sg', 'mail-sg should no longer allow 22', 'take 22 off mail-sg'],
  [
    'mixed',
    'migrate erp-01 to esx-02',
    'erp-01 should run on esx-02',
    'i want erp-01 on esx-02',
    'get erp-01 over to esx-02',
    'the machine erp-01 must go to esx-02, please move it',
  ],
  [
    'openstack-small',
    'create a subnet dmz-a with 10.20.0.0/24 in mgmt-net',
    'carve a subnet dmz-a with 10.20.0.0/24 out of mgmt-net',
    'mgmt-net needs a subnet dmz-a with 10.20.0.0/24',
  ],
  [
    'openstack-small',
    'create a volume reports with 120 GB',
    'creat a new volme caled reports with 120 gb',
    '120 GB volume named reports please',
  ],
  [
    'aws-mid',
    'delete poc-elastic',
    'we keep paying for poc-elastic and nobody uses it, please remove it for good',
    'poc-elastic only costs us money and nobody logs in any more, please delete that VM',
    'delete the server poc-elastic, we have moved everything',
    'i want poc-elastic gone',
  ],
];

describe('what a thing is to have, be or lose', () => {
  for (const [inventory, order, ...others] of same)
    it(order, () => {
      const plain = stepsOf(read(order, inventory));
      assert.equal(plain.length, 1);
      for (const text of others) assert.deepEqual(stepsOf(read(text, inventory)), plain, text);
    });

  for (const text of [
    'poc-kafka has an old snapshot, delete it',
    'jenkins has a second disk, drop it please',
    'web-prod-1 uses the volume, please delete it',
    'poc-kafka should not carry cost-center=4711',
    'should poc-kafka carry cost-center=4711?',
    'nobody wants cost-center=4711 on poc-kafka',
    'poc-kafka should not be a t3.medium',
    'poc-kafka should be a t3.medium tomorrow',
    'jenkins should not lose its floating ip',
    'does jenkins need a floating ip?',
    'should 8443 be open on ci-sg?',
    "don't let 10.1.0.0/16 in on 5432 on db-sg",
    'make sure poc-kafka is not stopped',
    'jenkins-home or mail-spool should be 500 GB',
    'jenkins-home should not be 500 GB',
    'poc-disk should not be attached to jenkins',
    'poc-kafka can go once the backup is verified',
    'i want poc-kafka gone tomorrow',
    'delete everything, we have moved',
    'delete poc-kafka, everything else too',
    'can we have 8443 open?',
    'switch poc-kafka off and on again? no',
  ])
    it(`gives no plan: ${text}`, () => {
      assert.notEqual(read(text, 'aws-mid').kind, 'plan');
    });
});
