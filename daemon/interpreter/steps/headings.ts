// The heading of a row of steps: "web-10: snap it, flip it to L.16, reboot", "analytics-etl downsize: stop, …", "On
// bastion-sg close 22, …". It names one thing, or several of one kind, with its place, and says at most what the work is
// called. A heading that says more is none: it may bound, deny or tell. Nothing is read here. Called by `underHeading`.

import { nominal } from '../freeOrder/deedWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

export interface Heading {
  /** The thing with its place, as it is put into every step. */
  readonly subject: readonly Cell[];
  /** What the work is called, where that is a deed: "decommission". */
  readonly deed: Cell | undefined;
  readonly rest: readonly Cell[];
}

const headCellsMax = 12;

/** The heading and what stands under it; undefined where the text has none. */
export function headingOf(cells: readonly Cell[]): Heading | undefined {
  let from = 0;
  while (isCourtesy(cells[from])) from++;
  const mark = cells.findIndex(
    (cell) => !cell.quoted && (isWord(cell, 'colon') || /^(=>|→|>|->)$/.test(cell.low)),
  );
  const isLed = leads.test(cells[from]?.low ?? '') && !cells[from]!.quoted;
  if (mark > from && mark - from <= headCellsMax) {
    const head = partsOf(cells.slice(isLed ? from + 1 : from, mark));
    if (head) return { ...head, rest: cells.slice(mark + 1) };
  }
  if (!isLed) return undefined;
  // "On bastion-sg close 22, …", "for web-10, take a snapshot, …"
  let end = from + 1;
  while (end < cells.length && !startsStep(cells, end)) end++;
  const isComma = isWord(cells[end - 1], 'comma');
  const head = partsOf(cells.slice(from + 1, isComma ? end - 1 : end));
  return head && head.deed === undefined ? { ...head, rest: cells.slice(end) } : undefined;
}

const leads = /^(on|for|with|at|regarding|concerning|about)$/;

const isCourtesy = (cell: Cell | undefined): boolean =>
  isWord(cell, 'filler') && !cell!.quoted && !leads.test(cell!.low) && !senseOf(cell, 'name');

/** An order, a figure or a mark: what stands before it is the heading. */
function startsStep(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (senseOf(cell, 'name')?.exact) return false;
  return isWord(cells[at - 1], 'comma') || isBase(cell) || senseOf(cell, 'value') !== undefined;
}

/** What work is called that is no deed of its own. */
const works =
  /^(release|maintenance|work|job|task|change|rollout|deploy|deployment|clean ?up|fix|repair|refresh|rework|overhaul|patch day|patching|hardening|retirement|replacement|rotation|todo|to do|window|steps|procedure|ticket|prep|preparation|makeover|swap|tidy up|housekeeping|lockdown|bump|update|exercise|routine|run|service|handling)$/;

/** The thing, its place and what the work is called; undefined where anything else is said. */
function partsOf(head: readonly Cell[]): Omit<Heading, 'rest'> | undefined {
  const subject: Cell[] = [];
  let deed: Cell | undefined;
  let isJoined = true;
  let names = 0;
  for (const [at, cell] of head.entries()) {
    const before = subject.at(-1);
    if (cell.quoted) return undefined;
    if (isPlace(cell)) {
      // "(us-east-1)", "staging checkout"
      const isLed = isWord(before, 'prep') || names === 0;
      subject.push(...(isLed ? [] : [plain(cell, 'in', word('prep'))]), cell);
    } else if (senseOf(cell, 'name')?.exact) {
      if (!isJoined) return undefined;
      subject.push(cell);
      names++;
      isJoined = false;
    } else if (works.test(cell.low) || isManner(cell)) {
      // "jenkins maintenance", "retire jenkins properly"
    } else if (isDeed(cell)) {
      if (deed) return undefined;
      deed = cell;
    } else if (isWord(cell, 'and') || (isWord(cell, 'comma') && names > 0)) {
      if (names === 0) return undefined;
      subject.push(cell);
      isJoined = true;
    } else if (senseOf(cell, 'kind') && !senseOf(cell, 'kind')!.plural) subject.push(cell);
    else if (isWord(cell, 'prep') && names > 0 && isPlace(head[at + 1])) subject.push(cell);
    else if (!isWord(cell, 'det', 'open', 'close', 'of') && !isWord(cell, 'prep')) return undefined;
  }
  return names > 0 && !isWord(subject.at(-1), 'and', 'comma') ? { subject, deed } : undefined;
}

const isManner = (cell: Cell): boolean =>
  /ly$/.test(cell.low) &&
  !/^(only|early|.*(dai|night|hour|week|month|year)ly)$/.test(cell.low) &&
  cell.senses.every(({ t, ...sense }) => t === 'word' && 'word' in sense && sense.word === 'filler');

const isPlace = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined;

/** "decommission", "downsizing", "removal": what is to be done with it, in one word. */
function isDeed(cell: Cell): boolean {
  const form = senseOf(cell, 'verb')?.form;
  return form === 'base' || form === 'ing' || nominal[cell.low] !== undefined;
}
