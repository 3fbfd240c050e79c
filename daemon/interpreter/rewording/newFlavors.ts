// "change both ci runners to flavor L.16", "set the instance type of all dev web vms to t3.medium": the name of a flavor says
// what it is, so that the noun before it goes, and so does "the flavor of" before what is to get it. Nothing else is
// changed: which things are meant and whether it is ordered stays as it was said. Called on every text, once its words are
// known.

import { type Cell, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

const changing =
  /^(change|switch|set|move|put|bring|take|convert|resize|upgrade|downgrade|downsize|upsize|bump|migrate|shift|scale|update|modify|alter|transfer|flip)( up| down| over)?$/;
const noun = /^(the )?(instance |machine |vm |server )?(flavou?r|type|size|class)s?( of)?$/;

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');

const isFlavor = (cell: Cell | undefined): boolean => {
  const ids = cell?.quoted === false ? senseOf(cell, 'name')?.ids : undefined;
  return ids?.every((id) => id.includes(':flavor/')) === true;
};

const sized = /^(small|little|tiny|big|large|huge|medium|modest|cheap|beefy|simple|basic|quick)$/;

/** "I need a small box, flavor S.2": how small, the flavor says. */
function withoutSizeWord(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      sized.test(low(cell)) &&
      !senseOf(cell, 'name') &&
      /^(an?|one|another)$/.test(low(cells[index - 1])) &&
      senseOf(cells[index + 1], 'kind')?.kinds[0] === 'vm' &&
      !senseOf(cells[index + 1], 'kind')!.plural,
  );
  const isSaid = cells.some((cell, index) => index > at && isFlavor(cell));
  return at > 0 && isSaid ? [...cells.slice(0, at), ...cells.slice(at + 1)] : cells;
}

/** The cells with a new flavor said by its name alone. */
export function withNewFlavors(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutSizeWord(given);
  const verb = cells.findIndex((cell) => isBase(cell) && changing.test(low(cell)));
  if (verb < 0 || !cells.some((cell, at) => at > verb + 1 && isFlavor(cell))) return cells;
  const named = cells.filter((cell, at) => {
    const prep = /^(the|a)$/.test(low(cells[at - 1])) ? at - 2 : at - 1;
    const isNoun = at > verb + 1 && noun.test(low(cell)) && !senseOf(cell, 'name') && isFlavor(cells[at + 1]);
    return !(isNoun && /^(to|on|onto|into|over to)$/.test(low(cells[prep])));
  });
  return withoutFlavorOf(named, verb);
}

/** "change the flavor of web-1 to M.8" */
function withoutFlavorOf(cells: readonly Cell[], verb: number): readonly Cell[] {
  const from = low(cells[verb + 1]) === 'the' ? verb + 2 : verb + 1;
  const of = / of$/.test(low(cells[from])) ? from : from + 1;
  const isOf = noun.test(low(cells[from])) && (of === from || low(cells[of]) === 'of');
  const to = cells.findIndex((cell, at) => at > of && low(cell) === 'to' && isFlavor(cells[at + 1]));
  return isOf && to > of + 1 ? [...cells.slice(0, verb + 1), ...cells.slice(of + 1)] : cells;
}
