// A cron job that is to run by its schedule again: "let report-daily run on schedule again", "put it back on its schedule",
// "the cron jobs in prod should run as scheduled again". That is resumed, and not run once. Only where "again" or "back" was
// said, of cron jobs, and where nothing is asked, denied or hung on a condition. Called by `withPlainTurns`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain } from '../words/plainCells.ts';

const inPhrase =
  /^(run|runs|running|run on|run by|run as|run in|runs on|go|going|go back on|be back on|back on|on|by|per|to|as|in|go back to|back to|according to|following|its|the|their|his|again|back|back to|back on|normal|usual|regular|own|be|with|get|gets|into)$/;
const leading =
  /^(let|allow|have|make|put|get|bring|set|want|i want|we want|i would like|we would like|that|to|can|could|may|might)$/;

/** The cells with such a wish as the order that resumes it. */
export function withSchedules(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell) => !cell.quoted && /^(on )?schedule[ds]?$/.test(cell.low) && !senseOf(cell, 'name'),
  );
  if (at < 1) return cells;
  let end = at + 1;
  while (/^(again|once more|from now on)$/.test(cells[end]?.low ?? '')) end++;
  let from = at;
  while (from > 0 && !cells[from - 1]!.quoted && inPhrase.test(cells[from - 1]!.low)) from--;
  const isBack = cells.slice(from, end).some((cell) => /\b(again|back|once more)\b/.test(cell.low));
  let subject = from;
  while (isWord(cells[subject - 1], 'need', 'be') && !senseOf(cells[subject - 1], 'name')) subject--;
  let start = subject;
  while (start > 0 && !isEdge(cells[start - 1]!)) start--;
  const thing = cells.slice(start, subject);
  let lead = start;
  while (lead > 0 && !cells[lead - 1]!.quoted && leading.test(cells[lead - 1]!.low)) lead--;
  const isOpen = cells.some((cell) => !cell.quoted && isWord(cell, 'not', 'if', 'why', 'who', 'what', 'or'));
  const isOver =
    cells[end] === undefined || isWord(cells[end], 'stop', 'comma', 'and', 'filler', 'afterwards');
  if (!isBack || !isOver || isOpen || !thing.some(isCronjob)) return cells;
  // "report-daily runs on schedule again" tells how it is.
  if (lead === start && subject === from) return cells;
  const said =
    isBase(cells[lead]) && lead < start ? cells[lead]! : { ...cells[from]!, end: cells[end - 1]!.end };
  const verb = plain(said, 'resume', { t: 'verb', phrase: 'resume', form: 'base' });
  return [...cells.slice(0, lead), verb, ...thing, ...cells.slice(end)];
}

/** What the thing cannot reach over. */
const isEdge = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'colon', 'afterwards') ||
    leading.test(cell.low) ||
    (isWord(cell, 'filler') && !isWord(cell, 'all')));

const isCronjob = (cell: Cell): boolean => {
  if (senseOf(cell, 'kind')?.kinds.includes('cronjob')) return true;
  const ids = senseOf(cell, 'name')?.ids ?? [];
  return ids.length > 0 && ids.every((id) => id.includes(':cronjob/'));
};
