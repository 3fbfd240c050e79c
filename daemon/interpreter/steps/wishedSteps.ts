// A step that is wished for behind an order: "stop web-1, we need web-10 restarted", "reboot a and i want b snapshotted
// too". Said as an order of its own, so that the thing never joins what stands before it and is never left out. Called
// before the words are put plainly.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain } from '../words/plainCells.ts';

const wishes =
  /^((i|we) )?(also |would |additionally )*(need|want|like|require|love)( to have| to see| to get)?( also)?$/;
const subjects = /^(i|we|also|would|additionally|i would|we would|i also|we also)$/;
const late = /^(too|also|as well|please|pls|again|now|to be)$/;

/** The cells with every such wish as an order. */
export function withWishedSteps(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell, at) => at > 1 && /\b(need|want|like|require)\b/.test(cell.low) && !cell.quoted))
    return cells;
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    const isMark =
      !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'and', 'afterwards');
    if (isMark) parts.push([cell], []);
    else parts.at(-1)!.push(cell);
  }
  const turned = parts.map((part, at) =>
    parts
      .slice(0, at)
      .some((before) => isBase(before.find((cell) => !isWord(cell, 'filler') || isBase(cell))))
      ? (wishOf(part) ?? part)
      : part,
  );
  return turned.some((part, at) => part !== parts[at]) ? turned.flat() : cells;
}

function wishOf(part: readonly Cell[]): readonly Cell[] | undefined {
  if (part.some((cell) => cell.quoted)) return undefined;
  let at = 0;
  let said = '';
  while (at < part.length && (subjects.test(part[at]!.low) || wishes.test(`${said} ${part[at]!.low}`.trim())))
    said = `${said} ${part[at++]!.low}`.trim();
  if (!wishes.test(said)) return undefined;
  const verb = part.findIndex((cell) => senseOf(cell, 'verb')?.form === 'ed' && !senseOf(cell, 'name'));
  const thing = part.slice(at, Math.max(at, verb)).filter((cell) => !late.test(cell.low));
  const isNamed =
    thing.some((cell) => senseOf(cell, 'name')?.exact) &&
    thing.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep', 'all', 'both'));
  if (verb < 0 || !isNamed) return undefined;
  const { phrase } = senseOf(part[verb], 'verb')!;
  return [plain(part[verb]!, phrase, { t: 'verb', phrase, form: 'base' }), ...thing, ...part.slice(verb + 1)];
}
