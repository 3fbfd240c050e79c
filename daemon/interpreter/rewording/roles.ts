// What a word is to be, said behind it: "get release=2.8 as a tag", "L.16 as their flavor", "a snapshot of a, with x as its
// name", "10.0.9.0/24 as a subnet on b", "cirros as the image". The role is said before the word, as a plain command has
// it. Only where the word can have that role; a role that is none of these stays. Called first, so that every reader and
// guard sees the plain form.

import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const whose = /^(a|an|the|its|their|his|her|our|my|new|own|another|extra|additional)$/;
const kinds = ['image', 'keypair', 'network', 'security-group'] as const;

/** The cells with each role before its word. */
export function withRoles(given: readonly Cell[]): readonly Cell[] {
  const cells = withNameLast(given);
  const as = cells.findIndex(
    (cell, at) => at > 0 && at < cells.length - 1 && cell.low === 'as' && !cell.quoted,
  );
  if (as < 0) return cells;
  let noun = as + 1;
  while (cells[noun]?.quoted === false && whose.test(cells[noun]!.low)) noun++;
  const said = cells[noun] && !cells[noun]!.quoted ? roleOf(cells, as, noun) : undefined;
  const rest = withRoles(cells.slice(noun));
  return said ? [...said, ...rest.slice(1)] : [...cells.slice(0, noun), ...rest];
}

/** "a snapshot of a with x as name": typed in as many words. */
function withNameLast(cells: readonly Cell[]): readonly Cell[] {
  const as = cells.findIndex((cell) => cell.low === 'as name' && !cell.quoted);
  const name = cells[as - 1];
  const next = cells[as + 1];
  const isEnd = next === undefined || isWord(next, 'stop', 'comma', 'filler', 'and');
  if (as < 2 || !isEnd || !isNameLike(name!) || cells[as - 2]!.low !== 'with') return cells;
  return [
    ...cells.slice(0, as - 2),
    plain(cells[as]!, 'named', word('named')),
    name!,
    ...cells.slice(as + 1),
  ];
}

/** What stands up to the role, with the role before its word; undefined where the word cannot have it. */
function roleOf(cells: readonly Cell[], as: number, noun: number): readonly Cell[] | undefined {
  const [cell, role] = [cells[as - 1]!, cells[noun]!];
  const before = cells.slice(0, as - 1);
  const value = senseOf(cell, 'value')?.value.k;
  // "web-sg: close 8080, team=net as tag" has no verb to put it behind.
  const isListed = isWord(before.at(-1), 'comma', 'colon') && !before.at(-1)!.quoted;
  if (value === 'tags' && !isListed && /^(tags?|labels?)$/.test(role.low))
    return [...withoutArticle(before), plain(role, 'the', word('det')), tagWord(role, 'tag'), cell];
  const isSize = isFlavor(cell) || senseOf(cell, 'value')?.value.k === 'size';
  if (isSize && /^((machine |instance |new )?(flavou?r|type|size|class)|instance class)$/.test(role.low))
    return isFlavor(cell) ? [...before, plain(role, 'flavor', word('typeWord')), cell] : [...before, cell];
  if (isWord(role, 'named') && /^name$/.test(role.low) && isNameLike(cell)) {
    const with_ = before.at(-1)?.low === 'with' ? before.slice(0, -1) : before;
    return [...withoutMark(with_), plain(role, 'named', word('named')), cell];
  }
  // "10.0.9.0/24 as a subnet on b": a subnet of that range.
  const isSubnet = senseOf(role, 'kind')?.kinds[0] === 'subnet' && !senseOf(role, 'name');
  if (value === 'cidr' && isSubnet) return [...before, plain(role, 'a', word('det')), role, cell];
  const ids = senseOf(cell, 'name')?.ids ?? [];
  const kind = kinds.find((one) => ids.length > 0 && ids.every((id) => id.includes(`:${one}/`)));
  const isOfKind =
    kind !== undefined && senseOf(role, 'kind')?.kinds.includes(kind) && !senseOf(role, 'kind')!.plural;
  return isOfKind ? [...before, role, cell] : undefined;
}

const tagWord = (cell: Cell, low: string): Cell =>
  plain(cell, low, { t: 'verb', phrase: low, form: 'base' }, word('imageWord'));

/** "the release=2.8 as a tag" */
const withoutArticle = (cells: readonly Cell[]): readonly Cell[] =>
  /^(the|a)$/.test(cells.at(-1)?.low ?? '') ? cells.slice(0, -1) : cells;

const withoutMark = (cells: readonly Cell[]): readonly Cell[] =>
  isWord(cells.at(-1), 'comma') && !cells.at(-1)!.quoted ? cells.slice(0, -1) : cells;

/** What may be called so. */
const isNameLike = (cell: Cell): boolean =>
  cell.quoted ||
  (!isWord(cell, 'pronoun', 'demonstrative', 'det', 'their') &&
    /^[\w.-]+$/.test(cell.text) &&
    !senseOf(cell, 'verb') &&
    !isWord(cell, 'filler'));
