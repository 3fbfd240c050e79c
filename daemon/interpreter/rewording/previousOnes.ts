// Going back to what ran before, however it is said: "back to the previous one please", "go one version back with it",
// "put the old release back", "take cart in prod back to the last good version". Such a part becomes a rollback of the
// thing it names, or of what was spoken of. Never where a size, a snapshot or a number is meant. Called before the words
// are put plainly.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const courtesy =
  '(?:(?:so|please|pls|just|now|then|can you|could you|would you|let us|we|i want to|we need to|back)\\s)*';
const verb = '(?:put|bring|get|take|switch|go|roll|move|change|set|return|revert|come)';
const object = '(?:it|that|us|this one|that one|□)';
const former = '(?:previous|old|former|earlier|prior|last good|last working|last stable|one before)';
const noun = '(?:\\s(?:one|version|release|image|build|revision|deployment))';
const behind = `(?:\\s(?:for|of|with|on) ${object})?(?:\\s(?:back|again|please|pls|now|thanks))*`;
const patterns = [
  // "(put it) back to the previous one"
  new RegExp(
    `^${courtesy}(?:${verb} (?:${object} )?)?(?:back )?(?:back to|to|back on)(?: the| its| his)? ${former}${noun}?${behind}$`,
  ),
  // "put the previous one back"
  new RegExp(`^${courtesy}${verb}(?: the| its)? ${former}${noun} back${behind}$`),
  // "go one version back with it"
  new RegExp(
    `^${courtesy}(?:go|roll|take|put|step|move|set|bring) (?:${object} )?(?:a|one|1)(?: (?:version|release|revision|step))? back${behind}$`,
  ),
  // "kick it back one version", "back a release please"
  new RegExp(
    `^${courtesy}(?:(?!not )[a-z]+ ${object} )?back (?:a|one|1|by one) (?:version|release|revision|build)${behind}$`,
  ),
  new RegExp(
    `^${courtesy}(?!not )[a-z]+ ${object} (?:a|one|1|by one) (?:version|release|revision|build) back${behind}$`,
  ),
  new RegExp(
    `^${courtesy}(?:go|roll|step|move) back (?:a|one|1) (?:version|release|revision|step)${behind}$`,
  ),
];

/** "undo it to rev 5": rolled back to that. */
function undoneTo(cell: Cell, [to, revision, number]: readonly Cell[]): readonly Cell[] | undefined {
  const pointed = /^(?:undo|revert) (it|that|this)$/.exec(cell.quoted ? '' : cell.low)?.[1];
  const isTo = to?.low === 'to' && isWord(revision, 'revision') && senseOf(number, 'value') !== undefined;
  if (pointed === undefined || !isTo) return undefined;
  return [
    plain(cell, 'roll back', { t: 'verb', phrase: 'roll back', form: 'base' }),
    plain(cell, pointed, word('pronoun')),
  ];
}

/** The cells with a rollback in the place of every part that goes back. */
export function withPreviousOnes(given: readonly Cell[]): readonly Cell[] {
  const cells = given.flatMap((cell, at) => undoneTo(cell, given.slice(at + 1)) ?? [cell]);
  if (!cells.some((cell) => /\bback\b|^(to|revert|return)$/.test(cell.low) && !cell.quoted)) return cells;
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (isMark(cell)) parts.push([cell], []);
    else parts.at(-1)!.push(cell);
  // "revert cart and search to the previous version": of both, in one order.
  const isListed = (at: number): boolean =>
    isWord(parts[at - 1]?.[0], 'and') &&
    isWorkload(parts[at - 2]?.at(-1)) &&
    parts[at - 2]!.some((cell) => /^(revert|roll back|rollback|restore|return)$/.test(cell.low));
  const isSaid = (part: readonly Cell[]): boolean => part.some((cell) => isWord(cell, 'previousOne'));
  const turned = parts.map((part, at) => (isListed(at) && isSaid(part) ? part : (backOf(part) ?? part)));
  return turned.some((part, at) => part !== parts[at]) ? turned.flat() : cells;
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'colon', 'afterwards') || /^(and|so|but)$/.test(cell.low));

function backOf(part: readonly Cell[]): readonly Cell[] | undefined {
  if (part.length < 2 || part.some((cell) => cell.quoted)) return undefined;
  const things = thingIn(part);
  const text = part
    .flatMap((cell) => (cell === things[0] ? ['□'] : things.includes(cell) ? [] : [cell.low]))
    .join(' ');
  const isBack =
    /\b(back|revert|return|go|roll)\b/.test(text) && patterns.some((pattern) => pattern.test(text));
  // "search in prod back to the previous one"
  const isBehind =
    things.length > 0 && text.startsWith('□ ') && patterns.some((pattern) => pattern.test(text.slice(2)));
  if (!isBack && !isBehind) return undefined;
  const at = part[0]!;
  return [
    plain(at, 'roll back', { t: 'verb', phrase: 'roll back', form: 'base' }),
    ...(things.length > 0 ? things : [plain(at, 'it', word('pronoun'))]),
  ];
}

const isWorkload = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'name')?.ids.some((id) => /:(deployment|statefulset|daemonset)\//.test(id)) === true &&
  !isWord(cell, 'previousOne');

/** A workload by its name, with its place: "cart in prod". */
function thingIn(part: readonly Cell[]): readonly Cell[] {
  const at = part.findIndex(isWorkload);
  if (at < 0) return [];
  const from = at > 0 && (isWord(part[at - 1], 'det') || senseOf(part[at - 1], 'env')) ? at - 1 : at;
  const start = from > 0 && from < at && isWord(part[from - 1], 'det') ? from - 1 : from;
  let end = at + 1;
  if (senseOf(part[end], 'kind')) end++;
  if (isWord(part[end], 'prep') && senseOf(part[end + 1], 'env')) end += 2;
  return part.slice(start, end);
}
