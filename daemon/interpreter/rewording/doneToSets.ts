// "Which vms were deleted this week?", "show me whatever got stopped yesterday": what was done to things, which only the
// trail knows, since what was done to them is over or has changed. It becomes "who deleted vms this week". What was
// made is still there and stays a list. Called by `askedFor`.

import { isPerson } from '../filling/audit.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const asking =
  /^(which|what|what all|list|list out|show|show me|show us|give me|give us|tell me|get me|all|any|every|everything|anything|whatever|things?|stuff|the|that|which ones|resources?|objects?|me|please|find|find out|see|i want to see|could you tell me|can you tell me|do you know|name)$/;
const passive =
  /^(was|were|got|has been|have been|had been|been|has|have|that was|that were|which was|which were|that got|that has been|that have been|which have been|what was|what were|what got|what has been|what have been)$/;
const making =
  /^(create|make|launch|add|build|provision|take|start|restart|reboot|snapshot|deploy|run|use|need)$/;

/** The cells as a question to the trail. */
export function withDoneSets(cells: readonly Cell[]): readonly Cell[] {
  const whom = doneBy(cells);
  if (whom) return whom;
  const at = cells.findIndex((cell, index) => index > 0 && isDone(cells, index, cell));
  if (at < 1) return cells;
  const deed = cells[at]!;
  const head = cells.slice(0, at);
  const kinds = head.filter((cell) => !asking.test(cell.low) && !passive.test(cell.low));
  const isSet = kinds.every((cell) => senseOf(cell, 'kind')?.plural && !senseOf(cell, 'name'));
  const isAsked = head.some((cell) => isWord(cell, 'what', 'ask', 'listCue', 'any', 'everything'));
  if (!isSet || kinds.length > 1 || !isAsked || head.some(({ quoted }) => quoted)) return cells;
  const rest = cells.slice(at + 1);
  const isPast = rest.some((cell) => {
    const range = senseOf(cell, 'time')?.range;
    return range !== undefined && (range.windowS ?? range.fromMs ?? range.toMs) !== undefined;
  });
  const isPlain = rest.every(
    (cell) => !cell.quoted && (senseOf(cell, 'time') ?? isWord(cell, 'stop', 'filler', 'comma', 'prep')),
  );
  if (!isPast || !isPlain) return cells;
  const kind = kinds.filter((cell) => senseOf(cell, 'kind')!.kinds.length > 0);
  return [plain(deed, 'who', word('who')), deed, ...kind, ...rest];
}

/** "which vms did dave delete this week": what he did to them. */
function doneBy(cells: readonly Cell[]): readonly Cell[] | undefined {
  const at = cells.findIndex((cell) => !cell.quoted && /^(did|has|have)$/.test(cell.low));
  const [who, deed] = [cells[at + 1], cells[at + 2]];
  const kind = cells[at - 1];
  const isSet = senseOf(kind, 'kind')?.plural === true && !senseOf(kind, 'name') && at >= 2;
  const isAsked =
    cells.slice(0, at - 1).every((cell) => asking.test(cell.low)) && isWord(cells[at - 2], 'what');
  if (!isSet || !isAsked || !isPerson(who) || !/^(base|ed)$/.test(senseOf(deed, 'verb')?.form ?? ''))
    return undefined;
  return [plain(kind!, 'what did', word('changed')), who!, deed!, kind!, ...cells.slice(at + 3)];
}

/** "were deleted", "got stopped": a deed on what is or was there. */
function isDone(cells: readonly Cell[], at: number, cell: Cell): boolean {
  const verb = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'verb');
  return verb?.form === 'ed' && passive.test(cells[at - 1]!.low) && !making.test(verb.phrase);
}
