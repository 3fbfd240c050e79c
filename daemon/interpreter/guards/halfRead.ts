// Orders of which the plan has only a half: "stop it instead of rebooting it" where both are done, "back to revision fie",
// "scale all to 1, but web to 2", "clrdn worker-4 and drain it". What was said may be read, and what it was said with not;
// the plan is then offered as a question. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { isIdentifier } from '../phrases/nounContext.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** What of an order the plan has only half of. */
export function halfRead(
  reading: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const open =
    cells.find((_, at) => isInstead(cells, at, reading, catalogue)) ??
    cells.find((_, at) => isBadRevision(cells, at)) ??
    cells.find((_, at) => isUnknownOrder(cells, at, reading)) ??
    cells.find((_, at) => isNewNameGone(cells, at, reading)) ??
    cells.find((_, at) => isAlikeTag(cells, at, reading)) ??
    cells.find((_, at) => isEitherTag(cells, at, reading)) ??
    cells.find((_, at) => isWidened(cells, at));
  if (cells.some((_, at) => isSparedTarget(cells, at, reading) || isExceptedTarget(cells, at, reading)))
    return { about: 'scope', question: 'A thing is both named and spared there. Is this what is meant?' };
  if (exceptionGone(reading, cells))
    return { about: 'scope', question: 'One of these would be changed twice. Is that what is meant?' };
  const name = reading.steps.find(({ args }) => typeof args.name === 'string' && told.test(args.name));
  if (name)
    return { about: 'args', question: `What is it to be called? "${name.args.name}" tells of a name.` };
  // "roll it back to before the weekend": no restart.
  const isRestart = reading.steps.some(({ operation }) => operation.startsWith('rollout-restart.'));
  if (
    isRestart &&
    rolledBack.test(plainText(cells)) &&
    !reading.steps.some(({ operation }) => operation.startsWith('rollback.'))
  )
    return { about: 'op', question: 'Is it to be rolled back, or restarted?' };
  const from = cells.find((_, at) => isOldSize(cells, at, reading));
  if (from) return { about: 'args', question: `From ${from.text} to what?` };
  const isRolled = reading.steps.some(
    ({ operation, args }) => /^rollback\./.test(operation) && args.to_revision === undefined,
  );
  if (isRolled && toPoint.test(plainText(cells)))
    return { about: 'args', question: 'To which revision? It is one back without it.' };
  const back = backGone(reading, cells);
  if (back)
    return { about: 'op', question: `What is "${back.text}" here: as it was before, or as it is now?` };
  return open && { about: 'op', question: `What does "${open.text}" mean here?` };
}

/** "bump a from 400 GB", "tag a with the value of b": the figure that was is no new one. */
function isOldSize(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const value = cells[at]!.quoted ? undefined : senseOf(cells[at], 'value')?.value;
  const figure = value?.k === 'size' ? value.gb : value?.k === 'number' ? value.n : undefined;
  return (
    figure !== undefined &&
    cells[at - 1]?.low === 'from' &&
    steps.some(
      ({ operation, args }) =>
        /^(scale|resize)\./.test(operation) && (args.size_gb === figure || args.replicas === figure),
    )
  );
}

const rolledBack =
  /^(?!.*\b(?:restart|reboot|bounce|recycle|cycle|kick)\b).*\broll(?:ed|ing)? (?:[^,;.]{0,40} )?back\b/;
/** "roll it back to before the weekend", "… to what it was yesterday" */
const toPoint =
  /\bto (?:before (?:the|last)|yesterday|last (?:week|month|night|\w+day)|the (?:one|version|revision|release|build|image) before (?:the )?(?:last|previous)|the (?:second|third)[ -]last|\w+ (?:versions?|revisions?|releases?|days?|weeks?) (?:ago|back)|(?:what|how|where|the (?:state|version|one|release)) [^,;.]*\b(?:yesterday|last (?:week|month|night|friday)|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this morning|days? ago))\b/;

/** "name it after today" */
const told = /^(after|like|as|for|with|by|from|the|its|whatever|something|according) /i;

/**
 * "scale a to 5 and put it back", "… to 0 and then back": a rollout is no way back from a number of copies, and neither is
 * nothing at all. "delete and recreate a": what is deleted is not there for the next step.
 */
function backGone({ steps }: PlanReading, cells: readonly Cell[]): Cell | undefined {
  const isAfter = (earlier: RegExp, later: RegExp): boolean =>
    steps.some(
      (step, at) =>
        later.test(step.operation) &&
        steps
          .slice(0, at)
          .some((one) => earlier.test(one.operation) && idsOf(one).some((id) => idsOf(step).includes(id))),
    );
  const verb = (words: RegExp): Cell | undefined =>
    cells.find((cell) => !cell.quoted && !senseOf(cell, 'name') && words.test(cell.low));
  if (isAfter(/^delete\./, /./))
    return verb(/^(re-?(create|make|deploy|build|start)|restart|create|again|back)/);
  const isRolled = isAfter(/^(scale|resize|set-image)\./, /^rollback\./);
  if (isRolled && !verb(/roll|revert|previous|revision|version|release/))
    return verb(/\bback\b|undo|restore|again/);
  const last = cells.findLast((cell) => !isWord(cell, 'stop', 'filler') || cell.low === 'back');
  const isBare = last?.low === 'back' && isWord(cells[cells.indexOf(last) - 1], 'and', 'afterwards', 'comma');
  return isBare ? last : undefined;
}

/** "stop a instead of rebooting it", where the plan reboots it, too. */
function isInstead(
  cells: readonly Cell[],
  at: number,
  { steps }: PlanReading,
  catalogue: Catalogue,
): boolean {
  const cell = cells[at]!;
  if (cell.quoted || !/^(instead of|rather than|in place of|in lieu of)$/.test(cell.low)) return false;
  const verb = senseOf(cells[at + 1], 'verb');
  if (!verb || senseOf(cells[at + 1], 'name')) return false;
  return steps.some(({ operation }) => {
    const own = catalogue.get(operation);
    return own !== undefined && verbWords[own.verb].includes(verb.phrase);
  });
}

/** "back to revision fie" */
function isBadRevision(cells: readonly Cell[], at: number): boolean {
  const before = cells[at - 1];
  const next = cells[at + 1];
  const isEnd = next === undefined || isWord(next, 'comma', 'stop', 'and', 'afterwards', 'filler');
  return (
    before !== undefined &&
    !before.quoted &&
    isWord(before, 'revision') &&
    isEnd &&
    (isUnknown(cells[at]!) || cells[at]!.repaired)
  );
}

/** "clrdn worker-4 and then drain it": a word before a thing that is in the plan, where an order would stand. */
function isUnknownOrder(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const cell = cells[at]!;
  const name = senseOf(cells[at + 1], 'name');
  const isLed = at === 0 || isWord(cells[at - 1], 'and', 'afterwards', 'comma', 'stop');
  if (!isLed || !isUnknown(cell) || !name?.exact || cells[at + 1]!.quoted) return false;
  return (
    isWord(cells[at + 2], 'and', 'afterwards') &&
    steps.some(({ target }) => target?.kind === 'resources' && name.ids.some((id) => target.ids.includes(id)))
  );
}

/** "snapshot mail-spool to mail-before-update": what nothing is called, and nothing gets as its name. */
function isNewNameGone(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const cell = cells[at]!;
  if (!isIdentifier(cell) || !/^(to|as|into)$/.test(cells[at - 1]?.low ?? '')) return false;
  // Behind its own order, and in no reason.
  const lead = cells.slice(
    cells.findLastIndex((one, index) => index < at && isWord(one, 'comma', 'stop', 'because')) + 1,
    at,
  );
  if (!lead.some((one) => senseOf(one, 'verb')?.form === 'base')) return false;
  return !JSON.stringify(steps.map(({ args }) => args))
    .toLowerCase()
    .includes(cell.low);
}

/** "delete web-1 and web-10 but not web-1": a thing that is spared and in the plan. */
function isSparedTarget(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const cell = cells[at]!;
  if (
    cell.quoted ||
    /^but$|\b(keep|leave)/.test(cell.low) ||
    !isWord(cell, 'except', 'not') ||
    senseOf(cell, 'name')
  )
    return false;
  let next = at + 1;
  while (
    isWord(cells[next], 'det', 'except') ||
    (senseOf(cells[next], 'kind') && !senseOf(cells[next], 'name'))
  )
    next++;
  const name = cells[next]?.quoted ? undefined : senseOf(cells[next], 'name');
  if (!name?.exact) return false;
  // "restart all of them except ledger; that one goes to 3 replicas": spared by the one, and in a step of its own.
  const isSpared = steps.some(
    (step) => idsOf(step).length > 1 && !name.ids.some((id) => idsOf(step).includes(id)),
  );
  const isSaidAgain = cells
    .slice(next + 1)
    .some((one) => one.low === cells[next]!.low || /^(that|this) one$/.test(one.low));
  const others = steps.filter(
    (step) => !(isSpared && isSaidAgain && idsOf(step).length === 1 && !step.operation.startsWith('delete.')),
  );
  const ids = others.flatMap(idsOf);
  return name.ids.some((id) => ids.includes(id));
}

/** "nobody needs them, jenkins excepted, switch those off": what is said to be spared, and in the plan. */
function isExceptedTarget(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const cell = cells[at]!;
  if (cell.quoted || !/^(excepted|excluded|exempt|exempted|spared|aside|notwithstanding)$/.test(cell.low))
    return false;
  let from = at - 1;
  while (
    from > 0 &&
    (isWord(cells[from], 'be') || senseOf(cells[from], 'kind')) &&
    !senseOf(cells[from], 'name')
  )
    from--;
  const name = cells[from]?.quoted ? undefined : senseOf(cells[from], 'name');
  const ids = steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  return name?.ids.some((id) => ids.includes(id)) === true;
}

/** "with the same team as mongo-1": a tag that would be called like the thing it is to be taken from. */
function isAlikeTag(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const cell = cells[at]!;
  if (
    cell.quoted ||
    !senseOf(cell, 'name') ||
    !/^(as|like|than|value of)$/.test(
      cells[at - 1]?.low === 'of' ? `${cells[at - 2]?.low} of` : (cells[at - 1]?.low ?? ''),
    )
  )
    return false;
  return steps.some(
    ({ operation, args }) =>
      operation.startsWith('tag.') &&
      JSON.stringify(args.tags ?? {})
        .toLowerCase()
        .includes(`:"${cell.low}"`),
  );
}

/** "disk=ssd or disk=hdd", "not disk=ssd": one of two, or none. */
function isEitherTag(cells: readonly Cell[], at: number, { steps }: PlanReading): boolean {
  const isTags = (cell: Cell | undefined): boolean => senseOf(cell, 'value')?.value.k === 'tags';
  const isOther = isWord(cells[at - 1], 'or') && isTags(cells[at - 2]);
  const isDenied = isWord(cells[at - 1], 'not') && /(^|\b)not$/.test(cells[at - 1]!.low);
  return (
    isTags(cells[at]) && (isOther || isDenied) && steps.some(({ operation }) => operation.startsWith('tag.'))
  );
}

/** "cordon worker-4, every node": a thing, and all of its kind. */
function isWidened(cells: readonly Cell[], at: number): boolean {
  const kinds = senseOf(cells[at + 1], 'kind')?.kinds ?? [];
  const before = senseOf(cells[at - 2], 'name');
  const isAll = isWord(cells[at], 'all') && !cells[at]!.quoted && isWord(cells[at - 1], 'comma');
  const isEnd = cells[at + 2] === undefined || isWord(cells[at + 2], 'stop', 'filler');
  return isAll && isEnd && before?.ids.some((id) => kinds.some((kind) => id.includes(`:${kind}/`))) === true;
}

const isUnknown = (cell: Cell): boolean =>
  !cell.quoted && cell.senses.length === 0 && /^[a-z]{3,}$/.test(cell.low);

/** "scale all of staging to 1, but web to 2": one of them twice. */
function exceptionGone({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  if (!cells.some((cell) => !cell.quoted && /^(but|except|only)$/.test(cell.low))) return false;
  const seen = new Set<string>();
  return steps.some(({ operation, target }) => {
    const ids =
      target?.kind === 'resources' && /^(scale|resize|set-image)\./.test(operation) ? target.ids : [];
    const isAgain = ids.some((id) => seen.has(`${operation} ${id}`));
    for (const id of ids) seen.add(`${operation} ${id}`);
    return isAgain;
  });
}
