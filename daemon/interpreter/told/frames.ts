// The frame around a request: greetings, signatures, ticket numbers, mentions, bullets, emoji, "pls thx". Only what
// stands at the ends is taken, and only what nothing here is called; it is blanked, not cut, so that every word keeps
// its place. What is in brackets and names a place stays as a place. Called first, on the text as it was typed.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Lexicon } from '../words/lexicon.ts';
import { bounding, withoutChatter } from './chatter.ts';
import { headingLength } from './headings.ts';
import { apologyLength, trailingAt } from './trailing.ts';

interface Known {
  readonly inventory: Inventory;
  readonly lexicon: Lexicon;
}

const emoji = String.raw`(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|:[a-z][\w+-]*:)`;
const greeting =
  /^\s*(?:hello|hi|hey|hallo|moin|dear|greetings|bonjour|hola|ciao|servus|hiya|heya|howdy|yo|(?:good )?(?:morning|afternoon|evening|day))\b([^,.!?:;\n]{0,24})[,!.\n]\s*/iu;
const calling =
  /^\s*(?:hello|hi|hey|dear)\s+(?:folks|team|all|guys|everyone|everybody|there|colleagues|mate|ops)\b[,!:.]?\s+/i;
const lead = new RegExp(String.raw`^\s*(?:${emoji}|@[a-z][\w-]*:?(?=\s))\s*`, 'iu');
/** "ok so", "um", "lol": how people begin to speak. */
const beginning =
  /^\s*(?:(?:ok|okay|okey|okie|kk|alright|right|so|well|um+|uh+m?|erm?|hm+|ah|oh|oof|ugh|lol|haha|yo|yeah|yep|yup|anyways?|basically|like|quick one|hey um|right so|okay so)\b(?:\s*[,:!–—-]+)?\s+)+(?=\S+\s+\S)/i;
/** "One must detach x": a duty of nobody in particular. */
const impersonal =
  /^\s*one\s+(?:must|has to|should|shall|needs to|ought to)\s+(?!be\b|stay|remain|go\b|run\b|not\b|never\b|have\b)(?=\p{L})/iu;
/** "Carol asked me to have x cancelled": what the speaker is to do. */
const charged =
  /^\s*((?:(?:the|our|my|a)\s+)?[\p{L}'-]+(?:\s+[\p{L}'-]+)?)\s+(?:has |just |has just )?(?:asked|told|wants|wanted|instructed)\s+(?:me|us)\s+to\s+(?!not\b|never\b|leave\b|keep\b|wait\b|hold\b|ask\b|tell\b|see\b|check\b|consider\b)/iu;
/** "For the timeline: …": what it is for. */
const purpose = /^\s*for (?:the|our|my|this) ([\p{L}-]+)\s*:\s+(?=\p{L})/iu;
/** "My mentor asked me how many nodes we have", "the boss wants to know which vms are down": who asks. */
const wondered =
  /^\s*((?:(?:the|our|my|a)\s+)?[\p{L}'-]+(?:\s+[\p{L}'-]+)?)\s+(?:has |have |just |has just |keeps |is )?(?:asked|asks|asking|wonders|wondered|(?:wants?|wanted|needs?|would like|likes) to know)(?:\s+(?:me|us))?(?:\s*[:,])?\s+(?=(?:how|what|which|who|when|where|why)\b)/iu;
/** "The customer has requested the restart of x": who wants it. */
const requestedBy =
  /^\s*((?:(?:the|our|my|a)\s+)?[\p{L}'-]+(?:\s+[\p{L}'-]+)?)\s+(?:has |have |just |has just )?(?:requested|requests|request|asked for|asks for|asking for|(?:is|are) (?:requesting|asking for)|applied for|applies for)\s+(?=(?:an?|the|another|one|new|\d+)\b|[\p{L}]+ of\b)/iu;
/** "Tom asked for web-1 to be restarted", and nothing that is his. */
const passedOn =
  /^\s*((?:(?:the|our|my|a)\s+)?[\p{L}'-]+(?:\s+[\p{L}'-]+)?)\s+(?:has |have |just |has just )?(?:asked|asks|asking) for\s+(?=(?!.*\btheir\b)[^.;!?]* to be \p{L}+[^?]*$)/iu;
/** "May I humbly ask you to", "If I may trouble you:", "Would it be too much trouble to": an order, asked for. */
const begging =
  /^\s*(?:(?:(?:may|might|could|can) (?:i|we)|i|we|i['’]d|we['’]d|i would|i must|i have to|let me)(?: (?:most|very|too|just|please|perhaps|also|again|once more|once again|humbly|kindly|respectfully|politely|cordially|sincerely|like to|want to))* (?:ask|trouble|bother|request|beg|implore|entreat|urge)(?: (?:of )?you)(?: (?:most|very|please|humbly|kindly|respectfully))* to|if (?:i|we) (?:may|might|could) (?:just |please |again )*(?:ask|trouble|bother)(?: you)?(?: once more| again)? ?[:,–—-]|(?:would|will) it be (?:(?:a|an|too|very|such|terribly|great|big|terrible|awful|huge|much) )+(?:of )?(?:(?:a|an) )?(?:imposition|bother|trouble|hassle|inconvenience|nuisance|to ask)(?: for you)? to)\s+(?!not\b|never\b|be\b|wait\b|hold\b|keep\b|leave\b|tell\b|ask\b|check\b|see\b|consider\b)(?=\p{L})/iu;
const bullet = /^\s*(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+|step\s+1\s*[:.)]\s*(?![^\n]*\bstep\b))/iu;
const ticket =
  /^\s*(?:(?:[Rr][Ee]|[Ff][Ww][Dd]?|A[Ww]|WG|J[Ii][Rr][Aa]|jira|[Tt]icket|TICKET|[Ii]ncident|[Tt]ask|[Ss]ubject|[Bb]etreff|[Cc]hange)\b\s*:?\s*)*#?([A-Z][A-Za-z]{1,9}-\d{1,6}|[A-Z]{2,6}\d{4,10})(?:\s*\((?:[a-z]+\s?){1,3}\))?(?:\s*[:–—]|\s+-(?=\s))?\s+/;
/** "Per change CHG-7, …", "As agreed in ticket INC-12: …". */
const according =
  /^\s*(?:(?:as\s+)?per|under|in line with|according to|as (?:agreed|approved|requested|discussed|planned) in|following)\s+(?:(?:the|our)\s+)?(?:(?:approved|planned)\s+)?(?:(?:change|ticket|incident|request|case|task|issue|story|bug)\s+)?(?:(?:request|no\.?|nr\.?|number)\s+)?#?([A-Z][A-Za-z]{1,9}-\d{1,6})\s*[,:\u2013\u2014]\s+/i;
const numbered =
  /^\s*(?:(?:incident|ticket|change|case|task|issue|request|req|story|bug)\s*(?:no\.?|nr\.?|number)?\s*#?\d{2,}|#\d{2,})\s*(?:[:–—]|\/\/|-(?=\s))\s*/i;
const team =
  /^\s*(?:team|all|folks|guys|everyone|colleagues)\s*,?\s*\n\s*|^\s*(?:team|folks|guys|colleagues)\s*,\s*/i;
const label = /^\s*(?:re|fw|fwd|aw|wg|subject|betreff)\s*:\s*/i;
const bracket = /^(\s*)\[([^\]\n]{1,24})\](:?\s*)/;
const tail = new RegExp(
  String.raw`(?:^|(?<=\s|[.!?,;]))(?:pls|plz|please|please and thanks|thx|thanks|thanks a lot|many thanks|thank you|ty|tia|ta|kthx|kthxbye|tyvm|tysm|cheers|asap|asap pls|lol|rofl|haha|rn|at the earliest|at your earliest|at your earliest convenience|pls (?:&|and) thx|[:;]-?[)D]|${emoji}+)[\s.!]*$`,
  'iu',
);
const closing =
  /(?:[.!?,;]|\n)\s*(?:(?:kind|best|warm|many|with (?:kind|best))\s+)?(?:regards|best|cheers|thanks|thank you|thx|br|rgds|greetings|sincerely|yours|mfg|lg|vg|cordialement|bye)\s*[,.!]?\s*(\p{Lu}[\p{L}.'-]*(?:\s+\p{Lu}[\p{L}.'-]*)?)?[\s.!]*$/iu;
/** ", do it", ". Go ahead please": an order pressed once more. */
const pressing =
  /\s*[,.;!–—-]\s*(?:please |just |so |(?:can|could|would|will) (?:you|someone|somebody|we) (?:please |kindly )?)*(?:do (?:it|so|that)|go ahead|please proceed|proceed|make it happen|make it so|go for it|just do it|let (?:it|them|those) go|(?:create|make|add|provision) (?:it|one|them|that)|set (?:it|that|one) up|make one|arrange (?:it|this|that)|see to (?:it|this|that)|take care of (?:it|this|that)|sort (?:it|this|that)(?: out)?|organi[sz]e (?:it|this|that)|handle (?:it|this|that))(?: please| now| thanks| for (?:us|me|him|her|them))*[\s.!?]*$/iu;
/** "Security finding: …", "CHG-4471 / follow-up: …": what it is about, in words that are nothing here. */
const heading = /^\s*((?:[\p{L}][\p{L}\d/#.-]*\s+(?:\/\s+)?){0,4}[\p{L}][\p{L}\d/#.-]*)\s*:\s+(?=\p{L})/u;
/** ", ticket INC-12", "(see CHG-7)", "ref: OPS-1". */
const reference =
  /(?:\s*[,;(–—-]\s*|\s+)\(?(?:(?:ticket|see|ref|reference|cf\.?|per|incident|change|as per|tracked in|tracked as|details in|more in|jira|for ticket|case|refs?)\b\s*(?:no\.?|nr\.?|:|#)?\s*)+#?([A-Z][A-Za-z]{1,9}-\d{1,6}|#?\d{3,})\)?[\s.!]*$/;
/** ". Reason: obsolete test data.", ". Approved by: M. Klein": a field of a form that orders nothing. */
const field =
  /(?<=[.!?;\n])\s*(?:(?:reason|justification|rationale|background|requester|requestor|requested by|approver|approval|approved by|authori[sz]ed by|sponsor|contact|cost cent(?:er|re)|priority|category)\s*:|(?:approved|authori[sz]ed|requested|signed off) by\b)([^\n]*)$/iu;
/** "Approved by: nobody yet": nobody has said so. */
const unsaid =
  /\b(?:nobody|yet|pending|outstanding|open|missing|tbd|denied|rejected|declined|waiting|awaiting)\b/i;
/** ", approved by Tom", "(signed off by the board)". */
const consented =
  /\s*[,;(–—-]\s*(?:already |it is |it was |has been |this is |this was )?(?:approved|requested|signed off|confirmed|agreed|authori[sz]ed|cleared|ok'?d|okayed|discussed|agreed on|aligned)(?: already)? (?:by|with)((?: [\p{L}'-]+){1,3})\)?[\s.!]*$/u;
/** "ack all firing alerts i got them": who takes them. */
const takenOver =
  /(?<=^\s*(?:please |pls |can you |could you )?ack(?:nowledge)?\b[^,.;:!?]*)\s+(?:i|we|i['’]?ve|we['’]?ve|ive|im|i['’]m)(?: have)? (?:got|have|on|looking at|taking|handling) (?:it|them|those|these|this|em)(?: already| now)?[\s.!]*$/iu;
const roundsMax = 6;
const alikeMax = 50;

/** The text with its frame blanked, as long as before. */
export function withoutFrame(text: string, known: Known): string {
  let said = text;
  for (let round = 0; round < roundsMax; round++) {
    const before = said;
    said = withoutTail(withoutLead(said, known), known);
    said = withoutChatter(said, known, ticket.test(text));
    if (said === before) break;
  }
  return said;
}

function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
}

/** "dave - what has he deleted": he is who is asked about. */
const askedAbout = /^\s*\p{L}+\s*[:,\u2013\u2014-]+\s.*\b(?:did|has|have|was|had) (?:he|she|they)\b/iu;

function withoutLead(text: string, known: Known): string {
  if (askedAbout.test(text)) return text;
  const hello = greeting.exec(text);
  if (hello && isNobodyHere(hello[1]!, known)) return blank(text, 0, hello[0].length);
  for (const pattern of [calling, team, lead, impersonal, begging, bullet, label, numbered]) {
    const match = pattern.exec(text);
    // "- a\n- b" is a list; its first mark goes, the others cut. Numbers are read as such: "1. a 2. b".
    const isNumbered = pattern === bullet && /1/.test(match?.[0] ?? '') && /\s\(?2[.)]\s/.test(text);
    if (match && match[0].trim() !== '' && text.length > match[0].length && !isNumbered)
      return blank(text, 0, match[0].length);
  }
  const charge = charged.exec(text) ?? requestedBy.exec(text) ?? passedOn.exec(text) ?? wondered.exec(text);
  // "the web team asked me to stop their servers": whose they are.
  const isTheirs = charge && /\bteam$/i.test(charge[1]!) && /\btheir\b/i.test(text);
  if (charge && !isTheirs && isNobodyHere(charge[1]!, known)) return blank(text, 0, charge[0].length);
  const sorry = apologyLength(text, known);
  if (sorry > 0) return blank(text, 0, sorry);
  const start = beginning.exec(text);
  if (start && isBeginning(start[0], text.slice(start[0].length), known))
    return blank(text, 0, start[0].length);
  const about = heading.exec(text);
  if (about && isMeaningless(about[1]!, known) && isRequest(text.slice(about[0].length), known))
    return blank(text, 0, about[0].length);
  const meant = purpose.exec(text);
  if (meant && isNobodyHere(meant[1]!, known)) return blank(text, 0, meant[0].length);
  const occasion = headingLength(text, known);
  if (occasion > 0) return blank(text, 0, occasion);
  return withoutNumber(withoutBracket(text, known), known);
}

/** "ok snapshot it", not "ok act-41", which approves it; and nothing is called so. */
function isBeginning(lead: string, rest: string, { inventory }: Known): boolean {
  const isApproval =
    /\bok(?:ay|ey|ie)?\W+$/i.test(lead) &&
    /^(?:(?:the|all|both|that|this|those|these|my|any)\s+)*(?:pending\s+|waiting\s+|open\s+)?(?:act(?:ion)?s?\b|changes?\b|requests?\b|approvals?\b|ones?\b|it\b|them\b|from\b)/i.test(
      rest,
    ) &&
    !rest.includes('?');
  const words = lead.toLowerCase().match(/[a-z]+/g) ?? [];
  return !isApproval && words.every((word) => inventory.byKey(word).length === 0);
}

/** "CHG-118: …": a number of a ticket stands before a request, and no thing here is called alike. */
function withoutNumber(text: string, known: Known): string {
  const match = ticket.exec(text) ?? according.exec(text);
  if (!match) return text;
  const number = match[1]!.toLowerCase();
  const family = number.replace(/\d+$/, '');
  const isThing =
    known.inventory.withPrefix(family, alikeMax).some(({ name }) => /-\d+$/.test(name)) ||
    known.inventory.byKey(looseKey(number)).length > 0 ||
    known.inventory.isPart(number);
  return isThing || !isRequest(text.slice(match[0].length), known) ? text : blank(text, 0, match[0].length);
}

/** Something here has that name, or one like it with another number. */
function isCalled(given: string, { inventory }: Known): boolean {
  const number = given.toLowerCase().replace(/^#/, '');
  const family = number.replace(/\d+$/, '');
  return (
    inventory.byKey(looseKey(number)).length > 0 ||
    (family !== '' && inventory.withPrefix(family, alikeMax).some(({ name }) => /-\d+$/.test(name)))
  );
}

/** A command about something of its own, or a question. "CHG-118: restart it" is about what the number stands for. */
function isRequest(text: string, { lexicon }: Known): boolean {
  const words = text.trim().toLowerCase().split(/\s+/);
  if (words.length < 2) return false;
  const first = lexicon.starting(words[0]!);
  const isVerb = first.some((entry) => entry.senses.some((sense) => sense.t === 'verb'));
  return !(isVerb && /^(it|them|this|that|these|those)[.,!?]?$/.test(words[1]!));
}

/** "[urgent] …" says nothing; "[payments] …" says where, if that is a place here. */
function withoutBracket(text: string, { inventory, lexicon }: Known): string {
  const match = bracket.exec(text);
  if (!match || /^\s*(system|inst|assistant|user|tool)\b/i.test(match[2]!)) return text;
  const [whole, before, inside] = [match[0], match[1]!, match[2]!.trim().toLowerCase()];
  const named = inventory.byKey(looseKey(inside));
  const isPlace =
    named.some(({ kind }) => kind === 'namespace') ||
    lexicon
      .starting(inside)
      .some((entry) => entry.words.length === 1 && entry.senses.some(({ t }) => t === 'env'));
  const isPlaced = /\bin\s|\bnamespaces?\b|:/i.test(text.slice(whole.length));
  if (isPlace && isPlaced) return text;
  if (isPlace && before.length + match[2]!.length + 3 <= whole.length)
    return `${before}in ${match[2]!}${','.padEnd(whole.length - before.length - match[2]!.length - 3, ' ')}${text.slice(whole.length)}`;
  const isThing = !isPlace && (named.length > 0 || inventory.isPart(inside));
  return isThing ? text : blank(text, 0, whole.length);
}

function withoutTail(text: string, known: Known): string {
  const end = text.trimEnd().length;
  const body = text.slice(0, end);
  const bye = closing.exec(body);
  if (bye && bye.index > 0 && isNobodyHere(bye[1] ?? '', known)) return blank(text, bye.index, end);
  const thanks = tail.exec(body);
  const before = thanks ? body.slice(0, thanks.index).trimEnd() : '';
  // What is called "thanks" is called so.
  if (thanks && before !== '' && !/\b(named|called|name|to|as|is|with|tag|grep|=)$|[=:"'-]$/i.test(before))
    return blank(text, thanks.index, end);
  const number = reference.exec(body);
  if (number && number.index > 0 && !isCalled(number[1]!, known)) return blank(text, number.index, end);
  const note = field.exec(body);
  if (note && note.index > 0 && !bounding.test(note[1]!) && !unsaid.test(note[1]!))
    return blank(text, note.index, end);
  const taken = takenOver.exec(body);
  if (taken) return blank(text, taken.index, end);
  const consent = consented.exec(body);
  if (consent && consent.index > 0 && isNobodyHere(consent[1]!, known))
    return blank(text, consent.index, end);
  const press = pressing.exec(body);
  if (press && body.slice(0, press.index).trim().split(/\s+/).length > 2)
    return blank(text, press.index, end);
  const remark = trailingAt(body, known);
  if (remark !== undefined) return blank(text, remark, end);
  const marks = /\s*!+$/.exec(body);
  return marks && marks.index > 0 ? blank(text, marks.index, end) : text;
}

/** Every word of it is unknown here, or courtesy: it can neither order nor deny nor bound. */
function isMeaningless(words: string, known: Known): boolean {
  // "us-east-1: …", "legacy: …": a place or a word of names and tags may bound what follows.
  const said = words.trim().toLowerCase().split(/\s+/);
  const isPlace = (word: string): boolean =>
    known.inventory.regionOf(looseKey(word)) !== undefined ||
    known.lexicon
      .starting(word)
      .some((entry) => entry.senses.some(({ t }) => t === 'region' || t === 'provider'));
  if (said.some(isPlace) || (said.length < 3 && said.some((word) => known.inventory.isPart(word))))
    return false;
  const isOpen =
    /^(not|no|non|never|dont|don't|only|except|example|quote|joke|test|draft|question|answer|reply|legacy|obsolete|abandoned|deprecated|today|yesterday|tonight|tomorrow|overnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
  return (
    isNobodyHere(words, known) &&
    words
      .toLowerCase()
      .split(/[\s/]+/)
      .every(
        (word) =>
          !isOpen.test(word) &&
          known.lexicon
            .starting(word)
            .filter((entry) => entry.words.length === 1)
            .every((entry) => entry.senses.every((sense) => sense.t === 'word' && sense.word === 'filler')),
      )
  );
}

/** Nothing of it is a name, a command or a place here. */
function isNobodyHere(words: string, { inventory, lexicon }: Known): boolean {
  return words
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every(
      (word) =>
        word === '' ||
        (inventory.byKey(looseKey(word)).length === 0 &&
          inventory.byPath(word).length === 0 &&
          !lexicon
            .starting(word)
            .some(
              (entry) =>
                entry.words.length === 1 &&
                entry.senses.some(({ t }) => t === 'verb' || t === 'kind' || t === 'env'),
            )),
    );
}
