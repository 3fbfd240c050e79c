// Small words that choose among what was said, where no step took notice of them: "tag a owner carol or dave", "cordon a, b;
// drain just the second", "staging gets half", "stop the untagged ones", "scale it in prod, staging untouched", "all but a,
// run it once". Without the word more or other is done than was said, so that the plan is offered as a question. Called by
// `heldBack`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** The choice that no step has made. */
export function unchosenOf({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      choosing.test(cell.low) &&
      !steps.some((step) => isReadBy(step, cell)) &&
      (isEither(cells, index, steps) ||
        isShare(cells, index, steps) ||
        isOrdinal(cells, index, steps) ||
        isOnes(cells, index, steps) ||
        isPlaceSpared(cells, index, steps)),
  );
  const set = at < 0 ? cells.find((_, index) => isSetCalledIt(cells, index, steps)) : undefined;
  const place = cells.find((_, index) => isEitherPlace(cells, index, steps));
  const only = cells.find((_, index) => isOnlyBehindTag(cells, index, steps));
  const open = place ?? cells[at] ?? set ?? only;
  return open && { about: 'scope', question: `"${open.text}": which ones are meant?` };
}

const choosing =
  /^(or|half|half of|to half|to half of|first|second|third|fourth|fifth|last|latter|former|ones|untouched|alone|unchanged|as (is|it is)|stays|stays as (is|it is))$/;

const isReadBy = ({ evidence }: StepDraft, cell: Cell): boolean =>
  evidence.some(({ start, end }) => start < cell.end && cell.start < end);

/** "owner carol or dave", "revision 3 or the one before": what is in the plan is one of two. */
function isEither(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const before = cells[at - 1];
  const next = cells[at + 1];
  if (!isWord(cells[at], 'or') || isWord(cells[at], 'filler') || !before || !next) return false;
  if (isWord(next, 'not', 'comma', 'stop', 'filler', 'because')) return false;
  const args = JSON.stringify(steps.map((step) => step.args)).toLowerCase();
  const value = senseOf(before, 'value')?.value;
  return args.includes(`"${before.low}"`) || (value?.k === 'number' && args.includes(`:${value.n}`));
}

/** "restart cart in prod or staging": of what is named, there or there. */
function isEitherPlace(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const cell = cells[at]!;
  const next = isWord(cells[at + 1], 'prep', 'det') ? cells[at + 2] : cells[at + 1];
  if (cell.quoted || cell.low !== 'or' || !senseOf(cells[at - 1], 'env') || !senseOf(next, 'env'))
    return false;
  const ids = steps.flatMap((step) => (step.operation.startsWith('list.') ? [] : idsOf(step)));
  return (
    steps.some((step) => idsOf(step).length > 1) &&
    !cells.some((one) => !one.quoted && (isWord(one, 'all', 'any') || senseOf(one, 'kind')?.plural)) &&
    cells.some((one) => senseOf(one, 'name')?.ids.some((id) => ids.includes(id)) && !senseOf(one, 'env'))
  );
}

/** "staging gets half", "approve the first half": no figure of the plan is half of something. */
function isShare(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const next = cells[at + 1];
  const isEnd =
    next === undefined || isWord(next, 'stop', 'comma', 'filler', 'of', 'demonstrative', 'pronoun');
  if (!isWord(cells[at], 'half') || !isEnd) return false;
  const said = cells.flatMap((cell) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    return value?.k === 'number' ? [value.n] : value?.k === 'size' ? [value.gb] : [];
  });
  return !steps.some(({ args }) =>
    [args.replicas, args.size_gb, args.factor].some(
      (figure) => typeof figure === 'number' && !said.includes(figure),
    ),
  );
}

const ordinal = /^(first|second|third|fourth|fifth|last|latter|former)$/;

/** "drain just the second", "the third also spot=true": one of more that the plan has alike. */
function isOrdinal(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const next = cells[at + 1];
  const isOne = ordinal.test(cells[at]!.low);
  // "restart the first and the third" are two.
  const count = cells.filter((cell) => !cell.quoted && ordinal.test(cell.low)).length;
  const isEnd = next === undefined || isWord(next, 'stop', 'comma', 'filler', 'need', 'and', 'be');
  return isOne && isWord(cells[at - 1], 'det') && isEnd && steps.some((step) => idsOf(step).length > count);
}

/** "tag a owner=alice and stop the untagged ones": others than what was named. */
function isOnes(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  if (cells[at]!.low !== 'ones') return false;
  let from = at - 1;
  while (from >= 0 && at - from < 4 && !isWord(cells[from], 'det') && !isWord(cells[from], 'comma')) from--;
  const told = isWord(cells[from], 'det') ? cells.slice(from + 1, at) : [];
  // "…, the ones with high cpu, reboot please"
  const isBound =
    isWord(cells[from], 'det') &&
    /^(with|that|which|whose|who|on|in|of|from|having)$/.test(cells[at + 1]?.low ?? '') &&
    !cells.slice(at + 1, at + 4).some((cell) => steps.some((step) => isReadBy(step, cell)));
  if (isBound && steps.some((step) => idsOf(step).length > 1)) return true;
  const isSaid = told.some(
    (cell) =>
      (cell.senses.length === 0 || cell.low === 'us' || senseOf(cell, 'verb') || senseOf(cell, 'region')) &&
      (cell.low === 'us' || !isWord(cell, 'filler')),
  );
  const isSet = steps.some(({ target }) => target?.kind === 'resources' && target.filter !== undefined);
  return isSaid && !isSet && !told.some((cell) => steps.some((step) => isReadBy(step, cell)));
}

/** "scale checkout to 2 in prod, staging untouched": a place that is to stay as it is, and is in a step. */
function isPlaceSpared(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const place = senseOf(cells[at - 1], 'env')?.value;
  if (
    !isWord(cells[at], 'alone', 'stays') ||
    place === undefined ||
    !isWord(cells[at - 2], 'comma', 'stop', 'and')
  )
    return false;
  return steps.some((step) => idsOf(step).some((id) => id.includes(`/${place}/`)));
}

/** "label all vms env=dev only": only those that have it, or nothing but that tag? */
function isOnlyBehindTag(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const isOnly = !cells[at]!.quoted && /^(only|exclusively|alone)$/.test(cells[at]!.low);
  const next = cells[at + 1];
  const isEnd = next === undefined || isWord(next, 'stop', 'comma', 'close', 'filler');
  const isTagged = senseOf(cells[at - 1], 'value')?.value.k === 'tags';
  return (
    isOnly &&
    isEnd &&
    isTagged &&
    steps.some((step) => step.operation.startsWith('tag.') && idsOf(step).length > 1)
  );
}

/** "suspend all cronjobs but nightly-backup, run it once": the one, or all the others? */
function isSetCalledIt(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  if (cells[at]!.quoted || cells[at]!.low !== 'it') return false;
  const isSet = steps.some(
    (step) =>
      idsOf(step).length > 1 &&
      step.evidence.some(
        ({ part, start, end }) => part === 'target' && start === cells[at]!.start && end === cells[at]!.end,
      ),
  );
  return isSet && cells.slice(0, at).some((cell) => !cell.quoted && isWord(cell, 'except'));
}
