// What a text takes back, or leaves to somebody, and the plan has all the same: "stop a - no, the other one, b", "open 80 (sorry
// 8080)", "delete a and b. correction: only b", "resize it to S.4, M.8 I mean", "reboot a, I will do b". Such a plan is offered as a
// question. Called by `notAsSaid`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { firstName } from './noOrder.ts';
import type { Doubt } from './objections.ts';

/** What was corrected and is in the plan, or is somebody else's to do. */
export function corrected({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const mark = cells.findIndex(
    (cell, at) => at > 1 && !cell.quoted && !senseOf(cell, 'name') && isCorrection(cells, at),
  );
  const kept = mark < 0 ? undefined : stillThere(steps, cells, mark);
  if (kept)
    return { about: 'target', question: `Is "${kept.text}" still meant, or only what it was corrected to?` };
  if (isScrapped(steps, cells))
    return {
      about: 'op',
      question: 'Is the step before that taken back, or is the thing to go?',
      isEmpty: true,
    };
  const text = cells.map((cell) => (cell.quoted ? '\u25a1' : cell.low)).join(' ');
  if (keeping.test(text))
    return { about: 'op', question: 'What is to be kept, and what is to go?', isEmpty: true };
  const own = cells.find((_, at) => isOwnDoing(cells, at, steps));
  return own && { about: 'target', question: `Is "${own.text}" to be done here, too?` };
}

const correcting =
  /^(typo|correction|oops|ooops|whoops|sorry|sry|actually|i mean|i meant|i ment|scratch that|scrap that|strike that|make that|or rather|ehm|no|nope|ah no|oh no|no sorry|wait|no wait)$/;

const isCorrection = (cells: readonly Cell[], at: number): boolean =>
  correcting.test(cells[at]!.low) ||
  cells[at]!.text.toLowerCase() === 'typo' ||
  (isWord(cells[at], 'correction') && !isWord(cells[at], 'filler', 'and'));

/** "delete a no wait keep it, delete b" */
const keeping =
  /\b(?:no|wait|actually|sorry|hm+|oh|ah|oops|better|rather|correction)(?: (?:no|wait|,|\.|-|better|rather|please|let us|we))* (?:keep|leave|spare|save) (?:it|that|this|them|that one|this one)\b/;

/** A thing, a port or a figure, and of which sort it is. */
function sortOf(cell: Cell): { readonly sort: string; readonly keys: readonly string[] } | undefined {
  if (cell.quoted || senseOf(cell, 'env')) return undefined;
  const name = senseOf(cell, 'name');
  if (name?.exact) return { sort: /:(\w[\w-]*)\//.exec(name.ids[0] ?? '')?.[1] ?? '', keys: name.ids };
  const value = senseOf(cell, 'value')?.value;
  if (value?.k === 'number') return { sort: 'number', keys: [String(value.n)] };
  if (value?.k === 'port') return { sort: 'number', keys: [String(value.port)] };
  return undefined;
}

/** What stands before the mark, was replaced by something of its sort behind it, and is in the plan. */
function stillThere(steps: readonly StepDraft[], cells: readonly Cell[], mark: number): Cell | undefined {
  const used = new Set(
    steps.flatMap(({ target, args }) => [
      ...(target?.kind === 'resources' ? target.ids : []),
      ...Object.values(args).map((value) => String(value).toLowerCase()),
    ]),
  );
  const isUsed = (cell: Cell): boolean =>
    used.has(cell.low) || sortOf(cell)?.keys.some((key) => used.has(key)) === true;
  const isEnd = (cell: Cell): boolean => isWord(cell, 'stop', 'close', 'afterwards') && !cell.quoted;
  const next = cells.findIndex((cell, at) => at > mark && isEnd(cell));
  const after = cells.slice(mark + 1, next < 0 ? cells.length : next);
  const isMore = after.some(
    (cell) => !cell.quoted && /^(also|too|as well|both|all|plus|add|and also)$/.test(cell.low),
  );
  // "sorry, I mean restart", "no wait, first snapshot it": another deed.
  const isDeed = after.some(
    (cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'name'),
  );
  const from = cells.findLastIndex((cell, at) => at < mark - 1 && isEnd(cell) && at < mark - 2);
  const before = cells.slice(from + 1, mark);
  // "a and b, only a actually"
  const only = before.at(-2);
  const lone = before.at(-1);
  if (after.every((cell) => isWord(cell, 'filler')) && lone && only && /^(only|just)$/.test(only.low)) {
    const keys = sortOf(lone)?.keys ?? [];
    return before.slice(0, -2).find((cell) => {
      const own = sortOf(cell);
      return own?.sort === sortOf(lone)?.sort && !own?.keys.some((key) => keys.includes(key)) && isUsed(cell);
    });
  }
  // "…, M.8 I mean": what stands right before it is what is meant.
  const said = after.filter((cell) => sortOf(cell));
  if (said.length === 0 && /^i (mean|meant|ment)$/.test(cells[mark]!.low)) {
    const meant = before.at(-1);
    return meant && sortOf(meant) && !isUsed(meant) ? meant : undefined;
  }
  if (said.length === 0 || isMore || isDeed) return undefined;
  const sorts = new Set(said.map((cell) => sortOf(cell)!.sort));
  const again = new Set(said.flatMap((cell) => sortOf(cell)!.keys));
  // Of a list the last one is corrected; "only b" is said of all.
  const alike = before.filter((cell) => sorts.has(sortOf(cell)?.sort ?? ''));
  const isOnly = after.some((cell) => !cell.quoted && /^(only|just)$/.test(cell.low));
  return (isOnly ? alike : alike.slice(-1)).find(
    (cell) => !sortOf(cell)!.keys.some((key) => again.has(key)) && isUsed(cell),
  );
}

/** "stop a, scrap that, snapshot b": the step, and not the thing. */
function isScrapped(steps: readonly StepDraft[], cells: readonly Cell[]): boolean {
  return cells.some((cell, at) => {
    const isThat = !cell.quoted && cell.low === 'scrap' && cells[at + 1]?.low === 'that';
    const isApart =
      isWord(cells[at - 1], 'comma', 'stop', 'and') && isWord(cells[at + 2], 'comma', 'stop', 'and');
    const isStep = steps.some(
      ({ operation, evidence }) =>
        !operation.startsWith('delete.') && evidence.some(({ end }) => end <= cell.start),
    );
    return isThat && isApart && isStep;
  });
}

const doing =
  /^(do|did|handle|handled|take|took|reboot|rebooted|restart|restarted|stop|stopped|start|started|have done|take care of|will do|do with|did with|did to)$/;
const someone =
  /^(i|we|he|she|they|you|i will|we will|he will|she will|i shall|somebody|someone|the others?)$/;

/** "reboot a, I will do b", "the way you rebooted b": said of somebody's own doing. */
function isOwnDoing(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const cell = cells[at]!;
  const name = cell.quoted || senseOf(cell, 'env') ? undefined : senseOf(cell, 'name');
  if (
    !name?.exact ||
    name.ids.some((id) => id.includes(':action/')) ||
    !steps.some(
      ({ target }) => target?.kind === 'resources' && target.ids.some((id) => name.ids.includes(id)),
    )
  )
    return false;
  let before = at - 1;
  while (isWord(cells[before], 'det', 'prep') && !cells[before]!.quoted) before--;
  const deed = cells[before];
  const who = cells[before - 1];
  const isDeed = deed && !deed.quoted && doing.test(deed.low);
  const isPerson = who !== undefined && firstName.test(who.low);
  const isTold = who && !who.quoted && (someone.test(who.low) || isPerson) && before > 1;
  if (!isDeed || !isTold) return false;
  const lead = cells[before - 2];
  // "can you reboot a", "i want you to": asked for.
  const isWay = /^(way|like|as|how|what)$/.test(lead?.low ?? '');
  const isPast = /(ed|did|took|done)$/.test(deed.low);
  const isOwn =
    /^(i|we|he|she|they)( will| shall)?$/.test(who.low) || isPerson || /^(somebody|someone)$/.test(who.low);
  return (
    (isWay || isOwn) &&
    (isWay || isPast || /^(do|handle|take)/.test(deed.low)) &&
    !cells.slice(at + 1, at + 3).some((one) => isWord(one, 'need'))
  );
}
