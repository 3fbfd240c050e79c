// The question of the turn before, asked of another thing: "and web-2?", "what about prod redis?", "same for
// mail-relay". Whatever words it was asked in, its reading is taken over with the other thing in the place of the one it
// was about: the same figure, the same time, the same lines. Only a reply that names a thing, and says nothing else, is
// read so; only questions are. Called where a reply was read, by the interpreter.

import type { QueryReading, Reading, StepDraft } from '../../../shared/model/reading.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';
import { askedOfIt } from './askedOfIt.ts';

type Read = (cells: readonly Cell[], request: ReadRequest) => Reading;

/** The reading of a reply, of a question about what was spoken of, or of the question before it asked of what it names. */
export function askedOfAnother(
  cells: readonly Cell[],
  given: Reading,
  request: ReadRequest,
  tools: Tools,
  read: { readonly text: (request: ReadRequest) => Reading; readonly cells: Read },
): Reading {
  const reading = askedOfIt(cells, given, request, tools, read.cells);
  if (reading.kind === 'plan' || reading.kind === 'refuse') return reading;
  const named = namedIn(cells);
  const earlier = named && questionBefore(request);
  if (!earlier) return reading;
  const before = read.text(earlier);
  const [step, ...others] = before.kind === 'query' ? before.steps : [];
  const [id, ...more] = step?.target?.kind === 'resources' ? step.target.ids : [];
  const [verb] = step?.operation.split('.') ?? [];
  if (before.kind !== 'query' || !step || id === undefined || others.length + more.length > 0) return reading;
  if (verb === 'list' || (reading.kind === 'query' && isSameQuestion(reading, step, id))) return reading;
  const things = thingsOf(named, id, tools) ?? shownBy(named, request, read.cells);
  const operation = things && operationFor(step.operation, things, tools);
  if (!things || operation === undefined) return reading;
  const evidence = named.map(({ start, end }) => ({
    part: 'target',
    start,
    end,
    text: request.text.slice(start, end),
  }));
  const target = { kind: 'resources', ids: things } as const;
  const { confidence } = before;
  const steps = [{ ...step, operation, target, evidence }];
  return { kind: 'query', text: request.text, source: 'embedded', confidence, steps };
}

const wordsMax = 10;
const leads =
  /^(and|also|then|now|next|so|ok|okay|what|how|about|what about|how about|and what about|and how about|for|of|on|with|the same|same|same for|the same for|do the same for|same thing for|likewise|again for|instead|rather|sorry|no|i meant|i mean|not that one|please|pls|plz|thanks|too|as well|instead|\?|,|\.|:|!)$/;
const inPhrase = ['name', 'kind', 'env', 'region', 'provider', 'part'] as const;

/** The thing that a reply names, where it says nothing else and is meant to go on: marked as such, or asked. */
function namedIn(cells: readonly Cell[]): readonly Cell[] | undefined {
  if (cells.length > wordsMax) return undefined;
  const isLead = (cell: Cell): boolean =>
    !cell.quoted &&
    !senseOf(cell, 'name') &&
    (leads.test(cell.low) || isWord(cell, 'same', 'filler', 'stop', 'comma'));
  const from = cells.findIndex((cell) => !isLead(cell));
  const to = cells.findLastIndex((cell) => !isLead(cell));
  const isMarked = from > 0 || cells.slice(to + 1).some(({ low }) => low === '?');
  const said = from < 0 ? [] : cells.slice(from, to + 1);
  const isPhrase = said.every(
    (cell) =>
      inPhrase.some((sort) => senseOf(cell, sort)) ||
      isWord(cell, 'det', 'and') ||
      /^(in|on|of|from|namespace|region)$/.test(cell.low),
  );
  const isNamed = said.some((cell) => senseOf(cell, 'name'));
  return isMarked && isPhrase && isNamed ? said : undefined;
}

/** The request that the last turn of the person was. */
function questionBefore(request: ReadRequest): ReadRequest | undefined {
  const turns = request.context?.turns ?? [];
  const at = turns.findLastIndex(({ role }) => role === 'user');
  return at < 0
    ? undefined
    : { ...request, text: turns[at]!.text, context: { ...request.context, turns: turns.slice(0, at) } };
}

/** Whether a reading already asks the same of another thing, with the same figure and time. */
const isSameQuestion = ({ steps }: QueryReading, { operation, args }: StepDraft, before: string): boolean =>
  steps.length === 1 &&
  steps[0]!.operation === operation &&
  JSON.stringify(steps[0]!.args) === JSON.stringify(args) &&
  !(steps[0]!.target?.kind === 'resources' && steps[0]!.target.ids.includes(before));

/** A name alone: of what it names, the one of the kind of the thing before, in its place where there are several. */
function thingsOf(
  named: readonly Cell[],
  before: string,
  { inventory }: Tools,
): readonly string[] | undefined {
  const plainly = named.filter((cell) => !isWord(cell, 'det'));
  const ids = plainly.length === 1 ? senseOf(plainly[0], 'name')?.ids : undefined;
  const old = inventory.get(before);
  const alike = (ids ?? []).filter((id) => inventory.get(id)?.kind === old?.kind);
  const near = alike.filter((id) => inventory.get(id)?.namespace === old?.namespace);
  return [near, alike].find((some) => some.length === 1);
}

/** What would be shown, were it asked to be. */
function shownBy(named: readonly Cell[], request: ReadRequest, read: Read): readonly string[] | undefined {
  const show = plain(named[0]!, 'show', word('ask'), word('showCue'));
  const { turns: _, ...context } = request.context ?? {};
  const reading = read([show, ...named], { ...request, context });
  const [step, ...others] = reading.kind === 'query' ? reading.steps : [];
  const isShown = step && others.length === 0 && /\bshow\b/.test(step.operation);
  return isShown && step.target?.kind === 'resources' && step.target.ids.length > 0
    ? step.target.ids
    : undefined;
}

/** The operation on things of another kind, where there is such a one. */
function operationFor(
  operation: string,
  ids: readonly string[],
  { inventory, catalogue }: Tools,
): StepDraft['operation'] | undefined {
  const kinds = new Set(ids.map((id) => inventory.get(id)?.kind));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined) return undefined;
  const [verb, sort] = operation.split('.') as [string, string];
  if (verb === 'topology' || (verb === kind && sort === 'show')) return operation as StepDraft['operation'];
  const other = `${verb}.${kind}`;
  return catalogue.has(other) ? (other as StepDraft['operation']) : undefined;
}
