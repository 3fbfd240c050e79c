// Questions for figures: what is measured, of what, said in other orders. "requests web-lb today" counts of a thing, "memory
// per node" is that of all nodes, "memory use of web" uses nothing. They become the plain question. Called by
// `questionOrder`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing, plain, word } from '../words/plainCells.ts';

/** The cells with what is measured in its plain place. */
export function withMeasured(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => senseOf(cell, 'metric') && !cell.quoted)) return cells;
  return withEach(withUses(withCounted(cells)));
}

/**
 * "requests web-lb today", "top 5 instances by requests", "how many requests did it get": counted of a thing, not things
 * to approve.
 */
function withCounted(cells: readonly Cell[]): readonly Cell[] {
  const counted = cells.findIndex(isRequests);
  if (counted < 0 || cells.some(isAwaiting)) return cells;
  const isNamed = (cell: Cell): boolean =>
    senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env') && !cell.quoted;
  // "how many requests did it get", "did the sandbox deployment get"
  const isServed =
    isWord(cells[counted + 1], 'do', 'have') &&
    cells.some((cell, at) => at > counted + 1 && (isKind(cell) || isWord(cell, 'pronoun')));
  const isBy = cells[counted - 1]?.low === 'by' && !cells[counted - 1]!.quoted;
  const isOfThing = isServed || isBy || cells.some(isNamed);
  return isOfThing
    ? cells.map((cell) =>
        isRequests(cell) ? { ...cell, senses: cell.senses.filter(({ t }) => t === 'metric') } : cell,
      )
    : cells;
}

const isRequests = (cell: Cell): boolean =>
  !cell.quoted &&
  senseOf(cell, 'metric') !== undefined &&
  senseOf(cell, 'kind')?.kinds.includes('action') === true;

/** What is still to be approved, or was asked for by somebody. */
const isAwaiting = (cell: Cell): boolean =>
  !cell.quoted &&
  (/^(pending|open|waiting|awaiting|outstanding|approved?|approvals?|approve|reject|rejected|cancelled|make|made|raised?|submitted|filed)\b/.test(
    cell.low,
  ) ||
    isWord(cell, 'who'));

/** "memory use of web", "cpu level on db-1", "how will the memory of web develop". */
function withUses(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    if (cell.quoted || at === 0) return true;
    const isUse =
      /^(use|uses|level|levels|figures|numbers|stats|graph|curve|trend|values?)$/.test(cell.low) &&
      senseOf(cells[at - 1], 'metric') !== undefined &&
      isWord(cells[at + 1], 'of', 'prep');
    const isGoing =
      /^(develop|evolve|change|behave|look|look like|go|grow)$/.test(cell.low) &&
      /^(how|what)\b/.test(cells[0]!.low) &&
      cells.slice(0, at).some((one) => senseOf(one, 'metric')) &&
      isThing(cells[at - 1]) &&
      (cells[at + 1] === undefined ||
        senseOf(cells[at + 1], 'time') !== undefined ||
        isWord(cells[at + 1], 'stop'));
    return !isUse && !isGoing;
  });
}

/** "memory per node", "memory across all nodes", "node memory usage": of all nodes. */
function withEach(cells: readonly Cell[]): readonly Cell[] {
  const metric = cells.findIndex((cell) => senseOf(cell, 'metric') && !cell.quoted);
  const kinds = cells.flatMap((cell, at) => (isKind(cell) ? [at] : []));
  const [at] = kinds;
  if (kinds.length !== 1 || at === undefined || cells.some(isBounding)) return cells;
  const set: Cell = { ...cells[at]!, senses: [{ ...senseOf(cells[at]!, 'kind')!, plural: true }] };
  const of = [plain(cells[at]!, 'of', word('of')), plain(cells[at]!, 'all', word('all')), set];
  let from = at;
  while (from > metric + 1 && isWord(cells[from - 1], 'all', 'det', 'any')) from--;
  const isEach = from < at && /^(every|each|all)$/.test(cells[from]!.low);
  const prep = cells[from - 1]?.low ?? '';
  const isPer = /^per$/.test(prep) || (isEach && /^(across|for|on|over|from|by|in)$/.test(prep));
  if (at > metric && isPer) return [...cells.slice(0, from - 1), ...of, ...cells.slice(at + 1)];
  const isBefore = at === metric - 1 && !senseOf(cells[at]!, 'kind')!.plural;
  const isLed = cells
    .slice(0, at)
    .every((cell) => isWord(cell, 'ask', 'showCue', 'filler', 'what', 'det', 'listCue'));
  return isBefore && isLed
    ? [...cells.slice(0, at), cells[metric]!, ...of, ...cells.slice(metric + 1)]
    : cells;
}

const isKind = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0 &&
  !senseOf(cell, 'name') &&
  !senseOf(cell, 'metric');

/** A name or a word that tells which ones. */
const isBounding = (cell: Cell): boolean =>
  cell.quoted || senseOf(cell, 'name') !== undefined || isWord(cell, 'top', 'least', 'pronoun', 'not', 'who');
