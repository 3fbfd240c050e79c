// "If db-1 went poof, what else would feel it?": one thing that is gone, and who would suffer from it, in any words. It is
// the question what depends on the thing. Called by `questions`.

import { createNpParser } from '../phrases/nounPhrase.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';
import type { KindOf } from './questionParts.ts';

const gone =
  /^(went|goes|go|gone|gets|got|were|was|is|had|dies|died|vanished|vanishes|failed|fails|crashes|crashed|disappears|disappeared)$/;
const suffering =
  /^(would|will|might|could|gets|is|are|breaks|suffers|feels|stops|fails|goes|dies|hurts|notices|to)$/;

/** "if a went poof, what else would feel it?": what depends on it. */
export function ofLoss(cells: readonly Cell[], kindOf: KindOf): readonly Cell[] | undefined {
  const start = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma', 'and') || isWord(cell, 'if'));
  const isIf = isWord(cells[start], 'if') || /^(if|when|suppose|assuming|say)$/.test(cells[start]?.low ?? '');
  const what = cells.findIndex((cell, at) => at > start && /^(what|who|which)( |$)/.test(cell.low));
  if (!isIf || what < start + 3 || !isWord(cells[what - 1], 'comma')) return undefined;
  const noun = createNpParser(cells.slice(0, what - 1), kindOf);
  const named = noun.startsAt(start + 1) ? noun.parse(start + 1) : undefined;
  if (named?.np.names.length !== 1 || named.np.also.length > 0) return undefined;
  const told = cells.slice(named.next, what - 1);
  const asked = cells.slice(what + 1);
  const isGone = told.some((cell) => gone.test(cell.low.split(' ')[0]!));
  const isElse = asked.some((cell) => cell.low === 'else') && asked.some((cell) => suffering.test(cell.low));
  const isOpen = [...told, ...asked].some(
    (cell) =>
      senseOf(cell, 'name') ||
      isWord(cell, 'not', 'or') ||
      /^(i|we|you|should|must|please|back|up|fast|slow)$/.test(cell.low),
  );
  if (!isGone || !isElse || isOpen) return undefined;
  return [plain(cells[0]!, 'what depends on', word('depends')), ...cells.slice(start + 1, named.next)];
}
