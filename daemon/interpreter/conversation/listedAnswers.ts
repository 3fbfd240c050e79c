// The answer to "which one?": "prod", "prod and staging", "not prod, staging", "all but dev", "all of them". It has no verb
// and names only places or all of what was offered; what it picks of that takes the place of what was asked about. An
// answer that picks nothing is asked about again. Called by `withListed`.

import type { Resource } from '../../../shared/model/resource.ts';
import type { Tools } from '../filling/readClause.ts';
import { modOf } from '../phrases/restriction.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { restricted } from './listedDescribed.ts';

const whole = /^(all|all of them|them all|em all|all of those|all of these|every one of them|each of them)$/;
const lead =
  /^(yes|yeah|yep|yup|sure|ok|okay|please|pls|thanks|thx|just|only|i think|well|,|\.|the|one|ones|in|on|for|from|of|both)$/;

/** What an answer picks of what was listed; undefined where the text is no such answer. */
export function answerOf(
  cells: readonly Cell[],
  listed: readonly Resource[],
  tools: Tools,
): readonly Resource[] | 'none' | undefined {
  if (cells.length > 10 || cells.some((cell) => cell.quoted)) return undefined;
  const said = cells.filter((cell) => !lead.test(cell.low) && !isWord(cell, 'comma', 'stop'));
  const [only] = said;
  if (only && said.length === 1 && whole.test(only.low)) return listed;
  const places = said.filter((cell) => isPlace(cell));
  const others = said.filter((cell) => !isPlace(cell));
  if (places.length === 0 || others.some((cell) => !isLink(cell))) return undefined;
  const isJoined = places.length > 1 || others.length > 0;
  if (!isJoined) return undefined;
  const wanted: Resource[] = [];
  const spared: Resource[] = [];
  let isSpared = false;
  let isAllBut = false;
  for (const [at, cell] of cells.entries()) {
    if (isWord(cell, 'except') || (isWord(cell, 'not') && !isPlace(cell))) {
      isSpared = true;
      isAllBut ||= /^(all|everything)/.test(cell.low) || whole.test(cells[at - 1]?.low ?? '');
    } else if (isWord(cell, 'comma', 'stop')) isSpared &&= isAllBut;
    if (!isPlace(cell)) continue;
    const found = restricted([modOf(cell, false)], listed, tools);
    if (found.length === 0) return 'none';
    (isSpared ? spared : wanted).push(...found);
  }
  const from = isAllBut ? listed : wanted;
  const picked = listed.filter((one) => from.includes(one) && !spared.includes(one));
  return picked.length > 0 ? picked : 'none';
}

const isPlace = (cell: Cell): boolean =>
  (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined ||
  senseOf(cell, 'name')?.ids.every((id) => id.includes(':namespace/')) === true;

const isLink = (cell: Cell): boolean => isWord(cell, 'and', 'not', 'except', 'all') || whole.test(cell.low);
