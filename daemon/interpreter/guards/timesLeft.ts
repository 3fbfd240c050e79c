// A time that was asked for and is in no step: "which volumes have we had since january", "logs of a, on the first". A question
// without its time is another question, so it is asked whether it is meant. Times that are only told, and those that say no
// more than "now", are left alone. Called by `heldBack` for what only asks.

import type { QueryReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

const bounds = /^(window_s|from|to|horizon_s)$/;
const present =
  /^(for |as of |at |by )?(now|today|this (morning|afternoon|evening|hour|moment|minute)|right now|tonight)$/;

/** The time that no step keeps to. */
export function timeLeft({ steps }: QueryReading, cells: readonly Cell[]): Doubt | undefined {
  const evidence = steps.flatMap((step) => step.evidence);
  const isBounded = steps.some(
    ({ args, target }) =>
      Object.keys(args).some((name) => bounds.test(name)) ||
      (target?.kind === 'resources' && /"(created|age|last)/.test(JSON.stringify(target.filter ?? {}))),
  );
  const isUsed = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => start < cell.end && cell.start < end);
  const left = cells.find((cell, at) => {
    if (!isBounded && steps.every(isMeasuring) && (isClock(cells, at) || isOccasion(cells, at, isUsed)))
      return true;
    const range = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'time')?.range;
    if (!range || isUsed(cell)) return false;
    if (isBounded) return isBesideTime(cells, at, isUsed);
    return !present.test(cell.low) && isAsked(partOf(cells, at), cell);
  });
  return (
    left && {
      about: 'args.window_s',
      question: `"${left.text}" is in no step of this. Is that what is meant?`,
    }
  );
}

const isMeasuring = ({ operation }: StepDraft): boolean =>
  /^(metrics\.|logs\.|list\.anomaly$)/.test(operation);

/** "cpu of a during the outage", "since the last deploy": a time that nobody here knows, right behind what was read. */
function isOccasion(cells: readonly Cell[], at: number, isUsed: (cell: Cell) => boolean): boolean {
  const [before, noun] = [cells[at - 1], isWord(cells[at + 1], 'det') ? cells[at + 2] : undefined];
  const isLead =
    !cells[at]!.quoted && /^(during|since|until|before|after|around)( the)?$/.test(cells[at]!.low);
  const isNoun = noun ?? (/ the$/.test(cells[at]!.low) ? cells[at + 1] : undefined);
  return isLead && before !== undefined && isUsed(before) && isNoun !== undefined && !senseOf(isNoun, 'time');
}

/** "cpu of a at 3 and at 5": an hour that stands behind all else. */
function isClock(cells: readonly Cell[], at: number): boolean {
  const value =
    cells[at]!.quoted || senseOf(cells[at], 'name') ? undefined : senseOf(cells[at], 'value')?.value;
  const next = cells[at + 1];
  const isEnd = next === undefined || isWord(next, 'stop', 'comma', 'and', 'or', 'same', 'filler');
  return value?.k === 'number' && value.n < 25 && cells[at - 1]?.low === 'at' && isEnd;
}

/** "on monday and on thursday", "monday's and thursday's anomalies": one of two times, of which the other was read. */
function isBesideTime(cells: readonly Cell[], at: number, isUsed: (cell: Cell) => boolean): boolean {
  let before = at - 1;
  while (isWord(cells[before], 'and', 'or', 'same', 'comma', 'prep', 'of', 'det', 'possessive')) before--;
  const other = cells[before];
  const next = cells[at + 1];
  const isEnd =
    next === undefined ||
    isWord(next, 'stop', 'comma', 'and', 'or', 'filler', 'possessive') ||
    senseOf(next, 'kind') !== undefined;
  const [own, read] = [senseOf(cells[at], 'time')?.range, senseOf(other, 'time')?.range];
  if (before === at - 1 || !own || !read || !isUsed(other!) || !isEnd) return false;
  // "over the weekend, saturday and sunday": the same, said at length.
  const isWithin =
    own.fromMs !== undefined &&
    own.toMs !== undefined &&
    own.fromMs >= (read.fromMs ?? Number.POSITIVE_INFINITY) &&
    own.toMs <= (read.toMs ?? Number.NEGATIVE_INFINITY);
  return !isWithin;
}

/** The words between the marks around it. */
function partOf(cells: readonly Cell[], at: number): readonly Cell[] {
  const isMark = (cell: Cell): boolean =>
    !cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'open', 'close');
  const from = cells.slice(0, at).findLastIndex(isMark) + 1;
  const end = cells.slice(at).findIndex(isMark);
  return cells.slice(from, end < 0 ? cells.length : at + end);
}

/** It stands by itself, or in what asks. */
const isAsked = (part: readonly Cell[], time: Cell): boolean =>
  part.every((cell) => cell === time || isWord(cell, 'filler', 'prep', 'and')) ||
  isWord(part[0], 'be', 'do', 'have') ||
  part.some((cell) =>
    isWord(cell, 'ask', 'what', 'howMany', 'listCue', 'showCue', 'who', 'why', 'logCue', 'any', 'when'),
  );
