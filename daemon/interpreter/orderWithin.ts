// The order within what is told: "uh so the sale just went live scale web in prod to 8", "new hire starts tomorrow, create
// a vm named gudrun-1". Where a text is understood in no other way, a stretch of it that is an order in full by itself is
// taken, if all around it only tells: it names nothing that the order leaves out, wishes, bounds, asks, orders and
// conditions nothing, and the judge finds it unlikely to matter. Called last, where all else only asks.

import type { PlanReading, Reading } from '../../shared/model/reading.ts';
import { saidAgainst } from './guards/saidAgainst.ts';
import { toldApart } from './guards/unreadBounds.ts';
import type { Inventory } from './inventory/inventory.ts';
import { type Deed, deedOf } from './judge/features.ts';
import { mattering } from './judge/judge.ts';
import { thingIn, withThing } from './told/background.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isBase, isThing } from './words/plainCells.ts';

const triesMax = 5;
const wordsMax = 60;

/** The plan of an order that stands within what is told; undefined where there is none, or more is said of it. */
export function readWithin(
  cells: readonly Cell[],
  read: (order: readonly Cell[]) => Reading,
  inventory: Inventory,
): PlanReading | undefined {
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
    if (reading?.kind !== 'plan' || isLook(reading)) continue;
    const deed = deedOf(reading.steps[0]!.operation);
    if (mattering(before, 'before', deed) > lettable || mattering(behind, 'behind', deed) > lettable)
      continue;
    // "x does not need the tag, remove it": what "it" is, is told; nothing is destroyed on that. "there" is told, too.
    const isKind = order.some(
      (cell, at) => isWord(cell, 'demonstrative') && senseOf(order[at + 1], 'kind') !== undefined,
    );
    const isPointed = named !== order && reading.risk === 'destroy' && !isKind;
    if (isPointed || (from > 0 && order.some(({ low }) => /^(there|here)$/.test(low)))) continue;
    if (isCut && !isEachNamed(reading, named!)) continue;
    if (mayStand(reading, named!, before, behind, inventory)) return reading;
  }
  return undefined;
}

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

/** Words behind an order that could reach into it: what bounds, delays, denies, doubts, spares, corrects or goes on. */
const reaching =
  /\b(?:if|unless|until|till|except|other than|apart|instead|rather|same|also|too$|as well|otherwise|either|neither|namely|mean|meant|ment|correction|hypothetical\w*|imagine|pretend|suppose|example|maybe|perhaps|careful\w*|dry run|don['’]?t$|dont$|do not$|never ?mind|nvm|never|not yet|yet|or|after|afterwards?|before|beforehand|then|once|as soon as|when|whenever|while|later|earlier|only|but|without|provided|providing|assuming|although|though|tho|in which case|wait|hold|hang on|think|guess|believe|suppose|hope|assume|reckon|stays?|staying|leave it|leave the|keep|kept|let['’]?s|one by one|each|between|every|first|missing|still|stil|torn|enough|sry|sorry|ah no|h+m+|oops|nobody touch\w*|must|mustn['’]?t|shall|should|ought|has to|have to|needs? to|hands off|copy|copies|backups?|evidence|agenda|votes?|certain|sure|says|said|told|asked|begged|against|stays?|just now|right now|at the moment|reserved|restores?|restored|saved?|traffic|approv\w*|rejected|resume|recurring|the other|others?|will do|from now|of course|please|switched|temporar\w*|permanent\w*|gradual\w*|slow\w*|gentl\w*|graceful\w*|forc\w+|partial\w*|clean\w*|safe\w*|best|second|third|fourth|last|(?:those|these|both|it|they) (?:can|could|may)|somebody wants|someone wants|wants? (?:it|them|that|its?|the|his|her|their)|problem)\b/;
/** Before an order most of these only tell when or how it came. */
const reachingBefore =
  /\b(?:if|unless|until|till|except|instead|rather|same|otherwise|either|namely|i mean|meant|hypothetical\w*|imagine|pretend|suppose|example|maybe|perhaps|might|dry run|once|as soon as|whenever|or|but not|but only|in which case|hold off|wait|must not|mustn['’]?t|should not|not go|provided|assuming|supposed|denied|declined|cancelled|canceled|closed|aborted|postponed|withdrawn|revoked)\b|^(?:when|while|as long as|in case)\b|\b(?:don['’]?t|do not|never|not)(?: \w+){0,3}$|\b(?:said|says|told|asked|tells|asks|wants?|wanted|explained|going|had|have|has)(?: (?:him|her|me|us|them|you|\w+))?(?: to| that)?$|\bi (?:had|wanted|was going) to\b/;
/** "… so we can find them after the go-live": what for. */
const purpose =
  /^so (?:that )?(?:i|we|they|he|she|people|everybody|everyone|the \w+) (?:can|could|will|know|knows|see|sees|find|finds)\b(?!.*\b(?:only|until|unless|if|but|then|first|please)\b)/;
const wishing =
  /\b(?:please|pls|plz|kindly|can you|could you|would you|should|must|shall|has to|have to|needs? to|need|wish|i want|we want|i would like|we would like|let us|lets|make sure|ensure)\b/;
const timeOnly =
  /^(?:\W|at|on|by|in|from|around|about|for|this|next|tomorrow|tonight|today|later|the|\w*day|morning|evening|night|afternoon|noon|midnight|week|month|weekend|\d[\d:.]*|am|pm|o['’]?clock|please|\s)+$/;

/** Whether a stretch only tells; what is behind an order may bound it in more ways than what is before. */
function isTold(cells: readonly Cell[], isBehind: boolean): boolean {
  if (cells.some((cell) => cell.low === '?' && !cell.quoted)) return false;
  const said = cells.filter((cell) => !isWord(cell, 'comma', 'stop', 'open', 'close', 'colon'));
  if (said.length === 0) return true;
  const text = said.map((cell) => (senseOf(cell, 'name')?.exact ? '□' : cell.text.toLowerCase())).join(' ');
  if (isBehind && purpose.test(text)) return true;
  const isReaching =
    (isBehind ? reaching : reachingBefore).test(text) && !isSurelyTold(cells, text, isBehind);
  if (isReaching || timeOnly.test(text)) return false;
  if (!isBehind && !occasion.test(text) && (ending.test(text) || !isStated(cells, false))) return false;
  if (isBehind && !clausesIn(cells).every((part) => isStated(part, true))) return false;
  if (cells.some(isUnknownName)) return false;
  if (isBehind && (wishing.test(text) || toCome.test(text) || cells.some(isFigure))) return false;
  return partsOf(cells).every((part) => !isOrdered(part));
}

/** How likely what is said beside an order may matter where the order is let stand; see scripts/judge. */
const lettable = 0.2;
/** Below this the judge knows better than a word that could reach into the order. */
const surelyTold = 0.02;
const deeds: readonly Deed[] = ['makes', 'changes', 'stops', 'destroys'];

/** A statement of some length, without a condition, of which the judge is sure. */
const isSurelyTold = (cells: readonly Cell[], text: string, isBehind: boolean): boolean =>
  !/^(?:if|unless|when|once|while|as soon as|in case|only)\b|\b(?:can|could|may|must|should|shall|has to|have to|need|first|second|third|last|other)\b|\b(?:don['’]?t|do not|never|not)(?: \w+){0,3}$/.test(
    text,
  ) &&
  cells.filter(({ low }) => /\w/.test(low)).length >= 4 &&
  cells.some((cell, at) => at > 0 && isFiniteVerb(cell)) &&
  deeds.some((deed) => mattering(cells, isBehind ? 'behind' : 'before', deed) < surelyTold);

/** "web-99 hangs": a thing that is not there; a ticket is none. */
const isUnknownName = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name')?.exact && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+$/.test(cell.text);

/** A time to come behind an order may be the order's. */
const toCome =
  /\b(?:tonight|tomorrow|today|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next \w+|this (?:evening|afternoon|night)|at (?:noon|midnight|night)|in (?:a|an|\d+|two|five|ten) \w+)\b/;
/** Before an order: somebody else's, one that is quoted, or half of a word for it. */
const ending =
  /\b(?:to|not|will|would|can|could|must|should|may|might|do|does|did|i['’]?d|we['’]?d|say|says|said|tell|tells|told|like|down|self|theory|name|called|if|that)$/;

/** "Ahead of the maintenance on esx-02,", "for resilience,": when and what for, without a verb. */
const occasion =
  /^(?:ahead of|before|prior to|because of|due to|thanks to|given|following|as part of|in preparation (?:for|of)|in view of|in line with|as agreed|as discussed|as requested|on reflection|for (?:the )?(?:resilience|reporting|audit|demo|test|tests|training|workshop|migration|release|campaign|cutover|review|compliance|safety|security|cost reasons|capacity)) ?[^,]*$/;

/** Whether words make a statement: they have a verb that is no order. Behind an order only one that is known for sure. */
const isStated = (part: readonly Cell[], isBehind: boolean): boolean =>
  part.some((cell, at) => {
    if (cell.quoted || at === 0) return false;
    if (isFiniteVerb(cell) && !/(?:^| )(?:to|and|or|a|an|the)$/.test(part[at - 1]!.low)) return true;
    const form = senseOf(cell, 'verb')?.form;
    const isUnknown = cell.senses.length === 0 && /(?:ed|s|ing)$/.test(cell.low);
    return !isBehind && (form === 'ed' || form === 's' || form === 'ing' || isUnknown);
  });

/** What is behind an order, cut at its marks; each has to be a statement by itself. */
function clausesIn(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (!cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'open', 'close')) parts.push([]);
    else parts.at(-1)!.push(cell);
  return parts.filter((part) => part.some((cell) => !isWord(cell, 'filler')));
}

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

/** A part that orders something itself: it begins with a verb and goes on with a thing. */
function isOrdered(part: readonly Cell[]): boolean {
  const at = part.findIndex((cell) => !isWord(cell, 'filler') || isBase(cell));
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

const isLook = ({ steps }: PlanReading): boolean =>
  steps.some(({ operation }) => /^(list|show|audit|metrics|logs|forecast)\b|\.show$/.test(operation));

/** Whether the plan holds for all of the text. */
function mayStand(
  plan: PlanReading,
  order: readonly Cell[],
  before: readonly Cell[],
  behind: readonly Cell[],
  inventory: Inventory,
): boolean {
  const whole = [...before, ...order, ...behind];
  // "cordon all nodes, worker-1 is fine": one of a set, of which something is said apart.
  if (saidAgainst(plan, whole) || toldApart(plan, whole)) return false;
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
  if (plan.risk === 'destroy' && behind.some((cell) => !isMark(cell)) && !isEachNamed(plan, order))
    return false;
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
        plan.risk !== 'destroy' &&
        !senseOf(cell, 'name')!.ids.some((id) => kinds.has(inventory.get(id)?.kind))),
  );
}

/** Every thing of the plan is called by its name in the order. */
function isEachNamed(plan: PlanReading, order: readonly Cell[]): boolean {
  const named = new Set(order.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  return plan.steps.every(
    ({ target }) => target?.kind !== 'resources' || target.ids.every((id) => named.has(id)),
  );
}
