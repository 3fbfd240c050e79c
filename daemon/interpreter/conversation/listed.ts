// Places in a list and parts of it: "the second one", "the last two", "all three", "the stopped ones", "the bigger
// one", "the selected ones". What the turn before listed, or what is selected, is numbered and described by these words,
// and they are replaced by the names of what they pick. Words that pick nothing there, or more than they say, pick
// nothing anywhere else: then the person is asked. Called before a sentence is read, for it and for the turn before it.

import type { Resource } from '../../../shared/model/resource.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { type Choice, chosenBy } from '../words/listedWords.ts';
import { isBase } from '../words/plainCells.ts';
import { answerOf } from './listedAnswers.ts';
import { describedAt, isEnd, type Part } from './listedDescribed.ts';

/** The cells with what was picked by its name, or the words that pick nothing. */
export interface Listed {
  readonly cells: readonly Cell[];
  readonly lost?: string;
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
  const answer = listed.length > 1 ? answerOf(cells, listed, tools) : undefined;
  if (answer === 'none') return { cells, lost: cells.map(({ text }) => text).join(' ') };
  if (answer) return { cells: namesOf(answer, cells) };
  const isPart = listed.length > 1 && isPartitive(cells);
  const own = new Set(listed.map(({ kind }) => kind));
  const done: Cell[] = [];
  let picks = 0;
  for (let at = 0; at < cells.length; ) {
    if (listed.length > 1 && isAllBut(cells[at]!, cells[at + 1])) {
      const [them, except] = ['all of them', 'except'];
      done.push(
        { ...cells[at]!, low: them, senses: [{ t: 'word', word: 'pronoun' }] },
        { ...cells[at]!, low: except, senses: [{ t: 'word', word: 'except' }] },
      );
      picks++;
      at++;
      continue;
    }
    const part =
      selectedAt(cells, at, selected) ??
      (listed.length > 1
        ? (placeAt(cells, at, listed) ?? describedAt(cells, at, listed, tools, isPart))
        : undefined);
    // "those three except a": read as a set of so many, from which one is taken.
    const isSpared =
      part &&
      part.picked !== 'none' &&
      part.picked.length === listed.length &&
      isWord(cells[at + part.length], 'except');
    const isOfText = part && (isSpared || isListedHere(cells, at, own));
    if (!part || isOfText) {
      done.push(cells[at]!);
      at++;
      continue;
    }
    const words = cells.slice(at, at + part.length);
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
const bySelector =
  /^(?:the |those |these |all )*(ones|one|two|three)(?: that| which)? (?:i|we|i have|we have|i just|i had)(?: just)? (?:selected|highlighted|marked|ticked|picked)$/;
const several = /\b(ones|selection|what|all|both|two|three|them)\b/;

/** "the selected ones", "the two selected vms": what is selected in the tree. */
function selectedAt(cells: readonly Cell[], at: number, selected: readonly Resource[]): Part | undefined {
  if (selected.length === 0 || cells[at]!.quoted) return undefined;
  for (let length = Math.min(7, cells.length - at); length > 2; length--) {
    const words = cells.slice(at, at + length);
    const found = bySelector.exec(words.map(({ low }) => low).join(' '));
    if (!found || words.some(({ quoted }) => quoted)) continue;
    const count =
      found[1] === 'two' ? 2 : found[1] === 'three' ? 3 : found[1] === 'one' ? 1 : selected.length;
    return { length, picked: count === selected.length ? selected : 'none' };
  }
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
const isNamed = (cell: Cell): boolean => senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env');

/** "the second one", "the last two", "number 3", "all three", "the bigger one". */
function placeAt(cells: readonly Cell[], at: number, listed: readonly Resource[]): Part | undefined {
  for (let length = Math.min(longest, cells.length - at); length > 0; length--) {
    const words = cells.slice(at, at + length);
    if (words.some((cell) => cell.quoted)) continue;
    const said = words.map(({ low }) => low).join(' ');
    if (said === 'both' && isEnd(cells[at + 1]) && listed.length > 2 && !cells.slice(0, at).some(isNamed))
      return { length: 1, picked: 'none' };
    // "all of those but the second", where "but the" is one word.
    const isThe = / the$/.test(cells[at - 1]?.low ?? '') && !cells[at - 1]!.quoted;
    const isBoth = said === 'both' && senseOf(cells[at + 1], 'kind')?.plural === true;
    const choice = chosenBy(isBoth ? 'the two' : said) ?? (isThe ? chosenBy(`the ${said}`) : undefined);
    if (!choice) continue;
    // "delete any one of them": a question may ask about any, an order may not.
    if (choice.k === 'some' && !isBase(cells[at - 1])) return undefined;
    // "the second vm", "all three volumes": of those of the kind.
    const noun = cells[at + length];
    const kinds = senseOf(noun, 'kind')?.kinds;
    const isOfKind = kinds !== undefined && !isWord(words.at(-1), 'one', 'pronoun');
    if (isOfKind && !listed.some((one) => kinds.includes(one.kind))) return undefined;
    const among = isOfKind ? listed.filter((one) => kinds.includes(one.kind)) : listed;
    const taken = isOfKind ? length + 1 : length;
    const isWhole = /\bones?$/.test(said) && senseOf(cells[at + taken], 'status') !== undefined;
    if (!isWhole && !isEnd(cells[at + taken]) && !isOtherName(cells[at + taken], listed)) return undefined;
    return { length: taken, picked: pick(choice, among) };
  }
  return undefined;
}

/** "give the second one 203.0.113.11": a thing of another sort. */
function isOtherName(cell: Cell | undefined, listed: readonly Resource[]): boolean {
  const ids = (cell && isNamed(cell) && senseOf(cell, 'name')?.ids) || [];
  return ids.length > 0 && !ids.some((id) => listed.some(({ kind }) => id.includes(`:${kind}/`)));
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
    case 'some':
      return 'none';
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
