// What was said to a microphone, typed in a hurry or chatted: it gives the plan of the same order written with care, and
// asks where it could mean two things or is put off.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import type { Interpreter } from '../../daemon/interpreter/contract.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import { stepsOf } from './compare.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;
const worlds = new Map<string, { readonly interpreter: Interpreter; readonly nowMs: number }>();

function read(text: string, inventory: string) {
  let world = worlds.get(inventory);
  if (!world) {
    const fixture = readFixture(folder, inventory);
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: fixture.resources, removes: [] });
    world = { interpreter, nowMs: fixture.nowMs };
    worlds.set(inventory, world);
  }
  return world.interpreter.read({ text, nowMs: world.nowMs });
}

describe('what is said, typed in a hurry or chatted', () => {
  for (const [inventory, text, order] of [
    // What sounds like a number, or a number that sounds like a word.
    ['aws-mid', 'stop worker prod one and worker prod too', 'stop worker-prod-1 and worker-prod-2'],
    ['aws-mid', 'restart web dash prod dash for', 'reboot web-prod-4'],
    ['aws-mid', 'open port four four three on ci dash sg', 'open port 443 on ci-sg'],
    ['openstack-small', 'attach scratch two web dash ten', 'attach scratch to web-10'],
    ['openstack-small', 'resize web ten two m dot eight', 'resize web-10 to M.8'],
    ['k8s-mid', 'scale web in prod to for', 'scale web in prod to 4'],
    ['k8s-mid', 'roll back search in prod to revision for', 'roll back search in prod to revision 4'],
    ['k8s-mid', 'restart web in prod too', 'restart web in prod'],
    [
      'openstack-small',
      'spin up a M.8 ubuntu box called test-5',
      'create a M.8 vm named test-5 from image ubuntu-24.04',
    ],
    [
      'aws-mid',
      'kindly terminate the instance poc-kafka at the earliest',
      'terminate the instance poc-kafka',
    ],
    ['k8s-mid', 'make worker-3 not schedulable', 'cordon worker-3'],
    // Letters, marks and digits said aloud.
    [
      'aws-mid',
      'resize the billing dash prod database to d b dot r six g dot x large',
      'resize billing-prod to db.r6g.xlarge',
    ],
    ['aws-mid', 'resize web dash prod dash three to t three dot xlarge', 'resize web-prod-3 to t3.xlarge'],
    ['aws-mid', 'make a keypair called night dash shift', 'make a keypair called night-shift'],
    ['mixed', 'stop the v m erp dash test on vmware', 'stop the vm erp-test on vmware'],
    ['openstack-small', 'stop both of the c i runners', 'stop both ci runners'],
    [
      'aws-mid',
      'detach the e t l scratch volume from its machine',
      'detach the etl-scratch volume from its machine',
    ],
    ['k8s-mid', 'scale payments dash a p i to six', 'scale payments-api to 6'],
    ['k8s-mid', 'cordon all nodes in zone eu dash a', 'cordon all nodes in zone eu-a'],
    ['openstack-small', 'tag web-1 with team equals data', 'tag web-1 with team=data'],
    [
      'openstack-small',
      'give two hundred three dot zero dot one hundred thirteen dot twelve to web dash ten',
      'give 203.0.113.12 to web-10',
    ],
    ['openstack-small', 'open port eighty eighty on web dash sg', 'open port 8080 on web-sg'],
    ['openstack-small', 'open eighty four forty three on web-sg', 'open port 8443 on web-sg'],
    ['openstack-small', 'open port thirty three oh six on db-sg', 'open port 3306 on db-sg'],
    ['openstack-small', 'open port nine thousand ninety on web-sg', 'open port 9090 on web-sg'],
    ['openstack-small', 'open four forty three on web-sg', 'open port 443 on web-sg'],
    // Names by their number.
    ['mixed', 'reboot erp oh one and erp oh two', 'reboot erp-01 and erp-02'],
    ['aws-mid', 'stop gitlab runner one and two', 'stop gitlab-runner-1 and gitlab-runner-2'],
    ['aws-mid', 'stop gitlab-runner-1, 2 and 3', 'stop gitlab-runner-1, gitlab-runner-2 and gitlab-runner-3'],
    [
      'aws-mid',
      'reboot web prod 1 web prod 2 and web prod 3 but not number 4',
      'reboot web-prod-1, web-prod-2 and web-prod-3',
    ],
    ['k8s-mid', 'cordon worker one two and three', 'cordon worker-1, worker-2 and worker-3'],
    // Steps in one breath.
    [
      'k8s-mid',
      'cordon worker one drain it and when that is done restart the node exporter daemonset',
      'cordon worker-1, drain it, then restart the node-exporter daemonset',
    ],
    [
      'aws-mid',
      'stop jenkins snapshot jenkins-home start jenkins',
      'stop jenkins, snapshot jenkins-home, start jenkins',
    ],
    [
      'openstack-small',
      'detach vol-web-1 from web-1 attach it to web-10',
      'detach vol-web-1 from web-1, attach it to web-10',
    ],
    ['aws-mid', 'api-sg: close 8080 open 443', 'api-sg: close 8080, open 443'],
    [
      'aws-mid',
      'jenkins is too small move it up to an m5.large',
      'jenkins is too small, move it up to an m5.large',
    ],
    // Thinking aloud.
    [
      'mixed',
      'um so snapshot fileserver you know and then power it off',
      'snapshot fileserver and then power it off',
    ],
    ['openstack-small', 'ok snapshot ci-runner-2 then like stop it', 'snapshot ci-runner-2 then stop it'],
    ['aws-mid', 'lol ok snapshot users-prod, then reboot it kthx', 'snapshot users-prod, then reboot it'],
    // Chat.
    ['openstack-small', 'stoppp web-1 pleeease', 'stop web-1'],
    [
      'k8s-mid',
      'restart grafana, then scale it to 2, ill look at it when im awake',
      'restart grafana, then scale it to 2',
    ],
    ['k8s-mid', 'cordon worker-1, pls dont mix it up', 'cordon worker-1'],
    // Slips.
    ['openstack-small', 'taag all prod machnes with backup=daily', 'tag all prod machines with backup=daily'],
    ['k8s-mid', 'rolbak loki to revison 5', 'roll back loki to revision 5'],
    ['openstack-small', 'lsit secuirty gruops', 'list security groups'],
    ['k8s-mid', 'restrat evry statefulset in prod', 'restart every statefulset in prod'],
    [
      'aws-mid',
      'rebot all gitlab runers that are curently runnig',
      'reboot all gitlab runners that are currently running',
    ],
    ['aws-mid', 'lsit snapshots oldr thn a week', 'list snapshots older than a week'],
    ['k8s-mid', 'sclae web in staging to thre', 'scale web in staging to 3'],
  ] as const)
    it(`is read: ${text}`, () => {
      const plain = stepsOf(read(order, inventory));
      assert.ok(plain.length > 0, order);
      assert.deepEqual(stepsOf(read(text, inventory)), plain);
    });

  for (const [inventory, text] of [
    ['openstack-small', 'open twenty two eighty on web-sg'],
    ['openstack-small', 'stop db-1 rather than delete it'],
    ['openstack-small', 'snapshot db-1 then i will delete it'],
    ['openstack-small', 'stop db-1 maybe delete it'],
    ['openstack-small', 'stop db-1 do not delete it'],
    ['openstack-small', 'stop web-01 dont delete it'],
    ['openstack-small', 'delete web-01, i would rather keep it'],
    ['openstack-small', 'delete web-01, im kidding'],
    ['openstack-small', 'stop web-1, i have to ask my boss'],
    ['openstack-small', 'reboot web-1, ill tell you when'],
    ['aws-mid', 'delete all dev vms, other you know than bastion'],
    ['openstack-small', 'delete web dash one hundred'],
    ['openstack-small', 'delete web dash one one'],
    ['openstack-small', 'delete web one one'],
  ] as const)
    it(`is asked about: ${text}`, () => {
      assert.equal(read(text, inventory).kind, 'clarify');
    });

  it('snapshots first and destroys nothing that is only spoken of', () => {
    const steps = stepsOf(read('take a snapshot of db-1 before we delete it', 'openstack-small'));
    assert.deepEqual(
      steps.map(({ op }) => op),
      ['snapshot.vm'],
    );
  });
});
