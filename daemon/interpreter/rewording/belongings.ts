// What belongs to a thing, listed beside it: "delete web-1 and its volume", "snapshot db-1 along with its volumes". Each is
// a step of its own, of another kind than the thing, so the order is said again for it. Called by `reword`, first of all;
// `withOwnerAgain` on every text, before anything reads or guards it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** Orders between two things, or with a figure: what stands beside the first is no second object of theirs. */
const between =
  /^(attach|detach|mount|unmount|connect|move|migrate|give|assign|put|hand|link|plug|unplug|resize|scale|grow|change|set|open|close|make|create|add|launch|need|get|have|ask|show|see|keep|leave)\b/;
const taking = /^(delete|terminate|remove|destroy|kill|drop|purge|nuke|decommission|get rid of|retire|wipe)$/;

/** The cells with the order said again before what belongs to its object. */
export function withBelongings(given: readonly Cell[]): readonly Cell[] {
  const cells = withAttached(given);
  const at = cells.findIndex((cell) => !cell.quoted && isWord(cell, 'their'));
  if (at < 3) return cells;
  const joint = isWord(cells[at - 1], 'all') ? at - 2 : at - 1;
  const verbAt = cells
    .slice(0, joint)
    .findLastIndex((cell, index) => isBase(cell) && (index === 0 || !isThing(cell)));
  const verb = cells[verbAt];
  if (!verb || between.test(senseOf(verb, 'verb')!.phrase)) return cells;
  const takes = taking.test(senseOf(verb, 'verb')!.phrase);
  const isJoint = isWord(cells[joint], 'and') || (takes && /^with$/.test(cells[joint]!.low));
  const object = cells.slice(verbAt + 1, joint);
  if (!isJoint || cells[joint]!.quoted || !object.some(isThing) || object.some(ends)) return cells;
  const nounAt = cells.findIndex((cell, index) => index > at && isOwned(cell));
  const isNear = nounAt > at && cells.slice(at + 1, nounAt).every((cell) => senseOf(cell, 'status'));
  if (!isNear) return cells;
  const end = cells.findIndex((cell, index) => index > nounAt && ends(cell));
  const tail = cells.slice(nounAt + 1, end < 0 ? cells.length : end);
  // A machine is terminated, its disk is deleted.
  const again = takes ? plain(verb, 'delete', { t: 'verb', phrase: 'delete', form: 'base' }) : verb;
  // "… with owner=bob": said of both.
  const isTagged = tail.length > 0 && tail.some((cell) => senseOf(cell, 'value')?.value.k === 'tags');
  if (!isTagged && !tail.every((cell) => isWord(cell, 'filler') && !isThing(cell))) return cells;
  const join = takes
    ? [plain(cells[joint]!, 'then', word('afterwards'))]
    : [plain(cells[joint]!, 'and', word('and'))];
  // "with owner=bob" would bound the second.
  const tags = isTagged ? tail.slice(isWord(tail[0], 'prep') ? 1 : 0) : [];
  const rest = isTagged ? [...cells.slice(joint + 1, nounAt + 1), ...tags] : cells.slice(joint + 1);
  const after = isTagged && end >= 0 ? cells.slice(end) : [];
  return [...cells.slice(0, joint), ...tags, ...join, again, ...rest, ...after];
}

/** "a and a's volume", "a and the volume of a": its volume. */
export function withOwnerAgain(cells: readonly Cell[]): readonly Cell[] {
  const its = (cell: Cell): Cell => plain(cell, 'its', word('their'));
  const isSame = (one: Cell | undefined, other: Cell | undefined): boolean =>
    one?.quoted === false && senseOf(one, 'name')?.exact === true && one.low === other?.low && !other.quoted;
  for (let at = 2; at < cells.length - 2; at++) {
    const joint = cells[at]!;
    if (joint.quoted || !(isWord(joint, 'and') || /^(with|along with|together with)$/.test(joint.low)))
      continue;
    const next = isWord(cells[at + 1], 'also', 'filler') ? at + 2 : at + 1;
    const named = isOwned(cells[at - 1]) && senseOf(cells[at - 2], 'name') ? cells[at - 2] : cells[at - 1];
    const [first, second, third, fourth] = cells.slice(next, next + 4);
    if (isSame(named, first) && isWord(second, 'possessive') && isOwned(third))
      return [...cells.slice(0, next), its(first!), ...cells.slice(next + 2)];
    const noun = isWord(first, 'det') ? [second, third, fourth] : [first, second, third];
    if (isOwned(noun[0]) && /^(of|from|on)$/.test(noun[1]?.low ?? '') && isSame(named, noun[2]))
      return [
        ...cells.slice(0, next),
        its(first!),
        noun[0]!,
        ...cells.slice(cells.indexOf(noun[2]!, next) + 1),
      ];
  }
  return cells;
}

/** "a and the attached volume": its volume. */
function withAttached(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 2 &&
      !cell.quoted &&
      cell.low === 'attached' &&
      isOwned(cells[index + 1]) &&
      isWord(cells[index - 1], 'det') &&
      /^(and|with|along with|together with)$/.test(cells[index - 2]!.low),
  );
  if (at < 0) return cells;
  return [...cells.slice(0, at - 1), plain(cells[at]!, 'its', word('their')), ...cells.slice(at + 1)];
}

/** A kind of things that hang on others. */
const isOwned = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0;

const ends = (cell: Cell): boolean =>
  !cell.quoted &&
  isWord(cell, 'comma', 'stop', 'colon', 'and', 'afterwards', 'before', 'after', 'not', 'if', 'except');
