// What a question holds, in whatever order it was said: words that ask for something, things, places, figures, times, a
// number and a person. A word that is none of these leaves the question unread: it may bound, deny or order. Nothing is
// linked or decided here. Called by `questions`.

import { createNpParser } from '../phrases/nounPhrase.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isOfFuture } from '../words/cues.ts';
import { isAllShown, isAnyOf, isExisting, isListed, isOnly, isOrdering, isSorted } from './setParts.ts';
import { attributeAt, isAskedAbout, isLoose, isShown, isStateChoice } from './shownParts.ts';

export type Sort = 'forecast' | 'cause' | 'depends' | 'audit' | 'logs' | 'count' | 'list' | 'show';

export type KindOf = (id: string) => string | undefined;

export interface Thing {
  readonly cells: readonly Cell[];
  readonly isPlace: boolean;
  readonly isPlural: boolean;
  readonly isPointing: boolean;
  /** It has a name of its own, or is a single one that is described. */
  readonly isNamed: boolean;
}

export interface Asked {
  readonly sorts: ReadonlySet<Sort>;
  readonly things: readonly Thing[];
  readonly states: readonly Cell[];
  readonly metrics: readonly Cell[];
  readonly times: readonly Cell[];
  readonly number: Cell | undefined;
  readonly extreme: 'top' | 'least' | undefined;
  readonly actors: readonly Cell[];
  /** A word whose part nobody knows was said of the one thing that is asked about. */
  readonly isLoose: boolean;
}

/** The parts of what was asked; undefined where a word has no part in a question. */
export function askedIn(cells: readonly Cell[], kindOf: KindOf): Asked | undefined {
  const sorts = new Set<Sort>();
  const things: Thing[] = [];
  const states: Cell[] = [];
  const metrics: Cell[] = [];
  const times: Cell[] = [];
  const actors: Cell[] = [];
  let number: Cell | undefined;
  let extreme: Asked['extreme'];
  let loose = 0;
  const isTrail = cells.some((cell) => sortAt(cell) === 'audit') || isDoings(cells) || isDoingOf(cells);
  if (isTrail) sorts.add('audit');
  const isAbout = !isTrail && isAskedAbout(cells);
  const isWhy = cells.some((cell) => sortAt(cell) === 'cause');
  // "who stopped it and why": the trail tells.
  if (isWhy && cells.some((cell) => isWord(cell, 'who'))) return undefined;
  if (isComing(cells)) sorts.add('cause');
  const marks = cells.flatMap((_, at) => (isMark(cells, at) || isBeforePlace(cells, at) ? [at] : []));
  for (let at = 0; at < cells.length; ) {
    const cell = cells[at]!;
    const choice = isStateChoice(cells, at);
    const shown = choice > 0 ? choice : attributeAt(cells, at);
    if (shown > 0) {
      sorts.add('show');
      at += shown;
      continue;
    }
    if (isSorted(cells, at)) {
      extreme = 'top';
      at += 2;
      continue;
    }
    if (isExisting(cells, at) || isAllShown(cells, at) || isOnly(cells, at)) {
      at++;
      continue;
    }
    if (isAbout && loose < looseMax && isLoose(cells, at)) {
      loose++;
      at++;
      continue;
    }
    if (isDenying(cells, at)) return undefined;
    const sort = sortAt(cell);
    const time = timeOf(cell);
    if (senseOf(cell, 'name')?.exact !== true && isMark(cells, at)) {
      if (sort) sorts.add(sort);
      else if (time) times.push(time);
      else if (isWord(cell, 'top', 'least')) {
        if (extreme && !isWord(cell, extreme)) return undefined;
        extreme = isWord(cell, 'least') ? 'least' : 'top';
      } else if (senseOf(cell, 'metric')) metrics.push(cell);
      else if (isNumber(cell)) {
        if (number) return undefined;
        number = cell;
      } else if (isAndTheir(cells, at)) sorts.add('show');
      at++;
      continue;
    }
    if (isEitherAsked(cells, at) || (isTrail && (isDoing(cell) || isDoer(cell)))) {
      at++;
      continue;
    }
    const end = marks.find((mark) => mark > at) ?? cells.length;
    const noun = createNpParser(cells.slice(0, end), kindOf);
    const phrase = noun.startsAt(at) && !isLead(cells, at) ? noun.parse(at) : undefined;
    if (phrase && phrase.next > at) {
      const { np, next } = phrase;
      const isOther = np.also.some((one) => one.pronoun !== undefined || one.names.length === 0);
      if (np.either || np.metric !== undefined || np.except.length > 0 || isOther || np.missing.length > 0)
        return undefined;
      const some = cells.slice(at, next);
      const isPlace = isPlaceOnly(some, kindOf);
      const isPointing = !isPlace && np.kinds === undefined && np.names.length === 0;
      // What bounds no thing that is said bounds another.
      if (isPointing && some.some((one) => !isIdle(one) && !isState([one], 0))) return undefined;
      if (isPointing) states.push(...some.filter((one) => isState([one], 0)));
      const isNamed = np.names.length > 0;
      const isOne = !np.plural && np.det === 'definite' && np.kinds !== undefined;
      const isAny =
        !isNamed && np.kinds !== undefined && isAnyOf(cells, at, next, np.det, np.mods.length > 0);
      if (!isPointing || np.pronoun)
        things.push({
          cells: isAny ? some.map(inPlural) : some,
          isPlace,
          isPlural: !isNamed && (np.plural || isAny),
          isPointing,
          isNamed: isNamed || isOne,
        });
      at = next;
      continue;
    }
    if (isShown(cells, at)) sorts.add('show');
    else if (isState(cells, at)) {
      // "its disk fill up"
      if (!/^(up|full)$/.test(cell.low) || !senseOf(cells[at - 1], 'metric')) states.push(cell);
    } else if (isIdle(cell)) {
      if (isWord(cell, 'ask', 'listCue', 'what', 'showCue') || /^(needed|requested|wanted)$/.test(cell.low))
        sorts.add('list');
    } else if (isTrail && isActor(cell)) actors.push(cell);
    else if (isWhy && things.length > 0) {
      // What is wrong with it may be said in any words.
      if (senseOf(cell, 'value') || cell.senses.some(({ t }) => t === 'verb')) return undefined;
    } else return undefined;
    at++;
  }
  if (metrics.length > 0 && (cells.some(isAhead) || isOfFuture(cells))) sorts.add('forecast');
  return { sorts, things, states, metrics, times, number, extreme, actors, isLoose: loose > 0 };
}

const looseMax = 4;

/** "the hosts and their state" */
const isAndTheir = (cells: readonly Cell[], at: number): boolean => {
  if (!isWord(cells[at], 'and')) return false;
  // "its flavor and region"
  if (at > 0 && cells[at + 1] && isShown(cells, at + 1) && isShown(cells, at - 1)) return true;
  const isTheirs = isWord(cells[at + 1], 'their', 'det') && cells[at + 2] !== undefined;
  return isTheirs && isShown(cells, at + 2);
};

/** "when will it be" */
const isAhead = (cell: Cell): boolean =>
  isWord(cell, 'when') &&
  /^(when|when will|when does|when do|when would|by when|how long until|how soon)$/.test(cell.low);

/** "which pod": the kind, as one says it of several. */
const inPlural = (cell: Cell): Cell => ({
  ...cell,
  senses: cell.senses.map((sense) => (sense.t === 'kind' ? { ...sense, plural: true } : sense)),
});

/** "erin, what did she do": of the person who was named before. */
const isDoer = ({ low }: Cell): boolean => /^(he|she|they)$/.test(low);
const isDoingOf = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell, at) =>
      isWord(cell, 'changed') &&
      /^what (did|has|have)$/.test(cell.low) &&
      cells[at + 1] !== undefined &&
      isDoer(cells[at + 1]!),
  ) &&
  cells.some((cell) => isActor(cell) && isWord(cells[cells.indexOf(cell) + 1], 'comma', 'colon', 'stop'));

/** What parts a question: a word of asking, a figure, a time, a number. */
function isMark(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (senseOf(cell, 'name')?.exact) return false;
  if (sortAt(cell) !== undefined) return true;
  // "older than 30 days" bounds what stands before it.
  if (timeOf(cell) !== undefined && !isWord(cells[at - 1], 'older', 'newer', 'more', 'less')) return true;
  if (attributeAt(cells, at) > 0 || isStateChoice(cells, at) > 0 || isAndTheir(cells, at)) return true;
  if (isAllShown(cells, at) || isSorted(cells, at) || isOnly(cells, at)) return true;
  if (isWord(cell, 'top', 'least') || isNumber(cell)) return true;
  return senseOf(cell, 'metric') !== undefined && !isThingOf(cells, at);
}

/** "disk data-1", "the networks", "which network": the thing, not its figure. */
function isThingOf(cells: readonly Cell[], at: number): boolean {
  const kind = senseOf(cells[at], 'kind');
  if (!kind) return false;
  if (kind.plural || isWord(cells[at - 1], 'what') || isListed(cells[at + 1])) return true;
  const ids = senseOf(cells[at + 1], 'name')?.ids ?? [];
  return ids.some((id) => kind.kinds.some((one) => id.includes(`:${one}/`)));
}

const isNumber = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'value')?.value.k === 'number' && !senseOf(cell, 'name');

/** A time, or a span that stands alone. */
function timeOf(cell: Cell): Cell | undefined {
  if (senseOf(cell, 'time')) return cell;
  return senseOf(cell, 'value')?.value.k === 'duration' && !senseOf(cell, 'name') ? cell : undefined;
}

const forecasting =
  /^(forecasts?|fcst|predictions?|predict|projections?|outlook|prognosis|extrapolation|extrapolate)$/;
const causing =
  /^(cause|causes|root cause|reason|reasons|origin|explanation|why|explain|how come|diagnosis|what causes|what caused|root cause of|the reason|reason for)$/;
const leaning =
  /^(leans?|leaning|relies|rely|relying|depends?|depending|depends on|depend on|dependents?|dependants?|dependent on|dependencies|dependency|consumers|consumers of|dependents of|dependencies of|who depends on|dependency wise)$/;
const trailing =
  /^(audit|audit trail|audit log|audit logs|audit records|audit entries|audit events|audit history|paper trail|activity log|everything done)$/;

function sortAt(cell: Cell): Sort | undefined {
  if (cell.quoted || senseOf(cell, 'name')) return undefined;
  const { low } = cell;
  if (forecasting.test(low) || isWord(cell, 'runOut')) return 'forecast';
  if (causing.test(low)) return 'cause';
  if (leaning.test(low)) return 'depends';
  if (trailing.test(low)) return 'audit';
  if (isWord(cell, 'logCue') && !/^(lines|tail)$/.test(low)) return 'logs';
  return isWord(cell, 'howMany') && !/^how much$/.test(low) ? 'count' : undefined;
}

/** "who or what" */
const isEitherAsked = (cells: readonly Cell[], at: number): boolean =>
  cells[at]!.low === 'or' && isWord(cells[at - 1], 'who', 'what') && isWord(cells[at + 1], 'who', 'what');

/** Words that turn a question, or make it an order; what is told in the past is no list. */
function isDenying(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (senseOf(cell, 'name')?.exact || isWord(cell, 'filler')) return false;
  // "who or what"
  if (isEitherAsked(cells, at)) return false;
  // "keeps falling over"; "over 100 GB" bounds.
  if (cell.low === 'over' && !senseOf(cells[at + 1], 'value')) return false;
  if (
    isWord(
      cell,
      'not',
      'except',
      'or',
      'if',
      'outside',
      'insteadOf',
      'correction',
      'stays',
      'before',
      'after',
      'more',
      'less',
      'older',
      'newer',
      'createdBefore',
      'createdAfter',
      'startingWith',
      'containing',
      'undoCue',
    )
  )
    return true;
  const verb = senseOf(cell, 'verb');
  if (!verb || isAsking(cell) || senseOf(cell, 'kind')?.plural) return false;
  // "by cpu use"
  if (isWord(cell, 'top') && senseOf(cells[at - 1], 'metric')) return false;
  // "the ones already acknowledged"; "shall be stopped" is an order.
  return verb.form === 'base' || !senseOf(cell, 'status') || isOrdering(cells);
}

const isDoing = (cell: Cell): boolean =>
  isWord(cell, 'everything', 'changed') || (isDone(cell) && senseOf(cell, 'name') === undefined);
const isDone = ({ low }: Cell): boolean =>
  /^(done|did|performed|carried out|executed|activities|doings|changed|modified|touched|altered|edited)$/.test(
    low,
  );

/** "everything dave has done", "all changes by dave" */
const isDoings = (cells: readonly Cell[]): boolean =>
  cells.some(isDone) &&
  cells.some(({ low }) =>
    /^(everything|evidence|all|anything|record|records|trace|traces|proof)$/.test(low),
  ) &&
  cells.some(isActor);

/** "from where does it come" */
const isComing = (cells: readonly Cell[]): boolean =>
  cells.some(({ low }) => /^(where|from where|where from)$/.test(low)) &&
  cells.some(({ low }) =>
    /^(comes?|coming|came|stems?|originates?|arises?|come from|comes from|coming from)$/.test(low),
  );

/** The comma of "pods, ns payments": a place behind a thing is no other thing. */
const isBeforePlace = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at], 'comma', 'colon', 'open') &&
  cells[at + 1] !== undefined &&
  (isPlaceSaid(cells[at + 1]!) ||
    (senseOf(cells[at + 1], 'kind')?.kinds.every((kind) => placeKinds.test(kind)) ?? false));

const isAsking = (cell: Cell): boolean =>
  isWord(cell, 'ask', 'listCue', 'showCue', 'what', 'logCue', 'howMany');

const idleWords = [
  'filler',
  'det',
  'be',
  'have',
  'do',
  'prep',
  'of',
  'one',
  'their',
  'possessive',
  'demonstrative',
  'comma',
  'open',
  'close',
  'colon',
  'stop',
  'that',
  'ask',
  'listCue',
  'showCue',
  'what',
  'when',
  'light',
  'current',
  'pronoun',
  'need',
  'who',
  'again',
  'any',
] as const;
const idleSaid =
  /^(information|info|details|data|needed|requested|required|wanted|wished|report|reports|figures?|values?|readings?|period|timeframe|time range|range|window|interval|span|horizon|region|namespace|there|exists?|offered|existing|known|cloud|severity|priority|first|trend|chart|graph|curve|evidence|overview|documentation|out|ahead|far|comes?|coming|stems?|clue|idea|eat|eats|listing|evaluation|kindly|hereby|wk|user|actor|by|dependency|wise)$/;

export const isIdle = (cell: Cell): boolean =>
  isWord(cell, 'filler', 'prep', 'what') ||
  (!cell.senses.some(({ t }) => bounding.has(t)) &&
    (isWord(cell, ...idleWords) || idleSaid.test(cell.low) || /^[\p{P}]+$/u.test(cell.low)));

/** Senses of words that may say which things are meant. */
const bounding: ReadonlySet<string> = new Set([
  'name',
  'part',
  'prefix',
  'glob',
  'env',
  'region',
  'provider',
  'value',
]);

/** "which", "the ones": what only leads to a thing. */
const isLead = (cells: readonly Cell[], at: number): boolean =>
  isAsking(cells[at]!) && !senseOf(cells[at], 'kind') && !senseOf(cells[at], 'name');

/** A state that stands apart from its noun. */
const isState = (cells: readonly Cell[], at: number): boolean =>
  senseOf(cells[at], 'status') !== undefined && !isWord(cells[at], 'prep') && !senseOf(cells[at], 'name');

/** A word of nobody's, where a person is to be named. */
const isActor = (cell: Cell): boolean => cell.senses.length === 0 && /^[a-z][a-z.-]{1,20}$/.test(cell.low);

const placeKinds = /^(namespace|region|cluster|zone|project|network)$/;

const isPlaceSaid = (cell: Cell): boolean =>
  senseOf(cell, 'env') !== undefined ||
  senseOf(cell, 'region') !== undefined ||
  senseOf(cell, 'provider') !== undefined ||
  (senseOf(cell, 'name')?.ids.some((id) => id.includes(':namespace/')) ?? false);

/** "dev", "ns payments", "eu-west-1": where, not what. */
function isPlaceOnly(cells: readonly Cell[], kindOf: KindOf): boolean {
  if (!cells.some(isPlaceSaid)) return false;
  return cells.every((cell) => {
    if (isPlaceSaid(cell) || isWord(cell, 'det', 'prep', 'and', 'comma', 'filler')) return true;
    const named = senseOf(cell, 'name')?.ids ?? [];
    if (named.length > 0) return named.every((id) => placeKinds.test(kindOf(id) ?? ''));
    return senseOf(cell, 'kind')?.kinds.every((kind) => placeKinds.test(kind)) ?? false;
  });
}
