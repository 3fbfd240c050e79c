// What is given to a thing or put on it, said plainly: "… and have it attached to web-1", "give it an elastic ip, any free one",
// "it should get 54.20.0.2 as its elastic ip", "put the staging database on db.r6g.large". Each only says the deed with its
// own verb, or leaves out a word that says nothing more. Called by `withPlainTurns`.

import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** The cells with every such turn said plainly. */
export function withGivenTurns(cells: readonly Cell[]): readonly Cell[] {
  return [withHeldGot, withAnyAddress, withoutRole, withPutOnFlavor].reduce(
    (said, turn) => turn(said),
    cells,
  );
}

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined || isWord(cell, 'stop', 'filler', 'comma');

/** "…, then have it attached to web-1", "… and get 203.0.113.12 assigned to it": the deed is the verb. */
function withHeldGot(cells: readonly Cell[]): readonly Cell[] {
  const held = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      isWord(cell, 'attachedTo') &&
      /^(attached|mounted|connected|assigned|plugged|hooked) (to|into|onto)$/.test(low(cell)),
  );
  const thing = cells[held - 1];
  const get = cells[held - 2];
  const isBegun = isWord(cells[held - 3], 'comma', 'and', 'afterwards', 'stop') && !cells[held - 3]!.quoted;
  const isThingGot = isWord(thing, 'pronoun') || senseOf(thing, 'name')?.exact === true;
  if (held < 3 || !/^(have|get)$/.test(low(get)) || !isBegun || !isThingGot) return cells;
  const phrase = /^assigned/.test(low(cells[held])) ? 'assign' : 'attach';
  return [
    ...cells.slice(0, held - 2),
    plain(get!, phrase, { t: 'verb', phrase, form: 'base' }),
    thing!,
    plain(cells[held]!, 'to', word('prep')),
    ...cells.slice(held + 1),
  ];
}

/** "give it an elastic ip, any free one": a free one is what is given anyway. */
function withAnyAddress(cells: readonly Cell[]): readonly Cell[] {
  const noun = cells.findIndex(
    (cell, at) =>
      senseOf(cell, 'kind')?.kinds[0] === 'floating-ip' &&
      !senseOf(cell, 'kind')!.plural &&
      cells.slice(Math.max(0, at - 3), at).some((one) => /^(an?|some|one|any)$/.test(low(one))),
  );
  if (noun < 1) return cells;
  const any = cells.findIndex(
    (cell, at) =>
      at > noun &&
      isWord(cells[at - 1], 'comma', 'open') &&
      /^(any|whichever|whatever|any of)\b/.test(low(cell)),
  );
  if (any < 0) return cells;
  let end = any + 1;
  while (
    /^(free|available|unused|spare|one|ones|of|the|is|are|will do|will|do|does|fine|ok|works|that|which|address|ip)$/.test(
      low(cells[end]),
    )
  )
    end++;
  if (isWord(cells[end], 'close')) end++;
  return isEnd(cells[end]) ? [...cells.slice(0, any - 1), ...cells.slice(end)] : cells;
}

/** "it should get 54.20.0.2 as its elastic ip": what that is, the name says. */
function withoutRole(cells: readonly Cell[]): readonly Cell[] {
  const as = cells.findIndex((cell) => low(cell) === 'as');
  const ids = senseOf(cells[as - 1], 'name')?.ids ?? [];
  const noun = isWord(cells[as + 1], 'det', 'their') ? as + 2 : as + 1;
  const kind = senseOf(cells[noun], 'kind')?.kinds[0];
  const isIts = kind !== undefined && ids.length > 0 && ids.every((id) => id.includes(`:${kind}/`));
  return isIts && kind === 'floating-ip' && (isEnd(cells[noun + 1]) || isWord(cells[noun + 1], 'and'))
    ? [...cells.slice(0, as), ...cells.slice(noun + 1)]
    : cells;
}

/** "put the staging orders database on db.r6g.large": of that size. */
function withPutOnFlavor(cells: readonly Cell[]): readonly Cell[] {
  const flavor = cells.findIndex(
    (cell, at) => at > 2 && isFlavor(cell) && /^(on|onto|to|over to|up to|down to)$/.test(low(cells[at - 1])),
  );
  const verb = cells.findLastIndex((cell, at) => at < flavor - 1 && isBase(cell) && !senseOf(cell, 'name'));
  const next = cells[flavor + 1];
  if (flavor < 0 || verb < 0 || !(isEnd(next) || isWord(next, 'and', 'afterwards'))) return cells;
  const thing = cells.slice(verb + 1, flavor - 1);
  const isThingPut =
    /^(put|move|bring|switch|set|place|shift|take)$/.test(low(cells[verb])) &&
    thing.some((cell) => isThing(cell)) &&
    !thing.some((cell) => isWord(cell, 'comma', 'stop', 'not') || /^(an?|new|to|on)$/.test(low(cell)));
  if (!isThingPut) return cells;
  return [
    ...cells.slice(0, verb),
    plain(cells[verb]!, 'resize', { t: 'verb', phrase: 'resize', form: 'base' }),
    ...thing,
    plain(cells[flavor - 1]!, 'to', word('prep')),
    ...cells.slice(flavor),
  ];
}
