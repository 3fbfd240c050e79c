// Several questions in one text: "is a running and is b connected", "which image is web on in prod, and which one in
// staging?", "the daemonsets and the statefulsets". Each is read by itself, a later one as the next turn of a talk, so that
// "its memory" and "how many of those" are of what was asked before. Where any part is no question, or asks back, the text
// is read as a whole. It only asks: a part that orders something ends it. Called first, beside `readApart`.

import type { QueryReading, Reading, StepDraft } from '../../shared/model/reading.ts';
import type { ReadRequest } from './contract.ts';
import type { Tools } from './filling/readClause.ts';
import { isOrdering } from './told/toldOfQuestion.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isBase, plain, word } from './words/plainCells.ts';

const partsMax = 4;
const wordsMax = 60;

/** "my calls to a time out, why is it so slow?": what a question points at is told before it; undefined elsewhere. */
export function readAfterTold(
  typed: readonly Cell[],
  read: Read,
  request: ReadRequest,
): QueryReading | undefined {
  const at = typed.findLastIndex(
    (_, index) =>
      index > 1 && isMark(typed[index - 1], 'comma', 'stop', 'colon') && isQuestionStart(typed, index),
  );
  const [told, question] = [typed.slice(0, at), typed.slice(at)];
  const isNamed = question.some((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const names = told.filter((cell) => !cell.quoted && senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const ids = [...new Set(names.flatMap((cell) => senseOf(cell, 'name')!.ids))];
  if (at < 2 || isNamed || ids.length !== 1 || !isOpen(question)) return undefined;
  // An order is never told, nor is what may be done.
  if (isOrdering(told) || read(told, request).kind === 'plan') return undefined;
  const { connection } = request.context ?? {};
  const turns = [{ role: 'assistant' as const, text: '', refs: ids }];
  const context = connection === undefined ? { turns } : { connection, turns };
  const reading = read(question, { ...request, context });
  const isOf = ({ target }: StepDraft): boolean =>
    target?.kind === 'resources' && target.ids.includes(ids[0]!);
  return reading.kind === 'query' && reading.steps.every(isOf) ? reading : undefined;
}

const isQuestionStart = (cells: readonly Cell[], at: number): boolean =>
  isQuestionAt(cells, at) ||
  isMark(cells[at], 'ask', 'showCue', 'what', 'when', 'runOut', 'why', 'howMany', 'logCue');

interface Asked {
  readonly cells: readonly Cell[];
  readonly reading: QueryReading;
}

type Read = (cells: readonly Cell[], request: ReadRequest) => Reading;

/** The query of a text that asks several things; undefined where it is to be read as a whole. */
export function readQuestionsApart(
  typed: readonly Cell[],
  read: Read,
  request: ReadRequest,
  tools: Tools,
): QueryReading | undefined {
  if (typed.length > wordsMax || typed.some((cell) => cell.quoted)) return undefined;
  // "tell me, since …, which": what is asked is yet to come.
  const isLed = isMark(typed[0], 'ask') && isMark(typed[1], 'comma');
  const asked = partsOf(isLed ? typed.slice(2) : typed);
  const parts = asked.length > 1 ? asked : listsOf(typed);
  if (parts.length < 2 || parts.length > partsMax) return undefined;
  const steps: StepDraft[] = [];
  let confidence = 1;
  let before: Asked | undefined;
  for (const part of parts) {
    const among = before && ofThose(part, before);
    const own = among ?? (before ? elliptic(part, before) : part);
    const isNext = before && !among && (own !== part || isOpen(own));
    const turned = isNext ? inTurn(own, before!, request, tools) : request;
    const found = read(own, turned);
    if (found.kind !== 'query' || found.steps.some(({ operation }) => operation === 'policy.list'))
      return undefined;
    // "…, and which pods are affected?": a set whose bound nobody knows.
    if (before && isUnbound(own, found)) return undefined;
    const reading = among ? within(found, before!.reading) : found;
    if (!reading) return undefined;
    confidence = Math.min(confidence, reading.confidence);
    // "is it still pegged? cpu …": the figure is the answer.
    if (before && isFigureOf(own, before.reading, reading)) steps.pop();
    for (const step of reading.steps)
      if (!steps.some((one) => isSaid(one, step))) steps.push({ ...step, after: [] });
    before = { cells: own, reading };
  }
  return { kind: 'query', text: request.text, source: 'embedded', confidence, steps };
}

/** A list of everything, where a word that nobody knows may bound it. */
const isUnbound = (part: readonly Cell[], { steps }: QueryReading): boolean =>
  steps.some(
    ({ operation, target }) =>
      operation.startsWith('list.') && target?.kind === 'resources' && !target.filter,
  ) && part.some((cell) => !cell.quoted && cell.senses.length === 0 && /^[a-z]{4,}$/.test(cell.low));

/** Whether a figure without a question word is asked of the one thing whose state was asked before. */
function isFigureOf(part: readonly Cell[], before: QueryReading, { steps }: QueryReading): boolean {
  const [shown, ...others] = before.steps;
  const isShown = shown?.operation.startsWith('show.') === true && others.length === 0;
  const isFragment = part.every(
    (cell) =>
      !/^(how|what)\b/.test(cell.low) && !isMark(cell, 'what', 'how', 'howMany', 'when', 'who', 'why', 'and'),
  );
  return (
    isShown &&
    isFragment &&
    steps.every(({ operation }) => /^(metrics|logs)\./.test(operation)) &&
    idsOf({ ...before, steps }).join() === idsOf(before).join()
  );
}

/** Asked already: the same, or more of what is told of such things anyhow ("how big are they", "and who did it"). */
function isSaid(one: StepDraft, step: StepDraft): boolean {
  if (meaningOf(one) === meaningOf(step)) return true;
  const [of, found] = [one, step].map(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  if (step.operation === 'audit.list' && one.operation === step.operation)
    return found!.length === 0 && Object.keys(step.args).length === 0;
  const isTold = /^(show|explain|list)\./.test(one.operation) && one.args.agg === undefined;
  const isDetail = isTold && step.operation.startsWith('show.');
  return isDetail && found!.length > 0 && found!.every((id) => of!.includes(id));
}

const meaningOf = ({ operation, target, args }: StepDraft): string =>
  JSON.stringify([operation, target?.kind === 'resources' ? target.ids : target, args]);

const isMark = (cell: Cell | undefined, ...marks: readonly string[]): boolean =>
  cell !== undefined && !cell.quoted && !senseOf(cell, 'name')?.exact && isWord(cell, ...marks);

const isPlain = (cell: Cell): boolean => isMark(cell, 'comma', 'and', 'filler', 'stop');

/** The text cut where one question ends and the next one begins. */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const [at, cell] of cells.entries()) {
    const current = parts.at(-1)!;
    const isJoin = isMark(cell, 'comma', 'and') || cell.low === '?';
    const next = nextOf(cells, at);
    const isNew = isJoin && isAsked(current) && (isQuestionAt(cells, next) || isFigureAt(cells, next));
    if (isNew && !isMark(cells[at + 1], 'comma', 'and')) parts.push([]);
    else if (!isNew) current.push(cell);
  }
  return parts.filter((part) => part.some((cell) => !isPlain(cell)));
}

/** "is web-1 still pegged? cpu for the past 45 min": a figure or the logs of what was asked about. */
function isFigureAt(cells: readonly Cell[], at: number): boolean {
  const rest = cells.slice(at);
  const cell = isMark(rest[0], 'det', 'their') ? rest[1] : rest[0];
  const isFigure =
    cell !== undefined && !cell.quoted && (senseOf(cell, 'metric') !== undefined || isMark(cell, 'logCue'));
  return cells[at - 1]?.low === '?' && isFigure && !rest.some((one) => senseOf(one, 'name'));
}

/** What stands behind a join and its courtesy. */
function nextOf(cells: readonly Cell[], at: number): number {
  let next = at + 1;
  while (cells[next] && (isMark(cells[next], 'comma', 'and') || /^(also|then|so)$/.test(cells[next]!.low)))
    next++;
  return next;
}

const asking = [
  'ask',
  'listCue',
  'showCue',
  'howMany',
  'who',
  'why',
  'when',
  'any',
  'logCue',
  'depends',
] as const;

const isAsking = (cell: Cell | undefined): boolean =>
  isMark(cell, ...asking, 'what') || senseOf(cell, 'metric') !== undefined;

/** Whether words ask something: from their beginning, or from behind a mark. */
const isAsked = (cells: readonly Cell[]): boolean =>
  cells.some((cell, at) => {
    const isFirst = cells.slice(0, at).every((one) => isPlain(one) || isMark(one, 'det'));
    if (isFirst) return isAsking(cell) || isQuestionAt(cells, at);
    return isMark(cells[at - 1], 'comma', 'stop', 'colon') && isQuestionAt(cells, at);
  });

const opening =
  /^(what|which|whose|who|how|where|how (many|much|is|are|was|does|did|long|full)|what is|what are|(which|how many|how much) of|which one|which ones|why|when|when will|when is)\b/;

/** Whether a question of its own begins there: with its word, or with a verb and what it is about. */
function isQuestionAt(cells: readonly Cell[], at: number): boolean {
  const [cell, next, third] = cells.slice(at, at + 3);
  if (!cell || cell.quoted || senseOf(cell, 'name')?.exact) return false;
  const end = cells.slice(at).findIndex((one) => isMark(one, 'comma', 'and', 'stop'));
  const length = end < 0 ? cells.length - at : end;
  // "who deleted it and when": of the same.
  if (length < 2) return false;
  if (
    opening.test(cell.low) &&
    (isMark(cell, 'what', 'who', 'howMany', 'when', 'why', 'showCue', 'depends', 'changed') ||
      /^how\b/.test(cell.low))
  )
    return true;
  // "is b connected", "does it have …", "are the nodes ready", "any anomalies"
  const isVerb = /^(is|are|was|were|does|do|did|has|have|will)$/.test(cell.low) && length > 2;
  const isSubject =
    next !== undefined &&
    (senseOf(next, 'name') !== undefined ||
      senseOf(next, 'kind') !== undefined ||
      /^(anyone|anybody|someone|somebody|anything)$/.test(next.low) ||
      (isMark(next, 'det', 'pronoun', 'their', 'any', 'all', 'demonstrative') && third !== undefined));
  if (isVerb && isSubject) return true;
  return isMark(cell, 'any') && senseOf(next, 'kind')?.plural === true;
}

/** "the daemonsets and the statefulsets", "stopped vms and unattached volumes": lists with the words before the first. */
function listsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const kinds = cells.flatMap((cell, at) => (isList(cell) ? [at] : []));
  const [first, second] = kinds;
  if (kinds.length !== 2 || first === undefined || second === undefined) return [];
  const end = cells.findIndex((cell, at) => at > second && isMark(cell, 'comma', 'stop'));
  const list = cells.slice(0, end < 0 ? cells.length : end);
  if (list.some((cell) => isMark(cell, 'not', 'except', 'or', 'if') || (isBase(cell) && !isAsking(cell))))
    return [];
  const and = cells.findIndex((cell, at) => at > first && at < second && isMark(cell, 'and'));
  if (
    and < 0 ||
    senseOf(cells[first], 'kind')!.kinds.some((kind) => senseOf(cells[second], 'kind')!.kinds.includes(kind))
  )
    return [];
  // "vms with volumes and snapshots", "which pods and nodes are …": what stands between bounds the first alone.
  const between = cells.slice(and + 1, second);
  const isOwn = between.every(
    (cell) => isMark(cell, 'det', 'all', 'any', 'comma', 'filler') || isBound(cell),
  );
  const lead = cells.findIndex((cell) => !isLead(cell));
  const isHead = cells.slice(lead, first).every((cell) => isMark(cell, 'det', 'all', 'any') || isBound(cell));
  if (!isOwn || !isHead || lead > first) return [];
  const tail = list.slice(second + 1);
  const isBare = cells.slice(first + 1, and).every((cell) => isPlain(cell));
  // "deployments and statefulsets in prod": of both; a state that is said of the last is its own.
  const places = isBare && !between.some((cell) => isMark(cell, 'det', 'all', 'any')) ? placesIn(tail) : [];
  return [
    [...cells.slice(0, and), ...places],
    [...cells.slice(0, lead), ...cells.slice(and + 1)],
  ];
}

const isList = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'metric') && senseOf(cell, 'kind')?.plural === true;

const isLead = (cell: Cell): boolean =>
  isMark(cell, 'ask', 'listCue', 'showCue', 'what', 'filler', 'howMany') && !senseOf(cell, 'kind');

/** A state or a place that stands before its noun. */
const isBound = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'status') !== undefined || senseOf(cell, 'env') !== undefined || isMark(cell, 'current'));

/** "in prod", "in eu-west-1" right behind. */
function placesIn(tail: readonly Cell[]): readonly Cell[] {
  // "which deployments and cronjobs are in payments"
  if (isMark(tail[0], 'be')) return tail.filter((cell) => !isMark(cell, 'stop'));
  const [prep, place] = tail;
  const isPlace = (senseOf(place, 'env') ?? senseOf(place, 'region') ?? senseOf(place, 'name')) !== undefined;
  return isMark(prep, 'prep') && place && isPlace ? [prep!, place] : [];
}

const elided =
  /^(which one|which ones|which|what|how many|how|how is|was|is|are|were|it|that|the one|one|be)$/;

/** "which one in staging", "how was it yesterday": of the question before only the place or the time is another. */
function elliptic(part: readonly Cell[], { cells, reading }: Asked): readonly Cell[] {
  const said = part.filter((cell) => !isPlain(cell));
  const rest = said.filter((cell) => !elided.test(cell.low) || cell.quoted);
  const isPlaced = rest.every(
    (cell) =>
      isMark(cell, 'prep', 'det') ||
      [senseOf(cell, 'env'), senseOf(cell, 'region'), senseOf(cell, 'time')].some((one) => one !== undefined),
  );
  if (!isPlaced || rest.length === 0 || rest.length === said.length) return part;
  // "how many pods in prod, and how many in staging"
  const isCount = said.some((cell) => isMark(cell, 'howMany'));
  const isListed = reading.steps.every(({ operation }) => operation.startsWith('list.'));
  if (isCount || isListed) return withListIn(cells, said[0]!, rest) ?? part;
  return [plain(said[0]!, 'and', word('and')), ...rest];
}

/** "how many pods are running in prod, and how many in staging": the set as it was bounded, in another place or time. */
function withListIn(cells: readonly Cell[], question: Cell, rest: readonly Cell[]) {
  const kind = cells.findIndex(isList);
  if (kind < 0) return undefined;
  const isTime = (cell: Cell): boolean => senseOf(cell, 'time') !== undefined;
  const lead = [question, ...cells.slice(0, kind).filter(isBound), cells[kind]!];
  const behind = cells.slice(kind + 1).filter((cell) => !isMark(cell, 'stop'));
  const tail = rest.some(isTime) ? behind.filter((cell) => !isTime(cell)) : behind;
  const place = rest.find(isPlaceOrName);
  const isThere = (cell: Cell, at: number): boolean => isPlaceOrName(cell) && isMark(tail[at - 1], 'prep');
  const isOfEnv = (cell: Cell | undefined): boolean => senseOf(cell, 'env') !== undefined;
  const alike = tail.findIndex((cell, at) => isThere(cell, at) && isOfEnv(cell) === isOfEnv(place));
  const at = place && alike < 0 ? tail.findIndex(isThere) : place ? alike : -1;
  if (at < 0) return [...lead, ...tail, ...rest];
  // "running in prod": one word with its place.
  const isSaid = tail[at - 1]!.low.includes(' ') && isMark(rest[0]!, 'prep');
  const there = isSaid ? [tail[at - 1]!, ...rest.slice(1)] : rest;
  return [...lead, ...tail.slice(0, at - 1), ...there, ...tail.slice(at + 1)];
}

const isPlaceOrName = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'name')) !== undefined;

const those = /^(them|those|these|they)( are)?$/;

/** "which of them are in zone b", "how many of those are above 50 GB": of their kind, to be held to what was found. */
function ofThose(part: readonly Cell[], { cells, reading }: Asked): readonly Cell[] | undefined {
  const kind = cells.find(isList);
  const ids = idsOf(reading);
  if (
    !kind ||
    ids.length === 0 ||
    !ids.every((id) => senseOf(kind, 'kind')!.kinds.some((one) => id.includes(`:${one}/`)))
  )
    return undefined;
  const at = part.findIndex((cell) => isMark(cell, 'what', 'howMany'));
  const lead = part[at];
  if (!lead || !part.slice(0, at).every(isPlain)) return undefined;
  const of = isMark(part[at + 1], 'of') ? at + 2 : at + 1;
  const isOf = / of$/.test(lead.low) || of === at + 2;
  const isOnes = /^(which|what) ones?$/.test(lead.low);
  const pointer = part[of];
  if (!isOnes && !(isOf && pointer && those.test(pointer.low))) return undefined;
  const rest = part.slice(isOnes ? at + 1 : of + 1);
  const isCount = isMark(lead, 'howMany');
  const question = isCount
    ? plain(lead, 'how many', word('howMany'))
    : plain(lead, 'which', word('that'), word('what'));
  const are = !isOnes && / are$/.test(pointer!.low) ? [plain(pointer!, 'are', word('be'))] : [];
  // "are any of them stopped"
  const isAny = /^(are|is) any/.test(lead.low);
  return [
    question,
    { ...kind, start: lead.start, end: lead.end },
    ...are,
    ...(isAny ? [plain(lead, 'are', word('be'))] : []),
    ...rest,
  ];
}

/** What was found of what was asked about before. */
function within(reading: QueryReading, before: QueryReading): QueryReading | undefined {
  const ids = new Set(idsOf(before));
  const steps = reading.steps.flatMap((step) =>
    step.target?.kind === 'resources'
      ? [
          {
            ...step,
            target: { kind: 'resources' as const, ids: step.target.ids.filter((id) => ids.has(id)) },
          },
        ]
      : [],
  );
  return steps.length === reading.steps.length ? { ...reading, steps } : undefined;
}

const idsOf = ({ steps }: QueryReading): readonly string[] =>
  steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : []));

/** It is asked of what was spoken of, or names nothing. */
const isOpen = (part: readonly Cell[]): boolean =>
  part.some(
    (cell) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      (isWord(cell, 'pronoun', 'their', 'demonstrative', 'one', 'other', 'same') ||
        /\b(it|its|them|they|those|these|their)\b/.test(cell.low)),
  ) ||
  !part.some(
    (cell) =>
      !cell.quoted && !senseOf(cell, 'env') && (senseOf(cell, 'name')?.exact ?? senseOf(cell, 'kind')),
  );

/** The request as the next turn of a talk in which the part before was asked. */
function inTurn(
  part: readonly Cell[],
  { cells, reading }: Asked,
  request: ReadRequest,
  { inventory }: Tools,
): ReadRequest {
  const found = idsOf(reading);
  const isList = reading.steps.some(({ operation }) => operation.startsWith('list.'));
  const named = [
    ...new Set(
      cells.flatMap((cell) =>
        !cell.quoted && senseOf(cell, 'name')?.exact ? senseOf(cell, 'name')!.ids : [],
      ),
    ),
  ].filter((id) => !/:(namespace|network|subnet)\//.test(id));
  const isOne = part.some((cell) => /\b(it|its)\b/.test(cell.low) && !senseOf(cell, 'name'));
  // "which volumes are on a, and how is its memory": of a, and not of what was found.
  const refs = isList && isOne && named.length === 1 ? named : [...new Set(found)];
  const text = cells.map(({ text }) => text).join(' ');
  const steps = refs === named ? [] : reading.steps;
  const { connection } = request.context ?? {};
  const about = refs.filter((id) => inventory.get(id) !== undefined);
  return {
    ...request,
    context: {
      ...(connection === undefined ? {} : { connection }),
      turns: [
        { role: 'user', text },
        { role: 'assistant', text: '', refs: about, steps },
      ],
    },
  };
}
