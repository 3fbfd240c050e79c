// "in eu-central-1 of team data", "of team data or security", "owned by the data team or the platform team": whose a set is,
// said in the one way that is read wherever it stands. Only behind a set, and only words that nothing is called by; "or"
// bounds a set as "and" does, by any of them. Called on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const owning = /^(?:of|(?:that |which )?(?:belongs?|belonging) to|(?:that are |which are )?owned by)$/;
const team = /^teams?$/;

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');

/** A word that is only in what things say of themselves. */
const isWho = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  cell.senses.length > 0 &&
  cell.senses.every(({ t }) => t === 'part') &&
  cell.words === 1;

const isOwner = (cell: Cell): boolean => isWord(cell, 'det', 'their', 'filler') && !cell.quoted;

/** The cells with teams said behind their names. */
export function withOfTeams(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => team.test(low(cell)));
  if (first < 0) return cells;
  const from = cells.findIndex((cell, at) => owning.test(low(cell)) && at >= first - 3 && at < first);
  if (from < 0 || !cells.slice(0, from).some((cell) => senseOf(cell, 'kind')?.plural === true)) return cells;
  const who: Cell[] = [];
  let end = from + 1;
  for (let joint = from; ; ) {
    let at = joint + 1;
    while (
      isWord(cells[at], 'det') ||
      team.test(low(cells[at])) ||
      (joint > from && owning.test(low(cells[at])))
    )
      at++;
    if (!isWho(cells[at])) break;
    who.push(cells[at]!);
    end = team.test(low(cells[at + 1])) && !isWho(cells[at + 2]) ? at + 2 : at + 1;
    joint = end;
    if (!isWord(cells[joint], 'and', 'or', 'comma') || cells[joint]!.quoted) break;
    if (isWord(cells[joint], 'comma') && isWord(cells[joint + 1], 'and', 'or')) joint++;
  }
  // "of our team": which that is, is not known, so that the word is none that may be left out.
  const isUnnamed =
    who.length === 0 && !isWho(cells[first - 1]) && cells.slice(from + 1, first).every(isOwner);
  if (isUnnamed) return cells.map((cell, at) => (at === first ? { ...cell, senses: [] } : cell));
  const isAlone = senseOf(cells[end], 'kind') === undefined && !isWho(cells[end]);
  if (who.length === 0 || end <= first || !isAlone) return cells;
  const said = who.flatMap((cell, at) => (at > 0 ? [plain(cell, 'and', word('and')), cell] : [cell]));
  const the = plain(who[0]!, 'the', word('det'));
  const noun = plain(who.at(-1)!, who.length > 1 ? 'teams' : 'team', word('filler'));
  return [...cells.slice(0, from + 1), the, ...said, noun, ...cells.slice(end)];
}
