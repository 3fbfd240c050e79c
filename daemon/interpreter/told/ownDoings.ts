// What people say they will do themselves, beside a question: "before I drain worker-5, which pods are on it?", "we are
// about to stop jenkins, what depends on it?". It orders nothing. The thing it names is kept in front of the question,
// which may mean it by "it"; the deed is taken out. Where anything else of the text orders something, all of it stays.
// Called by `reword`, before anything else.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { askingWords } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const leading = /^(so|ok|okay|hi|hello|hey|well|but|because|as|since|and|yes|no|ah|oh|now|please|just)$/;
/** "before I …", "we are about to …": who does it is not the one that is asked. */
const before =
  /^(just |right |shortly )?(before|prior to|ahead of|after) (i|we|they|he|she|anyone|somebody|someone)\b/;
const meaning =
  /^(i|we|they)( am| are| were| was| will| would| might| may| must| should| have| has)?( just| still| only| also| really| all| currently| soon| probably| maybe)* ?(about to|going to|gonna|planning|plan|thinking|considering|intend|supposed|want to|would like to|like to|wish to|have to|need to|must|will|may|might|should|am to|are to|decided to|hope to|wanted to|about)\b/;
const asking = [...askingWords, 'ask', 'showCue', 'summarize'] as const;
const textMax = 60;

/** The cells without what the person means to do, where the rest only asks. */
export function withoutOwnDoings(cells: readonly Cell[]): readonly Cell[] {
  if (cells.length > textMax || !cells.some(isOwnMark)) return cells;
  const parts = partsOf(cells);
  const sorts = parts.map((part) => (isOwn(part) ? 'own' : isRead(part) ? 'read' : 'other'));
  const isBeforehand = parts.some((part, at) => sorts[at] === 'own' && before.test(lowsOf(part)));
  const asks = parts.some((part, at) => sorts[at] === 'read' && (isBeforehand || isTurned(part)));
  const isOpen = parts.some((part, at) => sorts[at] === 'other' && part.some((cell) => isDeed(cell)));
  if (!sorts.includes('own') || !asks || isOpen) return cells;
  const isReferring = cells.some(
    (cell) => (isWord(cell, 'pronoun', 'their') || cell.low === 'there') && !cell.quoted,
  );
  return parts.flatMap((part, at) => {
    if (sorts[at] !== 'own') return part;
    const things = thingsIn(part);
    const isNamedAgain = parts.some((other, index) => sorts[index] === 'read' && other.some(isNamed));
    return isReferring && !isNamedAgain && things.length > 0
      ? [...things, plain(part.at(-1)!, ',', word('comma'))]
      : [];
  });
}

const isOwnMark = (cell: Cell): boolean =>
  !cell.quoted && (/\b(i|we|they)\b/.test(cell.low) || isWord(cell, 'before'));

const isAsking = (cell: Cell): boolean => !cell.quoted && isWord(cell, ...asking);

const isNamed = (cell: Cell): boolean => senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env');

/** Cut behind commas, colons and stops, and in front of "before I". */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const [at, cell] of cells.entries()) {
    const isJoint = !cell.quoted && before.test(lowsOf(cells.slice(at, at + 3)));
    if ((isJoint || isGerund(cells, at)) && parts.at(-1)!.length > 0) parts.push([]);
    parts.at(-1)!.push(cell);
    const isMark = isWord(cell, 'comma', 'stop', 'colon') && !cell.quoted && !senseOf(cell, 'name');
    if (isMark || /^(-|–|—)$/.test(cell.low)) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

/** "before draining worker-5". */
const isGerund = (cells: readonly Cell[], at: number): boolean =>
  !cells[at]!.quoted && cells[at]!.low === 'before' && senseOf(cells[at + 1], 'verb')?.form === 'ing';

const lowsOf = (cells: readonly Cell[]): string => {
  const lows = cells.map((cell) => (cell.quoted ? '"' : cell.low));
  const first = lows.findIndex((low) => !leading.test(low));
  return lows.slice(Math.max(0, first)).join(' ');
};

const isDeed = (cell: Cell): boolean =>
  !cell.quoted &&
  /^(base|ing)$/.test(senseOf(cell, 'verb')?.form ?? '') &&
  !isAsking(cell) &&
  !(isThing(cell) || senseOf(cell, 'status') || senseOf(cell, 'metric')) &&
  !isWord(cell, 'be', 'have', 'do', 'filler', 'light', 'prep');

/** It says what somebody is to do, and orders nothing behind it. */
function isOwn(part: readonly Cell[]): boolean {
  const said = lowsOf(part);
  const gerund = part.findIndex((_, at) => isGerund(part, at));
  if (!before.test(said) && !meaning.test(said) && gerund !== 0) return false;
  const deeds = part.filter(isDeed).length;
  return deeds === 1 && !part.some((cell) => isWord(cell, 'what', 'why', 'howMany', 'not', 'if'));
}

/** It asks for something to be seen, and does nothing. */
function isRead(part: readonly Cell[]): boolean {
  const joined = part.findIndex((cell) => isWord(cell, 'and', 'afterwards') && !cell.quoted);
  if (isTurned(part)) return joined < 0 || !part.slice(joined).some(isDeed);
  return (
    part.some(isAsking) &&
    !part.some((cell) => isBase(cell) && isDeed(cell) && !isWord(cell, 'runOut', 'attachedTo'))
  );
}

/** "which …", "is it …": a question, not a wish to be shown something. */
function isTurned(part: readonly Cell[]): boolean {
  const first = part.find((cell) => !isWord(cell, 'filler', 'comma', 'and') || isWord(cell, 'be', ...asking));
  return (
    isWord(first, 'what', 'who', 'why', 'when', 'howMany', 'depends', 'be', 'do') ||
    /^(how|is|are|does|do|has|have|will|where)\b/.test(first?.low ?? '')
  );
}

/** What the deed is done to, with its place. */
function thingsIn(part: readonly Cell[]): readonly Cell[] {
  const deed = part.findIndex(isDeed);
  return part
    .slice(deed + 1)
    .filter(
      (cell) =>
        !cell.quoted &&
        (isThing(cell) || senseOf(cell, 'region') || isWord(cell, 'prep', 'det')) &&
        !isWord(cell, 'comma', 'colon', 'stop'),
    );
}
