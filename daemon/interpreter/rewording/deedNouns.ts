// Deeds said as nouns, over sets: "one snapshot each of a and b", "a fresh snapshot of every prod database", "back up all
// dbs with a snapshot", "+1 replica each on a and b", "two copies of each of these in staging: a, b". The verb is put in
// front of the very same things. Only deeds that take nothing away are read so, and only where the things go on to the
// end of the sentence: a word behind them that nothing knows may tell of the deed instead of ordering it. Called by
// `withSets`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain } from '../words/plainCells.ts';

/** The cells with deeds of sets as orders. */
export function withDeedNouns(cells: readonly Cell[], isAsked: boolean): readonly Cell[] {
  if (isQuestion(cells)) return cells;
  const turns = [withListBehind, withEachBehind, withMeans];
  return withDeedOf(
    turns.reduce((said, turn) => turn(said), cells),
    isAsked,
  );
}

const base = (phrase: string) => ({ t: 'verb', phrase, form: 'base' }) as const;
const isOrder = (cell: Cell): boolean => isBase(cell) && !isThing(cell) && !isWord(cell, 'prep', 'filler');
const isMark = (cell: Cell | undefined): boolean => isWord(cell, 'comma', 'stop', 'colon') && !cell!.quoted;
const deedNoun = /^(snapshots?|backups?|snaps?|restarts?|reboots?)$/;
const deeds: Readonly<Record<string, string>> = { backup: 'snapshot', snap: 'snapshot' };
const lead =
  /^(an?|the|one|1|new|fresh|quick|full|current|another|db|database|disk|volume|vm|i|we|need|want|would like|take|make|do|get|create|have|run|i need|we need|i want|we want|i would like|we would like)$/;
/** A wish for several: "we need backups of all prod databases". */
const wish = /^(i need|we need|i want|we want|i would like|we would like|need|want)$/;

/** "one snapshot each of a and b": snapshot a and b. */
function withDeedOf(cells: readonly Cell[], isAsked: boolean): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && deedNoun.test(cell.low));
  if (at < 0 || senseOf(cells[at], 'name')) return cells;
  let from = at;
  while (from > 0 && isLead(cells[from - 1]!)) from--;
  const each = /^each( of)?$/.exec(cells[at + 1]?.quoted ? '' : (cells[at + 1]?.low ?? ''));
  const isOf = each?.[1] !== undefined || /^(of|for)$/.test(cells[each ? at + 2 : at + 1]?.low ?? '');
  const start = at + (each ? (each[1] === undefined ? 3 : 2) : 2);
  const isOccasion =
    /^(before|ahead of|prior to)$/.test(cells[0]!.low) && from < 5 && !cells.slice(0, from).some(isThing);
  if (
    !isOf ||
    (from > 0 && !isOccasion && !isMark(cells[from - 1]) && !/^(and|so|then)$/.test(cells[from - 1]!.low))
  )
    return cells;
  let end = start;
  while (end < cells.length && isObject(cells[end]!)) end++;
  const object = cells.slice(start, end);
  while (isMark(object.at(-1)) || isWord(object.at(-1), 'and')) object.pop();
  if (cells[end] !== undefined && !isMark(cells[end]) && !isWord(cells[end], 'before')) return cells;
  const isOne = cells
    .slice(from, at)
    .some(
      (cell) =>
        /^(an?|one|1|new|fresh|another|quick|full|take|make|do|get|create)$/.test(cell.low) ||
        wish.test(cell.low),
    );
  const isEach = each !== null || object.some((cell) => /^(each|every)( of)?( the)?$/.test(cell.low));
  const isSet = isEach || object.some((cell) => isWord(cell, 'all', 'both')) || named(object) > 1;
  if (!isSet || cells.some((cell) => isOrder(cell) && !cells.slice(from, at + 1).includes(cell)))
    return cells;
  const isAll = object.some((cell) => isWord(cell, 'all', 'both'));
  if (
    !(isOne || ((isAsked || hasPlease(cells)) && (isEach || isAll)) || (each !== null && named(object) > 1))
  )
    return cells;
  if (cells.some((cell) => !cell.quoted && isWord(cell, 'not', 'if', 'ask', 'listCue', 'showCue')))
    return cells;
  const noun = cells[at]!.low.replace(/s$/, '');
  const phrase = deeds[noun] ?? noun;
  return [...cells.slice(0, from), plain(cells[at]!, phrase, base(phrase)), ...object, ...cells.slice(end)];
}

const isLead = (cell: Cell): boolean =>
  !cell.quoted &&
  (lead.test(cell.low) ||
    isWord(cell, 'filler') ||
    (senseOf(cell, 'kind') && !senseOf(cell, 'kind')!.plural)) === true &&
  !senseOf(cell, 'name');

const named = (cells: readonly Cell[]): number => cells.filter((cell) => senseOf(cell, 'name')).length;

const hasPlease = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => !cell.quoted && /\b(please|pls|plz|kindly)$/.test(cell.low));

/** What may stand in the things a deed is of. */
function isObject(cell: Cell): boolean {
  if (cell.quoted) return senseOf(cell, 'name') !== undefined;
  if (isOrder(cell) || isWord(cell, 'stop', 'be', 'not', 'before', 'after', 'if')) return false;
  return (
    isThing(cell) ||
    senseOf(cell, 'region') !== undefined ||
    senseOf(cell, 'provider') !== undefined ||
    senseOf(cell, 'status') !== undefined ||
    senseOf(cell, 'value')?.value.k === 'tags' ||
    isWord(cell, 'det', 'all', 'both', 'and', 'comma', 'prep', 'of', 'filler', 'tagged', 'except', 'that')
  );
}

/** "back up every prod database with a snapshot": the means is the deed. */
function withMeans(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex(
    (cell) => !cell.quoted && /^(back up|backup|back|protect|secure|safeguard|save|preserve)$/.test(cell.low),
  );
  const means = cells.findLastIndex(
    (cell, at) => at > verb && !cell.quoted && /^(snapshots?|snapshotting)$/.test(cell.low),
  );
  if (verb < 0 || means < 0 || cells.slice(0, verb).some((cell) => isThing(cell))) return cells;
  let from = means;
  while (
    /^(an?|one|new|fresh|taking|making|creating|take|of|disk|volume|db)$/.test(cells[from - 1]?.low ?? '')
  )
    from--;
  const isMeans = /^(with|by|via|using|through)$/.test(cells[from - 1]?.low ?? '');
  const object = cells.slice(verb + 1, Math.max(verb + 1, from - 1));
  const next = cells[means + 1];
  const isEnd = next === undefined || isMark(next) || isWord(next, 'filler', 'each');
  if (
    !isMeans ||
    !isEnd ||
    !object.some(isThing) ||
    object.some((cell) => isMark(cell) || isWord(cell, 'not'))
  )
    return cells;
  const rest = /^each$/.test(next?.low ?? '') ? means + 2 : means + 1;
  return [
    ...cells.slice(0, verb),
    plain(cells[verb]!, 'snapshot', base('snapshot')),
    ...object,
    ...cells.slice(rest),
  ];
}

/** "+1 replica each on a and b", "50 GB each for a and b": what each of them gets. */
function withEachBehind(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter((cell, at) => {
    const before = cells[at - 1];
    const isAmount = isWord(before, 'replicas') || senseOf(before, 'value')?.value.k === 'size';
    return !(
      !cell.quoted &&
      cell.low === 'each' &&
      isAmount &&
      /^(on|for|to|in|of)$/.test(cells[at + 1]?.low ?? '')
    );
  });
}

/** "two copies of each of these deployments in staging: a, b and c": what the colon lists is what is meant. */
function withListBehind(cells: readonly Cell[]): readonly Cell[] {
  const colon = cells.findLastIndex(
    (cell) => isWord(cell, 'colon') && !cell.quoted && /^[:–—-]+$/.test(cell.low),
  );
  const these = cells.findLastIndex(
    (cell, at) => at < colon && !cell.quoted && /(^| )(these|those|the following|following)$/.test(cell.low),
  );
  if (these < 0 || colon < these) return cells;
  const list = cells.slice(colon + 1).filter((cell) => !isWord(cell, 'stop'));
  const isList =
    named(list) > 0 &&
    list.every(
      (cell) => senseOf(cell, 'name') !== undefined || isWord(cell, 'and', 'comma', 'filler', 'det'),
    );
  const kind = senseOf(cells[these + 1], 'kind') ? these + 2 : these + 1;
  let from = these;
  while (isWord(cells[from - 1], 'all', 'both', 'of', 'det') && !senseOf(cells[from - 1], 'name')) from--;
  const between = cells.slice(kind, colon);
  const isPlain = between.every(
    (cell) =>
      isWord(cell, 'prep', 'replicas', 'filler') ||
      senseOf(cell, 'env') !== undefined ||
      senseOf(cell, 'region') !== undefined ||
      senseOf(cell, 'value') !== undefined ||
      senseOf(cell, 'name') !== undefined,
  );
  if (!isList || !isPlain || named(between) > 1) return cells;
  return [...cells.slice(0, from), ...cells.slice(these + 1, kind), ...list, ...between];
}
