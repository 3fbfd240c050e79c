// What is said beside an order and speaks against carrying it out now: that it is taken back, done already or somebody
// else's to do, that a yes is missing, that something has to end or to come first, that the thing is in use, or that one
// of them is to be kept. The part of a text that gave no step anything is looked at by what such words have in common;
// the order is offered as a question. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { clausesOf, evidenceOf } from '../judge/clauses.ts';
import { type Deed, deedOf } from '../judge/features.ts';
import { mattering } from '../judge/judge.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';
import { refusal } from './reasonsFor.ts';

interface Sort {
  readonly question: string;
  readonly said: RegExp;
  /** Only behind the order; or only where these operations are ordered, or not. */
  readonly behind?: true;
  /** Asked about however it is weighed. */
  readonly isSure?: true;
  /** Takes an order back, where none goes on behind it. */
  readonly isBack?: true;
  /** Of the thing itself, and of no other that is named. */
  readonly isUse?: true;
  readonly of?: RegExp;
  readonly notOf?: RegExp;
  /** Not where another step is that. */
  readonly notBeside?: RegExp;
  readonly unless?: RegExp;
  /** Not where a step before it may be what is spoken of. */
  readonly unlessOfStep?: RegExp;
}

const taking =
  /^(?:delete|stop|detach|unassign-ip|drain|suspend|close-port|cordon|policy\.disable|untag|rollback)\b/;
const breaking =
  /^(?:delete|stop|detach|unassign-ip|drain|suspend|close-port|reboot|rollout-restart|restart|resize\.(?:vm|database)|migrate|rollback)\b/;
const actions = /^action\./;
const yes =
  '(?:approv(?:al|es?|ed|ing)|permission|sign(?:s|ed|ing)? ?(?:it|that|this|them)? ?off|sign-?off|signature|signs?|go-?ahead|go ahead|green light|okay|the ok|agrees?|agreed|decision|decided?|consent|confirm(?:s|ed|ation)?|budget form)';
const open =
  "(?:stil+|yet|ha(?:s|ve) to|must|needs?|missing|pending|waiting|not|(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should|must|need)n['’]?t|first|second|whether|going to|will|rings?|calls?|outstanding|open)";

const sorts: readonly Sort[] = [
  {
    question: 'Which of these are meant, then?',
    behind: true,
    isSure: true,
    said: /^(?:but |and |please )*(?:only|just) (?:those|these|(?:the )?ones|what) \S/,
  },
  {
    question: 'Is that to be done each time? Do it once, now?',
    isSure: true,
    said: /^(?:before|ahead of|prior to|after) (?:each|every|any|all)(?: \w+){1,2}$/,
  },
  {
    question: 'Nobody seems to be against it. Cancel it all the same?',
    of: /^action\.cancel$/,
    said: new RegExp(`(?:\\b(?:not|never|nobody|no one)|n['’]t)\\b.{0,12}\\b${refusal}`),
    isSure: true,
  },
  {
    question: 'Is that to wait? Nothing is run later or on a condition. Do it now?',
    isSure: true,
    said: /^(?:but |and |or |so )*if (?:it|that|this|they|he|she|nobody|no one)\b.*\b(?:not|never|still)\b.*\b(?:by|until|till|before|within)\b/,
  },
  {
    question: 'Is that to wait, or to be put back? Nothing is run later or on a condition. Do it now?',
    behind: true,
    isSure: true,
    said: /^(?:but |and |only )*(?:as|so) long as (?!you\b|it is (?:ok|fine))/,
  },
  {
    question: 'Is that to wait? Nothing is run later or on a condition. Do it now?',
    of: breaking,
    said: /^in case (?!of doubt\b|you\b|u\b)/,
  },
  {
    question: 'Is that taken back? Do it all the same?',
    behind: true,
    isBack: true,
    isSure: true,
    said: /\b(?:it|that|this|which|request|order)(?: is| was|['’]s) (?:just |only )?a joke\b/,
  },
  {
    question: 'Somebody seems to be against it. Do it all the same?',
    of: /^action\.cancel$/,
    notBeside: /^action\.approve$/,
    said: new RegExp(
      `\\b(?:cancel\\w*|withdrawal)\\b.*\\b${refusal}|\\b${refusal}\\b.*\\b(?:cancel\\w*|withdrawal)\\b|\\bapproved\\b`,
    ),
    unless: /\b(?:not|never|nobody|no one|noone|mistake|accident|error|wrongly|if)\b|n['’]t\b/,
    isSure: true,
  },
  {
    question: 'Is that taken back, or is another one meant? Do it as it was said?',
    behind: true,
    isSure: true,
    said: /^(?:(?:oops|sorry|ah|ugh|argh|uh|um|sry|small|my|a|just a|but|and|was a|that was a) )*(?:typo|fat fingers?|autocomplete[d]?|autocorrect(?:ed)?|apologies(?: read)?|my mistake)\b|\bread (?:it|that|this) as\b|^(?:(?:oops|sorry|ah|ugh|argh|no|uh|um|sry) )*wrong (?:branch|window|box|one|tag|number|name|host|cluster|env\w*|place|tab|terminal|line|image|machine|server)\b/,
  },
  {
    question: 'Is another one meant? Do it as it was said?',
    behind: true,
    isBack: true,
    isSure: true,
    said: /^(?:(?:oops|sorry|ah|ugh|no|uh|um|sry|wait|\S+ \?) )*(?:i|we) meant\b(?! (?:it|to (?:ask|tell|say|do it|do this|do that)|no harm))/,
  },
  {
    question: 'Is that so, or is it a guess? Do it all the same?',
    said: /\b(?:one|a|some|my|slight|little|big) doubts?\b|\bhard to tell\b|\b(?:my|a wild|a|best|just a|only a) guess\b|\b(?:i|we) go by memory\b|\b(?:could|may|might) be (?:that )?(?:i|we)['\u2019]?(?:ve|m|re)?\b|\btossing (?:between|over)\b|\bcoin is in the air\b|\bkeep away from\b/,
    unless: /\b(?:no|not a|without|beyond) doubt/,
    isSure: true,
  },
  {
    question: 'Was that done before? Do it all the same?',
    of: /^(?:stop|delete|suspend|policy\.disable|detach|close-port)\b/,
    behind: true,
    said: /^(?:(?:oh|ah|but|nice|i see|same|that|it|this|they|the same)(?:['\u2019]s)? )*(?:is |are |was |were |got |stands? )?(?:already (?:off|gone|removed|deleted|stopped|down|closed)|(?:off|gone|removed|deleted|stopped) (?:already|since|in the morning|this morning))\b/,
  },
  {
    question: 'Was that done before? Do it all the same?',
    of: /^(?:start|policy\.enable|resume|uncordon|open-port|attach)\b/,
    behind: true,
    said: /^(?:(?:oh|ah|but|nice|i see|same|that|it|this|they|the same)(?:['\u2019]s)? )*(?:is |are |was |were |got |stands? )?(?:already (?:on|up|green|running|enabled|back|open|attached)|(?:on|back on|back up|up|green|open) (?:already|since))\b|^turned (?:that|it) (?:back )?on (?:at|this|in)\b/,
  },
  {
    question: 'Is that decided? Do it all the same?',
    said: /\bhands off(?! \u25a1)|\b(?:am|are|is|['\u2019](?:m|re|s)) (?:still )?(?:weighing|considering|debating|pondering|discussing|mulling|thinking about|arguing about|arguing over|torn (?:on|about|over)) (?:that|this|it)\b|\b(?:am|is|are|['\u2019](?:m|re|s)) (?:still )?(?:torn|undecided|in two minds)\b/,
    unless: /\b(?:but|so|yet)\b/,
    isSure: true,
  },
  {
    question: 'Which of these are meant, then?',
    behind: true,
    said: /\b(?:no|sorry|oops|wait),? not (?:that|this|it)\b|\b(?:leave out|skip|forget|drop|ignore|without) (?:the )?(?:step )?(?:first|second|third|last|\d)\b/,
  },
  {
    question: 'Is that taken back? Do it all the same?',
    behind: true,
    said: /\bthat['’]?s (?:the (?:one|box|machine|disk)|where)\b|\bthat would (?:kill|break|hurt|stop|cut|lose|destroy)\b|\b(?:maybe|perhaps)\b|\b(?:although|even though)\b|\bno idea (?:who|whose|if|whether|what)\b|\bdo(?:n['’]?t| not) know (?:who|whose|if|whether|what)\b|\bnot finished\b/,
    unless: /\bwho (?:did|cordoned|stopped|broke|left|started|made)\b/,
  },
  {
    question: 'Is that taken back? Do it all the same?',
    behind: true,
    isBack: true,
    said: /\b(?:no,? wait|(?:(?<=^|\b(?:um+|uh+|no|oh|so|but|sorry) )(?:hold|hang) on(?! to| it))|never ?mind(?! (?:the|that|about|if|how|what))|nvm|scratch that|forget (?:it|that|about|(?:what )?i said)|(?:just |only )?kidding|do(?:n['’]?t| not) you dare|on second thoughts?|then again|ah no|oh wait|or wait|strike that|disregard|please (?:do not|don['’]?t)|turned out to be|is about a different)\b|^(?:(?:oh|um+|uh+|no|and|but|well|so) )*(?:wait(?! for| until| till|ing)|ah|h+m+|oops|actually)\b|\b(?:is|are) (?:void|moot|off the table)\b|\bso (?:dont|do not|don['’]t)$|\b(?:sry|sorry),? (?:i|it|he|she)\b.*\b(?:meant|ment|mean|is|was) (?:the|another)\b|\bdo(?:n['’]?t|nt| not) (?:want (?:it |that |this )?)?any ?more$/,
  },
  {
    question: 'Is it that, or something else? Do it as it was said?',
    behind: true,
    said: /^or (?:rather|is|are|was|were|did|does|do|should|shall|maybe|would|has|have|let|better)\b|\bnot sure (?:who|if|whether|about|which)\b|\blet me (?:look|check|see|ask)\b|\bwould propose\b|\b(?:thinks?|says?|said|wants?|needs?|telling|stay|stays)\b.*\b(?:though|tho)$|\bmight be (?:plenty|enough)\b|\b(?:says?|said|thinks?)\b.*\bwould do\b|\bmake (?:it|that) that\b|\bno longer wants? it\b|\bdoes(?:n['’]?t| not) want it any ?more\b|\bwas the (?:broken|wrong) one\b|\bneeds more (?:memory|space|cpu)\b|\bhave not (?:checked|asked)\b|\bth(?:ough|o)\b.*\b(?:says?|tells?|thinks?|wants?)\b/,
  },
  {
    question: 'Was that done before? Do it all the same?',
    notOf: actions,
    unless: /\b(?:not|never|nobody|noone|worse|better)\b|n['’]t (?!tell)/,
    said: /^(?:was|has been|had been|got) (?:already )?done\b|^happened\b|\b(?:already|just) (?:did|done) (?:it|that|taht|this|so)\b|\b(?:did|done|made|has done|have done|had done) (?:it|that|taht|this|so|one)\b.*\b(?:already|at \w+|ago|this morning|in the morning|yesterday)\b|\b(?:has|have|had|['’]s|['’]ve) just done (?:it|that|so)\b|\bhave already made\b/,
  },
  {
    question: 'Is it asked whether that is so, or is it to be done?',
    said: /\bis (?:that|this|it) (?:really |actually |still )?(?:so|right|true|correct|the case)\b(?! (?:at|after|before|away|now|here|there))/,
  },
  {
    question: 'Somebody else is to do that, or wants to. Do it all the same?',
    said: /\b(?:him|her)self\b|\bthemsel(?:f|ves)\b|(?<!\b(?:i|we)(?: will| am| are|['’]ll|['’]m|['’]re)? )\btak(?:es?|ing) care of (?:it|that|this|them)\b|\b(?:leave|let) (?:it|that|this|the \w+) (?:to|do that|do it)\b|\brather do\b|\bdoing the same\b|\b(?:going to|will|wants to|would like to) (?:do|withdraw|press|handle) (?:it|that|this|the)\b|\bnot for us\b|\bfor \S+ to do\b/,
    unless: /\b(?:cannot|not able|unable|fix themselves|heal|recover|update|by itself)\b|can['’]?t\b/,
  },
  {
    question: 'Is there a yes to that by now? Do it all the same?',
    notOf: actions,
    unless:
      /\b(?:no|without) (?:approval|sign-?off|decision|permission)\b|\bnot (?:need|require)|\b(?:is|was|were|been|already|finally|just) (?:given|signed|approved|agreed|confirmed)\b(?!.*\b(?:not|n['’]t)\b)/,
    said: new RegExp(
      `\\b${open}\\b.*\\b${yes}\\b|\\b${yes}\\b.*\\b(?:still|missing|pending|outstanding|whether|waiting|discussed|tomorrow)\\b|\\byet to\\b|\\bshould decide\\b`,
    ),
  },
  {
    question: 'Somebody seems to be against it. Do it all the same?',
    notOf: actions,
    said: new RegExp(
      `\\b${refusal}\\b|${/\b(?:forbade|forbids|forbidden|advised against|undecided|voting (?:on|about)|decides? whether|deciding whether|objects?|objected|objecting|disagrees?|disagreed|opposes?|opposed)\b|\b(?:says?|said|told|tells?)(?: us| me)?(?: to)? (?:do not|don['’]?t|dont|not to)\b|\bhas told not\b|\binsisted? on\b|\b(?:is|are|was|were|been|spoke|votes?|voted) against (?:it|that|this)\b/.source}`,
    ),
    unless:
      /\b(?:complain|request|claim|customer|payment|card|connection|login|logon|access|permission|user|mail|order|traffic|offer|extension)s? (?:(?:was|were|is|are|got|been|gets?|keeps? being|all) )*(?:rejected|refused|denied|declined|turned (?:away|down))\b(?! by (?:the|our|legal|finance|security|change|management)\b)|\bconnections? refused\b|\b(?:offer|invitation)\b/,
  },
  {
    question: 'Is something to come first, or to end before? Do it now?',
    notOf: actions,
    unlessOfStep: /\bbefore(?:hand| ?that)\b|\bgive it\b/,
    said: /\b(?:stil+|still) (?:ha(?:s|ve|d) (?:to|four|\w+ hours)|needs? to|missing|busy|inside|on (?:it|that|this|them)|in (?:it|the middle)|must|to be|being|copy|open)\b|\bbefore(?:hand| ?that| doing| then)\b(?! please\b)|\b(?:ha(?:s|ve) to|must|should|needs? to) (?:be )?(?:\w+ ){0,4}(?:first|beforehand|before)\b|\b(?:ha(?:s|ve) to|must) (?:be )?(?:off|through|over|out|finished|done|warned|asked|copied|saved|finish|end)\b|\b(?:better|beter) ask\b|\bwants? to be asked\b|\bgoes? in first\b|\blet (?:him|her|them|it) finish\b|\bgive (?:him|her|them|it|me) (?:half|an|some|a few|another|\w+ minutes?|until|till)\b|\bhours? to go\b|\b(?:has|have) (?:it )?booked\b|\b(?:until|till) \S+ (?:\S+ )?(?:may|must|can) n|\b(?:has|have) (?:asked for|requested) time\b|\blook over it\b|\bis (?:just|still) (?:being|going)\b|\bwill (?:give|let|ring|call|tell|shout)\b.*\b(?:once|when|know)\b|\bwe are (?:only )?at step\b|\bexcept that\b/,
    unless: /\b(?:not|never|nothing|nobody|no)\b.{0,12}\b(?:has to|have to|must)\b/,
  },
  {
    question: 'Is something to come first, or to end before? Do it now?',
    isSure: true,
    said: /\b(?:save|copy|export|dump|archive|rescue|secure|download) (?:its|the|all|their|any|our|my|his|her|what|everything)\b.*\b(?:first|before|beforehand)\b/,
  },
  {
    question: 'Is something to come first, or to end before? Do it now?',
    notOf: /^(?:action|start|resume|uncordon|attach|assign-ip|open-port|create)\b/,
    said: /\b(?:stil+|still) needs? (?:a|an|his|her|their|the)\b/,
    unless: /\b(?:not|never|nothing|nobody|no)\b.{0,12}\b(?:has to|have to|must)\b/,
  },
  {
    question: 'Is that to wait? Nothing is run later or on a condition. Do it now?',
    said: /\bonly (?:when|after|if|once) (?!you\b|u\b|that\b|this\b)|\bafter (?:they|he|she|everybody|everyone|the (?:meeting|demo|call|release)|(?:the |my |our |their )?(?:dinner|lunch|breakfast|supper|coffee)|(?:the|my|our|their) (?:game|match|show|concert|party|stand-?up|shift|drill|service|mass|lesson|class|exam)s?)\b|\b(?:as soon as|soon as|the (?:moment|minute)|whenever|once) (?!(?:right|now|straight|immediately|directly|manually|it suits|convenient|you|u|possible|poss|done|created|finished|ready|up|again|more|a|by|in|for|everything|the (?:snapshot|backup|copy|vm|volume|machine|server|node|drain|deployment|namespace|network|instance|database|new)|□)\b)\w+(?: \w+|['’]\w+)/,
    unlessOfStep:
      /\b(?:as soon as|soon as|the (?:moment|minute)|whenever|once) (?:it|thats?|this|they|these|those|both|taken|made|saved)\b/,
    unless: /\bfor once\b|\bat once\b|\bnow (?:and )?once\b/,
  },
  {
    question: 'Is that for a later time? Do it now?',
    behind: true,
    said: /\bnot (?:earlier|before|now|today|yet)$|\bno earlier\b|\bpay for it (?:earlier|before|until|till)\b|\bmust ?n['’]?o?t cost\b|\bfrom \w+day on\b|\b(?:tonight|tomorrow|monday|friday) will do\b|\bthat['’]?s when\b|\bonly (?:in|at) (?:the )?(?:night|weekend)\b|\b(?:released|releasing|available|there|ready) (?:the same )?(?:on|only|from|next) (?:\w+day|tomorrow|next)\b|\b(?:and )?so should this\b|\bsome ?day\b|\b(?:shall|should) (?:count|begin|start|apply) from\b|\bat most$|\bat that time$|\bthat (?:day|morning|evening|night|afternoon)$|\bshort(?:ly)? before$|\bfor the days\b|\bwill tell (?:you|us|me)\b/,
  },
  {
    question: 'It is still in use, as that says. Do it all the same?',
    isUse: true,
    of: breaking,
    unless:
      /\b(?:nobody|noone|no one|not|no|never|nothing|hardly|none|nobdy|neither)\b|n['’]t\b|\bslow|\bhang(?:s|ing)?\b|\bloop(?:s|ing)?\b|\bstuck\b|\blagging\b|\bhung\b|\berror|\bfail|\bcrash|\bcomplain|\bcannot\b|\bfreez|\bfrozen\b|\bpay\b|\bwaiting\b|\bpaying\b|\bburning\b|\bcosting\b/,
    said: /\bstil+ (?:uses?|reads?|sends?|works?|needs?|needed|runs? on|log in|logged|active|connected|writes?|used|\w+ing)\b|\b(?:writing|uploading|working|connected|logged in|looking|busy|reading|clicking|serving|(?:taking|handling) \w+)\b.*\b(?:right now|at this (?:very )?moment|at the moment|just now)\b|\bis (?:just )?being (?:built|written|copied|used|tested) on\b|\bis just going out\b|\b(?:half ?way|in the middle|mid-?\w+)\b|\bstill on (?:it|them)\b|\b(?:i|we) need (?:the files|the data|it back|them back)\b|\bruns on it (?:until|till|every|daily)\b|\bworks? on (?:it|them) (?:every|daily|all)\b|\bwould lose\b|\bhas reserved\b|\bnot want to cut\b|\bstays? (?:another|for another|one more)\b|\bwants? to \w+ .*\bfirst$/,
  },
  {
    question: 'It is wanted still, as that says. Do it all the same?',
    isUse: true,
    of: taking,
    unless: /\b(?:nobody|noone|no one|never|nothing|hardly|none)\b|\bafter all\b/,
    said: /\bwants? (?:it|them|one)(?: both)? (?:back|again|agian)\b|\b(?:hold|hang) on to\b|\b(?:to keep|be kept|keep (?:those|them|the))\b(?! (?:an eye|up with|on|other|rest|others))|\bneeds? it (?:open|up|on|running) (?:until|till)\b|\bwants? to copy\b|\bshould remain\b|\bmay (?:stay|remain)\b|\bcontinues? until\b/,
  },
  {
    question: 'Is one of them, or another one, meant? Do it as it was said?',
    behind: true,
    said: /\b(?:the )?(?:second|other) (?:one|two|runners?|ones)\b|(?<!\bdo )\bthe same (?:goes(?! for$)|for(?!$))\b|\bothers? need\b|\b(?:them|it|that) (?:also|too|as well)$|\bnumber \d\b|\b(?:nobody|no one|noone) else\b|\bonly while\b|\boff limits\b|\bleave the (?:\S+ )?(?:where|alone|out|as|on|up)\b|\bleave the \w+$|\bcan die\b/,
    unless:
      /\bnot the other\b|\b(?:first|last|second|other) one (?:was|is|went|goes (?:down|off|into|in|under)|got|failed|crashed|died|broke)\b|\b(?:maintenance|repairs?|works?|working|patching|patches|tests?|an? (?:upgrade|update|check)|upgrades?|updates?|repair(?:ing)?) (?:today |now |tonight )?(?:on|at|in) the (?:second|other)\b/,
  },
  {
    question: 'From where is it to be open? Do it as it was said?',
    of: /^open-port\./,
    said: /\bonly\b|\b(?:nobody|no one|noone) else\b/,
  },
];

/** "yesterday I had to scale …", "I told him to reboot …": what was done, or is asked of another. */
const past = /\b(?:(?:i|we|he|she|they) had|(?:was|were) going|used|(?:told|asked) (?:him|her|them)) to$/;
const months = 'january|february|march|april|may|june|july|august|september|october|november|december';
/** "they come on Friday, delete it after that": the day that is told of is the order's. */
const thereafter = new RegExp(
  `\\b(?:\\w+day|${months}|tomorrow|tonight|the \\d+(?:st|nd|rd|th)|in \\w+ (?:minutes|hours|days))\\b.*\\b(?:then|after that|that (?:day|morning|evening|night|afternoon))\\W*$`,
);

const ownLook =
  /^(?:because |since |as |cause )?(?:i|we) (?:still )?(?:have to|need to|want to|must|will|would like to) (?:still )?(?:look at|look into|check|read|see|inspect|analy[sz]e|debug|go through|examine) (?:them|those|these)(?: first| later| tomorrow)?$/;
const staying =
  /\b(?:should|must|shall|have to|need to|are to|can|may) (?:stay|remain|be kept|be left)\b|^(?:but |and |please )*(?:keep|leave) (?:the|those|all the)\b/;

/** Below this the judge knows better than a sort of words: "dead since midnight" is no use of it. */
const surelyTold = (deed: Deed, isBack: boolean): number => (deed === 'destroys' || isBack ? 0.08 : 0.18);

/** What beside the order speaks against it. */
export function saidAgainst(plan: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const evidence = evidenceOf(plan, cells);
  if (evidence.length === 0) return undefined;
  const deed = deedOf(plan.steps[0]!.operation);
  const verb = plan.steps[0]?.evidence.find(({ part }) => part === 'verb');
  const lead = textOf(cells.filter(({ end }) => verb !== undefined && end <= verb.start).slice(-4));
  if (plan.steps.length === 1 && (past.test(lead) || thereafter.test(textOf(cells))))
    return { about: 'op', question: 'Is that told, or for later? Do it now?' };
  // "freeze is lifted, bring it up": what begins like a verb is what is spoken of.
  const isSubject = ({ evidence: own }: PlanReading['steps'][number]): boolean => {
    const at = cells.findIndex(({ start }) => start === own.find(({ part }) => part === 'verb')?.start);
    const [before, next] = [cells[at - 1], cells[at + 1]];
    const isLed = before !== undefined && !isWord(before, 'comma', 'stop', 'colon', 'and');
    return at >= 0 && !isLed && isWord(next, 'be', 'have') && senseOf(cells[at], 'verb')?.form === 'base';
  };
  if (plan.steps.some(isSubject)) return { about: 'op', question: 'What of that is to be done?' };
  const first = Math.min(...evidence.map(({ end }) => end));
  const beside = clausesOf(cells).flatMap((one) => besideOf(one, evidence));
  for (const [at, clause] of beside.entries()) {
    // "the failed ones should stay, i still have to look at them": at those that stay.
    if (ownLook.test(textOf(clause)) && at > 0 && staying.test(textOf(beside[at - 1]!))) continue;
    if (isOfSpared(clause, cells)) continue;
    const isBehind = clause[0]!.start >= first;
    const found = sortOf(clause, plan, isBehind, evidence);
    const bound = surelyTold(deed, found?.isBack === true);
    if (found?.isSure || (found && mattering(clause, isBehind ? 'behind' : 'before', deed) > bound))
      return { about: 'op', question: `"${textOf(clause)}": ${found.question}` };
  }
  return undefined;
}

/** The sort of words of a clause that speaks against a plan. */
function sortOf(
  clause: readonly Cell[],
  plan: PlanReading,
  isBehind: boolean,
  evidence: ReturnType<typeof evidenceOf>,
): Sort | undefined {
  const said = textOf(clause);
  // "…, no wait, dev, to t3.medium": it was taken into the order.
  const isTakenIn = evidence.some(({ start }) => start >= clause.at(-1)!.end);
  const targets = new Set(
    plan.steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])),
  );
  // "stop a, b is still needed"
  const isOfOther = clause.some((cell) => {
    const name = cell.quoted || isWord(cell, 'filler', 'prep') ? undefined : senseOf(cell, 'name');
    return name?.exact === true && !name.ids.some((id) => targets.has(id));
  });
  return sorts.find(
    (sort) =>
      (!sort.behind || isBehind) &&
      !(sort.isBack && isTakenIn) &&
      !(sort.isUse && isOfOther) &&
      plan.steps.some(
        ({ operation, args }) =>
          args.cidr === undefined && (sort.of?.test(operation) ?? true) && !sort.notOf?.test(operation),
      ) &&
      !plan.steps.some(({ operation }) => sort.notBeside?.test(operation)) &&
      sort.said.test(said) &&
      !sort.unless?.test(said) &&
      !(plan.steps.length > 1 && sort.unlessOfStep?.test(said)),
  );
}

/** "stop all of them except a, that's the one she works on": of what is left out. */
function isOfSpared(clause: readonly Cell[], cells: readonly Cell[]): boolean {
  const before = cells.slice(0, cells.indexOf(clause[0]!));
  const except = before.findLastIndex((cell) => !cell.quoted && isWord(cell, 'except'));
  const between = before.slice(except + 1);
  return (
    except >= 0 &&
    /^(?:that|it|which|who|this|those|these|they)\b/.test(clause[0]!.low) &&
    senseOf(between[0], 'name') !== undefined &&
    between.every((cell) => senseOf(cell, 'name') ?? isWord(cell, 'comma', 'stop', 'and', 'open'))
  );
}

/** What of a clause gave nothing: all of it, or what stands before the first and behind the last word that did. */
function besideOf(
  clause: readonly Cell[],
  evidence: PlanReading['steps'][number]['evidence'],
): readonly (readonly Cell[])[] {
  const isUsed = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => cell.start < end && start < cell.end);
  const from = clause.findIndex(isUsed);
  if (from < 0) return [clause];
  return [clause.slice(0, from), clause.slice(clause.findLastIndex(isUsed) + 1)].filter(
    (part) => part.length > 1 || (part[0]?.words ?? 1) > 1,
  );
}

const textOf = (cells: readonly Cell[]): string =>
  cells
    // "that's" is two words that are written as one.
    .filter((cell, at) => cell.end === cell.start || cell.start !== cells[at - 1]?.start)
    .map((cell) => (cell.quoted || senseOf(cell, 'name')?.exact ? '\u25a1' : cell.text.toLowerCase()))
    .join(' ');
