// One handler for deeds that are known by the state they lead to, not by a mark: on this machine, and on one's own servers. A deed says how a thing is read, what is to be checked, how it is done
// and how one sees that it was done; the order of looking, doing and reading back is the same for all. After a crash
// the state of the thing tells: nothing here carries a mark, since a process or container has no place for one.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Arguments, Operation } from '../../../shared/model/operation.ts';
import type { FieldChange, PreviewNote } from '../../../shared/model/plan.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { HandlerPreview, OperationHandler, StepContext } from '../contract.ts';

/** What a look at the thing says about a deed. */
export type Judgement =
  | { readonly kind: 'done'; readonly observed: string }
  | { readonly kind: 'waiting'; readonly observed: string }
  | { readonly kind: 'failed'; readonly observed: string };

export interface Deed {
  /** The thing as it is now; undefined where it is gone. Throws ProblemError. */
  read(target: Resource, signal: AbortSignal): Promise<Resource | undefined>;
  /** What stands against it, or should be known. */
  check?(target: Resource, args: Arguments, signal: AbortSignal): Promise<readonly PreviewNote[]>;
  changes(target: Resource, args: Arguments): readonly FieldChange[];
  /** The write. Throws ProblemError. */
  act(
    target: Resource,
    args: Arguments,
    signal: AbortSignal,
    progress: StepContext['progress'],
  ): Promise<void>;
  judge(now: Resource | undefined, before: Resource, args: Arguments): Judgement;
  /** Nothing to do, beyond what the catalogue says of the status. */
  isIdle?(target: Resource, args: Arguments): boolean;
  /** It is looked at once more after so long: what starts may end at once. */
  readonly settleMs?: number;
  /** How long the effect may take to show; absent: as long as the runner waits. */
  readonly patienceMs?: number;
}

export function handlerOf(operation: Operation, deed: Deed): OperationHandler {
  return {
    preview: (context) => preview(operation, deed, context),
    refresh: async ({ target, signal }) => target && deed.read(target, signal),
    async perform({ target, args, signal, progress }) {
      await deed.act(requireTarget(target), args, signal, progress);
      return {};
    },
    verify: (context) => verify(deed, context),
    async reconcile({ target, args, signal }) {
      const before = requireTarget(target);
      const { kind, observed } = deed.judge(await deed.read(before, signal), before, args);
      return { found: kind === 'done' ? 'done' : kind === 'waiting' ? 'not-done' : 'unknown', observed };
    },
  };
}

async function preview(operation: Operation, deed: Deed, context: StepContext): Promise<HandlerPreview> {
  const { args, signal } = context;
  const known = requireTarget(context.target);
  const effect = effectOf(operation, known, args);
  const now = await deed.read(known, signal);
  if (!now)
    return blocked(effect, `${known.name} is not there any more.`, 'List what is there and ask again.');
  const isIdle = (operation.idle?.includes(now.status) ?? false) || (deed.isIdle?.(now, args) ?? false);
  if (isIdle) return { effect, changes: [], notes: [], checkedBy: 'checked', idle: true };
  if (operation.from && !operation.from.includes(now.status))
    return blocked(
      effect,
      `${now.name} is ${now.status}; this needs it ${operation.from.join(' or ')}.`,
      'Bring it into that state first.',
    );
  const notes = (await deed.check?.(now, args, signal)) ?? [];
  return { effect, changes: deed.changes(now, args), notes, checkedBy: 'checked', idle: false };
}

function effectOf(operation: Operation, target: Resource, args: Arguments): string {
  const said = Object.entries(args)
    .filter(([, value]) => value !== false && value !== null)
    .map(([name, value]) => (value === true ? name : `${name.replaceAll('_', ' ')} ${String(value)}`));
  return `${operation.title} ${target.name}${said.length > 0 ? ` (${said.join(', ')})` : ''}.`;
}

function blocked(effect: string, message: string, fix: string): HandlerPreview {
  return {
    effect,
    changes: [],
    notes: [{ level: 'blocker', message, fix }],
    checkedBy: 'checked',
    idle: false,
  };
}

/** Looks until the effect shows, something ends it, or nobody waits any more. */
async function verify(deed: Deed, { target, args, signal, progress }: StepContext) {
  const before = requireTarget(target);
  const deadlineMs = Date.now() + (deed.patienceMs ?? Number.POSITIVE_INFINITY);
  let said = '';
  let settleMs = deed.settleMs ?? 0;
  for (
    let pauseMs: number = limits.localPollFirstMs;
    ;
    pauseMs = Math.min(pauseMs * 1.6, limits.localPollMs)
  ) {
    const now = await deed.read(before, signal);
    const { kind, observed } = deed.judge(now, before, args);
    const seen = { observed, ...(now ? { resource: now } : { gone: true }) };
    if (kind === 'done' && settleMs > 0) {
      await sleep(settleMs, undefined, { signal }).catch(() => undefined);
      settleMs = 0;
      continue;
    }
    if (kind === 'done') return { verified: true, ...seen };
    if (kind === 'failed' || signal.aborted || Date.now() >= deadlineMs) return { verified: false, ...seen };
    if (observed !== said) progress(observed);
    said = observed;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

function requireTarget(target: Resource | undefined): Resource {
  if (target) return target;
  throw new ProblemError({
    code: 'bad-input',
    message: 'It does not say which thing is meant.',
    fix: 'Name one.',
  });
}
