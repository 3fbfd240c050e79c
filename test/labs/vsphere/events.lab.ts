// What a real SOAP endpoint tells of who did what: log-ins, VMs switched off, on and removed, with user, time and place,
// each once, by few requests that leave nothing behind; and a finding with its evidence where a stranger removes VMs.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../../../daemon/config.ts';
import type { Activity, ActivityLog } from '../../../daemon/executors/contract.ts';
import { createVim, type Vim } from '../../../daemon/executors/vsphere/client/vim.ts';
import { createEventLog } from '../../../daemon/executors/vsphere/events/eventLog.ts';
import { createVsphere } from '../../../daemon/executors/vsphere/vsphere.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import { removeTempFolders } from '../../fakes/tempFolder.ts';
import { openThreatsOver, since, after as toldAfter, weeksUntil } from '../../threat/overLog.ts';
import { requireLab } from '../lab.ts';
import { type Front, faultBody, startFront } from './front.ts';
import { openVspherePerson } from './person.ts';
import { labPassword, labUser, type Vcsim } from './vcsim.ts';

const signal = () => AbortSignal.timeout(30_000);
const monthMs = 30 * 86_400_000;

describe('what a vCenter tells of who did what', function () {
  this.timeout(60_000);
  let vcsim: Vcsim;
  let front: Front;
  let openedMs: number;
  const open: Vim[] = [];

  before(async function () {
    const lab = await requireLab('vsphere', this);
    openedMs = Date.now();
    vcsim = await lab.start();
    front = await startFront(vcsim.host);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((vim) => vim.dispose()));
    removeTempFolders();
  });
  after(async () => {
    await front?.close();
    await vcsim?.dispose();
  });

  /** One more session of the same user. */
  function connect(): { readonly vim: Vim; readonly log: ActivityLog } {
    const rhythm = { pollFirstMs: 50, pollMs: 200 };
    const vim = createVim({
      load: async () => ({
        id: 'vs-lab',
        name: 'lab',
        url: new URL(`https://${front.host}/sdk`),
        user: labUser,
        password: labPassword,
        thumbprint: undefined,
        ca: front.authority,
        verify: true,
        origin: 'a test',
      }),
      limits,
      env: {},
      ...rhythm,
    });
    open.push(vim);
    return { vim, log: createEventLog(createVsphere('vs-lab', vim, { ...rhythm, now: Date.now })) };
  }

  function reader(log: ActivityLog) {
    let cursor: string | undefined;
    return async (): Promise<readonly Activity[]> => {
      const before = cursor === undefined ? {} : { cursor };
      const request = { resources: [], sinceMs: Date.now() - monthMs, ...before, signal: signal() };
      const read = await log.read(request);
      cursor = read.cursor;
      return read.activities;
    };
  }
  async function vms(vim: Vim) {
    const vs = createVsphere('vs-lab', vim, { pollFirstMs: 50, pollMs: 200, now: Date.now });
    const { items } = await vs.inventory(signal());
    return [...items.values()].map(({ ref }) => ref).filter(({ type }) => type === 'VirtualMachine');
  }
  const power = (vim: Vim, method: string, self: { type: string; value: string }) =>
    vim.run({ method, self, what: 'change the VM', signal: signal() }, () => undefined);

  it('tells of a log-in, and of a VM that another session switched off and on, once, with its user', async () => {
    const [watching, acting] = [connect(), connect()];
    const [vm] = await vms(acting.vim);
    const look = reader(watching.log);
    const logins = (await look()).filter(({ does }) => does === 'sign-in');
    assert.ok(logins.length >= 2, `${logins.length} log-ins`);
    const [first] = logins;
    assert.deepEqual(
      [first!.principal, first!.verb, first!.outcome, first!.address],
      [labUser, 'UserLoginSessionEvent', 'done', '127.0.0.1'],
    );
    await power(acting.vim, 'PowerOffVM_Task', vm!);
    const [off, ...others] = await look();
    assert.deepEqual(others, []);
    const { id, atMs, ...said } = off!;
    assert.deepEqual(said, {
      principal: labUser,
      verb: 'VmPoweredOffEvent',
      does: 'change',
      outcome: 'done',
      target: `vs-lab:vm/${vm!.value}`,
      region: 'DC0',
    });
    assert.match(id, /^event \d+$/);
    assert.ok(atMs >= openedMs && atMs <= Date.now() + 1_000, new Date(atMs).toISOString());
    await power(acting.vim, 'PowerOnVM_Task', vm!);
    assert.deepEqual(
      (await look()).map(({ verb }) => verb),
      ['VmPoweredOnEvent'],
    );
    assert.deepEqual(await look(), []);
  });

  it('asks little, and leaves no collector behind', async () => {
    const { vim, log } = connect();
    await vim.session(signal());
    const before = front.seen.length;
    await reader(log)();
    assert.deepEqual(front.seen.slice(before), [
      'CreateCollectorForEvents',
      'SetCollectorPageSize',
      'ReadNextEvents',
      'DestroyCollector',
    ]);
    front.answer('ReadNextEvents', faultBody('SystemError', 'A general system error occurred.'));
    const made = front.seen.length;
    await assert.rejects(reader(log)());
    assert.equal(front.seen.slice(made).at(-1), 'DestroyCollector');
  });

  it('goes on where the server forgot the session, and says what is missing where it may not read', async () => {
    const { log } = connect();
    const look = reader(log);
    await look();
    front.answer(
      'CreateCollectorForEvents',
      faultBody('NotAuthenticated', 'The session is not authenticated.'),
    );
    assert.ok((await look()).every(({ verb }) => verb === 'UserLoginSessionEvent'));
    const inside = '<privilegeId>System.View</privilegeId>';
    front.answer('CreateCollectorForEvents', faultBody('NoPermission', 'Permission was denied.', inside));
    const problem = await look().then(() => assert.fail('it may read'), problemOf);
    assert.equal(problem.code, 'cloud-forbidden');
    assert.match(problem.message, /read the events.*System\.View is missing/);
  });

  it('keeps no id of a session and no password, neither in what it tells nor where it goes on', async () => {
    const { vim, log } = connect();
    const { key, cookie } = await vim.session(signal());
    const read = await log.read({ resources: [], sinceMs: 0, signal: signal() });
    const text = JSON.stringify(read);
    assert.ok(read.activities.length > 0 && key);
    for (const secret of [key, labPassword, /vmware_soap_session="?([^";]+)/.exec(cookie ?? '')?.[1] ?? key])
      assert.ok(!text.includes(secret));
  });

  it('finds a stranger who removes VMs, and shows which', async () => {
    const { vim, log } = connect();
    // All that was done here before is hidden behind ordinary weeks in which this user was never seen.
    const fromMs = Date.now();
    const threats = openThreatsOver({
      connection: 'vs-lab',
      activityLog: toldAfter(weeksUntil(3_600_000), since(fromMs, log)),
    });
    assert.deepEqual(await threats.look(), []);
    for (const vm of (await vms(vim)).slice(-3)) {
      await power(vim, 'PowerOffVM_Task', vm).catch(() => undefined);
      await power(vim, 'Destroy_Task', vm);
    }
    const [finding] = await threats.look();
    assert.equal(finding?.resource, `vs-lab:principal/${labUser}`);
    assert.match(finding.title, /ops@lab\.test was never seen before and destroys/);
    assert.match(finding.reasons.join(' '), /3 destroyed.* Evidence: .*event \d+ at .* VmRemovedEvent/s);
    await threats.dispose();
  });

  it('is followed by the daemon as it is, which says so', async function () {
    this.timeout(180_000);
    const person = await openVspherePerson(vcsim.host);
    try {
      const deadlineMs = Date.now() + 90_000;
      for (;;) {
        const { answer } = await person.ask('any threats?');
        if (/events of lab: still learning what is usual since/.test(answer?.summary ?? '')) break;
        assert.ok(Date.now() < deadlineMs, answer?.summary);
        await sleep(200);
      }
    } finally {
      await person.dispose();
    }
  });
});
