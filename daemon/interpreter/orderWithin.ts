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
import { isSeveral, isSureTopic, topicsIn, withTopic } from './told/topics.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isBase, isThing, plain, word } from './words/plainCells.ts';

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
    const [first] = topicsIn(before);
    if (before.some((_, at) => isOrderAt(before, at))) continue;
    if (!isToldOf(before, first) || !isTold(behind, true)) continue;
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
    const found = withTopicIn(order, before, read);
    if (!found) continue;
    const { order: named, topic, reading } = found;
    // "the statefulsets of prod, each shall …": things that are only named are not asked for.
    if (reading.kind === 'query' && !isAskedFor(named)) continue;
    const deed = deedOf(reading.steps[0]!.operation);
    if (!isToldOf(before, topic, [deed]) || !isTold(behind, true, [deed])) continue;
    // "it is on the volume, remove it": nothing is destroyed where it could be another thing.
    const isKind = order.some(
      (cell, at) => isWord(cell, 'demonstrative') && senseOf(order[at + 1], 'kind') !== undefined,
    );
    if (topic && destroysUnnamed(reading, order) && !isKind && !isSureTopic(before, topic)) continue;
    if (!topic && from > 0 && order.some(({ low }) => /^(there|here)$/.test(low))) continue;
    if (isCut && !isEachNamed(reading, named)) continue;
    if (mayStand(reading, named, before, behind, inventory)) return reading;
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
  // "billing-prod up to db.r6g.xlarge": what it is to be, without a verb.
  if (senseOf(cell, 'name')?.exact && !asking.test(cell.low))
    return at === 0 && /^(?:up to|down to|up|down)$/.test(cells[1]?.low ?? '');
  if (asking.test(cell.low)) return at === 0 || !asking.test(before!.low);
  if (!isBase(cell) || (before && (asking.test(before.low) || isLead(before)))) return false;
  if (at === 0 || isMark(before!)) return true;
  const next = cells[at + 1];
  const isObject =
    next !== undefined &&
    (isThing(next) || isWord(next, 'det', 'all', 'any', 'both', 'pronoun') || senseOf(next, 'value'));
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
const lettable = (deed: Deed): number => (deed === 'destroys' ? 0.13 : 0.3);
const deeds: readonly Deed[] = ['makes', 'changes', 'stops', 'destroys'];

/** Whether a stretch only tells, beside one of these deeds. */
export function isTold(cells: readonly Cell[], isBehind: boolean, of: readonly Deed[] = deeds): boolean {
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
    clauses.every(
      (clause) => isStated(clause) || isTicket(clause) || isOwnLook(clause) || !mayBePart(clause, isBehind),
    ) &&
    !clauses.some((clause) => isAsking(clause) || isOfThem(clause) || foreignDeedIn(clause)) &&
    partsOf(cells).every((part) => !isOrdered(part)) &&
    of.some((deed) => mattering(cells, isBehind ? 'behind' : 'before', deed) < lettable(deed))
  );
}

/** "ticket #48213:", "INC-4471,": under which number it is written down. */
const isTicket = (clause: readonly Cell[]): boolean =>
  /^(?:(?:ticket|incident|case|change|request|task|issue|alert|problem|re|fwd?) ?)+(?:no )?#? ?\d+$|^[a-z]{2,8}-\d+$/.test(
    clause.map(({ low }) => low).join(' '),
  );

/** "i want to look at the image later": what the speaker does. */
const isOwnLook = (clause: readonly Cell[]): boolean =>
  /^(?:i|we) (?:want|would like|plan|hope|intend|have|need|will|shall)(?: to)? (?:look|check|see|read|study|inspect|examine|investigate|find out|talk|write)\b/.test(
    clause.map(({ low }) => low).join(' '),
  );

/** Whether words make a statement: some of them, with a verb that is no order. */
const isStated = (clause: readonly Cell[]): boolean =>
  // "mainboard dead"
  (clause.length === 2 &&
    clause[0]!.senses.length === 0 &&
    /^(?:dead|broken|gone|full)$/.test(clause[1]!.low)) ||
  (clause.length > 2 &&
    clause.some((cell, at) => {
      if (cell.quoted || at === 0) return false;
      if (isFiniteVerb(cell) && !/(?:^| )(?:to|and|or|a|an|the)$/.test(clause[at - 1]!.low)) return true;
      const form = senseOf(cell, 'verb')?.form;
      if (form === 'base' && /^(?:i|we|they|people|users|customers|the machine)$/.test(clause[at - 1]!.low))
        return true;
      const isUnknown = cell.senses.length === 0 && /(?:ed|s|ing)$/.test(cell.low);
      return form === 'ed' || form === 's' || form === 'ing' || isUnknown;
    }));

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
    clause.some(
      (cell) =>
        !cell.quoted && senseOf(cell, 'kind') !== undefined && cell.low !== 'no' && !senseOf(cell, 'name'),
    ));

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

interface Named {
  readonly order: readonly Cell[];
  readonly reading: Acting;
  /** What of the statement stands in it. */
  readonly topic?: readonly Cell[];
}

const topicsMax = 3;

/** The order as it stands, or with the one thing that is told of before it where it has no object of its own. */
function withTopicIn(
  order: readonly Cell[],
  before: readonly Cell[],
  read: (order: readonly Cell[]) => Reading,
): Named | undefined {
  const found = topicsIn(before)
    .slice(0, topicsMax)
    .flatMap((topic): readonly Named[] => {
      const named = withTopic(order, topic);
      const reading = named && read(named);
      return reading?.kind === 'plan' || reading?.kind === 'query' ? [{ order: named!, reading, topic }] : [];
    });
  if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  const isPointing = order.some(
    (cell) =>
      !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'pronoun', 'demonstrative', 'their', 'other'),
  );
  const isNamed = order.some((cell) => senseOf(cell, 'name')?.exact);
  // "freeze is lifted, bring it up": of what was spoken of before, where nothing else is.
  const isOther = before.some(
    (cell) => isThing(cell) || isFigure(cell) || isWord(cell, 'det', 'possessive', 'their', 'demonstrative'),
  );
  if (isPointing && !isNamed && isOther) return undefined;
  const reading = read(order);
  return reading.kind === 'plan' || reading.kind === 'query' ? { order, reading } : undefined;
}

/** Whether a statement only tells of the topic, or only names it: "worker-4: …". */
const isToldOf = (
  told: readonly Cell[],
  topic: readonly Cell[] | undefined,
  of: readonly Deed[] = deeds,
): boolean =>
  (topic !== undefined &&
    told.every((cell, at) => topic.includes(cell) || (at > 0 && isWord(cell, 'colon')))) ||
  isTold(masked(told, topic), false, of);

/** What is told, with the topic as a mere name: of what kind it is and where, weighs nothing. */
const masked = (told: readonly Cell[], topic: readonly Cell[] | undefined): readonly Cell[] => {
  const names = topic?.filter((cell) => senseOf(cell, 'name')) ?? [];
  const name = names.at(-1);
  if (!topic || !name) return told;
  const [from, to] = [told.indexOf(topic[0]!), told.indexOf(topic.at(-1)!)];
  const said = isSeveral(topic)
    ? { ...plain(name, 'the machine', word('pronoun')), text: 'the machine' }
    : name;
  const head = isWord(told[from - 1], 'det') ? from - 1 : from;
  return [...told.slice(0, head), said, ...told.slice(to + 1)];
};

const destroys = (reading: Acting): boolean => reading.kind === 'plan' && reading.risk === 'destroy';

/** Whether something is destroyed that the order itself does not name. */
const destroysUnnamed = (reading: Acting, order: readonly Cell[]): boolean =>
  destroys(reading) &&
  !isEachNamed(
    {
      ...reading,
      steps: reading.steps.filter(({ operation }) => deedOf(operation) === 'destroys'),
    } as Acting,
    order,
  );

/** Whether the plan holds for all of the text. */
export function mayStand(
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
  if (destroys(plan) && behind.some((cell) => !isMark(cell)) && !isEachNamed(plan, order)) return false;
  // "only the bastion may run, stop all dev vms"; not "the disk alert on db-1 is known, ack it".
  const apart = ids.size === 1 ? before.filter((cell) => !order.includes(cell)) : before;
  if (!isEachNamed(plan, order) && apart.some(isNamed)) return false;
  const isUsed = (cell: Cell): boolean =>
    senseOf(cell, 'name')!.ids.some((id) => ids.has(id)) ||
    used.includes(`"${cell.low}"`) ||
    (apart !== before && !apart.includes(cell) && before.includes(cell));
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
  const kinds = new Set([...ids].map((id) => inventory.get(id)?.kind));
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
