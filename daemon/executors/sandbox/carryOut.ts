// One operation on the simulated cloud, inside a draft: checks what a cloud would check, then writes. The same code
// serves the preview, which throws the draft away, and the write, which commits it. It asks nobody and waits for nothing.

import type { Arguments, Operation } from '../../../shared/model/operation.ts';
import type { Draft } from './draft.ts';
import type { Durations } from './durations.ts';
import type { FaultKind } from './faults.ts';
import { type ChangeMachine, type Machine, refuse, type TargetStep } from './machines/machine.ts';
import { requireQuota, usageOf } from './quota.ts';
import type { Thing } from './thing.ts';

export interface Request {
  readonly operation: Operation;
  readonly machine: Machine;
  readonly args: Arguments;
  readonly targetId?: string;
  readonly mark: string;
  readonly durations: Durations;
}

export interface CarriedOut {
  /** Nothing was to do. */
  readonly idle: boolean;
  readonly createdId?: string;
}

/** What a locked thing still lets happen: as in OpenStack it can be copied, labelled and unlocked. */
const allowedWhenLocked: readonly string[] = ['lock', 'unlock', 'snapshot', 'tag', 'untag'];

/** A transition that never ends: some 3,000 years. */
const neverMs = 1e14;

/** Throws ProblemError where the cloud would refuse; the draft is to be thrown away then. */
export function carryOut(draft: Draft, request: Request): CarriedOut {
  const { machine, args, mark, durations } = request;
  const before = usageOf(draft);
  if (machine.kind === 'create') {
    const createdId = machine.make({ draft, args, mark, durations });
    requireQuota(before, draft);
    return { idle: false, createdId };
  }
  const target = request.targetId === undefined ? undefined : draft.get(request.targetId);
  if (!target)
    return refuse(
      'cloud-not-found',
      'The resource is not there any more.',
      'Look at the tree and ask again.',
    );
  const step = { draft, args, mark, durations, target };
  if (isIdle(request.operation, machine, step)) return { idle: true };
  requireReady(request.operation, target);
  machine.check?.(step);
  const createdId = change(machine, step);
  requireQuota(before, draft);
  return { idle: false, createdId };
}

/** Makes what was accepted end badly, or never. */
export function spoil(draft: Draft, id: string | undefined, kind: FaultKind): void {
  const thing = id === undefined ? undefined : draft.get(id);
  if (!thing) return;
  if (kind === 'stuck') draft.begin(thing.id, {}, neverMs, thing.due?.outcome ?? {});
  if (kind !== 'end-in-error') return;
  const failed = { status: 'error', attributes: { fault: 'A failure on demand of the simulated cloud.' } };
  draft.begin(thing.id, {}, thing.due ? thing.due.atMs - draft.nowMs : 0, failed);
}

function isIdle(operation: Operation, machine: ChangeMachine, step: TargetStep): boolean {
  if (step.target.due) return false;
  return (operation.idle?.includes(step.target.status) ?? false) || (machine.isIdle?.(step) ?? false);
}

function requireReady(operation: Operation, target: Thing): void {
  if (target.due?.outcome.gone)
    refuse('cloud-conflict', `${target.name} is being deleted.`, 'Nothing is left to do with it.');
  // As real clouds do: what is stuck on its way can still be deleted.
  if (target.due && operation.verb !== 'delete')
    refuse(
      'cloud-conflict',
      `${target.name} is still ${target.status}.`,
      'Wait until it is done and ask again.',
    );
  if (target.attributes.locked === true && !allowedWhenLocked.includes(operation.verb))
    refuse(
      'cloud-conflict',
      `${target.name} is locked against changes.`,
      `Unlock it first: "unlock ${target.name}".`,
    );
  if (operation.from && !operation.from.includes(target.status))
    refuse(
      'cloud-conflict',
      `${target.name} is ${target.status}; this needs it ${operation.from.join(' or ')}.`,
      'Bring it into that state first.',
    );
}

function change(machine: ChangeMachine, step: TargetStep): string | undefined {
  const { draft, target, durations } = step;
  // All is computed from the world as it was, before any of it is written.
  const now = machine.now?.(step) ?? {};
  const outcome = machine.outcome?.(step);
  const createdId = machine.also?.(step);
  if (outcome === undefined) draft.change(target.id, now);
  else {
    const during = { ...now, status: machine.during ?? target.status };
    draft.begin(target.id, during, machine.takes ? durations[machine.takes] : 0, outcome);
  }
  return createdId;
}
