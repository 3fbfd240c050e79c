// Single points in time: "yesterday 6pm", "november 10th", "monday morning". They are given to chrono-node, on these words
// alone and never on names, with past direction. All times are UTC. Called by `times.ts`.

import * as chrono from 'chrono-node';
import { filled } from './clockWords.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const pointWord =
  /^(today|yesterday|tomorrow|tonight|noon|midnight|midday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|morning|afternoon|evening|night|utc|gmt|\d{1,2}(:\d\d){1,2}(am|pm|z)?|\d{1,2}(am|pm|h\d\d)|\d{4}-\d\d-\d\d(t[\d:.]+z?)?|\d{1,2}(st|nd|rd|th)|20\d\d|o'?clock|am|pm|this|last)$/;
const weekday = /^(mon|tues?|wed|thu|thurs?|fri|sat|sun)/;

/** A point that was said. */
export interface Point {
  readonly ms: number;
  readonly length: number;
  /** It said a time of day. */
  readonly clock: boolean;
  /** It said nothing but a time of day. */
  readonly clockOnly: boolean;
  /** Its day was said as one of the week. */
  readonly isWeekday: boolean;
  /** It named a month and no day: where the month ends. */
  readonly monthEndMs?: number;
  /** Length in ms of a named part of a day. */
  readonly part?: number;
}

const dayParts: Readonly<Record<string, readonly [number, number]>> = {
  morning: [6, 6],
  afternoon: [12, 6],
  evening: [18, 6],
  night: [20, 10],
};

/** The point at the start of the words. `sameDayMs`: the day it belongs to where it says none. */
export function parsePoint(words: readonly string[], nowMs: number, sameDayMs?: number): Point | undefined {
  let length = 0;
  while (length < 7) {
    const word = words[length] ?? '';
    const next = words[length + 1] ?? '';
    // "monday, thursday" are two days.
    const day = weekday.test(word)
      ? word
      : /^(,|on|of|the)$/.test(word) && weekday.test(next)
        ? next
        : undefined;
    if (day !== undefined && words.slice(0, length).some((one) => weekday.test(one) && one !== day)) break;
    if (word === filled && length > 0) length++;
    else if (pointWord.test(word) && !(/^(this|last)$/.test(word) && !weekday.test(next))) length++;
    else if (
      /^(at|on|of|the|,)$/.test(word) &&
      length > 0 &&
      (pointWord.test(next) || /^\d{1,2}$/.test(next))
    )
      length++;
    else if (
      /^\d{1,2}$/.test(word) &&
      (/^(am|pm|a\.m\.|p\.m\.|o'?clock)$/.test(next) ||
        monthName.test(next) ||
        (length > 0 && monthName.test(words[length - 1]!)) ||
        (length > 0 && words[length - 1] === 'at'))
    )
      length++;
    else if (/^(may)$/.test(word) && /^\d/.test(next)) length++;
    else break;
  }
  if (length === 0) return undefined;
  const said = words.slice(0, length);
  if (
    said.every((word) =>
      /^(utc|gmt|at|on|of|the|20\d\d|\d{1,2}(st|nd|rd|th)|am|pm|o'?clock|morning|afternoon|evening|night|,|·)$/.test(
        word,
      ),
    )
  )
    return undefined;
  // "from yesterday 22:00 to today 02:00": such a day is told from now.
  const isOwnDay = said.some((word) => /^(today|yesterday|tonight)$/.test(word));
  const reference = { instant: new Date(isOwnDay ? nowMs : (sameDayMs ?? nowMs)), timezone: 0 };
  const partName = said.find((word) => Object.hasOwn(dayParts, word));
  const text = said
    .filter((word) => word !== partName && word !== ',' && word !== filled)
    .join(' ')
    .replace(/^(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/, (one) => months[one.slice(0, 3)]!)
    .replace('midday', 'noon')
    .replace('oclock', "o'clock");
  const result = chrono.parse(text, reference)[0];
  if (!result) return undefined;
  return pointOf(result, { length, nowMs, partName, sameDay: sameDayMs !== undefined });
}

/** A month alone is known by its whole name only. */
const months: Readonly<Record<string, string>> = {
  jan: 'january',
  feb: 'february',
  mar: 'march',
  apr: 'april',
  jun: 'june',
  jul: 'july',
  aug: 'august',
  sep: 'september',
  oct: 'october',
  nov: 'november',
  dec: 'december',
};

const monthName = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;

function pointOf(
  result: chrono.ParsedResult,
  how: { length: number; nowMs: number; partName: string | undefined; sameDay: boolean },
): Point {
  const { start } = result;
  const clock = start.isCertain('hour');
  const dated =
    start.isCertain('day') || start.isCertain('weekday') || /today|yesterday|tomorrow/.test(result.text);
  let ms = Date.UTC(
    start.get('year')!,
    start.get('month')! - 1,
    start.get('day')!,
    clock ? start.get('hour')! : 0,
    clock ? start.get('minute')! : 0,
  );
  const isMonth = start.isCertain('month') && !start.isCertain('day') && !start.isCertain('weekday');
  if (ms > how.nowMs && !how.sameDay) {
    if (!dated && !isMonth) ms -= dayMs;
    else if (start.isCertain('weekday') && !start.isCertain('day')) ms -= 7 * dayMs;
    else if (!start.isCertain('year') && start.isCertain('month')) {
      const date = new Date(ms);
      ms = Date.UTC(
        date.getUTCFullYear() - 1,
        date.getUTCMonth(),
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
      );
    }
  }
  const part = how.partName === undefined ? undefined : dayParts[how.partName];
  // "yesterday evening 8 o'clock": the hour counts from noon there.
  const hours = !part ? 0 : !clock ? part[0] : part[0] >= 12 && start.get('hour')! < 12 ? 12 : 0;
  return {
    ms: ms + hours * hourMs,
    length: how.length,
    monthEndMs: isMonth
      ? Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth() + 1, 1)
      : undefined,
    clock: clock || part !== undefined,
    clockOnly: clock && !dated,
    isWeekday: start.isCertain('weekday') && !start.isCertain('day'),
    part: part && !clock ? part[1] * hourMs : undefined,
  };
}
