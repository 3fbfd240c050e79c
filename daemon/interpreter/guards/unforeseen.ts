// "Drain a, when is that one empty?", "when is b back?": a forecast says when a figure will be reached, and no figure is
// asked about. What was read so is asked about instead. Called by `heldBack`, over the text as it was typed.

import { isAboutFailing } from '../../../shared/model/failureWords.ts';
import type { PlanReading, QueryReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

const foreseeing =
  /^(?:forecasts?|forecasted|fcst|prognosis|predict(?:s|ion|ions|ed)?|projections?|project(?:ed)?|trends?|outlook|extrapolat\w*|estimate|run rate|time to full|expected)\b/;

/** A forecast of no figure that was asked for. */
export function unforeseen(
  { steps, text }: PlanReading | QueryReading,
  cells: readonly Cell[],
): Doubt | undefined {
  const isOfNone = steps.some(
    ({ operation, args }) => operation.startsWith('forecast.') && args.metric === undefined,
  );
  const isSaid = cells.some(
    (cell) =>
      !cell.quoted &&
      (foreseeing.test(cell.low) || isWord(cell, 'runOut') || cell.senses.some(({ t }) => t === 'metric')),
  );
  return isOfNone && !isSaid && !isAboutFailing(text)
    ? { about: 'op', question: 'Which figure is to be foreseen? Nothing else is known before it happens.' }
    : undefined;
}
