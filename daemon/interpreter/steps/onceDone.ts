// "drain worker-4 and delete the node once it's empty", "stop it, resize it when it is down": what a step waits for is what
// the step said before it leads to, and steps come one after the other as they were said. The words go, so that they are
// taken for no condition. Only of the same thing, and only behind the deed that waits; what no step said before leads to
// stays a condition. Called on every text, before anything reads or guards it.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const done = 'done|finished|complete|completed|through|ready|over';
const podsGone =
  '(?:the|all|its|their)?(?: the)?(?: pods| workloads)(?: (?:on it|there))? (?:is |are |have |has )*(?:gone|away|evicted|off|moved)|(?:no|not any)(?: more)? pods(?: (?:is|are))?(?: left)?(?: (?:on it|there|left))?|nothing (?:is left|is running|runs)(?: (?:on it|there))?';

/** The deeds, what a thing is when they are done, and what else tells it. */
const states: readonly (readonly [RegExp, string, string?])[] = [
  [/^(drain|evacuate|empty|clear)/, 'empty|emptied|drained|evacuated|clear|cleared|free|vacated', podsGone],
  [/^cordon/, 'cordoned|unschedulable|closed'],
  [
    /^(stop|shut|power off|turn off|switch off|halt)/,
    'stopped|down|off|shut down|powered off|switched off|halted',
  ],
  [
    /^(start|boot|power on|turn on|switch on)/,
    'up|running|started|online|back|booted|up and running|up again|back up',
  ],
  [/^(reboot|restart|bounce)/, 'up|rebooted|restarted|back|online|up again|running again|back up'],
  [/^detach/, 'detached|free|unattached|available|off'],
  [/^attach/, 'attached|in|connected'],
  [
    /^(snapshot|backup|back up|take|make|create)/,
    'backed up|saved|there',
    '(?:the |that |its |a )?(?:snapshot|backup|copy) (?:(?:is|has|has been) (?:DONE|there|taken|made|created)|exists)',
  ],
  [/^scale/, 'scaled|scaled down|scaled up|at zero|at 0|down', podsGone],
  [/^resize/, 'resized|bigger|smaller'],
];
const link =
  /^(?:only )?(?:once|when|whenever|after|as soon as)(?<it> (?:it|they|that|this|those|all|the)(?: is| are| has| have)?)?$/;
const subject =
  '(?:it|they|this|that|those|these|both|all|everything|all of them|all of it|(?:the|that|this|those|these) (?:same )?(?:node|vm|instance|machine|server|host|volume|disk|deployment|box|pod)s?|□)';
const being =
  '(?:(?:is|are|has|have|got|gets|get|becomes|become|was|were|comes|come|been|being|finally|fully|completely|really|all|safely|now|then|successfully)(?: |$))*';

const waiting = new RegExp(`^${subject} (?:is|are|has|have|gets?|was|were)(?: |$)`);

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isDeed = (cell: Cell): boolean => isBase(cell) && !senseOf(cell, 'name');
const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined || isWord(cell, 'comma', 'stop', 'close', 'filler', 'afterwards');
const namesIn = (cells: readonly Cell[]): readonly string[] =>
  cells.flatMap((cell) => (cell.quoted ? [] : (senseOf(cell, 'name')?.ids ?? [])));

const isDone = new RegExp(`^(?:${done})$`);
/** What tells that each deed is done, of a thing or by itself. */
const tellings = states.map(([deed, ends, told = '(?!)']) => ({
  deed,
  state: new RegExp(`^${subject} ${being}(?:${ends}|${done})$|^(?:${told.replace('DONE', done)})$`),
}));

/** The cells without what only says that the step before is to be done. */
export function withoutOnceDone(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findLastIndex((cell) => link.test(low(cell)));
  if (at < 4) return cells;
  const own = cells.slice(0, at).findLastIndex(isDeed);
  if (own < 2) return cells;
  const object = cells.slice(own + 1, at);
  const before = cells.slice(0, own);
  if (!isOfBefore(object, before)) return cells;
  let end = at + 1;
  while (end < cells.length && !isWord(cells[end], 'stop', 'comma', 'close', 'afterwards')) end++;
  while (end > at + 1 && isWord(cells[end - 1], 'filler') && cells[end - 1]!.low !== 'up') end--;
  const pointed = link.exec(low(cells[at]))?.groups?.it?.trim();
  const rest = cells.slice(at + 1, end).map((cell) => (namesIn([cell]).length > 0 ? '□' : low(cell)));
  const said = [...(pointed ? [pointed] : []), ...rest].join(' ');
  const deed = before.findLastIndex(isDeed);
  const phrase = isWord(before[deed - 1], 'not') ? undefined : senseOf(before[deed], 'verb')?.phrase;
  const telling = tellings.find((one) => phrase !== undefined && one.deed.test(phrase));
  if (!isEnd(cells[end])) return cells;
  const isSame = namesIn(cells.slice(at + 1, end)).every((id) => namesIn(before).includes(id));
  const isSaid = telling !== undefined && (telling.state.test(said) || isDone.test(said));
  if (isSame && isSaid) return [...cells.slice(0, at), ...cells.slice(end)];
  // "… and delete it once it is backed up": by whom?
  const isHeld = destroying.has(senseOf(cells[own], 'verb')!.phrase) && waiting.test(said);
  return isHeld
    ? cells.map((cell, index) => (index === at ? plain(cell, cell.low, word('if')) : cell))
    : cells;
}

/** What waits is done to the thing of the step before: "it", "the node", or the same name. */
function isOfBefore(object: readonly Cell[], before: readonly Cell[]): boolean {
  const names = namesIn(object);
  const known = namesIn(before);
  if (names.length > 0) return names.every((id) => known.includes(id));
  const kinds = object.flatMap((cell) => senseOf(cell, 'kind')?.kinds ?? []);
  const isPointed = object.some((cell) => isWord(cell, 'pronoun'));
  const isNoun =
    isWord(object[0], 'det', 'demonstrative') &&
    kinds.length > 0 &&
    !object.some((cell) => isWord(cell, 'all'));
  return isPointed || isNoun;
}
