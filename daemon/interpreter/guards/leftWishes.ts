// "stop a and b. those can both be deleted", "… both need a snapshot", "… a's volume can go too": what is wished for behind an
// order, as a statement, and is in no step. It is asked about, whatever reader took it for a remark. Called by
// `heldBack`, over the text as typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** The wish that is in no step, if there is one. */
export function leftWish(
  reading: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const left =
    leftSnapshot(reading, cells) ??
    leftNew(reading, cells) ??
    eitherNew(reading, cells) ??
    backAgain(reading) ??
    stoppedTwice(reading) ??
    otherUndone(reading, cells) ??
    elsewhere(reading, cells);
  if (left) return left;
  const objection = cells.map(({ low, quoted }) => (quoted ? '"' : low)).join(' ');
  if (takenBack.test(objection)) return { about: 'op', question: 'Is every step of this still meant?' };
  const first = cells.findIndex((cell) => !cell.quoted && isBase(cell));
  if (first < 0) return undefined;
  const operations = reading.steps.flatMap(({ operation }) => catalogue.get(operation) ?? []);
  const isPlanned = (phrase: string): boolean =>
    operations.some(({ words, verb }) => words.includes(phrase) || verb === phrase) ||
    (phrase === leaves && operations.some(({ risk }) => risk === 'destroy'));
  // "once it is empty uncordon b": of two orders side by side the second counts.
  const used = JSON.stringify(reading.steps.map(({ target, args }) => [target, args]));
  const second = cells.find((cell, at) => {
    const [own, before] = [deedOf(cell), deedOf(cells[at - 1])];
    if (own === undefined || isPlanned(own)) return false;
    if (before !== undefined && isPlanned(before)) return true;
    // "drain a, and once it is cool uncordon b"
    const name = cells[isWord(cells[at + 1], 'det') ? at + 2 : at + 1];
    const ids = senseOf(name, 'name')?.exact ? senseOf(name, 'name')!.ids : [];
    const lead = cells.slice(Math.max(0, at - 5), at);
    const isBehind = lead.some(({ low, quoted }) => !quoted && /^(and )?(once|when|as soon as)$/.test(low));
    const isDenied = lead.some((one) => isWord(one, 'not', 'correction', 'prep') && !one.quoted);
    return isBehind && !isDenied && ids.length > 0 && !ids.some((id) => used.includes(`"${id}"`));
  });
  if (second)
    return { about: 'op', question: `What is to be done by "${second.text}"? It is no step of this plan.` };
  const targets = used;
  const isTarget = (cell: Cell): boolean =>
    senseOf(cell, 'name')!.ids.some((id) => targets.includes(`"${id}"`));
  const isFilled = reading.steps.some(({ operation }) =>
    /^(?:tag|create|resize|set-image)\./.test(operation),
  );
  const isTargetName = (cell: Cell): boolean => senseOf(cell, 'name') !== undefined && isTarget(cell);
  for (const clause of clausesBehind(cells, first)) {
    const same = clause.findIndex((cell) => !cell.quoted && /^(?:the )?same$/.test(cell.low));
    const alike =
      same > 1
        ? clause.slice(0, same - 1).find((cell) => senseOf(cell, 'name')?.exact)
        : alsoSame.test(clause[0]?.low ?? '')
          ? clause.find((cell) => senseOf(cell, 'name')?.exact)
          : undefined;
    const wish = clause.some((cell) => cell.quoted || isWord(cell, 'not', 'if')) ? undefined : wishOf(clause);
    // "stop web-1, its twin as well", "tag a role=web, env should be dev"
    const isMore =
      isWord(clause[0], 'their') &&
      / (?:too|also|as well|off|on)(?: please| pls| then)?$/.test(plainText(clause)) &&
      clause.length < 5;
    const last = clause.at(-1)!;
    const isValue =
      isWord(clause.at(-2), 'need') &&
      /\bbe$/.test(clause.at(-2)!.low) &&
      isFigure(last) &&
      !targets.includes(`"${last.low}"`);
    if ((isMore && !clause.some(isTargetName)) || (isValue && isFilled)) {
      const words = clause.map(({ text }) => text).join(' ');
      return { about: 'op', question: `What is to be done by "${words}"? It is no step of this plan.` };
    }
    const isLike = alike !== undefined && !alike.quoted && !senseOf(alike, 'env') && !isTarget(alike);
    if (!isLike && (wish === undefined || isPlanned(wish))) continue;
    const said = clause.map(({ text }) => text).join(' ');
    return { about: 'op', question: `What is to be done by "${said}"? It is no step of this plan.` };
  }
  return undefined;
}

/** "delete x, a snapshot has to be made before", "…, but before we make a backup of both": it is in no step. */
function leftSnapshot({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  if (!cells.some(({ low }) => /\b(snapshot|backup)/.test(low))) return undefined;
  const isPlanned = steps.some(
    ({ operation, args }) =>
      /snapshot|backup|^restore/.test(operation) || /snap|backup/.test(JSON.stringify(args)),
  );
  const text = plainText(cells);
  const isTaken = steps.some(({ operation }) => /^(snapshot|restore)\b/.test(operation));
  const isCopied = !isTaken && gone(steps) && isPartOf(cells, isPlanned ? oneMore : aCopy);
  const isSaid = !isPlanned && (making.test(text) || made.test(text));
  if (has.test(text) || !(isSaid || isCopied)) return undefined;
  return { about: 'op', question: 'Is a snapshot to be taken first? It is no step of this plan.' };
}

const gone = (steps: PlanReading['steps']): boolean =>
  steps.some(({ operation }) => operation.startsWith('delete.'));

/** "one snapshot for the archive, …", "…, backup first": a part of its own, where the thing itself is deleted. */
const isPartOf = (cells: readonly Cell[], shape: RegExp): boolean =>
  partsOf(cells).some((part) => shape.test(part.map(({ low }) => low).join(' ')));

const aCopy =
  /^(?:please |first |just |but |then |maybe )*(?:(?:an?|one|the|another) )?(?:(?!\S+s )\S+ ){0,2}(?:snapshot|snap|backup|copy|image)(?: (?:of|for|first|before|as|please|beforehand|and)\b.*)?$/;

/** "delete a, one last backup": no further one to be deleted. */
const oneMore =
  /^(?:please |first |just |but |then |maybe )*(?:(?:an?|one|another) |(?=last |final |fresh |quick ))(?:(?!\S+s )\S+ ){0,2}(?:snapshot|snap|backup|copy|image)(?: (?:of|for|first|before|as|please|beforehand|and)\b.*)?$/;

const making =
  /\b(make|take|do|create|get|grab|pull|keep|need|want|making|taking)( \w+){0,3} (snapshots?|backups?)(?![\w-])(?! (named|called))/;
const made =
  /(?<![\w-])(snapshots?|backups?)(?![\w-])( \w+){0,4} (made|taken|done|created|drawn|needed|required|first|before|beforehand)\b/;
const has =
  /\b(no|without|not|never|already|did|have been|has been|was|were|had|exists?|there is|there are|if|nobody|so no|failed|because)\b/;

/** "stop a, hibernate": either of them. */
function stoppedTwice({ steps }: PlanReading): Doubt | undefined {
  const idsOf = (verb: RegExp): readonly string[] =>
    steps.flatMap(({ operation, target }) =>
      verb.test(operation) && target?.kind === 'resources' ? target.ids : [],
    );
  const suspended = new Set(idsOf(/^suspend\.vm$/));
  return idsOf(/^stop\.vm$/).some((id) => suspended.has(id)) && idsOf(/^(start|resume)\./).length === 0
    ? { about: 'op', question: 'Is it to be stopped, or suspended?' }
    : undefined;
}

/** "create a network a or a subnet b": one of the two. */
function eitherNew({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const isEither = cells.some(
    (cell, at) =>
      !cell.quoted &&
      isWord(cell, 'or') &&
      isWord(cells[at + 1], 'det', 'one') &&
      cells.slice(at + 2, at + 4).some((one) => senseOf(one, 'kind')),
  );
  return isEither && steps.some(({ operation }) => operation.startsWith('create.'))
    ? { about: 'op', question: 'Which of the two is to be made?' }
    : undefined;
}

const undone: readonly (readonly [RegExp, RegExp])[] = [
  [/^(stop|suspend)\./, /^(start|resume)\./],
  [/^(cordon|drain)\./, /^uncordon\./],
  [/^(suspend|policy\.disable)/, /^(resume|policy\.enable)/],
];

/** "stop a, detach b from c, then start it again": a is meant, and no other. */
function otherUndone({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const isPointing = ({ evidence }: PlanReading['steps'][number]): boolean =>
    cells.some(
      (cell) =>
        !cell.quoted &&
        isWord(cell, 'pronoun') &&
        evidence.some(({ start, end }) => start <= cell.start && cell.end <= end),
    );
  const isOther = undone.some(([deed, back]) => {
    const done = new Set(steps.flatMap((step) => (deed.test(step.operation) ? idsOf(step) : [])));
    const first = steps.findIndex((step) => deed.test(step.operation));
    const put = steps.filter(({ operation }, at) => back.test(operation) && at > first);
    const isLeft = ![...done].some((id) => put.some((step) => idsOf(step).includes(id)));
    return done.size > 0 && isLeft && put.some((step) => isPointing(step));
  });
  return isOther ? { about: 'target', question: 'Which of these is to be brought back?' } : undefined;
}

/** "…, and we also need a security group probe-sg": something new that is in no step. */
function leftNew({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const said = JSON.stringify(steps.map(({ args }) => args)).toLowerCase();
  const first = cells.findIndex((cell) => !cell.quoted && isBase(cell));
  const need = cells.findIndex(
    (cell, at) =>
      at > first &&
      first >= 0 &&
      !cell.quoted &&
      (isWord(cell, 'need') || /^(i|we) (need|want|also need|also want)$/.test(cell.low)),
  );
  const kind =
    need < 0
      ? -1
      : cells.findIndex((cell, at) => at > need && at < need + 5 && !cell.quoted && senseOf(cell, 'kind'));
  if (kind < 0 || !cells.slice(need, kind).some(({ low }) => /^(a|an|another|one)$/.test(low)))
    return undefined;
  const name = cells[isWord(cells[kind + 1], 'named') ? kind + 2 : kind + 1];
  const doubt = (text: string): Doubt => ({
    about: 'op',
    question: `What is to be done about "${text}"? It is in no step of this plan.`,
  });
  const isNew =
    name !== undefined && !senseOf(name, 'name') && /[a-z]/.test(name.low) && /[-\d_]/.test(name.low);
  if (isNew) return said.includes(name.low) ? undefined : doubt(name.text);
  // "stop a, we need a vm for tests"
  const kinds: readonly string[] = senseOf(cells[kind], 'kind')!.kinds;
  // "start a, someone needs a page from it": what the started thing gives out, and nothing that is made.
  const isGiven =
    !kinds.includes('snapshot') &&
    /^(from|of|off|out of)$/.test(name?.low ?? '') &&
    /^(it|there|that one|that)$/.test(cells[kind + 2]?.low ?? '') &&
    steps.every(({ operation }) => /^(start|resume|reboot|uncordon)\./.test(operation));
  if (isGiven) return undefined;
  const isEnd = name === undefined || isWord(name, 'comma', 'stop', 'filler', 'prep', 'of');
  const isMade = steps.some(({ operation }) =>
    kinds.some((one) => {
      const [verb, kind] = operation.split('.');
      // "start a, we need a vm for tests": that one.
      return kind === one && /^(create|start|resume|resize|scale|restore|attach|assign-ip)$/.test(verb!);
    }),
  );
  const isTaken = kinds.includes('snapshot') && steps.some(({ operation }) => /^snapshot\./.test(operation));
  return isEnd && !isMade && !isTaken ? doubt(cells[kind]!.text) : undefined;
}

/** An address is not taken off a machine and another one given to it in one breath. */
function backAgain({ steps }: PlanReading): Doubt | undefined {
  const idsOf = ({ target }: PlanReading['steps'][number]): string => JSON.stringify(target);
  const isBack = steps.some(
    (step, at) =>
      step.operation === 'assign-ip.vm' &&
      step.args.ip === 'any' &&
      steps.slice(0, at).some((one) => one.operation === 'unassign-ip.vm' && idsOf(one) === idsOf(step)),
  );
  return isBack ? { about: 'op', question: 'Which address is to go where?' } : undefined;
}

/** "move jenkins to something cheaper": a size, a place, or what? */
function elsewhere({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const isMoved = steps.some(({ operation }) => operation.startsWith('migrate.'));
  if (
    !isMoved ||
    !/\bto (something|a (\w+ )?(type|size|flavor|flavour|instance type|plan|tier)|(bigger|smaller|cheaper|larger))\b/.test(
      plainText(cells),
    )
  )
    return undefined;
  return { about: 'args', question: 'Which flavor is wanted?' };
}

const isFigure = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;

/** "same goes for b": it is done there, too. */
const alsoSame = /^(and )?(the )?(same|ditto|likewise)\b/;

/** A word that is an order and nothing else. */
const deedOf = (cell: Cell | undefined): string | undefined =>
  cell && !cell.quoted && cell.senses.every(({ t }) => t === 'verb') && isDeed(cell, 'base')
    ? senseOf(cell, 'verb')!.phrase
    : undefined;

/** "detach a, no it is not attached, …" */
const takenBack =
  /(?:[,.;…] |\.\.\. ?)no ,? ?(?:it|that|this|they)(?: is| are| was| has| does)? (?:not|isnt|never)\b/;

const leaves = 'gone';

const isMark = (cell: Cell): boolean =>
  !cell.quoted && (isWord(cell, 'comma', 'stop', 'colon') || cell.low === ';');

/** Between marks, and what is said to come next. */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (isMark(cell) || (isWord(cell, 'afterwards') && !cell.quoted)) parts.push([]);
    else parts.at(-1)!.push(cell);
  return parts;
}

/** Sentences and parts of sentences behind the one with the first order. */
function clausesBehind(cells: readonly Cell[], first: number): readonly (readonly Cell[])[] {
  const clauses: Cell[][] = [[]];
  cells.forEach((cell, at) => {
    if (isMark(cell)) clauses.push([]);
    else if (at > first) clauses.at(-1)!.push(cell);
  });
  const own = cells.slice(0, first).filter((cell) => isMark(cell) && cell.low !== ';').length;
  return clauses.slice(own + 1).filter((clause) => clause.length > 1 && !clause.slice(0, 2).some(isBase));
}

/** The deed that is wished for. */
function wishOf(clause: readonly Cell[]): string | undefined {
  const said = clause.map(({ low }) => low).join(' ');
  if (/\b(by|why|because|so that|who|which|whether|once|when|until|already)\b/.test(said)) return undefined;
  const modal = clause.findIndex(({ low }) => modals.test(low));
  const deed = clause.find((cell, at) => at > modal && isDeed(cell, 'ed'));
  if (modal > 0 && deed && /\b(be|get)\b/.test(said)) return senseOf(deed, 'verb')!.phrase;
  if (leaving.test(said)) return leaves;
  const need = clause.findIndex(({ low }) => needs.test(low));
  const object = clause.slice(need + 1).find((cell) => !isWord(cell, 'det') || /same/.test(cell.low));
  if (need < 1 || !object) return undefined;
  const isAlone = clause.slice(clause.indexOf(object) + 1).every(({ low }) => behind.test(low));
  return isAlone && isDeed(object, 'base') ? senseOf(object, 'verb')!.phrase : undefined;
}

const modals = /(^| )(can|could|may|might|should|must|shall)$|(^| )(can|could|may|should|must|shall) be$/;
const leaving =
  /^(?!(?:we|i|you|people|nobody|everybody) ).*\b(?:can|may|could|should|must) (?:both |all |then |also |now )*(?:go|go away|disappear)(?: too| also| as well| then| now| please| afterwards)*$/;
const needs = /^(?:also |both |all )?(?:needs?|deserves?|wants?|could use|can use|should get|must get)$/;
const behind = /^(?:too|also|as well|then|now|please|afterwards|both|all|again|away|first)$/;

/** A verb of the catalogue in that form. */
function isDeed(cell: Cell, form: 'ed' | 'base'): boolean {
  const verb = senseOf(cell, 'verb');
  const isKnown = verb !== undefined && Object.values(verbWords).some((words) => words.includes(verb.phrase));
  return isKnown && verb.form === form && !vague.test(verb.phrase);
}

const vague =
  /^(use|keep|run|make|do|take|get|give|put|set|change|move|see|show|list|check|bring|turn|add|new)$/;
