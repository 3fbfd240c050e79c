// "The two US subnets, us-a and us-b", "the proof of concept servers, i mean poc-kafka and poc-elastic": a set that is
// described and then named in full. The names say which ones are meant; of the description only what bounds is kept, so
// that a name that does not fit it is still asked about. Where the count is another, or a name is of another kind, the
// words stay as they are. Called by `reword`, before sets are read.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

const namesMax = 12;

/** The cells with such a set as its names alone. */
export function withNamedSets(cells: readonly Cell[]): readonly Cell[] {
  for (let at = 1; at < cells.length - 1; at++) {
    const kind = cells[at]!.quoted ? undefined : senseOf(cells[at], 'kind');
    if (!kind || kind.short || senseOf(cells[at], 'name')) continue;
    const start = listStart(cells, at + 1);
    const list = namesFrom(cells, start, kind.kinds);
    const head = list && headOf(cells, at, list.count);
    if (!list || !head || list.count > 1 !== kind.plural) continue;
    const isPlain = start === at + 1 && head.kept.length === at - head.from - 1;
    if (isPlain) continue;
    return [...cells.slice(0, head.from), ...head.kept, cells[at]!, ...list.names, ...cells.slice(list.next)];
  }
  return cells;
}

/** Behind the noun: a mark, and what only leads to the names. */
function listStart(cells: readonly Cell[], from: number): number {
  let at = from;
  while (
    at < cells.length &&
    !cells[at]!.quoted &&
    !senseOf(cells[at], 'name') &&
    (isWord(cells[at], 'comma', 'colon', 'open') ||
      /^(i mean|we mean|meaning|namely|that is|i\.e\.?|ie|so|specifically|viz|which are|these are|they are|aka|-|–|—)$/.test(
        cells[at]!.low,
      ))
  )
    at++;
  return at;
}

/** The names of that kind in a row, each said once, up to the end of what is said of them. */
function namesFrom(
  cells: readonly Cell[],
  from: number,
  kinds: readonly string[],
): { names: readonly Cell[]; count: number; next: number } | undefined {
  const isOne = (cell: Cell | undefined): boolean => {
    const ids = senseOf(cell, 'name')?.exact ? senseOf(cell, 'name')!.ids : [];
    return ids.length > 0 && ids.every((id) => kinds.includes(/:([a-z-]+)\//.exec(id)?.[1] ?? ''));
  };
  const names: Cell[] = [];
  let count = 0;
  let at = from;
  while (count < namesMax && isOne(cells[at])) {
    names.push(cells[at]!);
    count++;
    at++;
    let next = at;
    while (isWord(cells[next], 'comma', 'and') && !cells[next]!.quoted) next++;
    if (next === at || !isOne(cells[next])) break;
    names.push(...cells.slice(at, next));
    at = next;
  }
  const end = cells[at];
  const isEnd =
    end === undefined || isWord(end, 'comma', 'stop', 'close', 'filler', 'colon') || end.low === '?';
  return count > 0 && isEnd ? { names, count, next: isWord(end, 'close') ? at + 1 : at } : undefined;
}

/** The words before the noun: where they begin, and which of them bound the set; undefined where they say more. */
function headOf(
  cells: readonly Cell[],
  noun: number,
  count: number,
): { from: number; kept: readonly Cell[] } | undefined {
  const kept: Cell[] = [];
  for (let at = noun - 1; at >= 0 && at > noun - 8; at--) {
    const cell = cells[at]!;
    if (cell.quoted || isWord(cell, 'except', 'not', 'other', 'and', 'or', 'comma', 'if', 'only'))
      return undefined;
    if (isWord(cell, 'both')) return count === 2 ? { from: at, kept } : undefined;
    const value = senseOf(cell, 'value')?.value;
    const number = value?.k === 'number' ? value.n : undefined;
    if (number !== undefined && number !== count) return undefined;
    if (isWord(cell, 'det', 'demonstrative') && /^(the|these|those|our|my|this|that)$/.test(cell.low))
      return { from: at, kept };
    if (number !== undefined || isLoose(cell)) continue;
    const isBound = ['env', 'region', 'provider', 'status', 'part', 'prefix', 'value', 'name'].some((sort) =>
      cell.senses.some(({ t }) => t === sort),
    );
    if (!isBound || (senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'status'))) return undefined;
    kept.unshift(cell);
  }
  return undefined;
}

/** A word of description that nothing here is known by. */
const isLoose = (cell: Cell): boolean =>
  (isWord(cell, 'filler') && cell.words === 1) ||
  (cell.senses.length === 0 && /^\p{L}[\p{L}-]*$/u.test(cell.low)) ||
  /^(old|new|small|big|spare|of|little|outdated|obsolete|stale|ancient|unneeded|leftover)$/.test(cell.low);
