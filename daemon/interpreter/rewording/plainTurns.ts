// Small turns of speech, said plainly before anything else: "Of the web machines, which three use the most CPU?", "cordon
// zone eu-a, every node", "anything critical firing?", "do a rollback for them", "delete the volume itself", "I would need
// that it is running again". Each only puts what was said in the usual order or leaves out a word that says nothing; no
// thing, place or figure is added. Called by `reword`, first of all.

import { nominal } from '../freeOrder/deedWords.ts';
import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { withCalledSo } from './calledSo.ts';
import { withConnections } from './connections.ts';
import { withGivenTurns } from './givenTurns.ts';
import { withLogTurns } from './logTurns.ts';
import { withSchedules } from './schedules.ts';

/** The cells with every such turn said plainly. */
export function withPlainTurns(cells: readonly Cell[]): readonly Cell[] {
  const turns = [
    withoutItself,
    withoutWhole,
    withNamespaceOf,
    withoutSizeOf,
    withoutDeedAsked,
    withDoneFor,
    withSchedules,
    withLogTurns,
    withCalledSo,
    withTopicOf,
    withConnections,
    withPlaceFirst,
    withPlaceOnly,
    withAnything,
    withRunning,
    withColumns,
    withPorts,
    withHolder,
    withoutThere,
    withAlike,
    withAddressPut,
    withGivenTurns,
  ];
  return turns.reduce((said, turn) => turn(said), cells);
}

const isDestroying = (cell: Cell | undefined): boolean => destroying.has(senseOf(cell, 'verb')?.phrase ?? '');
const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined || isWord(cell, 'stop', 'filler', 'comma');

/** "delete the volume itself", "machines which have the flavor S.2": words that say nothing more. */
function withoutItself(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const before = cells[at - 1];
    const isItself =
      low(cell) === 'itself' && (senseOf(before, 'kind') ?? senseOf(before, 'name')) !== undefined;
    const isOfFlavor =
      isWord(cell, 'det') &&
      isWord(before, 'that') &&
      /\b(have|has)$/.test(low(before)) &&
      senseOf(cells[at + 1], 'kind')?.kinds[0] === 'flavor' &&
      isThing(cells[at + 2]);
    return cell.quoted || !(isItself || isOfFlavor);
  });
}

/** "a snapshot of the whole db-1 vm": one thing is always meant whole. */
function withoutWhole(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const isWhole = /^(the |that |this )?(whole|entire|complete|full)$/.test(low(cell)) && !isBase(cell);
    const isSingle = (one: Cell | undefined): boolean => senseOf(one, 'kind')?.plural === false;
    const isName = (one: Cell | undefined): boolean =>
      senseOf(one, 'name')?.exact === true && !senseOf(one, 'env');
    const [first, second, third] = cells.slice(at + 1, at + 4);
    const isOver = (one: Cell | undefined): boolean =>
      isEnd(one) || isWord(one, 'named', 'prep', 'and', 'colon', 'afterwards');
    const isNamed =
      (isName(first) && (isOver(second) || (isSingle(second) && isOver(third)))) ||
      (isSingle(first) && isName(second) && isOver(third));
    if (!isWhole || !isNamed) return [cell];
    return cell.low.includes(' ') ? [plain(cell, 'the', word('det'))] : [];
  });
}

/** "pods of the payments namespace that run on it": in that namespace. */
function withNamespaceOf(cells: readonly Cell[]): readonly Cell[] {
  const isSpace = (cell: Cell | undefined): boolean =>
    senseOf(cell, 'kind')?.kinds.includes('namespace') === true && !senseOf(cell, 'kind')!.plural;
  const isName = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && (senseOf(cell, 'name')?.ids.some((id) => id.includes(':namespace/')) ?? false);
  return cells.map((cell, at) => {
    const next = isWord(cells[at + 1], 'det') ? at + 2 : at + 1;
    const isOf =
      low(cell) === 'of' &&
      senseOf(cells[at - 1], 'kind')?.plural === true &&
      ((isName(cells[next]) && isSpace(cells[next + 1])) ||
        (isSpace(cells[next]) && isName(cells[next + 1])));
    return isOf ? plain(cell, 'in', word('prep')) : cell;
  });
}

/** "increase the size of a and b by 20%": of what it is, the figure says. */
function withoutSizeOf(cells: readonly Cell[]): readonly Cell[] {
  const of = cells.findIndex(
    (cell, at) =>
      at > 0 &&
      (/^(the )?size of$/.test(low(cell)) || (low(cell) === 'of' && isWord(cells[at - 1], 'sizeWord'))),
  );
  const noun = low(cells[of]) === 'of' ? of - 1 : of;
  const verb = isWord(cells[noun - 1], 'det') ? noun - 2 : noun - 1;
  const isSizing = /^(increase|decrease|reduce|raise|grow|expand|extend|enlarge)$/.test(low(cells[verb]));
  const isFigured = cells.some((cell, at) => at > of && senseOf(cell, 'value') !== undefined);
  return of > 0 && isSizing && isFigured ? [...cells.slice(0, verb + 1), ...cells.slice(of + 1)] : cells;
}

/** "cancel the pending deletion request act-41": what the action would do is no deed of this order. */
function withoutDeedAsked(cells: readonly Cell[]): readonly Cell[] {
  const dropped = new Set<Cell>();
  cells.forEach((cell, at) => {
    const ids = cell.quoted ? [] : (senseOf(cell, 'name')?.ids ?? []);
    if (ids.length === 0 || !ids.every((id) => id.includes(':action/'))) return;
    const deeds: Cell[] = [];
    let from = at - 1;
    for (; from > 0 && !isWord(cells[from], 'det', 'their', 'possessive'); from--) {
      const one = cells[from]!;
      const isDeed = senseOf(one, 'verb')?.form === 'ing' || nominal[one.text.toLowerCase()] !== undefined;
      if (isDeed) deeds.push(one);
      else if (!senseOf(one, 'status') && !senseOf(one, 'kind')?.kinds.includes('action')) return;
    }
    if (from > 0) for (const one of deeds) dropped.add(one);
  });
  return dropped.size > 0 ? cells.filter((cell) => !dropped.has(cell)) : cells;
}

/** "how many pods does the prod namespace have": prod alone says which. */
function withHolder(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      senseOf(cell, 'name') !== undefined &&
      !cell.quoted &&
      /^(namespace|node|cluster)$/.test(senseOf(cells[index + 1], 'kind')?.kinds[0] ?? '') &&
      /^(have|has|contain|contains|hold|run|host)$/.test(low(cells[index + 2])),
  );
  if (at < 1) return cells;
  const from = isWord(cells[at - 1], 'det') ? at - 1 : at;
  if (!isWord(cells[from - 1], 'do')) return cells;
  return [...cells.slice(0, from), cells[at]!, ...cells.slice(at + 2)];
}

/** "how many volumes are there bigger than 150 GB", "which vms do we have older than a week": the bound is of the set. */
function withoutThere(cells: readonly Cell[]): readonly Cell[] {
  const isBound = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    (isWord(cell, 'more', 'less', 'older', 'newer', 'createdBefore', 'createdAfter', 'createdOn', 'tagged') ||
      isWord(cell, 'startingWith', 'endingWith', 'containing', 'attachedTo', 'that', 'except', 'outside') ||
      (senseOf(cell, 'status') !== undefined && !isWord(cell, 'prep')) ||
      /^(with|without|between|having|of)$/.test(cell.low));
  return cells.filter((cell, at) => {
    const isThere =
      /^((are|is|were|was) there|(do|did) (we|you|i|they) (have|see|run|own)|we have|(that |which )?(exist|exists)|existing|there are|there is)$/.test(
        low(cell),
      ) && senseOf(cell, 'status') === undefined;
    const kind = senseOf(cells[at - 1], 'kind');
    if (!isThere || !kind?.plural || !isBound(cells[at + 1])) return true;
    return !cells.slice(0, at).some((one) => isWord(one, 'howMany', 'what') || isQuestionWord.test(low(one)));
  });
}

const isQuestionWord = /^(which|what|any|how many|count)$/;

/** "checkout and search to 3, prod and staging alike": in both of them. */
function withAlike(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => /^(alike|both|equally|together)$/.test(low(cell)));
  const isPlace = (cell: Cell | undefined): boolean =>
    !cell?.quoted &&
    (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined;
  if (at < 3 || !isPlace(cells[at - 1]) || !isWord(cells[at - 2], 'and') || !isEnd(cells[at + 1]))
    return cells;
  let from = at - 1;
  while (isPlace(cells[from]) && isWord(cells[from - 1], 'and', 'comma') && isPlace(cells[from - 2]))
    from -= 2;
  const comma = from - 1;
  const rest = [...cells.slice(from, at), ...cells.slice(at + 1)];
  if (!isWord(cells[comma], 'comma') || cells[comma]!.quoted) return [...cells.slice(0, from), ...rest];
  return [...cells.slice(0, comma), plain(cells[comma]!, 'in', word('prep')), ...rest];
}

/** "do a rollback for them", "then do cordon to worker-4": the deed is the verb. */
function withDoneFor(cells: readonly Cell[]): readonly Cell[] {
  const deedAt = (at: number): number => (/^(an?|the)$/.test(low(cells[at + 1])) ? at + 2 : at + 1);
  const at = cells.findIndex((cell, index) => {
    const deed = deedAt(index);
    const thing = isWord(cells[deed + 2], 'det', 'all', 'both') ? cells[deed + 3] : cells[deed + 2];
    const isNamed = /^(for|of|on|to)$/.test(low(cells[deed + 1])) && thing !== undefined && isThing(thing);
    // "do a rollback of a and do scale to 3": of what was spoken of.
    if (index > 2 && low(cells[deed + 1]) === 'to' && senseOf(cells[deed + 2], 'value')) return false;
    return (
      /^(do|do an?|make|perform)$/.test(low(cell)) &&
      isBase(cells[deed]) &&
      !isThing(cells[deed]) &&
      !isWord(cells[deed], 'light') &&
      (isNamed || (/^(for|of|on)$/.test(low(cells[deed + 1])) && isWord(cells[deed + 2], 'pronoun')))
    );
  });
  if (at < 0) return cells;
  const deed = deedAt(at);
  return [...cells.slice(0, at), cells[deed]!, ...withDoneFor(cells.slice(deed + 2))];
}

/** "Of the web machines, which three …": which three of them. */
function withTopicOf(cells: readonly Cell[]): readonly Cell[] {
  const comma = cells.findIndex((cell) => isWord(cell, 'comma') && !cell.quoted);
  const head = cells.slice(0, Math.max(0, comma));
  const isTopic =
    /^(of|out of|among|from)$/.test(low(head[0])) &&
    head.some((cell) => senseOf(cell, 'kind')?.plural === true || isPluralPart(cell)) &&
    !head.some((cell) => isWord(cell, 'not', 'except', 'if', 'stop'));
  if (!isTopic || !/^(which|what)$/.test(low(cells[comma + 1]))) return cells;
  const isCounted =
    senseOf(cells[comma + 2], 'value')?.value.k === 'number' || low(cells[comma + 2]) === 'one';
  const next = isCounted ? comma + 3 : comma + 2;
  const of = plain(head[0]!, 'of', word('of'));
  return [...cells.slice(comma + 1, next), of, ...head.slice(1), ...cells.slice(next)];
}

/** "runners", of things whose names have "runner" in them. */
const isPluralPart = (cell: Cell): boolean =>
  !cell.quoted && /s$/.test(cell.low) && ![undefined, cell.low].includes(senseOf(cell, 'part')?.word);

/** "cordon zone eu-a, every node": every node in it. */
function withPlaceFirst(cells: readonly Cell[]): readonly Cell[] {
  const comma = cells.findIndex((cell) => isWord(cell, 'comma') && !cell.quoted);
  const [every, kind, ...rest] = cells.slice(comma + 1);
  const verb = cells.findIndex((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const noun = /^(zone|region|namespace)$/.test(low(cells[verb + 1])) ? verb + 2 : verb + 1;
  const isSet =
    isWord(every, 'all') &&
    senseOf(kind, 'kind') !== undefined &&
    !kind!.quoted &&
    rest.every((cell) => isEnd(cell));
  const place = cells[noun];
  const isPlace = place !== undefined && !place.quoted && !senseOf(place, 'kind') && isThing(place);
  // "delete namespace staging, every pod": both may be meant.
  if (isDestroying(cells[verb])) return cells;
  if (!isSet || verb < 0 || noun !== comma - 1 || !isPlace || noun === verb + 1) return cells;
  const at = plain(every!, 'in', word('prep'));
  return [...cells.slice(0, verb + 1), every!, kind!, at, ...cells.slice(verb + 1, comma), ...rest];
}

/** "roll back a, b and c, staging only": in staging, all of them. */
function withPlaceOnly(cells: readonly Cell[]): readonly Cell[] {
  const only = cells.findIndex((cell) => low(cell) === 'only');
  const isPlace = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;
  if (only < 4 || !isEnd(cells[only + 1]) || !isPlace(cells[only - 1])) return cells;
  let from = only - 1;
  while (isWord(cells[from - 1], 'and') && isPlace(cells[from - 2])) from -= 2;
  const mark = cells[from - 1];
  const isApart = (isWord(mark, 'comma', 'open') || /^[-–—]$/.test(low(mark))) && !mark!.quoted;
  const isOther = cells.slice(0, from - 1).some((cell) => isPlace(cell) || isWord(cell, 'not', 'except'));
  if (!isApart || isOther || !cells.slice(0, from - 1).some((cell) => isBase(cell))) return cells;
  const next = isWord(cells[only + 1], 'close') ? only + 2 : only + 1;
  return [
    ...cells.slice(0, from - 1),
    plain(mark!, 'in', word('prep')),
    ...cells.slice(from, only),
    ...cells.slice(next),
  ];
}

/** "anything critical firing?": any critical alerts. */
function withAnything(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      /^(anything|something|any)$/.test(low(cell)) &&
      (isWord(cells[index - 1], 'stop', 'comma') ||
        cells.slice(0, index).every((one) => isWord(one, 'filler'))),
  );
  const [any, severity, firing, ...behind] = cells.slice(Math.max(0, at));
  // "… that nobody has acked yet": what fires has not been.
  const unacked =
    /^(that|which) (is |has |are )*(not|nobody|no one|noone)( has| been| yet)* (acked|acknowledged)( yet)?( \?)?$/;
  const rest = unacked.test(behind.map(low).join(' ')) ? [] : behind;
  const isAsked =
    /^(anything|something|any)$/.test(low(any)) &&
    /^(critical|warning|severe|major|minor)$/.test(low(severity)) &&
    /^(firing|active|alerting|going off|open|burning|ringing)$/.test(low(firing)) &&
    rest.every((cell) => isEnd(cell) || isWord(cell, 'current') || low(cell) === '?');
  if (!isAsked) return cells;
  const alerts = plain(any!, 'alerts', { t: 'kind', kinds: ['alert'], plural: true });
  return [
    ...cells.slice(0, at),
    plain(any!, 'any', word('what')),
    severity!,
    alerts,
    plain(firing!, 'firing', { t: 'status', name: 'firing' }),
    ...rest,
  ];
}

/** "I would need that it is running again": start it. */
function withRunning(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex(
    (cell, at) => at < 3 && !cell.quoted && /\b(need|needs|want|would like)$/.test(cell.low),
  );
  const from = low(cells[need + 1]) === 'that' ? need + 2 : need + 1;
  const isIt = /^(it|it is|it to be)$/.test(low(cells[from]));
  const state = /^(is|be|to be)$/.test(low(cells[from + 1])) ? from + 2 : from + 1;
  const again = cells[state + 1];
  const isBack =
    /^(running|up|up and running|started|online)$/.test(low(cells[state])) && isWord(again, 'again');
  const isAlone = cells.slice(state + 2).every((cell) => isEnd(cell));
  if (need < 0 || !isIt || !isBack || !isAlone || isWord(cells[need], 'not')) return cells;
  return [
    plain(cells[need]!, 'start', { t: 'verb', phrase: 'start', form: 'base' }),
    plain(cells[from]!, 'it', word('pronoun')),
    ...cells.slice(state + 2),
  ];
}

const columns =
  /^(sizes?|names?|states?|status|statuses|ages?|owners?|capacity|capacities|free space|flavors?|types?|zones?|regions?|tags?|labels?|images?|ips?|addresses|versions?)$/;

/** "list all datastores with their sizes": a list shows them. */
function withColumns(cells: readonly Cell[]): readonly Cell[] {
  const last = isWord(cells.at(-1), 'stop') ? cells.length - 2 : cells.length - 1;
  const isTold =
    columns.test(low(cells[last])) &&
    isWord(cells[last - 1], 'their') &&
    /^(with|and|incl|including|plus|along with|together with)$/.test(low(cells[last - 2])) &&
    senseOf(cells[last - 3], 'kind')?.plural === true;
  const isList = cells
    .slice(0, Math.max(0, last - 3))
    .some((cell) => isWord(cell, 'listCue', 'ask', 'showCue'));
  const isOrder = cells.some(
    (cell) => isBase(cell) && !isThing(cell) && !isWord(cell, 'listCue', 'ask', 'showCue'),
  );
  return isTold && isList && !isOrder ? cells.slice(0, last - 2) : cells;
}

/** "443 open, 80 closed: web-sg + api-sg": what is to be opened and what closed. */
function withPorts(cells: readonly Cell[]): readonly Cell[] {
  const isPort = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && /^(port|number)$/.test(senseOf(cell, 'value')?.value.k ?? '');
  const deedOf = (cell: Cell | undefined): string | undefined =>
    /^(open|opened)$/.test(low(cell)) ? 'open' : /^(closed?|shut)$/.test(low(cell)) ? 'close' : undefined;
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  const isGroup = (cell: Cell): boolean =>
    senseOf(cell, 'name')?.ids.every((id) => id.includes(':security-group/')) === true;
  const groups = cells.slice(colon + 1);
  const isOfGroups =
    colon > 1 &&
    groups.some(isGroup) &&
    groups.every(
      (cell) => isGroup(cell) || cell.low === '+' || isWord(cell, 'and', 'comma', 'filler', 'stop', 'det'),
    );
  const head = cells.slice(0, Math.max(0, colon));
  const isRow = head.every(
    (cell, at) =>
      isPort(cell) ||
      isWord(cell, 'comma', 'and', 'port') ||
      (deedOf(cell) !== undefined && isPort(head[at - 1])),
  );
  const isEach = head.every((cell, at) => !isPort(cell) || deedOf(head[at + 1]) !== undefined);
  if (!isOfGroups || !isRow || !isEach) return cells;
  const said = head.flatMap((cell, at) => {
    const phrase = isPort(cell) ? deedOf(head[at + 1]) : undefined;
    if (phrase) return [plain(head[at + 1]!, phrase, { t: 'verb', phrase, form: 'base' }), cell];
    return deedOf(cell) === undefined ? [cell] : [];
  });
  return [...said, ...cells.slice(colon)];
}

/** "put that address on web-10": to it, not one that is on it. */
function withAddressPut(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(
    (cell) => isBase(cell) && /^(put|assign|attach|stick|hang|set|place)$/.test(low(cell)),
  );
  const on = cells.findIndex((cell, at) => at > verb + 1 && at < verb + 5 && /^(on|onto)$/.test(low(cell)));
  const noun = senseOf(cells[on - 1], 'kind');
  const isAddress = noun?.kinds[0] === 'floating-ip' && !noun.plural && !senseOf(cells[on - 1], 'name');
  const isMachine = senseOf(cells[on + 1], 'name')?.ids.some((id) => id.includes(':vm/')) === true;
  if (verb < 0 || on < 0 || !isAddress || !isMachine) return cells;
  return cells.map((cell, at) => (at === on ? plain(cell, 'to', word('prep')) : cell));
}
