// Sets as people point at them: whose they are, of which flavor, who asked for them, what they are told to be before
// they are ordered about. Each sentence has to read like the plain command beside it; what only looks alike asks.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, sentence, the plain command it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  // Whose they are.
  ['aws-mid', "stop the data team's dev instances", 'stop all dev instances tagged team=data'],
  ['aws-mid', "power off platform's dev boxes", 'stop all dev instances tagged team=platform'],
  ['aws-mid', "label legacy's machines with cost=42", 'tag all instances tagged team=legacy with cost=42'],
  [
    'aws-mid',
    "remove the app tag from the data team's instances",
    'remove the app tag from all data instances',
  ],
  ['aws-mid', "reboot the platform crew's prod machines", 'reboot all prod instances tagged team=platform'],
  // What they have and what they are of.
  [
    'openstack-small',
    'put the tag a=b on all servers which have role=db',
    'tag all servers tagged role=db with a=b',
  ],
  ['aws-mid', 'stop every instance whose flavor is t3.micro', 'stop all instances with flavor t3.micro'],
  [
    'aws-mid',
    'all m5.large in us-east-1 -> m5.xlarge',
    'resize all m5.large instances in us-east-1 to m5.xlarge',
  ],
  ['aws-mid', 'upgrade every t3.small to a t3.medium', 'resize all t3.small instances to t3.medium'],
  ['aws-mid', 'stop all t3.micro', 'stop all instances with flavor t3.micro'],
  ['aws-mid', 'make all prod m5.large an m5.xlarge', 'resize all prod m5.large instances to m5.xlarge'],
  ['aws-mid', 'stop the staging boxes that are not mongo', 'stop the staging boxes except mongo-staging'],
  ['k8s-mid', 'cordon all nodes of the zone eu-b', 'cordon all nodes in zone eu-b'],
  // Tags that are given.
  ['mixed', 'give the erp vms on vmware the tag a=b', 'tag all vmware erp vms with a=b'],
  ['openstack-small', 'audit=q4 on all staging machines please', 'tag all staging machines with audit=q4'],
  // What is spared behind the rest.
  [
    'k8s-mid',
    'scale the payments deployments to 3, ledger excluded',
    'scale all payments deployments except ledger to 3',
  ],
  [
    'aws-mid',
    'stop the staging instances (mongo-staging not included)',
    'stop the staging instances except mongo-staging',
  ],
  ['mixed', 'migrate the vms on esx-01 to esx-02, except fileserver', 'migrate erp-01 to esx-02'],
  [
    'k8s-mid',
    'delete the completed jobs in payments, leave the failed ones',
    'delete the completed jobs in payments',
  ],
  // Who asked for them.
  ['mixed', "approve erin's pending actions", 'approve act-12'],
  ['mixed', 'cancel the pending actions of carol and dave', 'cancel act-76 and act-77'],
  ['mixed', 'cancel whatever actions dave has pending', 'cancel act-76'],
  ['mixed', "cancel alice's pending action", 'cancel act-41'],
  // What is told of them first.
  ['k8s-mid', 'no new pods on the nodes in eu-c, cordon them both', 'cordon the nodes in eu-c'],
  ['k8s-mid', 'the nodes in eu-a get new fans, cordon them', 'cordon the nodes in eu-a'],
  ['aws-mid', 'the dev servers idle all night, shut them down', 'stop all dev servers'],
  ['aws-mid', 'dev instances just sit there over the weekend, stop them please', 'stop all dev instances'],
  ['aws-mid', 'our poc boxes cost money every day, switch them off', 'stop the poc boxes'],
  ['aws-mid', 'the poc machines are done, shut them all down', 'stop the poc machines'],
  ['aws-mid', 'Dev machines are burning money. Can you stop them?', 'stop all dev machines'],
  ['aws-mid', 'the gitlab runners are stuck again, reboot them', 'reboot the gitlab runners'],
  ['aws-mid', 'the poc vms serve nobody anymore, delete them', 'delete the poc vms'],
  ['aws-mid', 'The mongo machines have no tag, give them team=db', 'tag the mongo machines with team=db'],
  [
    'aws-mid',
    'our dev boxes in eu-west-1 do nothing at night, power them off',
    'stop all dev boxes in eu-west-1',
  ],
  ['aws-mid', 'the dev vms idle all night, stop them except jenkins', 'stop all dev vms except jenkins'],
  [
    'openstack-small',
    'all the M.8 servers that are not prod idle at night, switch them off',
    'stop all M.8 servers that are not prod',
  ],
  [
    'k8s-mid',
    'staging deployments are not needed over the weekend, scale them to 0',
    'scale all staging deployments to 0',
  ],
  ['k8s-mid', 'the staging cron jobs bother us, suspend them', 'suspend the staging cron jobs'],
  ['k8s-mid', 'silence whatever is firing for 30 minutes', 'silence all firing alerts for 30 minutes'],
  ['k8s-mid', 'kick everything that is crashlooping', 'restart all crashlooping pods'],
  ['aws-mid', 'silence the warnings for 2 hours', 'silence the warning alerts for 2 hours'],
  // Where they are, and where they go.
  ['mixed', 'move all vms from esx-02 to esx-01', 'migrate erp-02, erp-test and the vmware web-1 to esx-01'],
  [
    'aws-mid',
    'unassign the elastic ips of bastion and bastion-us',
    'take the floating ips off bastion and bastion-us',
  ],
  ['k8s-mid', 'bump all monitoring deployments up to 2 replicas', 'scale the monitoring deployments to 2'],
  ['k8s-mid', 'set every staging deployment to a single replica', 'scale the staging deployments to 1'],
];

/** Never a plan: the set is nobody's, its place is no goal, or it was said to be left alone. */
const asked: readonly (readonly [string, string])[] = [
  ['mixed', "approve zorro's pending actions"],
  ['aws-mid', "stop the zorro team's instances"],
  ['aws-mid', 'leave all vms alone, only restart them'],
  ['aws-mid', 'the vms in prod, are any of them stopped? start'],
  ['aws-mid', "delete the data team's volumes"],
  ['aws-mid', 'some dev servers idle all night, stop them'],
  ['aws-mid', 'most dev servers idle, stop them'],
  ['aws-mid', 'the dev servers idle except jenkins, stop them'],
  ['aws-mid', 'the dev servers that idle all night, shut them down'],
  ['aws-mid', 'the foo servers idle all night, shut them down'],
  ['aws-mid', 'the dev servers idle all night, dont shut them down'],
  ['aws-mid', 'the volumes bob left, delete them'],
  ['aws-mid', 'the vms we made in may, delete them'],
  ['aws-mid', 'the dev vms idle since monday, stop them'],
  ['aws-mid', 'the dev vms stopped since monday, delete them'],
  ['aws-mid', 'the dev vms are older than 500 days, delete them'],
  ['aws-mid', 'poc boxes cost money and jenkins too, stop them'],
  ['aws-mid', 'bob says the dev servers idle all night, shut them down'],
];

describe('sets as people say them', () => {
  for (const [inventory, text, command] of same)
    it(text, () => {
      const wanted = stepsOf(read(command, inventory));
      assert.ok(wanted.length > 0, command);
      assert.deepEqual(stepsOf(read(text, inventory)), wanted);
    });

  for (const [inventory, text] of asked)
    it(`asks: ${text}`, () => assert.notEqual(read(text, inventory).kind, 'plan'));
});
