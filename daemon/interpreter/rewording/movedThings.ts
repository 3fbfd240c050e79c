// "move the data volume from web-1 to web-2", "shift 10.0.0.7 off web-1 and onto web-2": what is taken from one machine and
// given to another is two steps, and both were said. Only a disk or an address that is named, or the one disk spoken of, is
// moved so; a machine that moves goes to another host. Called on every text, before anything reads or guards it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const moving =
  /^(move|shift|transfer|switch|relocate|take|bring|rehang|reattach|re-attach|swap|hand)( over)?$/;
const leaving = /^(from|off|off of|out of|away from|off from)$/;
const reaching = /^(to|onto|on to|on|over to|into|across to|over onto)$/;

/** The deeds a move of such a thing is made of. */
const deeds: Readonly<Record<string, readonly [string, string]>> = {
  volume: ['detach', 'attach'],
  'floating-ip': ['unassign', 'assign'],
};

/** The cells with such a move as its two steps. */
export function withMovedThings(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutCurrent(given);
  const at = cells.findIndex((cell) => moving.test(low(cell)) && isVerb(cell));
  if (at < 0 || !isOrdered(cells, at)) return cells;
  let end = at + 1;
  while (isPartOfThing(cells[end])) end++;
  const thing = cells.slice(at + 1, end);
  const [take, give] = deeds[kindOf(thing) ?? ''] ?? [];
  const first = machineAt(cells, end);
  const second = first && machineAt(cells, isWord(cells[first.end], 'and') ? first.end + 1 : first.end);
  if (take === undefined || give === undefined || !second || first.isLeft === second.isLeft) return cells;
  if (!isEnd(cells[second.end])) return cells;
  const [from, to] = first.isLeft ? [first, second] : [second, first];
  const verb = cells[at]!;
  const deed = (phrase: string): Cell => plain(verb, phrase, { t: 'verb', phrase, form: 'base' });
  return [
    ...cells.slice(0, at),
    deed(take),
    ...thing,
    plain(from.prep, 'from', word('prep')),
    ...from.cells,
    plain(to.prep, 'then', word('afterwards')),
    deed(give),
    plain(thing.at(-1)!, 'it', word('pronoun')),
    plain(to.prep, 'to', word('prep')),
    ...to.cells,
    ...cells.slice(second.end),
  ];
}

/** "take the current floating ip away from web-1": the one it has. */
function withoutCurrent(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const noun = senseOf(cells[at + 1], 'kind');
    const isAddress = noun?.kinds[0] === 'floating-ip' && !noun.plural;
    const isTaken = /^(away|off|from)$/.test(low(cells[at + 2]));
    return !(
      /^(current|present|existing|old)$/.test(low(cell)) &&
      isAddress &&
      isTaken &&
      isWord(cells[at - 1], 'det', 'their')
    );
  });
}

/** Behind a mark or courtesy: not denied, not asked of, and no other's deed. */
function isOrdered(cells: readonly Cell[], at: number): boolean {
  let from = at - 1;
  while (isWord(cells[from], 'filler', 'first') && !/\b(i|we|to)$/.test(low(cells[from]))) from--;
  const before = cells[from];
  return (
    before === undefined ||
    isWord(before, 'comma', 'stop', 'and', 'afterwards', 'colon') ||
    /\b(need|want|would like|like|ask) (you )?to$|^let us$/.test(low(before))
  );
}

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isVerb = (cell: Cell): boolean => isBase(cell) || cell.senses.length === 0;
const idsOf = (cell: Cell | undefined): readonly string[] =>
  (cell?.quoted === false ? senseOf(cell, 'name')?.ids : undefined) ?? [];

const isPartOfThing = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !leaving.test(low(cell)) &&
  !reaching.test(low(cell)) &&
  (idsOf(cell).length > 0 || isWord(cell, 'det') || senseOf(cell, 'kind')?.plural === false);

/** Of which kind the one thing is: by its name, or by the noun alone. */
function kindOf(thing: readonly Cell[]): string | undefined {
  const named = thing.filter((cell) => idsOf(cell).length > 0);
  const nouns = thing.flatMap((cell) => senseOf(cell, 'kind')?.kinds.slice(0, 1) ?? []);
  if (named.length > 1 || (named.length === 0 && nouns.length !== 1)) return undefined;
  const kinds = new Set(named.flatMap(idsOf).map((id) => /:([a-z-]+)\//.exec(id)?.[1]));
  const [kind] = named.length > 0 ? kinds : nouns;
  return kinds.size < 2 && nouns.every((noun) => noun === kind) ? kind : undefined;
}

interface Machine {
  readonly isLeft: boolean;
  readonly prep: Cell;
  readonly cells: readonly Cell[];
  readonly end: number;
}

/** "from web-1", "over to the web-2 machine" */
function machineAt(cells: readonly Cell[], at: number): Machine | undefined {
  const prep = low(cells[at]) === 'over' ? at + 1 : at;
  const isLeft = leaving.test(low(cells[prep]));
  if (!cells[prep] || !(isLeft || reaching.test(low(cells[prep])))) return undefined;
  let end = prep + 1;
  while (
    isWord(cells[end], 'det') ||
    idsOf(cells[end]).length > 0 ||
    senseOf(cells[end], 'kind')?.kinds.includes('vm')
  )
    end++;
  const said = cells.slice(prep + 1, end);
  const named = said.filter((cell) => idsOf(cell).length > 0);
  const isMachine = named.length === 1 && idsOf(named[0]).some((id) => id.includes(':vm/'));
  return isMachine ? { isLeft, prep: cells[prep]!, cells: said, end } : undefined;
}

const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined || isWord(cell, 'stop', 'comma', 'and', 'afterwards', 'filler', 'because');
