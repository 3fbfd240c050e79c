// Whether a question in plain words is answered better than the text as it was typed.

import type { QueryReading, Reading } from '../../../shared/model/reading.ts';
import { isOfNothing } from '../conversation/readWithNames.ts';
import { type Cell, isWord } from '../words/cells.ts';
import { isElse, shown } from './questions.ts';

/** "show me the most recent snapshot": its details were read, which are more than a list of that one. */
export function isDetailOf(held: Reading, answer: QueryReading): boolean {
  const idsOf = (step: QueryReading['steps'][number] | undefined): readonly string[] =>
    step?.target?.kind === 'resources' ? step.target.ids : [];
  const [shown, listed] = [held.kind === 'query' ? held.steps[0] : undefined, answer.steps[0]];
  return (
    shown !== undefined &&
    /^show\./.test(shown.operation) &&
    listed?.operation === shown.operation.replace(/^show/, 'list') &&
    idsOf(shown).length === 1 &&
    idsOf(listed).join() === idsOf(shown).join()
  );
}

/** Not what the plain question asks for, or read where its parts were said apart. */
export function mayBeElse(reading: Reading, question: readonly Cell[], cells: readonly Cell[]): boolean {
  if (reading.kind !== 'query' || isOfNothing(reading)) return true;
  // Details are asked for in so many words that any other reading is the better one.
  if (question[0]!.low === shown) return false;
  // "the logs of a, then describe it": two looks.
  const isRow = cells.some((cell) => isWord(cell, 'afterwards') && !cell.quoted);
  if (reading.steps.length > 1) return !isRow;
  const isCut = cells.slice(0, -1).some((cell) => isWord(cell, 'comma', 'colon', 'stop') || cell.low === '/');
  return (
    isCut ||
    isElse(
      question,
      reading.steps.map(({ operation }) => operation),
    )
  );
}
