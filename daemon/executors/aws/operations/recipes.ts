// The three shapes most operations have, so that each file holds only what is particular to it: making a thing that
// carries the plan's mark, deleting a thing by its id, and changing a thing whose state tells whether it was changed.
// A request to EC2 is described once: the same function asks in the preview (`DryRun`) and writes in the run.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import { isTransitional } from '../../../../shared/model/statuses.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { previewOf, previewOfGone, refuseBlocked, requireTarget } from '../../kit/preview.ts';
import { type Look, waitFor } from '../../kit/readBack.ts';
import { settling } from '../../kit/settling.ts';
import type { Aws } from '../aws.ts';
import { askDry, isBlocked, type Send } from './dryRun.ts';
import { fetchResource } from './read.ts';

export interface CreateRecipe {
  readonly noun: string;
  readonly preview: (context: StepContext) => Promise<HandlerPreview>;
  /** The thing that carries the mark, if there is one. */
  readonly findMarked: (
    context: StepContext,
    mark: string,
  ) => Promise<{ readonly resourceId: string; readonly name: string } | undefined>;
  /** Sends the request once; gives the id of the resource. */
  readonly create: (context: WriteContext) => Promise<string>;
  /** Statuses in which it is usable; default: any that is not on its way. */
  readonly ready?: readonly string[];
}

/** A handler after whose write everything remembered of AWS is old. */
function forgetting(aws: Aws, handler: OperationHandler): OperationHandler {
  const perform: OperationHandler['perform'] = async (context) => {
    try {
      return await handler.perform(context);
    } finally {
      aws.forget();
    }
  };
  return settling(aws, { ...handler, perform });
}

export function createHandler(aws: Aws, recipe: CreateRecipe): OperationHandler {
  const isReady = (now: Resource) =>
    recipe.ready ? recipe.ready.includes(now.status) : !isTransitional(now.status);
  return forgetting(aws, {
    preview: recipe.preview,
    refresh: async ({ target, signal }) => target && fetchResource(aws, target.id, signal),
    perform: async (context) => {
      const made = await recipe.findMarked(context, context.mark);
      return { createdId: made ? made.resourceId : await recipe.create(context) };
    },
    verify: (context) =>
      waitFor(aws, context, () => lookAt(aws, context.outcome.createdId ?? '', isReady, context.signal)),
    reconcile: async (context) => {
      const made = await recipe.findMarked(context, context.mark);
      if (!made) return { found: 'not-done', observed: `no ${recipe.noun} carries the mark of this plan` };
      const { name, resourceId: createdId } = made;
      return { found: 'done', observed: `the ${recipe.noun} ${name} was made`, createdId };
    },
  });
}

export interface DeleteRecipe {
  readonly noun: string;
  readonly effect?: (target: Resource) => string;
  /** What stands against it and what it takes along. */
  readonly notes?: (target: Resource, context: StepContext) => Promise<readonly PreviewNote[]>;
  /** The request, where EC2 can be asked dry. */
  readonly send?: (target: Resource) => Send;
  /** The write, where it is another service's. */
  readonly write?: (target: Resource, context: WriteContext) => Promise<void>;
}

export function deleteHandler(aws: Aws, recipe: DeleteRecipe): OperationHandler {
  const read = (context: StepContext) => fetchResource(aws, requireTarget(context).id, context.signal);
  const what = (target: Resource) => `delete the ${recipe.noun} ${target.name}`;
  return forgetting(aws, {
    preview: async (context) => {
      const { name } = requireTarget(context);
      const now = await read(context);
      if (!now) return previewOf(`Nothing: ${name} is gone already.`, { idle: true });
      if (now.status === 'deleting')
        return previewOf(`Nothing: ${now.name} is being deleted already.`, { idle: true });
      const own = (await recipe.notes?.(now, context)) ?? [];
      const asked =
        recipe.send && !isBlocked(own)
          ? await askDry(aws, { what: what(now), signal: context.signal }, recipe.send(now))
          : [];
      const effect =
        recipe.effect?.(now) ?? `Deletes the ${recipe.noun} ${now.name}; this cannot be taken back.`;
      return previewOf(effect, {
        changes: [{ field: 'status', before: now.status, after: 'deleted' }],
        notes: [...own, ...asked],
        checkedBy: recipe.send ? 'dry-run' : 'checked',
      });
    },
    refresh: read,
    perform: async (context) => {
      const target = requireTarget(context);
      try {
        if (recipe.write) await recipe.write(target, context);
        else
          await aws.services.ec2.write({ what: what(target), signal: context.signal }, (at) =>
            recipe.send!(target)(at, {}),
          );
      } catch (error) {
        // What is gone already is as it was wanted.
        if (!(error instanceof ProblemError) || error.problem.code !== 'cloud-not-found') throw error;
      }
      return {};
    },
    verify: (context) =>
      waitFor(aws, context, async () => {
        const { name } = requireTarget(context);
        const now = await read(context);
        if (!now)
          return { kind: 'done', verification: { verified: true, observed: `${name} is gone`, gone: true } };
        if (now.status === 'error') return { kind: 'failed', observed: `${name} is in error`, resource: now };
        const kind = now.status === 'deleting' ? 'working' : 'waiting';
        return { kind, observed: `${name} is ${now.status}`, resource: now };
      }),
    reconcile: async (context) => {
      const now = await read(context);
      const { name } = requireTarget(context);
      if (!now) return { found: 'done', observed: `${name} is gone` };
      return { found: now.status === 'deleting' ? 'done' : 'not-done', observed: `${name} is ${now.status}` };
    },
  });
}

export interface ChangeRecipe {
  readonly noun: string;
  readonly preview: (now: Resource, context: StepContext) => Promise<HandlerPreview>;
  /** Whether the change shows; `context.args` are the resolved ones. */
  readonly isDone: (now: Resource, context: StepContext) => boolean | Promise<boolean>;
  readonly write: (context: WriteContext, now: Resource) => Promise<void>;
  /** What is seen of it, where the status says too little. */
  readonly observe?: (now: Resource, context: StepContext) => string;
}

export function changeHandler(aws: Aws, recipe: ChangeRecipe): OperationHandler {
  const read = (context: StepContext) => fetchResource(aws, requireTarget(context).id, context.signal);
  const observe = recipe.observe ?? ((now: Resource) => `${now.name} is ${now.status}`);
  return forgetting(aws, {
    preview: async (context) => {
      const now = await read(context);
      return now ? recipe.preview(now, context) : previewOfGone(context, recipe.noun);
    },
    refresh: read,
    perform: async (context) => {
      const now = await read(context);
      if (!now) refuseBlocked(previewOfGone(context, recipe.noun).notes);
      else if (!(await recipe.isDone(now, context))) await recipe.write(context, now);
      return {};
    },
    verify: (context) =>
      waitFor(aws, context, () =>
        lookAt(
          aws,
          requireTarget(context).id,
          (now) => recipe.isDone(now, context),
          context.signal,
          (now) => observe(now, context),
        ),
      ),
    reconcile: async (context) => {
      const now = await read(context);
      if (!now) return { found: 'unknown', observed: `${requireTarget(context).name} is gone` };
      const observed = observe(now, context);
      if (await recipe.isDone(now, context)) return { found: 'done', observed };
      // In the middle of something it may be this change on its way.
      return { found: now.health === 'busy' ? 'unknown' : 'not-done', observed };
    },
  });
}

/** Reads a resource and says whether it is as wanted. */
export async function lookAt(
  aws: Aws,
  id: string,
  isWanted: (now: Resource) => boolean | Promise<boolean>,
  signal: AbortSignal,
  observe: (now: Resource) => string = (now) => `${now.name} is ${now.status}`,
): Promise<Look> {
  const now = await fetchResource(aws, id, signal);
  if (!now) return { kind: 'waiting', observed: 'it is not there' };
  const observed = observe(now);
  if (now.status === 'error')
    return { kind: 'failed', observed: `${now.name} is in error${why(now)}`, resource: now };
  if (await isWanted(now)) return { kind: 'done', verification: { verified: true, observed, resource: now } };
  return { kind: now.health === 'busy' ? 'working' : 'waiting', observed, resource: now };
}

function why(now: Resource): string {
  const { fault } = now.attributes;
  return typeof fault === 'string' ? `: ${fault}` : '';
}
