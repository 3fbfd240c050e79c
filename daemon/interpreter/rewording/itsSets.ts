// "the api app in prod is oversized, downsize all its instances to t3.xlarge": its machines are those of the one app that is
// told of before, where that was said to be. Only where nothing else is spoken of that could be meant, and never of a thing
// that has the name itself: that is pointed at elsewhere. Called on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const noun = /^(?:app|application|service|team|stack|cluster)$/;
const isMark = (cell: Cell): boolean =>
  !cell.quoted && (isWord(cell, 'comma', 'stop', 'colon') || /^[-–—]$/.test(cell.low));

interface Subject {
  readonly cells: readonly Cell[];
  readonly place: readonly Cell[];
}

/** The cells with whose things "its instances" are. */
export function withItsSets(cells: readonly Cell[]): readonly Cell[] {
  const its = cells.findIndex((cell, at) => at > 3 && low(cell) === 'its' && isWord(cell, 'their'));
  if (its < 0) return cells;
  const kind = isOfApp(cells[its + 1]) ? its + 1 : -1;
  const mark = cells.findIndex(isMark);
  const order = cells.slice(mark + 1, its);
  const isOrdered = order.some((cell) => isBase(cell)) && !order.some((cell) => isThingOf(cell));
  if (kind < 0 || mark < 2 || mark > its || !isOrdered || order.some(isMark)) return cells;
  const subject = subjectOf(cells.slice(0, mark), cells[kind]!);
  if (!subject) return cells;
  const isAll = isWord(cells[its - 1], 'all', 'both') || isWord(cells[its - 2], 'all', 'both');
  const isSet = senseOf(cells[kind], 'kind')?.plural === true;
  const lead = plain(cells[its]!, isSet ? 'all' : 'the', word(isSet ? 'all' : 'det'));
  const of = low(cells[its - 1]) === 'of' ? its - 1 : its;
  const behind = cells[kind + 1];
  const isPlaced = isWord(behind, 'prep') && senseOf(cells[kind + 2], 'env') !== undefined;
  const { cells: who, place } = subject;
  const said = isSet ? [cells[kind]!, plain(cells[its]!, 'of', word('of')), ...who] : [...who, cells[kind]!];
  return [
    ...cells.slice(0, of),
    ...(isAll ? [] : [lead]),
    ...said,
    ...(isPlaced ? [] : place),
    ...cells.slice(kind + 1),
  ];
}

/** Machines, or pods. */
const isOfApp = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  !senseOf(cell, 'name') &&
  senseOf(cell, 'kind')?.kinds.some((kind) => /^(?:vm|pod)$/.test(kind)) === true;

const isThingOf = (cell: Cell): boolean =>
  cell.quoted ||
  (cell.senses.some(({ t }) => t === 'part' || t === 'name' || t === 'prefix') &&
    !senseOf(cell, 'env') &&
    !isBase(cell));

/** The one app that is told of, and where it is said to be. */
function subjectOf(told: readonly Cell[], kind: Cell): Subject | undefined {
  let at = isWord(told[0], 'det', 'filler') ? 1 : 0;
  const from = at;
  while (told[at] && isThingOf(told[at]!) && !senseOf(told[at], 'kind') && at - from < 3) at++;
  const who = told.slice(from, at);
  if (who.length === 0 || who.some((cell) => cell.quoted)) return undefined;
  const ids = who.flatMap((cell) => (senseOf(cell, 'name')?.exact ? senseOf(cell, 'name')!.ids : []));
  const isPod = senseOf(kind, 'kind')!.kinds.includes('pod');
  // "jenkins is down, reboot its vm": a thing by its name.
  if (!isPod && ids.length > 0) return undefined;
  if (noun.test(low(told[at]))) at++;
  const place = isWord(told[at], 'prep') && senseOf(told[at + 1], 'env') ? told.slice(at, at + 2) : [];
  const rest = told.slice(at + place.length);
  // "web is slow": in which place?
  const owners = ids.filter((id) => /:(?:deployment|statefulset|daemonset)\//.test(id));
  if (isPod && place.length === 0 && owners.length !== 1) return undefined;
  const isTold = rest.length > 0 && !rest.some((cell) => isThingOf(cell) || isWord(cell, 'if', 'or'));
  const isTeam = low(told[at - 1]) === 'team';
  const the = plain(who[0]!, 'the', word('det'));
  return isTold ? { cells: isTeam ? [the, ...who, told[at - 1]!] : who, place } : undefined;
}
