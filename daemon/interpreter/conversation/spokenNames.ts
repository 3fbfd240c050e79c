// "Put it back to 2", "give it the address", "check its memory before stopping it", "list the pods in that namespace": the
// thing of the turn before, or its place, by name, where the sentence names nothing before the pronoun. What can be said
// of a name can then be said of "it". Several things are never one "it", and a pronoun behind a word that destroys is
// left to be linked with its own care. Called before a sentence is read.

import type { Resource } from '../../../shared/model/resource.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { destroying } from '../guards/guard.ts';
import { isIdentifier } from '../phrases/nounContext.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { namesOf } from './listed.ts';

const one = /^(it|that one|this one|that thing|this thing|the thing)$/;
const several =
  /^(them|em|them all|em all|all of them|all of em|all of these|all of those|those|these|these ones|those ones|those all|these all)$/;
const pair =
  /^(both|them both|em both|both of them|both of em|those two|these two|both of those|both of these)$/;
const besides = /^(to|on|at|for|with|of|into|from)$/;
const severalMax = 30;

/** The cells with the first pronoun of an order as the name of what was spoken of. */
export function withSpokenNames(
  given: readonly Cell[],
  request: ReadRequest,
  tools: Tools,
  isMade = false,
): readonly Cell[] {
  const { context } = request;
  const told = context?.turns?.findLast((turn) => (turn.refs?.length ?? 0) > 0)?.refs;
  const ids = told ?? context?.selection ?? [];
  const spoken = ids.flatMap((id) => tools.inventory.get(id) ?? []);
  if (spoken.length === 0 || spoken.length !== ids.length || spoken.length > severalMax) return given;
  const cells = withSpokenPlace(given, spoken, tools);
  const at = cells.findIndex(
    (_, index) => isThing(cells, index) || isMeant(cells, index, spoken.length, isMade),
  );
  const cell = cells[at];
  if (!cell || (isThing(cells, at) && !(isMade && isMaking(cell)))) return cells;
  const names = namesOf(spoken, [cell]);
  const rest = cells.slice(at + 1);
  if (isWord(cell, 'their'))
    return [...cells.slice(0, at), ...names, plain(cell, "'s", word('possessive')), ...rest];
  if (!isMaking(cell)) return [...cells.slice(0, at), ...names, ...rest];
  const make = plain(cell, 'make', { t: 'verb', phrase: 'make', form: 'base' }, word('light'));
  return [...cells.slice(0, at), make, ...names, ...(isWord(rest[0], 'one') ? rest.slice(1) : rest)];
}

const isMaking = (cell: Cell): boolean => /^(\w+ )?make (it|that|this)$/.test(cell.low) && !cell.quoted;

/** A name, a kind or a noun nobody knows, which a pronoun behind it may mean. */
function isThing(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted || isIdentifier(cell)) return true;
  const isArticle = isWord(cells[at - 1], 'det') && !isWord(cells[at - 1], 'pronoun');
  if (isArticle && cell.senses.every(({ t }) => t === 'part') && isPredicate(cells[at + 1])) return true;
  if (isBase(cell) || isWord(cell, 'correction', 'replicas') || senseOf(cell, 'value')) return false;
  if (cell.senses.length > 0 && cell.senses.every(({ t }) => t === 'part' || t === 'env')) return true;
  return ['name', 'kind', 'glob', 'prefix', 'region'].some((sort) => cell.senses.some(({ t }) => t === sort));
}

function isMeant(cells: readonly Cell[], at: number, count: number, isMade: boolean): boolean {
  const cell = cells[at]!;
  if (cell.quoted) return false;
  if (isMade && count === 1 && isMaking(cell)) return true;
  const isPronoun =
    count === 1 ? one.test(cell.low) : several.test(cell.low) || (count === 2 && pair.test(cell.low));
  const next = cells[at + 1];
  // "check its memory before stopping it"
  if (count === 1 && isWord(cell, 'their') && cell.low === 'its')
    return (
      cells[at - 1]?.quoted === false &&
      isWord(cells[at - 1], 'showCue') &&
      senseOf(next, 'metric') !== undefined
    );
  const isFlavor = senseOf(next, 'name')?.ids.every((id) => id.includes(':flavor/')) === true;
  const isNoun = !isFlavor && next?.senses.some(({ t }) => t === 'kind' || t === 'name' || t === 'part');
  if (!isPronoun || (isNoun && count > 1)) return false;
  if (count > 1 && ((!isOver(next) && !isFlavor) || cells.slice(at).some((other) => isWord(other, 'except'))))
    return false;
  const before = besides.test(cells[at - 1]?.low ?? '') && isBase(cells[at - 2]) ? at - 2 : at - 1;
  const verb = cells[before];
  // "logs of both"
  const isOf = isWord(cells[at - 1], 'of') && at > 1;
  if (isOf && (senseOf(cells[at - 2], 'metric') ?? isWord(cells[at - 2], 'logCue'))) return true;
  if (verb?.low === 'let' && !verb.quoted) return true;
  // "it can take pods again"
  const isSubject = cells.slice(0, at).every((each) => isWord(each, 'filler', 'comma', 'afterwards', 'and'));
  if (count === 1 && isSubject && /^(can|may)$/.test(next?.low ?? '')) return true;
  const isWished = /\b(want|would like|need|like|have|get)$/.test(cells[at - 1]?.low ?? '');
  if (count === 1 && isWished && senseOf(next, 'verb')?.form === 'ed') return true;
  const isBeside = senseOf(verb, 'verb')?.form === 'ing' && isWord(cells[before - 1], 'before', 'after');
  return (isBase(verb) || isBeside) && !destroying.has(senseOf(verb, 'verb')!.phrase);
}

/** Nothing behind it tells some of them from the others. */
function isOver(cell: Cell | undefined): boolean {
  if (cell === undefined || isWord(cell, 'comma', 'stop', 'and', 'again', 'afterwards', 'filler'))
    return true;
  const isTo = isWord(cell, 'prep') && /^(to|on|at|back|up|down|off|by|with|as|for)\b/.test(cell.low);
  return (
    (isTo || cell.senses.some(({ t }) => t === 'time' || t === 'value')) && !isWord(cell, 'that', 'except')
  );
}

/** "in that namespace", "in the same ns", "on its node": where all of them are. */
function withSpokenPlace(
  cells: readonly Cell[],
  spoken: readonly Resource[],
  { inventory }: Tools,
): readonly Cell[] {
  const at = cells.findIndex((cell, index) => {
    const kinds = senseOf(cell, 'kind')?.kinds ?? [];
    const isPlace = (kinds[0] === 'namespace' || kinds[0] === 'node') && kinds.length === 1;
    return (
      isPlace && !cell.quoted && /^(that|this|its|their|the same|same)$/.test(cells[index - 1]?.low ?? '')
    );
  });
  const noun = cells[at];
  const det = cells[at - 1]?.low === 'same' && isWord(cells[at - 2], 'det') ? at - 2 : at - 1;
  const isBehind = isWord(cells[det - 1], 'prep') && !senseOf(cells[at + 1], 'name');
  if (!noun || !isBehind) return cells;
  const kind = senseOf(noun, 'kind')!.kinds[0]!;
  const names = new Set(
    spoken.map((each) => (kind === 'namespace' ? each.namespace : each.attributes.node) ?? ''),
  );
  const [name] = names;
  const found = inventory.ofKind(kind).filter((each) => each.name === name);
  if (names.size !== 1 || found.length !== 1) return cells;
  const isNamed = cells.slice(0, det).some((cell) => senseOf(cell, 'name')?.exact);
  return isNamed ? cells : [...cells.slice(0, det), ...namesOf(found, [noun]), ...cells.slice(at + 1)];
}
