// On what ground something is ordered, said before it: "per the audit finding, …", "as per the pentest report: …", "audit
// finding F-12: …". It says why, and the word for the finding asks for no list of it. Only what stands before a mark is
// taken away, and only where an order is left. Called by the interpreter before anything is read or guarded.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

const source =
  '(?:audits?|pen ?-?tests?|review|inspection|assessment|scan|revision|certification|compliance|security|risk|finance|change|management)';
const paper =
  '(?:findings?|reports?|results?|recommendations?|remarks?|notes?|requests?|orders?|decisions?|letter|plan|register|board|team|department)';
const number = '(?: (?:(?:no|nr|number|item|#) ?)?[a-z#]*-?\\d[\\d.-]*)?';
const owner = '(?: (?:the|an?|our|your|their|this|that|last|latest|internal|external|annual|yearly|it))*';
const lead = new RegExp(
  `^(?:(?:so|ok|hi|hello) )?(?:(?:as )?per|according to|due to|because of|following|in response to|based on|as a result of|as required by|as a follow ?-?up to|in line with|to close|for)${owner}(?: ${source})+(?: ${paper})?${number}(?: of (?:last|this) (?:week|month|year|quarter))?$|^(?:(?:the|an?|our|internal|external) )*${source} ${paper}${number}$`,
);
const wordsMax = 10;

/** The cells without the ground that stands before the order. */
export function withoutGround(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell) => !cell.quoted && isWord(cell, 'comma', 'colon'));
  const rest = cells.slice(mark + 1);
  if (mark < 1 || mark > wordsMax || cells.slice(0, mark).some(({ quoted }) => quoted)) return cells;
  const said = cells
    .slice(0, mark)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
  const isOrder = rest.some(
    (cell) => isBase(cell) || (isWord(cell, 'need') && !cell.quoted) || senseOf(cell, 'verb')?.form === 'ed',
  );
  const isAsked = rest.some((cell) => !cell.quoted && isWord(cell, 'who', 'what', 'why', 'when', 'howMany'));
  return isOrder && !isAsked && lead.test(said) ? rest : cells;
}
