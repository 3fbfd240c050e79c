// "The staging one", "the one in dev", "the disk one on db-1", "only the worker", "that one": one of the things a text has
// spoken of, told from the others by a word. Looked for among the set the text begins with, then among what it named,
// then among what has the same name elsewhere, and last among reports of the kind that was said. The first of these where
// the words fit anything decides, and they have to fit one thing there. Called by `withPointers`.

import type { Resource } from '../../../shared/model/resource.ts';
import { restricted } from '../conversation/listedDescribed.ts';
import type { Tools } from '../filling/readClause.ts';
import { looseKey } from '../inventory/inventory.ts';
import { modOf } from '../phrases/restriction.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { isIn, type Mention, nameCell } from './mentions.ts';
import { isDestroyed, isOver, type Pointed, type Pointing, wordsAt } from './pointing.ts';

/** What tells the one from the others, and the words it takes. */
interface Told {
  readonly words: readonly Cell[];
  readonly length: number;
  /** "the worker": no "one" was said. */
  readonly isBare: boolean;
}

export function oneAt(cells: readonly Cell[], at: number, here: Pointing): Pointed | undefined {
  const last = lastOneAt(cells, at, here);
  if (last) return last;
  const told = toldAt(cells, at, here);
  if (!told || told.words.some((cell) => vague.test(cell.low))) return undefined;
  const { tools, before } = here;
  const isPlaced = told.words.every(isPlace);
  const ways: readonly (() => readonly (readonly Resource[])[])[] = [
    () => (told.isBare ? [] : fitting(told.words, setBefore(here), tools).map((one) => [one])),
    () => (before.length > 1 ? before.map(({ all }) => fitting(told.words, all, tools)).filter(isAny) : []),
    // "snapshot ci-runner-2, then reboot the runner"
    () => (told.isBare ? onlyBefore(told.words, here).map((one) => [one]) : []),
    () => (isPlaced && !told.isBare ? namesakes(told.words, here) : []),
    () => (told.isBare ? [] : fitting(told.words, reportsOf(here), tools).map((one) => [one])),
  ];
  const way = ways.findIndex((one) => isAny(one()));
  const found = way < 0 ? [] : ways[way]!();
  const [meant] = found;
  if (!meant || found.length !== 1 || isDestroyed(here.said)) return undefined;
  const length = told.length + watchedAt(cells, at + told.length, meant);
  const isEnd = isOver(cells[at + length]) || senseOf(cells[at + length], 'value') !== undefined;
  if (!isEnd) return undefined;
  const name = nameCell(meant, cells.slice(at, at + length));
  // With its place, which may also say which of several was meant before: "web-1, the one in Ireland".
  const place = way === elsewhere ? told.words : [];
  return { length, cells: [name, ...place.flatMap((cell) => [plain(cell, 'in', word('prep')), cell])] };
}

/** The way that takes what has the same name in another place. */
const elsewhere = 3;

/** The one thing that was named, where the word is a part of its name. */
function onlyBefore(words: readonly Cell[], { before }: Pointing): readonly Resource[] {
  const [only, other] = before;
  const isPart = (one: Resource): boolean => words.every(({ low }) => wordsOf(one.name).includes(low));
  return only && !other && only.all.length === 1 ? only.all.filter(isPart) : [];
}

const isAny = (some: readonly unknown[]): boolean => some.length > 0;
const vague =
  /^(other|only|next|same|whole|right|wrong|good|bad|new|correct|single|big|small|old|last|first|second|third|former|latter|previous|one|bigger|smaller|older|newer|oldest|newest|first one)$/;
const isPlace = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;
const isOne = (cell: Cell | undefined): boolean => cell?.quoted === false && cell.low === 'one';
const wordsMax = 3;

/** "that one", where one thing was named. */
function lastOneAt(cells: readonly Cell[], at: number, { all, said }: Pointing): Pointed | undefined {
  const [only, other] = all;
  const isThat = /^(that|this) one$/.test(cells[at]!.low);
  const isSubject = isWord(said.at(-1), 'comma', 'stop', 'and') && isOver(cells[at + 1]);
  if (!isThat || !isSubject || !only || other) return undefined;
  return { length: 1, cells: [nameCell(only.all, [cells[at]!])] };
}

/** The words that tell, in "the staging one", "staging one", "the one in dev", "only the worker". */
function toldAt(cells: readonly Cell[], at: number, { said }: Pointing): Told | undefined {
  const { low } = cells[at]!;
  const place = cells[at + 2];
  if (/^(the|that) one$/.test(low))
    return /^(in|from|on|of|at)$/.test(cells[at + 1]?.low ?? '') && place && isPlace(place)
      ? { words: [place], length: 3, isBare: false }
      : undefined;
  const isLed = /^(the|that)$/.test(low);
  const before = said.at(-1);
  const isStart =
    before === undefined || isWord(before, 'comma', 'and', 'stop', 'colon', 'afterwards') || isBase(before);
  const from = isLed ? at + 1 : at;
  if (!isLed && !(isStart && isPlace(cells[at]!))) return undefined;
  const one = cells.findIndex((cell, index) => index > from && index <= from + wordsMax && isOne(cell));
  const words = cells.slice(from, one < 0 ? from + 1 : one);
  if (words.some((cell) => cell.quoted || !isTelling(cell)) || words.length === 0) return undefined;
  if (one >= 0) return { words, length: one + 1 - at, isBare: false };
  const isOnly = /^(only|just)$/.test(before?.low ?? '');
  const [told] = words;
  const isKind = senseOf(told, 'kind') !== undefined;
  const isWordOfName = senseOf(told, 'part') !== undefined && !senseOf(told, 'name') && !isPlace(told!);
  const isBare = isLed && isWordOfName && (isOnly || !isKind);
  return isBare ? { words, length: 2, isBare } : undefined;
}

const isTelling = (cell: Cell): boolean =>
  /^[\p{L}\d.-]{2,}$/u.test(cell.low) &&
  !isBase(cell) &&
  !isWord(cell, 'prep', 'and', 'comma', 'stop', 'det', 'pronoun', 'be', 'have', 'not', 'or');

/** Things all of the words fit. */
export function fitting(
  words: readonly Cell[],
  among: readonly Resource[],
  tools: Tools,
): readonly Resource[] {
  return words.reduce((left, cell) => {
    // "the web deployments" are not those of web-admin.
    const ids = senseOf(cell, 'name')?.ids ?? [];
    const called = left.filter(({ id }) => ids.includes(id));
    return called.length > 0 ? called : left.filter((one) => fits(cell, one, tools));
  }, among);
}

function fits(cell: Cell, one: Resource, tools: Tools): boolean {
  const env = senseOf(cell, 'env');
  if (env) return isIn(one, env.value);
  const region = senseOf(cell, 'region');
  if (region) return region.values.includes(one.region ?? '');
  if (senseOf(cell, 'status') && !senseOf(cell, 'part'))
    return restricted([modOf(cell, false)], [one], tools).length > 0;
  const about = tools.inventory.get(String(one.attributes.resource ?? ''));
  const ids = senseOf(cell, 'name')?.ids ?? [];
  const kinds = senseOf(cell, 'kind')?.kinds ?? [];
  return (
    (about !== undefined && ids.includes(about.id)) ||
    wordsOf(one.name).includes(cell.low) ||
    (about !== undefined && (wordsOf(about.name).includes(cell.low) || kinds.includes(about.kind))) ||
    one.attributes.metric === (senseOf(cell, 'metric')?.metric ?? cell.low) ||
    Object.values(one.tags).includes(cell.low)
  );
}

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u);

/** "Postgres statefulsets: …", "the web deployments, …": the set that was said before. */
function setBefore({ said, tools }: Pointing): readonly Resource[] {
  const noun = said.findLastIndex(
    (cell) => !cell.quoted && senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas'),
  );
  if (noun < 0) return [];
  let from = noun;
  while (from > 0 && isOfSet(said[from - 1]!)) from--;
  const { kinds } = senseOf(said[noun], 'kind')!;
  const all = kinds.flatMap((kind) => tools.inventory.ofKind(kind));
  const words = said.slice(from, noun);
  return words.length === 0 ? [] : fitting(words, all, tools);
}

const isOfSet = (cell: Cell): boolean =>
  !cell.quoted &&
  !isBase(cell) &&
  !isWord(cell, 'det', 'prep', 'and', 'comma', 'filler', 'all', 'both', 'pronoun') &&
  (senseOf(cell, 'part') ?? senseOf(cell, 'env') ?? senseOf(cell, 'name')) !== undefined;

/** "cart in prod …, the staging one": what has the same name there. */
function namesakes(words: readonly Cell[], here: Pointing): readonly (readonly Resource[])[] {
  const { before, shown, tools } = here;
  const spoken: readonly Pick<Mention, 'name' | 'all'>[] =
    before.length > 0 || shown.length !== 1 ? before : [{ name: shown[0]!.name, all: shown }];
  const [name, other] = new Set(spoken.map((one) => one.name));
  if (name === undefined || other !== undefined) return [];
  if (spoken !== before && !isOrdered(here)) return [];
  const kinds = new Set(spoken.flatMap(({ all }) => all.map(({ kind }) => kind)));
  const alike = tools.inventory
    .byKey(looseKey(name))
    .filter((one) => kinds.has(one.kind) && one.name.toLowerCase() === name.toLowerCase());
  const found = fitting(words, alike, tools);
  const isOneEach = new Set(found.map(({ kind }) => kind)).size === found.length;
  return found.length > 0 && isOneEach ? [found] : [];
}

/** A reply that orders by itself; "no, the prod one" corrects what was said before. */
const isOrdered = ({ said }: Pointing): boolean =>
  said.some((cell) => /\bsame for$/.test(cell.low)) ||
  (said.some(isBase) && !said.some((cell) => /\bsame$/.test(cell.low)));

const reports = ['alert', 'anomaly', 'action'];

/** Alerts, anomalies or actions, where one of these was spoken of. */
function reportsOf({ said, before, shown, tools }: Pointing): readonly Resource[] {
  const kinds = new Set([
    ...said.flatMap((cell) => (cell.quoted ? [] : (senseOf(cell, 'kind')?.kinds ?? []))),
    ...before.flatMap(({ all }) => all.map(({ kind }) => kind)),
  ]);
  const [kind, other] = reports.filter((one) => kinds.has(one));
  if (kind === undefined || other !== undefined) return [];
  const listed = shown.filter((one) => one.kind === kind);
  return listed.length > 0 ? listed : tools.inventory.ofKind(kind);
}

/** "… on db-1", "… she has": how many words only say again what the report is of. */
function watchedAt(cells: readonly Cell[], at: number, meant: readonly Resource[]): number {
  const ids = senseOf(cells[at + 1], 'name')?.ids ?? [];
  const isIts = meant.some((one) => ids.includes(String(one.attributes.resource)));
  if (/^(on|of|for|at|from)$/.test(cells[at]?.low ?? '') && isIts) return 2;
  const actor = meant.map((one) => String(one.attributes.actor ?? '')).join();
  const isHers =
    /^(he|she|they)$/.test(cells[at]?.low ?? '') &&
    /^(has|have|asked|made|filed|opened)$/.test(cells[at + 1]?.low ?? '');
  return isHers && cells.slice(0, at).some((cell) => cell.low === actor) ? 2 : 0;
}

/** "mount it on ci-runner-1 and reboot that runner": the one named before whose name ends so. */
export function namedSoAt(cells: readonly Cell[], at: number, { before }: Pointing): Pointed | undefined {
  const length = wordsAt(cells, at, /^(?:that|this|that same|the same|this same|that very)$/, 2);
  const noun = cells[at + length];
  if (length === 0 || !noun || noun.quoted || !/^[a-z]{3,}$/.test(noun.low)) return undefined;
  const next = cells[at + length + 1];
  const isEnd = isOver(next) || /^(?:once|when|after|as soon as)\b/.test(next?.low ?? '');
  if (senseOf(noun, 'kind') || isBase(noun) || !isEnd) return undefined;
  const ending = new RegExp(`(?:^|[-_.])${noun.low}(?:[-_.]?\\d+)?$`);
  const meant = before.filter(({ name }) => ending.test(name.toLowerCase()));
  const [one] = meant;
  return one && meant.length === 1 && one.all.length === 1
    ? { length: length + 1, cells: [nameCell(one.all, cells.slice(at, at + length + 1))] }
    : undefined;
}

/** "list the pods in that namespace": the one that all before it is in, and all that is in it. */
export function namespaceAt(
  cells: readonly Cell[],
  at: number,
  { before, said, tools }: Pointing,
): Pointed | undefined {
  const length = wordsAt(cells, at, /^(this|that|the same|this same|that same|its|their) namespace$/, 3);
  if (length === 0 || !isWord(cells[at - 1], 'prep', 'of')) return undefined;
  const things = before.flatMap(({ all }) => all);
  const [place, ...others] = new Set(things.map(({ namespace }) => namespace));
  if (place === undefined || others.length > 0) return undefined;
  const spoken = said.find((cell) => !cell.quoted && senseOf(cell, 'env')?.value === place);
  const named = tools.inventory.ofKind('namespace').filter(({ name }) => name === place);
  const words = cells.slice(at, at + length);
  if (named.length !== 1) return undefined;
  const own = nameCell(named, words);
  return { length, cells: [spoken ? { ...own, senses: spoken.senses } : own] };
}
