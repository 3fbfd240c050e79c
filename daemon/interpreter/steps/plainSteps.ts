// The turns that make a row of steps plain before anything else is read: commas that were left out, pauses, figures that
// were told before their order, ways of going back, and looks at what was done. Called by the interpreter, first of all.

import { withOtherSizes } from '../rewording/otherSizes.ts';
import { withPreviousOnes } from '../rewording/previousOnes.ts';
import { withPutFigures, withToldFigure } from '../rewording/saidFigures.ts';
import { withoutOthersDoings } from '../told/othersDoings.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withDeedsBeforehand } from './deedsBeforehand.ts';
import { withEachOwn } from './eachOwn.ts';
import { withLooks } from './looks.ts';
import { withMadeAlike } from './madeAlike.ts';
import { withWishedRow } from './madeTogether.ts';
import { withNamedApart } from './namedApart.ts';
import { withPauses } from './pauses.ts';
import { withRunOns } from './runOns.ts';
import { withTrailParts } from './trailParts.ts';
import { withWishedSteps } from './wishedSteps.ts';

/** The cells with every step as an order of its own. */
export function withPlainSteps(cells: readonly Cell[]): readonly Cell[] {
  return [
    withNeed,
    withDoneJobs,
    withoutMark,
    withWishedRow,
    withItForThat,
    withWrittenTag,
    withSaidValue,
    withoutSomething,
    withOwnNew,
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

const before = /^(the|a|its|and|and the|with|with the|to|of|having|set|set to|as|,)$/;

/** "the tag costcenter with value 4711": a key and what it is to say, as one. */
function withSaidValue(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => cell.low === 'value' && !cell.quoted && !senseOf(cell, 'name'));
  if (at < 2 || !cells.some((cell) => !cell.quoted && /\b(tag|label|key)s?$/.test(cell.low))) return cells;
  const isLink = isWord(cells[at + 1], 'of', 'colon', 'be') || cells[at + 1]?.low === '=';
  const value = cells[isLink ? at + 2 : at + 1];
  let from = at - 1;
  while (from > 0 && !cells[from]!.quoted && before.test(cells[from]!.low)) from--;
  const key = cells[from]!;
  const isOwn = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    /^[\w./@-]+$/.test(cell.text) &&
    !(
      isWord(cell, 'comma', 'stop', 'det', 'prep', 'of', 'named', 'be', 'imageWord', 'keyWord') &&
      !cell.quoted
    );
  if (!isOwn(key) || !isOwn(value) || from < 1) return cells;
  const tags = { [key.text.toLowerCase()]: value!.text };
  const said = plain(key, `${key.low}=${value!.low}`, { t: 'value', value: { k: 'tags', tags } });
  let lead = from;
  while (lead > 0 && (isWord(cells[lead - 1], 'named', 'colon') || isKeyWord(cells, lead - 1))) lead--;
  const end = cells.indexOf(value!) + 1;
  return [...cells.slice(0, lead), { ...said, end: value!.end }, ...cells.slice(end)];
}

/** "the key", behind another word for a tag. */
const isKeyWord = (cells: readonly Cell[], at: number): boolean =>
  /^(key|tag key)$/.test(cells[at]!.low) || (cells[at]!.low === 'the' && cells[at + 1]?.low === 'key');

/** "something called fluent-bit needs a restart": the thing of that name. */
function withoutSomething(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const isVague = (index: number): boolean =>
      /^(something|sth|some thing|a thing|thing|whatever)$/.test(cells[index]?.low ?? '') &&
      !cells[index]!.quoted &&
      isWord(cells[index + 1], 'named') &&
      senseOf(cells[index + 2], 'name')?.exact === true;
    return (
      !isVague(at) &&
      !(at > 0 && isVague(at - 1)) &&
      !(isWord(cell, 'det') && cells[at + 1]?.low === 'thing' && isVague(at + 1))
    );
  });
}

/** "I need my own network": a new one. */
function withOwnNew(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      cell.low === 'own' &&
      /^(my|our|its|his|her|their|an?)$/.test(cells[index - 1]?.low ?? '') &&
      senseOf(cells[index + 1], 'kind')?.plural === false &&
      !senseOf(cells[index + 2], 'name'),
  );
  const isWished = cells
    .slice(0, Math.max(0, at))
    .some(
      (cell) =>
        !cell.quoted &&
        (isWord(cell, 'need') || /\b(need|needs|want|wants|get|have|create|make)\b/.test(cell.low)),
    );
  if (at < 1 || !isWished) return cells;
  return [...cells.slice(0, at - 1), plain(cells[at - 1]!, 'a', word('det')), ...cells.slice(at + 1)];
}

/** "do the db-refresh job now": run it. */
function withDoneJobs(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    if (cell.low !== 'do' || cell.quoted) return cell;
    const name = cells[isWord(cells[at + 1], 'det') ? at + 2 : at + 1];
    const ids = senseOf(name, 'name')?.ids ?? [];
    const isJob = ids.length > 0 && ids.every((id) => id.includes(':cronjob/'));
    return isJob ? plain(cell, 'run', { t: 'verb', phrase: 'run', form: 'base' }) : cell;
  });
}

/** "… should run x:2, and have 3 replicas": no new part begins at such a mark. */
function withoutMark(cells: readonly Cell[]): readonly Cell[] {
  const isHaving = (at: number): boolean =>
    isWord(cells[at], 'and') &&
    /^(have|get)$/.test(cells[at + 1]?.low ?? '') &&
    senseOf(cells[at + 2], 'value') !== undefined &&
    senseOf(cells[at - 2], 'value') !== undefined;
  return cells.filter((cell, at) => !(isWord(cell, 'comma') && !cell.quoted && isHaving(at + 1)));
}

const needing =
  /^(?:i|we) (?:am|are|will|shall|would) (?:going to |gonna |be |probably |soon |also )?need(?:ing)?$/;

/** "I'm going to need", "we'll be needing": what is needed now. */
function withNeed(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell) => (!cell.quoted && needing.test(cell.low) ? { ...cell, low: 'i need' } : cell));
}
