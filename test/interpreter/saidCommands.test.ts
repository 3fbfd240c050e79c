// Command lines as people say them: without the tool in front, with names for identifiers, several in a row, half in
// words. Each means what the plain order means. A call that is told of, asked about, or has an option that says what
// nothing here can, gives no plan; and every part of a reading knows the words as they were typed.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** By inventory: what was said, and the plain order. */
const same: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'aws-mid': [
    [
      'rds modify-db-instance users-prod --db-instance-class db.r6g.xlarge',
      'resize users-prod to db.r6g.xlarge',
    ],
    ['aws rds modify-db-instance users-prod db.r6g.xlarge', 'resize users-prod to db.r6g.xlarge'],
    ['rds restart users-prod', 'reboot database users-prod'],
    ['rds create-db-snapshot of orders-prod named before-x', 'snapshot database orders-prod named before-x'],
    [
      'rds stop-db-instance users-staging and orders-staging',
      'stop databases users-staging and orders-staging',
    ],
    [
      'ec2 associate-address --public-ip 54.20.0.2 --instance-id i-0ffd8e7f',
      'assign 54.20.0.2 to mail-relay',
    ],
    ['associate-address web-prod-1 52.10.0.3', 'assign 52.10.0.3 to web-prod-1'],
    ['ec2 disassociate-address 54.20.0.1', 'unassign floating ip 54.20.0.1'],
    ['could you ec2 reboot-instances web-prod-3?', 'reboot web-prod-3'],
    ['please run ec2 reboot-instances on web-prod-3', 'reboot web-prod-3'],
    ['StopInstances web-dev-1', 'stop web-dev-1'],
    ['EC2 STOP-INSTANCES WEB-DEV-1', 'stop web-dev-1'],
    ['`ec2 stop-instances web-dev-1`', 'stop web-dev-1'],
    ['stop-instances --instance-ids web-dev-1 worker-dev-1', 'stop web-dev-1 and worker-dev-1'],
    ['stop-instances web-dev-1, worker-dev-1 and api-dev-1', 'stop web-dev-1, worker-dev-1 and api-dev-1'],
    ['aws ec2 stop-instances, all t3.small in eu-west-1', 'stop all t3.small instances in eu-west-1'],
    [
      'ec2 reboot-instances mongo-1 mongo-2 one after the other',
      'reboot mongo-1, mongo-2 one after the other',
    ],
    ['we need an ec2 reboot-instances on web-prod-3', 'reboot web-prod-3'],
    ['ec2 delete-tags team from api-dev-1', 'remove tag team from api-dev-1'],
    ['ec2 stop-instances all running ones in eu-central-1', 'stop all running instances in eu-central-1'],
    [
      'ec2 start-instances --filters Name=instance-state-name,Values=stopped Name=tag:env,Values=dev',
      'start the stopped instances in dev',
    ],
    ['aws ec2 terminate-instances --filters Name=tag:app,Values=poc', 'delete instances with app=poc'],
    [
      'aws ec2 terminate-instances --filters "Name=tag:app,Values=poc" except poc-elastic',
      'delete instances with app=poc except poc-elastic',
    ],
    ['ec2 describe-instances --filters Name=tag:team,Values=platform', 'list instances with team=platform'],
    ['ec2 describe-snapshots older than 90 days', 'list snapshots older than 90 days'],
    ['cloudwatch describe-alarms', 'list alerts'],
    [
      'ec2 create-snapshot for the volumes web-prod-1-root and web-prod-2-root',
      'snapshot the volumes web-prod-1-root and web-prod-2-root',
    ],
    [
      'ec2 create-tags Key=schedule,Value=office-hours on all us-east-1 instances except web-1 and bastion-us',
      'tag all us-east-1 instances except web-1 and bastion-us with schedule=office-hours',
    ],
    [
      'create-tags --tags Key=a,Value=b on web-prod-1 and web-prod-2 please',
      'tag web-prod-1 and web-prod-2 with a=b',
    ],
    ['tag web-prod-1 with Key=owner,Value=nadia', 'tag web-prod-1 with owner=nadia'],
    ['ec2 delete-tags Key=team on web-prod-1', 'remove tag team from web-prod-1'],
    ['ec2 modify-volume mail-spool --size 60', 'resize volume mail-spool to 60 GB'],
    [
      'ec2 modify-volume --volume-id vol-4f02 --size 60, then create-snapshot of it',
      'resize volume mail-spool to 60 GB, then snapshot it',
    ],
    ['ec2 attach-volume --volume-id tmp-import --instance-id web-prod-1', 'attach tmp-import to web-prod-1'],
    [
      'ec2 create-volume scratch-2 --size 50 --availability-zone eu-west-1a',
      'create volume scratch-2 with 50 GB in eu-west-1',
    ],
    [
      'ec2 run-instances --image-id golden-api-2026-11 --instance-type m5.large, name it api-canary, then associate-address 52.10.0.3 with it',
      'create instance api-canary from golden-api-2026-11 with type m5.large, then assign 52.10.0.3 to it',
    ],
    [
      'ec2 run-instances --image-id golden-api-2026-11 --instance-type t3.small --count 2 named lab',
      'create 2 instances named lab from golden-api-2026-11 with type t3.small',
    ],
    ['ec2 modify-instance-attribute web-dev-1 t3.medium', 'resize web-dev-1 to t3.medium'],
    [
      'authorize-security-group-ingress web-sg 8443 from 10.0.0.0/8',
      'open port 8443 on web-sg from 10.0.0.0/8',
    ],
    [
      'ec2 stop-instances web-dev-1 && rds restart users-prod',
      'stop web-dev-1, then reboot database users-prod',
    ],
    ['az vm deallocate -n web-dev-1', 'stop web-dev-1'],
    ['az disk update -n mail-spool --size-gb 60', 'resize volume mail-spool to 60 GB'],
    ['gcloud compute instances stop web-dev-1 --zone eu-west-1', 'stop web-dev-1'],
    ['gcloud compute disks resize mail-spool --size=60GB', 'resize volume mail-spool to 60 GB'],
    ['gcloud compute instances attach-disk web-prod-1 --disk tmp-import', 'attach tmp-import to web-prod-1'],
  ],
  'openstack-small': [
    ['server stop the two ci runners', 'stop the two ci runners'],
    ['openstack server stop the two ci runners', 'stop the two ci runners'],
    ['server reboot web-1 --hard', 'hard reboot web-1'],
    ['server set web-1 --property owner=nadia', 'tag web-1 with owner=nadia'],
    ['server unset web-1 --property role', 'remove tag role from web-1'],
    [
      'nova boot --flavor S.2 --image debian-12 canary',
      'create server canary with flavor S.2 from debian-12',
    ],
    ['cinder extend scratch 40', 'resize volume scratch to 40 GB'],
    [
      'volume create --size 20 foo and attach it to web-1',
      'create volume foo with 20 GB and attach it to web-1',
    ],
    [
      'volume create foo --size 20, then server add volume web-1 foo',
      'create volume foo with 20 GB, then attach it to web-1',
    ],
    [
      'server create canary --flavor S.2 --image debian-12, then server add floating ip canary 203.0.113.11',
      'create server canary with flavor S.2 from debian-12, then assign 203.0.113.11 to it',
    ],
    ['server resize --flavor M.8 web-1', 'resize web-1 to M.8'],
    ['volume snapshot create of vol-data', 'snapshot volume vol-data'],
    ['server remove floating ip db-1', 'unassign the floating ip of db-1'],
    ['volume create 50G named logs', 'create volume logs with 50 GB'],
    ['security group rule delete web-sg port 443', 'close port 443 on web-sg'],
    ['openstack server reboot web-1, then volume delete scratch', 'reboot web-1, then delete volume scratch'],
    ['openstack server list --long where status is error', 'list servers with status error'],
    ['server list --status ERROR', 'list servers with status error'],
    ['volume list unattached', 'list unattached volumes'],
  ],
  'k8s-mid': [
    ['rollout restart deploy/cart prod pls', 'restart deployment cart in prod'],
    ['k rollout restart deploy cart ns prod', 'restart deployment cart in prod'],
    ['rollout restart deploy/cart, ns prod', 'restart deployment cart in prod'],
    ['k rollout undo deploy cart prod', 'roll back deployment cart in prod'],
    ['scale deploy/web 5 staging', 'scale deployment web to 5 in staging'],
    ['k scale deploy web replicas=5 staging', 'scale deployment web to 5 in staging'],
    ['oc scale dc/web --replicas=5 -n staging', 'scale deployment web to 5 in staging'],
    ['oc new-project loadtest', 'create namespace loadtest'],
    [
      'k set image deploy/web web=nginx:1.27 in staging',
      'set image of deployment web in staging to nginx:1.27',
    ],
    ['k logs deploy/cart in prod --tail 50', 'last 50 lines of the logs of deployment cart in prod'],
    ['k drain worker-5, then cordon worker-4', 'drain worker-5, then cordon worker-4'],
  ],
  mixed: [
    ['aws ec2 terminate-instances poc-elastic', 'delete poc-elastic'],
    [
      'revoke-security-group-ingress ci-sg port 22, authorize-security-group-ingress ci-sg port 2222',
      'close port 22 on ci-sg, open port 2222 on ci-sg',
    ],
    ['openstack server stop web-1', 'stop the openstack vm web-1'],
    ['govc vm.power -off web-1', 'stop the vsphere vm web-1'],
    ['vm.power -off erp-01 and erp-02, they are idle', 'stop erp-01 and erp-02'],
    ['govc vm.power -reset erp-01', 'hard reboot erp-01'],
    [
      'govc vm.power -off erp-01, then snapshot.create -vm erp-01 before-x',
      'stop erp-01, then snapshot it named before-x',
    ],
    ['govc host.maintenance.enter esx-01', 'put host esx-01 into maintenance'],
    ['govc vm.migrate -host esx-02 erp-01', 'migrate erp-01 to esx-02'],
  ],
};

/** By inventory: what orders nothing, or not this. */
const noPlan: Readonly<Record<string, readonly string[]>> = {
  'aws-mid': [
    "don't ec2 terminate-instances poc-elastic",
    'bob ran terminate-instances on poc-elastic',
    'who did terminate-instances on poc-elastic?',
    'what happens if i ec2 terminate-instances poc-elastic',
    'should i ec2 terminate-instances poc-elastic?',
    'ec2 terminate-instances poc-elastic if nobody uses it',
    'ec2 terminate-instances poc-elastic tomorrow',
    'ec2 terminate-instances',
    'ec2 terminate-instances all',
    'ec2 stop-instances',
    'ec2 stop-instances --instance-ids prod',
    'ec2 stop-instances fails for web-prod-1',
    'ec2 stop-instances on web-dev-1 failed',
    "ec2 stop-instances web-dev-1 doesn't work",
    'ec2 stop-instances web-dev-1 was done already',
    'tom will ec2 stop-instances web-dev-1',
    'we already did ec2 stop-instances web-dev-1',
    'ec2 stop-instances web-dev-1 or web-dev-2',
    'ec2 stop-instances web-dev-1 --region us-east-1',
    'ec2 stop-instances web-prod-1 --profile other',
    'ec2 stop-instances web-dev-1 || ec2 start-instances web-dev-1',
    'for i in web-dev-1 web-dev-2; do ec2 stop-instances $i; done',
    'ec2 create-tags --tags Key=a,Value=b on web-prod-1 --frob x',
    'Dave ran aws ec2 stop-instances on web-dev-2 by mistake',
    'ec2 stop-instances web-dev-1; tom will start-instances it later',
    'ec2 terminate-instances web-prod-99',
    'ec2 create-snapshot of data-mongo-1, then terminate-instances it',
    'rds modify-db-instance users-prod --allocated-storage 200',
    'rds modify-db-instance users-prod --db-instance-class db.r6g.xlarge --multi-az',
    'ec2 run-instances --image-id golden-api-2026-11 --instance-type t3.small --user-data x.sh named lab',
    'az vm deallocate -n web-dev-1 -g web-rg',
    'az group delete -n prod',
    'gcloud compute ssh web-prod-1',
  ],
  'openstack-small': [
    'server stop failing since noon',
    'server reboot of web-1 did not help',
    'server delete was run by bob on old-wiki',
    'the script will server delete old-wiki',
    'server delete all',
    'server stop web-1 tomorrow',
    'server set --name web-2 web-1',
    'volume create failed for web-1',
    'nova is down on web-1',
  ],
  'k8s-mid': [
    'our pipeline will k delete ns dev',
    'tom did k cordon worker-5',
    'k drain worker-5 hangs',
    'restart deployment cart, staging is broken',
    'helm uninstall cart -n prod',
    'helm rollback cart -n prod',
  ],
  mixed: ['aws ec2 stop-instances web-1', 'who ran govc vm.power -off erp-01?', 'govc vm.power erp-01'],
};

describe('command lines as they are said', () => {
  for (const [inventory, rows] of Object.entries(same))
    for (const [text, order] of rows)
      it(text, () => {
        const plain = read(order, inventory);
        assert.match(plain.kind, /^(plan|query)$/);
        assert.deepEqual(stepsOf(read(text, inventory)), stepsOf(plain));
      });

  for (const [inventory, texts] of Object.entries(noPlan))
    for (const text of texts)
      it(`gives no plan: ${text}`, () => {
        assert.notEqual(read(text, inventory).kind, 'plan');
      });

  it('tells of the words as they were typed', () => {
    const text = 'please ec2 stop-instances --instance-ids web-dev-1, then start-instances web-dev-2';
    const reading = read(text, 'aws-mid');
    assert.ok(reading.kind === 'plan');
    assert.equal(reading.text, text);
    const said = reading.steps.flatMap((step) => step.evidence);
    for (const one of said) assert.equal(one.text, text.slice(one.start, one.end));
    const wordsOf = (part: string): readonly string[] =>
      said.filter((one) => one.part === part).map((one) => one.text);
    assert.deepEqual(wordsOf('target'), ['ec2 stop-instances', 'web-dev-1', 'start-instances', 'web-dev-2']);
    assert.deepEqual(wordsOf('verb'), ['ec2 stop-instances', 'start-instances']);
  });
});
