// The two ends of a range between points: "between 22:00 and midnight yesterday", "from friday to monday". A day that is
// said once holds for both, and the end is never before the start. Called by `times.ts`.

import type { Point } from './timePoints.ts';

const dayMs = 86_400_000;
const startOfDay = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

/**
 * "between 08:00 and 09:30 today": a day said once holds for both ends. The end is never before the start; `isWhole`: it
 * is a day that belongs to the range until its own end.
 */
export function alignDays(first: Point, second: Point, nowMs: number): readonly [number, number, boolean] {
  if (first.clockOnly && !second.clockOnly) {
    const fromMs = startOfDay(second.ms) + (first.ms - startOfDay(first.ms));
    // "between 22:00 and midnight yesterday": the midnight that ends the day.
    const toMs = second.clock && second.ms <= fromMs ? second.ms + dayMs : second.ms;
    return toMs > nowMs && fromMs > nowMs - dayMs && toMs > second.ms
      ? [fromMs - dayMs, toMs - dayMs, !second.clock]
      : [fromMs, toMs, !second.clock];
  }
  if (first.clockOnly && second.clockOnly) {
    const today = startOfDay(nowMs);
    const fromMs = today + (first.ms - startOfDay(first.ms));
    let toMs = today + (second.ms - startOfDay(second.ms));
    if (toMs < fromMs) toMs += dayMs;
    return fromMs > nowMs ? [fromMs - dayMs, toMs - dayMs, false] : [fromMs, toMs, false];
  }
  if (second.ms >= first.ms) {
    // "from friday to monday", said on a friday: the last one.
    const isOfWeek = first.isWeekday && second.isWeekday && second.ms > nowMs;
    const back = isOfWeek ? 7 * dayMs : 0;
    return [first.ms - back, second.ms - back, !second.clock];
  }
  if (second.clockOnly) return [first.ms, second.ms + dayMs, false];
  // "from today 8am back to yesterday 10pm", "from wednesday to tuesday"
  const week = 7 * dayMs;
  if (!first.isWeekday || !second.isWeekday) return [second.ms, first.ms, !first.clock];
  const isOver = second.ms + week <= nowMs;
  return [isOver ? first.ms : first.ms - week, isOver ? second.ms + week : second.ms, !second.clock];
}
