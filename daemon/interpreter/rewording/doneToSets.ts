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
export function withDoneSets(given: readonly Cell[]): readonly Cell[] {
  // "who stopped vms yesterday": a deed, and no state of theirs.
  const cells = given.map((cell, at) =>
    isWord(given[at - 1], 'who') && senseOf(cell, 'verb')?.form === 'ed' && !senseOf(cell, 'name')
      ? { ...cell, senses: cell.senses.filter(({ t }) => t === 'verb') }
      : cell,
  );
  const whom = doneBy(cells);
  if (whom) return whom;
  const at = cells.findIndex((cell, index) => index > 0 && isDone(cells, index, cell));
  if (at < 1) return cells;
  const { senses } = cells[at]!;
  const deed: Cell = {
    ...cells[at]!,
    senses: senses.flatMap((sense) => (sense.t === 'verb' ? [{ ...sense, form: 'ed' as const }] : [])),
  };
  const head = cells.slice(0, at).filter((cell) => !isDoer(cell));
  const kinds = head.filter((cell) => !asking.test(cell.low) && !passive.test(cell.low));
  const isOneOf = (cell: Cell): boolean => isWord(cells[cells.indexOf(cell) - 1], 'any', 'what');
  const isSet = kinds.every(
    (cell) =>
      senseOf(cell, 'kind') && (senseOf(cell, 'kind')!.plural || isOneOf(cell)) && !senseOf(cell, 'name'),
  );
  const isAsked =
    head.length === kinds.length ||
    head.some((cell) => isWord(cell, 'what', 'ask', 'listCue', 'any', 'everything'));
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
  const own = cells.slice(0, at).find((cell) => cell.low === 'i');
  const asked = own ? [plain(deed, 'what did', word('changed')), own] : [plain(deed, 'who', word('who'))];
  return [...asked, deed, ...kind, ...rest];
}

/** "which nodes did we drain", "vms somebody stopped": nobody is named. */
const isDoer = (cell: Cell): boolean =>
  !cell.quoted && /^(we|i|you|they|did|somebody|someone|anybody|anyone)$/.test(cell.low);

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

/** "were deleted", "got stopped", "nodes drained yesterday": a deed on what is or was there. */
function isDone(cells: readonly Cell[], at: number, cell: Cell): boolean {
  const verb = cell.quoted || senseOf(cell, 'name') ? undefined : senseOf(cell, 'verb');
  const before = cells[at - 1]!;
  if (verb?.form === 'base' && isDoer(before) && cells.slice(0, at).some(({ low }) => low === 'did'))
    return !making.test(verb.phrase);
  if (verb?.form !== 'ed') return false;
  if (passive.test(before.low) || isDoer(before)) return !making.test(verb.phrase);
  const kinds = senseOf(before, 'name') ? [] : (senseOf(before, 'kind')?.kinds ?? []);
  return (
    kinds.length > 0 &&
    !kinds.some((kind) => /^(action|anomaly)$/.test(kind)) &&
    !(kinds.includes('alert') && verb.phrase === 'fire') &&
    (!making.test(verb.phrase) || /^(start|restart|reboot)$/.test(verb.phrase)) &&
    senseOf(cells[at + 1], 'time') !== undefined
  );
}
