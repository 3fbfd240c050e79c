// "Before you detach a, stop b, then attach it": what is put off by the first words may come in front of what "then" begins,
// or behind all of it, and a plan has but one of the two. Such a plan is offered as a question. Called by `notAsSaid`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { isPostponed } from '../steps/earlier.ts';
import { type Cell, isWord } from '../words/cells.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** What was put off, where the same sentence goes on behind what comes before it. */
export function postponedAmongSteps({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  if (isAwaitedOnly(steps, cells))
    return { about: 'op', question: 'Is that to be done, too, or was it done?' };
  if (steps.length < 3 || !isPostponed(cells)) return undefined;
  const stop = cells.findIndex((cell) => isWord(cell, 'stop', 'colon') && !cell.quoted);
  const sentence = stop < 0 ? cells : cells.slice(0, stop);
  const lead = sentence.findIndex((cell) => isWord(cell, 'comma') && !cell.quoted);
  const then = sentence.findLast(
    (cell) => !cell.quoted && (isWord(cell, 'afterwards') || /\b(?:when|once|as soon as)\b/.test(cell.low)),
  );
  const startOf = ({ evidence }: PlanReading['steps'][number]): number =>
    evidence.find(({ part }) => part === 'verb')?.start ?? -1;
  const end = sentence.at(-1)?.end ?? 0;
  const later = steps.filter((step) => then && startOf(step) > then.start && startOf(step) < end);
  const off = steps.filter(
    (step) => startOf(step) >= 0 && startOf(step) < (lead < 0 ? (then?.start ?? 0) : sentence[lead]!.start),
  );
  // What is to go can only go last.
  const isBehind = (one: PlanReading['steps'][number], other: PlanReading['steps'][number]): boolean =>
    steps.indexOf(other) < steps.indexOf(one) &&
    (!one.operation.startsWith('delete.') || !idsOf(one).some((id) => idsOf(other).includes(id)));
  const isOpen = later.length > 0 && off.some((one) => later.every((other) => isBehind(one, other)));
  return isOpen
    ? { about: 'op', question: 'Which step comes first, and does it hang on another?' }
    : undefined;
}

/** "after the reboot of a give me its cpu": only when, and nobody ordered it. */
function isAwaitedOnly(steps: PlanReading['steps'], cells: readonly Cell[]): boolean {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const isLed = /^(?:right |directly |just )?(?:after|following)$/.test(cells[first]?.low ?? '');
  const noun = cells[first + 2];
  return (
    isLed &&
    noun !== undefined &&
    /^(?:the|that|this)$/.test(cells[first + 1]!.low) &&
    /^(?:of|on)$/.test(cells[first + 3]?.low ?? '') &&
    steps.some(({ evidence }) => evidence.some(({ part, start }) => part === 'verb' && start === noun.start))
  );
}
