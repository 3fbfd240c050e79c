// What is said of members of a set beside the order over it: "stop all erp vms, including the test one" (one of them
// anyway), "reboot the two prod ERP servers, erp-02 first" (which of them comes when), "terminate both poc machines (kafka
// and elastic)" (all of them once more). A member is what the order would lose if it were excepted, so that the words find
// it among the set alone. What is no member, or not all of them where all are listed, is left to the other readers, which
// ask. Called before a text is read as a whole; `read` reads cells as an order by themselves.

import type { PlanReading, Reading, StepDraft } from '../../../shared/model/reading.ts';
import { isSetMark } from '../guards/spared.ts';
import { idsOf } from '../guards/targets.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

type Cells = readonly Cell[];
type Place = 'within' | 'first' | 'then' | 'last' | 'all';

interface Aside {
  readonly from: number;
  readonly to: number;
  readonly groups: readonly { readonly cells: Cells; readonly place: Place }[];
}

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const including = /^(?:also )?(?:including|incl|incl\.|inclusive|counting|even)$/;
const included = /^(?:included|inclusive|incl|too|as well)$/;
const starting = /^(?:starting|start|begin|beginning)(?: with| at| from)?$/;
const ending = /^(?:ending|end|finish|finishing)(?: with| at)?$/;
const hint =
  /^(?:also )?(?:incl\w*|counting|even|included|inclusive|first|last|start\w*|begin\w*|ending|finish\w*)(?: with)?$/;

const isMark = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'open', 'close', 'colon') || /^[-–—]$/.test(cell.low));

/** The order over the set with what was said of its members; undefined where nothing was, or it is no member. */
export function readWithinSet(cells: Cells, read: (some: Cells) => Reading): Reading | undefined {
  if (!cells.some((cell) => !cell.quoted && (hint.test(cell.low) || isMark(cell)))) return undefined;
  const aside = asideOf(cells);
  if (!aside) return undefined;
  const order = [...cells.slice(0, aside.from), ...cells.slice(aside.to)];
  if (!isOrderOverSet(order, aside)) return undefined;
  const whole = oneStep(read(order));
  if (!whole) return undefined;
  const all = idsOf(whole.steps[0]!);
  const members: (readonly string[])[] = [];
  for (const { cells: said } of aside.groups) {
    const except = [plain(said[0]!, 'except', word('except')), ...said];
    const but = [...cells.slice(0, aside.from), ...except, ...cells.slice(aside.to)];
    const rest = oneStep(read(uncounted(but)));
    const left = rest && rest.steps[0]!.operation === whole.steps[0]!.operation ? idsOf(rest.steps[0]!) : all;
    const lost = all.filter((id) => !left.includes(id));
    if (lost.length === 0 || lost.length + left.length !== all.length) return undefined;
    members.push(lost);
  }
  const said = members.flat();
  if (new Set(said).size !== said.length) return undefined;
  const [place] = aside.groups.map((group) => group.place);
  if (place === 'within') return whole;
  const others = all.filter((id) => !said.includes(id));
  if (place === 'all') return others.length === 0 ? whole : undefined;
  if (aside.groups.length > 1 && others.length > 0) return undefined;
  const rows = place === 'last' ? [others, ...members] : [...members, others];
  return inRow(
    whole,
    rows.filter((ids) => ids.length > 0),
  );
}

/** A plan of one step over what is there. */
const oneStep = (reading: Reading): PlanReading | undefined =>
  reading.kind === 'plan' && reading.steps.length === 1 && idsOf(reading.steps[0]!).length > 0
    ? reading
    : undefined;

/** "both", "the two": with one of them excepted the number is another. */
function uncounted(cells: Cells): Cells {
  const isCount = (cell: Cell, at: number): boolean =>
    isWord(cell, 'both') ||
    (senseOf(cell, 'value')?.value.k === 'number' &&
      (isWord(cells[at - 1], 'det', 'all') || isBase(cells[at - 1])) &&
      cells.slice(at + 1, at + 5).some(isSetMark));
  const at = cells.findIndex((cell, index) => !cell.quoted && isCount(cell, index));
  if (at < 0) return cells;
  const from = isWord(cells[at - 1], 'det', 'all') ? at - 1 : at;
  const to = isWord(cells[at + 1], 'det', 'of') ? at + 2 : at + 1;
  return [...cells.slice(0, from), plain(cells[at]!, 'all', word('all')), ...cells.slice(to)];
}

function inRow(whole: PlanReading, rows: readonly (readonly string[])[]): PlanReading {
  const [step] = whole.steps;
  const steps = rows.map(
    (ids, at): StepDraft => ({
      ...step!,
      target: { kind: 'resources', ids },
      after: at > 0 ? [at - 1] : [],
    }),
  );
  return { ...whole, steps };
}

/** Nothing but one order, over a set, in which no member that is spoken of is named. */
function isOrderOverSet(order: Cells, { groups }: Aside): boolean {
  const names = order
    .filter((cell) => !senseOf(cell, 'env'))
    .flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const own = groups.flatMap(({ cells }) => cells.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  const verbs = order.filter((cell) => isBase(cell) && !senseOf(cell, 'name'));
  return (
    verbs.length > 0 &&
    order.some((cell) => isSetMark(cell) || (senseOf(cell, 'value')?.value.k === 'number' && !cell.quoted)) &&
    !order.some((cell) => isWord(cell, 'except') && !cell.quoted) &&
    !own.some((id) => names.includes(id))
  );
}

/** The part that speaks of members, and what it says of them. */
function asideOf(cells: Cells): Aside | undefined {
  for (let at = 2; at < cells.length; at++) {
    const from = isMark(cells[at]) ? at + 1 : at;
    const isInBrackets = isWord(cells[at], 'open') && !cells[at]!.quoted;
    // "… including the test one": no mark before it.
    if (from === at && !including.test(low(cells[at]))) continue;
    let to = from;
    while (to < cells.length && !isEnd(cells, to, isInBrackets)) to++;
    if (to === from) continue;
    const groups = groupsOf(cells.slice(from, to));
    if (groups) return { from: at, to: isInBrackets || isSetOff(cells, to) ? to + 1 : to, groups };
  }
  return undefined;
}

/** A comma behind words that are set apart by one goes with them. */
const isSetOff = (cells: Cells, to: number): boolean =>
  isWord(cells[to], 'comma', 'close') && !isBase(cells[to + 1]) && cells[to + 1] !== undefined;

const isEnd = (cells: Cells, at: number, isInBrackets: boolean): boolean =>
  isInBrackets
    ? isWord(cells[at], 'close')
    : (isWord(cells[at], 'stop', 'open', 'colon') && low(cells[at - 1]) !== 'incl') ||
      (isWord(cells[at], 'comma') && !/^(?:then|and|and then)$/.test(low(cells[at + 1])));

function groupsOf(part: Cells): Aside['groups'] | undefined {
  const said = trimmed(part);
  const [lead, last] = [low(said[0]), low(said.at(-1))];
  const withLead = /^(?:with|at|from|\.)$/.test(low(said[1])) ? 2 : 1;
  const as = (cells: Cells, place: Place): Aside['groups'] | undefined =>
    isMember(cells) ? [{ cells, place }] : undefined;
  if (including.test(lead)) return as(said.slice(withLead), 'within');
  if (included.test(last)) return as(said.slice(0, -1), 'within');
  if (starting.test(lead)) return as(said.slice(withLead), 'first');
  if (ending.test(lead)) return as(said.slice(withLead), 'last');
  if (/^(?:last|at the end)$/.test(last)) return as(said.slice(0, -1), 'last');
  const first = said.findIndex((cell) => /^(?:first|before the (?:other|others|rest))$/.test(low(cell)));
  if (first > 0) {
    const groups = rowOf(said, first);
    return groups?.every(({ cells }) => isMember(cells)) ? groups : undefined;
  }
  const listed = splitAt(said, (cell) => isWord(cell, 'and', 'comma'));
  const isList = listed.length > 1 && listed.every(isMember);
  return isList ? listed.map((one) => ({ cells: one, place: 'all' as const })) : undefined;
}

/** "erp-02 first, then erp-01", "erp-02 first and then the others" */
function rowOf(said: Cells, first: number): Aside['groups'] | undefined {
  const groups = splitAt(said.slice(first + 1), (cell) => isWord(cell, 'comma', 'and', 'afterwards'));
  const named = groups.filter(
    (one) =>
      !/^(?:the |all )*(?:rest|others?|other ones?|other one|remaining ones)$/.test(one.map(low).join(' ')),
  );
  return [said.slice(0, first), ...named].map((cells, at) => ({ cells, place: at > 0 ? 'then' : 'first' }));
}

function splitAt(cells: Cells, isJoint: (cell: Cell) => boolean): readonly Cells[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    if (!cell.quoted && (isJoint(cell) || /^(?:then|and then)$/.test(cell.low))) parts.push([]);
    else parts.at(-1)!.push(cell);
  }
  return parts.filter((part) => part.length > 0);
}

/** Without courtesy and small words at its ends. */
function trimmed(part: Cells): Cells {
  const isLoose = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    /^(?:please|pls|of course|thanks|but|and|yes|also|do|obviously|all|if possible)$/.test(cell.low);
  let [from, to] = [0, part.length];
  while (from < to && isLoose(part[from])) from++;
  while (to > from && isLoose(part[to - 1])) to--;
  return part.slice(from, to);
}

/** Words for one thing or a few, and no deed, bound of time or figure. */
const isMember = (cells: Cells): boolean =>
  cells.length > 0 &&
  cells.length < 6 &&
  cells.some((cell) => isThing(cell) || /^ones?$/.test(low(cell))) &&
  cells.every(
    (cell) =>
      !cell.quoted &&
      (isThing(cell) ||
        /^ones?$/.test(cell.low) ||
        senseOf(cell, 'status') !== undefined ||
        senseOf(cell, 'region') !== undefined ||
        isWord(cell, 'det', 'and')) &&
      !isBase(cell),
  );
