// Steps whose words say when or whether they come, against the plan: "uncordon a last; first drain it", "start with draining
// a", "stop a. then b up", "a cordoned, drained, then uncordoned", "…, storage to ds-ssd", "and so on". Such a plan is
// offered as a question. Called by `notAsSaid`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { hungWords } from '../freeOrder/deedWords.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { idsOf, nameOf } from './targets.ts';

/** What was said of the steps and is not so in the plan. */
export function saidSteps({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const text = plainText(cells);
  if (openEnd.test(text)) return { about: 'scope', question: 'What else is meant? Name each of them.' };
  const isSeveral = steps.length > 1 || steps.some((step) => idsOf(step).length > 1);
  if (isSeveral && reversed.test(text))
    return { about: 'op', question: 'In which order is that to be done? Say the first one first.' };
  if (isSeveral && deniedSame.test(text))
    return { about: 'scope', question: 'Which of them is to be left alone?' };
  const single = steps.every((step) => idsOf(step).length < 2);
  if (single && steps.some(({ operation }) => /^(scale|resize)\./.test(operation)) && little.test(text))
    return { about: 'scope', question: 'It is done in one go. Is that right?' };
  const isSized = steps.every(({ operation }) => /^(scale|resize)\./.test(operation));
  if (isSized && eitherWay.test(text) && !direction.test(text))
    return { about: 'args', question: 'Is it to become more or less?' };
  const isOpening = steps.some(({ operation }) => /^(open-port|policy\.disable)/.test(operation));
  if (isOpening && spell.test(text))
    return { about: 'op', question: 'Nothing is put back by itself. Do it now, until you say otherwise?' };
  const lost =
    stateTurned(steps, cells) ??
    deedGone(steps, cells) ??
    tailGone(steps, cells) ??
    againGone(steps, cells) ??
    ownGone(steps, cells);
  if (lost) return { about: 'op', question: `What is to be done by "${lost}"? It is no step of this plan.` };
  const pair = pairTurned(steps, cells);
  if (pair) return { about: 'op', question: `What is to be done with "${pair.text}"?` };
  if (isCountedAround(steps, cells) || isMisordered(steps, cells) || isBeforeCause(steps, cells))
    return { about: 'op', question: 'Which step comes first, and does it hang on another?' };
  return undefined;
}

const openEnd = /\b(and so (on|forth)|and the like|and whatnot|and such|et cetera|etcetera)\b/;
const reversed =
  /\b(in (reverse|reversed|the reverse|the opposite|opposite|backward)( order)?|the other way (a)?round|from last to first|last to first|bottom up|backwards)\b/;
/** "drain a, never do the same for b" */
const deniedSame = /\b(not|never|no|don['’]?t|without)( \w+)?( do| doing)? (exactly )?(the )?same\b/;
const little =
  /\b(one (replica|copy|pod|instance|gb|step) at a time|one at a time|one by one|step by step|bit by bit|little by little|in (small |little )?steps|stepwise|in stages|in increments)\b/;
/** "by half", "adjust it by 2": more or less, nobody knows. */
const eitherWay =
  /\bby (a |one )?(half|third|quarter|\d+ ?%|\d+ percent)( |$)|\b(change|adjust|modify|alter|correct) .*\bby (an? |one |two |three |\d+)/;
const direction =
  /\b(up|down|more|less|fewer|extra|additional|increase|grow|raise|bump|extend|expand|enlarge|enhance|boost|add|reduce|decrease|shrink|lower|cut|drop|lessen|halve|bigger|larger|smaller|upsize|downsize|increment|decrement|scale up|scale down|scale out|scale in|out|in by)\b/;
const spell =
  /\b(for|over|during) (the|this) (night|evening|weekend|day|afternoon|morning|holidays|rest of)\b/;

/** What people say when they mean the operation of a step. */
function wordsOf({ operation }: StepDraft): readonly string[] {
  const parts = operation.split('.');
  const words: Readonly<Record<string, readonly string[]>> = verbWords;
  return words[parts[0]!] ?? words[parts[1] ?? ''] ?? [];
}

interface Part {
  readonly cells: readonly Cell[];
  readonly isThen: boolean;
  readonly isHeading: boolean;
}

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: { cells: Cell[]; isThen: boolean; isHeading: boolean }[] = [
    { cells: [], isThen: false, isHeading: false },
  ];
  for (const cell of cells) {
    const isMark =
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      isWord(cell, 'and', 'comma', 'stop', 'colon', 'afterwards', 'open', 'close');
    const isOrder = isWord(cell, 'afterwards') && isPlaceWord.test(cell.low);
    if (!isMark || isOrder) {
      parts.at(-1)!.cells.push(cell);
      continue;
    }
    if (isWord(cell, 'colon')) parts.at(-1)!.isHeading = true;
    if (parts.at(-1)!.cells.length > 0) parts.push({ cells: [], isThen: false, isHeading: false });
    parts.at(-1)!.isThen ||= isWord(cell, 'afterwards');
  }
  return parts.filter((part) => part.cells.length > 0);
}

const isRead = (cell: Cell, steps: readonly StepDraft[]): boolean =>
  steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));

const states: Readonly<Record<string, 'start' | 'stop'>> = {
  up: 'start',
  on: 'start',
  online: 'start',
  'back on': 'start',
  'back up': 'start',
  down: 'stop',
  off: 'stop',
  offline: 'stop',
};

/** "stop a. then b up": what a thing is to be behind an order, where it is not made so. */
function stateTurned(steps: readonly StepDraft[], cells: readonly Cell[]): string | undefined {
  if (!cells.some((cell) => Object.hasOwn(states, cell.low))) return undefined;
  const parts = partsOf(cells);
  const first = parts.findIndex((part) => part.cells.some((cell) => isRead(cell, steps)));
  const gone = parts.find(({ cells: all }, at) => {
    const said = all.filter((cell) => states[cell.low] || !isWord(cell, 'filler', 'again', 'first', 'det'));
    const wanted = states[said.at(-1)?.low ?? ''];
    const names = said.slice(0, -1);
    const ids = names.flatMap((cell) => nameOf(cell) ?? []);
    const isPlain = names.length > 0 && names.every((cell) => nameOf(cell) ?? isWord(cell, 'pronoun'));
    if (!wanted || !isPlain || said.at(-1)!.quoted) return false;
    // "web-1 down, …, web-1 up": the first is an order where the last is.
    const isAround =
      wanted === 'stop' &&
      parts.slice(at + 2).some((part) => {
        const own = part.cells.filter((cell) => states[cell.low] || !isWord(cell, 'filler', 'again'));
        return (
          states[own.at(-1)?.low ?? ''] === 'start' &&
          own.some((cell) => nameOf(cell)?.some((id) => ids.includes(id)) ?? isWord(cell, 'pronoun'))
        );
      });
    if (at <= first && !isAround) return false;
    const alike =
      wanted === 'start'
        ? /^(start|resume|uncordon|reboot|policy\.enable)\b/
        : /^(stop|suspend|cordon|delete|policy\.disable)\b/;
    const hung = hungWords(names)[wanted] ?? [];
    const isHung = ({ operation, target, args }: StepDraft): boolean =>
      hung.some((deed) => operation.startsWith(deed)) &&
      ids.some((id) => JSON.stringify([target, args]).includes(JSON.stringify(id)));
    return !steps.some(
      (step) =>
        isHung(step) ||
        (alike.test(step.operation) && (ids.length === 0 || ids.some((id) => idsOf(step).includes(id)))),
    );
  });
  return gone?.cells.map((cell) => cell.text).join(' ');
}

/** "a cordoned, drained, then uncordoned", "start with draining a": a deed of the row that is in no step. */
function deedGone(steps: readonly StepDraft[], cells: readonly Cell[]): string | undefined {
  const isDone = (phrase: string): boolean => steps.some((step) => wordsOf(step).includes(phrase));
  const begin = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      /^(start|begin|starting|beginning) (with|by)$/.test(cell.low) &&
      senseOf(cells[at + 1], 'verb')?.form === 'ing',
  );
  const deed = begin < 0 ? undefined : cells[begin + 1];
  if (deed && !isDone(senseOf(deed, 'verb')!.phrase)) return deed.text;
  // "uncordon everything that is cordoned, drain a first"
  const begun = partsOf(cells).find(({ cells: said }) => {
    const verb = said.find((cell) => !isWord(cell, 'filler', 'first') || senseOf(cell, 'verb'))!;
    const next = said[said.indexOf(verb) + 1];
    const phrase = verb && !verb.quoted && !senseOf(verb, 'name') ? senseOf(verb, 'verb')?.phrase : undefined;
    return (
      phrase !== undefined &&
      senseOf(verb, 'verb')!.form === 'base' &&
      changing.test(phrase) &&
      isWord(next, 'everything', 'all', 'both') &&
      !isRead(verb, steps) &&
      !isDone(phrase)
    );
  });
  if (begun) return begun.cells.map((cell) => cell.text).join(' ');
  const isPast = (cell: Cell): boolean =>
    !cell.quoted && senseOf(cell, 'verb')?.form === 'ed' && !senseOf(cell, 'name');
  const isReadPast = cells.some(
    (cell) =>
      isPast(cell) &&
      steps.some(({ evidence }) =>
        evidence.some(({ part, start }) => part === 'verb' && start === cell.start),
      ),
  );
  if (!isReadPast) return undefined;
  const row = partsOf(cells).filter((part) =>
    part.cells.every(
      (cell) =>
        isPast(cell) || nameOf(cell) || isWord(cell, 'det', 'filler', 'first', 'pronoun', 'afterwards'),
    ),
  );
  const gone = row
    .flatMap((part) => part.cells)
    .find((cell) => isPast(cell) && !isDone(senseOf(cell, 'verb')!.phrase));
  return row.length > 1 ? gone?.text : undefined;
}

const changing =
  /^(stop|start|reboot|restart|delete|remove|drain|cordon|uncordon|suspend|resume|scale|resize|attach|detach|snapshot|tag|untag|close|open|roll back)$/;

/** "migrate a to b, storage to ds-ssd": something else that goes somewhere or gets a size. */
function tailGone(steps: readonly StepDraft[], cells: readonly Cell[]): string | undefined {
  const parts = partsOf(cells);
  const isMade = (cell: Cell): boolean =>
    steps.some(
      ({ operation, evidence }) =>
        !/^(metrics|list|show|logs)\./.test(operation) &&
        evidence.some(({ start, end }) => start < cell.end && cell.start < end),
    );
  const gone = parts.find(({ cells: said }, at) => {
    const to = said.findIndex(
      (cell) => !cell.quoted && (/^(to|onto|into)$/.test(cell.low) || isWord(cell, 'arrow')),
    );
    const noun = said.slice(0, to).filter((cell) => !isWord(cell, 'det', 'their', 'filler') || nameOf(cell));
    const goal = said[to + 1];
    if (at === 0 || to < 1 || to + 2 < said.length - 1 || !goal || noun.length !== 1 || goal.quoted)
      return false;
    const isPart = noun.every((cell) => !cell.quoted && !nameOf(cell) && part.test(cell.low));
    const isGoal =
      goal.senses.every(({ t }) => t === 'part' || t === 'prefix') ||
      (nameOf(goal) ?? senseOf(goal, 'value')) !== undefined;
    const isAfterOrder = parts.slice(0, at).some((one) => one.cells.some(isMade));
    return isPart && isGoal && isAfterOrder && !isMade(goal);
  });
  return gone?.cells.map((cell) => cell.text).join(' ');
}

/** "reboot a, then b, and a again at the end", "…, the stopped ones start", "snapshot a as x and b as y": one more that is in no step. */
function againGone(steps: readonly StepDraft[], cells: readonly Cell[]): string | undefined {
  const used = JSON.stringify(steps.map(({ target, args }) => [target, args]));
  const only = partsOf(cells).find(({ cells: said }) => {
    const verb = said.at(-1)!;
    // "stop the first, the second only reboot"
    return (
      said.length > 2 &&
      /^(only|just)$/.test(said.at(-2)!.low) &&
      senseOf(verb, 'verb')?.form === 'base' &&
      !isRead(verb, steps) &&
      !said.slice(0, -2).some((cell) => cell.quoted || senseOf(cell, 'verb'))
    );
  });
  if (only) return only.cells.map((cell) => cell.text).join(' ');
  const at = cells.findIndex((cell, index) => {
    if (cell.quoted) return false;
    const ids = nameOf(cell);
    const isSecond = cells.slice(0, index).some((one) => !one.quoted && one.low === cell.low);
    const isMarked = isWord(cells[index - 1], 'and', 'comma', 'stop', 'afterwards');
    if (ids && isSecond && isMarked && isWord(cells[index + 1], 'again'))
      return steps.filter((step) => idsOf(step).some((id) => ids.includes(id))).length < 2;
    const isOnes = cell.low === 'ones' && senseOf(cells[index - 1], 'status') !== undefined;
    const verb = cells[index + 1];
    if (isOnes && senseOf(verb, 'verb')?.form === 'base' && !isRead(verb!, steps))
      return cells[index + 2] === undefined || isWord(cells[index + 2], 'stop', 'filler', 'comma');
    const isNamed = isWord(cells[index - 1], 'and') && cells[index + 1]?.low === 'as';
    return isNamed && ids !== undefined && !ids.some((id) => used.includes(JSON.stringify(id)));
  });
  return at < 0
    ? undefined
    : cells
        .slice(at, at + 3)
        .map((cell) => cell.text)
        .join(' ');
}

/** "a and b to m5.xlarge, c a size smaller": what another one is to become. */
function ownGone(steps: readonly StepDraft[], cells: readonly Cell[]): string | undefined {
  const used = JSON.stringify(steps.map(({ target, args }) => [target, args]));
  const parts = partsOf(cells);
  const gone = parts.find(({ cells: said }, at) => {
    const ids = nameOf(said[0]);
    return (
      at > 0 &&
      ids !== undefined &&
      said.length > 1 &&
      !ids.some((id) => used.includes(JSON.stringify(id))) &&
      parts.slice(0, at).some((one) => one.cells.some((cell) => isRead(cell, steps))) &&
      said
        .slice(1)
        .every((cell) => !cell.quoted && !isPredicate(cell) && !isWord(cell, 'be', 'have', 'not')) &&
      said.slice(1).some((cell) => relative.test(cell.low))
    );
  });
  return gone?.cells.map((cell) => cell.text).join(' ');
}

const relative =
  /^(smaller|bigger|larger|more|less|fewer|half|double|twice|triple|higher|lower|one up|one down|one more|one less)$/;

/** "start a as soon as b is stopped, so stop b": what waits for a step has to come behind it. */
function isBeforeCause(steps: readonly StepDraft[], cells: readonly Cell[]): boolean {
  return cells.some((cell, at) => {
    if (
      cell.quoted ||
      !/^(only )?(as soon as|once|when|after|only when|only after|only once)$/.test(cell.low)
    )
      return false;
    const ids = nameOf(cells[at + 1]);
    const done = cells.slice(at + 2, at + 5).find((one) => senseOf(one, 'verb')?.form === 'ed');
    const verb = senseOf(done, 'verb')?.phrase;
    const cause = steps.findIndex(
      (step) =>
        verb !== undefined && ids?.some((id) => idsOf(step).includes(id)) && wordsOf(step).includes(verb),
    );
    const effect = steps.findIndex(
      ({ evidence }, index) =>
        index !== cause && evidence.some(({ part: sort, end }) => sort === 'verb' && end <= cell.start),
    );
    const waits = (one: number): boolean =>
      steps[one]!.after.some((before) => before === cause || waits(before));
    return cause >= 0 && effect >= 0 && !waits(effect);
  });
}

const part =
  /^(storage|disks?|drives?|volumes?|root|root disk|data|network|networks|nics?|address|ips?|memory|ram|cpus?|cores|datastore|files|space|size|capacity|image|flavou?r|replicas|copies|port|name)$/;

const lastWord =
  /^(last|at the end|at the very end|in the end|in the very end|last of all|as the last step|as a last step|last step|last thing)$/;
const firstWord =
  /^(first|firstly|first of all|very first|before that|before this|beforehand|to begin with)$/;
const isPlaceWord =
  /^(at the end|at the very end|in the end|last of all|as the last step|as a last step|at last)$/;

/** "uncordon a last; first drain it": what was said to be last or first, and is not so. */
function isMisordered(steps: readonly StepDraft[], cells: readonly Cell[]): boolean {
  if (steps.length < 2 || !cells.some((cell) => !cell.quoted && /\b(last|first|end|before)\b/.test(cell.low)))
    return false;
  const parts = partsOf(cells);
  // "reboot a at the end, first b": one verb for all, so that the things say which step it is.
  const verbs = steps.map(({ evidence }) => evidence.find(({ part }) => part === 'verb')?.start);
  const ownOf = ({ cells: own }: Part): readonly number[] =>
    steps.flatMap(({ evidence }, at) => {
      const sort = verbs.filter((one) => one === verbs[at]).length > 1 ? 'target' : 'verb';
      const isIn = evidence.some(
        ({ part, start, end }) => part === sort && start < own.at(-1)!.end && own[0]!.start < end,
      );
      return isIn ? [at] : [];
    });
  const waits = (one: number, other: number): boolean =>
    steps[one]!.after.some((before) => before === other || waits(before, other));
  return parts.some((part, at) => {
    const place = placeOf(part);
    // "…, the latter first"
    if (place && at > 0 && place !== 'before' && ownOf(part).length === 0 && part.cells.some(isPointing))
      return true;
    const isAlone = part.isHeading || part.cells.length === 1;
    const isHead = place !== undefined && isAlone && ownOf(part).length === 0;
    const own = isHead && parts[at + 1] ? ownOf(parts[at + 1]!) : ownOf(part);
    if (!place || own.length === 0 || own.length === steps.length) return false;
    const others = steps.flatMap((_, index) => (own.includes(index) ? [] : [index]));
    if (place === 'last') return others.some((one) => own.some((mine) => waits(one, mine)));
    const before = place === 'before' ? parts.slice(0, at).flatMap(ownOf) : others;
    // "second, start b; first, stop a"
    const earlier = at > 0 && isHead ? parts.slice(0, at).flatMap(ownOf) : [];
    return (
      own.some((mine) => before.some((one) => one !== mine && waits(mine, one))) ||
      earlier.some((one) => own.every((mine) => one !== mine && !waits(one, mine)))
    );
  });
}

/** "step 2: start b. step 1: stop a": numbered in another order than they stand. */
function isCountedAround(steps: readonly StepDraft[], cells: readonly Cell[]): boolean {
  if (steps.length < 2) return false;
  const numbers = cells.flatMap((cell, at) => {
    const step =
      /^step (\d)$/.exec(cell.low) ??
      (/^step$/.test(cells[at - 1]?.low ?? '') ? /^(\d)$/.exec(cell.low) : null);
    const isMarked =
      /^\d$/.test(cell.low) && isWord(cells[at + 1], 'close') && !isWord(cells[at - 1], 'prep');
    const number = step?.[1] ?? (isMarked ? cell.low : undefined);
    return cell.quoted || number === undefined ? [] : [Number(number)];
  });
  return numbers.length > 1 && numbers.some((one, at) => at > 0 && one < numbers[at - 1]!);
}

/** "a: stop / b: start / c: -": what stands behind a thing is done with that one. */
function pairTurned(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const isPair = (cell: Cell, at: number): boolean =>
    nameOf(cell) !== undefined &&
    (isWord(cells[at + 1], 'colon') || cells[at + 1]?.low === '=') &&
    (at === 0 || isWord(cells[at - 1], 'comma', 'stop', 'and') || /^[/|]$/.test(cells[at - 1]!.low));
  const pairs = cells.flatMap((cell, at) => (isPair(cell, at) ? [at] : []));
  if (pairs.length < 2) return undefined;
  const turned = pairs.find((at) => {
    const verb = cells[at + 2];
    const own = steps.filter((step) => idsOf(step).some((id) => nameOf(cells[at])!.includes(id)));
    if (verb === undefined || isWord(verb, 'colon', 'comma', 'stop')) return own.length > 0;
    const phrase = senseOf(verb, 'name') ? undefined : senseOf(verb, 'verb')?.phrase;
    return phrase !== undefined && isRead(verb, steps) && !own.some((step) => wordsOf(step).includes(phrase));
  });
  return turned === undefined ? undefined : cells[turned];
}

const isPointing = (cell: Cell): boolean =>
  !cell.quoted &&
  /^(the )?(former|latter|first one|second one|third one|last one|other one|other)$/.test(cell.low);

/** Whether a part says that it comes first or last. */
function placeOf({ cells }: Part): 'first' | 'last' | 'before' | undefined {
  const said = cells.filter((cell) => !isWord(cell, 'filler') || firstWord.test(cell.low));
  const ends = [said[0], said.at(-1)];
  // "the first", "the last one"
  const isThe = (cell: Cell | undefined): boolean => isWord(cells[cells.indexOf(cell!) - 1], 'det');
  const word = ends.find(
    (cell) => cell && !cell.quoted && (lastWord.test(cell.low) || firstWord.test(cell.low)) && !isThe(cell),
  );
  if (!word) return undefined;
  const isStep = said.length === 2 && said[1]!.low === 'step';
  if (word === said[0] && lastWord.test(word.low) && said.length > 1 && !isStep && word.low === 'last')
    return undefined;
  if (lastWord.test(word.low)) return 'last';
  return /^before/.test(word.low) ? 'before' : 'first';
}
