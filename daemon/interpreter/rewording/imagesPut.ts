// An image that is said to go somewhere: "x:2 goes on staging cart, and after that …", "x:2 onto web in staging, then …",
// "…, then prod web goes to the same image". Each such part of a text becomes the plain order to roll that image out to
// that thing. Only a part that says nothing but the image, the thing with its place, and the going is one: who says so,
// when, on what condition, and what went there before stays as it was said. "The same image" is the one that was named
// before, where there is only one. Called on every text, before anything reads or guards it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing, plain, word } from '../words/plainCells.ts';

/** The cells with every such part as an order. */
export function withImagesPut(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => imageOf(cell) !== undefined) || cells.some(({ low }) => low === '?'))
    return cells;
  const said: Cell[] = [];
  for (let from = 0; from < cells.length; ) {
    const end = endOf(cells, from);
    const isBehind = said.length > 0 || isWord(cells[end], 'afterwards', 'and') || isThenNext(cells, end);
    said.push(...orderIn(cells.slice(from, end), cells.slice(0, from), isBehind));
    if (end < cells.length) said.push(cells[end]!);
    from = end + 1;
  }
  return said;
}

const isMark = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  isWord(cell, 'comma', 'stop', 'and', 'afterwards', 'colon') &&
  !senseOf(cell, 'name');

function endOf(cells: readonly Cell[], from: number): number {
  const end = cells.findIndex((cell, at) => at >= from && isMark(cell));
  return end < 0 ? cells.length : end;
}

const isThenNext = (cells: readonly Cell[], end: number): boolean =>
  isWord(cells[end + 1], 'afterwards', 'and') || /^(?:then|and then)$/.test(cells[end + 1]?.low ?? '');

const imageOf = (cell: Cell | undefined): string | undefined => {
  const value = senseOf(cell, 'value')?.value;
  return value?.k === 'image' ? value.image : undefined;
};

const early =
  /^(?:first|firstly|first of all|please|pls|plz|kindly|now|next|also|so|ok|okay|the|image|new|our)$/;
const late = /^(?:first|please|pls|plz|now|too|as well|also|again|thanks|thank you|with)$/;
const going =
  '(?:(?:please |now |also |first )*(?:goes|go|is to go|should go|must go|has to go|needs to go|can go|may go|shall go|should be put|is to be put|has to be put|needs to be|belongs|should run|is to run|has to run|must run|gets rolled|lands)(?: first| now| out| over| up| in)*)';
const goes = new RegExp(`^${going} (?:on|onto|to|into|on to|in to|over to)$`);
const bare = /^(?:onto|into|to|on to)$/;
const reaching = new RegExp(
  `^(?:${going} )?(?:to|on|onto|gets|get|receives|runs|takes|goes to|moves to|moves onto|switches to)$`,
);
const same =
  /^(?:the same|that same|the very same|exactly the same|that|this|same|the same exact)(?: (?:image|version|build|tag|release))?$/;

/** The part as the order it is; unchanged where it says anything more. */
function orderIn(part: readonly Cell[], before: readonly Cell[], isBehind: boolean): readonly Cell[] {
  let first = 0;
  while (first < part.length && early.test(part[first]!.low) && !part[first]!.quoted) first++;
  let end = part.length;
  while (end > first && late.test(part[end - 1]!.low) && !part[end - 1]!.quoted) end--;
  const body = part.slice(first, end);
  const lead = part.slice(0, first).filter((cell) => !isWord(cell, 'det', 'imageWord') && cell.low !== 'new');
  const tail = part.slice(end);
  const image = body[0];
  if (imageOf(image) !== undefined) {
    const at = body.findIndex((cell, index) => index > 0 && isThing(cell));
    const link = lowsOf(body.slice(1, Math.max(1, at))).replace(/ the$/, '');
    const isPut = goes.test(link) || (isBehind && (bare.test(link) || (link === 'on' && isFirst(part))));
    if (at < 0 || !isPut || !isRolled(body.slice(at))) return part;
    return [...lead, ...ordered(image!, body.slice(at), body[1]!), ...tail];
  }
  // "put x:2 on web, and after that …"
  const put =
    /^(?:put|get|bring|push|ship|deploy)$/.test(body[0]?.low ?? '') && imageOf(body[1]) !== undefined;
  if (put && /^(?:on|onto|to|on to)$/.test(body[2]?.low ?? '') && isRolled(body.slice(3)))
    return [...lead, ...ordered(body[1]!, body.slice(3), body[0]!), ...tail];
  // "staging web gets x:2 first"
  const to = body.findIndex((cell) => /^(?:gets|goes to|moves to)$/.test(cell.low));
  const own = body.slice(0, Math.max(0, to));
  const isGiven = to > 0 && body.length === to + 2;
  if (isGiven && imageOf(body[to + 1]) !== undefined && isRolled(own) && isBehind)
    return [...lead, ...ordered(body[to + 1]!, own, body[to]!), ...tail];
  const images = [...new Set(before.flatMap((cell) => imageOf(cell) ?? []))];
  const named = before.findLast((cell) => imageOf(cell) !== undefined);
  if (images.length !== 1 || !named) return part;
  const last = body.findLastIndex((cell) => isThing(cell) && !isWord(cell, 'imageWord')) + 1;
  const rest = body.slice(last);
  const split = rest.findIndex((_, index) => same.test(lowsOf(rest.slice(index))));
  const link = split < 0 ? '' : lowsOf(rest.slice(0, split));
  const isSame = split > 0 && (reaching.test(link) || isWord(rest[split - 1], 'arrow'));
  if (last === 0 || !isSame || !isRolled(body.slice(0, last))) return part;
  return [...lead, ...ordered(named, body.slice(0, last), rest[0]!), ...tail];
}

const isFirst = (part: readonly Cell[]): boolean => /^first/.test(part[0]?.low ?? '');
const lowsOf = (cells: readonly Cell[]): string => cells.map(({ low }) => low).join(' ');

/** "cart in staging", "the staging cart deployment": one thing that images run in, with its place. */
function isRolled(thing: readonly Cell[]): boolean {
  const ids = thing.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  return (
    ids.some((id) => /:(?:deployment|statefulset|daemonset)\//.test(id)) &&
    thing.every((cell) => !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep', 'of')))
  );
}

const ordered = (image: Cell, thing: readonly Cell[], link: Cell): readonly Cell[] => [
  plain(link, 'roll out', { t: 'verb', phrase: 'roll out', form: 'base' }),
  image,
  plain(link, 'to', word('prep')),
  ...thing,
];
