// The state that a named thing is to have, wished for in a clause: "I want that report-daily goes active again", "please
// see that web-01 is up", "nightly-backup has to be active again". The clause is said as thing and state alone, which
// `freeOrder` reads; where it is denied, bounded or asked, it stays as it is. Called by `freeOrder`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing, plain, word } from '../words/plainCells.ts';
import { states } from './deedWords.ts';

/** What a thing is made to be, as the state that says how it is brought about. */
const made: Readonly<Record<string, 'on' | 'off'>> = {
  active: 'on',
  alive: 'on',
  live: 'on',
  available: 'on',
  running: 'on',
  enabled: 'on',
  inactive: 'off',
  stopped: 'off',
  paused: 'off',
  disabled: 'off',
};
const becoming =
  /^(goes|go|gets|get|comes|come|becomes|become|turns|turn|turned|switched|powered|back|is|are|be)$/;
const running = /^(runs|run|works|work)$/;
const wishing =
  /\b(want|wants|wish|wishes|would like|prefer|need|sure|see to it|see|ensure|great if|nice if|happy if|please|should|shall)\b/;
const knowing =
  /\b(they|he|she|say|says|said|somebody|someone|know|check|confirm|verify|hear|heard|told|tell|show|to see|be sure|am sure|are sure|was sure)\b(?! to it)/;
const due = /^(must|has to|have to|needs to|need to|ought to|is to)( (be|go|get|come|become|run|work))?$/;

/** The thing with its state, where that is what is wished for; otherwise the cells as they are. */
export function withWishedState(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isWord(cell, 'filler', 'again', 'stop') || stateOf(cell)) + 1;
  const state = end > 2 ? stateOf(cells[end - 1]!) : undefined;
  if (state === undefined || cells.some(isTurning)) return cells;
  const first = cells.findIndex((cell) => senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env'));
  let to = end - 1;
  while (to > first && isBecoming(cells[to - 1]!)) to--;
  const isVerb = running.test(cells[end - 1]!.low);
  if (first < 0 || to <= first || (to === end - 1 && !isVerb)) return cells;
  let from = first;
  while (from > 0 && isPart(cells[from - 1]!)) from--;
  const isThat = isWord(cells[from - 1], 'that') || / (that|if|it)$/.test(cells[from - 1]?.low ?? '');
  const lead = cells.slice(0, isWord(cells[from - 1], 'that') ? from - 1 : from);
  const said = lead.map(({ low }) => low).join(' ');
  // "I want to know that a is up" asks.
  const isWished = isThat && wishing.test(said) && !knowing.test(said);
  const isDue = cells.slice(to, end).some((cell) => due.test(cell.low));
  const isPlain = lead.every((cell) => isWord(cell, 'filler', 'because', 'comma') || wishing.test(cell.low));
  const things = cells.slice(from, to);
  // Whether a schedule is to run once or to go on is not said by "run".
  const isSchedule = things.some((cell) =>
    senseOf(cell, 'name')?.ids.every((id) => id.includes(':cronjob/')),
  );
  if ((!isWished && !isDue) || !isPlain || !things.every(isPart) || (isVerb && isSchedule)) return cells;
  return [...things, plain(cells[end - 1]!, state, word('filler')), ...cells.slice(end)];
}

const stateOf = (cell: Cell): 'on' | 'off' | undefined => {
  if (cell.quoted || senseOf(cell, 'name')) return undefined;
  const deed = states[cell.low];
  if (deed === 'start' || deed === 'stop') return deed === 'start' ? 'on' : 'off';
  return running.test(cell.low) ? 'on' : made[cell.low];
};

const isBecoming = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (becoming.test(cell.low) || due.test(cell.low) || isWord(cell, 'need'));

const isPart = (cell: Cell): boolean =>
  isThing(cell) ? !isWord(cell, 'need', 'be') : isWord(cell, 'det', 'and', 'prep') && !isWord(cell, 'filler');

const isTurning = (cell: Cell): boolean =>
  cell.quoted ||
  cell.low === '?' ||
  isWord(cell, 'not', 'or', 'except', 'instead', 'before', 'after', 'only', 'colon', 'stays') ||
  (isWord(cell, 'if') && !isWord(cell, 'filler')) ||
  senseOf(cell, 'value') !== undefined ||
  senseOf(cell, 'time') !== undefined ||
  /^(still|yet|already|nobody|who|why|when|how|what)$/.test(cell.low);
