// Words that sound like an order and are none of the speaker's: what somebody else wants or said ("finance wants to stop
// all prod vms"), an order with nothing but a question mark ("new t3.small from debian-12, name probe?"), a figure that is
// only told ("search needed 4 copies yesterday, scale it down"). What was understood is offered as a question. It narrows
// and corrects nothing. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { destroying, plainText } from './guard.ts';
import { type Doubt, partsOf } from './objections.ts';
import { isJudged, isOthersDone } from './othersDeeds.ts';

/** Why what was understood may be no order of the speaker's. */
export function noOrderOf(reading: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const parts = partsOf(cells);
  const isSaid = parts.some((part) => isSaying(part, parts[parts.indexOf(part) + 1]));
  const isOthers = parts.some(isOthersWish) && !parts.some((part) => isOrder(part) && !isOthersWish(part));
  if ((isOthers || isSaid) && !isRequested(cells))
    return { about: 'op', question: 'Somebody else wants that. Is it to be done now?' };
  if (isOthersDone(reading, cells))
    return { about: 'op', question: 'That is told of somebody else. Is it to be done now?' };
  if (isJudged(reading, cells))
    return { about: 'op', question: 'That only says how it is to do so. Is it to be done now?' };
  // "…, then which alerts are firing?": the mark is of what is only looked at.
  if (parts.some((part) => isSubordinate(reading, part)))
    return { about: 'op', question: 'Is that told of them, or to be done now?' };
  const isLook = reading.steps.some(({ operation }) =>
    /^(list|show|metrics|logs|forecast|explain)\./.test(operation),
  );
  const isCourteous = reading.risk !== 'destroy' && parts.some(isAskedOfYou);
  if (!isLook && !isCourteous && isOnlyAsked(cells))
    return { about: 'op', question: 'Is that to be done now?' };
  if (!isRequested(cells) && isMereState(reading, cells, parts))
    return { about: 'op', question: 'Is that how it is, or is it to be made so?' };
  const told = parts.find((part) => isForSomebody(part, parts) || isGuess(part));
  if (told)
    return { about: 'op', question: `"${told.map(({ text }) => text).join(' ')}": is that to be done now?` };
  const deed = parts.find(isDeedTold);
  if (deed)
    return { about: 'op', question: `"${deed.map(({ text }) => text).join(' ')}": is that to be done now?` };
  // "report-daily should run again", "it should have run": once, from now on, or told.
  const isRun = reading.steps.some(({ operation }) => /^run\.cronjob$/.test(operation));
  if (isRun && parts.some((part) => runs.test(plainText(part))))
    return { about: 'op', question: 'Is it to run once now, or by its schedule again?' };
  const figure = parts.some(isOrder) ? parts.flatMap((part) => toldFigure(reading, part)).at(0) : undefined;
  return figure && { about: 'args', question: `"${figure.text}" is only told of. What is wanted?` };
}

/** A word of request: somebody is asked to do it. */
const needed = /^(necessary|required|needed|requested|desired|wished|imperative|mandatory|wanted)$/;
const isRequested = (cells: readonly Cell[]): boolean =>
  cells.some((cell, at) => {
    if (cell.quoted || senseOf(cell, 'name')) return false;
    if (/\b(please|pls|plz|kindly|asap|thanks|thx|mind)\b/.test(cell.low)) return true;
    if (at === 0 && /^(let|have|make)$/.test(cell.low)) return true;
    // "it is necessary that web-1 is stopped"
    if (
      cell.low === 'that' &&
      needed.test(cells[at - 1]?.low ?? '') &&
      /^it\b/.test(cells[at - 2]?.low ?? '')
    )
      return true;
    if (cell.low === 'for me' || cell.low === 'for us') return true;
    if (/\b(if|whether) (you|u|we|somebody|someone) (can|could|would|might)$/.test(cell.low)) return true;
    if (/\b(possible|ok|okay|fine|alright) (that |for )?(you|someone|somebody)( to)?$/.test(cell.low))
      return true;
    if (!/^(can|could|would|will|may|might)\b/.test(cell.low)) return false;
    // "would web-1 fit on M.8?" asks whether.
    if (cell.low === 'would' && senseOf(cells[at + 1], 'name')) return false;
    const mark = cells.findLastIndex((one, index) => index < at && isWord(one, 'comma', 'stop', 'colon'));
    const isLeading = cells
      .slice(mark + 1, at)
      .every((one) => isWord(one, 'filler', 'and') || one.low === 'but');
    return (
      isLeading ||
      /\b(you|u|we|i|someone|somebody|anyone|anybody)\b/.test(`${cell.low} ${cells[at + 1]?.low}`)
    );
  });

const wishing =
  /^(wants?|wanted|(would|will) (like|love|prefer)|would have|wish(es)?|prefers?|asks?|asked|requests?|requested|demands?|demanded|insists?|says?|said|told|tells|wrote|writes|suggests?|suggested|recommends?|recommended|decided|ordered|expects?|hopes?|intends?|plans?)\b/;
const person = /^(i|we|you|someone|somebody|anybody|they|he|she|people|everyone|everybody)$/;
const speaker = /^(i|we|you|u|it|this|that|these|those|which|who|what|there|nobody|no one|noone|none|im)\b/;

/** "the boss wants web-1 stopped", "bob said to reboot it": a wish with a deed in it, of somebody who is no thing here. */
function isOthersWish(part: readonly Cell[]): boolean {
  const at = part.findIndex(
    (cell, index) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      // "Carol's request act-77 can be cancelled"
      !isWord(part[index - 1], 'possessive', 'det', 'their') &&
      (wishing.test(`${cell.low} ${part[index + 1]?.low ?? ''}`) ||
        advising.test(plainText(part.slice(index)).trim())),
  );
  // "carol's request act-77"
  if (isWord(part[at - 1], 'possessive', 'det') && isWord(part[at], 'filler')) return false;
  // "my lead told me to restart it" is what the speaker is to do.
  const isAdvice = advising.test(plainText(part.slice(at)).trim());
  if ((/^(me|us|i|we)$/.test(part[at + 1]?.low ?? '') && !isAdvice) || isPassedOn(part, at)) return false;
  const subject = part
    .slice(0, Math.max(0, at))
    .filter((cell) => !isWord(cell, 'filler', 'and') || person.test(cell.low));
  if (subject.length === 0 || subject.length > 5 || subject.some((cell) => cell.quoted || isBase(cell)))
    return false;
  const of = subject.findIndex((cell) => isWord(cell, 'prep', 'of'));
  const who = of > 0 ? subject.slice(0, of) : subject;
  const head = who.at(-1)!;
  const isThing = (senseOf(head, 'name') ?? senseOf(head, 'kind')) !== undefined || isWord(head, 'pronoun');
  if (speaker.test(subject[0]!.low) || (isThing && !/^(they|he|she)$/.test(head.low))) return false;
  return part
    .slice(at + 1)
    .some((cell) => !cell.quoted && !senseOf(cell, 'name') && senseOf(cell, 'verb') !== undefined);
}

/** "Mike said we should stop it", "the boss thinks we could": what somebody holds right, and orders nobody. */
const advising =
  /^(?:thinks?|thought|believes?|feels?|reckons?|suggests?|suggested|claims?|claimed|says?|said|argues?|recommends?|recommended|hopes?) (?:that )?(?:we|i|you|one|somebody|someone) (?:should|could|might|ought|had better|better)\b/;

/** "the data team asked for web-1 to be restarted": passed on to whoever reads it; what is destroyed is asked about. */
function isPassedOn(part: readonly Cell[], at: number): boolean {
  if (!/^(asks?|asked)( for)?$/.test(part[at]?.low ?? '')) return false;
  const be = part.findIndex((cell, index) => index > at + 1 && !cell.quoted && cell.low === 'to be');
  const verb = senseOf(part[be + 1], 'verb');
  const isFor = /for$/.test(part[at]!.low) || part[at + 1]?.low === 'for';
  const isElse = part.some((cell) => !cell.quoted && isWord(cell, 'not', 'if', 'but'));
  return be > 0 && isFor && !isElse && verb?.form === 'ed' && !destroying.has(verb.phrase);
}

/** "the runbook says: reboot it", "it should be stopped, says bob": whose words those are. */
function isSaying(part: readonly Cell[], next: readonly Cell[] | undefined): boolean {
  const said = part.filter((cell) => !isWord(cell, 'filler', 'and') || cell.quoted);
  const verb = said.findIndex((cell) => !cell.quoted && saying.test(cell.low));
  const isOpen = said.some((cell) => cell.quoted || isBase(cell) || senseOf(cell, 'value') !== undefined);
  if (verb < 0 || said.length > 4 || isOpen || speaker.test(said[0]!.low)) return false;
  // "we think a is compromised: stop it"
  if (said[verb]!.low === 'think' && /^(i|we)$/.test(part[part.indexOf(said[verb]!) - 1]?.low ?? ''))
    return false;
  return verb === 0 ? said.length > 1 : verb === said.length - 1 && next !== undefined && isOrder(next);
}

const saying = /^(says?|said|wrote|writes|suggests?|thinks?|recommends?|demands?|insists?|claims?)$/;

/** A part that begins with an order. */
export function isOrder(part: readonly Cell[]): boolean {
  const first = part.findIndex(
    (cell) =>
      isBase(cell) || !(isWord(cell, 'filler', 'and', 'afterwards') || /^(so|hence|you)$/.test(cell.low)),
  );
  return isBase(part[first]) && !part[first]!.quoted;
}

/** "bob: stop jenkins", "carol, could you stop it?", "bob to stop jenkins": somebody else is asked, or spoke. */
function isForSomebody(part: readonly Cell[], [first, second = []]: readonly (readonly Cell[])[]): boolean {
  const [who, next] = part;
  if (part !== first || !who || who.quoted || senseOf(who, 'name')) return false;
  if (/^@[a-z]/.test(who.low)) return !addressed.test(who.low.slice(1)) && isOrder(part.slice(1));
  if (!firstName.test(who.low)) return false;
  return (next?.low === 'to' && isBase(part[2])) || (part.length === 1 && isOrder(second));
}

/** Who is spoken to here. */
const addressed =
  /^(pilothouse|pilot|bot|chatbot|assistant|agent|copilot|claude|folks|guys|team|everyone|all|channel|here|ops|sres?|devops|oncall|on-call|support|admins?|[a-z-]*bot|ops-[a-z]+)$/;
/** Common first names, for who is spoken of or to. */
export const firstName =
  /^(alice|bob|carol|carlos|dave|david|daniel|erin|eve|emma|frank|fred|grace|heidi|hans|ivan|jack|james|jan|jane|jim|joe|john|jonas|judy|julia|karl|kate|kim|laura|lena|lisa|lukas|mallory|maria|mark|martin|mary|max|michael|mike|nina|oliver|olivia|oscar|paul|peggy|peter|rob|sam|sara|sarah|simon|sofia|stefan|steve|susan|sven|thomas|tim|tina|tom|trent|victor|walter|wendy|anna|anne|ben|chris|nick|alex|priya|raj|wei|yuki|ahmed|fatima|luca|marco|pedro|jose|juan|pierre|olga|dmitri)$/;

/** "restart coredns I guess" */
function isGuess(part: readonly Cell[]): boolean {
  return isOrder(part) && /\b(i|we) (guess|think|suppose|believe|assume)[ .!]*$/.test(plainText(part));
}

const runs =
  /\b(should|must|shall|has to|needs to) run again\b|\b(should have|will|has not|had|can) run[ .]*$|\bwill run\b/;
const deedNoun =
  /^(?:(?:an?|the|one|another|any|no|quick|new|fresh|short|full|urgent|immediate) )*(?:reboot|restart|deletion|deleting|removal|removing|stop|stopping|start|shutdown|termination|terminating|rollback|resize|resizing|drain|draining|migration|migrating|snapshot|backup|suspension|resumption)s? (?:of|for|on) /;
const predicate =
  /\b(is|are|was|were|will|would|may|might|could|can|has|have|had|should|must|shall|needs?|(?!named|called|titled|tagged|needed)[a-z]{3,}ed)\b/;
/** What a deed that is spoken of has behind it, where it is ordered. */
const orderedDeed =
  /^(?:(?:is|are|was|has been|would be|will be) )?(?:hereby |kindly |now |urgently |also |still |again |really |badly |being )*(?:requested|required|needed|wanted|desired|asked for|ordered|due|overdue|in order|necessary|appreciated|advised|welcome|to be (?:done|made|taken|performed|executed|carried out|run|scheduled|initiated|arranged)|(?:has|have|needs?|must|should|shall)(?: to)?(?: be)?(?: (?:done|made|taken|performed|executed|carried out|run|happen|take place|initiated|arranged|triggered|go ahead))?|nice|good|great|helpful|useful)?(?: (?:please|pls|now|asap|today|here|thanks|by me|from you|urgently|immediately|at once|right away|right now|for|because|since|so|(?<!\b(?:has|have|needs?) )to)\b.*)?$/;

/** "a reboot of web-1 helped", "deletion of web-1 has to wait": told of a deed, and no order. */
function isDeedTold(part: readonly Cell[]): boolean {
  const said = plainText(part);
  if (!deedNoun.test(said)) return false;
  const at = part.findIndex(
    (cell, index) => index > 2 && !cell.quoted && !senseOf(cell, 'name') && predicate.test(cell.low),
  );
  const rest = at < 0 ? '' : plainText(part.slice(at));
  return at > 0 && part.slice(2, at).some((cell) => senseOf(cell, 'name')) && !orderedDeed.test(rest);
}

/** "as soon as a is restarted restart b": when, and not how it is. */
const subordinate = /^(as soon as|once|when|after|if|whenever)$/;
const stating =
  /^(is|are|was|were|has|have|had|has got|is at|are at|is on|stands at|is already|are already|sits|sits at|sits on|lives|lives on|resides|dwells|remains|fits|uses)$/;
const due =
  /\b(should|must|shall|ought|need|needs|needed|want|wants|wanted|would|can|may|could|gets?|has to|have to|is to|are to|to be|due|overdue|required|requested|ordered|wished|desired|expected|welcome|fine|ok|okay|good|supposed|new|target|from now on|no longer|too|not|never|nobody|go|by me|from me|on my side|allowed|free to|sure|ensure|see that|see to it)\b/;

/** "act-77 is approved", "web-01 has label k=v", "web is at 5 replicas": how a thing is, and no word that makes it so. */
function isMereState(
  { steps }: PlanReading,
  cells: readonly Cell[],
  parts: readonly (readonly Cell[])[],
): boolean {
  const evidence = steps.flatMap((step) => step.evidence);
  const told = parts.find((part) => {
    const at = part.findIndex((cell) => !cell.quoted && stating.test(cell.low));
    return (
      at > 0 &&
      part.slice(0, at).some((cell) => senseOf(cell, 'name')) &&
      !part.slice(0, at + 1).some(isBase) &&
      !subordinate.test(part[0]!.low)
    );
  });
  const [first, last] = [told?.[0], told?.at(-1)];
  // "web-01 is down power it on"
  const isPointed = cells.some((cell) => !cell.quoted && isWord(cell, 'pronoun'));
  if (!first || !last || isPointed || due.test(plainText(cells))) return false;
  return evidence.length > 0 && evidence.every(({ start, end }) => first.start <= start && end <= last.end);
}

/** The text ends as a question and asks nobody to do anything. */
function isOnlyAsked(cells: readonly Cell[]): boolean {
  const end = cells.findLastIndex((cell) => !isWord(cell, 'filler', 'stop') || cell.quoted);
  return cells.slice(end + 1).some((cell) => cell.low === '?') && !isRequested(cells);
}

/** "before the pods in dev restart, call me": what they do. */
function isSubordinate({ steps }: PlanReading, part: readonly Cell[]): boolean {
  const last = part.at(-1);
  return (
    part.length > 2 &&
    /^(?:before|after|until|till|when|whenever|while|once|as soon as)$/.test(part[0]!.low) &&
    isBase(last) &&
    !senseOf(last, 'name') &&
    part.slice(1, -1).some((cell) => senseOf(cell, 'kind')?.plural) &&
    steps.every(({ evidence }) => evidence.some((one) => one.part === 'verb' && one.start === last!.start))
  );
}

/** "…, you can reboot it?": as some people ask for it. */
const isAskedOfYou = (part: readonly Cell[]): boolean => {
  const at = part.findIndex((cell) => !/^(?:so|and|then|now|ok|okay|hi|hello)$/.test(cell.low));
  const lead = `${part[at]?.low} ${part[at + 1]?.low}`;
  return !part[at]?.quoted && /^(?:you|u) (?:can|could|would|will)\b/.test(lead);
};

const telling =
  /^(was|were|had|has|have|is|are|needed|required|wanted|ran|runs|running|used|used to (be|have|run)|did|got|kept|stood|has been|have been|usually|normally)$/;
const habit = /\b(usually|normally|typically|often|sometimes|once|yesterday|last (week|month|year|night))\b/;
const wanted =
  /\b(should|must|shall|ought|needs?|need|wants?|want|would|will|could|can|may|has to|have to|is to|are to|supposed|new|target|desired|right|correct|enough|sufficient|better|fine|plenty|ideal|plan|wish|goal)\b/;

/** "cart was at 5 replicas last week, scale it": the figure the plan takes is told of, and not wished for. */
function toldFigure({ steps }: PlanReading, part: readonly Cell[]): readonly Cell[] {
  const said = part.map((cell) => (cell.quoted ? '' : cell.low)).join(' ');
  const isSize = (cell: Cell | undefined): boolean => senseOf(cell, 'value')?.value.k === 'size';
  const verb = part.findIndex(
    (cell, at) =>
      !cell.quoted &&
      // "jenkins-home at 400 GB, bump it"
      (telling.test(cell.low) || habit.test(cell.low) || (cell.low === 'at' && at === 1 && isSize(part[2]))),
  );
  if (
    verb < 0 ||
    (wanted.test(said) && !habit.test(said)) ||
    part.some((cell) => isBase(cell) && !senseOf(cell, 'name'))
  )
    return [];
  // "before a is resized to t3.large, stop b": a step of its own.
  const isStep =
    part.some((cell) => isWord(cell, 'before', 'after') || /^(once|as soon as|when)$/.test(cell.low)) &&
    part.some(
      (cell, at) => senseOf(cell, 'verb')?.form === 'ed' && isWord(part[at - 1], 'be', 'have', 'that'),
    );
  if (isStep) return [];
  const args = steps.flatMap((step) =>
    /^(scale|resize)\./.test(step.operation) ? Object.values(step.args) : [],
  );
  return part.filter((cell) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    const figure = value?.k === 'number' ? value.n : value?.k === 'size' ? value.gb : undefined;
    const isFlavor = senseOf(cell, 'name')?.ids.some((id) => id.includes(':flavor/') && args.includes(id));
    return (figure !== undefined && args.includes(figure)) || isFlavor || args.includes(cell.text);
  });
}
