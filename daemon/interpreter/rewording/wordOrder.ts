// Word order other tongues and hurried people have: a relative clause between commas, the place corrected in the middle,
// "make it by ten gigabytes bigger", "take A from B away", "give it then to C", "throw them to the trash". The words are
// put where a plain command has them; no bound is ever left out on the way. Called by `reword` before anything else.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { withMadeSo } from './passives.ts';
import { withQuestions } from './questionOrder.ts';

/** The cells in the order of a plain command. */
export function withWordOrder(cells: readonly Cell[]): readonly Cell[] {
  const turns = [
    withQuestions,
    withMadeSo,
    withNeededNew,
    withRelative,
    withVerbLast,
    withThoseThatAre,
    withPlaceCorrected,
    withLateThen,
    withTrash,
    withBigger,
    withSharedNeed,
    withListedOf,
    withInside,
    withOnes,
  ];
  return turns.reduce((said, turn) => turn(said), cells);
}

const base = (phrase: string) => ({ t: 'verb', phrase, form: 'base' }) as const;
const isMark = (cell: Cell | undefined): boolean => isWord(cell, 'comma') && cell?.quoted === false;
const isPlace = (cell: Cell | undefined): boolean =>
  cell !== undefined && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;
const isSet = (cell: Cell): boolean =>
  !cell.quoted && (isWord(cell, 'all', 'both', 'any') || senseOf(cell, 'kind')?.plural === true);

/** Whether what stands here, behind "which is", tells some from others. */
function isTelling(cells: readonly Cell[], from: number): boolean {
  let at = from;
  while (isWord(cells[at], 'that', 'be', 'have', 'do', 'not') && !senseOf(cells[at], 'status')) at++;
  const cell = cells[at];
  return (
    cell !== undefined &&
    !cell.quoted &&
    (['status', 'env', 'region', 'provider', 'tags'].some((sort) =>
      cell.senses.some(({ t }) => t === sort),
    ) ||
      isWord(
        cell,
        'attachedTo',
        'older',
        'newer',
        'more',
        'less',
        'tagged',
        'named',
        'startingWith',
        'endingWith',
        'containing',
        'outside',
        'createdBefore',
        'createdAfter',
        'createdOn',
      ) ||
      (isWord(cell, 'prep') && (isThing(cells[at + 1]) || isPlace(cells[at + 1]))))
  );
}

/** "every volume, which is not in use, …": it restricts, commas or not. */
function withRelative(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 0 &&
      isMark(cell) &&
      cells[index + 1]?.quoted === false &&
      /^(which|that|who)\b/.test(cells[index + 1]!.low) &&
      (isTelling(cells, index + 1) || !cells.slice(0, index).some((one) => isBase(one) && !isThing(one))),
  );
  if (at < 0) return cells;
  const start = cells.findLastIndex((cell, index) => index < at && isWord(cell, 'stop', 'comma')) + 1;
  if (!cells.slice(start, at).some(isSet) || !(isThing(cells[at - 1]) || cells[at - 1]!.low === 'team'))
    return cells;
  let end = at + 1;
  while (end < cells.length && !isWord(cells[end], 'comma', 'stop', 'colon')) end++;
  const isClosed =
    isMark(cells[end]) &&
    !isWord(cells[end + 1], 'except') &&
    !/^(it|them|these|those)$/.test(cells[end + 2]?.low ?? '');
  return [...cells.slice(0, at), ...cells.slice(at + 1, end), ...cells.slice(isClosed ? end + 1 : end)];
}

/** "I need a new volume of 100 GB, …, and then attach it", "need a network lab-net; also …": make one. */
function withNeededNew(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || /\b(need|want)$/.test(cell.low));
  const lead = cells[need];
  if (
    !lead ||
    lead.quoted ||
    !/^(i|we|ill|i will|we will)?( (will|would|do))? ?(need|want|would like)$/.test(lead.low)
  )
    return cells;
  const kind = cells.findIndex((cell, at) => at > need && senseOf(cell, 'kind') !== undefined);
  const between = cells.slice(need + 1, Math.max(need + 1, kind));
  const isNew =
    kind > 0 &&
    kind < need + 6 &&
    senseOf(cells[kind], 'kind')?.plural === false &&
    /^(a|an|another|one|one more|new|fresh)$/.test(between[0]?.low ?? '') &&
    (between.some((cell) => /\b(new|fresh|another|additional|extra)\b/.test(cell.low)) ||
      isNewName(cells[kind + 1])) &&
    between.every(
      (cell) =>
        isWord(cell, 'det', 'filler', 'other') || senseOf(cell, 'value') || /^(one|new)$/.test(cell.low),
    );
  const goesOn = cells.some((cell, at) => at > kind && isBase(cell) && !isThing(cell));
  if (!isNew || !goesOn || cells.some((cell) => isWord(cell, 'not', 'if', 'what'))) return cells;
  return [plain(lead, 'create', base('create')), ...cells.slice(need + 1)];
}

/** What nothing is called yet, or the word that says how it is to be called. */
const isNewName = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !senseOf(cell, 'name') &&
  (cell.quoted || isWord(cell, 'named') || (cell.senses.length === 0 && /[-_\d]/.test(cell.low)));

const isIn = (state: Cell): Cell => ({ ...state, senses: state.senses.filter(({ t }) => t === 'status') });

/** "instances of the data team, except web-1, please stop": the verb comes first. */
function withVerbLast(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(
    (cell) => isBase(cell) && !isThing(cell) && !isWord(cell, 'filler', 'light', 'prep'),
  );
  const topic = cells.slice(0, Math.max(0, verb));
  // "the runners which are up, …"
  const isState = (): boolean =>
    senseOf(topic.at(-1), 'status') !== undefined && isWord(topic.at(-2), 'that', 'be');
  while (isWord(topic.at(-1), 'filler', 'comma', 'colon') && !isThing(topic.at(-1)) && !isState())
    topic.pop();
  // "a and b: snapshot both, then delete both"
  const isOrdered = topic.some(
    (cell, at) => isBase(cell) && isWord(cells[at + 1], 'both', 'all', 'pronoun', 'demonstrative', 'det'),
  );
  if (isOrdered) return cells;
  // "vms without a team tag"
  if (/^(tag|label)$/.test(cells[verb]?.low ?? '') && /^(an?|any|no)$/.test(cells[verb - 2]?.low ?? ''))
    return cells;
  // "…, please to cordon all"
  const whole = cells
    .slice(verb + 1)
    .find((cell) => /^(all|all of them|them all|them|both|each)$/.test(cell.low));
  const isAll = whole !== undefined && cells[verb + 1] === whole && !whole.quoted;
  const rest = cells.slice(isAll ? verb + 2 : verb + 1);
  const isLast =
    rest.every((cell) => isWord(cell, 'stop', 'filler') && !isThing(cell)) &&
    !rest.some((cell) => cell.low === '?');
  const isPolite = topic.length < verb;
  const isPlain =
    topic.some(isSet) &&
    !topic.some((cell, at) => {
      if (cell.quoted) return false;
      if (isWord(cell, 'not') && !isWord(cell, 'outside', 'except'))
        return !isWord(topic[at - 1], 'that', 'be');
      if (isWord(cell, 'be'))
        return !isWord(topic[at - 1], 'that') && !isWord(cell, 'that') && !isWord(topic[at - 1], 'what');
      if (isWord(cell, 'what', 'who')) return at === 0 || !/^(which|who|that)/.test(cell.low);
      return isWord(
        cell,
        'stop',
        'if',
        'need',
        'why',
        'howMany',
        'listCue',
        'showCue',
        'logCue',
        'ask',
        'correction',
        'before',
        'after',
        'afterwards',
        'changed',
        'arrow',
      );
    });
  if (!(verb > 0 && isLast && isPolite && isPlain)) return cells;
  const isBare = isWord(topic[0], 'det') && isAll && whole.low !== 'them';
  const object = isBare ? [plain(whole, 'all', word('all')), ...topic.slice(1)] : topic;
  return [cells[verb]!, ...object, ...rest];
}

/** "some of the runners are off. start all the ones that are": start all runners that are off. */
function withThoseThatAre(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const told = cells.slice(0, Math.max(0, stop)).filter((cell) => !isWord(cell, 'filler') || isThing(cell));
  const be = told.findIndex((cell) => isWord(cell, 'be') && !cell.quoted);
  const order = cells.slice(stop + 1);
  const verb = order.findIndex(isBase);
  const said = order
    .slice(verb + 1)
    .filter((cell) => !isWord(cell, 'stop'))
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');
  const isThose =
    /^(all )?(of )?(the ones|those|these|the|ones|all) (ones )?(that|which|who) are( so)?( please)?$/.test(
      said,
    );
  if (stop < 0 || be < 1 || verb < 0 || !isThose || told.length !== be + 2) return cells;
  const state = told[be + 1]!;
  const subject = told
    .slice(0, be)
    .filter((cell) => !/^(some|some of|a few|few|several|many|most|of|the|our|my|a|couple)$/.test(cell.low));
  const isPlain =
    subject.length > 0 &&
    subject.every((cell) => isThing(cell) || isWord(cell, 'prep')) &&
    (senseOf(subject.at(-1), 'kind')?.plural ?? /s$/.test(subject.at(-1)!.low));
  if (
    !isPlain ||
    !senseOf(state, 'status') ||
    order.slice(0, verb).some((cell) => !isWord(cell, 'filler', 'comma'))
  )
    return cells;
  return [order[verb]!, plain(told[be]!, 'all', word('all')), isIn(state), ...subject];
}

/** "in staging, no sorry, in dev, …": the later of two places of one sort. */
function withPlaceCorrected(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => isWord(cell, 'correction') && !cell.quoted && !senseOf(cell, 'name'));
  let before = at - 1;
  while (isMark(cells[before]) || isWord(cells[before], 'correction')) before--;
  let after = at + 1;
  while (isMark(cells[after]) || (isWord(cells[after], 'correction') && !isPlace(cells[after]))) after++;
  if (at < 2 || !isWord(cells[before - 1], 'prep')) return cells;
  const next = isWord(cells[after], 'prep') ? after + 1 : after;
  const sorts = (['env', 'region'] as const).filter(
    (sort) => senseOf(cells[before], sort) && senseOf(cells[next], sort),
  );
  const isEnd = cells[next + 1] === undefined || isWord(cells[next + 1], 'comma', 'stop', 'prep', 'filler');
  // Another order behind it is read as what it is.
  const isOne = cells.filter((cell) => isBase(cell) && !isThing(cell)).length === 1;
  if (sorts.length === 0 || !isEnd || !isOne || cells[before]!.quoted) return cells;
  const rest = isMark(cells[next + 1]) && cells.length > next + 2 ? next + 2 : next + 1;
  return [...cells.slice(0, before), cells[next]!, ...cells.slice(rest)];
}

/** "and give it then to b": then give it to b. */
function withLateThen(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(then|afterwards|after that|afterward|next|finally)$/.test(cell.low) &&
      /^(it|them|that|this)$/.test(cells[index - 1]!.low) &&
      isBase(cells[index - 2]) &&
      (cells[index + 1] === undefined || isWord(cells[index + 1], 'prep', 'stop')),
  );
  if (at < 3) return cells;
  const and = isWord(cells[at - 3], 'and', 'comma') ? at - 3 : at - 2;
  const then = plain(cells[at]!, 'then', word('afterwards'));
  return [...cells.slice(0, and), then, ...cells.slice(at - 2, at), ...cells.slice(at + 1)];
}

/** "throw them to the trash": delete them. */
function withTrash(cells: readonly Cell[]): readonly Cell[] {
  const bin = cells.findIndex(
    (cell) => !cell.quoted && /^(trash|bin|garbage|dustbin|rubbish|trash bin|trashcan)$/.test(cell.low),
  );
  const from = /^(the|a)$/.test(cells[bin - 1]?.low ?? '') ? bin - 2 : bin - 1;
  const throwing = cells.findLastIndex(
    (cell, at) => at < from && !cell.quoted && /^(throw|toss|chuck|dump|put)$/.test(cell.low),
  );
  if (throwing < 0 || !/^(to|in|into|on|onto)$/.test(cells[from]?.low ?? '') || senseOf(cells[bin], 'name'))
    return cells;
  if (cells.slice(throwing, from).some((cell) => isWord(cell, 'stop', 'not'))) return cells;
  return [
    ...cells.slice(0, throwing),
    plain(cells[throwing]!, 'delete', base('delete')),
    ...cells.slice(throwing + 1, from),
    ...cells.slice(bin + 1),
  ];
}

/** "make all volumes 10 GB bigger", "make it by ten gigabytes bigger": grow them by that. */
function withBigger(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(bigger|larger|smaller)$/.test(cell.low) &&
      /^(size|percent)$/.test(senseOf(cells[index - 1], 'value')?.value.k ?? ''),
  );
  const make = cells.findLastIndex(
    (cell, index) => index < at && !cell.quoted && /^(make|get|have)$/.test(cell.low),
  );
  const value = cells[at - 1]!;
  const end = /^(by|for|about|with)$/.test(cells[at - 2]?.low ?? '') ? at - 2 : at - 1;
  // "which are 10 GB bigger than": a size to compare.
  if (at < 2 || /^(than|then)$/.test(cells[at + 1]?.low ?? '') || isQuestion(cells)) return cells;
  const by = plain(cells[at]!, 'by', word('prep'));
  const isSaid = end === at - 1 && /^(to|at|up to|down to)$/.test(cells[at - 2]!.low);
  // "should become 10 GB bigger": by that, whatever the verb.
  if (make < 0) return isSaid ? cells : [...cells.slice(0, end), by, value, ...cells.slice(at + 1)];
  const object = cells.slice(make + 1, end);
  if (isSaid || object.some((cell) => isWord(cell, 'stop') || (isBase(cell) && !isThing(cell)))) return cells;
  const phrase = cells[at]!.low === 'smaller' ? 'shrink' : 'grow';
  return [
    ...cells.slice(0, make),
    plain(cells[make]!, phrase, base(phrase)),
    ...object,
    by,
    value,
    ...cells.slice(at + 1),
  ];
}

/** "jenkins needs a reboot and grafana two replicas": both need. */
function withSharedNeed(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex(
    (cell) => isWord(cell, 'need') && !cell.quoted && /^(needs?|wants?|gets?)$/.test(cell.low),
  );
  const and = cells.findIndex((cell, at) => at > need && isWord(cell, 'and', 'comma') && !cell.quoted);
  const [thing, amount, unit] = cells.slice(and + 1, and + 4);
  const isGapped =
    need > 0 &&
    and > need &&
    senseOf(thing, 'name')?.exact === true &&
    senseOf(amount, 'value') !== undefined &&
    isWord(unit, 'replicas');
  return isGapped ? [...cells.slice(0, and + 2), cells[need]!, ...cells.slice(and + 2)] : cells;
}

/** "snapshot of a and of b": of a and b. */
function withListedOf(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter(
    (cell, at) =>
      !(
        isWord(cell, 'of') &&
        !cell.quoted &&
        isWord(cells[at - 1], 'and') &&
        senseOf(cells[at - 2], 'name') &&
        senseOf(cells[at + 1], 'name') &&
        cells.slice(0, at - 1).some((one) => isWord(one, 'of'))
      ),
  );
}

/** "inside of it": in it. */
function withInside(cells: readonly Cell[]): readonly Cell[] {
  if (isQuestion(cells)) return cells;
  return cells.map((cell, at) =>
    !cell.quoted &&
    /^(inside of|inside|within|into)$/.test(cell.low) &&
    /^(it|that|this)$/.test(cells[at + 1]?.low ?? '')
      ? plain(cell, 'in', word('prep'))
      : cell,
  );
}

const telling = ['env', 'region', 'provider', 'status'] as const;

/** "stop the vms in dev and start the ones in staging": ones of the same kind, where all that was said is said anew. */
function withOnes(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => cell.low === 'ones' && !cell.quoted && isWord(cell, 'one'));
  const isCut = (cell: Cell): boolean => isBase(cell) && !isThing(cell);
  const verb = cells.findLastIndex((cell, index) => index < at && isCut(cell));
  const kind = cells.findLastIndex(
    (cell, index) => index < verb && !cell.quoted && senseOf(cell, 'kind')?.plural === true,
  );
  const order = cells.findLastIndex((cell, index) => index < kind && isCut(cell));
  if (kind < 0 || order < 0) return cells;
  let end = at + 1;
  while (end < cells.length && !isWord(cells[end], 'comma', 'stop', 'and') && !isCut(cells[end]!)) end++;
  const sorts = (some: readonly Cell[]): readonly string[] =>
    some.flatMap((cell) => telling.filter((sort) => !cell.quoted && senseOf(cell, sort)));
  const [first, second] = [sorts(cells.slice(order + 1, verb)), sorts(cells.slice(verb + 1, end))];
  const isAnew = first.length > 0 && first.every((sort) => second.includes(sort));
  return isAnew
    ? cells.map((cell, index) => (index === at ? { ...cell, senses: cells[kind]!.senses } : cell))
    : cells;
}
