// What a thing may do again is an order: "report-daily can be resumed", "worker-5 can take pods again", "old-wiki may
// come back up". The verb is the one the catalogue has for things of that sort; a question, a condition and whatever
// destroys are never made out of a permission. Called by `reword`, before idioms are turned.

import { destroying } from '../guards/guard.ts';
import { thingIn } from '../told/topics.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain } from '../words/plainCells.ts';

const allowed =
  /^(can be|may be|could be|can go|may go|is allowed to be|can|may|could|is allowed to|is free to|is ok to|is okay to|is fine to|is clear to|is cleared to|is good to|is ready to|is safe to|is welcome to|should be able to)( now| then)?( be)?$/;
const longest = 5;

interface Turn {
  readonly words: RegExp;
  /** Kind of thing to the verb that is meant. */
  readonly verbs: Readonly<Record<string, string>>;
}

/** What people say a thing may do, and the order it stands for, by kind. */
const turns: readonly Turn[] = [
  {
    words:
      /^(go on|carry on|continue|run|go|run on|go back to work|go back to normal|tick|fire|be active|be on)$/,
    verbs: { cronjob: 'resume', vm: 'start', container: 'start', unit: 'start' },
  },
  {
    words:
      /^(come|go|be|get)( back)?( up| online| on)$|^(come|be) back$|^(back )?(up|online|on)$|^back$|^boot( up)?$|^power( back)? on$|^start( up)?( working| running)?$|^wake( up)?$/,
    verbs: { vm: 'start', container: 'start', unit: 'start', database: 'start', cronjob: 'resume' },
  },
  {
    words:
      /^(take|receive|get|accept|host|run|schedule|have)( new| more)? (pods|workloads?|work|traffic|load|jobs|containers)( on it)?$|^(go|come|be)( back)? (in|into|in the) (rotation|service|use|pool|the pool|the rotation)$|^be schedulable$|^rejoin( the cluster)?$|^be used$|^(come|go|be) back$/,
    verbs: { node: 'uncordon', vm: 'start' },
  },
];

/** The cells with a permission said as the order it stands for. */
export function withPermission(cells: readonly Cell[]): readonly Cell[] {
  if (isQuestion(cells) || cells.some((cell) => !cell.quoted && (cell.low === '?' || isWord(cell, 'if'))))
    return cells;
  for (let at = 1; at < cells.length - 1; at++) {
    const span = allowedAt(cells, at);
    if (span === 0) continue;
    const start = thingBefore(cells, at);
    const thing = start === undefined ? spokenBefore(cells, at) : cells.slice(start, at);
    if (!thing) continue;
    const turned = orderOf(thing, cells, at, at + span);
    if (turned) return [...cells.slice(0, start ?? 0), ...turned];
  }
  return cells;
}

/** How many cells say that it may. */
function allowedAt(cells: readonly Cell[], at: number): number {
  for (let length = Math.min(longest, cells.length - at - 1); length > 0; length--) {
    const part = cells.slice(at, at + length);
    if (part.some((cell) => cell.quoted || senseOf(cell, 'name'))) continue;
    if (allowed.test(part.map((cell) => cell.low).join(' '))) return length;
  }
  return 0;
}

/** Where the thing begins that may: a name, with the kind or the article before it. */
function thingBefore(cells: readonly Cell[], at: number): number | undefined {
  let start = at;
  while (
    start > 0 &&
    (isThing(cells[start - 1]) || isWord(cells[start - 1], 'det', 'prep')) &&
    !isBase(cells[start - 1])
  )
    start--;
  while (start < at && isWord(cells[start], 'prep')) start++;
  const before = cells[start - 1];
  const isFree =
    before === undefined ||
    isWord(before, 'comma', 'stop', 'colon', 'filler', 'because', 'and') ||
    /^(so|therefore|hence|that)$/.test(before.low);
  return isFree && cells.slice(start, at).some((cell) => senseOf(cell, 'name')?.exact) ? start : undefined;
}

/** "worker-5 is repaired and may take pods", "act-12 was reviewed, it can be approved": of the thing that was told of. */
function spokenBefore(cells: readonly Cell[], at: number): readonly Cell[] | undefined {
  const hasIt = cells[at - 1]?.low === 'it' || cells[at - 1]?.low === 'that';
  const mark = cells[hasIt ? at - 2 : at - 1];
  const isLinked =
    isWord(mark, 'and', 'comma', 'stop', 'because') || /^(so|therefore|hence)$/.test(mark?.low ?? '');
  const told = cells.slice(0, hasIt ? at - 2 : at - 1);
  const isStated = told.some((cell, index) => index > 0 && !cell.quoted && isWord(cell, 'be', 'have'));
  const isOpen = told.some(
    (cell) => !cell.quoted && (isWord(cell, 'stop', 'comma', 'not', 'except', 'what', 'who') || isBase(cell)),
  );
  return isLinked && isStated && !isOpen ? thingIn(told) : undefined;
}

function orderOf(
  thing: readonly Cell[],
  cells: readonly Cell[],
  at: number,
  from: number,
): readonly Cell[] | undefined {
  const kinds = new Set(
    thing.flatMap((cell) =>
      (senseOf(cell, 'name')?.ids ?? []).map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? ''),
    ),
  );
  const verb = cells[from]!;
  const own = senseOf(verb, 'verb');
  const made = (phrase: string): Cell => plain(cells[at]!, phrase, { t: 'verb', phrase, form: 'base' });
  let end = from;
  while (
    end < cells.length &&
    !isWord(cells[end], 'comma', 'stop', 'because') &&
    !/^(again|once more|once again)$/.test(cells[end]!.low)
  )
    end++;
  const said = cells
    .slice(from, end)
    .filter((cell) => !/^(now|again|please|already|then|once more|as usual)$/.test(cell.low))
    .map((cell) => cell.low)
    .join(' ');
  const rest = cells.slice(end).filter((cell, index) => index > 0 || !isWord(cell, 'again'));
  for (const { words, verbs } of turns) {
    if (!words.test(said)) continue;
    const phrase = Object.entries(verbs).find(([kind]) => kinds.has(kind))?.[1];
    if (phrase) return [made(phrase), ...thing, ...rest];
  }
  if (!own || verb.quoted || destroying.has(own.phrase)) return undefined;
  const isOrder = own.form === 'ed' || own.form === 'base';
  return isOrder && !isThing(verb) ? [made(own.phrase), ...thing, ...cells.slice(from + 1)] : undefined;
}
