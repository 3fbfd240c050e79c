// Pauses between steps: "drain a, wait until it is empty and delete it", "restart a, give it a minute, then restart b".
// Every step waits for the one before it anyway, so that such a part says no more than "then". What waits for anything
// else ("wait for bob", "until the window opens", "wait 30 seconds") stays and is asked about. Called before the words are
// put plainly.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const span = '(?:minute|min|moment|bit|sec|second|while|little|time|minutes|moments|seconds|mins|secs)';
const some = '(?:(?:a|an|one|some|a few|few|couple of|a couple of|a little|little|short|tiny)\\s)*';
const adverb = '(?:(?:fully|completely|all|properly|really|definitely|back|again|first|nicely|safely)\\s)*';
const state =
  '(?:done|finished|up|down|ready|healthy|running|stopped|empty|drained|complete|completed|over|through|back|available|online|offline|' +
  'green|ok|okay|fine|good|stable|settled|off|on|gone|free|in service|' +
  'finish|finishes|complete|completes|comes? up|comes? back|boots?|settles?|stops?|starts?|drains?|stop|start|works?|responds?|answers?|' +
  '(?:restart|reboot|resiz|start|stopp|detach|attach|drain|snapshott|scal|creat|delet|remov|boot|clos|open|cordon)ed)';
const late = '(?:\\s(?:up|back|again|online|first|completely|fully|now|please))*';
const subject =
  '(?:it|its|it is|that|that is|this|they|they are|them|those|everything|all|both|everything is|all of that|all of them|□)';
const pauses = new RegExp(
  `^(?:please |just |then |now )*(?:` +
    `(?:wait|pause|hold)(?: there)?(?: for)?(?: ${some}${span}?)?|` +
    `wait(?: ${some}${span})?|` +
    `(?:wait|hold|hold off|pause|hold on)(?: there)? (?:until|till|til|for)(?: ${subject})(?: (?:s|is|are|has|have|to|will))?(?: (?:be|been|come|get|is|are))?(?: ${adverb}${state})?${late}|` +
    `(?:until|till|til)(?: ${subject})(?: (?:s|is|are|has|have))?(?: (?:been))? ${adverb}${state}${late}|` +
    `give (?:it|them|that) ${some}${span}(?: to \\w+(?: \\w+)?)?|` +
    `let (?:it|them|that) (?:settle|boot|come up|finish|drain|cool|cool down|warm up|recover|calm down|start|empty|boot up|come back|come back up)${late}` +
    `)$`,
);

/** The cells with "then" in the place of a pause. */
export function withPauses(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 && !cell.quoted && /^(wait|pause|hold|until|till|give|let|hold off|hold on)\b/.test(cell.low),
  );
  const start = startOf(cells, at);
  if (at < 0 || start === undefined) return cells;
  for (let end = Math.min(cells.length - 1, at + partMax); end > at; end--) {
    if (!isBegun(cells, end) || !isPause(cells, at, end)) continue;
    let next = end;
    while (isEdge(cells[next])) next++;
    const then = plain(cells[at]!, 'then', word('afterwards'), word('filler'));
    return [...cells.slice(0, start), then, ...withPauses(cells.slice(next))];
  }
  return cells;
}

const partMax = 10;

const isEdge = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  (isWord(cell, 'comma', 'stop', 'and', 'afterwards') || /^(so|but)$/.test(cell.low));

/** Where the joins before a pause begin; undefined where it stands in the middle of a step or nothing was ordered before. */
function startOf(cells: readonly Cell[], at: number): number | undefined {
  let start = at;
  while (start > 0 && (isEdge(cells[start - 1]) || isWord(cells[start - 1], 'filler'))) start--;
  const isMarked = cells.slice(start, at).some(isEdge) || /^(until|till|wait)$/.test(cells[at]?.low ?? '');
  return start > 0 && isMarked && cells.slice(0, start).some((cell) => isBase(cell)) ? start : undefined;
}

/** Another step begins behind it: after a mark, and with a verb or a thing. */
function isBegun(cells: readonly Cell[], end: number): boolean {
  let next = end;
  while (isEdge(cells[next])) next++;
  while (isWord(cells[next], 'filler', 'first') && !isBase(cells[next])) next++;
  const cell = cells[next];
  return (
    next > end &&
    cell !== undefined &&
    (isBase(cell) || isWord(cell, 'ask', 'showCue', 'listCue', 'light', 'logCue'))
  );
}

/** Nothing but a pause; the deeds and things of the steps before it stand as □. */
function isPause(cells: readonly Cell[], at: number, end: number): boolean {
  const said = cells.slice(at, end);
  // "restart a, wait, b": not the first, the second.
  const isBare = said.length === 1 && said[0]!.low === 'wait';
  if (
    isBare &&
    !cells.slice(end).some((cell, index, rest) => isJoining(cell) && rest.slice(0, index).every(isEdge))
  )
    return false;
  const before = cells.slice(0, at);
  const isKnown = (cell: Cell): boolean =>
    before.some((one) => one.low === cell.low) ||
    /^(rollout|machine|vm|server|node|box|instance|host|volume|disk|database|db|pods|deployment)$/.test(
      cell.low,
    );
  let text = '';
  for (const [index, cell] of said.entries()) {
    const isFigure = senseOf(cell, 'time') !== undefined || senseOf(cell, 'value') !== undefined;
    if (cell.quoted || (isFigure && !/^(a|an|one)( (min|minute|moment|second|sec))?$/.test(cell.low)))
      return false;
    if (isWord(cell, 'det') && said[index + 1] && isKnown(said[index + 1]!)) continue;
    const isBehind = isWord(said[index - 1], 'det') || said[index - 1]?.low.endsWith(' the');
    const isThing = isKnown(cell) && (isBehind || senseOf(cell, 'name') !== undefined);
    text += `${text === '' ? '' : ' '}${isThing ? '□' : cell.low.replace(/ the$/, '')}`;
  }
  return pauses.test(text);
}

/** "wait for bob": for something that no step waits for. */
export const isOpenWait = (cells: readonly Cell[], at: number): boolean => {
  const isWait = /^(wait|hold|hold off|pause)$/.test(cells[at]!.low) && !cells[at]!.quoted;
  if (
    !isWait ||
    isWord(cells[at - 1], 'not') ||
    !/^(until|till|til|for)( the)?$/.test(cells[at + 1]?.low ?? '')
  )
    return false;
  const behind = cells.findIndex((cell, index) => index > at + 1 && isEdge(cell));
  return !isPause(cells, at, behind < 0 ? cells.length : behind);
};

const isJoining = (cell: Cell): boolean => !cell.quoted && isWord(cell, 'and', 'afterwards');
