// Steps of a reading in the order they have to be done: what was said first, unless "after" or "before" turns it round,
// and each step behind those it needs. Called when the reading of every clause is decided.

import type { Evidence, StepDraft } from '../../../shared/model/reading.ts';
import type { Attempt, DraftStep } from '../filling/attempt.ts';
import type { Read, Tools } from '../filling/readClause.ts';
import { isWord } from '../words/cells.ts';
import { beforehand, isPostponed } from './earlier.ts';

export interface Choice {
  readonly read: Read;
  readonly attempt: Attempt;
}

/** Steps in the order they have to be done, with what each waits for. */
export function draftsOf(choices: readonly Choice[], tools: Tools): readonly StepDraft[] {
  const groups = choices.map((choice) => ({ choice, drafts: choice.attempt.steps }));
  const order = groups.map((_, index) => index);
  if (groups.length > 1 && isPostponed(groups[0]!.choice.read.clause.cells)) {
    const next = groups.findIndex(({ choice }, at) => at > 1 && choice.read.clause.link === 'stop');
    order.splice(next < 0 ? groups.length - 1 : next - 1, 0, order.shift()!);
  }
  for (let at = 1; at < groups.length; at++)
    if (groups[at]!.choice.read.clause.link === 'after') {
      const from = order.indexOf(at);
      order.splice(from, 1);
      order.splice(Math.max(0, order.indexOf(earliest(groups, at))), 0, at);
    }
  // Numbers of created steps were counted in the order of the text.
  const textStart = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, group) => sum + group.drafts.length, 0),
  );
  const newIndex = new Map<number, number>();
  let next = 0;
  for (const index of order)
    groups[index]!.drafts.forEach((_, offset) => {
      newIndex.set(textStart[index]! + offset, next++);
    });
  const steps: StepDraft[] = [];
  let previous: number[] = [];
  for (const index of order) {
    const { choice, drafts } = groups[index]!;
    const start = steps.length;
    const { link } = choice.read.clause;
    const ordered =
      order.indexOf(index) > 0 &&
      (link === 'then' || link === 'before' || link === 'after' || order[0] !== 0);
    for (const draft of drafts) steps.push(draftOf(draft, steps, ordered ? previous : [], newIndex, tools));
    previous = drafts.map((_, offset) => start + offset);
  }
  return withoutGone(steps);
}

/** "grow a and shrink b, snapshot both before": in front of the first step that is about any of them. */
function earliest(
  groups: readonly { readonly choice: Choice; readonly drafts: readonly DraftStep[] }[],
  at: number,
): number {
  const { choice, drafts } = groups[at]!;
  const last = choice.read.clause.cells.findLast((cell) => !isWord(cell, 'filler', 'comma', 'stop'));
  if (!beforehand.test(last?.low ?? '')) return at - 1;
  const ids = new Set(drafts.flatMap((draft) => draft.ids ?? []));
  const first = groups.findIndex((group) =>
    group.drafts.some((draft) => draft.ids?.some((id) => ids.has(id))),
  );
  return first < at ? first : at - 1;
}

/** "retire a: delete the machine and its disk": nothing is deleted twice. */
function withoutGone(steps: readonly StepDraft[]): readonly StepDraft[] {
  const gone = new Set<string>();
  const kept: (StepDraft | undefined)[] = steps.map((step) => {
    const { operation, target } = step;
    if (!operation.startsWith('delete.') || target?.kind !== 'resources') return step;
    const ids = target.ids.filter((id) => !gone.has(id));
    for (const id of ids) gone.add(id);
    if (ids.length === target.ids.length) return step;
    return ids.length === 0 ? undefined : { ...step, target: { ...target, ids } };
  });
  if (kept.every((step) => step !== undefined)) return kept;
  const index = steps.map((_, at) => kept.slice(0, at).filter((step) => step !== undefined).length);
  return kept.flatMap((step) => {
    if (!step) return [];
    const { target } = step;
    const after = step.after.filter((at) => kept[at] !== undefined).map((at) => index[at]!);
    return [
      {
        ...step,
        after,
        ...(target?.kind === 'created' && { target: { ...target, step: index[target.step]! } }),
      },
    ];
  });
}

export function draftOf(
  draft: DraftStep,
  before: readonly StepDraft[],
  ordered: readonly number[],
  newIndex: ReadonlyMap<number, number>,
  _tools: Tools,
): StepDraft {
  const created = draft.created === undefined ? undefined : newIndex.get(draft.created);
  const args = Object.fromEntries(
    Object.entries(draft.args).map(([name, value]) => {
      const ref = typeof value === 'string' ? /^\$(\d+)$/.exec(value) : undefined;
      return [name, ref ? `$${(newIndex.get(Number(ref[1]) - 1) ?? Number(ref[1]) - 1) + 1}` : value];
    }),
  );
  const needs = new Set(ordered);
  if (created !== undefined) needs.add(created);
  for (const value of Object.values(args)) {
    const ref = typeof value === 'string' ? /^\$(\d+)$/.exec(value) : undefined;
    if (ref) needs.add(Number(ref[1]) - 1);
  }
  const target = draft.ids && { kind: 'resources' as const, ids: draft.ids };
  for (const at of neededBy({ operation: draft.operation.id, target, args }, before)) needs.add(at);
  if (created !== undefined)
    before.forEach((step, index) => {
      if (step.target?.kind === 'created' && step.target.step === created) needs.add(index);
    });
  return {
    operation: draft.operation.id,
    target:
      created !== undefined
        ? { kind: 'created', step: created }
        : draft.ids
          ? {
              kind: 'resources',
              ids: draft.ids,
              ...(draft.filter && Object.keys(draft.filter).length > 0
                ? { filter: { kind: draft.operation.kind, ...draft.filter } }
                : {}),
            }
          : undefined,
    args,
    after: [...needs].filter((index) => index < before.length).sort((a, b) => a - b),
    evidence: evidenceOf(draft),
  };
}

/** Steps before one that it has to wait for: those that touch its things, free its address or make what it names. */
export function neededBy(
  { operation, target, args }: Pick<StepDraft, 'operation' | 'target' | 'args'>,
  before: readonly StepDraft[],
): readonly number[] {
  const touched = new Set([
    ...(target?.kind === 'resources' ? target.ids : []),
    ...Object.values(args).filter((value): value is string => typeof value === 'string'),
  ]);
  return before.flatMap((step, index) => {
    const isTouched = step.target?.kind === 'resources' && step.target.ids.some((id) => touched.has(id));
    // An address has to be free before it is given to another.
    const isFreed = operation.startsWith('assign-ip.') && step.operation.startsWith('unassign-ip.');
    const made = /^create\./.test(step.operation) ? step.operation.slice('create.'.length) : undefined;
    const isMade = made !== undefined && made in args && args[made] === step.args.name;
    return isTouched || isFreed || isMade ? [index] : [];
  });
}

function evidenceOf(draft: DraftStep): readonly Evidence[] {
  const seen = new Set<string>();
  return draft.evidence.flatMap(({ part, cell }) => {
    const key = `${part}:${cell.start}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ part, start: cell.start, end: cell.end, text: cell.text }];
  });
}
