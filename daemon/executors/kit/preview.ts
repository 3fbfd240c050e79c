// What the handlers of all executors say before a write, and how they read a step: the shape of a preview, its notes,
// quotas, and arguments as they come. Reads nothing and writes nothing.

import type { Arguments } from '../../../shared/model/operation.ts';
import type { FieldChange, PreviewNote } from '../../../shared/model/plan.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { HandlerPreview, QuotaUse, StepContext } from '../contract.ts';

/** A preview that was worked out by reading; a dry run of the cloud says so in `checkedBy`. */
export function previewOf(
  effect: string,
  more: {
    readonly changes?: readonly FieldChange[];
    readonly notes?: readonly PreviewNote[];
    readonly idle?: boolean;
    readonly resolvedArgs?: Arguments;
    readonly quota?: readonly QuotaUse[];
    readonly checkedBy?: HandlerPreview['checkedBy'];
    readonly about?: HandlerPreview['about'];
  } = {},
): HandlerPreview {
  return {
    effect,
    changes: more.changes ?? [],
    notes: more.notes ?? [],
    checkedBy: more.checkedBy ?? 'checked',
    idle: more.idle ?? false,
    resolvedArgs: more.resolvedArgs,
    ...(more.quota && { quota: more.quota }),
    ...(more.about && { about: more.about }),
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

export function isBlocked(notes: readonly PreviewNote[]): boolean {
  return notes.some((note) => note.level === 'blocker');
}

/** What stopped a perform whose preview had blockers: the world moved in between. */
export function refuseBlocked(notes: readonly PreviewNote[]): void {
  const first = notes.find((note) => note.level === 'blocker');
  if (first) throw new ProblemError({ code: 'world-moved', message: first.message, fix: first.fix });
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
