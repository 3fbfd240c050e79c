// Words of an order that are nouns where they stand: "trigger a rollout restart", "the restart window". Asked by the guard
// that looks for verbs which are in no step.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** "trigger a rollout restart", "run a snapshot": the deed is the noun behind it. */
export function isCarrying(cells: readonly Cell[], at: number): boolean {
  let noun = at + 1;
  while (isWord(cells[noun], 'det', 'one', 'filler') && !senseOf(cells[noun], 'verb')) noun++;
  return noun > at + 1 && senseOf(cells[noun], 'verb')?.form === 'base' && !senseOf(cells[noun], 'name');
}

/** "restart window", "snapshot of the disk": the word of an order as a noun. */
export function isNounAt(cells: readonly Cell[], at: number): boolean {
  const next = cells[at + 1];
  return (
    senseOf(cells[at], 'kind') !== undefined &&
    (next === undefined || isWord(next, 'of', 'prep', 'comma', 'stop'))
  );
}
