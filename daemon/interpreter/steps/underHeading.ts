// A row of short steps under one thing: "web-10: snap it, flip it to L.16, reboot", "prod/cart release: image to x:2,
// replicas to 4, then its restarts". Each step leaves out the thing of the heading, and may leave out the deed: a figure, a
// state or a look says it. Every step is put as a plain order about that thing and read by itself; it counts only where it
// is about nothing else and every word of it was read. A row with one step that is not so stays a question. Called by the
// interpreter.

import type { PlanReading, QueryReading, Reading, StepDraft } from '../../../shared/model/reading.ts';
import { isFlavor } from '../freeOrder/chunks.ts';
import { nominal } from '../freeOrder/deedWords.ts';
import { inPlainOrder, isFigureAgain, subjectOf } from '../freeOrder/freeOrder.ts';
import { withoutPurpose } from '../freeOrder/purposes.ts';
import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { plain, word } from '../words/plainCells.ts';
import { type Heading, headingOf } from './headings.ts';
import { isOrder } from './madeTogether.ts';
import { type Part, turning } from './stepByStep.ts';
import { stepForms } from './stepForms.ts';

const atomsMax = 10;
const readingsMax = 80;

/** What the reading of a row needs. */
export interface RowTools {
  readonly read: (parts: readonly Part[]) => Reading;
  readonly kindOf: (id: string) => string | undefined;
  /** Whether a reading of these words leaves none of them out. */
  readonly isKept: (reading: Reading, cells: readonly Cell[]) => boolean;
}

/** What the row orders; undefined where it has no heading or where a step of it is open. */
export function readUnderHeading(cells: readonly Cell[], tools: RowTools): Reading | undefined {
  const heading = headingOf(cells);
  if (!heading || isQuestion(cells) || cells.some(isTurning)) return undefined;
  const atoms = atomsOf(heading.rest);
  if (atoms.length < 2 || atoms.length > atomsMax) return undefined;
  const row = cover(atoms, 0, [], createTaker(heading.subject, tools));
  if (!row || row.length < 2 || !isDeedKept(heading, row, tools)) return undefined;
  return inARow(row);
}

/** "Detach a from b, snapshot the disk as x, put it back on the same box": the first step names the thing of all. */
export function readUnderFirst(cells: readonly Cell[], tools: RowTools): Reading | undefined {
  if (isQuestion(cells) || cells.some(isTurning)) return undefined;
  const atoms = atomsOf(cells);
  if (atoms.length < 2 || atoms.length > atomsMax) return undefined;
  const said = withoutIdle(atoms[0]!.cells);
  const subject = subjectOf(said, tools.kindOf);
  const reading = tools.read([{ cells: said, link: 'start' }]);
  if (!subject || subject.isNew || reading.kind !== 'plan' || !tools.isKept(reading, said)) return undefined;
  const named = new Set(subject.cells.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  const isOfIt = ({ target }: StepDraft): boolean =>
    target?.kind === 'resources' && target.ids.every((id) => named.has(id));
  if (named.size === 0 || !reading.steps.every(isOfIt)) return undefined;
  if (!isUsed(said, reading)) return undefined;
  const first = { part: { cells: said, link: 'start' as const }, said, reading, isOwn: false };
  const rest = cover(atoms, 1, [first], createTaker(subject.cells, tools));
  return rest && inARow([first, ...rest]);
}

/** A step in plain words, and what was read in it. */
interface Taken {
  readonly part: Part;
  /** As it was said. */
  readonly said: readonly Cell[];
  /** About a thing of its own. */
  readonly isOwn: boolean;
  readonly reading: PlanReading | QueryReading;
}
type Take = (part: Part, sofar: readonly Taken[]) => Taken | undefined;

/** Words after which a text is no plain row of orders. */
const isTurning = (cell: Cell): boolean =>
  !cell.quoted &&
  ((isWord(cell, ...turning) && !isWord(cell, 'filler', 'afterwards', 'first') && !senseOf(cell, 'name')) ||
    cell.low === '?' ||
    /^(already|done|taken|later|soon|maybe|perhaps|possibly|someone|somebody|ask|when|whenever|once|until|till|unless|while|idle)$/.test(
      cell.low,
    ));

/** Reads one step about the thing of the heading. */
function createTaker(subject: readonly Cell[], { read, kindOf, isKept }: RowTools): Take {
  const named = new Set(
    subject.flatMap((cell) => (isPlaceOnly(cell) ? [] : (senseOf(cell, 'name')?.ids ?? []))),
  );
  const kinds = new Set([...named].map(kindOf));
  const isList = subject.some((cell) => isWord(cell, 'and', 'comma') && !cell.quoted);
  let readings = 0;
  /** Of the heading, or of a thing of another kind that the step names itself. */
  const isAbout = (steps: readonly StepDraft[], own: ReadonlySet<string>): boolean =>
    steps.length > 0 &&
    steps.every((step) => {
      const ids = step.target?.kind === 'resources' ? step.target.ids : [];
      const isOwn = ids.every((id) => own.has(id) && !kinds.has(kindOf(id)));
      return ids.length > 0 && (ids.every((id) => named.has(id)) || isOwn);
    });
  const isOfRow = (steps: readonly StepDraft[]): boolean =>
    steps.every(({ target }) => target?.kind === 'resources' && target.ids.every((id) => named.has(id)));
  const taken = (
    part: Part,
    said: readonly Cell[],
    before: readonly Taken[],
    own: ReadonlySet<string>,
  ): Taken | undefined => {
    if (readings++ >= readingsMax) return undefined;
    const reading = tailOf(
      read([...before.map((one) => one.part), { ...part, link: before.length > 0 ? 'then' : 'start' }]),
      before,
    );
    if (reading?.kind === 'query' && !isLooked(reading, part.cells)) return undefined;
    if (reading && !isUsed(said, reading)) return undefined;
    return reading && isAbout(reading.steps, own) && isKept(reading, part.cells)
      ? { part, said, reading, isOwn: !isOfRow(reading.steps) }
      : undefined;
  };
  /** A step about what it names itself, and nothing else. */
  const alone = (part: Part, own: ReadonlySet<string>): Taken | undefined => {
    if (readings++ >= readingsMax) return undefined;
    const reading = read([{ ...part, link: 'start' }]);
    if (reading.kind !== 'plan' || !isUsed(part.cells, reading) || !isKept(reading, part.cells))
      return undefined;
    const isOfOwn = reading.steps.every(
      ({ target }) => target?.kind === 'resources' && target.ids.every((id) => own.has(id)),
    );
    return isOfOwn ? { part, said: part.cells, reading, isOwn: true } : undefined;
  };
  return (given, sofar) => {
    // "a snapshot for the archive"
    const isFor = given.cells.some((cell, at) => at > 0 && cell.low === 'for' && !cell.quoted);
    const cells = isFor ? withoutPurpose([...subject, ...given.cells]).slice(subject.length) : given.cells;
    const part = { ...given, cells };
    if (part.cells.some((cell) => isOther(cell, named.size > 1 && isList))) return undefined;
    const own = new Set(part.cells.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
    // "a and b: stop, then start a": that one only.
    if (isList && [...own].some((id) => named.has(id))) return alone(part, own);
    const free = inPlainOrder(part.cells, kindOf, subject);
    const isOfIt = (cell: Cell): boolean => kindsOf(cell, kindOf).some((kind) => kinds.has(kind));
    const before = sofar.map((one) => one.part.cells);
    // "erp-01 => esx-02, migrate": the deed alone, where its figure was read as a step.
    const isAlone = part.cells.length === 1 && isOrder(part.cells, 0);
    if (
      isAlone &&
      sofar.some((one) => one.reading.steps.some(({ operation }) => isOf(operation, part.cells[0]!)))
    )
      return undefined;
    // "a: stop, detach b, snapshot it": which of the two, was not said.
    if (sofar.some((one) => one.isOwn) && part.cells.some((cell) => isWord(cell, 'pronoun', 'their')))
      return undefined;
    // "resize it to 40 GB, 50 GB": a figure alone, where there was one of its sort.
    if (part.link !== 'then' && isFigureAgain(part.cells, before, kindOf)) return undefined;
    const others = before
      .flat()
      .filter(
        (cell) =>
          senseOf(cell, 'name')?.exact && !isPlaceOnly(cell) && !subject.some(({ low }) => low === cell.low),
      );
    // "detach a from b, delete": which of the two, was not said.
    const isBare = part.cells.every((cell) => !isWord(cell, 'pronoun', 'det', 'their', 'demonstrative'));
    if (isBare && others.length > 0 && own.size === 0 && part.cells.some(isDestroying)) return undefined;
    const forms = [
      ...stepForms(part.cells, { subject, before, others, isOfIt, kindOf }),
      ...(free?.length === 1 ? free : []),
    ];
    for (const cells of forms) {
      const found = taken({ ...part, cells }, part.cells, [], own);
      if (found) return found;
    }
    const other = own.size > 0 && isOrderOn(part.cells) ? taken(part, part.cells, [], own) : undefined;
    if (other?.reading.kind === 'plan') return other;
    // "close 22, reopen it for 10.0.0.0/8": what the step before has said.
    const isPointing =
      part.cells.some((cell) => isWord(cell, 'pronoun') || senseOf(cell, 'verb')) &&
      !part.cells.some((cell) => isWord(cell, 'and'));
    return sofar.length > 0 && isPointing ? taken(part, part.cells, sofar, none) : undefined;
  };
}

/** "migrate" is what migrate.vm does. */
const isOf = (operation: string, cell: Cell): boolean =>
  operation.split('.')[0] === senseOf(cell, 'verb')?.phrase;

/** "detach scratch", "stop the vm b": an order with its thing behind it. */
function isOrderOn(cells: readonly Cell[]): boolean {
  const next = cells.findIndex(
    (cell, at) => at > 0 && !isWord(cell, 'det') && !(senseOf(cell, 'kind') && !senseOf(cell, 'name')),
  );
  return isOrder(cells, 0) && senseOf(cells[next], 'name')?.exact === true;
}

/** "the other vms", "the former", "them" of one thing: not, or not only, the thing of the row. */
function isOther(cell: Cell, isList: boolean): boolean {
  if (cell.quoted || senseOf(cell, 'name')) return false;
  const isPart =
    isWord(cell, 'other', 'any', 'all') ||
    /^(second|third|former|latter|rest|half|some|only|most|each|every|others|remaining|same)$/.test(cell.low);
  const isMany =
    /^(them|both|these|those|they|their|both of them|all of them)$/.test(cell.low) ||
    (senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas'));
  return isPart || (isMany && !isList);
}

/** Every word that nothing else is known of is in what was read. */
function isUsed(cells: readonly Cell[], { steps }: PlanReading | QueryReading): boolean {
  const used = JSON.stringify(steps.map(({ args }) => args)).toLowerCase();
  const evidence = steps.flatMap((step) => step.evidence);
  // "flip it to L.16": what it is to become says what is to be done.
  const isTurned =
    isWord(cells[1], 'pronoun') &&
    cells[2]?.low === 'to' &&
    (isFlavor(cells[3]) || senseOf(cells[3], 'value'));
  return cells.every((cell, at) => {
    if (isTurned && at === 0) return true;
    // "detach a from b": b is where it hung.
    const isName =
      senseOf(cell, 'name')?.exact &&
      !isPlaceOnly(cell) &&
      !senseOf(cell, 'verb') &&
      !/^(from|off|of)$/.test(cells[at - 1]?.low ?? '');
    const isOpen = cell.quoted || isName || cell.senses.every(({ t }) => t === 'part' || t === 'prefix');
    const isRead = evidence.some(({ start, end }) => start <= cell.start && cell.end <= end);
    return (
      !isOpen || !/[a-z0-9]/.test(cell.low) || isRead || used.includes(cell.low) || courtesy.test(cell.low)
    );
  });
}

const courtesy = /^(thanks|thank you|thx|please|pls|cheers|details|group)$/;

/** Asked for in so many words: a figure that was not understood is no look. */
function isLooked({ steps }: QueryReading, cells: readonly Cell[]): boolean {
  const said = cells.filter((cell) => !cell.quoted && !senseOf(cell, 'name'));
  const isShown = steps.some(({ operation }) => operation.startsWith('show.'));
  if (said.some((cell) => senseOf(cell, 'metric') ?? isWord(cell, 'logCue'))) return !isShown;
  return said.some((cell) => isWord(cell, 'ask', 'showCue', 'listCue', 'what', 'howMany'));
}

const isDestroying = (cell: Cell): boolean =>
  !cell.quoted && destroying.has(senseOf(cell, 'verb')?.phrase ?? '');

const none: ReadonlySet<string> = new Set();

/** What was read behind the steps before; undefined where those were read in another way. */
function tailOf(whole: Reading, before: readonly Taken[]): PlanReading | QueryReading | undefined {
  if (whole.kind !== 'plan' && whole.kind !== 'query') return undefined;
  const steps = before.flatMap(({ reading }) => reading.steps);
  const said = (some: readonly StepDraft[]): string =>
    JSON.stringify(some.map(({ operation, target, args }) => [operation, target, args]));
  if (said(whole.steps.slice(0, steps.length)) !== said(steps)) return undefined;
  const from = steps.length;
  const own = whole.steps
    .slice(from)
    .map((step) => ({ ...step, after: step.after.flatMap((at) => (at < from ? [] : [at - from])) }));
  return { ...whole, steps: own };
}

/** The earlier steps about any of the same things. */
function touching(steps: readonly StepDraft[], { target }: StepDraft): readonly number[] {
  const ids = target?.kind === 'resources' ? target.ids : [];
  return steps.flatMap((step, at) =>
    step.target?.kind === 'resources' && step.target.ids.some((id) => ids.includes(id)) ? [at] : [],
  );
}

/** One plan of all steps, each behind the one before it. */
function inARow(row: readonly Taken[]): Reading | undefined {
  const plan = row.map(({ reading }) => reading).find((reading) => reading.kind === 'plan');
  if (!plan) return undefined;
  const steps: StepDraft[] = [];
  let before: readonly number[] = [];
  for (const { part, reading, said } of row) {
    const from = steps.length;
    const [start, end] = [said[0]!.start, said.at(-1)!.end];
    const evidence = { part: 'verb', start, end, text: plan.text.slice(start, end) };
    const behind = (step: StepDraft): readonly number[] => [
      ...new Set([
        ...touching(steps, step),
        ...(part.link === 'then' ? before : []),
        ...step.after.map((at) => from + at),
      ]),
    ];
    const own = reading.steps.map((step) => ({
      ...step,
      after: behind(step).toSorted((a, b) => a - b),
      evidence: [evidence, ...step.evidence],
    }));
    steps.push(...own);
    before = own.map((_, at) => from + at);
  }
  const risk = row.some(({ reading }) => reading.kind === 'plan' && reading.risk === 'destroy')
    ? 'destroy'
    : plan.risk;
  return { ...plan, risk, steps, confidence: Math.min(...row.map(({ reading }) => reading.confidence)) };
}

const kindsOf = (cell: Cell, kindOf: (id: string) => string | undefined): readonly (string | undefined)[] =>
  senseOf(cell, 'kind')?.kinds ?? (senseOf(cell, 'name')?.ids ?? []).map(kindOf);

const isPlaceOnly = (cell: Cell): boolean => senseOf(cell, 'env') !== undefined;

/** Cut at every mark; an arrow behind "image" or "replicas" stands for "to". */
function atomsOf(rest: readonly Cell[]): readonly Part[] {
  const atoms: { cells: Cell[]; link: Part['link'] }[] = [{ cells: [], link: 'start' }];
  for (const [at, cell] of rest.entries()) {
    const current = atoms.at(-1)!;
    const isArrow = !cell.quoted && /^(->|=>|→|>|\||\/|\/\/|\+|&)$/.test(cell.low);
    const isBetween =
      senseOf(rest[at - 1], 'value') !== undefined && senseOf(rest[at + 1], 'value') !== undefined;
    const isTo =
      isArrow && (isBetween || isWord(rest[at - 1], 'imageWord', 'typeWord', 'sizeWord', 'replicas'));
    const isMark = !cell.quoted && (isWord(cell, 'comma', 'stop', 'and', 'afterwards') || isArrow) && !isTo;
    if (isTo) current.cells.push(plain(cell, 'to', word('prep')));
    else if (!isMark || senseOf(cell, 'name')) current.cells.push(cell);
    else {
      const link = isWord(cell, 'afterwards') || isArrow ? 'then' : 'and';
      if (current.cells.some((one) => !isIdle(one))) atoms.push({ cells: [], link });
      else if (link === 'then' && atoms.length > 1) current.link = 'then';
    }
  }
  return atoms.filter((atom) => atom.cells.some((cell) => !isIdle(cell)));
}

const isIdle = (cell: Cell): boolean =>
  !cell.quoted &&
  isWord(cell, 'filler', 'first') &&
  !isWord(cell, 'prep') &&
  !isFlavor(cell) &&
  !['verb', 'value', 'name', 'status'].some((sort) => cell.senses.some(({ t }) => t === sort));

/** "then show it after": only when. */
const isLate = (cell: Cell): boolean =>
  !cell.quoted &&
  /^(after|afterwards|after that|at the end|in the end|finally|too|as well|also)$/.test(cell.low);

/** The fewest cuts first: each row of atoms is a step, and all are taken. */
function cover(
  atoms: readonly Part[],
  from: number,
  sofar: readonly Taken[],
  take: Take,
): readonly Taken[] | undefined {
  if (from === atoms.length) return [];
  for (let to = from + 1; to <= Math.min(atoms.length, from + 3); to++) {
    if (to > from + 1 && atoms[to - 1]!.link === 'then') break;
    const first = atoms[from]!;
    const cells = atoms
      .slice(from, to)
      .flatMap((atom, at) =>
        at === 0 ? atom.cells : [plain(atom.cells[0]!, 'and', word('and')), ...atom.cells],
      );
    const taken = take({ cells: withoutIdle(cells), link: from === 0 ? 'start' : first.link }, sofar);
    const rest = taken && cover(atoms, to, [...sofar, taken], take);
    if (rest) return [taken, ...rest];
  }
  return undefined;
}

function withoutIdle(cells: readonly Cell[]): readonly Cell[] {
  let from = 0;
  let to = cells.length;
  while (from < to && isIdle(cells[from]!)) from++;
  while (to > from + 1 && (isIdle(cells[to - 1]!) || isLate(cells[to - 1]!))) to--;
  return cells.slice(from, to);
}

/** "Decommission a: stop it, snapshot it": what the work is called is among the steps, or would be asked about. */
function isDeedKept({ deed, subject }: Heading, row: readonly Taken[], { read }: RowTools): boolean {
  if (!deed) return true;
  const done = new Set(row.flatMap(({ reading }) => reading.steps.map(({ operation }) => operation)));
  const phrase = senseOf(deed, 'verb')?.phrase ?? nominal[deed.low] ?? deed.low;
  const verb = plain(deed, phrase, { t: 'verb', phrase, form: 'base' });
  const said = read([{ cells: [verb, ...subject], link: 'start' }]);
  if (said.kind === 'plan' || said.kind === 'query')
    return said.steps.every(({ operation }) => done.has(operation));
  return (
    !destroying.has(phrase) || [...done].some((operation) => /^(delete|policy\.disable)/.test(operation))
  );
}
