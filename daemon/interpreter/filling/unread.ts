// Words that bound a set and found no place in its reading: "owned by zorro", "that feel wrong", "in" without a place.
// Without them the set would be larger than what was said, so a change asks about them, and a list does. Called while a
// frame is filled; nothing here resolves anything.

import type { Json } from '../../../shared/model/resource.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import { isAgeWord } from '../phrases/restriction.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import type { FillRequest } from './fill.ts';
import type { Used } from './filled.ts';

const bounding = [
  'tagged',
  'older',
  'newer',
  'createdBefore',
  'createdAfter',
  'startingWith',
  'endingWith',
  'attachedTo',
  'outside',
  'except',
  'inName',
] as const;

/** What is left of a word that spares something: "apart asap from", "other … than". */
const sparing = /^(apart|aside|than|other|not|except|excluding|without|besides|spare|sparing|minus|never)$/;

/** A word that bounds a set but found no place in it: without it the set would be larger than what was said. */
export function unreadBound({ operation, clause, verb }: FillRequest, used: Used): Cell | undefined {
  const read = readCells(clause);
  const setsTags = /^(tag|untag)$/.test(operation.verb);
  const amount = operation.args.some((spec) => spec.name === 'replicas' || spec.name === 'size_gb');
  return clause.cells.find((cell) => {
    if (isRelative(clause, cell) || isAge(clause, cell)) return true;
    if (cell.quoted || read.has(cell) || used.cells.has(cell) || cell === verb) return false;
    if (operation.risk === 'destroy' && sparing.test(cell.low)) return true;
    if (isWord(cell, ...bounding) && !isWord(cell, 'prep', 'filler', 'because', 'instead')) return true;
    if (dangling(clause, cell, read, used, verb)) return true;
    if (isOfUnknown(clause, cell, read, used) || isThere(clause, cell)) return true;
    if (isToldOfSet(clause, cell, read)) return true;
    if (isMeans(clause, cell) || isOwnerUnknown(clause, clause.cells.indexOf(cell), used)) return true;
    // "migrate all vms off esx-09", which is not there.
    if (operation.verb === 'migrate' && /^(off|off of|out of|away from)$/.test(cell.low)) return true;
    if (isWord(cell, 'more', 'less') && !amount && !isWord(cell, 'prep', 'filler')) return true;
    const tags = senseOf(cell, 'value')?.value.k === 'tags';
    return tags && !setsTags && !operation.args.some((spec) => spec.type === 'tags');
  });
}

/** What bounds a list and was not read: without it the list would be longer than what was asked for. */
export function unreadOfList({ clause }: FillRequest, used: Used): Cell | undefined {
  const read = readCells(clause);
  const isBound = (cell: Cell): boolean =>
    (!cell.quoted && /^un(tagged|labell?ed|named)$/.test(cell.low)) ||
    (!cell.quoted &&
      !read.has(cell) &&
      !used.cells.has(cell) &&
      isWord(cell, ...bounding, 'more', 'less') &&
      !isWord(cell, 'prep', 'filler', 'because', 'instead', 'top', 'least', 'last', 'createdOn', 'and'));
  const isOfKind = clause.nps.some((np) => (np.kinds?.length ?? 0) > 0);
  const bound = isOfKind ? (clause.cells.find(isBound) ?? besideList(clause, used)) : undefined;
  if (bound) return bound;
  return clause.cells.find(
    (cell, at) =>
      isRelative(clause, cell) ||
      isAge(clause, cell) ||
      (!cell.quoted && !read.has(cell) && !isSorting(clause, at) && isOfUnknown(clause, cell, read, used)) ||
      isBareRelative(clause, at, read) ||
      isByUnknown(clause, at, used) ||
      isHaving(clause, at, used) ||
      (isMeans(clause, cell) && !read.has(cell) && !isShownBeside(clause, at)) ||
      isSortUnknown(clause, at, used) ||
      isOwnerUnknown(clause, at, used) ||
      isAmountUnread(clause, at, used, read),
  );
}

/** "volumes exactly 100 GB", "max 2 replicas": a figure that nothing was made of. */
function isAmountUnread({ cells, values }: Clause, at: number, used: Used, read: ReadonlySet<Cell>): boolean {
  const cell = cells[at]!;
  const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
  if (!value || read.has(cell) || senseOf(cell, 'name')) return false;
  if (value.k === 'number') return isWord(cells[at + 1], 'replicas');
  const isUsed = used.cells.has(cell) || values.some((use) => used.values.has(use) && use.cell === cell);
  return !isUsed && /^(size|percent|tags)$/.test(value.k);
}

/** "zorro's instances", "the zorro team's machines", "does bob have": whose they are, and nobody here knows who. */
function isOwnerUnknown({ cells, nps, unknown }: Clause, at: number, used: Used): boolean {
  const cell = cells[at]!;
  if (cell.quoted || used.cells.has(cell) || !unknown.includes(cell)) return false;
  if (/^(company|organi[sz]ation|everyone|everybody|customer|client|today|yesterday|tonight)$/.test(cell.low))
    return false;
  const next = /^(team|crew|squad|group|department|guys|folks)$/.test(cells[at + 1]?.low ?? '')
    ? at + 2
    : at + 1;
  const isOf = (index: number): boolean =>
    nps.some((np) => (np.plural || np.quant) && np.cells.includes(cells[index]!));
  if (isWord(cells[next], 'possessive')) return isOf(next + 1);
  const before = cells[isWord(cells[at - 1], 'det') ? at - 2 : at - 1];
  return (
    /^(does|do|did)$/.test(before?.low ?? '') &&
    /^(have|own|run|use|manage|need)$/.test(cells[next]?.low ?? '')
  );
}

/** What bounds nothing where it stands before what is listed. */
const unbounding =
  /^(current|existing|actual|various|different|individual|certain|known|real|own|cloud|virtual|good|nice|damn|bloody|fucking|freaking|stupid|poor|dear|precious|lovely|little|whole|entire|complete|full|available|possible|respective|total|active|visible|registered|defined|configured|deployed|provisioned|managed|monitored|exact|detailed|quick|short|long|brief|overall|grand|listed|mentioned|said|sure)$/;

/** "list the zorro vms": a word before the noun that nobody here knows says which of them. */
function isSortUnknown({ cells, nps, unknown }: Clause, at: number, used: Used): boolean {
  const cell = cells[at]!;
  if (cell.quoted || used.cells.has(cell) || !/^\p{L}[\p{L}-]+$/u.test(cell.low)) return false;
  const isOpen = unknown.includes(cell) && !unbounding.test(cell.low);
  const next = cells[/^(team|crew|squad|owned)$/.test(cells[at + 1]?.low ?? '') ? at + 2 : at + 1];
  return isOpen && nps.some((np) => np.kindCell !== undefined && np.plural && np.cells[0] === next);
}

/** What nobody would miss on a thing that is made: "a new, small test vm". */
export const plainly =
  /^(new|fresh|little|quick|simple|plain|empty|blank|extra|additional|further|second|third|separate|spare|temporary|temp|throwaway|nice|proper|dedicated|single|own|tiny|short|test|example|demo|dummy)$/;

/** "an encrypted volume", "like web-1", "in the fast pool": what was said of a thing to be made and found no place. */
export function unreadOfNew(
  { cells, unknown }: Clause,
  head: Np,
  used: Used,
  args: Readonly<Record<string, Json>>,
): Cell | undefined {
  const isFree = (cell: Cell): boolean => !cell.quoted && !used.cells.has(cell);
  const given = new Set(Object.values(args).map((value) => String(value).toLowerCase()));
  const mod = head.mods.find(
    ({ kind, cell }) =>
      isFree(cell) &&
      ((kind === 'unknown' && !plainly.test(cell.low)) || (kind === 'place' && !given.has(cell.low))),
  );
  const name = head.names.find(({ cell, exact }) => exact && isFree(cell));
  const from = cells.indexOf(head.cells[0] ?? cells[0]!);
  const place = unknown.find((cell) => {
    const at = cells.indexOf(cell);
    const before = cells.slice(Math.max(from, at - 3), at).findLast((one) => isWord(one, 'prep'));
    return isFree(cell) && before !== undefined && /^(in|on|from|with|using|under|inside)$/.test(before.low);
  });
  return mod?.cell ?? name?.cell ?? place;
}

/** "pods that web has": a thing that was named beside the set and made nothing of. */
function besideList({ nps }: Clause, used: Used): Cell | undefined {
  const np = nps.find((one) => !used.nps.has(one) && one.pronoun === undefined && !one.negated);
  return np?.names.find((name) => name.exact && !used.cells.has(name.cell) && !senseOf(name.cell, 'env'))
    ?.cell;
}

/** "back up every database with a tape": by what means, in a word nobody here knows. */
function isMeans({ cells, unknown, nps }: Clause, cell: Cell): boolean {
  if (!/^(with|via|using)$/.test(cell.low) || !isWord(cell, 'prep')) return false;
  const at = cells.indexOf(cell);
  const isSet = nps.some((np) => (np.plural || np.quant) && np.cells.includes(cells[at - 1]!));
  const next = cells[isWord(cells[at + 1], 'det') ? at + 2 : at + 1];
  const isOther =
    next !== undefined && (unknown.includes(next) || (next.repaired && senseOf(next, 'verb') !== undefined));
  return isSet && isOther;
}

/** "list vms with all details", "with state and age": what is to be shown of them. */
function isShownBeside({ cells }: Clause, at: number): boolean {
  const lead = cells.slice(at + 1).find((cell) => !isWord(cell, 'det', 'their', 'all', 'any'));
  return lead !== undefined && (lead.quoted || plainWords.has(lead.low) || lead.low.endsWith('s'));
}

/** "stop the databases nobody uses": a clause right behind a set says which. */
function isToldOfSet({ cells, nps }: Clause, cell: Cell, read: ReadonlySet<Cell>): boolean {
  const at = cells.indexOf(cell);
  const before = cells[at - 1];
  const next = cells[at + 1];
  return (
    /^(nobody|no one|noone|somebody|someone|everybody|everyone|people|customers|users|they|we|i|he|she)$/.test(
      cell.low,
    ) &&
    !read.has(cell) &&
    before !== undefined &&
    nps.some((np) => np.plural && np.cells.includes(before)) &&
    next !== undefined &&
    !isWord(next, 'comma', 'stop', 'and')
  );
}

/** "… there", of a set whose place was said in another sentence. */
function isThere({ cells, nps, scope }: Clause, cell: Cell): boolean {
  if (cell.quoted || !/^(there|over there|in there|from there)$/.test(cell.low)) return false;
  if (isWord(cells[cells.indexOf(cell) + 1], 'be', 'have')) return false;
  const isPlaced = [...scope, ...nps.flatMap((np) => np.mods)].some(({ kind }) =>
    ['env', 'region', 'place', 'provider'].includes(kind),
  );
  return !isPlaced && nps.some((np) => np.plural || np.quant !== undefined);
}

/** "old snapshots": how old was not said. */
function isAge({ cells, nps, unknown }: Clause, cell: Cell): boolean {
  if (cell.quoted || !isAgeWord(cell)) return false;
  const next = cells[cells.indexOf(cell) + 1];
  const isBefore = unknown.includes(cell) && next !== undefined;
  return nps.some(
    (np) => np.plural && (np.mods.some((mod) => mod.cell === cell) || (isBefore && np.cells.includes(next))),
  );
}

/** "created by alice": by somebody nobody here knows. */
function isByUnknown({ cells, unknown }: Clause, at: number, used: Used): boolean {
  const next = cells[at + 1];
  const isBy = !cells[at]!.quoted && cells[at]!.low === 'by' && next !== undefined;
  const isDeed =
    at > 0 &&
    /(ed|made|taken|built|run)$/.test(cells[at - 1]!.low) &&
    !/^(sort|order|group)ed$/.test(cells[at - 1]!.low);
  const isOpen = isBy && (unknown.includes(next) || senseOf(next, 'part') !== undefined);
  return isOpen && isDeed && !used.cells.has(next);
}

/** "have no snapshot", "use the S.4 flavor": a thing beside the set that nothing was made of. */
function isHaving({ cells, nps, unknown }: Clause, at: number, used: Used): boolean {
  const cell = cells[at]!;
  const isVerb =
    !cell.quoted && /^(have|has|having|use|uses|using|own|owns|run|runs|contain|contains)$/.test(cell.low);
  const own = isVerb ? nps.find((np) => np.at > at && np.at <= at + 3) : undefined;
  return (
    own !== undefined &&
    !used.nps.has(own) &&
    own.pronoun === undefined &&
    (own.names.length > 0 ||
      isWord(cells[at + 1], 'not') ||
      (own.kinds !== undefined && /^(have|has|having|own|owns|contain|contains)$/.test(cell.low)) ||
      // "use image nginx"
      unknown.includes(cells[cells.indexOf(own.cells.at(-1) ?? cell) + 1]!))
  );
}

/** "pods nobody cares about": a clause behind the set without the word that begins one. */
function isBareRelative({ cells, nps, unknown }: Clause, at: number, read: ReadonlySet<Cell>): boolean {
  const cell = cells[at]!;
  const before = cells[at - 1];
  if (!before || cell.quoted || read.has(cell) || !nps.some((np) => np.plural && np.cells.includes(before)))
    return false;
  const isSubject =
    /^(nobody|no one|somebody|someone|everybody|everyone|people|customers|users|they|he|she)$/;
  const next = cells[at + 1];
  return (
    (isSubject.test(cell.low) && next !== undefined && unknown.includes(next)) ||
    (unknown.includes(cell) && isWord(next, 'prep') && /^(by|with|about)$/.test(next!.low))
  );
}

/** Cells that a noun phrase or a place took. */
function readCells(clause: Clause): ReadonlySet<Cell> {
  const read = new Set<Cell>(
    clause.nps
      .flatMap((np) => [np, ...np.also, ...np.except, ...(np.of ? [np.of] : [])])
      .flatMap((np) => np.cells),
  );
  for (const mod of [...clause.scope, ...clause.nps.flatMap((np) => np.mods)]) read.add(mod.cell);
  return read;
}

/** What was said from there on, for a question about it. */
export function saidFrom({ cells, unknown }: Clause, cell: Cell): string {
  if (unknown.includes(cell)) return cell.text;
  const rest = cells.slice(cells.indexOf(cell), cells.indexOf(cell) + 8);
  const end = rest.findIndex((one) => isWord(one, 'comma', 'stop', 'and'));
  return (end < 0 ? rest : rest.slice(0, end)).map((one) => one.text).join(' ');
}

/** "all servers that feel wrong": nothing was made of what says which of them. */
function isRelative({ cells, nps }: Clause, cell: Cell): boolean {
  if (cell.quoted || !/^(that|which|who|whose|where)\b/.test(cell.low)) return false;
  const own = nps.find((np) => np.cells.includes(cell));
  const before = cells[cells.indexOf(cell) - 1];
  const isBehind = before !== undefined && nps.some((np) => np !== own && np.cells.includes(before));
  return isBehind && (own === undefined || own.cells.length === 1);
}

/** What something is done for; any other "for" says whose things are meant. */
const purposes =
  /^(maintenance|patching|updates?|upgrades?|weekend|weekends|night|nights|holidays?|break|demo|tests?|testing|now|me|us|today|tonight|ever|good|real|safety|savings?|costs?|money|migration|release|deployment|rollout|audit|backups?|moment|time|while|bit|freeze|them|it|this|that)$/;

/** "by region", "by age": in which order a list is wanted. */
const sortings =
  /^(region|zone|env|environment|status|state|health|size|age|name|namespace|team|owner|role|app|flavor|type|kind|node|host|cluster|cloud|provider|severity|restarts|replicas|date|time)s?$/;

const isSorting = ({ cells }: Clause, at: number): boolean =>
  cells[at]!.low === 'by' && sortings.test(cells[at + 1]?.low ?? '');

/** "all servers of nobody": what stands behind a set and says whose it is. */
function isOfUnknown(clause: Clause, cell: Cell, read: ReadonlySet<Cell>, used: Used): boolean {
  const at = clause.cells.indexOf(cell);
  const isBehind = clause.nps.some((np) => np.cells.includes(clause.cells[at - 1]!));
  if (!isBehind) return false;
  if (!isWord(cell, 'of', 'prep') || !/^(of|for|by)$/.test(cell.low)) return false;
  const next = clause.cells[isWord(clause.cells[at + 1], 'det') ? at + 2 : at + 1];
  if (!next || next.quoted || read.has(next) || used.cells.has(next)) return false;
  const isPurpose = cell.low === 'for' && (purposes.test(next.low) || senseOf(next, 'time') !== undefined);
  return !isPurpose && (clause.unknown.includes(next) || senseOf(next, 'name') !== undefined);
}

/** "all servers in": a preposition whose place was not understood. */
function dangling(
  clause: Clause,
  cell: Cell,
  read: ReadonlySet<Cell>,
  used: Used,
  verb: Cell | undefined,
): boolean {
  if (!isWord(cell, 'prep') || !/^(in|on|at|from|with|within|inside|under)$/.test(cell.low)) return false;
  const next = clause.cells[clause.cells.indexOf(cell) + 1];
  if (next === undefined || next === verb) return true;
  if (read.has(next) || used.cells.has(next) || senseOf(next, 'value') || senseOf(next, 'time')) return false;
  return !isWord(
    next,
    'det',
    'filler',
    'named',
    'typeWord',
    'imageWord',
    'replicas',
    'revision',
    'port',
    'all',
    'demonstrative',
    'hard',
  );
}
