// How people reply: they cry out before they order ("bad deploy, roll it back"), ask whether it helped before they look
// ("did that help? latency of it"), say what may be done with what was listed ("those can all be deleted"), or let it be
// ("never mind"). Said plainly here, so that the order is read as any other. Only for a text that has a turn before it;
// nothing that names, counts or places a thing is ever left out.

import { destroying, plainText } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells as a plain command or question. */
export function withReplies(cells: readonly Cell[]): readonly Cell[] {
  return withAllowed(withoutOutcome(withoutActually(withoutDenied(cells))));
}

/** "not web-1, web-10!": what was said before is not meant. */
function withoutDenied(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'not'));
  const isNot = isWord(cells[at], 'not') && !cells[at]!.quoted && senseOf(cells[at + 1], 'name')?.exact;
  const isBare = !cells.some((cell) => senseOf(cell, 'verb') && !senseOf(cell, 'name'));
  const next = isWord(cells[at + 2], 'comma') ? at + 2 : -1;
  // "not web-1, stop web-10"
  const isOrder = next > 0 && isBase(cells[next + 1]) && senseOf(cells[next + 2], 'name')?.exact === true;
  if (isNot && isOrder && cells[next + 2]!.low !== cells[at + 1]!.low) return cells.slice(next + 1);
  const isOther = senseOf(cells[next + 1], 'name')?.exact === true;
  if (!isNot || !isBare || next < 0 || !isOther) return cells;
  return [...cells.slice(0, at), plain(cells[at]!, 'no', word('correction')), ...cells.slice(next)];
}

/** "actually put it back to 1": only how it is said. */
function withoutActually(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || senseOf(cell, 'verb'));
  const cell = cells[at];
  const next = isWord(cells[at + 1], 'comma') ? at + 2 : at + 1;
  const isLead = cell !== undefined && !cell.quoted && cell.low === 'actually' && isBase(cells[next]);
  return isLead ? [...cells.slice(0, at), ...cells.slice(next)] : cells;
}

const dropping =
  /^((ok|okay|oh|ah|hm|hmm|no|sorry|actually|well|thanks|thx|thank you)[ ,.!]*)*(never ?mind|nvm|nm|forget (it|that|about it|about that|i said anything|i asked|what i said)|scratch that|ignore that|disregard( that)?|leave it( be| alone| as is| as it is| at that)?|leave (them|that)( be| alone| as is| as they are| as it is)?|let it be|no need( anymore| any more)?|not needed( anymore)?|do not bother|all good|that is all|that will be all|nothing else|no|nope|nah|no thanks?|none|none of (them|those|these)|neither|neither of (them|those)|nothing)([ ,.!]*(please|thanks|thank you|thx|then|for now|sorry|now|it is fine|all good))*[ ,.!]*$/;

/** Nothing is to be done. */
export function isDropped(cells: readonly Cell[]): boolean {
  return cells.length <= 12 && dropping.test(plainText(cells).trim());
}

const outcome =
  /^((and|so|ok|hm|well) ?,? )*(did|has|does|do|is|was|are) (that|this|it|they|the (restart|reboot|scale|rollback|resize|change|fix))( now| all| already)? ?(help|helped|work|worked|do (it|anything|the trick)|change anything|make (a|any) difference|better|any better|better now|faster|faster now|ok now|fine now|fixed|stable|stable now|enough)( now| yet| already| at all)?$|^(any better|any change|any effect|better|better now|all good now)( now| yet)?$/;

/** "did that help? latency on it": asked by what is asked next. */
function withoutOutcome(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell) => (isWord(cell, 'stop') || cell.low === '?') && !cell.quoted);
  if (mark < 1 || mark > 7 || mark === cells.length - 1) return cells;
  const said = plainText(cells.slice(0, mark)).replace(/[ ,]+$/, '');
  const isBare = !cells.slice(0, mark).some((cell) => senseOf(cell, 'name') && !isWord(cell, 'and'));
  return isBare && outcome.test(said) ? cells.slice(mark + 1) : cells;
}

const subject =
  /^(it|they|those|these|that one|this one|both|both of (?:them|these|those)|they all|all of them|all of those|all of these|those two|these two|those all|these all|they both|those both|these both)$/;
const may =
  /^((can|may|should|must|need to|needs to|have to|has to|ought to)( be)?|(needs?|have|has|got) to be)$/;

/** "those can both be deleted", "they should be restarted": what is to be done with what was listed. */
function withAllowed(cells: readonly Cell[]): readonly Cell[] {
  const start = cells.findIndex(
    (cell) =>
      subject.test(cell.low) || !isWord(cell, 'filler', 'comma', 'and', 'stop') || senseOf(cell, 'verb'),
  );
  const lead = cells[start];
  const isQuestion = cells.some(
    (cell) => !cell.quoted && (cell.low === '?' || isWord(cell, 'if', 'not', 'when')),
  );
  const isThought = /\b(think|guess|suppose|believe|maybe|perhaps|probably|assume|hope|say|says|said)\b/.test(
    plainText(cells),
  );
  if (!lead || lead.quoted || !subject.test(lead.low) || isQuestion || isThought) return cells;
  let at = start + 1;
  let quantifier: Cell | undefined;
  let isMay = false;
  let isBe = false;
  for (; at < Math.min(cells.length, start + 7); at++) {
    const cell = cells[at]!;
    if (cell.quoted) return cells;
    if (isWord(cell, 'all', 'both')) quantifier = cell;
    else if (may.test(cell.low)) {
      isMay = true;
      isBe ||= / be$/.test(cell.low);
    } else if (/^(be|get)$/.test(cell.low)) isBe = true;
    else if (!/^(now|safely|then|please|also|just|therefore|probably)$/.test(cell.low)) break;
  }
  const verb = cells[at];
  const done = senseOf(verb, 'verb');
  if (!isMay || !isBe || !verb || verb.quoted || done?.form !== 'ed') return cells;
  const isOne = /^(it|that one|this one)$/.test(lead.low);
  const isBoth = /\bboth\b|\btwo\b/.test(`${lead.low} ${quantifier?.low ?? ''}`);
  const object = isOne ? 'it' : isBoth ? 'both of them' : 'all of them';
  // A word of doubt before a destroy is no order.
  const isUnsure = cells.slice(start, at).some((cell) => /^(probably|should|should be)$/.test(cell.low));
  if (destroying.has(done.phrase) && isUnsure) return cells;
  return [
    ...cells.slice(0, start),
    plain(verb, done.phrase, { t: 'verb', phrase: done.phrase, form: 'base' }),
    plain(lead, object, word('pronoun')),
    ...cells.slice(at + 1),
  ];
}
