// Questions in the order other tongues have them: "pending actions, are there any?", "which addresses we have free?", "did
// carol change anything yesterday?". They become the plain question and never an order. Called by `withWordOrder`, before
// its own turns.

import { type Cell, isWord, senseOf } from './cells.ts';
import { isBase, isThing, plain, word } from './passives.ts';

/** The cells with a question in its plain order. */
export function withQuestions(cells: readonly Cell[]): readonly Cell[] {
  return withDoings(withHaveFree(withAskedFirst(cells)));
}

const anyThere =
  /^(are there any|is there any|are there|is there|do we have any|do we have|any|have we any|do any exist|which ones|what do we have|which ones are there|got any|have we got any)( of (them|those))?( (there|at all|here|now|today|right now|currently|left|open))?$/;

/** "Pending actions, are there any? List them.": a question for the list. */
function withAskedFirst(cells: readonly Cell[]): readonly Cell[] {
  const stop = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const end = stop < 0 ? cells.length : stop;
  const comma = cells.findIndex((cell) => isWord(cell, 'comma', 'colon') && !cell.quoted);
  const topic = cells.slice(0, Math.max(0, comma));
  const asked = cells
    .slice(comma + 1, end)
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');
  const rest = cells
    .slice(stop < 0 ? end : end + 1)
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');
  const isTopic =
    topic.some((cell) => senseOf(cell, 'kind')) &&
    !topic.some(
      (cell) => (isBase(cell) && !isThing(cell)) || isWord(cell, 'not', 'what', 'who', 'why', 'be'),
    );
  const isListed =
    /^((please )?(list|show|show me|give me|tell me|name)( them| it| those| which| all of it| all of them)?( please)?( [.!?])*)?$/.test(
      rest,
    );
  if (!isTopic || comma < 0 || comma > end || !anyThere.test(asked) || !isListed) return cells;
  return [plain(cells[comma]!, 'list', word('listCue'), word('ask')), ...topic];
}

/** "which addresses we have free?": do we have free. */
function withHaveFree(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell) => !cell.quoted && /^(we have|i have|you have|have we|we got)$/.test(cell.low),
  );
  const asks = cells.slice(0, Math.max(0, at)).findIndex((cell) => isWord(cell, 'what', 'howMany'));
  const isState =
    at > 0 &&
    asks >= 0 &&
    senseOf(cells[at - 1], 'kind') !== undefined &&
    senseOf(cells[at + 1], 'status') !== undefined;
  return isState
    ? [...cells.slice(0, at), plain(cells[at]!, 'are', word('be')), ...cells.slice(at + 1)]
    : cells;
}

/** "did carol delete anything yesterday?", "everything that dave changed this week": what they did. */
function withDoings(cells: readonly Cell[]): readonly Cell[] {
  const said = cells.filter((cell) => !isWord(cell, 'filler') || isBase(cell));
  const [first, second, third] = said;
  const isPerson = (cell: Cell | undefined): boolean =>
    cell !== undefined && !cell.quoted && cell.senses.length === 0 && /^\p{L}{3,}$/u.test(cell.low);
  const isAsked = first?.low === 'did' && isPerson(second) && senseOf(third, 'verb') !== undefined;
  const isAll = isWord(first, 'everything') && isWord(second, 'that', 'what') && isPerson(third);
  const deed = isAsked ? 2 : 3;
  const isDeed =
    isAll &&
    (senseOf(said[3], 'verb')?.form === 'ed' || /^(did|changed|touched|has done)$/.test(said[3]?.low ?? ''));
  const rest = said.slice(deed + 1);
  const isOpen = !isAsked || /^(something|anything|any|things|stuff)$/.test(rest[0]?.low ?? '');
  const after = isAsked ? rest.slice(1) : rest;
  const isPlain = after.every((cell) => senseOf(cell, 'time') ?? isWord(cell, 'stop', 'filler'));
  if (!(isAsked || isDeed) || !isOpen || !isPlain) return cells;
  return [
    plain(first!, 'what did', word('changed')),
    said[deed - 1]!,
    plain(said[deed]!, 'do', word('do')),
    ...after,
  ];
}
