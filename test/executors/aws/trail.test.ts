// The event history of an account, over HTTP as CloudTrail speaks: oldest first and each once, though it gives the newest
// first and shows some late; so many requests in one look, each after a pause; who did what in AWS's own forms of
// identity; a missing right said once and not asked again; no parameter, key or typed name in what is told.

import assert from 'node:assert/strict';
import { limits } from '../../../daemon/config.ts';
import { createAws } from '../../../daemon/executors/aws/aws.ts';
import { createRateBudget } from '../../../daemon/executors/aws/client/rateBudget.ts';
import { createServices } from '../../../daemon/executors/aws/client/services.ts';
import { findAccounts, loadAccount } from '../../../daemon/executors/aws/config/findAccounts.ts';
import { createActivityLog } from '../../../daemon/executors/aws/trail/activityLog.ts';
import type { Activity } from '../../../daemon/executors/contract.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { fakeVm } from '../../fakes/resources.ts';
import { removeTempFolders } from '../../fakes/tempFolder.ts';
import { openThreatsOver, after as toldAfter, weeksUntil } from '../../threat/overLog.ts';
import { type AwsHome, keys, makeAwsHome } from './home.ts';
import { type MadeEvent, startTrailFake, type TrailFake } from './trailFake.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

describe('what CloudTrail tells of who did what', function () {
  this.timeout(60_000);
  let fake: TrailFake;
  let home: AwsHome;
  let clock: { nowMs: number };
  let pauses: number;
  let services: ReturnType<typeof createServices>;
  beforeEach(async () => {
    fake = await startTrailFake();
    home = await makeAwsHome(
      `[profile dev]\nregion = eu-central-1\nendpoint_url = ${fake.endpoint}\n${keys('AKIALAB')}`,
    );
    clock = { nowMs: Date.parse('2026-11-21T12:00:00Z') };
    pauses = 0;
  });
  afterEach(async () => {
    services?.dispose();
    await home.dispose();
    await fake.close();
    removeTempFolders();
  });

  async function open() {
    const [candidate] = (await findAccounts(home.context)).candidates;
    services = createServices({
      load: () => loadAccount(candidate!.id, home.context),
      places: home.context,
      budgetOf: () => createRateBudget(1_000, { burst: 1_000, now: Date.now }),
      limits: { ...limits, cloudBackoffFirstMs: 1, cloudBackoffMs: 2 },
    });
    const aws = createAws({
      connection: 'aws-dev',
      services,
      homeFolder: home.folder,
      limits,
      now: () => clock.nowMs,
    });
    return createActivityLog(aws, { pause: async () => void pauses++ });
  }

  async function follow(resources: readonly Resource[] = []) {
    const log = await open();
    let cursor: string | undefined;
    return async (): Promise<readonly Activity[]> => {
      const before = cursor === undefined ? {} : { cursor };
      const signal = AbortSignal.timeout(30_000);
      const read = await log.read({ resources, sinceMs: clock.nowMs - 30 * dayMs, ...before, signal });
      cursor = read.cursor;
      return read.activities;
    };
  }
  /** Looks until all of the past was read. */
  async function catchUp(look: () => Promise<readonly Activity[]>): Promise<readonly Activity[]> {
    const all: Activity[] = [];
    for (let i = 0; i < 50; i++) {
      all.push(...(await look()));
      clock.nowMs += minuteMs;
    }
    return all;
  }
  const made = (id: string, atMs: number, more: Partial<MadeEvent> = {}): MadeEvent => ({
    id,
    atMs,
    name: 'StopInstances',
    ...more,
  });

  it('is told oldest first and once, over pages, with few requests in one look and a pause before each', async () => {
    const beganMs = clock.nowMs - 20 * dayMs;
    for (let i = 0; i < 2_000; i++) fake.events.push(made(`e-${i}`, beganMs + i * 11 * minuteMs));
    const look = await follow();
    const first = await look();
    assert.ok(fake.asked() <= 15, `${fake.asked()} requests`);
    assert.equal(pauses, fake.asked());
    const all = [...first, ...(await catchUp(look))];
    assert.deepEqual(
      all.map(({ id }) => id),
      fake.events.filter(({ atMs }) => atMs <= clock.nowMs).map(({ id }) => `event ${id}`),
    );
  });

  it('comes through a crowd, in shorter stretches', async () => {
    const beganMs = clock.nowMs - 3 * 60 * minuteMs;
    for (let i = 0; i < 3_000; i++) fake.events.push(made(`e-${i}`, beganMs + i * 3_000));
    const all = await catchUp(await follow());
    assert.equal(new Set(all.map(({ id }) => id)).size, 3_000);
    assert.equal(all.length, 3_000);
  });

  it('sees what is shown late, and asks once where nothing happens', async () => {
    const look = await follow();
    await catchUp(look);
    fake.events.push(made('late', clock.nowMs - 9 * minuteMs));
    assert.deepEqual(
      (await look()).map(({ id }) => id),
      ['event late'],
    );
    const before = fake.asked();
    assert.deepEqual(await look(), []);
    assert.equal(fake.asked(), before + 1);
  });

  it('knows people, roles, root and other accounts, and passes over AWS itself', async () => {
    const role = (name: string, session: string) => ({
      type: 'AssumedRole',
      arn: `arn:aws:sts::123456789012:assumed-role/${name}/${session}`,
      sessionContext: { sessionIssuer: { type: 'Role', userName: name } },
    });
    const identities: readonly (readonly [object | null, string | undefined])[] = [
      [{ type: 'IAMUser', userName: 'ann' }, 'ann'],
      [{ type: 'Root' }, 'root'],
      [role('deploy', 'run-7312'), 'deploy'],
      [role('AWSReservedSSO_Admin_1f', 'ada@corp.test'), 'AWSReservedSSO_Admin_1f/ada@corp.test'],
      [{ type: 'AWSAccount', accountId: '999999999999' }, 'account 999999999999'],
      [role('AWSServiceRoleForAutoScaling', 'AutoScaling'), undefined],
      [{ type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }, undefined],
      [{ ...role('ops', 'x'), invokedBy: 'cloudformation.amazonaws.com' }, undefined],
      [null, undefined],
    ];
    for (const [i, [identity]] of identities.entries())
      fake.events.push(made(`e-${i}`, clock.nowMs - dayMs + i * minuteMs, { identity }));
    assert.deepEqual(
      (await catchUp(await follow())).map(({ principal }) => principal),
      identities.flatMap(([, name]) => name ?? []),
    );
  });

  it('says what it comes to, how it ended and on what', async () => {
    const vm = fakeVm('web-1', { id: 'aws-dev:vm/i-0abc' });
    const onVm = [{ ResourceType: 'AWS::EC2::Instance', ResourceName: 'i-0abc' }];
    const key = [{ ResourceType: 'AWS::IAM::AccessKey', ResourceName: 'AKIACANARY2' }];
    const cases: readonly (readonly [Partial<MadeEvent>, readonly (string | undefined)[]])[] = [
      [{ name: 'TerminateInstances', resources: onVm }, ['ec2:TerminateInstances', 'destroy', 'done', vm.id]],
      [
        { name: 'DeleteTrail', source: 'cloudtrail.amazonaws.com' },
        ['cloudtrail:DeleteTrail', 'silence', 'done', undefined],
      ],
      [{ name: 'DeleteTags', resources: onVm }, ['ec2:DeleteTags', 'change', 'done', vm.id]],
      [
        { name: 'CreateAccessKey', source: 'iam.amazonaws.com', resources: key },
        ['iam:CreateAccessKey', 'change', 'done', undefined],
      ],
      [
        { name: 'RunInstances', record: { errorCode: 'Client.UnauthorizedOperation' } },
        ['ec2:RunInstances', 'change', 'refused', undefined],
      ],
      [
        { name: 'RunInstances', record: { errorCode: 'Server.InsufficientInstanceCapacity' } },
        ['ec2:RunInstances', 'change', 'failed', undefined],
      ],
      [
        {
          name: 'ConsoleLogin',
          source: 'signin.amazonaws.com',
          record: { responseElements: { ConsoleLogin: 'Success' } },
        },
        ['signin:ConsoleLogin', 'sign-in', 'done', undefined],
      ],
    ];
    for (const [i, [more]] of cases.entries())
      fake.events.push(made(`e-${i}`, clock.nowMs - dayMs + i * minuteMs, more));
    fake.events.push(made('dry', clock.nowMs - dayMs, { record: { errorCode: 'Client.DryRunOperation' } }));
    const told = await catchUp(await follow([vm]));
    assert.deepEqual(
      told.map(({ verb, does, outcome, target }) => [verb, does, outcome, target]),
      cases.map(([, expected]) => expected),
    );
    assert.ok(told.every(({ region, address }) => region === 'eu-central-1' && address === '198.51.100.7'));
    assert.ok(!/canary/i.test(JSON.stringify(told)));
  });

  it('knows who was not let in by the address, for a name that was typed may be a password', async () => {
    const identity = { type: 'IAMUser', userName: 'canary-typed' };
    const record = { responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'Failed authentication' };
    const source = 'signin.amazonaws.com';
    fake.events.push(made('e', clock.nowMs - dayMs, { name: 'ConsoleLogin', source, identity, record }));
    const [refused] = await catchUp(await follow());
    assert.deepEqual(
      [refused?.principal, refused?.does, refused?.outcome],
      ['198.51.100.7', 'sign-in', 'refused'],
    );
    assert.ok(!JSON.stringify(refused).includes('canary'));
  });

  it('says in one sentence that it may not read, and does not ask again before a day has passed', async () => {
    fake.refuse('AccessDeniedException', 'User: arn:aws:iam::1:user/ann is not authorized', 1);
    const look = await follow();
    for (let i = 0; i < 5; i++) {
      const problem = await look().then(() => assert.fail('it may read'), problemOf);
      assert.equal(problem.code, 'cloud-forbidden');
      assert.match(problem.message, /may not read the events of CloudTrail/);
      assert.match(problem.fix ?? '', /cloudtrail:LookupEvents/);
      clock.nowMs += 10 * minuteMs;
    }
    assert.equal(fake.asked(), 1);
    clock.nowMs += dayMs;
    assert.deepEqual(await look(), []);
  });

  it('goes on when it was asked too often', async () => {
    fake.events.push(made('e', clock.nowMs - dayMs));
    fake.refuse('ThrottlingException', 'Rate exceeded', 2);
    assert.equal((await catchUp(await follow())).length, 1);
  });

  it('makes a finding of a stranger who switches the trail off and terminates, with its records', async () => {
    clock.nowMs = Date.now();
    const identity = { type: 'IAMUser', userName: 'mallory' };
    const source = 'cloudtrail.amazonaws.com';
    fake.events.push(made('off', clock.nowMs - 5 * minuteMs, { name: 'StopLogging', source, identity }));
    for (let i = 0; i < 9; i++) {
      const resources = [{ ResourceType: 'AWS::EC2::Instance', ResourceName: `i-${i}` }];
      const more = { name: 'TerminateInstances', identity, resources };
      fake.events.push(made(`t-${i}`, clock.nowMs - 4 * minuteMs + i * 2_000, more));
    }
    const activityLog = toldAfter(weeksUntil(60 * minuteMs), await open());
    const threats = openThreatsOver({ connection: 'aws-dev', activityLog });
    let found = await threats.look();
    for (let i = 0; i < 50 && found.length === 0; i++) found = await threats.look();
    const [finding] = found;
    assert.equal(finding?.resource, 'aws-dev:principal/mallory');
    assert.equal(finding.severity, 'critical');
    const said = [finding.title, ...finding.reasons].join('\n');
    assert.match(said, /mallory did "cloudtrail:StopLogging" shortly before it destroyed something/);
    assert.match(said, /mallory destroyed 9 things/);
    assert.match(said, /Evidence: event off at .* cloudtrail:StopLogging .*198\.51\.100\.7/);
    assert.ok(!/canary/i.test(said));
    await threats.dispose();
  });
});
