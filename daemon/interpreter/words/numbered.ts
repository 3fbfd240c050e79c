// Numbers that go on with a name: "web-prod 1, 2 and 3 but not number 4", "gitlab runners 1 and 2", "web-prod-{1,2,3}",
// "web-prod-1..3". Each stands for the whole name where a thing of that very name is there; where one of them is not, all
// of them are left as they were said, so that the person is asked. Called before a sentence is reworded.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from './cells.ts';
import { plain, word } from './plainCells.ts';
import { singular } from './spelling.ts';

const membersMax = 50;

/** The cells with such numbers as names. */
export function withNumbers(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const spread = cells.some(isSpread) ? spreadOut(cells, inventory) : cells;
  if (!spread.some((cell) => digitsOf(cell) !== undefined)) return spread;
  return withListed(withSparedNumber(withPluralHead(spread, inventory), inventory), inventory);
}

const spreads = /^([a-z].*[a-z_-])(\d+)(?:\.\.\.?|…)(\d+)$/;
const slashed = /^([a-z].*[a-z_-])(\d+(?:\/\d+)+)$/;
const isSpread = (cell: Cell): boolean =>
  !cell.quoted &&
  (slashed.test(cell.low) ||
    spreads.test(cell.low) ||
    (/[a-z][-_]$/.test(cell.low) && cell.senses.length > 0));

const digitsOf = (cell: Cell | undefined): string | undefined =>
  cell && !cell.quoted && /^\d{1,4}$/.test(cell.low) && senseOf(cell, 'value')?.value.k === 'number'
    ? cell.low
    : undefined;

const isJoint = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && (isWord(cell, 'and', 'comma', 'or') || /^[+&]$/.test(cell.low));

/** The name of a stem and a number, where something is called so. */
function nameOf(at: Cell, stem: string, digits: string, inventory: Inventory): Cell | undefined {
  const ids = inventory
    .byKey(looseKey(`${stem}-${digits}`))
    .filter((one) => one.name.toLowerCase().replace(/[^a-z]*\d+$/, '') === stem && one.name.endsWith(digits))
    .map((one) => one.id);
  if (ids.length === 0) return undefined;
  return { ...plain(at, inventory.get(ids[0]!)!.name.toLowerCase(), { t: 'name', ids, exact: true }) };
}

function stemOf(cell: Cell | undefined, inventory: Inventory): string | undefined {
  const name = cell && !cell.quoted ? senseOf(cell, 'name') : undefined;
  const said = name?.exact ? inventory.get(name.ids[0]!)?.name.toLowerCase() : undefined;
  return /^(.*[a-z])\D*\d+$/.exec(said ?? '')?.[1];
}

/** Joints between the members of a list. */
const joints = (members: readonly Cell[]): readonly Cell[] =>
  members.flatMap((cell, at) => (at > 0 ? [plain(cell, 'and', word('and')), cell] : [cell]));

/** "web-prod-1..3", "web-prod-{1,2,3}". */
function spreadOut(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const said: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const [, stem = '', from, to] = spreads.exec(cell.quoted ? '' : cell.low) ?? [];
    const count = Number(to) - Number(from) + 1;
    let numbers: readonly string[] = [];
    let end = at + 1;
    const [, head = '', listed] = slashed.exec(cell.quoted ? '' : cell.low) ?? [];
    if (listed !== undefined) numbers = listed.split('/');
    else if (from !== undefined && count > 1 && count <= membersMax)
      numbers = Array.from({ length: count }, (_, index) => String(Number(from) + index));
    else if (isSpread(cell) && cells[at + 1]?.low === '{') {
      const close = cells.findIndex((one, index) => index > at && isWord(one, 'close'));
      const inner = cells.slice(at + 2, Math.max(at + 2, close));
      const own = inner.flatMap((one) => digitsOf(one) ?? []);
      if (inner.every((one) => digitsOf(one) !== undefined || isWord(one, 'comma'))) numbers = own;
      if (numbers.length > 0) end = close + 1;
    }
    const base = (head || stem || cell.low).replace(/[-_]+$/, '');
    const members = numbers.map((digits) => nameOf(cell, base, digits, inventory));
    if (members.length > 0 && members.every((one) => one !== undefined)) {
      said.push(...joints(members as readonly Cell[]));
      at = end - 1;
    } else said.push(cell);
  }
  return said;
}

/** "gitlab runners 1 and 2": the first of them. */
function withPluralHead(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      digitsOf(cell) !== undefined &&
      isJoint(cells[index + 1]) &&
      senseOf(cells[index - 1], 'part') !== undefined &&
      !senseOf(cells[index - 1], 'kind') &&
      singular(cells[index - 1]!.low) !== cells[index - 1]!.low,
  );
  if (at < 1) return cells;
  let from = at - 1;
  while (senseOf(cells[from - 1], 'part') && !senseOf(cells[from - 1], 'verb') && at - from < 4) from--;
  for (; from < at; from++) {
    const stem = cells.slice(from, at).map((cell) => singular(cell.low));
    const name = nameOf(cells[from]!, stem.join('-'), cells[at]!.low, inventory);
    const end = cells[at]!.end;
    if (name) return [...cells.slice(0, from), { ...name, end }, ...cells.slice(at + 1)];
  }
  return cells;
}

/** "each web-prod machine except number 10": the one of that name. */
function withSparedNumber(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const except = cells.findIndex((cell) => isWord(cell, 'except') && !cell.quoted);
  const number = /^(number|no|nr|#)$/.test(cells[except + 1]?.low ?? '') ? except + 2 : except + 1;
  const digits = digitsOf(cells[number]);
  const stem = cells
    .slice(Math.max(0, except - 3), Math.max(0, except))
    .find((cell) => senseOf(cell, 'prefix'));
  if (except < 1 || digits === undefined || !stem || !isFree(cells[number + 1])) return cells;
  const name = nameOf(cells[number]!, senseOf(stem, 'prefix')!.prefix, digits, inventory);
  return name ? [...cells.slice(0, except + 1), name, ...cells.slice(number + 1)] : cells;
}

/** "web-prod-1, 2 and 3", "… but not number 4". */
function withListed(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const said: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    said.push(cells[at]!);
    const stem = stemOf(cells[at], inventory);
    const list = stem === undefined ? undefined : listBehind(cells, at + 1, stem, inventory);
    if (!list) continue;
    said.push(...list.cells);
    at = list.next - 1;
  }
  return said;
}

function listBehind(
  cells: readonly Cell[],
  from: number,
  stem: string,
  inventory: Inventory,
): { cells: readonly Cell[]; next: number } | undefined {
  const list: Cell[] = [];
  let next = from;
  for (;;) {
    let at = next;
    while (isJoint(cells[at]) || isWord(cells[at], 'except', 'not')) at++;
    const joint = cells.slice(next, at);
    if (/^(number|no|nr|nos|numbers|#)$/.test(cells[at]?.low ?? '') && at > next) at++;
    const digits = digitsOf(cells[at]);
    if (joint.length === 0 || digits === undefined) break;
    // "web-staging-1 and 2 stop"
    const isLast = senseOf(cells[at + 1], 'verb')?.form === 'base' && cells[at + 2] === undefined;
    const name = isFree(cells[at + 1]) || isLast ? nameOf(cells[at]!, stem, digits, inventory) : undefined;
    if (!name) return undefined;
    list.push(...joint, name);
    next = at + 1;
  }
  return list.length > 0 ? { cells: list, next } : undefined;
}

/** Nothing that the number counts. */
const isFree = (next: Cell | undefined): boolean =>
  next === undefined ||
  next.quoted ||
  isJoint(next) ||
  isWord(next, 'stop', 'filler', 'prep', 'except', 'not', 'close', 'colon', 'afterwards', 'stays');
