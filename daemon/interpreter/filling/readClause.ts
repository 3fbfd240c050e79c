// Reads one clause: every operation it may mean is filled from it, and the cheapest reading that lacks nothing is first.
// A clause without a verb may go on with the verb of the clause before it.

import type { Operation } from '../../../shared/model/operation.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import { isWord, senseOf } from '../words/cells.ts';
import type { Lexicon } from '../words/lexicon.ts';
import type { Attempt } from './attempt.ts';
import { readAudit } from './audit.ts';
import { fillOperation } from './fill.ts';
import { type Intent, intentsOf } from './intents.ts';

export interface Tools {
  readonly catalogue: Catalogue;
  readonly lexicon: Lexicon;
  readonly inventory: Inventory;
  readonly nowMs: number;
  /** Who asks. */
  readonly user?: string;
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
/** So much dearer than a sure reading, no other one is ever asked about; filling a frame seldom makes it cheaper. */
const farFetched = 0.6;

/** Reads one clause, also as a continuation of the one before it. */
export function readClause(clause: Clause, scene: Scene, tools: Tools, before: readonly Read[]): Read {
  if (clause.negated && clause.verbs.length > 0) return { clause, attempts: [], idle: 'negated' };
  if (isNamedVerb(clause)) return { clause, attempts: [], idle: 'comment' };
  // "…, do you know?"
  const isEmpty = clause.nps.length + clause.verbs.length + clause.values.length + clause.times.length === 0;
  const isAsking = [...clause.cues.keys()].every((cue) => cue === 'ask' || cue === 'question');
  if (before.length > 0 && isEmpty && isAsking && clause.cues.has('ask') && clause.metrics.length === 0)
    return { clause, attempts: [], idle: 'comment' };
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
  // What it would do is kept: an order is never taken for a remark in silence.
  if (isComment(clause, own, before)) return { clause, attempts, idle: 'comment' };
  return { clause, attempts };
}

/** "Freeze is over": the word of an order, spoken of as a thing. */
function isNamedVerb({ cells, verbs, nps, cues }: Clause): boolean {
  const [verb] = verbs;
  if (!verb || verbs.length > 1 || nps.length > 0 || cues.has('question')) return false;
  const next = cells[cells.indexOf(verb.cell) + 1];
  return isWord(next, 'be') && !next?.quoted && !senseOf(next, 'verb');
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
  const own = /\b(tag|label)/.test(first.phrase) ? withTagsSet(clause) : clause;
  // "a to 4 and b to 3 replicas": an amount that counts a noun is an amount of its own.
  const isCounted = own.values.length > 0 || own.nps.some((np) => np.count !== undefined);
  const joined: Clause = {
    ...own,
    verbs: [{ ...first, form: first.form === 'ed' ? 'base' : first.form, at: -1, leading: true }],
    values: isCounted ? own.values : previous.clause.values,
    nps: [...own.nps, ...others],
  };
  const attempts = attemptsOf(joined, scene, tools);
  const placed = attempts[0]?.trouble && inPlaceOf(joined, target, scene, tools);
  return placed ?? { clause: joined, attempts };
}

/** "checkout in prod to 6 and cart to 3": in the same place, where the name alone does not say which. */
function inPlaceOf(clause: Clause, before: Np | undefined, scene: Scene, tools: Tools): Read | undefined {
  const places = [...(before?.mods ?? [])].filter((mod) => mod.kind === 'env' && !mod.not);
  const isPlaced =
    clause.scope.length > 0 || clause.nps.some((np) => np.mods.length > 0 && np.prep === undefined);
  if (places.length !== 1 || isPlaced) return undefined;
  const placed: Clause = { ...clause, scope: places };
  const attempts = attemptsOf(placed, scene, tools);
  return attempts[0] && !attempts[0].trouble ? { clause: placed, attempts } : undefined;
}

/** "tag a with x=1 and b with y=2": what is to be set, not what b is known by. */
function withTagsSet(clause: Clause): Clause {
  const values = clause.nps.flatMap((np) =>
    np.mods.flatMap((mod) =>
      mod.kind === 'tags' && mod.tags && !mod.not
        ? [{ value: { k: 'tags' as const, tags: mod.tags }, cell: mod.cell, at: np.at, not: false }]
        : [],
    ),
  );
  const nps = clause.nps.map((np) => ({ ...np, mods: np.mods.filter((mod) => mod.kind !== 'tags') }));
  return values.length > 0 ? { ...clause, nps, values: [...clause.values, ...values] } : clause;
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
  const tried = new Map<Intent, Attempt>();
  let sure = Number.POSITIVE_INFINITY;
  for (const intent of [...intents].sort((a, b) => a.cost - b.cost)) {
    if (intent.cost > sure + farFetched) break;
    const isAudit = intent.operation.id === 'audit.list';
    const attempt = isAudit ? readAudit(intent, clause, scene, tools) : tryIntent(intent, clause, scene);
    if (!attempt) continue;
    tried.set(intent, attempt);
    if (!attempt.trouble) sure = Math.min(sure, attempt.cost);
  }
  const attempts = intents.flatMap((intent) => tried.get(intent) ?? []);
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

const meanings = new WeakMap<Attempt, string>();

/** What an attempt does, to tell two readings apart. */
export function meaningOf(attempt: Attempt): string {
  const before = meanings.get(attempt);
  if (before !== undefined) return before;
  const meaning = JSON.stringify([
    attempt.steps.map((step) => [step.operation.id, [...(step.ids ?? [])].sort(), step.created, step.args]),
    attempt.trouble?.about,
  ]);
  meanings.set(attempt, meaning);
  return meaning;
}

function dedupe(attempts: readonly Attempt[]): readonly Attempt[] {
  if (attempts.length < 2) return attempts;
  const seen = new Set<string>();
  return attempts.filter((attempt) => {
    const meaning = meaningOf(attempt);
    if (seen.has(meaning)) return false;
    seen.add(meaning);
    return true;
  });
}
