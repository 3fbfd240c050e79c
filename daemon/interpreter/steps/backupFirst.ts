// A backup that has to come first: "delete db-1 after taking a snapshot", "resize web-1 to M.8, but snapshot it first".
// It becomes the first step, over the one thing the order is about; where that is not clear the whole hangs on a
// condition and is never run without it. Called by `reword`, before idioms.

import { sortsOf } from '../rewording/figures.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const made = '(?:%snapshot|snapshot|backup|snap|back up)';
const article = '(?:an?|another|one|the|its)(?: (?:fresh|new|quick|full|last|final|current))*';
const take = '(?:take|make|create|do|get|grab|have|taking|making|creating|doing|took|made|taken|having)';
const ofIt = '(?: of (?:it|that|this|them))?';
const earlier = '(?:first|before|beforehand|before that|up front|upfront|in advance|prior|before doing that)';
const lead = '(?: (?:,|;|:|-|\\(|and|but|please|only|also))*';
const tails: readonly RegExp[] = [
  `${lead} (?:after|once|having|once you have|after you have|after you)(?: (?:you|we|having))* ${take} ${article} ${made}${ofIt}(?: first)?`,
  `${lead} (?:but first|but before|but before that|first|before that|but)(?: please)? ${take} ${article} ${made}${ofIt}(?: ${earlier})?`,
  `${lead} ${take} ${article} ${made}${ofIt} ${earlier}`,
  `${lead} (?:but first |but before |first )${article} ${made}`,
  `${lead} (?:back up|snapshot|snap|backup)(?: it| that)? ${earlier}`,
  `${lead} with ${article} ${made} ${earlier}`,
].map((tail) => new RegExp(`${tail}(?: please| pls| thanks)*(?: \\))?(?: [.!])*$`, 'u'));
const kept = /:(vm|volume|database)\//;

/** The cells with the backup in front of what it comes before. */
export function withBackupFirst(given: readonly Cell[]): readonly Cell[] {
  const cells = withMeanwhile(given);
  const { text, starts } = sortsOf(cells);
  const match = tails.map((tail) => tail.exec(text)).find((found) => found !== null);
  if (!match || match.index === 0) return cells;
  const from = starts.findIndex((start) => start >= match.index);
  const order = cells.slice(0, from);
  if (!order.some(isBase) || order.some((cell) => isWord(cell, 'stop', 'afterwards', 'not', 'if')))
    return cells;
  const thing = thingOf(order);
  const isOwn = order.some((cell) => senseOf(cell, 'verb')?.phrase.includes('snapshot') && isBase(cell));
  if (thing && !isOwn) return firstThen(cells[from]!, thing, order);
  return cells.map((cell, at) => (at === from ? plain(cell, cell.low, word('if')) : cell));
}

function firstThen(at: Cell, thing: readonly Cell[], order: readonly Cell[]): readonly Cell[] {
  const verb = plain(at, 'snapshot', { t: 'verb', phrase: 'snapshot', form: 'base' });
  const body = order.filter((cell, index) => index > 0 || !isWord(cell, 'filler', 'comma') || isBase(cell));
  return [verb, ...thing, plain(at, 'then', word('afterwards')), ...body];
}

/** The one thing with its kind that the order names, if it is one that can be kept. */
function thingOf(order: readonly Cell[]): readonly Cell[] | undefined {
  const named = order.filter((cell) => (senseOf(cell, 'name')?.ids ?? []).some((id) => kept.test(id)));
  const [only] = named;
  if (!only || named.length > 1 || !senseOf(only, 'name')!.exact) return undefined;
  const before = order[order.indexOf(only) - 1];
  const isKind = before !== undefined && (senseOf(before, 'kind')?.kinds.length ?? 0) > 0;
  return isKind ? [before, only] : [only];
}

/** "pause it while you drain worker-3": one after the other. */
function withMeanwhile(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 && !cell.quoted && cell.low === 'while' && /^(you|we|i)$/.test(cells[index + 1]?.low ?? ''),
  );
  return at > 1 && isBase(cells[at + 2])
    ? [...cells.slice(0, at), plain(cells[at]!, 'then', word('afterwards')), ...cells.slice(at + 2)]
    : cells;
}
