// A word against an order beside it: that the thing is still needed, that there is no backup, that nobody is sure. What takes
// something away is not made a plan then; the plan is offered as a question. Called by `heldBack`.

import type { ClarifyReading, PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { isIdentifier } from '../phrases/nounContext.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing } from '../words/plainCells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';
import { destroying, plainText } from './guard.ts';
import { otherObject } from './wrongObject.ts';

/** Why a plan is asked about. */
export interface Doubt {
  readonly about: ClarifyReading['about'];
  readonly question: string;
  /** The plan is no answer to the question. */
  readonly isEmpty?: true;
}

/** Said beside a destroy or an eviction: that it should stay, or that nobody is sure. */
const objecting: readonly RegExp[] = [
  /(?<!\b(?:not|never|hardly|nothing|nobody) )(?<!\b(?:removal|deletion|termination|disposal|erasure|suspension|detachment|shutdown|draining)\b[^.,;]{0,60})\b(is|are|gets?|being) (still |really |very |being )*(needed|used|in use|required|important|critical|valuable)\b/,
  /\bstill (needs?|uses?|using|serving|in use|needed|required|used)\b/,
  /\b(no|without a?|do not have (a |any )?|does not have (a |any )?|there is no|never had a) ?backups?\b/,
  /\b(owner|manager|boss|lead|team|customer|user) (is |are |was |has |did )*(not|unknown|unclear|unsure|unaware|against|objects?|objected|disagrees?|disagreed|refuses?)\b/,
  /\b(is|are) not (obsolete|unused|old|broken|ours|mine)\b/,
  /\b(i (think|guess|suppose|believe)(?! (i|we|it|someone|somebody|they|he|she) (has |have |was |were |had )*(left|forgot|forgotten|kept)\b)|probably|maybe|perhaps|i hope(?! (?:i am|i did|i do|i got|this is|that is|it is) (?:doing |using |asking |saying )*(?:this |it |that )*(?:right|correct|correctly|properly|the right)\b)|if i am right)\b/,
];
/** "I think a and b are leftovers of mine, could you delete both": whose they are is known to who begs for it. */
const ownThings =
  /^(?!.*\b(?:not|no|never)\b)(?:i (?:think|guess|believe) )?[^.;]*\b(?:of mine|mine|of ours|ours)$/;

/** The text between its marks. */
export function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (!cell.quoted && isWord(cell, 'comma', 'stop', 'open', 'close', 'colon')) parts.push([]);
    else parts.at(-1)!.push(cell);
  return parts;
}

const cancelling =
  /cancel (?:it|that|this)(?: please)?[ .!]*$|^ *(?:please )?cancel \u25a1 *,? *i changed my mind[ .!]*$/;

/** "act-76 is off, cancel it", "cancel act-41, I changed my mind": the action is what is taken back. */
export const isCancelled = ({ steps }: PlanReading, cells: readonly Cell[]): boolean =>
  steps.every(({ operation }) => operation === 'action.cancel') && cancelling.test(plainText(cells));

/** Tells of a name whether it is of something that a plan leaves alone. */
export function leftAlone({ steps }: Pick<PlanReading, 'steps'>): (cell: Cell) => boolean {
  const taken = new Set(steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])));
  return (cell) => {
    const name = senseOf(cell, 'name');
    return name?.exact === true && !name.ids.some((id) => taken.has(id));
  };
}

/** "drain worker-4, it is still needed": a word against what takes something away, beside the order itself. */
export function isObjected({ steps }: PlanReading, cells: readonly Cell[], catalogue: Catalogue): boolean {
  const takes = steps.some(
    ({ operation }) =>
      catalogue.get(operation)?.risk === 'destroy' || /^(drain|stop|suspend|detach)\./.test(operation),
  );
  if (!takes) return false;
  const parts = partsOf(cells);
  const order = parts.findIndex((part) =>
    part.some((cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'base'),
  );
  const isLeft = leftAlone({ steps });
  // "stop a, b is still needed"
  const isOfOther = (part: readonly Cell[]): boolean => {
    const [first, next] = part;
    const isSubject = isPredicate(next) && first !== undefined && isLeft(first);
    // "maria still needs a, so only delete b"
    const object = part.at(-1);
    const isObject =
      object?.quoted === false &&
      isLeft(object) &&
      !part
        .slice(0, -1)
        .some((cell) => isThing(cell) || /^(?:it|its|that|this|them|those|both)$/.test(cell.low));
    return isSubject || isObject;
  };
  return parts.some(
    (part, at) =>
      at !== order &&
      !isOfOther(part) &&
      !ownThings.test(plainText(part).trim()) &&
      objecting.some((pattern) => pattern.test(plainText(part))),
  );
}

/** Something else may be meant than what the plan is about. */
export function otherMeant(
  reading: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const missing = leftOut(reading, cells) ?? otherSpokenOf(reading, cells, catalogue);
  if (missing) return { about: 'target', question: `What is "${missing.text}"?` };
  if (isOfBound(reading, cells, catalogue))
    return {
      about: 'target',
      question: 'Is that what is to be destroyed, or what is in it?',
      isEmpty: true,
    };
  if (isOfLines(reading, cells))
    return { about: 'op', question: 'Are the last lines of its log wanted?', isEmpty: true };
  const other = otherObject(reading, cells, catalogue);
  if (other === undefined) return undefined;
  return { about: 'op', question: `"${other}": what exactly should happen, and to what?`, isEmpty: true };
}

/** "put 100 lines of ledger here": so many lines of a log are no replicas, and no size. */
const isOfLines = ({ steps }: PlanReading, cells: readonly Cell[]): boolean =>
  cells.some((cell, at) => {
    const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
    const isLines =
      value?.k === 'number' && isWord(cells[at + 1], 'logCue') && !senseOf(cells[at + 1], 'name');
    return (
      isLines &&
      steps.some(({ args }) => args.replicas === value.n || args.size_gb === value.n) &&
      !steps.some(({ operation }) => operation.startsWith('logs.'))
    );
  });

/**
 * "remove the pods from all namespaces" never removes namespaces: of two nouns the one behind "from", "of" or "in" only
 * bounds the other. The grammar knows that; this holds it for every destroy of a set, whatever was read.
 */
function isOfBound({ steps }: PlanReading, cells: readonly Cell[], catalogue: Catalogue): boolean {
  return steps.some(({ operation, target }) => {
    const { risk, kind } = catalogue.get(operation) ?? {};
    const isSet = target?.kind === 'resources' && target.ids.length > 1;
    if (risk !== 'destroy' || !isSet || kind === undefined) return false;
    const isKind = (cell: Cell): boolean =>
      !cell.quoted && senseOf(cell, 'kind')?.kinds.includes(kind) === true;
    const nouns = cells.flatMap((cell, at) => (isKind(cell) ? [at] : []));
    const named = target.ids.every((id) => cells.some((cell) => senseOf(cell, 'name')?.ids.includes(id)));
    return nouns.length > 0 && !named && nouns.every((at) => isBehindOther(cells, at, kind));
  });
}

function isBehindOther(cells: readonly Cell[], at: number, kind: string): boolean {
  let before = at - 1;
  while (before > 0 && (isWord(cells[before], 'det', 'all', 'both', 'any') || senseOf(cells[before], 'env')))
    before--;
  if (!/^(from|of|in|on|out of|across)$/.test(cells[before]?.low ?? '')) return false;
  const verb = cells.findIndex((cell) => senseOf(cell, 'verb')?.form === 'base');
  return cells
    .slice(verb + 1, before)
    .some((cell) => (senseOf(cell, 'kind')?.kinds ?? []).some((one) => one !== kind));
}

/**
 * A word in the place of one more thing, or an "it" behind a thing that the plan leaves out: "restart grafana, kibana",
 * "restart ledger, kafka is slow, restart it". Gives the cell that was left out.
 */
function leftOut({ steps, risk }: PlanReading, cells: readonly Cell[]): Cell | undefined {
  const other = risk === 'destroy' ? otherThanNamed(cells) : undefined;
  // "retire a: a snapshot, then delete it": nobody deletes what was just taken.
  const isTaken = steps.some(({ operation }) => operation.startsWith('snapshot.'));
  if (other && !(isTaken && senseOf(other, 'kind')!.kinds.includes('snapshot'))) return other;
  const used = JSON.stringify(steps.map(({ target, args }) => [target, args])).toLowerCase();
  const isUsed = (cell: Cell): boolean =>
    senseOf(cell, 'name')?.ids.some((id) => used.includes(JSON.stringify(id).toLowerCase())) === true ||
    used.includes(`"${cell.low}"`);
  const goesAnywhere = steps.some(
    ({ operation, args }) => /^migrate\./.test(operation) && args.host === undefined,
  );
  return cells.find((cell, at) => {
    if (cell.quoted) return false;
    // "it must go to esx-02, please move it": where to was said, and not read.
    if (goesAnywhere && /^(there|over there|elsewhere there)$/.test(cell.low)) return true;
    const isHost = senseOf(cell, 'name')?.ids.every((id) => /:(host|node)\//.test(id)) === true;
    const isLeft =
      /^(off|from|away from|out of|off of)$/.test(wordBefore(cells, at)) || isPredicate(cells[at + 1]);
    if (goesAnywhere && isHost && !isLeft && !isUsed(cell)) return true;
    if (goesAnywhere && isIdentifier(cell) && /^(to|onto|on)$/.test(wordBefore(cells, at))) return true;
    const isThe = isWord(cells[at - 1], 'their', 'det') && !isWord(cells[at + 1], 'one');
    const lead = isThe ? at - 2 : at - 1;
    const listed = cells[lead - 1];
    const before = cells[at - 1];
    if (isWord(cells[lead], 'comma', 'and') && listed && isUsed(listed) && isNobody(cell)) {
      const next = cells[at + 1];
      return next === undefined || isWord(next, 'comma', 'and', 'stop', 'filler');
    }
    const isIt = cell.low === 'it' && senseOf(before, 'verb')?.form === 'base';
    const last = isIt
      ? cells.slice(0, at).findLast((one) => !one.quoted && senseOf(one, 'name') && !senseOf(one, 'env'))
      : undefined;
    return last !== undefined && !isUsed(last) && isPredicate(cells[cells.indexOf(last) + 1]);
  });
}

/** "poc-kafka has an old snapshot, delete it": a thing that was spoken of since, and that has no name. */
function otherThanNamed(cells: readonly Cell[]): Cell | undefined {
  const it = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      /^(it|this|that|them|this one|that one)$/.test(cell.low) &&
      destroying.has(senseOf(cells[at - 1], 'verb')?.phrase ?? ''),
  );
  const name = cells.findLastIndex((cell, at) => at < it && isNamed(cell));
  if (name < 0) return undefined;
  const own = senseOf(cells[name], 'name')!.ids;
  return cells.slice(name + 1, it).find((cell, index) => {
    const at = name + 1 + index;
    const kinds = senseOf(cell, 'kind')?.kinds ?? [];
    const isSame = kinds.some((kind) => own.some((id) => id.includes(`:${kind}/`)));
    const isNoun = cells.slice(Math.max(name, at - 3), at).some((one) => isWord(one, 'det', 'their', 'any'));
    const isBeside = at === name + 1 || (senseOf(cell, 'verb') !== undefined && !isNoun);
    const isPlace = /^(in|on|at|from|by|for|with|to|of)$/.test(wordBefore(cells, at));
    return kinds.length > 0 && !cell.quoted && !isSame && !isBeside && !isPlace;
  });
}

const isNamed = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env');

/** The word before, without an article. */
function wordBefore(cells: readonly Cell[], at: number): string {
  return cells[isWord(cells[at - 1], 'det') ? at - 2 : at - 1]?.low ?? '';
}

/** A word that no name, no word of the language and no everyday word is. */
function isNobody(cell: Cell): boolean {
  return (
    cell.senses.every(({ t }) => t === 'part' || t === 'prefix') &&
    /\p{L}{3}/u.test(cell.low) &&
    !plainWords.has(singular(cell.low))
  );
}

/**
 * "web-1 does not need the env tag, remove it", "the vms running debian-12 are idle, delete them": what "it" stands for
 * was something the plan does not destroy. Gives the word that was spoken of.
 */
function otherSpokenOf(
  { steps }: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Cell | undefined {
  const kinds: readonly string[] = steps.flatMap(({ operation }) => {
    const one = catalogue.get(operation);
    return one?.risk === 'destroy' ? [one.kind] : [];
  });
  const isThing = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    (senseOf(cell, 'kind') ?? senseOf(cell, 'name') ?? senseOf(cell, 'part')) !== undefined;
  const it = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      /^(it|them|those|these|that)$/.test(cell.low) &&
      senseOf(cells[at - 1], 'verb')?.form === 'base' &&
      !isThing(cells[at + 1]),
  );
  if (kinds.length === 0 || it < 0) return undefined;
  const before = cells.slice(0, it - 1);
  const others =
    /^(tags?|labels?|annotations?|rules?|files?|logs?|entry|entries|permissions?|limits?|cron|settings?)$/;
  // "tag a with keep=no, then delete it": a verb is no thing.
  const other = before.find(
    (cell) =>
      !cell.quoted &&
      others.test(cell.low) &&
      !senseOf(cell, 'name') &&
      !(senseOf(cell, 'verb')?.form === 'base' && senseOf(before[before.indexOf(cell) + 1], 'name')),
  );
  const plural = before.find(
    (cell) => !cell.quoted && senseOf(cell, 'kind')?.plural && !isWord(cell, 'replicas'),
  );
  const isMissed =
    plural !== undefined && !senseOf(plural, 'kind')!.kinds.some((kind) => kinds.includes(kind));
  return other ?? (isMissed && cells[it]!.low !== 'it' ? plural : undefined);
}
