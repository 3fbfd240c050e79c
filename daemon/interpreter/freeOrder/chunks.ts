// What a part of a text holds, in whatever order it was said: deeds, things, figures and the words that ask for it.
// "Port 22 has to be closed on web-sg" is a port, a duty, a deed and a thing. A word that belongs to none of these leaves
// the part unread: it may bound, deny or tell. Nothing is linked or decided here. Called by `freeOrder`.

import { createNpParser } from '../phrases/nounPhrase.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isMoreBehind } from '../words/cues.ts';
import { isBothOf, isLabel, isRunning, isSecond } from './besideParts.ts';
import { general, nominal, states } from './deedWords.ts';

export type FigureSort =
  | 'flavor'
  | 'size'
  | 'count'
  | 'number'
  | 'percent'
  | 'image'
  | 'port'
  | 'cidr'
  | 'tags'
  | 'duration'
  | 'name'
  | 'factor'
  /** So many more or less. */
  | 'step'
  /** The key of a tag. */
  | 'key'
  | 'revision';

export interface Deed {
  readonly phrase: string;
  readonly form: 'base' | 'ed' | 'ing' | 'noun' | 'state';
  readonly cell: Cell;
  readonly at: number;
}

/** A noun phrase, with the preposition before it. */
export interface Thing {
  readonly cells: readonly Cell[];
  readonly prep: string | undefined;
  /** "and" stands before it. */
  readonly isJoined: boolean;
  /** A kind with a name that nothing there has. */
  readonly isNew: boolean;
  readonly at: number;
}

export interface Figure {
  readonly sort: FigureSort;
  readonly cells: readonly Cell[];
  readonly prep: string | undefined;
  readonly at: number;
}

export interface Chunks {
  readonly deeds: readonly Deed[];
  readonly things: readonly Thing[];
  readonly figures: readonly Figure[];
  /** It was asked for: "please", "has to be", "is requested". */
  readonly isAsked: boolean;
  /** A finite verb stands in it: "is", "runs". */
  readonly isStated: boolean;
}

const idle = [
  'filler',
  'det',
  'be',
  'have',
  'do',
  'need',
  'prep',
  'of',
  'one',
  'light',
  'again',
  'go',
  'hard',
  'their',
  'possessive',
  'demonstrative',
  'comma',
  'open',
  'close',
  'colon',
  'and',
  'first',
  'afterwards',
  'typeWord',
  'sizeWord',
  'that',
  'cidrWord',
] as const;
/** Words of request that are no words of the language otherwise, and what only leads to them. */
const requesting =
  /^(requested|request|required|hereby|desired|wished|appreciated|advised|asked|necessary|it is|i am|we are|i have|we have|due|today|would|may|might|could|great|nice|good|lovely|helpful|ideal|perfect|regarding|concerning|itself|respectively|resp|immediately|asap|just in case|to be safe|to be on the safe side|as a precaution|for safety|for now|outright|altogether|entirely|completely|thereafter|hence|accordingly|kindly|to make|to do|to have|stat|for good measure)$/;
const asking =
  /\b(please|pls|plz|kindly|must|should|shall|has to|have to|needs?|needed|wants?|would like|is to|are to|to be|to have|required?|request|requested|ask for|ask you for|asked|wished|wanted|love|appreciate|let|lets|provide|supply|can you|could you|would you|will you|mind|can|could|would|may|might|give me|i want|we want|due|go)\b/;
const getting =
  /^((can|could|may|might) (i|we) (please )?(get|have)|(hook|set|sort) (me|us) (up|out) with|(get|give|hand) (me|us))$/;
const wishing = /\b(want|would like|must|should|shall|has to|needs? to|to) ?(be|have|see)?$/;
const denying = /\b(left|was|were|been|had|did|already|yesterday|nobody|who|why|how|what)\b/;

/** The parts of what was said; undefined where a word has no part in an order. `isBehind`: a thing was said before. */
export function chunksOf(
  cells: readonly Cell[],
  kindOf: (id: string) => string | undefined,
  isBehind = false,
): Chunks | undefined {
  const deeds: Deed[] = [];
  const things: Thing[] = [];
  const figures: Figure[] = [];
  let isAsked = false;
  let isStated = false;
  const whole = createNpParser(cells, kindOf);
  // "a and b down, c up": a thing ends before the state that is wished for it, and before how many it is to have.
  const isCountBehind = (at: number): boolean =>
    isWord(cells[at], 'comma') &&
    /^(count|step)$/.test((cells[at + 1] && figureAt(cells, at + 1)?.sort) ?? '');
  const ends = cells.flatMap((_, at) =>
    isState(cells, at, isBehind) || isBothOf(cells, at) || isCountBehind(at) ? [at] : [],
  );
  const nounsAt = (at: number): ReturnType<typeof createNpParser> => {
    const end = ends.find((one) => one > at);
    return end === undefined ? whole : createNpParser(cells.slice(0, end), kindOf);
  };
  let prep: string | undefined;
  let isJoined = false;
  for (let at = 0; at < cells.length; ) {
    const cell = cells[at]!;
    const isAsking = isWord(cell, 'filler') && cell.low.includes(' ');
    if (!cell.quoted && !isAsking && denying.test(cell.low) && !senseOf(cell, 'name')) return undefined;
    // "no runner off"
    if (/^(no|none|neither|nor)$/.test(cell.low) && !cell.quoted && !isWord(cells[at + 1], 'comma'))
      return undefined;
    const numbered = numberingAt(cells, at);
    if (numbered > 0) {
      at += numbered;
      continue;
    }
    // "enlarge it of other 50 GB"
    if (/^(of|by)$/.test(cell.low) && /^(other|another|further)$/.test(cells[at + 1]?.low ?? '')) {
      const value = senseOf(cells[at + 2], 'value')?.value.k;
      if (value === 'size' || value === 'number') {
        prep = 'by';
        at += 2;
        continue;
      }
    }
    // "make one reboot"
    const isOneDeed = cell.low === 'one' && nominal[cells[at + 1]?.low ?? ''] !== undefined;
    const figure = isOneDeed ? undefined : figureAt(cells, at);
    if (figure) {
      figures.push({ sort: figure.sort, cells: cells.slice(at, figure.next), prep, at });
      prep = undefined;
      at = figure.next;
      continue;
    }
    // "and make it sixty gigabytes"
    if (/^(make|put|set) it$/.test(cell.low) && isWord(cells[at - 1], 'and') && things.length > 0) {
      deeds.push({ phrase: 'make', form: 'base', cell, at });
      at++;
      continue;
    }
    // "t3.micro is plenty"
    if (isWord(cell, 'be') && enough.test(cells[at + 1]?.low ?? '')) {
      at += 2;
      continue;
    }
    // "could I get a namespace": asked for
    if (isWord(cell, 'ask') && getting.test(cell.low) && at === 0) {
      isAsked = true;
      at++;
      continue;
    }
    const deed = deedAt(cells, at, isBehind);
    if (deed) {
      deeds.push(deed);
      prep = undefined;
      at += deed.cell === cell && deed.form === 'state' && isWord(cells[at + 1], 'again') ? 2 : 1;
      continue;
    }
    const noun = nounsAt(at);
    const phrase = noun.startsAt(at) ? noun.parse(at) : undefined;
    if (phrase && phrase.next > at) {
      const { np, next } = phrase;
      // "the boxes and both of them": what points is no thing beside it.
      const isPointed = np.also.some((one) => one.pronoun !== undefined || (one.quant && !one.kinds));
      if (np.either || np.metric !== undefined || isPointed) return undefined;
      const isNew = np.kinds !== undefined && np.missing.length === 1 && np.names.length === 0;
      // "erp-01 move on esx-02"
      const isLed = isWord(cell, 'prep') && next > at + 1 && !senseOf(cell, 'name');
      const own = cells.slice(isLed ? at + 1 : at, next);
      things.push({ cells: own, prep: isLed ? cell.low : prep, isJoined, isNew, at });
      prep = undefined;
      isJoined = false;
      at = next;
      continue;
    }
    if (isWhoseSake(cells, at) && things.length > 0 && !figures.some(({ sort }) => sort === 'port')) {
      prep = undefined;
      at++;
      continue;
    }
    const isBeside =
      isSecond(cells, at) ||
      isBothOf(cells, at) ||
      isLabel(cells, at) ||
      isSizedElsewhere(cells, at) ||
      isRunning(cells, at);
    if (cell.quoted || (!isIdle(cell) && !isBeside)) return undefined;
    // "a could move to M.8": it may, and nobody asks for it.
    const isPossible = /^(could|might)$/.test(cell.low) && things.length > 0;
    if (isPossible) isStated = true;
    else if (asking.test(cell.low)) isAsked = true;
    // "web-1 runs on M.8": how it is.
    if (isWord(cell, 'be', 'have') || (isWord(cell, 'prep') && /^(runs|sits|lives)\b/.test(cell.low)))
      isStated = true;
    if (isWord(cell, 'and')) isJoined = true;
    else if (/^(->|=>|→)$/.test(cell.low)) prep = 'to';
    else if (isWord(cell, 'prep')) prep = cell.low;
    at++;
  }
  return { deeds, things, figures, isAsked, isStated };
}

/** "… for finance": for whose sake, at the end of an order about things that are named. */
function isWhoseSake(cells: readonly Cell[], at: number): boolean {
  const lead = isWord(cells[at - 1], 'det') ? cells[at - 2] : cells[at - 1];
  return (
    !cells[at]!.quoted &&
    /^(finance|marketing|sales|legal|hr|accounting|controlling|billing|audit|auditors|security|compliance|management|support|procurement|research|operations|customers?|clients?|boss|ceo|cto|devs|developers|testers|interns|students|colleagues|team|teams)$/.test(
      cells[at]!.text.toLowerCase(),
    ) &&
    lead?.low === 'for' &&
    isEndOf(cells[at + 1])
  );
}

const enough = /^(plenty|enough|sufficient|fine|ok|okay|good enough|more than enough)$/;

/** "a small machine: t3.micro": how large it is to be is said by its flavor. */
const isSizedElsewhere = (cells: readonly Cell[], at: number): boolean =>
  /^(small|tiny|little|big|large|simple|plain|cheap)$/.test(cells[at]!.low) &&
  senseOf(cells[at + 1], 'kind')?.kinds.includes('vm') === true &&
  cells.some(isFlavor);

const isIdle = (cell: Cell): boolean =>
  isWord(cell, ...idle) ||
  cell.low === 'give me' ||
  requesting.test(cell.low) ||
  /^[\p{P}\p{S}]+$/u.test(cell.low);

/** "1)", "2.", "a)" before an order: how many cells it takes. */
function numberingAt(cells: readonly Cell[], at: number): number {
  const cell = cells[at]!;
  const isFirst = at === 0 || isWord(cells[at - 1], 'comma', 'and', 'stop');
  const isNumber = /^(\d|[a-z]|step \d)$/.test(cell.low) && isWord(cells[at + 1], 'close');
  return isFirst && isNumber && !cell.quoted ? 2 : 0;
}

function deedAt(cells: readonly Cell[], at: number, isBehind: boolean): Deed | undefined {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name')) return undefined;
  // "new image: x", "a new volume"
  const isNew = cell.low === 'new' && isWord(cells[at + 1], 'imageWord', 'typeWord', 'sizeWord', 'replicas');
  const verb = isNew ? undefined : senseOf(cell, 'verb');
  const before = cells[at - 1];
  const next = cells[at + 1];
  if (isState(cells, at, isBehind)) return { phrase: states[cell.low]!, form: 'state', cell, at };
  // "I want it gone", never "it is gone".
  const isWished = cell.low === 'gone' && cells.slice(0, at).some((one) => wishing.test(one.low));
  if (isWished) return { phrase: 'delete', form: 'ed', cell, at };
  const isEnd = isEndOf(next);
  const isOfNext = isWord(next, 'of', 'prep') || isEnd || isWord(next, 'be');
  const isNoun =
    isWord(before, 'det', 'one', 'need', 'light', 'first', 'filler', 'colon', 'comma') ||
    before?.low === 'with' ||
    at === 0;
  const named = nominal[cell.words === 1 ? cell.text.toLowerCase() : cell.low];
  if (named !== undefined && isNoun && isOfNext && verb?.form !== 'base')
    return { phrase: named, form: 'noun', cell, at };
  if (!verb) return undefined;
  const isAlsoThing = senseOf(cell, 'kind') !== undefined || senseOf(cell, 'status') !== undefined;
  if (verb.form === 'base') {
    // "the last snapshot", "snapshot snap-01": the thing.
    if (isAlsoThing && (senseOf(next, 'kind') || (isWord(before, 'det') && !isOfNext))) return undefined;
    return { phrase: verb.phrase, form: isWord(before, 'det') ? 'noun' : 'base', cell, at };
  }
  if (verb.form === 'ed') {
    // "the stopped machines": what they are.
    const isBefore = senseOf(next, 'kind') !== undefined || isWord(before, 'det', 'all', 'any', 'both');
    return isAlsoThing && isBefore ? undefined : { phrase: verb.phrase, form: 'ed', cell, at };
  }
  // "please help with creating a network"
  const isHelped =
    isWord(before, 'filler') && /^(assist|help|support)\b.* (in|with|by)$|\bmind$/.test(before!.low);
  return verb.form === 'ing' && (isWord(next, 'of') || isHelped)
    ? { phrase: verb.phrase, form: 'noun', cell, at }
    : undefined;
}

const sizing = /^(drop|size|scale|step|trim|cut|slim|bump|crank|dial|move|push|downsize|take|bring)$/;

const isEndOf = (next: Cell | undefined): boolean =>
  next === undefined || isWord(next, 'comma', 'and', 'stop', 'filler', 'again', 'afterwards', 'close');

/** "off" behind its thing, at the end of a part. */
export const isState = (cells: readonly Cell[], at: number, isBehind: boolean): boolean =>
  (at > 0 || isBehind) &&
  !cells[at]!.quoted &&
  // "drop it down", "bring them up": part of the verb.
  !(isWord(cells[at - 1], 'pronoun') && sizing.test(senseOf(cells[at - 2], 'verb')?.phrase ?? '')) &&
  states[cells[at]!.low] !== undefined &&
  !isRelative(cells, at) &&
  isEndOf(cells[at + 1]);

/** "the runners which are up": how they are. */
const isRelative = (cells: readonly Cell[], at: number): boolean => {
  const lead = isWord(cells[at - 1], 'be') && !isWord(cells[at - 1], 'that') ? cells[at - 2] : cells[at - 1];
  return (
    lead?.quoted === false &&
    /^(that|which|who)( (is|are|was|were))?( (still|currently|now))?$/.test(lead.low)
  );
};

/** A size of machines or databases, as "M.8" and "db.r6g.xlarge". */
export const isFlavor = (cell: Cell | undefined): boolean => {
  const ids = senseOf(cell, 'name')?.ids ?? [];
  if (cell && !cell.quoted && ids.length === 0 && /^(db|cache)\.[a-z0-9]+\.[a-z0-9]+$/.test(cell.low))
    return true;
  return ids.length > 0 && ids.every((id) => id.includes(':flavor/'));
};

/** What may be the name of something new. */
const isOwnWord = (cell: Cell): boolean => cell.quoted || !isWord(cell, 'det', 'and', 'comma', 'prep', 'be');

const isSnapshot = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'kind')?.kinds.includes('snapshot') === true ||
    /^snap/.test(senseOf(cell, 'verb')?.phrase ?? ''));

const isSilencing = (cell: Cell): boolean =>
  /^(silence|mute|snooze|quiet|hush)$/.test(senseOf(cell, 'verb')?.phrase ?? '');

/** A word of somebody's own that may be the key of a tag. */
const isKey = (cell: Cell): boolean =>
  (cell.quoted || cell.senses.every(({ t }) => t === 'part' || t === 'prefix')) &&
  /^[\w./-]+$/.test(cell.text);

/** A figure with the word that says what it is. */
function figureAt(cells: readonly Cell[], at: number): { sort: FigureSort; next: number } | undefined {
  const cell = cells[at]!;
  const after = cells[at + 1];
  // "env=prod vms", "t3.small vms": of which sort the things are.
  const isSort = isFlavor(cell) || /^(tags|size)$/.test(senseOf(cell, 'value')?.value.k ?? '');
  if (isSort && !cell.quoted && senseOf(after, 'kind')?.plural && !isWord(after, 'replicas'))
    return undefined;
  if (isWord(cell, 'named') && !senseOf(cell, 'name')) {
    let name = at + 1;
    while (isWord(cells[name], 'of', 'pronoun', 'be', 'colon', 'need') && !senseOf(cells[name], 'name'))
      name++;
    return cells[name] && isOwnWord(cells[name]!) ? { sort: 'name', next: name + 1 } : undefined;
  }
  // "a snapshot of db-1, label it before-vacuum"
  const isLabelled = /^(label|title|tag|mark|dub)$/.test(cell.low) && after?.low === 'it';
  if (isLabelled && cells[at + 2] && isKey(cells[at + 2]!) && cells.slice(0, at).some(isSnapshot))
    return { sort: 'name', next: at + 3 };
  if (isWord(after, 'imageWord') && /^(tag|label)$/.test(after!.low) && isKey(cell))
    return { sort: 'key', next: at + 2 };
  if (/^(tag|label)$/.test(cell.low) && after && isKey(after)) return { sort: 'key', next: at + 2 };
  if (isFlavor(cell)) return { sort: 'flavor', next: at + 1 };
  if (isWord(cell, 'double', 'triple', 'half')) return { sort: 'factor', next: at + 1 };
  if (isWord(cell, 'imageWord') && senseOf(after, 'value')?.value.k === 'image')
    return { sort: 'image', next: at + 2 };
  if (isWord(cell, 'revision') && senseOf(after, 'value')) return { sort: 'revision', next: at + 2 };
  if (isWord(cell, 'previousOne')) return { sort: 'revision', next: at + 1 };
  if (isWord(cell, 'protocol') && isWord(after, 'port') && senseOf(cells[at + 2], 'value'))
    return { sort: 'port', next: at + 3 };
  if (isWord(cell, 'port', 'protocol') && senseOf(after, 'value'))
    return { sort: 'port', next: isWord(cells[at + 2], 'protocol') ? at + 3 : at + 2 };
  if (isWord(cell, 'replicas') && senseOf(after, 'value')?.value.k === 'number')
    return { sort: 'count', next: at + 2 };
  if (isWord(cell, 'cidrWord') && senseOf(after, 'value')?.value.k === 'cidr')
    return { sort: 'cidr', next: at + 2 };
  // "the alert x, silence it for one hour"
  const isSpan = senseOf(cell, 'time') !== undefined && /^for \S/.test(cell.low) && !cell.quoted;
  if (isSpan && cells.slice(0, at).some(isSilencing)) return { sort: 'duration', next: at + 1 };
  const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
  // "a second network": one more
  if (isSecond(cells, at)) return undefined;
  if (!value || senseOf(cell, 'name')?.exact) return undefined;
  switch (value.k) {
    case 'number':
    case 'times':
      if (/^(more|less|fewer|additional|extra)$/.test(after?.low ?? '') && isWord(cells[at + 2], 'replicas'))
        return { sort: 'step', next: at + 3 };
      if (/^(more|less|fewer)$/.test(after?.low ?? '') && (isWord(cells[at + 2], 'of') || !cells[at + 2]))
        return { sort: 'step', next: at + 2 };
      if (isMoreBehind(cells, at + 1)) return { sort: 'step', next: at + 3 };
      if (isWord(after, 'replicas')) return { sort: 'count', next: at + 2 };
      if (isWord(after, 'percent')) return { sort: 'percent', next: at + 2 };
      return senseOf(after, 'kind') ? undefined : { sort: 'number', next: at + 1 };
    case 'flag':
      return undefined;
    case 'tags':
      return { sort: 'tags', next: /^(tags?|labels?)$/.test(after?.low ?? '') ? at + 2 : at + 1 };
    case 'port':
      return { sort: 'port', next: isWord(after, 'protocol') ? at + 2 : at + 1 };
    default:
      return { sort: value.k, next: at + 1 };
  }
}

/** Whether a deed says nothing by itself. */
export const isGeneral = (deed: Deed): boolean => general.test(deed.phrase);
