// "tomorrow: delete poc-kafka", "on Monday please stop web-1", "reboot jenkins in the maintenance window", "… as soon as
// mongo-1 is back", "silence it while we deploy": words before or behind an order that say when it is to be done. Nothing is
// run later or on an occasion, and what is for tomorrow is not done today unasked. Called by `putOff`, over the whole text.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import { partsOf } from './objections.ts';

/** Words for a yes. */
export const consent =
  'approv\\w*|agree\\w*|confirm\\w*|sign\\w*|ok|okay\\w*|say so|said so|says so|says yes|said yes|tell you|told you|give the go|gives the go|gave the go|green light|go ahead|give the word|say when|give you';
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const clock = String.raw`(?:at|around|by|after|from) (?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|noon|midnight)`;
const hour = String.raw`(?:\d{1,2}:\d\d(?: ?[ap]m)?|\d{1,2} ?[ap]m)`;
const time = `(?:from )?(?:tomorrow|tonight|later(?: on| today| tonight)?|(?:(?:on|next|this|coming|the) )*${weekday}|(?:(?:on|at|over|during|this|next|the|coming) )*weekend|next (?:week|month|sprint|quarter)|(?:later )?this (?:evening|afternoon|night)|(?:in|during|for) the (?:evening|night)|after (?:lunch|work|hours|dinner)|noon|midnight|midday|eod|eob|cob|${hour})`;
const part = `(?:(?: ,)? (?:early|late|first thing|in the|morning|evening|night|afternoon|${clock}))*`;
const opening =
  '(?:(?:ok|okay|so|hi|hey|hello|please|pls|and|plan|plans|planned|schedule|scheduled|todo|to do|task|change|work|maintenance|for|order) |[,:.!-] )*';
/** Words that put off what is said behind them: the first of the text, or of a step. */
const ahead = new RegExp(
  `(?:^|[,;.]|\\b(?:then|and|but)) *${opening}${time}${part}(?: on(?= ?[,:]))?(?: ?(?:'s|s') (?:change|work|plan|task|todo|maintenance|window|order|job)s?)?(?! ?'s)(?= |$|[,:;–—-])`,
  'gu',
);
/** What leads to the order that is put off. */
const leading =
  /^(?:please|pls|kindly|can you|could you|would you|will you|i need|i want|i would like|we need|we want|you can|you may|have|get|let us|lets|i need you to|we need to|we have to|i have to)\b/;

/** Whether an order is to be done at a later time, as the words in front of it say. */
export function isForLater(cells: readonly Cell[]): boolean {
  if (!cells.some((cell) => !cell.quoted && laterWord.test(cell.low))) return false;
  const text = plainText(cells);
  if (headed.test(text)) return true;
  for (const match of text.matchAll(ahead)) {
    const rest = text.slice(match.index + match[0].length).replace(/^[\s,:;–—-]+/u, '');
    if (leading.test(rest)) return true;
    const order = cells.find(
      (cell) => !cell.quoted && isBase(cell) && !senseOf(cell, 'name') && begins(rest, cell),
    );
    if (order) return true;
  }
  return false;
}

/** "web-10 tomorrow: reboot": a heading that says when. */
const headed = new RegExp(`^ *${opening}\\S+ ${time}${part} *:`, 'u');

const laterWord =
  /tomorrow|tonight|later|day\b|weekend|next|evening|afternoon|night|after|noon|eo[db]|cob|\d:\d\d|\d ?[ap]m\b/;
const months =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const date = String.raw`(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}\.?(?:[/.]?\d{4})?|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months}|${months} (?:the )?\d{1,2}(?:st|nd|rd|th)?|the \d{1,2}(?:st|nd|rd|th))`;
const occasions =
  '(?:eod|eob|cob|noon|midnight|midday|lunchtime|weekend|off[- ]?hours|off[- ]?peak|(?:christmas|xmas|new year)(?: (?:eve|day))?|easter)';
const day = `(?:${weekday}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)`;
const one = `(?:${day}|${hour}(?: ?- ?${hour})?|${date}|${occasions})`;
/** "monday morning", "02:30", "on the 24th", "starting thu 10am", "in a bit": a time and nothing else. */
const bareTime = new RegExp(
  `^(?:(?:on|from|as of|effective|starting|beginning|early|late|next|this|coming|the|at) )*${one}(?: (?:${one}|at|on|the|early|late|first thing|in the|morning|evening|night|afternoon|sharp|utc|cet|gmt|est|please|pls|plz|thanks|thx))*$|^in a (?:bit|while)(?: please| pls)?$`,
);

/** "stop web-1 monday morning", "drain worker-3 02:30": a time right behind an order that no step has. */
function isTimed(part: readonly Cell[], order: number, isOfOrder: (cell: Cell) => boolean): boolean {
  const from = part.findLastIndex(isOfOrder) + 1;
  if (from <= order + 1) return false;
  const behind = part.slice(from);
  const end = behind.findIndex((cell) => isWord(cell, 'comma', 'stop', 'and', 'because', 'open', 'close'));
  const said = end < 0 ? behind : behind.slice(0, end);
  return said.every(({ quoted }) => !quoted) && bareTime.test(said.map(({ low }) => low).join(' '));
}

/** "reboot jenkins", "just reboot jenkins": the rest begins with that verb. */
const begins = (rest: string, { low }: Cell): boolean =>
  rest.replace(/^(?:(?:just|also|first|simply|then) )+/, '').startsWith(`${low} `);

/** "during the night", "at peak", "every evening": when, said behind an order. */
const occasion = new RegExp(
  `(?:\\b(?:during|throughout|in|within|at|over|around) (?:the |this |that |our |my |its |every |each )*(?:nights?|mornings?|evenings?|afternoons?|(?:(?:maintenance|change|service|deployment|quiet|patch) )?windows?|end of (?:the |this )?(?:day|week|month|quarter|sprint|shift)|peak(?: (?:hours|time|times))?|off-?peak|quiet hours|hour)|\\b(?:at|after|around|with) (?:the |my |our |next )*(?:shift (?:end|change)|hand-?over|(?:change|end) of (?:the |my |our )?shift)|\\bfor the duration|\\b(?:during|throughout) (?!which\\b|that\\b|it\\b)[a-z]|\\b(?:each|every) (?:single )?(?:night|day|morning|evening|noon|hour|week|month|${weekday}|time)|\\bfrom (?:next )?${weekday}|\\bovernight)\\b`,
);
const linking = /^(?:after|once|when|whenever|while|whilst|as soon as|as long as|unless|the moment)$/;
/** "when you can", "while you are at it", "once it crashed": courtesy, or told. */
const idle =
  /^(?:\S+ )?(?:when|whenever|once|while|whilst|as soon as|the moment|after) (?:(?:you|u|ya|i|we) (?:can|could|have|got|get|are|find|like|want|wish|feel|please|think|see|read|may)\b|at it|you'?re|possible|convenient|done\b|ready\b)/;
/** "while linda is on leave": why, and not when. */
const absence =
  /^(?:while|whilst) \S+ (?:is|are) (?:on (?:leave|holidays?|vacation|pto)|away|out|sick|off sick|travelling|traveling)\b/;
const past =
  /\b(?:was|were|had|did|went|broke|died|froze|crashed|failed|began|came|got|left|moved|replaced|[a-z]{3,}ed)\b/;
const telling =
  /^(?:tell|let|ping|notify|know|say|see|check|look|show|report|reply|answer|respond|write|confirm|comment|post|mail|call|inform|message|alert|shout|me|us|and)$/;

/** "as soon as mongo-1 is back" */
const isStateOf = (clause: readonly Cell[]): boolean =>
  senseOf(clause[1], 'name') !== undefined &&
  isWord(clause[2], 'be', 'have') &&
  /^(?:back|up|ready|online|healthy|available|there|through|green|idle|free|stable|reachable)$/.test(
    clause[3]?.low ?? '',
  );

/** When an order is to be done, as is said behind it, and in no step. */
export function waits({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  const evidence = steps.flatMap((step) => step.evidence);
  const isRead = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => start < cell.end && cell.start < end);
  const isBounded = steps.some(({ args }) => args.window_s !== undefined);
  const targets = new Set(steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])));
  const isOfOrder = (cell: Cell): boolean =>
    isRead(cell) || senseOf(cell, 'name')?.ids.some((id) => targets.has(id)) === true;
  const parts = partsOf(cells);
  const isRunAgain = steps.some(({ operation }) =>
    /^(?:run|reboot|restart|rollout-restart)\./.test(operation),
  );
  return parts.some((part, index) => {
    // "resize a, at night best"
    if (
      isRunAgain &&
      /\b(?:from now on|from then on|going forward|every time|each time)\b/.test(plainText(part))
    )
      return true;
    // "worker-4 when fixed"
    const isAwaited = part.some(
      (cell, at) =>
        at > 0 &&
        !cell.quoted &&
        /^(?:when|once|as soon as)$/.test(cell.low) &&
        /^[a-z]{3,}ed$/.test(part[at + 1]?.low ?? '') &&
        part[at + 1]!.senses.length === 0 &&
        !/^(?:needed|finished|completed|required|wanted|asked|used)$/.test(part[at + 1]!.low),
    );
    const opening = part[0]!;
    const isOpening = index > 0 && part.length === 2 && /^(?:when|once|as soon as)$/.test(opening.low);
    if (isAwaited || (isOpening && part[1]!.senses.length === 0 && /ed$/.test(part[1]!.low))) return true;
    if (index > 0 && part.length < 6 && !isBounded && occasion.exec(plainText(part).trim())?.index === 0)
      return true;
    const base = part.findIndex((cell) => !cell.quoted && isBase(cell) && !senseOf(cell, 'name'));
    // "web-1 should be stopped at night"
    const isDone = ({ start, form }: { start: number; form: string | undefined }): boolean =>
      form === 'ed' && evidence.some((one) => one.part === 'verb' && one.start === start);
    const order =
      base >= 0
        ? base
        : part.findIndex((cell) => isDone({ start: cell.start, form: senseOf(cell, 'verb')?.form }));
    // "stop a, b tuesday"
    const isListed = order < 0 && parts.slice(0, index).some((one) => one.some(isRead));
    if (!isBounded && (order >= 0 || isListed) && isTimed(part, isListed ? -1 : order, isOfOrder))
      return true;
    if (order < 0) return false;
    const rest = part.slice(order + 1).filter((cell) => !isRead(cell) || isWord(cell, 'prep', 'det'));
    if (!isBounded && occasion.test(plainText(rest).replace(/\bbefore .*$/, ''))) return true;
    const isReport = part.slice(order).some((cell) => !cell.quoted && telling.test(cell.low));
    // "uncordon worker-4 when it is ready again", where no other step was said.
    const isUnsaid = rest.some(
      (cell) =>
        isWord(cell, 'afterwards') &&
        !isWord(cell, 'filler') &&
        /^(?:once|when|as soon as) (?!you\b|u\b)/.test(cell.low),
    );
    if (steps.length < 2 && isUnsaid && !isReport) return true;
    const at = part.findIndex(
      (cell, index) =>
        index > order + 1 &&
        !cell.quoted &&
        !isRead(cell) &&
        linking.test(cell.low) &&
        !isWord(cell, 'filler'),
    );
    if (at < 0 || part.slice(order, at).some((cell) => !cell.quoted && telling.test(cell.low))) return false;
    const clause = part.slice(at);
    const said = plainText(clause);
    if (absence.test(said.trim())) return false;
    // "as soon as mongo-1 is back", of which nothing was said before.
    const other = isStateOf(clause) ? senseOf(clause[1], 'name')!.ids : [];
    const isNew = !part
      .slice(0, at)
      .some((cell) => senseOf(cell, 'name')?.ids.some((id) => other.includes(id)));
    if (other.length > 0 && isNew) return true;
    // "after the next run": a noun, and no step of its own.
    const isNoun =
      /^after$/.test(clause[0]!.low) &&
      isWord(clause[1], 'det') &&
      /^(?:next|running|current|nightly|scheduled)$/.test(clause[2]?.low ?? '');
    const isStep = !isNoun && clause.some((cell) => isRead(cell) && !isWord(cell, 'filler'));
    const isClause =
      /^(?:after|unless)$/.test(part[at]!.low) ||
      clause.slice(2).some((cell) => isPredicate(cell) || isBase(cell));
    return clause.length > 1 && isClause && !isStep && !isBounded && !idle.test(said) && !past.test(said);
  });
}

/** "after it is approved", "once that has been signed off": where none of the steps approves it. */
const afterYes = new RegExp(
  `\\b(?:after|once|when|as soon as) (?:it|that|this|they|these|those|all) (?:is|are|was|were|has|have|had|gets?|got|will be) (?:been |be |also |finally |fully |formally )*(?:${consent})\\b`,
);
/** "with bob's ok" in front of an order, "after the team was told": others come first, and nobody here asks them. */
const afterOthers =
  /\bwith (?:the )?(?!my\b|our\b)[a-z]+(?: [a-z]+)? ?['\u2019]s (?:ok|okay|approval|consent|permission|blessing|go-ahead|sign-off)\b(?! *(?:$|[,.;!)]))|\b(?:after|once|when|as soon as) (?!i\b|we\b|you\b)(?:[a-z]+ ){1,4}(?:is|are|was|were|has been|have been|gets?|got) (?:told|informed|notified|warned|briefed|asked)\b/;

/** Whether a step waits for a yes that none of the steps gives, or for others. */
export const waitsForOthers = (steps: PlanReading['steps'], text: string): boolean =>
  afterOthers.test(text) ||
  (afterYes.test(text) && !steps.some(({ operation }) => operation === 'action.approve'));
