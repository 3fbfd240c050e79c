// What is said beside an order and is so anyway, or is said in two ways at once: "the jobs that have completed, in whatever
// namespace they are" (no bound), "the zone eu-a nodes", "the pods of ns payments" (a place). Nothing of it is read as a
// bound of its own; a place that is named stays. Called on every text, some of it by `reword`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells without what is so anyway. */
export function withSaidAnyway(cells: readonly Cell[]): readonly Cell[] {
  return withOfNamespace(withZoneBefore(withOfApp(withMoreEach(cells))));
}

const lowsOf = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell.quoted || senseOf(cell, 'name') ? '"' : cell.low)).join(' ');

/** The first stretch of the cells, up to `most` long, whose words are of that form; the longest. */
function stretchOf(
  cells: readonly Cell[],
  form: RegExp,
  most: number,
): { readonly from: number; readonly to: number } | undefined {
  for (let from = 1; from < cells.length; from++)
    for (let to = Math.min(cells.length, from + most); to > from; to--)
      if (form.test(lowsOf(cells.slice(from, to)))) return { from, to };
  return undefined;
}

/** "a, b and c: 50 GB more on each": grow each of them by it. */
function withMoreEach(cells: readonly Cell[]): readonly Cell[] {
  const size = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'value')?.value.k === 'size');
  const named = cells.slice(0, Math.max(0, size));
  const disks = named.filter((cell) => senseOf(cell, 'name')?.exact);
  const isRow =
    disks.length > 1 &&
    disks.every((cell) => !cell.quoted && senseOf(cell, 'name')!.ids.every((id) => /:volume\//.test(id))) &&
    named.every(
      (cell) => disks.includes(cell) || isWord(cell, 'comma', 'and', 'colon', 'det', 'both', 'all'),
    ) &&
    senseOf(named[0], 'name') !== undefined;
  const tail = lowsOf(cells.slice(size + 1)).replace(/(?: (?:please|pls|thanks|thx|\.))+$/, '');
  if (
    !isRow ||
    !/^(?:more|extra|additional|on top)(?: (?:space|room|disk))?(?: (?:on|for|to|in))?(?: (?:each|both|all|every one|each of them|all of them))+$|^(?:each )?(?:more|extra) each$/.test(
      tail,
    )
  )
    return cells;
  const row = named.filter((cell) => !isWord(cell, 'colon', 'both', 'all'));
  while (isWord(row.at(-1), 'comma', 'and')) row.pop();
  const grow = plain(cells[size]!, 'grow', { t: 'verb', phrase: 'grow', form: 'base' });
  return [grow, ...row, plain(cells[size]!, 'by', word('prep')), cells[size]!];
}

/** "every VM of the erp app": of what is called so. */
const withOfApp = (cells: readonly Cell[]): readonly Cell[] =>
  cells.filter((cell, at) => {
    const isPart = (one: Cell | undefined): boolean =>
      one?.quoted === false && senseOf(one, 'part') !== undefined && !senseOf(one, 'name');
    const isApp = (index: number): boolean =>
      !cells[index]?.quoted && /^(?:app|application)$/.test(cells[index]?.low ?? '');
    const isThe = cell.low === 'the' && cells[at - 1]?.low === 'of' && isPart(cells[at + 1]) && isApp(at + 2);
    return (
      !isThe &&
      !(isApp(at) && isPart(cells[at - 1]) && cells[at - 2]?.low === 'the' && cells[at - 3]?.low === 'of')
    );
  });

const places = '(?:namespaces?|ns|regions?|zones?|clouds?|environments?|envs?|clusters?|project|place)';
const theyAre =
  '(?: (?:that )?(?:they|it|those|these)(?: (?:are|is|may be|might be|live|lives|run|runs|sit|sits|happen to be|belong to|may))?(?: in| on)?)';
const anyPlace = new RegExp(
  `^(?:, )?(?:(?:in|on|from|of) )?(?:(?:no matter|regardless of|never mind) (?:(?:in )?(?:which|what) )?|whatever |whichever |any )${places}${theyAre}$|^(?:, )?(?:(?:it |that )?does not matter|(?:i|we) do not (?:care|mind)) (?:(?:in |of )?(?:which|what) )?${places}${theyAre}?$|^(?:, )?(?:the )?${places} does not matter$`,
);

/** "in whatever namespace they are": wherever. Taken away before anything is read or guarded, for it bounds nothing. */
export function withoutAnyPlace(cells: readonly Cell[]): readonly Cell[] {
  if (
    !cells.some(
      ({ low, quoted }) => !quoted && /whatever|whichever|matter|regardless|any|care|mind/.test(low),
    )
  )
    return cells;
  const found = stretchOf(cells, anyPlace, 10);
  return found ? [...cells.slice(0, found.from), ...cells.slice(found.to)] : cells;
}

const others = '(?:the )?(?:others|other ones|rest)';
const asIs =
  '(?: (?:as (?:they are|it is|is)|alone|be|in peace|untouched|unchanged|where they are|like that|like they are))?';
const leftAsIs = new RegExp(
  `^(?:, |; |- |\\. )?(?:but |and )?(?:please )?(?:(?:not|not on|not to|not for|nothing on|nothing for|nothing to) ${others}|(?:leave|keep|spare|skip|do not touch) ${others}${asIs}|${others} (?:not|stays?|remains?|can stay|may stay|should stay|must stay|keep|are to stay|should remain)${asIs})$`,
);

/** "the attached volumes, not on the others": what is of none of those that were said stays as it is anyway. */
export function withoutOthersLeft(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some(({ low, quoted }) => !quoted && /^(?:the )?(?:others|other ones|rest)$/.test(low)))
    return cells;
  const found = stretchOf(cells, leftAsIs, 10);
  const [first, next] = found ? [cells[found.from], cells[found.to]] : [];
  const isApart =
    first !== undefined && !first.quoted && isWord(first, 'comma', 'stop', 'and', 'not', 'except');
  const isEnd =
    next === undefined || (isWord(next, 'stop', 'comma', 'filler') && !isWord(next, 'prep') && !next.quoted);
  const isOrdered = found && cells.slice(0, found.from).some((cell) => isBase(cell));
  return found && isApart && isEnd && isOrdered
    ? [...cells.slice(0, found.from), ...cells.slice(found.to)]
    : cells;
}

/** "the zone eu-a nodes": the nodes of that zone. */
function withZoneBefore(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const place = cells[at + 1];
    const kind = cells[at + 2];
    const isPlaced = isWord(cells[at - 1], 'prep', 'of') && !cells[at - 1]!.quoted;
    return !(
      !cell.quoted &&
      !isPlaced &&
      /^(?:zone|region|availability zone|az|env|environment)$/.test(cell.low) &&
      place?.quoted === false &&
      (senseOf(place, 'region') ?? senseOf(place, 'env')) !== undefined &&
      kind?.quoted === false &&
      !senseOf(kind, 'name') &&
      senseOf(kind, 'kind')?.plural === true
    );
  });
}

/** "every pod of ns payments on worker-4": in it. */
function withOfNamespace(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const [kind, name] = [cells[at + 1], cells[at + 2]];
    const isSpace =
      kind?.quoted === false &&
      !senseOf(kind, 'name') &&
      senseOf(kind, 'kind')?.kinds.includes('namespace') === true &&
      senseOf(kind, 'kind')?.plural === false &&
      senseOf(name, 'name')?.ids.some((id) => id.includes(':namespace/')) === true;
    const isHeld = senseOf(cells[at - 1], 'kind') !== undefined && !senseOf(cells[at - 1], 'name');
    return !cell.quoted && cell.low === 'of' && isSpace && isHeld ? plain(cell, 'in', word('prep')) : cell;
  });
}
