// What only the inventory can tell of a listing: "web-prod-1 thru web-prod-3" stands for each of the three where all of
// them are there, and "both regions" bounds nothing where what is spoken of
// is in two. A gap in the numbers leaves the words as they
// are, so that the person is asked. Called before a sentence is reworded.

import type { Resource } from '../../../shared/model/resource.ts';
import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { withNumbers } from '../words/numbered.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withAuthored } from './authored.ts';
import { withPointedSets } from './pointedSets.ts';

const membersMax = 100;

/** The cells with ranges of names written out and empty bounds taken off. */
export function withSpans(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const pointed = withPointedSets(cells);
  const numbered = withListedNumbers(withNumbers(pointed, inventory), inventory);
  const said = withAuthored(withNumbered(numbered, inventory), inventory);
  const told = withAlerts(said, inventory);
  return withBothRegions(withBothNamed(withRanges(told, inventory)), inventory);
}

/** "both web-1 servers, the one in eu-west-1 and the one in us-east-1": each of the two again, which were pointed at. */
function withBothNamed(cells: readonly Cell[]): readonly Cell[] {
  const both = cells.findIndex((cell) => isWord(cell, 'both') && !cell.quoted);
  if (both < 0) return cells;
  const name = senseOf(cells[both + 1], 'name') ? both + 1 : both + 2;
  const own = senseOf(cells[name], 'name')?.ids ?? [];
  const mark = senseOf(cells[name + 1], 'kind') ? name + 2 : name + 1;
  const said = cells.slice(mark + 1, mark + 4);
  const ids = said.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const isEach = isWord(said[1], 'and') && ids.length === 2 && new Set([...ids, ...own]).size === 2;
  return own.length === 2 && isWord(cells[mark], 'comma', 'colon') && isEach
    ? [...cells.slice(0, both), ...said, ...cells.slice(mark + 4)]
    : cells;
}

/** "web-1, then web-2, then 3", "worker-1 through 3": a number that goes on with the name before it. */
function withListedNumbers(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const isCount = (cell: Cell): boolean => !cell.quoted && /^\d+$/.test(cell.low);
  if (!cells.some(isCount)) return cells;
  const isMoving = cells.some((cell) => isBase(cell) && moving.test(senseOf(cell, 'verb')!.phrase));
  const said: Cell[] = [];
  cells.forEach((cell, at) => {
    const isRange = !isMoving && /^(to|thru|through|bis)$/.test(said.at(-1)?.low ?? '');
    let before = said.length - 1;
    while (isWord(said[before], 'and', 'comma', 'afterwards') && !said[before]!.quoted) before--;
    const isThen = said.slice(before + 1).some((one) => isWord(one, 'afterwards'));
    const head = isRange ? said.at(-2) : isThen ? said[before] : undefined;
    const next = cells[at + 1];
    const isEnd =
      next === undefined ||
      isWord(next, 'and', 'comma', 'stop', 'afterwards', 'or') ||
      isBehind.test(next.low);
    const named = head?.quoted ? undefined : senseOf(head, 'name');
    const own = named?.exact ? inventory.get(named.ids[0]!)?.name.toLowerCase() : undefined;
    const stem = /^(.*[a-z].*?)\d+$/.exec(own ?? '')?.[1];
    const ids = isCount(cell) && isEnd && stem ? sameSort(stem + cell.low, head!, inventory) : [];
    said.push(
      ids.length === 0
        ? cell
        : { ...plain(cell, stem + cell.low), senses: [{ t: 'name', ids, exact: true }] },
    );
  });
  return said;
}

const isBehind = /^(please|pls|thanks|thx|asap|now|to|with|in|on)$/;

/** Things of that name that are of the kind of the one that was named. */
function sameSort(name: string, head: Cell, inventory: Inventory): readonly string[] {
  const kinds = new Set(senseOf(head, 'name')!.ids.map((id) => inventory.get(id)?.kind));
  return inventory
    .byKey(looseKey(name))
    .filter((one) => kinds.has(one.kind) && one.name.toLowerCase() === name)
    .map((one) => one.id);
}

/** "action 41", "anomaly number one oh four": those of the kind whose names end in these numbers. */
function withNumbered(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const isNoun = (cell: Cell): boolean => {
    // "no 5" denies a number; it is no node.
    const kinds = cell.quoted || isWord(cell, 'not') ? [] : (senseOf(cell, 'kind')?.kinds ?? []);
    return kinds.length === 1 && /^(action|anomaly|node)$/.test(kinds[0]!) && !senseOf(cell, 'kind')!.plural;
  };
  if (!cells.some(isNoun)) return cells;
  if (cells.some((cell) => senseOf(cell, 'name')?.ids.some((id) => numberedId.test(id)))) return cells;
  const said: Cell[] = [];
  let kind: string | undefined;
  let isFound = false;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    said.push(cell);
    if (isNoun(cell)) kind = senseOf(cell, 'kind')!.kinds[0]!;
    // "approve action 77 and cancel 76"
    const isAgain = isFound && isBase(cell) && deciding.test(senseOf(cell, 'verb')!.phrase);
    if (kind === undefined || !(isNoun(cell) || isAgain)) continue;
    const name = numberBehind(cells, at + 1, kind, inventory);
    if (!name) continue;
    isFound ||= kind === 'action';
    said.push(name.cell);
    at = name.next - 1;
  }
  return said;
}

const deciding = /^(approve|cancel|reject|decline|deny|undo|revert)$/;

/** The one thing of a kind whose name ends in the number that stands there. */
function numberBehind(
  cells: readonly Cell[],
  start: number,
  kind: string,
  inventory: Inventory,
): { cell: Cell; next: number } | undefined {
  let from = start;
  while (/^(number|no|nr|num|#|with|the|id|\.|:)$/.test(cells[from]?.quoted ? '' : (cells[from]?.low ?? '')))
    from++;
  let end = from;
  let digits = '';
  for (; /^[0-9]+$/.test(digitsOf(cells[end])); end++) digits += digitsOf(cells[end]);
  const found = digits === '' ? [] : inventory.ofKind(kind).filter((one) => endsIn(one.name, digits));
  if (found.length !== 1) return undefined;
  const cell: Cell = {
    ...plain(cells[from]!, found[0]!.name.toLowerCase(), { t: 'name', ids: [found[0]!.id], exact: true }),
    end: cells[end - 1]!.end,
  };
  return { cell, next: end };
}

const numberedId = /:(action|anomaly|node)\//;
const endsIn = (name: string, digits: string): boolean => /(?:^|\D)0*(\d+)$/.exec(name)?.[1] === digits;

function digitsOf(cell: Cell | undefined): string {
  const value = cell && !cell.quoted ? senseOf(cell, 'value')?.value : undefined;
  return value?.k === 'number' && Number.isInteger(value.n) ? String(value.n) : '';
}

const squashed = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const alerting = /^(ack|acknowledge|silence|mute|snooze)$/;
const alarm = /^(alert|alarm|page)$/;
const alertWordsMax = 6;

/** "ack the redis memory alert": an alert called RedisMemory, by the words of its name. */
function withAlerts(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const noun = cells.findIndex((cell) => !cell.quoted && alarm.test(cell.low));
  const verb = cells.findIndex((cell) => !cell.quoted && alerting.test(senseOf(cell, 'verb')?.phrase ?? ''));
  if (noun < 1 && verb < 0) return cells;
  const alerts = inventory.ofKind('alert');
  if (cells.some((cell) => senseOf(cell, 'name')?.ids.some((id) => alerts.some((one) => one.id === id))))
    return cells;
  const named = (from: number, to: number): readonly string[] => {
    const said = cells.slice(from, to);
    if (said.some((cell) => cell.quoted || isWord(cell, 'det', 'comma', 'stop', 'all'))) return [];
    const text = squashed(said.map((cell) => cell.low).join(''));
    const isWhole = alerts.filter((one) => squashed(one.name) === text);
    const words = said.reduce((sum, cell) => sum + cell.low.split(/[ -]/).length, 0);
    const starts = alerts.filter((one) => {
      const parts = one.name.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[ -]/);
      return to === noun && words > 1 && squashed(parts.slice(0, words).join('')) === text;
    });
    return (isWhole.length > 0 ? isWhole : starts).map((one) => one.id);
  };
  const spans = Array.from({ length: alertWordsMax }, (_, index) => index + 1).reverse();
  const start = isWord(cells[verb + 1], 'det') ? verb + 2 : verb + 1;
  for (const [from, to] of [
    ...spans.map((length) => [noun - length, noun] as const),
    ...spans.map((length) => [start, start + length] as const),
  ]) {
    if (from < 0 || to > cells.length || (to !== noun && verb < 0) || from === to) continue;
    const ids = named(from, to);
    if (ids.length !== 1) continue;
    const last = cells[to - 1]!;
    const cell: Cell = {
      ...plain(cells[from]!, inventory.get(ids[0]!)!.name.toLowerCase()),
      end: last.end,
      senses: [{ t: 'name', ids, exact: true } as const],
    };
    return [...cells.slice(0, from), cell, ...withoutWatched(cells.slice(to), inventory.get(ids[0]!)!)];
  }
  return cells;
}

/** "the high cpu alert on web-1": what an alert that is named already watches. */
function withoutWatched(rest: readonly Cell[], alert: Resource): readonly Cell[] {
  const at = alarm.test(rest[0]?.low ?? '') ? 1 : 0;
  const isOn = /^(on|of|for|at|from)$/.test(rest[at]?.quoted === false ? rest[at].low : '');
  const ids = senseOf(rest[at + 1], 'name')?.ids ?? [];
  const isIts = isOn && ids.includes(String(alert.attributes.resource));
  return isIts ? [...rest.slice(0, at), ...rest.slice(at + 2)] : rest;
}

const moving =
  /^(move|migrate|attach|rename|copy|assign|transfer|clone|switch|change|resize|scale|shift|connect|link|relocate)/;

function withRanges(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const isMoving = cells.some((cell) => isBase(cell) && moving.test(senseOf(cell, 'verb')!.phrase));
  return cells.flatMap((cell, at) => {
    if (cell.quoted || at === 0) return [cell];
    const isThrough = /^(thru|through|until|till|up to|bis|\.\.|\.\.\.|…)$/.test(cell.low);
    const isTo = !isMoving && /^(to|-|–)$/.test(cell.low);
    if (!isThrough && !isTo) return [cell];
    const members = between(cells[at - 1]!, cells[at + 1], inventory);
    if (members === undefined) return [cell];
    const and = plain(cell, 'and', word('and'));
    return [
      and,
      ...members.flatMap((ids) => [
        {
          ...plain(cell, inventory.get(ids[0]!)!.name.toLowerCase()),
          senses: [{ t: 'name', ids, exact: true } as const],
        },
        and,
      ]),
    ];
  });
}

/** Ids of each name between the two, without them; undefined where one is missing or they are not alike. */
function between(
  from: Cell,
  to: Cell | undefined,
  inventory: Inventory,
): readonly (readonly string[])[] | undefined {
  const [first, last] = [numbered(from, inventory), numbered(to, inventory)];
  if (!first || !last || first.stem !== last.stem || last.n <= first.n || last.n - first.n > membersMax)
    return undefined;
  const members: (readonly string[])[] = [];
  for (let n = first.n + 1; n < last.n; n++) {
    const digits = String(n).padStart(first.width, '0');
    const found = inventory
      .byKey(looseKey(first.stem + digits))
      .filter((one) => one.name.toLowerCase() === first.stem + digits);
    if (found.length === 0) return undefined;
    members.push(found.map((one) => one.id));
  }
  return members;
}

function numbered(
  cell: Cell | undefined,
  inventory: Inventory,
): { stem: string; n: number; width: number } | undefined {
  const name = cell && !cell.quoted ? senseOf(cell, 'name') : undefined;
  if (!name?.exact) return undefined;
  const [, stem, digits] = /^(.*\D)(\d+)$/.exec(inventory.get(name.ids[0]!)!.name.toLowerCase()) ?? [];
  if (stem === undefined || digits === undefined) return undefined;
  return { stem, n: Number(digits), width: digits.startsWith('0') ? digits.length : 1 };
}

/** ", both regions", "in both regions": all there are, where there are two. */
function withBothRegions(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const both = cells.findIndex(
    (cell, at) => isWord(cell, 'both') && !cell.quoted && cells[at + 1]?.low === 'regions',
  );
  if (both < 1) return cells;
  const said = cells.flatMap((cell) => (cell.quoted ? [] : (senseOf(cell, 'part')?.word ?? [])));
  const isSaid = ({ name, tags }: Resource): boolean =>
    said.every((one) => name.toLowerCase().includes(one) || Object.values(tags ?? {}).includes(one));
  const kinds = new Set(cells.slice(0, both).flatMap((cell) => senseOf(cell, 'kind')?.kinds ?? []));
  const regions = new Set(
    [...kinds].flatMap((kind) =>
      inventory
        .ofKind(kind)
        .filter(isSaid)
        .flatMap(({ region }) => region ?? []),
    ),
  );
  if (regions.size !== 2) return cells;
  const start = isWord(cells[both - 1], 'prep', 'comma') ? both - 1 : both;
  return [
    ...cells.slice(0, start),
    plain(cells[both]!, 'everywhere', word('wherever')),
    ...cells.slice(both + 2),
  ];
}
