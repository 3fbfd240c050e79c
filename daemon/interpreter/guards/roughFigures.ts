// A figure that was said and is not wanted just so: a bound of it ("at least 5", "t3.large or bigger", "300 GB max"), a
// guess ("around 300 GB"), a judgement ("3 replicas are not enough"), one of a unit that nobody knows ("to 50 apples"),
// a factor taken for a figure ("to 2x"), what is carried ("copy 200 GB to it"), or one that goes the other way than its verb ("extend it to 50" of 250). What
// was understood is offered as a question. It corrects nothing. Called by `heldBack`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import type { Doubt } from './objections.ts';

/** The figure that may not be meant as it stands in the plan. */
export function roughFigure(
  { steps }: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const figures = steps.flatMap((step, index) => {
    const said = /^(scale|resize)\./.test(step.operation) ? saidAs(step, cells) : [];
    const isSplit = step.operation.startsWith('scale.') && said.length === 0 && cells.some(isFraction);
    if (isSplit) return cells.filter(isFraction);
    const carried = step.operation === 'resize.volume' ? said.find((at) => isCarried(cells, at)) : undefined;
    if (carried !== undefined) return [cells[carried]!];
    const isAgain = steps.slice(0, index).some((one) => one.operation === step.operation);
    if (isOfFirst(step, said, cells)) return [cells[said[0]!]!];
    const isOther = !isAgain && said.length > 0 && isBackwards(step, cells, inventory);
    return said.length > 0 && (isOther || said.every((at) => isRough(cells, at, step)))
      ? [cells[said[0]!]!]
      : [];
  });
  const [figure] = figures;
  return figure && { about: 'args', question: `Is it to be just "${figure.text}"?` };
}

/** "a: 6; b: a few": the figure is of the first, and what the other is to have was not read. */
function isOfFirst({ target }: StepDraft, said: readonly number[], cells: readonly Cell[]): boolean {
  const ids = target?.kind === 'resources' ? target.ids : [];
  // What is named again, is named in another step.
  const named = ids
    .map((id) => cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'name')?.ids.includes(id)))
    .filter((index) => index >= 0)
    .sort((a, b) => a - b);
  const [at] = said;
  const first = named[0];
  const last = named.at(-1);
  if (ids.length < 2 || said.length !== 1 || at === undefined || first === undefined || last === undefined)
    return false;
  const behind = cells.slice(at + 1, last);
  return (
    first < at &&
    at < last &&
    behind.some((cell) => isWord(cell, 'stop', 'comma') && !cell.quoted) &&
    !cells.some((cell) => /^(too|also|as well|same for|ditto|likewise|both|each|all)\b/.test(cell.low))
  );
}

/** "to 2.5", which no number of copies is. */
function isFraction(cell: Cell): boolean {
  const value = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'value')?.value;
  return value?.k === 'number' && !Number.isInteger(value.n);
}

/** Where the figure of a step stands in the text; one that says which things are meant ("smaller than 50 GB") is none. */
function saidAs(step: StepDraft, cells: readonly Cell[]): readonly number[] {
  const said = figuresOf(step, cells);
  const filter = step.target?.kind === 'resources' ? step.target.filter : undefined;
  const { replicas, size_gb } = step.args;
  const isBound = Object.entries(filter ?? {}).some(
    ([key, value]) => /^(size_gb|replicas)/.test(key) && (value === replicas || value === size_gb),
  );
  return isBound ? said.slice(1) : said;
}

function figuresOf({ args }: StepDraft, cells: readonly Cell[]): readonly number[] {
  return cells.flatMap((cell, at) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    const isFlavor = senseOf(cell, 'name')?.ids.some((id) => id.includes(':flavor/')) === true;
    const isNamed = isFlavor && [args.flavor].some((one) => typeof one === 'string' && endsIn(one, cell.low));
    const isNumber =
      (value?.k === 'number' && (value.n === args.replicas || value.n === args.size_gb)) ||
      (value?.k === 'size' && value.gb === args.size_gb) ||
      (value?.k === 'times' && /^\d+x$/.test(cell.low) && Number.parseInt(cell.low, 10) === args.replicas);
    return isNamed || isNumber ? [at] : [];
  });
}

/** "copy 200 GB to vol-data", "move 200 GB from a": so much of what is on it, and not how large it is to be. */
const isCarried = (cells: readonly Cell[], at: number): boolean =>
  /^(copy|write|move|transfer|download|upload|dump|load|free|clean|clear|import|export|restore|sync|shift|read|delete)( up)?$/.test(
    cells[at - 1]?.low ?? '',
  ) && isWord(cells[at + 1], 'prep', 'of');

const endsIn = (id: string, name: string): boolean =>
  id.slice(id.lastIndexOf('/') + 1).toLowerCase() === name;

const near =
  /^(at least|at most|at the most|at the least|minimum|min|min\.|maximum|max|max\.|around|about|circa|ca|ca\.|roughly|approximately|approx|approx\.|nearly|almost|close to|near|some|something|sort of|kind of|say|over|under|above|below|beyond|between|not|no|never|bigger than|smaller than|larger than|more than|less than|fewer than|up from)$/;
const behind =
  /^(max|max\.|min|min\.|maximum|minimum|tops|ish|plus|at most|at the most|at least|at a minimum|at maximum|or so|or more|or less|more or less|give or take|per)$/;
const judged = /^(too|not|never|insufficient|overkill|excessive|wasteful|wrong)$/;

/** Bounded, guessed, judged or of an unknown unit. */
function isRough(cells: readonly Cell[], at: number, step: StepDraft): boolean {
  const cell = cells[at]!;
  if (senseOf(cell, 'value')?.value.k === 'times') return true;
  let before = at - 1;
  while (before >= 0 && isBeside(cells[before]!)) before--;
  const lead = cells[before];
  const isNext = before === at - 1 || !/^(over|under|above|below|near|not|no|say)$/.test(lead?.low ?? '');
  const isRange = near.test(lead?.low ?? '') || isWord(lead, 'more', 'less', 'top');
  const isTakenBack = isWord(lead, 'correction') && !isWord(cells[before - 1], 'need', 'have', 'be');
  const isBound = lead !== undefined && !lead.quoted && !isTakenBack && isNext && isRange;
  if (isBound) return true;
  if (lead && !lead.quoted && lead.low === 'up to' && isCeiling(cells, before)) return true;
  let next = at + 1;
  while (isWord(cells[next], 'replicas', 'sizeWord', 'typeWord') || (cells[next] && isUnit(cells[next]!)))
    next++;
  const after = cells[next];
  if (!after || after.quoted) return false;
  if (behind.test(after.low)) return true;
  // "to 3 more": so many, or so many more?
  if (/^(?:more|additional|extra)$/.test(after.low) && cells[at - 1]?.low === 'to') return true;
  const third = cells[next + 1];
  if (
    after.low === 'or' &&
    third &&
    (isWord(third, 'more', 'less', 'because', 'sizeWord', 'top') || open.test(third.low))
  )
    return true;
  if (/^at$/.test(after.low) && /^(most|least|max|maximum|minimum)$/.test(third?.low ?? '')) return true;
  if (isWord(after, 'be') && third && judged.test(third.low)) return true;
  return isOtherUnit(cells, at) && (step.operation === 'resize.volume' || unit.test(after.low));
}

/** What is counted or measured, and is no copy. */
const unit =
  /^(cores?|cpus?|vcpus?|nodes?|percent|gbs?|[kmg]?hz|[kmg]bps|[kmg]bit|iops|errors?|seconds?|minutes?|hours?|users?|requests?)$/;
const open =
  /^(so|more|less|fewer|bigger|larger|higher|lower|smaller|above|up|upwards?|better|above|over|below|under|something|whatever|thereabouts?)$/;

const isBeside = (cell: Cell): boolean =>
  !cell.quoted &&
  cell.low !== 'some' &&
  !near.test(cell.low) &&
  (isWord(cell, 'det', 'of', 'startingWith', 'typeWord', 'sizeWord', 'port') ||
    /^(to|with|on|a|an|the|like|exactly)$/.test(cell.low));

const isUnit = (cell: Cell): boolean =>
  !cell.quoted &&
  /^(pods?|copies|copy|instances?|gb|gigs?|tb|total|in total|replica|replicas)$/.test(cell.low);

/** "should have up to 5", "can take up to 5", "to up to 5"; not "scale it up to 5", "web up to 5". */
const isCeiling = (cells: readonly Cell[], at: number): boolean =>
  (isWord(cells[at - 1], 'need', 'have', 'be') || cells[at - 1]?.low === 'to') && !cells[at - 1]!.quoted;

/** "to 50 apples": a bare number of something else. */
function isOtherUnit(cells: readonly Cell[], at: number): boolean {
  const next = cells[at + 1];
  if (senseOf(cells[at], 'value')?.value.k !== 'number' || !next || next.quoted) return false;
  return (
    unit.test(next.low) ||
    next.repaired === true ||
    (next.senses.length === 0 && /^[a-z]{3,}s$/.test(next.low))
  );
}

const growing = /^(extend|grow|expand|enlarge|increase|scale up|scale out|raise|bump up|boost)$/;
const shrinking = /^(shrink|scale down|scale in|reduce|decrease|lower)$/;

/** "extend it to 50 GB" of what has 250: by, or to. */
function isBackwards({ target, args }: StepDraft, cells: readonly Cell[], inventory: Inventory): boolean {
  const ids = target?.kind === 'resources' ? target.ids : [];
  const verbs = cells.flatMap((cell) => (isBase(cell) ? (senseOf(cell, 'verb')?.phrase ?? []) : []));
  if (ids.length !== 1 || verbs.length !== 1) return false;
  const own = inventory.get(ids[0]!)?.attributes;
  const [now, then] = [own?.replicas ?? own?.size_gb, args.replicas ?? args.size_gb];
  if (typeof now !== 'number' || typeof then !== 'number') return false;
  return (growing.test(verbs[0]!) && then < now) || (shrinking.test(verbs[0]!) && then > now);
}
