// "move a to something cheaper", "put a on a smaller machine": another size is wanted, and which one was not said. It becomes
// the plain order to resize, which asks for it. Called where the steps of a text are made plain.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain } from '../words/plainCells.ts';

const moving = /^(move|put|migrate|switch|bring|shift|change|get|place|transfer|go with|take)$/;
const comparing =
  /^(cheaper|smaller|bigger|larger|beefier|stronger|faster|lighter|weaker|tinier|more powerful|less expensive)$/;
const leading = /^(to|on|onto|into|something|somewhere|a|an|the|some|much|bit|little|slightly)$/;
const nouns =
  /^(machine|box|instance|type|size|flavou?r|one|host|server|vm|hardware|class|plan|thing|instance type|machine type)$/;

/** The cells with such a move as a resize. */
export function withOtherSizes(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && comparing.test(cell.low));
  if (at < 3) return cells;
  const isLead = (cell: Cell | undefined): boolean => cell?.quoted === false && leading.test(cell.low);
  let from = at;
  while (from > 0 && isLead(cells[from - 1])) from--;
  const end = nouns.test(cells[at + 1]?.low ?? '') ? at + 2 : at + 1;
  const verb = cells.findLastIndex((cell, index) => index < from && !cell.quoted && moving.test(cell.low));
  const thing = cells.slice(verb + 1, from);
  const isOfOne =
    thing.length > 0 &&
    thing.every(
      (cell) =>
        senseOf(cell, 'name')?.ids.every((id) => /:(vm|database)\//.test(id)) ||
        isWord(cell, 'det', 'pronoun', 'and', 'comma') ||
        senseOf(cell, 'kind'),
    );
  const next = cells[end];
  const isEnd = next === undefined || isWord(next, 'comma', 'stop', 'and', 'afterwards', 'filler');
  const isTo = cells.slice(from, at).some((cell) => /^(to|on|onto|into)$/.test(cell.low));
  if (verb < 0 || !isOfOne || !isEnd || !isTo) return cells;
  const resize = plain(cells[verb]!, 'resize', { t: 'verb', phrase: 'resize', form: 'base' });
  return [...cells.slice(0, verb), resize, ...thing, ...cells.slice(end)];
}
