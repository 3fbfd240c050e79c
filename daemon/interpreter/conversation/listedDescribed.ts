// Those of a list that words describe: "the unhealthy ones", "the one in payments", "the node one", "the failed one". Only
// what was listed is looked at; words that fit none of it, or more than one where one is said, pick nothing. Called by
// `withListed`.

import type { Resource } from '../../../shared/model/resource.ts';
import type { Tools } from '../filling/readClause.ts';
import { restrict } from '../linking/restrict.ts';
import type { Scene } from '../linking/scene.ts';
import type { Mod, Np } from '../phrases/clause.ts';
import { createNpParser } from '../phrases/nounPhrase.ts';
import { modOf } from '../phrases/restriction.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** Words that pick from a list. */
export interface Part {
  /** Cells taken. */
  readonly length: number;
  readonly picked: readonly Resource[] | 'none';
}

const longest = 6;

/** Whether a phrase may be over before the cell. */
export function isEnd(cell: Cell | undefined): boolean {
  if (!cell || cell.quoted) return true;
  if (/^(too|also|as well|now|please|only|instead|then|pls|plz|thx|thanks|after all)$/.test(cell.low))
    return true;
  const isNoun = cell.senses.some(({ t }) =>
    ['name', 'kind', 'part', 'prefix', 'glob', 'metric', 'provider'].includes(t),
  );
  if (senseOf(cell, 'time')) return /^(for|since|until|till|at|over|during) /.test(cell.low);
  if (senseOf(cell, 'status') && !isWord(cell, 'prep')) return false;
  if (isWord(cell, 'one', 'lines', 'logCue')) return false;
  return cell.senses.length > 0 && (!isNoun || isWord(cell, 'prep', 'and', 'comma', 'filler', 'stop'));
}

/** "the unhealthy ones", "the one tagged env=dev", "the checkout one": those of the list the words fit. */
export function describedAt(
  cells: readonly Cell[],
  at: number,
  listed: readonly Resource[],
  tools: Tools,
  isPart: boolean,
): Part | undefined {
  const soon = cells.slice(at, at + longest);
  const head = soon.findIndex((cell) => ones.test(cell.low) && !cell.quoted);
  const isSpoken = / one$/.test(cells[at + 1]?.low ?? '') && senseOf(cells[at + 1], 'name') !== undefined;
  const isSaid = isSpoken || head > 0 || (head === 0 && / /.test(soon[0]!.low));
  if (!isSaid && !isPart) return undefined;
  const spokenName = nameWithOne(cells, at, listed);
  if (spokenName) return spokenName;
  const cell = cells[at]!;
  if (cell.quoted || (senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'status'))) return undefined;
  const parser = createNpParser(cells, (id) => tools.inventory.get(id)?.kind);
  const parsed = parser.startsAt(at) ? parser.parse(at) : undefined;
  const all = parsed ? [parsed.np, ...parsed.np.also] : [];
  const isDescribed = all.length > 0 && all.every((np) => isOfList(np, isPart));
  if (parsed && isDescribed) {
    const picked = all.map((np) => fitting(np, listed, tools));
    const length = parsed.next - at;
    const found = picked.flat();
    return { length, picked: picked.some((one) => one.length === 0) ? 'none' : [...new Set(found)] };
  }
  return calledAt(cells, at, listed, tools);
}

const ones = /^((the|that|this|those|these) )?(one|ones)$/;

/** The noun is "one" or "ones", or any that was bounded by "of those", and something is said of it. */
function isOfList(np: Np, isPart: boolean): boolean {
  if (np.names.length + np.missing.length > 0 || np.pronoun === 'other' || np.of || np.everything)
    return false;
  const isOnes = np.kinds === undefined && np.cells.some((cell) => ones.test(cell.low));
  const isLoose = np.pronoun !== undefined && !np.cells.some((cell) => / ones?$/.test(cell.low));
  return (isOnes || isPart) && np.mods.length > 0 && !isLoose;
}

function fitting(np: Np, listed: readonly Resource[], tools: Tools): readonly Resource[] {
  const spared = new Set(np.except.flatMap((one) => one.names.flatMap(({ ids }) => ids)));
  if (np.except.some((one) => one.names.length === 0)) return [];
  const pool = listed.filter((one) => !spared.has(one.id) && (np.kinds?.includes(one.kind) ?? true));
  const ordered = restricted(np.mods, pool, tools);
  const isSeveral = np.plural || np.cells.some((cell) => /ones$/.test(cell.low));
  const isWrong = isSeveral ? np.count !== undefined && np.count !== ordered.length : ordered.length !== 1;
  return isWrong ? [] : ordered;
}

/** "the node one" of alerts, "the checkout one", "the failed one", "the one": by a word of its name, its kind or its state. */
function calledAt(
  cells: readonly Cell[],
  at: number,
  listed: readonly Resource[],
  tools: Tools,
): Part | undefined {
  const [det, said, one] = cells.slice(at, at + 3);
  const isOne = one?.low === 'one' && isWord(one, 'one') && isEnd(cells[at + 3]);
  if (!isWord(det, 'det', 'demonstrative') || !said || said.quoted || !isOne) return undefined;
  if (!/^[\p{L}\d.-]{2,}$/u.test(said.low) || vague.test(said.low)) return undefined;
  const kinds = senseOf(said, 'kind')?.kinds ?? [];
  const ofKind = listed.filter((each) => kinds.includes(each.kind));
  const isMixed = ofKind.length > 0 && ofKind.length < listed.length;
  const named = listed.filter((each) => wordsOf(each.name).includes(said.low));
  const placed = listed.filter((each) =>
    [each.namespace, each.region, each.status, ...Object.values(each.tags)].some(
      (value) => value?.toLowerCase() === said.low,
    ),
  );
  // "the disk one" of anomalies, "the db one": by what was measured, or what it is about.
  const metric = senseOf(said, 'metric')?.metric ?? said.low;
  const measured = listed.filter((each) => each.attributes.metric === metric);
  const about = listed.filter((each) =>
    wordsOf(tools.inventory.get(String(each.attributes.resource))?.name ?? '').includes(said.low),
  );
  const ways = [isMixed ? ofKind : [], named, inState(said, listed, tools), placed, measured, about];
  const picked = ways.find((way) => way.length > 0) ?? [];
  return { length: 3, picked: picked.length === 1 ? picked : 'none' };
}

/** "the mongo one" is no mongo-1 where snapshots were listed. */
function nameWithOne(cells: readonly Cell[], at: number, listed: readonly Resource[]): Part | undefined {
  const said = cells[at + 1];
  const ids = senseOf(said, 'name')?.ids ?? [];
  if (!isWord(cells[at], 'det') || ids.length === 0 || !said || !/^\S+ one$/.test(said.low)) return undefined;
  if (ids.some((id) => listed.some((each) => each.id === id))) return undefined;
  const named = listed.filter((each) => wordsOf(each.name).includes(said.low.split(' ')[0]!));
  return { length: 2, picked: named.length === 1 ? named : 'none' };
}

const vague = /^(other|only|next|same|whole|right|wrong|good|bad|new|correct|single|big|small|old)$/;

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u);

function inState(said: Cell, listed: readonly Resource[], tools: Tools): readonly Resource[] {
  if (!senseOf(said, 'status')) return [];
  return restricted([modOf(said, false)], listed, tools);
}

export function restricted(
  mods: readonly Mod[],
  listed: readonly Resource[],
  tools: Tools,
): readonly Resource[] {
  const scene: Scene = { inventory: tools.inventory, nowMs: tools.nowMs, antecedents: [] };
  const kinds = [...new Set(listed.map(({ kind }) => kind))];
  const found = kinds.flatMap((kind) => {
    const pool = listed.filter((one) => one.kind === kind);
    return restrict(pool, mods, kind, scene, true).resources;
  });
  return listed.filter((one) => found.includes(one));
}
