// Which word of the language a mistyped one was: every edit costs what it is worth on a keyboard. Two letters swapped, one
// doubled, left out or taken from the next key are slips; any other letter is likely another word. Where two words are
// as near there is none, and the text is asked about. Names are not looked at here. Called by `repair`.

import { bitCount, isSwapOf, letterMask, osaDistance } from './distance.ts';
import type { Lexicon } from './lexicon.ts';

export interface NearWord {
  readonly word: string;
  readonly distance: number;
  readonly weight: number;
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const neighbours = new Map<string, string>();
for (const [row, keys] of rows.entries())
  for (let at = 0; at < keys.length; at++)
    neighbours.set(
      keys[at]!,
      [
        keys[at - 1],
        keys[at + 1],
        ...[-1, 1].flatMap((step) => [0, -step].map((shift) => rows[row + step]?.[at + shift])),
      ].join(''),
    );

const cost = {
  swap: 0.7,
  doubled: 0.6,
  missing: 0.8,
  extra: 1,
  beside: 0.8,
  vowel: 0.9,
  other: 1.3,
  first: 0.5,
};
const vowel = /[aeiou]/;
const rowsMax = 24;

/** What it costs to have typed `typed` for `word`. */
function slipCost(typed: string, word: string): number {
  if (typed.length > rowsMax || word.length > rowsMax) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let above = Array.from({ length: word.length + 1 }, (_, j) => j * cost.missing + (j > 0 ? cost.first : 0));
  for (let i = 1; i <= typed.length; i++) {
    const own: number[] = [above[0]! + cost.extra + cost.first];
    const a = typed[i - 1]!;
    for (let j = 1; j <= word.length; j++) {
      const b = word[j - 1]!;
      const start = i === 1 && j === 1 ? cost.first : 0;
      const isNear = neighbours.get(a)?.includes(b) === true;
      const isVowel = vowel.test(a) && vowel.test(b);
      const replaced = a === b ? 0 : (isNear ? cost.beside : isVowel ? cost.vowel : cost.other) + start;
      const isDoubled = a === typed[i - 2] || a === typed[i];
      const isBeside =
        neighbours.get(a)?.includes(typed[i - 2] ?? '-') || neighbours.get(a)?.includes(typed[i] ?? '-');
      const extra = isDoubled ? cost.doubled : isBeside ? cost.beside : cost.extra;
      const missing = b === word[j - 2] || b === word[j] ? cost.doubled : cost.missing;
      let best = Math.min(above[j - 1]! + replaced, above[j]! + extra, own[j - 1]! + missing);
      if (i > 1 && j > 1 && a === word[j - 2] && typed[i - 2] === b)
        best = Math.min(best, before[j - 2]! + cost.swap + (i === 2 ? cost.first / 2 : 0));
      own.push(best);
    }
    before = above;
    above = own;
  }
  return above[word.length]!;
}

/** Numbers are repaired too, where no other number is near. */
const numbers =
  'zero three four five seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand'.split(
    ' ',
  );
/** Everyday words that an order leans on, and that no table of the language holds. */
const leaning =
  'severity status priority kubectl openstack please because would could should really gigs gigabytes terabytes gigabyte terabyte today zone zones region regions'.split(
    ' ',
  );
const closedWords: readonly { readonly word: string; readonly mask: number; readonly isNumber: boolean }[] = [
  ...numbers.map((word) => ({ word, mask: letterMask(word), isNumber: true })),
  ...leaning.map((word) => ({ word, mask: letterMask(word), isNumber: false })),
];

/** Words closer than this to the best one are as near as it. */
const evenMax = 0.05;

/** The word a slip was made of, if there is one. */
export function nearestWord(low: string, lexicon: Lexicon): NearWord | undefined {
  const limit = low.length >= 6 ? 2 : low.length >= 3 ? 1 : 0;
  const mask = letterMask(low);
  let best: (NearWord & { readonly score: number }) | undefined;
  const even: string[] = [];
  const consider = (word: string, weight: number, other: number, isNumber = false): void => {
    if (Math.abs(word.length - low.length) > limit || bitCount(mask ^ other) > 2 * limit) return;
    const distance = osaDistance(low, word, limit);
    if (distance > limit) return;
    const price = slipCost(low, word);
    if (!isSlip(low, word, weight, distance, price) || (isNumber && price > cost.beside)) return;
    const score = price - priorOf(weight) - (low.at(-1) === word.at(-1) ? 0.06 : 0);
    if (best && Math.abs(score - best.score) < evenMax && !isForm(word, best.word))
      even.push(word, best.word);
    if (!best || score < best.score) best = { word, distance, weight, score };
  };
  for (const [word, { weight, mask: other }] of lexicon.vocabulary) consider(word, weight, other);
  for (const { word, mask: other, isNumber } of closedWords)
    consider(word, isNumber ? 2 : 2.5, other, isNumber);
  return best && !even.includes(best.word) ? best : undefined;
}

/** Verbs, kinds and places are likelier meant than what joins them. */
const priorOf = (weight: number): number => (weight >= 3 ? 0.3 : weight > 2 ? 0.25 : weight >= 2 ? 0.15 : 0);

/** "server" and "servers" are not two things that could be meant. */
const isForm = (a: string, b: string): boolean => stemOf(a) === stemOf(b);
const stemOf = (word: string): string => word.replace(/(?:ing|ed|es|s|e)$/, '');

function isSlip(low: string, word: string, weight: number, distance: number, price: number): boolean {
  const isCheap = price <= cost.vowel;
  const hasEnds = low[0] === word[0] && low.at(-1) === word.at(-1);
  if (distance > 1) {
    if (low[0] !== word[0] || word.length < 6) return false;
    // "detele": the same letters between the same ends.
    if (hasEnds && weight >= 3 && isSwapOf(low, word)) return true;
    return low.length >= 8 ? weight >= 2 || price <= 1.7 : price <= 1.7 && weight >= 2;
  }
  const isSwap = isSwapOf(low, word);
  // No slip of a letter becomes a word that spares or forbids, unless it is long.
  if (weight < 1) return low.length !== word.length || isSwap || (low.length >= 7 && isCheap);
  if (low.length <= 3)
    return (
      isSwap ||
      (low.length === 3 && word.length === 4 && isCheap && (hasEnds || (weight >= 3 && word.startsWith(low))))
    );
  if (word.length < 3) return false;
  if (word.length === 3) return isCheap && hasEnds && weight >= 2;
  if (weight >= 3) return isCheap || isSwap || low.length > 4 || low[0] === word[0];
  if (weight >= 2) return isCheap || isSwap || hasEnds || low.length >= 7;
  return (isCheap && low[0] === word[0] && low.length >= 4) || isSwap || low.length >= 7;
}
