// A figure that is told to be right, and then the order without it: "t3.micro is plenty, downsize it", "5 replicas would be
// better for cart, scale it", "billing-prod should be a db.r6g.xlarge, change it". The figure is put into the order. Only
// where the part before the order says nothing but the figure, the thing and that it fits; what denies, bounds or asks
// stays as it was said. Called before the words are put plainly.

import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const sizing =
  /^(scale|scale down|scale up|resize|grow|enlarge|expand|extend|increase|shrink|reduce|upsize|downsize|change|switch|adjust|upgrade|downgrade|bump|set)$/;
const backward = /^(it|that|that one|this|this one|them)$/;
const tail = /^(up|down|accordingly|please|pls|then|now|to that|to this|so|thanks|for me)$/;
const fitting =
  /^(is|are|be|would|should|will|shall|must|may|can|could|do|does|would be|should be|will be|is to be|has to be|must be|needs?|needs to be|to be|to|enough|plenty|better|best|fine|sufficient|ok|okay|good|right|perfect|nicer|cheaper|suit|suits|fit|fits|more than|totally|quite|just|only|also|in|on|with|at|as|for|a|an|of|it|run|live|sit|replicas?|it is|rather)$/;

/** The cells with the figure in the order it was told before. */
export function withToldFigure(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      !cell.quoted &&
      isBase(cell) &&
      sizing.test(senseOf(cell, 'verb')!.phrase) &&
      isBehindMark(cells, at),
  );
  if (verb < 0) return cells;
  let mark = verb - 1;
  while (!isMark(cells[mark])) mark--;
  const rest = cells.slice(verb + 1);
  const named = rest.filter((cell) => isThing(cell) && !isFlavor(cell));
  // "…, change it to that" has its own reader.
  const isBare = rest.every(
    (cell) =>
      !cell.quoted &&
      (named.includes(cell) ||
        backward.test(cell.low) ||
        tail.test(cell.low) ||
        isWord(cell, 'det', 'stop', 'filler')),
  );
  const from = cells.findLastIndex((cell, at) => at < mark && isMark(cell)) + 1;
  const told = cells.slice(from, mark);
  const figures = told.filter(isFigure);
  const [figure] = figures;
  const isPlain = told.every(
    (cell) =>
      !cell.quoted &&
      (cell === figure || isThing(cell) || fitting.test(cell.low) || isWord(cell, 'det', 'replicas')),
  );
  const isSaid = told.some((cell) => isWord(cell, 'be', 'need', 'do') || fitting.test(cell.low));
  // "8 pods": of what there are so many.
  const isUnit = (cell: Cell): boolean =>
    isWord(cell, 'replicas') || (figure !== undefined && told[told.indexOf(cell) - 1] === figure);
  const things = told.filter((cell) => isThing(cell) && !isFigure(cell) && !isUnit(cell));
  if (!isBare || !isPlain || !isSaid || !figure || figures.length > 1 || rest.some(isFigure)) return cells;
  if (named.length > 0 && things.length > 0) return cells;
  // "a and b are too weak, m5.xlarge would do. change it": which of the two?
  const spoken = cells
    .slice(0, from)
    .filter((cell) => isThing(cell) && senseOf(cell, 'name') && !isFigure(cell));
  if (rest.some(({ low }) => low === 'it') && spoken.length > 1) return cells;
  const isCount = senseOf(figure, 'value')?.value.k === 'number' && !isFlavor(figure);
  const phrase = isCount ? 'scale' : 'resize';
  const lead = cells[verb]!;
  const it = [plain(lead, 'it', word('pronoun'))];
  const object =
    things.length > 0 ? told.filter((cell) => isPartOf(cell, told, things)) : named.length > 0 ? named : it;
  // "bastion-us is too weak and t3.small is enough": what is told ends there.
  const before = cells
    .slice(0, from)
    .map((cell, at) => (at === from - 1 && isWord(cell, 'and') ? plain(cell, ',', word('comma')) : cell));
  return [
    ...before,
    plain(lead, phrase, { t: 'verb', phrase, form: 'base' }),
    ...object,
    plain(lead, 'to', word('prep')),
    figure,
    ...rest.filter((cell) => isWord(cell, 'stop')),
  ];
}

const isMark = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && (isWord(cell, 'comma', 'stop', 'colon', 'and') || cell.low === 'so');

/** Only courtesy stands between a mark and the order. */
function isBehindMark(cells: readonly Cell[], verb: number): boolean {
  let at = verb - 1;
  while (at > 0 && isWord(cells[at], 'filler') && !isMark(cells[at])) at--;
  return at > 0 && isMark(cells[at]);
}

const isFigure = (cell: Cell): boolean => {
  const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value.k;
  return isFlavor(cell) || ((value === 'number' || value === 'size') && !/^(a|an|one)$/.test(cell.low));
};

/** The thing with its place: "cart in prod". */
function isPartOf(cell: Cell, told: readonly Cell[], things: readonly Cell[]): boolean {
  if (things.includes(cell)) return true;
  const at = told.indexOf(cell);
  return /^(in|of)$/.test(cell.low) && things.includes(told[at - 1]!) && things.includes(told[at + 1]!);
}

const isWorkload = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'name')?.ids.some((id) => /:(deployment|statefulset)\//.test(id)) === true &&
  !isWord(cell, 'prep', 'filler');

/** "put checkout on 6 and cart on 5": scaled to that. */
export function withPutFigures(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(
    (cell) => !cell.quoted && /^(put|set|bring|have|get|take|move)$/.test(cell.low) && senseOf(cell, 'verb'),
  );
  const ons = cells.flatMap((_, at) => (at > verb && isOnFigure(cells, at) ? [at] : []));
  if (verb < 0 || ons.length < 2) return cells;
  return cells.map((cell, at) => {
    if (at === verb) return plain(cell, 'scale', { t: 'verb', phrase: 'scale', form: 'base' });
    return ons.includes(at) ? plain(cell, 'to', word('prep')) : cell;
  });
}

/** "on 6" right behind a workload, or behind its place. */
function isOnFigure(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  const value = cells[at + 1];
  const after = cells[at + 2];
  const isNumber = senseOf(value, 'value')?.value.k === 'number' && value?.quoted === false;
  const isOver =
    after === undefined || isWord(after, 'and', 'comma', 'stop', 'replicas', 'filler', 'prep', 'afterwards');
  const isPlaced = isWord(cells[at - 2], 'prep') && senseOf(cells[at - 1], 'env') !== undefined;
  const thing = isPlaced ? cells[at - 3] : senseOf(cells[at - 1], 'kind') ? cells[at - 2] : cells[at - 1];
  return (
    /^(on|at|to|up to|down to)$/.test(cell.low) && !cell.quoted && isNumber && isOver && isWorkload(thing)
  );
}
