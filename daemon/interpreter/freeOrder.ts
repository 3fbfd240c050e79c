// One order in whatever order its parts were said: "port 22 has to be closed on web-sg", "removal of the volume x is
// requested", "checkout in prod: 8 replicas", "web-dev-1 off". The deed is put first, then its things, then its figures;
// that plain command is read by the same grammar as any other. Only where every word is a deed, a thing, a figure or one
// that asks for it, and where the order was asked for: a statement stays a statement. Called by `stepByStep`.

import { type Cell, isWord, senseOf } from './cells.ts';
import { type Chunks, chunksOf, type Deed, type Figure, isGeneral, type Thing } from './chunks.ts';
import { isQuestion } from './cues.ts';
import { destroying } from './guard.ts';
import { partsOf } from './orderAlone.ts';
import { plain, word } from './passives.ts';
import { isToldOf } from './toldOf.ts';

/** The plain commands; undefined where there is none, or it could be two. */
export function inPlainOrder(
  given: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly (readonly Cell[])[] | undefined {
  const cells = withoutReasons(given);
  const last = cells.findLast((cell) => !isWord(cell, 'filler'));
  const isAskedBack = last?.low === '?' && !last.quoted;
  const said = cells.filter((cell) => cell.quoted || !isWord(cell, 'stop'));
  const parts = chunksOf(said, kindOf);
  if (!parts || parts.things.length === 0 || (isAskedBack && !parts.isAsked) || isQuestion(said))
    return undefined;
  const deed = deedOf(parts, kindOf);
  if (!deed || !isOrdered(parts, deed)) return undefined;
  const told = withTopic(parts.things);
  const pairs = pairsOf(told, parts.figures, kindOf);
  if (pairs)
    return pairs.map(({ thing, figure }) => [deed.verb, ...thing, ...figureCells(figure, deed.phrase)]);
  const things = thingCells(told, deed, kindOf);
  if (!things || isTwice(parts.figures)) return undefined;
  return [[deed.verb, ...things, ...parts.figures.flatMap((figure) => figureCells(figure, deed.phrase))]];
}

/** Two figures of one sort, of which only one could be meant. */
function isTwice(figures: readonly Figure[]): boolean {
  const sorts = figures.map(({ sort }) => sort).filter((sort) => sort !== 'tags' && sort !== 'port');
  return new Set(sorts).size < sorts.length;
}

/** Without "since the release is done, …", "Approved by: M. Klein.": parts that tell why, and name nothing. */
function withoutReasons(cells: readonly Cell[]): readonly Cell[] {
  const parts = partsOf(cells);
  if (parts.length < 2) return cells;
  const kept = parts.filter((part, at) => !isReason(part) && !(at > 0 && isToldOf(part, true)));
  return kept.length > 0 && kept.length < parts.length ? kept.flat() : cells;
}

const leading =
  /^(since|before|as|because|ahead of|due to|now that|given that|seeing that|thanks to|owing to)\b/;

function isReason(part: readonly Cell[]): boolean {
  const first = part.find((cell) => !isWord(cell, 'filler', 'comma', 'and'));
  const isData = (cell: Cell): boolean =>
    cell.quoted || senseOf(cell, 'name') !== undefined || senseOf(cell, 'value') !== undefined;
  return (
    first !== undefined &&
    leading.test(first.low) &&
    !part.some((cell) => isData(cell) || (senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'kind')))
  );
}

const pointing =
  /^(those|these|them|they|both|both of them|all of them|all of those|all of these|each of them|any of them|each|every one|each one|all|any|it|that|this|that one|this one)$/;

/** "security groups: close 22 on all of them but default": the topic in the place of what points at it. */
function withTopic(things: readonly Thing[]): readonly Thing[] {
  const [topic, ...others] = things;
  const at = others.findIndex(({ cells }) => pointing.test(cells[0]!.low) || isEveryOne(cells));
  if (!topic || at < 0 || topic.prep !== undefined) return things;
  const { cells, prep } = others[at]!;
  const rest = cells.slice(isEveryOne(cells) ? 2 : 1);
  const isWhole = isEveryOne(cells) || /\b(all|each|every|any)\b/.test(cells[0]!.low);
  const quantifier =
    isWhole && rest.length > 0 && !isWord(topic.cells[0], 'all', 'both')
      ? [plain(cells[0]!, 'all', word('all'))]
      : [];
  const one: Thing = { ...topic, cells: [...quantifier, ...topic.cells, ...rest], prep };
  return [one, ...others.filter((_, index) => index !== at)];
}

const isEveryOne = (cells: readonly Cell[]): boolean =>
  /^(every|each|all|any)$/.test(cells[0]!.low) && isWord(cells[1], 'one') && !cells[1]!.quoted;

interface Pair {
  readonly thing: readonly Cell[];
  readonly figure: Figure;
}

/** "a and b to 80 and 30 GB", "web: prod 6, staging 3": as many figures of one sort as things, one each. */
function pairsOf(
  things: readonly Thing[],
  figures: readonly Figure[],
  kindOf: (id: string) => string | undefined,
): readonly Pair[] | undefined {
  if (figures.length < 2) return undefined;
  const unit = figures.at(-1)!;
  const own = figures.map((figure) => (figure.sort === 'number' ? inUnitOf(figure, unit) : figure));
  if (own.some(({ sort }) => sort !== unit.sort || sort === 'tags' || sort === 'port')) return undefined;
  const named = things.flatMap(({ cells }) =>
    cells.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env')),
  );
  const isListed = things.length === 1 && named.length === own.length && isPlainList(things[0]!.cells);
  if (isListed) return named.map((cell, at) => ({ thing: [cell], figure: own[at]! }));
  const [first, ...places] = things;
  const isPlace = ({ cells }: Thing): boolean =>
    cells.length === 1 &&
    senseOf(cells[0], 'env') !== undefined &&
    (senseOf(cells[0], 'name')?.ids ?? []).every((id) => kindOf(id) === 'namespace');
  if (!first || named.length !== 1 || places.length !== own.length || !places.every(isPlace))
    return undefined;
  return places.map(({ cells }, at) => ({
    thing: [named[0]!, plain(cells[0]!, 'in', word('prep')), ...cells],
    figure: own[at]!,
  }));
}

const isPlainList = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => senseOf(cell, 'name')?.exact || isWord(cell, 'and', 'comma', 'det', 'both'));

/** "80 and 30 GB": the first is in the unit of the last. */
function inUnitOf(figure: Figure, unit: Figure): Figure {
  const value = senseOf(figure.cells[0], 'value')?.value;
  const own = unit.cells.map((cell) => senseOf(cell, 'value')?.value).find((one) => one !== undefined);
  if (value?.k !== 'number') return figure;
  if (unit.sort === 'count')
    return { ...figure, sort: 'count', cells: [...figure.cells, ...unit.cells.slice(-1)] };
  if (unit.sort !== 'size' || own?.k !== 'size') return figure;
  const said = Number.parseFloat(unit.cells[0]!.text);
  if (!(said > 0)) return figure;
  const gb = (value.n * own.gb) / said;
  const sized = { t: 'value', value: { k: 'size', gb } } as const;
  return { ...figure, sort: 'size', cells: [{ ...figure.cells[0]!, senses: [sized] }] };
}

interface Order {
  readonly phrase: string;
  readonly verb: Cell;
  readonly deed: Deed | undefined;
}

/** The one deed, said or to be seen from the figures. */
function deedOf(parts: Chunks, kindOf: (id: string) => string | undefined): Order | undefined {
  const own = parts.deeds.filter((deed) => !isGeneral(deed));
  const phrases = new Set(own.map(({ phrase }) => phrase));
  if (phrases.size > 1) return undefined;
  const deed = own[0];
  if (deed) return orderOf(deed.phrase, deed.cell, deed);
  const general = parts.deeds[0];
  const phrase = impliedBy(parts, kindOf) ?? (parts.deeds.length === 1 ? general?.phrase : undefined);
  const cell = general?.cell ?? parts.figures[0]?.cells[0] ?? parts.things[0]!.cells[0]!;
  return phrase === undefined ? undefined : orderOf(phrase, cell, undefined);
}

const orderOf = (phrase: string, cell: Cell, deed: Deed | undefined): Order => ({
  phrase,
  verb: plain(cell, phrase, { t: 'verb', phrase, form: 'base' }),
  deed,
});

const workloads: ReadonlySet<string> = new Set(['deployment', 'statefulset', 'replicaset', 'service']);

/** "api-1: t3.large", "checkout to 8", "jenkins-home 300 GB": what the figure is of says what is to be done. */
function impliedBy(parts: Chunks, kindOf: (id: string) => string | undefined): string | undefined {
  const sorts = new Set(parts.figures.map(({ sort }) => sort));
  const kinds = parts.things.flatMap(({ cells }) => kindsIn(cells, kindOf));
  if (sorts.size !== 1 || kinds.length === 0) return undefined;
  const isOf = (...some: readonly string[]): boolean => kinds.some((kind) => some.includes(kind));
  if (sorts.has('flavor') && isOf('vm', 'database')) return 'resize';
  if (sorts.has('size') && isOf('volume')) return 'resize';
  if ((sorts.has('count') || sorts.has('number')) && kinds.some((kind) => workloads.has(kind)))
    return 'scale';
  if (sorts.has('image') && kinds.some((kind) => workloads.has(kind))) return 'set image';
  return undefined;
}

function kindsIn(cells: readonly Cell[], kindOf: (id: string) => string | undefined): readonly string[] {
  return cells.flatMap((cell) => {
    const named = (senseOf(cell, 'name')?.ids ?? []).flatMap((id) => kindOf(id) ?? []);
    return cell.quoted ? named : [...named, ...(senseOf(cell, 'kind')?.kinds ?? [])];
  });
}

/** Said as an order, or asked for: a deed alone in another form is a statement. */
function isOrdered(parts: Chunks, { deed }: Order): boolean {
  if (parts.isAsked) return true;
  if (parts.isStated) return false;
  return deed === undefined || deed.form === 'base' || deed.form === 'state' || deed.form === 'noun';
}

/** The things behind the deed; undefined where two of them were not joined. */
function thingCells(
  things: readonly Thing[],
  order: Order,
  kindOf: (id: string) => string | undefined,
): readonly Cell[] | undefined {
  const [first, ...others] = things;
  if (!first) return undefined;
  const kinds = new Set(kindsIn(first.cells, kindOf));
  const said: Cell[] = [...first.cells];
  for (const { cells, prep, isJoined } of others) {
    const isNamed = cells.some((cell) => senseOf(cell, 'name')?.exact);
    const isAlike = kindsIn(cells, kindOf).some((kind) => kinds.has(kind));
    if (!isNamed) return undefined;
    const isSame = isJoined && isAlike && prep === first.prep;
    if (!isSame && prep !== undefined && !/^(of|for)$/.test(prep))
      said.push(plain(cells[0]!, prep, word('prep')), ...cells);
    else if (isAlike && (isSame || !destroying.has(order.phrase)))
      said.push(plain(cells[0]!, 'and', word('and')), ...cells);
    else return undefined;
  }
  return said;
}

const kept = /^(by|from|to|with|on|in|for|as|at)$/;

/** A figure with the small word that its deed wants. */
function figureCells({ sort, cells, prep }: Figure, phrase: string): readonly Cell[] {
  const first = cells[0]!;
  const said = (low: string): Cell => plain(first, low, word('prep'));
  const isMade = /^(create|launch|provision|spin up|make|set up|deploy|new|add)$/.test(phrase);
  if (prep === 'by') return [said('by'), ...cells];
  switch (sort) {
    case 'name':
    case 'tags':
    case 'port':
    case 'factor':
      return cells;
    case 'flavor':
      return isMade
        ? [said('with'), plain(first, 'flavor', word('typeWord')), ...cells]
        : [said('to'), ...cells];
    case 'size':
      return [said(isMade ? 'of' : 'to'), ...cells];
    case 'duration':
      return [said('for'), ...cells];
    case 'cidr':
      return [said(isMade ? 'with' : 'from'), ...cells];
    case 'image':
      return [said(isMade ? 'with' : 'to'), ...cells];
    default:
      return [said(isMade ? 'with' : prep !== undefined && kept.test(prep) ? prep : 'to'), ...cells];
  }
}
