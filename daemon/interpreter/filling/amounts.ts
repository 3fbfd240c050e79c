// Amounts that may be said in relation to what is there: "to 5", "by 2", "double", "half", "50 GB more". The present
// value is read from each resource, so a set may fall apart into several steps, one for each resulting value.

import type { Resource } from '../../../shared/model/resource.ts';
import type { Clause, ValueUse } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Used } from './filled.ts';

export interface Amount {
  readonly cell: Cell;
  /** The new value from the old; undefined where the old is not known. */
  readonly of: (now: number | undefined) => number | undefined;
}

const shrinking = /take|reduce|decrease|shrink|lower|cut|down|scale in|less|fewer|remove|drop/;

/** "a gets two replicas less, b two more": the verb before it says nothing of which way b goes. */
const isShrunk = ({ verbs, cells }: Clause, phrase: string): boolean =>
  shrinking.test(phrase) &&
  !(
    verbs[0]?.at === -1 &&
    cells.some((cell) => !cell.quoted && /^(more|extra|additional|another|up)$/.test(cell.low))
  );

/** How many copies are wanted. */
export function replicasOf(clause: Clause, used: Used, phrase: string): Amount | undefined {
  const open = clause.values.filter((use) => !used.values.has(use) && !use.not);
  const flag = open.find((use) => use.value.k === 'flag' && use.value.flag === '--replicas');
  if (flag?.value.k === 'flag') {
    const n = Number(flag.value.value);
    used.values.add(flag);
    return Number.isInteger(n) ? absolute(n, flag.cell) : undefined;
  }
  const assigned = open.find(
    (use) => use.value.k === 'tags' && /^replicas$/i.test(Object.keys(use.value.tags)[0] ?? ''),
  );
  if (assigned?.value.k === 'tags') {
    used.values.add(assigned);
    return absolute(Number(Object.values(assigned.value.tags)[0]), assigned.cell);
  }
  const factor = factorOf(clause, phrase);
  if (factor)
    return { cell: factor.cell, of: (now) => (now === undefined ? undefined : Math.round(now * factor.by)) };
  const part = proportionOf(open, used, phrase) ?? timesOf(open, used, growing.test(phrase));
  if (part) return { cell: part.cell, of: (now) => wholeOf(part.of(now)) };
  const numbers = open.filter(
    (use) =>
      (use.value.k === 'number' || (use.value.k === 'times' && use.value.n > 0)) &&
      use.label !== 'revision' &&
      use.label !== 'port',
  );
  const use = numbers.find((one) => one.prep === 'to') ?? numbers.find((one) => one.prep !== 'from');
  if (use && (use.value.k === 'number' || use.value.k === 'times')) {
    for (const one of numbers) if (one.prep === 'from' || one === use) used.values.add(one);
    const { n } = use.value;
    if (!isRelative(use, clause, phrase)) return absolute(n, use.cell);
    const isLess =
      isShrunk(clause, phrase) || clause.cells.some((cell) => /^(down|less|fewer)$/.test(cell.low));
    const delta = isLess ? -n : n;
    return { cell: use.cell, of: (now) => (now === undefined ? undefined : now + delta) };
  }
  const counted = clause.nps.find(
    (np) =>
      np.count !== undefined &&
      np.names.length === 0 &&
      np.mods.every(
        (mod) => mod.post && (mod.kind === 'env' || mod.kind === 'region' || mod.kind === 'place'),
      ) &&
      np.kinds !== undefined &&
      (np.kinds.includes('pod') || np.kinds.includes('vm') || np.kinds.includes('node')),
  );
  if (!counted) return undefined;
  used.nps.add(counted);
  const n = counted.count!;
  const cell = counted.cells[0]!;
  const relative =
    counted.prep === 'by' ||
    cell.text.startsWith('+') ||
    (counted.prep !== 'to' && /^(add|take|take away|remove|drop|cut)/.test(phrase)) ||
    counted.cells
      .concat(clause.cells.slice(counted.at, counted.at + 3))
      .some((one) => /^(more|extra|additional|fewer|less|another)$/.test(one.low));
  if (!relative) return absolute(n, cell);
  const isLess = isShrunk(clause, phrase) || clause.cells.some((one) => /^(fewer|less)$/.test(one.low));
  const delta = isLess ? -n : n;
  return { cell, of: (now) => (now === undefined ? undefined : now + delta) };
}

/** Size in GB. */
export function sizeOf(clause: Clause, used: Used, phrase: string): Amount | undefined {
  const open = clause.values.filter((use) => !used.values.has(use) && !use.not);
  const flag = open.find((use) => use.value.k === 'flag' && use.value.flag === '--size');
  if (flag?.value.k === 'flag') {
    used.values.add(flag);
    return absolute(Number(flag.value.value), flag.cell);
  }
  const sizes = open.filter((use) => use.value.k === 'size');
  const use = sizes.find((one) => one.prep === 'to') ?? sizes.find((one) => one.prep !== 'from');
  if (use?.value.k === 'size') {
    const isOld = (one: ValueUse): boolean => one.prep === 'from' && /^(size|number)$/.test(one.value.k);
    for (const one of open) if (one === use || isOld(one)) used.values.add(one);
    const { gb } = use.value;
    if (!isRelative(use, clause, phrase))
      return use.prep ? absolute(gb, use.cell) : grown(gb, use.cell, phrase);
    const delta = isShrunk(clause, phrase) ? -gb : gb;
    return { cell: use.cell, of: (now) => (now === undefined ? undefined : now + delta) };
  }
  const percent = proportionOf(open, used, phrase);
  if (percent) return percent;
  const factor = factorOf(clause, phrase);
  if (factor) return { cell: factor.cell, of: (now) => (now === undefined ? undefined : now * factor.by) };
  const times = timesOf(open, used, true);
  if (times) return times;
  const bare = open.find(
    (one) => one.value.k === 'number' && (one.prep === 'to' || one.label === 'sizeWord'),
  );
  // "to 50 apples": a unit nobody here knows.
  const unit = bare && clause.cells[bare.at + 1];
  const isOther = unit && !unit.quoted && (clause.unknown.includes(unit) || unit.repaired);
  if (bare?.value.k !== 'number' || isOther) return undefined;
  used.values.add(bare);
  return absolute(bare.value.n, bare.cell);
}

/** "By 20%", "to 80%". */
function proportionOf(open: readonly ValueUse[], used: Used, phrase: string): Amount | undefined {
  const percent = open.find((one) => one.value.k === 'percent');
  if (percent?.value.k !== 'percent') return undefined;
  used.values.add(percent);
  const part = percent.value.n / 100;
  const by = percent.prep === 'to' ? part : 1 + (shrinking.test(phrase) ? -part : part);
  return {
    cell: percent.cell,
    of: (now) => (now === undefined || by === 0 || by === 1 ? undefined : now * by),
  };
}

const growing = /^(scale|scale up|grow|increase|expand|enlarge|raise|multiply|boost|bump|bump up)$/;

/** "Grow it 2x": so many times what it is. "Run 2x web" says how many. */
function timesOf(open: readonly ValueUse[], used: Used, grows: boolean): Amount | undefined {
  const times = open.find((one) => one.value.k === 'times' && one.prep === undefined);
  if (times?.value.k !== 'times' || !grows || !(times.value.n > 1)) return undefined;
  const { n } = times.value;
  used.values.add(times);
  return { cell: times.cell, of: (now) => (now === undefined ? undefined : now * n) };
}

const wholeOf = (n: number | undefined): number | undefined => (n === undefined ? undefined : Math.round(n));

function absolute(n: number, cell: Cell): Amount {
  return { cell, of: () => n };
}

const giving = /^(put|give|hand|grant|provide|assign)\b/;

/** "Give it 60 GB": one below the present size may be meant as what is added, so it is asked for. */
function grown(gb: number, cell: Cell, phrase: string): Amount {
  const isSmaller = (now: number | undefined) => now !== undefined && gb < now && giving.test(phrase);
  return { cell, of: (now) => (isSmaller(now) ? undefined : gb) };
}

/** "One more gig". */
const moreOf = / (more|extra|additional|further) /;

function isRelative(use: ValueUse, clause: Clause, phrase: string): boolean {
  if (use.prep === 'to') return false;
  if (use.prep === 'by') return true;
  const after = clause.cells[use.at + 1];
  const before = clause.cells[use.at - 1];
  if (
    /^(more|extra|additional|fewer|less)$/.test(after?.low ?? '') ||
    /^(another|extra|additional|\+)$/.test(before?.low ?? '') ||
    moreOf.test(use.cell.low)
  )
    return true;
  // "two replicas more"
  const behind = isWord(after, 'replicas', 'sizeWord') ? clause.cells[use.at + 2] : undefined;
  if (/^(more|extra|additional|fewer|less)$/.test(behind?.low ?? '')) return true;
  // "60 GB on top"
  if (/^on$/.test(after?.low ?? '') && /^top\b/.test(clause.cells[use.at + 2]?.low ?? '')) return true;
  if (/^on top\b/.test(after?.low ?? '')) return true;
  if (/^\+/.test(use.cell.text)) return true;
  return /^(add|remove|drop|take|take away|cut)$/.test(phrase) && use.prep === undefined;
}

/** "Grow it by half" adds a half, "cut it by half" leaves one. */
function factorOf(clause: Clause, phrase: string): { by: number; cell: Cell } | undefined {
  const half = clause.cues.get('half');
  // "Half again as big"
  const isAgain = half !== undefined && isWord(clause.cells[clause.cells.indexOf(half) + 1], 'again');
  if (half && (isAgain || (/^by (a half|half|50%)$/.test(half.low) && !shrinking.test(phrase))))
    return { by: 1.5, cell: half };
  // "Grow it by about half of what is free": half of another thing.
  if (half && growing.test(phrase) && !clause.cues.has('double')) return undefined;
  for (const [cue, by] of [
    ['double', 2],
    ['triple', 3],
    ['half', 0.5],
  ] as const) {
    const cell = clause.cues.get(cue);
    if (cell) return { by, cell };
  }
  for (const cell of clause.cells) {
    if (isWord(cell, 'double')) return { by: 2, cell };
    if (isWord(cell, 'triple')) return { by: 3, cell };
    if (isWord(cell, 'half')) return { by: 0.5, cell };
    const phrase = senseOf(cell, 'verb')?.phrase;
    if (phrase === 'double') return { by: 2, cell };
    if (phrase === 'triple') return { by: 3, cell };
    if (phrase === 'halve') return { by: 0.5, cell };
  }
  return undefined;
}

/** Groups resources by the value they end up with; undefined where one of them does not tell its present value. */
export function groupByAmount(
  resources: readonly Resource[],
  attribute: string,
  amount: Amount,
): ReadonlyMap<number, readonly string[]> | undefined {
  const groups = new Map<number, string[]>();
  for (const resource of resources) {
    const now = resource.attributes[attribute];
    const value = amount.of(typeof now === 'number' ? now : undefined);
    if (value === undefined || !Number.isFinite(value) || value < 0) return undefined;
    groups.set(value, [...(groups.get(value) ?? []), resource.id]);
  }
  return groups;
}
