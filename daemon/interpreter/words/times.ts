// Time phrases: ranges that end now, calendar days, points and ranges between points. Ranges are read here, single
// points in `timePoints.ts`. Words are looked at, never names. All times are UTC.

import { filled, isBareHour, withClocks, withFirstHour, withHours, withSpelledHours } from './clockWords.ts';
import { dayWords } from './dayWords.ts';
import { aheadAt, besidePoint, parseAmount, parseUnit } from './timeAmounts.ts';
import { alignDays } from './timeEnds.ts';
import { type Point, parsePoint } from './timePoints.ts';
import { withOpenEnd, withSides } from './timeSides.ts';
import type { Token } from './tokens.ts';
import { parseNumber } from './units.ts';
import { dayOfWeek, ofWeek } from './weekDays.ts';

/** What a phrase says. `horizonS` looks ahead; `day` tells that it named whole days. */
export interface TimeRange {
  readonly windowS?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly horizonS?: number;
  readonly day?: boolean;
  /** Both its ends were said, or all of it: "monday and tuesday", "the hour before 9", "all day". */
  readonly span?: true;
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

/** Words without digits and hyphens that a time may begin with: most words begin none, and every word is asked. */
const beginnings: ReadonlySet<string> = new Set([
  ...ordinals,
  ...`in for over during within since from between before after until by on at of as the starting beginning back around
    through throughout across dating prior earlier later out ahead last past previous this next these today yesterday
    tonight overnight noon midnight midday all whole entire day a an half quarter couple mon tue tues wed thu thur thurs
    fri sat sun monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec zero one two three four
    five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen dozen
    twenty thirty forty fourty fifty sixty seventy eighty ninety`.split(/\s+/),
]);

/** A time phrase at the start of the tokens; undefined where there is none. */
export function parseTime(
  tokens: readonly Token[],
  nowMs: number,
  isMeasured = false,
): TimePhrase | undefined {
  const first = tokens[0];
  if (!first || first.quoted || !(beginnings.has(first.low) || /[\d–-]/.test(first.low))) return undefined;
  const { words, from } = dayWords(
    tokens.slice(0, 16).map((token) => (token.quoted ? '"' : token.low)),
    nowMs,
  );
  const found = parseWords(words, nowMs, isMeasured);
  // What came from one token is taken whole.
  const last = found && from[found.length - 1];
  if (!found || last === undefined || from[found.length] === last) return undefined;
  const isAll = tokens.slice(0, 4).some(({ low }) => /^(all|whole|entire)$/.test(low));
  return { range: isAll ? { ...found.range, span: true } : found.range, length: last + 1 };
}

function parseWords(given: readonly string[], nowMs: number, isMeasured: boolean): TimePhrase | undefined {
  const said = withSpelledHours(withOrdinals(given));
  const words = withSides(withFirstHour(withClocks(isMeasured ? withHours(said) : said)));
  const lead =
    /^(in|for|over|during|within|since|from|between|before|after|until|by|on|at|of|as|the|starting|beginning|back|around|through|throughout|during|across|dating|prior|earlier|later|out|ahead)$/;
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
  if (!(first?.range.day || isNight) || first?.range.fromMs === undefined) return first;
  const length = words[first.length] === ',' ? first.length + 1 : first.length;
  const isSpan =
    isMeasured &&
    /^\d{1,2}(:\d\d|h)?$/.test(words[length] ?? '') &&
    /^(to|until|till|-|–)$/.test(words[length + 1] ?? '');
  if (!isSpan && !/^(between|from)$/.test(words[length] ?? '')) return first;
  const behind = isSpan ? ['from', ...words.slice(length)] : words.slice(length);
  const clocks = parseAnchored(withFirstHour(isMeasured ? withHours(behind) : behind), nowMs);
  if (clocks?.range.fromMs === undefined || clocks.range.toMs === undefined) return first;
  // "yesterday between 03:00 and 05:00": the clock times belong to the day that was named.
  const named = startOfDay(first.range.fromMs) - startOfDay(clocks.range.fromMs);
  const shift = named + hoursInto(first.range, clocks.range.fromMs + named);
  return {
    range: { fromMs: clocks.range.fromMs + shift, toMs: clocks.range.toMs + shift },
    length: length + clocks.length - (isSpan ? 1 : 0),
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
  const ahead = aheadAt(words, at);
  if (ahead) return { range: { horizonS: ahead.seconds }, length: ahead.length };
  const beside = besidePoint(words, at, nowMs);
  if (beside) return beside;
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
      if (
        startWord.test(words.slice(length).find((one) => one !== filled) ?? '') &&
        words[length] !== 'today'
      )
        return undefined;
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
  // "from 9 on", "from 9 till now"
  const isOpen =
    words[0] === 'from' &&
    (/^(onwards?|forward)$/.test(words[at + 1] ?? '') ||
      (words[at + 1] === 'on' && /^([.,;:?!)]|and)?$/.test(words[at + 2] ?? '')) ||
      (/^(to|till|until)$/.test(words[at + 1] ?? '') && words[at + 2] === 'now'));
  const isHour =
    (side === 'since' || isOpen) && /^([01]?\d|2[0-3])$/.test(words[at] ?? '') && isBareHour(words, at + 1);
  const point = parsePoint(isHour ? [`${words[at]}:00`, ...words.slice(at + 1)] : words.slice(at), nowMs);
  if (!point) return undefined;
  const first = ofWeek(point, words, at, startOfWeek(nowMs)) ?? point;
  let end = at + first.length;
  const ranged =
    words.slice(0, at).some((word) => word === 'from' || word === 'between' || word === 'since') ||
    first.clock ||
    isDate(words.slice(at, end)) ||
    (side === 'at' && first.monthEndMs === undefined);
  if (ranged && /^(and|to|until|till|through|thru|-|–|&)$/.test(words[end] ?? '')) {
    const rest = words.slice(end + 1);
    const skip = rest[0] === 'the' || rest[0] === 'now' ? 1 : 0;
    if (rest[0] === 'now') return { range: { fromMs: first.ms, toMs: nowMs }, length: end + 2 };
    const second = parsePoint(rest.slice(skip), nowMs, first.clockOnly ? undefined : first.ms);
    // "on monday and wednesday" leaves out what lies between them.
    const isApart =
      /^(and|&)$/.test(words[end]!) &&
      !words.slice(0, at).some((word) => /^(from|between)$/.test(word)) &&
      (second?.clock !== first.clock || (!first.clock && Math.abs(second!.ms - first.ms) > dayMs));
    if (second && !isApart) {
      end += 1 + skip + second.length;
      const [fromMs, toMs, isWhole] = alignDays(first, second, nowMs);
      const range = { fromMs, toMs: isWhole ? toMs + dayMs : toMs };
      return { range: isWhole ? { ...range, span: true } : range, length: end };
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
  const lead = words.findIndex(
    (one) => !/^(in|since|over|during|on|at|the|throughout|last|past|for)$/.test(one),
  );
  if (lead < 1) return undefined;
  if (words[lead] === 'night' && lead > 1) return lastNight(lead + 1, nowMs);
  if (words[lead] !== 'weekend') return undefined;
  const monday = startOfWeek(nowMs);
  const fromMs = monday - 2 * dayMs;
  if (words[0] === 'since') return { range: { fromMs, side: 'since', day: true }, length: lead + 1 };
  return { range: { fromMs, toMs: monday, day: true }, length: lead + 1 };
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
