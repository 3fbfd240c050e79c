// A text of several steps that was not understood as a whole, read a step at a time: "a snapshot of a, then 6 replicas",
// "a is approved, but b has to be cancelled", "M.8 for a and b, L.16 for c". The text is cut where each part is an order
// or a question in full, or goes on with the thing before it; every part is made plain by itself and all are read as one
// text, in their order. Where any part is told, denied, bounded or left over, the question stays. Called last.

import type { Reading } from '../../../shared/model/reading.ts';
import { isFlavor, isState } from '../freeOrder/chunks.ts';
import { states } from '../freeOrder/deedWords.ts';
import { inPlainOrder, isFigureAgain, subjectOf } from '../freeOrder/freeOrder.ts';
import { withSpokenThing } from '../freeOrder/spokenBefore.ts';
import { withWishedState } from '../freeOrder/wishedStates.ts';
import { destroying } from '../guards/guard.ts';
import type { Link } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { isJoin, isOrder } from './madeTogether.ts';
import { figureOf, takesList } from './nominalSteps.ts';
import { isPredicate } from './split.ts';

/** One step as it was said, and how it hangs on the one before it. */
export interface Part {
  readonly cells: readonly Cell[];
  readonly link: Link;
}

const atomsMax = 10;
const readingsMax = 16;

/** Words after which a text is no plain row of orders. */
export const turning = [
  'if',
  'or',
  'not',
  'except',
  'insteadOf',
  'instead',
  'correction',
  'stays',
  'outside',
  'undoCue',
  'before',
  'why',
  'who',
] as const;

/**
 * What the text orders step by step; undefined where not every word of it belongs to a step. A step that is no sentence
 * by itself is put into plain order first. `isKept`: whether the whole may be carried out.
 */
export function readStepByStep(
  cells: readonly Cell[],
  read: (parts: readonly Part[]) => Reading,
  kindOf: (id: string) => string | undefined,
  isKept: (reading: Reading) => boolean,
): Reading | undefined {
  // "someone left a on again" tells how it is.
  const isLeft = cells.some((cell) => cell.low === 'left' && !cell.quoted && isWord(cell, 'filler'));
  if (isQuestion(cells) || isLeft) return undefined;
  const atoms = atomsOf(cells);
  if (atoms.length === 0 || atoms.length > atomsMax) return undefined;
  let readings = 0;
  // The same part stands behind many beginnings.
  const alone = new Map<string, boolean>();
  const isAlone = (part: Part): boolean => {
    const key = part.cells.map(({ low, start }) => `${start} ${low}`).join('|');
    const known = alone.get(key);
    if (known !== undefined || readings >= readingsMax) return known ?? false;
    readings++;
    const isFull = isInFull(read([part]), part.cells);
    alone.set(key, isFull);
    return isFull;
  };
  const said: Taker = (part, sofar) => {
    const before = sofar.at(-1);
    if (goesOn(part, before)) return [part];
    if (isToldIn(part.cells) || mayBeListed(part, before)) return undefined;
    return isAlone(part) ? [part] : undefined;
  };
  /** The part in plain order, with the thing it leaves out; what is new has to be made before. */
  const turnedOf = (part: Part, made: readonly Part[], subject?: readonly Cell[]): readonly Part[] => {
    const plainly = inPlainOrder(part.cells, kindOf, subject);
    if (!plainly || readings++ >= readingsMax) return [];
    const turned = plainly.map((one, at): Part => ({ cells: one, link: at === 0 ? part.link : 'and' }));
    const reading = read([...made, ...turned]);
    return reading.kind === 'plan' && reading.steps.length >= made.length + turned.length ? turned : [];
  };
  const inAnyOrder: Taker = (part, sofar) => {
    if (mayBeListed(part, sofar.at(-1)) || (part.cells !== cells && isDeedApart(part.cells)))
      return undefined;
    const own = turnedOf(part, []);
    if (own.length > 0) return own;
    const before = sofar.map((one) => one.cells);
    if (part.cells.some(isPart) || isFigureAgain(part.cells, before, kindOf)) return undefined;
    // "db-1: off, snapshot vol-data, back on": done with what was spoken of, where that can be one thing only.
    const found = subjectsOf(sofar, cells, kindOf).flatMap(({ cells: subject, made }) => {
      const turned = turnedOf(part, made, subject);
      return turned.length > 0 ? [turned] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  };
  const done = (parts: readonly Part[] | undefined): Reading | undefined => {
    const whole = parts && read(parts);
    return whole && isDone(whole, parts) && isKept(whole) ? whole : undefined;
  };
  const isTurned = cells.some((cell) => !cell.quoted && isTurning(cell));
  const plainly = isTurned || atoms.length < 2 ? undefined : done(cover(atoms, 0, [], said));
  if (plainly) return plainly;
  const one = inAnyOrder({ cells, link: 'start' }, []) ?? pointedBack(cells, said, inAnyOrder);
  const whole = one && done(one);
  if (whole || isTurned || atoms.length < 2) return whole;
  const steps = shared(atoms, kindOf);
  return (
    done(cover(steps, 0, [], (part, sofar) => said(part, sofar) ?? inAnyOrder(part, sofar))) ??
    done(cover(steps, 0, [], (part, sofar) => inAnyOrder(part, sofar) ?? said(part, sofar)))
  );
}

/** "a and b down, c up": two states that are wished for, which no question about them would name. */
export function isStateRow(cells: readonly Cell[]): boolean {
  const said = new Set(cells.flatMap((cell) => (cell.quoted ? [] : (states[cell.low] ?? []))));
  // "all dev vms off please, keep the bastion"
  const isAsked =
    said.size === 1 &&
    cells.some((cell) => /^(please|pls|plz|i want|we want|i need|we need|want|i would like)$/.test(cell.low));
  const isRow =
    (said.size > 1 || isAsked) &&
    !isQuestion(cells) &&
    !cells.some((cell) => isWord(cell, 'or', 'if', 'be', 'ask'));
  return isRow || withWishedState(cells) !== cells;
}

/** "cart and search in staging, 2 each", "all staging deployments: 0": how many they are to have, set apart at the end. */
export function isFigureRow(cells: readonly Cell[]): boolean {
  let end = cells.length;
  while (isWord(cells[end - 1], 'stop', 'filler', 'replicas')) end--;
  const value = senseOf(cells[end - 1], 'value')?.value.k;
  const isApart = isWord(cells[end - 2], 'comma', 'colon') || cells[end]?.low === 'each';
  // "all api-prod instances: m5.xlarge"
  const isOfSome = cells
    .slice(0, Math.max(0, end - 2))
    .some((cell) =>
      ['name', 'prefix', 'part', 'env'].some((sort) => cell.senses.some(({ t }) => t === sort)),
    );
  const isNewFlavor = isOfSome && isFlavor(cells[end - 1]) && isWord(cells[end - 2], 'colon');
  return (
    ((value === 'number' && isApart) || isNewFlavor) &&
    !isQuestion(cells) &&
    !cells.some((cell) =>
      isWord(cell, 'or', 'if', 'be', 'ask', 'listCue', 'showCue', 'logCue', 'what', 'top', 'last'),
    )
  );
}

/** One order about the thing that a story before it names. */
function pointedBack(cells: readonly Cell[], ...takers: readonly Taker[]): readonly Part[] | undefined {
  const pointed = withSpokenThing(cells);
  for (const take of pointed ? takers : []) {
    const parts = take({ cells: pointed!, link: 'start' }, []);
    if (parts) return parts;
  }
  return undefined;
}

/** The steps that a part is, as they are to be read; undefined where it is none. */
type Taker = (part: Part, sofar: readonly Part[]) => readonly Part[] | undefined;

/** "then reboot the first", "only one": a part of what was spoken of. */
const isPart = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'first', 'other', 'one', 'both', 'all', 'any', 'demonstrative') ||
    /^(second|third|last|former|latter|rest|half|some|only|most|each|every)$/.test(cell.low));

interface Subject {
  readonly cells: readonly Cell[];
  /** The step that makes it, where it is not there yet. */
  readonly made: readonly Part[];
}

/** What was spoken of before a step: the thing of each step, and the one the text begins with ("db-1: …"). */
function subjectsOf(
  sofar: readonly Part[],
  text: readonly Cell[],
  kindOf: (id: string) => string | undefined,
): readonly Subject[] {
  if (sofar.length === 0) return [];
  const colon = text.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  const headed = subjectOf(text.slice(0, Math.max(0, colon)), kindOf);
  const heading = headed && !headed.isNew ? [{ cells: headed.cells, made: [] }] : [];
  const all = sofar.flatMap((part): readonly Subject[] => {
    const subject = subjectOf(part.cells, kindOf);
    if (!subject) return [];
    if (!subject.isNew) return [{ cells: subject.cells, made: [] }];
    return [{ cells: [plain(part.cells[0]!, 'it', word('pronoun'))], made: [part] }];
  });
  const low = ({ cells }: Subject): string => cells.map((cell) => cell.low).join(' ');
  return [...new Map([...heading, ...all].map((one) => [low(one), one])).values()];
}

/** "stop, snapshot and resize a": the verbs before the first thing are said of it, too. */
function shared(atoms: readonly Part[], kindOf: (id: string) => string | undefined): readonly Part[] {
  const lead = atoms.findIndex(({ cells }) => cells.length !== 1 || !isOrder(cells, 0));
  const subject = lead > 0 ? subjectOf(atoms[lead]!.cells, kindOf) : undefined;
  if (!subject || subject.isNew || !isOrder(atoms[lead]!.cells, 0)) return atoms;
  return atoms.map((atom, at) => (at < lead ? { ...atom, cells: [...atom.cells, ...subject.cells] } : atom));
}

/** Words that only soften or link are not meant by their other senses. */
const isTurning = (cell: Cell): boolean =>
  cell.low !== 'but' &&
  isWord(cell, ...turning) &&
  !isWord(cell, 'filler', 'and', 'afterwards', 'prep', 'first');

/** Between any two joins; what is said before and behind is courtesy. */
function atomsOf(cells: readonly Cell[]): readonly Part[] {
  const atoms: { cells: Cell[]; link: Link }[] = [{ cells: [], link: 'start' }];
  for (const cell of cells) {
    const current = atoms.at(-1)!;
    const next = cells[cells.indexOf(cell) + 1];
    const isArrow = !cell.quoted && /^(->|=>|→|>|\||\/|\/\/|\+|&)$/.test(cell.low) && isBase(next);
    const isMark = isJoin(cell) || (isWord(cell, 'stop') && !cell.quoted) || cell.low === 'but' || isArrow;
    if (!isMark) {
      current.cells.push(cell);
      continue;
    }
    const isThen = isWord(cell, 'afterwards') || (isArrow && cell.low.includes('>')) || cell.low === '→';
    if (current.cells.some((one) => !isIdle(one))) atoms.push({ cells: [], link: isThen ? 'then' : 'and' });
    else if (isThen && atoms.length > 1) current.link = 'then';
  }
  return atoms.filter((atom) => atom.cells.some((cell) => !isIdle(cell)));
}

const isIdle = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'filler', 'first') || ordinal.test(cell.low) || cell.low === 'go') &&
  states[cell.low] === undefined &&
  !isThing(cell) &&
  (!senseOf(cell, 'verb') || cell.low === 'go');
const ordinal = /^(second|third|fourth|fifth|secondly|thirdly|1st|2nd|3rd|4th|5th)$/;

/** The fewest cuts first: each row of atoms is a step, and all are taken. */
function cover(
  atoms: readonly Part[],
  from: number,
  sofar: readonly Part[],
  take: Taker,
): readonly Part[] | undefined {
  if (from === atoms.length) return [];
  for (let to = from + 1; to <= atoms.length; to++) {
    const part = plainPart(joined(atoms.slice(from, to)), sofar.at(-1));
    if (to > from + 1 && atoms[to - 1]!.link === 'then') break;
    const steps = take(part, sofar);
    const rest = steps && cover(atoms, to, [...sofar, ...steps], take);
    if (rest) return [...steps, ...rest];
  }
  return undefined;
}

/** Atoms that are one step, with "and" between them again. */
function joined(atoms: readonly Part[]): Part {
  const cells = atoms.flatMap((atom, at) =>
    at === 0 ? atom.cells : [plain(atom.cells[0]!, 'and', word('and')), ...atom.cells],
  );
  return { cells, link: atoms[0]!.link };
}

/** Without what only numbers it, and with the verb that a bare figure leaves out. */
function plainPart({ cells, link }: Part, before: Part | undefined): Part {
  let from = 0;
  while (from < cells.length && isIdle(cells[from]!)) from++;
  const said = cells.slice(from);
  const then = plain(cells[0]!, 'then', word('afterwards'));
  return { cells: (before && link === 'then' && figureOf([then, ...said])?.slice(1)) || said, link };
}

/** An order about what was spoken of ("resize it to 40 GB"), or another thing for the order before ("then b"). */
function goesOn({ cells, link }: Part, before: Part | undefined): boolean {
  if (!before) return false;
  const isAbout = cells.some(
    (cell) =>
      !cell.quoted && (isWord(cell, 'pronoun', 'other', 'demonstrative', 'their') || cell.low === 'in there'),
  );
  const isOwn = isOrder(cells, 0) || (isBase(cells[0]) && isWord(cells[1], 'pronoun'));
  if (isOwn) return isAbout || cells.length === 1;
  // "…, and tell me its error rate"
  if (isAbout && isWord(cells[0], 'ask', 'showCue', 'listCue', 'logCue')) return true;
  const isList = cells.every((cell) => !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep', 'and')));
  return link === 'then' && isList && cells.some((cell) => senseOf(cell, 'name')?.exact);
}

/** "kafka is slow, restart it": what is told of a thing may be what the order is about. */
const isToldIn = (cells: readonly Cell[]): boolean =>
  cells.some((cell, at) => senseOf(cell, 'name') && !cell.quoted && isPredicate(cells[at + 1]));

/** "delete volume a and snapshot of b": one more thing to be deleted, or to be shown. */
function mayBeListed({ cells, link }: Part, before: Part | undefined): boolean {
  const isNoun = senseOf(cells[0], 'kind') !== undefined || isWord(cells[0], 'det');
  return link !== 'then' && before !== undefined && isNoun && takesList(before.cells);
}

/** "a; delete, then b …": a deed that takes away, alone behind a mark, may be half of another step. */
const isDeedApart = (cells: readonly Cell[]): boolean =>
  isWord(cells.at(-2), 'and') && destroying.has(senseOf(cells.at(-1), 'verb')?.phrase ?? '');

/** A change, or something that is asked for in so many words; what a thing is to be has its step. */
function isInFull(reading: Reading, cells: readonly Cell[]): boolean {
  const steps = 'steps' in reading ? reading.steps : [];
  const wished = cells.flatMap((cell, at) => (isState(cells, at, true) ? [states[cell.low]!] : []));
  const isMade = (phrase: string): boolean =>
    steps.some(({ operation }) => (making[phrase] ?? making.other!).test(operation));
  if (!wished.every(isMade)) return false;
  if (reading.kind === 'plan') return true;
  if (reading.kind !== 'query') return false;
  return cells.some(
    (cell) =>
      !cell.quoted && isWord(cell, 'ask', 'listCue', 'showCue', 'logCue', 'what', 'howMany', 'summarize'),
  );
}

/** The operations that bring such a state about. */
const making: Readonly<Record<string, RegExp>> = {
  stop: /^(stop|suspend|disable|pause|policy\.disable)/,
  start: /^(start|resume|enable|policy\.enable)/,
  other: /^(cordon|uncordon)/,
};

/** Every part became a step of its own, and every name is in one of them. */
function isDone(reading: Reading, parts: readonly Part[]): boolean {
  if (reading.kind !== 'plan' || reading.steps.length < parts.length) return false;
  const said = parts.flatMap(({ cells }) => cells);
  const used = JSON.stringify(reading.steps.map(({ target, args }) => [target, args])).toLowerCase();
  return said.every((cell) => {
    const name = senseOf(cell, 'name');
    if (!name || cell.quoted || isWord(cell, 'filler', 'prep')) return true;
    const isUsed = name.ids.some((id) => used.includes(JSON.stringify(id).toLowerCase().slice(1, -1)));
    return isUsed || used.includes(cell.low) || name.ids.some((id) => used.includes(nameIn(id)));
  });
}

/** "prod" of `k8s:namespace/prod`. */
const nameIn = (id: string): string => `/${id.slice(id.lastIndexOf('/') + 1).toLowerCase()}/`;
