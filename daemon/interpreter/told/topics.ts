// What a statement is about, put where the order behind it lacks its object: "web-10 hangs. bounce it", "ssh is reachable on
// db-sg. close 22 there", "a and b get new disks: cordon both". A topic is what was named, with the kind and the place that
// were said beside it; several of one kind in a row are one topic. Nothing is read here: whoever asks reads the order with
// each topic in it, and takes it only where one of them makes a plan. Called wherever an order stands behind what is told.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { alertOn } from './alertTopics.ts';
import { isKept } from './keeping.ts';

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

export const isName = (cell: Cell): boolean =>
  senseOf(cell, 'name') !== undefined && !senseOf(cell, 'env') && !senseOf(cell, 'region');

const isPlace = (cell: Cell): boolean =>
  (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined;

/** "…, can be approved": of the thing that was spoken of. */
export function isElided(cells: readonly Cell[], at: number): boolean {
  const verb = senseOf(cells[at + 1], 'verb');
  return (
    isWord(cells[at], 'need') &&
    !cells[at]!.quoted &&
    /\bbe$/.test(cells[at]!.low) &&
    verb?.form === 'ed' &&
    !destroying.has(verb.phrase)
  );
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

/** "the one in prod": one of several of what was named. */
const isOneOf = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'one', 'other') || /^(?:the|that|this) (?:one|others?|former|latter)$/.test(cell.low));

/** What "it", "them" or "there" behind a statement may stand for. */
export function topicsIn(told: readonly Cell[]): readonly (readonly Cell[])[] {
  // "search in staging is broken, the one in prod is not"
  if (told.some(isOneOf)) return [];
  const rows: { readonly from: number; readonly to: number }[] = [];
  for (let at = 0; at < told.length; at++) {
    if (!isNamed(told, at)) continue;
    const to = rowEnd(told, at);
    rows.push({ from: at, to });
    at = to - 1;
  }
  const topics = rows.map(({ from, to }) => [
    ...(kindBefore(told, from).length > 0 ? kindBefore(told, from) : placeBefore(told, from)),
    ...told.slice(from, to),
    ...behindOf(told, to, from),
  ]);
  const namesOf = (topic: readonly Cell[]): string =>
    topic
      .filter((cell) => senseOf(cell, 'name') && !isArea(cell))
      .map(({ low }) => low)
      .join();
  // What is named again is the same, and said best where most is said of it.
  const longest = topics.toSorted((a, b) => b.length - a.length);
  const own = longest.filter(
    (topic, at) => longest.findIndex((one) => namesOf(one) === namesOf(topic)) === at,
  );
  return own.length > 0
    ? [...own, ...rows.flatMap((row) => alertOn(told, row))]
    : [...setIn(told), ...placeIn(told)];
}

/** A thing by its name; what is called like a place, where its kind is said. */
const isNamed = (told: readonly Cell[], at: number): boolean => {
  const name = told[at]!.quoted ? undefined : senseOf(told[at], 'name');
  return name?.exact === true && (!isArea(told[at]!) || kindBeside(told, at).length > 0);
};

/** A place, and nothing that runs in one. */
const isArea = (cell: Cell): boolean => isPlace(cell) && kindsOf(cell).every((kind) => kind === 'namespace');
const kindsOf = (cell: Cell): readonly string[] =>
  (senseOf(cell, 'name')?.ids ?? []).map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? '');

/** "a, b and c": where a row of things of one kind ends. */
function rowEnd(told: readonly Cell[], from: number): number {
  const kinds = kindsOf(told[from]!);
  const isAlike = (at: number): boolean =>
    told[at] !== undefined && isNamed(told, at) && kindsOf(told[at]!).some((kind) => kinds.includes(kind));
  let to = from + 1;
  for (;;) {
    let next = to;
    while (next < to + 2 && isWord(told[next], 'and', 'comma') && !told[next]!.quoted) next++;
    if (next === to || !isAlike(next)) return to;
    to = next + 1;
  }
}

const placeBefore = (told: readonly Cell[], at: number): readonly Cell[] =>
  told[at - 1] && isArea(told[at - 1]!) && !told[at - 1]!.quoted ? [told[at - 1]!] : [];

/** "… deployment in prod": the kind and the place behind what is named. */
function behindOf(told: readonly Cell[], to: number, from: number): readonly Cell[] {
  const beside = told[to];
  const sort = beside && !beside.quoted && !senseOf(beside, 'name') ? senseOf(beside, 'kind') : undefined;
  const isKind = sort !== undefined && kindBefore(told, from).length === 0;
  const prep = to + (sort ? 1 : 0);
  const isPlaced = isWord(told[prep], 'prep') && told[prep + 1] !== undefined && isArea(told[prep + 1]!);
  return [...(isKind ? [beside!] : []), ...(isPlaced ? told.slice(prep, prep + 2) : [])];
}

/** "the three prod mongo instances": a set that is counted; of "the dev servers" some may be told of. */
function setIn(told: readonly Cell[]): readonly (readonly Cell[])[] {
  const at = told.findIndex(
    (cell) => !cell.quoted && senseOf(cell, 'kind')?.plural === true && !senseOf(cell, 'metric'),
  );
  const from = told.findLastIndex(
    (cell, index) => index < at && !cell.quoted && (isWord(cell, 'det', 'all') || cell.low === 'the'),
  );
  if (at < 0 || from < 0) return [];
  const bounds = told.slice(from + 1, at);
  const isBound = (cell: Cell): boolean =>
    isArea(cell) ||
    ['part', 'value', 'status', 'kind'].some((sort) => cell.senses.some(({ t }) => t === sort));
  const isPlaced = isWord(told[at + 1], 'prep') && told[at + 2] !== undefined && isArea(told[at + 2]!);
  if (!bounds.every(isBound) || countOf(bounds[0]) === undefined) return [];
  return [told.slice(from, at + (isPlaced ? 3 : 1))];
}

/** "cooling in eu-b is failing": where something is. */
function placeIn(told: readonly Cell[]): readonly (readonly Cell[])[] {
  const places = told.filter((cell) => isArea(cell) && !cell.quoted);
  return new Set(places.map(({ low }) => low)).size === 1 ? [[places[0]!]] : [];
}

/** Several things, or a set of them. */
export const isSeveral = (topic: readonly Cell[]): boolean =>
  topic.filter((cell) => senseOf(cell, 'name') && !isArea(cell)).length > 1 ||
  topic.some((cell) => senseOf(cell, 'kind')?.plural === true);

const one = /^(it|that|this|that one|this one|him|her)$/;
const many =
  /^(them|both|both of (them|these|those)|all of (them|these|those)|them all|them both|these|those|all (these|those)|(these|those|the) (two|three|four))$/;
const area = /^(zone|region|namespace|environment|env|place|site|cluster|datacenter|az)$/;

/** The order with a topic in the place of what points at it; undefined where nothing does, or at something else. */
export function withTopic(order: readonly Cell[], topic: readonly Cell[]): readonly Cell[] | undefined {
  const own = order.findIndex((cell) => senseOf(cell, 'name')?.exact && isName(cell) && !isSetting(cell));
  const head = own < 0 ? order.length : own;
  // "put it back on the previous one": what ran before it, and none of what was named.
  const isBack = order.some(({ low, quoted }) => !quoted && /^back\b/.test(low));
  const isBefore = (at: number): boolean =>
    isBack && /^(?:previous|former|prior|old|last|earlier)$/.test(order[at - 1]?.low ?? '');
  if (order.slice(0, head).some((cell, at) => isOneOf(cell) && !isBefore(at))) return undefined;
  const isPlaceAlone = topic.length === 1 && isArea(topic[0]!);
  // "staging is broken and prod is slow. restart all deployments there"
  if (isPlaceAlone && order.some((cell) => isArea(cell) && cell.low !== topic[0]!.low)) return undefined;
  const found: Cell[] = [];
  let isFound = false;
  // "snapshot it and delete the volume": behind a noun of its own, "it" may be that.
  let isOther = false;
  for (let at = 0; at < order.length; ) {
    const pointed = at < head ? pointedAt(order, at, topic, isPlaceAlone) : undefined;
    const taken = pointed && !(isOther && pointed.isBare) ? pointed : undefined;
    found.push(...(taken?.cells ?? [order[at]!]));
    if (taken) isFound = true;
    else if (senseOf(order[at], 'kind') && !isWord(order[at], 'replicas')) isOther = true;
    at += taken?.length ?? 1;
  }
  if (isFound || isPlaceAlone) return isFound ? found : undefined;
  return withVerbsOnly(order, topic) ?? withReplicas(order, topic);
}

interface PointedTopic {
  readonly cells: readonly Cell[];
  readonly length: number;
  readonly isBare: boolean;
}

/** What points at the topic here, and what is said in its place. */
function pointedAt(
  order: readonly Cell[],
  at: number,
  topic: readonly Cell[],
  isPlaceAlone: boolean,
): PointedTopic | undefined {
  const cell = order[at]!;
  const next = order[at + 1];
  if (cell.quoted) return undefined;
  if (/^(there|here)$/.test(cell.low) && at > 0 && !isWord(next, 'be')) {
    const prep = plain(cell, isPlaceAlone ? 'in' : 'on', word('prep'));
    return { cells: [prep, ...topic], length: 1, isBare: false };
  }
  if (isPlaceAlone) {
    const isArea = isWord(cell, 'demonstrative') && next !== undefined && area.test(next.low);
    return isArea ? { cells: topic, length: 2, isBare: false } : undefined;
  }
  const isMany = isSeveral(topic);
  if (isMany && !isAsMany(cell, topic)) return undefined;
  if (isWord(cell, 'their') && (cell.low === 'its') === !isMany) {
    // "its floating ip": what it has goes with it.
    const possessive = plain(cell, "'s", word('possessive'));
    return { cells: [...topic, possessive], length: 1, isBare: false };
  }
  const kind = next && !next.quoted && !senseOf(next, 'name') ? senseOf(next, 'kind') : undefined;
  // "these three", "those two volumes": as many as were named.
  const count =
    isWord(cell, 'demonstrative', 'both', 'all') || cell.low === 'the' ? countOf(next) : undefined;
  if (count !== undefined && isMany) {
    const counted = topic.filter((each) => senseOf(each, 'name') && !isArea(each)).length;
    const isKind = senseOf(order[at + 2], 'kind')?.plural === true && !senseOf(order[at + 2], 'name');
    if (counted !== count || (!isKind && isThing(order[at + 2]))) return undefined;
    return { cells: isKind ? [order[at + 2]!, ...topic] : topic, length: isKind ? 3 : 2, isBare: false };
  }
  const isPointing = isWord(cell, 'demonstrative', 'both') || many.test(cell.low) || cell.low === 'the';
  if (isPointing && kind && !isWord(next, 'replicas')) {
    const isItsKind = topic.some((each) => kindsOf(each).some((one) => kind.kinds.includes(one)));
    const isWhole = !isThing(order[at + 2]) && !isWord(order[at + 2], 'of', 'named', 'that');
    if (!isItsKind || kind.plural !== isMany || !isWhole) return undefined;
    const isSaid = topic.some((each) => senseOf(each, 'kind') && !senseOf(each, 'name'));
    return { cells: isSaid ? topic : [next!, ...topic], length: 2, isBare: false };
  }
  if (cell.low === 'make it' && !isMany && senseOf(next, 'value'))
    return {
      cells: [plain(cell, 'make', { t: 'verb', phrase: 'make', form: 'base' }, word('light')), ...topic],
      length: 1,
      isBare: true,
    };
  const isPronoun = isMany ? many.test(cell.low) : one.test(cell.low);
  return isPronoun && at > 0 ? { cells: topic, length: 1, isBare: true } : undefined;
}

/** "both" are two. */
function isAsMany({ low }: Cell, topic: readonly Cell[]): boolean {
  const said = /\b(?:both|two)\b/.test(low)
    ? 2
    : /\bthree\b/.test(low)
      ? 3
      : /\bfour\b/.test(low)
        ? 4
        : undefined;
  const names = topic.filter((each) => senseOf(each, 'name') && !isArea(each)).length;
  return said === undefined || names === 0 || names === said;
}

const countOf = (cell: Cell | undefined): number | undefined => {
  const value = cell && !cell.quoted ? senseOf(cell, 'value')?.value : undefined;
  return value?.k === 'number' ? value.n : undefined;
};

/** Flavors and images are what a thing gets. */
const isSetting = (cell: Cell): boolean =>
  kindsOf(cell).every((kind) => kind === 'flavor' || kind === 'image');

/** "cordon, drain, delete": verbs alone, with the one thing they have behind the last. */
function withVerbsOnly(order: readonly Cell[], topic: readonly Cell[]): readonly Cell[] | undefined {
  const last = order.findLastIndex((cell) => isBase(cell));
  const isOnly = order.every(
    (cell) => isBase(cell) || (!isThing(cell) && isWord(cell, 'comma', 'and', 'filler', 'stop')),
  );
  return last < 0 || !isOnly ? undefined : [...order.slice(0, last + 1), ...topic, ...order.slice(last + 1)];
}

/** "zero replicas, please": of what was told of. */
function withReplicas(order: readonly Cell[], topic: readonly Cell[]): readonly Cell[] | undefined {
  const at = order.findIndex((cell) => isWord(cell, 'replicas') && !cell.quoted);
  const isOnly = order.every(
    (cell, index) =>
      index === at ||
      (index === at - 1 && /^(number|times)$/.test(senseOf(cell, 'value')?.value.k ?? '')) ||
      (!isThing(cell) && isWord(cell, 'comma', 'filler', 'stop')),
  );
  if (at < 1 || !isOnly) return undefined;
  return [
    ...order.slice(0, at + 1),
    plain(order[at]!, 'for', word('prep')),
    ...topic,
    ...order.slice(at + 1),
  ];
}

/** What is destroyed, it must be sure of: the statement is about this thing, whole and alone, and nothing else is in it. */
export function isSureTopic(told: readonly Cell[], topic: readonly Cell[]): boolean {
  const names = topic.filter((cell) => senseOf(cell, 'name') && !isArea(cell));
  if (names.length === 0 || names.some((cell) => !senseOf(cell, 'name')!.exact)) return false;
  const isOwn = (cell: Cell): boolean => topic.includes(cell) || names.some(({ low }) => low === cell.low);
  const kinds = new Set(names.flatMap(kindsOf));
  const isElse = (cell: Cell): boolean => {
    if (isOwn(cell) || cell.quoted) return cell.quoted;
    const kind = senseOf(cell, 'kind');
    const isOtherKind = kind !== undefined && !kind.kinds.some((one) => kinds.has(one));
    const isOtherName = senseOf(cell, 'name')?.exact === true && !isArea(cell);
    const value = senseOf(cell, 'value')?.value.k;
    return isOtherKind || isOtherName || (value !== undefined && /^(port|tags|cidr|image|flag)$/.test(value));
  };
  return !told.some(isElse) && !isKept(told) && isSubject(told, topic);
}

/** "the old a has been …", "worker-4:": what a clause begins with. */
function isSubject(told: readonly Cell[], topic: readonly Cell[]): boolean {
  const first = told.indexOf(topic[0]!);
  let at = first - 1;
  while (
    at >= 0 &&
    (isWord(told[at], 'det', 'their', 'possessive') || senseOf(told[at], 'kind') || senseOf(told[at], 'part'))
  )
    at--;
  const before = told[at];
  const isFirst =
    before === undefined ||
    isWord(before, 'comma', 'stop', 'colon', 'because', 'and') ||
    /^(that|so|since|as|because|and|but|our|my|the|-|–|—)$/.test(before.low);
  const behind = told[first + topic.length];
  const isHeading = before === undefined && isWord(behind, 'colon');
  const isSaidOf =
    behind !== undefined &&
    (isWord(behind, 'be', 'have', 'do', 'not', 'need') ||
      senseOf(behind, 'verb')?.form === 'ed' ||
      senseOf(behind, 'verb')?.form === 's' ||
      (behind.senses.length === 0 && /(s|ed)$/.test(behind.low)));
  return first >= 0 && isFirst && (isHeading || isSaidOf);
}
