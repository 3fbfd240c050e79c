// Remarks: what people say beside a command, to whoever reads along. "The auditors would like to have a look", "DNS is
// broken", "we can't wait until tonight" tell why or how the day goes; nothing of them is to be done. A remark is a
// statement about something that is not here, and nothing that could bound a command ("except", "only", "if", a name
// that was not spoken of) is ever taken for one. Called while a sentence is cut into clauses.

import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** Words that could bound what a command is about: with them it is no mere remark. */
const bounding = ['except', 'outside', 'if', 'insteadOf', 'stays'] as const;
/** What begins a question or a wish to see. */
const asking = [
  'what',
  'who',
  'why',
  'when',
  'howMany',
  'ask',
  'listCue',
  'showCue',
  'logCue',
  'summarize',
  'depends',
  'changed',
  'be',
  'do',
  'help',
  'not',
] as const;
/** Whether the word is a finite verb of everyday speech. */
export const isEveryday = (low: string): boolean => finite.test(low);

const subjects =
  /^(we|i|it|they|he|she|this|that|these|those|there|nobody|people|customers|users|everybody|everyone|someone|somebody|which|who|you|all)\b/;
const finite =
  /^(can|could|may|might|will|would|shall|should|must|cannot|does|do|did|has|have|had|is|are|was|were|am|wants?|wanted|needs?|needed|keeps?|kept|got|gets|goes|went|looks?|looked|seems?|feels?|asked|says?|said|told|thinks?|thought|hates?|loves?|likes?|complains?|complained|starts?|stopped|began|comes?|came|runs?|ran|gave|gives?|took|takes?|made|makes?|knows?|knew|waits?|waited|used|uses|clutters?|hurts?|costs?|happens?|happened|broke|fails?|failed|died|dies|moved|moves?|left|leaves?|arrives?|lands?|begins?|opens|ends|airs|launches|kicks|returns|joins|visits|ships|expires|finishes|departs)$/;

/** Whether the cells only remark something; `spoken` are the ids of what the rest of the text names. */
export function isRemark(cells: readonly Cell[], spoken: ReadonlySet<string>): boolean {
  // "…, will look closer in daylight"
  const said = cells.filter((cell) => !isWord(cell, 'comma', 'and'));
  // "I'll add the rules later myself": whoever says so does it without being told how.
  const isBySelf =
    /^(i|we)( will| am| are|ll)?$/.test(said[0]?.low ?? '') &&
    said.some((cell) => /^(myself|ourselves|on my own|on our own|by hand|manually)$/.test(cell.low)) &&
    !said.some((cell) => cell.quoted || senseOf(cell, 'name') || senseOf(cell, 'value') || cell.low === '?');
  if (isBySelf && said.length > 2) return true;
  const isOwn =
    /^(i will|we will|let us see)$/.test(said[0]?.low ?? '') && !said.some((cell) => isDeed(cell));
  const isIntent =
    isOwn || (/^(will|going to|gonna)$/.test(said[0]?.low ?? '') && !isWord(said[1], 'pronoun', 'det'));
  if (isIntent && said.length > 2 && !said.some((cell) => isOfHere(cell) || cell.quoted || cell.low === '?'))
    return true;
  const body = cells.slice(skipLead(cells));
  if (body.length < 2 || isToBeDone(body) || body.some((cell) => isBinding(cell, body, spoken))) return false;
  if (isAskedOf(body)) return false;
  const verbAt = statementVerb(body);
  if (verbAt === undefined) return false;
  // "it needs a restart": something is to be done with it.
  return !(isWord(body[verbAt], 'need') && body.slice(verbAt).some((cell) => senseOf(cell, 'verb')?.form));
}

/** "who deleted volumes last week", "which snapshots are there": asked, and not told. */
export function isAskedOf([first, next, ...rest]: readonly Cell[]): boolean {
  if (!first || first.quoted || !next || next.quoted) return false;
  if (first.low === 'who') return senseOf(next, 'verb')?.form === 'ed' && rest.some(isOfHere);
  return /^(which|what)$/.test(first.low) && senseOf(next, 'kind')?.plural === true && rest.length > 0;
}

/** "those can both be deleted", "it should then get restarted": a deed, which is not only told. */
function isToBeDone(body: readonly Cell[]): boolean {
  const modal = body.findIndex((cell) => !cell.quoted && modals.test(cell.low.split(' ').at(-1)!));
  const deed = body.findIndex(
    (cell, at) => at > modal && senseOf(cell, 'verb')?.form === 'ed' && !cell.quoted,
  );
  const between = modal < 0 || deed < 0 ? [] : body.slice(modal, deed);
  return (
    between.some((cell) => isWord(cell, 'be') || /(^| )(be|get)$/.test(cell.low)) &&
    !between.some((cell) => cell.quoted || isWord(cell, 'not', 'stop')) &&
    !body.slice(0, modal).some((cell) => isWord(cell, 'not') || senseOf(cell, 'verb')?.form === 's') &&
    !isElsewhere(body.slice(0, modal))
  );
}

/** "its power supply will be replaced": nothing that is here. */
const isElsewhere = (subject: readonly Cell[]): boolean =>
  isWord(subject[0], 'their', 'det') &&
  subject.some(({ senses }) => senses.length === 0) &&
  !subject.some((cell) => isOfHere(cell) || isWord(cell, 'pronoun', 'demonstrative', 'one', 'all', 'both'));

const modals = /^(can|could|may|might|should|must|shall|will)$/;

/** An order, and no look at something. */
const isDeed = (cell: Cell): boolean =>
  senseOf(cell, 'verb')?.form === 'base' &&
  !cell.repaired &&
  !isWord(cell, 'showCue', 'ask', 'light', 'listCue');

function skipLead(cells: readonly Cell[]): number {
  let at = 0;
  while (
    at < cells.length - 1 &&
    !subjects.test(cells[at]!.low) &&
    isWord(cells[at], 'filler', 'first', 'and', 'comma', 'because', 'correction', 'colon')
  )
    at++;
  return at;
}

function isBinding(cell: Cell, body: readonly Cell[], spoken: ReadonlySet<string>): boolean {
  if (cell.quoted) return true;
  if (isWord(cell, ...bounding) && !isWord(cell, 'filler', 'because')) return true;
  // "the customer only allows that one"
  if (/^only$/.test(cell.low)) return senseOf(body[body.indexOf(cell) + 1], 'verb')?.form !== 's';
  const value = senseOf(cell, 'value')?.value.k;
  if (value === 'tags' || value === 'size' || value === 'cidr' || value === 'image' || value === 'flag')
    return true;
  const name = senseOf(cell, 'name');
  if (name) return cell === body[0] || !name.ids.some((id) => spoken.has(id));
  const isPlace = senseOf(cell, 'env') ?? senseOf(cell, 'prefix') ?? senseOf(cell, 'glob');
  return isPlace !== undefined && body.some((one) => isWord(one, 'not'));
}

/** Index of the finite verb of a statement whose subject is not a thing to act on. */
function statementVerb(body: readonly Cell[]): number | undefined {
  const [first] = body;
  if (isWord(first, ...asking) && !subjects.test(first?.low ?? '')) return undefined;
  if (!first || senseOf(first, 'verb')?.form === 'base') return undefined;
  const [lead = '', ...more] = first.low.split(' ');
  if (subjects.test(lead)) {
    if (more.some((word) => finite.test(word)) && !isWord(first, 'filler')) return 0;
    const next = skipAdverbs(body, 1);
    return isFiniteVerb(body[next], true) ? next : undefined;
  }
  let at = 0;
  let known = false;
  while (at < body.length && at < 7 && isSubjectPart(body[at]!)) {
    known ||= !isWord(body[at], 'det', 'prep', 'their', 'filler');
    at++;
  }
  if (!known || at === 0) return undefined;
  const next = skipAdverbs(body, at);
  if (isFiniteVerb(body[next], false)) return next;
  // "finance keeps billing us": the last unknown word of the run was the verb.
  const last = body[at - 1];
  const isVerb = last !== undefined && (finite.test(last.low) || senseOf(last, 'verb')?.form === 's');
  return at >= 2 && isVerb ? at - 1 : undefined;
}

function isOfHere(cell: Cell): boolean {
  return (['name', 'kind', 'metric', 'value', 'env', 'time', 'prefix'] as const).some((sort) =>
    senseOf(cell, sort),
  );
}

function skipAdverbs(body: readonly Cell[], from: number): number {
  let at = from;
  while (
    at < body.length - 1 &&
    isWord(body[at], 'filler', 'current', 'not') &&
    !isWord(body[at], 'be', 'have') &&
    !finite.test(body[at]!.low)
  )
    at++;
  return at;
}

function isFiniteVerb(cell: Cell | undefined, isPronoun: boolean): boolean {
  if (!cell || cell.quoted) return false;
  if (isWord(cell, 'be', 'have', 'do', 'need') || finite.test(cell.low.split(' ')[0]!)) return true;
  const verb = senseOf(cell, 'verb');
  if (verb && verb.form !== 'base') return verb.form === 's' || verb.form === 'ed';
  return cell.senses.length === 0 && (isPronoun || /(s|ed)$/.test(cell.low));
}

/** "the imaging set arrives": verbs that are nouns of no deed where a statement begins with them. */
const thing = /^(set|cycle)$/;

/** A word of a subject nobody here could act on. */
function isSubjectPart(cell: Cell): boolean {
  if (cell.quoted || isWord(cell, 'be', 'have', 'comma', 'and', 'except', 'all', 'that')) return false;
  if (finite.test(cell.low)) return false;
  if (isWord(cell, 'det', 'their', 'prep', 'of', 'possessive')) return true;
  if (senseOf(cell, 'verb')?.form === 'base') return thing.test(cell.low);
  const name = senseOf(cell, 'name');
  if (name && /[\d_-]/.test(cell.low)) return false;
  const kind = senseOf(cell, 'kind');
  if (kind && kind.kinds.length > 0) return false;
  return true;
}
