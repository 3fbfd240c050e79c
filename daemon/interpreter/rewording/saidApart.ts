// What is said of a new thing in a sentence of its own: "could you make me a network? it should be called test-net", "I
// need a volume. 20 GB, name: scratch-2". Such a sentence has nothing but a name and figures, so it is joined to the order
// before it. Also new things that are put or given somewhere: "put a subnet db-subnet on mgmt-net". Called by `reword`.

import { newThing } from '../steps/madeTogether.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withBesideOrder } from './besideOrder.ts';

/** The cells with what was said beside an order, and what is new, said in one order. */
export function withSaidApart(cells: readonly Cell[]): readonly Cell[] {
  return withoutBeneficiary(withPutNew(withCalled(withJoined(withCall(withBesideOrder(cells))))));
}

/** "delete the job called seed-data that failed": the name of what is there already. */
function withCalled(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^(called|named)$/.test(cell.low));
  const kind = senseOf(cells[at - 1], 'kind');
  const name = senseOf(cells[at + 1], 'name');
  if (at < 1 || !kind || kind.plural || !name?.exact) return cells;
  const isThere = name.ids.some((id) => kind.kinds.some((one) => id.includes(`:${one}/`)));
  // "a snapshot called a" is to be called so, "a snapshot of the machine called a" is of that.
  const isSnapshot = kind.kinds.includes('snapshot');
  const isOther = cells.some((cell) => {
    const phrase = isBase(cell) && !senseOf(cell, 'name') ? senseOf(cell, 'verb')!.phrase : '';
    return (
      making.test(phrase) ||
      (kept.test(phrase) && isSnapshot) ||
      /^(rename|clone|copy|save|restore|need)/.test(phrase)
    );
  });
  const isWished = cells.some((cell) => !cell.quoted && /\b(need|want|would like|have|get)$/.test(cell.low));
  return isThere && !isOther && !isWished ? [...cells.slice(0, at), ...cells.slice(at + 1)] : cells;
}

const making =
  /^(create|launch|spin up|provision|make|set up|setup|new|add|stand up|build|allocate|generate|start|boot up|fire up|bring up)$/;
const kept = /^(snapshot|snap|back up|backup|(take|make|create|do|get) .*(snapshot|backup) (of|from))$/;

/** "snapshot web-1, call the snapshot before-update", "…, the snapshot must be called before-update": its name. */
function withCall(given: readonly Cell[]): readonly Cell[] {
  const noun = given.findIndex(
    (cell, index) =>
      index > 2 &&
      !cell.quoted &&
      senseOf(cell, 'kind') !== undefined &&
      given[index - 1]!.low === 'the' &&
      isWord(given[index - 2], 'comma', 'stop') &&
      isWord(given[index + 1], 'named') &&
      /^(should|must|shall|has to|is to)\b/.test(given[index + 1]!.low),
  );
  const cells = noun < 0 ? given : [...given.slice(0, noun - 2), ...given.slice(noun + 1)];
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(call|name)$/.test(cell.low) &&
      isWord(cells[index - 1], 'comma', 'and', 'stop', 'filler') &&
      /^(the|this|that)$/.test(cells[index + 1]?.low ?? '') &&
      senseOf(cells[index + 2], 'kind') !== undefined &&
      !senseOf(cells[index + 2], 'name'),
  );
  const name = cells[at + 3];
  if (at < 0 || !name || (!name.quoted && name.senses.some(({ t }) => t !== 'prefix'))) return cells;
  const mark = isWord(cells[at - 1], 'filler') ? at : at - 1;
  return [...cells.slice(0, mark), plain(cells[at]!, 'called', word('named')), ...cells.slice(at + 3)];
}

/** Sentences of a name and figures are a part of the order before them. */
function withJoined(cells: readonly Cell[]): readonly Cell[] {
  // ", it should have the name x" is no sentence of its own, and says the same.
  const isMark = (cell: Cell, at: number): boolean =>
    isWord(cell, 'stop') || (isWord(cell, 'comma') && /^(it|its|the name) /.test(cells[at + 1]?.low ?? ''));
  const stop = cells.findIndex(
    (cell, at) => at > 1 && !cell.quoted && isMark(cell, at) && isDetail(cells, at + 1),
  );
  if (stop < 0) return cells;
  const order = cells.slice(0, stop);
  const from = order.findLastIndex((cell) => isWord(cell, 'stop') && !cell.quoted) + 1;
  const said = order.slice(from);
  const isOrdered = said.some((cell) => {
    const phrase = isBase(cell) && !senseOf(cell, 'name') ? senseOf(cell, 'verb')!.phrase : '';
    return making.test(phrase) || kept.test(phrase) || /\b(need|want|would like)$/.test(cell.low);
  });
  const isOpen = said.some(
    (cell) => isWord(cell, 'named', 'not', 'if', 'who', 'what', 'why') && !cell.quoted,
  );
  return isOrdered && !isOpen ? [...order, ...cells.slice(stop + 1)] : cells;
}

/** "create a keypair named build-key for the build server": for whom it is made. */
function withoutBeneficiary(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) => index > 3 && cell.low === 'for' && !cell.quoted && isWord(cells[index + 1], 'det'),
  );
  const end = cells.findIndex((cell, index) => index > at && isWord(cell, 'comma', 'stop') && !cell.quoted);
  const order = cells.slice(0, Math.max(0, at));
  const said = cells.slice(at + 1, end < 0 ? cells.length : end);
  const isMade =
    order.some((cell) => isBase(cell) && making.test(senseOf(cell, 'verb')!.phrase)) &&
    order.some((cell) => isWord(cell, 'named') && !cell.quoted);
  const isTelling = said.some(
    (cell) =>
      cell.quoted ||
      ['name', 'prefix', 'glob', 'value', 'env', 'region', 'provider', 'time'].some((sort) =>
        cell.senses.some(({ t }) => t === sort),
      ) ||
      isWord(cell, 'and', 'not', 'if', 'with', 'prep', 'named', 'all', 'any', 'afterwards'),
  );
  return at > 0 && isMade && said.length > 1 && said.length < 6 && !isTelling
    ? [...order, ...(end < 0 ? [] : cells.slice(end))]
    : cells;
}

/** Nothing but a name and figures, up to the end of the sentence. */
function isDetail(cells: readonly Cell[], from: number): boolean {
  const end = cells.findIndex((cell, at) => at >= from && isWord(cell, 'stop') && !cell.quoted);
  const said = cells.slice(from, end < 0 ? cells.length : end);
  const name = said.findIndex((cell) => isWord(cell, 'named') && !cell.quoted && !senseOf(cell, 'name'));
  if (name < 0) return false;
  let at = name + 1;
  while (isWord(said[at], 'be', 'colon') || /^(as|to|it|just|simply|please)$/.test(said[at]?.low ?? '')) at++;
  if (said[at] === undefined) return false;
  return said.every(
    (cell, index) =>
      index === at ||
      index === name ||
      (!cell.quoted &&
        (isWord(cell, 'filler', 'comma', 'and', 'be', 'colon', 'pronoun', 'det', 'with', 'need') ||
          /^(size|cidr|number|image)$/.test(senseOf(cell, 'value')?.value.k ?? '') ||
          isWord(cell, 'imageWord', 'typeWord') ||
          senseOf(cell, 'name')?.ids.every((id) => /:(flavor|image|network|keypair)\//.test(id)) ||
          (index > name && index < at))),
  );
}

/** "put a subnet db-subnet on mgmt-net", "give mgmt-net a subnet called db-subnet": make it there. */
function withPutNew(cells: readonly Cell[]): readonly Cell[] {
  const put = cells.findIndex(
    (cell) =>
      !cell.quoted &&
      /^(put|give|get|place|attach|add|i need|we need)$/.test(cell.low) &&
      !senseOf(cell, 'name'),
  );
  if (put < 0 || cells.slice(0, put).some((cell) => isBase(cell) || isWord(cell, 'stop', 'not', 'if')))
    return cells;
  const create = plain(cells[put]!, 'create', { t: 'verb', phrase: 'create', form: 'base' });
  const isSubnet = (at: number): boolean =>
    senseOf(cells[at], 'kind')?.kinds.includes('subnet') === true && !cells[at]!.quoted;
  const own = newThing(cells, put + 1);
  if (isSubnet(own)) return [...cells.slice(0, put), create, ...cells.slice(put + 1)];
  const to = isWord(cells[put + 1], 'det') ? put + 2 : put + 1;
  const isNetwork = senseOf(cells[to], 'name')?.ids.every((id) => id.includes(':network/')) === true;
  if (cells[put]!.low !== 'give' || !isNetwork || !isSubnet(newThing(cells, to + 1))) return cells;
  const end = cells.findIndex((cell, at) => at > to && isWord(cell, 'stop', 'afterwards') && !cell.quoted);
  const stop = end < 0 ? cells.length : end;
  const on = plain(cells[put]!, 'on', word('prep'));
  return [...cells.slice(0, put), create, ...cells.slice(to + 1, stop), on, cells[to]!, ...cells.slice(stop)];
}
