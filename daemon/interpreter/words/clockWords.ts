// Times of day as people say them, made into words a parser of dates knows: "6 this morning" is "6am today", "between
// 2 and 4 in the afternoon" is "between 2pm and 4pm". Every word keeps its place; what is said by a neighbour becomes
// `filled`. A bare number without a part of the day beside it is never a time.

import { durationUnit } from './units.ts';

/** Stands for a word that was folded into its neighbour. */
export const filled = '·';

const hour = /^\d{1,2}(:\d\d)?$/;
const joins = /^(and|to|until|till|-|–)$/;

const spelled = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const minutes: Readonly<Record<string, string>> = {
  fifteen: '15',
  thirty: '30',
  forty: '40',
  'forty-five': '45',
};

/** "between seven and eight", "since six this morning", "from six to seven thirty": hours in digits. */
export function withSpelledHours(given: readonly string[]): readonly string[] {
  const words = withNoon(given);
  if (!words.some((word) => spelled.includes(word))) return words;
  const said = [...words];
  for (let at = 1; at < said.length; at++) {
    const number = spelled.indexOf(said[at]!) + 1;
    const next = said[at + 1] ?? '';
    const isTime = /^(from|between|since|at|past|until|till|to|and|-|after|before|around|by)$/.test(
      said[at - 1]!,
    );
    const isHour = isTime || /^(o'clock|oclock|am|pm)$/.test(next);
    if (number === 0 || !isHour || /^(more|of|by|thing|vm|vms|pods?|replicas?)$/.test(next)) continue;
    said[at] = String(number);
    if (!Object.hasOwn(minutes, next)) continue;
    said[at] = `${number}:${minutes[next]}`;
    said.splice(at + 1, 1);
    said.splice(behindClock(said, at + 1), 0, filled);
  }
  return said;
}

/** "since lunchtime", "until lunch yesterday": noon. */
const withNoon = (words: readonly string[]): readonly string[] =>
  /^(since|until|till|before|after|from|around|at|by)$/.test(words[0] ?? '')
    ? words.map((word, at) => (at < 4 && /^(lunch|lunchtime|lunch-time)$/.test(word) ? 'noon' : word))
    : words;

/** Where a word that was folded into a clock time goes: behind what says which half of the day it is. */
const behindClock = (words: readonly string[], at: number): number =>
  at + (partBehind(words, at)?.length ?? 0);

/** "since yesterday 14:00 hrs": a time of day; "the last 2:30 hours" is none. */
const withClockUnits = (words: readonly string[]): string[] =>
  words.map((word, at) => {
    const isUnit = /^(h|hrs?|hours|uhr)$/.test(word) && /^\d{1,2}:\d\d$/.test(words[at - 1] ?? '');
    return isUnit && !/^(last|past|for|in|over|within|next)$/.test(words[at - 2] ?? '') ? filled : word;
  });

/** Words with spoken times of day folded. */
export function withClocks(given: readonly string[]): readonly string[] {
  if (!given.some((word, at) => hour.test(word) || (word === 'night' && given[at - 1] === 'over')))
    return given;
  const words = withHalves(withClockUnits(given));
  const night = words.findIndex((word, at) => word === 'over' && words[at + 1] === 'night');
  if (night >= 0) words.splice(night, 2, 'overnight', filled);
  for (let at = 0; at < words.length; at++) {
    if (!hour.test(words[at]!)) continue;
    const part = partBehind(words, at + 1);
    // "from 9 to 11 yesterday"
    const isSpan = /^(from|between)$/.test(words[at - 1] ?? '') && joins.test(words[at + 1] ?? '');
    if (isSpan && hour.test(words[at + 2] ?? '') && dayWord.test(words[at + 3] ?? '')) {
      if (!partBehind(words, at + 3)) {
        const [from, to] = [words[at]!, words[at + 2]!].map((one) => Number.parseInt(one, 10));
        words[at] = clock24(words[at]!);
        // "from nine to five": in the afternoon.
        words[at + 2] = to! < from! && from! <= 12 ? clock(words[at + 2]!, 'pm') : clock24(words[at + 2]!);
        continue;
      }
    }
    if (part) {
      const isLate = part.night === true && Number.parseInt(words[at]!, 10) <= 5;
      const half = part.half === 'am' || isLate || Number.parseInt(words[at]!, 10) > 12 ? 'am' : 'pm';
      const day = isLate && part.day.length > 0 ? ['today'] : part.day;
      const before = words[at - 1] ?? '';
      if (joins.test(before) && hour.test(words[at - 2] ?? '')) {
        const first = Number.parseInt(words[at - 2]!, 10);
        const isEarlier = first <= Number.parseInt(words[at]!, 10) || half === 'am';
        words[at - 2] = clock(words[at - 2]!, isEarlier ? half : 'am');
      }
      words[at] = clock(words[at]!, half);
      words.splice(at + 1, part.length, ...day, ...Array(part.length - day.length).fill(filled));
    } else if (joins.test(words[at + 1] ?? '') && /^\d{1,2}(:\d\d)?(am|pm)$/.test(words[at + 2] ?? '')) {
      // "between 2 and 4pm"
      if (at === 0 || !/^(between|from)$/.test(words[at - 1]!)) continue;
      const second = words[at + 2]!;
      const isEarlier = Number.parseInt(words[at]!, 10) < Number.parseInt(second, 10);
      words[at] = clock(words[at]!, isEarlier ? second.slice(-2) : 'am');
    }
  }
  return words;
}

/** "half past 9", "quarter to 10": minutes said in words, with what is left of them put behind. */
function withHalves(words: string[]): string[] {
  for (let at = 0; at + 2 < words.length; at++) {
    const [part, side, hours] = [words[at]!, words[at + 1]!, words[at + 2]!];
    const isSaid = /^(half|quarter)$/.test(part) && /^\d{1,2}$/.test(hours) && Number(hours) <= 24;
    const isPast = isSaid && side === 'past';
    const isTo = isSaid && part === 'quarter' && side === 'to' && Number(hours) > 0;
    if (!isPast && !isTo) continue;
    const minutes = isTo ? `${Number(hours) - 1}:45` : `${hours}:${part === 'half' ? '30' : '15'}`;
    const behind = partBehind(words, at + 3)?.length ?? 0;
    const rest = words.slice(at + 3, at + 3 + behind);
    words.splice(at, 3 + behind, minutes, ...rest, filled, filled);
  }
  return words;
}

const dayWord = /^(today|yesterday|on|(mon|tues|wednes|thurs|fri|satur|sun)day)$/;

function clock24(text: string): string {
  return text.includes(':') ? text : `${text.padStart(2, '0')}:00`;
}

function clock(text: string, half: string): string {
  return Number.parseInt(text, 10) > 12 || text.startsWith('0')
    ? text.includes(':')
      ? text
      : `${text}:00`
    : text + half;
}

function partOf(word: string | undefined): 'am' | 'pm' | undefined {
  if (word === 'morning') return 'am';
  return word === 'afternoon' || word === 'evening' || word === 'night' ? 'pm' : undefined;
}

/** "this morning", "in the afternoon", "yesterday evening", "at night", behind an hour. */
function partBehind(
  words: readonly string[],
  at: number,
): { half: 'am' | 'pm'; day: readonly string[]; length: number; night?: true } | undefined {
  const start = /^(o'clock|oclock)$/.test(words[at] ?? '') ? 1 : 0;
  const [first = '', second = '', third = ''] = words.slice(at + start, at + start + 3);
  const of = (half: 'am' | 'pm' | undefined, length: number, ...day: string[]) =>
    half && { half, day, length: length + start };
  if (/^(am|pm|a\.m|p\.m)$/.test(first)) return of(first.startsWith('a') ? 'am' : 'pm', 1);
  if (first === 'this') return of(partOf(second), 2, 'today');
  if (first === 'in' && second === 'the') return of(partOf(third), 3);
  // The small hours of a night are those of the morning after it.
  if (/^(at|last)$/.test(first) && second === 'night')
    return { half: 'pm', day: first === 'last' ? ['yesterday'] : [], length: 2 + start, night: true };
  if (first === 'tonight') return of('pm', 1, 'today');
  if (/^(yesterday|today|\w+day)$/.test(first)) return of(partOf(second), 2, first);
  return undefined;
}

/** "between 8 and 9", "from 8 to 9": hours, in a sentence about figures or logs. */
export function withHours(words: readonly string[]): readonly string[] {
  const [lead = '', from = '', and = '', to = ''] = words;
  const isHour = (one: string): boolean => /^([01]?\d|2[0-4])h?$/.test(one);
  const isRange = /^(from|between)$/.test(lead) && /^(and|to|until|till|-)$/.test(and);
  if (!isRange || !isHour(from) || !isHour(to) || !isBareHour(words, 4)) return words;
  const clockOf = (one: string): string => (/^24/.test(one) ? 'midnight' : `${one.replace('h', '')}:00`);
  return [lead, clockOf(from), and, clockOf(to), ...words.slice(4)];
}

/** "between 9 and half past 9", "from half past 8 to 10": one is an hour like the other. */
export function withFirstHour(words: readonly string[]): readonly string[] {
  const joint = words.findIndex((one, at) => at > 1 && at < 5 && /^(and|to|until|till)$/.test(one));
  if (joint < 0 || !/^(between|from)$/.test(words[0]!)) return words;
  const [from, to] = [words[1]!, words[joint + 1] ?? ''];
  const isBare = (one: string): boolean => /^([01]?\d|2[0-3])$/.test(one);
  const clock = /^\d{1,2}:\d\d(am|pm)?$/;
  const half = (one: string): string => clock.exec(one)?.[1] ?? '';
  const put = (at: number, text: string): readonly string[] =>
    words.map((one, index) => (index === at ? text : one));
  // "between noon and 9", "from 8 to midnight": on the side of it on which such an hour lies.
  const beside = (one: string, named: string): string =>
    Number(one) >= 12 || (/^(noon|midday)$/.test(named) ? one === from : named === from)
      ? `${one}:00`
      : `${one}pm`;
  const isNamed = (one: string): boolean => /^(noon|midday|midnight)$/.test(one);
  if (joint === 2 && isBare(from) && isNamed(to)) return put(1, beside(from, to));
  if (joint === 2 && isNamed(from) && isBare(to) && isBareHour(words, 4)) return put(3, beside(to, from));
  if (isBare(from) && joint === 2 && clock.test(to)) return put(1, `${from}:00${half(to)}`);
  if (clock.test(from) && isBare(to) && isBareHour(words, joint + 2))
    return put(joint + 1, `${to}:00${half(from)}`);
  return words;
}

/** "since 8": an hour, where nothing counts it. */
export const isBareHour = (words: readonly string[], at: number): boolean =>
  durationUnit(words[at]) === undefined &&
  !/^(\.|:|\/|-|%|x|times|am|pm|a\.m|p\.m|o'?clock)/.test(words[at] ?? '');
