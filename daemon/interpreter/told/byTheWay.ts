// What people say beside a command and nobody is to act on: "(unused since January)", ", we need it for the audit",
// "to save money, …", ", going back to bed". It is cut only where nothing in it names, counts or bounds anything; a
// word that could spare, restrict or order keeps the whole. Called before the cells of a sentence are reworded.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';

const reasons =
  /^(because|since|as|so that|cause|cuz|coz|bc|b\/c|because of|due to|given|given that|seeing that|in order to|now that|thanks to|owing to|so we|so i)$/;
const purposes =
  /^(to|in order to) (free|save|make|avoid|fix|handle|reduce|cut|keep|clear|relieve|cope with|deal with|be safe)\b/;
const subjects =
  /^(i|we|you|it|they|he|she|that|this|im|i am|we are|it is|they are|that is|there is|there are|i will|we will|nobody|no one|everyone|everybody|people|customers|users|somebody|someone|it was|it has|we have|i have)$/;
const leaving =
  /^(going( back)?( to)?|going on|heading|getting|gonna|off|back|talk|see|brb|bye|good|thanks|gonig|cheers|sorry|more|details)$/;
const bounding = [
  'except',
  'outside',
  'if',
  'insteadOf',
  'stays',
  'tagged',
  'named',
  'startingWith',
  'endingWith',
  'containing',
  'older',
  'newer',
  'createdBefore',
  'createdAfter',
  'attachedTo',
  'logCue',
  'listCue',
  'showCue',
  'howMany',
  'what',
  'who',
  'all',
  'both',
  'any',
  'everything',
  'other',
  'hard',
  'replicas',
] as const;
const reference =
  /^(as |like )?(per|discussed|agreed|promised|requested|mentioned|announced|following( up)?( on)?|further to|according to|with reference to|in reference to|in line with|regarding|referring to|based on|fyi|heads up|quick one|quick question|question)\b/;
const cellsMax = 9;

/** The cells without what was only remarked before, beside or behind a command. */
export function withoutRemarks(cells: readonly Cell[]): readonly Cell[] {
  return behind(before(cells));
}

const isBase = (cell: Cell): boolean => !cell.quoted && senseOf(cell, 'verb')?.form === 'base';

/** A word that could name, count or bound something. */
function isTelling(cell: Cell, isVerb: boolean): boolean {
  if (cell.quoted || cell.low === 'only') return true;
  // "we test there": said of the subject, it is a verb of everyday speech.
  if (isVerb && senseOf(cell, 'env')) return false;
  const isData = ['name', 'prefix', 'glob', 'region', 'provider', 'value', 'metric'].some((sort) =>
    cell.senses.some(({ t }) => t === sort),
  );
  if (senseOf(cell, 'part') && !plainWords.has(singular(cell.low))) return true;
  if (isData) return true;
  if (senseOf(cell, 'env')) return true;
  if ((senseOf(cell, 'kind')?.kinds.length ?? 0) > 0 || senseOf(cell, 'status')) return true;
  if (senseOf(cell, 'verb') && !isWord(cell, 'filler', 'light', 'ask')) return true;
  return isWord(cell, ...bounding) && !isWord(cell, 'because', 'filler', 'why');
}

function isIdle(body: readonly Cell[]): boolean {
  return (
    body.length > 0 &&
    body.length <= cellsMax &&
    !body.some(
      (cell, at) =>
        !(at === 0 && leaving.test(cell.low) && !isBase(cell)) &&
        isTelling(cell, at === 1 && subjects.test(body[0]!.low)),
    )
  );
}

/** ", we need it for the audit", "because customers complain", "(unused since January)". */
function behind(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length;
  while (end > 0 && isWord(cells[end - 1], 'stop') && !cells[end - 1]!.quoted) end--;
  for (let at = end - 1; at > 1; at--) {
    const cell = cells[at]!;
    if (cell.quoted || isWord(cell, 'stop')) return cells;
    const isOpen = isWord(cell, 'open');
    const isMark = isOpen || isWord(cell, 'comma', 'colon');
    const isItself = isIts(cells.slice(at, end));
    const isReason =
      isItself ||
      /^(i am|we are|i will|we will)$/.test(cell.low) ||
      (reasons.test(cell.low) && (cell.low !== 'as' || isClause(cells.slice(at + 1, end)))) ||
      (isWord(cell, 'because') && purposes.test(cell.low));
    if (!isMark && !isReason) continue;
    const inner = cells.slice(at + 1, end).filter((one) => !isWord(one, 'close'));
    const body = inner.filter((one, index) => index > 0 || !isWord(one, 'filler') || subjects.test(one.low));
    const [head] = body.length > 0 ? body : inner;
    const closes = !isOpen || isWord(cells[end - 1], 'close');
    const isSaid =
      isReason ||
      isOpen ||
      (head !== undefined && (subjects.test(head.low) || leaving.test(head.low) || isIts(body)));
    const isCommanded = cells.slice(0, at).some(isBase);
    if (isItself && isCommanded && cells.slice(0, at).some((one) => senseOf(one, 'name')))
      return behind([...cells.slice(0, at), ...cells.slice(end)]);
    if (!isSaid || !closes || !isCommanded) continue;
    // "(unused since January)" says why of one thing, and which of many.
    const isState = isOpen || /^(its|it is|they are)$/.test(head?.low ?? '');
    const rest = isState ? body.filter((one) => !isAside(one, cells)) : body;
    if (rest.length > 0 ? isIdle(rest) : isOpen) return behind([...cells.slice(0, at), ...cells.slice(end)]);
    if (!isReason && !isOpen) return cells;
  }
  return cells;
}

/** "as it is slow" says why, "as golden" what it shall be called. */
function isClause(cells: readonly Cell[]): boolean {
  return (
    (cells[0] !== undefined && subjects.test(cells[0].low)) ||
    cells.some(({ low }, at) => at > 0 && /^(is|are|was|were|has|have|had|needs?|gets?|keeps?)$/.test(low))
  );
}

/** "its frozen": as people type "it is". */
function isIts(body: readonly Cell[]): boolean {
  const [its, state, ...rest] = body;
  if (its?.low !== 'its' || its.quoted || !state || !senseOf(state, 'status')) return false;
  return rest.every((cell) => !cell.quoted && isWord(cell, 'again', 'filler') && !senseOf(cell, 'verb'));
}

/** What an aside may say of a thing that has its name already. */
function isAside(cell: Cell, cells: readonly Cell[]): boolean {
  const isMany = cells.some(
    (one) => isWord(one, 'all', 'both', 'everything') || senseOf(one, 'glob') || senseOf(one, 'kind')?.plural,
  );
  const isState = senseOf(cell, 'time') ?? senseOf(cell, 'status');
  return isState !== undefined && !isMany && cells.some((one) => senseOf(one, 'name')?.exact);
}

/** "To save money, …", "As the budget is tight, …", "cleanup time: …". */
function before(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutReference(given);
  const verb = cells.findIndex((cell, at) => isBase(cell) && at > 0 && isLeadEnd(cells[at - 1]!));
  if (verb < 1 || verb > cellsMax + 2) return cells;
  const lead = cells.slice(0, verb).filter((cell) => !isWord(cell, 'comma', 'colon', 'stop'));
  const [first] = lead;
  if (!first || lead.every((cell) => isWord(cell, 'filler'))) return cells;
  const isReason =
    reasons.test(first.low) || isWord(first, 'because') || /^(for|during|ahead of)$/.test(first.low);
  const isOccasion = lead.length <= 4 && /^(time|day|hour|round|session|week)$/.test(lead.at(-1)!.low);
  if (!isReason && !isOccasion && !isStatement(lead)) return cells;
  const body = isOccasion
    ? lead.filter((cell) => !senseOf(cell, 'verb') && !senseOf(cell, 'time'))
    : lead.slice(1).filter((cell) => isReason || !senseOf(cell, 'time'));
  return body.length === 0 || isIdle(body) ? cells.slice(verb) : cells;
}

/** "we go into a freeze today, …": what is so, and asks for nothing. */
function isStatement(lead: readonly Cell[]): boolean {
  return (
    lead.length >= 3 &&
    subjects.test(lead[0]!.low) &&
    !lead.some((cell) => isWord(cell, 'not', 'if', 'need', 'ask', 'light', 'wish') || cell.low === 'want')
  );
}

/** "per our chat yesterday, …", "as discussed, …": what it goes back to. */
function withoutReference(cells: readonly Cell[]): readonly Cell[] {
  const comma = cells.findIndex((cell) => isWord(cell, 'comma', 'colon') && !cell.quoted);
  const said = cells
    .slice(0, Math.max(0, comma))
    .map((cell) => cell.low)
    .join(' ');
  const isShort = comma > 0 && comma <= cellsMax && comma < cells.length - 1;
  return isShort && reference.test(said) && isIdle(cells.slice(1, comma)) ? cells.slice(comma + 1) : cells;
}

function isLeadEnd(cell: Cell): boolean {
  return (
    !cell.quoted &&
    (isWord(cell, 'comma', 'colon', 'filler') || /^(time|day|hour|round|session|week)$/.test(cell.low))
  );
}
