// A process that proposes, approves and runs a plan of three steps, and kills itself without a word at the point it
// was told. What it was told comes as JSON in its one argument; the plan's id goes to stdout before anything is run.

import { writeSync } from 'node:fs';
import type { FaultPoint } from '../../daemon/plans/faults.ts';
import type { PlansOptions } from '../../daemon/plans/options.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { openCrashHouse, operator } from './crashHouse.ts';

export interface CrashOrder {
  readonly stateFolder: string;
  readonly homeFolder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly connection: string;
  readonly steps: readonly StepDraft[];
  readonly limits?: PlansOptions['limits'];
  readonly point: FaultPoint;
  readonly step?: number;
}

const order = JSON.parse(process.argv[2]!) as CrashOrder;
const house = await openCrashHouse({
  stateFolder: order.stateFolder,
  homeFolder: order.homeFolder,
  env: order.env,
  ...(order.limits ? { limits: order.limits } : {}),
  onFaultPoint: (point, step) => {
    if (point === order.point && step === order.step) process.kill(process.pid, 'SIGKILL');
  },
});
await house.connections.refresh(order.connection);
const plan = await house.plans.propose(
  { text: 'a plan of three steps', source: 'click', steps: order.steps, connection: order.connection },
  operator,
  AbortSignal.timeout(60_000),
);
writeSync(1, `${JSON.stringify({ id: plan.id, state: plan.state, outcome: plan.outcome ?? '' })}\n`);
await house.plans.approve({ id: plan.id, digest: plan.digest }, operator);
const ended = await house.plans.ended(plan.id);
writeSync(
  2,
  `it was to be killed at ${order.point} ${order.step ?? ''} and came to its end: ${ended.state} ${ended.outcome}\n`,
);
process.exit(3);
