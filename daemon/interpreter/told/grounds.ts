// On what ground something is ordered, said before it: "per the audit finding, …", "as per the pentest report: …", "audit
// finding F-12: …". It says why, and the word for the finding asks for no list of it. Only what stands before a mark is
// taken away, and only where an order is left; behind it, who takes over when ("…, handover at shift end")
// and what happens without it ("…, or I can't get in"). Called by the interpreter before anything is read or guarded.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, low, lowsOf } from '../words/plainCells.ts';

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

const orElse =
  /^or (?:else )?(?:i|we|they|nobody|no one|noone|everybody|everyone|people|users|customers|the (?:team|users|customers|others))(?!.*\bdo(?:es)? (?:it|that|nothing|not|none)\b) (?:will |am |are |is |get |gets )*(?:(?:can not|cannot|can) (?:get in|log in|work|connect|reach|deploy|not (?:get in|log in|work|connect|reach|deploy))|not be able to|lose|loses|lost|locked out|stuck|paged|in trouble|complain|scream|out of)\b[^,;.]*$/;

/** "…, or I can't get in": what happens without it, told behind an order. */
export function withoutOrElse(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isWord(cell, 'stop') || cell.quoted) + 1;
  const at = cells.findLastIndex(
    (cell, index) => index > 1 && index < end && /^or(?: else)?$/.test(low(cell)) && !senseOf(cell, 'name'),
  );
  const told = cells.slice(at, end);
  const isTold =
    at > 0 &&
    orElse.test(lowsOf(told)) &&
    !told.some((cell) => senseOf(cell, 'name') ?? senseOf(cell, 'value') ?? senseOf(cell, 'kind'));
  if (!isTold || !cells.slice(0, at).some(isBase)) return cells;
  const isApart = isWord(cells[at - 1], 'comma');
  return [...cells.slice(0, isApart ? at - 1 : at), ...cells.slice(end)];
}

const shift = '(?:(?:the|my|our|your|next|day|night|early|late|morning|evening) )*';
/** With times of its own; what waits for it begins with a word that says so, and is none. */
const takingOver = new RegExp(
  `^(?:(?:it is|its|there is) )?(?:${shift}(?:shift )?hand-?over|${shift}shift(?:s)? (?:change|end|ends|over|is over|begins|starts|takes over)|${shift}(?:change|end) of ${shift}shift)(?: (?:at|in|to|by|with|around|about|soon|here|is|a|an|few|half|minutes?|hours?|min|mins|shift|end|the|day|night|early|late|morning|evening|team|colleagues|noon|midnight|six|seven|eight|nine|ten|\\d[\\d:]*(?: ?[ap]m|h)?))*$`,
);

/** The cells without who takes over when, said behind the order. */
export function withoutHandover(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isWord(cell, 'stop') || cell.quoted) + 1;
  const mark = cells.findLastIndex(
    (cell, at) =>
      at < end && !cell.quoted && (isWord(cell, 'comma', 'stop', 'colon') || /^[-–—]$/.test(cell.low)),
  );
  const part = cells.slice(mark + 1, end);
  const said = part.map(({ text }) => text.toLowerCase()).join(' ');
  const isTold = mark > 0 && !part.some(({ quoted }) => quoted) && takingOver.test(said);
  return isTold && cells.slice(0, mark).some(isBase) ? cells.slice(0, mark) : cells;
}
