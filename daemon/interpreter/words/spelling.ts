// Repairs slips of the keyboard. A word that nothing knows becomes the one word or name that is near; digits are never
// repaired, two commands that are equally near are left alone, and no slip becomes a word that spares or forbids.

import type { Resource } from '../../../shared/model/resource.ts';
import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { osaDistance } from './distance.ts';
import { foreignVerb } from './foreignVerbs.ts';
import type { Lexicon } from './lexicon.ts';
import { nearestWord } from './nearWords.ts';
import { plainWords } from './plainWords.ts';
import type { Token } from './tokens.ts';
import { durationUnit, parseDurationToken, parseNumber, parseSizeToken, sizeUnit } from './units.ts';
import { portWords } from './words.ts';

export interface Work extends Token {
  readonly repaired: boolean;
}

/** A word nothing knows becomes the one word or name that is near; digits are never repaired. */
export function repair(given: Token, lexicon: Lexicon, inventory: Inventory, isProper = false): Work {
  const token = withoutStretch(given, lexicon, inventory);
  const { low } = token;
  const as = (word: string): Work => ({ ...token, low: word, repaired: true });
  const kept = { ...token, repaired: false };
  if (!token.quoted && Object.hasOwn(chatWords, low)) return { ...kept, low: chatWords[low]! };
  if (token.quoted || (low.length < 3 && low !== 'gv') || /[=:/*@,]/.test(low) || !/\p{L}/u.test(low))
    return kept;
  if (Object.hasOwn(slips, low)) return as(slips[low]!);
  // "fireing", "resizeing": an e too many.
  const bare = /^([a-z]+[^aeiouy])eing$/.exec(low)?.[1];
  if (bare !== undefined && lexicon.vocabulary.has(`${bare}ing`)) return as(`${bare}ing`);
  if (
    lexicon.vocabulary.has(low) ||
    isPlain(low) ||
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
  // "c7g.xlarge" is a size of its own, and no slip of "c7g.large".
  if (timeWords.has(low) || sizeOfType.test(low)) return kept;
  const verb = foreignVerb(low, lexicon);
  if (verb !== undefined) return { ...kept, low: verb };
  // "un-pause", "re-start", "power-off": one word with a hyphen too many.
  const joined = low.includes('-') ? low.replaceAll('-', '') : low;
  if (joined !== low && lexicon.starting(joined).some((entry) => entry.words.length === 1))
    return { ...token, low: joined, repaired: false };
  const identifier = /[\d._-]/.test(low);
  const begun = identifier ? inventory.withPrefix(low, begunMax) : [];
  const last = lastLetterLeftOut(low, begun);
  if (last !== undefined) return as(last);
  if (begun.length > 0) return kept;
  const day = low.length < 6 ? undefined : dayWords.find((one) => osaDistance(low, one, 1) <= 1);
  if (day !== undefined) return as(day);
  const word = identifier || isProper ? undefined : nearestWord(low, lexicon);
  const names = inventory.near(low);
  const nameDistance = names[0]?.distance ?? Number.POSITIVE_INFINITY;
  if (word && word.distance < nameDistance) return as(word.word);
  if (names.length > 0 && new Set(names.map(({ resource }) => resource.name.toLowerCase())).size === 1) {
    if (!word || nameDistance < word.distance) return as(names[0]!.resource.name.toLowerCase());
    return word.weight >= 3 ? as(word.word) : as(names[0]!.resource.name.toLowerCase());
  }
  if (word) return as(word.word);
  const stem = identifier && names.length === 0 ? nearStem(low, inventory) : undefined;
  if (stem !== undefined) return as(stem);
  const one = singular(low);
  const part =
    identifier || names.length > 0
      ? undefined
      : (inventory.nearPart(low) ?? (one === low ? undefined : inventory.nearPart(one)));
  // "runers": several of them.
  const isSeveral = part !== undefined && one !== low && !part.endsWith('s');
  return part === undefined ? kept : as(isSeveral ? `${part}s` : part);
}

const begunMax = 20;

/** "mongo-stagin": the only name that begins so and has one letter more; others only go on behind it. */
function lastLetterLeftOut(low: string, begun: readonly Resource[]): string | undefined {
  const names = begun.length < begunMax ? begun.map(({ name }) => name.toLowerCase()) : [];
  const name = names.find((one) => one.length === low.length + 1);
  const isOnly = name !== undefined && names.every((one) => one === name || one.startsWith(`${name}-`));
  return isOnly && /[a-z]{4}$/.test(name) ? name : undefined;
}

const sizeOfType = /^[a-z]+\d+[a-z]*\.(nano|micro|small|medium|x?large|\d+xlarge|metal)$/;

/** "…, Marek starts today": a word with a capital in the middle of a sentence is somebody's name, and no slip. */
export function isProper({ text }: Token, before: Token | undefined): boolean {
  const isInside = before !== undefined && /^(,|\p{Ll}{2,})$/u.test(before.text);
  return isInside && /^\p{Lu}\p{Ll}+$/u.test(text);
}

/** "ci-runer": the beginning of names, with one of its parts mistyped. */
function nearStem(low: string, inventory: Inventory): string | undefined {
  if (!/^[a-z]+(-[a-z]+)+$/.test(low)) return undefined;
  const parts = low
    .split('-')
    .map((part) => (inventory.isPart(part) ? part : (inventory.nearPart(part) ?? part)));
  const stem = parts.join('-');
  return stem !== low && inventory.withPrefix(`${stem}-`, 1).length > 0 ? stem : undefined;
}

/** "pleeease", "stoppp": a letter that is held down. */
function withoutStretch(token: Token, lexicon: Lexicon, inventory: Inventory): Token {
  const { low } = token;
  if (token.quoted || !/^[a-z]*([a-z])\1\1[a-z]*$/.test(low) || inventory.isPart(low)) return token;
  const [once, twice] = ['$1', '$1$1'].map((kept) => low.replace(/([a-z])\1{2,}/g, kept));
  const isKnown = (one: string): boolean =>
    lexicon.starting(one).length > 0 || lexicon.vocabulary.has(one) || isPlain(one) || inventory.isPart(one);
  const found = [once!, twice!].find(isKnown) ?? once!;
  return { ...token, low: found };
}

/** What chats make of words. */
const chatWords: Readonly<Record<string, string>> = {
  u: 'you',
  ur: 'your',
  r: 'are',
  n: 'and',
  thru: 'through',
  b4: 'before',
  avail: 'available',
  unavail: 'unavailable',
  tmrw: 'tomorrow',
  tmr: 'tomorrow',
  tmw: 'tomorrow',
  tonite: 'tonight',
  yday: 'yesterday',
  smth: 'something',
  abt: 'about',
  sry: 'sorry',
  srry: 'sorry',
  // What people slip in from the languages they speak beside English.
  und: 'and',
  dann: 'then',
  danach: 'then',
  anschliessend: 'then',
  anschließend: 'then',
  puis: 'then',
  ensuite: 'then',
  luego: 'then',
  despues: 'then',
  después: 'then',
  poi: 'then',
  mit: 'with',
  avec: 'with',
  auch: 'too',
  jetzt: 'now',
  einmal: 'once',
  wieder: 'again',
  fuer: 'for',
  für: 'for',
  rebooten: 'reboot',
  restarten: 'restart',
  stoppen: 'stop',
  starten: 'start',
  scalen: 'scale',
  skalieren: 'scale',
  resizen: 'resize',
  drainen: 'drain',
  loggen: 'log',
  redemarrer: 'restart',
  redémarrer: 'restart',
  reiniciar: 'restart',
};

/** Slips in words so short that no distance tells them apart. */
const slips: Readonly<Record<string, string>> = {
  todays: 'today',
  yesterdays: 'yesterday',
  lst: 'list',
  gv: 'give',
  shw: 'show',
  frm: 'from',
  fron: 'from',
  fom: 'from',
  thn: 'then',
  thne: 'then',
  tehn: 'then',
  hten: 'then',
  thenn: 'then',
  thsi: 'this',
  znoe: 'zone',
  wth: 'with',
  wiht: 'with',
  wich: 'which',
  whch: 'which',
  wat: 'what',
  wut: 'what',
  hwo: 'how',
  wher: 'where',
  wen: 'when',
  err: 'error',
  polices: 'policies',
};

const comparing =
  /^(older|newer|more|less|bigger|larger|fewer|smaller|greater|higher|lower|younger|longer|earlier|later|other|rather|else|othr)$/;

const telling = /^(list|show|all|the|any|every|find|get|which|display|many|only|of|those|see|are|is|me)$/;

const unitWords =
  'second seconds minute minutes hour hours day days week weeks month months year years'.split(' ');

/** "45 mintues", "last 3 huors": behind a number a word nothing knows is the unit that is near. */
export function withUnits(given: readonly Work[]): readonly Work[] {
  const words = withUnitFirst(given);
  return words.map((one, at) => {
    const before = words[at - 1]?.low ?? '';
    // "older thn a week": behind a comparison no step begins.
    if (one.repaired && one.low === 'then' && comparing.test(before)) return { ...one, low: 'than' };
    // "snapshots creatd before october", "volumes that were deletd": what was done, no order.
    const isDone = one.repaired && /[^aeiou]d$/.test(one.text) && /e$/.test(one.low) && !one.quoted;
    if (isDone && (/[a-z]s$/.test(before) || /^(are|were|was|been|got)$/.test(before)))
      return { ...one, low: `${one.low}d` };
    // "list suspendd vms": a state where one is told apart, and no order.
    const isState =
      one.repaired &&
      /[^aeiou]d$/.test(one.text) &&
      one.text.toLowerCase().startsWith(one.low.replace(/e$/, ''));
    if (isState && telling.test(before)) return { ...one, low: one.text.toLowerCase().replace(/d$/, 'ed') };
    const isCounted =
      /^(\d+|last|past|previous|an?|few)$/.test(before) || parseNumber([before]) !== undefined;
    if (!isCounted || one.quoted || !/^[a-z]{4,8}$/.test(one.low) || durationUnit(one.low)) return one;
    if (plainWords.has(one.text.toLowerCase())) return one;
    const near = unitWords.filter((unit) => osaDistance(one.text.toLowerCase(), unit, 1) <= 1);
    return near.length === 1 && near[0]![0] === one.low[0] ? { ...one, low: near[0]!, repaired: true } : one;
  });
}

/** "100 more gigs": 100 gigs more. */
function withUnitFirst(words: readonly Work[]): readonly Work[] {
  const more = words.findIndex(
    (one, at) =>
      !one.quoted &&
      /^(more|extra|additional)$/.test(one.low) &&
      /^\d+$/.test(words[at - 1]?.low ?? '') &&
      /^(gb|gigs?|gigabytes?|gib|tb|terabytes?|tib)$/.test(words[at + 1]?.low ?? ''),
  );
  return more < 0
    ? words
    : [...words.slice(0, more), words[more + 1]!, words[more]!, ...words.slice(more + 2)];
}

/** Everyday words in any form: "clutters", "billing", "auditors", "earlier". */
function isPlain(low: string): boolean {
  if (plainWords.has(low) || (low.length === 4 && low.endsWith('s') && plainWords.has(low.slice(0, -1))))
    return true;
  if (low.length < 5) return false;
  for (const [ending, others] of endings) {
    if (!low.endsWith(ending)) continue;
    const stem = low.slice(0, -ending.length);
    if (others.some((other) => plainWords.has(stem + other))) return true;
    if (stem.at(-1) === stem.at(-2) && plainWords.has(stem.slice(0, -1))) return true;
  }
  return false;
}

const endings: readonly (readonly [string, readonly string[]])[] = [
  ['ies', ['y']],
  ['es', ['', 'e']],
  ['s', ['']],
  ['ied', ['y']],
  ['ed', ['', 'e']],
  ['ing', ['', 'e']],
  ['ers', ['', 'e']],
  ['er', ['', 'e']],
  ['ly', ['', 'le']],
  ['ment', ['']],
];

/** Those that are long enough to be known by their slips. */
const dayWords =
  'monday tuesday wednesday thursday friday saturday sunday january february september october november december yesterday tomorrow midnight overnight weekend'.split(
    ' ',
  );

const timeWords = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december yesterday tomorrow noon midnight midday overnight tonight ago mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec weekend weekends'.split(
    ' ',
  ),
);

export function singular(word: string): string {
  if (word.length > 3 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  return word.length > 2 && word.endsWith('s') ? word.slice(0, -1) : word;
}
