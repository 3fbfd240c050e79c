// Steps said in one breath: "detach scratch from web-1 attach it to web-10 start it". Where a new command begins behind
// a whole one, and where somebody begins to tell why, the comma that was not typed is put back; the rest reads the
// text as if it had been. Nothing is cut where the word could be a noun, or belongs to what somebody else does. Called
// before the words are put plainly.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing, word } from '../words/plainCells.ts';

/** The cells with the commas that were left out between steps. */
export function withRunOns(cells: readonly Cell[]): readonly Cell[] {
  if (
    !cells.some(
      (cell, at) => at > 1 && (isListed(cells, at) || isVerb(cell) || isTeller(cell) || isShow(cells, at)),
    )
  )
    return cells;
  const told: Cell[] = [];
  for (const [at, cell] of cells.entries()) {
    const start = told.findLastIndex((one) => isWord(one, 'stop', 'comma', 'afterwards', 'colon')) + 1;
    const said = told.slice(start);
    const isStep = isVerb(cell) || isShow(cells, at);
    const begins =
      isListed(cells, at) || (isStep && startsStep(cells, at, said)) || startsTelling(cells, at, said);
    if (begins) told.push(commaAt(cell));
    told.push(cell);
  }
  return told.length === cells.length ? cells : told;
}

function commaAt({ start }: Cell): Cell {
  return {
    text: ',',
    low: ',',
    start,
    end: start,
    quoted: false,
    senses: [word('comma')],
    repaired: false,
    words: 1,
  };
}

const isVerb = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'name');

/** "show me its cpu", "make it an r6g.xlarge": commands of two words. */
const isShow = (cells: readonly Cell[], at: number): boolean =>
  !cells[at]!.quoted &&
  (cells[at]!.low === 'make it' ||
    (/^(show|give|list|get|tell)( me)?$/.test(cells[at]!.low) &&
      isWord(cells[at], 'showCue', 'listCue', 'ask') &&
      (/ me$/.test(cells[at]!.low) || cells[at + 1]?.low === 'me')));

/** "worker-1 worker-2 and worker-3": the same name with another number. */
function isListed(cells: readonly Cell[], at: number): boolean {
  const stemOf = (cell: Cell | undefined): string | undefined =>
    cell && !cell.quoted && senseOf(cell, 'name')?.exact
      ? /^(.*\p{L})[\W_]*\d+$/u.exec(cell.low)?.[1]
      : undefined;
  const stem = stemOf(cells[at]);
  return stem !== undefined && stem === stemOf(cells[at - 1]) && cells[at]!.low !== cells[at - 1]!.low;
}

const tellers = /^(nobody|no one|noone|i|we|they|he|she)$/;
const isTeller = (cell: Cell): boolean => !cell.quoted && tellers.test(cell.low);

/** A word that a verb behind it belongs to, or that needs more behind it. */
const leading =
  /^(to|i|we|you|they|he|she|who|not|do|does|did|can|could|should|would|will|shall|must|may|might|let|us|me|if|when|and|or|the|a|an|my|our|your|just|then|also|now|please|pls|plz|kindly|first|that|which|as|like|called|named|with|for|of|is|are|be|was|by|no|never|dont|help|want|need|about|before|after|while|until|unless|because|so|but|than)$/;

/** "…, reboot it": a command behind one that has all it needs. */
function startsStep(cells: readonly Cell[], at: number, said: readonly Cell[]): boolean {
  const cell = cells[at]!;
  const next = cells[at + 1];
  const lead = said.findIndex((one) => !isWord(one, 'filler', 'first', 'and') || senseOf(one, 'verb'));
  const before = behindCourtesy(said);
  if (lead < 0 || before < 0 || !next || said.some(isOpening)) return false;
  const last = said[before]!;
  if (last.quoted ? !isWord(said[before - 1], 'named') : isLeading(last)) return false;
  const isOrdered = isVerb(said[lead]);
  const joint = said.findLastIndex((one) => isWord(one, 'and'));
  // "and inside it create …"
  if (joint > 0 && isWord(said[joint + 1], 'prep')) return false;
  const hasObject = said
    .slice(lead + 1)
    .some((one) => isThing(one) || isWord(one, 'pronoun') || senseOf(one, 'value'));
  const isReferring =
    /^(it|them|both|this one|that one|its|their)$/.test(next.low) ||
    cell.low === 'make it' ||
    next.low === 'me';
  const isFigure = senseOf(next, 'value') !== undefined;
  const isNoun = ['kind', 'metric', 'part', 'env', ...(isFigure ? [] : ['status'])].some((sort) =>
    cell.senses.some(({ t }) => t === sort),
  );
  // "delete web-1 snapshot …": what is destroyed may be the noun.
  if (isNoun && !senseOf(next, 'name') && !isReferring) return false;
  if (isNoun && said.some((one) => destroying.has(senseOf(one, 'verb')?.phrase ?? ''))) return false;
  const isObject =
    isReferring ||
    senseOf(next, 'name') !== undefined ||
    (!isNoun && (isWord(next, 'det', 'all', 'both', 'demonstrative') || isFigure));
  // What destroys stands behind what is plainly whole.
  if (destroying.has(senseOf(cell, 'verb')?.phrase ?? '') && isOrdered && !isEnd(last)) return false;
  if (isOrdered) return hasObject && isObject && (isEnd(last) || isNewName(said, before) || isReferring);
  // "coredns is acting up restart it": told of a thing, and what is to be done with it.
  const isTold = said.some((one) => isWord(one, 'be', 'have')) && said.some((one) => senseOf(one, 'name'));
  return (
    isTold &&
    (isReferring || isWord(next, 'demonstrative')) &&
    !isWord(said[lead], 'what', 'who', 'howMany', 'do', 'be', 'have')
  );
}

/** "restart it please": the place of the last word that is no courtesy. */
function behindCourtesy(said: readonly Cell[]): number {
  let at = said.length - 1;
  while (at >= 0 && /^(please|pls|plz|kindly|just|now|also|asap)$/.test(said[at]!.low)) at--;
  return at;
}

/** A question, a condition or a denial: which command is meant is not plain any more. */
function isOpening(cell: Cell): boolean {
  return (
    !cell.quoted &&
    (isWord(
      cell,
      'before',
      'after',
      'if',
      'why',
      'when',
      'undoCue',
      'need',
      'except',
      'insteadOf',
      'outside',
    ) ||
      /\b(before|after|once|how|should|did|does|told|tell|tells|asked|ask|asks|says|said|want|wants|not|never|until|while|in case)\b/.test(
        cell.low,
      ))
  );
}

function isLeading(cell: Cell): boolean {
  return (
    leading.test(cell.low.split(' ').at(-1)!) ||
    isWord(cell, 'prep', 'det', 'not', 'need', 'be', 'possessive', 'and', 'named')
  );
}

/** A thing, a value or a word behind them, with which a command may end. */
function isEnd(cell: Cell): boolean {
  if (isThing(cell) || isWord(cell, 'pronoun', 'again', 'current', 'replicas')) return true;
  return ['value', 'env', 'region', 'provider', 'time'].some((sort) =>
    cell.senses.some(({ t }) => t === sort),
  );
}

const isNewName = (said: readonly Cell[], at: number): boolean =>
  isWord(said[at - 1], 'named') || /^as$/.test(said[at - 1]?.low ?? '');

/** "suspend ci-runner-1 nobody builds today", "start erp-test the auditors want it": why, where a comma was meant. */
function startsTelling(cells: readonly Cell[], at: number, said: readonly Cell[]): boolean {
  const last = said.at(-1);
  const next = cells[at + 1];
  if (!last || !next || last.quoted || !(isTeller(cells[at]!) ? !isVerb(next) : isStatement(cells, at)))
    return false;
  const lead = said.find((one) => !isWord(one, 'filler', 'first', 'and') || senseOf(one, 'verb'));
  const isDone =
    /^(please|pls|plz)$/.test(last.low) || isWord(last, 'pronoun') || senseOf(last, 'name')?.exact === true;
  return isDone && isVerb(lead) && said.slice(1).some((one) => isThing(one) || isWord(one, 'pronoun'));
}

/** "the auditors would like …", "testers are waiting": of nothing that is here. */
function isStatement(cells: readonly Cell[], at: number): boolean {
  let end = at;
  while (end < at + 4 && cells[end] && !cells[end]!.quoted && isNoThing(cells[end]!)) end++;
  const isSubject = end > at && !(end === at + 1 && isWord(cells[at], 'det'));
  const predicate = cells[end];
  return (
    isSubject &&
    predicate !== undefined &&
    !predicate.quoted &&
    (isWord(predicate, 'be') || /^(is|are|was|were|has|have|would|will|wants?|needs?)\b/.test(predicate.low))
  );
}

const isNoThing = (cell: Cell): boolean =>
  cell.senses.length === 0 || (isWord(cell, 'det') && /^(the|our|my|some)$/.test(cell.low));
