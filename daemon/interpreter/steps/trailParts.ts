// What somebody did, asked for beside other steps: "stop a, then give me everything dave did in the last 24 hours", "… and
// show alice's changes since monday". Such a part of a text becomes the plain question to the trail, so that the person is
// never taken for a thing whose name is like theirs. Only where every word of the part asks, tells of doing, or says who,
// when and to what. Called where the steps of a text are made plain.

import { isPerson } from '../filling/audit.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** The cells with every such part as a plain question. */
export function withTrailParts(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => doing.test(cell.low) && !cell.quoted)) return cells;
  const parts = partsOf(cells);
  if (parts.filter(({ said }) => said.length > 0).length < 2) return cells;
  const told: Cell[] = [];
  let isTrail = false;
  for (let at = 0; at < parts.length; at++) {
    const { said } = parts[at]!;
    const turned = trailOf(said) ?? (parts[at + 1] && trailOf([...said, ...parts[at + 1]!.said]));
    const isBoth = turned !== undefined && trailOf(said) === undefined;
    // "everything bob did today, plus the stopped vms": what is behind it is asked for, too.
    const isSet = isTrail && !said.some((cell) => asking(cell) || senseOf(cell, 'verb')?.form === 'base');
    const isListed = isSet && senseOf(said.at(-1), 'kind')?.plural === true && !said.some(isNamed);
    if (isListed) told.push(plain(said[0]!, 'list', word('listCue')));
    isTrail = turned !== undefined;
    if (isBoth) at++;
    told.push(...(turned ?? said), ...parts[at]!.mark);
  }
  return told;
}

const asking = (cell: Cell): boolean => isWord(cell, 'ask', 'listCue', 'showCue', 'what', 'who', 'howMany');

const isMark = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'and', 'afterwards', 'colon');

function partsOf(cells: readonly Cell[]): readonly { said: Cell[]; mark: Cell[] }[] {
  const parts: { said: Cell[]; mark: Cell[] }[] = [{ said: [], mark: [] }];
  for (const cell of cells) {
    const part = parts.at(-1)!;
    if (isMark(cell)) part.mark.push(cell);
    else if (part.mark.length > 0) parts.push({ said: [cell], mark: [] });
    else part.said.push(cell);
  }
  return parts;
}

/** What was done, or has been going on. */
const doing =
  /^(did|done|doing|changed|changes|actions?|activity|activities|doings|deeds|touched|performed|modified|altered|edited|been doing|been up to|up to|audit|audit log|audit logs|audit trail|trail|what did|what has)$/;
/** Said beside it: "changed and deleted". */
const also = /^(deleted|created|removed|started|stopped|added)$/;
/** Words that only lead to it. */
const leading =
  /^(all|all that|all the|has been|have been|was doing|everything|everything that|anything|things|stuff|that|which|the|of|by|for|from|has|have|had|was|is|were|made|me|us|also|please|pls|list|show|see|tell|give|get|what|whatever)$/;

function trailOf(said: readonly Cell[]): readonly Cell[] | undefined {
  const [who, ...others] = said.filter(isDoer);
  if (!who || others.length > 0) return undefined;
  const times = said.filter((cell) => senseOf(cell, 'time') && !cell.quoted);
  const things = said.filter(isNamed);
  const isRest = (cell: Cell, at: number): boolean =>
    cell === who ||
    times.includes(cell) ||
    (isNamed(cell) && /^(to|on|with|of)$/.test(said[at - 1]?.low ?? '')) ||
    (!cell.quoted &&
      !senseOf(cell, 'name') &&
      (doing.test(cell.low) ||
        also.test(cell.low) ||
        leading.test(cell.low) ||
        (isNamed(said[at + 1]) && /^(to|on|with)$/.test(cell.low)) ||
        isWord(cell, 'ask', 'listCue', 'showCue', 'what', 'possessive', 'filler', 'do', 'everything')));
  const isAsked = said.some((cell) =>
    isWord(cell, 'ask', 'listCue', 'showCue', 'what', 'everything', 'changed', 'possessive'),
  );
  const isDone = said.some((cell) => cell !== who && doing.test(cell.low));
  if (!isAsked || !isDone || times.length > 1 || things.length > 1 || !said.every(isRest)) return undefined;
  const of = plain(who, 'of', word('of'));
  return [
    plain(said[0]!, 'audit trail', word('changed')),
    of,
    who,
    ...things.flatMap((thing) => [of, thing]),
    ...times,
  ];
}

const isNamed = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && senseOf(cell, 'name')?.exact === true;

/** Nobody's word where a person is named: "by dave", "dave did", "dave's". */
function isDoer(cell: Cell, at: number, said: readonly Cell[]): boolean {
  const [before, next] = [said[at - 1], said[at + 1]];
  const isBeside =
    isWord(next, 'possessive', 'do', 'have', 'that') ||
    doing.test(next?.low ?? '') ||
    /^(has|have|had|was|is)\b/.test(next?.low ?? '') ||
    /^(of|by|for|from)$/.test(before?.low ?? '');
  return (
    isBeside && isPerson(cell) && !/[.@]/.test(cell.low) && !doing.test(cell.low) && !leading.test(cell.low)
  );
}
