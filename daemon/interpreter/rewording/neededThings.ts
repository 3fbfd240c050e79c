// "analytics-etl needs another disk: please create etl-tmp with 60 GB", "I need a 25 GB volume named x on web-1. Could you
// create it and attach it?": what is needed is said first, and what is to be done about it behind. Of the need the order
// takes only which kind of thing is made, or for which machine; without an order to make it nothing is changed. Called on
// every text, before anything reads or guards it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells with what is needed in the order for it. */
export const withNeededThings = (cells: readonly Cell[]): readonly Cell[] =>
  withKindNeeded(withMadeForIt(cells));

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isMaking = (cell: Cell | undefined): boolean =>
  isBase(cell) && /^(create|make|provision|add)$/.test(low(cell));
const isMark = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && isWord(cell, 'stop', 'colon', 'comma');
const isVolume = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'kind')?.kinds[0] === 'volume' && !senseOf(cell, 'kind')!.plural;
const isMachine = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'name')?.ids.some((id) => id.includes(':vm/')) === true;

/** "… needs another disk: create etl-tmp with 60 GB": a disk of that name. */
function withKindNeeded(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => isWord(cell, 'need') && /^(needs?|wants?)$/.test(low(cell)));
  const kind = cells.findIndex((cell, at) => at > need && isVolume(cell));
  const isNew = cells.slice(need + 1, kind).every((cell) => isWord(cell, 'filler', 'det'));
  if (need < 1 || kind < 0 || !isNew || !isMachine(cells[need - 1]) || !isMark(cells[kind + 1])) return cells;
  let verb = kind + 2;
  while (isWord(cells[verb], 'filler') && !isMaking(cells[verb])) verb++;
  const name = cells[verb + 1];
  const size = /^(with|of|at)$/.test(low(cells[verb + 2])) ? verb + 3 : verb + 2;
  const isSized = senseOf(cells[size], 'value')?.value.k === 'size';
  const isName =
    name?.quoted === false &&
    name.senses.every(({ t }) => t === 'part' || t === 'prefix') &&
    /^[a-z][a-z0-9]*([-_][a-z0-9]+)+$/.test(name.low);
  if (!isMaking(cells[verb]) || !isName || !isSized) return cells;
  const noun = plain(cells[verb]!, 'volume', { t: 'kind', kinds: ['volume'], plural: false });
  return [...cells.slice(0, verb + 1), noun, ...cells.slice(verb + 1)];
}

/** "I need a volume named x on web-1. Could you create it and attach it?" */
function withMadeForIt(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => /^(i|we)( would)? (need|want|like)$/.test(low(cell)));
  const stop = cells.findIndex((cell, at) => at > need && isWord(cell, 'stop') && !cell.quoted);
  const thing = cells.slice(need + 1, stop - 2);
  const isPlaced = /^(on|for|at|in)$/.test(low(cells[stop - 2])) && isMachine(cells[stop - 1]);
  const isOne =
    thing.some(isVolume) && !thing.some((cell) => isBase(cell) || isWord(cell, 'not', 'comma', 'and'));
  const isFirst = cells.slice(0, Math.max(0, need)).every((cell) => isWord(cell, 'filler', 'comma', 'stop'));
  if (need < 0 || stop < need + 4 || !isPlaced || !isOne || !isFirst) return cells;
  const order = cells.slice(stop + 1).filter((cell) => !isWord(cell, 'filler') || isBase(cell));
  const said = order.map(low).join(' ');
  if (
    !/^(create|make|provision)( it| that)? (and|then|and then) (attach|mount|connect)( it| that)?( (there|to it))?( [.?!])*$/.test(
      said,
    )
  )
    return cells;
  const attach = order.find((cell) => /^(attach|mount|connect)$/.test(cell.low))!;
  return [
    ...cells.slice(0, need),
    plain(order[0]!, 'create', { t: 'verb', phrase: 'create', form: 'base' }),
    ...thing,
    plain(attach, 'then', word('afterwards')),
    plain(attach, 'attach', { t: 'verb', phrase: 'attach', form: 'base' }),
    plain(thing.find(isVolume)!, 'it', word('pronoun')),
    plain(cells[stop - 2]!, 'to', word('prep')),
    cells[stop - 1]!,
    cells[stop]!,
  ];
}
