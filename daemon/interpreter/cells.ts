// Turns tokens into cells: the longest phrases that are known, each with all it may mean. Names of the inventory are
// found first and stay what they are, data; a word that nothing knows is repaired when exactly one thing is near, and
// remembers that it was repaired. Nothing is decided here.

import { bitCount, editLimit, letterMask, osaDistance } from './distance.ts';
import { type Inventory, looseKey } from './inventory.ts';
import type { Lexicon, Sense } from './lexicon.ts';
import { plainWords } from './plainWords.ts';
import { parseTime, type TimeRange } from './times.ts';
import type { Token } from './tokens.ts';
import { durationUnit, parseDurationToken, parseNumber, parseSizeToken, sizeUnit } from './units.ts';
import { portWords } from './words.ts';

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
  | { readonly t: 'time'; readonly range: TimeRange };

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
  return cell?.senses.find((sense): sense is SenseOf<T> => sense.t === type);
}

/** Whether the cell may be a function word of the class. */
export function isWord(cell: Cell | undefined, ...words: readonly string[]): boolean {
  return cell?.senses.some((sense) => sense.t === 'word' && words.includes(sense.word)) ?? false;
}

interface Work extends Token {
  readonly repaired: boolean;
}

const nameTokensMax = 7;

/** Cells of a sentence. */
export function cellsOf(
  tokens: readonly Token[],
  lexicon: Lexicon,
  inventory: Inventory,
  nowMs: number,
): readonly Cell[] {
  const work = splitSlashes(tokens, lexicon, inventory).map((token) => repair(token, lexicon, inventory));
  const cells: Cell[] = [];
  const hesitation = /^(um+|uh+m?|er+m?|hm+|ah|oh|mm+)$/;
  for (let at = work.length - 1; at >= 0; at--)
    if (!work[at]!.quoted && hesitation.test(work[at]!.low)) work.splice(at, 1);
  for (let at = 0; at < work.length; ) {
    const cell = cellAt(work, at, { lexicon, inventory, nowMs });
    cells.push(cell.cell);
    at += cell.length;
  }
  return cells;
}

/** `deploy/web` is a kind and a name, where the whole is no name of its own. */
function splitSlashes(tokens: readonly Token[], lexicon: Lexicon, inventory: Inventory): readonly Token[] {
  return tokens.flatMap((token) => {
    const slash = token.low.indexOf('/');
    if (token.quoted || slash <= 0 || inventory.byKey(looseKey(token.text)).length > 0) return [token];
    const head = token.low.slice(0, slash);
    const isKind = lexicon
      .starting(head)
      .some((entry) => entry.words.length === 1 && entry.senses.some((sense) => sense.t === 'kind'));
    if (!isKind || token.low.length === slash + 1) return [token];
    const end = token.start + slash;
    return [
      { ...token, text: token.text.slice(0, slash), low: head, end },
      { ...token, text: token.text.slice(slash + 1), low: token.low.slice(slash + 1), start: end + 1 },
    ];
  });
}

/** A word nothing knows becomes the one word or name that is near; digits are never repaired. */
function repair(token: Token, lexicon: Lexicon, inventory: Inventory): Work {
  const { low } = token;
  const as = (word: string): Work => ({ ...token, low: word, repaired: true });
  const kept = { ...token, repaired: false };
  if (token.quoted || low.length < 3 || /[=:/*@,]/.test(low) || !/\p{L}/u.test(low)) return kept;
  if (
    lexicon.vocabulary.has(low) ||
    plainWords.has(low) ||
    durationUnit(low) !== undefined ||
    sizeUnit(low) !== undefined
  )
    return kept;
  if (lexicon.starting(low).length > 0 || parseNumber([low]) || Object.hasOwn(portWords, low)) return kept;
  if (
    /\d[a-z]{1,3}$|^x?\d/.test(low) &&
    (parseSizeToken(low) !== undefined || parseDurationToken(low) !== undefined)
  )
    return kept;
  if (
    inventory.byKey(looseKey(low)).length > 0 ||
    inventory.byPath(low).length > 0 ||
    inventory.isPart(low) ||
    inventory.isPart(singular(low)) ||
    inventory.isTagKey(low)
  )
    return kept;
  if (timeWords.has(low)) return kept;
  const identifier = /[\d._-]/.test(low);
  if (identifier && inventory.withPrefix(low, 1).length > 0) return kept;
  const word = identifier ? undefined : nearestWord(low, lexicon);
  const names = inventory.near(low);
  const nameDistance = names[0]?.distance ?? Number.POSITIVE_INFINITY;
  if (word && word.distance < nameDistance) return as(word.word);
  if (names.length > 0 && new Set(names.map(({ resource }) => resource.name.toLowerCase())).size === 1) {
    if (!word || nameDistance < word.distance) return as(names[0]!.resource.name.toLowerCase());
    return word.weight >= 3 ? as(word.word) : as(names[0]!.resource.name.toLowerCase());
  }
  if (word) return as(word.word);
  const part = identifier || names.length > 0 ? undefined : inventory.nearPart(low);
  return part === undefined ? kept : as(part);
}

const timeWords = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december yesterday tomorrow noon midnight midday overnight tonight ago mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec weekend weekends'.split(
    ' ',
  ),
);

function nearestWord(
  low: string,
  lexicon: Lexicon,
): { word: string; distance: number; weight: number } | undefined {
  const limit = low.length >= 8 ? 2 : low.length >= 6 ? 2 : editLimit(low.length);
  let best: { word: string; distance: number; weight: number } | undefined;
  let tied = false;
  const mask = letterMask(low);
  for (const [word, { weight, mask: other }] of lexicon.vocabulary) {
    if (Math.abs(word.length - low.length) > limit || bitCount(mask ^ other) > 2 * limit) continue;
    const distance = osaDistance(low, word, limit);
    if (distance > limit || (distance > 1 && (word[0] !== low[0] || word.length < 6))) continue;
    if (low.length <= 4 && distance === 1 && !isSwap(low, word) && (weight < 3 || word.length < 4)) continue;
    if (weight < 1 && low.length === word.length && !isSwap(low, word)) continue;
    const ends = low[0] === word[0] && low.at(-1) === word.at(-1) && low.length >= 4;
    if (weight === 2 && low.length === word.length && !isSwap(low, word) && !ends) continue;
    if (weight === 1 && (low.length < 7 || distance > 1)) continue;
    const even =
      best !== undefined &&
      distance === best.distance &&
      rankOf(low, word, weight) === rankOf(low, best.word, best.weight);
    // Two commands that are equally near: the person has to say which one.
    if (even && weight === 3 && best!.weight === 3) tied = true;
    const better =
      !best ||
      distance < best.distance ||
      (distance === best.distance && rankOf(low, word, weight) > rankOf(low, best.word, best.weight));
    if (!better) continue;
    best = { word, distance, weight };
    tied = false;
  }
  return tied ? undefined : best;
}

function rankOf(low: string, word: string, weight: number): number {
  return (
    weight +
    (isSwap(low, word) ? 1.5 : 0) +
    (low[0] === word[0] ? 1.5 : 0) +
    (low.at(-1) === word.at(-1) ? 0.25 : 0)
  );
}

function isSwap(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
}

export function singular(word: string): string {
  if (word.length > 3 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  return word.length > 2 && word.endsWith('s') ? word.slice(0, -1) : word;
}

interface Found {
  readonly length: number;
  readonly senses: readonly CellSense[];
}

interface Sources {
  readonly lexicon: Lexicon;
  readonly inventory: Inventory;
  readonly nowMs: number;
}

function cellAt(work: readonly Work[], at: number, sources: Sources): { cell: Cell; length: number } {
  const token = work[at]!;
  const name = nameAt(work, at, sources.inventory);
  if (token.quoted) return cellOf(work, at, { length: 1, senses: name?.senses ?? [] });
  if (/^@\w|^:\w+:$|^#\w*[a-z]/.test(token.low))
    return cellOf(work, at, { length: 1, senses: [{ t: 'word', word: 'filler' }] });
  const flag = flagAt(work, at);
  if (flag) return cellOf(work, at, flag);
  const time = parseTime(work.slice(at, at + 16), sources.nowMs);
  const value = valueAt(work, at, sources.inventory);
  const phrase = phraseAt(work, at, sources.lexicon);
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

function cellOf(work: readonly Work[], at: number, found: Found): { cell: Cell; length: number } {
  const tokens = work.slice(at, at + found.length);
  const first = tokens[0]!;
  const last = tokens.at(-1)!;
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
  const firstRun = looseKey(spoken(first.low)).split(' ', 1)[0]!;
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
    repaired ||= token.repaired;
    const added = separators.has(token.low) ? '' : looseKey(spoken(token.low));
    key = `${key} ${added}`.trim();
    const found = [key, key.replace(/\b0 (\d)\b/g, '0$1')]
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
  return best ?? path;
}

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
  return best;
}

function phraseAt(work: readonly Work[], at: number, lexicon: Lexicon): Found | undefined {
  for (const { words, senses } of lexicon.starting(work[at]!.low)) {
    if (words.every((word, index) => !work[at + index]?.quoted && work[at + index]?.low === word))
      return { length: words.length, senses };
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

const valueFlags =
  /^(-n|--namespace|-l|--selector|--replicas|--image|--to-revision|--tail|--since|-c|--container|-o|--output|--flavor|--size|--region|--name|--context|--profile|--grace-period|--count|--network|--key-name|--host|--port|--timeout|--field-selector|--project|--os-cloud|--cluster)$/;

function flagAt(work: readonly Work[], at: number): Found | undefined {
  const { low, text } = work[at]!;
  const joined = /^(--?[a-z][\w-]*)=(.+)$/i.exec(text);
  if (joined) return flagOf(joined[1]!.toLowerCase(), joined[2]!, 1);
  const short = /^-n([a-z][\w-]+)$/.exec(low);
  if (short && work[at]!.text.startsWith('-n')) return flagOf('-n', short[1]!, 1);
  if (!/^--?[a-z]/.test(low)) return undefined;
  const next = work[at + 1];
  if (valueFlags.test(low) && next && !/^-/.test(next.text)) return flagOf(low, next.text, 2);
  return flagOf(low === '-a' && text === '-A' ? '--all-namespaces' : low, '', 1);
}

function flagOf(flag: string, value: string, length: number): Found {
  return { length, senses: [{ t: 'value', value: { k: 'flag', flag, value } }] };
}

function valueAt(work: readonly Work[], at: number, inventory: Inventory): Found | undefined {
  const { low, text } = work[at]!;
  const one = (value: Value): Found => ({ length: 1, senses: [{ t: 'value', value }] });
  const pair = /^([\w./-]+)=("?)([^=]*)\2$/.exec(text);
  if (pair) return one({ k: 'tags', tags: { [pair[1]!]: pair[3]! } });
  const colon = /^([\w.-]+):([\w.-]+)$/.exec(text);
  if (colon && inventory.isTagKey(colon[1]!.toLowerCase()) && !/^\d/.test(colon[1]!))
    return one({ k: 'tags', tags: { [colon[1]!]: colon[2]! } });
  if (/^[0-9a-f:.]+\/\d{1,3}$/.test(low) && /[.:]/.test(low)) return one({ k: 'cidr', cidr: low });
  const port = /^(\d{1,5})[/:-]?(tcp|udp|icmp)$/.exec(low) ?? /^(tcp|udp|icmp)[/:-]?(\d{1,5})$/.exec(low);
  if (port) {
    const [number, protocol] = /^\d/.test(port[1]!) ? [port[1]!, port[2]!] : [port[2]!, port[1]!];
    return one({ k: 'port', port: Number(number), protocol, sure: true });
  }
  const times = /^(?:x(\d+)|(\d+)x)$/.exec(low);
  if (times) return one({ k: 'times', n: Number(times[1] ?? times[2]) });
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(low);
  if (percent) return one({ k: 'percent', n: Number(percent[1]) });
  const size = parseSizeToken(low);
  if (size !== undefined) return one({ k: 'size', gb: size });
  const seconds = /^\d/.test(low) ? parseDurationToken(low) : undefined;
  if (seconds !== undefined) return one({ k: 'duration', seconds });
  if (/^[\w.-]+(\/[\w.-]+)*:[\w.-]+$/.test(low) && /[a-z]/.test(low) && !/^\d+:\d+/.test(low))
    return one({ k: 'image', image: text });
  return numberAt(work, at);
}

function numberAt(work: readonly Work[], at: number): Found | undefined {
  const words = work.slice(at, at + 8).map((token) => (token.quoted ? '"' : token.low));
  const signed = words[0]!.replace(/^[+=#]/, '');
  if (
    /^(a|an)$/.test(signed) &&
    (words[1]?.length ?? 0) > 2 &&
    durationUnit(words[1]) !== undefined &&
    !/s$/.test(words[1]!)
  )
    return {
      length: 2,
      senses: [{ t: 'value', value: { k: 'duration', seconds: durationUnit(words[1])! } }],
    };
  const number =
    parseNumber([signed, ...words.slice(1)]) ??
    (words[0] === 'half' && words[1] === 'a' ? { value: 0.5, length: 2 } : undefined);
  if (!number) {
    const port = Object.hasOwn(portWords, words[0]!) ? portWords[words[0]!]! : undefined;
    return port === undefined
      ? undefined
      : { length: 1, senses: [{ t: 'value', value: { k: 'port', port, sure: false } }] };
  }
  const unit = words[number.length]?.replace(/^-/, '');
  const extra = number.length + 1;
  const gb =
    unit !== 'm' && unit !== 'g' && unit !== 't'
      ? sizeUnit(unit)
      : unit === 'g' || unit === 't'
        ? sizeUnit(unit)
        : undefined;
  if (gb !== undefined)
    return { length: extra, senses: [{ t: 'value', value: { k: 'size', gb: number.value * gb } }] };
  const seconds = unit !== undefined && unit.length > 1 ? durationUnit(unit) : undefined;
  if (seconds !== undefined)
    return {
      length: extra,
      senses: [{ t: 'value', value: { k: 'duration', seconds: number.value * seconds } }],
    };
  if (unit === '%' || unit === 'percent')
    return { length: extra, senses: [{ t: 'value', value: { k: 'percent', n: number.value } }] };
  return { length: number.length, senses: [{ t: 'value', value: { k: 'number', n: number.value } }] };
}
