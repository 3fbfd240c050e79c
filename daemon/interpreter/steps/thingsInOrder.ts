// One deed and the order in which its things have it: "reboot the api-prod boxes one after another: 3 first, then 1, 2
// last", "grafana restart please, but loki before it", "restart cart and checkout in prod, checkout first". What is said of
// the things beside the deed may only be which of them comes when; they are put behind each other, each with the deed of
// its own. A set of which not every member has its place stays as it was said. Called before the words are put plainly.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

type Place = 'plain' | 'first' | 'then' | 'last' | 'before';

interface Item {
  readonly cells: readonly Cell[];
  readonly ids: readonly string[];
  readonly place: Place;
  /** "and" stands before it: what is said of when may be said of both. */
  readonly isJoined?: boolean;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly items: readonly Item[];
  readonly verb: Cell | undefined;
  /** The names of all that have the beginning of a name in common, where a set was said so. */
  readonly set: readonly string[] | undefined;
}

/** The cells with a deed for each thing, in their order. */
export function withThingsInOrder(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  if (!cells.some((cell) => !cell.quoted && telling.test(cell.low))) return cells;
  if (cells.some((cell) => !cell.quoted && isWord(cell, 'or', 'if') && !isWord(cell, 'filler'))) return cells;
  const parts = partsOf(cells, inventory);
  for (let at = 0; at < parts.length; at++) {
    const deed = parts[at];
    if (!deed?.verb || deed.items.length === 0) continue;
    let to = at;
    while (parts[to + 1] && !parts[to + 1]!.verb) to++;
    const region = parts.slice(at, to + 1) as readonly Part[];
    const isEnd = parts[to + 1] === undefined && to + 1 >= parts.length;
    const groups = to > at ? inOrder(region, isEnd) : undefined;
    if (!groups) continue;
    const said = groups.flatMap((group, index) => [
      ...(index > 0 ? [plain(deed.verb!, 'then', word('afterwards'))] : []),
      deedOf(deed.verb!),
      ...group.flatMap((item, one) => [
        ...(one > 0 ? [plain(item.cells[0]!, 'and', word('and'))] : []),
        ...item.cells,
      ]),
    ]);
    return [...cells.slice(0, deed.from), ...said, ...cells.slice(region.at(-1)!.to)];
  }
  return cells;
}

const telling =
  /^(first|last|lastly|finally|before|beforehand|before that|after|afterwards|after that|only then|only after|followed by|comes|follows|next|later|at the end|in the end)$/;
const firsts = /^(first|firstly|first of all|at first)$/;
const lasts = /^(last|lastly|finally|at the end|in the end|at last|last of all)$/;
const thens =
  /^(then|afterwards?|after that|after this|thereafter|next|second|third|later|follows|followed by|only then|only after that|subsequently|and then)$/;
const befores = /^(beforehand|before that|before this|prior|up front)$/;
const idle =
  /^(but|only|just|comes|goes|is|be|to be|has to be|should be|must be|should|must|please|pls|right|directly|immediately|though|the|and|in|number|no|nr)$/;

const deedOf = (verb: Cell): Cell => {
  const { phrase } = senseOf(verb, 'verb')!;
  return plain(verb, phrase, { t: 'verb', phrase, form: 'base' });
};

const isMark = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'and', 'stop', 'colon', 'afterwards');

/** A mark ends the part before it; "b afterwards" is one part. */
const endsAt = (cells: readonly Cell[], at: number): boolean => {
  const next = cells[at + 1];
  const isBehind =
    isWord(cells[at], 'afterwards') && (!next || isWord(next, 'comma', 'stop', 'and', 'filler'));
  return isMark(cells[at]!) && !isBehind;
};

/** Each part that is nothing but things and their places, with the deed or without; undefined for any other. */
function partsOf(cells: readonly Cell[], inventory: Inventory): readonly (Part | undefined)[] {
  const parts: (Part | undefined)[] = [];
  let set: readonly string[] | undefined;
  const spoken: Item[] = [];
  for (let from = 0; from < cells.length; ) {
    let mark = from;
    while (cells[mark] && isMark(cells[mark]!)) mark++;
    let to = mark;
    while (to < cells.length && !endsAt(cells, to)) to++;
    const isThen = cells.slice(from, mark).some((cell) => isWord(cell, 'afterwards'));
    if (to > mark) {
      const isJoined = cells[mark - 1] !== undefined && isWord(cells[mark - 1], 'and') && mark - from < 2;
      const part = partOf(cells, mark, to, isThen, { set, spoken }, inventory);
      set = part?.set ?? (part ? set : undefined);
      spoken.push(...(part?.items ?? []));
      const items = part?.items.map((item) => ({ ...item, isJoined }));
      parts.push(part && { ...part, items: items!, from: part.verb ? mark : from });
    }
    from = to;
  }
  return parts;
}

/** A part that may go on with what was said so far. */
function partOf(
  cells: readonly Cell[],
  from: number,
  to: number,
  isThen: boolean,
  sofar: { readonly set: readonly string[] | undefined; readonly spoken: readonly Item[] },
  inventory: Inventory,
): Part | undefined {
  const items: Item[] = [];
  let verb: Cell | undefined;
  let set: readonly string[] | undefined;
  let place: Place = isThen ? 'then' : 'plain';
  let relation: 'before' | 'after' | undefined;
  let thing: Cell[] = [];
  const close = (): void => {
    const names = thing.filter(isName);
    const isPointing = thing.length === 1 && isWord(thing[0], 'pronoun', 'demonstrative');
    if (names.length === 1 || isPointing)
      items.push({ cells: thing, ids: names.flatMap((cell) => senseOf(cell, 'name')!.ids), place: 'plain' });
    thing = [];
  };
  for (let at = from; at < to; at++) {
    const cell = cells[at]!;
    const next = cells[at + 1];
    if (cell.quoted) return undefined;
    const isBack = /^(it|that|this|them|those)$/.test(next?.low ?? '') && at + 1 < to && !next!.quoted;
    if (isName(cell)) {
      if (thing.some(isName)) close();
      thing.push(cell);
    } else if (isWord(cell, 'before', 'after') && /^(but )?(before|after)$/.test(cell.low)) {
      close();
      const isBefore = cell.low.endsWith('before');
      if (isBack || at + 1 === to) {
        place = isBefore ? 'before' : 'then';
        if (isBack) at++;
      } else if (items.length === 1 && relation === undefined) relation = isBefore ? 'before' : 'after';
      else return undefined;
    } else if (firsts.test(cell.low)) place = 'first';
    else if (lasts.test(cell.low)) place = 'last';
    else if (befores.test(cell.low)) place = 'before';
    else if (thens.test(cell.low)) place = 'then';
    else if (/^\d{1,4}$/.test(cell.low)) {
      close();
      const member = memberOf(cell, sofar, inventory);
      if (!member) return undefined;
      items.push(member);
    } else if (senseOf(cell, 'verb') && !verb && isDeed(cells, at, from, to)) {
      close();
      verb = cell;
    } else if (senseOf(cell, 'prefix') && senseOf(next, 'kind')?.plural && at + 1 < to && verb) {
      close();
      const { prefix } = senseOf(cell, 'prefix')!;
      set = membersOf(prefix, senseOf(next, 'kind')!.kinds, inventory);
      if (set.length < 2) return undefined;
      items.push({ cells: [cell, next!], ids: set, place: 'plain' });
      at++;
    } else if (senseOf(cell, 'env') ?? senseOf(cell, 'kind')) {
      if (senseOf(cell, 'kind')?.plural && !isName(cell)) return undefined;
      thing.push(cell);
    } else if (isWord(cell, 'pronoun', 'demonstrative') && /^(this one|that one|it|this)$/.test(cell.low)) {
      if (items.length > 0) return undefined;
      thing = [cell];
      close();
    } else if (isWord(cell, 'prep') && /^(in|on|from)$/.test(cell.low) && senseOf(next, 'env') && at + 1 < to)
      thing.push(cell);
    else if (!isWord(cell, 'filler', 'det') && !idle.test(cell.low)) return undefined;
  }
  close();
  if (relation) {
    const [one, other] = items;
    if (!one || !other || items.length > 2) return undefined;
    const turned = relation === 'before' ? [one, other] : [other, one];
    return {
      from,
      to,
      verb,
      set,
      items: turned.map((item, at) => ({ ...item, place: at === 0 ? 'first' : 'last' })),
    };
  }
  if (items.length !== 1) return undefined;
  return { from, to, verb, set, items: [{ ...items[0]!, place }] };
}

/** A verb before all things, or the last word behind them: "grafana restart", "erp-test boots first". */
function isDeed(cells: readonly Cell[], at: number, from: number, to: number): boolean {
  const cell = cells[at]!;
  const before = cells.slice(from, at);
  const rest = cells.slice(at + 1, to);
  const isFirst = isBase(cell) && before.every((one) => isWord(one, 'filler') || idle.test(one.low));
  const isLast = rest.every((one) => isWord(one, 'filler') || firsts.test(one.low));
  const isSaid =
    isBase(cell) || (senseOf(cell, 'verb')?.form === 's' && rest.some((one) => firsts.test(one.low)));
  return !isWord(cell, 'light') && (isFirst || (isSaid && isLast && before.some(isName)));
}

const isName = (cell: Cell): boolean =>
  senseOf(cell, 'name')?.exact === true &&
  !senseOf(cell, 'env') &&
  !senseOf(cell, 'value') &&
  !isWord(cell, 'filler');

const membersMax = 30;

/** The names that begin so and end in a number. */
function membersOf(prefix: string, kinds: readonly string[], inventory: Inventory): readonly string[] {
  return inventory
    .withPrefix(prefix, membersMax)
    .filter(({ kind, name }) => kinds.includes(kind) && numbered(name)?.stem === prefix.toLowerCase())
    .map(({ id }) => id);
}

const numbered = (name: string): { readonly stem: string; readonly digits: string } | undefined => {
  const match = /^(.*[a-z])[^a-z\d]*(\d+)$/.exec(name.toLowerCase());
  return match ? { stem: match[1]!, digits: match[2]! } : undefined;
};

/** "2 before 1": the one of those spoken of that has the number. */
function memberOf(
  cell: Cell,
  { set, spoken }: { readonly set: readonly string[] | undefined; readonly spoken: readonly Item[] },
  inventory: Inventory,
): Item | undefined {
  const ids = [...new Set([...(set ?? []), ...spoken.flatMap((item) => item.ids)])];
  const named = ids.map((one) => ({ id: one, ...numbered(inventory.get(one)?.name ?? '') }));
  const own = named.filter(({ digits }) => digits === cell.low);
  // "gitlab-runner-3, then 2": of the same names.
  const stems = new Set(named.map(({ stem }) => stem));
  const [stem] = stems;
  const other = stems.size === 1 && stem !== undefined && set === undefined ? stem : undefined;
  const fitting =
    own.length > 0 || other === undefined
      ? own.map((one) => one.id)
      : inventory
          .byKey(looseKey(`${other}-${cell.low}`))
          .filter(({ name: full }) => numbered(full)?.stem === other)
          .map((one) => one.id);
  const [id] = fitting;
  if (fitting.length !== 1) return undefined;
  const { name } = inventory.get(id!)!;
  const alike = inventory.byKey(looseKey(name)).filter((one) => one.name === name);
  if (alike.length !== 1) return undefined;
  return {
    cells: [plain(cell, name.toLowerCase(), { t: 'name', ids: [id!], exact: true })],
    ids: [id!],
    place: 'plain',
  };
}

/** The things behind each other; undefined where nothing was said of their order, or not all have their place. */
function inOrder(region: readonly Part[], isEnd: boolean): readonly (readonly Item[])[] | undefined {
  const set = region[0]!.set;
  const said = region.flatMap(({ items }) => items).filter((item) => item.ids !== set);
  const groups: Item[][] = [];
  const key = ({ ids }: Item): string => ids.join();
  let isOrdered = false;
  const shared = placeOf(said);
  for (const item of said) {
    const group = groups.find((one) => one.some((other) => key(other) === key(item) && item.ids.length > 0));
    const before = group?.find((other) => key(other) === key(item));
    if (group) {
      // "a and b, b": said twice, and nothing of when.
      if (item.place === 'plain') return undefined;
      group.splice(group.indexOf(before!), 1);
    }
    if (group?.length === 0) groups.splice(groups.indexOf(group), 1);
    // "snapshot a and b first, delete afterwards": both.
    const isOfBoth = item.isJoined && !before && said[said.indexOf(item) - 1]?.place === 'plain';
    const isBeforeRest = item.place === 'first' && !before && !isEnd && item !== said[0];
    if (item.place !== 'plain' && (isOfBoth || isBeforeRest)) return undefined;
    const own = { ...(before && item.cells.length < before.cells.length ? before : item), place: item.place };
    if (item.place !== 'plain' && (item !== said[0] || item.place !== 'then')) isOrdered ||= item !== said[0];
    if (item.place === 'first') groups.unshift([own]);
    else if (item.place === 'before') {
      if (groups.length > 1) return undefined;
      groups.unshift([own]);
    } else if (item.place === 'plain' && groups.length > 0) {
      // "a first, b and c": behind it.
      if (groups.at(-1)!.some(({ place }) => place !== 'plain')) return undefined;
      groups.at(-1)!.push(own);
    } else groups.push([own]);
  }
  const ids = new Set(said.flatMap((item) => item.ids));
  const isWhole = set === undefined || (set.every((id) => ids.has(id)) && ids.size === set.length);
  if (!isOrdered || groups.length < 2 || !isWhole) return undefined;
  return groups.map((group) =>
    group.map((item) => ({ ...item, cells: [...item.cells, ...(isPlaced(item) ? [] : shared)] })),
  );
}

const isPlaced = ({ cells }: Item): boolean =>
  cells.some((cell) => senseOf(cell, 'env') !== undefined || isWord(cell, 'pronoun'));

/** "cart and checkout in prod": where all of them are. */
function placeOf(items: readonly Item[]): readonly Cell[] {
  const places = items.flatMap(({ cells }) => {
    const at = cells.findIndex((cell) => senseOf(cell, 'env'));
    return at < 0 ? [] : [cells.slice(isWord(cells[at - 1], 'prep') ? at - 1 : at, at + 1)];
  });
  const envs = new Set(places.map((place) => place.at(-1)!.low));
  const [place] = places;
  if (!place || envs.size !== 1) return [];
  return place.length > 1 ? place : [plain(place[0]!, 'in', word('prep')), place[0]!];
}
