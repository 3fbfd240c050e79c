// A reply read with the names of what it points at, where its own words were not understood in the conversation, or only as
// a look: the names are put in, and what comes of it is taken where it is about just the things that were spoken of.
// Called behind every reply's first reading.

import type { QueryReading, Reading } from '../../../shared/model/reading.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBehindDeed } from './converse.ts';
import { isMerelyShown, isOfThese, isShownUnasked, withNameBehind, withSaidNames } from './saidNames.ts';

/** A reply that was not understood, with the names of what it points at; nothing that was done before is destroyed so. */
export function readWithNames(
  typed: readonly Cell[],
  first: Reading,
  request: ReadRequest,
  tools: Tools,
  read: (cells: readonly Cell[], request: ReadRequest) => Reading,
): Reading {
  // "which pods run on that node": a list of nothing, where the node was spoken of.
  const isNone =
    first.kind === 'query' && isOfNothing(first) && typed.some((_, at) => isKindPointed(typed, at));
  const placed = isNone ? withSaidNames(typed, request, tools) : undefined;
  if (placed) {
    const reading = read(placed, { ...request, context: {} });
    const isPlan = reading.kind === 'plan' && reading.risk === 'change' && isOfThese(reading, request);
    return reading.kind !== 'plan' || isPlan ? reading : first;
  }
  const isShown = isShownUnasked(first, typed) || isMerelyShown(first, typed);
  if (!isShown && first.kind !== 'clarify') return first;
  const behind = withNameBehind(typed, request, tools);
  const isBounded = first.kind === 'clarify' && first.about === 'scope';
  const named = behind ?? (isBounded ? undefined : withSaidNames(typed, request, tools));
  if (!named) return first;
  const { connection } = request.context ?? {};
  const reading = read(named, { ...request, context: connection === undefined ? {} : { connection } });
  const isElse =
    reading.kind === 'query' && !isShownUnasked(reading, typed) && !isMerelyShown(reading, typed) && !behind;
  if ((isShown || behind) && reading.kind !== 'plan' && !isElse) return first;
  const isDestroying = reading.kind === 'plan' && reading.risk === 'destroy';
  const isLoose = !typed.some((cell, at) => isWord(cell, 'pronoun') || isKindPointed(typed, at));
  if (!isOfThese(reading, request) || (isDestroying && (isLoose || isBehindDeed(request, tools))))
    return first;
  return reading;
}

/** "those volumes", and no "those" alone. */
const isKindPointed = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at], 'demonstrative', 'both') && senseOf(cells[at + 1], 'kind') !== undefined;

/** A list with nothing in it: something else may be meant. */
export const isOfNothing = ({ steps }: QueryReading): boolean =>
  steps.every(({ target }) => target?.kind === 'resources' && target.ids.length === 0);
