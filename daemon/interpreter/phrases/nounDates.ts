// Dates behind the head of a noun phrase, of when the things were made: "created before monday", "from november 10th",
// "made in 2024". Called by `nounConditions`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { TimeRange } from '../words/times.ts';
import type { Mod, Np } from './clause.ts';
import type { NounContext } from './nounContext.ts';

/** "created before monday", "from november 10th". */
export function createdAt(cx: NounContext, np: Np, index: number): { mod: Mod; next: number } | undefined {
  const cell = cx.at(index)!;
  let timeAt = index;
  if (isWord(cell, 'createdBefore', 'createdAfter', 'createdOn', 'older', 'newer')) timeAt++;
  const year = senseOf(cx.at(timeAt), 'time') ? undefined : yearAt(cx, timeAt, cell);
  const time = senseOf(cx.at(timeAt), 'time') ?? year;
  if (!time) return undefined;
  const said = timeAt > index;
  const { range } = time;
  if (!said && !(range.day && range.horizonS === undefined) && range.side !== 'before') return undefined;
  if (!said && !(np.kinds?.some((kind) => kind === 'snapshot' || kind === 'image') ?? false))
    return undefined;
  if (!said && range.side === 'before' && range.horizonS) return undefined;
  const before = said && isWord(cell, 'createdBefore', 'older');
  const after = said && isWord(cell, 'createdAfter', 'newer');
  const fixed = before
    ? { toMs: range.side === 'before' ? range.toMs : (range.fromMs ?? range.toMs) }
    : after
      ? { fromMs: /since/.test(cell.low) ? (range.fromMs ?? range.toMs) : afterEnd(range) }
      : range;
  // "created within the past 7 days"
  const bound = after && range.windowS !== undefined ? range : fixed;
  if (bound.fromMs === undefined && bound.toMs === undefined && bound.windowS === undefined) return undefined;
  return {
    mod: { cell: cx.at(timeAt)!, kind: 'created', range: bound, not: false, post: true },
    next: year?.next ?? timeAt + 1,
  };
}

/** "newer than october", "after last week": what came when it was over; a day counts with what came after it. */
function afterEnd({ fromMs, toMs }: TimeRange): number | undefined {
  const isLong = fromMs !== undefined && toMs !== undefined && toMs - fromMs > 2 * 86_400_000;
  return isLong ? toMs : (fromMs ?? toMs);
}

/** "created before 2025", "made in 2024": a year by itself. */
function yearAt(cx: NounContext, index: number, said: Cell): { range: TimeRange; next: number } | undefined {
  const at = isWord(cx.at(index), 'prep') && /^(in|during)$/.test(cx.at(index)!.low) ? index + 1 : index;
  const value = senseOf(cx.at(at), 'value')?.value;
  if (value?.k !== 'number' || !/^20[0-4]\d$/.test(cx.at(at)!.low)) return undefined;
  const [fromMs, toMs] = [Date.UTC(value.n, 0, 1), Date.UTC(value.n + 1, 0, 1)];
  const next = at + 1;
  if (isWord(said, 'createdBefore', 'older'))
    return { range: { toMs: fromMs, side: 'before', day: true }, next };
  if (isWord(said, 'createdAfter', 'newer'))
    return { range: { fromMs: /since|from/.test(said.low) ? fromMs : toMs, day: true }, next };
  return isWord(said, 'createdOn') ? { range: { fromMs, toMs, day: true }, next } : undefined;
}
