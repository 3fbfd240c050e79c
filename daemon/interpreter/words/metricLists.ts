// "cpu and memory of web-1", "cpu + memory, last 2 hours", "cpu/memory/disk": figures that are asked for together are one
// cell with all of them, so that whatever reads the first reads the others with it and none is lost on the way. Only where
// one of them can be nothing but a figure, and where they are no mark of an alert ("the cpu and memory alerts"). Called
// when the cells of a sentence are made.

import { type Cell, isWord, senseOf } from './cells.ts';

/** The cells with every such row of figures as one. */
export function withMetricLists(cells: readonly Cell[]): readonly Cell[] {
  if (cells.filter(isFigure).length < 2) return cells;
  const told: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const end = isFigure(cells[at]!) ? endOf(cells, at) : at;
    const run = cells.slice(at, end);
    const row = run.length > 1 && !isMark(cells[end]) ? rowOf(run) : undefined;
    if (row && /^both$/.test(told.at(-1)?.low ?? '')) told.pop();
    told.push(row ?? cells[at]!);
    at += row ? run.length : 1;
  }
  return told;
}

const isFigure = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'metric') !== undefined && senseOf(cell, 'name') === undefined;

/** What stands between two figures of one row. */
export const isMetricJoin = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && (isWord(cell, 'and', 'comma') || /^(\+|\/|&|plus)$/.test(cell.low));

const isIdle = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && /^(the|its|their|also|as well as)$/.test(cell.low);

/** Behind the last figure of the row. */
function endOf(cells: readonly Cell[], from: number): number {
  let end = from + 1;
  for (;;) {
    let next = end;
    while (isMetricJoin(cells[next])) next++;
    const isJoined = next > end;
    while (isJoined && isIdle(cells[next])) next++;
    if (!isJoined || !cells[next] || !isFigure(cells[next]!)) return end;
    end = next + 1;
  }
}

/** "the cpu and memory alerts": which of the alerts. */
const isMark = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'kind')?.kinds.some((kind) => /^(alert|anomaly|action|policy)$/.test(kind)) === true &&
  senseOf(cell, 'metric') === undefined;

function rowOf(run: readonly Cell[]): Cell | undefined {
  const figures = run.filter(isFigure);
  const metrics = [...new Set(figures.map((cell) => senseOf(cell, 'metric')!.metric))];
  const [first, ...also] = metrics;
  const isCertain = figures.some((cell) => cell.senses.every(({ t }) => t === 'metric'));
  if (first === undefined || also.length === 0 || !isCertain) return undefined;
  return {
    text: run.map((cell) => cell.text).join(' '),
    low: run[0]!.low,
    start: run[0]!.start,
    end: run.at(-1)!.end,
    quoted: false,
    senses: [{ t: 'metric', metric: first, also }],
    repaired: run.some((cell) => cell.repaired),
    words: run.length,
  };
}
