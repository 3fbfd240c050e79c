// Words that put an order off or take it back: "not yet", "after lunch", "once the board approved", "forget it", "finance told
// me to", "alice will stop web-1", "stop some of them". Names and quotes are data and hold nothing. It looks at every form
// of the text there is, so that no frame taken off before can hide a hold. Called by `heldBack`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { isFlavor } from '../freeOrder/chunks.ts';
import { isRemark } from '../told/remarks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import { consent, isForLater, waits, waitsForOthers } from './later.ts';
import { isOrder } from './noOrder.ts';
import { type Doubt, isCancelled, isObjected, leftAlone, partsOf } from './objections.ts';
import { isOthersDeed, isOwnDeed } from './othersDeeds.ts';
import { withoutReasons } from './reasonsFor.ts';
import { isSomeInState } from './someInState.ts';

const others =
  'i|he|she|they|my boss|the boss|boss|finance|the board|management|legal|security|the customer|the client|the team|the dba|the owner|somebody|someone|everybody|everyone|cab|the cab|the manager|my manager';
const people = `${others}|you|we`;
const occasions =
  'lunch|breakfast|dinner|midnight|noon|work|hours|working hours|office hours|business hours|the weekend|the holidays|the meeting|the standup|the stand-up|the call|the demo|the launch|the release|the maintenance|the maintenance window|the freeze|the change freeze|the break|the weekly|the review|the backup|the backups|the game|the match|the shift|the handover|handover|shift change|shift end|xmas|christmas|easter|the deadline|the sale|black friday|go-live|the go-live';
const weekdays = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';

const refused =
  'cancell?ed|canceled|denied|rejected|declined|withdrawn|postponed|pending|proposed|suggested|delayed|closed|on hold|not approved|unapproved';
const requests =
  'requests?|changes?|tickets?|orders?|tasks?|work|maintenance|window|chg|cr|rfc|patch\\w*|releases?|freeze|sprint|cleanup|clean-up|migration|rollout|deployment|decom\\w*';

/** Ways to put an order off, over text with names and quotes blanked. */
const postponed: readonly RegExp[] = [
  /\bnot (just |quite )?(yet|now|today|right now|right away|immediately|at once|straight away)\b/,
  /\b(do not|never) (actually |really )?(run|execute|do|apply|start|submit|trigger|perform|fire|carry|press|commit|act)( on)?( (it|this|that|them|anything|out))*( (yet|now|today|before|until|till|unless|without|but|,|\.|!|\)|for the moment|for now|so far)|$)/,
  /\b(nothing|none|neither|not any) (of|from) (this|these|that|it|the following|them)\b/,
  // "put off the reboot of jenkins"
  /\b(put off|putting off|postpone|postponing|defer|deferring|delay|delaying) (the|my|our|this|that|any|all|[a-z]+ing)\b/,
  // "drain a and b, not same time": in which order, and how far apart?
  /\bnot (at )?(the )?(same time|once|together|simultaneously|parallel|in parallel|concurrently|all at once|both at once)\b/,
  /\b(hold off|hold back|hold your horses|hold fire|stand by|standby|(?<!\bput (?:\S+ ){1,6})on hold)\b/,
  new RegExp(
    `(?<!\\b(?:not|cannot|never|no need to|without)\\b[^,;.]{0,20})\\b(wait|hold|pause)( on| up)?( with (it|this|that))? (until|till|for|before) (${people}|approval|confirmation|a sign|the sign|the go|the ok|my|our|his|her|their|${occasions}|${weekdays}|tomorrow|tonight)\\b`,
  ),
  new RegExp(
    `\\bafter (${occasions}|${weekdays}|(${others}) (am|are|is|have|has|get|gets|come|comes)|(${people}) (say|says|tell|tells|${consent}))( |$)`,
  ),
  new RegExp(`\\bnot before (${occasions}|${weekdays}|${people}|tomorrow|tonight|\\d)`),
  /\bnot (until|till|while|whilst|when|during|as long as|before|if|unless) /,
  new RegExp(
    `\\b(when|once|as soon as|only when|only after|only once|the moment|if|until|till|after(?! (?:that|this|it|which|them)\\b)) (.{1,40} )?(has |have |is |are |was |gets |get |got |been )*(${consent})\\b`,
  ),
  /\b(when|once|as soon as) (i|we|he|she|they|you) (am|are|is|get|gets|come|comes) (back|here|in|home|there|ready|in the office|online)\b/,
  /\b(pending|subject to|awaiting|waiting for|needs|requires|still needs|wants) (.{1,20} )?(approval|sign-?off|confirmation|review|consent|permission|a go|clearance)\b/,
  /\b(for|some) (later|another day|another time)$/,
  /\b(just |only )?thinking (about|of)\b/,
  new RegExp(
    `\\b(it|that|this) (should|must|is to|has to|shall|needs to|will|ought to) (only )?(happen|take place|occur|be done|start|run)( only)? ((at|by|after|around|on|in) )?(\\d|noon|midnight|tomorrow|tonight|later|next|the (morning|evening|night|afternoon)|${weekdays})`,
  ),
  /\b(but|and)( please)?,? (first|before that),? (please )?(make sure|check|verify|ensure|ask|confirm|see|clarify|wait|notify|warn|inform|announce|post|tell|let)\b/,
  /\bbut(?: please)?,? (?:notify|warn|inform|announce|post|tell|let|wait|ask)\b[^,;]* (?:first|before|beforehand)[ .!]*$/,
  // "maybe restart web-10"
  /^ *(maybe|perhaps|possibly|probably)(?! (just|you|u|someone|somebody|we|i|it|can|could|please)\b)/,
  // "INC-4 (cancelled): …", "[done] …", "done: …"
  /[([] *(cancell?ed|done|rejected|declined|closed|on hold|resolved|obsolete|denied|withdrawn|wontfix) *[)\]]|^ *(done|cancell?ed|rejected|closed) *:/,
  // "jenkins-home is full, maybe bump it"
  /[,;.] *(maybe|perhaps|possibly) (?!(just|you|u|someone|somebody|we|i|it|can|could|please|because|since|due|a|an|the|some)\b)[a-z]+ (it|them|that|this|\u25a1)\b/,
  // "delete them maybe"
  /\b(maybe|perhaps|possibly)[ .!?]*$/,
  // "status: cancelled", "approval: denied"
  /\b(status|state|approval|approved|decision) : (cancell?ed|rejected|denied|declined|closed|withdrawn|draft|pending|on hold|no|not|open|missing)\b/,
  // "rejected change: …", "maintenance tonight: …"
  new RegExp(
    `^ *(?:[\\p{L}\\d#-]+ ){0,3}?(?:(?:${refused}) (?:${requests})|(?:${requests})(?: (?:is|was|has been|got))? (?:${refused})|(?:${requests}) (?:tomorrow|tonight|later|next \\w+)|(?:next|future|upcoming) (?:${requests}|week|month)|proposal|suggestion|idea|draft)(?: [\\p{L}\\d#-]+){0,2} [:–—-] `,
    'u',
  ),
  /^ *(never|do not|don't|(?:an? )?(?:example|sample|test|dummy)(?: (?:ticket|request|change|order|command))?|for example|e ?\.? ?g ?\.?|draft|a draft|hypothetical(ly)?|in theory|theoretically|imagine|suppose) *[:,–—-]/,
];
/** "…, the maintenance is tonight": then, perhaps, and not now. A snapshot is taken before. */
const comingWork =
  /[,.;:] *(the |our )?(maintenance|maintenance window|change window|window|change|patching|migration|upgrade|cutover) (is|starts|begins|happens|takes place) (only )?(tonight|tomorrow|later|next|at \d|on (mon|tues|wednes|thurs|fri|satur|sun)day)/;
const back =
  '(it is |it was |i am |we are )?(already done|done already)|(oh |ah |no |hm |hmm )?(wait|hold on|hang on)[ ,.]+(it is|that is|they are|it|all|everything is) *(all )?(fine|ok|okay|good|back|up|running|working|solved|resolved|works)|no|no thanks|no thank you|nope|nah|my bad|never ?mind|nvm|nevermind|forget (it|that|about it|about that|this)|((i am|i was|we are) )?(just |only )?(kidding|joking)|jk|false alarm|(please )?(ignore|disregard) (that|this|me|my last|it)|(scratch|strike|cancel|belay) (that|this|it)|(i )?(have )?changed my mind|on second thoughts?( no)?|(no|nah|nope|hmm|wait|actually|oh|or)[ ,.-]*(leave|let) (it|that|them)( alone| be| as it is| running)?|do not do (it|that|this)|(or )?(better|rather) not|(wait|hold on|hang on|not really|no wait)';
const takenBack = new RegExp(
  `[,.;:!?()\\u2026–—-] *(no |no, |oh |ah |hmm |hm |well |actually |sorry |sorry, |ok |but |and |wait |wait, |[,.\\u2026-] ?)*(${back})(( [,.;:!?()\\u2026–—-])|( (please|sorry|thanks|lol|after all|for now|then|guys|folks|all|again|it|forget it)))*$`,
);

/** Told of an order instead of giving one, or asking whether to give it. */
const doubted: readonly RegExp[] = [
  // "nobody wants the tag on web-1": all that is said.
  // "we might delete it", "we plan to delete it", "i am about to": no order yet.
  /(^|[,;.!] *)(i|we|they|he|she|somebody|someone|one) (also |still |just |really )?(might|may|plan|planned|intend|hope|am about|are about|were about|was about|am planning|are planning|were planning|(was |were |am |are )?thinking)( well| also| still)? (to )?(?!i |we |you |want |need |use |be |have )[a-z][^,;]*$/,
  /^ *(nobody|no one|noone) (?!.*\b(so|please|and|hence|therefore)\b)[^,;:.!]*[.! ]*$/,
  // "…, the team is against it", "…, that is not allowed", "…, i am not sure"
  // "clean up the disk of jenkins": what is on it.
  /\b(?<!\b(?:an?|new|the|one|another) )(clean|clear|free|tidy|sweep|flush|empty)( up| out)? (the |its |his |some )?(\w+ )?(disks?|drives?|storage|filesystems?) (of|on|in)\b/,
  /\b(disagrees?|objects|is against (it|that|this)|(is|are) not (allowed|permitted) ?(to|$|[.!])|forbids|unsure|not (so |quite |really |entirely )?sure( (if|whether|about)\b|[ .!]*$)|would be (wrong|a mistake|overkill|nonsense|crazy|madness|wasteful|silly|stupid|a waste|a bad idea|too \w+)|(?<=\b(?:it|that|this|which|all|order|request|command)) (was|is) (just |only )?a joke|(nobody|no one) (wants|approves|approved|allows|allowed) (it|that|this))\b/,
  /\b(does|do) not want (it|that|this)[ .!]*$/,
  // "delete kafka-1, kafka-2 is the broken one"
  /\u25a1 (is|was) (really |actually )?the (\w+ )?one\b/,
  /\b(i|we) (really )?doubt\b/,
  /[,.;-] *(maybe|perhaps|probably|possibly|i (guess|think|suppose|believe))[ .!?]*$/,
  /\b(then|and|or|later|afterwards),? (maybe|perhaps|possibly)\b/,
  /\b(might|may) want to\b|\b(could|would|might) it (help|make sense|be (good|better|wise|safe|enough|right|smart|sensible|useful|an idea|a good idea))\b/,
  // "the plan is to stop it"
  /\b(the|our|my|his|her|their|one) (plan|idea|proposal|suggestion|intention|hope|thought|goal|(?<!(my|our) )wish) (is|was|would be|might be) (to|that)\b/,
  // "never mind the reboot of jenkins"
  /^ *(ok |oh |no |please )*(never ?mind|forget( about)?|disregard) (the|that|my|our|about)\b/,
  /\b(not sure|unsure|not certain|no idea)\b(?! (why|what|how|who))/,
  // "the dev vms will be stopped by bob"
  /\b(will|shall|going to) be [a-z]+ by [a-z]/,
  // "web-1 should be rebooted by bob", "web-1 will be deleted", "it could be stopped", "web-1 should reboot itself"
  /\b(be|gets?|being) [a-z]+ed by (?!(hand|now|then|noon|midnight|tonight|tomorrow|today|\d|a|an|the|half|one|two|\u25a1)\b)[a-z]/,
  /(?<!\bif .*)\u25a1 ((will|might) be (?!appreciated|needed|required|wanted)[a-z]+ed|(would|could) be (deleted|removed|terminated|destroyed|dropped|wiped))\b(?!.*\b(please|pls)\b)|\u25a1 \S* ?(should|must|can|will|has to) be able to\b/,
  /\b(should|must|can|will|shall|has to|needs to) [a-z]+ (itself|themselves|(by|on) (its|their) own)\b/,
  // "tell bob to reboot web-1"
  /^ *(please |pls )?(tell|remind|inform|advise|ask|instruct) (?!me\b|us\b)\S+( \S+)? to\b/,
  // "make a note to stop jenkins", "get ready to scale web"
  /^ *(?:please |pls )?(?:(?:make|take|add|leave|write|put|create|open|file|raise|draft|send)(?: me| us)? an? (?:\w+ )?(?:note|todo|to-do|reminder|ticket|task|memo|entry|item)|(?:get|be) (?:ready|prepared)|remember|prepare|write down|jot down|note down)(?: for (?:me|us|later))? ?(?:to|:|for|that) /,
  // "no need to restart coredns", "we could restart it", "imagine we stop it"
  /^ *(?:there is |we have |you have |ok |so )?(?:no (?:need|reason|point)|not necessary|unnecessary) (?:for (?:you|us|anyone|anybody) )?(?:to|in) (?!ask|worry|wait|hurry|confirm|rush|reply|keep|be\b|answer)[a-z]/,
  // "it is not necessary to reboot web-1"
  /\b(?:is|are|was|will be|would be|seems) (?:(?:really|absolutely|actually|certainly|probably) )?(?:not|no longer|no more|hardly|never|not yet|not longer|nt) (?:(?:really|strictly|absolutely|yet|longer|now|at all|any more) )*(?:necessary|needed|required|requested|wanted|desired|important|urgent|advisable|essential|permitted|allowed)(?: (?:for|of) (?:you|us|me|anyone|anybody))?(?: any ?more| any longer| yet| now)? (?:to|that)\b[^,;.]*[.! ]*$/,
  /^ *(?:dry run|dry-run|imagine|hypothetically|theoretically|in theory)\b/,
  /^ *(?:we|one) could (?!use|need|do with|really use)[a-z]+ (?!you\b|we\b)/,
  // "restart coredns was what fixed it", "web in prod will be scaled to 8"
  /\b(?:was|is|were) (?:what|how|why) [a-z]+ed\b/,
  /\b[a-z-]+ will be (?!appreciated|needed|required|wanted|used)[a-z]+ed to\b(?!.*\b(?:please|pls)\b)/,
  // "stop a (b too?)", "restart a and, worst case, b"
  /[(;.] *(?:and |maybe )?(?:the )?\S+ (?:too|also|as well) *\?/,
  /\b(?:worst case|if need be|if worse comes to worst|in the worst case)\b/,
  // "stop jenkins or not?"
  /\bor (not|leave (it|them)( alone)?|keep (it|them))[ ?.!]*$/,
  // "vol-data should have been 300 GB", "it was to be 300 GB": told, and not wished for
  /\b(should|could|would|must|ought to) have (been|had|[a-z]+ed)\b|\bused to be\b|\b(was|were) (supposed |meant |going |planned )?to (be|have|get)\b/,
  // "…, should we go r6g.xlarge", "…, what would it cost?", "cart is at 5, right?"
  /(^|[,.;:!?–-]) *(so |and |or |but |then )*(should|shall) (we|i)\b/,
  /\bwhat (would|does|will|do) (it|that|this|they) cost\b|, *(right|correct|is it not|am i right) *\?/,
  // "poc-kafka can go, poc-elastic too soon", "delete tmp-* but check with me"
  /\btoo (soon|early|important|risky|dangerous|valuable|fresh)\b/,
  /\b(check|confirm|clear|verify|discuss|coordinate|align)( it| this| that)?( first)? with (?!□)\w+|\b(i|we|you|let me|let us|must|should|need to|have to|please|first|to|and|but|will|could|then) (first )?(talk|speak) to (?!□)\w+|^ *(talk|speak) to (?!□)\w+|\brun (it|this|that) by\b|\bask (me|us|him|her|them)\b/,
  // "…, i would rather keep it", "…, i have to ask my boss", "…, ill tell you when"
  /\b(would|should|had) rather (keep|not|leave|wait|have (it|them|that|this)|stay)\b/,
  /\b(i|we) (will|have to|need to|must|should|want to|still have to|am going to) (still |first |just )?(ask|consult|talk to|check with|speak to) (?!you\b|for\b)/,
  /\b(i will|we will|ill) (tell|say|let you know|tell you|ping you|shout) when\b/,
  // "stop a, and also b? no just a"
  /\? *(no|nope|nah)\b(?! *[?.!,]* *(ok|okay|then|so|good|alright|well|great|fine|right)\b)/,
  // "nobody wants env=dev on a"
  /^ *(nobody|no one|noone) (wants|asked for|ordered) (?!(it|this|that|them)\b)[^,.;:]*$/,
  // "…, do not add it yet"
  /\b(?:do not|dont|don['’]?t) (?!need|use|want|miss|have|know|see|care|like|run|get)[a-z]+(?: [a-z]+)? (?:it|that|this|them|anything) (?:just )?(?:yet|now|today|for now|right now|right away)[ .!]*$/,
  // "delete it not"
  /\b(it|them|that|this) (not|never)( please)?[ .!]*$/,
  /\b(nobody|no one|no-one|noone|none of (us|them)|never|nothing)\b.{0,20}\b((told|tells|asked|asks|ordered|instructed|wants|wanted) (me|us|you)|said so|says so)\b/,
  // "reboot a (bob will do it)"
  /(^|[,;(:.-] *)(?!(it|that|this|which|who|he|she|nobody|cron|i|we|you)\b)[a-z]+ (is doing|will do|will take care of) (it|that|this|them)\b/,
  // "reboot it sometime", "alice opposes", "preferably never"
  /\b(sometime|some ?day|one day|at some point|one of these days|eventually|in the future|down the road|preferably (not|never))[ .!]*$/,
  /\b(opposes|is opposed|are opposed|opposed it|vetoed|vetoes|protests|is against it|are against it)\b/,
  // "please be informed that a shall be rebooted"
  /\b(be|am|are|been|was|were) (hereby )?(informed|advised|notified|aware) (that|of|about)\b/,
  /\b(is (that|it|this) (really |still )?(safe|ok|okay|right|wise|correct|sane|allowed|legit|fine|true|a good idea)|(should|shall) (i|we)( really| do (it|that))?|what do you think|do you agree|is that so)[ ?.!]*$/,
];
/** "would it be okay to delete alice-key": a wish where it can be undone, a question where something would be gone. */
const allowed =
  /\b(could|would|might|is) it (be )?(ok|okay|fine|alright|all right|possible) (to|if|for you to)\b/;

/** "nobody should reboot web-1", where nothing else is said. */
const forbidden =
  /^ *(nobody|no one|noone|none of (you|us)) (should|shall|must|may|is to|is allowed to|has to|needs to)\b/;
/** "delete alice-key, she might come back though". */
const regretted =
  /\b(she|he|they|we|i|it|someone|somebody) (might|may) (still |well |yet )?(come back|(need|want|use) (it|them)( again| later)?|be (needed|used|wanted))\b/;
/** "we use old-wiki, delete it". */
const inUse =
  /(?:^|[,;.] *)(?:(?:since|because|as|but|and|though|although) )?(?!(?:nobody|no|noone|none|nothing|who|it|which|that|what|hardly|never)\b)[a-z]+ (?:all |both |do |does |really |actively |daily |still )*(?:use|uses|need|needs|rely on|relies on|depend on|depends on) (?:the |our )?(?:\u25a1|it|this|that|them)(?: (?:a lot|daily|every day|heavily|still))? *(?:[,;.]|$)|,? but (?!(?:nobody|no|noone|it|that|this|which)\b)[a-z]+ (?:still )?(?:does|do)[ .!]*$/;
/** What somebody else wants destroyed is for the person to order. */
const bidden =
  /\b(told|asked|ordered|instructed|reminded|begged) (me|us) to\b|\b(i|we) (was|were|have been|had been|got|am|are) (told|ordered|instructed|advised) to\b|\b(says?|said|wrote|writes|states|reads|suggests?|recommends?) ?(:|to|that|we|i|you|should|must|can|please| )*(delete|terminate|remove|drop|destroy|kill|wipe|nuke|purge|get rid of)\b/;

/** "then i will delete it", "stop it rather than delete it": a deed of their own, or none. */
const ownDeed =
  /\b((instead of|rather than|in place of|in lieu of) |(i|we|he|she|they|somebody|someone) (will|shall|am going to|are going to|is going to) (then |later |just |also |probably )*)(delete|terminate|remove|drop|destroy|kill|wipe|nuke|purge|get rid of)\b/;

/** "delete it after checking the logs": who checks, and what for? */
const checked =
  /\b(after|once|when|as soon as) (i |we |you |having |you have |we have |i have )?(check|look|review|verif|inspect|read|confirm|mak(e|ing) sure)\w*\b/;

/** "stop one of the workers", "half of the vms": not all of them, and not said which. */
const partly =
  /\b(?:bigger|smaller|larger|older|newer|younger|slower|faster|cheaper|longer|shorter|higher|lower|better|worse|former|latter)(?: ones?)? of (?:the|them|those|these|both|our|my)\b|(?<!\b(every|each|single|any) )\b(one|half|most|some|few|couple|several|part|many|majority|third|quarter) of (the|our|my|these|those|all|them|your)\b|[,(] (only |just |in |for )*(one|some|certain|most|several|a few|few|half) (namespaces?|ns|regions?|clusters?|clouds?|accounts?)\b/;

const another = new RegExp(
  `(?<!\\b(?:until|till|til|for|by|since|from|before|of|to|than|due|in|about|is|are|talk|speak|chat|see|you|more|explain|details|continue|reply) )(?<!\\b(?:before|ahead of|prior to|for|in time for) (?:the|our|my|your|a) (?:[a-z-]+ ){1,3})\\b(tomorrow( (morning|noon|afternoon|evening|night))?|tonight|later( (today|on|this (week|month|evening|afternoon)))?|this (evening|afternoon|weekend)|(at|on|over) the weekend|(on|next) (${weekdays})|next (week|month))( (at|around|by) (noon|midnight|\\d[\\d:]*( ?(am|pm|utc|h))?|[a-z]+( (am|pm))?))?( (please|pls|thanks|ok|then))*$`,
);
/** Behind an order, with no step of its own: "once the backup is verified". */
const awaited =
  /^(.* )?(but |and |only )*(after|once|as soon as|when|whenever) (?!(that|it|this|done|you|we)\b).*\b(is|are|has|have|gets|get|been)\b/;

/** "delete it after checking the logs": something that is to be done first, and is no step. */
const following =
  /\b(after|once|upon|following) (you |we )?(have |having )?(?!(that|this|it)\b)[a-z]{3,}ing\b(?! (hours|time)\b)/;

/** "reboot a after you took it out of b": a step that is none of the plan. */
const takenFirst =
  /\bafter (you|u) (have |had )?(?!(are|is|have|finish\w*|done|get|see|read|come|wake)\b)[a-z]+/;

const link = /^(but |and |only )*(after|once|as soon as|when|whenever)\b/;
const purpose =
  /^(to|in order to|so that|because|since|as|for) |^(i|we|he|she|they|nobody|everybody|people|users|customers) (?!.*\b(want|need|like|request|ask)\b)/;

const explaining = /^(reason|justification|rationale|background|purpose|why)$/;

/** "it is not needed tonight" says why. */
const unneeded = /\b(is|are) (not (needed|used|required|wanted|in use)|unused|idle|free|needed|back)\b/;

const past = /\b(was|were|had|has been|have been|did|got|went|left|quit|retired|joined)\b/;
/** Why, behind the order: "as she left on friday". */
const why =
  / (because|since|as|so that|cause|cuz) (i|we|he|she|they|it|the|our|my|nobody|people|that|this) .*$/;

/** "if that is okay", "when you have a moment": no condition. */
const isCourtesy = (cell: Cell): boolean =>
  !cell.quoted &&
  cell.words > 2 &&
  isWord(cell, 'filler') &&
  /^(only )?(if|when|whenever|once)\b/.test(cell.low);

/** "if you can boot it let me know": whether it could be done. */
const condition =
  /\b(?:if|whether) (?:you|u|we|i|it|one|somebody) (?:can|could|may|might|will|would|should|are able to|is able to) \S[^,;.]*\b(?:let (?:me|us) know|tell (?:me|us)|please advise|give (?:me|us) a shout)\b/;

/** How an order is held, if it is; the steps are those that were understood. */
function holdOf(cells: readonly Cell[], { steps: all }: PlanReading): 'postponed' | 'takenBack' | undefined {
  const steps = all.length;
  if (condition.test(plainText(cells))) return 'postponed';
  const text = plainText(cells.filter((cell) => !isCourtesy(cell)));
  if (takenBack.test(text)) return 'takenBack';
  if ([...postponed, ...doubted].some((pattern) => pattern.test(text))) return 'postponed';
  if (waitsForOthers(all, text)) return 'postponed';
  const isBefore = all.every(({ operation }) => operation.startsWith('snapshot.'));
  if (!isBefore && comingWork.test(text)) return 'postponed';
  if (steps < 2 && takenFirst.test(text)) return 'postponed';
  const isForbidden = forbidden.test(text) && !partsOf(cells).slice(1).some(isOrder);
  if (isForbidden) return 'postponed';
  const spoken = new Set(cells.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  let ordered = false;
  for (const [at, part] of partsOf(cells).entries()) {
    const said = plainText(part).replace(why, '');
    // "Reason: demo on Thursday"
    if (explaining.test(plainText(partsOf(cells)[at - 1] ?? []))) continue;
    const first = part.find((cell) => !isWord(cell, 'filler') || senseOf(cell, 'verb'));
    const isOrdered = senseOf(first, 'verb')?.form === 'base' || part.some((cell) => isWord(cell, 'need'));
    ordered ||= part.some(
      (cell) => senseOf(cell, 'verb') ?? senseOf(cell, 'value') ?? isWord(cell, 'arrow', 'need'),
    );
    if (!ordered || purpose.test(said) || unneeded.test(said)) continue;
    // "web-1 was switched off on friday": told, and done.
    if (past.test(said) && !part.some((cell) => senseOf(cell, 'verb')?.form === 'base')) continue;
    const isThing = part.some((cell) => (senseOf(cell, 'kind')?.kinds.length ?? 0) > 0);
    if (another.test(said) && !isOwnStory(part) && (isThing || !isRemark(part, spoken))) return 'postponed';
    if (steps < 2 && following.test(said)) return 'postponed';
    if (steps < 2 && awaited.test(said) && (isOrdered || link.test(said))) return 'postponed';
  }
  return undefined;
}

/** "its host goes into maintenance tonight": what happens to something, told as a reason. */
function isOwnStory(part: readonly Cell[]): boolean {
  const verb = part.findIndex((cell, at) => at > 0 && !cell.quoted && happening.test(cell.low));
  const subject = part.slice(0, Math.max(0, verb));
  const next = part[verb + 1];
  const isSubject =
    subject.some((cell) => senseOf(cell, 'name') ?? senseOf(cell, 'kind')) &&
    subject.every((cell) => !cell.quoted && !isWord(cell, 'all', 'any', 'not', 'if', 'need'));
  return (
    isSubject &&
    next !== undefined &&
    !senseOf(next, 'time') &&
    // "jenkins gets m5.large tomorrow" is wished for.
    !isFlavor(next) &&
    !/^(tags|image|size)$/.test(senseOf(next, 'value')?.value.k ?? '') &&
    !part.some(
      (cell, at) =>
        // "its power supply will be replaced": no verb of order before it, and none behind.
        (at === 0 || (at > verb && senseOf(cell, 'verb')?.form !== 'ed')) &&
        senseOf(cell, 'verb') &&
        !senseOf(cell, 'name') &&
        !/^(new|power|patch)$/.test(cell.low),
    )
  );
}

const happening =
  /^(goes|gets|is|are|will|has|have|needs|moves|comes|begins|ends|leaves|dies|expires|receives|undergoes|will be|is getting|is being|is going)$/;

/** "Not yet", "forget it", "finance told me to". */
export function putOff(
  reading: PlanReading,
  given: readonly (readonly Cell[])[],
  catalogue: Catalogue,
): Doubt | undefined {
  const texts = given.map((cells) => withoutReasons(reading, cells));
  const destroys = reading.steps.some(({ operation }) => catalogue.get(operation)?.risk === 'destroy');
  const isLeft = leftAlone(reading);
  const isBidden =
    destroys &&
    texts.some(
      (cells) =>
        [bidden, regretted, ownDeed, allowed, checked].some((one) => one.test(plainText(cells))) ||
        inUse.test(plainText(cells.filter((cell) => !isLeft(cell)))),
    );
  const isCancel = texts.some((cells) => isCancelled(reading, cells));
  const holds = texts
    .map((cells) => holdOf(cells, reading))
    .filter((one) => one !== undefined && !(isCancel && one === 'takenBack'));
  if (holds.includes('takenBack'))
    return { about: 'op', question: 'Nothing is done then. What should be done instead?', isEmpty: true };
  if (isForAWhile(reading, texts[0] ?? []))
    return {
      about: 'op',
      question: 'Nothing is put back by itself when that time comes. Do it now, until you say otherwise?',
    };
  const isHeld =
    holds.length > 0 ||
    isBidden ||
    texts.some((cells) => isOwnDeed(cells) || isOthersDeed(cells) || isForLater(cells)) ||
    waits(reading, texts[0] ?? []) ||
    isPartly(reading, texts) ||
    (destroys && isCleaning(reading, texts[0] ?? [])) ||
    texts.some((cells) => isDenied(reading, cells, catalogue)) ||
    isObjected(reading, texts.at(-1) ?? [], catalogue);
  return isHeld
    ? {
        about: 'op',
        question:
          'That sounds as if it is not to be done yet, and nothing is run later or on a condition. Do it now?',
      }
    : undefined;
}

/** "disable x until the end of the quarter": an end that no step has. */
function isForAWhile({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  if (steps.some(({ args }) => args.window_s !== undefined)) return false;
  return partsOf(cells).some((part) => {
    const order = part.findIndex((cell) => !cell.quoted && isBase(cell) && !senseOf(cell, 'name'));
    return order >= 0 && untilTime.test(plainText(part.slice(order)));
  });
}

const untilTime = new RegExp(
  `(?<!\\b(?:wait|waiting|due|open|not|never) .{0,20})\\b(?:until|till|til) (?:the |next |this |coming |(?:the )?end of (?:the |this |next )?)*(?:end|week|weekend|month|quarter|year|${weekdays}|tomorrow|tonight|noon|midnight|morning|evening|afternoon|january|february|march|april|june|july|august|september|october|november|december|easter|christmas|new year|\\d{1,2}(?::\\d\\d|\\.|th| ?[ap]m| ?h\\b| o'clock))\\b`,
);

/** "clean up jenkins": what is on it, or all of it? What is left over is another matter: "clean up the completed jobs". */
function isCleaning({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  const isLive = steps.some(
    ({ operation, target }) =>
      /\.(vm|database|volume|deployment|statefulset|node|namespace)$/.test(operation) &&
      target?.kind === 'resources' &&
      target.ids.length === 1,
  );
  return (
    isLive &&
    cells.some((cell) => !cell.quoted && /^((clean|tidy|sweep)( up| out)?|clear out)$/.test(cell.low))
  );
}

/** "vol-1 needs 80 GB, do not resize it": the one thing that would be done is what is not to be. */
function isDenied({ steps }: PlanReading, cells: readonly Cell[], catalogue: Catalogue): boolean {
  // "one version back, no restart": the word that gave the step is denied.
  const isVerb = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ part, start }) => part === 'verb' && start === cell.start));
  const isRefused = cells.some(
    (cell, at) =>
      isVerb(cell) &&
      !cells[at - 1]?.quoted &&
      ((at > 1 && /^(no|without|without a)$/.test(cells[at - 1]!.low)) ||
        (senseOf(cell, 'verb')?.form === 'ing' &&
          refraining.test(plainText(cells.slice(Math.max(0, at - 2), at)).trim()))),
  );
  if (isRefused) return true;
  const [step] = steps;
  const isOne = steps.length === 1 && step!.target?.kind === 'resources' && step!.target.ids.length === 1;
  const [not, deed, it] = cells
    .filter((cell) => !isWord(cell, 'stop', 'filler') || isWord(cell, 'not'))
    .slice(-3);
  const verb = senseOf(deed, 'verb');
  if (!isOne || !it || it.quoted || !/^(it|that|this|them)$/.test(it.low) || verb?.form !== 'base')
    return false;
  const done = catalogue.get(step!.operation)?.words ?? [];
  return isWord(not, 'not') && /(^|\b)(not|never)$/.test(not!.low) && done.includes(verb.phrase);
}

/** "without restarting a, …", "anything but restarting a" */
const refraining =
  /(?:^| )(?:no|not|never|without|avoid|avoiding|skip|skipping|anything but|rather than|instead of|short of|other than)$/;

/** A set, of which only some were said to be meant. */
function isPartly({ steps }: PlanReading, texts: readonly (readonly Cell[])[]): boolean {
  const isSet = steps.some(
    ({ operation, target }) =>
      target?.kind === 'resources' && target.ids.length > 1 && !/^(scale|resize)\./.test(operation),
  );
  return (
    isSet && texts.some((cells) => partly.test(plainText(cells)) || cells.some((_, at) => isSome(cells, at)))
  );
}

/** "stop some dev vms", "some dev vms idle, stop them": right behind the order or first of all, before a plural. */
function isSome(cells: readonly Cell[], at: number): boolean {
  const isQuantity = /^(some|several|a few|few|most|many|half|half the|a couple|a couple of)$/.test(
    cells[at]!.low,
  );
  const isPlaced = at === 0 || senseOf(cells[at - 1], 'verb')?.form === 'base';
  if (!isQuantity || cells[at]!.quoted || !isPlaced || isSomeInState(cells, at)) return false;
  return cells.slice(at + 1, at + 5).some((cell) => senseOf(cell, 'kind')?.plural === true);
}
