// A request that is passed on, over what they have who asked: "the storefront team asked for their staging servers to be
// restarted", "the data team wants me to stop their dev boxes". "Their" is that team's, so that its name bounds the set;
// who asked with nothing of their own in it is taken off with the frame of a text. Called by `reword`, before all else.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const group = /^(?:team|teams|squad|crew|department|dept|group|folks|people|guys)$/;
const asking =
  /^(?:has |have |just )*(?:asked|asks|ask|wants|want|requested|requests|would like|needs|need)$/;

/** The cells as an order over the things of that team. */
export function withPassedOn(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findIndex((cell) => isWord(cell, 'stop') && !cell.quoted);
  const said = end < 0 ? cells : cells.slice(0, end);
  const head = isWord(said[0], 'det') ? 1 : 0;
  const [owner, team] = said.slice(head);
  let at = head + 2;
  while (/^(?:has|have|just)$/.test(said[at]?.low ?? '')) at++;
  const isTeam =
    owner?.quoted === false && senseOf(owner, 'part') !== undefined && group.test(team?.low ?? '');
  if (!isTeam || !asking.test(said[at]?.low ?? '') || said.some((cell) => cell.low === '?')) return cells;
  const order = orderOf(said.slice(at + 1), [owner, team!]);
  return order ? [...order, ...(end < 0 ? [] : cells.slice(end))] : cells;
}

/** "for their servers to be restarted", "me to restart their servers": with the team in the place of "their". */
function orderOf(said: readonly Cell[], team: readonly Cell[]): readonly Cell[] | undefined {
  const their = said.findIndex((cell) => !cell.quoted && cell.low === 'their');
  const kind = said.findIndex(
    (cell, at) => at > their && !cell.quoted && senseOf(cell, 'kind') && !senseOf(cell, 'name'),
  );
  const isOne = their >= 0 && said.filter((cell) => isWord(cell, 'their') && !cell.quoted).length === 1;
  const isNear =
    kind > 0 &&
    said
      .slice(their + 1, kind)
      .every(
        (cell) => !cell.quoted && (senseOf(cell, 'env') ?? senseOf(cell, 'part') ?? isWord(cell, 'all')),
      );
  if (!isOne || !isNear) return undefined;
  const the = plain(said[their]!, 'the', word('det'));
  const things = [
    the,
    ...said.slice(their + 1, kind + 1),
    plain(said[kind]!, 'of', word('of')),
    plain(said[kind]!, 'the', word('det')),
    ...team,
  ];
  const before = said.slice(0, their);
  const lead = lowsOf(before);
  const behind = said.slice(kind + 1);
  const order = before.findIndex(isBase);
  // "me to restart their servers"
  if (
    order >= 0 &&
    /^(?:(?:me|us|you|for) )*(?:to )?(?:please )?$/.test(`${lowsOf(before.slice(0, order))} `)
  )
    return [...before.slice(order), ...things, ...behind];
  const be = behind.findIndex((cell) => !cell.quoted && /^(?:to be|be|are|is|get|gets)$/.test(cell.low));
  const done = behind[be + 1];
  const verb = senseOf(done, 'verb');
  const isBare = behind
    .slice(0, Math.max(0, be))
    .every((cell) => isWord(cell, 'prep', 'det') || senseOf(cell, 'env') || senseOf(cell, 'region'));
  if (!/^(?:for|that|to have|to get|)(?: all(?: of)?)?$/.test(lead) || !verb || verb.form !== 'ed')
    return undefined;
  if (done!.quoted || !isBare || (be < 0 && !lead)) return undefined;
  const { phrase } = verb;
  const base = plain(done!, phrase, { t: 'verb', phrase, form: 'base' });
  return [base, ...things, ...behind.slice(0, Math.max(0, be)), ...behind.slice(be + 2)];
}

const lowsOf = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');
