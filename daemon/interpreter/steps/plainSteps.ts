// The turns that make a row of steps plain before anything else is read: commas that were left out, pauses, figures that
// were told before their order, ways of going back, and looks at what was done. Called by the interpreter, first of all.

import { withOtherSizes } from '../rewording/otherSizes.ts';
import { withPreviousOnes } from '../rewording/previousOnes.ts';
import { withPutFigures, withToldFigure } from '../rewording/saidFigures.ts';
import { withoutOthersDoings } from '../told/othersDoings.ts';
import { withSituations } from '../told/situations.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
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
    withoutStrictly,
    withDoneJobs,
    withoutMark,
    withSharedModal,
    withThemEach,
    withSituations,
    withItForThat,
    withParticleNear,
    withOpenState,
    withJustApart,
    withSourceOnly,
    withWrittenTag,
    withLoadTest,
    withMoreBehindColon,
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

/** "roll a, back to revision 2", "roll a - back to it": a pause in front of the particle parts no verb from it. */
function withParticleNear(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^back( to)?$/.test(cell.low));
  const verb = cells.slice(0, Math.max(0, at)).findLastIndex(isBase);
  if (verb < 0 || cells[verb]!.quoted || cells[verb]!.low !== 'roll') return cells;
  const from = cells.findIndex((cell, index) => index > verb + 1 && isWord(cell, 'comma', 'colon'));
  const isPause =
    from > 0 &&
    from < at &&
    cells
      .slice(from, at)
      .every(
        (cell) =>
          isWord(cell, 'comma', 'colon', 'filler') && !isWord(cell, 'afterwards') && !senseOf(cell, 'name'),
      );
  return isPause ? [...cells.slice(0, from), ...cells.slice(at)] : cells;
}

/** "don't delete it just take a snapshot": what is to be done instead is an order by itself, with or without a mark. */
function withJustApart(cells: readonly Cell[]): readonly Cell[] {
  const not = cells.findIndex((cell, at) => isWord(cell, 'not') && !cell.quoted && isBase(cells[at + 1]));
  const just = cells.findIndex(
    (cell, at) =>
      at > not + 2 &&
      !cell.quoted &&
      /^(just|only|simply|merely)$/.test(cell.low) &&
      !isWord(cells[at - 1], 'comma', 'stop', 'and', 'except') &&
      isBase(cells[at + 1]) &&
      !isWord(cells[at + 1], 'because'),
  );
  const isOne = not >= 0 && just > 0 && !cells.slice(not + 2, just).some(isBase);
  return isOne
    ? [...cells.slice(0, just), plain(cells[just]!, ',', word('comma')), ...cells.slice(just)]
    : cells;
}

/** "8080 is still open on web-sg", "22 was left open": how it is, and no order to open it. */
function withOpenState(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    if (cell.low !== 'open' || cell.quoted || !isBase(cell)) return cell;
    let from = at - 1;
    while (from > 0 && adverb.test(cells[from]!.low)) from--;
    const isTold =
      from < at - 1 && /^(is|are|was|were|has been|have been|being)$/.test(cells[from]?.low ?? '');
    return isTold ? { ...cell, senses: cell.senses.filter(({ t }) => t !== 'verb') } : cell;
  });
}

const adverb =
  /^(still|again|already|always|currently|now|wide|left|even|also|suddenly|apparently|unfortunately)$/;

/** "allow 587, but from 10.0.0.0/8 only": from there. */
function withSourceOnly(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      senseOf(cell, 'value')?.value.k === 'cidr' &&
      /^(from|for|to)( only)?$/.test(cells[index - 1]?.low ?? '') &&
      (cells[index + 1]?.low === 'only' || /^(but )?only$/.test(cells[index - 2]?.low ?? '')),
  );
  const but = cells.slice(0, Math.max(0, at)).findLastIndex((cell) => /^but( only)?$/.test(cell.low));
  const isNear = but > 0 && at - but < 4 && !cells.slice(but, at).some((cell) => isWord(cell, 'not'));
  if (at < 0 || !isNear) return cells;
  const from = isWord(cells[but - 1], 'comma') ? but - 1 : but;
  const rest = cells[at + 1]?.low === 'only' ? at + 2 : at + 1;
  return [...cells.slice(0, from), ...cells.slice(at - 1, at + 1), ...cells.slice(rest)];
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

/** "…, load test": what is going on, and no figure to look at. */
function withLoadTest(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) =>
    cell.low === 'load' && !cell.quoted && /^test(s|ing|ers?)?$/.test(cells[at + 1]?.low ?? '')
      ? { ...cell, senses: [] }
      : cell,
  );
}

/** "vol-data: 20 GB more please": of the one thing before the colon. */
function withMoreBehindColon(cells: readonly Cell[]): readonly Cell[] {
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  if (colon < 1 || colon > 5) return cells;
  const [thing, figure] = [cells.slice(0, colon), cells.slice(colon + 1)];
  const isNamed =
    thing.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env')).length === 1 &&
    thing.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep'));
  const isMore =
    figure.some(
      (cell) => !cell.quoted && (isWord(cell, 'more') || /^(plus|another|additional|extra)$/.test(cell.low)),
    ) &&
    figure.every(
      (cell) =>
        !cell.quoted &&
        (senseOf(cell, 'value') ||
          isWord(cell, 'more', 'filler', 'stop', 'replicas', 'of', 'det') ||
          /^(plus|another|additional|extra|space|room|disk|storage|capacity)$/.test(cell.low)),
    );
  const said = figure.filter((cell) => !/^(space|room|storage|capacity)$/.test(cell.low));
  return isNamed && isMore ? [...thing, ...said] : cells;
}

/** "something called fluent-bit needs a restart": the thing of that name. */
function withoutSomething(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const isVague = (index: number): boolean =>
      /^(something|sth|some thing|a thing|thing|whatever|the one|one)$/.test(cells[index]?.low ?? '') &&
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
      !isWord(cells[index + 2], 'colon') &&
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

/** "do the db-refresh job now": run it. "drain a, and when it is empty do b as well": the same to b. */
function withDoneJobs(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    if (cell.low !== 'do' || cell.quoted) return cell;
    const named = isWord(cells[at + 1], 'det') ? at + 2 : at + 1;
    const ids = senseOf(cells[named], 'name')?.ids ?? [];
    const isJob = ids.length > 0 && ids.every((id) => id.includes(':cronjob/'));
    if (isJob) return plain(cell, 'run', { t: 'verb', phrase: 'run', form: 'base' });
    const isAlone =
      cells[named + 1] === undefined || isWord(cells[named + 1], 'filler', 'comma', 'and', 'stop');
    const before = cells[at - 1];
    const isLed = senseOf(before, 'verb') !== undefined || isWord(before, 'afterwards', 'comma', 'pronoun');
    const isSame = isLed && ids.length > 0 && isAlone && cells.slice(0, at - 1).some((one) => isBase(one));
    return isSame ? plain(cell, 'the same for', word('same')) : cell;
  });
}

/** "a can be stopped, and b started": both can be. */
function withSharedModal(cells: readonly Cell[]): readonly Cell[] {
  const isEd = (at: number): boolean => senseOf(cells[at], 'verb')?.form === 'ed' && !cells[at]!.quoted;
  const modal = cells.findIndex(
    (cell, at) => at > 0 && !cell.quoted && isWord(cell, 'need') && / be$/.test(cell.low) && isEd(at + 1),
  );
  if (modal < 0 || !senseOf(cells[modal - 1], 'name')?.exact) return cells;
  return cells.flatMap((cell, at) => {
    const isLone =
      at > modal + 2 &&
      senseOf(cell, 'name')?.exact === true &&
      isWord(cells[at - 1], 'and') &&
      isEd(at + 1) &&
      (cells[at + 2] === undefined || isWord(cells[at + 2], 'comma', 'stop', 'filler', 'instead', 'and'));
    return isLone && !cell.quoted ? [cell, cells[modal]!] : [cell];
  });
}

/** "stop them and snapshot each": each of them. */
function withThemEach(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => /^each\b/.test(cell.low) && !cell.quoted)) return cells;
  const names = cells.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const isMany =
    names.length > 1 ||
    cells.some((cell) => isWord(cell, 'pronoun', 'both') && /^(them|these|those|both)/.test(cell.low));
  if (!isMany) return cells;
  return cells.map((cell, at) => {
    const isAlone =
      /^(each|each one|each of them)$/.test(cell.low) &&
      !cell.quoted &&
      isBase(cells[at - 1]) &&
      (cells[at + 1] === undefined || isWord(cells[at + 1], 'comma', 'stop', 'and', 'afterwards'));
    return isAlone ? plain(cell, 'them', word('pronoun')) : cell;
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

/** "strictly in that order", "in exactly that order": in that order. */
function withoutStrictly(cells: readonly Cell[]): readonly Cell[] {
  const order = cells.findIndex((cell) => /\b(?:order|sequence)$/.test(cell.low) && !cell.quoted);
  const from = cells.slice(0, order).findLastIndex((cell) => /^in\b/.test(cell.low) && !cell.quoted);
  if (order < 2 || from < order - 3 || from < 1) return cells;
  return cells.filter(
    (cell, at) =>
      cell.quoted || at < from - 1 || at > order + 1 || !/^(?:strictly|exactly|precisely)$/.test(cell.low),
  );
}
