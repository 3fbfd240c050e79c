// One question in whatever order its parts were said: "disk of prod/postgres, forecast, 7 days", "audit / frank / today",
// "the prod postgres, when will its disk be full?", "nodes eating most memory, top four". What is asked is found from its
// words wherever they stand, with the thing, the figure, the time and the number; they are put into a plain question that
// the same grammar reads as any other. Only where every word is one of these, and nothing in it is an order. Nothing
// is linked or decided here. Called by the interpreter where the order of the words left a question open.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';
import { ofLoss } from './lossQuestions.ts';
import { type Asked, askedIn, type KindOf, type Sort, type Thing } from './questionParts.ts';
import { isOrdering } from './setParts.ts';

/** The plain question; undefined where a word has no part in one, or it could be two. */
export function inPlainQuestion(
  cells: readonly Cell[],
  kindOf: KindOf,
  isAsked = false,
): readonly Cell[] | undefined {
  if (cells.length > wordsMax || cells.some((cell) => cell.quoted)) return undefined;
  // "who deleted volumes, and which snapshots are there?": a deed that is asked about.
  const isOfDeed = isWord(cells[0], 'who') && senseOf(cells[1], 'verb')?.form === 'ed';
  if (isOfDeed && cells.some((cell) => isWord(cell, 'and'))) return undefined;
  const loss = ofLoss(cells, kindOf);
  if (loss) return loss;
  const said = withoutTail(cells);
  const asked = said.length > 0 ? askedIn(said, kindOf) : undefined;
  // "snapshots of all databases, please" asks for some to be made.
  const isDeed = cells.some((cell) => senseOf(cell, 'kind') && (senseOf(cell, 'verb') || isMade(cell)));
  // "the dev boxes, both of them, down please": how they are to be, and not which are so.
  if (isAsked && cells.some(({ low }) => /^both\b/.test(low))) return undefined;
  if (isAsked && isDeed && asked && asked.sorts.size === 0 && asked.metrics.length === 0) return undefined;
  return asked && questionOf(asked, said);
}

/** Backups are made. */
const isMade = (cell: Cell): boolean => senseOf(cell, 'kind')!.kinds.includes('snapshot');

/** Without "if any", and without what it is for: "…, for network documentation". */
function withoutTail(cells: readonly Cell[]): readonly Cell[] {
  const purpose = cells.findLastIndex(({ low }) => low === 'for');
  const last = cells.findLastIndex((cell) => !isWord(cell, 'stop', 'filler'));
  const isPurpose =
    purpose > 0 &&
    last - purpose < 5 &&
    /^(documentation|docs|reports?|reporting|review|meeting|presentation|records?|tickets?|papers|dossier|slides|compliance)$/.test(
      cells[last]!.low,
    ) &&
    !cells.slice(purpose + 1, last).some((cell) => senseOf(cell, 'name') || senseOf(cell, 'value'));
  const kept = isPurpose ? cells.slice(0, purpose) : cells;
  const any = kept.findIndex((cell, at) => cell.low === 'if' && isWord(kept[at + 1], 'any'));
  return any < 0 ? kept : [...kept.slice(0, any), ...kept.slice(any + 2)];
}

const wordsMax = 40;

function questionOf(asked: Asked, cells: readonly Cell[]): readonly Cell[] | undefined {
  const { sorts, metrics, states, actors, extreme } = asked;
  const at = cells[0]!;
  const said = (low: string, name: string): Cell => plain(at, low, word(name));
  const of = said('of', 'of');
  const main = asked.things.find(({ isPlace, isPointing }) => !isPlace && !isPointing);
  const pointing = asked.things.find(({ isPointing }) => isPointing);
  const others = asked.things.filter((thing) => thing !== main && !thing.isPlace && !thing.isPointing);
  const places = asked.things.filter(({ isPlace }) => isPlace);
  const belonging = others.length === 1 ? partsOfThing(asked, main!, others[0]!) : undefined;
  if (belonging) return belonging;
  if (others.length > 0 || asked.times.length > 1 || new Set(metrics.map(metricOf)).size > 1)
    return undefined;
  if (actors.length > 0 && !sorts.has('audit')) return undefined;
  const subject = main ?? (pointing && places.length === 0 ? pointing : undefined) ?? places[0];
  const inPlaces = places
    .filter((place) => place !== subject)
    .flatMap(({ cells: place }) => [said('in', 'prep'), ...place]);
  const thing = subject ? [...states, ...subject.cells, ...inPlaces] : [];
  const metric = metrics[0];
  const sort = sortOf(asked);
  const times = asked.times.map((time) => spanOf(time, sort === 'forecast'));
  if (sort === 'audit') {
    if (metric || extreme || actors.length > 1 || states.length > 0 || asked.number) return undefined;
    const whom = actors.flatMap((actor) => [of, actor]);
    return [
      plain(at, 'audit trail', word('changed')),
      ...whom,
      ...(thing.length > 0 ? [of, ...thing] : []),
      ...times,
    ];
  }
  if (!subject || actors.length > 0) return undefined;
  if (extreme) {
    if (!metric || sorts.has('cause') || sorts.has('depends') || sorts.has('logs')) return undefined;
    const number = asked.number ? [asked.number] : [];
    const by = [said('by', 'prep'), metric];
    return [said(extreme, extreme), ...number, ...thing, ...by, ...times];
  }
  if (sort === 'logs' && asked.number && !metric && asked.times.length === 0)
    return [
      plain(at, 'last', word('last')),
      asked.number,
      plain(at, 'lines', word('logCue')),
      plain(at, 'of', word('of')),
      plain(at, 'logs', word('logCue')),
      of,
      ...thing,
    ];
  if (asked.number) return undefined;
  switch (sort) {
    case 'forecast':
      return metric && [plain(at, 'forecast', word('when')), metric, of, ...thing, ...times];
    case 'cause':
      return metric ? undefined : [plain(at, 'explain', word('why')), ...thing, ...times];
    case 'depends':
      return metric || times.length > 0 || states.length > 0
        ? undefined
        : [plain(at, 'what depends on', word('depends')), ...thing];
    case 'logs':
      return metric ? undefined : [plain(at, 'logs', word('logCue')), of, ...thing, ...times];
    case 'count':
      return metric ? undefined : [plain(at, 'how many', word('howMany')), ...thing, ...times];
    case 'metrics':
      return [plain(at, 'show', word('ask')), metric!, of, ...thing, ...times];
    case 'list':
      // "vms stopped yesterday": what was done then, and not how they are.
      if (times.length > 0 && states.some((state) => senseOf(state, 'verb')?.form === 'ed')) return undefined;
      return metric || !subject.isPlural || (!sorts.has('list') && isOrdering(cells))
        ? undefined
        : [plain(at, 'list', word('listCue')), ...thing, ...times];
    case 'show':
      return times.length > 0 || states.length > 0 || !isQuestionOf(cells, asked)
        ? undefined
        : [plain(at, shown, word('showCue')), ...subject.cells, ...inPlaces];
    default:
      return undefined;
  }
}

/** "on which node", "image of a?"; "a new image for a" is none, and so is what it needs. */
const isQuestionOf = (cells: readonly Cell[], { sorts, isLoose }: Asked): boolean =>
  ((sorts.has('show') && !isLoose && cells.length < 7) ||
    cells.some((cell) => isWord(cell, 'what', 'ask', 'showCue', 'do')) ||
    isWord(cells[0], 'be', 'have') ||
    cells.at(-1)?.low === '?') &&
  !cells.some(
    (cell) => isWord(cell, 'need') || /^(new|another|bigger|larger|smaller|other|different)$/.test(cell.low),
  );

/** How the question for the details of a thing begins. */
export const shown = 'describe';

/** "node worker-10 has which pods": those of the one that is named. */
function partsOfThing(asked: Asked, one: Thing, other: Thing): readonly Cell[] | undefined {
  const [owner, set] = one.isNamed ? [one, other] : [other, one];
  const { sorts, metrics, times, states, actors, extreme, number } = asked;
  const isOther = [...sorts].some((sort) => !/^(list|count|show)$/.test(sort)) || extreme || number;
  if (isOther || !owner.isNamed || set.isNamed || !set.isPlural || metrics.length + times.length > 0)
    return undefined;
  if (actors.length > 0 || asked.isLoose || asked.things.length > 2) return undefined;
  const at = owner.cells[0]!;
  const isOn = owner.cells.some((cell) => senseOf(cell, 'name')?.ids.some((id) => /:(node|host)\//.test(id)));
  const lead = sorts.has('count')
    ? plain(at, 'how many', word('howMany'))
    : plain(at, 'list', word('listCue'));
  const isIn = owner.cells.some((cell) =>
    senseOf(cell, 'name')?.ids.some((id) => /:(namespace|cluster|network|subnet)\//.test(id)),
  );
  const link = isOn || isIn ? plain(at, isOn ? 'on' : 'in', word('prep')) : plain(at, 'of', word('of'));
  return [lead, ...states, ...set.cells, link, ...owner.cells];
}

/** What is asked for; one thing alone, or a figure by itself. */
function sortOf({ sorts, metrics, things, isLoose }: Asked): Sort | 'metrics' | undefined {
  const own = (['forecast', 'cause', 'depends', 'audit', 'logs', 'count'] as const).filter((sort) =>
    sorts.has(sort),
  );
  if (own.length > 1 || (isLoose && (own.length > 0 || metrics.length > 0))) return undefined;
  if (own.length === 1) return own[0];
  if (metrics.length > 0) return 'metrics';
  if (things.some(({ isPlural }) => isPlural)) return isLoose ? undefined : 'list';
  const isOne =
    things.filter(({ isPlace }) => !isPlace).length === 1 && things.some(({ isNamed }) => isNamed);
  return isOne && (sorts.has('show') || sorts.has('list')) ? 'show' : undefined;
}

const metricOf = (cell: Cell): string | undefined => senseOf(cell, 'metric')?.metric;

/** "48h" is the last 48 hours, or the next ones where a forecast is asked for. */
function spanOf(cell: Cell, isAhead: boolean): Cell {
  const value = senseOf(cell, 'time') ? undefined : senseOf(cell, 'value')?.value;
  if (value?.k !== 'duration') return cell;
  const range = isAhead ? { horizonS: value.seconds } : { windowS: value.seconds };
  return plain(cell, `${isAhead ? 'next' : 'last'} ${cell.low}`, { t: 'time', range });
}

/** What the plain question asks for, as the operations call it. */
const asksFor: Readonly<Record<string, RegExp>> = {
  'audit trail': /^audit\./,
  forecast: /^forecast\./,
  explain: /^explain\./,
  'what depends on': /^topology\./,
  logs: /^logs\./,
  'how many': /\blist\b/,
  list: /\blist\b/,
  show: /^metrics\./,
  top: /^metrics\./,
  least: /^metrics\./,
};

/** Whether the operations are others than the plain question asks for. */
export const isElse = (question: readonly Cell[], operations: readonly string[]): boolean =>
  operations.some((operation) => asksFor[question[0]!.low]?.test(operation) === false);
