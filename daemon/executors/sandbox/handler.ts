// The one handler that serves every operation of the simulated cloud. A write is a single transaction that also
// records the mark of the step: after a crash at any point the mark says whether it happened, and the same mark never
// writes twice.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../../../shared/model/operation.ts';
import type { ProblemCode } from '../../../shared/model/problem.ts';
import type { OperationHandler, StepContext, WriteContext, WriteOutcome } from '../contract.ts';
import { carryOut, spoil } from './carryOut.ts';
import { type Fault, faultOfTags, faultProblem } from './faults.ts';
import { type Machine, tagsOf } from './machines/machine.ts';
import { previewRequest } from './preview.ts';
import { resourceOf } from './translate.ts';
import { verifyStep } from './verify.ts';
import type { World } from './world.ts';

export function createHandler(world: World, operation: Operation, machine: Machine): OperationHandler {
  return {
    async preview(context) {
      await answer(world, context.signal);
      return previewRequest(world, context, {
        operation,
        machine,
        targetId: context.target?.id,
        mark: 'preview',
      });
    },
    async refresh({ target, signal }) {
      await answer(world, signal);
      const thing = target && world.things().get(target.id);
      return thing && resourceOf(thing);
    },
    perform: (context) => perform(world, operation, machine, context),
    async verify(context) {
      await answer(world, context.signal);
      return verifyStep(world, operation, context);
    },
    async reconcile({ mark, signal }) {
      await answer(world, signal);
      const record = world.findMark(mark);
      return record
        ? { found: 'done', observed: 'The sandbox has the mark of this step.', createdId: record.created }
        : { found: 'not-done', observed: 'The sandbox has no mark of this step.' };
    },
  };
}

/** What every answer takes, and the outage a test may have asked for. Throws ProblemError. */
export async function answer(world: World, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (world.durations.answer > 0) await sleep(world.durations.answer, undefined, { signal });
  const outage = world.setting('outage');
  if (outage !== undefined) throw faultProblem(outage as ProblemCode);
}

async function perform(
  world: World,
  operation: Operation,
  machine: Machine,
  context: WriteContext,
): Promise<WriteOutcome> {
  await answer(world, context.signal);
  const fault = faultFor(world, operation, context);
  if (fault) await failBefore(fault, context.signal);
  const { mark, target } = context;
  const { created } = world.commit(
    (draft) => {
      const done = carryOut(draft, {
        operation,
        machine,
        args: context.args,
        targetId: target?.id,
        mark,
        durations: world.durations,
      });
      if (fault && !done.idle)
        spoil(draft, machine.kind === 'create' ? done.createdId : target?.id, fault.kind);
      return done.createdId;
    },
    { mark, operation: operation.id, target: target?.id },
  );
  if (fault?.kind === 'crash-after') await crash();
  if (fault?.kind === 'lose-answer')
    throw faultProblem('cloud-unreachable', 'The answer of the cloud was lost.');
  return created === undefined ? {} : { createdId: created };
}

function faultFor(world: World, operation: Operation, { target, args }: StepContext): Fault | undefined {
  const name = target?.name ?? (typeof args.name === 'string' ? args.name : undefined);
  // Removing the tag must always work, or the thing could never be mended.
  const tags =
    operation.verb === 'tag' || operation.verb === 'untag' ? {} : (target?.tags ?? tagsOf(args.tags));
  return world.takeFault({ operation: operation.id, id: target?.id, name }) ?? faultOfTags(tags);
}

async function failBefore(fault: Fault, signal: AbortSignal): Promise<void> {
  if (fault.kind === 'refuse') throw faultProblem(fault.code, fault.message);
  if (fault.kind === 'lose-request')
    throw faultProblem('cloud-unreachable', 'The request did not reach the cloud.');
  if (fault.kind === 'hang')
    await new Promise((_, reject) => {
      const stop = (): void => reject(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  if (fault.kind === 'crash-before') await crash();
}

/** As `kill -9` from outside: no handler, no flush. */
async function crash(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}
