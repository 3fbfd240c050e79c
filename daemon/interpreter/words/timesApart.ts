// Times that are said apart from what they bound: "the 502s began at 9, the error rate of a from then on?" is since 9, "when
// is a full? Look 90 days ahead." is one question. Called on the cells of a text before anything reads them.

import { type Cell, isWord, senseOf } from './cells.ts';

/** The cells with every such time where a question has it. */
export const withTimesApart = (cells: readonly Cell[]): readonly Cell[] =>
  withLoneTimes(withThen(withoutThatTime(withoutOccasion(cells))));

const isTime = (cell: Cell): boolean => !cell.quoted && senseOf(cell, 'time') !== undefined;

const pointed = /^(?:from|since|ever|starting)/;
/** "error rate of a during the soak test, yesterday 22:00 until 02:00": the time says when that was. */
function withoutOccasion(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^(during|throughout|over)$/.test(cell.low));
  if (at < 0 || !isWord(cells[at + 1], 'det')) return cells;
  let end = at + 2;
  const isNoun = (cell: Cell | undefined): boolean =>
    cell?.quoted === false &&
    /^[a-z]{3,}$/.test(cell.low) &&
    !senseOf(cell, 'name') &&
    !isWord(cell, 'and', 'or', 'prep', 'comma', 'stop', 'colon', 'open', 'not', 'if', 'except', 'last');
  while (end < at + 5 && isNoun(cells[end]) && !isTime(cells[end]!)) end++;
  const mark = cells[end];
  let time = isWord(mark, 'comma', 'colon', 'open') && !mark!.quoted ? end + 1 : end;
  if (/^(from|between)$/.test(cells[time]?.low ?? '')) time++;
  const isFigured = cells.some(
    (cell) => !cell.quoted && (senseOf(cell, 'metric') !== undefined || isWord(cell, 'logCue')),
  );
  const isOrdered = cells.some(
    (cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'base' && !isNoun(cell),
  );
  const isSpan = time < cells.length && isTime(cells[time]!) && time > end;
  return end > at + 2 && isSpan && isFigured && !isOrdered
    ? [...cells.slice(0, at), ...cells.slice(end + 1)]
    : cells;
}

const thatTime =
  /^(?:for|in|during|over|within|from) (?:that|this|the same|those) (?:time|times|timeframe|time frame|time range|time span|time window|range|span|interval|slot|hours)$/;

/** "did anybody do anything between 13:00 and 16:00? show me the log for that time": the one time that was said. */
function withoutThatTime(cells: readonly Cell[]): readonly Cell[] {
  if (cells.filter(isTime).length !== 1) return cells;
  const first = cells.findIndex(isTime);
  for (let at = first + 2; at < cells.length; at++)
    for (const count of [4, 3, 2]) {
      const said = cells.slice(at, at + count);
      if (said.some((cell) => cell.quoted || senseOf(cell, 'name'))) continue;
      if (said.length === count && thatTime.test(said.map(({ low }) => low).join(' ')))
        return [...cells.slice(0, at), ...cells.slice(at + count)];
    }
  return cells;
}

const since = /^(from|since|ever since|starting|after)$/;

/** "since then", "from then on", "from that moment on": since the one point that was said before. */
function withThen(cells: readonly Cell[]): readonly Cell[] {
  const lows = cells.map((cell) => (cell.quoted || senseOf(cell, 'name') ? '"' : cell.low));
  const text = (from: number, count: number): string => lows.slice(from, from + count).join(' ');
  for (let at = 1; at < cells.length; at++) {
    if (!pointed.test(lows[at]!)) continue;
    const length = [5, 4, 3, 2, 1].find((count) =>
      /^(from|since|ever since|starting) (then|that (time|point|moment|hour))( on| onwards?)?$|^(ever since|from there on)$/.test(
        text(at, count),
      ),
    );
    if (length === undefined || at + length > cells.length) continue;
    const points = cells.slice(0, at).filter((cell) => isTime(cell) && senseOf(cell, 'time')!.range.fromMs);
    const [point, other] = points;
    if (!point || other || !since.test(lows[at]!.split(' ').at(-1)!)) return cells;
    const { fromMs } = senseOf(point, 'time')!.range;
    const first = cells[at]!;
    const last = cells[at + length - 1]!;
    const low = text(at, length);
    const time: Cell = {
      ...first,
      text: low,
      low,
      end: last.end,
      senses: [{ t: 'time', range: { fromMs, side: 'since' } }],
    };
    return [...cells.slice(0, at), time, ...cells.slice(at + length)];
  }
  return cells;
}

const isIdle = (cell: Cell): boolean =>
  isWord(cell, 'filler', 'comma', 'prep', 'det', 'ask', 'showCue') ||
  /^(look|looking|check|checking|over|say|use|take|and|that is|i mean|range|window|horizon|period)$/.test(
    cell.low,
  );

/** "… full? Look 90 days ahead.": a sentence of nothing but a time bounds the question before it. */
function withLoneTimes(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted && cell.low !== ';');
  const rest = cells.slice(stop + 1);
  const times = rest.filter(isTime);
  const said = cells.slice(0, Math.max(0, stop));
  const range = senseOf(times[0], 'time')?.range;
  const isAhead =
    range?.horizonS !== undefined && (range.windowS ?? range.fromMs ?? range.toMs) === undefined;
  if (times.length !== 1 || !isAhead || said.some(isTime)) return cells;
  if (!rest.every((cell) => isTime(cell) || (!cell.quoted && (isIdle(cell) || isWord(cell, 'stop')))))
    return cells;
  const isFigured = said.some(
    (cell) =>
      !cell.quoted &&
      (senseOf(cell, 'metric') !== undefined || isWord(cell, 'runOut', 'when', 'logCue', 'who', 'changed')),
  );
  return isFigured ? [...said, times[0]!, cells[stop]!] : cells;
}
