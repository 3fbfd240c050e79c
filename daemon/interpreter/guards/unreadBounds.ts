// Bounds that were said of a set and that the plan may not keep: a place that only some of it are in, a quote that bounds,
// one of the set of which something is said apart. Such a plan is offered as a question. It looks at what was read, by
// whatever way, and at the words of the text; it narrows nothing by itself. Called by `heldBack`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { environmentSpellings } from '../words/words.ts';
import { type Doubt, partsOf } from './objections.ts';

/** What bounds a set and was not read, or may mean less than the plan does. */
export function unreadBoundOf(
  reading: PlanReading,
  texts: readonly (readonly Cell[])[],
  inventory: Inventory,
): Doubt | undefined {
  if (isBoundInQuotes(reading, texts))
    return {
      about: 'scope',
      question: 'What is quoted is not read, and it may bound what is meant. Are all of these meant?',
    };
  if (texts.some(isOfNone))
    return { about: 'op', question: 'That orders it of nothing. What should be done, and to which ones?' };
  if (texts.some((cells) => cells.some((cell, at) => isNotRunningOn(cell, cells[at - 1]))))
    return { about: 'scope', question: 'Those that are elsewhere, or those there that do not run?' };
  if (isRestUnsaid(texts.at(-1) ?? []) && isOverlapping(reading))
    return { about: 'scope', question: 'The rest beside which ones? Say what is to be left out.' };
  const tag = doubtfulTag(reading, texts.at(-1) ?? [], inventory);
  if (tag)
    return { about: 'scope', question: `Does "${tag.text}" say which ones are meant, or is it to be set?` };
  const both = notBoth(reading, texts.at(-1) ?? []);
  if (both) return { about: 'target', question: 'These are not two. Which ones are meant?' };
  const since = unreadSince(reading, texts[0] ?? []);
  if (since)
    return { about: 'scope', question: `What is "${since.text}" said of? No step takes notice of it.` };
  const only = unreadOnly(reading, texts[0] ?? []);
  if (only)
    return { about: 'scope', question: `Which ones are "${only}"? No step is bounded by it. Are all meant?` };
  const clause = unreadClause(reading, texts[0] ?? []);
  if (clause)
    return { about: 'scope', question: `Which ones are those "${clause}"? It was not read. Are all meant?` };
  const place = unreadPlace(reading, texts.at(-1) ?? [], inventory);
  return place && { about: 'scope', question: `What is "${place.text}" said of? These are not only there.` };
}

/** "the failing pods of the last hour", "the nodes that were cordoned today": since when, and no bound of the set. */
function unreadSince({ steps }: PlanReading, cells: readonly Cell[]): Cell | undefined {
  const sets = steps.filter(
    ({ target }) => target?.kind === 'resources' && target.ids.length > 0 && target.filter !== undefined,
  );
  const isRead = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
  return sets.length === 0
    ? undefined
    : cells.find((cell, at) => {
        const range = cell.quoted ? undefined : senseOf(cell, 'time')?.range;
        if (!range || isRead(cell)) return false;
        const isOf =
          range.windowS !== undefined &&
          /^(of|from|in|within|during) /.test(cell.low) &&
          range.horizonS === undefined;
        const isDone =
          range.day === true &&
          senseOf(cells[at - 1], 'verb')?.form === 'ed' &&
          isWord(cells[at - 2], 'that', 'be');
        const before = cells[at - 1];
        const isSince =
          range.side === 'since' &&
          before !== undefined &&
          senseOf(before, 'status') !== undefined &&
          !senseOf(before, 'verb');
        return (
          (isOf && before !== undefined && senseOf(before, 'kind')?.plural === true) || isDone || isSince
        );
      });
}

/** "…, only those nobody looks at": words that bound a set and gave no step anything. */
function unreadOnly({ steps }: PlanReading, cells: readonly Cell[]): string | undefined {
  const at = cells.findIndex(
    ({ quoted, low }, index) =>
      !quoted &&
      /^(?:only|just)$/.test(low) &&
      /^(?:those|the ones|ones|these)\b/.test(cells[index + 1]?.low ?? ''),
  );
  if (at < 0) return undefined;
  const rest = cells.slice(at + 2);
  const end = rest.findIndex((cell) => isWord(cell, 'comma', 'stop', 'close'));
  const bound = end < 0 ? rest : rest.slice(0, end);
  const isRead = bound.some((cell) =>
    steps.some(({ evidence }) => evidence.some(({ start, end: to }) => start < cell.end && cell.start < to)),
  );
  return isRead || bound.length === 0 ? undefined : bound.map(({ text }) => text).join(' ');
}

const relative = /^(?:(?:and|or|but) )*(?:which|that|who|whose|where)$/;
const subject =
  /^(?:i|we|you|they|he|she|nobody|no one|noone|someone|somebody|everybody|everyone)(?: (?:do|does|did|have|has|never|no longer))*$/;
const ofThem =
  /^(?:use|used|using|need|needed|want|wanted|own|owned|know|made|make|created|started|launched|left|forgot|abandoned|have|keep|care about|rely on|pay for|depend on|like|miss)$/;

/**
 * "the free volumes and which make less than 50 Go", "the dev vms we do not use": a clause that goes on bounding a set,
 * by a word of relation behind "and", or without a mark and without an object of its own, and gave no step anything.
 */
function unreadClause({ steps }: PlanReading, cells: readonly Cell[]): string | undefined {
  const isSet = steps.some(
    ({ target, operation }) => target?.kind === 'resources' && target.filter && !isShown.test(operation),
  );
  if (!isSet) return undefined;
  const isRead = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
  const endOf = (from: number): number => {
    const end = cells.findIndex((cell, at) => at > from && isWord(cell, 'comma', 'stop', 'open', 'and'));
    return end < 0 ? cells.length : end;
  };
  for (const [at, cell] of cells.entries()) {
    const kind = cells.slice(0, at).findLastIndex((one) => senseOf(one, 'kind')?.plural && !one.quoted);
    if (cell.quoted || kind < 0) continue;
    const isJoined = isWord(cells[at - 1], 'and') || /^(?:but|or)$/.test(cells[at - 1]?.low ?? '');
    const isMore = relative.test(cell.low) && (isJoined || / /.test(cell.low)) && at < cells.length - 1;
    const end = endOf(at);
    const isContact =
      kind === at - 1 && subject.test(cell.low) && end > at + 1 && ofThem.test(cells[end - 1]!.low);
    const clause = cells.slice(at, end);
    if ((isMore || isContact) && !clause.some(isRead)) return clause.map(({ text }) => text).join(' ');
  }
  return undefined;
}

/** "stop none of the prod vms", "prod vms: stop nothing"; "nothing but" means only. */
const isOfNone = (cells: readonly Cell[]): boolean =>
  cells.some(
    ({ quoted, low }, at) =>
      !quoted &&
      /^(none|nothing|nobody)$/.test(low) &&
      senseOf(cells[at - 1], 'verb')?.form === 'base' &&
      !/^(but|except|else|other than)\b/.test(cells[at + 1]?.low ?? ''),
  );

/** "delete the pods not running on worker-4". */
const isNotRunningOn = (cell: Cell, before: Cell | undefined): boolean =>
  !cell.quoted && cell.low === 'running on' && isWord(before, 'not');

/** "stop the rest of the dev vms", where nothing says which ones are not meant. */
const isRestUnsaid = (cells: readonly Cell[]): boolean =>
  cells.some(
    ({ quoted, low }, at) => !quoted && /^(the )?(rest|remainder)$/.test(low) && isWord(cells[at + 1], 'of'),
  ) &&
  !cells.some(
    (cell) => !cell.quoted && isWord(cell, 'except', 'not', 'stays', 'alone', 'outside', 'instead'),
  );

/** One step, or two about the same thing. */
function isOverlapping({ steps }: PlanReading): boolean {
  const ids = steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  return steps.length === 1 || new Set(ids).size < ids.length;
}

/** "stop both web-1", where more are called so: what is said of things has to be of two. */
function notBoth({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  const isOfThings = cells.some((cell, at) => {
    if (cell.quoted) return false;
    if (/^both of (them|these|those)$/.test(cell.low)) return true;
    if (!isWord(cell, 'both')) return false;
    let head = at + 1;
    while (isWord(cells[head], 'det', 'of')) head++;
    const names = senseOf(cells[head], 'name')?.ids ?? [];
    return names.length > 2 && !senseOf(cells[head], 'env') && !isWord(cells[head + 1], 'and', 'comma');
  });
  const sizes = new Map<string, number>();
  for (const { operation, target } of steps)
    if (target?.kind === 'resources')
      sizes.set(operation, (sizes.get(operation) ?? 0) + new Set(target.ids).size);
  return isOfThings && ![...sizes.values()].includes(2);
}

/** `Boss said: "only the dev ones". Stop all vms`: a quote is data, but one that bounds is no reason to do more. */
function isBoundInQuotes({ steps }: PlanReading, texts: readonly (readonly Cell[])[]): boolean {
  const isBulk = steps.some(({ target }) => target?.kind === 'resources' && target.ids.length > 1);
  const quoted = texts.flat().filter((cell) => cell.quoted && cell.low.includes(' '));
  return (
    isBulk &&
    quoted.some(({ low }) =>
      /\b(only|just|except|excluding|but|not|without|besides|apart|leave|keep|never)\b/.test(low),
    )
  );
}

/** "label every vm with role=ci audit=q4": two tags side by side, one of which only some of them have already. */
function doubtfulTag({ steps }: PlanReading, cells: readonly Cell[], inventory: Inventory): Cell | undefined {
  const isTags = (cell: Cell | undefined): boolean =>
    cell !== undefined && senseOf(cell, 'value')?.value.k === 'tags';
  const sets = steps.flatMap(({ operation, target }) =>
    operation.startsWith('tag.') && target?.kind === 'resources' && target.ids.length > 1 ? [target.ids] : [],
  );
  return cells.find((cell, at) => {
    if (sets.length === 0 || !isTags(cell) || !isTags(cells[at + 1])) return false;
    const value = senseOf(cell, 'value')!.value;
    const [key, said] = value.k === 'tags' ? (Object.entries(value.tags)[0] ?? []) : [];
    const has = (id: string): boolean => key !== undefined && inventory.get(id)?.tags[key] === said;
    return sets.some((ids) => ids.some(has) && !ids.every(has));
  });
}

/** "delete completed jobs, staging only": a place that only some of the set are in, and that nobody excludes. */
function unreadPlace({ steps }: PlanReading, cells: readonly Cell[], inventory: Inventory): Cell | undefined {
  // What is only shown, behind what was ordered, is bounded by its own words.
  const sets = steps.flatMap(({ operation, target }) =>
    target?.kind === 'resources' && (target.ids.length > 1 || target.filter) && !isShown.test(operation)
      ? [target.ids]
      : [],
  );
  if (sets.length === 0) return undefined;
  const topic = topicOf(cells, inventory);
  const places = cells.filter(
    (cell, at) =>
      !cell.quoted && (isPlace(cell, inventory) || topic.includes(cell)) && !isExcluded(cells, at),
  );
  return places.find((cell) =>
    sets.some((ids) => {
      const inside = (id: string): boolean =>
        places.some((one) => sortOf(one) === sortOf(cell) && isIn(inventory.get(id)!, one));
      const isMeant =
        (topic.includes(cell) && (isPlace(cell, inventory) || !senseOf(cell, 'part'))) ||
        isOnly(cells, cells.indexOf(cell)) ||
        ids.some((id) => isIn(inventory.get(id)!, cell));
      return isMeant && !ids.every(inside);
    }),
  );
}

const isShown = /^(list|show|metrics|logs|explain|forecast)\./;

/** "legacy: stop all vms", "staging cleanup: …": words in front of a colon that are parts of names or tags, or places. */
function topicOf(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const mark = cells.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted && !senseOf(cell, 'name'));
  const head = cells.slice(0, Math.max(0, mark));
  const isTold = head.some((cell) => senseOf(cell, 'verb') || isWord(cell, 'be', 'have', 'stop', 'comma'));
  const isBound = (cell: Cell): boolean =>
    senseOf(cell, 'part') !== undefined ||
    isPlace(cell, inventory) ||
    /^(legacy|obsolete|abandoned|deprecated)$/.test(cell.low);
  return isTold || head.length > 4 ? [] : head.filter(isBound);
}

const sortOf = (cell: Cell): string =>
  senseOf(cell, 'region') ? 'region' : senseOf(cell, 'provider') ? 'provider' : 'env';

function isPlace(cell: Cell, inventory: Inventory): boolean {
  const named = senseOf(cell, 'name')?.ids.map((id) => inventory.get(id)?.kind) ?? [];
  return (
    (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined ||
    (named.length > 0 && named.every((kind) => kind === 'namespace'))
  );
}

/** "but prod only", "just the aws ones". */
function isOnly(cells: readonly Cell[], at: number): boolean {
  const near = [cells[at - 3], cells[at - 2], cells[at - 1], cells[at + 1], cells[at + 2]];
  return near.some((cell) => cell !== undefined && !cell.quoted && /^(only|just)$/.test(cell.low));
}

/** "except prod", "not in prod", "all but the aws ones"; "but prod only" is none. */
function isExcluded(cells: readonly Cell[], at: number): boolean {
  if (isOnly(cells, at) && !cells.slice(Math.max(0, at - 4), at).some((cell) => isWord(cell, 'not')))
    return false;
  return cells
    .slice(Math.max(0, at - 4), at + 1)
    .some((cell) => isWord(cell, 'except', 'not', 'outside', 'other') || /^non\b/.test(cell.low));
}

function isIn(resource: Resource, cell: Cell): boolean {
  const env = senseOf(cell, 'env')?.value;
  const words = new Set(env === undefined ? [cell.low] : (environmentSpellings[env] ?? [env]));
  const region = senseOf(cell, 'region')?.values;
  const provider = senseOf(cell, 'provider')?.value;
  return (
    words.has(resource.namespace ?? '') ||
    words.has(resource.zone ?? '') ||
    Object.values(resource.tags).some((value) => words.has(value.toLowerCase())) ||
    resource.name
      .toLowerCase()
      .split(/[-_.]/)
      .some((part) => words.has(part)) ||
    (region?.includes(resource.region ?? '') ?? false) ||
    resource.provider === provider
  );
}

/** "restart the payments deployments, ledger is fine": one of a set, of which something is said apart from the order. */
export function toldApart({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const apart = apartFrom(steps, cells);
  return (
    apart && { about: 'scope', question: `Something is said of ${apart.text} apart. Is it meant as well?` }
  );
}

function apartFrom(steps: PlanReading['steps'], cells: readonly Cell[]): Cell | undefined {
  // "uncordon a, b, then show the nodes": a look at more than that bounds nothing.
  const sets = steps.flatMap(({ target, operation }) =>
    target?.kind === 'resources' && target.ids.length > 1 && !isShown.test(operation) ? [target] : [],
  );
  if (sets.length === 0) return narrowedTo(steps, cells);
  const isMember = (cell: Cell): boolean =>
    senseOf(cell, 'name')?.ids.some((id) => sets.some(({ ids }) => ids.includes(id))) === true;
  const order = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'base');
  const said = cells.find(
    (cell, at) =>
      isMember(cell) && order >= 0 && order < at && isApart(cells, at) && isPredicate(cells[at + 1]),
  );
  return said ?? besideOrder(sets, cells, isMember);
}

/** A part of the text that names some of a set which another part describes, and does not say that they are in it. */
function besideOrder(
  sets: readonly { readonly ids: readonly string[] }[],
  cells: readonly Cell[],
  isMember: (cell: Cell) => boolean,
): Cell | undefined {
  const isAside = (part: readonly Cell[]): boolean =>
    (!part.some((cell) => isOrdering(cell) && !isMember(cell)) || part.some((cell) => isWord(cell, 'not'))) &&
    !part.some((cell) => /^(incl\w*|also|too|as well|plus|even|especially|namely|like)$/.test(cell.low)) &&
    !part.some((cell) => isWord(cell, 'except', 'other'));
  const aside = partsOf(cells).filter(isAside).flat();
  const isListed = (some: readonly Cell[]): boolean =>
    sets.every(({ ids }) => {
      const own = some.map((cell) => senseOf(cell, 'name')?.ids.filter((id) => ids.includes(id)) ?? []);
      return ids.every((id) => own.some((one) => one.length === 1 && one[0] === id));
    });
  // "a thru c, reboot them"
  const isSpokenOf = cells.some(
    (cell, at) =>
      !cell.quoted &&
      ((isWord(cell, 'pronoun') && cell.low !== 'it') ||
        (isWord(cell, 'both') && cells.slice(0, at).some((one) => isWord(one, 'same')))),
  );
  if (isSpokenOf || isListed(cells)) return undefined;
  // "web in all namespaces": the name says what the set is.
  const isWhole = (cell: Cell): boolean =>
    sets.every(({ ids }) => ids.every((id) => senseOf(cell, 'name')?.ids.includes(id)));
  return aside.find((cell) => isMember(cell) && !cell.quoted && !isWhole(cell));
}

const isOrdering = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'verb')?.form === 'base' && !/^(need|keep|use|be)\b/.test(cell.low);

/** "delete all free volumes vol-backup …": a name right behind a set that is not only it. */
function narrowedTo(steps: PlanReading['steps'], cells: readonly Cell[]): Cell | undefined {
  return cells.find((cell, at) => {
    const ids = cell.quoted ? [] : (senseOf(cell, 'name')?.ids ?? []);
    const kind = cells[/^(only|just)$/.test(cells[at - 1]?.low ?? '') ? at - 2 : at - 1];
    const isSet = senseOf(kind, 'kind')?.plural === true && !kind!.quoted && !isWord(kind, 'replicas');
    if (!isSet || !cells.slice(Math.max(0, at - 5), at).some((one) => isWord(one, 'all', 'both')))
      return false;
    return steps.some(({ target }) => target?.kind === 'resources' && ids.includes(target.ids[0] ?? ''));
  });
}

function isApart(cells: readonly Cell[], at: number): boolean {
  const before = cells[isWord(cells[at - 1], 'det') ? at - 2 : at - 1];
  return isWord(before, 'comma', 'stop', 'colon', 'open', 'and') && !before!.quoted;
}
