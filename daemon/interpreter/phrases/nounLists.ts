// "staging and dev machines", "t3.small and t3.micro vms", "failed and completed jobs": words of one sort that are listed
// before a noun say of which sorts the things may be, any of them. Words of different sorts are no such list; they are
// left as they are, so that nothing is joined that only stands side by side. Called by the parser of noun phrases.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Mod, Np } from './clause.ts';
import type { NounContext } from './nounContext.ts';
import { eitherOf, modOf } from './restriction.ts';

const listedMax = 6;

/** The restriction that a list of words before the noun stands for, and where the words go on. */
export function listedAt(cx: NounContext, np: Np, from: number): { mod: Mod; next: number } | undefined {
  if (!isJoint(cx.at(from + 1)) || np.kinds || np.names.length > 0 || np.quant === 'both') return undefined;
  const sort = sortOf(cx, cx.at(from));
  if (sort === undefined) return undefined;
  const cells = [cx.at(from)!];
  let at = from + 1;
  let isOr = false;
  while (cells.length < listedMax && isJoint(cx.at(at))) {
    let next = at;
    for (; isJoint(cx.at(next)); next++) isOr ||= isWord(cx.at(next), 'or');
    if (sortOf(cx, cx.at(next)) !== sort) break;
    cells.push(cx.at(next)!);
    at = next + 1;
  }
  if (cells.length < 2 || (isOr && np.quant !== 'all' && !cx.asking)) return undefined;
  const isOfTeams = sort === 'word' && /^(teams?|crews?|squads?)$/.test(cx.at(at)?.low ?? '');
  if (isOfTeams) at++;
  if (isWord(cx.at(at), 'possessive')) at++;
  if (!isOfTeams && !leadsToKind(cx, at)) return undefined;
  return { mod: eitherOf(cells.map((cell) => restrictionOf(cell, sort, isOfTeams))), next: at };
}

/** "Pending or Error", "in Failed, Error or OOMKilled": any of the states behind a noun; denied, none of them. */
export function statesAt(
  cx: NounContext,
  from: number,
  not: boolean,
): { mods: readonly Mod[]; next: number } | undefined {
  const states = [cx.at(from)!];
  let isOr = false;
  let at = from + 1;
  while (!isOr) {
    let next = at;
    for (; isJoint(cx.at(next)) && !isWord(cx.at(next), 'and'); next++) isOr ||= isWord(cx.at(next), 'or');
    const isListed = next > at;
    while (isListed && /^(in|either|is|are)$/.test(cx.at(next)?.low ?? '')) next++;
    const state = cx.at(next);
    const isState =
      state?.quoted === false &&
      senseOf(state, 'status') !== undefined &&
      (state.words > 1 || !isWord(state, 'prep')) &&
      senseOf(state, 'verb')?.form !== 'base';
    if (!isListed || !isState) return undefined;
    states.push(state);
    at = next + 1;
  }
  const mods = states.map((one) => ({ ...modOf(one, true), not, post: true }));
  return { mods: not ? mods : [{ ...eitherOf(mods), post: true }], next: at };
}

const isJoint = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && isWord(cell, 'and', 'or', 'comma') && !senseOf(cell, 'name');

/** What a word before a noun would restrict. */
function sortOf(cx: NounContext, cell: Cell | undefined): string | undefined {
  if (!cell || cell.quoted || cell.repaired || senseOf(cell, 'kind')) return undefined;
  if (senseOf(cell, 'verb') && (!senseOf(cell, 'status') || senseOf(cell, 'verb')?.form === 'base'))
    return undefined;
  const value = senseOf(cell, 'value')?.value;
  if (value?.k === 'tags') return `tags ${Object.keys(value.tags).join()}`;
  const name = senseOf(cell, 'name');
  const kinds = new Set(name?.ids.map((id) => cx.kindOf(id)));
  if (senseOf(cell, 'env') || (kinds.size === 1 && kinds.has('namespace'))) return 'place';
  if (name) return kinds.size === 1 && kinds.has('flavor') ? 'flavor' : undefined;
  if (isWord(cell, 'prep', 'not', 'except')) return undefined;
  return (['region', 'provider', 'status'] as const).find((sort) => senseOf(cell, sort)) ?? wordOf(cell);
}

const wordOf = (cell: Cell): string | undefined => (senseOf(cell, 'part') ? 'word' : undefined);

function restrictionOf(cell: Cell, sort: string, isOfTeams: boolean): Mod {
  const mod = modOf(cell, false);
  if (isOfTeams) return { ...mod, kind: 'tags', tags: { team: cell.low } };
  if (sort === 'flavor') return { ...mod, kind: 'filter', filter: { flavor: cell.low } };
  const value = senseOf(cell, 'value')?.value;
  return value?.k === 'tags' ? { ...mod, kind: 'tags', tags: value.tags } : mod;
}

/** The noun, behind no more than other restrictions. */
function leadsToKind(cx: NounContext, from: number): boolean {
  for (let at = from; at < from + 4; at++) {
    const cell = cx.at(at);
    if (!cell || cell.quoted) return false;
    if (senseOf(cell, 'kind')) return true;
    if (sortOf(cx, cell) === undefined) return false;
  }
  return false;
}
