// Rows of steps of which the plan has not all, or has one thing for another: "decom vpn-gw: stop it, snapshot it" without
// what it is about, "web-10: snapshot, stop web-1, delete", "snapshot already taken, reboot", "snapshot, ask bob, reboot",
// "a in prod gets 6, a in staging 2" where only one place is in a step. Such a plan is offered as a question. Called by
// `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { destroying, plainText } from './guard.ts';
import type { Doubt } from './objections.ts';

/** Why a row of steps may not be the one that was said. */
export function rowBroken(
  { steps }: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const text = plainText(cells);
  if (asking.test(text))
    return { about: 'op', question: 'Somebody is to be asked first. Is all of this to be done now?' };
  const isTaken = steps.some(({ operation }) => operation.startsWith('snapshot.')) && taken.test(text);
  if (isTaken) return { about: 'op', question: 'Is another snapshot to be taken? One is said to be there.' };
  const colon = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  const head = cells.slice(0, Math.max(0, colon));
  const gone = steps.filter(({ operation }) => operation.startsWith('delete.'));
  const deed = [head.find((cell) => !isWord(cell, 'filler'))].find(
    (cell) =>
      cell !== undefined &&
      !cell.quoted &&
      cell.low !== 'release' &&
      (destroying.has(senseOf(cell, 'verb')?.phrase ?? '') || /^decomm?$/.test(cell.low)),
  );
  if (deed && !senseOf(deed, 'name') && gone.length === 0 && steps.length > 1)
    return { about: 'op', question: `What is "${deed.text}"? Nothing is taken away in this plan.` };
  const headed = head.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const isOther = gone.some(({ target, evidence }) => {
    if (target?.kind !== 'resources' || headed.length === 0) return false;
    const kinds = new Set(target.ids.map((id) => inventory.get(id)?.kind));
    const isOfHead = headed.some((id) => kinds.has(inventory.get(id)?.kind));
    const said = evidence.map(({ text: words }) => words.toLowerCase()).join(' ');
    const isNamed = target.ids.every((id) => said.includes(inventory.get(id)?.name.toLowerCase() ?? id));
    return isOfHead && !isNamed && !target.ids.every((id) => headed.includes(id));
  });
  if (isOther) return { about: 'target', question: 'Which one is to be deleted? Say it by its name.' };
  const place = placeGone(steps, cells, inventory);
  return (
    place && {
      about: 'target',
      question: `What is to be done in ${place.text}? It is in no step of this plan.`,
    }
  );
}

const asking =
  /[,;:] *(?:then |and )?(?:ask|consult|inform|notify|call|ping|tell) (?!(?:me|us|for|it|them)\b)[a-z]+ *[,;]/;
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
    return places.length > 0 && isAmount && !places.some((name) => spaces.has(name));
  });
}
