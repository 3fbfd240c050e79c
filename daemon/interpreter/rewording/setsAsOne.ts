// A set that is described ("every node in zone eu-c", "the tmp-* volumes", "all prod databases except users-prod") as one
// cell of its kind, so that whatever takes a named thing takes a set in its place. The words of the set are kept apart and
// come back as they were: nothing of what bounds it is read or lost here. Called by `figures`, where a name did not fit.

import type { Np } from '../phrases/clause.ts';
import { createNpParser } from '../phrases/nounPhrase.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

const kindOf = (id: string): string | undefined => /:([a-z-]+)\//.exec(id)?.[1];

/** The cells with every described set as one cell; its words are in `sets`. Nothing where none is described. */
export function withSetsAsOne(
  cells: readonly Cell[],
  sets: Map<Cell, readonly Cell[]>,
): readonly Cell[] | undefined {
  if (!cells.some(mayHead)) return undefined;
  const parser = createNpParser(cells, kindOf);
  const said: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const phrase = mayBegin(cells, at) && parser.startsAt(at) ? parser.parse(at) : undefined;
    const kind = phrase && kindOfSet(phrase.np);
    if (!phrase || kind === undefined || isOfAnother(cells, at, phrase.next)) {
      said.push(cells[at++]!);
      continue;
    }
    const own = cells.slice(at, phrase.next);
    const one: Cell = {
      ...own[0]!,
      end: own.at(-1)!.end,
      low: own.map(({ low }) => low).join(' '),
      quoted: false,
      senses: [{ t: 'name', ids: [`set:${kind}/`], exact: true }],
    };
    sets.set(one, own);
    said.push(one);
    at = phrase.next;
  }
  return sets.size > 0 ? said : undefined;
}

const mayHead = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'all', 'any', 'both', 'everything') || senseOf(cell, 'kind')?.plural === true);

/** A noun phrase begins here, and no word of one that began before. */
function mayBegin(cells: readonly Cell[], at: number): boolean {
  const before = cells[at - 1];
  return !isWord(before, 'det', 'all', 'any', 'both') || before!.quoted;
}

/** "pods on every node": what is said of the nodes, and no set of pods. */
const isOfAnother = (cells: readonly Cell[], from: number, end: number): boolean =>
  senseOf(cells[from], 'kind') !== undefined &&
  cells.slice(from + 1, end).some((cell) => isWord(cell, 'all', 'any', 'both') && !cell.quoted);

/** The kind of a set that is described: all of them, or several that something bounds. */
function kindOfSet(np: Np): string | undefined {
  const kind = np.kinds?.[0];
  const isSet =
    np.quant !== undefined || (np.plural && (np.mods.length > 0 || np.of !== undefined || np.det));
  // "all t3.small boxes": the name says of which sort they are.
  const isNamed = np.names.some(({ ids }) => ids.some((id) => !/^(flavor|image)$/.test(kindOf(id) ?? '')));
  const isListed = np.also.every(
    (one) => one.kinds?.[0] === kind || one.names.some(({ ids }) => ids.some((id) => kindOf(id) === kind)),
  );
  const isPlain = !isNamed && np.missing.length === 0 && np.pronoun === undefined && !np.either;
  return isSet && isPlain && isListed ? kind : undefined;
}
