// Words that point back at what the same text has named: "the former", "these two machines", "that same address", "on the
// same box", "that vm" behind a disk of it, "the other two alerts", "the staging one", "only the worker". Each is replaced
// by the name of the one thing, or the set, that it can mean; where it could mean another, the words stay and a person
// is asked. Under a word that destroys nothing is put in but what was named itself. Called before a sentence is read.

import type { Resource } from '../../../shared/model/resource.ts';
import { namesOf } from '../conversation/listed.ts';
import type { Tools } from '../filling/readClause.ts';
import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { type Mention, mentionsIn, nameCell, ofKind, relativesOf } from './mentions.ts';
import { fitting, namedSoAt, namespaceAt, oneAt } from './pointedOnes.ts';
import { isDestroyed, isOver, lowsOf, type Pointed, type Pointing, wordsAt } from './pointing.ts';

const pointing =
  /^(the|that|this|these|those|both|all|its|their|same|one|only|just|former|latter|another|a|an)\b|\bone of$/;

/** The cells with every pointer that can mean one thing only as that thing's name. */
export function withPointers(
  cells: readonly Cell[],
  tools: Tools,
  shownIds: readonly string[] = [],
): readonly Cell[] {
  if (cells.length < 4 || !cells.some((cell) => !cell.quoted && pointing.test(cell.low))) return cells;
  const { inventory } = tools;
  const all = mentionsIn(cells, inventory);
  const shown = shownIds.flatMap((id) => inventory.get(id) ?? []);
  if (all.length + shown.length === 0 && !cells.some((cell) => cell.low === 'one')) return cells;
  const said: Cell[] = [];
  let isTurned = false;
  for (let at = 0; at < cells.length; ) {
    const found = mayPoint(cells, at)
      ? pointedAt(cells, at, { tools, said, before: mentionsIn(said, inventory), all, shown })
      : undefined;
    if (found) isTurned = true;
    said.push(...(found?.cells ?? [cells[at]!]));
    at += found?.length ?? 1;
  }
  return isTurned ? withoutHeading(said, cells, inventory) : cells;
}

/** "redis and postgres in prod: 3 replicas for the first, …": a heading says no more, once each of it is named again. */
function withoutHeading(
  said: readonly Cell[],
  typed: readonly Cell[],
  inventory: Tools['inventory'],
): readonly Cell[] {
  const colon = said.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  const head = said.slice(0, Math.max(0, colon));
  const isPlain = head.every(
    (cell) =>
      !cell.quoted &&
      (!isBase(cell) || isWord(cell, 'light') || senseOf(cell, 'name')) &&
      (isThing(cell) || isWord(cell, 'det', 'and', 'comma', 'prep', 'filler', 'light', 'both', 'of')),
  );
  const own = mentionsIn(head, inventory);
  const steps: Cell[][] = [[]];
  for (const cell of said.slice(colon + 1))
    if (isWord(cell, 'comma', 'stop', 'and', 'afterwards') && !cell.quoted) steps.push([]);
    else steps.at(-1)!.push(cell);
  // A step that names nothing is about all of it, as one of "both" is.
  const isNamed = (cell: Cell): boolean => (senseOf(cell, 'name')?.exact && !senseOf(cell, 'env')) === true;
  const isOwn = steps.every(
    (step) =>
      step.length === 0 ||
      (step.some(isNamed) && !step.some((cell) => isWord(cell, 'both', 'pronoun', 'all'))),
  );
  const isPointedAt = said.slice(colon + 1).some((cell) => isNamed(cell) && !typed.includes(cell));
  return colon > 0 && isPlain && isPointedAt && isOwn && own.length > 1 ? said.slice(colon + 1) : said;
}

const mayPoint = (cells: readonly Cell[], at: number): boolean =>
  !cells[at]!.quoted &&
  (pointing.test(cells[at]!.low) || cells[at]!.low === 'one' || cells[at + 1]?.low === 'one');

function pointedAt(cells: readonly Cell[], at: number, here: Pointing): Pointed | undefined {
  return (
    sameNameAt(cells, at) ??
    namespaceAt(cells, at, here) ??
    namedSoAt(cells, at, here) ??
    placeOfTwoAt(cells, at, here) ??
    severalAt(cells, at, here) ??
    countedAt(cells, at, here) ??
    othersAt(cells, at, here) ??
    oneAt(cells, at, here) ??
    itsFigureAt(cells, at, here) ??
    newOneAt(cells, at, here) ??
    itsKindAt(cells, at, here)
  );
}

/** "that same 203.0.113.12": the name says it. */
function sameNameAt(cells: readonly Cell[], at: number): Pointed | undefined {
  const length = wordsAt(cells, at, /^((that|this|the) )?(very )?same$/, 3);
  const name = cells[at + length];
  return length > 0 && name && !name.quoted && senseOf(name, 'name')?.exact && !senseOf(name, 'env')
    ? { length: length + 1, cells: [name] }
    : undefined;
}

const ordinals: Readonly<Record<string, number>> = { former: 0, first: 0, latter: 1, second: 1, last: -1 };
const ofTwo = /^(one )?of (the|those|these) (two|pair)$|^(one )?of (them|both|the two|those two|these two)$/;

/** "the former", "the latter", "the first of the two", "the last one": of what was named before it. */
function placeOfTwoAt(cells: readonly Cell[], at: number, { before, said }: Pointing): Pointed | undefined {
  const head = wordsAt(cells, at, /^the (former|latter|first|second|last)( one)?$/, 3);
  const place = head > 0 ? lowsOf(cells, at, head).split(' ')[1]! : '';
  const index = ordinals[place];
  if (index === undefined) return undefined;
  const isPair = /^(former|latter)$/.test(place);
  const of = wordsAt(cells, at + head, ofTwo, 4);
  const kind = of === 0 && isPair ? senseOf(cells[at + head], 'kind') : undefined;
  const length = head + of + (kind ? 1 : 0);
  if (!isOver(cells[at + length])) return undefined;
  const kinds = new Set(before.flatMap(({ all }) => all.map((one) => one.kind)));
  const isOne = / one$/.test(lowsOf(cells, at, head));
  // "the first" alone may be the first thing to do.
  const isObject = isBase(said.at(-1)) || isWord(said.at(-1), 'prep');
  const isSaid =
    isPair || of > 0 || (isOne && kinds.size > 0) || (isObject && place !== 'last' && before.length === 2);
  const isMany = isOne && !isPair && of === 0;
  if (!isSaid || (isMany ? before.length < 2 : before.length !== 2)) return undefined;
  if (isMany && !isOneList(before)) return undefined;
  const meant = before.at(index);
  return meant && { length, cells: [nameCell(meant.all, cells.slice(at, at + length))] };
}

/** Things of one kind. */
function isOneList(mentions: readonly Mention[]): boolean {
  const [first] = mentions;
  return first!.all.some(({ kind }) => mentions.every(({ all }) => all.some((one) => one.kind === kind)));
}

const counts: Readonly<Record<string, number>> = {
  both: 2,
  two: 2,
  2: 2,
  three: 3,
  3: 3,
  four: 4,
  4: 4,
  five: 5,
  5: 5,
};

/** "these two machines", "both deployments", "those instances": all of that kind that were named. */
function severalAt(cells: readonly Cell[], at: number, here: Pointing): Pointed | undefined {
  const { before, said } = here;
  const head = wordsAt(
    cells,
    at,
    /^(both( of)?( the| these| those)?|(these|those|the|all|all of these|all of those)( two| three| four| five| [2-5])|these|those)$/,
    4,
  );
  const noun = cells[at + head];
  const kinds = noun?.quoted === false ? senseOf(noun, 'kind') : undefined;
  if (head === 0 || !kinds?.plural || isWord(noun, 'replicas') || !isOver(cells[at + head + 1]))
    return undefined;
  const words = lowsOf(cells, at, head);
  const count = words
    .split(' ')
    .map((one) => counts[one])
    .find((one) => one !== undefined);
  const own = before.filter(({ all }) => all.some(({ kind }) => kinds.kinds.includes(kind)));
  const meant = own.map((mention) => ofKind(mention, kinds.kinds));
  // "stop all dev vms …, then tag those vms": a set was said, and no name.
  const isSet = said.some((cell) => {
    const kind = cell.quoted || isWord(cell, 'replicas') ? undefined : senseOf(cell, 'kind');
    return kind?.plural && kind.kinds.some((one) => kinds.kinds.includes(one));
  });
  // "snapshot a and b, delete these two volumes": counted, and listed as one.
  const isNamedSo = count !== undefined && isListed(said, own);
  // "a or b is idle": one of them.
  const isEither = said.some((cell) => isWord(cell, 'or') && !cell.quoted);
  if (
    isSet ||
    isEither ||
    (isDestroyed(said) && !isNamedSo) ||
    meant.length < 2 ||
    (count !== undefined && count !== meant.length)
  )
    return undefined;
  if (meant.some((one) => one === undefined)) return undefined;
  const length = head + 1;
  return { length, cells: namesOf(meant as readonly Resource[], cells.slice(at, at + length)) };
}

/** "the two of them", "all three of these": as many as were listed before it, or are behind it, whatever their kinds. */
function countedAt(cells: readonly Cell[], at: number, { before, said, all }: Pointing): Pointed | undefined {
  const length = wordsAt(
    cells,
    at,
    /^(both|(the|these|those|all|all the|all of these|all of those) (two|three|four|five|[2-5])( of (them|these|those))?|the (whole )?lot( of (them|these|those))?)$/,
    5,
  );
  const words = lowsOf(cells, at, length).split(' ');
  const count = words.map((one) => counts[one]).find((one) => one !== undefined);
  const isTags = (cell: Cell | undefined): boolean => senseOf(cell, 'value')?.value.k === 'tags';
  const next = cells[at + length];
  const isTagged = isTags(next) || (isWord(next, 'prep') && isTags(cells[at + length + 1]));
  // "tag the two with a=b", "add a=b to the two"
  const isGiven = isTags(said.at(-2)) && /^(to|on|onto)$/.test(said.at(-1)!.low);
  const verb = said.at(-1);
  const isDone = (isBase(verb) && !senseOf(verb, 'name')) || isGiven;
  const isLot = words.includes('lot') && !isGiven && !destroying.has(senseOf(verb, 'verb')?.phrase ?? '');
  const isSaid =
    isLot ||
    isTagged ||
    isGiven ||
    words.includes('of') ||
    words[0] === 'all' ||
    (count ?? 0) > 2 ||
    isNamedAgain(said, before);
  // "a and b are not needed anymore" says why.
  const isUnneeded = (index: number): boolean =>
    isWord(cells[index - 1], 'be') && /^(needed|used|required|wanted)$/.test(cells[index + 1]?.low ?? '');
  const isEither = cells.some(
    (cell, index) =>
      !cell.quoted && (isWord(cell, 'or', 'except') || (isWord(cell, 'not') && !isUnneeded(index))),
  );
  if (length === 0 || !isDone || !isSaid || isEither) return undefined;
  const isBehind = before.length === 0 && isWord(cells[at + length], 'colon');
  if (isBehind)
    return count === all.length && isListed(cells, all) ? { length: length + 1, cells: [] } : undefined;
  const isAll = count === before.length || (isLot && before.length > 1);
  if (!isAll || !(isOver(next) || isTagged) || !isListed(said, before)) return undefined;
  const place = cells.slice(at, at + length);
  const and = plain(cells[at]!, 'and', word('and'));
  const names = before.flatMap((one, index) => {
    const name = nameCell(one.all, place);
    return index > 0 ? [and, name] : [name];
  });
  return { length, cells: names };
}

/** "cordon a and b, drain b, then a, and uncordon the two": some of them were named once more since. */
const isNamedAgain = (said: readonly Cell[], mentions: readonly Mention[]): boolean =>
  isListed(said, mentions) &&
  !isDestroyed(said) &&
  said
    .slice(mentions.at(-1)!.at + 1)
    .some((cell) => mentions.some(({ cell: one }) => one.low === cell.low && !cell.quoted));

/** Nothing but names stands between the first and the last of them. */
const isListed = (said: readonly Cell[], mentions: readonly Mention[]): boolean =>
  mentions.length > 1 &&
  said
    .slice(mentions[0]!.at, mentions.at(-1)!.at + 1)
    .every(
      (cell) => senseOf(cell, 'name') ?? senseOf(cell, 'kind') ?? isWord(cell, 'and', 'comma', 'det', 'prep'),
    );

const reports: ReadonlySet<string> = new Set(['alert', 'anomaly', 'action']);

/** "the other two alerts", "the other pending action": of those shown, or of those that are there, all but those named. */
function othersAt(cells: readonly Cell[], at: number, here: Pointing): Pointed | undefined {
  const { all, shown, said, tools } = here;
  const head = wordsAt(cells, at, /^the (other|others|rest|remaining)( two| three| four| five| [2-5])?$/, 3);
  if (head === 0 || isDestroyed(said)) return undefined;
  let next = at + head;
  while (next < at + head + 2 && senseOf(cells[next], 'status') && !isWord(cells[next], 'one')) next++;
  const states = cells.slice(at + head, next);
  const noun = cells[next];
  const kind = noun?.quoted === false ? senseOf(noun, 'kind') : undefined;
  const isOnes = /^ones?$/.test(noun?.low ?? '');
  const length = (kind || isOnes ? next + 1 : next) - at;
  if (!isOver(cells[at + length])) return undefined;
  const named = new Set(all.flatMap((mention) => mention.all.map(({ id }) => id)));
  const spoken = new Set<string>(all.flatMap((mention) => mention.all.map((one) => one.kind)));
  const kinds = kind?.kinds ?? [...spoken];
  if (kinds.length !== 1 || !spoken.has(kinds[0]!)) return undefined;
  const listed = shown.filter((one) => kinds.includes(one.kind));
  const pool = listed.length > 1 ? listed : tools.inventory.ofKind(kinds[0]!);
  const left = pool.filter((one) => !named.has(one.id));
  const meant = states.length > 0 ? fitting(states, left, tools) : left;
  const words = lowsOf(cells, at, head);
  const count = words
    .split(' ')
    .map((one) => counts[one])
    .find((one) => one !== undefined);
  const isRest = /^the (others|rest)$/.test(words);
  if (isRest && listed.length < 2) return undefined;
  const isSeveral = kind ? kind.plural : isRest || noun?.low === 'ones' || count !== undefined;
  const isSet = listed.length > 1 || reports.has(kinds[0]!);
  const isRight = isSeveral ? (count === undefined ? isSet : count === meant.length) : meant.length === 1;
  // A single name is told from another by its own words, not by what else is there.
  if (!isRight || meant.length === 0 || meant.length > othersMax || (!isSet && !isSeveral)) return undefined;
  return { length, cells: namesOf(meant, cells.slice(at, at + length)) };
}

const othersMax = 20;

/** "it is about", "it was on", "it hangs on". */
const whereItIs =
  /^((that|which) )?(it|they|this|that|it is|it was|it s)( (is|was|hangs|sits|sat|runs|ran|lives|belongs|hung|came))?( (on|about|to|from|at|in|for|attached to|running on|mounted on|sitting on|hanging on))$/;
const pointed =
  /^((that|this) (very )?same|the (very )?same|that very|this very|that|this|same|its|their|the( (affected|underlying|related|concerned|respective))?)$/;

/** "the group", behind a security group. */
const groupIn = (cell: Cell): { readonly kinds: readonly string[]; readonly plural: boolean } | undefined =>
  cell.low === 'group' && cell.senses.length === 0 ? { kinds: ['security-group'], plural: false } : undefined;

/** "that same address", "on the same box", "that vm", "the machine it is about": of that kind, named or belonging. */
function itsKindAt(cells: readonly Cell[], at: number, here: Pointing): Pointed | undefined {
  const { before, said, tools } = here;
  const head = wordsAt(cells, at, pointed, 3);
  const noun = cells[at + head];
  const kind = noun?.quoted === false && !isBase(noun) ? (senseOf(noun, 'kind') ?? groupIn(noun)) : undefined;
  if (head === 0 || !kind || kind.plural || senseOf(noun, 'name') || before.length === 0) return undefined;
  const words = lowsOf(cells, at, head);
  const tail = wordsAt(cells, at + head + 1, whereItIs, 4);
  const isIts = /^(its|their|the)\b/.test(words) && !/same/.test(words);
  const isGroup = groupIn(noun!) !== undefined;
  const last = before.at(-1)!.all;
  // "silence an alert and start the machine"
  const isOfReport = last.every((one) => reports.has(one.kind)) && isBase(said.at(-1));
  if (words === 'the' && tail === 0 && !isGroup && !isOfReport) return undefined;
  const length = head + 1 + tail;
  // "lose its floating ip" is about what has it.
  if (kind.kinds.includes('floating-ip') && /^(its|their)$/.test(words)) return undefined;
  // "its disk": how full it is.
  if (isIts && senseOf(noun, 'metric')) return undefined;
  if (!isOver(cells[at + length]) || isDestroyed(said)) return undefined;
  const own = before.filter(({ all }) => all.some((one) => kind.kinds.includes(one.kind)));
  const isSame = /same|very/.test(words);
  // What was only named is linked with its own care.
  if (own.length > 0 && !isIts && !isSame && !isGroup) return undefined;
  if (isMade(said, kind.kinds)) return undefined;
  const things = before.flatMap(({ all }) => all);
  // "a and b, and its disk": of which of the two?
  const isOfOne = before.length < 2 || !isListed(said, before.slice(-2));
  if (/^(its|their)$/.test(words) && !isOfOne) return undefined;
  const isLast = isIts && isOfOne && !isOfReport;
  const found =
    own.length > 0 && (!isIts || isGroup)
      ? own.map((mention) => ofKind(mention, kind.kinds))
      : relativesOf(watched(isLast ? last : things, tools), kind.kinds, tools.inventory);
  const [one] = found;
  return one && found.length === 1
    ? { length, cells: [nameCell([one], cells.slice(at, at + length))] }
    : undefined;
}

/** "show web-1 and its cpu": a question of its own about the one thing that was looked at. */
function itsFigureAt(cells: readonly Cell[], at: number, { before, said }: Pointing): Pointed | undefined {
  const metric = cells[at + 1];
  const isIts = isWord(cells[at], 'their') && /^(its|their)$/.test(cells[at]!.low);
  const [only, other] = before;
  if (!isIts || !metric || metric.quoted || !senseOf(metric, 'metric') || !only || other) return undefined;
  const looked = said.findLastIndex((cell, index) => index < only.at && isLook(cell));
  const between = said.slice(only.at + 1).filter((cell) => !senseOf(cell, 'env') && !isWord(cell, 'prep'));
  const [join, ask, ...more] = between;
  const isBehind =
    looked >= 0 && isWord(join, 'and', 'comma', 'afterwards') && (!ask || isLook(ask)) && more.length === 0;
  if (!isBehind || said.some((cell) => isBase(cell) && !isLook(cell))) return undefined;
  const show = ask
    ? []
    : [said[looked]!.low.includes(' of') ? plain(metric, 'show', word('ask')) : said[looked]!];
  return {
    length: 2,
    cells: [...show, metric, plain(cells[at]!, 'of', word('of')), nameCell(only.all, [cells[at]!])],
  };
}

const isLook = (cell: Cell): boolean => !cell.quoted && isWord(cell, 'ask', 'showCue');

/** "delete vol-backup and create a new one with the same name", "… a new one of db-1": of the kind that was spoken of. */
function newOneAt(cells: readonly Cell[], at: number, { said, before }: Pointing): Pointed | undefined {
  const isCalled = isWord(cells[at + 1], 'named') && (isBase(said.at(-1)) || isWord(said.at(-1), 'and'));
  const length =
    cells[at]!.low === 'one' && isCalled
      ? 1
      : wordsAt(cells, at, /^(a|an|another)( new| fresh)? one( of)?$|^(new|fresh) one( of)?$/, 4);
  const isSameName = wordsAt(cells, at, /^the same name$/, 2) || wordsAt(cells, at, /^the same name$/, 3);
  const [only, other] = before;
  // "the same name"
  if (isSameName > 0 && only && !other && isWord(said.at(-1), 'prep', 'grep'))
    return { length: isSameName, cells: [plain(cells[at]!, 'name', word('named')), only.cell] };
  const kinds = new Map(
    said.flatMap((cell) => {
      const kind = cell.quoted || isWord(cell, 'replicas') ? undefined : senseOf(cell, 'kind');
      return kind && !senseOf(cell, 'name') ? [[kind.kinds.join(), cell] as const] : [];
    }),
  );
  const [noun, second] = [...kinds.values()];
  // "delete alice-key and create one called alice-2026"
  const ids = isCalled
    ? said.flatMap((cell) => (senseOf(cell, 'name')?.exact ? senseOf(cell, 'name')!.ids : []))
    : [];
  const named = [...new Set(ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? ''))];
  const isNamed = noun === undefined && named.length === 1;
  if (length === 0 || second || (!noun && !isNamed)) return undefined;
  const own = noun ? senseOf(noun, 'kind')!.kinds : named;
  const kind = plain(cells[at]!, noun?.low ?? named[0]!, { t: 'kind', kinds: own, plural: false });
  const of = / of$/.test(lowsOf(cells, at, length)) ? [plain(cells[at]!, 'of', word('of'))] : [];
  return { length, cells: [plain(cells[at]!, 'a', word('det')), kind, ...of] };
}

/** With what the reports among them are about. */
const watched = (things: readonly Resource[], { inventory }: Tools): readonly Resource[] =>
  things.flatMap((one) => {
    const about = reports.has(one.kind) ? inventory.get(String(one.attributes.resource)) : undefined;
    return about ? [one, about] : [one];
  });

/** "make a volume and attach it to web-1, then tag that volume": a new one, or a set of them. */
function isMade(said: readonly Cell[], kinds: readonly string[]): boolean {
  return said.some((cell, at) => {
    const kind = cell.quoted ? undefined : senseOf(cell, 'kind');
    if (!kind?.kinds.some((one) => kinds.includes(one)) || senseOf(cell, 'name')) return false;
    const before = said[at - 1];
    return (
      kind.plural ||
      isBase(cell) ||
      !(isWord(before, 'det', 'demonstrative') && /^(the|that|this|its)$/.test(before!.low))
    );
  });
}
