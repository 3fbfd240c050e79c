// Several new things of a kind whose names are told one by one: "I need two namespaces, one is perf and other is perf-data",
// "make two networks called lab-a and lab-b". Each becomes an order to make it. Only where as many names are told as things
// are wanted, nothing is called so yet, and nothing else is said of them but a size that all share. Also a bare "after" in
// front of a step, which is said for "then". Called where the steps of a text are made plain.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells with an order for each of them. */
export function withNamedApart(given: readonly Cell[]): readonly Cell[] {
  const cells = withThen(given);
  const kind = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      madeByName.test(senseOf(cell, 'kind')?.kinds[0] ?? '') &&
      (countOf(cells, at) > 1 || isSet(cells, at)),
  );
  const lead = cells.slice(0, Math.max(0, kind)).findLastIndex((cell) => isMaking(cell));
  if (kind < 1 || lead < 0 || kind - lead > 4) return cells;
  if (cells.slice(0, lead).some((cell) => !isWord(cell, 'filler', 'comma', 'and', 'afterwards', 'stop')))
    return cells;
  let end = kind + 1;
  while (end < cells.length && !isWord(cells[end], 'stop', 'afterwards') && !isAsking(cells, end)) end++;
  const told = cells.slice(kind + 1, end).filter((cell) => cell.quoted || !isLinking(cell));
  const sizes = told.filter((cell) => senseOf(cell, 'value')?.value.k === 'size');
  const names = told.filter((cell) => !sizes.includes(cell));
  const count = countOf(cells, kind) || Math.max(2, names.length);
  // "a with 100 GB and b": whether the size is meant for both is not said.
  const isShared =
    sizes.every((size) => told.indexOf(size) === 0) ||
    cells.slice(kind, end).some(({ low }) => low === 'each');
  const isPlain = isShared && names.every(isNew) && sizes.length < 2 && names.length === count;
  if (!isPlain || new Set(names.map(({ low }) => low)).size < names.length) return cells;
  const [sort] = senseOf(cells[kind], 'kind')!.kinds;
  const orders = names.flatMap((name, at) => [
    ...(at > 0 ? [plain(name, ',', word('comma'))] : []),
    plain(cells[lead]!, 'create', { t: 'verb', phrase: 'create', form: 'base' }),
    plain(cells[kind]!, sort!, { t: 'kind', kinds: [sort!], plural: false }),
    name,
    ...sizes.flatMap((size) => [plain(size, 'of', word('of')), size]),
  ]);
  return [...cells.slice(0, lead), ...orders, ...cells.slice(end)];
}

/** Kinds of which a name is enough, or a name and a size. */
const madeByName = /^(namespace|network|security-group|keypair|volume)$/;

/** "two", "2 new": how many of it are wanted. */
function countOf(cells: readonly Cell[], kind: number): number {
  const at = /^(new|more|extra|additional|fresh)$/.test(cells[kind - 1]?.low ?? '') ? kind - 2 : kind - 1;
  const value = cells[at]?.quoted ? undefined : senseOf(cells[at], 'value')?.value;
  return value?.k === 'number' && Number.isInteger(value.n) && value.n < 10 ? value.n : 0;
}

/** "create namespaces a and b" */
const isSet = (cells: readonly Cell[], at: number): boolean =>
  senseOf(cells[at], 'kind')?.plural === true && isBase(cells[at - 1]);

const isMaking = (cell: Cell): boolean =>
  !cell.quoted &&
  (/(^|\b(i|we) )(need|want|would like|require)$/.test(cell.low) ||
    (isBase(cell) && /^(create|make|add|set up|setup|provision)$/.test(senseOf(cell, 'verb')!.phrase)));

const isAsking = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at], 'ask', 'listCue', 'showCue', 'logCue') || (isBase(cells[at]) && !isNew(cells[at]!));

/** What only tells which name is whose. */
const isLinking = (cell: Cell): boolean =>
  isWord(cell, 'comma', 'and', 'colon', 'be', 'named', 'filler') ||
  /^(one|one is|the|a|other|the other|the other one|other one|another|another one|second|first|third|the first|the second|the third|is|shall be|should be|namely|names?|with names?|with the names?|with|each|both|of|it is)$/.test(
    cell.low,
  );

const isNew = (cell: Cell): boolean =>
  cell.quoted ||
  (cell.senses.every(({ t }) => t === 'part' || t === 'prefix') && /^[a-z][a-z0-9._-]+$/.test(cell.low));

/** "…; after show me the list": then. */
function withThen(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const isAfter = cell.low === 'after' && !cell.quoted && isWord(cells[at - 1], 'stop', 'comma');
    if (!isAfter || !(isBase(cells[at + 1]) || isWord(cells[at + 1], 'ask', 'listCue', 'showCue')))
      return cell;
    let end = at + 2;
    while (end < cells.length && !isWord(cells[end], 'stop', 'comma')) end++;
    const isLast = !isWord(cells[end], 'comma') && !cells.slice(at + 2, end).some((one) => isBase(one));
    return isLast ? plain(cell, 'then', word('afterwards')) : cell;
  });
}
