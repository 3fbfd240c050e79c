// "Some deployments in staging are unhealthy. Roll those back": the ones that are pointed at are exactly those in the state
// that was told, so nothing is left to be chosen. Called where an order over "some" is held back.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** Whether it is told which state they are in, and an order points at them. */
export function isSomeInState(cells: readonly Cell[], at: number): boolean {
  if (at !== 0 || cells[at]!.low !== 'some') return false;
  const be = cells.findIndex((cell) => !cell.quoted && isWord(cell, 'be'));
  const [state, end] = [cells[be + 1], cells[be + 2]];
  const isTold = be > 1 && state?.quoted === false && senseOf(state, 'status') !== undefined;
  const isClosed = isWord(end, 'stop', 'comma', 'colon') || end?.low === 'so';
  return isTold && isClosed && cells.slice(be + 3).some((cell) => /^(those|them|these)$/.test(cell.low));
}
