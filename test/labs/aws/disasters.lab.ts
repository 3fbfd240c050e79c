// What a person is told, and what is lost, when AWS says no, says nothing, or is cut off in the middle: each disaster
// is staged by the front before moto, since neither makes them on demand. Nothing may be done twice, nothing taken for
// gone, no secret shown.

import assert from 'node:assert/strict';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type AwsHome, keys, makeAwsHome } from '../../executors/aws/home.ts';
import {
  blockers,
  performOnly,
  previewStep,
  problemFrom,
  readKind,
  runStep,
} from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { type AwsApi, createAwsApi } from './awsApi.ts';
import { type Front, startFront } from './awsFront.ts';
import type { Moto } from './moto.ts';

/** Waits that a test can bear; the rules are the same. */
const brief = {
  cloudPollFirstMs: 100,
  cloudPollMs: 400,
  cloudBackoffFirstMs: 20,
  cloudBackoffMs: 100,
  cloudRequestTimeoutMs: 1_500,
  cloudIdleTimeoutMs: 1_500,
  cloudRetriesMax: 2,
} as const;

describe('AWS in trouble', function () {
  this.timeout(120_000);
  let moto: Moto;
  let front: Front;
  let home: AwsHome;
  let aws: Executor;
  let api: AwsApi;
  let vm: Resource;

  before(async function () {
    const lab = await requireLab('aws', this);
    moto = await lab.start();
    front = await startFront(moto.endpoint);
    api = createAwsApi(moto.endpoint);
    const profile = (name: string, more: string) =>
      `[profile ${name}]\nregion = eu-central-1\nendpoint_url = ${front.endpoint}\n${more}\n`;
    home = await makeAwsHome(
      [
        profile('dev', keys('AKIALAB')),
        profile('slow', `${keys('AKIASLOW')}pilothouse_requests_per_second = 5`),
        profile('unknown', keys('AKIAUNKNOWN')),
        profile('expired', keys('ASIAEXPIRED')),
        profile('sso', 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = ops'),
        '[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://corp.awsapps.com/start\n',
        profile(
          'mfa',
          'role_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = dev\nmfa_serial = arn:aws:iam::123456789012:mfa/ada',
        ),
        `[profile nowhere]\nregion = eu-central-1\nendpoint_url = http://127.0.0.1:9\n${keys('AKIALAB')}`,
      ].join(''),
    );
    aws = await home.open('dev', brief);
    // Types are learnt once, as long as moto takes for that.
    const patient = await home.open('dev');
    vm = (await runStep(patient, { operation: 'create.vm', args: { name: 'web-1', flavor: 't3.micro' } }))
      .verification.resource!;
  });
  after(async () => {
    await home?.dispose();
    await front?.dispose();
    await moto?.dispose();
  });
  afterEach(() => front.heal());

  const signal = () => AbortSignal.timeout(30_000);
  const source = (executor: Executor, name: string) => executor.sources.find((one) => one.name === name)!;
  const identityProblem = async (name: string) =>
    problemFrom((await home.open(name, brief)).identity(signal()));

  describe('credentials', () => {
    it('says which keys AWS does not accept, and how to renew them', async () => {
      front.refuseKey('AKIAUNKNOWN', 'unknown');
      const problem = await identityProblem('unknown');
      assert.equal(problem.code, 'cloud-unauthorized');
      assert.match(problem.message, /does not accept the credentials of the profile "unknown"/);
      assert.match(problem.fix!, /aws configure --profile unknown/);
      assert.ok(!JSON.stringify(problem).includes('Sesame'));
    });

    it('says that they have expired', async () => {
      front.refuseKey('ASIAEXPIRED', 'expired');
      assert.match(
        (await identityProblem('expired')).message,
        /credentials of the profile "expired" have expired/,
      );
    });

    it('asks for the SSO login by name of the command', async () => {
      const problem = await identityProblem('sso');
      assert.equal(problem.code, 'cloud-unauthorized');
      assert.match(problem.message, /SSO login of the profile "sso" is missing or has expired/);
      assert.match(problem.fix!, /aws sso login --profile sso/);
    });

    it('never asks for a second factor, and says so', async () => {
      assert.match((await identityProblem('mfa')).message, /code of a second factor/);
    });

    it('takes corrected files without a restart', async () => {
      front.refuseKey('AKIALAB', 'unknown');
      await problemFrom((await home.open('dev', brief)).identity(signal()));
      front.heal();
      assert.equal((await aws.identity(signal())).project, '123456789012');
    });
  });

  describe('rights', () => {
    const denied = {
      kind: 'refuse',
      code: 'UnauthorizedOperation',
      status: 403,
      message:
        'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ec2:StopInstances on resource: x. Encoded authorization failure message: abcdef',
    } as const;

    it('shows in the preview what is not allowed, by EC2’s own dry run', async () => {
      front.fail(/^StopInstances$/, denied);
      const preview = await previewStep(aws, { operation: 'stop.vm', target: vm });
      assert.match(blockers(preview)[0]!, /may not stop the instance web-1\. It needs ec2:StopInstances\.$/);
    });

    it('leaves out what may not be listed, and keeps what it knows where EC2 itself refuses', async () => {
      front.fail(/^DescribeDBInstances$/, { kind: 'refuse', code: 'AccessDenied', status: 403 });
      assert.deepEqual((await source(aws, 'databases').read({ signal: signal() })).resources, []);
      front.fail(/^DescribeInstances$/, { ...denied });
      const problem = await problemFrom(source(aws, 'instances').read({ signal: signal() }));
      assert.equal(problem.code, 'cloud-forbidden', 'an error: nothing is taken for gone');
    });
  });

  describe('too many requests', () => {
    it('slows down, asks again, and says nothing of it', async () => {
      front.fail(/^DescribeVolumes$/, { kind: 'refuse', code: 'RequestLimitExceeded', status: 503 }, 2);
      const read = await source(aws, 'volumes').read({ signal: signal() });
      assert.equal(read.mode, 'full');
      const [account] = await readKind(aws, 'project');
      assert.ok(Number(account?.attributes.requests_refused_for_haste) >= 2);
      assert.ok(Number(account?.attributes.requests_per_second) < 20, 'fewer are sent for a while');
    });

    it('repeats a refused write, which AWS never looked at', async () => {
      front.fail(/^CreateTags$/, { kind: 'refuse', code: 'RequestLimitExceeded', status: 503 }, 1);
      const before = front.count('CreateTags');
      await performOnly(aws, { operation: 'tag.vm', target: vm, args: { tags: { seen: 'yes' } } });
      assert.equal(front.count('CreateTags') - before, 2);
    });

    it('says it when it lasts', async () => {
      front.fail(/^DescribeVolumes$/, { kind: 'refuse', code: 'RequestLimitExceeded', status: 503 });
      const problem = await problemFrom(source(aws, 'volumes').read({ signal: signal() }));
      assert.equal(problem.code, 'cloud-throttled');
      assert.match(problem.message, /account is asked too often/);
    });

    it('keeps the rate the person set for the profile', async () => {
      const slow = await home.open('slow');
      const [account] = await readKind(slow, 'project');
      assert.equal(account?.attributes.requests_per_second_max, 5);
    });
  });

  describe('answers that do not come', () => {
    /** The instance, once it is no longer on its way. */
    async function running(name: string): Promise<Resource> {
      for (;;) {
        const found = (await readKind(aws, 'vm')).find((one) => one.name === name)!;
        if (found.status === 'running') return found;
      }
    }

    it('makes one instance where the answer to the create is lost, and finds it', async () => {
      front.fail(/^RunInstances$/, { kind: 'lose' }, 1);
      const made = await performOnly(aws, {
        operation: 'create.vm',
        args: { name: 'lost', flavor: 't3.micro' },
      });
      const there = (await api.instances()).filter((one) => one.name === 'lost');
      assert.equal(there.length, 1);
      assert.ok(made.createdId?.endsWith(there[0]!.id));
    });

    it('does not stop twice, and is sure that it stopped, where the answer is lost', async () => {
      const target = await running('lost');
      front.fail(/^StopInstances$/, { kind: 'lose' }, 1);
      const before = front.count('StopInstances');
      await performOnly(aws, { operation: 'stop.vm', target });
      assert.equal(front.count('StopInstances') - before, 1);
    });

    it('says that it is not known where a write stays without an answer and nothing shows', async () => {
      front.fail(/^CreateSnapshot$/, { kind: 'silent' });
      const [volume] = await readKind(aws, 'volume');
      const work = performOnly(aws, { operation: 'snapshot.volume', target: volume, args: { name: 's' } });
      assert.match((await problemFrom(work)).message, /Whether it took effect is not known/);
    });

    it('gives up on a list that stops half-way, and takes nothing for gone', async () => {
      front.fail(/^DescribeInstances$/, { kind: 'half' });
      const problem = await problemFrom(source(aws, 'instances').read({ signal: signal() }));
      assert.equal(problem.code, 'cloud-unreachable');
      assert.match(problem.message, /took the connection but did not answer whole/);
      front.heal();
      assert.ok((await readKind(aws, 'vm')).some((one) => one.id === vm.id));
    });

    it('does not wait for an endpoint that never answers', async () => {
      front.fail(/./, { kind: 'silent' });
      const problem = await problemFrom((await home.open('dev', brief)).identity(signal()));
      assert.equal(problem.code, 'cloud-unreachable');
    });

    it('survives that the endpoint freezes and thaws', async () => {
      moto.freeze();
      try {
        assert.equal(
          (await problemFrom(source(aws, 'volumes').read({ signal: signal() }))).code,
          'cloud-unreachable',
        );
      } finally {
        moto.thaw();
      }
      assert.equal((await source(aws, 'volumes').read({ signal: signal() })).mode, 'full');
    });

    it('says where nobody listens', async () => {
      const problem = await identityProblem('nowhere');
      assert.equal(problem.code, 'cloud-unreachable');
      assert.match(problem.message, /STS in eu-central-1 cannot be reached \(ECONNREFUSED\)/);
    });

    it('stops at once when the person cancels', async () => {
      front.fail(/^DescribeVolumes$/, { kind: 'silent' });
      const cancel = new AbortController();
      const work = problemFrom(source(aws, 'volumes').read({ signal: cancel.signal }));
      cancel.abort();
      assert.equal((await work).code, 'cancelled');
    });
  });

  describe('a world that moves', () => {
    it('says that a thing has vanished between the preview and the write', async () => {
      const gone = (await runStep(aws, { operation: 'create.volume', args: { name: 'gone', size_gb: 1 } }))
        .verification.resource!;
      await api.query('ec2', 'DeleteVolume', { VolumeId: gone.id.split('/').at(-1)! });
      const preview = await previewStep(aws, {
        operation: 'resize.volume',
        target: gone,
        args: { size_gb: 2 },
      });
      assert.match(blockers(preview)[0]!, /gone is not there any more/);
      const work = performOnly(aws, { operation: 'resize.volume', target: gone, args: { size_gb: 2 } });
      assert.equal((await problemFrom(work)).code, 'world-moved');
      assert.ok(!(await readKind(aws, 'volume')).some((one) => one.id === gone.id));
    });

    it('says in words what AWS refuses: protection, dependencies, capacity, quota', async () => {
      const said = async (action: RegExp, code: string, operation: string) => {
        front.heal();
        front.fail(action, { kind: 'refuse', code });
        const { code: kind, message } = await problemFrom(performOnly(aws, { operation, target: vm }));
        return `${kind}: ${message}`;
      };
      assert.match(
        await said(/^TerminateInstances$/, 'OperationNotPermitted', 'delete.vm'),
        /^cloud-conflict: .*protected/,
      );
      assert.match(
        await said(/^TerminateInstances$/, 'DependencyViolation', 'delete.vm'),
        /^cloud-conflict: .*something still uses it/,
      );
      front.heal();
      front.fail(/^RunInstances$/, { kind: 'refuse', code: 'InsufficientInstanceCapacity', status: 500 });
      const create = () =>
        problemFrom(performOnly(aws, { operation: 'create.vm', args: { name: 'x', flavor: 't3.micro' } }));
      assert.match((await create()).message, /no capacity left/);
      front.heal();
      front.fail(/^RunInstances$/, { kind: 'refuse', code: 'VcpuLimitExceeded' });
      assert.equal((await create()).code, 'cloud-quota');
      assert.equal((await api.instances()).filter((one) => one.name === 'x').length, 0);
    });
  });
});
