// What people tell around a question: "the customer is waiting, is web-1 up?", "list the databases, I have to check them".
// It is left out only where nothing else of the text orders anything, so that no change is ever lost with it, and only
// where it names, counts, bounds and denies nothing. Called by `reword`, before anything else.

import { domainScore, isElsewhere } from '../guards/domain.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing } from '../words/plainCells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';
import type { TimeRange } from '../words/times.ts';

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
] as const;
const bounding = [
  'except',
  'outside',
  'if',
  'insteadOf',
  'stays',
  'tagged',
  'named',
  'startingWith',
  'endingWith',
  'containing',
  'older',
  'newer',
  'createdBefore',
  'createdAfter',
  'attachedTo',
  'correction',
  'same',
  'undoCue',
] as const;
/** How a sentence begins that tells something. */
const telling =
  /^(i|we|it|they|he|she|you|this|that|there|nobody|everyone|everybody|people|someone|somebody|customers?|users?|management|finance|security|support|audit|auditors?|boss|manager|ticket|for|because|since|as|so|to|in order to|need|needed|before|after|the|a|an|my|our|his|her|their|got|just|having|whichever|whatever|no matter|wherever|any)\b/;
const subjects = /(^| )(i|we|they|he|she|you|people|customers|users|it)( |$)/;
const cellsMax = 16;

interface Part {
  readonly from: number;
  readonly to: number;
  readonly sort: 'ask' | 'talk' | 'other';
}

/** The cells of the question alone, where all the rest only tells something. */
export function withoutTelling(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutShownThat(given);
  const parts = partsOf(cells);
  if (parts.length < 2 || isElsewhere(cells) || cells.some((cell, at) => isOrder(cells, cell, at)))
    return cells;
  const first = parts.findIndex(({ sort }) => sort === 'ask');
  const last = parts.findLastIndex(({ sort }) => sort === 'ask');
  if (first < 0) return cells;
  let from = first;
  while (from > 0 && parts[from - 1]!.sort === 'other') from--;
  const isLed = parts.slice(0, from).every(({ sort }) => sort === 'talk') && from === first;
  let end = last + 1;
  while (end < parts.length && parts[end]!.sort === 'other') end++;
  const isFollowed = parts.slice(end).every(({ sort }) => sort === 'talk');
  const start = isLed ? parts[first]!.from : 0;
  const stop = isFollowed ? parts[end - 1]!.to : cells.length;
  const kept = cells.slice(start, stop);
  return kept.length === cells.length || domainScore(kept) < -1 ? cells : kept;
}

/** "which applications depend on kafka, can you show me that?": it is asked already. */
function withoutShownThat(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findLastIndex(
    (cell, at) => isWord(cell, 'comma') && !cell.quoted && at < cells.length - 2,
  );
  const asked = cells.slice(0, Math.max(0, mark)).find((cell) => !isWord(cell, 'filler'));
  if (mark < 3 || !isWord(asked, 'what', 'who', 'howMany', 'why', 'depends')) return cells;
  const tail = cells.slice(mark + 1).filter((cell) => !isWord(cell, 'filler', 'stop'));
  const [show, that, ...more] = tail;
  const isShown =
    /\b(show|tell|give|let)( me| us)?( know)?$/.test(show?.quoted ? '' : (show?.low ?? '')) &&
    /^(that|this|it)$/.test(that?.quoted ? '' : (that?.low ?? '')) &&
    more.length === 0;
  const end = cells.slice(mark + 1).filter((cell) => isWord(cell, 'stop'));
  return isShown ? [...cells.slice(0, mark), ...end] : cells;
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'stop', 'comma', 'colon') || /^but( the)?$/.test(cell.low));

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at <= cells.length; at++) {
    const cell = cells[at];
    const isEnd = cell === undefined || isMark(cell) || (isReason(cell) && at > from);
    if (!isEnd) continue;
    if (at > from) {
      const body = cells.slice(from, at);
      const isLead = parts.every(({ sort }) => sort === 'talk');
      const head = isLead ? [] : cells.slice(0, parts.at(-1)!.to);
      parts.push({ from, to: at, sort: sortOf(body, head, cells.slice(at)) });
    }
    from = cell === undefined || isMark(cell) ? at + 1 : at;
  }
  return parts;
}

/** "because …", "since we …": where a reason begins. */
const isReason = (cell: Cell): boolean =>
  !cell.quoted && /^(because|cause|cuz|coz|so that|in order to|given that|seeing that)$/.test(cell.low);

function sortOf(body: readonly Cell[], head: readonly Cell[], rest: readonly Cell[]): Part['sort'] {
  const isFirst = head.length === 0;
  const isOwn =
    !isFirst && /^(i|we|they|he|she) (have to|must|will|should|need to|want to)$/.test(body[0]!.low);
  if (!isOwn && isAsked(body)) return 'ask';
  const isTalk =
    body.length <= cellsMax &&
    (isFirst || telling.test(body[0]!.low) || isWord(body[0], 'filler', 'because', 'need')) &&
    (isFirst || isStatement(body)) &&
    !body.some((cell, at) => isBinding(cell, at, body, isFirst ? rest : head));
  if (isTalk) return 'talk';
  return isFirst && body.some(isTold) && !body.some(isVerb) ? 'ask' : 'other';
}

/** "they are waiting", "for the review", "no matter where". */
const isStatement = (body: readonly Cell[]): boolean =>
  /^(for|because|since|as|so that|to|in order to|whichever|whatever|no matter|wherever)\b/.test(
    body[0]!.low,
  ) || body.some((cell, at) => isVerb(cell, at) || isNeed(cell));

const isNeed = (cell: Cell): boolean => isWord(cell, 'need') || /\b(need|want)\b/.test(cell.low);

const isVerb = (cell: Cell, at: number): boolean =>
  !cell.quoted &&
  (isWord(cell, 'be', 'have', 'do') ||
    /(^| )(am|is|are|was|were|has|have|had|can|cannot|could|will|would|must|may|might|have to|has to|should)$/.test(
      cell.low,
    ) ||
    (at > 0 && cell.senses.length === 0 && /(s|ed)$/.test(cell.low)) ||
    /^(s|ed)$/.test(senseOf(cell, 'verb')?.form ?? ''));

const isTold = (cell: Cell): boolean =>
  !cell.quoted &&
  ['name', 'kind', 'metric'].some((sort) => cell.senses.some(({ t }) => t === sort)) &&
  !senseOf(cell, 'verb');

/** It begins as a question does. */
function isAsked(body: readonly Cell[]): boolean {
  const at = body.findIndex(
    (cell) => !isWord(cell, 'filler', 'because', 'comma', 'and') || isWord(cell, ...asking, 'be', 'do'),
  );
  const first = body[at];
  if (!first || first.quoted || senseOf(first, 'name')) return false;
  if (isWord(first, 'because') && !isWord(first, ...asking)) return false;
  if (isWord(first, ...asking)) return body.length > at + 1;
  const isTurned = /^(is|are|was|were|does|do|did|has|have|can|could|will)$/.test(first.low);
  return isTurned && body.slice(at + 1).some(isTold);
}

/** Nouns of everyday speech that are verbs here as well. */
const nouns =
  /^(change|release|deploy|update|upgrade|run|build|move|report|test|start|use|set|switch|order|request)$/;

/** "reboot it", "a reboot would help", "it can be approved": with an order in it nothing of a text is left out here. */
function isOrder(cells: readonly Cell[], cell: Cell, at: number): boolean {
  const verb = cell.quoted ? undefined : senseOf(cell, 'verb');
  const before = cells[at - 1];
  const next = cells[at + 1];
  if (verb?.form === 'ed')
    return isWord(before, 'be') && /(^| )(can|may|could|should|must|to) ?(be)?$/.test(before!.low);
  if (verb?.form !== 'base' || isWord(cell, ...asking, 'light', 'filler', 'be', 'have', 'do', 'runOut'))
    return false;
  const isAimed = next !== undefined && (isWord(next, 'pronoun') || senseOf(next, 'name') !== undefined);
  const isNoun = isThing(cell) || senseOf(cell, 'status') || senseOf(cell, 'metric');
  if (isNoun && !isAimed && !isWord(before, 'filler')) return false;
  if (isWord(before, 'be', 'stays', 'pastAux') && !aimsAtThing(cells.slice(at + 1))) return false;
  if (isWord(before, 'det', 'their', 'possessive') && nouns.test(verb.phrase) && !isAimed) return false;
  const isOwn =
    before !== undefined &&
    !isMark(before) &&
    /(^| )(i|we|they|he|she|it|who|to|will|would|may|might|must|should|cannot)$/.test(before.low) &&
    !/\b(you|can|could|please)\b/.test(before.low);
  return !isOwn || aimsAtThing(cells.slice(at + 1));
}

/** What follows a verb up to the next mark names something here. */
function aimsAtThing(rest: readonly Cell[]): boolean {
  const end = rest.findIndex(isMark);
  const object = end < 0 ? rest : rest.slice(0, end);
  return object.some(
    (cell) =>
      isNamed(cell) ||
      (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0 ||
      /^(it|them|this|that|those|these|everything|all|one)$/.test(cell.low),
  );
}

const isNamed = (cell: Cell): boolean =>
  cell.quoted ||
  (senseOf(cell, 'name') !== undefined && !plainWords.has(cell.low)) ||
  ['prefix', 'glob', 'env', 'region', 'provider'].some((sort) => cell.senses.some(({ t }) => t === sort));

/** What could bound, name, count or time the question. */
function isBinding(cell: Cell, at: number, body: readonly Cell[], other: readonly Cell[]): boolean {
  // "all instances of team legacy, web-2 …": a set of which nothing is told yet.
  if (isWord(cell, 'all', 'both', 'any') && isTold(body[at + 1] ?? cell) && !body.some(isVerb)) return true;
  if (isNamed(cell)) return !(senseOf(cell, 'env') && isOfPeople(body, at));
  const isSaid = subjects.test(body[0]!.low) && !body.some(isNeed) && body.some(isVerb);
  if (senseOf(cell, 'part') && !plainWords.has(singular(cell.low))) return !isSaid;
  const value = senseOf(cell, 'value')?.value;
  const isOne = value?.k === 'number' && (cell.low === 'one' || isTicket(body[at - 1]));
  if (value && !isOne) return true;
  const kind = senseOf(cell, 'kind');
  if (kind && kind.kinds.length > 0 && !(isBase(cell) && subjects.test(body[at - 1]?.low ?? '')))
    return !plainWords.has(singular(cell.low)) || body.some(isNeed);
  const time = senseOf(cell, 'time')?.range;
  if (time)
    return !(other.some((one) => senseOf(one, 'time')) || /^for$/.test(body[0]!.low) || isAhead(time));
  if (senseOf(cell, 'status') || senseOf(cell, 'metric')) return !body.slice(0, at).some(isVerb);
  if (/^(only|just|also|too|and|or)$/.test(cell.low) && at === 0 && body.length < 3) return true;
  if (/^only$/.test(cell.low)) return true;
  // "the page stays empty": of nothing that is here.
  if (isWord(cell, 'stays')) return body.some(isNamed);
  return isWord(cell, ...bounding) && !isWord(cell, 'filler', 'because', 'prep');
}

/** "the dev team", "our prod people": who, not where. */
const isOfPeople = (body: readonly Cell[], at: number): boolean =>
  /^(team|people|guys|folks|crew|manager|lead)$/.test(body[at + 1]?.low ?? '');

const isTicket = (cell: Cell | undefined): boolean =>
  cell !== undefined && /^(ticket|incident|case|change|request|no|nr|number)$/.test(cell.low);

/** "next week": no question here is about what has yet to come, but forecasts. */
const isAhead = ({ fromMs, toMs, windowS, horizonS }: TimeRange): boolean =>
  horizonS !== undefined && fromMs === undefined && toMs === undefined && windowS === undefined;
