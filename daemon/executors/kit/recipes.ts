// The three shapes most operations have, so that each file holds only what is particular to it: making a thing that
// carries the plan's mark, deleting a thing by its id, and changing a thing whose state tells whether it was changed.
// An executor says how it reads one thing; what is written stands in the recipe.

import type { PreviewNote } from '../../../shared/model/plan.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../contract.ts';
import { isBlocked, previewOf, previewOfGone, refuseBlocked, requireTarget } from './preview.ts';
import { type Look, type Rhythm, waitFor } from './readBack.ts';
import { settling } from './settling.ts';

/** How an executor reads one thing back. */
export interface ReadBack extends Rhythm {
  /** As the cloud shows it now; undefined where it is gone. */
  readonly read: (id: string, signal: AbortSignal) => Promise<Resource | undefined>;
  /** Something was written: what was remembered of the cloud is old. */
  readonly onWritten: () => void;
}

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
  /** Whether it is usable; default: it can be read. */
  readonly look?: (context: StepContext, resourceId: string) => Promise<Look>;
}

export function createRecipe(back: ReadBack, recipe: CreateRecipe): OperationHandler {
  const look = recipe.look ?? ((context, id) => lookAt(back, id, () => true, context.signal));
  return writing(back, {
    preview: recipe.preview,
    refresh: async ({ target, signal }) => target && back.read(target.id, signal),
    perform: async (context) => {
      const made = await recipe.findMarked(context, context.mark);
      return { createdId: made ? made.resourceId : await recipe.create(context) };
    },
    verify: (context) => waitFor(back, context, () => look(context, context.outcome.createdId ?? '')),
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
  /** Asks the cloud without doing anything; asked only where no note is a blocker. */
  readonly tryOut?: (target: Resource, context: StepContext) => Promise<readonly PreviewNote[]>;
  /** Sends the request; that the thing is gone already is no error. */
  readonly write: (context: WriteContext, target: Resource) => Promise<void>;
}

export function deleteRecipe(back: ReadBack, recipe: DeleteRecipe): OperationHandler {
  const read = (context: StepContext) => back.read(requireTarget(context).id, context.signal);
  return writing(back, {
    preview: async (context) => {
      const { name } = requireTarget(context);
      const now = await read(context);
      if (!now) return previewOf(`Nothing: ${name} is gone already.`, { idle: true });
      if (now.status === 'deleting')
        return previewOf(`Nothing: ${now.name} is being deleted already.`, { idle: true });
      const effect =
        recipe.effect?.(now) ?? `Deletes the ${recipe.noun} ${now.name}; this cannot be taken back.`;
      const notes = (await recipe.notes?.(now, context)) ?? [];
      const answers = isBlocked(notes) ? [] : ((await recipe.tryOut?.(now, context)) ?? []);
      return previewOf(effect, {
        changes: [{ field: 'status', before: now.status, after: 'deleted' }],
        notes: [...notes, ...answers],
        checkedBy: recipe.tryOut ? 'dry-run' : 'checked',
      });
    },
    refresh: read,
    perform: async (context) => {
      await recipe.write(context, requireTarget(context));
      return {};
    },
    verify: (context) =>
      waitFor(back, context, async () => {
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
  readonly preview: (now: Resource, context: StepContext) => HandlerPreview | Promise<HandlerPreview>;
  /** Whether the change shows; `context.args` are the resolved ones. */
  readonly isDone: (now: Resource, context: StepContext) => boolean | Promise<boolean>;
  readonly write: (context: WriteContext, now: Resource) => Promise<void>;
  /** What is seen of it, where the status says too little. */
  readonly observe?: (now: Resource, context: StepContext) => string;
}

export function changeRecipe(back: ReadBack, recipe: ChangeRecipe): OperationHandler {
  const read = (context: StepContext) => back.read(requireTarget(context).id, context.signal);
  return writing(back, {
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
      waitFor(back, context, () =>
        lookAt(
          back,
          requireTarget(context).id,
          (now) => recipe.isDone(now, context),
          context.signal,
          recipe.observe && ((now) => recipe.observe!(now, context)),
        ),
      ),
    reconcile: async (context) => {
      const now = await read(context);
      const { name } = requireTarget(context);
      if (!now) return { found: 'unknown', observed: `${name} is gone` };
      const observed = recipe.observe?.(now, context);
      if (await recipe.isDone(now, context))
        return { found: 'done', observed: observed ?? `${name} is as wanted` };
      // In the middle of something it may be this change on its way.
      const found = now.health === 'busy' ? 'unknown' : 'not-done';
      return { found, observed: observed ?? `${name} is ${now.status}` };
    },
  });
}

/** A handler after whose write, also one that failed, all that was remembered of the cloud is old. */
function writing(back: ReadBack, handler: OperationHandler): OperationHandler {
  return settling(back, {
    ...handler,
    perform: async (context) => {
      try {
        return await handler.perform(context);
      } finally {
        back.onWritten();
      }
    },
  });
}

/** Reads a resource and says whether it is as wanted. */
export async function lookAt(
  back: ReadBack,
  id: string,
  isWanted: (now: Resource) => boolean | Promise<boolean>,
  signal: AbortSignal,
  observe: (now: Resource) => string = (now) => `${now.name} is ${now.status}`,
): Promise<Look> {
  const now = await back.read(id, signal);
  if (!now) return { kind: 'waiting', observed: 'it is not there' };
  const observed = observe(now);
  if (now.status === 'error')
    return { kind: 'failed', observed: `${now.name} is in error${why(now)}`, resource: now };
  if (await isWanted(now)) return { kind: 'done', verification: { verified: true, observed, resource: now } };
  return { kind: now.health === 'busy' ? 'working' : 'waiting', observed, resource: now };
}

function why({ attributes: { fault } }: Resource): string {
  return typeof fault === 'string' ? `: ${fault}` : '';
}
