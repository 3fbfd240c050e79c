// States said with a noun of their own: "in the error state", "in state error", "having the status pending", "are in a
// failed or pending phase". Each becomes the state alone ("that are failed"), so that it bounds the set and is never read
// as a metric of that name or left out. Only behind what may have a state: things of a kind, their tags, or "are".
// Called before anything else is put plainly.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isState = (cell: Cell | undefined): boolean =>
  low(cell) !== '' && senseOf(cell, 'status') !== undefined;

/** The cells with every such state said plainly. */
export function withStatusNoun(cells: readonly Cell[]): readonly Cell[] {
  return withStateFirst(withNounFirst(cells));
}

/** "having status error or stopped", "in the status running", "with env=dev and status running": that are so. */
function withNounFirst(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell, index) => {
    if (index < 2 || !/^(status|state|phase)( of)?$/.test(low(cell))) return false;
    const lead = leadOf(cells, index);
    const [holder, joint] = [cells[lead - 1], low(cells[lead])];
    const other = otherThan(cells, beyondBe(cells, index));
    if (denying.test(joint) || (other > 0 && /^(in|with|having|whose)$/.test(joint)))
      return mayHaveState(cells, lead - 1);
    const isBehindKind =
      /^(with|having|in|where|whose|that have|which have)$/.test(joint) && senseOf(holder, 'kind');
    const isBehindTags =
      /^(and|and with|with)$/.test(joint) &&
      senseOf(holder, 'value')?.value.k === 'tags' &&
      !cells.some((one) => /^(tag|label)$/.test(senseOf(one, 'verb')?.phrase ?? ''));
    return isBehindKind || isBehindTags;
  });
  const be = beyondBe(cells, at);
  const other = otherThan(cells, be);
  const next = be + other;
  if (at < 0 || !isState(cells[next])) return cells;
  const bare = cells.slice(next).map((cell) => (senseOf(cell, 'status') ? stateOf(cell) : cell));
  const lead = leadOf(cells, at);
  const isDenied = denying.test(low(cells[lead]));
  // "not in a state other than running": twice denied, and nobody says so of a set.
  if (isDenied && other > 0) return cells;
  const not = isDenied || other > 0 ? [plain(cells[lead]!, 'not', word('not'))] : [];
  const that =
    not.length > 0 && isBeing(cells[lead - 1]) ? [] : [plain(cells[at]!, 'that are', word('that'))];
  return [...cells.slice(0, lead), ...that, ...not, ...bare];
}

const beyondBe = (cells: readonly Cell[], noun: number): number =>
  isWord(cells[noun + 1], 'be', 'colon') || cells[noun + 1]?.low === '=' ? noun + 2 : noun + 1;

/** How many cells say that it is any but what follows: "not", "other than", "different from". */
function otherThan(cells: readonly Cell[], at: number): number {
  const [one, two] = [low(cells[at]), `${low(cells[at])} ${low(cells[at + 1])}`];
  if (/^(not|other than|but|except|different from)$/.test(one)) return 1;
  return /^(other than|different from|different than|not equal to)$/.test(two) ? 2 : 0;
}

/** "pods not in state running", "which are not in the status available" */
const denying = /^(?:(?:that|which) (?:are|is) )?not in$/;
const isBeing = (cell: Cell | undefined): boolean =>
  low(cell) !== '' && (isWord(cell, 'be') || /(^| )(is|are)( any)?$/.test(low(cell)));

/** Where the words begin that lead to such a noun: "in", "in the". */
const leadOf = (cells: readonly Cell[], noun: number): number =>
  isWord(cells[noun - 1], 'det', 'any') && low(cells[noun - 1]) !== '' ? noun - 2 : noun - 1;

const stateOf = (cell: Cell): Cell => ({ ...cell, senses: cell.senses.filter(({ t }) => t === 'status') });

/** "machines in the error state", "which pods are not in a running or pending state". */
function withStateFirst(cells: readonly Cell[]): readonly Cell[] {
  const noun = cells.findIndex(
    (cell, at) => /^(state|status|phase)$/.test(low(cell)) && isState(cells[at - 1]),
  );
  let first = noun - 1;
  while (isWord(cells[first - 1], 'or', 'and', 'comma') && isState(cells[first - 2])) first -= 2;
  const lead = isWord(cells[first - 1], 'det') ? first - 2 : first - 1;
  const isLed = /^(not )?(in|with|having)$/.test(low(cells[lead])) || denying.test(low(cells[lead]));
  if (noun < 0 || !isLed || !mayHaveState(cells, lead - 1)) return cells;
  const that =
    !isBeing(cells[lead - 1]) && !isWord(cells[lead - 1], 'current')
      ? [plain(cells[lead]!, 'that are', word('that'))]
      : [];
  const not = /\bnot\b/.test(low(cells[lead])) ? [plain(cells[lead]!, 'not', word('not'))] : [];
  const states = cells.slice(first, noun).map((cell) => (isState(cell) ? stateOf(cell) : cell));
  return [...cells.slice(0, lead), ...that, ...not, ...states, ...withStateFirst(cells.slice(noun + 1))];
}

/** "machines", "which are", "are currently": what may be in a state. */
function mayHaveState(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at];
  if (isWord(cell, 'current')) return mayHaveState(cells, at - 1);
  // "servers in dev not in state stopped"
  const isPlace = senseOf(cell, 'env') ?? senseOf(cell, 'name') ?? senseOf(cell, 'region');
  if (isPlace && /^(in|on|of)$/.test(low(cells[at - 1]))) return mayHaveState(cells, at - 2);
  const isKind = senseOf(cell, 'kind') !== undefined && !senseOf(cell, 'name');
  return (low(cell) !== '' && isKind) || isBeing(cell);
}
