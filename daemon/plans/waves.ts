// Which steps of a plan may be under way at the same time. A wave is a run of neighbouring steps that do the same to
// different things: none of them has its hands on what another reaches, and none takes away for a moment what another
// would then be needed for. Whatever is not certain to be independent is done alone, in the order that was shown.
// Pure; asked by the runner.

import type { Operation } from '../../shared/model/operation.ts';
import type { PlanStep } from '../../shared/model/plan.ts';
import { type Kit, neighbourhoodOf, reachOf } from './kit.ts';
import { makerIn } from './targets.ts';

type Known = Pick<Kit, 'catalogue' | 'graph'>;

/** The steps in order, those of one wave together; at most `most` on one connection. */
export function wavesOf(
  kit: Known,
  steps: readonly PlanStep[],
  most: number,
): readonly (readonly PlanStep[])[] {
  const waves: PlanStep[][] = [];
  for (const step of steps) {
    const wave = waves.at(-1);
    const there = wave?.filter((one) => one.connection === step.connection).length ?? 0;
    if (wave && there < most && mayJoin(kit, wave, step)) wave.push(step);
    else waves.push([step]);
  }
  return waves;
}

function mayJoin(kit: Known, wave: readonly PlanStep[], step: PlanStep): boolean {
  const operation = kit.catalogue.get(step.operation);
  if (!operation || wave[0]!.operation !== step.operation || !goesTogether(operation)) return false;
  return !choosesLater(step) && wave.every((other) => isApart(kit, other, step));
}

/**
 * Rolling through a set one by one keeps a service up: what is only away for a moment (a reboot, a resize, a drain)
 * never goes together. What changes nothing for users does, and what ends down anyway.
 */
function goesTogether({ verb, impact, becomes }: Operation): boolean {
  if (verb === 'migrate' || verb === 'drain') return false;
  return impact === 'none' || becomes?.every((status) => endsDown.includes(status)) === true;
}
const endsDown: readonly string[] = ['stopped', 'suspended', 'gone'];

/** "Any free address", or a thing that is still to be made: which one is known only when the steps before are done. */
function choosesLater(step: PlanStep): boolean {
  return (
    step.targetFromStep !== undefined ||
    Object.values(step.args).some((value) => value === 'any' || makerIn(value) !== undefined)
  );
}

function isApart(kit: Known, one: PlanStep, other: PlanStep): boolean {
  if (other.after.includes(one.index) || choosesLater(one)) return false;
  if (other.args.name !== undefined && other.args.name === one.args.name) return false;
  const [hands, others] = [handsOf(kit, one), handsOf(kit, other)];
  return !meets(kit, hands, others) && !meets(kit, others, hands);
}

/** What a step changes; a create only uses what it names. */
function handsOf(kit: Known, step: PlanStep): readonly string[] {
  return step.target ? reachOf(kit, step) : [];
}

function meets(kit: Known, ids: readonly string[], others: readonly string[]): boolean {
  const near = new Set(others.flatMap((id) => neighbourhoodOf(kit, id)));
  return ids.some((id) => near.has(id));
}
