// A time that was asked for and is in no step: "which volumes have we had since january", "logs of a, on the first". A question
// without its time is another question, so it is asked whether it is meant. Times that are only told, and those that say no
// more than "now", are left alone. Called by `heldBack` for what only asks.

import type { QueryReading } from '../../../shared/model/reading.ts';
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
  if (isBounded) return undefined;
  const left = cells.find((cell, at) => {
    const range = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'time')?.range;
    if (!range || present.test(cell.low)) return false;
    if (evidence.some(({ start, end }) => start < cell.end && cell.start < end)) return false;
    return isAsked(partOf(cells, at), cell);
  });
  return (
    left && {
      about: 'args.window_s',
      question: `"${left.text}" is in no step of this. Is that what is meant?`,
    }
  );
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
