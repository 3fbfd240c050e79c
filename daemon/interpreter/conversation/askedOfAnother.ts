// The question of the turn before, asked of another thing, for another figure or over another time: "and web-2?", "same for
// mail-relay", "and its memory?", "what about yesterday?". Whatever words it was asked in, its reading is taken over with
// the other thing, figure or time in the place of its own, and all else is kept. Only a reply that says nothing else is read
// so; only questions are. Called where a reply was read, by the interpreter.

import type { QueryReading, Reading, StepDraft } from '../../../shared/model/reading.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { looseKey } from '../inventory/inventory.ts';
import { type Cell, cellsOf, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';
import { tokenise } from '../words/tokens.ts';
import { environmentSpellings } from '../words/words.ts';
import { askedOfIt } from './askedOfIt.ts';
import { namesOf } from './listed.ts';

type Read = (cells: readonly Cell[], request: ReadRequest) => Reading;

/** The reading of a reply, of a question about what was spoken of, or of the question before it with what it says in it. */
export function askedOfAnother(
  cells: readonly Cell[],
  given: Reading,
  request: ReadRequest,
  tools: Tools,
  read: { readonly text: (request: ReadRequest) => Reading; readonly cells: Read },
): Reading {
  const reading = askedOfIt(cells, given, request, tools, read.cells);
  if (reading.kind === 'plan' || reading.kind === 'refuse') return reading;
  const said = saidIn(cells);
  const earlier = said && questionBefore(request);
  if (!earlier) return reading;
  const before = read.text(earlier);
  const [step, ...others] = before.kind === 'query' ? before.steps : [];
  const ids = step?.target?.kind === 'resources' ? step.target.ids : [];
  if (!step || others.length > 0) return reading;
  const listed = listedThere(step, said, request, read.cells);
  if (listed) return { ...listed, text: request.text };
  if (ids.length === 0 || step.operation.startsWith('list.')) return reading;
  const asked = said.thing.length > 0 ? ofOther(step, ids, said.thing, request, tools, read.cells) : step;
  const whole = asked && withFigures(asked, said, request, tools, read.cells);
  // "and for staging?": the same thing in another place, which is a namespace of its own, too.
  const isThere = whole?.operation !== step.operation && reading.kind === 'query';
  if (!whole || (isThere && reading.steps.some(({ operation }) => operation === step.operation)))
    return reading;
  if (reading.kind === 'query' && isSame(reading, whole)) return reading;
  const evidence = [
    ...evidenceOf(request, 'target', said.thing),
    ...evidenceOf(request, 'args.metric', said.metrics),
    ...evidenceOf(request, 'args.window_s', said.times),
  ];
  const { confidence } = before;
  return {
    kind: 'query',
    text: request.text,
    source: 'embedded',
    confidence,
    steps: [{ ...whole, evidence }],
  };
}

/** "same for kube-system" behind a list of what is in a namespace and bounded by nothing else: the list of that one. */
function listedThere(
  { operation, target, args }: StepDraft,
  { thing, metrics, times }: Said,
  request: ReadRequest,
  read: Read,
): QueryReading | undefined {
  const filter = target?.kind === 'resources' ? (target.filter ?? {}) : {};
  const [verb, kind = ''] = operation.split('.');
  const isPlaced =
    'namespace' in filter && Object.keys(filter).every((key) => /^(kind|namespace)$/.test(key));
  const isPlace = thing.some((cell) => senseOf(cell, 'name')?.ids.some((id) => id.includes(':namespace/')));
  if (verb !== 'list' || !isPlaced || !isPlace || metrics.length + times.length > 0) return undefined;
  const at = thing[0]!;
  const question = [
    plain(at, 'list', word('listCue')),
    plain(at, `${kind}s`, { t: 'kind', kinds: [kind], plural: true }),
    plain(at, 'in', word('prep')),
    ...thing.filter((cell) => !/^(in|on|of|from|for|over)$/.test(cell.low)),
  ];
  const { turns: _, ...context } = request.context ?? {};
  const reading = read(question, { ...request, context });
  const [step, ...others] = reading.kind === 'query' ? reading.steps : [];
  const isThere = step?.target?.kind === 'resources' && step.target.filter !== undefined;
  return reading.kind === 'query' && step?.operation === operation && isThere && others.length === 0
    ? { ...reading, steps: [{ ...step, args }] }
    : undefined;
}

const evidenceOf = ({ text }: ReadRequest, part: string, cells: readonly Cell[]): StepDraft['evidence'] =>
  cells.map(({ start, end }) => ({ part, start, end, text: text.slice(start, end) }));

/** The step over what else is named. */
function ofOther(
  step: StepDraft,
  ids: readonly string[],
  thing: readonly Cell[],
  request: ReadRequest,
  tools: Tools,
  read: Read,
): StepDraft | undefined {
  if (ids.length > 1) return undefined;
  const things =
    inPlace(thing, ids[0]!, tools) ?? thingsOf(thing, ids[0]!, tools) ?? shownBy(thing, request, read);
  const operation = things && operationFor(step.operation, things, tools);
  return operation === undefined
    ? undefined
    : { ...step, operation, target: { kind: 'resources', ids: things! } };
}

const spans = ['window_s', 'from', 'to', 'horizon_s'];

/** The step with the figure and the time that were said: those of the plain question for them. */
function withFigures(
  step: StepDraft,
  { metrics, times }: Said,
  request: ReadRequest,
  tools: Tools,
  read: Read,
): StepDraft | undefined {
  if (metrics.length + times.length === 0) return step;
  const [verb] = step.operation.split('.');
  const ids = step.target?.kind === 'resources' ? step.target.ids : [];
  const first = tools.inventory.get(ids[0] ?? '');
  const at = metrics[0] ?? times[0]!;
  const { metric = 'cpu' } = step.args as { readonly metric?: string };
  const figure = metrics.map((cell) => plain(cell, cell.low, senseOf(cell, 'metric')!));
  if (!first || metrics.length > 1 || !/^(metrics|logs|forecast)$/.test(verb!)) return undefined;
  if (verb === 'logs' && metrics.length > 0) return undefined;
  const question = [
    ...(verb === 'forecast' ? [plain(at, 'forecast', word('when'))] : []),
    ...(verb === 'logs' ? [plain(at, 'logs', word('logCue'))] : figure),
    ...(verb !== 'logs' && figure.length === 0
      ? cellsOf(tokenise(metric), tools.lexicon, tools.inventory, tools.nowMs)
      : []),
    plain(at, 'of', word('of')),
    ...namesOf([first], [at]),
    ...times,
  ];
  const { turns: _, ...context } = request.context ?? {};
  const reading = read(question, { ...request, context });
  const [plainly, ...others] = reading.kind === 'query' ? reading.steps : [];
  if (!plainly || others.length > 0 || plainly.operation !== step.operation) return undefined;
  const taken = Object.entries(plainly.args).filter(
    ([name]) => (times.length > 0 && spans.includes(name)) || (metrics.length > 0 && name === 'metric'),
  );
  const kept = Object.entries(step.args).filter(([name]) => !(times.length > 0 && spans.includes(name)));
  return taken.length > 0 ? { ...step, args: Object.fromEntries([...kept, ...taken]) } : undefined;
}

const wordsMax = 10;
const leads =
  /^(and|also|then|now|next|so|ok|okay|what|how|about|what about|how about|and what about|and how about|for|of|on|with|the same|same|same for|the same for|do the same for|same thing for|likewise|again for|instead|rather|sorry|no|i meant|i mean|make that|make it|not that one|please|pls|plz|thanks|too|as well|instead|\?|,|\.|:|!)$/;
const inPhrase = ['name', 'kind', 'env', 'region', 'provider', 'part'] as const;

const isLink = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'det', 'and', 'one') || /^(the one|in|on|of|from|for|over|namespace|region)$/.test(cell.low));

interface Said {
  readonly thing: readonly Cell[];
  readonly metrics: readonly Cell[];
  readonly times: readonly Cell[];
}

/** The thing, figure and time of a reply, where it says nothing else and is meant to go on: marked as such, or asked. */
function saidIn(cells: readonly Cell[]): Said | undefined {
  if (cells.length > wordsMax) return undefined;
  const isTime = (cell: Cell): boolean =>
    !cell.quoted && (senseOf(cell, 'time') !== undefined || senseOf(cell, 'value')?.value.k === 'duration');
  const isLead = (cell: Cell): boolean =>
    !cell.quoted &&
    !senseOf(cell, 'name') &&
    !isTime(cell) &&
    (leads.test(cell.low) || isWord(cell, 'same', 'filler', 'stop', 'comma', 'their'));
  const from = cells.findIndex((cell) => !isLead(cell));
  const to = cells.findLastIndex((cell) => !isLead(cell));
  const isMarked = from > 0 || cells.slice(to + 1).some(({ low }) => low === '?');
  const said = from < 0 ? [] : cells.slice(from, to + 1);
  const isMetric = (cell: Cell): boolean =>
    !cell.quoted && senseOf(cell, 'metric') !== undefined && !senseOf(cell, 'name');
  const rest = said.filter((cell) => !isTime(cell) && !isMetric(cell));
  const isPhrase = rest.every((cell) => isLink(cell) || inPhrase.some((sort) => senseOf(cell, sort)));
  const isNamed = rest.some(
    (cell) => senseOf(cell, 'name') ?? senseOf(cell, 'env') ?? senseOf(cell, 'region'),
  );
  if (!isMarked || !isPhrase || (!isNamed && !rest.every(isLink))) return undefined;
  const first = rest.findIndex((cell) => !isLink(cell) || isWord(cell, 'det'));
  const last = rest.findLastIndex((cell) => !isLink(cell));
  const thing = isNamed ? rest.slice(first, last + 1) : [];
  const found = { thing, metrics: said.filter(isMetric), times: said.filter(isTime) };
  return found.times.length > 1 || thing.length + found.metrics.length + found.times.length === 0
    ? undefined
    : found;
}

/** The request that the last turn of the person was. */
function questionBefore(request: ReadRequest): ReadRequest | undefined {
  const turns = request.context?.turns ?? [];
  const at = turns.findLastIndex(({ role }) => role === 'user');
  return at < 0
    ? undefined
    : { ...request, text: turns[at]!.text, context: { ...request.context, turns: turns.slice(0, at) } };
}

/** Whether a reading already asks just that. */
const isSame = ({ steps }: QueryReading, { operation, args, target }: StepDraft): boolean =>
  steps.length === 1 &&
  steps[0]!.operation === operation &&
  JSON.stringify(sorted(steps[0]!.args)) === JSON.stringify(sorted(args)) &&
  JSON.stringify(steps[0]!.target) === JSON.stringify(target);

const sorted = (args: StepDraft['args']): readonly unknown[] =>
  Object.entries(args).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** "and in staging?", "the dev one?": its namesake there, where there is just one. */
function inPlace(said: readonly Cell[], before: string, { inventory }: Tools): readonly string[] | undefined {
  const [place, ...others] = said.filter((cell) => !isLink(cell));
  const old = inventory.get(before);
  if (!place || others.length > 0 || !old) return undefined;
  const word = senseOf(place, 'env')?.value ?? place.low;
  const places = environmentSpellings[word] ?? [word];
  const twins = inventory
    .byKey(looseKey(old.name))
    .filter(({ kind, id }) => kind === old.kind && id !== old.id)
    .filter(({ namespace, region, tags }) =>
      [namespace, region, tags.env].some((one) => one !== undefined && places.includes(one)),
    );
  return twins.length === 1 ? [twins[0]!.id] : undefined;
}

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
