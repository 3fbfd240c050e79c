// The turns that make a row of steps plain before anything else is read: commas that were left out, pauses, figures that
// were told before their order, ways of going back, and looks at what was done. Called by the interpreter, first of all.

import { withOtherSizes } from '../rewording/otherSizes.ts';
import { withPreviousOnes } from '../rewording/previousOnes.ts';
import { withPutFigures, withToldFigure } from '../rewording/saidFigures.ts';
import { withoutOthersDoings } from '../told/othersDoings.ts';
import { type Cell, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withDeedsBeforehand } from './deedsBeforehand.ts';
import { withEachOwn } from './eachOwn.ts';
import { withLooks } from './looks.ts';
import { withMadeAlike } from './madeAlike.ts';
import { withNamedApart } from './namedApart.ts';
import { withPauses } from './pauses.ts';
import { withRunOns } from './runOns.ts';
import { withTrailParts } from './trailParts.ts';
import { withWishedSteps } from './wishedSteps.ts';

/** The cells with every step as an order of its own. */
export function withPlainSteps(cells: readonly Cell[]): readonly Cell[] {
  return [
    withNeed,
    withItForThat,
    withWrittenTag,
    withTrailParts,
    withOtherSizes,
    withMadeAlike,
    withNamedApart,
    withoutOthersDoings,
    withRunOns,
    withWishedSteps,
    withPauses,
    withDeedsBeforehand,
    withEachOwn,
    withToldFigure,
    withPutFigures,
    withPreviousOnes,
    withLooks,
  ].reduce((said, turn) => turn(said), cells);
}

const particle =
  /^(back|back up|back on|back down|up|down|off|on|out|away|online|offline|again|to|back to|up to|down to|by|now|please|pls)$/;
const twoPart = /^(power|spin|turn|roll|fire|boot|shut|switch|bring|take|put|wake|tear|start|scale)$/;

/** "roll that back", "bring this back up": the word between a verb and its particle points at a thing, and is none. */
function withItForThat(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const next = cells[at + 1];
    const isBetween =
      !cell.quoted &&
      /^(that|this)$/.test(cell.low) &&
      (isBase(cells[at - 1]) || twoPart.test(cells[at - 1]?.low ?? '')) &&
      next?.quoted === false &&
      particle.test(next.low) &&
      !senseOf(next, 'name');
    return isBetween ? plain(cell, 'it', word('pronoun')) : cell;
  });
}

/** "… and write owner=netops on it": add that tag. */
function withWrittenTag(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const isTag = senseOf(cells[at + 1], 'value')?.value.k === 'tags';
    const isWriting = /^(write|stick|hang|slap)$/.test(cell.low) && !cell.quoted && !senseOf(cell, 'name');
    return isWriting && isTag && /^(on|onto|to)$/.test(cells[at + 2]?.low ?? '')
      ? plain(cell, 'add tag', { t: 'verb', phrase: 'add tag', form: 'base' })
      : cell;
  });
}

const needing =
  /^(?:i|we) (?:am|are|will|shall|would) (?:going to |gonna |be |probably |soon |also )?need(?:ing)?$/;

/** "I'm going to need", "we'll be needing": what is needed now. */
function withNeed(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell) => (!cell.quoted && needing.test(cell.low) ? { ...cell, low: 'i need' } : cell));
}
