// The turns that make a row of steps plain before anything else is read: commas that were left out, pauses, figures that
// were told before their order, ways of going back, and looks at what was done. Called by the interpreter, first of all.

import { withPreviousOnes } from '../rewording/previousOnes.ts';
import { withPutFigures, withToldFigure } from '../rewording/saidFigures.ts';
import { withoutOthersDoings } from '../told/othersDoings.ts';
import type { Cell } from '../words/cells.ts';
import { withLooks } from './looks.ts';
import { withPauses } from './pauses.ts';
import { withRunOns } from './runOns.ts';
import { withWishedSteps } from './wishedSteps.ts';

/** The cells with every step as an order of its own. */
export function withPlainSteps(cells: readonly Cell[]): readonly Cell[] {
  return [
    withoutOthersDoings,
    withRunOns,
    withWishedSteps,
    withPauses,
    withToldFigure,
    withPutFigures,
    withPreviousOnes,
    withLooks,
  ].reduce((said, turn) => turn(said), cells);
}
