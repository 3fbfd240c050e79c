// The AWS executor on the services beside EC2, against moto: databases, load balancers, ECS, auto-scaling groups,
// functions, alarms and metrics, made past the executor and then seen and changed by it.

import assert from 'node:assert/strict';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type AwsHome, keys, makeAwsHome } from '../../executors/aws/home.ts';
import { blockers, previewStep, readKind } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { type AwsApi, createAwsApi, textOf } from './awsApi.ts';
import { type Front, startFront } from './awsFront.ts';
import type { Moto } from './moto.ts';
import { runSettled } from './runSettled.ts';

describe('the AWS executor on the services beside EC2', function () {
  this.timeout(120_000);
  let moto: Moto;
  let front: Front;
  let home: AwsHome;
  let aws: Executor;
  let api: AwsApi;
  let subnets: readonly string[];

  before(async function () {
    const lab = await requireLab('aws', this);
    moto = await lab.start();
    front = await startFront(moto.endpoint);
    api = createAwsApi(moto.endpoint);
    home = await makeAwsHome(
      `[profile dev]\nregion = eu-central-1\nendpoint_url = ${front.endpoint}\n${keys('AKIALAB')}`,
    );
    aws = await home.open('dev', { cloudPollFirstMs: 150, cloudPollMs: 500 });
    const listed = await api.query('ec2', 'DescribeSubnets');
    subnets = [...listed.matchAll(/<subnetId>(subnet-[0-9a-f]+)<\/subnetId>/g)].map((match) => match[1]!);
  });
  after(async () => {
    await home?.dispose();
    await front?.dispose();
    await moto?.dispose();
  });

  const step = (operation: string, target: Resource, args: object = {}) =>
    runSettled(aws, { operation, target, args: args as Record<string, string> });
  const named = async (kind: string, name: string): Promise<Resource> => {
    const found = (await readKind(aws, kind)).find((one) => one.name === name);
    assert.ok(found, `no ${kind} ${name}`);
    return found;
  };
  const relationsOf = async (source: string, id: string) =>
    (
      await aws.sources.find((one) => one.name === source)!.read({ signal: AbortSignal.timeout(30_000) })
    ).relations
      .filter((edge) => edge.from === id)
      .map((edge) => `${edge.type} ${edge.to.split(':')[1]}`);

  describe('a database', () => {
    let db: Resource;
    before(async () => {
      await api.query('rds', 'CreateDBInstance', {
        DBInstanceIdentifier: 'orders',
        Engine: 'postgres',
        DBInstanceClass: 'db.t3.medium',
        AllocatedStorage: 20,
        MasterUsername: 'admin1',
        MasterUserPassword: 'open-sesame',
      });
      db = await named('database', 'orders');
    });

    it('is seen as it is, without its password', () => {
      assert.equal(db.status, 'available');
      assert.equal(db.attributes.flavor, 'db.t3.medium');
      assert.match(String(db.attributes.engine), /^postgres/);
      assert.ok(!JSON.stringify(db).includes('sesame'));
    });

    it('stops, starts and reboots', async () => {
      const stopped = await step('stop.database', db);
      assert.equal(stopped.verification.resource?.status, 'stopped');
      assert.ok(stopped.preview.notes.some((note) => /after seven days/.test(note.message)));
      const refused = await previewStep(aws, { operation: 'reboot.database', target: db });
      assert.match(blockers(refused)[0]!, /is stopped/);
      assert.equal((await step('start.database', db)).verification.resource?.status, 'available');
    });

    it('is resized to a class RDS has, and to no other', async () => {
      const resized = await step('resize.database', db, { flavor: 't3.large' });
      assert.equal(resized.verification.resource?.attributes.flavor, 'db.t3.large');
      const none = await previewStep(aws, {
        operation: 'resize.database',
        target: db,
        args: { flavor: 'db.nope' },
      });
      assert.match(blockers(none)[0]!, /no class db\.nope/);
    });

    it('is snapshot under a name of its own, found again by its mark, and the snapshot deleted', async () => {
      const made = await step('snapshot.database', db);
      const snapshot = made.verification.resource!;
      assert.match(snapshot.id, /:snapshot\/rds\/orders-snap-/);
      assert.equal(snapshot.attributes.source, db.id);
      assert.deepEqual(await relationsOf('snapshots', snapshot.id), ['CREATED_FROM database/orders']);
      await step('delete.snapshot', snapshot);
    });

    it('is tagged', async () => {
      assert.equal(
        (await step('tag.database', db, { tags: { team: 'shop' } })).verification.resource?.tags.team,
        'shop',
      );
      await step('untag.database', db, { keys: ['team'] });
    });

    it('is deleted only with a last snapshot, which is named before', async () => {
      await api.query('rds', 'ModifyDBInstance', {
        DBInstanceIdentifier: 'orders',
        DeletionProtection: 'true',
      });
      const guarded = await previewStep(aws, { operation: 'delete.database', target: db });
      assert.match(blockers(guarded)[0]!, /protected against deletion/);
      await api.query('rds', 'ModifyDBInstance', {
        DBInstanceIdentifier: 'orders',
        DeletionProtection: 'false',
      });
      const gone = await step('delete.database', db);
      const name = /last snapshot, (orders-final-[\d-]+)\.$/.exec(gone.preview.effect)?.[1];
      assert.ok(name, gone.preview.effect);
      assert.ok(gone.preview.notes.some((note) => /automated backups go with it/.test(note.message)));
      assert.equal(gone.verification.gone, true);
      assert.equal((await named('snapshot', name)).attributes.source, db.id);
    });
  });

  describe('databases that hang together', () => {
    const made = { Engine: 'aurora-postgresql', DBInstanceClass: 'db.t3.medium' };
    const owner = { MasterUsername: 'admin1', MasterUserPassword: 'open-sesame' };

    it('stops and deletes no member of an Aurora cluster, and names what is to be done instead', async () => {
      await api.query('rds', 'CreateDBCluster', {
        DBClusterIdentifier: 'carts',
        Engine: made.Engine,
        ...owner,
      });
      await api.query('rds', 'CreateDBInstance', {
        ...made,
        DBInstanceIdentifier: 'carts-1',
        DBClusterIdentifier: 'carts',
      });
      const member = await named('database', 'carts-1');
      assert.equal(member.attributes.aurora_cluster, 'carts');
      const stopped = await previewStep(aws, { operation: 'stop.database', target: member });
      assert.match(blockers(stopped)[0]!, /carts-1 is a member of the Aurora cluster carts/);
      assert.match(JSON.stringify(stopped.notes), /stop-db-cluster .*--db-cluster-identifier carts/);
      const deleted = await previewStep(aws, { operation: 'delete.database', target: member });
      assert.match(blockers(deleted)[0]!, /member of the Aurora cluster carts, which keeps its data/);
    });

    it('says what becomes of read replicas, and deletes one without a last snapshot', async () => {
      const plain = { Engine: 'postgres', DBInstanceClass: 'db.t3.medium', AllocatedStorage: 20, ...owner };
      await api.query('rds', 'CreateDBInstance', { ...plain, DBInstanceIdentifier: 'stock' });
      await api.query('rds', 'CreateDBInstanceReadReplica', {
        DBInstanceIdentifier: 'stock-copy',
        SourceDBInstanceIdentifier: 'stock',
      });
      const source = await previewStep(aws, {
        operation: 'delete.database',
        target: await named('database', 'stock'),
      });
      assert.match(JSON.stringify(source.notes), /read replicas become databases of their own: stock-copy/);
      const copy = await previewStep(aws, {
        operation: 'delete.database',
        target: await named('database', 'stock-copy'),
      });
      assert.match(copy.effect, /Deletes the read replica stock-copy; its source stays as it is/);
    });
  });

  it('sees a load balancer with what it sends to', async () => {
    const made = await api.query('elasticloadbalancing', 'CreateLoadBalancer', {
      Name: 'front',
      'Subnets.member.1': subnets[0]!,
      'Subnets.member.2': subnets[1]!,
    });
    const vpc = textOf(await api.query('ec2', 'DescribeVpcs'), 'vpcId');
    const group = await api.query('elasticloadbalancing', 'CreateTargetGroup', {
      Name: 'web',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: vpc,
    });
    const ran = await api.query('ec2', 'RunInstances', {
      ImageId: 'ami-0a1b2c3d4e5f60002',
      MinCount: 1,
      MaxCount: 1,
    });
    const target = textOf(group, 'TargetGroupArn');
    await api.query('elasticloadbalancing', 'RegisterTargets', {
      TargetGroupArn: target,
      'Targets.member.1.Id': textOf(ran, 'instanceId'),
    });
    await api.query('elasticloadbalancing', 'CreateListener', {
      LoadBalancerArn: textOf(made, 'LoadBalancerArn'),
      Protocol: 'HTTP',
      Port: 80,
      'DefaultActions.member.1.Type': 'forward',
      'DefaultActions.member.1.TargetGroupArn': target,
    });
    const balancer = await named('load-balancer', 'front');
    assert.equal(balancer.attributes.targets, 1);
    const edges = await relationsOf('load balancers', balancer.id);
    assert.ok(edges.includes(`TARGETS vm/${textOf(ran, 'instanceId')}`), edges.join(', '));
    assert.ok(edges.includes(`IN_NETWORK network/${vpc}`));
    const tagged = await step('tag.load-balancer', balancer, { tags: { team: 'web' } });
    assert.equal(tagged.verification.resource?.tags.team, 'web');
    assert.equal((await step('delete.load-balancer', balancer)).verification.gone, true);
  });

  describe('ECS', () => {
    let service: Resource;
    before(async () => {
      await api.ecs('CreateCluster', { clusterName: 'shop' });
      const container = { name: 'app', image: 'nginx:1', memory: 64 };
      await api.ecs('RegisterTaskDefinition', { family: 'cart', containerDefinitions: [container] });
      await api.ecs('RegisterTaskDefinition', {
        family: 'cart',
        containerDefinitions: [{ ...container, image: 'nginx:2' }],
      });
      await api.ecs('CreateService', {
        cluster: 'shop',
        serviceName: 'cart',
        taskDefinition: 'cart:2',
        desiredCount: 2,
      });
      service = await named('deployment', 'cart');
    });

    it('shows the cluster and the service in it', async () => {
      assert.equal((await named('cluster', 'shop')).status, 'active');
      assert.equal(service.attributes.replicas, 2);
      assert.equal(service.attributes.revision, 2);
      assert.equal(service.namespace, 'shop');
      const edges = await relationsOf('services and auto-scaling groups', service.id);
      assert.ok(edges.includes('MEMBER_OF cluster/shop'));
    });

    it('scales, and has nothing to do when it is scaled', async () => {
      const scaled = await step('scale.deployment', service, { replicas: 5 });
      assert.equal(scaled.verification.resource?.attributes.replicas, 5);
      assert.match(scaled.verification.observed, /wants 5 and has 5 ready/);
      const again = await previewStep(aws, {
        operation: 'scale.deployment',
        target: service,
        args: { replicas: 5 },
      });
      assert.equal(again.idle, true);
    });

    it('restarts by a new rollout', async () => {
      const restarted = await step('rollout-restart.deployment', service);
      assert.notEqual(restarted.verification.resource?.attributes.rollout_id, service.attributes.rollout_id);
    });

    it('rolls back to the revision before, and to no other that is not there', async () => {
      const back = await step('rollback.deployment', service);
      assert.equal(back.verification.resource?.attributes.revision, 1);
      const none = await previewStep(aws, {
        operation: 'rollback.deployment',
        target: service,
        args: { to_revision: 9 },
      });
      assert.match(blockers(none)[0]!, /no active revision 9/);
    });

    it('is tagged', async () => {
      const tagged = await step('tag.deployment', service, { tags: { tier: 'front' } });
      assert.equal(tagged.verification.resource?.tags.tier, 'front');
    });
  });

  describe('an auto-scaling group', () => {
    let group: Resource;
    before(async () => {
      await api.query('autoscaling', 'CreateLaunchConfiguration', {
        LaunchConfigurationName: 'lc',
        ImageId: 'ami-0a1b2c3d4e5f60002',
        InstanceType: 't3.micro',
      });
      await api.query('autoscaling', 'CreateAutoScalingGroup', {
        AutoScalingGroupName: 'workers',
        LaunchConfigurationName: 'lc',
        MinSize: 1,
        MaxSize: 4,
        DesiredCapacity: 2,
        VPCZoneIdentifier: subnets[0]!,
      });
      group = await named('deployment', 'workers');
    });

    it('scales within its bounds, and its instances know it', async () => {
      const over = await previewStep(aws, {
        operation: 'scale.deployment',
        target: group,
        args: { replicas: 9 },
      });
      assert.match(blockers(over)[0]!, /at most 4/);
      const scaled = await step('scale.deployment', group, { replicas: 3 });
      assert.equal(scaled.verification.resource?.attributes.replicas, 3);
      const vms = await readKind(aws, 'vm');
      const member = vms.find((one) => one.tags['aws:autoscaling:groupName'] === 'workers')!;
      const edges = await relationsOf('instances', member.id);
      assert.ok(edges.includes('MEMBER_OF deployment/scaling/workers'), edges.join(', '));
      const stop = await previewStep(aws, { operation: 'stop.vm', target: member });
      assert.ok(stop.notes.some((note) => /belongs to the auto-scaling group workers/.test(note.message)));
    });
  });

  it('sees alarms as alerts, with what they are about', async () => {
    const ran = await api.query('ec2', 'RunInstances', {
      ImageId: 'ami-0a1b2c3d4e5f60002',
      MinCount: 1,
      MaxCount: 1,
    });
    const id = textOf(ran, 'instanceId');
    await api.query('monitoring', 'PutMetricAlarm', {
      AlarmName: 'hot',
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/EC2',
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 90,
      ComparisonOperator: 'GreaterThanThreshold',
      'Dimensions.member.1.Name': 'InstanceId',
      'Dimensions.member.1.Value': id,
    });
    await api.query('monitoring', 'SetAlarmState', {
      AlarmName: 'hot',
      StateValue: 'ALARM',
      StateReason: 'test',
    });
    const alert = await named('alert', 'hot');
    assert.equal(alert.status, 'firing');
    assert.equal(alert.health, 'error');
    assert.match(String(alert.attributes.resource), new RegExp(`:vm/${id}$`));
    assert.deepEqual(await relationsOf('alarms', alert.id), [`DEPENDS_ON vm/${id}`]);
  });

  it('reads metrics in our units, for one over a time and for all at their newest', async () => {
    const ran = await api.query('ec2', 'RunInstances', {
      ImageId: 'ami-0a1b2c3d4e5f60002',
      MinCount: 1,
      MaxCount: 1,
    });
    const id = textOf(ran, 'instanceId');
    const at = new Date(Date.now() - 6 * 60_000).toISOString();
    for (const [index, [name, value]] of (
      [
        ['CPUUtilization', 42],
        ['NetworkIn', 150_000_000],
        ['NetworkOut', 150_000_000],
      ] as const
    ).entries())
      await api.query('monitoring', 'PutMetricData', {
        Namespace: 'AWS/EC2',
        'MetricData.member.1.MetricName': name,
        'MetricData.member.1.Value': value,
        'MetricData.member.1.Timestamp': at,
        'MetricData.member.1.Dimensions.member.1.Name': 'InstanceId',
        'MetricData.member.1.Dimensions.member.1.Value': id,
        'MetricData.member.1.Unit': index === 0 ? 'Percent' : 'Bytes',
      });
    const vm = (await readKind(aws, 'vm')).find((one) => one.id.endsWith(id))!;
    const signal = AbortSignal.timeout(30_000);
    const read = await aws.readers.metrics!({
      resource: vm,
      metric: 'cpu',
      fromMs: Date.now() - 3_600_000,
      toMs: Date.now(),
      signal,
    });
    assert.equal(read.unit, '%');
    assert.deepEqual(
      read.points.map(([, value]) => value),
      [42],
    );
    const [source] = aws.metricSources!;
    const batch = await source!.sample({ resources: [vm], signal });
    const cpu = batch.samples.find((sample) => sample.metric === 'cpu');
    const network = batch.samples.find((sample) => sample.metric === 'network');
    assert.equal(cpu?.value, 42);
    assert.equal(network?.value, 1, '300 MB in five minutes are 1 MB/s');
    const next = await source!.sample({ resources: [vm], cursor: batch.cursor, signal });
    assert.deepEqual(next.samples, [], 'a point is told once');
  });

  it('says what CloudWatch does not measure', async () => {
    const [vm] = await readKind(aws, 'vm');
    const read = aws.readers.metrics!({
      resource: vm!,
      metric: 'memory',
      fromMs: 0,
      toMs: Date.now(),
      signal: AbortSignal.timeout(10_000),
    });
    await assert.rejects(read, /does not measure memory of a vm/);
  });
});
