// What goes on with an order and is in no step of the plan: "reboot web-1 with its alb", "and its twin", "into rescue mode",
// "attach scratch to db-1 as /dev/vdb", "a replicated volume". Whatever hangs on the order by a joining word, without a
// verb of its own, and names nothing that the plan has, would be dropped; the plan is then offered as a question. What is
// only by the way ("for the audit", "with thanks", "and fast") is left alone. Called by `unkeptTerm`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { plainly } from '../filling/unread.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';

/** The word with which something is joined to the order that no step has. */
export function looseTail({ steps }: PlanReading, cells: readonly Cell[]): Cell | undefined {
  const evidence = steps.flatMap((step) => step.evidence);
  if (evidence.length === 0) return undefined;
  const said = JSON.stringify(steps.map(({ target, args }) => [target, args])).toLowerCase();
  // "back up x with a snapshot": what is made is no other thing.
  const kinds = steps.flatMap(({ operation }) => operation.split('.'));
  const isCovered = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => start < cell.end && cell.start < end);
  const isUsed = (cell: Cell): boolean =>
    isCovered(cell) ||
    said.includes(`"${cell.low}"`) ||
    cell.senses.some(
      (sense) =>
        (sense.t === 'name' && sense.ids.some((id) => said.includes(`"${id.toLowerCase()}"`))) ||
        (sense.t === 'value' && isSaidValue(sense.value, said)),
    );
  const mod = modifierOf(steps, cells, isUsed);
  if (mod) return mod;
  const verbs = evidence.filter(({ part }) => part === 'verb');
  // "old-wiki is wanted back by marketing, start it": what is told of the thing is no part of the order.
  const isDeed = (cell: Cell): boolean =>
    verbs.some(({ start, end }) => start < cell.end && cell.start < end);
  const orders = ordersIn(cells, isCovered);
  const isTold = (part: readonly Cell[]): boolean =>
    orders.some((one) => one.some(isDeed)) &&
    !part.some(isDeed) &&
    part.some((cell) => isPredicate(cell) || isWord(cell, 'be', 'have', 'need', 'do'));
  for (const part of orders.filter((one) => !isTold(one))) {
    const from = part.findIndex(isCovered);
    for (let at = from + 1; at < part.length; at++) {
      const lead = part[at]!;
      if (lead.quoted || isCovered(lead) || !isJoint(lead)) continue;
      const tail = tailFrom(part, at);
      if (isLoose(lead, tail, isUsed, kinds, part.at(-1)?.low === 'only')) return lead;
    }
  }
  return undefined;
}

function isSaidValue(value: object, said: string): boolean {
  return Object.values(value).some(
    (one) =>
      (typeof one === 'number' && new RegExp(`[:[,]${one}\\b`).test(said)) ||
      (typeof one === 'string' && said.includes(`"${one.toLowerCase()}"`)),
  );
}

/** "a replicated volume": what was said of a thing to be made, before its kind. */
function modifierOf(
  steps: PlanReading['steps'],
  cells: readonly Cell[],
  isUsed: (cell: Cell) => boolean,
): Cell | undefined {
  const made = steps.flatMap(({ operation }) => /^create\.(.*)/.exec(operation)?.[1] ?? []);
  if (made.length === 0) return undefined;
  const noun = cells.findIndex(
    (cell) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      senseOf(cell, 'kind')?.kinds.some((kind) => made.includes(kind)),
  );
  for (let at = noun - 1; at > 0; at--) {
    const cell = cells[at]!;
    if (cell.quoted || isBase(cell) || isWord(cell, 'det', 'comma', 'stop', 'colon', 'and', 'prep', 'need'))
      break;
    const isSaying =
      cell.senses.length === 0 ||
      cell.repaired ||
      cell.senses.every(({ t }) => t === 'status' || t === 'verb');
    // "a small machine: t3.micro": how large it is is said by its flavor.
    const isSized = sized.test(cell.low) && steps.some(({ args }) => args.flavor !== undefined);
    if (
      isSaying &&
      !isSized &&
      !incidental.test(cell.low) &&
      !isUsed(cell) &&
      /^\p{L}/u.test(cell.low) &&
      !plainly.test(cell.text.toLowerCase())
    )
      return cell;
  }
  return undefined;
}

const incidental = /^(one-off|oneoff|one-time|ad-hoc|adhoc)$/;
const sized = /^(small|tiny|little|big|large|simple|plain|cheap)$/;

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  cell.low !== 'as' &&
  (isWord(cell, 'comma', 'stop', 'colon', 'open', 'close', 'because', 'afterwards') ||
    /^(so|before|after|once|when|while|until|till|if|whenever|since|as soon as)$/.test(cell.low));

/** The parts between marks in which something was read. */
function ordersIn(cells: readonly Cell[], isCovered: (cell: Cell) => boolean): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (isMark(cell)) parts.push([]);
    else parts.at(-1)!.push(cell);
  return parts.filter((part) => part.some(isCovered));
}

/** Whatever follows these belongs to the order. */
const strong =
  /^(and|plus|&|\+|with|w\/|using|via|by|into|as|without|including|incl|incl\.|together with|along with|as well as|across)$/;
/** Behind these also stand manners and places of everyday speech. */
const weak = /^(in|on|at|under|over|through|inside|within)$/;

const isJoint = (cell: Cell): boolean => cell.low === 'for' || strong.test(cell.low) || weak.test(cell.low);

/** The words up to the next that joins. */
function tailFrom(part: readonly Cell[], at: number): readonly Cell[] {
  let end = at + 1;
  while (end < part.length && !(isWord(part[end], 'prep', 'and', 'of') && !senseOf(part[end], 'name'))) end++;
  return part.slice(at + 1, end);
}

/** "with thanks", "by hand", "into service": how people speak of what they order. */
const idle =
  /^(thanks|thank|regards|care|love|pleasure|urgency|priority|effect|hand|mistake|accident|default|chance|itself|themselves|me|us|you|him|her|everyone|everybody|now|then|fast|quick|quickly|hurry|soon|asap|please|pls|place|places|force|approval|agreement|permission|request|ok|yes|that|all|again|done|service|maintenance|operation|production|rotation|standby|use|parallel|order|sequence|turn|turns|full|total|trash|bin|peace|question|particular|general|advance|time|way|whole|go|once|least|will|risk|hurry|rush|behalf|purpose|moment|same|bit|little|confirm|requested|discussed|agreed|usual|planned|possible|well|needed|before|always|alike|equally|likewise|said|announced|promised|mentioned|fewer|extra|additional|further|each|a|one|anybody|anyone|somebody|someone|nobody|people|users|customers)$/;

/** What was said there is nothing that the plan has, and no clause of its own. */
function isLoose(
  lead: Cell,
  tail: readonly Cell[],
  isUsed: (cell: Cell) => boolean,
  kinds: readonly string[],
  isOnly: boolean,
): boolean {
  const head = tail.findLast((cell) => !isWord(cell, 'filler', 'again'));
  if (head === undefined || idle.test(head.low) || isClause(lead, tail)) return false;
  const isStrange = (cell: Cell): boolean =>
    (cell.senses.length === 0 || cell.repaired) &&
    /^[\p{L}/][\p{L}\d/_-]+$/u.test(cell.text.toLowerCase()) &&
    !idle.test(cell.low);
  const isKnownMode = /^(maintenance|service|standby|production)$/.test(tail.at(-2)?.low ?? '');
  if (head.low === 'mode' && isKnownMode) return false;
  // "cirros and two nics": the figure is of something else.
  const used = tail.filter(isUsed);
  if (used.length > 0) {
    const figures = used.every((cell) => senseOf(cell, 'value')?.value.k === 'number');
    const next = tail[tail.indexOf(used.at(-1)!) + 1];
    return (
      figures && next !== undefined && isStrange(next) && !plainWords.has(singular(next.text.toLowerCase()))
    );
  }
  // "for the audit" says why, "for tls only" what.
  if (lead.low === 'for') return isOnly && tail.some((cell) => isStrange(cell) || senseOf(cell, 'kind'));
  if (weak.test(lead.low))
    return (
      /^(mode|state|batch|batches|groups|waves|chunks)$/.test(head.low) ||
      isElsewhere(tail) ||
      tail.some((cell) => isStrange(cell) && !plainWords.has(cell.low) && !plainWords.has(singular(cell.low)))
    );
  const isHeld = (cell: Cell): boolean =>
    !idle.test(cell.low) &&
    !senseOf(cell, 'name') &&
    !/^[a-z]+[-_].*\d/.test(cell.low) &&
    !(isWord(cell, 'filler') && !senseOf(cell, 'part')) &&
    !isWord(cell, 'pronoun', 'and') &&
    (cell.senses.some(({ t }) => t === 'kind' || t === 'metric') ||
      isWord(cell, 'logCue', 'keyWord', 'older', 'newer') ||
      cell.senses.every(({ t }) => t === 'part')) &&
    /^[\p{L}/]/u.test(cell.low);
  // "dev web and dev worker instances", "and all runners": more of one set. What is named and not there is asked for elsewhere.
  const isSame =
    tail.some((cell) => isWord(cell, 'all', 'both')) ||
    tail.some((cell) => senseOf(cell, 'kind')?.kinds.some((kind) => kinds.includes(kind)));
  // "as its public ip": what it is to be, there.
  const isRole = lead.low === 'as' && tail.some((cell) => senseOf(cell, 'kind'));
  const isFigure = tail.some((cell) => senseOf(cell, 'value')?.value.k === 'number');
  return !isSame && !isRole && !isFigure && tail.some(isHeld);
}

/** "in the other project", "in zone b", "at the customer": another place than there is, or one of which nothing is known. */
const isElsewhere = (tail: readonly Cell[]): boolean =>
  tail.some(
    ({ low, quoted }, at) =>
      !quoted &&
      (/^(customer|tenant)$/.test(low) ||
        (/^(project|cluster|site|account|zone|rack|room|cell|datacent(?:er|re)|dc|cloud|kernel|az)$/.test(
          low,
        ) &&
          (tail
            .slice(0, at)
            .some((cell) =>
              /^(?:the |our )?(other|another|second|third|different|new|old|test|backup)$/.test(cell.low),
            ) ||
            /^(?:[a-z]|\d+|one|two|three)$/.test(tail[at + 1]?.low ?? '')))),
  );

/** "and let me sleep", "and it hangs": something is told or done there. */
function isClause(lead: Cell, tail: readonly Cell[]): boolean {
  // "with a new kernel", "with alerts silenced": words of deeds that say what with.
  if (lead.low === 'with' && !tail.some((cell) => cell.quoted || isWord(cell, 'be', 'have', 'do', 'need')))
    return false;
  const first = tail.find((cell) => !isWord(cell, 'filler') || senseOf(cell, 'verb'));
  const isNoun = (at: number): boolean =>
    isWord(tail[at - 1], 'det', 'their', 'all', 'any', 'demonstrative') ||
    senseOf(tail[at - 1], 'value') !== undefined;
  return (
    isBase(first) ||
    tail.some(
      (cell, at) =>
        cell.quoted ||
        (at > 0 && isPredicate(cell) && !isNoun(at) && isWord(lead, 'and')) ||
        /^let\b/.test(cell.low) ||
        (/^(ing|ed|s)$/.test(senseOf(cell, 'verb')?.form ?? '') && !isNoun(at)) ||
        isWord(cell, 'be', 'have', 'do', 'need', 'named', 'that'),
    )
  );
}
