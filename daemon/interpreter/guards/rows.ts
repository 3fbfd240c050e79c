// Rows of steps of which the plan has not all, or has one thing for another: "decom vpn-gw: stop it, snapshot it" without
// what it is about, "web-10: snapshot, stop web-1, delete", "snapshot already taken, reboot", "snapshot, ask bob, reboot",
// "a in prod gets 6, a in staging 2" where only one place is in a step. Such a plan is offered as a question. Called by
// `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { destroying, plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { notAsSaid } from './wholeText.ts';

/** Why a row of steps may not be the one that was said. */
export function rowBroken(
  reading: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const { steps } = reading;
  const unlike = notAsSaid(reading, cells, inventory);
  if (unlike) return unlike;
  const text = plainText(cells);
  if (asking.test(text))
    return { about: 'op', question: 'Somebody is to be asked first. Is all of this to be done now?' };
  const isTaken = steps.some(({ operation }) => operation.startsWith('snapshot.')) && taken.test(text);
  if (isTaken) return { about: 'op', question: 'Is another snapshot to be taken? One is said to be there.' };
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  const head = cells.slice(0, Math.max(0, colon));
  const gone = steps.filter(({ operation }) => operation.startsWith('delete.'));
  const deed = head.find((cell) => !isWord(cell, 'filler'));
  const isGoing =
    deed !== undefined &&
    !deed.quoted &&
    !senseOf(deed, 'name') &&
    deed.low !== 'release' &&
    (destroying.has(senseOf(deed, 'verb')?.phrase ?? '') || /^decomm?$/.test(deed.low));
  if (isGoing && gone.length === 0 && steps.length > 1)
    return { about: 'op', question: `What is "${deed.text}"? Nothing is taken away in this plan.` };
  const headed = head.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const isOther = gone.some(({ target, evidence }) => {
    if (target?.kind !== 'resources') return false;
    const own = target.ids.join();
    // "scale a to 0, b to 1, then delete": which of the two?
    const isMixed = steps.some(
      (step) =>
        !step.operation.startsWith('delete.') &&
        step.target?.kind === 'resources' &&
        step.target.ids.join() !== own,
    );
    if (headed.length === 0 && !isMixed) return false;
    const kinds = new Set(target.ids.map((id) => inventory.get(id)?.kind));
    const isOfHead = headed.some((id) => kinds.has(inventory.get(id)?.kind));
    const parts = evidence.filter(({ part }) => part === 'target');
    const isNamed = target.ids.every((id) =>
      cells.some(
        (cell) =>
          (headed.length > 0 || cell.start > (evidence.find(({ part }) => part === 'verb')?.start ?? 0)) &&
          senseOf(cell, 'name')?.ids.includes(id) &&
          parts.some(({ start, end }) => start <= cell.start && cell.end <= end),
      ),
    );
    const verb = evidence.find(({ part }) => part === 'verb');
    const next = verb && cells.find((cell) => cell.start >= verb.end);
    const isElided = next === undefined || isWord(next, 'comma', 'stop', 'and', 'afterwards', 'filler');
    const deedCell = verb && cells.find((cell) => cell.start === verb.start);
    const isBare = senseOf(deedCell, 'verb')?.form === 'base' && !isWord(next, 'afterwards', 'filler', 'and');
    if (headed.length === 0) return isElided && isBare && !isNamed;
    return (isOfHead || isElided) && !isNamed && !target.ids.every((id) => headed.includes(id));
  });
  if (isOther) return { about: 'target', question: 'Which one is to be deleted? Say it by its name.' };
  const same = sameThing.exec(text)?.[1];
  if (same !== undefined && !steps.some(({ operation }) => sameDeeds[same]!.test(operation)))
    return { about: 'op', question: `"The same ${same}" is in no step of this plan. What is to be done?` };
  const other = stateGone(steps, cells) ?? elsewhere(steps, cells, inventory) ?? revisionGone(steps, cells);
  if (other) return { about: 'op', question: `What is "${other.text}" about? It is not in this plan.` };
  const place = placeGone(steps, cells, inventory);
  return (
    place && {
      about: 'target',
      question: `What is to be done in ${place.text}? It is in no step of this plan.`,
    }
  );
}

const sameThing = /\b(?:the )?same (image|flavor|size|number)(?: (?:for|on|in|to)\b|[,.]|$)/;
const sameDeeds: Readonly<Record<string, RegExp>> = {
  image: /^(set-image|create|list|show|rollback)\./,
  flavor: /^(resize|create|list|show)\./,
  size: /^(resize|create|scale|list|show|restore)\./,
  number: /^(scale|resize|create|list|show)\./,
};

/** "turn a on, b off", where nothing is turned off. */
function stateGone(steps: PlanReading['steps'], cells: readonly Cell[]): Cell | undefined {
  const isOn = steps.some(({ operation }) => /^(start|resume|enable|policy\.enable)/.test(operation));
  const isOff = steps.some(
    ({ operation }) => !/^(start|resume|enable|policy\.enable|delete|list|show|tag)/.test(operation),
  );
  const said = cells.filter((cell) => !cell.quoted && /^(turn|switch|power)$/.test(cell.low));
  if (!isOn || isOff || said.length !== 1) return undefined;
  return cells.find(
    (cell, at) =>
      !cell.quoted &&
      /^(off|down)$/.test(cell.low) &&
      at > cells.indexOf(said[0]!) + 1 &&
      (cells[at + 1] === undefined || isWord(cells[at + 1], 'comma', 'and', 'stop', 'filler')),
  );
}

/** "same image for checkout in prod, then scale it": the place beside a name that the plan's thing of that name is not in. */
function elsewhere(
  steps: PlanReading['steps'],
  cells: readonly Cell[],
  inventory: Inventory,
): Cell | undefined {
  const targets = steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  return cells.find((cell, at) => {
    const ids = cell.quoted ? [] : (senseOf(cell, 'name')?.ids ?? []);
    const place = cells[at + 2];
    const isIn = cells[at + 1]?.low === 'in' && place !== undefined && !place.quoted;
    const spaces = (isIn ? (senseOf(place, 'name')?.ids ?? []) : []).flatMap((id) => {
      const one = inventory.get(id);
      return one?.kind === 'namespace' ? [one.name] : [];
    });
    const kinds = new Set(targets.map((id) => inventory.get(id)?.kind));
    const there = ids.filter(
      (id) => spaces.includes(inventory.get(id)?.namespace ?? '') && kinds.has(inventory.get(id)?.kind),
    );
    return (
      there.length > 0 && targets.some((id) => ids.includes(id)) && !there.some((id) => targets.includes(id))
    );
  });
}

/** "revision 5 was fine, go back to that", where the plan goes back to another. */
function revisionGone(steps: PlanReading['steps'], cells: readonly Cell[]): Cell | undefined {
  const isBack = steps.some(
    ({ operation, args }) => operation.startsWith('rollback.') && args.to_revision === undefined,
  );
  const isRead = (n: number): boolean => steps.some(({ args }) => args.to_revision === n);
  return isBack
    ? cells.find((cell, at) => {
        const value = senseOf(cells[at + 1], 'value')?.value;
        const isGood = /^(was|is|were|works|worked|ran|looked)$/.test(cells[at + 2]?.low ?? '');
        // "it should have gone to revision 2"
        const isGoal = /(^| )to$/.test(cells[at - 1]?.low ?? '');
        return (
          !cell.quoted &&
          isWord(cell, 'revision') &&
          value?.k === 'number' &&
          (isGood || (isGoal && !isRead(value.n)))
        );
      })
    : undefined;
}

const asking =
  /[,;:] *(?:then |and )?(?:ask|consult|inform|notify|call|ping|tell) (?!(?:me|us|for|it|them)\b)[a-z]+ *[,;]|\b(?:before|prior to)(?: doing)? (?:that|this|it|so) *,? *(?:(?:please|just|also|first|you|do|go|better) )*(?:ask|consult|inform|notify|call|ping|tell|warn|mail|e-?mail|message|check with|clear it with|talk (?:to|with)|speak (?:to|with)|wait)\b(?! (?:me|us)\b)/;
const taken =
  /\b(?:snapshots?|backups?) (?:(?:is|was|are|were|has been|have been|got) )?(?:already )?(?:already (?:taken|made|done|there|exists?)|exists? already)\b|\balready (?:took|made|have|has|had|got|took us) (?:a |one |the )?(?:snapshot|backup)/;

/** "search in staging 2": the amount of a place that no target is in. */
function placeGone(
  steps: PlanReading['steps'],
  cells: readonly Cell[],
  inventory: Inventory,
): Cell | undefined {
  const scaled = steps.filter(({ operation }) => operation.startsWith('scale.'));
  if (scaled.length === 0) return undefined;
  const spaces = new Set(
    steps.flatMap(({ target }) =>
      target?.kind === 'resources' ? target.ids.map((id) => inventory.get(id)?.namespace) : [],
    ),
  );
  return cells.find((cell, at) => {
    const ids = cell.quoted ? [] : (senseOf(cell, 'name')?.ids ?? []);
    const places = ids.flatMap((id) => {
      const one = inventory.get(id);
      return one?.kind === 'namespace' ? [one.name] : [];
    });
    const isAmount = [cells[at + 1], cells[at + 2]].some(
      (one) => one?.quoted === false && senseOf(one, 'value')?.value.k === 'number',
    );
    const isRuledOut =
      isWord(cells[at - 1], 'outside', 'except', 'not') || isWord(cells[at - 2], 'outside', 'except');
    return places.length > 0 && isAmount && !isRuledOut && !places.some((name) => spaces.has(name));
  });
}
