// Reads the clauses of a sentence one after the other: what an earlier one spoke of or creates is what a later one
// means by "it". Each clause gets its attempts; the cheapest that is sure enough is taken.

import type { Operation } from '../../shared/model/operation.ts';
import type { Catalogue } from '../catalogue/contract.ts';
import type { Attempt, DraftStep } from './attempt.ts';
import { readAudit } from './audit.ts';
import { type Cell, isWord } from './cells.ts';
import type { Clause, Np } from './clause.ts';
import { fillOperation } from './fill.ts';
import { type Intent, intentsOf } from './intents.ts';
import type { Inventory } from './inventory.ts';
import type { Lexicon } from './lexicon.ts';
import { parseClause } from './parse.ts';
import type { Antecedent, Scene } from './scene.ts';

import { splitClauses } from './split.ts';

export interface Tools {
  readonly catalogue: Catalogue;
  readonly lexicon: Lexicon;
  readonly inventory: Inventory;
  readonly nowMs: number;
}

/** One clause with all it may mean, the cheapest first. */
export interface Read {
  readonly clause: Clause;
  readonly attempts: readonly Attempt[];
  /** It says nothing to do: a greeting, a reason, a "don't". */
  readonly idle?: 'comment' | 'negated';
}

/** Prices above which a reading is not acted on, by risk. */
export const sureCost: Readonly<Record<Operation['risk'], number>> = {
  read: 1.3,
  change: 0.85,
  destroy: 0.5,
};

const attemptsMax = 6;

/** Reads all clauses in the order of the text. */
export function understand(cells: readonly Cell[], base: Scene, tools: Tools): readonly Read[] {
  const reads: Read[] = [];
  let antecedents = base.antecedents;
  let steps = 0;
  let scope: Clause['scope'] = [];
  const spared: Np[] = [];
  for (const segment of splitClauses(cells)) {
    const parsed = parseClause(segment.cells, segment.link, {
      lexicon: tools.lexicon,
      kindOf: (id) => tools.inventory.get(id)?.kind,
    });
    const clause: Clause = scope.length > 0 ? { ...parsed, scope: [...scope, ...parsed.scope] } : parsed;
    if (isScopeOnly(parsed)) {
      scope = parsed.scope;
      continue;
    }
    if (isSparing(parsed)) {
      spared.push(...parsed.nps);
      reads.push({ clause: parsed, attempts: [], idle: 'comment' });
      continue;
    }
    for (const np of clause.nps) if (spared.length > 0 && (np.quant || np.plural)) np.except.push(...spared);
    const read = readClause(clause, { ...base, antecedents }, tools, reads);
    reads.push(read);
    const best = read.idle ? undefined : read.attempts[0];
    antecedents = [...spokenOf(best, clause, steps), ...antecedents];
    steps += best?.steps.length ?? 0;
  }
  return withoutComments(sharedTargets(reads, base, tools), base, tools);
}

/** "cordon, drain and delete worker-4": the thing is named once, behind the last verb. */
function sharedTargets(reads: readonly Read[], base: Scene, tools: Tools): readonly Read[] {
  const result = [...reads];
  for (let at = result.length - 2; at >= 0; at--) {
    const read = result[at]!;
    const next = result[at + 1]!;
    const lacking =
      read.clause.nps.length === 0 &&
      read.clause.verbs.length > 0 &&
      read.attempts[0]?.trouble?.because === 'unsaid';
    if (!lacking || next.clause.link !== 'and' || next.clause.nps.length === 0 || next.attempts[0]?.trouble)
      continue;
    const clause: Clause = {
      ...read.clause,
      nps: next.clause.nps,
      scope: [...read.clause.scope, ...next.clause.scope],
    };
    const attempts = attemptsOf(clause, base, tools);
    if (attempts[0] && !attempts[0].trouble) result[at] = { clause, attempts };
  }
  return result;
}

/** "Don't touch prod; …": what no later set of this text may have in it. */
function isSparing(clause: Clause): boolean {
  const spares = clause.cells.some(
    (cell) => !cell.quoted && isWord(cell, 'except') && !isWord(cell, 'instead'),
  );
  const asks = (['ask', 'list', 'show', 'question', 'what', 'why', 'howMany', 'logs'] as const).some((cue) =>
    clause.cues.has(cue),
  );
  const bare = clause.nps.every((np) => !np.quant && np.except.length === 0);
  return spares && !asks && clause.verbs.length === 0 && clause.nps.length > 0 && bare;
}

/** "In staging, …": a place said before anything else holds for all that follows. */
function isScopeOnly(clause: Clause): boolean {
  return (
    clause.scope.length > 0 &&
    clause.verbs.length + clause.nps.length + clause.values.length + clause.metrics.length === 0 &&
    clause.unknown.length === 0 &&
    !clause.cues.has('question')
  );
}

/** Beside a clear command, what is neither command nor question is only talk; what bounds a command never is. */
function withoutComments(reads: readonly Read[], base: Scene, tools: Tools): readonly Read[] {
  const isCommand = (read: Read): boolean => {
    const best = read.attempts[0];
    if (read.idle || best === undefined) return false;
    const asks = (['why', 'logs', 'depends', 'question'] as const).some((cue) => read.clause.cues.has(cue));
    if (asks && best.cost < 0.4 && !best.trouble) return true;
    const changes = best.steps.some((step) => step.operation.risk !== 'read');
    return changes && (!best.trouble || best.cost < 0.6) && read.clause.verbs.length > 0;
  };
  if (!reads.some(isCommand)) return reads;
  return reads.map((read, at) => {
    if (read.idle || (isCommand(read) && !isPurpose(read)))
      return borrowValues(read, reads.slice(0, at), base, tools);
    const { clause } = read;
    if (isPurpose(read)) return { ...read, idle: 'comment' };
    const bounds =
      clause.cues.has('if') ||
      clause.cells.some(
        (cell, index) =>
          isWord(cell, 'except', 'outside') || (isWord(cell, 'not') && bindsNoun(clause.cells[index + 1])),
      );
    const asks = (
      ['ask', 'list', 'show', 'why', 'howMany', 'logs', 'who', 'depends', 'question', 'what'] as const
    ).some((cue) => clause.cues.has(cue));
    const leading = clause.verbs.some((verb) => verb.form === 'base' && verb.leading);
    const continuation = clause.link === 'and' || clause.link === 'then';
    if (bounds || asks || leading || (continuation && clause.verbs.length === 0 && at > 0)) return read;
    return { ...read, idle: 'comment' };
  });
}

/** "not the bastion": what follows is ruled out. */
function bindsNoun(cell: Cell | undefined): boolean {
  return (
    cell !== undefined &&
    (isWord(cell, 'det', 'all') ||
      cell.senses.some(
        (sense) => sense.t === 'name' || sense.t === 'kind' || sense.t === 'part' || sense.t === 'env',
      ))
  );
}

/** "before we migrate": why, not what. */
function isPurpose(read: Read): boolean {
  const { clause } = read;
  return clause.link === 'before' && read.attempts[0]?.trouble !== undefined && clause.nps.length === 0;
}

/** "it needs 20% more room, please grow it": the amount stood in the sentence before. */
function borrowValues(read: Read, before: readonly Read[], base: Scene, tools: Tools): Read {
  const best = read.attempts[0];
  if (read.idle || !best?.trouble?.about.startsWith('args.') || read.clause.values.length > 0) return read;
  const values = before
    .filter((one) => one.clause.verbs.every((verb) => verb.form !== 'base'))
    .flatMap((one) => one.clause.values);
  if (values.length === 0) return read;
  const spoken = before.flatMap((one) =>
    one.clause.nps.flatMap((np) => np.names.flatMap((name) => name.ids)),
  );
  const clause: Clause = { ...read.clause, values };
  const attempts = attemptsOf(
    clause,
    { ...base, antecedents: [{ ids: spoken, from: 'text' }, ...base.antecedents] },
    tools,
  );
  return attempts[0] && !attempts[0].trouble ? { clause, attempts } : read;
}

/** Reads one clause, also as a continuation of the one before it. */
export function readClause(clause: Clause, scene: Scene, tools: Tools, before: readonly Read[]): Read {
  if (clause.negated && clause.verbs.length > 0) return { clause, attempts: [], idle: 'negated' };
  const attempts = attemptsOf(clause, scene, tools);
  const previous = before.findLast((read) => !read.idle && read.attempts.length > 0);
  const own = attempts[0];
  const asksNothing = !(
    [
      'ask',
      'list',
      'show',
      'logs',
      'why',
      'what',
      'howMany',
      'when',
      'who',
      'changed',
      'depends',
      'question',
    ] as const
  ).some((cue) => clause.cues.has(cue));
  if (
    previous &&
    asksNothing &&
    clause.verbs.length === 0 &&
    (clause.link === 'and' || clause.link === 'then' || clause.link === 'start')
  ) {
    const continued = continueClause(clause, previous, scene, tools);
    const first = continued?.attempts[0];
    if (continued && first && (!own || own.trouble || first.cost <= own.cost + 0.2)) return continued;
  }
  if (isComment(clause, own, before)) return { clause, attempts: [], idle: 'comment' };
  return { clause, attempts };
}

/** "… and cart in prod to 4": the verb of the clause before it. */
function continueClause(clause: Clause, previous: Read, scene: Scene, tools: Tools): Read | undefined {
  const first = previous.clause.verbs[0];
  if (!first) return undefined;
  const target = previous.clause.nps.find((np) => np.prep === undefined) ?? previous.clause.nps[0];
  // "resize a to M.8, then b": what was said beside the target holds on where nothing new is said.
  const others = previous.clause.nps.filter(
    (np) => np !== target && np.prep !== undefined && !clause.nps.some((own) => own.prep === np.prep),
  );
  const joined: Clause = {
    ...clause,
    verbs: [{ ...first, at: -1, leading: true }],
    values: clause.values.length > 0 ? clause.values : previous.clause.values,
    nps: [...clause.nps, ...others],
  };
  return { clause: joined, attempts: attemptsOf(joined, scene, tools) };
}

/** Nothing is asked for: a greeting, a reason, a thank you. */
function isComment(clause: Clause, best: Attempt | undefined, before: readonly Read[]): boolean {
  if (clause.verbs.some((verb) => verb.form === 'base' && verb.leading)) return false;
  const asks = [
    'question',
    'ask',
    'list',
    'show',
    'why',
    'howMany',
    'what',
    'logs',
    'when',
    'who',
    'changed',
    'depends',
  ] as const;
  if (best && !best.trouble && best.cost <= 0.5) return false;
  if (asks.some((cue) => clause.cues.has(cue))) return false;
  if (clause.verbs.some((verb) => verb.form === 'base') && best && best.cost < 1.2) return false;
  const plain = clause.nps.length === 0 && clause.verbs.length === 0;
  return (
    plain ||
    (clause.link === 'stop' && before.length > 0) ||
    (clause.link === 'start' &&
      !clause.verbs.some((verb) => verb.form === 'base') &&
      !(best && best.cost < 1))
  );
}

export function attemptsOf(clause: Clause, scene: Scene, tools: Tools): readonly Attempt[] {
  const intents = intentsOf(clause, tools.catalogue, tools.lexicon, tools.inventory);
  const attempts: Attempt[] = [];
  for (const intent of intents) {
    if (intent.operation.id === 'audit.list') {
      attempts.push(readAudit(intent, clause, scene, tools));
      continue;
    }
    const attempt = tryIntent(intent, clause, scene);
    if (attempt) attempts.push(attempt);
  }
  attempts.push(...mixedKinds(intents, clause, scene));
  return dedupe(attempts.sort((a, b) => weight(a) - weight(b)).slice(0, 3 * attemptsMax)).slice(
    0,
    attemptsMax,
  );
}

function tryIntent(intent: Intent, clause: Clause, scene: Scene): Attempt | undefined {
  if (intent.cost > 3.2) return undefined;
  return fillOperation({
    operation: intent.operation,
    clause,
    scene,
    phrase: intent.phrase,
    verb: intent.verb,
    cost: intent.cost,
  });
}

/** A reading that lacks something is dearer than one that lacks nothing. */
function weight(attempt: Attempt): number {
  return attempt.cost + (attempt.trouble ? 0.3 : 0);
}

/** "restart kafka and web": things of several kinds, each with the operation that fits it. */
function mixedKinds(intents: readonly Intent[], clause: Clause, scene: Scene): readonly Attempt[] {
  const np = clause.nps.find((one) => one.also.length > 0);
  const verb = intents.find((intent) => intent.verb !== undefined);
  if (!np || (!verb && intents.length === 0)) return [];
  const found: Attempt[] = [];
  for (const item of [np, ...np.also]) {
    const alone: Np = { ...item, also: [] };
    const single: Clause = { ...clause, nps: clause.nps.map((one) => (one === np ? alone : one)) };
    const best = intents
      .filter((intent) => intent.operation.id !== 'audit.list')
      .map((intent) => tryIntent(intent, single, scene))
      .filter((attempt) => attempt !== undefined)
      .sort((a, b) => weight(a) - weight(b))[0];
    if (!best) return [];
    found.push(best);
  }
  const kinds = new Set(found.flatMap((attempt) => attempt.steps.map((step) => step.operation.id)));
  if (kinds.size < 2) return [];
  return [
    {
      steps: found.flatMap((attempt) => attempt.steps),
      cost: Math.max(...found.map((attempt) => attempt.cost)) + 0.06,
      trouble: found.find((attempt) => attempt.trouble)?.trouble,
    },
  ];
}

/** What an attempt does, to tell two readings apart. */
export function meaningOf(attempt: Attempt): string {
  return JSON.stringify([
    attempt.steps.map((step) => [step.operation.id, [...(step.ids ?? [])].sort(), step.created, step.args]),
    attempt.trouble?.about,
  ]);
}

function dedupe(attempts: readonly Attempt[]): readonly Attempt[] {
  const seen = new Set<string>();
  return attempts.filter((attempt) => {
    const meaning = meaningOf(attempt);
    if (seen.has(meaning)) return false;
    seen.add(meaning);
    return true;
  });
}

/** What later clauses may call "it". */
function spokenOf(best: Attempt | undefined, clause: Clause, steps: number): readonly Antecedent[] {
  const spoken: Antecedent[] = [];
  best?.steps.forEach((step, index) => {
    if (step.operation.verb === 'create') {
      spoken.push({
        ids: [],
        created: { step: steps + index, kind: step.operation.kind, name: String(step.args.name ?? '') },
        from: 'text',
      });
    } else if (step.created !== undefined) {
      spoken.push({
        ids: [],
        created: { step: step.created, kind: createdKind(step), name: '' },
        from: 'text',
      });
    }
  });
  const targets = best?.steps.flatMap((step) => step.ids ?? []) ?? [];
  if (targets.length > 0) spoken.push({ ids: [...new Set(targets)], from: 'text' });
  const mentioned = clause.nps
    .flatMap((np) => [np, ...np.also, ...np.except])
    .flatMap((np) => np.names.flatMap((name) => name.ids));
  const args =
    best?.steps.flatMap((step) =>
      Object.values(step.args).filter(
        (value): value is string => typeof value === 'string' && value.includes(':'),
      ),
    ) ?? [];
  const rest = [...new Set([...args, ...mentioned])].filter((id) => !targets.includes(id));
  if (rest.length > 0) spoken.push({ ids: rest, from: 'text' });
  return spoken;
}

function createdKind(step: DraftStep): string {
  return step.operation.kind;
}

/** Whether the first clause is one that has to come last: "before you delete it, …". */
export function isPostponed(clause: Clause): boolean {
  const first = clause.cells.find((cell) => !isWord(cell, 'filler', 'comma'));
  return isWord(first, 'before');
}
