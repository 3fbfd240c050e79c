// One of several things with words of its own: "open 22 on a and b, the latter only from 10.0.0.0/8", "stop all dev vms, a
// only needs a reboot", "bob wants a stopped, but that is the wrong one, stop b instead", "a hangs because b was restarted,
// restart it". A plan that treats them alike, does both or takes the other one is offered as a question. Called by
// `notAsSaid`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { idsOf, nameOf } from './targets.ts';

/** Of which of several things something was said that the plan has for all or for another. */
export function oneOfSeveral({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const parts = partsOf(cells);
  const own =
    ownTerm(steps, parts) ?? ownSetting(steps, parts) ?? ownDeed(steps, parts) ?? twice(steps, cells);
  if (own)
    return { about: 'scope', question: `What is said of "${own.text}" alone, and what of the others?` };
  const wrong = takenForWrong(steps, parts);
  if (wrong)
    return { about: 'target', question: `"${wrong}": which of these is to be done, then?`, isEmpty: true };
  const left = numberLeft(steps, cells);
  if (left) return { about: 'scope', question: `"${left.text}": which are to be left alone?`, isEmpty: true };
  const pointed = inReason(steps, cells) ?? ownOfSeveral(steps, parts);
  return pointed && { about: 'target', question: `What does "${pointed.text}" stand for here?` };
}

/** The text between its marks; "but" and "except" begin a part of their own. */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    const isMark = !cell.quoted && isWord(cell, 'comma', 'stop', 'open', 'close', 'colon', 'afterwards');
    const isTurn = !cell.quoted && /^(but|except|except for)$/.test(cell.low);
    if (isMark || isTurn) parts.push([]);
    if (!isMark) parts.at(-1)!.push(cell);
  }
  return parts.filter((part) => part.length > 0);
}

/** "stop all dev vms, leave two alone": which two, nobody says. */
function numberLeft(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const isNumber = (cell: Cell | undefined): boolean =>
    cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'number';
  const left = cells.find(
    (_, at) =>
      isWord(cells[at + 2], 'alone') && isNumber(cells[at + 1]) && isWord(cells[at], 'except', 'stays'),
  );
  return steps.some((step) => idsOf(step).length > 1) ? left : undefined;
}

const within = (part: readonly Cell[], { start, end }: { start: number; end: number }): boolean =>
  start >= part[0]!.start && end <= part.at(-1)!.end;

const pointing = /^(the )?(former|latter|first one|second one|third one|last one|other one|other)$/;

/** "…, the latter only from 10.0.0.0/8": a figure behind one of several, which all of them got. */
function ownTerm(steps: readonly StepDraft[], parts: readonly (readonly Cell[])[]): Cell | undefined {
  for (const step of steps) {
    const ids = idsOf(step);
    if (ids.length < 2) continue;
    const verb = step.evidence.find(({ part }) => part === 'verb');
    for (const part of parts.slice(1)) {
      if (verb && within(part, verb)) continue;
      const isFigured = step.evidence.some(
        (one) => one.part.startsWith('args.') && one.part !== 'args.hard' && within(part, one),
      );
      const named = part.filter((cell) => nameOf(cell)?.some((id) => ids.includes(id)));
      const owner = named[0] ?? part.find((cell) => !cell.quoted && pointing.test(cell.low));
      // "a, b and c to 5": the end of the list.
      const isRow = part.some((cell, at) => isWord(cell, 'and') && nameOf(part[at + 1]) && at < 2);
      const isAgain = owner && (pointing.test(owner.low) || isNamedBefore(owner, part, parts));
      if (isFigured && owner && isAgain && !isRow && named.length < 2) return owner;
    }
  }
  return undefined;
}

/** "create a1 and a2 with S.2, a2 on mgmt-net": of two that are made, what only one is to have. */
function ownSetting(steps: readonly StepDraft[], parts: readonly (readonly Cell[])[]): Cell | undefined {
  const made = steps.filter(({ operation }) => operation.startsWith('create.'));
  const names = made.map(({ args }) => String(args.name ?? '').toLowerCase());
  if (made.length < 2) return undefined;
  for (const part of parts.slice(1)) {
    const owners = part.filter((cell) => names.includes(cell.low) || pointing.test(cell.low));
    const [owner] = owners;
    if (!owner || owners.length > 1 || !(pointing.test(owner.low) || isNamedBefore(owner, part, parts)))
      continue;
    const isShared = (one: StepDraft['evidence'][number]): boolean =>
      one.part.startsWith('args.') &&
      one.part !== 'args.name' &&
      within(part, one) &&
      made.filter(({ evidence }) => evidence.some(({ start }) => start === one.start)).length > 1;
    if (made.some(({ evidence }) => evidence.some(isShared))) return owner;
  }
  return undefined;
}

const isNamedBefore = (cell: Cell, own: readonly Cell[], parts: readonly (readonly Cell[])[]): boolean =>
  parts
    .slice(0, parts.indexOf(own))
    .flat()
    .some((one) => !one.quoted && one.low === cell.low);

const merely = /^(only|just|merely|simply|instead|rather)$/;

/** "stop all dev vms, a only needs a reboot": one of a set, for which another deed was said. */
function ownDeed(steps: readonly StepDraft[], parts: readonly (readonly Cell[])[]): Cell | undefined {
  for (const step of steps) {
    const ids = idsOf(step);
    const all = steps.find(
      (one) =>
        one !== step &&
        one.operation !== step.operation &&
        idsOf(one).length > ids.length &&
        ids.length > 0 &&
        ids.every((id) => idsOf(one).includes(id)),
    );
    const part = all && parts.find((one) => step.evidence.some((evidence) => within(one, evidence)));
    const owner = part?.find((cell) => nameOf(cell)?.some((id) => ids.includes(id)));
    // "then drain only a" comes behind; "a only needs a reboot" is said in its stead.
    const isMerely =
      owner &&
      (isWord(part![0], 'except') ||
        part!.slice(part!.indexOf(owner)).some((cell) => !cell.quoted && merely.test(cell.low)));
    if (isMerely) return owner;
  }
  // "…, except that a is to be rebooted"
  const lost = parts.find((part) => {
    if (!isWord(part[0], 'except') || part[0]!.low === 'but') return false;
    const named = part.findIndex((cell) => nameOf(cell) !== undefined);
    const deed = part.findIndex((cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'ed');
    const verb = part[deed];
    if (!verb || named < 1 || deed < named || !due.test(plainText(part.slice(named + 1, deed)))) return false;
    return !steps.some(({ evidence }) =>
      evidence.some(({ start, end }) => start < verb.end && verb.start < end),
    );
  });
  return lost?.find((cell) => nameOf(cell) !== undefined);
}

const due = /^(which )?(is to|are to|has to|have to|needs to|need to|should|must|shall)( only| just)?( be)?$/;

/** "scale a and b to 3, b to 5", "reboot them, the last one first": one of them twice. */
function twice(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  const isAgain = cells.some((cell) => !cell.quoted && (isWord(cell, 'again') || repeating.test(cell.low)));
  const same = steps.find((step, at) =>
    steps
      .slice(0, at)
      .some(
        (one) =>
          one.operation === step.operation &&
          /^(reboot|stop|start|restart|rollout-restart|rollback|drain|cordon|delete)\./.test(one.operation) &&
          idsOf(one).some((id) => idsOf(step).includes(id)),
      ),
  );
  const last = isAgain
    ? undefined
    : cells.findLast((cell) => nameOf(cell) ?? isWord(cell, 'pronoun', 'other', 'last'));
  if (same && last) return last;
  for (const [at, step] of steps.entries()) {
    const ids = idsOf(step);
    const before = steps
      .slice(0, at)
      .find(
        (one) =>
          one.operation === step.operation &&
          idsOf(one).length > 1 &&
          ids.some((id) => idsOf(one).includes(id)) &&
          JSON.stringify(one.args) !== JSON.stringify(step.args),
      );
    if (!before || ids.length >= idsOf(before).length || !/^(scale|resize)\./.test(step.operation)) continue;
    const from = Math.max(0, ...before.evidence.map(({ end }) => end));
    const isThen = cells.some((cell) => cell.start >= from && isWord(cell, 'afterwards') && !cell.quoted);
    const owner = cells.findLast((cell) => nameOf(cell)?.some((id) => ids.includes(id)));
    if (!isThen && owner) return owner;
  }
  return undefined;
}

const repeating = /^(twice|thrice|two times|second time|afterwards|then|after that|later)$/;

const wrongly =
  /\b(wrong|mistake|mistaken|incorrect|not the right|not right|an error|a typo|typed wrong|mixed up|mixed them up)\b/;
const meantOther =
  /^(but |and |no |actually |in fact )*(it|that|this) (should|must|ought to|has to|had to|was supposed to|is supposed to|is meant to|was meant to|was to|is to) (have been|be|read|say) \u25a1$/;

/** "stop a, but that is the wrong one, stop b": what was called wrong is a step all the same. */
function takenForWrong(steps: readonly StepDraft[], parts: readonly (readonly Cell[])[]): string | undefined {
  const partOf = ({ evidence }: StepDraft): number =>
    parts.findIndex((part) => evidence.some((one) => one.part === 'verb' && within(part, one)));
  for (const [at, part] of parts.entries()) {
    const text = part.map((cell) => (cell.quoted || nameOf(cell) ? '\u25a1' : cell.low)).join(' ');
    if (!wrongly.test(text) && !meantOther.test(text)) continue;
    const isBoth = steps.some((step) => {
      const from = partOf(step);
      return (
        from >= 0 &&
        from < at &&
        steps.some(
          (other) =>
            other.operation === step.operation &&
            idsOf(other).join() !== idsOf(step).join() &&
            partOf(other) > at,
        )
      );
    });
    if (isBoth) return part.map((cell) => cell.text).join(' ');
  }
  return undefined;
}

const it = /^(it|that|this|that one|this one|them)$/;
const reason =
  /^(because|because of|since|ever since|as|due to|thanks to|owing to|after|once|when|while|whenever|now that|as soon as)$/;

/** "a hangs because b was restarted, restart it": the one told of, or the one in the reason? */
function inReason(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  for (const step of steps) {
    const ids = idsOf(step);
    const verb = step.evidence.find(({ part }) => part === 'verb')?.start ?? 0;
    const at = cells.findIndex(
      (cell, index) =>
        !cell.quoted &&
        it.test(cell.low) &&
        (cells[index - 1]?.start === verb ||
          step.evidence.some(({ part, start }) => part === 'target' && start === cell.start && start > verb)),
    );
    const from = cells.findLastIndex(
      (cell, index) => index < at && !cell.quoted && isWord(cell, 'stop', 'colon', 'close'),
    );
    const told = cells.slice(from + 1, Math.max(0, at));
    const meant = told.findIndex((cell) => nameOf(cell)?.some((id) => ids.includes(id)));
    const why = told.findIndex(
      (cell, index) =>
        index > 0 && index < meant && !cell.quoted && (reason.test(cell.low) || isWord(cell, 'because')),
    );
    const subject = told.findIndex((cell, index) => {
      const named = nameOf(cell);
      return index < why && named !== undefined && !named.some((id) => ids.includes(id)) && named.some(isRun);
    });
    const isStep = steps.some((one) => one !== step && idsOf(one).some((id) => ids.includes(id)));
    if (ids.length === 1 && !isStep && at > 0 && why > 0 && subject >= 0) return cells[at];
  }
  return undefined;
}

/** Words of a heading that only names a place, and one more. */
const headingMax = 4;

/** "a was attacked from b. Take its floating ip away": of one, and the plan does it for both. */
function ownOfSeveral(steps: readonly StepDraft[], parts: readonly (readonly Cell[])[]): Cell | undefined {
  for (const step of steps) {
    if (idsOf(step).length < 2) continue;
    const part = parts.find((one) =>
      step.evidence.some((evidence) => evidence.part === 'verb' && within(one, evidence)),
    );
    const own = part?.find((cell) => !cell.quoted && cell.low === 'its');
    // "zone eu-a: drain its nodes"
    const isHeaded = part === parts[1] && parts[0]!.length < headingMax;
    if (own && !isHeaded && !part!.some((cell) => nameOf(cell) !== undefined)) return own;
  }
  return undefined;
}

/** What runs, and can hang. */
const isRun = (id: string): boolean =>
  /:(vm|deployment|statefulset|daemonset|database|pod|node|job|cronjob|service)\//.test(id);
