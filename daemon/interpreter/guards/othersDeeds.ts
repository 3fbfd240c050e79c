// Deeds that are told of and are nobody's order here: what somebody else is going to do ("alice will stop web-1") or did
// ("bob put web-1 on M.8"), what the speaker will do ("i will delete them when i am up"), and what is only judged ("it is
// dangerous to delete b"). Called by `holds`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import { firstName } from './noOrder.ts';
import { partsOf } from './objections.ts';

/** "alice will stop web-1", "the vendor is going to reboot it": what somebody else is going to do. */
export function isOthersDeed(cells: readonly Cell[]): boolean {
  return cells.some((cell, at) => {
    if (cell.quoted || !/^(will|shall|is going to|are going to|plans to|is about to)$/.test(cell.low))
      return false;
    const from = cells.findLastIndex(
      (one, index) => index < at && isWord(one, 'comma', 'stop', 'colon', 'and'),
    );
    const subject = cells.slice(from + 1, at);
    const who = subject.at(-1);
    const isTheirs =
      who !== undefined &&
      !/^(you|u|that|this|which|it|these|those|who|what|when|how|if|please|i|we)$/.test(who.low) &&
      !subject.some((one) => senseOf(one, 'verb')?.form === 'base' && !senseOf(one, 'name'));
    const object = cells[isWord(cells[at + 2], 'det') ? at + 3 : at + 2];
    const isDeed = senseOf(cells[at + 1], 'verb')?.form === 'base' && senseOf(object, 'name')?.exact === true;
    return isTheirs && isDeed;
  });
}

/** "…, dave will apply it": what was ordered is somebody else's to do. */
export const isTakenOver = (cells: readonly Cell[]): boolean =>
  takenOver.test(plainText(cells)) || partsOf(cells).some(isUponIt);

/** "bob is on it" */
const isUponIt = (part: readonly Cell[]): boolean =>
  /^\S+ (?:is|are) (?:already )?on (?:it|that|this|them)(?: already| now)?$/.test(plainText(part)) &&
  (firstName.test(part[0]!.low) || /^(?:someone|somebody)$/.test(part[0]!.low));

const takenOver =
  /(?:^|[,.;:(–-]) *(?:but |and |so )*(?:the |our |my )?(?!(?:you|u|that|this|which|it|these|those|who|what|when|how|if|please|nobody|no one|noone)\b)[a-z]+(?: [a-z]+)? (?:will|shall|is going to|are going to|(?:has )?promised to|(?:has )?offered to|volunteered to|wants? to|prefers? to) (?:apply|do|handle|perform|set|add|grow|resize|enlarge|extend|expand|shrink|scale|stop|start|restart|reboot|delete|remove|drain|change|snapshot|tag|attach|detach|execute|carry out|implement|arrange|see to|take care of) (?:it|that|this|them)\b/;

/** "someone should reboot web-1", "somebody else stop it", "i am going to stop it": told of who does it, asked of nobody. */
export function isLeftToSomebody({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  const isBegged = begging.test(plainText(cells));
  return leadsOf(steps, cells).some((lead) => handedOn.test(lead) || (!isBegged && duty.test(lead)));
}

/** What stands before the verb of a step in its clause, unless a thing is said to do it. */
export function leadsOf(steps: readonly StepDraft[], cells: readonly Cell[]): readonly string[] {
  const isDone = ({ start }: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some((one) => one.part === 'verb' && one.start === start));
  return cells.flatMap((cell, at) => {
    if (at === 0 || !isBase(cell) || !isDone(cell)) return [];
    const from = cells.findLastIndex(
      (one, index) =>
        index < at && !one.quoted && isWord(one, 'comma', 'stop', 'colon', 'open', 'and', 'afterwards'),
    );
    const lead = cells.slice(from + 1, at);
    const isOfThing = lead.some(
      (one) => one.quoted || ((senseOf(one, 'name') ?? senseOf(one, 'kind')) && !firstName.test(one.low)),
    );
    return isOfThing ? [] : [plainText(lead)];
  });
}

/** "get someone to …", "let somebody else …", "i want bob to …": another is to do it, however kindly it is said. */
const handedOn =
  /^ *(?:[a-z]+ ){0,3}?(?:(?:let|get|have|make|find|pick|ask|tell) (?:(?:some|any)(?:one|body)(?: else)?|one of (?:us|you|them)|him|her|them)(?: to)?|(?:tell|remind) (?:me|us) to|(?:i|we)(?: really| just| only)? (?:want|need|would like|expect|prefer) (?!(?:you|u|ya|it|this|that|these|those|them|some|someone|somebody|to|all|both|everything|each|every|one|only)\b)(?:(?:the|our|my) [a-z]+|[a-z]+)(?: team| shift)? to)$/;
const begging =
  /\b(please|pls|plz|kindly|asap|(?:can|could|would|will) (?:you|u)|do it|do so|go ahead|thanks|thx)\b/;
const adverbs =
  '(?: (?:really|also|still|just|probably|urgently|now|definitely|first|quickly|maybe|perhaps|soon|later|then|simply))*';
const duty = new RegExp(
  `^ *(?:(?:and|but|so|well|ok|okay|hi|hey|hello|then|now|guys|folks|maybe|i think|i guess|imo|imho|honestly) )*(?:i wish (?:some|any)(?:one|body) would|(?:some|any)(?:one|body)(?: else| here| there)|(?:i|we)(?: am| are|['\\u2019](?:m|re))?${adverbs} (?:going to|gonna|about to|will)|(?:im|ill)${adverbs}(?: going to| gonna| about to)?|(?:(?:some|any|every)(?:one|body)(?: else)?|(?:one|some|any) of (?:us|you|them)|(?:the|our|your|my|his|her|their|some) [a-z]+(?: [a-z]+){0,2}|(?!(?:i|we|you|u|one|it|this|that|these|those|they|which|who|what|there|nobody|noone|none|please|let)\\b)[a-z]+(?: [a-z]+)?)${adverbs} (?:should|must|shall|will|ought to|has to|needs? to|had better|better|(?:has )?got to|is going to|are going to|is gonna|is about to|are about to|is supposed to|promised to|offered to|volunteered to|agreed to|plans to|intends to|gets to))${adverbs}$`,
);

/** Verbs that are written alike today and yesterday. */
const alike = /^(put|set|cut|shut|let|reset|split|spread|put back|set on|shut down|cut down)$/;

/** "bob put web-1 on M.8", "the team set owner=x on it": what somebody did, and nobody orders. */
export function isOthersDone({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  // "remove x, someone put secrets in it": nothing is done by those words.
  const isRead = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
  return cells.some((cell, at) => {
    // "it went back to M.8"
    const isSubject = isWord(cells[at - 1], 'pronoun', 'demonstrative') || senseOf(cells[at - 1], 'name');
    const isOrdered = cells.slice(at + 1).some((one) => isBase(one) && !senseOf(one, 'name'));
    if (/^(went|came|became)$/.test(cell.low) && !cell.quoted && isSubject && !isOrdered) return true;
    if (cell.quoted || !alike.test(cell.low) || at === 0) return false;
    const next = cells[at + 1];
    if (!isRead(cell) && !(next && isRead(next))) return false;
    const from = cells.findLastIndex(
      (one, index) => index < at && isWord(one, 'comma', 'stop', 'colon', 'and', 'because', 'afterwards'),
    );
    const [first, second, ...others] = cells.slice(from + 1, at);
    if (!first || others.length > 0 || first.quoted) return false;
    const isSomebody = /^(he|she|they|someone|somebody|everybody|nobody)$/.test(first.low);
    const isUnknown = (one: Cell): boolean =>
      !one.quoted && one.senses.every(({ t }) => t === 'part') && /^[a-z]+$/.test(one.low);
    const isNoThing = (one: Cell): boolean => !one.quoted && !senseOf(one, 'name') && !senseOf(one, 'kind');
    return second ? isWord(first, 'det') && isNoThing(second) : isSomebody || isUnknown(first);
  });
}

/** "list the old snapshots, i will delete them when i am up": what the person will do themselves. */
export function isOwnDeed(cells: readonly Cell[]): boolean {
  return cells.some((cell, at) => {
    const isOwn = /^(i|we|i will|we will|i shall|we shall)$/.test(cell.quoted ? '' : cell.low);
    const will = /( will| shall)$/.test(cell.low) ? at : at + 1;
    const isWill = will === at || /^(will|shall|am going to|are going to)$/.test(cells[will]?.low ?? '');
    if (
      at < 2 ||
      !isOwn ||
      !isWill ||
      !isWord(cells[at - 1], 'comma', 'stop', 'and', 'because', 'afterwards')
    )
      return false;
    const verb = isWord(cells[will + 1], 'filler', 'afterwards') ? will + 2 : will + 1;
    const isDeed =
      senseOf(cells[verb], 'verb')?.form === 'base' &&
      !isWord(cells[verb], 'showCue', 'ask', 'light') &&
      !/^(use|need|keep|have|do)$/.test(cells[verb]!.low);
    return (
      isDeed && (isWord(cells[verb + 1], 'pronoun', 'demonstrative') || senseOf(cells[verb + 1], 'name'))
    );
  });
}

/** "it is dangerous to delete b", "it was necessary to stop it": how a deed is or was, which orders none. */
export function isJudged({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  return cells.some((cell, at) => {
    if (!isBase(cell) || senseOf(cell, 'name') || !/(^| )to$/.test(cells[at - 1]?.low ?? '')) return false;
    const from = cells.findLastIndex(
      (one, index) => index < at && !one.quoted && isWord(one, 'comma', 'stop', 'colon'),
    );
    const said = plainText(cells.slice(from + 1, at));
    const isRead = steps.some(({ evidence }) =>
      evidence.some(({ start, end }) => start < cell.end && cell.start < end),
    );
    return isRead && judging.test(said) && !wishing.test(said);
  });
}

const lead = '^(?:(?:and|but|so|because|since|as|well|ok|hey|please|now|also|then) )*';
const judging = new RegExp(
  `${lead}(?:(?:it|that|this|its) ?(?:is|was|has been|had been|will be|would be|would have been|became|has become|seems|appears|might be|may be|could be|s)?|(?:is|was)(?! (?:it|there|this|that|anyone|anybody|someone|somebody|he|she|they|we|you|i)\\b))(?: [a-z-]+){1,6}? to$`,
);
/** Judgements that are wishes. */
const wishing = new RegExp(
  `${lead}(?:(?:it|that|this|its) ?)?(?:is|would be|has become|seems|s)?(?: (?:for me|for us|really|very|so|now|also|urgently|most|quite|absolutely|highly|still|just|again|therefore|please|probably|super|hereby|of|a|an|the|our|my|your|extremely|more|about|high|ok|okay))*(?: (?:necessary|needed|required|requested|desired|desirable|imperative|mandatory|important|importance|urgent|vital|crucial|critical|essential|advisable|advised|recommended|best|better|good|great|nice|kind|fine|alright|ok|okay|possible|helpful|lovely|cool|wonderful|perfect|appreciated|useful|sensible|wise|idea|time|turn|job|task|duty|request|order|reminder|call|instruction|demand|wish|decision|decided|agreed|planned|supposed|meant))+(?: (?:for|of) (?:you|me|us|someone|somebody|everyone))?(?: now)?(?: from (?:me|us))? to$`,
);
