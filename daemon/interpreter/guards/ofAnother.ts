// Orders about something else than the thing that is named in them: "reboot web-1's twin", "stop what web-1 needs", "stop vms
// like web-1", "stop web-1 etc". What is meant hangs on the named thing in a way that is not read, so that an order over
// the thing itself is another order. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing } from '../words/plainCells.ts';
import type { Doubt } from './objections.ts';

const relative =
  /^(?:what|whatever|whichever|where|wherever|who|whoever|whose|(?:that|those|the one|the ones) (?:which|that|who|whose)|(?:all|everything|anything|any) (?:that|which))$/;
const every = /^(?:all|everything|anything|any|those|the ones|whichever)$/;
const like = /^(?:like|such as|similar to|just like|the likes of|resembling)$/;
const andMore =
  /^(?:etc|etcetera|et al|and so on|and so forth|and co|and company|and friends|plus one|and more|and others|or so)$/;

const member = /^(?:any|one|either|some|a|random|first|second|third|last|oldest|newest|youngest)$/;

const isOverMany = ({ operation, target }: PlanReading['steps'][number]): boolean =>
  target?.kind === 'resources' && (target.ids.length > 1 || !operation.endsWith('.pod'));

/** The question about what hangs on a named thing and was not read. */
export function ofAnother({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  // "undo what bob did in act-40": an action is all that was done in it.
  if (steps.every(({ operation }) => operation.startsWith('action.'))) return undefined;
  const spans = steps.flatMap(({ evidence }) => evidence);
  const isRead = (cell: Cell | undefined): boolean =>
    cell !== undefined && spans.some(({ start, end }) => start < cell.end && cell.start < end);
  const isVerb = (cell: Cell | undefined): boolean =>
    cell !== undefined && spans.some(({ part, start }) => part === 'verb' && start === cell.start);
  const isNamed = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    senseOf(cell, 'name')?.exact === true &&
    senseOf(cell, 'env') === undefined;
  // "evacuate a: all its vms over to b": to b, and not only off a.
  const targets = steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  const isOtherHost = (cell: Cell): boolean =>
    isNamed(cell) && senseOf(cell, 'name')!.ids.every((id) => id.includes(':host/') && !targets.includes(id));
  const isDrained = steps.some(({ operation }) => operation === 'drain.host');
  const found = cells.find((cell, at) => {
    if (cell.quoted) return false;
    if (isDrained && isOtherHost(cell)) return true;
    const before = cells[isWord(cells[at - 1], 'det') ? at - 2 : at - 1];
    const next = cells[at + 1];
    const both = `${cell.low} ${next?.low ?? ''}`;
    const rest = partFrom(cells, at + 1);
    // "web-1's down, stop it" tells of it; "stop web-1's twin" is about another.
    if (/^['\u2019]s$/.test(cell.low) && isNamed(cells[at - 1]))
      return leadsTo(cells, at - 1, isVerb) && next !== undefined && !isThing(next) && !isRead(next);
    if (relative.test(cell.low) || relative.test(both))
      return isVerb(before) && senseOf(next, 'kind')?.plural !== true && rest.some(isNamed);
    // "restart any pod of web": one of them, and nobody says which.
    if (member.test(cell.low) && senseOf(next, 'kind')?.kinds.includes('pod'))
      return (
        cells[at + 2]?.low === 'of' &&
        (isNamed(cells[at + 3]) || isNamed(cells[at + 4])) &&
        steps.some(isOverMany) &&
        (isVerb(before) || isVerb(cells[at - 1]))
      );
    if (every.test(cell.low) && isVerb(cells[at - 1]))
      return rest.some(isNamed) && isClause(rest) && !rest.some((one) => isWord(one, 'except', 'not'));
    if (like.test(cell.low)) return isNamed(next) && senseOf(before, 'kind') !== undefined;
    return (
      (andMore.test(cell.low) || andMore.test(both)) && (isNamed(cells[at - 1]) || isNamed(cells[at - 2]))
    );
  });
  if (!found) return undefined;
  const said = /^['\u2019]s$/.test(found.low) ? cells[cells.indexOf(found) + 1]! : found;
  return {
    about: 'target',
    question: `What is "${said.text}" to stand for here? Only what is named would be changed.`,
  };
}

/** The cells up to the next mark. */
function partFrom(cells: readonly Cell[], from: number): readonly Cell[] {
  const rest = cells.slice(from);
  const end = rest.findIndex(
    (cell) => !cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'and', 'afterwards'),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

/** Right behind the verb of a step, or with the word for its kind between. */
function leadsTo(cells: readonly Cell[], at: number, isVerb: (cell: Cell | undefined) => boolean): boolean {
  let from = at - 1;
  while (from >= 0 && (isWord(cells[from], 'det') || (senseOf(cells[from], 'kind') && !isVerb(cells[from]))))
    from--;
  return isVerb(cells[from]);
}

/** "anything attached to web-1", "all that web-1 uses": said of it, and not where it is. */
const isClause = (rest: readonly Cell[]): boolean =>
  /^(?:that|which|attached to|connected to|depending on|using|behind|next to|around|near)$/.test(
    rest[0]?.low ?? '',
  );
