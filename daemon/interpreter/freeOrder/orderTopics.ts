// What a text speaks of before it orders: "security groups: close 22 on all of them but default", "both runners are stuck,
// reboot them", "since the release is done, …". What is only told is left out, and what points back at the thing gives way
// to the thing itself. Nothing that names, counts or bounds is left out. Called by `freeOrder`.

import { partsOf } from '../rewording/orderAlone.ts';
import { isToldOf } from '../told/toldOf.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import type { Thing } from './chunks.ts';
import { withoutNeeder, withoutPurpose } from './purposes.ts';

/** Without "since the release is done, …", "nobody builds at night anyway": parts that tell why, and name nothing. */
export function withoutReasons(cells: readonly Cell[]): readonly Cell[] {
  const all = partsOf(cells).map((part) => withoutNeeder(withoutPurpose(part)));
  // "Sorry to trouble you. …"
  const parts = all.slice(
    Math.max(
      0,
      all.findIndex((part) => !part.every(isCourteous)),
    ),
  );
  if (parts.length < 2) return parts.flat();
  const kept = parts
    .map((part, at) => (at === 0 ? (subjectOf(part, parts.slice(1).flat()) ?? part) : part))
    .filter((part, at, all) => !isReason(part) && !(isMarked(all, at) && isTold(part)));
  return kept.length > 0 ? kept.flat() : cells;
}

/** Behind a mark, or first with a mark behind it: "we have a new project, …". */
const isMarked = (parts: readonly (readonly Cell[])[], at: number): boolean =>
  at === 0
    ? parts.length > 1 &&
      isBehindMark(parts[0]) &&
      isToldOf(parts[0]!, false) &&
      !parts[0]!.some(
        (cell) => senseOf(cell, 'kind') ?? senseOf(cell, 'status') ?? isWord(cell, 'all', 'both'),
      )
    : isBehindMark(parts[at - 1]);

/** "all dev vms, which tom ordered, …" says which of them are meant, in words that are not understood: no telling. */
function isTold(part: readonly Cell[]): boolean {
  const first = part.find((cell) => !isWord(cell, 'comma'));
  const isRelative =
    first !== undefined && !first.quoted && /^(which|who|whose|whom|that|where)\b/.test(first.low);
  return !isRelative && !part.some(isData) && isToldOf(part, true);
}

/** "…, nobody uses them"; "vms nobody uses" are bounded by it. */
const isBehindMark = (before: readonly Cell[] | undefined): boolean =>
  isWord(before?.at(-1), 'comma', 'stop', 'colon', 'close');

const isCourteous = (cell: Cell): boolean =>
  !cell.quoted &&
  isWord(cell, 'filler', 'comma', 'stop') &&
  !/^(only|not|again|left)$/.test(cell.low) &&
  !isData(cell);

const isData = (cell: Cell): boolean =>
  cell.quoted ||
  (senseOf(cell, 'name') !== undefined && !isWord(cell, 'filler')) ||
  senseOf(cell, 'value') !== undefined;

const back = /^(it|them|both|they|those|these|all|them all|them both|all of them|both of them|that|this)$/;

/** "both runners are stuck, reboot them": the runners, where what is told of them bounds and denies nothing. */
function subjectOf(part: readonly Cell[], rest: readonly Cell[]): readonly Cell[] | undefined {
  const first = part.findIndex((cell) => !isWord(cell, 'filler', 'comma', 'because') || isData(cell));
  let end = first;
  while (end >= 0 && end < part.length && isOfSubject(part[end]!)) end++;
  const predicate = part.slice(end, isWord(part.at(-1), 'comma', 'stop', 'colon') ? -1 : undefined);
  const subject = part.slice(Math.max(0, first), end);
  const isSaid = predicate.length > 0 && isPredicateOf(predicate[0]!);
  const isThing = subject.some(
    (cell) =>
      senseOf(cell, 'name')?.exact ||
      senseOf(cell, 'kind')?.plural ||
      // "the billing database": the one of that name.
      (senseOf(cell, 'kind') && subject[0]!.low === 'the' && subject.length > 2),
  );
  const isOpen = predicate.some(
    (cell, at) =>
      // "is not necessary", "is no longer used"
      !(isWord(cell, 'not') && predicate.slice(at + 1).some((one) => unneeded.test(one.low))) &&
      (isData(cell) ||
        isBase(cell) ||
        senseOf(cell, 'kind') !== undefined ||
        isWord(
          cell,
          'not',
          'except',
          'stays',
          'if',
          'or',
          'insteadOf',
          'need',
          'only',
          'instead',
          'outside',
          'before',
          'after',
        ) ||
        /^(only|some|most|partly|might|may|could|should|must|need|needs|will|mostly|sometimes)$/.test(
          cell.low,
        )),
  );
  const isPointed =
    rest.some((cell, at) => !cell.quoted && back.test(cell.low) && at > 0) && rest.some(isBase);
  if (!isSaid || !isThing || isOpen || !isPointed) return undefined;
  return [...subject, plain(part.at(-1)!, ',', word('comma'))];
}

const unneeded = /^(needed|necessary|required|used|useful|wanted|in use|relevant)$/;

const isOfSubject = (cell: Cell): boolean =>
  !cell.quoted &&
  !isPredicateOf(cell) &&
  (isWord(cell, 'det', 'demonstrative', 'both', 'all', 'and', 'of') ||
    ['name', 'kind', 'part', 'prefix', 'env', 'region', 'status'].some((sort) =>
      cell.senses.some(({ t }) => t === sort),
    ));

const isPredicateOf = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'be', 'have') ||
    /^(has|have|had) been$/.test(cell.low) ||
    senseOf(cell, 'verb')?.form === 's' ||
    /^(hangs?|hung|froze|idles?|keeps?|cost|costs|crash|crashes|crashed|die|dies|died|looks?|seems?|feels?|sits?|acts?|misbehaves?|leaks?|swap|swaps|lag|lags|burns?|eats?|flaps?)$/.test(
      cell.low,
    ));

const leading =
  /^(since|before|as|because|ahead of|due to|now that|given that|seeing that|thanks to|owing to)\b/;

function isReason(part: readonly Cell[]): boolean {
  const first = part.find((cell) => !isWord(cell, 'filler', 'comma', 'and'));
  return (
    first !== undefined &&
    leading.test(first.low) &&
    !part.some((cell) => isData(cell) || (senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'kind')))
  );
}

const pointing =
  /^(those|these|them|they|both|both of them|all of them|all of those|all of these|each of them|any of them|each|every one|each one|all|any|it|that|this|that one|this one)$/;

/** "security groups: close 22 on all of them but default": the topic in the place of what points at it. */
export function withTopic(things: readonly Thing[]): readonly Thing[] {
  const [topic, ...others] = things;
  const at = others.findIndex(({ cells }) => isPointing(cells) || isEveryOne(cells));
  if (!topic || at < 0 || topic.prep !== undefined) return things;
  const { cells, prep } = others[at]!;
  const rest = cells.slice(isEveryOne(cells) ? 2 : 1);
  const isWhole = isEveryOne(cells) || /\b(all|each|every|any)\b/.test(cells[0]!.low);
  const said = /\bboth\b/.test(cells[0]!.low) ? 'both' : isWhole && rest.length > 0 ? 'all' : undefined;
  // How many there are is counted where they stand.
  if (said === 'both' && !topic.cells.some((cell) => senseOf(cell, 'name')?.exact)) return things;
  const isSaid = said === undefined || isWord(topic.cells[0], 'all', 'both');
  const bare = isSaid || !isWord(topic.cells[0], 'det', 'demonstrative') ? topic.cells : topic.cells.slice(1);
  const quantifier = isSaid ? [] : [plain(cells[0]!, said, word(said))];
  const one: Thing = { ...topic, cells: [...quantifier, ...bare, ...rest], prep };
  return [one, ...others.filter((_, index) => index !== at)];
}

/** "all of them but a", not "all vms". */
const isPointing = (cells: readonly Cell[]): boolean =>
  pointing.test(cells[0]!.low) &&
  !['kind', 'name', 'part'].some((sort) => cells[1]?.senses.some(({ t }) => t === sort));

const isEveryOne = (cells: readonly Cell[]): boolean =>
  /^(every|each|all|any)$/.test(cells[0]!.low) && isWord(cells[1], 'one') && !cells[1]!.quoted;
