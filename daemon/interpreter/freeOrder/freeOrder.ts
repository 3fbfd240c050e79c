// One order in whatever order its parts were said: "port 22 has to be closed on web-sg", "removal of the volume x is
// requested", "checkout in prod: 8 replicas", "web-dev-1 off". The deed is put first, then its things, then its figures;
// that plain command is read by the same grammar as any other. Only where every word is a deed, a thing, a figure or one
// that asks for it, and where the order was asked for: a statement stays a statement. Called by `stepByStep`.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { plain, word } from '../words/plainCells.ts';
import { type Chunks, chunksOf, type Deed, type Figure, isGeneral, type Thing } from './chunks.ts';
import { inOneUnit, pairsOf } from './figurePairs.ts';
import { fromForm } from './forms.ts';
import { creationOf, making, snapshotOf } from './newThings.ts';
import { withoutReasons, withTopic } from './orderTopics.ts';
import { withWishedState } from './wishedStates.ts';

/** The thing that a part of a text is about: the one it has no preposition for. */
export function subjectOf(
  cells: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): Thing | undefined {
  const said = cells.filter((cell) => cell.quoted || !isWord(cell, 'stop'));
  const things = chunksOf(said, kindOf)?.things.filter(isDirect);
  return things?.length === 1 ? things[0] : undefined;
}

const isDirect = ({ prep }: Thing): boolean => prep === undefined;

/** Figures that say by themselves what is to be done with a thing that was spoken of. */
const telling: ReadonlySet<string> = new Set(['flavor', 'size', 'count', 'image']);

/** "scale a to 4, 5 replicas": a figure alone, where there was one before, is no further step. */
export function isFigureAgain(
  cells: readonly Cell[],
  before: readonly (readonly Cell[])[],
  kindOf: (id: string) => string | undefined,
): boolean {
  const parts = chunksOf(cells, kindOf, true);
  if (!parts || parts.deeds.some((deed) => !isGeneral(deed))) return false;
  const sortOf = ({ sort }: Figure): string => (sort === 'number' ? 'count' : sort);
  const sorts = new Set(parts.figures.map(sortOf));
  return before.some((one) => chunksOf(one, kindOf)?.figures.some((figure) => sorts.has(sortOf(figure))));
}

/** With the thing that was spoken of before, where a part has none of its own. */
function withSubject(parts: Chunks, subject: readonly Cell[] | undefined): Chunks | undefined {
  if (!subject) return parts;
  // "its class is to be changed to …"
  const isPointing = ({ cells }: Thing): boolean => cells.every((cell) => isWord(cell, 'their'));
  const named = parts.things.filter((thing) => !isPointing(thing));
  const isOwn = named.some(({ prep }) => prep === undefined || /^(of|for)$/.test(prep));
  const [figure, ...more] = parts.figures;
  const isDone = parts.deeds.length > 0 || (figure && more.length === 0 && telling.has(figure.sort));
  // What takes away is carried on to a thing only that was said by its name.
  const isNamed = subject.every(
    (cell) => senseOf(cell, 'name')?.exact || isWord(cell, 'and', 'comma', 'det'),
  );
  const isSafe = isNamed || !parts.deeds.some(({ phrase }) => destroying.has(phrase));
  if (isOwn || !isDone || !isSafe) return undefined;
  const thing: Thing = { cells: subject, prep: undefined, isJoined: false, isNew: false, at: -1 };
  return { ...parts, things: [thing, ...named] };
}

/** "make report-daily active again", "get web-01 live": the state that it is to have. */
function withMadeState(cells: readonly Cell[]): readonly Cell[] {
  const make = cells.findIndex((cell) => isWord(cell, 'light') && /^(make|get|set|put|have)$/.test(cell.low));
  if (make < 0) return cells;
  return cells.map((cell, at) => {
    const state = at > make + 1 && !cell.quoted ? madeStates[cell.low] : undefined;
    const next = cells[at + 1];
    const isLast = next === undefined || isWord(next, 'comma', 'again', 'filler', 'and');
    const isNamed = senseOf(cells[at - 1], 'name')?.exact === true;
    return state !== undefined && isLast && isNamed ? plain(cell, state, word('filler')) : cell;
  });
}

const madeStates: Readonly<Record<string, string>> = {
  active: 'on',
  alive: 'on',
  live: 'on',
  available: 'on',
  inactive: 'off',
};

/** The plain commands; undefined where there is none, or it could be two. `subject`: what was spoken of before. */
export function inPlainOrder(
  given: readonly Cell[],
  kindOf: (id: string) => string | undefined,
  subject?: readonly Cell[],
): readonly (readonly Cell[])[] | undefined {
  const cells = fromForm(given) ?? withoutReasons(given);
  const last = cells.findLast((cell) => !isWord(cell, 'filler'));
  const isAskedBack = last?.low === '?' && !last.quoted;
  const said = withMadeState(withWishedState(cells.filter((cell) => cell.quoted || !isWord(cell, 'stop'))));
  const found = chunksOf(said, kindOf, subject !== undefined);
  const parts = found && withSubject({ ...found, figures: inOneUnit(found.figures) }, subject);
  if (!parts || parts.things.length === 0 || (isAskedBack && !parts.isAsked) || isQuestion(said))
    return undefined;
  const creation =
    snapshotOf(parts) ?? creationOf(parts, said, (figure) => figureCells(figure, 'create'), kindOf);
  if (creation) return [creation];
  const deed = deedOf(parts, kindOf);
  if (!deed || !isOrdered(parts, deed)) return undefined;
  const told = withTopic(parts.things);
  if (isSplit(told, deed) || isBehindFigure(told, parts.figures)) return undefined;
  const pairs = pairsOf(told, parts.figures, kindOf);
  if (pairs)
    return pairs.map(({ thing, figure }) => [deed.verb, ...thing, ...figureCells(figure, deed.phrase)]);
  const things = thingCells(told, deed, kindOf);
  if (!things || isTwice(parts.figures)) return undefined;
  const key = parts.figures.find(({ sort }) => sort === 'key');
  if (key) return isRemoval(deed) && parts.figures.length === 1 ? [untagged(deed, key, things)] : undefined;
  return [[deed.verb, ...things, ...parts.figures.flatMap((figure) => figureCells(figure, deed.phrase))]];
}

/** "a, start b": the deed has an object of its own behind it, and what stands before it belongs elsewhere. */
function isSplit(things: readonly Thing[], { deed }: Order): boolean {
  if (deed?.form !== 'base') return false;
  const direct = things.filter(({ prep }) => prep === undefined);
  return direct.some(({ at }) => at < deed.at) && direct.some(({ at }) => at > deed.at);
}

/** "scale a to 2 and b": whether the figure holds for what is joined behind it was not said. */
function isBehindFigure(things: readonly Thing[], figures: readonly Figure[]): boolean {
  return things.some((thing) => thing.isJoined && figures.some(({ at }) => at < thing.at));
}

/** Two figures of one sort, of which only one could be meant. */
function isTwice(figures: readonly Figure[]): boolean {
  const sorts = figures.map(({ sort }) => sort).filter((sort) => sort !== 'tags' && sort !== 'port');
  return new Set(sorts).size < sorts.length;
}

const isRemoval = ({ phrase }: Order): boolean =>
  /^(remove|strip|delete|drop|take|take off|take away|clear|unset|untag|get rid of)$/.test(phrase);

/** "the tag team is to be removed from all stopped VMs" */
function untagged({ verb }: Order, { cells }: Figure, things: readonly Cell[]): readonly Cell[] {
  const isFirst = /^(tag|label)$/.test(cells[0]!.low);
  const [tag, key] = isFirst ? cells : [cells[1], cells[0]];
  const phrase = 'remove tag';
  return [
    plain(verb, phrase, { t: 'verb', phrase, form: 'base' }),
    key!,
    plain(tag!, 'from', word('prep')),
    ...things,
  ];
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
  const step = parts.figures.find(({ sort }) => sort === 'step');
  if (step)
    return !deed || deed.phrase === 'scale' ? orderOf(stepOf(step), step.cells[0]!, undefined) : undefined;
  const isTag =
    parts.figures.some(({ sort }) => sort === 'tags') && /\b(tags?|labels?)$/.test(deed?.phrase ?? '');
  if (deed && isTag && !isRemoval(orderOf(deed.phrase, deed.cell, deed)))
    return orderOf('tag', deed.cell, deed);
  if (deed) return orderOf(stateOf(deed, parts, kindOf), deed.cell, deed);
  const general = parts.deeds[0];
  if (isWish(parts) && parts.things[0]!.isNew)
    return orderOf('create', parts.things[0]!.cells[0]!, undefined);
  const isBare = parts.deeds.length === 1 && parts.figures.length === 0;
  const phrase = impliedBy(parts, kindOf) ?? (isBare ? general?.phrase : undefined);
  const cell = general?.cell ?? parts.figures[0]?.cells[0] ?? parts.things[0]!.cells[0]!;
  return phrase === undefined ? undefined : orderOf(phrase, cell, undefined);
}

/** "report-daily back on": a schedule and a rule are not started. */
function stateOf(
  { form, phrase }: Deed,
  { things }: Chunks,
  kindOf: (id: string) => string | undefined,
): string {
  const kinds = form === 'state' ? new Set(things.flatMap(({ cells }) => kindsIn(cells, kindOf))) : undefined;
  if (kinds?.has('cronjob')) return phrase === 'start' ? 'resume' : 'suspend';
  if (kinds?.has('policy')) return phrase === 'start' ? 'enable' : 'disable';
  return phrase;
}

/** "need subnet b …": something that is not there, and nothing that is to be done to what is. */
const isWish = ({ isAsked, deeds }: Chunks): boolean => isAsked && deeds.length === 0;

const orderOf = (phrase: string, cell: Cell, deed: Deed | undefined): Order => ({
  phrase,
  verb: plain(cell, phrase, { t: 'verb', phrase, form: 'base' }),
  deed,
});

/** "two more replicas", "one fewer": up or down. */
const stepOf = ({ cells }: Figure): string =>
  cells.some(({ low }) => /^(less|fewer)$/.test(low)) ? 'scale down' : 'scale up';

const workloads: ReadonlySet<string> = new Set(['deployment', 'statefulset', 'replicaset', 'service']);

/** "api-1: t3.large", "checkout to 8", "jenkins-home 300 GB": what the figure is of says what is to be done. */
function impliedBy(parts: Chunks, kindOf: (id: string) => string | undefined): string | undefined {
  const sorts = new Set(parts.figures.map(({ sort }) => sort));
  const kinds = parts.things.flatMap(({ cells }) => kindsIn(cells, kindOf));
  if (isToHost(parts, kindOf)) return 'migrate';
  if (sorts.size !== 1 || kinds.length === 0) return undefined;
  const isOf = (...some: readonly string[]): boolean => kinds.some((kind) => some.includes(kind));
  if (sorts.has('tags') && parts.deeds.length > 0) return 'tag';
  if (sorts.has('flavor') && isOf('vm', 'database')) return 'resize';
  // "put 60 GB into it" adds.
  const isInto =
    parts.things.some(({ prep }) => /^(into|onto|in|on|with)$/.test(prep ?? '')) ||
    (parts.deeds.some(({ phrase }) => /^(give|put|get|take)$/.test(phrase)) &&
      !parts.deeds.some(({ phrase }) => phrase === 'make'));
  if (sorts.has('size') && isOf('volume')) return isInto ? undefined : 'resize';
  if ((sorts.has('count') || sorts.has('number')) && kinds.some((kind) => workloads.has(kind)))
    return 'scale';
  const isImageSaid = parts.figures.some(({ cells }) => cells.length > 1);
  if (sorts.has('image') && isImageSaid && kinds.some((kind) => workloads.has(kind))) return 'set image';
  return undefined;
}

/** "erp-01 to esx-02": a machine that is to be on that host. */
function isToHost({ things, figures }: Chunks, kindOf: (id: string) => string | undefined): boolean {
  const [thing, host, ...others] = things;
  const isAll = (cells: readonly Cell[], kind: string): boolean => {
    const kinds = kindsIn(cells, kindOf);
    return kinds.length > 0 && kinds.every((one) => one === kind);
  };
  return (
    thing?.prep === undefined &&
    /^(to|onto|over to)$/.test(host?.prep ?? '') &&
    others.length + figures.length === 0 &&
    isAll(thing!.cells, 'vm') &&
    isAll(host!.cells, 'host')
  );
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
  const first =
    things.find(({ prep }) => prep === undefined) ??
    things.find(({ prep }) => /^(of|for|on|from)$/.test(prep ?? ''));
  if (!first) return undefined;
  const others = things.filter((thing) => thing !== first);
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
  const isMade = making.test(phrase);
  if (prep === 'by' || (sort === 'size' && first.text.startsWith('+'))) return [said('by'), ...cells];
  switch (sort) {
    case 'name':
      return [plain(first, 'named', word('named')), cells.at(-1)!];
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
    case 'step':
      return [said('by'), ...cells.filter(({ low }) => !/^(more|less|fewer|additional|extra)$/.test(low))];
    case 'duration':
      return senseOf(first, 'time') ? cells : [said('for'), ...cells];
    case 'cidr':
      return [said(isMade ? 'with' : 'from'), ...cells];
    case 'image':
      return [said(isMade ? 'with' : 'to'), ...cells];
    default:
      return [said(isMade ? 'with' : prep !== undefined && kept.test(prep) ? prep : 'to'), ...cells];
  }
}
