// Words by which a question is one for a set: "network list", "all show", "ordered by cpu", "critical only". Nothing is
// decided here. Called by `questionParts`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** "which security group we have", "network list", "exists a backup of it": any of them. */
export function isAnyOf(
  cells: readonly Cell[],
  from: number,
  next: number,
  det: string | undefined,
  hasMods: boolean,
): boolean {
  if (isWord(cells[from - 1], 'what', 'howMany') || isListed(cells[next])) return true;
  if (cells.slice(next).some((_, at) => isAllShown(cells, next + at))) return true;
  // "unattached volume older than 30 days": one bounds a set, where no name is said.
  if (det === undefined && hasMods && !isOrdering(cells) && !cells.some(isWhen)) return true;
  return (
    det === 'indefinite' && cells.slice(0, from).some(({ low }) => /^(exists?|is there|there is)$/.test(low))
  );
}

const isWhen = (cell: Cell): boolean => isWord(cell, 'when', 'who', 'why', 'depends');

export const isListed = (cell: Cell | undefined): boolean =>
  isWord(cell, 'listCue') && /^(list|listing|inventory)$/.test(cell!.low);

/** "anomaly of this week, all show" */
export const isAllShown = (cells: readonly Cell[], at: number): boolean =>
  cells[at]!.low === 'all' &&
  (cells[at + 1] === undefined || isWord(cells[at + 1], 'ask', 'listCue', 'stop'));

/** "ordered by cpu" */
export const isSorted = (cells: readonly Cell[], at: number): boolean =>
  /^(ordered|sorted|ranked|order|sort)$/.test(cells[at]!.low) &&
  cells[at + 1]?.low === 'by' &&
  senseOf(cells[at + 2], 'metric') !== undefined;

/** "it exists" */
export const isExisting = (cells: readonly Cell[], at: number): boolean =>
  /^(it|there)$/.test(cells[at]!.low) && /^exists?$/.test(cells[at + 1]?.low ?? '');

/** "critical only", "only the first 10" */
export const isOnly = (cells: readonly Cell[], at: number): boolean =>
  cells[at]!.low === 'only' && (at === cells.length - 1 || cells.some((_, one) => isSorted(cells, one)));

export const isOrdering = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => !cell.quoted && ordering.test(cell.low) && !isWord(cell, 'ask'));
const ordering =
  /\b(please|pls|plz|kindly|must|shall|should|has to|have to|needs? to|can be|could be|may be|be|want|like)\b/;
