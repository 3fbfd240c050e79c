// Amounts of time as people say them: "3 hours", "half an hour", "an hour and a half", "the hour", and where such an amount
// lies: "30 days ahead", "the hour before 9". Called by `times.ts`.

import { isBareHour } from './clockWords.ts';
import { parsePoint } from './timePoints.ts';
import type { TimePhrase } from './times.ts';
import { durationUnit, parseDurationToken, parseNumber } from './units.ts';

/** "3 hours", "half an hour", "a couple of days". */
export function parseAmount(
  words: readonly string[],
): { readonly seconds: number; readonly length: number } | undefined {
  const first = words[0] ?? '';
  const token = /^\d/.test(first) ? parseDurationToken(first) : undefined;
  if (token !== undefined) return { seconds: token, length: 1 };
  if (first === 'half' && /^(an?|hour)$/.test(words[1] ?? ''))
    return { seconds: 1_800, length: words[1] === 'hour' ? 2 : 3 };
  const hours = words.slice(0, 4).join(' ');
  if (/^quarter (of )?(an|the) hour\b|^quarter of hour\b|^quarter hour\b/.test(hours))
    return { seconds: 900, length: words.slice(0, 4).indexOf('hour') + 1 };
  if (
    /^three quarters? of an$|^three quarters? (of )?(an )?hour/.test(hours) &&
    words.slice(0, 5).includes('hour')
  )
    return { seconds: 2_700, length: words.indexOf('hour') + 1 };
  // "a quarter of an hour"
  if (first === 'a' && words[1] === 'quarter') {
    const part = parseAmount(words.slice(1));
    if (part && words.slice(1, 1 + part.length).includes('hour'))
      return { seconds: part.seconds, length: part.length + 1 };
  }
  if (first === 'few') {
    const few = durationUnit(words[1]);
    return few === undefined ? undefined : { seconds: 3 * few, length: 2 };
  }
  if (first === 'couple' && words[1] === 'of') {
    const two = durationUnit(words[2]);
    return two === undefined ? undefined : { seconds: 2 * two, length: 3 };
  }
  const halved = halfMore(words);
  if (halved) return halved;
  const number =
    first === 'a' || first === 'an' || first === 'one'
      ? (parseNumber(words) ?? { value: 1, length: 1 })
      : parseNumber(words);
  if (!number) return undefined;
  const unit = words[number.length] ?? '';
  const size =
    unit.length === 1 && unit !== 'h' && unit !== 'd' ? undefined : durationUnit(unit.replace(/-/g, ''));
  return size === undefined ? undefined : { seconds: number.value * size, length: number.length + 1 };
}

/** "an hour and a half", "two and a half hours". */
function halfMore(
  words: readonly string[],
): { readonly seconds: number; readonly length: number } | undefined {
  const half = words.findIndex(
    (word, at) => word === 'and' && words[at + 1] === 'a' && words[at + 2] === 'half',
  );
  if (half < 1 || half > 2) return undefined;
  const behind = durationUnit(words[half + 3]);
  const unit = behind ?? durationUnit(words[half - 1]);
  const isOne = half === 1 ? behind === undefined : /^(an?|one)$/.test(words[0]!);
  const count = isOne ? 1 : parseNumber([words[0]!])?.value;
  if (unit === undefined || count === undefined) return undefined;
  return { seconds: (count + 0.5) * unit, length: half + (behind === undefined ? 3 : 4) };
}

/** "hour", "week": one of it. */
export function parseUnit(
  words: readonly string[],
): { readonly seconds: number; readonly length: number } | undefined {
  const unit = words[0] ?? '';
  const size = unit.length > 1 && unit !== 'gb' ? durationUnit(unit) : undefined;
  return size === undefined || /s$/.test(unit) ? undefined : { seconds: size, length: 1 };
}

interface Amount {
  readonly seconds: number;
  readonly length: number;
}

const behindAhead =
  /^(ahead|out|hence|forward|onwards?|(from|after) (now|today|here)( on)?|in advance|(in|into) the future|down the (road|line)|in the making)\b/;

/** "30 days ahead", "two weeks from now", "out three months", "in 3 weeks' time": what is yet to come. */
export function aheadAt(words: readonly string[], from: number): Amount | undefined {
  const isBefore = /^(ahead|out)$/.test(words[from] ?? '');
  const at = isBefore ? from + 1 : from;
  const amount = parseAmount(words.slice(at));
  if (!amount) return undefined;
  const end = at + amount.length;
  if (isBefore) return { seconds: amount.seconds, length: end };
  const mark = /^['’]s?$/.test(words[end] ?? '') ? end + 1 : end;
  // "in 3 weeks time"
  if (words[mark] === 'time' && words.slice(0, at).includes('in'))
    return { seconds: amount.seconds, length: mark + 1 };
  const said = behindAhead.exec(words.slice(end, end + 4).join(' '))?.[0];
  // "2 days out of 7"
  const next = said === undefined ? '' : (words[end + said.split(' ').length] ?? '');
  if (said === undefined || (said === 'out' && next === 'of')) return undefined;
  return { seconds: amount.seconds, length: end + said.split(' ').length };
}

/** "15 minutes before 9", "the hour before 09:30 yesterday", "half an hour before now": a span that ends or begins at a point. */
export function besidePoint(words: readonly string[], from: number, nowMs: number): TimePhrase | undefined {
  const amount =
    parseAmount(words.slice(from)) ?? (words[from - 1] === 'the' ? parseUnit(words.slice(from)) : undefined);
  if (!amount) return undefined;
  const side = words[from + amount.length] ?? '';
  if (!/^(before|after|following|until|till|preceding)$/.test(side)) return undefined;
  const behind = words.slice(from + amount.length + 1);
  const lead = from + amount.length + 1;
  if (behind[0] === 'now' && side !== 'after')
    return { range: { windowS: amount.seconds }, length: lead + 1 };
  const isHour = /^([01]?\d|2[0-3])$/.test(behind[0] ?? '') && isBareHour(behind, 1);
  const point = parsePoint(isHour ? [`${behind[0]}:00`, ...behind.slice(1)] : behind, nowMs);
  if (!point?.clock) return undefined;
  const isBehind = side === 'after' || side === 'following';
  const fromMs = isBehind ? point.ms : point.ms - amount.seconds * 1000;
  const toMs = fromMs + amount.seconds * 1000;
  return { range: { fromMs, toMs, span: true }, length: lead + point.length };
}
