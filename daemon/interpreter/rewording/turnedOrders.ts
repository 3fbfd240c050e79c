// An order in the build of another tongue, of a statement or of a question, as the order it is: "a moves down to M.8", "could
// both runners get L.16 as flavor?", "all snapshots what are from before October", "…, and it should get the address x",
// "start b I need it for a demo". Every word that bounds or denies stays where it was; what only tells how things are is no
// such order. Called first, so that every reader and guard sees the plain form.

import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with each such order said plainly. */
export function withTurnedOrders(cells: readonly Cell[]): readonly Cell[] {
  return [
    withWhatThat,
    withNoMore,
    withoutUnused,
    withMovesTo,
    withReasonApart,
    withRemarkApart,
    withNounFirst,
    withAddressGot,
    withCouldGet,
    withoutLater,
  ].reduce((said, turn) => turn(said), cells);
}

/** The word; nothing where it is quoted or the name of a thing. */
export const low = (cell: Cell | undefined): string =>
  cell && !cell.quoted && !senseOf(cell, 'name') ? cell.low : '';
/** A comma, a stop or a colon. */
export const isMark = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon');
/** "all snapshots what are from before October": that are. */
function withWhatThat(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    const noun = senseOf(cells[at - 1], 'kind');
    const isOfSet =
      noun?.plural === true &&
      cells.slice(Math.max(0, at - 4), at - 1).some((one) => isWord(one, 'all', 'any', 'both', 'det'));
    return isOfSet && at > 1 && /^what (are|were|have|is)$/.test(low(cell))
      ? plain(cell, `that${low(cell).slice(4)}`.replace('that have', 'that have'), word('that'))
      : cell;
  });
}

/** "we don't need them no more": any more. */
function withNoMore(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 2 &&
      low(cell) === 'no' &&
      low(cells[index + 1]) === 'more' &&
      (cells[index + 2] === undefined || isMark(cells[index + 2])) &&
      cells.slice(Math.max(0, index - 4), index).some((one) => isWord(one, 'not') && low(one) === 'not'),
  );
  return at < 0
    ? cells
    : [...cells.slice(0, at), plain(cells[at]!, 'any more', word('filler')), ...cells.slice(at + 2)];
}

/** "…, since we do not use them from September": why, which bounds nothing; that nobody needs a thing keeps nothing. */
function withoutUnused(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell, at) => at > 1 && isMark(cell) && unusedTo(cells, at + 1) !== undefined);
  const isOrder = cells.slice(0, Math.max(0, mark)).some((cell) => isThing(cell));
  const to = mark < 0 || !isOrder ? undefined : unusedTo(cells, mark + 1);
  return to === undefined ? cells : [...cells.slice(0, mark), ...cells.slice(to)];
}

/** Where "since we do not use them from September" ends, if it is said here up to a stop or the end. */
function unusedTo(cells: readonly Cell[], from: number): number | undefined {
  let to = from;
  while (to < cells.length && to < from + 12 && !isMark(cells[to])) to++;
  const isOver = to === cells.length || (isWord(cells[to], 'stop') && low(cells[to]) !== '?');
  const said = cells
    .slice(from, to)
    .map((cell) =>
      senseOf(cell, 'time') && /^(from|since|after|as of) /.test(cell.low) ? '@' : low(cell) || '"',
    )
    .join(' ');
  return isOver && unused.test(said) ? to : undefined;
}

const unused =
  /^(?:since|because|as|cause|for)?(?: |^)(?:(?:we|i|they)(?: (?:do|did|have|has|really|just))* (?:not|no longer|never|hardly)|(?:nobody|no one)(?: (?:has|have|really|here|still))*)(?: (?:really|actually|still|even))*(?: (?:use|uses|used|need|needs|needed|require|requires))(?: (?:it|them|these|those|this|that|either|both))(?: (?:any ?more|any longer|at all|now|here|ever|again|@))*$/;

/** "a moves down to M.8", "b moves over to esx-02": to it. */
function withMovesTo(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 0 &&
      /^(moves|switches|changes|goes)( (up|down|over|back))?$/.test(low(cell)) &&
      isToward(cells, index + 1) &&
      (isThing(cells[index - 1]) || isWord(cells[index - 1], 'both')),
  );
  let figure = low(cells[at + 1]) === 'over' ? at + 3 : at + 2;
  while (/^(the|flavou?r|type|size|class|instance type|host|new)$/.test(low(cells[figure]))) figure++;
  if (at < 0 || !(isFlavor(cells[figure]) || isHost(cells[figure]))) return cells;
  const rest = withMovesTo(cells.slice(figure));
  return [...cells.slice(0, at), plain(cells[at]!, 'to', word('arrow')), ...rest];
}

function isHost(cell: Cell | undefined): boolean {
  const ids = senseOf(cell, 'name')?.ids ?? [];
  return ids.length > 0 && ids.every((id) => id.includes(':host/'));
}

const isToward = (cells: readonly Cell[], at: number): boolean =>
  /^(to|up to|down to|over to|back to|onto|on)$/.test(low(cells[at])) ||
  (low(cells[at]) === 'over' && low(cells[at + 1]) === 'to');

/** "start a I need it for a demo": why, where a comma would stand. */
function withReasonApart(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      /^(i|we) (need|want|am done|are done)$/.test(low(cell)) &&
      /^(it|them|that|this|those|these|with)$/.test(low(cells[index + 1])) &&
      (/^(for|at|tomorrow|tonight|today|in|back|it|them)$/.test(low(cells[index + 2])) ||
        senseOf(cells[index + 2], 'time')) &&
      (senseOf(cells[index - 1], 'name')?.exact === true || senseOf(cells[index - 1], 'value') !== undefined),
  );
  const isOrder = cells.slice(0, Math.max(0, at)).some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  return at < 0 || !isOrder
    ? cells
    : [...cells.slice(0, at), plain(cells[at]!, ',', word('comma')), ...cells.slice(at)];
}

/** "delete both boxes nobody has logged in there since spring", "move all to b the fan in there is dying": told, with its own
 * subject. A clause that points back at the thing is no bound of it; one that does not ("boxes nobody uses") is. */
function withRemarkApart(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell, index) => {
    if (index < 2 || cell.quoted || !isSettled(cells, index)) return false;
    const rest = cells.slice(index, index + 14);
    const said = rest.map((one) => (one.quoted || senseOf(one, 'name')?.exact ? '"' : one.low)).join(' ');
    return (
      ownSubject.test(said) && !rest.some((one) => isBase(one) || isMark(one) || isWord(one, 'except', 'if'))
    );
  });
  const isOrder = cells.slice(0, Math.max(0, at)).some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  return at < 0 || !isOrder || cells.some(isMark)
    ? cells
    : [...cells.slice(0, at), plain(cells[at]!, ',', word('comma')), ...cells.slice(at)];
}

const ownSubject =
  /^(?:(?:nobody|no one|noone) (?:has |have |ever |really |is |was )*[a-z]+(?: [a-z]+){0,3} (?:there|it|them|in there|on it|on them|in it)(?: |$)|(?:the|its|their) [a-z]+ (?:in there|on there|in it|on it|there|in) ?(?:there )?(?:is|are|was|keeps|has) [a-z]+(?: [a-z]+){0,2}$|the thing (?:hangs|keeps|is|has|crashes|dies|freezes|fails) )/;

/** What stands before it is named, or both of two. */
function isSettled(cells: readonly Cell[], at: number): boolean {
  const before = cells[at - 1];
  const isBoth = cells.slice(Math.max(0, at - 4), at - 1).some((cell) => isWord(cell, 'both'));
  return senseOf(before, 'name')?.exact === true || (isBoth && senseOf(before, 'kind')?.plural === true);
}

/** "Upgrade at the client's site begins at noon, …": what happens, and no order. */
function withNounFirst(cells: readonly Cell[]): readonly Cell[] {
  const [first, next] = cells;
  if (!first || !isBase(first) || !happening.test(low(first))) return cells;
  const end = cells.findIndex(isMark);
  const verb = cells.findIndex((cell) =>
    /^(begins|starts|ends|happens|continues|follows|kicks off|takes place|is scheduled)$/.test(low(cell)),
  );
  const isSubject =
    verb > 0 &&
    verb < end &&
    (verb === 1 || /^(at|of|for|in|on|by|with)$/.test(low(next))) &&
    !cells
      .slice(1, verb)
      .some((cell) => isBase(cell) || isWord(cell, 'that', 'when', 'if', 'before', 'after'));
  return isSubject ? [{ ...first, senses: [] }, ...cells.slice(1)] : cells;
}

const happening =
  /^(upgrade|update|deploy|release|patch|backup|snapshot|switch|move|restart|reboot|cutover|test|launch|change|drain|resize|run|start|stop)$/;

/** "…, and it should get the floating IP x": assign it to it. */
function withAddressGot(cells: readonly Cell[]): readonly Cell[] {
  const it = cells.findIndex(
    (cell, at) =>
      at > 3 &&
      low(cell) === 'it' &&
      /^(should|must|shall|has to|needs to|gets|will)( (get|have|receive))?$/.test(low(cells[at + 1])) &&
      (isMark(cells[at - 1]) || /^and$/.test(low(cells[at - 1])) || isWord(cells[at - 1], 'afterwards')),
  );
  let at = it + 2;
  if (/^(get|have|receive)$/.test(low(cells[at]))) at++;
  if (/^(the|its|a)$/.test(low(cells[at]))) at++;
  const noun =
    senseOf(cells[at], 'kind')?.kinds[0] === 'floating-ip' && !senseOf(cells[at], 'name') ? at++ : -1;
  const ids = senseOf(cells[at], 'name')?.ids ?? [];
  const isAddress = ids.length > 0 && ids.every((id) => id.includes(':floating-ip/'));
  const isMade = cells
    .slice(0, Math.max(0, it))
    .some(
      (cell) =>
        /^(i|we) (need|want|would like)$/.test(low(cell)) ||
        /^(create|make|launch|provision|spin up)$/.test(low(cell)),
    );
  const rest = cells.slice(at + 1);
  if (it < 0 || !isAddress || !isMade || !(rest.length === 0 || isMark(rest[0]) || isWord(rest[0], 'filler')))
    return cells;
  let end = it;
  while (isMark(cells[end - 1]) || low(cells[end - 1]) === 'and' || isWord(cells[end - 1], 'afterwards'))
    end--;
  return [
    ...cells.slice(0, end),
    plain(cells[it]!, 'then', word('afterwards')),
    plain(cells[it + 1]!, 'assign', { t: 'verb', phrase: 'assign', form: 'base' }),
    ...(noun >= 0 ? [cells[noun]!] : []),
    cells[at]!,
    plain(cells[it]!, 'to', word('prep')),
    plain(cells[it]!, 'it', word('pronoun')),
    ...rest,
  ];
}

/** "I'll add them later myself": when, the one who does it knows. */
function withoutLater(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter(
    (cell, at) =>
      !(low(cell) === 'later' && /^(myself|ourselves|on my own|by hand|manually)$/.test(low(cells[at + 1]))),
  );
}

/** "could both runners get L.16 as flavor please?": they should. */
function withCouldGet(cells: readonly Cell[]): readonly Cell[] {
  const could = cells.findIndex(
    (cell, at) =>
      /^(could|can|may|might)$/.test(low(cell)) &&
      (at === 0 || isMark(cells[at - 1]) || isWord(cells[at - 1], 'filler', 'open', 'close', 'colon')),
  );
  if (could < 0) return cells;
  const get = cells.findIndex(
    (cell, at) =>
      at > could + 1 && /^(get|have|receive|(move|go)( over)?|be moved|be switched)$/.test(low(cell)),
  );
  const things = cells.slice(could + 1, Math.max(0, get));
  const isThings =
    things.some((cell) => isThing(cell)) &&
    things.every(
      (cell) => isThing(cell) || isWord(cell, 'det', 'both', 'all', 'and', 'prep', 'of', 'filler'),
    );
  let end = get + 1;
  while (end < cells.length && !isMark(cells[end])) end++;
  const tail = cells.slice(get + 1, end);
  const isFigure = tail.some(
    (cell) =>
      isFlavor(cell) ||
      isHost(cell) ||
      /^(tags|size)$/.test(senseOf(cell, 'value')?.value.k ?? '') ||
      isWord(cell, 'replicas'),
  );
  const isClear = tail.every(
    (cell) =>
      isFlavor(cell) ||
      isThing(cell) ||
      senseOf(cell, 'value') ||
      isWord(
        cell,
        'det',
        'their',
        'prep',
        'of',
        'typeWord',
        'sizeWord',
        'filler',
        'replicas',
        'imageWord',
        'more',
      ),
  );
  const isAsked =
    low(cells[could]) === 'could' || cells.some((cell) => /^(please|pls|plz|kindly)$/.test(low(cell)));
  const isOpen =
    tail.some((cell) => isWord(cell, 'or', 'if', 'not', 'be', 'and')) || !['', '?'].includes(low(cells[end]));
  if (
    get < 0 ||
    !isThings ||
    !isFigure ||
    !isClear ||
    !isAsked ||
    isOpen ||
    cells.slice(end + 1).some((cell) => low(cell) === '?')
  )
    return cells;
  const should = plain(cells[could]!, `should ${low(cells[get])}`, word('need'));
  const rest = cells.slice(end + 1);
  return [
    ...cells.slice(0, could),
    ...things,
    should,
    ...tail,
    ...(rest.length > 0 ? [plain(cells[end]!, '.', word('stop'))] : []),
    ...rest,
  ];
}
