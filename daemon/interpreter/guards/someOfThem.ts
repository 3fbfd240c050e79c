// "Stop the dev vms, half of the machines are idle": a reason that holds for some of a set, where all of it would be taken.
// Called by `notAsSaid`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, senseOf } from '../words/cells.ts';
import { type Doubt, partsOf } from './objections.ts';
import { idsOf } from './targets.ts';

/** A set that is taken whole, of which only some are said to be so. */
export function someOfThem({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const isTaken = steps.some(
    (step) => idsOf(step).length > 1 && /^(?:stop|delete|detach|drain|suspend|reboot)\./.test(step.operation),
  );
  return isTaken && partsOf(cells).some((part) => told.test(part.map(wordOf).join(' ')))
    ? { about: 'scope', question: 'That is said of some of them. Which ones are meant?' }
    : undefined;
}

const wordOf = (cell: Cell): string =>
  cell.quoted || senseOf(cell, 'name') ? '\u25a1' : senseOf(cell, 'kind')?.plural ? 'things' : cell.low;

const told =
  /(?:^|\b(?:because|since|as|cause|cuz) )(?:(?:and|but|so|only|just|about|at least|well|because|since|as) )*(?:one|two|three|four|five|some|several|(?:a )?few|half|most|many|(?:the )?majority|a couple|a third|a quarter|\d+)(?: of)?(?: (?:the|them|these|those|our|my|all))*(?:(?: [a-z]+)? things)? (?:are|is|were|was|sit|sits|look|looks|do|does|seem|seems|have|has|run|idle)\b/;
