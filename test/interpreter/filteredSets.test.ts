// Sets bounded by any sort of words: a compound, a count, an open figure, what they are not, what is said between the
// things and their bound. Each has to read like the plain command beside it; a bound that nothing is known of asks, for a
// list as for a change, and never leaves the set wider than what was said.

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
  // Two words with a hyphen between them.
  [
    'aws-mid',
    'start all stopped platform-team instances',
    'start all stopped instances tagged team=platform',
  ],
  ['aws-mid', 'stop platform-owned dev instances', 'stop all dev instances tagged team=platform'],
  ['aws-mid', 'stop all dev-env instances', 'stop all dev instances'],
  ['aws-mid', 'stop all us-east-1-based dev instances', 'stop all dev instances in us-east-1'],
  ['k8s-mid', 'warning-level anomalies?', 'list anomalies with severity warning'],
  ['k8s-mid', 'list critical-level alerts', 'list alerts with severity critical'],
  // How many each has.
  [
    'k8s-mid',
    'bump every single-replica deployment in staging to 2',
    'scale all deployments in staging with 1 replica to 2',
  ],
  [
    'k8s-mid',
    'scale the 3-replica deployments in prod to 4',
    'scale all deployments in prod with 3 replicas to 4',
  ],
  [
    'k8s-mid',
    'restart the single-replica staging deployments',
    'restart all staging deployments with 1 replica',
  ],
  ['k8s-mid', 'which deployments run a single replica', 'list deployments with 1 replica'],
  ['k8s-mid', 'which deployments have 3 replicas or more', 'list deployments with at least 3 replicas'],
  [
    'k8s-mid',
    'deployments in prod running 2 or fewer replicas',
    'list prod deployments with at most 2 replicas',
  ],
  ['k8s-mid', 'which pods restarted 5 times or more', 'list pods with at least 5 restarts'],
  ['k8s-mid', 'pods with 5+ restarts', 'list pods with at least 5 restarts'],
  ['aws-mid', 'volumes 200GB and up', 'list volumes of at least 200 GB'],
  ['aws-mid', 'volumes no larger than 50 GB', 'list volumes of at most 50 GB'],
  [
    'aws-mid',
    'delete the unattached volumes that are 50 GB or smaller',
    'delete unattached volumes of at most 50 GB',
  ],
  [
    'k8s-mid',
    'restart all prod deployments running 3 replicas',
    'restart all prod deployments with 3 replicas',
  ],
  ['k8s-mid', 'list deployments running at most 2 replicas', 'list deployments with at most 2 replicas'],
  ['k8s-mid', 'deployments running 2 replicas', 'list deployments with 2 replicas'],
  // What stands between the things and their bound.
  ['aws-mid', 'How many volumes are there bigger than 150 GB?', 'how many volumes bigger than 150 GB'],
  ['aws-mid', 'How many vms do we have older than 90 days?', 'how many vms older than 90 days'],
  ['aws-mid', 'which volumes are there without a server', 'list unattached volumes'],
  // What they are not.
  [
    'aws-mid',
    'stop the us-east-1 instances whose env is not prod',
    'stop all us-east-1 instances except prod',
  ],
  ['aws-mid', "list volumes whose env isn't prod", 'list volumes except prod'],
  // All of a name but some of them.
  ['aws-mid', 'reboot web-prod-* but leave 1 and 10 alone', 'reboot web-prod-2, web-prod-3 and web-prod-4'],
  ['aws-mid', 'reboot web-prod-* except 1 and 10', 'reboot web-prod-2, web-prod-3 and web-prod-4'],
  ['aws-mid', 'stop gitlab-runner-*, keep 1 running', 'stop gitlab-runner-2 and gitlab-runner-3'],
  // The place, the team or the noun that was said before.
  ['k8s-mid', 'worker-1 is slow. Restart all pods on that node', 'restart all pods on worker-1'],
  ['k8s-mid', 'worker-1 is slow, restart all the pods there', 'restart all pods on worker-1'],
  ['k8s-mid', 'staging is broken. restart all deployments there', 'restart all deployments in staging'],
  [
    'mixed',
    'need quiet on vmware: stop all prod vms there, just leave fileserver alone',
    'stop all prod vms on vmware except fileserver',
  ],
  [
    'aws-mid',
    'the data team is on holiday, stop their dev instances',
    'stop all dev instances tagged team=data',
  ],
  [
    'k8s-mid',
    'Everything unhealthy among the deployments in staging should be rolled back, please.',
    'roll back all unhealthy deployments in staging',
  ],
  [
    'k8s-mid',
    'of the staging deployments, roll back the unhealthy ones',
    'roll back all unhealthy deployments in staging',
  ],
  ['aws-mid', 'whatever the data team owns in dev, stop it', 'stop all dev instances tagged team=data'],
  // What they have and have not.
  ['openstack-small', 'list untagged volumes', 'list volumes'],
  ['aws-mid', 'make sure every dev instance has the tag ttl=7d', 'tag all dev instances with ttl=7d'],
  [
    'aws-mid',
    'Every machine of the data team should carry the tag cost-center=4711, please set that',
    'tag all instances tagged team=data with cost-center=4711',
  ],
  ['aws-mid', 'all dev volumes, give them the tag keep=no', 'tag all dev volumes with keep=no'],
  [
    'aws-mid',
    'Every server the legacy team owns should carry the tag retire=2027.',
    'tag all instances tagged team=legacy with retire=2027',
  ],
  // Tags that are taken off, and tags that say of which things.
  [
    'aws-mid',
    'strip the team tag from the instances with app=bastion',
    'remove the team tag from bastion and bastion-us',
  ],
  [
    'aws-mid',
    'remove app=bastion from all instances tagged app=bastion',
    'remove the app tag from bastion and bastion-us',
  ],
  // A slip in a part of their names.
  ['openstack-small', 'resiz both ci-runer vms to L.16', 'resize ci-runner-1 and ci-runner-2 to L.16'],
  // Both places.
  ['k8s-mid', 'restart cart, prod and staging alike', 'restart cart in prod and staging'],
  [
    'k8s-mid',
    'scale checkout + search to 3, prod and staging alike',
    'scale checkout and search in prod and staging to 3',
  ],
  // A list in the place of one thing.
  [
    'k8s-mid',
    'worker-1, worker-2 and worker-3 should not get new pods',
    'cordon worker-1, worker-2 and worker-3',
  ],
  ['k8s-mid', 'no new pods on worker-1 and worker-2', 'cordon worker-1 and worker-2'],
  ['aws-mid', 'jenkins and mail-relay need a fresh start', 'reboot jenkins and mail-relay'],
  ['aws-mid', 'tmp-export and tmp-import can go', 'delete volumes tmp-export and tmp-import'],
  ['openstack-small', 'no more 22 on web-sg and db-sg', 'close port 22 on web-sg and db-sg'],
  // What a set is to be, or has now.
  ['k8s-mid', 'completed jobs have to go', 'delete all completed jobs'],
  ['aws-mid', 'the unattached volumes under 50 GB can go', 'delete volumes tmp-export and tmp-import'],
  ['openstack-small', 'all stopped machines can go except web-01', 'delete the vm old-wiki'],
  ['k8s-mid', 'all deployments with one replica in prod should have two', 'scale web-admin to 2'],
  [
    'openstack-small',
    'Could all dev VMs be switched off, apart from the bastion? Finance is complaining.',
    'stop all dev vms except bastion',
  ],
  [
    'aws-mid',
    'volumes at 30 GB right now: grow each to 40',
    'resize web-prod-1-root, web-prod-2-root, web-prod-3-root and api-prod-1-root to 40 GB',
  ],
  ['k8s-mid', 'delete the pods that are not running in staging', 'delete all unhealthy pods in staging'],
  [
    'aws-mid',
    "start the machines that aren't running in frankfurt",
    'start all stopped machines in eu-central-1',
  ],
  [
    'openstack-small',
    'tag every vm that has the role web with wave equals blue',
    'tag all vms tagged role=web with wave=blue',
  ],
  // Counted, and named before.
  ['aws-mid', 'web-dev-1 and web-dev-2 are idle, stop both machines', 'stop web-dev-1 and web-dev-2'],
  [
    'aws-mid',
    'I think tmp-export and tmp-import are leftovers of mine, could you delete both volumes please?',
    'delete volumes tmp-export and tmp-import',
  ],
  // The place of a list.
  [
    'k8s-mid',
    'bring prod web and checkout to 6 pods each please',
    'scale web in prod and checkout in prod to 6',
  ],
  ['k8s-mid', 'search and cart of staging, both scale to 2', 'scale search and cart in staging to 2'],
  ['k8s-mid', 'cart + search in staging, 2 each', 'scale search and cart in staging to 2'],
  ['k8s-mid', 'staging: cart, search and web to 2', 'scale search, cart and web in staging to 2'],
  ['k8s-mid', 'all staging deployments: 0', 'scale all staging deployments to 0'],
  ['k8s-mid', 'cordon all nodes in eu-a and eu-c', 'cordon worker-1, worker-3, worker-4, worker-10 and cp-1'],
  ['aws-mid', 'api-prod-1/2/3 reboot pls', 'reboot api-prod-1, api-prod-2 and api-prod-3'],
  ['aws-mid', 'reboot web-prod 1 thru 3', 'reboot web-prod-1, web-prod-2 and web-prod-3'],
  // What they are counted by, and what is left out of a figure.
  ['k8s-mid', 'list all pods that were restarted more than 3 times', 'list pods with more than 3 restarts'],
  ['mixed', 'list all the VMs having status error or stopped', 'list vms that are in error or stopped'],
  ['aws-mid', 'start instances with tag env=dev and status stopped', 'start the stopped instances in dev'],
  ['openstack-small', 'list servers where status is error', 'list servers with status error'],
  ['openstack-small', 'remove all volumes which are not used by anybody', 'delete all unattached volumes'],
  ['mixed', 'all dev gitlab runners which are up, please restart', 'reboot all running gitlab runners'],
  [
    'aws-mid',
    'increase size of jenkins-home and ml-datasets by 20%',
    'grow jenkins-home and ml-datasets by 20%',
  ],
  [
    'aws-mid',
    'attach tag a=b to all databases and load balancers',
    'tag all databases and all load balancers with a=b',
  ],
  ['aws-mid', 'reboot the gitlab nodes', 'reboot the gitlab vms'],
  [
    'k8s-mid',
    'the two config maps called feature-flags can be deleted',
    'delete both feature-flags configmaps',
  ],
  [
    'aws-mid',
    'all api-prod instances: m5.xlarge',
    'resize api-prod-1, api-prod-2 and api-prod-3 to m5.xlarge',
  ],
  ['aws-mid', "I'd like all data-mongo volumes at 200 GB", 'resize all data-mongo volumes to 200 GB'],
  [
    'k8s-mid',
    'restart deployments that are unhealthy but are not in prod',
    'restart all unhealthy deployments outside prod',
  ],
  ['k8s-mid', 'restart the deployments that are not fully ready', 'restart all unhealthy deployments'],
  [
    'k8s-mid',
    'revert the image of cart and search in staging to the previous version',
    'roll back cart and search in staging',
  ],
  // All but one, two bounds, and what they are made of.
  ['aws-mid', 'close 22 everywhere but bastion-sg', 'close port 22 on all security groups except bastion-sg'],
  [
    'aws-mid',
    'close 22 on everything but bastion-sg',
    'close port 22 on all security groups except bastion-sg',
  ],
  ['k8s-mid', 'cordon all but worker-1', 'cordon all nodes except worker-1'],
  [
    'aws-mid',
    'snapshot the volumes bigger than 200 but smaller than 600 gb',
    'snapshot jenkins-home and etl-scratch',
  ],
  [
    'aws-mid',
    'reboot each web-prod machine except number 10',
    'reboot web-prod-1, web-prod-2, web-prod-3 and web-prod-4',
  ],
  ['aws-mid', 'web staging 1 and 2 stop', 'stop web-staging-1 and web-staging-2'],
  ['openstack-small', 'reboot all ubuntu machines in prod', 'reboot web-1, web-10 and app-prod-1'],
  [
    'aws-mid',
    'each web-prod root volume gets 20 GB more',
    'resize web-prod-1-root, web-prod-2-root and web-prod-3-root to 50 GB',
  ],
  ['aws-mid', 'volumes with no attachment: tag them a=b', 'tag all unattached volumes with a=b'],
  [
    'aws-mid',
    'strip teh app tag form bastion adn bastion-us',
    'remove the app tag from bastion and bastion-us',
  ],
  [
    'k8s-mid',
    'zone eu-a is going into maintenance, cordon every node there',
    'cordon worker-1, worker-4 and cp-1',
  ],
  // On what occasion.
  [
    'k8s-mid',
    'For the demo tomorrow I need web and checkout in staging at 3 replicas each',
    'scale web and checkout in staging to 3',
  ],
  ['aws-mid', "snapshot mongo-1's volume before tonight's upgrade", 'snapshot data-mongo-1'],
  [
    'aws-mid',
    'take a snapshot of every prod database before the release on monday',
    'snapshot all prod databases',
  ],
  ['k8s-mid', 'cordon worker-1 and worker-2 before the kernel update', 'cordon worker-1 and worker-2'],
  [
    'k8s-mid',
    'While the auditors are here, please pause all cronjobs in prod',
    'suspend all cronjobs in prod',
  ],
];

/** Neither a plan nor a list: what bounds the set is not known. */
const asked: readonly (readonly [string, string])[] = [
  ['aws-mid', 'list zorro vms'],
  ['aws-mid', 'which payments-team boxes are stopped?'],
  ['aws-mid', 'which marketing instances run in us-east-1?'],
  ['aws-mid', 'are there any encrypted volumes'],
  ['aws-mid', 'list volumes with 40 percent'],
  ['aws-mid', 'reboot web-prod-* except 77'],
  ['aws-mid', 'reboot web-prod-* but leave 2 replicas'],
  ['aws-mid', 'stop all instances whose owner is not bob'],
  ['aws-mid', 'stop all instances whose mood is not good'],
  ['aws-mid', 'delete volumes whose env is anything but prod'],
  ['k8s-mid', 'which deployments have no running pods'],
  ['aws-mid', "stop the marketing team's instances, all but vpn-gw"],
  ['aws-mid', "stop zorro's instances, all but vpn-gw"],
  ['aws-mid', 'How many machines does the marketing team have?'],
  ['aws-mid', "list bob's machines"],
  ['aws-mid', 'the data team and the platform team are away, stop their dev instances'],
  ['mixed', 'aws is expensive and vmware is slow: stop all dev vms there'],
  ['k8s-mid', 'worker-1 is slow and worker-2 too, restart all pods on that node'],
  ['k8s-mid', 'not worker-1: restart all pods on that node'],
  ['aws-mid', 'the data team is away. delete their dev instances'],
  ['aws-mid', 'delete whatever the data team owns'],
  ['aws-mid', 'Nobody needs the dev instances, jenkins excepted, so switch those off.'],
  ['aws-mid', 'delete all untagged volumes'],
  ['aws-mid', 'check that every dev instance has the tag team=data'],
  ['openstack-small', 'delete all untagged deployments'],
  ['aws-mid', 'delete all unattached volumes before the audit'],
  ['k8s-mid', 'delete prod web and checkout'],
  ['k8s-mid', 'restart prod web and cart in staging'],
  ['aws-mid', 'stop all vms for the interns'],
  ['aws-mid', 'delete everything but jenkins'],
  ['mixed', 'tag all bastions with audit=2026'],
  ['aws-mid', 'mongo-1, mongo-2 and mongo-3 are slow, reboot both machines'],
  ['k8s-mid', 'delete the pods not running on worker-4'],
  ['aws-mid', 'the tmp volumes can go if bob agrees'],
  ['aws-mid', 'can the tmp volumes go?'],
  ['aws-mid', 'delete all snapshots before the upgrade'],
  ['aws-mid', 'I think tmp-export and tmp-import are not mine, could you delete both volumes please?'],
  ['aws-mid', 'web-dev-1 or web-dev-2 is idle, stop both machines'],
  ['aws-mid', 'resize worker-prod-1 to c7g.xlarge'],
  ['aws-mid', 'all worker-prod machines to c7g.xlarge'],
];

describe('sets bounded by any sort of words', () => {
  for (const [inventory, text, command] of same)
    it(text, () => {
      const wanted = stepsOf(read(command, inventory));
      assert.ok(wanted.length > 0, command);
      assert.deepEqual(stepsOf(read(text, inventory)), wanted);
    });

  for (const [inventory, text] of asked)
    it(`asks: ${text}`, () => assert.equal(read(text, inventory).kind, 'clarify'));
});
