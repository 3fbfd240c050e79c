// An answer of more than was asked for is the worst of answers: it looks whole. Every word of a question that could bound
// it (a tag, a place, a state, a figure, a time, a comparison, a denial, the kind itself) has to have given something to
// what was read, or stand where something is only told; else the reading is not good enough, and another one is tried.
// Nothing is narrowed here. Called by `heldBack` on what asks.

import type { QueryReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import { environmentSpellings } from '../words/words.ts';
import { type Doubt, partsOf } from './objections.ts';

/** The question about a bound that the reading does not keep. */
export function droppedBound(
  reading: QueryReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const read = readBy(reading, inventory);
  const dropped = saidParts(cells, read.evidence).flatMap((part) =>
    part.filter((_, at) => isDropped(part, at, read, cells)),
  );
  const [first] = dropped;
  if (first) return { about: 'target', question: `What does "${first.text}" say of them? It was not read.` };
  const idle = reading.steps.find((step) => excludesNothing(step, inventory));
  if (idle)
    return {
      about: 'target',
      question: 'Nothing of that sort is there that could be left out. Are all meant?',
    };
  // "in state Pendin": nothing is so, since nobody knows the word.
  const isEmpty = read.isOfSet && read.targets.length === 0;
  const open = isEmpty ? cells.find((cell) => isOpen(cell) && read.isUsed(cell)) : undefined;
  return open && { about: 'target', question: `Nothing is "${open.text}". Which ones are meant?` };
}

/** "which vms are not ours", "with no monitoring": what would be left out is no word of any of them. */
function excludesNothing({ operation, target }: StepDraft, inventory: Inventory): boolean {
  const filter = target?.kind === 'resources' ? target.filter : undefined;
  const [, kind = ''] = operation.split('.');
  if (!filter || target?.kind !== 'resources' || !operation.startsWith('list.')) return false;
  const isOnly = Object.keys(filter).every((key) => key === 'kind' || key === 'not');
  const words = Array.isArray(filter.not) ? filter.not : [];
  const isOfWords = words.some(
    (one) => one !== null && typeof one === 'object' && ('name_glob' in one || 'namespace' in one),
  );
  return isOnly && isOfWords && target.ids.length > 1 && target.ids.length === inventory.ofKind(kind).length;
}

/** Nobody knows the word. */
const isOpen = (cell: Cell): boolean =>
  !cell.quoted && cell.senses.length === 0 && /^[a-z]{4,}$/.test(cell.low) && !plainWords.has(cell.low);

/** The parts of a text that gave something to what was read, or may say more of it; what is only told is none. */
export const saidParts = (
  cells: readonly Cell[],
  evidence: StepDraft['evidence'],
): readonly (readonly Cell[])[] =>
  partsOf(cells).filter(
    (part) => part.some((cell) => !isWord(cell, 'comma', 'stop') && isBy(evidence, cell)) || !isTold(part),
  );

const isBy = (evidence: StepDraft['evidence'], cell: Cell): boolean =>
  evidence.some(({ start, end }) => start < cell.end && cell.start < end);

interface ReadOf {
  readonly steps: readonly StepDraft[];
  readonly targets: readonly Resource[];
  /** It is about a set: a list, or figures or a count of one. */
  readonly isOfSet: boolean;
  /** It is about something that has a time. */
  readonly isTimed: boolean;
  readonly evidence: StepDraft['evidence'];
  readonly isUsed: (cell: Cell) => boolean;
  /** Keys and values of filters and arguments, in lower case. */
  readonly values: ReadonlySet<string | number>;
}

function readBy({ steps }: QueryReading, inventory: Inventory): ReadOf {
  const evidence = steps.flatMap((step) => step.evidence);
  const values = new Set<string | number>();
  for (const { args, target } of steps) {
    collect(args, values);
    if (target?.kind === 'resources') collect(target.filter ?? null, values);
  }
  const ids = new Set(steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])));
  return {
    steps,
    targets: [...ids].flatMap((id) => inventory.get(id) ?? []),
    isOfSet:
      steps.some(({ operation }) => operation.startsWith('list.')) ||
      (ids.size > 1 && steps.some(({ operation }) => operation.startsWith('metrics.'))),
    isTimed: steps.some(({ operation }) => /^(metrics|logs|show|list\.anomaly|audit)\b/.test(operation)),
    evidence,
    isUsed: (cell) => isBy(evidence, cell),
    values,
  };
}

function collect(value: Json | undefined, into: Set<string | number>): void {
  if (typeof value === 'number') into.add(value);
  else if (typeof value === 'string') into.add(value.toLowerCase());
  else if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) {
      if (!Array.isArray(value)) into.add(key.toLowerCase());
      collect(one, into);
    }
}

const telling =
  /^(i|we|they|he|she|it|you|there|nobody|somebody|someone|everybody|people|none|because|since|so that|before|after|until|while)( |$)/;
const finite =
  /^(is|are|was|were|am|has|have|had|does|do|did|can|cannot|could|will|would|may|might|must|should|need|needs|want|wants|went|got|came)\b/;

/** "I only care about prod": told, and yet it bounds. */
const caring =
  /\b(only|just|mostly|mainly|merely|solely) (\w+ )?(care|caring|interested|concerned|want|need|mean|meant|looking|look|after)\b|\b(care|interested|concerned|mean|meant) (\w+ )?only\b/;
const wordsOf = (part: readonly Cell[]): string =>
  part.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');

/** A part with a verb of its own behind its subject tells something; "leave the control plane out" and "prod only" do not. */
function isTold(part: readonly Cell[]): boolean {
  const first = part.find((cell) => !isWord(cell, 'and', 'filler') || telling.test(cell.low));
  if (!first || first.quoted || caring.test(wordsOf(part))) return false;
  if (telling.test(first.low)) return true;
  return part.some(
    (cell, at) =>
      at > 0 &&
      !cell.quoted &&
      (finite.test(cell.low) || isWord(cell, 'be', 'have') || senseOf(cell, 'verb')?.form === 's'),
  );
}

/** A word of a part that bounds, and that gave nothing. */
function isDropped(part: readonly Cell[], at: number, read: ReadOf, cells: readonly Cell[]): boolean {
  const cell = part[at]!;
  if (cell.quoted || read.isUsed(cell) || isNamed(cell)) return false;
  const value = senseOf(cell, 'value')?.value;
  if (senseOf(cell, 'time')) return read.isTimed && isTimeDropped(part, at, read);
  // "is the tag owner equal to bob on web-1": what is shown tells it.
  if (value?.k === 'tags') return read.isOfSet || !isYesNo(cells) || !read.targets.every(isNamedIn(cells));
  // "the lines that do not mention health"
  const isOfLogs = read.steps.every(({ operation }) => operation.startsWith('logs.'));
  if (isOfLogs && isDenial(part, at))
    return /^(mention|contain|include|have|match|show|say)/.test(part[at + 1]?.low ?? '');
  if (!read.isOfSet) return false;
  if (isDenial(part, at))
    return (
      !read.values.has('not') &&
      !read.values.has('attached') &&
      !read.values.has('healthy') &&
      !isOtherState(part, at, read)
    );
  if (isPlaceDropped(cell, read, cells)) return true;
  if (isWord(cell, ...comparing) && !isWord(cell, 'prep', 'filler', 'top', 'least', 'last', 'or'))
    return (
      !isFiltered(read, /_(gt|lt|gte|lte)$|^created_/) &&
      !read.steps.some(({ operation }) => operation.startsWith('metrics.'))
    );
  return isStateDropped(part, at, read) || isKindDropped(part, at, read);
}

const comparing = [
  'older',
  'newer',
  'more',
  'less',
  'createdBefore',
  'createdAfter',
  'startingWith',
  'endingWith',
  'tagged',
];

const isFiltered = ({ values }: ReadOf, keys: RegExp): boolean =>
  [...values].some((value) => typeof value === 'string' && keys.test(value));

const isYesNo = (cells: readonly Cell[]): boolean =>
  isWord(
    cells.find((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'be', 'have', 'do')),
    'be',
    'have',
    'do',
  );

const isNamedIn =
  (cells: readonly Cell[]) =>
  ({ id }: Resource): boolean =>
    cells.some((cell) => isNamed(cell) && senseOf(cell, 'name')!.ids.includes(id));

const isNamed = (cell: Cell): boolean => senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env');

/** "on tuesday and wednesday": a time of which nothing was made, and which says no more of one that was read. */
function isTimeDropped(part: readonly Cell[], at: number, { isUsed, steps }: ReadOf): boolean {
  const isTimeRead = steps.some(({ args }) => args.window_s ?? args.from ?? args.to);
  const isJoined =
    isWord(part[at - 1], 'and') && senseOf(part[at - 2], 'time') !== undefined && isUsed(part[at - 2]!);
  return !isTimeRead || isJoined;
}

/** "leave the control plane out", "without a team", "not the dev ones"; "keeps dying" and "but is it up" deny nothing. */
function isDenial(part: readonly Cell[], at: number): boolean {
  const cell = part[at]!;
  if (/^(keep|keeping|but|bar|ex|skip)$/.test(cell.low) || isWord(cell, 'filler', 'prep')) return false;
  if (/^(nothing|no|nobody)$/.test(cell.low) && at === 0) return false;
  // "broken or not"
  if (part[at - 1]?.low === 'or') return false;
  return (
    isWord(cell, 'not', 'except', 'outside') ||
    /^(without|lacking|missing|neither|nor|minus|nobody|nothing)$/.test(cell.low)
  );
}

/** "firing that nobody has acked", "did not finish well" as failed: a thing has one state, and the one read is another. */
function isOtherState(part: readonly Cell[], at: number, { values }: ReadOf): boolean {
  const denied = part.slice(at + 1, at + 4).find(({ low }) => ended.test(low));
  return denied !== undefined && values.has('status') && !values.has(denied.low);
}

const ended =
  /^(ack|acked|acknowledged|silenced|muted|resolved|finish|finished|complete|completed|succeed|succeeded|end|ended)$/;

/** "the prod ones", where some of what was read are elsewhere than in any place that is said. */
function isPlaceDropped(cell: Cell, { targets, values }: ReadOf, cells: readonly Cell[]): boolean {
  const sort = placeSorts.find((one) => cell.senses.some(({ t }) => t === one));
  if (!sort || spellingsOf(cell).some((place) => values.has(place))) return false;
  const places = new Set(cells.filter((one) => one.senses.some(({ t }) => t === sort)).flatMap(spellingsOf));
  return targets.some((one) => !placesOf(one).some((place) => places.has(place)));
}

const placeSorts = ['env', 'region', 'provider'] as const;

function spellingsOf(cell: Cell): readonly string[] {
  const env = senseOf(cell, 'env')?.value;
  const provider = senseOf(cell, 'provider')?.value;
  return [
    ...(env === undefined ? [] : (environmentSpellings[env] ?? [env])),
    ...(senseOf(cell, 'region')?.values ?? []),
    ...(provider === undefined ? [] : [provider]),
  ];
}

const placesOf = ({ namespace, zone, region, provider, tags, name }: Resource): readonly string[] =>
  [namespace, zone, region, provider, ...Object.values(tags), ...name.split(/[-_.]/)].flatMap((place) =>
    place === undefined ? [] : [place.toLowerCase()],
  );

/** "running or not", "including the stopped ones", "stopped ones included": all of them, whatever their state. */
function isInclusive(part: readonly Cell[], at: number): boolean {
  const near = part.slice(Math.max(0, at - 3), at + 4).map(({ low }) => low);
  return near.some((low) =>
    /^(or|including|included|include|incl|inclusive|counting|whether|regardless|too|as well|also)$/.test(low),
  );
}

/** "which are suspended": a state said of a set that is not in its filter. */
function isStateDropped(part: readonly Cell[], at: number, read: ReadOf): boolean {
  const cell = part[at]!;
  const isLooked = read.steps.every(({ operation }) => operation.startsWith('list.'));
  if (!isLooked || !senseOf(cell, 'status') || senseOf(cell, 'verb')?.form === 'base') return false;
  if (
    isWord(cell, 'prep', 'filler') ||
    /^(on|off|up|down|done|complete|taken|new|open|all|used|free)$/.test(cell.low)
  )
    return false;
  if (isInclusive(part, at)) return false;
  return !isFiltered(
    read,
    /^(status|healthy|severity|attached|suspended|enabled|ready|acked|attached_to|node|not)$/,
  );
}

/** "which of our vms are stopped", read as a list of nodes: the kind that was said is not the one that is listed. */
function isKindDropped(part: readonly Cell[], at: number, { steps, isUsed, isOfSet }: ReadOf): boolean {
  const kinds = senseOf(part[at], 'kind')?.plural === true ? senseOf(part[at], 'kind')!.kinds : [];
  if (kinds.length === 0 || !isOfSet || kinds.every((kind) => /^(namespace|cluster)$/.test(kind)))
    return false;
  const own = steps.map(({ operation }) => operation.slice(operation.lastIndexOf('.') + 1));
  const isKindRead = part.some((cell) => senseOf(cell, 'kind') && isUsed(cell));
  return !isKindRead && !kinds.some((kind) => own.includes(kind));
}
