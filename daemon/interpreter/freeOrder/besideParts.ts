// Small words of an order that belong to the thing or figure behind them: "a second network", "both on debian-12", "key
// ops-eu", "running ubuntu-24.04". They are no part of their own. Called by `chunks`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** "a second network": one more. */
export const isSecond = (cells: readonly Cell[], at: number): boolean =>
  /^(a|one) second$/.test(cells[at]!.low) && senseOf(cells[at + 1], 'kind')?.plural === false;

/** "both on debian-12" */
export const isBothOf = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at], 'both') && !cells[at]!.quoted && isWord(cells[at + 1], 'prep');

/** "key ops-eu", "image debian-12": what the thing behind it is, said before it. */
export const isLabel = (cells: readonly Cell[], at: number): boolean => {
  const ids = senseOf(cells[at + 1], 'name')?.ids ?? [];
  const kind = isWord(cells[at], 'keyWord')
    ? 'keypair'
    : isWord(cells[at], 'imageWord')
      ? 'image'
      : undefined;
  return kind !== undefined && ids.length > 0 && ids.every((id) => id.includes(`:${kind}/`));
};

/** "a server named x running ubuntu-24.04": from that image. */
export const isRunning = (cells: readonly Cell[], at: number): boolean => {
  const ids = senseOf(cells[at + 1], 'name')?.ids ?? [];
  return cells[at]!.low === 'running' && ids.length > 0 && ids.every((id) => id.includes(':image/'));
};
