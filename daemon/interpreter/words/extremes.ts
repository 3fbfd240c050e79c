// The newest, the oldest, the biggest: words that pick some of a set by when they were made or how big they are. They
// are marked here, where it is plain that they pick ("delete the two oldest snapshots", "all but the newest"), and
// taken when the rest of the restrictions has said of which set. What cannot be told apart is never picked.

import type { Resource } from '../../../shared/model/resource.ts';
import { type Cell, isWord, type SenseOf, senseOf } from './cells.ts';

/** By what a set is put in order. */
export type ExtremeBy = 'created' | 'size_gb';

const newest = /^(newest|youngest|freshest|most recent|most recently created|last created)$/;
const oldest = /^(oldest|earliest)$/;
const biggest = /^(biggest|largest)$/;
const smallest = /^smallest$/;
const latest = /^(latest|last)$/;
/** Superlatives of two words, which are cells of their own. */
const wholes = ['most recently created', 'most recent', 'last created'];
const sized = new Set(['volume', 'snapshot', 'image']);
/** "The newest" of these is asked about their rollouts, reports and deeds. */
const undated = new Set([
  'anomaly',
  'alert',
  'action',
  'policy',
  'metric',
  'threat',
  'deployment',
  'statefulset',
]);
const lookAhead = 5;

/** The cells with each superlative that picks some of a set as one cell. */
export function withExtremes(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => mayPick(cell))) return cells;
  const told: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const found = pickAt(cells, at);
    if (!found) {
      told.push(cells[at++]!);
      continue;
    }
    // "the two newest", "the newest two"
    const before = found.isCounted ? told.pop()! : cells[at]!;
    const last = cells[at + found.length - 1]!;
    const span = cells.slice(at, at + found.length);
    told.push({
      text: [...(found.isCounted ? [before] : []), ...span].map((cell) => cell.text).join(' '),
      low: span.map((cell) => cell.low).join(' '),
      start: before.start,
      end: last.end,
      quoted: false,
      senses: [found.sense],
      repaired: span.some((cell) => cell.repaired),
      words: span.length,
    });
    at += found.length;
  }
  return told;
}

const mayPick = (cell: Cell): boolean =>
  !cell.quoted && /(est|most|recent|last|recently created)$/.test(cell.low) && !senseOf(cell, 'name');

interface Pick {
  readonly sense: SenseOf<'extreme'>;
  readonly length: number;
  /** The number in front belongs to it. */
  readonly isCounted: boolean;
}

function pickAt(cells: readonly Cell[], at: number): Pick | undefined {
  if (!mayPick(cells[at]!)) return undefined;
  const said = superlativeAt(cells, at);
  if (!said) return undefined;
  const ahead = numberOf(cells[at + said.length]);
  const behind = ahead === undefined ? numberOf(cells[at - 1]) : undefined;
  const length = said.length + (ahead === undefined ? 0 : 1);
  const noun = nounAt(cells, at + length);
  const count = ahead ?? behind;
  const sense = (most: number | undefined): Pick => ({
    sense: { t: 'extreme', by: said.by, most: said.most, count: most },
    length,
    isCounted: behind !== undefined,
  });
  if (noun) {
    const { kinds, plural } = noun;
    if (!kinds.every((kind) => fits(kind, said))) return undefined;
    // "latest" and "last" also count what was told; only of snapshots they can say nothing else.
    if (said.isLoose && kinds.join() !== 'snapshot') return undefined;
    return sense(count ?? (plural ? undefined : 1));
  }
  const isOfSeveral = cells[at + length]?.low === 'ones';
  return isElided(cells, at, at + length) ? sense(count ?? (isOfSeveral ? undefined : 1)) : undefined;
}

function superlativeAt(
  cells: readonly Cell[],
  at: number,
): { by: ExtremeBy; most: boolean; length: number; isLoose: boolean } | undefined {
  const { low } = cells[at]!;
  const two = `${low} ${cells[at + 1]?.low ?? ''}`.replace(/^the /, '').trim();
  const three = `${two} ${cells[at + 2]?.low ?? ''}`.trim();
  const whole = wholes.find((one) => one === low || one === two || one === three);
  const length = whole === undefined || whole === low ? 1 : whole === two ? 2 : 3;
  const text = whole ?? low;
  const by = newest.test(text) || oldest.test(text) || latest.test(text) ? 'created' : 'size_gb';
  if (by === 'size_gb' && !biggest.test(text) && !smallest.test(text)) return undefined;
  return { by, most: !oldest.test(text) && !smallest.test(text), length, isLoose: latest.test(text) };
}

const fits = (kind: string, { by, most }: { by: ExtremeBy; most: boolean }): boolean =>
  by === 'size_gb' ? sized.has(kind) : !(most && undated.has(kind)) && !/^(anomaly|alert|action)$/.test(kind);

/** The noun that what is picked is called by, behind states, places and names. */
function nounAt(
  cells: readonly Cell[],
  from: number,
): { kinds: readonly string[]; plural: boolean } | undefined {
  let found: { kinds: readonly string[]; plural: boolean } | undefined;
  for (let at = from; at < Math.min(cells.length, from + lookAhead); at++) {
    const cell = cells[at]!;
    const kind = cell.quoted ? undefined : senseOf(cell, 'kind');
    if (kind && kind.kinds.length > 0 && !senseOf(cell, 'metric')) found = kind;
    else if (found) return found;
    const leads = ['status', 'env', 'region', 'provider', 'part', 'name', 'prefix', 'kind'].some((sort) =>
      cell.senses.some(({ t }) => t === sort),
    );
    if (!leads) return found;
  }
  return found;
}

/** "all but the newest", "except the last two", "which vm is the oldest": the noun was said before. */
function isElided(cells: readonly Cell[], at: number, end: number): boolean {
  const next = cells[end];
  const isEnd = next === undefined || (!next.quoted && isWord(next, 'comma', 'stop', 'and', 'one'));
  let before = at - 1;
  while (isWord(cells[before], 'det') || numberOf(cells[before]) !== undefined) before--;
  const lead = cells[before];
  if (!isEnd || !lead || lead.quoted) return false;
  const isSaid = (cell: Cell | undefined): boolean =>
    senseOf(cell, 'kind')?.kinds.some((kind) => !undated.has(kind)) === true;
  if (isWord(lead, 'except')) return cells.slice(0, before).some(isSaid);
  return isWord(lead, 'be') && isSaid(cells[before - 1]) && isWord(cells[before - 2], 'what', 'ask', 'det');
}

function numberOf(cell: Cell | undefined): number | undefined {
  const value = cell && !cell.quoted ? senseOf(cell, 'value')?.value : undefined;
  return value?.k === 'number' && Number.isInteger(value.n) && value.n > 0 ? value.n : undefined;
}

/**
 * What is picked of a set, and whether others are just as new or as big as the last of them, which are then there too.
 * Without a count it is the whole set, in order. Nothing where it is not known of all.
 */
export function picked(
  pool: readonly Resource[],
  { by, most, count }: { readonly by: ExtremeBy; readonly most: boolean; readonly count: number | undefined },
): { readonly resources: readonly Resource[]; readonly isTied: boolean } | undefined {
  const measured = pool.map((resource) => ({ resource, value: measureOf(resource, by) }));
  if (measured.some(({ value }) => value === undefined)) return undefined;
  const sorted = measured.toSorted((a, b) => (most ? b.value! - a.value! : a.value! - b.value!));
  const last = sorted[Math.min(count ?? sorted.length, sorted.length) - 1]!.value!;
  const found = sorted.filter(({ value }) => (most ? value! >= last : value! <= last));
  const isTied = count !== undefined && found.length !== count;
  return { resources: found.map(({ resource }) => resource), isTied };
}

function measureOf(resource: Resource, by: ExtremeBy): number | undefined {
  const value =
    by === 'created'
      ? Date.parse(resource.createdAt ?? '')
      : Number(resource.attributes.size_gb ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
