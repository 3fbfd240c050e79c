// kill -9 at every boundary of a plan of three steps on the simulated cloud, which keeps its own state in its own file
// and survives with what it did. The process dies for real; the next start is a new opening of everything.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSandboxControl } from '../../daemon/executors/sandbox/control.ts';
import { sandboxConnection } from '../../daemon/executors/sandbox/thing.ts';
import type { Plan, PlanState } from '../../shared/model/plan.ts';
import { type CloudCount, checkThree, crash, crashPoints, goOn, recoverAndCheck } from './crash.ts';
import type { CrashOrder } from './crashChild.ts';
import { threeSteps } from './crashHouse.ts';

const stepsDoneBefore: Readonly<Record<string, number>> = {
  'step.audited-before': 0,
  'step.intended': 0,
  'step.performed-unnoted': 1,
  'step.performed': 1,
  'step.verified-unnoted': 1,
  'step.settled': 1,
  'step.audited-after': 1,
};

describe('scenarios/crash', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function count(): Promise<CloudCount> {
    const control = openSandboxControl({ stateFolder: folder });
    try {
      const all = control.resources();
      const vms = all.filter((one) => one.kind === 'vm' && one.name === 'crash-vm');
      const volumes = all.filter((one) => one.kind === 'volume' && one.name === 'crash-disk');
      const marks = control.writes().map((write) => write.mark);
      assert.equal(new Set(marks).size, marks.length, 'no mark twice');
      return {
        vms: vms.length,
        volumes: volumes.length,
        attached: volumes.some((one) => one.attributes.attached_to === vms[0]?.id && vms.length > 0),
      };
    } finally {
      control.close();
    }
  }

  for (const { point, step } of crashPoints(3))
    it(`is cut off at ${point}${step === undefined ? '' : ` of step ${step + 1}`}`, async () => {
      const order: CrashOrder = {
        stateFolder: folder,
        homeFolder: folder,
        env: { PILOTHOUSE_SANDBOX_SPEED: 'instant', PILOTHOUSE_LOCAL: 'off' },
        connection: sandboxConnection,
        steps: threeSteps('crash', { flavor: 'S.1' }),
        limits: { reconcileSettleMs: 0 },
        point,
        ...(step === undefined ? {} : { step }),
      };
      const check = async (found: Plan) => checkThree(found, await count());
      const plan = await recoverAndCheck(order, await crash(order), check);
      const done =
        step === undefined
          ? Number(point === 'plan.ending' || point === 'plan.ended-unaudited') * 3
          : step + stepsDoneBefore[point]!;
      assert.equal(plan.runs.filter((run) => run.state === 'done').length, done);
      assert.equal(plan.state, (done === 3 ? 'done' : 'stopped') satisfies PlanState);
      if (done === 3) return;
      assert.equal((await goOn(order, plan.id)).state, 'done');
      assert.deepEqual(await count(), { vms: 1, volumes: 1, attached: true }, 'the rest was done, once');
    });

  const names = () => {
    const control = openSandboxControl({ stateFolder: folder });
    try {
      const marks = control.writes().map((write) => write.mark);
      assert.equal(new Set(marks).size, marks.length, 'no mark twice');
      const all = control.resources().filter((one) => one.kind === 'vm' && one.name.startsWith('side-'));
      return all.map((one) => one.name).sort();
    } finally {
      control.close();
    }
  };
  for (const { point, step } of crashPoints(3).filter((one) => one.step !== undefined))
    it(`is cut off at ${point} of step ${step! + 1} while three are under way side by side`, async () => {
      const order: CrashOrder = {
        stateFolder: folder,
        homeFolder: folder,
        env: { PILOTHOUSE_SANDBOX_SPEED: '20' },
        connection: sandboxConnection,
        steps: [
          {
            operation: 'create.vm',
            args: { name: 'side', flavor: 'S.1', count: 3 },
            after: [],
            evidence: [],
          },
        ],
        limits: { reconcileSettleMs: 0 },
        point,
        step: step!,
      };
      const plan = await recoverAndCheck(order, await crash(order), async (found) => {
        const done = found.runs.filter((run) => run.state === 'done').map((run) => found.steps[run.index]!);
        assert.deepEqual(names(), done.map((one) => one.args.name).sort(), found.outcome);
        assert.equal(found.state, done.length === 3 ? 'done' : 'stopped');
      });
      if (plan.state === 'stopped') assert.equal((await goOn(order, plan.id)).state, 'done');
      assert.deepEqual(names(), ['side-1', 'side-2', 'side-3']);
    });
});
