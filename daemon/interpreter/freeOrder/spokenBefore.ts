// A story with the thing in it, and then the order that points back at it: "my release touches billing-prod, so snapshot
// that database first", "nobody opens old-wiki any more and I want that machine gone", "x exceeds the retention period;
// its removal is required". The order is said again with the thing in the place of what points at it. Only where the
// story names one thing and neither orders, bounds, forbids nor asks. Called by `stepByStep`.

import { thingIn } from '../told/topics.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { isFlavor } from './chunks.ts';

const open = [
  'if',
  'or',
  'except',
  'insteadOf',
  'instead',
  'stays',
  'outside',
  'before',
  'after',
  'only',
] as const;
const binding =
  /^(only|some|most|partly|might|may|maybe|perhaps|must|should|shall|ought|cannot|still|important|critical|untouched|until|unless|when|once|whether|would|want|wants|wanted|said|says|asks?|tells?|told me|thinks?|hopes?|plans?|forbids?|forbade|not to|must not|should not|do not|please do not|does not|never)$/;
const storyMax = 24;
const begging = /^(can|could|would|will) (you|u|we|someone|somebody|anyone)\b|\bmind$/;

/** The order alone, about the thing itself; undefined where it points at nothing. */
export function withSpokenThing(cells: readonly Cell[]): readonly Cell[] | undefined {
  for (let at = 2; at < Math.min(cells.length - 1, storyMax); at++) {
    const next = afterJoin(cells, at);
    if (next === undefined) continue;
    const story = cells.slice(0, at);
    if (!isStory(story)) return undefined;
    const thing = thingIn(story);
    const said = thing && pointedAt(cells.slice(next), thing);
    if (said) return said;
  }
  return undefined;
}

/** Where the order begins behind a mark, "and", "so" or "go ahead and". */
function afterJoin(cells: readonly Cell[], at: number): number | undefined {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name')) return undefined;
  const isJoin =
    isWord(cell, 'comma', 'stop', 'colon', 'and') ||
    /^(so|therefore|hence|thus|go ahead and)$/.test(cell.low);
  if (!isJoin) return undefined;
  let next = at + 1;
  while (next < cells.length && !cells[next]!.quoted && isWord(cells[next], 'comma', 'and')) next++;
  return next < cells.length ? next : undefined;
}

/** It tells of a thing, and nothing that was said bounds or forbids. */
function isStory(story: readonly Cell[]): boolean {
  const start = story.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const first = story[start];
  const second = story[start + 1];
  // "rename web-1 to web-one": an order in a word nobody here knows.
  const isUnknown =
    first?.senses.length === 0 &&
    (isWord(second, 'det') || senseOf(second, 'name') || senseOf(second, 'kind'));
  if (isUnknown) return false;
  const isOpen = story.some((cell, at) => {
    if (cell.quoted) return true;
    if (senseOf(cell, 'name')) return false;
    if (senseOf(cell, 'value') !== undefined || senseOf(cell, 'time') !== undefined) return true;
    if (isWord(cell, 'not')) return !isUnused(story, at);
    return (
      isWord(cell, ...open) ||
      binding.test(cell.low) ||
      (isBase(cell) && !senseOf(cell, 'kind') && !isWord(story[at - 1], 'det'))
    );
  });
  return first !== undefined && !isOpen && !isBase(first) && !isWord(first, 'what', 'who', 'why', 'ask');
}

/** "no longer", "has no owner": of no use, and no word against it. */
const isUnused = (story: readonly Cell[], at: number): boolean =>
  story[at]!.low === 'no longer' || (/^(no|none)$/.test(story[at]!.low) && isWord(story[at - 1], 'have'));

/** The order with the thing in the place of "it", "that machine", "its". */
function pointedAt(order: readonly Cell[], thing: readonly Cell[]): readonly Cell[] | undefined {
  const isNamed = order.some(
    (cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env') && !isWord(cell, 'filler', 'prep'),
  );
  const isAsked = order.some((cell) => !cell.quoted && isWord(cell, 'filler') && begging.test(cell.low));
  if (isNamed || (!isAsked && order.some((cell) => cell.low === '?' && !cell.quoted))) return undefined;
  const named = thing.findLast((cell) => senseOf(cell, 'name'))!;
  const kinds = new Set(senseOf(named, 'name')!.ids.flatMap((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? []));
  const at = order.findIndex(
    (cell, index) =>
      !cell.quoted && (isBack(cell) || isItsKind(order, index, kinds) || isWord(cell, 'their')),
  );
  if (at < 0) return isDuty(order) ? [...thing, ...order] : undefined;
  const cell = order[at]!;
  // "its removal is required"
  if (isWord(cell, 'their')) {
    const deed = order[at + 1];
    return deed && !senseOf(deed, 'kind')
      ? [...order.slice(0, at), deed, plain(cell, 'of', word('of')), ...thing, ...order.slice(at + 2)]
      : undefined;
  }
  const isKind = isItsKind(order, at, kinds);
  const own = isKind && !thing.some((one) => senseOf(one, 'kind') && !senseOf(one, 'name'));
  const said = own ? [order[at + 1]!, ...thing] : thing;
  return [...order.slice(0, at), ...said, ...order.slice(at + (isKind ? 2 : 1))];
}

const isBack = (cell: Cell): boolean => /^(it|that one|this one)$/.test(cell.low);

/** "that machine": of the kind of what was spoken of. */
function isItsKind(order: readonly Cell[], at: number, kinds: ReadonlySet<string>): boolean {
  const noun = order[at + 1];
  const kind = noun && !noun.quoted && !senseOf(noun, 'name') ? senseOf(noun, 'kind') : undefined;
  return (
    /^(the|that|this)$/.test(order[at]!.low) &&
    kind !== undefined &&
    !kind.plural &&
    kind.kinds.some((one) => kinds.has(one))
  );
}

/** "…, and is to be erased": what is due of the thing that was told of. */
const isDuty = ([first, second]: readonly Cell[]): boolean =>
  isWord(first, 'need') &&
  /\b(is|has|must|should|shall|needs)\b/.test(first!.low) &&
  (senseOf(second, 'verb')?.form === 'ed' ||
    isWord(second, 'be') ||
    // "…, should be nginx:1.27"
    (/\bbe$/.test(first!.low) && (isFlavor(second) || senseOf(second, 'value')?.value.k === 'image')));
