// The words as they are meant, before anything reads or guards them: steps in the order they are to come, roles before
// their words, wishes and orders of other builds as plain ones. It must lose no word that bounds, denies or counts. Called
// by the interpreter on every text, once its words are known.

import { withSaidBehind } from '../steps/saidBehind.ts';
import type { Cell } from '../words/cells.ts';
import { withAimedDeeds } from './aimedDeeds.ts';
import { withOwnerAgain } from './belongings.ts';
import { withMindedDeeds } from './mindedDeeds.ts';
import { withMovedThings } from './movedThings.ts';
import { withNeededThings } from './neededThings.ts';
import { withOthersNeeds } from './othersNeeds.ts';
import { withRoles } from './roles.ts';
import { withTurnedOrders } from './turnedOrders.ts';
import { withTurnedWishes } from './turnedWishes.ts';

/** The cells of a text as they are meant. */
export const asMeant = (cells: readonly Cell[]): readonly Cell[] =>
  withSaidBehind(
    withRoles(
      withTurnedOrders(
        withTurnedWishes(
          withOthersNeeds(
            withMovedThings(withMindedDeeds(withNeededThings(withOwnerAgain(withAimedDeeds(cells))))),
          ),
        ),
      ),
    ),
  );
