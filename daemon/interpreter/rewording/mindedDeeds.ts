// "would you mind restarting grafana and showing me its logs?": what somebody is asked whether they mind is an order, and so
// is each deed that goes on in the same form. Without a deed right behind those words nothing is changed: "would you mind if
// I restart it" asks. Called on every text, before anything reads or guards it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const minding = /^(would you mind|do you mind|would u mind|do u mind|would anyone mind|would anybody mind)$/;

/** Deeds that are no verbs of the catalogue. */
const looks: Readonly<Record<string, readonly [string, string]>> = {
  showing: ['show me', 'ask'],
  telling: ['tell me', 'ask'],
  listing: ['list', 'listCue'],
};

/** The cells with each deed in the form of an order. */
export function withMindedDeeds(cells: readonly Cell[]): readonly Cell[] {
  const begin = cells.findIndex((cell) => !cell.quoted && minding.test(cell.low));
  if (begin < 0 || !deedOf(cells[begin + 1])) return cells;
  const stop = cells.findIndex((cell, at) => at > begin && isWord(cell, 'stop') && !cell.quoted);
  const end = stop < 0 ? cells.length : stop;
  return cells.map((cell, at) =>
    at > begin && at < end && isBegun(cells, at) ? (deedOf(cell) ?? cell) : cell,
  );
}

/** A deed stands behind the words of asking, or behind what joins it to the one before. */
function isBegun(cells: readonly Cell[], at: number): boolean {
  let before = at - 1;
  while (isWord(cells[before], 'filler') && !minding.test(cells[before]!.low) && !isJoin(cells[before]))
    before--;
  return minding.test(cells[before]?.low ?? '') || isJoin(cells[before]);
}

const isJoin = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && isWord(cell, 'and', 'comma', 'afterwards');

function deedOf(cell: Cell | undefined): Cell | undefined {
  if (!cell || cell.quoted || senseOf(cell, 'name')) return undefined;
  const verb = senseOf(cell, 'verb');
  if (verb?.form === 'ing') return plain(cell, verb.phrase, { t: 'verb', phrase: verb.phrase, form: 'base' });
  const look = Object.hasOwn(looks, cell.low) ? looks[cell.low] : undefined;
  return look && plain(cell, look[0], word(look[1]));
}
