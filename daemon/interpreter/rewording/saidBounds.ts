// Bounds of sets said in other ways than "older than 60 days", "bigger than 200 GB", "more than 5 restarts": "over 60 days
// old", "bigger as 200 GB", "taken more than 60 days ago", "the snapshots we took this month", "whose restart count is
// above 5". Each becomes the plain bound, so that it is never left out. Times of questions about logs, metrics or deeds
// stay as they are. Called by `reword`, over the whole text.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withMeasures, withOrEqual } from './equalBounds.ts';

const made =
  /^(created|taken|made|launched|built|provisioned|set up|spun up|brought up|generated|added|installed|dated)$/;
const making =
  /^(create|take|make|launch|build|provision|created|took|made|launched|built|set up|add|added)$/;
const who = /^(we|i|they|you|people|somebody|someone)$/;
/** What may stand between the things and how old they are. */
const linking =
  /^(that|which|who|whose|is|are|was|were|be|been|have|has|had|that are|that is|which are|which is|that were|that have|which have|that has|which has|that have been|which have been|have been|has been|with|an|a|the|age|age of|aged|of|for|since|around|exist|exists|existing|live|living|kept|keep|hold|held|own|owned|had|we|i|us|have we|do we|we have|we had|have i|i have|there|existed|lived|lying|lying around|sitting|with us|already|longer|in|from|dating|on average|still|do|did|all|now)$/;
const ageKinds = /^(vm|volume|snapshot|image|database|deployment|pod|job|namespace|container|load-balancer)$/;

/** "stop running instances tagged app=ci": those that run; the two words are one verb to the lexicon. */
function withRunningOnes(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      cell.low === 'stop running' && !cell.quoted && senseOf(cells[index + 1], 'kind')?.plural === true,
  );
  if (at < 0) return cells;
  const [verb, state] = [
    plain(cells[at]!, 'stop', { t: 'verb', phrase: 'stop', form: 'base' }),
    plain(cells[at]!, 'running', { t: 'status', name: 'running' }),
  ];
  return [...cells.slice(0, at), verb, state, ...cells.slice(at + 1)];
}

/** The cells with sizes, counts, ages and dates of creation as plain bounds. */
export function withSaidBounds(said: readonly Cell[]): readonly Cell[] {
  const given = withTwoBounds(
    withMeasures(withOrEqual(withRestartTimes(withStateInPlace(withRunningOnes(said))))),
  );
  if (!given.some((cell) => senseOf(cell, 'time') ?? senseOf(cell, 'value'))) return given;
  return withWhenMade(
    withFiguresFirst(withComparatives(withOpenFigures(withAtMost(withDeniedDates(given))))),
  );
}

const often: Readonly<Record<string, number>> = {
  '2 times': 2,
  '3 times': 3,
  once: 1,
  twice: 2,
  thrice: 3,
  'two times': 2,
  'three times': 3,
};

/** "bigger than 200 but smaller than 600 GB": both bounds, in one unit. */
function withTwoBounds(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      isWord(cell, 'more', 'less') &&
      isFigure(cells[index + 1] ?? cell) &&
      /^(but|and|yet)$/.test(cells[index + 2]?.low ?? '') &&
      isWord(cells[index + 3], isWord(cell, 'more') ? 'less' : 'more') &&
      isFigure(cells[index + 4] ?? cell),
  );
  const [first, last] = [cells[at + 1], cells[at + 4]];
  const [own, other] = [senseOf(first, 'value')?.value, senseOf(last, 'value')?.value];
  if (at < 0 || cells[at]!.quoted || !first || !last || !own || !other) return cells;
  const unit = other.k === 'size' ? other.gb / Number(/^[\d.]+/.exec(last.low)?.[0] ?? other.gb) : 1;
  const isBare = own.k === 'number' && other.k === 'size';
  const gb = own.k === 'number' ? own.n * unit : 0;
  const sized = isBare ? plain(first, `${gb} gb`, { t: 'value', value: { k: 'size', gb } }) : first;
  const and = plain(cells[at + 2]!, 'and', word('and'));
  // "more than 2 but fewer than 6 replicas": of what, is said once.
  const counted = cells[at + 5];
  const isCounted = own.k === 'number' && other.k === 'number' && isWord(counted, 'replicas');
  return [...cells.slice(0, at + 1), sized, ...(isCounted ? [counted!] : []), and, ...cells.slice(at + 3)];
}

/** "pods that were restarted more than three times": with more than three restarts. */
function withRestartTimes(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) => !cell.quoted && /^restarted$/.test(cell.low) && isWord(cells[index + 1], 'more', 'less'),
  );
  const count = cells[at + 2];
  const value = count && senseOf(count, 'value')?.value;
  const n =
    value?.k === 'number' ? value.n : Object.hasOwn(often, count?.low ?? '') ? often[count!.low] : undefined;
  const kind = cells.findIndex(
    (cell) => !cell.quoted && senseOf(cell, 'kind')?.kinds.includes('pod') === true,
  );
  if (at < 1 || n === undefined || kind < 0 || kind > at) return cells;
  const next = isWord(cells[at + 3], 'times') ? at + 4 : at + 3;
  const said = [
    plain(cells[at]!, 'with', word('prep')),
    cells[at + 1]!,
    plain({ ...count!, end: cells[next - 1]!.end }, String(n), { t: 'value', value: { k: 'number', n } }),
    plain(count!, 'restarts', { t: 'metric', metric: 'restarts' }),
  ];
  let from = at;
  while (isWord(cells[from - 1], 'that', 'be', 'have') || /^been$/.test(cells[from - 1]?.low ?? '')) from--;
  return [...cells.slice(0, from), ...said, ...cells.slice(next)];
}

/** States that a phrase of place begins with; the words are one to the lexicon. */
const placedStates: Readonly<Record<string, string>> = {
  'running in': 'running',
  'down in': 'down',
  'up in': 'running',
};

/** "how many vms are running in dev", "the machines down in eu-west-1": their state, and their place. */
function withStateInPlace(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && Object.hasOwn(placedStates, cell.low));
  if (at < 1) return cells;
  const before = cells[at - 1]!;
  const kind = cells.slice(0, at).findLast((cell) => !cell.quoted && senseOf(cell, 'kind'));
  const kinds = (kind && senseOf(kind, 'kind')?.kinds) ?? [];
  const isStated =
    isWord(before, 'be', 'not') || (isWord(before, 'that') && /(^| )(is|are)$/.test(before.low));
  const isBare = !before.quoted && senseOf(before, 'kind')?.plural === true;
  // "running in worker-5": where they are, whatever their state.
  const place = cells[isWord(cells[at + 1], 'det') ? at + 2 : at + 1];
  const isOnNode = senseOf(place, 'name')?.ids.some((id) => /:(node|host)\//.test(id)) === true;
  const isState =
    !isOnNode && (isStated || isBare) && kinds.some((one) => /^(vm|pod|container|database)$/.test(one));
  if (!isState) return cells;
  const [, preposition] = cells[at]!.low.split(' ');
  const name = placedStates[cells[at]!.low]!;
  const state = plain(cells[at]!, name, { t: 'status', name });
  return [
    ...cells.slice(0, at),
    state,
    plain(cells[at]!, preposition!, word('prep')),
    ...cells.slice(at + 1),
  ];
}

/** "not taken before november", "not from october": a date that is denied, where a thing may also be "not taken". */
function withDeniedDates(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const isDenied = !cell.quoted && /^not (taken|from|of)$/.test(cell.low);
    return isDenied && senseOf(cells[at + 1], 'time')
      ? [plain(cell, 'not', word('not')), plain(cell, 'created', word('createdOn'))]
      : [cell];
  });
}

/** "running at most 2 replicas": at most that, where "running at" is a phrase of its own. */
function withAtMost(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted && / at$/.test(cell.low) && /^(most|least)$/.test(cells[index + 1]?.low ?? ''),
  );
  if (at < 0 || !senseOf(cells[at + 2], 'value')) return cells;
  const isMost = cells[at + 1]!.low === 'most';
  const bound = plain(cells[at + 1]!, `at ${cells[at + 1]!.low}`, word(isMost ? 'less' : 'more'));
  return [...cells.slice(0, at), plain(cells[at]!, 'with', word('prep')), bound, ...cells.slice(at + 2)];
}

const upwards = /^(more|over|above|up|upwards?|bigger|larger|greater|higher|beyond|older|longer)$/;
const downwards = /^(less|fewer|under|below|down|smaller|lower|newer|younger)$/;

/** "500 GB and more", "3 or more replicas", "5 restarts or more": at least that, of a set. */
function withOpenFigures(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((_, index) => isSetNoun(cells, index));
  const at = cells.findIndex((cell, index) => index > first && isFigure(cell));
  // "keep all deployments at 3 or more" is what they are to have.
  const isToHave = cells[at - 1]?.low === 'at' && cells.some((cell) => isBase(cell));
  if (first < 0 || at < 0 || isToHave || /^(to|by)$/.test(cells[at - 1]?.low ?? '')) return cells;
  const isUnit = (cell: Cell | undefined): boolean =>
    isWord(cell, 'replicas', 'sizeWord', 'times') || senseOf(cell, 'metric') !== undefined;
  const isOld = senseOf(cells[at], 'value')?.value.k === 'duration' && /^old$/.test(cells[at + 1]?.low ?? '');
  const unit = isUnit(cells[at + 1]) || isOld ? at + 1 : at;
  const joint = unit + 1;
  // "200 gigs upwards", "from 200 gigs up", "200 gig plus"
  const next = cells[joint];
  const isLast = cells[joint + 1] === undefined || isWord(cells[joint + 1], 'stop');
  const isBare =
    next?.quoted === false &&
    (/^(upwards?|plus)$/.test(next.low) || (next.low === 'up' && cells[at - 1]?.low === 'from')) &&
    (isLast || /^up/.test(next.low));
  if (isBare) return openFigure(cells, at, joint, joint + 1, plain(cells[at]!, 'at least', word('more')));
  const side = cells[joint + 1];
  const isOpen = isWord(cells[joint], 'or', 'and') && side !== undefined && !side.quoted;
  const isMore = isOpen && upwards.test(side.low);
  if (!isMore && !(isOpen && downwards.test(side.low))) return cells;
  const bound = isMore
    ? plain(cells[at]!, 'at least', word('more'))
    : plain(cells[at]!, 'at most', word('less'));
  return openFigure(cells, at, joint, joint + 2, bound);
}

/** The figure with its bound before it, where "from" or "at" stood. */
function openFigure(
  cells: readonly Cell[],
  at: number,
  joint: number,
  end: number,
  bound: Cell,
): readonly Cell[] {
  const from = /^(from|at|of)$/.test(cells[at - 1]?.low ?? '') && !cells[at - 1]!.quoted ? at - 1 : at;
  // "30 days old or older": how old is said by the bound.
  const isOld = cells[joint - 1]!.low === 'old';
  return [...cells.slice(0, from), bound, ...cells.slice(at, isOld ? joint - 1 : joint), ...cells.slice(end)];
}

/** "volumes", "every volume", "every attached prod volume". */
const isSetNoun = (cells: readonly Cell[], at: number): boolean => {
  const kind = cells[at]!.quoted ? undefined : senseOf(cells[at], 'kind');
  if (kind === undefined || kind.plural) return kind !== undefined;
  let before = at - 1;
  while (
    cells[before]?.quoted === false &&
    (senseOf(cells[before], 'status') ?? senseOf(cells[before], 'env'))
  )
    before--;
  return /^(every|each|any)$/.test(cells[before]?.low ?? '');
};

const isFigure = (cell: Cell): boolean =>
  !cell.quoted && /^(size|number|duration|times)$/.test(senseOf(cell, 'value')?.value.k ?? '');

const comparative =
  /^(bigger|larger|greater|smaller|lower|higher|older|newer|younger|more|less|fewer|longer)$/;
const measuredBy = /^(size|number|duration)$/;

/** "bigger as 200 GB", "greater then 5", "older as two months": than. */
function withComparatives(cells: readonly Cell[]): readonly Cell[] {
  const isJoint = (at: number): boolean =>
    !cells[at]!.quoted &&
    comparative.test(cells[at]!.low) &&
    /^(as|then|than|like)$/.test(cells[at + 1]?.low ?? '') &&
    measuredBy.test(senseOf(cells[at + 2], 'value')?.value.k ?? '');
  return cells.flatMap((cell, at) => {
    if (at > 0 && isJoint(at - 1)) return [];
    if (at >= cells.length - 2 || !isJoint(at)) return [cell];
    const isLow = /^(smaller|lower|less|fewer|newer|younger)$/.test(cell.low);
    const isAge = senseOf(cells[at + 2], 'value')!.value.k === 'duration';
    const sort = isAge ? (isLow ? 'newer' : 'older') : isLow ? 'less' : 'more';
    return [plain(cell, `${cell.low} than`, word(sort))];
  });
}

/** "with a size above 200", "whose restart count is above 5": the bound, then what is counted. */
function withFiguresFirst(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex((cell) => senseOf(cell, 'kind')?.plural && !cell.quoted);
  const bound = cells.findIndex((cell, at) => at > kind && isWord(cell, 'more', 'less') && !cell.quoted);
  const value = cells[bound + 1];
  const amount = senseOf(value, 'value')?.value;
  if (kind < 0 || bound < kind + 2 || (amount?.k !== 'number' && amount?.k !== 'size')) return cells;
  let noun = bound - 1;
  while (noun > kind && isWord(cells[noun], 'be', 'of', 'have') && !cells[noun]!.quoted) noun--;
  const figure = cells[noun]!;
  const isCounted = senseOf(figure, 'metric')?.metric === 'restarts' || isWord(figure, 'replicas');
  const isSize = isWord(figure, 'sizeWord') && /size|capacity/.test(figure.low);
  if (noun <= kind || figure.quoted || !(isCounted || isSize)) return cells;
  if (isCounted ? amount.k !== 'number' : false) return cells;
  let from = noun;
  while (
    from - 1 > kind &&
    /^(a|an|the|with|of|having|have|has|that|which|whose|their|in|and)$/.test(cells[from - 1]!.low)
  )
    from--;
  const gb = amount.k === 'number' ? amount.n : amount.gb;
  const size = plain(value!, value!.low, { t: 'value', value: { k: 'size', gb } });
  const said = isSize ? [cells[bound]!, size] : [cells[bound]!, value!, figure];
  return [...cells.slice(0, from), plain(figure, 'with', word('prep')), ...said, ...cells.slice(bound + 2)];
}

/** "over 60 days old", "taken this month": how old, or when they were made. */
function withWhenMade(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some(isAmount)) return cells;
  const isOther = cells.some(
    (cell) =>
      !cell.quoted &&
      (isWord(cell, 'logCue', 'who', 'why') ||
        (senseOf(cell, 'metric') !== undefined && senseOf(cell, 'metric')!.metric !== 'disk')),
  );
  const kind = cells.findIndex(
    (cell) => !cell.quoted && (senseOf(cell, 'kind')?.kinds.some((one) => ageKinds.test(one)) ?? false),
  );
  if (isOther || kind < 0) return cells;
  return withMadeWhen(withOldness(withMakers(cells, kind), kind), kind);
}

const isAmount = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'time') !== undefined || senseOf(cell, 'value')?.value.k === 'duration');

const createdOn = (at: Cell): Cell => plain(at, 'created', word('createdOn'));

/** "snapshots we took this month", "what snapshots did we take this month": taken this month. */
function withMakers(cells: readonly Cell[], kind: number): readonly Cell[] {
  const subject = cells.findIndex((cell, at) => at > kind && !cell.quoted && who.test(cell.low));
  const between = cells.slice(kind + 1, Math.max(kind + 1, subject));
  const isTurned = between.every((cell) => /^(that|which|did|do|have)$/.test(cell.low));
  const deed = cells[subject + 1];
  const when = cells[subject + 2];
  const isMade = subject > kind && isTurned && making.test(deed?.low ?? '') && !deed!.quoted;
  return isMade && senseOf(when, 'time')
    ? [...cells.slice(0, kind + 1), createdOn(deed!), ...cells.slice(subject + 2)]
    : cells;
}

/** "over 60 days old", "more than 60 days ago", "for longer than 60 days": older than. */
function withOldness(cells: readonly Cell[], kind: number): readonly Cell[] {
  for (let at = kind + 1; at < cells.length; at++) {
    const found = oldnessAt(cells, at);
    if (!found) continue;
    let from = at;
    while (from - 1 > kind && !cells[from - 1]!.quoted && isLink(cells[from - 1]!)) from--;
    const between = cells.slice(from, at).map(({ low }) => low);
    const hasCue = aging.test(between.join(' '));
    if (found.bare && !hasCue) continue;
    return [...cells.slice(0, from), ...found.cells, ...cells.slice(found.next)];
  }
  return cells;
}

/** "kept for more than", "have we had for over", "do we have for less than": how long they are there. */
const aging =
  /\b(age|aged|longer|kept|keep|hold|held|owned?|around|exist|lived?|living|lying|made|taken|created|with us|we had|i had|(we|i) have|(have|do|did) (we|i))/;

const isLink = (cell: Cell): boolean =>
  (linking.test(cell.low) || made.test(cell.low) || isWord(cell, 'createdOn')) && !senseOf(cell, 'name');

interface Oldness {
  readonly cells: readonly Cell[];
  readonly next: number;
  /** Nothing but an amount: it is an age only where a word before it says so. */
  readonly bare: boolean;
}

function oldnessAt(cells: readonly Cell[], at: number): Oldness | undefined {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name')) return undefined;
  const span = senseOf(cell, 'time')?.range;
  // "over 60 days old": read as a stretch of time.
  if (span?.windowS !== undefined && /^(for )?over /.test(cell.low)) {
    const isOld = isOldWord(cells[at + 1]);
    const amount = plain(cell, cell.low, { t: 'value', value: { k: 'duration', seconds: span.windowS } });
    return { cells: [olderThan(cell, true), amount], next: isOld ? at + 2 : at + 1, bare: !isOld };
  }
  const isMore = isWord(cell, 'more', 'older') || /^longer/.test(cell.low);
  const isLess = isWord(cell, 'less', 'newer');
  if (!isMore && !isLess) return undefined;
  const next = /^(than|then|as|that)$/.test(cells[at + 1]?.low ?? '') ? at + 2 : at + 1;
  const value = cells[next];
  if (!value || value.quoted) return undefined;
  const isAgo = senseOf(value, 'time')?.range.side === 'ago';
  if (isAgo) {
    const before = isMore ? plain(cell, 'created before', word('createdBefore')) : undefined;
    const bound = before ?? plain(cell, 'created after', word('createdAfter'));
    return { cells: [bound, value], next: next + 1, bare: false };
  }
  if (senseOf(value, 'value')?.value.k !== 'duration') return undefined;
  const isOld = isOldWord(cells[next + 1]);
  const isSaid = /\b(older|newer|younger|longer)\b/.test(cell.low);
  return {
    cells: [olderThan(cell, isMore), value],
    next: isOld ? next + 2 : next + 1,
    bare: !isOld && !isSaid,
  };
}

const isOldWord = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && /^(old|of age|in age|ago|in the past|back)$/.test(cell.low);

const olderThan = (at: Cell, isMore: boolean): Cell =>
  isMore
    ? plain(at, /least|no less/.test(at.low) ? 'at least' : 'older than', word('older'))
    : plain(at, 'newer than', word('newer'));

/** "built this month", "snapshots from this month", "new vms this week": when they were made. */
function withMadeWhen(cells: readonly Cell[], kind: number): readonly Cell[] {
  const when = cells.findIndex((cell, at) => at > kind && !cell.quoted && senseOf(cell, 'time'));
  if (when < 0) return cells;
  const range = senseOf(cells[when], 'time')!.range;
  if (range.fromMs === undefined && range.toMs === undefined && range.windowS === undefined) return cells;
  let from = when;
  while (from - 1 > kind && !cells[from - 1]!.quoted && isLink(cells[from - 1]!)) from--;
  // "since the first of november"
  const isFirstOf = /^of /.test(cells[when]!.low) && cells[when - 1]?.low === 'first';
  if (isFirstOf) while (from - 1 > kind && /^(since|from|the|first)$/.test(cells[from - 1]!.low)) from--;
  const between = cells.slice(from, when);
  const isMade = between.some((cell) => made.test(cell.low));
  const isPlaced = /^(from|since|of|in|during|before|after)\b/.test(cells[when]!.low);
  const isOrder = cells.some((cell) => isBase(cell) && !senseOf(cell, 'kind') && cell.low !== 'new');
  const isSnapshot = senseOf(cells[kind], 'kind')!.kinds.includes('snapshot');
  const isNew = cells[kind - 1]?.low === 'new' && !cells[kind - 1]!.quoted;
  const isFromThen = isSnapshot && when === kind + 1 && (isPlaced || !isOrder);
  if (!isMade && !isFromThen && !(isNew && !isOrder && when === kind + 1)) return cells;
  const head = isNew ? [...cells.slice(0, kind - 1), cells[kind]!] : cells.slice(0, kind + 1);
  const rest = cells.slice(kind + 1, from);
  return [...head, ...rest, createdOn(cells[when]!), ...cells.slice(when)];
}
