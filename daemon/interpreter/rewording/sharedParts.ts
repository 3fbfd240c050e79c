// What the steps of one text share and say once: the subject of a passive ("a has to be deleted together with b"), the
// figures of a list ("scale a and b to 4 and 3"), the kind of a second one ("take a fresh one of c"), the place before the
// first order ("in staging scale a to 0, then …"), the thing of an address ("… + any floating ip"). Each step gets its
// own. Called by `withSequence`; no thing that was not said is added.

import { isJoin, isOrder } from '../steps/madeTogether.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with what is shared said in every step. */
export function withSharedParts(cells: readonly Cell[]): readonly Cell[] {
  return [
    withPlaceBehind,
    withPlaceFirst,
    withHolders,
    withRollout,
    withFirstBefore,
    withLateSubject,
    withEachFigure,
    withFreshOne,
    withPutNew,
    withGap,
    withTheTwo,
    withBareJoin,
    withAddress,
  ].reduce((said, turn) => turn(said), cells);
}

const isPlace = (cell: Cell | undefined): boolean =>
  (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;
const isExact = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env') && !cell!.quoted;
const isEnd = (cell: Cell | undefined): boolean => cell === undefined || isJoin(cell) || isWord(cell, 'stop');

/** "scale in staging the web to 0": the place behind the verb is no part of it. */
function withPlaceBehind(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      isBase(cell) && / (in|on)$/.test(cell.low) && cell.words === 2 && isPlace(cells[index + 1]),
  );
  if (at < 0) return cells;
  const [phrase, prep] = cells[at]!.low.split(' ') as [string, string];
  const verb = plain(cells[at]!, phrase, { t: 'verb', phrase, form: 'base' });
  let end = at + 2;
  while (isWord(cells[end], 'det') || isThing(cells[end])) end++;
  const place = [plain(cells[at]!, prep, word('prep')), cells[at + 1]!];
  return [...cells.slice(0, at), verb, ...cells.slice(at + 2, end), ...place, ...cells.slice(end)];
}

const hanging =
  /^(that |which )?(they are |it is |these are |they |it |these )?(currently )?(attached to|mounted on|mounted to|connected to|belong to|belongs to|hang on|hang off|hangs on|sit on|sits on|used by|in use by)$/;

/** "snapshot a and b, then reboot the instances they are attached to": their instances. */
function withHolders(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) => index > 3 && !cell.quoted && senseOf(cell, 'kind')?.kinds.includes('vm') === true,
  );
  if (at < 0 || !isWord(cells[at - 1], 'det') || !isBase(cells[at - 2])) return cells;
  let end = at + 1;
  while (end < cells.length && !isEnd(cells[end])) end++;
  const said = cells
    .slice(at + 1, end)
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');
  const isHeld =
    hanging.test(said) || /^(that use|which use|using|that hold|holding) (them|it|these)$/.test(said);
  if (!isHeld || !/\b(they|it|these|them)\b/.test(said)) return cells;
  const their = plain(cells[at - 1]!, 'their', word('their'));
  return [...cells.slice(0, at - 1), their, cells[at]!, ...cells.slice(end)];
}

/** "undo the frontend rollout", "undo the last rollout of frontend": roll frontend back. */
function withRollout(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutImageOf(given);
  const at = cells.findIndex(
    (cell) => !cell.quoted && /^rollouts?$/.test(cell.low) && !senseOf(cell, 'name'),
  );
  const verb = cells.findLastIndex(
    (cell, index) =>
      index < at && /^(undo|revert|reverse|roll back|rollback|take back)( (the|that|this))?$/.test(cell.low),
  );
  const between = cells.slice(verb + 1, Math.max(at, verb + 1));
  const isPlain = between.every((cell) => isThing(cell) || isWord(cell, 'det', 'last', 'possessive'));
  if (verb < 0 || !isPlain) return cells;
  const back = plain(cells[verb]!, 'roll back', { t: 'verb', phrase: 'roll back', form: 'base' });
  const things = between.filter((cell) => !isWord(cell, 'last', 'possessive') || isExact(cell));
  const rest = cells.slice(isWord(cells[at + 1], 'of') ? at + 2 : at + 1);
  const isNamed = things.some(isExact) || isExact(rest[0]);
  return isNamed ? [...cells.slice(0, verb), back, ...things, ...rest] : cells;
}

/** "revert the image of cart to the previous version": cart goes back. */
function withoutImageOf(cells: readonly Cell[]): readonly Cell[] {
  const of = cells.findIndex(
    (cell, at) => cell.low === 'of' && /^(image|version|release|build)s?$/.test(cells[at - 1]?.low ?? ''),
  );
  const verb = isWord(cells[of - 2], 'det') ? of - 3 : of - 2;
  const isBack = /^(revert|roll back|rollback|reset|set back|take back|bring back|return)$/.test(
    cells[verb]?.low ?? '',
  );
  const isPrevious = cells.some((cell, at) => at > of && isWord(cell, 'previousOne') && !cell.quoted);
  if (of < 2 || !isBack || !isPrevious) return cells;
  const back = plain(cells[verb]!, 'roll back', { t: 'verb', phrase: 'roll back', form: 'base' });
  return [...cells.slice(0, verb), back, ...cells.slice(of + 1)];
}

/** "a needs L.16, but snapshot it before you resize": first snapshot it. */
function withFirstBefore(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length;
  while (isWord(cells[end - 1], 'stop', 'filler')) end--;
  const verb = cells[end - 1];
  const isBare =
    verb !== undefined &&
    !verb.quoted &&
    (senseOf(verb, 'verb') !== undefined || /^(doing (so|that|it))$/.test(verb.low));
  const before = isBare && isWord(cells[end - 2], 'before') ? end - 2 : -1;
  const join = cells.findLastIndex((cell, at) => at < before && (isJoin(cell) || cell.low === 'but'));
  const start = isWord(cells[join], 'and', 'comma') || cells[join]?.low === 'but' ? join + 1 : -1;
  const isIt =
    start > 1 && isOrder(cells, start) && isWord(cells[start + 1], 'pronoun') && before === start + 2;
  if (!isIt) return cells;
  const first = plain(cells[join]!, 'but first', word('before'));
  let from = join;
  while (isWord(cells[from - 1], 'comma', 'and')) from--;
  return [...cells.slice(0, from), first, ...cells.slice(start, before), ...cells.slice(end)];
}

/** "in staging scale a to 0 and then …", "over in staging, restart a, …": the place holds for all that follows. */
function withPlaceFirst(cells: readonly Cell[]): readonly Cell[] {
  let at = 0;
  while (isWord(cells[at], 'filler', 'comma') && !isWord(cells[at], 'prep')) at++;
  const order = isWord(cells[at + 2], 'comma') ? at + 3 : at + 2;
  const isLed =
    /(^|\b)(in|on)$/.test(cells[at]?.low ?? '') && isPlace(cells[at + 1]) && isOrder(cells, order);
  const isMore = cells.some(
    (cell, index) => index > order && (isOrder(cells, index) || isWord(cell, 'afterwards')),
  );
  if (!isLed || !isMore) return cells;
  const then = plain(cells[at + 1]!, ':', word('colon'));
  return [...cells.slice(0, at + 2), then, ...cells.slice(order)];
}

/** "a has to be deleted together with b": both have to. */
function withLateSubject(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => isWord(cell, 'need') && !cell.quoted);
  let done = need + 1;
  while (isWord(cells[done], 'be', 'filler')) done++;
  const and = done + 1;
  if (
    need < 1 ||
    senseOf(cells[done], 'verb')?.form !== 'ed' ||
    !isWord(cells[and], 'and') ||
    cells[and]!.low === 'and'
  )
    return cells;
  let end = and + 1;
  while (end < cells.length && !isEnd(cells[end])) end++;
  const more = cells.slice(and + 1, end);
  const isList =
    more.some(isThing) && more.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep', 'their'));
  if (!isList || more.some((cell) => isWord(cell, 'all', 'except'))) return cells;
  const join = plain(cells[and]!, 'and', word('and'));
  return [...cells.slice(0, need), join, ...more, ...cells.slice(need, and), ...cells.slice(end)];
}

/** "scale a and b to 4 and 3 replicas respectively": each has its own. */
function withEachFigure(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex((_, at) => isOrder(cells, at));
  const to = cells.findIndex(
    (cell, at) => at > verb + 3 && !cell.quoted && /^(to|with|at|by)$/.test(cell.low),
  );
  if (verb < 0 || to < 0) return cells;
  const things = listed(cells.slice(verb + 1, to), isExact);
  let end = to + 1;
  const isFigure = (cell: Cell | undefined): boolean =>
    (senseOf(cell, 'value') ?? senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/'))) !==
      undefined &&
    (senseOf(cell, 'value') !== undefined ||
      senseOf(cell, 'name')!.ids.every((id) => id.includes(':flavor/')));
  while (isFigure(cells[end]) || (isWord(cells[end], 'and', 'comma') && isFigure(cells[end + 1]))) end++;
  const figures = cells.slice(to + 1, end).filter((cell) => isFigure(cell));
  if (!things || things.length < 2 || figures.length !== things.length) return cells;
  const unit = isWord(cells[end], 'replicas') ? [cells[end]!] : [];
  let rest = end + unit.length;
  while (cells[rest]?.low === 'respectively' || (cells[rest]?.low === 'each' && false)) rest++;
  const and = plain(cells[to]!, 'and', word('and'));
  const each = things.flatMap((thing, at) => [
    ...(at > 0 ? [and] : []),
    cells[verb]!,
    ...thing,
    cells[to]!,
    figures[at]!,
    ...unit,
  ]);
  return [...cells.slice(0, verb), ...each, ...cells.slice(rest)];
}

/** The members of a list, each with exactly one name; undefined where it is no plain list. */
function listed(
  cells: readonly Cell[],
  isOne: (cell: Cell) => boolean,
): readonly (readonly Cell[])[] | undefined {
  const members: Cell[][] = [[]];
  for (const cell of cells)
    if (isWord(cell, 'and', 'comma') && !cell.quoted) {
      if (members.at(-1)!.length > 0) members.push([]);
    } else members.at(-1)!.push(cell);
  const isPlain = members.every(
    (member) =>
      member.filter(isOne).length === 1 &&
      member.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep')),
  );
  return isPlain ? members : undefined;
}

/** "delete snapshot a, then take a fresh one of b": a fresh snapshot. */
function withFreshOne(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell, index) => index > 2 && isOneOf(cells, index) > 0 && !cell.quoted);
  const isSnapshot = cells.slice(0, Math.max(0, at)).some((cell) => {
    const isKind = /^(snapshots?|backup)$/.test(cell.low);
    return !cell.quoted && (isKind || senseOf(cell, 'name')?.ids.every((id) => id.includes(':snapshot/')));
  });
  const verb = cells.findLastIndex(
    (cell, index) => index < at && /^(take|make|create|do|get|grab|draw|pull)$/.test(cell.low),
  );
  if (at < 0 || !isSnapshot || verb < 1 || at - verb > 3) return cells;
  const snapshot = plain(cells[at]!, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  return [...cells.slice(0, verb), snapshot, ...cells.slice(at + isOneOf(cells, at))];
}

/** How many cells "one of" takes before a name. */
function isOneOf(cells: readonly Cell[], at: number): number {
  const one = /^(a |a new |a fresh |new |fresh |another )?(one|another)$/;
  const { low } = cells[at]!;
  if (/ (of|from)$/.test(low) && one.test(low.replace(/ (of|from)$/, '')) && isExact(cells[at + 1])) return 1;
  return one.test(low) && /^(of|from)$/.test(cells[at + 1]?.low ?? '') && isExact(cells[at + 2]) ? 2 : 0;
}

/** "create namespace a and put a deployment b in it": make it there. */
function withPutNew(cells: readonly Cell[]): readonly Cell[] {
  const isPutting = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && /^(put|place|run|start|launch|deploy|drop|install)$/.test(cell.low);
  return cells.flatMap((cell, at) => {
    const kind = isWord(cells[at + 1], 'det') ? at + 2 : at + 1;
    const name = cells[isWord(cells[kind + 1], 'named') ? kind + 2 : kind + 1];
    const isNew =
      senseOf(cells[kind], 'kind')?.kinds[0] === 'deployment' &&
      name !== undefined &&
      name.senses.length === 0;
    const isPut = at > 2 && isEdge(cells[at - 1]) && isPutting(cell);
    const create = plain(cell, 'create', { t: 'verb', phrase: 'create', form: 'base' });
    if (isPut && isNew) return [create];
    // "… and deploy echo in it with image …"
    const isBare =
      isPut &&
      cells[at + 1]?.senses.length === 0 &&
      /^(in|into|inside|on|with|from|using|there)$/.test(cells[at + 2]?.low ?? '') &&
      cells.some((one, index) => index > at && senseOf(one, 'value')?.value.k === 'image');
    const isThere = cell.low === 'there' && !cell.quoted && cells[at - 1]?.senses.length === 0;
    if (isThere && isPutting(cells[at - 2]))
      return [plain(cell, 'in', word('prep')), plain(cell, 'it', word('pronoun'))];
    const noun = plain(cell, 'deployment', { t: 'kind', kinds: ['deployment'], plural: false });
    return isBare ? [create, noun] : [cell];
  });
}

/** "a must be enabled and b disabled", "a should become M.8 and b L.16": the need holds for both. */
function withGap(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => isWord(cell, 'need') && !cell.quoted);
  const and = cells.findIndex((cell, at) => at > need + 1 && isWord(cell, 'and', 'comma') && !cell.quoted);
  if (need < 1 || and < need + 2) return cells;
  let end = and + 1;
  while (isThing(cells[end]) || isWord(cells[end], 'det', 'prep')) {
    if (isFlavor(cells[end])) break;
    end++;
  }
  const isNamed = cells.slice(and + 1, end).some(isExact);
  const isSame = (one: Cell | undefined): boolean =>
    (senseOf(one, 'verb')?.form === 'ed' && senseOf(cells[and - 1], 'verb')?.form === 'ed') ||
    (isFlavor(one) && isFlavor(cells[and - 1]));
  if (!isNamed || !isSame(cells[end]) || !(isEnd(cells[end + 1]) || isWord(cells[end + 1], 'filler')))
    return cells;
  return [...cells.slice(0, end), ...cells.slice(need, and - 1), ...cells.slice(end)];
}

const isFlavor = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')) === true;

/** "… then reboot the two", "… the pair": both. */
function withTheTwo(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const isTwo =
      at > 3 &&
      !cell.quoted &&
      /^(two|2|pair|duo)$/.test(cell.low) &&
      isEnd(cells[at + 1]) &&
      cells[at - 1]!.low === 'the' &&
      isBase(cells[at - 2]);
    const isBoth =
      at > 3 &&
      cell.low === 'both' &&
      isBase(cells[at - 1]) &&
      /^(to|with|on|at|again)$/.test(cells[at + 1]?.low ?? '');
    if (isTwo || isBoth) return [plain(cell, 'both of them', word('pronoun'))];
    const isThe =
      cell.low === 'the' &&
      isBase(cells[at - 1]) &&
      at > 2 &&
      /^(two|2|pair|duo)$/.test(cells[at + 1]?.low ?? '') &&
      isEnd(cells[at + 2]);
    return isThe ? [] : [cell];
  });
}

/** "cordon a drain it and …": another order without a join. */
function withBareJoin(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const isNext =
      at > 1 &&
      isOrder(cells, at) &&
      isWord(cells[at + 1], 'pronoun') &&
      /^(it|them|both of them)$/.test(cells[at + 1]!.low);
    const before = cells[at - 1];
    const isBare =
      isNext && (isExact(before) || senseOf(before, 'value') !== undefined || isWord(before, 'pronoun'));
    return isBare ? [plain(cell, 'and', word('and')), cell] : [cell];
  });
}

/** "launch a … + any floating ip", "… then slap a public ip on it": assign it. */
function withAddress(cells: readonly Cell[]): readonly Cell[] {
  const address = cells.findIndex(
    (cell, at) =>
      at > 3 &&
      !cell.quoted &&
      senseOf(cell, 'kind')?.kinds.includes('floating-ip') === true &&
      !senseOf(cell, 'name'),
  );
  let join = address - 1;
  while (join > 0 && !isEdge(cells[join]) && address - join < 6) join--;
  const lead = cells.slice(join + 1, Math.max(0, address));
  const isAny = lead.some(
    (cell) => /^(a|an|any|some|one|free|new|another|any free|a free)$/.test(cell.low) && !cell.quoted,
  );
  // A verb of its own is read as it is; what is no order here only says that it is put there.
  const isPut = lead.every(
    (cell) =>
      !cell.quoted &&
      (isPutting(cell) || (!isThing(cell) && !isOrder([cell], 0))) &&
      !isWord(cell, 'not', 'except', 'with', 'prep'),
  );
  const first = cells.findIndex((_, at) => isOrder(cells, at));
  const isMade =
    first >= 0 &&
    first < join &&
    /^(create|launch|spin up|provision|make|boot|start|new|deploy|set up|bring up|boot up|fire up|stand up|add)$/.test(
      senseOf(cells[first], 'verb')!.phrase,
    );
  const behind = cells.slice(address + 1);
  const isOn =
    /^(on|for|to|onto)$/.test(behind[0]?.low ?? '') &&
    /^(it|that|this one|that one)$/.test(behind[1]?.low ?? '');
  const rest = behind.slice(isOn ? 2 : 0);
  if (address < 0 || join < 2 || !isEdge(cells[join]) || !isAny || !isPut || !isMade || !isEnd(rest[0]))
    return cells;
  const verb = plain(cells[address]!, 'assign', { t: 'verb', phrase: 'assign', form: 'base' });
  const any = plain(cells[address]!, 'any', word('any'));
  const it = [plain(cells[address]!, 'to', word('prep')), plain(cells[address]!, 'it', word('pronoun'))];
  const then = plain(cells[join]!, 'then', word('afterwards'));
  return [...cells.slice(0, join), then, verb, any, cells[address]!, ...it, ...rest];
}

/** "slap it on", "a free one": a verb that only says where, or none. */
const isPutting = (cell: Cell): boolean =>
  /^(any|free|put|stick|pop|slap|throw|hang|drop)$/.test(cell.text.toLowerCase());

const isEdge = (cell: Cell | undefined): boolean => isJoin(cell) || isWord(cell, 'stop') || cell?.low === '+';
