// Kills a process at a named point of a plan and checks what the next start makes of it: nothing lost, nothing done
// twice, the audit whole. What the cloud really did is asked of the cloud by `countOf`, past everything that is
// tested. Used with the simulated cloud in every test run, and with a real OpenStack in its lab.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { type FaultPoint, planFaultPoints, stepFaultPoints } from '../../daemon/plans/faults.ts';
import type { AuditRecord } from '../../shared/model/audit.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { CrashOrder } from './crashChild.ts';
import { type CrashHouse, openCrashHouse, operator } from './crashHouse.ts';

/** Every place where a plan of so many steps can be cut off. */
export function crashPoints(
  steps: number,
): readonly { readonly point: FaultPoint; readonly step?: number }[] {
  const inSteps = Array.from({ length: steps }, (_, step) =>
    stepFaultPoints.map((point) => ({ point, step })),
  );
  return [...planFaultPoints.map((point) => ({ point })), ...inSteps.flat()];
}

/** Runs the order in a child until it kills itself, or is killed when `cut` comes true; gives the id of its plan. */
export async function crash(order: CrashOrder, cut?: Promise<void>): Promise<string> {
  const child = spawn(
    process.execPath,
    [new URL('crashChild.ts', import.meta.url).pathname, JSON.stringify(order)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  void cut?.then(() => child.kill('SIGKILL'));
  let said = '';
  let complained = '';
  child.stdout.on('data', (bytes) => {
    said += bytes;
  });
  child.stderr.on('data', (bytes) => {
    complained += bytes;
  });
  const { signal } = await new Promise<{ signal: NodeJS.Signals | null }>((resolve) =>
    child.on('close', (_, ended) => resolve({ signal: ended })),
  );
  assert.equal(signal, 'SIGKILL', `it must be killed, not end: ${said} ${complained}`);
  return (JSON.parse(said) as { id: string }).id;
}

/** What the cloud has of the three steps: how many of each thing, and whether they hang together. */
export interface CloudCount {
  readonly vms: number;
  readonly volumes: number;
  readonly attached: boolean;
}

/** Starts again, twice, and checks what came of the plan. Gives it. */
export async function recoverAndCheck(
  order: CrashOrder,
  id: string,
  check: (plan: Plan) => Promise<void>,
): Promise<Plan> {
  const plan = await restarted(order, async (house) => {
    await house.plans.recover();
    const found = house.plans.get(id)!;
    checkAudit(house, found);
    await check(found);
    return found;
  });
  await restarted(order, async (house) => {
    const before = house.audit.head.seq;
    await house.plans.recover();
    assert.equal(house.audit.head.seq, before, 'a second start finds nothing left to settle');
    assert.deepEqual(house.plans.get(id), plan);
    await assert.rejects(
      house.plans.approve({ id, digest: plan.digest }, plan.requestedBy),
      'an approval is used once, crash or not',
    );
  });
  return plan;
}

/** Goes on with what is left, as a person would after looking at the plan. Gives the plan that did it. */
export async function goOn(order: CrashOrder, id: string): Promise<Plan> {
  return restarted(order, async (house) => {
    await house.plans.recover();
    const rest = await house.plans.continue(id, operator, AbortSignal.timeout(60_000));
    assert.equal(rest.continues, id);
    await house.plans.approve({ id: rest.id, digest: rest.digest }, operator);
    const ended = await house.plans.ended(rest.id);
    assert.equal(house.plans.get(id)!.canContinue, undefined, 'it is gone on with once');
    assert.ok(house.audit.verify().ok);
    return ended;
  });
}

async function restarted<T>(order: CrashOrder, act: (house: CrashHouse) => Promise<T>): Promise<T> {
  const { stateFolder, homeFolder, env, limits } = order;
  const house = await openCrashHouse({ stateFolder, homeFolder, env, ...(limits ? { limits } : {}) });
  try {
    return await act(house);
  } finally {
    await house.close();
  }
}

/** The trail is whole, and every step that was begun in it has one end, every plan one approval and one end. */
function checkAudit(house: CrashHouse, plan: Plan): void {
  const verification = house.audit.verify();
  assert.ok(verification.ok, JSON.stringify(verification));
  const records = house.audit.list({ limit: 1_000, plan: plan.id });
  const count = (events: readonly AuditRecord['event'][], step?: number) =>
    records.filter((record) => events.includes(record.event) && record.step === step).length;
  assert.equal(count(['plan.approved']), 1);
  assert.equal(count(['plan.finished']), 1);
  for (const { index } of plan.steps) {
    const begun = count(['step.before'], index);
    assert.ok(begun <= 1, `step ${index} was begun once`);
    assert.equal(count(['step.after', 'step.reconciled'], index), begun, `step ${index} has one end`);
  }
  assert.deepEqual(plan.audit, { from: records.at(-1)!.seq, to: records[0]!.seq });
}

/** What is said of each step is what the cloud shows, and nothing is there twice. */
export function checkThree(plan: Plan, cloud: CloudCount): void {
  const isDone = plan.runs.map((run) => run.state === 'done');
  assert.deepEqual(
    { vms: cloud.vms, volumes: cloud.volumes, attached: cloud.attached },
    { vms: Number(isDone[0]), volumes: Number(isDone[1]), attached: isDone[2] },
    `${plan.state}: ${plan.runs.map((run) => `${run.state} (${run.observed ?? ''})`).join(', ')}`,
  );
  assert.equal(plan.state, isDone.every(Boolean) ? 'done' : 'stopped', plan.outcome);
  if (plan.state === 'stopped') assert.match(plan.outcome!, /Pilothouse was ended/);
}
