// Bounds of a set in a clause of their own, put into the words that bound one plainly: "every pod that isn't in Running
// state", "whichever pods sit in CrashLoopBackOff", "the pods that got evicted", "which machines carry env=dev", "should carry
// backup=daily as a tag". Only the state and the tag that were said are kept, and nothing is narrowed that was not.
// Called before steps are made plain.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** The cells with such clauses as plain bounds. */
export function withRelativeBounds(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => senseOf(cell, 'kind') && !cell.quoted)) return cells;
  return [withRunningNow, withNotInState, withStateVerb, withCarriedTag, withTagNoun].reduce(
    (said, turn) => turn(said),
    cells,
  );
}

const isState = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  senseOf(cell, 'status') !== undefined &&
  !senseOf(cell, 'name') &&
  !senseOf(cell, 'env');

/** The state alone, without the word for a state behind it. */
function stateAt(
  cells: readonly Cell[],
  at: number,
): { readonly state: Cell; readonly next: number } | undefined {
  const cell = cells[at];
  if (!cell || !isState(cell)) return undefined;
  const isNoun = /^(state|status|mode|phase)$/.test(cells[at + 1]?.low ?? '');
  const state = { ...cell, senses: cell.senses.filter(({ t }) => t === 'status') };
  return { state, next: isNoun ? at + 2 : at + 1 };
}

/** "which are running now": the state, and no order to run anything now. */
const withRunningNow = (cells: readonly Cell[]): readonly Cell[] =>
  cells.map((cell, at) =>
    !cell.quoted && cell.low === 'running now' && isWord(cells[at - 1], 'that')
      ? plain(cell, 'running', { t: 'status', name: 'running' })
      : cell,
  );

/** "that isn't in Running state", "not in Pending": that are not. */
function withNotInState(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      isWord(cell, 'outside') &&
      !cell.quoted &&
      /\bnot in( the)?$/.test(cell.low) &&
      senseOf(cells[index - 1], 'kind') !== undefined &&
      isState(cells[index + 1]),
  );
  const found = at < 0 ? undefined : stateAt(cells, at + 1);
  if (!found) return cells;
  const lead = cells[at]!;
  const not = [plain(lead, 'that are', word('that')), plain(lead, 'not', word('not'))];
  return [...cells.slice(0, at), ...not, found.state, ...cells.slice(found.next)];
}

const standing =
  /^(sit|sits|hang|hangs|remain|remains|linger|lingers|stay|stays|stick|sticks|went|ended up|end up|fell|show|shows|show up|is stuck|are stuck|were|was|got|get|have been|has been|had been)$/;

/** "pods that sit in CrashLoopBackOff", "whichever pods hang in Pending", "that got evicted". */
function withStateVerb(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex(
    (cell, at) =>
      senseOf(cell, 'kind')?.plural === true && !cell.quoted && verbBehind(cells, at) !== undefined,
  );
  const found = kind < 0 ? undefined : verbBehind(cells, kind);
  if (!found) return cells;
  const lead = cells[kind]!;
  const which = cells[kind - 1];
  const all = which?.quoted === false && /^(whichever|whatever)$/.test(which.low);
  return [
    ...cells.slice(0, all ? kind - 1 : kind),
    ...(all ? [plain(which!, 'all', word('all'))] : []),
    lead,
    plain(lead, 'that are', word('that')),
    found.state,
    ...cells.slice(found.next),
  ];
}

/** The state behind "that sit in"; a statement about all of them ("pods hang in Pending") is none. */
function verbBehind(
  cells: readonly Cell[],
  kind: number,
): { readonly state: Cell; readonly next: number } | undefined {
  const isWhich = /^(whichever|whatever)$/.test(cells[kind - 1]?.low ?? '');
  let at = kind + 1;
  const isRelative = /^(that|which|who)$/.test(cells[at]?.low ?? '') && !cells[at]!.quoted;
  if (isRelative) at++;
  if (!isRelative && !isWhich) return undefined;
  while (/^(still|currently|now|all|just)$/.test(cells[at]?.low ?? '')) at++;
  const cell = cells[at];
  if (!cell || cell.quoted) return undefined;
  const [verb, prep] = /^(.+) (in|as|into)$/.exec(cell.low)?.slice(1) ?? [cell.low, ''];
  if (!standing.test(verb!)) return undefined;
  const next = prep === '' && /^(in|as|into)$/.test(cells[at + 1]?.low ?? '') ? at + 2 : at + 1;
  return stateAt(cells, isWord(cells[next], 'det') ? next + 1 : next);
}

const isTags = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'tags';

/** "which machines carry env=dev", "machines carrying the tag env=dev": with it. */
function withCarriedTag(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(carry|carries|carrying|bear|bearing|wear|wearing|have|having|has)( (the|a) (tag|label))?$/.test(
        cell.low,
      ) &&
      senseOf(cells[index - 1], 'kind')?.plural === true,
  );
  let tag = at + 1;
  while (at >= 0 && /^(the|a|an|tag|label|tags|labels)$/.test(cells[tag]?.low ?? '')) tag++;
  const isAsked = cells
    .slice(0, Math.max(0, at))
    .some((cell) => isWord(cell, 'howMany', 'what', 'listCue', 'showCue', 'ask'));
  // "stop all instances carrying env=dev": which of them, whatever is to be done.
  const isWhich = /^(carrying|bearing|wearing)\b/.test(cells[at]?.low ?? '');
  if (at < 0 || !isTags(cells[tag]) || !(isAsked || isWhich)) return cells;
  return [...cells.slice(0, at), plain(cells[at]!, 'with', word('prep')), ...cells.slice(tag)];
}

/** "backup=daily as a tag": what it is, is seen. */
function withTagNoun(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      cell.low === 'as' &&
      !cell.quoted &&
      isTags(cells[index - 1]) &&
      /^(a|an|its|the|their)$/.test(cells[index + 1]?.low ?? '') &&
      /^(tag|label)s?$/.test(cells[index + 2]?.low ?? ''),
  );
  return at < 0 ? cells : [...cells.slice(0, at), ...cells.slice(at + 3)];
}
