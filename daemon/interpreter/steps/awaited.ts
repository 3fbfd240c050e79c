// States that say when the next step comes: "restart a. When it is back up, stop b", "stop a; as soon as it is down, …".
// Every step waits for the one before it anyway, so that such a part says no more than "then", and is never a step that
// starts or stops anything. Only a state that the deed before it brings about is one: what comes about by somebody
// else ("stop a; when it is back up, …") is a condition, and is never waited for. Called before the words are put plainly.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const lead =
  '(?:(?:and|but|then|and then|only|so) )*(?:when|once|as soon as|the moment|the minute|right after|directly after|after)';
const subject =
  '(?:it|its|they|this|that|thats|(?:that|this|the first|the former|the other) (?:one|□)|this one|that one|the first|all|both|everything|everything is|all of (?:it|that|this|them)|all (?:that|this)|which|□)';
const be =
  '(?:(?:is|are|was|has|have|had|s|been|gets|get|comes|come|came|goes|went|turns|reports?|shows?|says|sits|stands|starts?|boots?|being|to be)\\s)*';
const manner =
  '(?:(?:fully|completely|all|properly|really|definitely|back|again|first|nicely|safely|up|successfully|finally|actually|and|now|reported|reporting|shown)\\s)*';
const ups =
  'up|up and running|back|back up|back on|back online|running|online|healthy|alive|available|active|in service|reachable|responding|responsive|serving|started|booted|green|on|open|' +
  'comes? up|came up|come back|comes back|came back|came back up|boots?|boots up|starts?|responds?|answers?|returns?|runs|recovered|recovers|restarted|rebooted|in place|live';
const downs =
  'down|off|stopped|offline|gone|empty|drained|deleted|removed|detached|free|closed|shut|shut down|powered off|switched off|turned off|terminated|goes down|stops?|stopped|disappears|halted|suspended|out';
const ends =
  'done|finished|complete|completed|in|over|through|ready|ok|okay|fine|good|stable|settled|there|created|successful|finish|finishes|completes?|settles|settled|went through|has worked|worked';
const late = '(?: (?:up|back|again|online|first|completely|fully|now|please|out|with (?:it|that|this)))*';
const awaited = new RegExp(
  `^(?:${lead} (?:${subject} )?${be}${manner}(?:(?<up>${ups})|(?<down>${downs})|(?<end>${ends}))${late}|` +
    `with (?:it|that|them|□) ${manner}(?:(?<upWith>${ups})|(?<downWith>${downs})|(?<endWith>${ends}))${late})$`,
);

const stopping =
  /^(?:stop|shut|shut down|shutdown|halt|power off|power down|turn off|turn down|switch off|suspend|take down|take offline|bring down|kill|delete|remove|destroy|drop|terminate|tear down|drain|empty|detach|disable|pause|close|evict|unassign|release|spin down|get rid of|park)\b/;
const starting =
  /^(?:start|boot|power on|power up|turn on|switch on|reboot|restart|rollout restart|bounce|cycle|power cycle|resume|unpause|wake|bring up|bring back|fire up|spin up|uncordon|enable|kick)\b/;

/** "after the rollback". */
const behindDeed = /^(?:(?:and|but|then) )*(?:right |directly |just )?after □$/;

const opens =
  /^(?:(?:and|but|then|and then|only) )*(?:when|once|as soon as|the moment|the minute|right after|directly after|after|with)\b/;
const cellsMax = 11;

/** The cells with "then" in the place of a state that is awaited; what no step brings about is a condition. */
export function withAwaited(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => opens.test(cell.low))) return cells;
  const said: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const isLead = at > 1 && !cell.quoted && opens.test(cell.low) && isMarked(cells, at);
    const found = isLead ? awaitedAt(cells, at) : undefined;
    if (!found) said.push(cell);
    else if (!found.isBroughtAbout) said.push(plain(cell, 'if', word('if')));
    else {
      while (isWord(said.at(-1), 'and', 'comma') && !said.at(-1)!.quoted) said.pop();
      said.push(plain(cell, 'then', word('afterwards'), word('filler')));
      at = isWord(cells[found.end], 'comma') ? found.end : found.end - 1;
    }
  }
  return said;
}

const being =
  /\b(?:came|come|comes|coming|went|go|goes|going|is|are|was|were|be|been|got|gets|get|popped|booted|its|thats|being)$/;

/** "web-1 came back up", "let me know when it is back up": it runs, and no copy is made of it, and nothing is started. */
export function withCameBack(cells: readonly Cell[]): readonly Cell[] {
  return cells.flatMap((cell, at) => {
    const before = cells[at - 1]?.quoted === false ? cells[at - 1]!.low : '';
    if (cell.quoted || !/^(?:back up|up|up and running|online|on)$/.test(cell.low)) return [cell];
    if (/ back$/.test(before) && being.test(before.slice(0, -' back'.length))) return [];
    return cell.low === 'back up' && being.test(before) ? [{ ...cell, senses: [word('filler')] }] : [cell];
  });
}

/** It begins a part of its own: behind a mark, or behind what ends a step. */
const isMarked = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at - 1], 'comma', 'stop', 'and', 'afterwards', 'colon') ||
  /^(?:but|and|then|only|so)$/.test(cells[at - 1]!.low) ||
  /^(?:and|but|then) /.test(cells[at]!.low);

/** Where the state ends, and whether the deed before it brings it about. */
function awaitedAt(
  cells: readonly Cell[],
  at: number,
): { readonly end: number; readonly isBroughtAbout: boolean } | undefined {
  const before = cells.slice(0, at);
  const deed = deedIn(before);
  if (deed === undefined) return undefined;
  const named = before.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  let text = '';
  let last: { end: number; isBroughtAbout: boolean } | undefined;
  for (let end = at; end < Math.min(cells.length - 1, at + cellsMax); end++) {
    const cell = cells[end]!;
    if (cell.quoted || isWord(cell, 'comma', 'stop')) break;
    const ids = senseOf(cell, 'name')?.ids;
    if (ids && !ids.every((id) => named.includes(id))) break;
    const isBefore = /(?:^| )(?:the|that|this)$/.test(text);
    const isSubject = ids !== undefined || (isBefore && (isKindOf(cell, named) || isDeedNoun(cell, deed)));
    const low = isSubject ? '□' : cell.low;
    text = (text === '' ? low : `${text} ${low}`).replace(/ the (?=□$)/, ' ');
    const isDeed = !ids && isSubject && isBefore && isDeedNoun(cell, deed);
    if (isDeed && behindDeed.test(text) && isStepNext(cells, end + 1))
      return { end: end + 1, isBroughtAbout: true };
    const groups = awaited.exec(text)?.groups;
    // "once that is up shut down b": an order, and no state.
    const isOrder = isBase(cell) && end > at && !isWord(cells[end + 1], 'comma');
    if (!groups || isOrder || !isStepNext(cells, end + 1)) continue;
    const isUp = (groups.up ?? groups.upWith) !== undefined;
    const isDown = (groups.down ?? groups.downWith) !== undefined;
    last = {
      end: end + 1,
      isBroughtAbout: !(isUp && stopping.test(deed)) && !(isDown && starting.test(deed)),
    };
  }
  return last;
}

/** "that box": of the kind of what was named before. */
const isKindOf = (cell: Cell, named: readonly string[]): boolean =>
  senseOf(cell, 'kind')?.kinds.some((kind) => named.some((id) => id.includes(`:${kind}/`))) === true;

/** "the restart", "the rollout": the deed before, said as a noun. */
const isDeedNoun = (cell: Cell, deed: string): boolean =>
  senseOf(cell, 'verb')?.phrase.replace(' ', '') === deed.replace(' ', '') ||
  (cell.low === 'rollout' && /^(?:roll|deploy|ship|set|update|restart)/.test(deed));

/** The deed that was said last, with the word that makes two of it: "turn web-1 off". */
function deedIn(cells: readonly Cell[]): string | undefined {
  const at = cells.findLastIndex(
    (cell) => !cell.quoted && senseOf(cell, 'verb') !== undefined && !senseOf(cell, 'name'),
  );
  if (at < 0) return undefined;
  const side = cells.slice(at + 1).find((cell) => /^(?:off|on|down|up)$/.test(cell.low) && !cell.quoted);
  const phrase = senseOf(cells[at], 'verb')!.phrase;
  return side && !phrase.includes(' ') ? `${phrase} ${side.low}` : phrase;
}

/** Another step begins there. */
function isStepNext(cells: readonly Cell[], at: number): boolean {
  const next = cells[isWord(cells[at], 'comma') ? at + 1 : at];
  if (next === undefined || next.quoted) return next !== undefined;
  if (isWord(cells[at], 'comma')) return true;
  // "when that is back do b": the same to b.
  const isSame = next.low === 'do' && senseOf(cells[at + 1], 'name') !== undefined;
  return (
    isSame || isBase(next) || isThing(next) || isWord(next, 'det', 'listCue', 'showCue', 'ask', 'please')
  );
}
