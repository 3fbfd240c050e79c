// Days of a week that is named: "friday last week", "last week on tuesday", "monday of this week". `weekMs` is when the
// present week began. Called by `times.ts`.

import type { Point } from './timePoints.ts';
import type { TimePhrase } from './times.ts';

const dayMs = 86_400_000;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** "last week on tuesday" */
export function dayOfWeek(words: readonly string[], at: number, weekMs: number): TimePhrase | undefined {
  const next = /^(on|,)$/.test(words[at + 2] ?? '') ? at + 3 : at + 2;
  const day = weekdays.findIndex((one) => /day$/.test(words[next] ?? '') && words[next]!.startsWith(one));
  if (day < 0) return undefined;
  const fromMs = weekMs + (day - 7) * dayMs;
  return { range: { fromMs, toMs: fromMs + dayMs, day: true, side: 'at' }, length: next + 1 };
}

/** "friday last week", "monday of this week": the day of that week. */
export function ofWeek(
  point: Point,
  words: readonly string[],
  at: number,
  weekMs: number,
): Point | undefined {
  const day = weekdays.findIndex((one) => words.slice(at, at + 2).some((word) => word.startsWith(one)));
  const end = at + point.length;
  const [first = '', second = ''] = words.slice(words[end] === 'of' ? end + 1 : end);
  if (day < 0 || !/^(last|previous|this)$/.test(first) || second !== 'week') return undefined;
  const week = weekMs - (first === 'this' ? 0 : 7 * dayMs);
  const ms = week + day * dayMs + (point.ms % dayMs);
  return { ...point, ms, length: point.length + (words[end] === 'of' ? 3 : 2) };
}
