// A look at the thing behind an order, asked as people ask: "restart a and tell me if it is healthy again", "scale a to 8,
// then show me how much cpu it is using". Each becomes the plain look: "show it", "cpu of it". A condition of an order
// ("restart a if it is up") is no look, and neither is a word to come later ("tell me when it is up"). Called before the
// words are put plainly.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const lead =
  '(?:(?:and|then|also|please|pls|afterwards|and then|and afterwards)\\s)*(?:tell me|let me know|check|see|verify|confirm|look|show me|report|say|let us know|tell us)(?: back)?';
const state =
  '(?:back|up|down|running|healthy|ok|okay|fine|good|ready|alive|online|working|green|stable|available|started|stopped|well|happy|again|now|still|all|and)';
const whether = new RegExp(
  `^${lead} (?:if|whether) (?:it|its|it is|that|they|they are|everything|everything is|all|□)(?: (?:is|are|s|comes|came))?(?: ${state})+$`,
);
const used = new RegExp(
  `^(?:${lead} )?(?:how much|how many|what|the) (■) (?:(?:it|that) (?:is )?(?:uses?|using|has|needs?|takes?|eats?|consumes?|burns?|consuming|taking)|it is (?:using|taking|consuming|eating)|is it (?:using|taking|eating))(?: (?:now|then|currently|up|afterwards|please))*$`,
);

/** "what else is waiting", "what is still pending": the actions that are. */
function withPending(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(waiting|pending|waiting for approval|to be approved|awaiting approval)$/.test(cell.low) &&
      (cells[index + 1] === undefined || isMark(cells[index + 1]!)),
  );
  let from = at;
  while (from > 0 && /^(else|still|is|are|now|there|left|also|other)$/.test(cells[from - 1]!.low)) from--;
  const what = cells[from - 1];
  if (at < 1 || !what || what.quoted || !/^(what|what is|what else|what else is|whats)$/.test(what.low))
    return cells;
  const ask = isWord(cells[from - 2], 'ask') ? [] : [plain(what, 'show me', word('ask'))];
  return [
    ...cells.slice(0, from - 1),
    ...ask,
    plain(cells[at]!, 'pending', { t: 'status', name: 'pending' }),
    plain(cells[at]!, 'actions', { t: 'kind', kinds: ['action'], plural: true }),
    ...cells.slice(at + 1),
  ];
}

/** "watch the cpu", "keep an eye on its memory": show it. */
function withWatched(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^(watch|monitor|observe|eye)$/.test(cell.low));
  if (at < 1 || senseOf(cells[at], 'name')) return cells;
  const isEye = cells[at]!.low === 'eye' && /^(keep|have|with)$/.test(cells[at - 2]?.low ?? '');
  const behind = isEye ? at + 2 : at + 1;
  const from = isEye ? at - 2 : at;
  const figure = cells[isWord(cells[behind], 'det', 'their') ? behind + 1 : behind];
  const isLast = isWord(cells[from - 1], 'and', 'comma', 'afterwards', 'filler');
  const isFigure = senseOf(figure, 'metric') !== undefined || isWord(figure, 'logCue');
  if (!isLast || !isFigure || (cells[at]!.low === 'eye' && !isEye)) return cells;
  return [...cells.slice(0, from), plain(cells[from]!, 'show me', word('ask')), ...cells.slice(behind)];
}

/** The cells with every such look as a plain one. */
export function withLooks(given: readonly Cell[]): readonly Cell[] {
  const cells = withWatched(withPending(given));
  if (
    !cells.some(
      (cell) =>
        !cell.quoted && /\b(if|whether|using|uses|how much|show|describe|see|look|view)\b/.test(cell.low),
    )
  )
    return cells;
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (isMark(cell)) parts.push([cell], []);
    else parts.at(-1)!.push(cell);
  const turned = parts.map((part, at) => lookOf(part, parts.slice(0, at).flat()) ?? part);
  return turned.some((part, at) => part !== parts[at]) ? turned.flat() : cells;
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'and', 'afterwards');

function lookOf(part: readonly Cell[], before: readonly Cell[]): readonly Cell[] | undefined {
  const isOrdered = before.some((cell) => isBase(cell) && !isWord(cell, 'ask', 'showCue'));
  // "a: stop, start, show"
  const isShow = part.length === 1 && /^(show|describe)$/.test(part[0]!.low) && !part[0]!.quoted;
  if (isOrdered && isShow)
    return [plain(part[0]!, 'show me', word('ask')), plain(part[0]!, 'it', word('pronoun'))];
  if (!isOrdered || part.length < 2 || part.some((cell) => cell.quoted)) return undefined;
  const wished = wishedLook(part);
  if (wished) return wished;
  const name = part.find((cell) => senseOf(cell, 'name')?.exact && !isWord(cell, 'prep', 'filler'));
  const metric = part.find((cell) => senseOf(cell, 'metric') && cell !== name);
  const text = part
    .filter((cell) => !isWord(cell, 'stop'))
    .map((cell) => (cell === metric ? '■' : cell === name ? '□' : cell.low))
    .join(' ');
  const at = part[0]!;
  const ask = plain(at, 'show me', word('ask'));
  const isSeveral = /\b(they|they are)\b/.test(text);
  const it = plain(at, isSeveral ? 'them' : 'it', word('pronoun'));
  if (whether.test(text)) return [ask, name ?? it];
  return metric && used.test(text) ? [ask, metric, plain(at, 'of', word('of')), it] : undefined;
}

/** "i would like to see its error rate", "we want to have a look at the logs after that": show it. */
function wishedLook(part: readonly Cell[]): readonly Cell[] | undefined {
  for (let end = 1; end < Math.min(part.length, 7); end++) {
    const said = part
      .slice(0, end)
      .map(({ low }) => low)
      .join(' ');
    if (!wishing.test(said)) continue;
    let last = part.length;
    while (late.test(part[last - 1]!.low)) last--;
    const rest = part.slice(end, last);
    const isLook = rest.some((cell) => senseOf(cell, 'metric') ?? isWord(cell, 'logCue', 'their', 'pronoun'));
    return isLook ? [plain(part[0]!, 'show me', word('ask')), ...rest] : undefined;
  }
  return undefined;
}

const wishing =
  /^(?:then |afterwards |also |and )*(?:i|we) (?:also )?(?:would like|want|need|wish|would love|am going|have) to (?:see|look at|have a look at|take a look at|check|view|get|watch)$/;
const late = /^(?:after|afterwards|after that|then|please|pls|too|as well|again)$/;
