// Places in a list and parts of it: "the second one", "the last two", "all three", "the stopped ones", "the bigger
// one", "the selected ones". What the turn before listed, or what is selected, is numbered and described by these words,
// and they are replaced by the names of what they pick. Words that pick nothing there, or more than they say, pick
// nothing anywhere else: then the person is asked. Called before a sentence is read, for it and for the turn before it.

import type { Resource } from '../../shared/model/resource.ts';
import { type Cell, isWord, senseOf } from './cells.ts';
import type { Mod, Np } from './clause.ts';
import type { ReadRequest } from './contract.ts';
import { type Choice, chosenBy } from './listedWords.ts';
import { createNpParser } from './nounPhrase.ts';
import type { Tools } from './readClause.ts';
import { restrict } from './restrict.ts';
import { modOf } from './restriction.ts';
import type { Scene } from './scene.ts';

/** The cells with what was picked by its name, or the words that pick nothing. */
export interface Listed {
  readonly cells: readonly Cell[];
  readonly lost?: string;
}

interface Part {
  /** Cells taken. */
  readonly length: number;
  readonly picked: readonly Resource[] | 'none';
}

const listMax = 60;

/** Puts names in the place of words that pick from what was listed or selected. */
export function withListed(cells: readonly Cell[], request: ReadRequest, tools: Tools): Listed {
  const { context } = request;
  const told = context?.turns?.findLast((turn) => (turn.refs?.length ?? 0) > 0)?.refs ?? [];
  const selection = context?.selection ?? [];
  if (told.length + selection.length === 0) return { cells };
  const listed = resourcesOf(told.length > 1 || selection.length === 0 ? told : selection, tools);
  const selected = resourcesOf(selection, tools);
  if (listed.length > listMax || selected.length > listMax) return { cells };
  const isPart = listed.length > 1 && isPartitive(cells);
  const said = isPart ? withoutPartitive(cells) : cells;
  const own = new Set(listed.map(({ kind }) => kind));
  const done: Cell[] = [];
  let picks = 0;
  for (let at = 0; at < said.length; ) {
    if (listed.length > 1 && isAllBut(said[at]!, said[at + 1])) {
      const [them, except] = ['all of them', 'except'];
      done.push(
        { ...said[at]!, low: them, senses: [{ t: 'word', word: 'pronoun' }] },
        { ...said[at]!, low: except, senses: [{ t: 'word', word: 'except' }] },
      );
      picks++;
      at++;
      continue;
    }
    const part =
      selectedAt(said, at, selected) ??
      (listed.length > 1
        ? (placeAt(said, at, listed) ?? describedAt(said, at, listed, tools, isPart))
        : undefined);
    const isOfText = part && isListedHere(said, at, own);
    if (!part || isOfText) {
      done.push(said[at]!);
      at++;
      continue;
    }
    const words = said.slice(at, at + part.length);
    if (part.picked === 'none') return { cells, lost: words.map(({ text }) => text).join(' ') };
    done.push(...namesOf(part.picked, words));
    picks++;
    at += part.length;
  }
  return picks > 0 ? { cells: done } : { cells };
}

/** "all but the first", "all except cart": of what was listed, where no noun says of what. */
function isAllBut(cell: Cell, next: Cell | undefined): boolean {
  const isAll =
    !cell.quoted && /^(all|everything) (but|except|besides|other than|apart from)( for)?$/.test(cell.low);
  return isAll && next !== undefined && !senseOf(next, 'kind');
}

function resourcesOf(ids: readonly string[], { inventory }: Tools): readonly Resource[] {
  return ids.flatMap((id) => inventory.get(id) ?? []);
}

/** The text itself names things of that sort, so that its words may be about those. */
function isListedHere(cells: readonly Cell[], at: number, kinds: ReadonlySet<string>): boolean {
  return cells.slice(0, at).some((cell) => {
    const ids = senseOf(cell, 'name')?.ids ?? [];
    const isNamed = !senseOf(cell, 'env') && ids.some((id) => kinds.has(/:([a-z-]+)\//.exec(id)?.[1] ?? ''));
    const plural = senseOf(cell, 'kind');
    return isNamed || (plural?.plural === true && plural.kinds.some((kind) => kinds.has(kind)));
  });
}

/** Each by its name, with "and" between them, in the place of the words. */
export function namesOf(picked: readonly Resource[], words: readonly Cell[]): readonly Cell[] {
  const place = { start: words[0]!.start, end: words.at(-1)!.end, quoted: false, repaired: false, words: 1 };
  return picked.flatMap((one, index): readonly Cell[] => {
    const name: Cell = {
      ...place,
      text: one.name,
      low: one.name.toLowerCase(),
      senses: [{ t: 'name', ids: [one.id], exact: true }],
    };
    const and: Cell = { ...place, text: 'and', low: 'and', senses: [{ t: 'word', word: 'and' }] };
    return index > 0 ? [and, name] : [name];
  });
}

const selecting = /\b(selected|selection|highlighted|marked|ticked|checked|picked)\b|^what i selected$/;
const several = /\b(ones|selection|what|all|both|two|three|them)\b/;

/** "the selected ones", "the two selected vms": what is selected in the tree. */
function selectedAt(cells: readonly Cell[], at: number, selected: readonly Resource[]): Part | undefined {
  if (selected.length === 0 || cells[at]!.quoted) return undefined;
  let next = at;
  const isBefore = (cell: Cell | undefined): boolean =>
    isWord(cell, 'det', 'demonstrative', 'all', 'both') || senseOf(cell, 'value')?.value.k === 'number';
  while (next < at + 3 && isBefore(cells[next]) && !selecting.test(cells[next]!.low)) next++;
  const head = cells[next];
  if (!head || head.quoted || !selecting.test(head.low) || senseOf(head, 'verb')?.form === 'base')
    return undefined;
  if (
    next === at &&
    !isWord(head, 'pronoun') &&
    !isWord(cells[at + 1], 'one') &&
    !senseOf(cells[at + 1], 'kind')
  )
    return undefined;
  const noun = cells[next + 1];
  const kind = senseOf(noun, 'kind');
  const hasNoun = kind !== undefined || isWord(noun, 'one');
  const among = kind ? selected.filter((one) => kind.kinds.includes(one.kind)) : selected;
  const words = cells.slice(at, hasNoun ? next + 2 : next + 1);
  const count = words.map((cell) => senseOf(cell, 'value')?.value).find((value) => value?.k === 'number');
  const said = words.map(({ low }) => low).join(' ');
  const isSeveral = several.test(said) || kind?.plural === true;
  const isWrong =
    among.length === 0 ||
    (!isSeveral && among.length > 1) ||
    (count?.k === 'number' && count.n !== among.length && !isWord(noun, 'one')) ||
    (isWord(words[0], 'both') && among.length !== 2);
  return { length: words.length, picked: isWrong ? 'none' : among };
}

const longest = 6;

/** "the second one", "the last two", "number 3", "all three", "the bigger one". */
function placeAt(cells: readonly Cell[], at: number, listed: readonly Resource[]): Part | undefined {
  for (let length = Math.min(longest, cells.length - at); length > 0; length--) {
    const words = cells.slice(at, at + length);
    if (words.some((cell) => cell.quoted)) continue;
    const choice = chosenBy(words.map(({ low }) => low).join(' '));
    if (!choice) continue;
    // "the second vm", "all three volumes": of those of the kind.
    const noun = cells[at + length];
    const kinds = senseOf(noun, 'kind')?.kinds;
    const isOfKind = kinds !== undefined && !isWord(words.at(-1), 'one', 'pronoun');
    if (isOfKind && !listed.some((one) => kinds.includes(one.kind))) return undefined;
    const among = isOfKind ? listed.filter((one) => kinds.includes(one.kind)) : listed;
    const taken = isOfKind ? length + 1 : length;
    if (!isEnd(cells[at + taken])) return undefined;
    return { length: taken, picked: pick(choice, among) };
  }
  return undefined;
}

/** Whether a phrase may be over before the cell. */
function isEnd(cell: Cell | undefined): boolean {
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

function pick(choice: Choice, listed: readonly Resource[]): Part['picked'] {
  switch (choice.k) {
    case 'all':
      return choice.count === listed.length ? listed : 'none';
    case 'first':
      return choice.count < listed.length ? listed.slice(0, choice.count) : 'none';
    case 'last':
      return choice.count < listed.length ? listed.slice(-choice.count) : 'none';
    case 'place': {
      const one = listed.at(choice.index);
      return one && choice.index < listed.length ? [one] : 'none';
    }
    case 'extreme':
      return extremeOf(choice, listed);
    default:
      return choice satisfies never;
  }
}

/** "the bigger one", "the oldest": the only one of its sort that is. */
function extremeOf(choice: Extract<Choice, { k: 'extreme' }>, listed: readonly Resource[]): Part['picked'] {
  if (choice.isOfTwo && listed.length !== 2) return 'none';
  const figure = (one: Resource): number => {
    if (choice.by === 'age') return Date.parse(one.createdAt ?? '');
    return Number(one.attributes.size_gb ?? one.attributes.replicas ?? Number.NaN);
  };
  const figures = listed.map(figure);
  if (figures.some((one) => Number.isNaN(one)) || new Set(listed.map(({ kind }) => kind)).size > 1)
    return 'none';
  const wanted = choice.most ? Math.max(...figures) : Math.min(...figures);
  const found = listed.filter((_, index) => figures[index] === wanted);
  return found.length === 1 ? found : 'none';
}

const those = /^(those|these|them|that list|this list|the list|the above|that lot)$/;

/** "of those, delete the …", "the env=dev ones of these". */
function partitiveAt(cells: readonly Cell[], at: number): number {
  const of = cells[at]!;
  if (of.quoted || !/^(of|out of|from|among|amongst|from among)$/.test(of.low)) return 0;
  const next = cells[at + 1];
  if (!next || next.quoted || !those.test(next.low)) return 0;
  const behind = cells[at + 2];
  if (behind === undefined || isWord(behind, 'comma')) return isWord(behind, 'comma') ? 3 : 2;
  return isWord(behind, 'stop', 'filler') || (at === 0 && senseOf(behind, 'verb') !== undefined) ? 2 : 0;
}

const isPartitive = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell, at) => /^(of|out of|from|among|amongst|from among)$/.test(cell.low) && partitiveAt(cells, at) > 0,
  );

function withoutPartitive(cells: readonly Cell[]): readonly Cell[] {
  const kept: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const span = partitiveAt(cells, at);
    if (span === 0) kept.push(cells[at]!);
    at += Math.max(1, span);
  }
  return kept;
}

/** "the unhealthy ones", "the one tagged env=dev", "the checkout one": those of the list the words fit. */
function describedAt(
  cells: readonly Cell[],
  at: number,
  listed: readonly Resource[],
  tools: Tools,
  isPart: boolean,
): Part | undefined {
  const soon = cells.slice(at, at + longest);
  const head = soon.findIndex((cell) => ones.test(cell.low) && !cell.quoted);
  const isSaid = head > 0 || (head === 0 && / /.test(soon[0]!.low));
  if (!isSaid && !isPart) return undefined;
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
  const ways = [isMixed ? ofKind : [], named, inState(said, listed, tools), placed];
  const picked = ways.find((way) => way.length > 0) ?? [];
  return { length: 3, picked: picked.length === 1 ? picked : 'none' };
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

function restricted(mods: readonly Mod[], listed: readonly Resource[], tools: Tools): readonly Resource[] {
  const scene: Scene = { inventory: tools.inventory, nowMs: tools.nowMs, antecedents: [] };
  const kinds = [...new Set(listed.map(({ kind }) => kind))];
  const found = kinds.flatMap((kind) => {
    const pool = listed.filter((one) => one.kind === kind);
    return restrict(pool, mods, kind, scene, true).resources;
  });
  return listed.filter((one) => found.includes(one));
}
