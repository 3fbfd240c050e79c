// The words as they are meant, before anything reads or guards them: steps in the order they are to come, roles before
// their words, wishes and orders of other builds as plain ones. It must lose no word that bounds, denies or counts. Called
// by the interpreter on every text, once its words are known.

import { withAwaited, withCameBack } from '../steps/awaited.ts';
import { withDeedFirst } from '../steps/deedFirst.ts';
import { withoutOnceDone } from '../steps/onceDone.ts';
import { withSaidBehind } from '../steps/saidBehind.ts';
import { withoutGround, withoutHandover, withoutOrElse } from '../told/grounds.ts';
import { withoutHandwork } from '../told/handwork.ts';
import { withoutLeadIns } from '../told/leadIns.ts';
import { withoutStaying } from '../told/staying.ts';
import type { Cell } from '../words/cells.ts';
import { withAimedDeeds } from './aimedDeeds.ts';
import { withOwnerAgain } from './belongings.ts';
import { withImagesPut } from './imagesPut.ts';
import { withItsSets } from './itsSets.ts';
import { withLogged } from './loggedBefore.ts';
import { withMindedDeeds } from './mindedDeeds.ts';
import { withMovedThings } from './movedThings.ts';
import { withNarrowed } from './narrowedQuestions.ts';
import { withNeededThings } from './neededThings.ts';
import { withNewFlavors } from './newFlavors.ts';
import { withOfTeams } from './ofTeams.ts';
import { withOrderEnds } from './orderEnds.ts';
import { withOthersNeeds } from './othersNeeds.ts';
import { withRoles } from './roles.ts';
import { withoutAnyPlace, withoutOthersLeft } from './saidAnyway.ts';
import { withSaidShort } from './saidShort.ts';
import { withoutSwapHeading } from './swapped.ts';
import { withTurnedOrders } from './turnedOrders.ts';
import { withTurnedWishes } from './turnedWishes.ts';

/** Each looks at what the one before it left. */
const stages: readonly ((cells: readonly Cell[]) => readonly Cell[])[] = [
  withoutLeadIns,
  withOrderEnds,
  withNarrowed,
  withoutSwapHeading,
  withoutStaying,
  withoutOnceDone,
  withSaidShort,
  withLogged,
  withNewFlavors,
  withOfTeams,
  withItsSets,
  withCameBack,
  withImagesPut,
  withAimedDeeds,
  withOwnerAgain,
  withNeededThings,
  withMindedDeeds,
  withMovedThings,
  withOthersNeeds,
  withTurnedWishes,
  withTurnedOrders,
  withRoles,
  withDeedFirst,
  withSaidBehind,
  withAwaited,
  withoutHandwork,
  withoutGround,
  withoutHandover,
  withoutOrElse,
  withoutAnyPlace,
  withoutOthersLeft,
];

/** The cells of a text as they are meant. */
export const asMeant = (cells: readonly Cell[]): readonly Cell[] =>
  stages.reduce((said, stage) => stage(said), cells);
