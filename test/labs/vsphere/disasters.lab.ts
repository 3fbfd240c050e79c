// What goes wrong between a person and a vCenter, each with the sentence it must have and nothing lost: a wrong password,
// a certificate nobody knows, a missing privilege, a lost answer, a forgotten session, a server that falls silent.

import assert from 'node:assert/strict';
import { limits } from '../../../daemon/config.ts';
import type { StepContext, WriteContext } from '../../../daemon/executors/contract.ts';
import type { WritePermit } from '../../../daemon/executors/permit.ts';
import { createVim, type Vim } from '../../../daemon/executors/vsphere/client/vim.ts';
import { createSource } from '../../../daemon/executors/vsphere/inventory/source.ts';
import { createOperations } from '../../../daemon/executors/vsphere/operations/operations.ts';
import { createVsphere } from '../../../daemon/executors/vsphere/vsphere.ts';
import { type Problem, problemOf } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { requireLab } from '../lab.ts';
import { type Front, faultBody, startFront } from './front.ts';
import { labPassword, labUser, type Vcsim } from './vcsim.ts';

const signal = () => AbortSignal.timeout(30_000);

describe('what goes wrong with a vCenter', function () {
  this.timeout(60_000);
  let vcsim: Vcsim;
  let front: Front;
  const open: Vim[] = [];

  before(async function () {
    const lab = await requireLab('vsphere', this);
    vcsim = await lab.start();
    front = await startFront(vcsim.host);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((vim) => vim.dispose()));
  });
  after(async () => {
    await front?.close();
    await vcsim?.dispose();
  });

  function connect(change: { password?: string; thumbprint?: string; ca?: string; idleMs?: number } = {}) {
    const vim = createVim({
      load: async () => ({
        id: 'vs-lab',
        name: 'lab',
        url: new URL(`https://${front.host}/sdk`),
        user: labUser,
        password: change.password ?? labPassword,
        thumbprint: change.thumbprint,
        ca: 'ca' in change ? change.ca : front.authority,
        verify: true,
        origin: 'a test',
      }),
      limits: change.idleMs === undefined ? limits : { ...limits, cloudIdleTimeoutMs: change.idleMs },
      env: {},
      pollFirstMs: 50,
      pollMs: 200,
    });
    open.push(vim);
    const vs = createVsphere('vs-lab', vim, { pollFirstMs: 50, pollMs: 200, now: Date.now });
    const source = createSource('vs-lab', vim, vs.remember);
    return { vim, source, operations: createOperations(vs) };
  }
  type Connected = ReturnType<typeof connect>;

  async function vmOf({ source }: Connected, name: string): Promise<Resource> {
    const { resources } = await source.read({ signal: signal() });
    const vm = resources.find((one) => one.kind === 'vm' && one.name === name);
    assert.ok(vm, name);
    return vm;
  }
  function stepOn(target: Resource, operation: string): WriteContext {
    const context: StepContext = {
      operation,
      args: {},
      target,
      lookup: () => undefined,
      signal: signal(),
      progress: () => {},
    };
    return { ...context, mark: `ph-${Date.now()}`, permit: {} as WritePermit };
  }
  async function problemWith(work: Promise<unknown>): Promise<Problem> {
    try {
      await work;
    } catch (error) {
      return problemOf(error);
    }
    return assert.fail('nothing went wrong');
  }

  it('says that the password is wrong, without showing it', async () => {
    const problem = await problemWith(connect({ password: 'Wr0ng-one' }).vim.session(signal()));
    assert.equal(problem.code, 'cloud-unauthorized');
    assert.match(problem.message, /does not know user ops@lab\.test/);
    assert.ok(!JSON.stringify(problem).includes('Wr0ng-one'));
  });

  it('shows the thumbprint of a certificate nobody vouches for, and sends no password', async () => {
    const before = front.seen.length;
    const problem = await problemWith(connect({ ca: undefined }).vim.session(signal()));
    assert.equal(problem.code, 'cloud-certificate');
    assert.match(problem.message, /thumbprint is [0-9A-F:]{95}/);
    assert.equal(front.seen.length, before);
    const thumbprint = /thumbprint is ([0-9A-F:]{95})/.exec(problem.message)![1]!;
    const session = await connect({ ca: undefined, thumbprint }).vim.session(signal());
    assert.equal(session.user, labUser);
  });

  it('does not go to a server with another certificate than the one written down', async () => {
    const before = front.seen.length;
    const problem = await problemWith(connect({ thumbprint: `${'AB:'.repeat(31)}AB` }).vim.session(signal()));
    assert.equal(problem.code, 'cloud-certificate');
    assert.match(problem.message, /another certificate/);
    assert.equal(front.seen.length, before);
  });

  it('asks for a privilege before the write, and names it', async () => {
    const lab = connect();
    front.withhold('VirtualMachine.Interact.Suspend');
    const step = stepOn(await vmOf(lab, 'batch-1'), 'suspend.vm');
    const { notes } = await lab.operations.get('suspend.vm')!.preview(step);
    const blockers = notes.filter((note) => note.level === 'blocker').map((note) => note.message);
    assert.match(blockers.join(), /may not suspend the VM batch-1.*VirtualMachine\.Interact\.Suspend/);
  });

  it('says which privilege a refused write lacked', async () => {
    const lab = connect();
    const step = stepOn(await vmOf(lab, 'db-1'), 'stop.vm');
    const inside = '<privilegeId>VirtualMachine.Interact.PowerOff</privilegeId>';
    front.answer('PowerOffVM_Task', faultBody('NoPermission', 'Permission was denied.', inside));
    const problem = await problemWith(lab.operations.get('stop.vm')!.perform(step));
    assert.equal(problem.code, 'cloud-forbidden');
    assert.match(problem.message, /VirtualMachine\.Interact\.PowerOff is missing/);
  });

  it('finds out by reading whether a write happened whose answer was lost', async () => {
    const lab = connect();
    const step = stepOn(await vmOf(lab, 'db-1'), 'stop.vm');
    const asked = () => front.seen.filter((method) => method === 'PowerOffVM_Task').length;
    const before = asked();
    front.loseAnswerOf('PowerOffVM_Task');
    await lab.operations.get('stop.vm')!.perform(step);
    assert.equal(asked() - before, 1, 'it is never sent again');
    assert.equal((await vmOf(lab, 'db-1')).status, 'stopped');
  });

  it('finds the snapshot of a lost answer by its mark, and makes no second one', async () => {
    const lab = connect();
    const step = stepOn(await vmOf(lab, 'db-1'), 'snapshot.vm');
    front.loseAnswerOf('CreateSnapshot_Task');
    const handler = lab.operations.get('snapshot.vm')!;
    const { createdId } = await handler.perform(step);
    assert.deepEqual(await handler.perform(step), { createdId });
    const { resources } = await lab.source.read({ signal: signal() });
    assert.deepEqual(
      resources.filter((one) => one.kind === 'snapshot').map((one) => one.id),
      [createdId],
    );
  });

  it('logs in again when the server forgot the session, also in the middle of a write', async () => {
    const lab = connect();
    const step = stepOn(await vmOf(lab, 'db-1'), 'start.vm');
    front.answer('PowerOnVM_Task', faultBody('NotAuthenticated', 'The session is not authenticated.'));
    await lab.operations.get('start.vm')!.perform(step);
    assert.equal((await vmOf(lab, 'db-1')).status, 'running');
  });

  it('reports a task that failed with what the server says', async () => {
    const lab = connect();
    const vm = await vmOf(lab, 'web-1');
    const step = stepOn({ ...vm, status: 'stopped' }, 'delete.vm');
    const problem = await problemWith(lab.operations.get('delete.vm')!.perform(step));
    assert.equal(problem.code, 'cloud-conflict', problem.message);
    assert.equal((await vmOf(lab, 'web-1')).status, 'running');
  });

  it('says that a VM is gone', async () => {
    const lab = connect();
    const vm = await vmOf(lab, 'web-1');
    const step = stepOn({ ...vm, id: 'vs-lab:vm/vm-4711', name: 'web-9' }, 'start.vm');
    const { notes } = await lab.operations.get('start.vm')!.preview(step);
    assert.match(notes[0]?.message ?? '', /web-9 is not there any more/);
    assert.equal(await lab.operations.get('start.vm')!.refresh(step), undefined);
  });

  it('says that a server fell silent half-way, and goes on when it is back', async () => {
    const lab = connect({ idleMs: 700 });
    await vmOf(lab, 'web-1');
    vcsim.freeze();
    const problem = await problemWith(lab.source.read({ signal: signal() }));
    vcsim.thaw();
    assert.equal(problem.code, 'cloud-unreachable');
    assert.match(problem.message, /did not answer in time/);
    assert.equal((await vmOf(lab, 'web-1')).status, 'running');
  });

  it('is cancelled at once', async () => {
    const lab = connect();
    await lab.vim.session(signal());
    vcsim.freeze();
    const controller = new AbortController();
    const read = lab.source.read({ signal: controller.signal });
    controller.abort();
    await assert.rejects(read, { name: 'AbortError' });
    vcsim.thaw();
  });

  it('tells a page of a proxy from an answer of the API', async () => {
    const elsewhere = await startFront(vcsim.host);
    elsewhere.answerAll(503, '<html><body>Service Unavailable</body></html>');
    const vim = createVim({
      load: async () => ({
        id: 'vs-lab',
        name: 'lab',
        url: new URL(`https://${elsewhere.host}/sdk`),
        user: labUser,
        password: labPassword,
        ca: elsewhere.authority,
        verify: true,
        origin: 'a test',
      }),
      limits,
      env: {},
      pollFirstMs: 50,
      pollMs: 200,
    });
    open.push(vim);
    const problem = await problemWith(vim.session(signal()));
    await elsewhere.close();
    assert.match(problem.message, /answered 503 and nothing that the vSphere API would say/);
  });
});
