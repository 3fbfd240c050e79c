// The order within what is told: "uh so the sale just went live scale web in prod to 8", "new hire starts tomorrow, create
// a vm named gudrun-1". Where a text is understood in no other way, a stretch of it that is an order in full by itself is
// taken, if all around it only tells: it names nothing that the order leaves out, wishes, bounds, asks, orders and
// conditions nothing, and the judge finds it unlikely to matter. Called last, where all else only asks.

import type { PlanReading, QueryReading, Reading } from '../../shared/model/reading.ts';
import { foreignDeedIn } from './guards/foreignDeeds.ts';
import { saidAgainst } from './guards/saidAgainst.ts';
import { toldApart } from './guards/unreadBounds.ts';
import type { Inventory } from './inventory/inventory.ts';
import { clausesOf } from './judge/clauses.ts';
import { type Deed, deedOf } from './judge/features.ts';
import { mattering } from './judge/judge.ts';
import { thingIn, withThing } from './told/background.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isBase, isThing } from './words/plainCells.ts';

const triesMax = 5;
const wordsMax = 60;

type Acting = PlanReading | QueryReading;

/** The reading of an order that stands within what is told; undefined where there is none, or more is said of it. */
export function readWithin(
  cells: readonly Cell[],
  read: (order: readonly Cell[]) => Reading,
  inventory: Inventory,
): Acting | undefined {
  if (cells.length > wordsMax || cells.length < 5 || cells.some(({ quoted }) => quoted)) return undefined;
  let tries = 0;
  for (const { from, to } of stretchesOf(cells)) {
    const [before, order, behind] = [cells.slice(0, from), cells.slice(from, to), cells.slice(to)];
    // "for ticket 5120 please start a first and restart b": another order, wherever it begins.
    if (before.some((_, at) => isOrderAt(before, at)) || !isTold(before, false) || !isTold(behind, true))
      continue;
    if (tries++ === triesMax) return undefined;
    // "the dev machines nobody is logged in to": cut off without a mark, it could say which.
    const isCut = to < cells.length && !isMark(cells[to]!) && !isMark(cells[to - 1]!);
    // "… as soon as they": the rest of a clause that is cut in two.
    if (
      isWord(
        order.at(-1),
        'prep',
        'after',
        'before',
        'when',
        'if',
        'except',
        'not',
        'of',
        'need',
        'or',
        'and',
      )
    )
      continue;
    // "the snapshot failed, then the reboot of b": half of what is told.
    if (isWord(order[0], 'afterwards')) continue;
    const named = withNamed(order, before);
    const reading = named && read(named);
    if (reading?.kind !== 'plan' && reading?.kind !== 'query') continue;
    // "the statefulsets of prod, each shall …": things that are only named are not asked for.
    if (reading.kind === 'query' && !isAskedFor(named!)) continue;
    const deed = deedOf(reading.steps[0]!.operation);
    if (!isTold(before, false, [deed]) || !isTold(behind, true, [deed])) continue;
    // "x does not need the tag, remove it": what "it" is, is told; nothing is destroyed on that. "there" is told, too.
    const isKind = order.some(
      (cell, at) => isWord(cell, 'demonstrative') && senseOf(order[at + 1], 'kind') !== undefined,
    );
    const isPointed = named !== order && destroys(reading) && !isKind;
    if (isPointed || (from > 0 && order.some(({ low }) => /^(there|here)$/.test(low)))) continue;
    if (isCut && !isEachNamed(reading, named!)) continue;
    if (mayStand(reading, named!, before, behind, inventory)) return reading;
  }
  return undefined;
}

/** Whether words begin like an order or a question. */
const isAskedFor = (order: readonly Cell[]): boolean => {
  const first = order.find((cell) => !isWord(cell, 'filler', 'comma') || isBase(cell));
  return first !== undefined && (isBase(first) || isAsking([first]) || isFiniteVerb(first));
};

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where an order could stand, the longest first. */
function stretchesOf(cells: readonly Cell[]): readonly Stretch[] {
  const starts = cells.flatMap((_, at) => (isStart(cells, at) ? [at] : []));
  const ends = [...cells.flatMap((_, at) => (isEnd(cells, at) ? [at] : [])), cells.length];
  return starts
    .flatMap((from) => ends.flatMap((to) => (to > from + 1 ? [{ from, to }] : [])))
    .filter(({ from, to }) => from > 0 || to < cells.length)
    .sort((one, other) => other.to - other.from - (one.to - one.from));
}

const asking =
  /^(please|pls|plz|kindly|can you|could you|would you|will you|can i|could i|may i|can we|could we|you can|lets|let us|i want|i need|we need|we want|i would like|we would like)\b/;
const notOrder =
  /^(to|not|will|would|can|could|must|should|may|might|do|does|did|cannot|i|we|they|you|he|she|it|who|which|nobody|people|the|a|an|this|that|these|those|our|my|his|her|their|your|its|of|no|new|last|next|first|own)$/;

/** A verb that is ordered, or a word of request before one. */
function isStart(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  const before = cells[at - 1];
  // Whatever begins behind a mark may be it: "…, so could the keypair ci-key be removed?"
  if (before && isMark(before) && !isMark(cell)) return true;
  if (senseOf(cell, 'name')?.exact && !asking.test(cell.low)) return false;
  if (asking.test(cell.low)) return at === 0 || !asking.test(before!.low);
  if (!isBase(cell) || (before && (asking.test(before.low) || isLead(before)))) return false;
  if (at === 0 || isMark(before!)) return true;
  const next = cells[at + 1];
  const isObject =
    next !== undefined &&
    (isThing(next) || isWord(next, 'det', 'all', 'any', 'both') || senseOf(next, 'value'));
  return (
    !!isObject && !notOrder.test(before!.low) && !isWord(before, 'det', 'possessive', 'not', 'prep', 'of')
  );
}

/** A verb with the name of a thing behind it, where an order has it. */
const isOrderAt = (cells: readonly Cell[], at: number): boolean =>
  isBase(cells[at]) &&
  !senseOf(cells[at], 'name') &&
  !notOrder.test(cells[at - 1]?.low ?? '') &&
  !isWord(cells[at - 1], 'det', 'possessive', 'prep', 'of') &&
  cells.slice(at + 1, at + 4).some((cell) => senseOf(cell, 'name')?.exact) &&
  !cells.slice(at + 1, at + 4).some(isFiniteVerb);

/** "you know scale …": a word that only leads on. */
const isLead = (cell: Cell): boolean => isWord(cell, 'need') || /\bto$/.test(cell.low);

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  ((isWord(cell, 'comma', 'stop', 'colon', 'open', 'close') && !senseOf(cell, 'name')) ||
    /^(so|hence|therefore|thus|and|but|because|since|as|cause|cuz|-|–|—|\.\.\.|…|:\(|:\))$/.test(cell.low));

const beginning =
  /^(because|since|as|so|hence|cause|cuz|while|it is|its|it has|they are|they have|we are|we have|i am|i have|nobody|everybody|everyone|yeah|yep|ok|right)$/;

/** Where what follows may be told. */
function isEnd(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (at === 0 || cell.quoted || senseOf(cell, 'name')) return false;
  if (isWord(cell, 'comma', 'stop', 'colon', 'open')) return true;
  if (beginning.test(cell.low) || /^(-|–|—|\.\.\.|…)$/.test(cell.low)) return true;
  // "… on web-1 the vendor wants to have a look"
  return (
    (isWord(cell, 'det', 'possessive') ||
      /^(our|my|the|your|their|that|this|i|we|they|he|she)$/.test(cell.low)) &&
    cells.slice(at + 1, at + 6).some((one) => isFiniteVerb(one))
  );
}

const finite =
  /^(is|are|was|were|has|have|had|does|did|do|can|could|will|would|wants?|needs?|got|gets?|goes|went|came|comes|starts?|began|begins?|keeps?|kept|says?|said|runs?|ran|looks?|seems?|likes?|thinks?|knows?|sits?|stays?|waits?|pays?|uses?|calls?|called|asked|asks|told|failed|fails|broke|died|hangs?|leaves?|left|lost|found|made|took|gave|saw|finished|ended|doubled|moved|switched|noticed)\b/;
const isFiniteVerb = (cell: Cell): boolean =>
  !cell.quoted && (finite.test(cell.low) || isWord(cell, 'be', 'have'));

/** What begins so, is a condition of the order. */
const conditional =
  /^(?:(?:but|and|only|even|not|just) )*(?:if|unless|until|till|when|whenever|once|as soon as|as long as|while|provided|assuming|in case|except|after the|before the|nothing of|none of)\b/;
/** A time by itself is the order's. */
const timeOnly =
  /^(?:\W|at|on|by|in|from|around|about|for|this|next|tomorrow|tonight|today|later|the|\w*day|morning|evening|night|afternoon|noon|midnight|week|month|weekend|\d[\d:.]*|am|pm|o['’]?clock|please|\s)+$/;

/** How likely what is said beside an order may matter where the order is let stand, chosen over sentences of people whom
 * the judge had not read (see scripts/judge); less for what cannot be brought back. */
const lettable = (deed: Deed): number => (deed === 'destroys' ? 0.15 : 0.35);
const deeds: readonly Deed[] = ['makes', 'changes', 'stops', 'destroys'];

/** Whether a stretch only tells, beside one of these deeds. */
function isTold(cells: readonly Cell[], isBehind: boolean, of: readonly Deed[] = deeds): boolean {
  if (cells.some((cell) => cell.low === '?' && !cell.quoted)) return false;
  const said = cells.filter((cell) => !isWord(cell, 'comma', 'stop', 'open', 'close', 'colon'));
  if (said.length === 0) return true;
  const text = said.map((cell) => (senseOf(cell, 'name')?.exact ? '□' : cell.text.toLowerCase())).join(' ');
  if (
    timeOnly.test(text) ||
    conditional.test(text) ||
    (!isBehind && ending.test(text)) ||
    cells.some(isUnknownName)
  )
    return false;
  const clauses = clausesOf(cells).filter((clause) => !clause.every(isMark));
  return (
    clauses.every((clause) => isStated(clause) || !mayBePart(clause, isBehind)) &&
    !clauses.some((clause) => isAsking(clause) || isOfThem(clause) || foreignDeedIn(clause)) &&
    partsOf(cells).every((part) => !isOrdered(part)) &&
    of.some((deed) => mattering(cells, isBehind ? 'behind' : 'before', deed) < lettable(deed))
  );
}

/** Whether words make a statement: some of them, with a verb that is no order. */
const isStated = (clause: readonly Cell[]): boolean =>
  clause.length > 2 &&
  clause.some((cell, at) => {
    if (cell.quoted || at === 0) return false;
    if (isFiniteVerb(cell) && !/(?:^| )(?:to|and|or|a|an|the)$/.test(clause[at - 1]!.low)) return true;
    const form = senseOf(cell, 'verb')?.form;
    const isUnknown = cell.senses.length === 0 && /(?:ed|s|ing)$/.test(cell.low);
    return form === 'ed' || form === 's' || form === 'ing' || isUnknown;
  });

/** "web-99 hangs": a thing that is not there; a ticket is none. */
const isUnknownName = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name')?.exact && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+$/.test(cell.text);

/** Before an order: somebody else's, one that is quoted, or half of a word for it. */
const ending =
  /\b(?:to|not|will|would|can|could|must|should|may|might|do|does|did|i['’]?d|we['’]?d|say|says|said|tell|tells|told|like|down|self|theory|name|called|if|that)$/;

/** A figure behind an order may be one of it. */
const isFigure = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'value') !== undefined || /^\d/.test(cell.text)) &&
  !/^\d+ ?%$/.test(cell.text);

function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (isMark(cell)) parts.push([]);
    else parts.at(-1)!.push(cell);
  return parts.filter((part) => part.length > 0);
}

const leads =
  /^(?:then|and|but|or|so|also|plus|too|first|next|after|afterwards|after that|after this|before|before that|prior to (?:that|this)|furthermore|finally|lastly|please|pls|plz|to|just|only|not|never|do not|don't|[a-z] ?\)|\d+ ?[.)])$/;
/** "and how many are free": one more question; "what a day" is none. */
const isAsking = (clause: readonly Cell[]): boolean =>
  /^(?:and |or |but |also |then )*(?:how (?:many|much|long|often|is|are|does|do)|which|what(?! an?\b)|who|whose|where)\b/.test(
    clause.map(({ low }) => low).join(' '),
  );

/** "live", "with key ops2", "furthermore a network bk-net": without a verb it may be a part of the order, or one more. */
const mayBePart = (clause: readonly Cell[], isBehind: boolean): boolean =>
  clause.length < 3 ||
  (clause.length < 6 && isBehind && isWord(clause[0], 'prep', 'of')) ||
  (clause.length < 6 &&
    clause.some((cell) => !cell.quoted && senseOf(cell, 'kind') !== undefined && !senseOf(cell, 'name')));

/** "both need a snapshot", "env should be dev", "nobody wants that": of what was ordered. */
const isOfThem = (clause: readonly Cell[]): boolean =>
  /^(?:both|those|these|all of them) (?:can|could|may|needs?|should|must)\b|^\S+ (?:should|must|shall) be \S+$|^(?:nobody|no one|noone) (?:wants|asked for) (?:that|this)$/.test(
    clause.map(({ low }) => low).join(' '),
  );

/** A part that orders something itself: it begins with a verb and goes on with a thing. */
function isOrdered(part: readonly Cell[]): boolean {
  const at = part.findIndex((cell) => isBase(cell) || !(isWord(cell, 'filler') || leads.test(cell.low)));
  const cell = part[at];
  if (!cell) return false;
  const next = part[at + 1];
  const isObject =
    next === undefined ||
    isThing(next) ||
    isWord(next, 'det', 'all', 'any', 'both', 'pronoun', 'demonstrative');
  const isOrder = isBase(cell) && !senseOf(cell, 'name');
  if (isOrder && senseOf(next, 'value')) return true;
  return isOrder && isObject && !part.slice(at + 1, at + 4).some(isFiniteVerb);
}

/** The order with the one thing that is told of in the place of "it". */
function withNamed(order: readonly Cell[], before: readonly Cell[]): readonly Cell[] | undefined {
  const isPointing = order.some(
    (cell) =>
      !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'pronoun', 'demonstrative', 'their', 'other'),
  );
  const isNamed = order.some((cell) => senseOf(cell, 'name')?.exact);
  if (!isPointing || isNamed) return order;
  const thing = thingIn(before);
  // "revision 5 was fine, go back to that": a figure is pointed at.
  if (before.some(isFigure)) return undefined;
  if (thing) return withThing(order, thing);
  // "freeze is lifted, bring it up": of what was spoken of before, where nothing else is.
  const isOther = before.some(
    (cell) => isThing(cell) || isWord(cell, 'det', 'possessive', 'their', 'demonstrative'),
  );
  return isOther ? undefined : order;
}

const destroys = (reading: Acting): boolean => reading.kind === 'plan' && reading.risk === 'destroy';

/** Whether the plan holds for all of the text. */
function mayStand(
  plan: Acting,
  order: readonly Cell[],
  before: readonly Cell[],
  behind: readonly Cell[],
  inventory: Inventory,
): boolean {
  const whole = [...before, ...order, ...behind];
  // "cordon all nodes, worker-1 is fine": one of a set, of which something is said apart.
  if (plan.kind === 'plan' && (saidAgainst(plan, whole) ?? toldApart(plan, whole))) return false;
  const ids = new Set(plan.steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])));
  const used = JSON.stringify(plan.steps.map(({ target, args }) => [target, args])).toLowerCase();
  const isNamed = (cell: Cell): boolean => {
    const name = senseOf(cell, 'name');
    return (
      name !== undefined && name.exact === true && !isWord(cell, 'filler', 'prep') && !senseOf(cell, 'env')
    );
  };
  const own = order.some((cell) => senseOf(cell, 'name')?.ids.some((id) => ids.has(id)));
  const kinds = new Set([...ids].map((id) => inventory.get(id)?.kind));
  if (destroys(plan) && behind.some((cell) => !isMark(cell)) && !isEachNamed(plan, order)) return false;
  // "only the bastion may run, stop all dev vms"
  if (!isEachNamed(plan, order) && before.some(isNamed)) return false;
  const isUsed = (cell: Cell): boolean =>
    senseOf(cell, 'name')!.ids.some((id) => ids.has(id)) || used.includes(`"${cell.low}"`);
  // "jenkins is approved, act-76 gets cancelled": what is told may be an order of its own.
  if (
    plan.steps.some(({ operation }) => operation.startsWith('action.')) &&
    before.some((cell) => isNamed(cell) && !isUsed(cell))
  )
    return false;
  if (behind.some((cell) => senseOf(cell, 'name') && !isWord(cell, 'filler', 'prep', 'det') && !isUsed(cell)))
    return false;
  if (/^['’]s$/.test(behind[0]?.text ?? '')) return false;
  // Another thing of the same kind may be meant, too.
  return before.every(
    (cell) =>
      !isNamed(cell) ||
      isUsed(cell) ||
      (own &&
        !destroys(plan) &&
        !senseOf(cell, 'name')!.ids.some((id) => kinds.has(inventory.get(id)?.kind))),
  );
}

/** Every thing of the plan is called by its name in the order. */
function isEachNamed(plan: Acting, order: readonly Cell[]): boolean {
  const named = new Set(order.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  return plan.steps.every(
    ({ target }) => target?.kind !== 'resources' || target.ids.every((id) => named.has(id)),
  );
}
