// Turns tokens into cells: the longest phrases that are known, each with all it may mean. Names of the inventory are
// found first and stay what they are, data; a word that nothing knows is repaired when exactly one thing is near, and
// remembers that it was repaired. Nothing is decided here.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { asTold } from './asTold.ts';
import { besideNoun } from './besideNoun.ts';
import { withSpoken } from './dictation.ts';
import { type ExtremeBy, withExtremes } from './extremes.ts';
import { hesitationAt } from './hesitation.ts';
import { withKindHead } from './kindHeads.ts';
import type { Lexicon, Sense } from './lexicon.ts';
import { isMeasured } from './measured.ts';
import { withMetricLists } from './metricLists.ts';
import { withNameLists } from './nameLists.ts';
import { nameBeforeKind } from './namesBeforeKinds.ts';
import { presentSenses } from './present.ts';
import { withSaidTokens } from './saidTokens.ts';
import { withSetNotation } from './setNotation.ts';
import { isProper, repair, singular, type Work, withUnits } from './spelling.ts';
import { withSubjectExceptions } from './subjectExceptions.ts';
import { parseTime, type TimeRange } from './times.ts';
import type { Token } from './tokens.ts';
import { type Found, flagAt, valueAt } from './values.ts';
import {
  splitCompounds,
  splitSlashes,
  withAndUp,
  withOctets,
  withSearching,
  withSuffixes,
} from './writtenTokens.ts';

export type Value =
  | { readonly k: 'number'; readonly n: number }
  | { readonly k: 'times'; readonly n: number }
  | { readonly k: 'percent'; readonly n: number }
  | { readonly k: 'size'; readonly gb: number }
  | { readonly k: 'duration'; readonly seconds: number }
  | { readonly k: 'tags'; readonly tags: Readonly<Record<string, string>> }
  | { readonly k: 'port'; readonly port: number; readonly protocol?: string; readonly sure: boolean }
  | { readonly k: 'cidr'; readonly cidr: string }
  | { readonly k: 'image'; readonly image: string }
  | { readonly k: 'flag'; readonly flag: string; readonly value: string };

export type CellSense =
  | Sense
  | { readonly t: 'name'; readonly ids: readonly string[]; readonly exact: boolean }
  | { readonly t: 'prefix'; readonly prefix: string }
  | { readonly t: 'glob'; readonly glob: string }
  | { readonly t: 'part'; readonly word: string }
  | { readonly t: 'value'; readonly value: Value }
  | { readonly t: 'time'; readonly range: TimeRange }
  | {
      readonly t: 'extreme';
      readonly by: ExtremeBy;
      readonly most: boolean;
      readonly count: number | undefined;
    };

export interface Cell {
  readonly text: string;
  readonly low: string;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly senses: readonly CellSense[];
  /** Repaired from a typo. */
  readonly repaired: boolean;
  /** Words of the phrase. */
  readonly words: number;
}

export type SenseOf<T extends CellSense['t']> = Extract<CellSense, { t: T }>;

/** The cell's sense of a type, if it has one. */
export function senseOf<T extends CellSense['t']>(cell: Cell | undefined, type: T): SenseOf<T> | undefined {
  if (cell) for (const sense of cell.senses) if (sense.t === type) return sense as SenseOf<T>;
  return undefined;
}

/** Whether the cell may be a function word of the class. Asked more often than anything else: no closure is made. */
export function isWord(cell: Cell | undefined, ...words: readonly string[]): boolean {
  for (const sense of cell?.senses ?? []) if (sense.t === 'word' && words.includes(sense.word)) return true;
  return false;
}

const nameTokensMax = 9;
/** Cells of a sentence. */
export function cellsOf(
  tokens: readonly Token[],
  lexicon: Lexicon,
  inventory: Inventory,
  nowMs: number,
): readonly Cell[] {
  const work = [
    ...withUnits(
      splitSlashes(
        withNameLists(
          splitCompounds(
            withSuffixes(
              withSpoken(withSaidTokens(withSearching(withAndUp(withOctets(tokens))), inventory), {
                lexicon,
                inventory,
              }),
            ),
            lexicon,
            inventory,
          ),
          inventory,
        ),
        lexicon,
        inventory,
      ).map((token, at, all) => repair(token, lexicon, inventory, isProper(token, all[at - 1]))),
    ),
  ];
  const cells: Cell[] = [];
  for (let at = work.length - 1; at >= 0; at--) {
    const length = separators.has(work[at - 1]?.low ?? '') ? 0 : hesitationAt(work, at);
    if (length > 0) work.splice(at, length);
  }
  const measured = isMeasured(work, lexicon);
  for (let at = 0; at < work.length; ) {
    const cell = cellAt(work, at, { lexicon, inventory, nowMs, measured });
    cells.push(cell.cell);
    at += cell.length;
  }
  const told = withSetNotation(cells).map((cell, at, all) => {
    const beside = [all[at - 1], all[at + 1]];
    const told = counted(asTold(withoutVerb(cell, beside), all, at), beside);
    return joined(withKindHead(besideNoun(told, all, at), all[at - 1]), beside);
  });
  return withMetricLists(withExtremes(withSubjectExceptions(told)));
}

/** "one more replica" is a number, and no "one" that stands for a thing; "the wrong one" is a thing. */
function counted(cell: Cell, [before, next]: readonly (Cell | undefined)[]): Cell {
  if (cell.low !== 'one' || cell.quoted) return cell;
  const isThing = /(^|\b(no |not ))(that|this|wrong|other|same)$/.test(before?.low ?? '');
  if (!isThing && !isWord(next, 'more')) return cell;
  return { ...cell, senses: cell.senses.filter(({ t }) => (t === 'value') !== isThing) };
}

/** "frontend + cart": both. */
function joined(cell: Cell, beside: readonly (Cell | undefined)[]): Cell {
  const isPlus = cell.low === '+' && !cell.quoted && beside.every((one) => senseOf(one, 'name'));
  return isPlus ? { ...cell, senses: [{ t: 'word', word: 'and' }] } : cell;
}

/** "snapshot etl-test is old", where etl-test is a snapshot: the word is its kind. */
function withoutVerb(cell: Cell, beside: readonly (Cell | undefined)[]): Cell {
  const kind = senseOf(cell, 'kind');
  if (cell.quoted || !kind || !senseOf(cell, 'verb')) return cell;
  const isOwn = beside.some((one) => {
    const ids = senseOf(one, 'name')?.ids ?? [];
    return ids.length > 0 && ids.every((id) => kind.kinds.some((each) => id.includes(`:${each}/`)));
  });
  return isOwn ? { ...cell, senses: cell.senses.filter(({ t }) => t !== 'verb') } : cell;
}

interface Sources {
  readonly lexicon: Lexicon;
  readonly inventory: Inventory;
  readonly nowMs: number;
  /** The sentence asks for figures, logs or deeds, so that bare numbers may be hours. */
  readonly measured: boolean;
}

function cellAt(work: readonly Work[], at: number, sources: Sources): { cell: Cell; length: number } {
  const token = work[at]!;
  const name = nameBeforeKind((some) => nameAt(some, at, sources.inventory), work, at, sources.lexicon);
  if (token.quoted) return cellOf(work, at, { length: 1, senses: name?.senses ?? [] });
  if (/^@\w|^:\w+:$|^#\w*[a-z]/.test(token.low))
    return cellOf(work, at, { length: 1, senses: [{ t: 'word', word: 'filler' }] });
  const flag = flagAt(work, at);
  if (flag) return cellOf(work, at, flag);
  const time = parseTime(work.slice(at, at + 16), sources.nowMs, sources.measured);
  const value = valueAt(work, at, sources.inventory);
  const isOfSize = token.low === 'to' && work[at + 1]?.low === 'half' && isSizeAt(work, at + 1, sources);
  const phrase = isOfSize ? undefined : phraseAt(work, at, sources);
  const other = otherAt(token, sources.inventory);
  const region = regionAt(work, at, sources.inventory);
  // A function word is no part of a name, even where some name has it in it.
  const functional =
    phrase?.length === 1 &&
    phrase.senses.some((sense) => sense.t === 'word') &&
    !phrase.senses.some((sense) => sense.t === 'env' || sense.t === 'kind' || sense.t === 'metric');
  const found = [name, value, phrase, functional ? undefined : other, region].filter(
    (one) => one !== undefined,
  );
  const longest = Math.max(1, ...found.map((one) => one.length));
  if (time && time.length >= longest && !(name && name.length >= time.length))
    return cellOf(work, at, { length: time.length, senses: [{ t: 'time', range: time.range }] });
  return cellOf(work, at, {
    length: longest,
    senses: found.filter((one) => one.length === longest).flatMap((one) => one.senses),
  });
}

/** "to half a terabyte": no halving. */
const isSizeAt = (work: readonly Work[], at: number, { inventory }: Sources): boolean =>
  valueAt(work, at, inventory)?.senses.some((one) => one.t === 'value' && one.value.k === 'size') === true;

function cellOf(work: readonly Work[], at: number, found: Found): { cell: Cell; length: number } {
  const tokens = work.slice(at, at + found.length);
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  const cell: Cell = {
    text: tokens.map((token) => token.text).join(' '),
    low: tokens.map((token) => token.low).join(' '),
    start: first.start,
    end: last.end,
    quoted: first.quoted,
    senses: found.senses,
    repaired: tokens.some((token) => token.repaired),
    words: found.length,
  };
  return { cell, length: found.length };
}

/** The longest run of tokens that is a name or an id; spoken "dash" and blanks count as separators. */
function nameAt(work: readonly Work[], at: number, inventory: Inventory): Found | undefined {
  const first = work[at]!;
  if (first.quoted) {
    const found = inventory.byKey(looseKey(first.text));
    return found.length > 0
      ? { length: 1, senses: [{ t: 'name', ids: found.map((r) => r.id), exact: true }] }
      : undefined;
  }
  const byId = inventory.get(first.text) ?? undefined;
  const exact = byId ? [byId] : inventory.byPath(first.low);
  const isTens = /^[2-9]0$/.test(spoken(first.low)) && /^[1-9]$/.test(spoken(work[at + 1]?.low ?? ''));
  const firstRun = isTens
    ? String(Number(spoken(first.low)) + Number(spoken(work[at + 1]!.low)))
    : looseKey(spoken(first.low)).split(' ', 1)[0]!;
  const path: Found | undefined =
    exact.length > 0
      ? { length: 1, senses: [{ t: 'name', ids: exact.map((r) => r.id), exact: true }] }
      : undefined;
  if (!inventory.startsName(firstRun)) return path;
  let best: Found | undefined;
  let key = '';
  let repaired = false;
  for (let length = 1; length <= nameTokensMax && at + length <= work.length; length++) {
    const token = work[at + length - 1]!;
    if (token.quoted || (length > 1 && /^[,;!?()[\]{}]$/.test(token.low))) break;
    // "in staging: frontend": no name goes on behind a colon and a blank.
    if (length > 1 && token.low === ':' && (work[at + length]?.start ?? 0) > token.end) break;
    // "all dev vms except the web one": no number of a name.
    if (length === 2 && token.low === 'one' && isOneOfSet(work, at)) break;
    // "give kafka two more replicas": a count.
    if (length > 1 && /^\d+$/.test(spoken(token.low)) && more.test(work[at + length]?.low ?? '')) break;
    repaired ||= token.repaired;
    const added = separators.has(token.low) ? '' : looseKey(spoken(token.low));
    key = `${key} ${added}`.trim();
    const found = [
      key,
      key.replace(/\b0 (\d)\b/g, '0$1'),
      key.replace(/\b([2-9])0 ([1-9])\b/g, '$1$2'),
      key.replace(/\b([a-z]) (?=[a-z]\b)/g, '$1'),
    ]
      .map((one) => inventory.byKey(one))
      .find((one) => one.length > 0);
    if (!found || added === '') continue;
    if (/^\d+$/.test(key) && first.low !== found[0]!.name.toLowerCase()) continue;
    best = {
      length,
      senses: [
        {
          t: 'name',
          ids: [...new Set([...found, ...(length === 1 ? exact : [])].map((r) => r.id))],
          exact: !repaired,
        },
      ],
    };
  }
  // "web one one" is no web-1: with a number left over, which one is meant is not plain.
  const isNumber = (one: Work | undefined): boolean =>
    one !== undefined && !one.quoted && one.low !== spoken(one.low);
  const isOver =
    best !== undefined &&
    isNumber(work[at + best.length - 1]) &&
    isNumber(work[at + best.length]) &&
    work[at + best.length + 1] === undefined;
  return isOver ? path : (best ?? path);
}

/** "all …, but not the web one": with a set before it, "the … one" is one of it. */
const isOneOfSet = (work: readonly Work[], at: number): boolean =>
  /^(the|that)$/.test(work[at - 1]?.low ?? '') &&
  work.slice(0, at - 1).some(({ low, quoted }) => !quoted && /^(all|every|each|both|except|but)$/.test(low));

const more = /^(more|extra|additional|further|fewer)$/;
const separators = new Set(['dash', 'hyphen', 'underscore', 'dot', 'minus', 'slash', 'point', '-', '_']);
const spokenDigits: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  seventy: '70',
  eighty: '80',
  ninety: '90',
};

function spoken(low: string): string {
  return Object.hasOwn(spokenDigits, low) ? spokenDigits[low]! : low;
}

/** "eu west one": a region by its spoken parts. */
function regionAt(work: readonly Work[], at: number, inventory: Inventory): Found | undefined {
  let key = '';
  let best: Found | undefined;
  for (let length = 1; length <= 5 && at + length <= work.length; length++) {
    const token = work[at + length - 1]!;
    const added = separators.has(token.low) ? '' : looseKey(spoken(token.low));
    if (token.quoted || (added === '' && !separators.has(token.low))) break;
    key = `${key} ${added}`.trim();
    const region = added === '' ? undefined : inventory.regionOf(key);
    if (region !== undefined) best = { length, senses: [{ t: 'region', values: [region] }] };
  }
  return best ?? worldPartAt(work, at, inventory);
}

/** "all vms in us", "in us and eu": every region there. */
function worldPartAt(work: readonly Work[], at: number, inventory: Inventory): Found | undefined {
  const { low, quoted } = work[at]!;
  const values = quoted || !/^[a-z]{2}$/.test(low) ? [] : inventory.regionsIn(low);
  if (values.length === 0) return undefined;
  const lead = work[at - 1]?.low === 'the' ? at - 2 : at - 1;
  const before = work[lead]?.low ?? '';
  const isPlaced = /^(in|within|inside|across|throughout)$/.test(before);
  const isListed = /^(and|or|,)$/.test(before) && lead > 0 && worldPartAt(work, lead - 1, inventory);
  return isPlaced || isListed ? { length: 1, senses: [{ t: 'region', values }] } : undefined;
}

const articles = /^(the|a|an|all|any|every|each|both|these|those|our|my|your|some|of)$/;

/** Whether the words stand there; asked of every phrase that begins with a word, so no closure is made. */
function isSaidAt(work: readonly Work[], at: number, words: readonly string[]): boolean {
  for (let index = 0; index < words.length; index++) {
    const token = work[at + index];
    if (!token || token.quoted || token.low !== words[index]) return false;
  }
  return true;
}

function phraseAt(work: readonly Work[], at: number, sources: Sources): Found | undefined {
  for (const { words, senses } of sources.lexicon.starting(work[at]!.low)) {
    if (!isSaidAt(work, at, words)) continue;
    const present = presentSenses(senses, sources.lexicon, sources.inventory);
    // "remove the evicted pods from …": what stands behind an article describes, and does nothing.
    const isDone = words.length > 1 && present.every((sense) => sense.t === 'verb' && sense.form !== 'base');
    const isOfObject =
      isDone &&
      senses.some(
        (sense) => sense.t === 'verb' && sense.form === 'ed' && / (from|of|on|in|to)$/.test(sense.phrase),
      );
    if (isDone && (articles.test(work[at - 1]?.low ?? '') || isOfObject)) continue;
    // "not running at the moment": no place.
    const [next = '', noun = ''] = [work[at + words.length]?.low, work[at + words.length + 1]?.low];
    const isTime = /^(present|all|once)$/.test(next) || (next === 'the' && /^(moment|time)$/.test(noun));
    if (words.length > 1 && words.at(-1) === 'at' && isTime) continue;
    if (present.length > 0) return { length: words.length, senses: present };
  }
  return undefined;
}

/** Parts of names, prefixes and patterns. */
function otherAt(token: Work, inventory: Inventory): Found | undefined {
  const { low } = token;
  const senses: CellSense[] = [];
  if (/[*?]/.test(low) && /[\p{L}\p{N}]/u.test(low)) senses.push({ t: 'glob', glob: low });
  else {
    const one = inventory.isPart(low) ? low : singular(low);
    if (one.length > 1 && !/^\d+$/.test(one) && inventory.isPart(one)) senses.push({ t: 'part', word: one });
    if (/[-_.\d]/.test(low) && /\p{L}/u.test(low)) {
      const trimmed = low.replace(/[-_.]+$/, '');
      if (inventory.withPrefix(trimmed, 1).length > 0) senses.push({ t: 'prefix', prefix: trimmed });
      else if (inventory.withPrefix(singular(trimmed), 1).length > 0)
        senses.push({ t: 'prefix', prefix: singular(trimmed) });
    }
  }
  return senses.length > 0 ? { length: 1, senses } : undefined;
}
