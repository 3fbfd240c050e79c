// Words that were taken for what they are not: the hour of "open port 22 until 6" for a port, the "it" of "with the owner it
// had" for the owner, "the office" of "from the office" for nothing at all, so that the port would be open to the world. Such
// a plan is offered as a question. Called by `notAsSaid`, over the text as it was typed.

import type { PlanReading, QueryReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** A word that gave an argument it does not say, or bounds it and gave none. */
export function misread({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const word = cells.find(
    (_, at) =>
      isRegionLeft(steps, cells, at) ||
      steps.some(
        (step) => isHour(step, cells, at) || isPointed(step, cells, at) || isFromWhere(step, cells, at),
      ),
  );
  return word && { about: 'args', question: `What does "${word.text}" say here? It was not read so.` };
}

/** "logs without the warnings": the lines that are not wanted, looked for. */
export function deniedLines({ steps }: QueryReading, cells: readonly Cell[]): Doubt | undefined {
  const isDenied = (cell: Cell): boolean => {
    const at = cells.indexOf(cell);
    const lead = cells[isWord(cells[at - 1], 'det', 'any') ? at - 2 : at - 1];
    return isWord(lead, 'except', 'not', 'outside') && !lead!.quoted;
  };
  const word = cells.find((cell) => typeof sayings(steps, cell) === 'string' && isDenied(cell));
  return word && { about: 'args.grep', question: `Lines can only be looked for. Those with "${word.text}"?` };
}

const sayings = (steps: readonly StepDraft[], cell: Cell): string | undefined =>
  steps
    .flatMap(({ evidence }) => evidence)
    .find(({ part, start }) => part === 'args.grep' && start === cell.start)?.text;

/** "in eu and us": one of two places, where nothing is done. */
function isRegionLeft(steps: readonly StepDraft[], cells: readonly Cell[], at: number): boolean {
  const isPlace = (cell: Cell | undefined): boolean => !!cell && senseOf(cell, 'region') !== undefined;
  const isJoined = isWord(cells[at - 1], 'and', 'comma') && isPlace(cells[at - 2]);
  const { start, end } = cells[at]!;
  const isUsed = steps.some(({ evidence }) => evidence.some((one) => one.start < end && start < one.end));
  return isJoined && isPlace(cells[at]) && !senseOf(cells[at], 'name') && !isUsed;
}

const isPort = ({ operation }: StepDraft): boolean => /^(open|close)-port\./.test(operation);

/** "until 6": no port. */
const isHour = (step: StepDraft, cells: readonly Cell[], at: number): boolean =>
  isPort(step) &&
  !cells[at]!.quoted &&
  /^(until|till|til|by|before|after|around)$/.test(cells[at - 1]?.low ?? '') &&
  numberOf(cells[at]!) === step.args.port;

function numberOf(cell: Cell): number | undefined {
  const value = senseOf(cell, 'value')?.value;
  return value?.k === 'number' ? value.n : value?.k === 'port' ? value.port : undefined;
}

/** "owner=it", from "the owner it had before" */
const isPointed = ({ operation, args }: StepDraft, cells: readonly Cell[], at: number): boolean =>
  operation.startsWith('tag.') &&
  !cells[at]!.quoted &&
  /^(it|that|this|they|them|he|she|we|you|what|whatever|which|whoever)$/.test(cells[at]!.low) &&
  cells[at + 1] !== undefined &&
  !isWord(cells[at + 1], 'stop', 'comma', 'and') &&
  Object.values((args.tags ?? {}) as Record<string, string>).includes(cells[at]!.low);

/** "from the office": whose addresses nobody here knows. */
function isFromWhere(step: StepDraft, cells: readonly Cell[], at: number): boolean {
  if (!step.operation.startsWith('open-port.') || step.args.cidr !== undefined) return false;
  const isFrom = cells[at]!.low === 'from' && isWord(cells[at + 1], 'det', 'their');
  const noun = cells[at + 2];
  return isFrom && noun !== undefined && !noun.quoted && noun.senses.every(({ t }) => t === 'part');
}
