// A set that is named first and taken up again by a small word: "the deployments in monitoring, I want that all of them are
// restarted", "the statefulsets of prod, each one shall have five replicas", "every stopped VM, please you start it". The
// set is put where the small word stands, and nothing else is changed: what the sentence orders, asks or denies it
// does of the set. Only where the small word is the first thing spoken of behind the mark. Called over what was typed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const topicMax = 12;
const leadMax = 7;

/** The cells with the set in the place of the word that takes it up. */
export function withResumedSets(cells: readonly Cell[]): readonly Cell[] {
  const comma = cells.findIndex((cell) => isWord(cell, 'comma', 'stop', 'colon') && !cell.quoted);
  if (comma < 2 || comma > topicMax || !isWord(cells[comma], 'comma', 'colon')) return cells;
  let from = 0;
  while (isWord(cells[from], 'filler') && !isWord(cells[from], 'all') && !senseOf(cells[from], 'kind'))
    from++;
  const topic = cells.slice(from, comma);
  const noun = nounOf(topic);
  const isEach = isWord(topic[0], 'all') && senseOf(noun, 'kind')?.plural === false;
  if (!noun || (senseOf(noun, 'kind')?.plural === false && !isEach)) return cells;
  if (!isWord(topic[0], 'all', 'both', 'det') || !topic.slice(1).every(isOfNoun)) return cells;
  let at = comma + 1;
  while (at < comma + leadMax && (isLead(cells[at]) || isObject(cells, at))) at++;
  const taken = takenUp(cells, at, isEach);
  const lead = cells.slice(comma + 1, at);
  const isDone = isBase(lead.at(-1)) || lead.some((cell) => wishing.test(cell.low));
  // "they have two replicas": how it is.
  if (taken === 0 || !(isDone || isWord(cells[at + taken], 'need'))) return cells;
  const isToBe = / (are|is)$/.test(cells[at]!.low) ? [plain(cells[at]!, 'are', word('be'))] : [];
  return [...cells.slice(0, from), ...lead, ...topic, ...isToBe, ...cells.slice(at + taken)];
}

const wishing = /\b(want|need|would like|wish)\b/;

/** The noun a set is of: "deployments", "runners". */
const nounOf = (topic: readonly Cell[]): Cell | undefined =>
  topic.find(
    (cell) =>
      !cell.quoted &&
      !isWord(cell, 'replicas') &&
      (senseOf(cell, 'kind') ?? ![undefined, cell.low].includes(senseOf(cell, 'part')?.word)),
  );

/** What may be said of a set before the mark, and makes no statement of it. */
function isOfNoun(cell: Cell, at: number, rest: readonly Cell[]): boolean {
  if (cell.quoted) return senseOf(cell, 'name') !== undefined;
  const before = rest[at - 1];
  if (isWord(cell, 'be', 'have')) return isWord(cell, 'that') || isWord(before, 'that');
  if (isWord(cell, 'need', 'not', 'if', 'or', 'do', 'why', 'who', 'ask', 'pronoun', 'stays', 'all'))
    return false;
  // "the servers idle all night": how they are.
  const isState = senseOf(cell, 'status') !== undefined && !isWord(cell, 'prep');
  const isNoun = senseOf(before, 'kind') !== undefined || senseOf(before, 'name') !== undefined;
  if (isState) return !isNoun || isWord(before, 'that', 'be');
  if (cell.senses.length === 0) return /^(zone|region|project|rack|az)$/.test(cell.low);
  const isThing = sorts.some((sort) => cell.senses.some(({ t }) => t === sort));
  return (
    isThing ||
    isWord(
      cell,
      'det',
      'of',
      'prep',
      'that',
      'current',
      'and',
      'filler',
      'tagged',
      'attachedTo',
      'except',
      'older',
      'newer',
      'more',
      'less',
    )
  );
}

const sorts = ['name', 'kind', 'part', 'prefix', 'glob', 'env', 'region', 'provider', 'value'];

/** "please you start", "I want that": what leads to the word that takes the set up. */
const isLead = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  !isPointing(cell) &&
  (isWord(cell, 'filler') ||
    (isBase(cell) && !senseOf(cell, 'name')) ||
    /^(that|you|to|have|get|want|need)$/.test(cell.low));

/** "I want a snapshot of them", "… the tag backup=daily on them": what is wished for them. */
function isObject(cells: readonly Cell[], at: number): boolean {
  const [before, cell, next] = [cells[at - 1], cells[at], cells[at + 1]];
  if (!cell || cell.quoted) return false;
  const isTags = (one: Cell | undefined): boolean => senseOf(one, 'value')?.value.k === 'tags';
  const isTag = (one: Cell | undefined): boolean => /^(?:tags?|labels?)$/.test(one?.low ?? '') || isTags(one);
  if (isWord(cell, 'det')) return isBase(next) || isTag(next);
  return isTag(cell) || (/^(?:of|on|for)$/.test(cell.low) && (isBase(before) || isTags(before)));
}

const isPointing = (cell: Cell): boolean =>
  isWord(cell, 'pronoun', 'all', 'both') || /^(they|it)\b/.test(cell.low);

/** How many cells the word takes that stands for the set again; 0 where it is none. */
function takenUp(cells: readonly Cell[], at: number, isEach: boolean): number {
  const low = (index: number): string => (cells[index] && !cells[index].quoted ? cells[index].low : '');
  const two = `${low(at)} ${low(at + 1)}`;
  if (/^(each|every) one$/.test(two)) return low(at + 2) === 'of' && low(at + 3) === 'them' ? 4 : 2;
  if (/^(every one of|each of|all of|both of) them$/.test(two)) return 2;
  if (
    /^(they|them|all of them|each of them|both of them|they all|they both|them all|them both|they are)$/.test(
      low(at),
    )
  )
    return 1;
  return isEach && /^it( is)?$/.test(low(at)) ? 1 : 0;
}
