// What people say they do themselves, beside an order: "stop web-10, they delete it tomorrow", "shut down a please, we
// migrate on friday". It is nobody's order here, so that it is left out behind one that is whole. What is wished ("we need
// it back") or due ("we must restart it") has no deed right behind its subject and stays. Called before anything else.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

const subjects = /^(i|we|they|he|she|people|users|customers|someone|somebody|everyone|everybody)$/;
const leading = /^(because|since|as|cause|cuz|for|but|anyway|later|tomorrow|tonight|afterwards?)$/;
const adverbs = /^(just|only|also|usually|always|all|still|both|simply|anyway|often|normally|regularly)$/;
const wishing =
  /^(need|want|have|get|keep|use|see|know|think|like|hope|wish|do|be|take|give|make|go|find|call|ask|tell|say|set|run|check|look|watch|put|move|plan|mean|expect|wait|leave|let)$/;

/** The cells without what somebody does themselves. */
export function withoutOthersDoings(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell, at) => at > 1 && !cell.quoted && subjects.test(cell.low))) return cells;
  const parts: Cell[][] = [[]];
  for (const [at, cell] of cells.entries()) {
    const isMark = isWord(cell, 'comma', 'stop', 'colon') && !cell.quoted && !senseOf(cell, 'name');
    // "start a and after that they delete it"
    const isThen =
      at > 0 && isJoint(cell) && subjects.test(cells[at + 1]?.low ?? '') && !isWord(cells[at - 1], 'comma');
    if (isMark || isThen) parts.push([]);
    parts.at(-1)!.push(cell);
  }
  // "we stop a, we resize it, we start it": all of it is what is to be done.
  if (parts.length > 1 && parts.every(isDoing)) return parts.flatMap(withoutSubject);
  const isOrder = parts.map(isImperative);
  const kept = parts.filter((part, at) => at === 0 || !isOrder.slice(0, at).includes(true) || !isDoing(part));
  return kept.length < parts.length ? kept.flat() : cells;
}

const withoutSubject = (part: readonly Cell[]): readonly Cell[] => {
  const at = part.findIndex((cell) => subjects.test(cell.low) && !cell.quoted);
  return [...part.slice(0, at), ...part.slice(at + 1)];
};

const isJoint = (cell: Cell): boolean => !cell.quoted && isWord(cell, 'and', 'afterwards', 'first');

const bodyOf = (part: readonly Cell[]): readonly Cell[] =>
  part.filter(
    (cell) =>
      !isWord(cell, 'comma', 'stop', 'colon') &&
      (!isWord(cell, 'filler') || isBase(cell) || subjects.test(cell.low)),
  );

const isImperative = (part: readonly Cell[]): boolean => {
  const [first] = bodyOf(part);
  return first !== undefined && isBase(first) && !subjects.test(first.low);
};

/** "they delete it tomorrow": a subject and its deed, and no other order behind it. */
function isDoing(part: readonly Cell[]): boolean {
  const body = part.filter((cell) => !isWord(cell, 'comma', 'stop', 'colon'));
  let at = 0;
  while (at < body.length && !body[at]!.quoted && (leading.test(body[at]!.low) || isJoint(body[at]!))) at++;
  if (!subjects.test(body[at]?.low ?? '') || body[at]!.quoted) return false;
  at++;
  while (at < body.length && adverbs.test(body[at]!.low)) at++;
  const deed = body[at];
  const phrase = deed && !deed.quoted && isBase(deed) ? senseOf(deed, 'verb')!.phrase : undefined;
  const rest = body.slice(at + 1);
  const goesOn = rest.some((cell, index) => isBase(cell) && isWord(rest[index - 1], 'and', 'afterwards'));
  return (
    phrase !== undefined &&
    !wishing.test(phrase) &&
    !goesOn &&
    !body.some((cell) => isWord(cell, 'if', 'not'))
  );
}
