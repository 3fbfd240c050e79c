// "reboot web-1 and web-10 in turn", "drain both workers one at a time", "stop a, snapshot b, start a. in that order": a
// step about several things is a step for each of them then, each behind the one before it, so that never two of them are
// at work at once. Words in, the same steps in a row out; nothing is added or left out. Called last, over every reading.

import type { PlanReading, Reading, StepDraft } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';

const inTurn =
  /\b(?:(?<!\bat )one (?:by one|at a time|after (?:the other|another|one))|in turn|each in its turn|sequentially|serially|consecutively|successively|in (?:sequence|succession)|(?:individually|one) in a row|in (?:this|that|the given|exactly this|exactly that|this exact|that exact) (?:order|sequence)|(?:not|never)(?: (?:do|run|have))?(?: the)?(?: both| all| two)(?: of them)? (?:at once|at the same time|together|at a time))\b/;
const inOrderSaid =
  /\bin (?:this|that|the given|exactly this|exactly that|this exact|that exact) (?:order|sequence)\b/;

/** The reading with its steps one behind the other, where that was said. */
export function oneByOne(reading: Reading, text: string, inventory: Inventory): Reading {
  const low = text.toLowerCase();
  if (!inTurn.test(low)) return reading;
  const said = low.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
  if (!inTurn.test(said)) return reading;
  const isListed = inOrderSaid.test(said);
  const isLast = /^[\s.,!;:)]*(?:(?:please|pls|thanks|thank you|ok)[\s.,!]*)*$/.test(
    said.slice(inTurn.exec(said)!.index).replace(inTurn, ''),
  );
  const turned = (plan: PlanReading): PlanReading => ({
    ...plan,
    steps: inRow(plan.steps, said, isListed ? 'listed' : isLast ? 'behind' : 'within', inventory),
  });
  if (reading.kind === 'plan') return turned(reading);
  if (reading.kind !== 'clarify') return reading;
  const candidates = reading.candidates.map((one) =>
    one.reading.kind === 'plan' ? { ...one, reading: turned(one.reading) } : one,
  );
  return { ...reading, candidates };
}

/** One place of the row: a step, over one of its things where it has several. */
interface Place {
  readonly step: number;
  readonly id: string | undefined;
}

function inRow(
  steps: readonly StepDraft[],
  text: string,
  manner: 'listed' | 'behind' | 'within',
  inventory: Inventory,
): readonly StepDraft[] {
  const isListed = manner === 'listed';
  const idsOf = ({ target }: StepDraft): readonly string[] =>
    target?.kind === 'resources' ? asSaid(target.ids, text, inventory) : [];
  const many = steps.flatMap((step, at) => (idsOf(step).length > 1 ? [at] : []));
  const isRow = isListed || many.length === 0;
  if (isRow && steps.length < 2 && many.length === 0) return steps;
  // "stop, resize and start a and b one after the other": all of it with a, then with b.
  const keys = new Set(many.map((at) => idsOf(steps[at]!).toSorted().join()));
  const isCycle = many.length > 1 && keys.size === 1 && manner === 'behind' && many.length === steps.length;
  const places: readonly Place[] = isCycle
    ? idsOf(steps[many[0]!]!).flatMap((id) => many.map((step) => ({ step, id })))
    : steps.flatMap((step, at): readonly Place[] =>
        many.includes(at) ? idsOf(step).map((id) => ({ step: at, id })) : [{ step: at, id: undefined }],
      );
  const placesOf = (step: number): readonly number[] =>
    places.flatMap((place, at) => (place.step === step ? [at] : []));
  return places.map(({ step, id }, at) => {
    const draft = steps[step]!;
    const earlier = draft.after.flatMap((one) => placesOf(one)).filter((one) => one < at);
    const isNext = at > 0 && (isRow || (id !== undefined && places[at - 1]!.id !== undefined));
    const after = [...new Set([...earlier, ...(isNext ? [at - 1] : [])])].toSorted((a, b) => a - b);
    const { target } = draft;
    if (target?.kind === 'created')
      return { ...draft, after, target: { ...target, step: placesOf(target.step)[0]! } };
    return id === undefined
      ? { ...draft, after }
      : { ...draft, after, target: { kind: 'resources', ids: [id] } };
  });
}

/** The things in the order in which they were named; as they are where some were not. */
function asSaid(ids: readonly string[], text: string, inventory: Inventory): readonly string[] {
  const placed = ids.map((id) => ({ id, at: placeOf(inventory.get(id)?.name.toLowerCase(), text) }));
  if (placed.some(({ at }) => at < 0)) return ids;
  return placed.toSorted((a, b) => a.at - b.at).map(({ id }) => id);
}

/** Where a name stands by itself: "web-1" is not in "web-10". */
function placeOf(name: string | undefined, text: string): number {
  if (name === undefined) return -1;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const beside = `${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`;
    if (!/[\w-]/.test(beside)) return at;
  }
  return -1;
}
