// What all handlers of this executor share: the shape of a preview, waiting for an effect, and what to do when the
// answer to a write got lost: the cloud is read until it tells whether the write happened, and it is never sent again.

import type { Arguments } from '../../../../shared/model/operation.ts';
import type { FieldChange, PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type {
  HandlerPreview,
  OperationHandler,
  QuotaUse,
  StepContext,
  Verification,
} from '../../contract.ts';
import type { OpenStack } from '../api/openStack.ts';
import { pause } from '../../kit/pause.ts';
import { UnsettledError } from '../client/problems.ts';

/** Looks after a lost answer before it is called unknown: some 15 s, longer than a busy API keeps a create. */
const settleLooks = 6;
/** Looks that show neither the effect nor work under way before a write is taken for failed. */
const stalledLooksMax = 4;

export function previewOf(
  effect: string,
  more: {
    readonly changes?: readonly FieldChange[];
    readonly notes?: readonly PreviewNote[];
    readonly idle?: boolean;
    readonly resolvedArgs?: Arguments;
    readonly quota?: readonly QuotaUse[];
  } = {},
): HandlerPreview {
  return {
    effect,
    changes: more.changes ?? [],
    notes: more.notes ?? [],
    checkedBy: 'checked',
    idle: more.idle ?? false,
    resolvedArgs: more.resolvedArgs,
    ...(more.quota && { quota: more.quota }),
  };
}

export const info = (message: string, fix?: string): PreviewNote => ({ level: 'info', message, fix });
export const warning = (message: string, fix?: string): PreviewNote => ({ level: 'warning', message, fix });
export const blocker = (message: string, fix?: string): PreviewNote => ({ level: 'blocker', message, fix });

/** Preview of a target that is not there any more. */
export function previewOfGone(context: StepContext, kind: string): HandlerPreview {
  const name = context.target?.name ?? 'it';
  const note = blocker(`The ${kind} ${name} is not there any more.`, 'Refresh the tree and ask again.');
  return previewOf(`Nothing: ${name} is gone.`, { notes: [note] });
}

export function requireTarget(context: StepContext): Resource {
  if (context.target) return context.target;
  throw new ProblemError({
    code: 'bad-input',
    message: `${context.operation} was asked for without a target.`,
    fix: 'Name the thing it is about.',
  });
}

/** What stopped a perform whose preview had blockers: the world moved in between. */
export function refuseBlocked(notes: readonly PreviewNote[]): void {
  const first = notes.find((note) => note.level === 'blocker');
  if (first) throw new ProblemError({ code: 'world-moved', message: first.message, fix: first.fix });
}

/** What one look at a write's effect came to. */
export type Look =
  | { readonly kind: 'done'; readonly verification: Verification }
  | { readonly kind: 'failed'; readonly observed: string; readonly resource?: Resource }
  /** At work: look again. */
  | { readonly kind: 'working'; readonly observed: string; readonly resource?: Resource }
  /** Neither at work nor as wanted: bears a few looks. */
  | { readonly kind: 'waiting'; readonly observed: string; readonly resource?: Resource };

/** Looks again and again until the effect shows, fails or stalls; at the signal it says what it saw last. */
export async function waitFor(
  os: OpenStack,
  context: Pick<StepContext, 'signal' | 'progress'>,
  look: () => Promise<Look>,
): Promise<Verification> {
  let stalled = 0;
  let last: Look | undefined;
  for (let ms = os.pollFirstMs; ; ms = Math.min(ms * 1.5, os.pollMs)) {
    try {
      last = await look();
    } catch (error) {
      if (!context.signal.aborted) throw error;
    }
    if (last?.kind === 'done') return last.verification;
    const seen = last ?? { kind: 'working', observed: 'nothing could be read back', resource: undefined };
    if (context.signal.aborted) return { verified: false, observed: `${seen.observed} when the time was up` };
    stalled = seen.kind === 'waiting' ? stalled + 1 : 0;
    if (seen.kind === 'failed' || stalled >= stalledLooksMax)
      return { verified: false, observed: seen.observed, resource: seen.resource };
    context.progress(seen.observed);
    await pause(ms, context.signal).catch(() => undefined);
  }
}

/** A handler whose `perform` finds out what became of a write when its answer got lost. */
export function settling(os: OpenStack, handler: OperationHandler): OperationHandler {
  return {
    ...handler,
    perform: async (context) => {
      try {
        return await handler.perform(context);
      } catch (error) {
        if (!(error instanceof UnsettledError)) throw error;
        context.progress('the answer got lost; looking whether it happened');
        for (let look = 0; look < settleLooks; look++) {
          await pause(os.pollFirstMs * 2 ** Math.min(look, 3), context.signal);
          const found = await handler.reconcile(context).catch(() => undefined);
          if (found?.found === 'done') return { createdId: found.createdId };
        }
        throw new ProblemError(
          {
            ...error.problem,
            message: `${error.problem.message} Whether it took effect is not known.`,
            fix: 'Look at the resource before you ask again.',
          },
          error,
        );
      }
    },
  };
}

/** What a step needs of one quota. */
export function quotaUse(what: string, needed: number, used: number, limit: number): QuotaUse {
  return { what, needed, used, limit };
}

/** Note where a quota does not suffice, with figures; undefined where it does or has no bound (-1). */
export function quotaNote({ what, needed, used, limit }: QuotaUse): PreviewNote | undefined {
  if (limit < 0 || needed <= 0 || used + needed <= limit) return undefined;
  return blocker(
    `The quota does not suffice: it would need ${needed} of ${Math.max(0, limit - used)} free ${what} (${used} of ${limit} in use).`,
    'Delete what is not needed, choose a smaller size, or ask the operator of the cloud to raise the quota.',
  );
}

export function isNote(note: PreviewNote | undefined): note is PreviewNote {
  return note !== undefined;
}

/** An argument as text; undefined where it is absent or empty. */
export function textArgument(args: Arguments, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function numberArgument(args: Arguments, name: string): number | undefined {
  const value = args[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Tags argument as text values. */
export function tagsArgument(args: Arguments): Readonly<Record<string, string>> {
  const value = args.tags;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, one === null ? '' : String(one)]),
  );
}
