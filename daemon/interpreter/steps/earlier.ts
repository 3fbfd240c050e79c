// A step that is said last and comes first: "delete a and b, but snapshot them first". Told by the words at its end, where
// it is about what was named before; and a step that is said first and comes last: "before you delete a, stop b". Called where
// clauses are cut, and where steps are put in order.

import type { Link } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** At the end of a step: before what stands before it. */
export const beforehand = /^(first|before|beforehand|before that|in advance|up front|upfront)$/;

/** "but first", "before that": what follows comes before what was said. */
export const isAhead = (cell: Cell | undefined): boolean =>
  isWord(cell, 'before') && /^(but )?(first|before that|before doing that)$/.test(cell!.low);

/** "delete a and b, but snapshot them first": done before what stands before it. */
export function isEarlier({
  cells,
  link,
}: {
  readonly cells: readonly Cell[];
  readonly link: Link;
}): boolean {
  const all = cells.filter((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'first'));
  const isBut = all[0]?.low === 'but' && !all[0].quoted;
  const said = isBut ? all.slice(1) : all;
  const last = said.at(-1);
  // "reboot a and ack b first" may be the first of many; "but … first" and "beforehand" are before what was said.
  const isPlain =
    isBut || isWord(said[1], 'pronoun', 'both') || (last !== undefined && !/^(first|before)$/.test(last.low));
  return (
    (link === 'and' || link === 'stop') &&
    said.length > 2 &&
    last?.quoted === false &&
    beforehand.test(last.low) &&
    senseOf(said[0], 'verb')?.form === 'base' &&
    isPlain
  );
}

/** Whether a text begins with what is to be done last: "before you delete it, …". */
export function isPostponed(cells: readonly Cell[]): boolean {
  return isWord(
    cells.find((cell) => !isWord(cell, 'filler', 'comma')),
    'before',
  );
}

/** "before you detach a, stop b. Then attach it": a new sentence comes behind what the first one puts off. */
export function withNewSentences<T extends { readonly cells: readonly Cell[]; readonly link: Link }>(
  segments: readonly T[],
  cells: readonly Cell[],
): readonly T[] {
  if (segments.length < 3 || !isPostponed(segments[0]!.cells)) return segments;
  return segments.map((segment, at) => {
    const from = cells.indexOf(segments[at - 1]?.cells.at(-1) as Cell);
    const between = cells.slice(from + 1, cells.indexOf(segment.cells[0]!));
    const isNew = at > 1 && from >= 0 && between.some((cell) => isWord(cell, 'stop') && !cell.quoted);
    return isNew ? { ...segment, link: 'stop' as const } : segment;
  });
}
