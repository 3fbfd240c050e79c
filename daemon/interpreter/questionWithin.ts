// The question within what is told: "paged. which alerts are firing?", "how many nodes are not ready? the CTO is behind
// me", "no idea which volumes are free". A text is cut into parts; those that only tell are left out, and the rest is read
// by itself, with the thing, the person or the time that was told of in the place of the word that points at it. Nothing
// is left out that orders, wishes, asks or bounds, and what is left must be read as a question. Called by the interpreter
// before all else: what is told beside a question may be neither a question of its own nor a part of it.

import type { QueryReading, Reading } from '../../shared/model/reading.ts';
import { isPerson } from './filling/audit.ts';
import { domainScore } from './guards/domain.ts';
import { firstName } from './guards/noOrder.ts';
import {
  isBoundPlace,
  isMark,
  isOfNothingHere,
  isOrdering,
  isPlace,
  isToldOfQuestion,
  wordsOf,
} from './told/toldOfQuestion.ts';
import { thingIn } from './told/topics.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isThing, plain, word } from './words/plainCells.ts';
import type { TimeRange } from './words/times.ts';

const wordsMax = 70;
const partsMax = 12;

interface Part {
  readonly from: number;
  readonly to: number;
  readonly sort: 'asks' | 'leads' | 'aims' | 'told' | 'orders' | 'open';
}

/** The reading of a question beside which something is told; undefined where there is none, or nothing is told. */
export function questionWithin(
  cells: readonly Cell[],
  read: (question: readonly Cell[]) => Reading,
): QueryReading | undefined {
  if (cells.length > wordsMax || cells.length < 3) return undefined;
  const parts = partsOf(cells);
  if (parts.length < 2 || parts.length > partsMax) return undefined;
  const kept = parts.filter(({ sort }) => sort === 'asks' || sort === 'open');
  if (kept.length === 0 || kept.length === parts.length || parts.some(({ sort }) => sort === 'orders'))
    return undefined;
  const first = parts.indexOf(kept[0]!);
  const last = parts.indexOf(kept.at(-1)!);
  const asked = parts.slice(first, last + 1);
  const isOpen = kept.some(({ sort }) => sort === 'open');
  const left = asked.filter((part) => part.sort !== 'told' || isOpen || !isInserted(cells, part));
  const question = trimmed(
    left.flatMap((part) => cells.slice(part.from, parts[parts.indexOf(part) + 1]?.from ?? cells.length)),
  );
  const told = parts.filter((part) => !left.includes(part)).flatMap(({ from, to }) => cells.slice(from, to));
  const isAsked = kept.some(({ sort }) => sort === 'asks');
  const behind = parts.slice(last + 1).flatMap(({ from, to }) => cells.slice(from, to));
  if (question.length === 0 || (!isAsked && (isPointing(behind) || !isOfNothingHere(told)))) return undefined;
  const whole = withTold(question, told);
  const reading = whole && read(whole);
  if (reading?.kind !== 'query' || !isWhole(reading, whole!, told)) return undefined;
  // "the redis boxes, both of them, up please": nothing asks, and it may be an order.
  return isAsked || read(cells).kind !== 'plan' ? reading : undefined;
}

/** "tell me, since I have no overview, which …": told within what is asked. */
const isInserted = (cells: readonly Cell[], { from, to }: Part): boolean =>
  /^(?:since|because|as|although|though|while|cause|cuz|i|we|sorry)\b/.test(wordsOf(cells.slice(from, to)));

/** "the dev machines, they …": something is said of what is only named. */
const isPointing = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => isWord(cell, 'pronoun', 'demonstrative', 'their') && !cell.quoted);

const asking = [
  'ask',
  'listCue',
  'showCue',
  'logCue',
  'why',
  'what',
  'howMany',
  'who',
  'depends',
  'changed',
  'when',
  'summarize',
  'top',
  'grep',
] as const;

/** How a part of a text begins that asks. */
function isAsking(part: readonly Cell[]): boolean {
  const at = part.findIndex(
    (cell) =>
      !(isWord(cell, 'filler', 'because', 'comma', 'and') || /^(?:but|so|then|or)$/.test(cell.low)) ||
      isWord(cell, ...asking, 'be', 'do'),
  );
  const first = part[at];
  if (!first || first.quoted || (senseOf(first, 'name') && !isWord(first, 'what', 'who', 'why', 'when')))
    return false;
  const text = wordsOf(part);
  if (exclaimed.test(wordsOf(part.slice(at))) || stated.test(text)) return false;
  if (sought.test(text)) return true;
  // "error rate of a since noon"
  const isFigure = senseOf(first, 'metric') !== undefined && isWord(part[at + 1], 'of', 'prep');
  if (isFigure && part.slice(at + 2).some(isThing)) return true;
  if (isWord(first, ...asking)) return part.length > at + 1;
  if (isRequest(part.slice(at))) return false;
  return (
    /^(?:is|are|was|were|does|do|did|has|have|can|could|will|any|anything|anyone)$/.test(first.low) &&
    part
      .slice(at + 1)
      .some(
        (cell) =>
          isThing(cell) || senseOf(cell, 'metric') || senseOf(cell, 'status') || isWord(cell, 'pronoun'),
      )
  );
}

/** "could you delete …", "could a be stopped": asks for a deed. */
const isRequest = (part: readonly Cell[]): boolean =>
  /^(?:can|could|will|would)\b/.test(part[0]!.low) &&
  part.some(
    (cell) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      /^(?:base|ed)$/.test(senseOf(cell, 'verb')?.form ?? '') &&
      !isWord(cell, ...asking, 'be', 'do', 'have'),
  );

/** "could you delete the poc servers": ordered, whatever is said of it. */
const isRequested = (part: readonly Cell[]): boolean =>
  part.some(
    (cell, at) =>
      !cell.quoted &&
      /\b(?:(?:can|could|would|will) you|please)$/.test(cell.low) &&
      senseOf(part[at + 1], 'verb')?.form === 'base' &&
      !isWord(part[at + 1], ...asking, 'be', 'do', 'have'),
  );

/** "I get to pick up his stuff", "when we started", "can't find it anywhere": told, however it begins. */
const stated =
  /^(?:(?:and|but|so|because|since|as|well) )*(?:(?:i|we|they|he|she|people|everyone|everybody|nobody) (?:(?:only|already|just|also|still|now|all|do not|did not|can not|cannot|could not|can|could|will|would|have|had|never) )*(?:know|knew|get|got|see|saw|found|find|check|checked|look|looked|looking|read|hear|heard|do|did|was|am|is|are|were|has|had)\b|(?:can|could) not (?:find|see|tell|remember|recall|log|get|reach)|when (?:i|we|they|he|she)\b|who knows)/;
const exclaimed = /^what an?\b|^how (?:annoying|embarrassing|nice|funny|strange|odd|weird)\b/;
/** "everything anyone changed": sought, without a word for it. */
const sought =
  /^(?:(?:i|we) (?:need|want|would like) )?(?:everything|anything|all|whatever) (?:that )?(?:anyone|anybody|someone|somebody|people|they|we|he|she|happened|changed|was|were|has|[a-z]+ did|[a-z]+ has|[a-z]+ changed|[a-z]+ touched)\b/;

/** Words after which what is asked for begins: "no idea which …", "I was asked to find out who …". */
const wondering =
  /\b(?:wonder|wondering|wondered|curious|idea|clue|unsure|not (?:quite |really |so |100% )?sure|overview|forgot|forgotten|lost track|question(?: is)?|asked(?: me| us)?|asking(?: me| us)?|asks(?: me| us)?|remind me|tell me|tell us|let me know|show me|(?:to|not|cannot|could not|can you|could you|please)(?: \w+){0,2} (?:know|see|find out|find|figure out|understand|check|learn|hear|remember|recall|tell|say|look up|look|verify|confirm|report))(?: (?:about|of|again|exactly|quickly|yet|me|us|anymore|any more|right now|today|here))*$/;
/** "can you tell me why …": a part of what is asked. */
const requesting = /\b(?:tell|show) (?:me|us)$|\blet me know$/;
const questionWord = /^(?:which|what|who|whose|how|where|when|why|whether|if)\b/;
const joining = /^(?:so|but|because|since|cause|cuz|coz|though|although|whereas|while|as|and)$/;
const subject =
  /^(?:i|we|they|he|she|it|you|this|that|there|nobody|everyone|everybody|people|someone|somebody|the|a|an|my|our|his|her|their|your)\b/;
const wishing =
  /^(?:i need|we need|i want|we want|i would like|we would like|i would love|need|needs|want|show|list|give|please)\b/;

/** Where a part of the text begins. */
function cutsOf(cells: readonly Cell[]): readonly number[] {
  const cuts: number[] = [0];
  let from = 0;
  cells.forEach((cell, at) => {
    if (isMark(cell)) {
      from = at + 1;
      cuts.push(from);
      return;
    }
    if (cell.quoted || at <= from) return;
    const next = cells.slice(at + 1, at + 8);
    const isJoint =
      joining.test(cell.low) &&
      next.length > 1 &&
      (isAsking(next) || wishing.test(next[0]!.low) || (cell.low !== 'and' && subject.test(next[0]!.low)));
    const isLed = questionWord.test(cell.low) && wondering.test(wordsOf(cells.slice(from, at)));
    const isOccasion =
      /^(?:for|as|before|after|during|in)\b/.test(cells[from]!.low) &&
      at - from > 1 &&
      at - from < 8 &&
      (wishing.test(cell.low) || questionWord.test(cell.low));
    if (isJoint || isLed || isOccasion) {
      from = at;
      cuts.push(at);
    }
  });
  return cuts;
}

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const cuts = cutsOf(cells);
  const parts: Part[] = [];
  let isBehind = false;
  cuts.forEach((from, index) => {
    const to = cuts[index + 1] ?? cells.length;
    const body = cells.slice(from, to);
    if (body.every(isMark)) return;
    const next = cells[to];
    const isLead = questionWord.test(next?.low ?? '') && wondering.test(wordsOf(body));
    const isRequest = isLead && requesting.test(wordsOf(body));
    const last = parts.at(-1);
    const isLed = last?.sort === 'leads' && questionWord.test(body[0]!.low);
    const sort = isRequest || isLed ? 'asks' : isLead && !isOrdering(body) ? 'leads' : sortOf(body, isBehind);
    // "…, trying to find out which one is to blame": what the speaker is after.
    const isAfter = last?.sort === 'aims' && questionWord.test(body[0]!.low);
    if (sort === 'leads' && isBehind && aiming.test(wordsOf(body))) parts.push({ from, to, sort: 'aims' });
    else parts.push({ from, to, sort: isAfter ? 'told' : sort });
    if (sort === 'asks' || sort === 'open') isBehind = true;
  });
  return withoutSuperseded(parts, cells);
}

const aiming = /^(?:just )?(?:trying|to|so (?:that )?(?:i|we) can|in order to|hoping|looking)\b/;
const correcting = /^(?:i mean|in other words|that is|or rather|more precisely|so basically|meaning)\b/;

/** "anything weird with a? i mean, are there anomalies of a?", "I do not know what an x is, but can you list them?" */
function withoutSuperseded(parts: readonly Part[], cells: readonly Cell[]): readonly Part[] {
  const textOf = ({ from, to }: Part): string => wordsOf(cells.slice(from, to));
  return parts.map((part, at) => {
    const [before, next, after] = [parts[at - 1], parts[at + 1], parts[at + 2]];
    const isCorrecting = correcting.test(textOf(part)) && part.to - part.from < 3;
    if (isCorrecting && before?.sort === 'asks' && next?.sort === 'asks') return { ...part, sort: 'told' };
    if (part.sort !== 'asks') return part;
    const said = cells.slice(part.from, part.to);
    // "is this thing on? list the pods": of nothing that is here.
    const isIdle =
      parts.some((one) => one !== part && one.sort === 'asks') &&
      isOfNothingHere(said) &&
      domainScore(said) <= 0 &&
      !said.some(
        (cell) => cell.quoted || isWord(cell, 'why', 'changed', 'logCue', 'depends', 'summarize', 'ask'),
      );
    const isPointed = /\b(?:ones?|else|it|them|they|those|these|that)\b/.test(wordsOf(said));
    if (isIdle && !isPointed && said.some(({ low }) => low === '?')) return { ...part, sort: 'told' };
    if (next === undefined) return part;
    const isCorrected =
      correcting.test(textOf(next)) &&
      (next.sort === 'asks' || (next.to - next.from < 3 && after?.sort === 'asks'));
    const isUnknown = before?.sort === 'leads' && /^but\b/.test(textOf(next)) && next.sort === 'asks';
    return isCorrected || isUnknown ? { ...part, sort: 'told' } : part;
  });
}

function sortOf(body: readonly Cell[], isBehind: boolean): Part['sort'] {
  const said = body.filter((cell) => !isMark(cell));
  if (exclaimed.test(wordsOf(said)) && !said.some((cell) => senseOf(cell, 'name')?.exact)) return 'told';
  if (isCase(said, body)) return 'open';
  if (isAsking(said)) return isRhetorical(body) ? 'told' : 'asks';
  const isMarked = body.some((cell) => cell.low === '?' && !cell.quoted);
  if (isMarked) return isRhetorical(body) ? 'told' : 'asks';
  if (isRequested(said)) return 'orders';
  if (isToldOfQuestion(body, isBehind ? 'behind' : 'before')) return 'told';
  return isOrdering(said) ? 'orders' : 'open';
}

/** "when db-1 dies, who else is affected?": in which case. */
const isCase = (said: readonly Cell[], body: readonly Cell[]): boolean =>
  said[0]?.low === 'when' &&
  !/^(?:is|are|was|were|will|would|did|does|do|has|have|had|can|could|should)$/.test(said[1]?.low ?? '') &&
  isWord(body.at(-1), 'comma');

/** "you know jenkins?", "got a minute?": asks for nothing. */
const isRhetorical = (body: readonly Cell[]): boolean =>
  /^(?:(?:and|so) )?(?:(?:can|could|would|will) you )?(?:please )?(?:show|tell|give|let)(?: me| us)(?: know)?(?: that| this| it| please)*$/.test(
    wordsOf(body),
  ) ||
  /^(?:you|do you|did you|have you|remember|got|guess|know|can i|may i|quick|are you|anyone|right|ok|okay|see|really|seriously|what the|ready|any idea|help)(?: (?:know|remember|recall|guess|heard of|seen|ever|that|this|what|the|our|my|of|□|a|minute|sec|second|moment|time|ask|you|bother|something|question|there|around|here|awake|help|hell|heck|idea|anyone|for me|me|see))*$/.test(
    wordsOf(body),
  );

/** Without the marks around it, and without what joins it to what was told. */
function trimmed(cells: readonly Cell[]): readonly Cell[] {
  let from = 0;
  let to = cells.length;
  const isEdge = (cell: Cell): boolean => isMark(cell) && cell.low !== '?';
  while (from < to && (isEdge(cells[from]!) || joining.test(cells[from]!.low))) from++;
  while (to > from && isEdge(cells[to - 1]!)) to--;
  const kept = cells.slice(from, to);
  return /^(?:whether|if)$/.test(kept[0]?.low ?? '') ? turned(kept.slice(1)) : kept;
}

/** "whether web-1 is up": is web-1 up. */
function turned(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => isWord(cell, 'be', 'have') && !cell.quoted);
  const isAny = isWord(cells[0], 'any') || /^(?:any|there)\b/.test(cells[0]?.low ?? '');
  return at < 1 || isAny ? cells : [cells[at]!, ...cells.slice(0, at), ...cells.slice(at + 1)];
}

/** The question with what was told of in the place of the words that point at it. */
function withTold(question: readonly Cell[], told: readonly Cell[]): readonly Cell[] | undefined {
  const isNamed = question.some((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const placed = withTime(question, told);
  if (isNamed) return placed;
  const thing = thingIn(told) ?? onlyNamed(told);
  const kind = kindIn(told);
  const person = personIn(told);
  return placed.flatMap((cell) => {
    if (cell.quoted) return [cell];
    if (kind && /^(?:which|what) ones$/.test(cell.low)) return [plain(cell, 'which', word('what')), kind];
    if (person && /^(?:he|she)$/.test(cell.low)) return [person];
    if (thing && /^(?:it|that one|this one)$/.test(cell.low)) return thing;
    if (thing && cell.low === 'it is') return [...thing, plain(cell, 'is', word('be'))];
    if (thing && cell.low === 'its') return [...thing, plain(cell, "'s", word('possessive'))];
    return [cell];
  });
}

/** "my test calls to a": the one name of all that is told. */
function onlyNamed(told: readonly Cell[]): readonly Cell[] | undefined {
  const names = told.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  return names.length > 0 && names.every(({ low }) => low === names[0]!.low) ? names.slice(0, 1) : undefined;
}

/** "a namespace": the one kind that is told of, as a set. */
function kindIn(told: readonly Cell[]): Cell | undefined {
  const kinds = told.filter((cell) => !cell.quoted && !senseOf(cell, 'name') && senseOf(cell, 'kind'));
  const [kind] = kinds;
  const sense = senseOf(kind, 'kind');
  if (!kind || !sense || kinds.length > 1) return undefined;
  return sense.plural ? kind : plain(kind, `${kind.low}s`, { ...sense, plural: true });
}

/** "dave's on holiday": the one person who is told of. */
function personIn(told: readonly Cell[]): Cell | undefined {
  const people = told.filter(
    (cell, at) =>
      isPerson(cell) &&
      (firstName.test(cell.low) ||
        ((at === 0 || isMark(told[at - 1]!)) && isWord(told[at + 1], 'be', 'have', 'possessive'))),
  );
  return new Set(people.map(({ low }) => low)).size === 1 ? people[0] : undefined;
}

/** "… reports errors since 9, how was it from then on": the time that was told. */
function withTime(question: readonly Cell[], told: readonly Cell[]): readonly Cell[] {
  const times = told.filter((cell) => senseOf(cell, 'time'));
  const at = question.findIndex(
    (cell, index) => /^(?:from|since)$/.test(cell.low) && question[index + 1]?.low === 'then',
  );
  if (at < 0 || times.length !== 1 || question.some((cell) => senseOf(cell, 'time'))) return question;
  const isOn = question[at + 2]?.low === 'on' && !isThing(question[at + 3]);
  return [...question.slice(0, at), times[0]!, ...question.slice(at + (isOn ? 3 : 2))];
}

const overTime = /^(?:audit|metrics|logs|explain)\.|\.anomaly$/;

/** Whether nothing of what was told could bound the question. */
function isWhole(reading: QueryReading, question: readonly Cell[], told: readonly Cell[]): boolean {
  const isName = (cell: Cell): boolean =>
    senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env') && !isWord(cell, 'filler', 'prep');
  const isNamed = question.some(isName);
  if (told.some(isName) && !isNamed) return false;
  if (told.some((_, at) => isBoundPlace(told, at)) && !isNamed && !question.some(isPlace)) return false;
  const isTimed = question.some((cell) => senseOf(cell, 'time'));
  if (
    told.some((cell) => senseOf(cell, 'time')) &&
    reading.steps.some(({ operation }) => /^forecast\./.test(operation))
  )
    return isTimed;
  const isPast = told.some((cell) => {
    const time = senseOf(cell, 'time')?.range;
    return time !== undefined && !isAhead(time);
  });
  return isTimed || !isPast || !reading.steps.some(({ operation }) => overTime.test(operation));
}

/** "next week" bounds no question but forecasts. */
const isAhead = ({ fromMs, toMs, windowS, horizonS }: TimeRange): boolean =>
  horizonS !== undefined && fromMs === undefined && toMs === undefined && windowS === undefined;
