// Time phrases: ranges that end now, calendar days, points and ranges between points. Ranges are read here, single
// points in `timePoints.ts`. Words are looked at, never names. All times are UTC.

import { filled, isBareHour, withClocks, withFirstHour, withHours, withSpelledHours } from './clockWords.ts';
import { alignDays } from './timeEnds.ts';
import { type Point, parsePoint } from './timePoints.ts';
import { withOpenEnd, withSides } from './timeSides.ts';
import type { Token } from './tokens.ts';
import { durationUnit, parseDurationToken, parseNumber } from './units.ts';
import { dayOfWeek, ofWeek } from './weekDays.ts';

/** What a phrase says. `horizonS` looks ahead; `day` tells that it named whole days. */
export interface TimeRange {
  readonly windowS?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly horizonS?: number;
  readonly day?: boolean;
  /** A point the phrase was about: "before monday". */
  readonly side?: 'since' | 'before' | 'after' | 'ago' | 'at';
}

export interface TimePhrase {
  readonly range: TimeRange;
  /** Tokens it took. */
  readonly length: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const startWord =
  /^(today|yesterday|tonight|overnight|noon|midnight|midday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|march|may|\d{1,2}:\d\d(:\d\d)?(am|pm|z)?|\d{1,2}(am|pm)|\d{4}-\d\d-\d\d(t[\d:.]+z?)?)$/;

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const month =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;

/** "the first of september": the 1st. */
function withOrdinals(words: readonly string[]): readonly string[] {
  if (!words.includes('of')) return words;
  return words.map((one, at) => {
    const day = ordinals.indexOf(one) + 1;
    const isDay = day > 0 && words[at + 1] === 'of' && month.test(words[at + 2] ?? '');
    return isDay ? `${day}${['st', 'nd', 'rd'][day - 1] ?? 'th'}` : one;
  });
}

/** A time phrase at the start of the tokens; undefined where there is none. */
export function parseTime(
  tokens: readonly Token[],
  nowMs: number,
  isMeasured = false,
): TimePhrase | undefined {
  const said = withSpelledHours(
    withOrdinals(tokens.slice(0, 16).map((token) => (token.quoted ? '"' : token.low))),
  );
  const words = withSides(withFirstHour(withClocks(isMeasured ? withHours(said) : said)));
  const lead =
    /^(in|for|over|during|within|since|from|between|before|after|until|by|on|at|of|as|the|starting|beginning|back|around|through|throughout|during|across|dating|prior|earlier|later)$/;
  if (
    !lead.test(words[0] ?? '') &&
    !/^(last|past|previous|this|next|these|earlier)$/.test(words[0]!) &&
    !startWord.test(words[0]!) &&
    !/^\d/.test(words[0]!) &&
    parseNumber(words) === undefined &&
    !/^(a|an|half|couple)$/.test(words[0]!)
  )
    return undefined;
  const found =
    parseRange(words, nowMs) ??
    parseAnchored(words, nowMs) ??
    (isMeasured ? parsePastDays(words, nowMs) : undefined);
  const first = found && withOpenEnd(found, words, nowMs);
  const isNight = first !== undefined && /\b(night|overnight)$/.test(words.slice(0, first.length).join(' '));
  if (
    !(first?.range.day || isNight) ||
    first?.range.fromMs === undefined ||
    !/^(between|from)$/.test(words[first.length] ?? '')
  )
    return first;
  const behind = words.slice(first.length);
  const clocks = parseAnchored(withFirstHour(isMeasured ? withHours(behind) : behind), nowMs);
  if (clocks?.range.fromMs === undefined || clocks.range.toMs === undefined) return first;
  // "yesterday between 03:00 and 05:00": the clock times belong to the day that was named.
  const named = startOfDay(first.range.fromMs) - startOfDay(clocks.range.fromMs);
  const shift = named + hoursInto(first.range, clocks.range.fromMs + named);
  return {
    range: { fromMs: clocks.range.fromMs + shift, toMs: clocks.range.toMs + shift },
    length: first.length + clocks.length,
  };
}

/** "yesterday evening between 7 and 9", "last night between 2 and 4": hours of the part of the day that was named. */
function hoursInto({ fromMs = 0, toMs }: TimeRange, atMs: number): number {
  if (atMs >= fromMs || toMs === undefined) return 0;
  return atMs + dayMs / 2 >= fromMs && atMs + dayMs / 2 < toMs ? dayMs / 2 : dayMs;
}

/** "last 3 hours", "in the past day", "this week", "overnight", "3 hours ago", "next 7 days". */
function parseRange(words: readonly string[], nowMs: number): TimePhrase | undefined {
  let at = 0;
  const since = words[0] === 'since';
  while (
    /^(in|for|over|during|within|since|from|of|the|on|throughout|through|across|by|these)$/.test(
      words[at] ?? '',
    )
  )
    at++;
  const inside = words
    .slice(0, at)
    .some((word) => word === 'within' || word === 'in' || word === 'over' || word === 'for');
  const word = words[at] ?? '';
  const ago = parseAmount(words.slice(at));
  if (ago && /^(ago|back)$/.test(words[at + ago.length] ?? '')) {
    const fromMs = nowMs - ago.seconds * 1000;
    return {
      range: { fromMs, side: since || words.slice(0, at).includes('from') ? 'since' : 'ago' },
      length: at + ago.length + 1,
    };
  }
  if (/^(last|past|previous|trailing|recent)$/.test(word)) {
    const amount = parseAmount(words.slice(at + 1)) ?? parseUnit(words.slice(at + 1));
    if (!amount) return word === 'last' && words[at + 1] === 'night' ? lastNight(at + 2, nowMs) : undefined;
    const bare = parseUnit(words.slice(at + 1));
    const day = words[at + 1] === 'week' ? dayOfWeek(words, at, startOfWeek(nowMs)) : undefined;
    if (day) return day;
    if (bare?.seconds === amount.seconds && word !== 'past' && calendarUnit.test(words[at + 1]!) && !since)
      return calendarBefore(words[at + 1]!, at + 2, nowMs);
    return { range: { windowS: amount.seconds }, length: at + 1 + amount.length };
  }
  if (word === 'next' || word === 'coming') {
    const amount = parseAmount(words.slice(at + 1)) ?? parseUnit(words.slice(at + 1));
    return amount && { range: { horizonS: amount.seconds }, length: at + 1 + amount.length };
  }
  if (word === 'this' || word === 'today' || word === 'tonight' || word === 'overnight')
    return thisPeriod(words, at, nowMs);
  if (word === 'tomorrow') return { range: { horizonS: 86_400 }, length: at + 1 };
  if (ago && inside && at > 0 && words[0] !== 'since')
    return { range: { horizonS: ago.seconds, windowS: ago.seconds }, length: at + ago.length };
  if (since && /^(morning|afternoon|evening)$/.test(word)) return sincePart(words, at, nowMs);
  if (ago && since) return { range: { windowS: ago.seconds }, length: at + ago.length };
  return undefined;
}

function parseAmount(
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

function parseUnit(
  words: readonly string[],
): { readonly seconds: number; readonly length: number } | undefined {
  const unit = words[0] ?? '';
  const size = unit.length > 1 && unit !== 'gb' ? durationUnit(unit) : undefined;
  return size === undefined || /s$/.test(unit) ? undefined : { seconds: size, length: 1 };
}

function startOfDay(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}

/** Monday 00:00 of the week. */
function startOfWeek(ms: number): number {
  const day = startOfDay(ms);
  return day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs;
}

function thisPeriod(words: readonly string[], at: number, nowMs: number): TimePhrase | undefined {
  const today = startOfDay(nowMs);
  const unit = words[at] === 'this' ? words[at + 1] : words[at];
  const length = at + (words[at] === 'this' ? 2 : 1);
  const date = new Date(nowMs);
  switch (unit) {
    case 'today':
      if (startWord.test(words[length] ?? '') && words[length] !== 'today') return undefined;
      return { range: { fromMs: today, day: true, horizonS: (today + dayMs - nowMs) / 1000 }, length };
    case 'week':
    case 'wk':
      return {
        range: {
          fromMs: startOfWeek(nowMs),
          day: true,
          horizonS: (startOfWeek(nowMs) + 7 * dayMs - nowMs) / 1000,
        },
        length,
      };
    case 'month': {
      const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
      return {
        range: {
          fromMs: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
          day: true,
          horizonS: (next - nowMs) / 1000,
        },
        length,
      };
    }
    case 'year':
      return {
        range: { fromMs: Date.UTC(date.getUTCFullYear(), 0, 1), day: true, horizonS: 31_536_000 },
        length,
      };
    case 'morning':
      return { range: { fromMs: today, day: true }, length };
    case 'afternoon':
      return { range: { fromMs: today + 12 * hourMs, day: true }, length };
    case 'evening':
    case 'tonight':
      return {
        range: {
          fromMs: today + 18 * hourMs,
          day: true,
          horizonS: Math.max(3_600, (today + dayMs - nowMs) / 1000),
        },
        length,
      };
    case 'weekend':
      return { range: { horizonS: (startOfWeek(nowMs) + 7 * dayMs - nowMs) / 1000 }, length };
    case 'overnight':
      return lastNight(length, nowMs);
    case 'hour':
      return { range: { windowS: 3_600 }, length };
    default:
      return undefined;
  }
}

/** "since morning", "since the evening": the last one that has begun. */
function sincePart(words: readonly string[], at: number, nowMs: number): TimePhrase | undefined {
  const part = thisPeriod(words, at, nowMs);
  const fromMs = part?.range.fromMs;
  if (!part || fromMs === undefined || fromMs <= nowMs) return part;
  return { range: { fromMs: fromMs - dayMs, side: 'since' }, length: part.length };
}

/** From yesterday evening until this morning. */
function lastNight(length: number, nowMs: number): TimePhrase {
  const today = startOfDay(nowMs);
  return { range: { fromMs: today - 6 * hourMs, toMs: Math.min(nowMs, today + 6 * hourMs) }, length };
}

const calendarUnit = /^(week|month|year)$/;

/** "last week" is the calendar week before this one; "past week" is a window. */
function calendarBefore(unit: string, length: number, nowMs: number): TimePhrase {
  const date = new Date(nowMs);
  if (unit === 'week')
    return { range: { fromMs: startOfWeek(nowMs) - 7 * dayMs, toMs: startOfWeek(nowMs), day: true }, length };
  if (unit === 'month') {
    const toMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    return {
      range: { fromMs: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1), toMs, day: true },
      length,
    };
  }
  const toMs = Date.UTC(date.getUTCFullYear(), 0, 1);
  return { range: { fromMs: Date.UTC(date.getUTCFullYear() - 1, 0, 1), toMs, day: true }, length };
}

/** "since yesterday 6pm", "between 14:00 and 16:00", "on november 10th", "before monday". */
function parseAnchored(words: readonly string[], nowMs: number): TimePhrase | undefined {
  let at = 0;
  let side: TimeRange['side'] = 'at';
  for (; at < 4; at++) {
    const word = words[at] ?? '';
    if (word === filled) continue;
    if (/^(since|starting|beginning)$/.test(word)) side = 'since';
    else if (word === 'after') side = 'after';
    else if (/^(before|until|till|by)$/.test(word)) side = 'before';
    else if (!/^(from|between|on|at|of|the|in|around|as|during|dating|back)$/.test(word)) break;
  }
  const isHour = side === 'since' && /^([01]?\d|2[0-3])$/.test(words[at] ?? '') && isBareHour(words, at + 1);
  const point = parsePoint(isHour ? [`${words[at]}:00`, ...words.slice(at + 1)] : words.slice(at), nowMs);
  if (!point) return undefined;
  const first = ofWeek(point, words, at, startOfWeek(nowMs)) ?? point;
  let end = at + first.length;
  const ranged =
    words.slice(0, at).some((word) => word === 'from' || word === 'between' || word === 'since') ||
    first.clock ||
    isDate(words.slice(at, end));
  if (ranged && /^(and|to|until|till|-|–)$/.test(words[end] ?? '')) {
    const rest = words.slice(end + 1);
    const skip = rest[0] === 'the' || rest[0] === 'now' ? 1 : 0;
    if (rest[0] === 'now') return { range: { fromMs: first.ms, toMs: nowMs }, length: end + 2 };
    const second = parsePoint(rest.slice(skip), nowMs, first.clockOnly ? undefined : first.ms);
    if (second) {
      end += 1 + skip + second.length;
      const [fromMs, toMs, isWhole] = alignDays(first, second, nowMs);
      return { range: { fromMs, toMs: isWhole ? toMs + dayMs : toMs }, length: end };
    }
  }
  const isFrom = words.slice(0, at).includes('from');
  if (side === 'since' || (isFrom && side === 'at' && words[0] === 'from')) {
    return side === 'since' || first.clock
      ? { range: { fromMs: first.ms, side: 'since' }, length: end }
      : wholeDay(first, end, nowMs);
  }
  // "after october" begins with the month behind it.
  if (side === 'after') return { range: { fromMs: first.monthEndMs ?? first.ms, side }, length: end };
  if (side === 'before') {
    // "from before yesterday" is over, "before monday" may be to come.
    const horizonS = isFrom ? undefined : horizonOf(first, nowMs);
    return { range: { toMs: first.ms, side, horizonS }, length: end };
  }
  return first.clock && !first.part
    ? { range: { fromMs: first.ms, side: 'at' }, length: end }
    : wholeDay(first, end, nowMs);
}

/** "nov 10", "2026-11-10": a day of a month, and no day of the week. */
const isDate = (words: readonly string[]): boolean =>
  words.some((word) => /^\d{4}-\d\d-\d\d$/.test(word)) ||
  (words.some((word) => month.test(word)) && words.some((word) => /^\d{1,2}(st|nd|rd|th)?$/.test(word)));

/** "during the night", "over the weekend", "last weekend": the one that is over. */
function parsePastDays(words: readonly string[], nowMs: number): TimePhrase | undefined {
  const lead = words.findIndex((one) => !/^(in|over|during|on|at|the|throughout|last|past|for)$/.test(one));
  if (lead < 1) return undefined;
  if (words[lead] === 'night' && lead > 1) return lastNight(lead + 1, nowMs);
  if (words[lead] !== 'weekend') return undefined;
  const monday = startOfWeek(nowMs);
  return { range: { fromMs: monday - 2 * dayMs, toMs: monday, day: true }, length: lead + 1 };
}

function horizonOf(point: Point, nowMs: number): number | undefined {
  // "until 6pm" is the next time it is six; "until monday" the next such day.
  const ms = point.ms > nowMs ? point.ms : point.ms + (point.clockOnly ? dayMs : 7 * dayMs);
  return ms > nowMs ? (ms - nowMs) / 1000 : undefined;
}

/** A named day lasts until its end; a part of a day for its hours. */
function wholeDay(point: Point, length: number, nowMs: number): TimePhrase {
  if (point.part)
    return { range: { fromMs: point.ms, toMs: Math.min(nowMs, point.ms + point.part), day: true }, length };
  const toMs = point.monthEndMs ?? point.ms + dayMs;
  return toMs > nowMs
    ? { range: { fromMs: point.ms, day: true, side: 'at' }, length }
    : { range: { fromMs: point.ms, toMs, day: true, side: 'at' }, length };
}
