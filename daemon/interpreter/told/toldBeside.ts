// What is only told beside an order: "the service sandbox is not used by anybody, delete it please", "cordon worker-3, the
// vendor will look at its fan". Where a text is not understood as a whole, its parts that are statements are left out and
// the rest is read by itself. A statement that bounds, denies, doubts, wishes, orders, counts or asks is never left out,
// and what comes of the rest is taken only where every thing in it was named. Called by the interpreter as its last try.

import type { Reading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { isLabel } from '../rewording/orderAlone.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, plain } from '../words/plainCells.ts';
import { plainWords } from '../words/plainWords.ts';
import { isOfOther } from './background.ts';
import { isGranted, isWishedFor } from './toldOf.ts';
import { subjectsIn, thingIn, withThing } from './topics.ts';

interface Part {
  readonly mark?: Cell;
  readonly cells: readonly Cell[];
  readonly asks: boolean;
}

const opening =
  /^(because|since|as|so that|so|while|until|till|til|before|cause|cuz|coz|bc|given that|now that|seeing that|otherwise|or else|which)\b/;
const occasion = /^(for|before|during|due to|because of|ahead of|prior to)$/;
const people =
  'i|we|they|he|she|you|it|its|this|that|these|those|there|nobody|no one|noone|people|customers?|users?|clients?|everybody|everyone|someone|somebody|testers?|devs?|developers?|engineers?|auditors?|colleagues?|folks|shoppers?|management|finance|marketing|sales|support|qa|security|dbas?|who|which';
const subject = new RegExp(`^(?:(?:the|our|my|some|all|many|several|its|their|a|an) )*(?:${people})\\b`);
const finite =
  /\b(is|are|was|were|am|has|have|had|does|do|did|can|could|will|would|may|might|cannot|went|got|gets|goes|came|comes|began|broke|fell|left|lost|ran|runs|made|took|gave|kept|keeps?|saw|wrote|found|hung|grew|shows?|says|eats?|ate|looks?|seems?|feels?|hangs?|leaks?|crashed|crashes|failed|fails?|died|dies|throws?|needs?|wants?|wakes?|gives?|takes?|makes?|uses?|used|costs?|burns?|starts?|stopped|stops?|moved|changed|expired|finished|ended|sits?|stays?|lives?|lags?|climbs?|grows?|drops?|times?|complains?|waits?|works?)\b/;
/** Words with which a statement bounds, denies, doubts, corrects, compares, conditions or reports an order. */
const bounding =
  /\b(except|only|also|too(?! [a-z])|instead|rather|actually|meant?|meaning|wait|sorry|oops|unless|whenever|if|when|once|whether|likewise|ditto|same|other|others|else|apart|besides|either|neither|nor|both|target|namely|called|named|maybe|perhaps|possibly|unsure|guess|think|thinks|thought|believe|suppose|supposed|wonder|wondering|hope|hopes|wish|wishes|doubt|doubts|afraid|worried|reckon|assume|assuming|pretend|imagine|joke|joking|kidding|example|hypothetical|said|says?|told|tells?|claims?|asks?|orders?|ordered|denied|denies|refused|refuses|forbid|forbids|forbade|forbidden|object|objects|objected|disagree|disagrees|disagreed|vetoed|warned|insists?|prefers?|against|undecided|decide|decides|discuss|please|pls|must|should|shall|ought|needed|important|critical|careful|untouched|alone|off limits|approval|permission|reason|ok|okay|safe|sure|depends|again|risky|dangerous|allowed|would be|provided|agrees?|agreed|verified|confirms?|confirmed|approves?|approved|signed)\b|\bthe (\w+ )?ones?\b|^lets?\b/;
/** "we are only paying for it" bounds nothing. */
const mereOnly =
  /\b(?:we|i|they|it|you|users|customers)(?: (?:are|is|am|do|have|has|will|can))? only\b|\b(?:with|has|have|got|at|runs?|running|of) (?:only|just) (?:□|one|two|a single)/g;
const denying = /\b(not|never|no|none|nothing|nobody|without|hardly|barely|no longer)\b/;
/** What may be denied without a word about the order: "does not respond", "nobody uses it". */
const harmless =
  /\b(?:not|no longer|never|nobody|no one|hardly|barely|nothing)(?: (?:more|really|even|been|being|be|to|have|has|is|are|anybody|anyone|in|get|gets|properly|here|we|they|can|could|was))* (?:needs?|needed|used?|uses|using|respond|responds|responding|responsive|work|works|working|react|reacts|answer|answers|answering|pick|picks|come|comes|start|starts|boot|reach|reachable|load|loads|log|connect|connects|run|running|read|reads|healthy|ready|available|picked|sleep|sleeping|pay|let|order|any more|anymore|any longer|visible|happening|fit|find|see|write|touched|looked|looks|asked|knows|misses|remembers|deletes|schedule|scheduled|keep up|move|finish|help)\b/;
const need =
  /\b(has to|have to|had to|needs? to|is to|are to|ought to|wants? to be|had better|due|overdue|would help|required|necessary|appropriate|in order)\b/;
const permitting = /\b(can|may|could|might)\b/;
const partsMax = 8;
const wordsMax = 24;

/** The cells without what is only told; undefined where nothing is, or no order is left. */
export function withoutTold(
  cells: readonly Cell[],
): { readonly order: readonly Cell[]; readonly isForeign: boolean } | undefined {
  const parts = partsOf(cells);
  if (parts.length < 2 || parts.length > partsMax) return undefined;
  const isTelling = parts.map(isTold);
  // "a, b and c are slow, reboot": the names before are of what is told, and no order of their own.
  const isLeft = parts.map(
    (part, at) => !isTelling[at] && !(isTelling[at + 1] === true && isNamesOnly(part.cells)),
  );
  const kept = parts.filter((_, at) => isLeft[at]);
  if (kept.length === parts.length || kept.length === 0) return undefined;
  const rest = kept.flatMap(({ mark, cells: said }, at) => (mark && at > 0 ? [mark, ...said] : said));
  const told = parts.filter((_, at) => !isLeft[at]).flatMap((part) => part.cells);
  const isNamed = rest.some(
    (cell) =>
      senseOf(cell, 'name') &&
      (!senseOf(cell, 'env') || !senseOf(cell, 'name')!.ids.every((id) => id.includes(':namespace/'))),
  );
  const thing = isNamed ? undefined : (thingIn(told) ?? subjectsIn(told));
  const order = isNamed ? rest : thing && (withUndone(rest, thing, told) ?? withThing(rest, thing));
  if (!order || (thing && isOfOther(told, thing, rest))) return undefined;
  const spoken = new Set(order.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  return { order, isForeign: told.some((cell) => senseOf(cell, 'name')?.ids.every((id) => !spoken.has(id))) };
}

const isNamesOnly = (cells: readonly Cell[]): boolean =>
  cells.length > 0 && cells.every((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));

const previous =
  /^(?:please )?(?:put|bring|get|take|switch|go|roll|move|give us|change)(?: (?:us|it|me))?(?: back)?(?: to)?(?: the)? (?:previous|last|old|former|earlier|prior|one before)(?: (?:good|working|stable))?(?: (?:one|version|release|image|build|revision))?(?: back)?(?: again)?(?: please)?$/;

const released =
  /\b(releases?|versions?|rollouts?|deploys?|deployments?|updates?|upgrades?|builds?|revisions?|images?)\b/;

/** "act-11 broke things, take it back": an action is undone; "the release is broken, put the previous one back": rolled. */
function withUndone(
  rest: readonly Cell[],
  thing: readonly Cell[],
  told: readonly Cell[],
): readonly Cell[] | undefined {
  const said = rest.filter(
    (cell) => !isWord(cell, 'filler', 'comma', 'stop', 'and') || isWord(cell, 'undoCue'),
  );
  const text = rest
    .filter((cell) => !isWord(cell, 'comma', 'stop', 'and') && !/^(so|then|now|just)$/.test(cell.low))
    .map((cell) => (cell.quoted ? '□' : cell.low))
    .join(' ');
  const isRolled = thing.some((cell) =>
    senseOf(cell, 'name')?.ids.some((id) => /:(deployment|statefulset|daemonset)\//.test(id)),
  );
  if (isRolled && previous.test(text))
    return [plain(rest[0]!, 'roll back', { t: 'verb', phrase: 'roll back', form: 'base' }), ...thing];
  const isUndo = said.length === 1 && isWord(said[0], 'undoCue') && !said[0]!.quoted;
  // "the last release of a broke something, take it back"
  if (isRolled && isUndo && told.some((cell) => released.test(cell.low)))
    return [plain(said[0]!, 'roll back', { t: 'verb', phrase: 'roll back', form: 'base' }), ...thing];
  const isAction = thing.some((cell) => senseOf(cell, 'name')?.ids.every((id) => id.includes(':action/')));
  if (!isAction || !isUndo) return undefined;
  return [plain(said[0]!, 'undo', { t: 'verb', phrase: 'undo', form: 'base' }), ...thing];
}

/** Whether the cells are statements only, or nothing. */
export function isOnlyTold(cells: readonly Cell[]): boolean {
  return partsOf(cells).every((part) => part.cells.length === 0 || isTold(part));
}

/** Whether a reading of the rest may stand for the whole: changes only, each of a thing that was named. */
export function isWholly(reading: Reading, catalogue: Catalogue, isForeign = false): boolean {
  return (
    reading.kind === 'plan' &&
    reading.steps.every(({ operation, target }) => {
      const isNamed = target?.kind === 'resources' ? target.ids.length === 1 && !target.filter : true;
      const risk = catalogue.get(operation)?.risk;
      return isNamed && (risk === 'change' || (risk === 'destroy' && !isForeign));
    })
  );
}

/** The parts between marks, and the clauses that hang on them. */
function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: { mark?: Cell; cells: Cell[]; asks: boolean }[] = [{ cells: [], asks: false }];
  cells.forEach((cell, at) => {
    const part = parts.at(-1)!;
    const isMark =
      !cell.quoted &&
      isWord(cell, 'comma', 'stop', 'colon', 'open', 'close') &&
      !senseOf(cell, 'name') &&
      !isLabel(cells, at);
    if (isMark) {
      if (cell.low === '?') part.asks = true;
      parts.push({ mark: cell, cells: [], asks: false });
    } else if (part.cells.length > 0 && isWishAfter(part.cells, cell)) {
      parts.push({ cells: [cell], asks: true });
    } else if (part.cells.length > 0 && isOpening(cells, at)) {
      parts.push({ cells: [cell], asks: false });
    } else part.cells.push(cell);
  });
  return parts.filter((part, at) => part.cells.length > 0 || (at > 0 && part.mark?.low !== ','));
}

/** "before the patch i want …": where the wish begins behind an occasion. */
const wishing =
  /^(i|we|please|pls|can you|could you|i want|i need|we need|we want|i would like|we would like|can i have|can we have|can i get)$/;

/** "before the disk swap", "for the load test": an occasion, said with an article and in words that name nothing. */
function isOccasion(cells: readonly Cell[]): boolean {
  const end = cells.findIndex(
    (cell) =>
      !cell.quoted && (isWord(cell, 'comma', 'stop', 'colon', 'open', 'and') || wishing.test(cell.low)),
  );
  const [lead, article, ...rest] = end < 0 ? cells : cells.slice(0, end);
  if (
    !lead ||
    !occasion.test(lead.low) ||
    !/^(the|our|my|a|an|this|that|their|his|her|your)$/.test(article?.low ?? '')
  )
    return false;
  const isHeaded = rest.length > 0 && rest.length < 6 && !senseOf(rest.at(-1), 'kind');
  return isHeaded && !rest.some((cell) => cell.quoted || isTelling(cell));
}

const isWishAfter = (part: readonly Cell[], cell: Cell): boolean =>
  !cell.quoted && wishing.test(cell.low) && isOccasion(part);

/** A name, a place, a figure or a word that bounds. */
function isTelling(cell: Cell): boolean {
  return (
    ['name', 'prefix', 'glob', 'value', 'env', 'region', 'provider'].some((sort) =>
      cell.senses.some(({ t }) => t === sort),
    ) ||
    isWord(
      cell,
      'not',
      'except',
      'if',
      'all',
      'any',
      'both',
      'or',
      'other',
      'only',
      'instead',
      'before',
      'after',
    )
  );
}

/** "… because we", "… and please": a clause of its own begins here. */
function isOpening(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name') || senseOf(cell, 'time') || senseOf(cell, 'value')) return false;
  const then = cells[at + 1];
  if (opening.test(cell.low))
    return (
      cells.length > at + 2 &&
      !senseOf(then, 'time') &&
      (!senseOf(then, 'value') || senseOf(then, 'name') !== undefined)
    );
  // "restart web-1 its not responding"
  const isSubject =
    /^(its|it|it is|they are|it does not|it is not)$/.test(cell.low) && senseOf(cells[at - 1], 'name');
  if (
    isSubject &&
    (isWord(then, 'not', 'be', 'have', 'do') || /^(hangs|froze|crashed|died)$/.test(then?.low ?? ''))
  )
    return true;
  if (occasion.test(cell.low)) return isOccasion(cells.slice(at));
  if (!/^(and|but)\b/.test(cell.low)) return false;
  let next = at + 1;
  while (isWord(cells[next], 'filler', 'comma') && !isBase(cells[next])) next++;
  return isBase(cells[next]) && !senseOf(cells[next], 'name');
}

function lowsOf(cells: readonly Cell[]): string {
  return cells
    .map((cell) => (cell.quoted || senseOf(cell, 'name') || senseOf(cell, 'value') ? '□' : cell.low))
    .join(' ');
}

/** "everything on it may be lost", "the data in there is copied": told of what is on a thing, and no further thing. */
const ofItsParts =
  /^(everything|anything|nothing|all|all data|data|the \w+|all the \w+) (?:on|in|inside|of) (?:it|there|them|those) ?(?:may be|can be|could be|might be|is|are|was|were|has been|have been|may|can|could|might)(?: be| been| already| all| long| safely)* (?!to\b)(?:\w+|\w+ (?:up|away|over|off|elsewhere|already|anyway|now))$|^(everything|all|all data|the \w+) (?:on|in|inside|of) it is (?:\w+|\w+ (?:up|away|over|off|elsewhere|already))$/;

/** A statement that has no say in what is to be done. */
function isTold({ cells, asks }: Part): boolean {
  const body = withoutOpening(cells);
  const said = lowsOf(body);
  if (!asks && isOccasion(cells)) return true;
  if (isWishedFor(cells) || isGranted(cells) || isCaused(body)) return false;
  // "…, and have 4 replicas": one more that it is to have.
  if (/^(?:have|get) □/.test(said)) return false;
  if (asks || body.length === 0 || said.split(' ').length > wordsMax) return false;
  if (bounding.test(said.replace(mereOnly, '')) || need.test(said) || isQuestion(body)) return false;
  if (ofItsParts.test(said) && !body.some((cell) => isBase(cell) || senseOf(cell, 'kind'))) return true;
  const isHuman = subject.test(said);
  // "reboot a, b and c one at a time": more of the same order, however it is to be done.
  const isRow = body.every((cell) => senseOf(cell, 'name') ?? isWord(cell, 'and', 'det', 'filler', 'both'));
  if (isRow && body.some((cell) => senseOf(cell, 'name')?.exact)) return false;
  // "delete a, its ip and its disk": more of the same order.
  if (body.every((cell) => isWord(cell, 'their', 'and', 'det') || senseOf(cell, 'kind'))) return false;
  // "reboot a; cpu of a last 30m"
  const isLook = (senseOf(body[0], 'metric') ?? isWord(body[0], 'logCue')) && isWord(body[1], 'of');
  if (isLook && !body.some((cell) => isWord(cell, 'be', 'have') || isForm(cell, 2))) return false;
  // "resize a to M.8, its cpu last hour": a look at it.
  const isFigure = body[0]!.low === 'its' && senseOf(body[1], 'metric') !== undefined;
  if (isFigure && body.slice(2).every((cell) => senseOf(cell, 'time'))) return false;
  if (denying.test(said.replace(harmless, '')) || body.some(isBinding) || isAsked(body, isHuman))
    return false;
  if (isRemarked(body) || isRuled(body) || isDone(body)) return true;
  if (permitting.test(said) && !isHuman) return false;
  const verb = said.split(' ').findIndex((word, at) => at > 0 && finite.test(word));
  const isStated = verb > 0 || (isHuman && body.length > 1 && !isBase(body[0])) || body.some(isForm);
  return isStated && !body.some((_, at) => isOrder(body, at, isHuman));
}

/** "kindly have it restarted" */
function isCaused(body: readonly Cell[]): boolean {
  const lead = body.findIndex((cell) => !isWord(cell, 'filler') || isWord(cell, 'have'));
  return (
    /^(have|get)$/.test(body[lead]?.low ?? '') &&
    body.slice(lead + 1).some((cell) => senseOf(cell, 'verb')?.form === 'ed')
  );
}

function withoutOpening(cells: readonly Cell[]): readonly Cell[] {
  let at = 0;
  while (
    at < cells.length - 1 &&
    !cells[at]!.quoted &&
    /^(and|but|because|since|as|so that|so|while|until|till|before|cause|cuz|coz|bc|given that|now that|seeing that|otherwise|or else|well|fyi|btw|hi|hey|hello|ok|ugh|argh|just|now)$/.test(
      cells[at]!.low,
    )
  )
    at++;
  return cells.slice(at);
}

/** What could bound an order or be a part of it. */
function isBinding(cell: Cell, at: number, body: readonly Cell[]): boolean {
  if (cell.quoted) return false;
  const value = senseOf(cell, 'value')?.value.k;
  if (value !== undefined && value !== 'percent' && value !== 'duration' && value !== 'number') return true;
  if (senseOf(cell, 'name')) return false;
  // "until the schema is sorted out" says why for now, "the wrong size" what was wrong.
  if (isWord(cell, 'if') && !/^(until|while)\b/.test(cell.low)) return true;
  if (isWord(cell, 'correction') && cell.low !== 'wrong') return true;
  return (
    senseOf(cell, 'glob') !== undefined ||
    isWord(cell, 'except', 'outside', 'insteadOf', 'stays', 'undoCue', 'arrow', 'tagged') ||
    (isWord(cell, 'instead') && cell.low !== 'just' && !isMere(body, at))
  );
}

/** "it is slow with only one": how it is. */
const isMere = (body: readonly Cell[], at: number): boolean =>
  body[at]!.low === 'only' &&
  senseOf(body[at + 1], 'value')?.value.k === 'number' &&
  /^(with|has|have|got|at|runs?|running|of)$/.test(body[at - 1]?.low ?? '');

/** "then show me its logs": something is to be seen. */
function isAsked(body: readonly Cell[], isHuman: boolean): boolean {
  return body.some(
    (cell, at) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      (isWord(cell, 'afterwards', 'howMany', 'depends', 'listCue', 'summarize', 'changed') ||
        (isWord(cell, 'ask', 'what', 'who', 'why', 'help') &&
          !(isHuman && at > 0) &&
          !isWord(body[at - 1], 'not', 'have', 'be'))),
  );
}

/** A verb that could be meant as an order here. */
function isOrder(body: readonly Cell[], at: number, isHuman: boolean): boolean {
  const cell = body[at]!;
  const verb = senseOf(cell, 'verb');
  if (!verb || cell.quoted || senseOf(cell, 'name') || verb.form === 'ed' || verb.form === 'ing')
    return false;
  const before = body[at - 1];
  if (before === undefined) return true;
  const isNoun =
    isWord(before, 'det', 'of', 'their', 'possessive', 'prep') ||
    // "first start it" is an order, "the first start" is none.
    (/^(new|last|next|first|whole)$/.test(before.low) && (before.low !== 'first' || at > 1));
  const isSpoken = isHuman && body.slice(at).every((one) => !senseOf(one, 'name'));
  return !isNoun && !isSpoken && (verb.form === 'base' || !isThingLike(before));
}

const isThingLike = (cell: Cell): boolean =>
  cell.senses.length === 0 || senseOf(cell, 'name') !== undefined || senseOf(cell, 'kind') !== undefined;

/** "crashlooped", "is flapping": a form no order has. */
function isForm(cell: Cell, at: number): boolean {
  return (
    at > 0 &&
    !cell.quoted &&
    (cell.senses.length === 0 || senseOf(cell, 'verb')?.form === 'ed') &&
    /(s|ed)$/.test(cell.low)
  );
}

/** "delete the image, superseded": what it is, in one word. */
const isDone = (body: readonly Cell[]): boolean =>
  body.length === 1 &&
  !body[0]!.quoted &&
  /^(superseded|obsolete|outdated|deprecated|replaced|migrated|orphaned|unneeded|abandoned|unused|expired|rebuilt|renamed|retired|duplicated?|garbage|leftovers?|redundant)$/.test(
    body[0]!.low,
  );

const ruling =
  /\b[a-z]+s (?:apply|begin|start|hold|expire|end|kick in|take effect|come into|go into|count|are in force|come|go live)\b/;

/** "change window rules apply from today": many that begin or hold, though the first word is an order elsewhere. */
function isRuled(body: readonly Cell[]): boolean {
  const isHere = body.some(
    (cell) =>
      cell.quoted ||
      ['name', 'env', 'region', 'provider', 'value', 'prefix', 'glob'].some((sort) =>
        cell.senses.some(({ t }) => t === sort),
      ),
  );
  return !isHere && body.length > 2 && ruling.test(lowsOf(body.slice(1)));
}

/** "traffic spike": a few everyday words without a verb. */
function isRemarked(body: readonly Cell[]): boolean {
  return (
    body.length > 1 &&
    body.length < 6 &&
    body.some((cell) => cell.senses.length === 0) &&
    body.every(
      (cell) =>
        !cell.quoted &&
        (plainWords.has(cell.low) ||
          (cell.senses.length > 0 &&
            cell.senses.every(({ t }) => t === 'metric' || t === 'word' || t === 'time'))),
    )
  );
}
