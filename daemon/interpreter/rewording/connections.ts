// What hangs together with one thing, asked with the thing in the middle or in a figure: "what does ledger talk to?", "what
// is web-1 connected to?", "what is behind the load balancer web-alb?", "everything connected to it". It becomes the plain
// question what is connected to the thing. Called with the other small turns of speech.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const asking =
  /^(what|who|what all|what else|which services|what does|who does|what is|who is|what all does|what all is|what else does|what else is)$/;
const joined =
  /^(talk|talks|speak|speaks|connect|connects|connected|linked|wired|hooked up|tied|call|calls)$/;

/** The cells with such a question in the usual order. */
export function withConnections(cells: readonly Cell[]): readonly Cell[] {
  const names = cells.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  // "ok, and what is it connected to?"
  if (names.length === 0) {
    const from = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma', 'and') || asking.test(cell.low));
    const it = cells.findIndex((cell) => !cell.quoted && isWord(cell, 'pronoun'));
    const said = from < 0 || it < from ? undefined : turned(cells.slice(from), it - from);
    return said ? [...cells.slice(0, from), ...said] : cells;
  }
  if (names.length !== 1) return cells;
  const name = cells.indexOf(names[0]!);
  return turned(cells, name) ?? behind(cells, name) ?? everything(cells, name) ?? cells;
}

const depends = (cell: Cell): Cell => plain(cell, 'what is connected to', word('depends'));

/** "what does a talk to", "what is a connected to". */
function turned(cells: readonly Cell[], name: number): readonly Cell[] | undefined {
  const first = cells[0]!;
  const lead = isWord(cells[1], 'be', 'do') ? 2 : 1;
  const isAsked = !first.quoted && asking.test(first.low) && name >= lead && name < lead + 3;
  const verb = cells.findIndex(
    ({ low, quoted }, at) => at > name && !quoted && joined.test(low.replace(/ (to|with)$/, '')),
  );
  if (!isAsked || verb < 0 || verb > name + 3) return undefined;
  const said = cells.slice(verb).filter((cell) => !isWord(cell, 'stop', 'filler'));
  const isOver = said.slice(1).every((cell) => /^(to|with)$/.test(cell.low));
  return isOver ? [depends(first), ...cells.slice(lead, verb)] : undefined;
}

/** "what is behind web-alb?": what it leads to, and no reason of a fault. */
function behind(cells: readonly Cell[], name: number): readonly Cell[] | undefined {
  const lead = cells.findIndex(({ low, quoted }) => !quoted && low === 'what is behind');
  const isLeading = senseOf(cells[name], 'name')!.ids.every((id) => id.includes(':load-balancer/'));
  if (lead < 0 || !isLeading || name < lead + 1 || name > lead + 3) return undefined;
  return [...cells.slice(0, lead), depends(cells[lead]!), ...cells.slice(lead + 1)];
}

/** "everything connected to a please". */
function everything(cells: readonly Cell[], name: number): readonly Cell[] | undefined {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(connected|linked|wired|hooked up) (to|with)$/.test(cell.low) &&
      isWord(cells[index - 1], 'everything'),
  );
  const before = cells.slice(0, Math.max(0, at - 1));
  const isLook = before.every((cell) => isWord(cell, 'ask', 'showCue', 'listCue', 'what', 'filler', 'be'));
  if (at < 1 || !isLook || name < at + 1 || name > at + 3) return undefined;
  return [depends(cells[at]!), ...cells.slice(at + 1)];
}
