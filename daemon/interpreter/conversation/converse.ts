// Sentences that only make sense after another one: corrections ("no, the prod one", "sorry, 3 not 10"), ellipsis
// ("same for staging", "and web-10?") and pronouns. The turn before is read again and the new words replace what is
// of the same sort in it; nothing is carried over that the person did not say in one of the two turns.

import type { ReadRequest } from '../contract.ts';
import { attemptsOf, type Read, type Tools } from '../filling/readClause.ts';
import type { Antecedent, Scene } from '../linking/scene.ts';
import type { Clause } from '../phrases/clause.ts';
import { parseClause } from '../phrases/parse.ts';
import { splitClauses } from '../steps/split.ts';
import { understand } from '../understand.ts';
import { type Cell, cellsOf, isWord, senseOf } from '../words/cells.ts';
import { tokenise } from '../words/tokens.ts';
import { correctedInside, stripMarks } from './correct.ts';
import { isMoreThanEllipsis, isUndoOfOther, isUndoSaid, wasOther } from './elliptic.ts';
import { withListed } from './listed.ts';
import { mergeClauses } from './merge.ts';
import { narrowedLogs } from './narrowed.ts';

const turnsBackMax = 3;

/** Reads a sentence in its conversation. */
export function converse(cells: readonly Cell[], request: ReadRequest, tools: Tools): readonly Read[] {
  const scene = sceneOf(request, tools);
  const inside = correctedInside(cells, scene, tools);
  if (inside) return inside;
  const turns = (request.context?.turns ?? []).slice(-2 * turnsBackMax);
  const previous = turns.findLast((turn) => turn.role === 'user');
  const { rest, marked } = stripMarks(cells);
  const reads = understand(marked ? rest : cells, scene, tools);
  if (!previous) return reads;
  const before = readBefore(request, tools);
  const last = before.findLast((read) => !read.idle && read.attempts.length > 0);
  if (!last) return reads;
  if (isAgain(cells)) return again(last) ?? reads;
  if (isOfAdded(cells, last, reads) || isUndoOfOther(request.text, last, reads)) return [];
  const lines = narrowedLogs(cells, last);
  if (lines) return lines;
  if (isCountAsked(cells)) return counted(last) ?? reads;
  const isOpen = splitClauses(rest)
    .slice(0, 1)
    .some((one) => isMoreThanEllipsis(one.cells, last));
  const led = marked && !isOpen ? continuedFirst(rest, last, request, scene, tools) : undefined;
  if (led) return led;
  // A question never takes over what was done in the turn before.
  const isDeed = last.attempts[0]?.steps.some((step) => step.operation.risk !== 'read') ?? false;
  const asked = (reads.filter((read) => !read.idle).at(-1) ?? reads.at(-1))?.clause;
  const isFigure = asked && (asked.metrics.length > 0 || asked.cues.has('logs') || asked.cues.has('why'));
  const isAsked = cells.some(
    (cell) => !cell.quoted && (cell.low === '?' || /^(what|how) about$/.test(cell.low)),
  );
  if (isDeed && asked && (isFigure || isAsked || asksItself(asked))) return reads;
  // "and who depends on it?" asks by itself.
  if (asked?.cues.has('depends') && asked.nps.length > 0) return reads;
  const narrower = narrowed(cells, last, scene, tools);
  if (narrower) return narrower;
  const figured = withFigure(reads, last);
  if (figured) return figured;
  if (marked && asksElse(reads, last)) return reads;
  if (!continues(rest, marked, reads)) return reads;
  if (isDeed && isMoreThanEllipsis(cells, last)) return [];
  const addition = measured(
    parseClause(rest, 'start', {
      lexicon: tools.lexicon,
      kindOf: (id) => tools.inventory.get(id)?.kind,
    }),
    last,
  );
  // "one more", "two less": not how many there are to be.
  const cues = ['more', 'less', 'half', 'double', 'triple'] as const;
  const isSaid = cues.some((cue) => addition.cues.has(cue));
  const isCounted =
    addition.labels.has('replicas') || addition.nps.some(({ kindCell }) => isWord(kindCell, 'replicas'));
  const isAdded = rest.some(({ low, quoted }) => !quoted && /^(additional|extra|further|another)$/.test(low));
  const isDelta = isDeed ? isSaid : isCounted && (isSaid || isAdded);
  if (isDeed && isDelta && !reads.some(({ clause }) => clause.verbs.some(({ form }) => form === 'base')))
    return [];
  const joined = isDelta ? undefined : mergeClauses(last.clause, addition, turnRefs(request), tools);
  if (!joined) return reads;
  // "memory of web" after "logs of web": a figure is asked for, of what was spoken of.
  const wasFigure = last.attempts[0]?.steps.some(({ operation }) =>
    /^(metrics|forecast)$/.test(operation.verb),
  );
  const isOther = addition.metrics.length > 0 && !wasFigure;
  const merged = isOther ? { ...joined, cues: addition.cues, verbs: [], times: addition.times } : joined;
  const attempts = attemptsOf(merged, scene, tools);
  const own = reads.find((read) => !read.idle)?.attempts[0];
  // "one more replica for it", behind a question: an order by itself.
  const isOrdered =
    own?.steps.length !== 0 && own?.steps.every(({ operation }) => operation.risk === 'change');
  if (!isDeed && !marked && isOrdered && own && !own.trouble) return reads;
  if (attempts.length === 0 || (own && !own.trouble && !marked && own.cost < attempts[0]!.cost - 0.3))
    return reads;
  return [{ clause: merged, attempts }];
}

/** "and the logs of the last hour?" behind the details of a thing: a whole question of another sort. */
function asksElse(reads: readonly Read[], last: Read): boolean {
  const [read, ...others] = reads.filter(({ idle }) => !idle);
  const own = read?.attempts[0];
  if (!read || !own || own.trouble || others.length > 0 || last.attempts[0]?.trouble) return false;
  const isAsked = (['logs', 'who', 'changed', 'why', 'when'] as const).some((cue) =>
    read.clause.cues.has(cue),
  );
  const was = last.attempts[0]?.steps.map(({ operation }) => operation.verb) ?? [];
  return (
    isAsked &&
    own.cost < 1 &&
    own.steps.every(({ operation }) => operation.risk === 'read' && !was.includes(operation.verb))
  );
}

const narrowing =
  /^(and|which|what|which ones?|which of|which one|how many|how many of|count|only|just|just the|only the|the|them|those|these|of|ones?|one|are|is|of them|of those|that|that are|which are|show|show me|list|please|pls|now|\?|\.|currently|right now|i mean|i meant|from|in|with|not|of these|me|ok|in state)$/;

/** "which of them are stopped?", "only the critical ones": a part of what the turn before listed. */
function narrowed(
  cells: readonly Cell[],
  last: Read,
  scene: Scene,
  tools: Tools,
): readonly Read[] | undefined {
  const [best] = last.attempts;
  const isList = best?.steps.length === 1 && !best.trouble && best.steps[0]!.operation.verb === 'list';
  const [np, ...others] = last.clause.nps;
  const states = cells.filter(
    (cell) => !cell.quoted && senseOf(cell, 'status') && !isWord(cell, 'prep') && !senseOf(cell, 'name'),
  );
  const isPart = cells.every(
    (cell) => states.includes(cell) || (!cell.quoted && (narrowing.test(cell.low) || isWord(cell, 'filler'))),
  );
  const isOther = np?.mods.some((mod) => mod.kind === 'status') || np?.negated || others.length > 0;
  if (!isList || !np?.kinds || isOther || states.length !== 1 || !isPart) return undefined;
  const [state] = states as unknown as readonly [Cell];
  const not = isWord(cells[cells.indexOf(state) - 1], 'not');
  const mod = { cell: state, kind: 'status', word: senseOf(state, 'status')!.name, not, post: true } as const;
  const clause: Clause = { ...last.clause, nps: [{ ...np, mods: [...np.mods, mod] }] };
  const counts = cells.some((cell) => isWord(cell, 'howMany'));
  const attempts = attemptsOf(clause, scene, tools).map((attempt) => ({
    ...attempt,
    steps: attempt.steps.map((step) => {
      const { agg: _, ...args } = step.args;
      return { ...step, args: counts ? { ...args, agg: 'count' } : args };
    }),
  }));
  return [{ clause, attempts }];
}

/** "now forecast it for the next two weeks" behind the disk of a thing: its disk. */
function withFigure(reads: readonly Read[], last: Read): readonly Read[] | undefined {
  const [read, ...others] = reads.filter(({ idle }) => !idle);
  const [own] = read?.attempts ?? [];
  const [before] = last.attempts;
  const metric = before?.steps.length === 1 ? before.steps[0]!.args.metric : undefined;
  const [step] = own?.steps ?? [];
  const isOpen =
    own?.steps.length === 1 && step!.operation.verb === 'forecast' && step!.args.metric === undefined;
  const isSame = step?.ids?.every((id) => before?.steps[0]?.ids?.includes(id));
  if (!read || !own || !isOpen || others.length > 0 || own.trouble || metric === undefined || !isSame)
    return undefined;
  return [{ ...read, attempts: [{ ...own, steps: [{ ...step!, args: { ...step!.args, metric } }] }] }];
}

/** "and disk?" after the cpu of a thing: a figure, and no volume. */
function measured(addition: Clause, last: Read): Clause {
  const wasFigure = last.attempts[0]?.steps.every(({ operation }) => operation.verb === 'metrics');
  const [np, ...others] = addition.nps;
  const metric = senseOf(np?.kindCell, 'metric')?.metric;
  const isBare = np && np.names.length + np.mods.length + np.also.length === 0 && !np.of && !np.plural;
  if (!wasFigure || !isBare || others.length > 0 || metric === undefined) return addition;
  return { ...addition, nps: [], metrics: [{ metric, cell: np.kindCell!, at: np.at }] };
}

/** "again", "once more please". */
function isAgain(cells: readonly Cell[]): boolean {
  const said = cells.filter(
    (cell) => !isWord(cell, 'comma', 'stop') && !/^(please|pls|and|ok|now)$/.test(cell.low),
  );
  return said.length > 0 && said.length <= 3 && repeating.test(said.map(({ low }) => low).join(' '));
}

const repeating =
  /^(again|once more|once again|one more time|and again|(do|try|run|repeat) (it|that|this)( again| once more| one more time)?|try again|same again|repeat|re-?run it|do (it|that) over)$/;

const counting =
  /^((and )?how many( (are there|is that|are they|are those|do we have|of them|of those|in total|altogether|in all|were there|all together))*|count( them| those| it)?|(and )?(the )?(number|count|total))( please| now)?$/;

/** "how many are there?": of what the turn before listed. */
const isCountAsked = (cells: readonly Cell[]): boolean =>
  cells.length <= 8 &&
  counting.test(
    cells
      .map((cell) => (cell.quoted ? '"' : cell.low))
      .join(' ')
      .replace(/[ .?!]+$/, ''),
  );

function counted(last: Read): readonly Read[] | undefined {
  const [best] = last.attempts;
  const isList = best && !best.trouble && best.steps.length === 1 && best.steps[0]!.operation.verb === 'list';
  if (!isList) return undefined;
  const steps = best.steps.map((step) => ({ ...step, args: { ...step.args, agg: 'count' } }));
  return [{ ...last, attempts: [{ ...best, steps }] }];
}

const adding = /^(tag|attach|assign-ip|open-port|snapshot)$/;

/** "remove it again", "drop it" behind "tag a with b=c": what was added may be meant, and a destroy is never guessed. */
function isOfAdded(cells: readonly Cell[], last: Read, reads: readonly Read[]): boolean {
  const added = (last.attempts[0]?.steps ?? []).filter(({ operation }) => adding.test(operation.verb));
  const ids = new Set(added.flatMap((step) => step.ids ?? []));
  const gone = reads.flatMap(({ idle, attempts }) => (idle ? [] : (attempts[0]?.steps ?? [])));
  const isGone = gone.some((step) => step.operation.verb === 'delete' && step.ids?.some((id) => ids.has(id)));
  const isSaid = cells.some((cell) => !cell.quoted && (senseOf(cell, 'name') ?? senseOf(cell, 'kind')));
  return isGone && !isSaid;
}

/** What was done in the turn before, where doing it twice does no harm. */
function again(last: Read): readonly Read[] | undefined {
  const best = last.attempts[0];
  const isHarmless = best?.steps.every(
    ({ operation }) =>
      operation.risk !== 'destroy' &&
      (operation.risk === 'read' || /^(reboot|restart|rollout-restart|run|discover)$/.test(operation.verb)),
  );
  return best && !best.trouble && isHarmless ? [last] : undefined;
}

/** "the same for staging, and restart it afterwards": the first clause needs the turn before, the others do not. */
function continuedFirst(
  cells: readonly Cell[],
  last: Read,
  request: ReadRequest,
  scene: Scene,
  tools: Tools,
): readonly Read[] | undefined {
  const [first, second] = splitClauses(cells);
  if (!first || !second || second.remark) return undefined;
  const options = { lexicon: tools.lexicon, kindOf: (id: string) => tools.inventory.get(id)?.kind };
  const addition = parseClause(first.cells, 'start', options);
  const others = cells.slice(cells.indexOf(second.cells[0]!));
  const isCommand = others.some((cell) => senseOf(cell, 'verb')?.form === 'base' && !cell.quoted);
  if (addition.verbs.length > 0 || !isCommand || asksItself(addition)) return undefined;
  const merged = mergeClauses(last.clause, addition, turnRefs(request), tools);
  const attempts = merged ? attemptsOf(merged, scene, tools) : [];
  if (!merged) return undefined;
  const ids = attempts[0]?.steps.flatMap((step) => step.ids ?? []) ?? [];
  // "…, then restart both": the thing of the turn before, and this one.
  const refs = turnRefs(request);
  const both: Antecedent[] = [ids, refs].map((some) => ({ ids: some, from: 'text', changed: true }));
  const isNew = ids.length === 1 && refs.length === 1 && ids[0] !== refs[0];
  const told: Antecedent[] = isNew ? both : [{ ids, from: 'text' }];
  const spoken: Scene = { ...scene, antecedents: [...told, ...scene.antecedents] };
  const [next, ...more] = understand(others, spoken, tools);
  const link = others.some((cell) => isWord(cell, 'afterwards')) ? 'then' : second.link;
  const linked = next ? [{ ...next, clause: { ...next.clause, link } }] : [];
  return [{ clause: merged, attempts }, ...linked, ...more];
}

/** What was spoken of and selected before. */
export function sceneOf(request: ReadRequest, tools: Tools): Scene {
  const antecedents: Antecedent[] = [];
  const refs = turnRefs(request);
  const selection = request.context?.selection ?? [];
  if (refs.length > 0) antecedents.push({ ids: refs, from: 'turn' });
  if (selection.length > 0) antecedents.push({ ids: selection, from: 'selection' });
  return {
    inventory: tools.inventory,
    nowMs: tools.nowMs,
    antecedents,
    connection: request.context?.connection,
    canDelete: (kind) => tools.catalogue.has(`delete.${kind}`),
  };
}

/** What the turn before named or showed. */
export function turnRefs(request: ReadRequest): readonly string[] {
  const turn = request.context?.turns?.findLast((one) => (one.refs?.length ?? 0) > 0);
  return turn?.refs ?? [];
}

/** The reads of the last turn of the person, in the conversation it stood in. */
function readBefore(request: ReadRequest, tools: Tools): readonly Read[] {
  const turns = (request.context?.turns ?? []).slice(-2 * turnsBackMax);
  const at = turns.findLastIndex((turn) => turn.role === 'user');
  if (at < 0) return [];
  const earlier: ReadRequest = {
    text: turns[at]!.text,
    nowMs: request.nowMs,
    context: { ...request.context, turns: turns.slice(0, at) },
  };
  const cells = cellsOf(tokenise(earlier.text).slice(0, 300), tools.lexicon, tools.inventory, tools.nowMs);
  return converse(withListed(cells, earlier, tools).cells, earlier, tools);
}

/** The turn before changed something, which what is said now may be about. */
export function isBehindDeed(request: ReadRequest, tools: Tools): boolean {
  const steps = readBefore(request, tools).flatMap(({ attempts }) => attempts[0]?.steps ?? []);
  return steps.some(({ operation }) => operation.risk !== 'read');
}

/** "put it back" behind a scaling or a restart: to what, is not said. */
export function isBehindOther(request: ReadRequest, tools: Tools): boolean {
  return isUndoSaid(request.text) && readBefore(request, tools).some(wasOther);
}

/** Whether the words need the turn before: no verb and no question of their own, or marked as a correction. */
function continues(rest: readonly Cell[], marked: boolean, reads: readonly Read[]): boolean {
  const spoken = reads.filter((read) => !read.idle);
  const clause = (spoken.at(-1) ?? reads.at(-1))?.clause;
  if (!clause) return true;
  // "don't delete it, just tag it": every clause has its say.
  // "check its memory before stopping it" orders, too.
  const isOrder = reads.some(
    ({ clause: { verbs, link } }) =>
      verbs.some((one) => one.form === 'base') || (verbs.length > 0 && /^(before|after)$/.test(link)),
  );
  if (reads.some((read) => read.idle === 'negated')) return false;
  if (isOrder && !(marked && clause.nps.length === 0 && clause.values.length > 0)) return false;
  if (!marked && asksItself(clause)) return false;
  // Names in the place of a pronoun are one word.
  return marked || new Set(rest.map(({ start }) => start)).size <= 10;
}

/** A question about something of its own never takes the verb of the turn before. */
function asksItself(clause: Clause): boolean {
  const asks = (
    [
      'question',
      'what',
      'ask',
      'list',
      'show',
      'why',
      'who',
      'changed',
      'depends',
      'howMany',
      'logs',
      'when',
    ] as const
  ).some((cue) => clause.cues.has(cue));
  return asks && !clause.cells.some((cell) => isWord(cell, 'same') && /about/.test(cell.low));
}
