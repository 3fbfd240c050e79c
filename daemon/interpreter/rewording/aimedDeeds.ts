// A deed that is said with what it is for: "preserve the evidence by taking a snapshot of mail-spool", "protect worker-3 by
// cordoning it", "make room by deleting x and y". The aim gives way to the deed, which is the order; of the aim only the
// thing stays, where the deed names none. An aim with a subject tells ("we fixed it by …"), so the aim has to begin the
// clause. Called on every text, before anything reads or guards it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain } from '../words/plainCells.ts';
import { isMark, low } from './turnedOrders.ts';

const aims =
  /^(preserve|secure|save|safeguard|contain|mitigate|relieve|free|free up|make|fix|solve|resolve|protect|freeze|stabili[sz]e|calm|reduce|lower|ease|address|remedy|unblock|isolate|quarantine|guard|back up|help|prevent|limit|spare|document|prepare|shield|defend|harden|cure)$/;

/** The cells with each deed in the place of its aim. */
export function withAimedDeeds(given: readonly Cell[]): readonly Cell[] {
  let cells = given;
  for (let at = 2; at < cells.length; at++) {
    if (low(cells[at - 1]) === 'by' && isDeed(cells[at])) cells = deedAlone(cells, at) ?? cells;
  }
  return cells;
}

const isDeed = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && !senseOf(cell, 'name') && senseOf(cell, 'verb')?.form === 'ing';

function deedAlone(cells: readonly Cell[], deed: number): readonly Cell[] | undefined {
  const mark = cells.findLastIndex((cell, at) => at < deed && isMark(cell));
  let from = mark + 1;
  while (isWord(cells[from], 'filler', 'first', 'afterwards', 'and') && !aims.test(low(cells[from]))) from++;
  const aim = cells.slice(from, deed - 1);
  const stop = cells.findIndex((cell, at) => at > deed && isMark(cell));
  const end = stop < 0 ? cells.length : stop;
  const isOther = aim
    .slice(1)
    .some(
      (cell) =>
        cell.quoted ||
        isWord(cell, 'not', 'if', 'and', 'be', 'have', 'all', 'any', 'both') ||
        senseOf(cell, 'value') !== undefined,
    );
  const names = aim.filter((cell) => senseOf(cell, 'name')?.exact);
  const asks = cells.findIndex((cell, at) => at >= deed && isWord(cell, 'stop'));
  if (!aims.test(low(aim[0])) || aim.length > 6 || isOther || names.length > 1 || low(cells[asks]) === '?')
    return undefined;
  const said = cells.slice(deed, end).map((cell, at, all) => {
    const verb = isDeed(cell) && (at === 0 || isWord(all[at - 1], 'and')) ? senseOf(cell, 'verb') : undefined;
    if (verb) return plain(cell, verb.phrase, { t: 'verb', phrase: verb.phrase, form: 'base' });
    return isWord(cell, 'pronoun') && low(cell) === 'it' && names[0] ? names[0] : cell;
  });
  const isBare = !said.some(
    (cell) => senseOf(cell, 'name') || senseOf(cell, 'kind') || isWord(cell, 'pronoun'),
  );
  // Another thing than the aim speaks of is not settled by it.
  const others = said.filter((cell) => senseOf(cell, 'name')?.exact && cell !== names[0]);
  if (names.length > 0 && others.length > 0) return undefined;
  return [
    ...cells.slice(0, from),
    ...(isBare && names[0] ? [withObject(said[0]!), names[0], ...said.slice(1)] : said),
    ...cells.slice(end),
  ];
}

/** "by taking a snapshot", of the thing that the aim names. */
const withObject = (verb: Cell): Cell =>
  /\bsnapshot\b/.test(verb.low)
    ? plain(verb, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' })
    : verb;
