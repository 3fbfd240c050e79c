// kill -9 at every boundary of a plan of three steps on vSphere: a VM is cloned from a template, gets a snapshot and a
// tag. Then a revert to a snapshot, which leaves no mark, is cut off before and after the server heard of it, and in
// between: carried out, the answer still on its way. The process dies for real; what the vCenter has afterwards is
// counted past everything that is tested.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../../../daemon/config.ts';
import { refsOf, textAt } from '../../../daemon/executors/vsphere/client/node.ts';
import { createVim, type Vim } from '../../../daemon/executors/vsphere/client/vim.ts';
import { element } from '../../../daemon/executors/vsphere/client/xml.ts';
import { readInventory } from '../../../daemon/executors/vsphere/inventory/source.ts';
import { translate } from '../../../daemon/executors/vsphere/inventory/translate.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { StepDraft } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type CloudCount, checkThree, crash, crashPoints, recoverAndCheck } from '../../scenarios/crash.ts';
import type { CrashOrder } from '../../scenarios/crashChild.ts';
import { requireLab } from '../lab.ts';
import { type Front, startFront } from './front.ts';
import { writeVcenters } from './person.ts';
import { labPassword, labUser, type Vcsim } from './vcsim.ts';

/** Cases under way at once: most of a case is waiting. */
const sideBySide = 3;
const signal = () => AbortSignal.timeout(30_000);

function draft(
  operation: string,
  args: StepDraft['args'],
  target?: NonNullable<StepDraft['target']>,
): StepDraft {
  return { operation, args, after: [], evidence: [], ...(target ? { target } : {}) };
}

function threeSteps(name: string): readonly StepDraft[] {
  const made = { kind: 'created', step: 0 } as const;
  return [
    draft('create.vm', { name: `${name}-vm`, image: 'ubuntu-22' }),
    draft('snapshot.vm', { name: `${name}-snap` }, made),
    draft('tag.vm', { tags: { crash: name } }, made),
  ];
}

describe('a plan on vSphere, cut off', function () {
  this.timeout(300_000);
  const points = crashPoints(3);
  const runs: Promise<Plan>[] = [];
  let vcsim: Vcsim;
  let front: Front;
  let vim: Vim;
  let home: string;

  before(async function () {
    const lab = await requireLab('vsphere', this);
    vcsim = await lab.start();
    front = await startFront(vcsim.host);
    home = await mkdtemp(join(tmpdir(), 'pilothouse-crash-home-'));
    await writeVcenters(home, front.host, front.authority);
    const url = new URL(`https://${vcsim.host}/sdk`);
    const whom = { id: 'past', name: 'past', url, user: labUser, password: labPassword };
    vim = createVim({
      load: async () => ({ ...whom, thumbprint: undefined, ca: undefined, verify: false, origin: 'a test' }),
      limits,
      env: {},
      pollFirstMs: 50,
      pollMs: 200,
    });
  });
  after(async () => {
    await vim?.dispose();
    await front?.close();
    await vcsim?.dispose();
    if (home) await rm(home, { recursive: true, force: true });
  });

  async function resources(): Promise<readonly Resource[]> {
    const place = { connection: 'vs-lab', inventory: await readInventory(vim, signal()) };
    return [...place.inventory.items.values()].flatMap((item) => translate(place, item).resources);
  }

  async function count(name: string): Promise<CloudCount> {
    const all = await resources();
    const vms = all.filter((one) => one.kind === 'vm' && one.name === `${name}-vm`);
    return {
      vms: vms.length,
      volumes: all.filter((one) => one.kind === 'snapshot' && one.name === `${name}-snap`).length,
      attached: vms[0]?.tags.crash === name,
    };
  }

  /** Reverts that the server did, by its own list of tasks. */
  async function reverts(): Promise<number> {
    const [manager] = await vim.fetch([await vim.manager('taskManager', signal())], ['recentTask'], signal());
    const tasks = await vim.fetch(refsOf(manager?.properties.get('recentTask')), ['info'], signal());
    return tasks.filter((task) => textAt(task.properties.get('info'), 'name') === 'RevertToSnapshot').length;
  }

  async function withOrder<T>(
    steps: readonly StepDraft[],
    at: Pick<CrashOrder, 'point' | 'step'>,
    act: (order: CrashOrder) => Promise<T>,
  ): Promise<T> {
    const stateFolder = await mkdtemp(join(tmpdir(), 'pilothouse-crash-vs-'));
    const env = { LAB_PASSWORD: labPassword, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' };
    const settle = { ...limits, reconcileSettleMs: 500 };
    const house = { stateFolder, homeFolder: home, env, connection: 'vs-lab', limits: settle };
    try {
      return await act({ ...house, steps, ...at });
    } finally {
      await rm(stateFolder, { recursive: true, force: true });
    }
  }

  function killAt(number: number): Promise<Plan> {
    const name = `crash-${number}`;
    return withOrder(threeSteps(name), points[number]!, async (order) =>
      recoverAndCheck(order, await crash(order), async (found) => checkThree(found, await count(name))),
    );
  }

  for (const [number, { point, step }] of points.entries())
    it(`at ${point}${step === undefined ? '' : ` of step ${step + 1}`}`, async () => {
      for (let next = runs.length; next < Math.min(number + sideBySide, points.length); next++) {
        const run = killAt(next);
        run.catch(() => undefined);
        runs.push(run);
      }
      const plan = await runs[number]!;
      assert.ok(plan.runs.every((one) => one.state !== 'unknown'));
    });

  /** A VM that stands on the snapshot it is put back to: its state alone tells nothing. */
  async function revertOf(name: string): Promise<readonly StepDraft[]> {
    const vm = (await resources()).find((one) => one.kind === 'vm' && one.name === name)!;
    const self = { type: 'VirtualMachine', value: vm.id.split('/')[1]! };
    const has = (await resources()).find((one) => one.kind === 'snapshot' && one.attributes.source === vm.id);
    if (!has) {
      const content = [
        ['name', 'base'] as const,
        ['memory', 'false'] as const,
        ['quiesce', 'false'] as const,
      ];
      const request = { method: 'CreateSnapshot_Task', self, what: 'make a snapshot', signal: signal() };
      await vim.run({ ...request, content: content.map(([tag, text]) => element(tag, text)) }, () => {});
      return revertOf(name);
    }
    return [draft('rollback.vm', { snapshot: has.id }, { kind: 'resources', ids: [vm.id] })];
  }

  const cuts = [
    { point: 'step.intended', done: 0, state: 'failed' },
    { point: 'step.performed-unnoted', done: 1, state: 'done' },
  ] as const;
  for (const { point, done, state } of cuts)
    it(`a revert at ${point} is found ${state}`, async () => {
      const before = await reverts();
      await withOrder(await revertOf('db-1'), { point, step: 0 }, async (order) =>
        recoverAndCheck(order, await crash(order), async (found) => {
          assert.equal(await reverts(), before + done);
          assert.equal(found.runs[0]!.state, state, found.runs[0]!.observed);
        }),
      );
    });

  it('a revert whose answer was on its way is found done, once', async () => {
    const before = await reverts();
    const steps = await revertOf('db-1');
    await withOrder(steps, { point: 'plan.ended-unaudited' }, async (order) => {
      const id = await crash(order, front.holdAnswerOf('RevertToSnapshot_Task'));
      await recoverAndCheck(order, id, async (found) => {
        assert.equal(await reverts(), before + 1);
        assert.equal(found.runs[0]!.state, 'done', found.runs[0]!.observed);
        assert.match(found.runs[0]!.observed ?? '', /the server shows the task as done/);
      });
    });
  });
});
