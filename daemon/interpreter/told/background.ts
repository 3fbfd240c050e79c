// What is told before an order: "disk swap on worker-5 is finished, you can uncordon it", "web-10 hangs. bounce it".
// Such a sentence only names the thing; the order behind it is read with that name in the place of "it". Nothing is
// taken off that could bound, deny, count or order, that asks, or that names more than one thing. Called by `reword`.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { askingWords } from '../words/cues.ts';
import { isBase, isThing } from '../words/plainCells.ts';
import { isElided, isName, subjectsIn, thingIn, withThing } from './topics.ts';

/** Words in a told sentence that could bound or turn the order behind it. */
const bounding = [
  'outside',
  'if',
  'insteadOf',
  'stays',
  'afterwards',
  'all',
  'both',
  'any',
  'everything',
  'other',
  'correction',
  'same',
  'undoCue',
  'named',
  'tagged',
  'or',
] as const;
const asking = [...askingWords, 'changed', 'help'] as const;
const toldMax = 24;

/** The cells with what was told before the order left out, and its thing named in the order. */
export function withBackground(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutRepeated(given);
  const first = orderAt(cells);
  if (first === undefined) return cells;
  const told = cells.slice(0, first.mark);
  const order = cells.slice(first.mark + 1);
  const thing = thingIn(told) ?? (isBareOrder(order) ? subjectsIn(told) : undefined);
  if (!thing || !isTold(told)) return cells;
  return isOfOther(told, thing, order) ? cells : (withThing(order, thing) ?? cells);
}

const sizing = /^(scale|resize|grow|enlarge|expand|extend|increase|shrink|reduce|upsize|downsize)\b/;

/** "vol-1 needs to be twice as big, resize it": said by how much, and then once more without it. */
function withoutRepeated(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isWord(cell, 'filler', 'stop')) + 1;
  const down = /^(up|down|accordingly)$/.test(cells[end - 1]?.low ?? '') ? end - 1 : end;
  const verb = /^(it|that)$/.test(cells[down - 1]?.low ?? '') ? down - 2 : down - 1;
  if (!isBase(cells[verb]) || !sizing.test(senseOf(cells[verb], 'verb')!.phrase)) return cells;
  let mark = verb - 1;
  while (mark > 0 && isCourtesy(cells[mark]) && !isWord(cells[mark], 'comma')) mark--;
  if (mark < 2 || !isWord(cells[mark], 'comma', 'stop') || cells[mark]!.quoted) return cells;
  const said = cells.slice(0, mark);
  const isSaid = said.some((cell) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value.k;
    return value === 'number' || cell.low === 'single' || isWord(cell, 'double', 'half', 'triple');
  });
  const isNeed = said.some(
    (cell) => !cell.quoted && (isWord(cell, 'need') || /^(should|must)\b/.test(cell.low)),
  );
  const isOne = said.filter(isName).length === 1 && !said.some((cell) => isBase(cell) && !isName(cell));
  const isOpen = said.some(
    (cell) => isWord(cell, ...bounding, 'not', 'stop', 'except') && !isWord(cell, 'filler'),
  );
  return isSaid && isNeed && isOne && !isOpen ? [...said, ...cells.slice(end)] : cells;
}

/** "bastion no longer needs a floating ip, remove it": what is taken away is what was spoken of beside the thing. */
export function isOfOther(told: readonly Cell[], thing: readonly Cell[], order: readonly Cell[]): boolean {
  const takes = order.some((cell) => {
    const verb = cell.quoted ? undefined : senseOf(cell, 'verb');
    return (
      verb?.form === 'base' &&
      (destroying.has(verb.phrase) || /^(take|detach|pull|free|move|close)\b/.test(verb.phrase))
    );
  });
  if (!takes) return false;
  const own = thing.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  return told.some((cell, at) => {
    const kinds = senseOf(cell, 'kind')?.kinds ?? [];
    const isOwn = kinds.some((kind) => own.some((id) => id.includes(`:${kind}/`)));
    const isObject = isWord(told[at - 1], 'det', 'their', 'possessive', 'any', 'demonstrative', 'not');
    return kinds.length > 0 && !cell.quoted && !senseOf(cell, 'name') && !isOwn && isObject;
  });
}

/** Where the first order begins, behind a mark that ends what is told. */
function orderAt(cells: readonly Cell[]): { readonly mark: number } | undefined {
  for (let at = 1; at < cells.length - 1 && at <= toldMax; at++) {
    if (!isMark(cells, at)) continue;
    let next = at + 1;
    while (isCourtesy(cells[next])) next++;
    if ((isBase(cells[next]) && !senseOf(cells[next], 'name')) || isElided(cells, next)) return { mark: at };
  }
  return undefined;
}

function isMark(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name')) return false;
  return (
    isWord(cell, 'stop', 'comma', 'colon') ||
    /^(->|=>|→)$/.test(cell.low) ||
    /^(so|therefore|hence|thus)$/.test(cell.low)
  );
}

/** "please", "can you", "so you may". */
export function isCourtesy(cell: Cell | undefined): boolean {
  if (!cell || cell.quoted || isThing(cell)) return false;
  if (/^(not|no|never|only)$/.test(cell.low) || isWord(cell, 'not', 'except')) return false;
  return isWord(cell, 'filler', 'comma', 'and') || /^(you|now|may|can|could|then)$/.test(cell.low);
}

/** "…, please delete": nothing behind the verb says of what. */
const isBareOrder = (order: readonly Cell[]): boolean =>
  order.filter((cell) => isBase(cell)).length === 1 &&
  order.every((cell) => isBase(cell) || isCourtesy(cell) || isWord(cell, 'stop'));

/** "…, please make it 200 GB", "…. Three replicas, please": an order that lacks its object, behind what may be told. */
export function endsInOrder(cells: readonly Cell[]): boolean {
  if (cells.some((cell) => cell.low === '?' && !cell.quoted)) return false;
  return cells.some((cell, at) => {
    if (cell.quoted || at < 2 || !isWord(cell, 'comma', 'stop')) return false;
    const last = cells.slice(at + 1);
    return (
      last.length > 1 &&
      !last.some((one) => senseOf(one, 'name')?.exact) &&
      last.some((one) => one.low === 'make it' || isWord(one, 'replicas', 'pronoun', 'both', 'demonstrative'))
    );
  });
}

/** A statement that orders, bounds, counts and asks nothing. */
function isTold(told: readonly Cell[]): boolean {
  const [first] = told.filter((cell) => !isWord(cell, 'filler', 'comma'));
  if (!first || isWord(first, 'not', 'before', 'after', 'except')) return false;
  if (told.some((cell) => cell.low === '?')) return false;
  const isOpen = (cell: Cell): boolean =>
    !isName(cell) &&
    (cell.quoted ||
      (isWord(cell, ...bounding) && !isMore(told, cell)) ||
      isSparing(told, cell) ||
      cell.low === 'only' ||
      (isBase(cell) && !isSpeech(told, told.indexOf(cell))) ||
      isCounted(cell) ||
      (senseOf(cell, 'kind')?.plural === true && isWord(cell, 'pronoun')));
  if (told.some(isOpen) || told.slice(0, 3).some((cell) => !isName(cell) && isWord(cell, ...asking)))
    return false;
  return told.some((cell, at) => !cell.quoted && isFiniteIn(told, cell, at));
}

/** "web-1 is up but slow" spares nothing; "but not the bastion" does. */
function isSparing(told: readonly Cell[], cell: Cell): boolean {
  if (!isWord(cell, 'except')) return false;
  const next = told[told.indexOf(cell) + 1];
  const isMild = /^(but|keep|keeping|without)$/.test(cell.low);
  return !isMild || next === undefined || isThing(next) || isWord(next, 'det', 'not', 'all', 'pronoun');
}

/** "not any more". */
function isMore(told: readonly Cell[], cell: Cell): boolean {
  return (
    cell.low === 'any' &&
    /^(more|longer|traffic|requests?|time)$/.test(told[told.indexOf(cell) + 1]?.low ?? '')
  );
}

/** A figure that the order may need, or that says which one. */
function isCounted(cell: Cell): boolean {
  const value = senseOf(cell, 'value')?.value.k;
  return value !== undefined && value !== 'percent' && value !== 'duration';
}

/** "can you reach web-1", "I want to read it": a verb somebody else is the subject of. */
function isSpeech(told: readonly Cell[], at: number): boolean {
  let back = at - 1;
  // "after the kernel update": a noun with words before it.
  while (back > at - 3 && told[back]?.senses.length === 0 && !told[back]!.quoted) back--;
  const before = told[back];
  return (
    before !== undefined &&
    (isWord(before, 'det', 'not', 'of', 'be', 'have', 'their', 'possessive', 'prep') ||
      /^(to|will|would|cannot|can|could|new|last|after|the)$/.test(before.low) ||
      /^(i|we|they|he|she|nobody|people|customers|users)$/.test(before.low) ||
      isName(before))
  );
}

/** "is", "hangs", "shows": what makes a statement of words. */
function isFiniteIn(told: readonly Cell[], cell: Cell, at: number): boolean {
  if (
    isWord(cell, 'be', 'have', 'do', 'need') ||
    /^(can|could|will|would|may|might|must|cannot)$/.test(cell.low)
  )
    return true;
  if (
    /^(full|dead|down|broken|stuck|hung|leak|leaking|leaks|unresponsive|unreachable|frozen)$/.test(cell.low)
  )
    return true;
  // "they never use it"
  const subject = isWord(told[at - 1], 'not') ? told[at - 2] : undefined;
  if (isBase(cell) && /^(i|we|they|people|users|customers)$/.test(subject?.low ?? '')) return true;
  // "shows" was repaired to the word for asking.
  if (at > 0 && cell.repaired && `${cell.low}s` === cell.text.toLowerCase()) return true;
  const verb = senseOf(cell, 'verb');
  if (verb && verb.form !== 'base') return true;
  const before = told[at - 1];
  return at > 0 && before !== undefined && cell.senses.length === 0 && /(s|ed|t|oke|ew)$/.test(cell.low);
}
