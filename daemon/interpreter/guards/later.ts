// "tomorrow: delete poc-kafka", "tonight, reboot jenkins", "on Monday please stop web-1": an order whose first words put it
// off. Nothing is run later, and what is for tomorrow is not done today unasked. Called by `holds`, over the whole text.

import { type Cell, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';

const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const clock = String.raw`(?:at|around|by|after|from) (?:\d{1,2}(?::\d\d)?(?: ?[ap]m)?|noon|midnight)`;
const time = `(?:from )?(?:tomorrow|tonight|later(?: on| today| tonight)?|(?:(?:on|next|this|coming|the) )*${weekday}|(?:(?:on|at|over|during|this|next|the|coming) )*weekend|next (?:week|month|sprint|quarter)|(?:later )?this (?:evening|afternoon|night)|(?:in|during|for) the (?:evening|night)|after (?:lunch|work|hours|dinner))`;
const part = `(?: (?:early|late|first thing|in the|morning|evening|night|afternoon|${clock}))*`;
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

const laterWord = /tomorrow|tonight|later|day\b|weekend|next|evening|afternoon|night|after/;

/** "reboot jenkins", "just reboot jenkins": the rest begins with that verb. */
const begins = (rest: string, { low }: Cell): boolean =>
  rest.replace(/^(?:(?:just|also|first|simply|then) )+/, '').startsWith(`${low} `);
