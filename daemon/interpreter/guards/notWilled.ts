// Orders that are only thought of, forbidden, kept for later or not meant: "we might have to drain it", "plan B is to restart
// it", "as a last resort stop it", "drain it on my signal", "nobody is allowed to touch it", "yeah right, stop them all". Such
// words stand beside an order that reads well by itself, so that its plan is offered as a question. Called by `notAsSaid`,
// over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord } from '../words/cells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { leadsOf } from './othersDeeds.ts';
import { idsOf } from './targets.ts';

const ways: readonly RegExp[] = [
  /\b(?:might|may) (?:well |still |also )?(?:have|need) to\b/,
  /\bplan [bcd]\b|\b(?:as|is|only as) (?:a |the |our |my )?(?:very )?last resort\b/,
  /\b(?:one|another|an|the other) (?:option|possibility|alternative|fallback) (?:is|was|would be|might be|could be)\b/,
  /\b(?:on|at|upon) (?:my|our|his|her|their|your|a|the) (?:signal|mark|command|word|go|cue|nod|sign|say-so)\b/,
  /\b(?:nobody|no one|noone|none of us) (?:is|are) (?:really |actually |currently )?(?:allowed|permitted|supposed|authori[sz]ed|entitled) to\b/,
  /^ *(?:oh |ah |well )*(?:yeah|yea),? right\b|\bworked (?:so|really|very|ever so|oh so) (?:well|nicely|great|fine) (?:the )?last time\b/,
  // "could be that it needs a reboot", "the last thing we need is …", "restart it, not", "like hell i restart it"
  /^ *(?:it )?(?:could|may|might) (?:well )?be that\b|\bthe last thing\b|[,;.–-] ?not[ .!]*$/,
  /^ *(?:like hell|as if)\b|\bmy (?:foot|arse)\b/,
  // "a or b, whichever is idle", "stop a and its friends", "as agreed for monday"
  /\bor\b[^.;]*\bwhichever (?:is|one is|of (?:them|those|the two|both)|has|gets)\b/,
  /\u25a1 (?:and|&) (?:its |their |the |his |her )?(?:friends?|company|co|likes?|the like|so forth|buddy|buddies|siblings?|twins?|counterparts?|neighbou?rs?)\b/,
  // "stop it, i'll tell you when", "reboot it after 18:00", "restart it, oh it is back, no need"
  /\b(?:i will|we will|ill|i'll|we'll) (?:tell|ping|let|notify|inform|text|call|shout)(?: (?:to )?you)?(?: know)?(?: when)?[ .!]*$/,
  /\b(?:after|past|not before|no earlier than) \d{1,2}(?: ?: ?\d\d|(?: ?[ap]m)| ?h| o ?'? ?clock)(?: (?:please|pls|today|tonight|thanks))*[ .!]*$/,
  /(?:^|[,;.–-] ?)(?:(?:oh|ah|ok|well|so|then|actually|sorry) )*no need(?: (?:for (?:it|that)|any ?more|now|then))*[ .!]*$/,
  // "stop it as needed", "reboot it where necessary": whether to do it at all is left open
  /\b(?:as|where|when|whenever|wherever) (?:needed|necessary|required|appropriate|applicable)[ .!]*$|\bas (?:you )?(?:see|think|deem)s? (?:it )?(?:fit|best|appropriate|right)\b/,
  // "stop it, dry run only", "stop it in theory", "pretend to stop it"
  /\b(?:dry[ -]?run|pretend|hypothetically|in theory|theoretically|no[ -]?op|what[ -]?if)(?: (?:only|mode|first|please|pls|for now))*[ .!]*$/,
  /\bfor (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next week)[ .!]*$|\b(?:move|migrate|shift|relocate) [^,;.]*\bto us\b/,
];

/** "i do not think we should …", "suppose we …", "i tried to …", "pretend to …": right before the verb of a step. */
const thoughts: readonly RegExp[] = [
  /\b(?:not|never|hardly) (?:really |actually |honestly )*(?:think|believe|feel|see why|recommend|suggest|agree|convinced|sure|certain)(?: that| if| whether)? (?:we|i|you|one|anyone|anybody|someone|somebody|it) (?:is |are |really |even |actually )*(?:should|must|need to|needs to|have to|has to|ought to|want to|can|could|would|may|necessary to|wise to|safe to|time to)$/,
  /\b(?:doubt|question|wonder)(?:s|ed)?(?: that| if| whether)? (?:we|i|you|it|one) [a-z ]{2,30}$|\b(?:no|any|little) (?:reason|point|need|sense|cause)(?: for us| for me| in)? to$/,
  /^ *(?:(?:ok|so|well|now|just|please|and|hey) )*(?:suppose|supposing|imagine|assume|assuming|hypothetically|theoretically|in theory|say|(?:let us|lets|let's) (?:say|suppose|assume|imagine|pretend))(?: that)? (?:we|i|you|one|someone|somebody|they|he|she)(?: would| were to| will)?$/,
  /^ *(?:(?:ok|so|well|now|just|only|please|and|hey|do|could you|can you) )*(?:pretend|simulate|hypothetically|rehearse|practi[sc]e)(?: to)?$/,
  /^ *(?:(?:and|but|so|well|yesterday|earlier|today|because) )*(?:i|we|they|he|she|you)(?: (?:have|had|has|already|just|once|twice|even|also|repeatedly))* (?:tried|attempted|managed|failed|refused|hesitated|hated|used|began) to$/,
];

/** Whether the words around an order say that it is none. */
export function notWilled({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const text = plainText(cells).trim();
  const isThought = leadsOf(steps, cells).some((lead) => thoughts.some((one) => one.test(lead)));
  return isThought ||
    ways.some((way) => way.test(text)) ||
    cells.some((_, at) => isUnlessLeft(steps, cells, at))
    ? { about: 'op', question: 'That sounds as if it is not to be done now. Is it?' }
    : undefined;
}

/** "approve it unless it is for prod": a condition of which nothing was read. */
function isUnlessLeft(steps: readonly StepDraft[], cells: readonly Cell[], at: number): boolean {
  if (cells[at]!.quoted || !/^unless\b/.test(cells[at]!.low)) return false;
  if (steps.every((step) => idsOf(step).length < 2)) return true;
  const end = cells.findIndex((cell, index) => index > at && isWord(cell, 'comma', 'stop'));
  const said = cells.slice(at + 1, end < 0 ? cells.length : end);
  return !said.some((cell) =>
    steps.some(({ evidence }) => evidence.some(({ start, end: to }) => start < cell.end && cell.start < to)),
  );
}
