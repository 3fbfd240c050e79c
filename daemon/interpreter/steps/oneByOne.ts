// "reboot web-1 and web-10 in turn", "drain both workers one at a time", "stop a, snapshot b, start a. in that order": a
// step about several things is a step for each of them then, each behind the one before it, so that never two of them are
// at work at once; and what is said between a deed and its undoing is done between them. Words in, the same steps in a
// row out; nothing is added or left out. Called last, over every reading.

import type { PlanReading, Reading, StepDraft } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';

const inOrder =
  '\\bin (?:(?:exactly |precisely |strictly |just )?(?:this|that|the given)(?: exact| very| precise| strict)?|(?:a )?strict) (?:order|sequence)\\b';
const inOrderSaid = new RegExp(inOrder);
const inTurn = new RegExp(
  `\\b(?:(?<!\\bat )one (?:by one|at a time|after (?:the other|another|one))|in turn|each in its turn|sequentially|serially|consecutively|successively|in (?:sequence|succession)|(?:individually|one) in a row|(?:not|never)(?: (?:do|run|have))?(?: the)?(?: both| all| two)(?: of them)? (?:at once|at the same time|together|at a time))\\b|${inOrder}`,
);

/** The reading with its steps one behind the other, where that was said or lies in what they do. */
export function oneByOne(reading: Reading, text: string, inventory: Inventory): Reading {
  if (reading.kind !== 'plan' && reading.kind !== 'clarify') return reading;
  const manner = mannerOf(text);
  const turned = (plan: PlanReading): PlanReading => {
    const steps = withBetween(plan.steps);
    return { ...plan, steps: manner ? inRow(steps, text.toLowerCase(), manner, inventory) : steps };
  };
  if (reading.kind === 'plan') return turned(reading);
  const candidates = reading.candidates.map((one) =>
    one.reading.kind === 'plan' ? { ...one, reading: turned(one.reading) } : one,
  );
  return { ...reading, candidates };
}

/** All in the order that was said, each thing by itself at the end of the text, or so within it. */
type Manner = 'listed' | 'behind' | 'within';

function mannerOf(text: string): Manner | undefined {
  const low = text.toLowerCase();
  if (!inTurn.test(low)) return undefined;
  const said = low.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
  const found = inTurn.exec(said);
  if (!found) return undefined;
  if (inOrderSaid.test(said)) return 'listed';
  const rest = said.slice(found.index + found[0].length);
  return /^[\s.,!;:)]*(?:(?:please|pls|thanks|thank you|ok)[\s.,!]*)*$/.test(rest) ? 'behind' : 'within';
}

/** What is undone by what. */
const undoing: Readonly<Record<string, RegExp>> = {
  stop: /^start$/,
  suspend: /^resume$/,
  cordon: /^uncordon$/,
  drain: /^uncordon$/,
  detach: /^attach$/,
  'close-port': /^open-port$/,
  'open-port': /^close-port$/,
  scale: /^scale$/,
  disable: /^enable$/,
};

/** "stop a, snapshot its disk, start a": what is said between a deed and its undoing is done between them. */
function withBetween(steps: readonly StepDraft[]): readonly StepDraft[] {
  if (steps.length < 3) return steps;
  const verbOf = ({ operation }: StepDraft): string => operation.replace(/^policy\./, '').split('.')[0]!;
  const idsOf = ({ target }: StepDraft): string => (target?.kind === 'resources' ? target.ids.join() : '');
  const after = steps.map((step) => new Set(step.after));
  steps.forEach((step, from) => {
    const to = steps.findLastIndex(
      (one, at) => at > from + 1 && idsOf(one) === idsOf(step) && undoing[verbOf(step)]?.test(verbOf(one)),
    );
    for (let at = from + 1; at < to && idsOf(step) !== ''; at++) {
      after[at]!.add(from);
      after[to]!.add(at);
    }
  });
  return steps.map((step, at) =>
    after[at]!.size > step.after.length ? { ...step, after: [...after[at]!].sort((a, b) => a - b) } : step,
  );
}

/** One place of the row: a step, over one of its things where it has several. */
interface Place {
  readonly step: number;
  readonly id: string | undefined;
}

function inRow(
  steps: readonly StepDraft[],
  text: string,
  manner: Manner,
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
