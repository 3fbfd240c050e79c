// Nothing of an order may vanish: every thing that was named, every number and every verb of order has its place in the
// plan, or was said by the way: told, denied, taken back, or spoken of as a place. Where one is left over, whatever read
// the text, the plan is offered as a question. It looks at the words as they were typed, and at which of them gave the
// plan; it corrects nothing. Called by `heldBack`.

import type { PlanReading, QueryReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { isPestered } from '../rewording/besideOrder.ts';
import { isPredicate } from '../steps/split.ts';
import { withoutTold } from '../told/toldBeside.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isMetricJoin } from '../words/metricLists.ts';
import { plainWords } from '../words/plainWords.ts';
import { environmentSpellings } from '../words/words.ts';
import { isCarrying, isNounAt } from './deedNouns.ts';
import type { Doubt } from './objections.ts';
import { isAsking, isFormerSize, isTelling } from './toldParts.ts';

/** What was ordered and is in no step of the plan. */
export function vanishedFrom(
  reading: PlanReading | QueryReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
  inventory: Inventory,
): Doubt | undefined {
  const plan = usedBy(reading, inventory);
  const protocol = protocolGone(reading, cells);
  if (protocol) return { about: 'op', question: `What is "${protocol.text}" about? It is not in this plan.` };
  const isGone = (cell: Cell, at: number): boolean =>
    !cell.quoted &&
    !isBy(plan, cell) &&
    !isPestered(cells, at) &&
    (plan.isSet || !isFormerSize(cells, at)) &&
    (isNameGone(cells, at, plan, reading.kind === 'query') ||
      (reading.kind === 'plan' && isNamingGone(cells, at, plan)) ||
      (reading.kind === 'plan' && isBoundGone(cells, at, plan)) ||
      (reading.kind === 'plan' && isRestGone(cells, at, reading, catalogue)) ||
      isMetricGone(cells, at, plan) ||
      (reading.kind === 'plan' && isNumberGone(cells, at, plan)) ||
      isImageGone(cells, at, plan) ||
      (reading.kind === 'plan' && isOtherGone(cells, at, plan)) ||
      (isVerbGone(cells, at, reading, catalogue) && !isNaming(cells, at, plan)));
  const open = cells.filter((cell, at) => isGone(cell, at) || isPlaceGone(cells, at, plan));
  if (open.length === 0) return undefined;
  const ordering = orderingIn(cells, plan);
  // A time bounds a set, and a name is given, wherever that was said.
  const isAnywhere = (cell: Cell): boolean => {
    const at = cells.indexOf(cell);
    return (
      (senseOf(cell, 'time') !== undefined && isBoundGone(cells, at, plan)) || isNamingGone(cells, at, plan)
    );
  };
  const gone = open.find((cell) => ordering.has(cell) || (reading.kind === 'plan' && isAnywhere(cell)));
  return gone && { about: 'op', question: `What is "${gone.text}" about? It is not in this plan.` };
}

interface Plan {
  readonly evidence: StepDraft['evidence'];
  readonly ids: ReadonlySet<string>;
  /** Every text and number in the arguments and filters, in lower case. */
  readonly values: ReadonlySet<string | number>;
  readonly targets: readonly Resource[];
  /** How many things each step is about. */
  readonly counts: readonly number[];
  readonly isBulk: boolean;
  /** A step is about more than one thing. */
  readonly isSet: boolean;
  /** It asks for figures. */
  readonly measures: boolean;
}

function usedBy({ steps }: PlanReading | QueryReading, inventory: Inventory): Plan {
  const sets = steps.map(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  const values = new Set<string | number>();
  for (const { args, target } of steps) {
    collect(args, values);
    if (target?.kind === 'resources') collect(target.filter ?? null, values);
  }
  const ids = new Set(sets.flat());
  const targets = [...ids].flatMap((id) => inventory.get(id) ?? []);
  return {
    evidence: steps.flatMap(({ evidence }) => evidence),
    ids,
    values,
    targets,
    isBulk: steps.some(
      ({ target }) => target?.kind === 'resources' && target.ids.length > 1 && target.filter !== undefined,
    ),
    isSet: sets.some(({ length }) => length > 1),
    measures: steps.some(({ operation }) => /^(metrics|forecast)\./.test(operation)),
    counts: [...sets.map((set) => set.length), ids.size, steps.length],
  };
}

function collect(value: Json | undefined, into: Set<string | number>): void {
  if (typeof value === 'number') into.add(value);
  else if (typeof value === 'string') into.add(value.toLowerCase());
  else if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) {
      into.add(key.toLowerCase());
      collect(one, into);
    }
}

const isBy = ({ evidence }: Plan, cell: Cell): boolean =>
  evidence.some(({ start, end }) => start < cell.end && cell.start < end);

const isNamed = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined &&
  !cell.quoted &&
  senseOf(cell, 'name')?.exact === true &&
  !senseOf(cell, 'env') &&
  !senseOf(cell, 'region') &&
  !senseOf(cell, 'provider');

/** "restart grafana and, after it, loki": a name that is in no step. */
function isNameGone(cells: readonly Cell[], at: number, plan: Plan, isQuery: boolean): boolean {
  const cell = cells[at]!;
  if (!isNamed(cell)) return false;
  const { ids } = senseOf(cell, 'name')!;
  const isUsed =
    ids.some((id) => plan.ids.has(id) || plan.values.has(id.toLowerCase())) ||
    plan.values.has(cell.low) ||
    ids.some((id) => plan.values.has(id.slice(id.lastIndexOf('/') + 1).toLowerCase())) ||
    // "the checkout latency alert": called by what it watches.
    plan.targets.some(
      ({ kind, name }) => /^(alert|anomaly)$/.test(kind) && name.toLowerCase().includes(cell.low),
    ) ||
    cells.some((one) => one !== cell && one.low === cell.low && isBy(plan, one));
  // "search the logs", "search ledger's logs": no thing has an article or another behind it.
  const isFirst = cells.slice(0, at).every((one) => isWord(one, 'filler', 'comma'));
  if (isQuery && isFirst && plainWords.has(cell.low) && isNamed(cells[at + 1])) return false;
  if (isUsed || isPredicate(cells[at + 1]) || isWord(cells[at + 1], 'det')) return false;
  // "detach vol-data from db-1", "the pods of worker-4": where the thing is.
  const isPlace =
    isWord(cells[at + 1], 'possessive') ||
    senseOf(cells[at - 1], 'kind')?.kinds.includes('namespace') ||
    /^(from|form|of|off|on|in|at|out of|off of|inside|within|\[)$/.test(wordBefore(cells, at));
  // "the high cpu alert for web-1": what it watches.
  const isWatched =
    wordBefore(cells, at) === 'for' &&
    plan.targets.some((one) => one.kind === 'alert' && isAt(one, cell, ids));
  if (isWatched) return false;
  const isMachine = ids.every((id) => /:(host|node)\//.test(id)) && !isWord(cells[at - 1], 'and', 'comma');
  return !((isPlace || isMachine) && plan.targets.some((one) => isAt(one, cell, ids)));
}

/** "stop web-1, it should be called web-old": a name that nothing of the plan gets. */
function isNamingGone(cells: readonly Cell[], at: number, plan: Plan): boolean {
  const naming = cells[at - 1];
  const isNaming =
    isWord(naming, 'named') &&
    /^(and |please )*(call|name|it|its|the name|should|must|shall)\b/.test(naming!.low);
  return (
    isNaming &&
    !naming!.quoted &&
    !isWord(cells[at], 'det', 'need', 'be', 'have', 'colon', 'prep', 'comma', 'stop', 'named', 'filler') &&
    !/^(that|this|same|the same)$/.test(cells[at - 2]?.low ?? '') &&
    // "name resolution is flaky"
    !(isWord(cells[at + 1], 'be') && naming!.low === 'name') &&
    !plan.values.has(cells[at]!.text.toLowerCase())
  );
}

/** The thing is in it, on it or fixed to it. */
function isAt(resource: Resource, cell: Cell, ids: readonly string[]): boolean {
  const own = [resource.namespace, resource.zone, resource.cluster, ...Object.values(resource.attributes)];
  return own.some(
    (value) => typeof value === 'string' && (ids.includes(value) || value.toLowerCase() === cell.low),
  );
}

/** The word before a thing, without an article, its kind or other things it is listed with. */
function wordBefore(cells: readonly Cell[], at: number): string {
  let before = at - 1;
  while (isWord(cells[before], 'and', 'comma') && isNamed(cells[before - 1])) before -= 2;
  while (
    isWord(cells[before], 'det') ||
    (senseOf(cells[before], 'kind') && !cells[before]!.quoted && !senseOf(cells[before], 'name'))
  )
    before--;
  return cells[before]?.low ?? '';
}

/** "scale a to 4 and b to 3": a number that is in no step. */
function isNumberGone(cells: readonly Cell[], at: number, plan: Plan): boolean {
  const value = senseOf(cells[at], 'value')?.value;
  if (!value || senseOf(cells[at], 'name')) return false;
  const said = value.k === 'number' ? value.n : value.k === 'size' ? value.gb : undefined;
  if (said === undefined || cells[at]!.low === 'one') return false;
  if (plan.values.has(said) || plan.values.has(String(said)) || plan.counts.includes(said)) return false;
  // "mongo-1, 2 and 3"
  const isListed = isWord(cells[at - 1], 'and', 'comma', 'afterwards');
  const ending = new RegExp(`\\D0*${said}$`);
  if (isListed && plan.targets.some(({ name }) => ending.test(name))) return false;
  // "1. stop it", "(2) start it": the number of an item; "from 100 GB to 160", "2 -> 4": what it was.
  const isItem = isWord(cells[at + 1], 'close', 'stop', 'colon') && !isWord(cells[at - 1], 'prep', 'arrow');
  const isPast =
    /^(from|at|of|was|is|were|are|not|instead of|rather than)$/.test(wordBefore(cells, at)) ||
    isWord(cells[at + 1], 'arrow');
  // Bounds of sets have a guard of their own.
  const isBound = isWord(cells[at - 1], 'more', 'less', 'older', 'newer');
  const isLabel = /^(step|task|item|number|no|nr|#|ticket|case|incident|request|issue|ref|change|bug|story)$/;
  return !isItem && !isPast && !isBound && !isLabel.test(cells[at - 1]?.low ?? '');
}

/** "they need udp 514, please open it": a port without its protocol is another one, wherever that was said. */
function protocolGone({ steps }: PlanReading | QueryReading, cells: readonly Cell[]): Cell | undefined {
  const ports = steps.filter(({ operation }) => /^(open|close)-port\./.test(operation));
  if (ports.length === 0) return undefined;
  const said = (cell: Cell): string | undefined => /^(udp|tcp|icmp)\b/.exec(cell.quoted ? '' : cell.low)?.[1];
  return cells.find(
    (cell) => said(cell) && !ports.some(({ args }) => (args.protocol ?? 'tcp') === said(cell)),
  );
}

/** "web: image registry.local/web:1.4": an image that is in no step. */
function isImageGone(cells: readonly Cell[], at: number, plan: Plan): boolean {
  const value = senseOf(cells[at], 'value')?.value;
  return value?.k === 'image' && !senseOf(cells[at], 'name') && !plan.values.has(value.image.toLowerCase());
}

/** "all runers that are running", "all snapshots prior to november": what bounds a set and is not in its filter. */
function isBoundGone(cells: readonly Cell[], at: number, plan: Plan): boolean {
  // "… since monday, delete them" has its set from the words before.
  const isSet = plan.isBulk || (senseOf(cells[at], 'time') !== undefined && plan.isSet);
  if (!isSet || isWord(cells[at], 'filler', 'prep')) return false;
  if (senseOf(cells[at], 'status') && senseOf(cells[at], 'verb')?.form !== 'base') {
    let before = at - 1;
    while (isWord(cells[before], 'filler', 'be') && !isWord(cells[before], 'that')) before--;
    return isWord(cells[before], 'that') && !cells[before]!.quoted;
  }
  const range = senseOf(cells[at], 'time')?.range;
  const isAge = range !== undefined && /^(over|beyond|past|more than|above)\b.*\d/.test(cells[at]!.low);
  const isPoint = isAge || range?.side === 'before' || range?.side === 'after' || range?.side === 'since';
  // "the vms stopped since monday": since when, nobody knows.
  const isState = senseOf(cells[at - 1], 'status') !== undefined && !isWord(cells[at - 1], 'prep', 'filler');
  return (
    isPoint &&
    (senseOf(cells[at - 1], 'kind')?.plural === true || isWord(cells[at - 1], 'createdOn') || isState)
  );
}

/** "delete a, its ip and its disk", "stop it for 10 minutes", "reboot it twice": what no step does. */
function isRestGone(
  cells: readonly Cell[],
  at: number,
  { steps }: PlanReading,
  catalogue: Catalogue,
): boolean {
  const cell = cells[at]!;
  const isSaidOnce = !/^(twice|thrice|(two|three|four|five|several|many) times)$/.test(cell.low);
  const isSized = steps.some(({ operation }) => /^(scale|resize)\./.test(operation));
  if (cell.low === 'times' && senseOf(cells[at - 1], 'value') && !isSized) return true;
  if (!isSaidOnce || (!isSized && /^\d+ times$/.test(cell.low))) return true;
  const before = cells[at - 1]?.low === 'for' ? cells[at - 2] : cells[at - 1];
  const isFor =
    senseOf(cell, 'time') !== undefined &&
    /^(for|until|till|by) (?!(?:today|the day|this weekend|the weekend|this week)$)\S|\bago$|^yesterday/.test(
      cell.low,
    );
  const isBehind = ['name', 'value', 'kind'].some((sort) => before?.senses.some(({ t }) => t === sort));
  // "I need it for a week"
  const isNeeded =
    /\b(need|needs|use|uses|want|have)$/.test(cells[at - 2]?.low ?? '') && isWord(before, 'pronoun');
  if (isFor && isNeeded) return false;
  if (isFor)
    return isBehind || isWord(before, 'pronoun', 'replicas') || senseOf(before, 'verb')?.form === 'base';
  const kinds = senseOf(cell, 'kind')?.kinds ?? [];
  const isOwn = isWord(before, 'their') && isWord(cells[at - 2], 'and', 'comma');
  const done = steps.flatMap(({ operation }) => catalogue.get(operation)?.kind ?? []);
  return isOwn && kinds.length > 0 && !kinds.some((kind) => done.some((one) => one === kind));
}

/** "the cart in staging and dev", "… and the one in dev": a place of what was named in which nothing is reached. */
function isPlaceGone(cells: readonly Cell[], at: number, { targets, isBulk }: Plan): boolean {
  const cell = cells[at]!;
  const env = senseOf(cell, 'env')?.value;
  if (env === undefined || cell.quoted || isBulk || targets.length === 0) return false;
  const isEnv = (index: number): boolean => senseOf(cells[index], 'env') !== undefined;
  const isEnd = (index: number): boolean =>
    cells[index] === undefined || isWord(cells[index], 'comma', 'stop', 'and', 'afterwards', 'filler');
  const first = (from: number): number => (isWord(cells[from], 'prep') ? from + 1 : from);
  let and = at - 1;
  while (isWord(cells[and], 'prep', 'pronoun', 'det') && !isWord(cells[and], 'and')) and--;
  const isOther = cells.slice(and + 1, at).some((one) => isWord(one, 'pronoun'));
  const other = first(at + 2);
  const isListed = isWord(cells[at + 1], 'and')
    ? isEnv(other) && isEnd(other + 1)
    : isWord(cells[and], 'and') && (isOther || cells.slice(0, and).some((_, index) => isEnv(index)));
  if (!isListed || !isEnd(at + 1) || !cells.slice(0, at).some(isNamed)) return false;
  const spellings = environmentSpellings[env] ?? [env];
  return !targets.some((one) =>
    placesOf(one).some((place) => spellings.includes(place) || place === cell.low),
  );
}

/** Where a thing is, in lower case: its namespace and what its labels say. */
const placesOf = ({ namespace, connection, tags, name }: Resource): readonly string[] =>
  [namespace, connection, ...Object.values(tags), ...name.split(/[-_.]/)].flatMap((place) =>
    typeof place === 'string' ? [place.toLowerCase()] : [],
  );

/** "restart a in dev and the one in eu-a": another one that is in no step. */
function isOtherGone(cells: readonly Cell[], at: number, plan: Plan): boolean {
  const isOne = /^(the one|that one)$/.test(cells[at]!.low) && isWord(cells[at + 1], 'prep');
  const place = cells[at + 2];
  if (!isOne || !place || isBy(plan, place) || !(senseOf(place, 'name') ?? senseOf(place, 'region')))
    return false;
  // "all cronjobs in prod plus the one in payments": it is among them.
  if (plan.isSet && plan.targets.some((one) => placesOf(one).includes(place.low))) return false;
  return isWord(cells[at - 1], 'and') || (isWord(cells[at - 1], 'filler') && isWord(cells[at - 2], 'and'));
}

/** "cpu and memory of mongo-1": a figure that is asked for beside another one. */
function isMetricGone(cells: readonly Cell[], at: number, plan: Plan): boolean {
  const said = senseOf(cells[at], 'metric');
  if (!said || senseOf(cells[at], 'name')) return false;
  if (said.also) return plan.measures && !said.also.every((metric) => plan.values.has(metric));
  if (plan.values.has(said.metric)) return false;
  const isListed = [at - 2, at + 2].some(
    (other) => senseOf(cells[other], 'metric') && isMetricJoin(cells[(at + other) / 2]),
  );
  return isListed && plan.measures;
}

/** Verbs that stand for others, or are half of one: "give it a kick", "take it off". */
const light =
  /^(give|take|make|put|get|do|let|set|have|go|change|need|bring|move|use|see|try|keep|run|turn|switch|throw|kick|help|ok|okay|pull|search|grab|fetch|report|review|filter|plot|pick|count|track|compare|measure)\b/;

const asking = /^(please|pls|plz|kindly|then|also|just|now|next|could you|can you|would you|you)$/;
/** "before we migrate": why, not what. */
const whose = /\b(we|i|they|it|he|she)$/;

/** "…, but snapshot it before you resize": a verb of order that is in no step. */
function isVerbGone(
  cells: readonly Cell[],
  at: number,
  { kind, steps }: PlanReading | QueryReading,
  catalogue: Catalogue,
): boolean {
  const cell = cells[at]!;
  const verb = senseOf(cell, 'verb');
  const before = cells[at - 1];
  // "check it before stopping it"
  const isStep = verb?.form === 'ing' && isWord(before, 'before', 'after');
  const isState = senseOf(cell, 'status') !== undefined && !isStep;
  // "new flavor: M.8"
  const isNewFigure =
    cell.low === 'new' && isWord(cells[at + 1], 'typeWord', 'sizeWord', 'imageWord', 'replicas');
  if (
    !verb ||
    isNewFigure ||
    !(verb.form === 'base' || isStep) ||
    senseOf(cell, 'name') ||
    isState ||
    light.test(verb.phrase) ||
    isCarrying(cells, at)
  )
    return false;
  // Of a question only what is joined to it can be an order.
  const isJoined = isWord(before, 'and', 'afterwards', 'before', 'after');
  if (kind === 'query' && !isJoined) return false;
  const isOrdered =
    before === undefined ||
    (isWord(before, 'comma', 'stop', 'and', 'afterwards', 'before', 'after', 'colon', 'first') &&
      !whose.test(before.low)) ||
    asking.test(before.low) ||
    // "when its idle delete it"
    (/^(it|them)$/.test(cells[at + 1]?.low ?? '') &&
      verb.form === 'base' &&
      !isWord(before, 'not', 'prep', 'need', 'do', 'verb') &&
      !/\b(to|not|i|we|they|he|she|will|would|can|could|must|should|might|may|shall|let|makes?|help|who|and)$/.test(
        before.low,
      ));
  // "…, then back up to 1"
  const isBack = / (up|down)$/.test(cell.low) && cells[at + 1]?.low === 'to';
  if (!isOrdered || isBack || isWord(cells[at + 1], 'be', 'colon') || isNounAt(cells, at)) return false;
  const verbs = steps.flatMap(({ operation }) => catalogue.get(operation)?.verb ?? []);
  return !verbs.some((one) => verbWords[one].includes(verb.phrase));
}

const isNaming = (cells: readonly Cell[], at: number, plan: Plan): boolean =>
  cells[at + 1]?.low === 'it' &&
  cells[at + 2] !== undefined &&
  isBy(plan, cells[at + 2]!) &&
  /^(label|title|tag)$/.test(cells[at]!.low);

/** A number or a size that the plan took from here. */
const isFigureOf = (plan: Plan, cell: Cell): boolean =>
  !cell.quoted && /^(number|size)$/.test(senseOf(cell, 'value')?.value.k ?? '') && isBy(plan, cell);

/** What is neither told beside the order nor denied or taken back in it. */
function orderingIn(cells: readonly Cell[], plan: Plan): ReadonlySet<Cell> {
  const order = withoutTold(cells)?.order ?? cells;
  const kept = new Set(order);
  const fix = cells.findLastIndex((cell) => !cell.quoted && isWord(cell, 'correction'));
  const left = new Set<Cell>();
  let part: Cell[] = [];
  const close = (): void => {
    // "…, and have 4 replicas"
    const isWished = /^(have|get)$/.test(part.find((cell) => !isWord(cell, 'and'))?.low ?? '');
    const isTold = !isAsking(part) && !isWished && part.some(isTelling);
    // "web needs 4 or 5 replicas": what gave the plan its figure is no telling.
    const isOrder = part.some((cell) => isFigureOf(plan, cell));
    if (!isTold || isOrder) for (const cell of part) if (kept.has(cell)) left.add(cell);
    part = [];
  };
  cells.forEach((cell, at) => {
    if (at <= fix) return;
    if (!cell.quoted && isWord(cell, 'comma', 'stop', 'colon', 'open', 'close')) close();
    else part.push(cell);
  });
  close();
  return left;
}
