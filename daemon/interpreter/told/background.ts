// What is told before an order: "disk swap on worker-5 is finished, you can uncordon it", "web-10 hangs. bounce it".
// Such a sentence only names the thing; the order behind it is read with that name in the place of "it". Nothing is
// taken off that could bound, deny, count or order, that asks, or that names more than one thing. Called by `reword`.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { askingWords } from '../words/cues.ts';
import { isBase, isThing, plain } from '../words/plainCells.ts';

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

/** "…, can be approved": of the thing that was spoken of. */
function isElided(cells: readonly Cell[], at: number): boolean {
  const verb = senseOf(cells[at + 1], 'verb');
  return (
    isWord(cells[at], 'need') &&
    !cells[at]!.quoted &&
    /\bbe$/.test(cells[at]!.low) &&
    verb?.form === 'ed' &&
    !destroying.has(verb.phrase)
  );
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
function isCourtesy(cell: Cell | undefined): boolean {
  if (!cell || cell.quoted || isThing(cell)) return false;
  if (/^(not|no|never|only)$/.test(cell.low) || isWord(cell, 'not', 'except')) return false;
  return isWord(cell, 'filler', 'comma', 'and') || /^(you|now|may|can|could|then)$/.test(cell.low);
}

/** The one thing that is named, with the place that was said behind it. */
export function thingIn(told: readonly Cell[]): readonly Cell[] | undefined {
  // "the service sandbox": what is called like a place, where its kind is said.
  const names = told.flatMap((cell, at) =>
    isName(cell) || (senseOf(cell, 'name') && kindBeside(told, at).length > 0) ? [at] : [],
  );
  const [at] = names;
  if (at === undefined || names.some((other) => told[other]!.low !== told[at]!.low)) return undefined;
  const thing = told[at]!;
  const others = told.filter(
    (cell) => cell !== thing && (senseOf(cell, 'glob') ?? senseOf(cell, 'prefix')) && !isName(cell),
  );
  if (others.length > 0 || !senseOf(thing, 'name')!.exact) return undefined;
  const placed = told.findIndex((cell, index) => index > at && isPlace(cell));
  const places = told.filter((cell) => cell !== thing && isPlace(cell)).length;
  if (places > 1) return undefined;
  if (places === 0) return [...kindBeside(told, at), thing];
  // "the search service in prod": its kind stands between.
  const kind = senseOf(told[at + 1], 'kind') && !senseOf(told[at + 1], 'name') ? [told[at + 1]!] : [];
  const to = at + 1 + kind.length;
  const isBehind = placed === to + 1 && isWord(told[to], 'prep');
  const isBefore = told[at - 1] !== undefined && isPlace(told[at - 1]!);
  if (isBehind) return [...kindBeside(told, at), thing, ...kind, told[to]!, told[to + 1]!];
  return isBefore ? [told[at - 1]!, thing] : undefined;
}

/** "…, please delete": nothing behind the verb says of what. */
const isBareOrder = (order: readonly Cell[]): boolean =>
  order.filter((cell) => isBase(cell)).length === 1 &&
  order.every((cell) => isBase(cell) || isCourtesy(cell) || isWord(cell, 'stop'));

/** "a and b are not needed anymore": several of one kind, of which all of it is told. */
export function subjectsIn(told: readonly Cell[]): readonly Cell[] | undefined {
  const from = told.findIndex(isName);
  const isNameAt = (at: number): boolean => told[at] !== undefined && isName(told[at]!);
  let to = from + 1;
  while (isNameAt(to) || (isWord(told[to], 'and', 'comma') && (isNameAt(to + 1) || isNameAt(to + 2)))) to++;
  const names = told.slice(from, to).filter(isName);
  const kinds = new Set(
    names.flatMap((cell) => senseOf(cell, 'name')!.ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1])),
  );
  const isAlone =
    from >= 0 &&
    !told.slice(to).some((cell) => isName(cell) || isPlace(cell) || senseOf(cell, 'kind')) &&
    !told.slice(0, from).some((cell) => senseOf(cell, 'name') || isPlace(cell));
  const isSubject = isWord(told[to], 'be', 'have', 'do', 'not', 'need') || isWord(told[to], 'both');
  const isSure = names.every((cell) => senseOf(cell, 'name')!.exact);
  return isAlone && isSubject && isSure && names.length > 1 && kinds.size === 1
    ? [...kindBefore(told, from), ...told.slice(from, to)]
    : undefined;
}

/** "the volumes a and b" */
const kindBefore = (told: readonly Cell[], at: number): readonly Cell[] =>
  told[at - 1] && senseOf(told[at - 1], 'kind') ? [told[at - 1]!] : [];

/** "the vm web-1": which of several kinds. */
function kindBeside(told: readonly Cell[], at: number): readonly Cell[] {
  const before = told[at - 1];
  const kind = before && senseOf(before, 'kind');
  return kind && kind.kinds.length > 0 && !kind.plural && !senseOf(before, 'metric') ? [before] : [];
}

const isName = (cell: Cell): boolean =>
  senseOf(cell, 'name') !== undefined && !senseOf(cell, 'env') && !senseOf(cell, 'region');

const isPlace = (cell: Cell): boolean =>
  (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined;

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

/** The order with the thing in the place of "it", or behind a verb that has nothing behind it. */
export function withThing(order: readonly Cell[], thing: readonly Cell[]): readonly Cell[] | undefined {
  const end = order.findIndex((cell) => isWord(cell, 'stop', 'afterwards') && !cell.quoted);
  const head = end < 0 ? order : order.slice(0, end);
  const elided = head.findIndex((_, at) => isElided(head, at));
  if (elided >= 0 && !head.slice(0, elided).some(isBase)) {
    const { phrase } = senseOf(head[elided + 1]!, 'verb')!;
    const base = plain(head[elided + 1]!, phrase, { t: 'verb', phrase, form: 'base' });
    return [base, ...thing, ...order.slice(elided + 2)];
  }
  const verb = head.findIndex((cell) => isBase(cell));
  const it = head.findIndex(
    (cell, at) => at > verb && !cell.quoted && /^(it|that one|this one|him|her)$/.test(cell.low),
  );
  if (it > verb) {
    if (head.slice(verb + 1, it).some((cell) => isName(cell) || isWord(cell, 'and', 'comma')))
      return undefined;
    return [...order.slice(0, it), ...thing, ...order.slice(it + 1)];
  }
  const own = thing.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const isThat = /^(the|that|this)$/.test(head[verb + 1]?.low ?? '') && !head[verb + 1]!.quoted;
  const [noun, ...behind] = head.slice(isThat ? verb + 2 : verb + 1);
  // "…, delete the configmap": of the kind of what was spoken of.
  const isItsKind =
    noun !== undefined &&
    !noun.quoted &&
    !senseOf(noun, 'name') &&
    senseOf(noun, 'kind')?.plural === false &&
    behind.every((cell) => isWord(cell, 'filler', 'again') && !isThing(cell));
  if (verb >= 0 && isItsKind) {
    const { kinds } = senseOf(noun, 'kind')!;
    const isSame = own.some((id) => kinds.some((kind) => id.includes(`:${kind}/`)));
    return isSame
      ? [...order.slice(0, verb + 1), noun, ...thing, ...order.slice(verb + (isThat ? 3 : 2))]
      : undefined;
  }
  const rest = head.slice(verb + 1);
  // "…, please bump to 400 GB"
  const isFigure =
    /^(to|by|up to|down to)$/.test(rest[0]?.low ?? '') && !!senseOf(rest[1], 'value') && !rest[1]!.quoted;
  const isBare = rest
    .slice(isFigure ? 2 : 0)
    .every((cell) => isWord(cell, 'filler', 'comma', 'again') && !isThing(cell));
  return isBare ? [...order.slice(0, verb + 1), ...thing, ...order.slice(verb + 1)] : undefined;
}
