// What is only told beside a question: "the CTO is standing behind me", "for my notes", "I have to tick them off later". A
// question changes nothing, so what is told beside it is left out more freely than beside an order: it needs no other
// reason than that it tells. What bounds the question, asks, orders or wishes is never told. Called by `questionWithin`.

import { foreignDeedIn } from '../guards/foreignDeeds.ts';
import type { Side } from '../judge/features.ts';
import { mattering } from '../judge/judge.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing } from '../words/plainCells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';

/** How likely what is told may matter where a question is read without it; chosen over sentences beside questions. */
const matteringMax = 0.5;

const finite =
  /\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would|may|might|must|shall|should|wants?|needs?|got|gets?|goes|went|came|comes|keeps?|kept|says?|said|tells?|told|looks?|seems?|feels?|smells|likes?|thinks?|thought|knows?|knew|sits?|stays?|waits?|uses?|calls?|called|asks?|asked|reports?|claims?|swears|suspects?|hates?|loves?|moans?|complains?|found|find|made|make|took|gave|saw|see|lost|forgot|forget|broke|left|ran|remember|think|guess|believe|bet|promise|swear|hope|hear|heard|read|wrote|woke|spent|spend|started|clicked|moved|switched|noticed)\b/;
const subject =
  /^(?:(?:and|but|so|because|since|as|while|though|although|cause|cuz|well|btw|also|now|then|today|yesterday|honestly|sadly|apparently|somehow|still) )*(?:i|we|they|he|she|it|you|this|that|there|these|those|nobody|no one|everyone|everybody|people|someone|somebody|folks|the|a|an|my|our|his|her|their|your|its|some|one|two|none|most|many|another|half|all (?:of us|i|we))\b/;
/** "for the review", "as a last point", "before the meeting", "just out of curiosity". */
const occasion =
  /^(?:(?:and|but|so|just|only|quick|also|ok|now) )*(?:for|as|before|after|during|ahead of|because of|due to|out of|about|regarding|re|per|according to|to|in order to|in preparation|trying|looking|hoping|thinking|asking|writing|preparing|doing|working|getting|having|need|needed|got|thanks|sorry|one more|another|last|next|first|final|quick|new|not|no|nothing|standup|handover|half|remind me|tell me|sanity|follow up)\b/;
/** "if there are any", "if you know". */
const politeIf =
  /^(?:if (?:there (?:is|are) )?(?:any|some|none)(?: at all| exist| of them)?|if (?:possible|you (?:can|could|know|have|do not mind|please)\b.*|(?:that|it) is (?:ok|okay|fine|possible|not too much)\b.*|i may(?: ask)?))$/;
const noRush =
  /\b(?:urgent|rush|hurry|worries|pressure|offen[cs]e|stress|panic|biggie|drama|idea|clue|overview)\b|\bnothing (?:more|else|to do|special|serious|fancy|wrong|broken)\b|\bdo (?:not )?(?:change|touch|do|worry|panic|mind)\b/;
/** Words with which more is said of what is asked for. */
const bounding =
  /\b(?:only|just|merely|solely) (?:the|those|these|what|for|in|of|from|on|about|need|want|care|interested|□|\d|production|prod|dev|staging)\b|\b(?:need|want|care|mean|matter|count)s? only\b|\b(?:care|interested|concerned|curious) (?:about|in|for)\b|\bfocus|\bi mean\b|\bmeaning\b|\bnamely\b|\bspecifically\b|\bespecially\b|\bparticular(?:ly)?\b|\b(?:those|ones?|that|these|any|anything|everything) (?:that|which|who|with|without|in|from|of|on|over|above|below|under|older|newer|bigger|larger|smaller)\b|\bones\b|\bexcept\b|\bexclud|\binclud|\bwithout\b(?! a\b)|\bleave (?:out|off)\b|\b(?:skip|ignore|omit|filter)\b|\bno need for\b|\bnot (?:the|those|in|on|for) |\bat (?:least|most)\b|\b(?:more|less|fewer|older|newer|bigger|larger|smaller|longer|higher|lower) than\b|\b(?:is|are|be) (?:enough|sufficient|plenty|fine|ok)\b|\bwill do\b|\b(?:sort|rank|group|order)(?:ed|ing)?\b(?: them| it| that| this)? by\b|\binstead\b|\brather\b|\bcorrection\b|\bscratch that\b|\bshould (?:be|say|contain|start|end|have)\b|\bmust be\b|\bas well\b|\b(?:same|likewise|ditto) (?:for|goes|with)\b/;
const unlessSaid = /\b(?:if|unless|whenever|once|provided|assuming|until|till)\b/;
/** "go ahead": an order by itself. */
const going =
  /^(?:(?:yes|ok|okay|so|please|then) )*(?:go(?: ahead| on| for it)?|do (?:it|that|so|this)|proceed|continue|carry on|stop|cancel|undo|approved?|confirmed?|rejected?)\b(?! (?:is|are|was|were|has|have)\b)/;
const begun =
  /^(?:and|then|or|plus|also|too|not|only|except|with|without|of|by|per|sorted|ordered|grouped)\b/;

/** The words of cells, names as "□". */
export const wordsOf = (cells: readonly Cell[]): string =>
  cells
    .filter((cell) => !isMark(cell))
    .map((cell) => (cell.quoted || senseOf(cell, 'name')?.exact ? '□' : cell.low))
    .join(' ');

export const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'colon', 'open', 'close') || /^(?:-+|–|—|\.\.\.|…)$/.test(cell.low));

/** Whether a part of a text only tells something beside a question. */
export function isToldOfQuestion(part: readonly Cell[], side: Side): boolean {
  const said = part.filter((cell) => !isMark(cell));
  if (said.length === 0) return true;
  if (said.some(({ quoted }) => quoted) || said.some(isUnknownName)) return false;
  const text = wordsOf(said);
  if (side === 'behind' && politeIf.test(text)) return true;
  if (going.test(text) || bounding.test(text) || (unlessSaid.test(text) && !/\bonce\b/.test(text)))
    return false;
  if (isOrdering(said)) return false;
  const isStated = finite.test(text) || said.some((cell, at) => at > 0 && isPast(cell));
  if (said.some(isBound) || isWishedList(said, text)) return false;
  const isSentence =
    isStated && (subject.test(text) || /\bwould\b/.test(text) || (side === 'before' && !begun.test(text)));
  if (!isSentence && !isLead(said, text, side)) return false;
  return mattering(said, side, 'makes') < matteringMax;
}

/** Without a verb that tells: only words that are nothing here. */
function isLead(said: readonly Cell[], text: string, side: Side): boolean {
  if (said.some((cell, at) => isMeant(cell, said, at) || isBoundPlace(said, at))) return false;
  // "standup in five minutes", but not "yesterday: …" and "…, next 2 weeks".
  const isTimed = said.some((cell) => senseOf(cell, 'time'));
  const isNoun = said.some((cell) => cell.senses.length === 0 && /^\p{L}{3}/u.test(cell.low));
  if (isTimed && (side === 'behind' || !isNoun)) return false;
  if (denied.test(text) && !noRush.test(text)) return false;
  if (said.every((cell) => isWord(cell, 'filler') && !/^(?:only|just|too|also)$/.test(cell.low))) return true;
  if (side === 'before') return said.length < leadMax;
  return occasion.test(text) && !begun.test(text);
}

const leadMax = 14;
/** "not those", "no dev": a bound; "not trying to blame anyone" is none. */
const denied =
  /\b(?:not|no|none|nothing)\b(?:.*\b(?:those|them|these|that|this|it|all|ones?|any|every\w*)\b|$)/;

/** A word that is something here: a thing, a figure, a state. */
function isMeant(cell: Cell, said: readonly Cell[], at: number): boolean {
  if (isOfPaper(said, at)) return false;
  const isPlain = plainWords.has(singular(cell.low));
  if (senseOf(cell, 'name') && !isPlain) return true;
  return (
    (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0 ||
    senseOf(cell, 'metric') !== undefined ||
    (senseOf(cell, 'status') !== undefined && !isWord(cell, 'filler', 'prep')) ||
    (senseOf(cell, 'value') !== undefined &&
      senseOf(cell, 'time') === undefined &&
      !ticket.test(said[at - 1]?.low ?? '')) ||
    (senseOf(cell, 'part') !== undefined && !isPlain)
  );
}

const ticket = /^(?:ticket|incident|case|change|request|task|issue|no|nr|number|chg|inc)$/;

/** Whether a statement speaks of nothing that is here: beside what is only named it may be anything. */
export const isOfNothingHere = (said: readonly Cell[]): boolean =>
  !said.some(
    (cell, at) =>
      isMeant(cell, said, at) ||
      senseOf(cell, 'time') !== undefined ||
      (senseOf(cell, 'verb') !== undefined &&
        !isWord(cell, 'filler') &&
        // "as a last point"
        !isWord(said[at - 1], 'det', 'their', 'last', 'first')),
  );

/** "the security group review", "the findings list": what is written. */
function isOfPaper(said: readonly Cell[], at: number): boolean {
  const next = said[at + 1]?.low ?? '';
  return /^(?:list|lists|review|report|audit|ticket|meeting|call|sheet|spreadsheet|deck|slides|inventory|plan|document|documentation|docs|wiki|page|summary|protocol|minutes|workshop|discussion|team|people|guys|folks)s?$/.test(
    next,
  );
}

/** A state, a figure or a pattern that may bound a set. */
function isBound(cell: Cell): boolean {
  const value = senseOf(cell, 'value')?.value.k;
  return (
    (senseOf(cell, 'glob') !== undefined && !senseOf(cell, 'name')) ||
    value === 'tags' ||
    value === 'cidr' ||
    value === 'flag' ||
    value === 'size'
  );
}

export const isPlace = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'env') !== undefined ||
    senseOf(cell, 'region') !== undefined ||
    senseOf(cell, 'provider') !== undefined);

/** "in prod", not "the dev team", "my test calls", "in vCenter those would be red": where, and not who or how else. */
export function isBoundPlace(said: readonly Cell[], at: number): boolean {
  if (!isPlace(said[at]!)) return false;
  if (said.some(({ low }) => /^(?:would|usually|normally)$/.test(low))) return false;
  const [before, next] = [said[at - 1], said[at + 1]];
  const isWhere = before !== undefined && isWord(before, 'prep') && !/^(?:to|with|by)$/.test(before.low);
  return isWhere || next === undefined || next.senses.length > 0;
}

/** "I need everything in dev", "we want a list of the pods": asked for. */
const isWishedList = (said: readonly Cell[], text: string): boolean =>
  /^(?:(?:and|but|so|because|also) )*(?:i|we)(?: would| will)? (?:need|want|like|require)\b/.test(text) &&
  said.some(
    (cell, at) =>
      (isWord(cell, 'everything', 'all', 'listCue', 'summarize') ||
        (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0) &&
      !isOfPaper(said, at) &&
      !isOfPaper(said, at - 1),
  );

/** "web-99 hangs": a thing that is not there. */
const isUnknownName = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name')?.exact && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+$/.test(cell.text);

const isPast = (cell: Cell): boolean => {
  const form = cell.quoted ? undefined : senseOf(cell, 'verb')?.form;
  return form === 'ed' || form === 's' || (cell.senses.length === 0 && /(?:ed|s)$/.test(cell.low));
};

/** "I have to tick them off", "we will delete it next week": what the speaker is to do. */
const ownDeed =
  /^(?:(?:and|but|so|because|since|as|then|also) )*(?:i|we|he|she|they|someone|somebody) (?:(?:still|probably|maybe|just|then|also|now|later) )*(?:have to|has to|must|will|may|might|can|could|should|shall|had to|(?:am|are|is) (?:going|supposed|about|planning) to|plan to|used to)\b/;
const courtesy =
  /^(?:please|pls|plz|kindly|then|and|so|but|also|or|just|now|can you|could you|would you|will you|can we|could we|you can|you may|you could|lets|let us|maybe|to)$/;
const wished = /\b(?:it|them|they|those|these|that|this|both|all|□|one|ones)\b/;
const due =
  /\b(?:should|must|shall|has to|have to|needs? to|ought to|is to|are to|can|may) (?:all |now |please |also )?(?:be|go|come|get)\b/;

/** Whether words order or wish a change: of these nothing is left out. */
export function isOrdering(said: readonly Cell[]): boolean {
  if (foreignDeedIn(said)) return true;
  const text = wordsOf(said);
  if (ownDeed.test(text) && !text.includes('□')) return false;
  const first = said.findIndex(
    (cell) => isBase(cell) || !(isWord(cell, 'filler') || courtesy.test(cell.low)),
  );
  const isOrder = said.some((cell, at) => {
    if (!isBase(cell) || senseOf(cell, 'name') || isWord(cell, 'be', 'have', 'do', 'light')) return false;
    if (
      at !== first &&
      !/^(?:please|pls|plz|can you|could you|would you|will you|you can|lets|let us|then)$/.test(
        said[at - 1]!.low,
      )
    )
      return false;
    const rest = said.slice(at + 1, at + 5);
    return (
      rest.length === 0 ||
      rest.some((one) => isThing(one) || isWord(one, 'pronoun', 'demonstrative', 'all', 'both'))
    );
  });
  if (isOrder) return true;
  const isDone = said.some(
    (cell) => senseOf(cell, 'verb') && /^(?:ed|base)$/.test(senseOf(cell, 'verb')!.form),
  );
  const isOfThing = said.some(isThing) || wished.test(text);
  // "they should be deleted", "it can go"
  if (
    due.test(text) &&
    isOfThing &&
    (isDone || /\b(?:go|gone|away|off|down|back|up)\b/.test(text)) &&
    !/\b(?:i|we|he|she) (?:should|must|have to|has to|can|need to|may)\b/.test(text)
  )
    return true;
  // "I want it restarted", "it needs a reboot", "I need to delete them"
  const wish = said.findIndex(
    (cell) => isWord(cell, 'need') || /\b(?:want|wants|need|needs|like)$/.test(cell.low),
  );
  return (
    wish >= 0 &&
    isOfThing &&
    said.slice(wish + 1).some((cell) => {
      const form = cell.quoted ? undefined : senseOf(cell, 'verb')?.form;
      return (form === 'base' || form === 'ed') && !isWord(cell, 'ask', 'listCue', 'showCue', 'filler');
    })
  );
}
