// Reads the clauses of a sentence one after the other: what an earlier one spoke of or creates is what a later one
// means by "it". Each clause gets its attempts; the cheapest that is sure enough is taken.

import type { Attempt, DraftStep } from './attempt.ts';
import { type Cell, isWord } from './cells.ts';
import type { Clause, Np } from './clause.ts';
import { parseClause } from './parse.ts';
import { reattached } from './putBack.ts';
import { attemptsOf, type Read, readClause, type Tools } from './readClause.ts';
import { resolveNp } from './resolve.ts';
import { restrict } from './restrict.ts';
import type { Antecedent, Scene } from './scene.ts';
import { splitClauses } from './split.ts';
import { nothingDropped, sparedBy, withoutComments } from './talk.ts';

/** Reads all clauses in the order of the text. */
export function understand(cells: readonly Cell[], base: Scene, tools: Tools): readonly Read[] {
  const reads: Read[] = [];
  let antecedents = base.antecedents;
  let steps = 0;
  let scope: Clause['scope'] = [];
  const segments = splitClauses(cells).map((segment) => ({
    remark: segment.remark,
    parsed: parseClause(segment.cells, segment.link, {
      lexicon: tools.lexicon,
      kindOf: (id) => tools.inventory.get(id)?.kind,
    }),
  }));
  const isWide = (np: Np): boolean =>
    np.quant !== undefined || np.plural || np.pronoun === 'them' || np.also.some(isWide);
  const spared = segments.flatMap(({ parsed }) => sparedBy(parsed));
  const isSpared = segments.some(({ parsed }) => parsed.verbs.length > 0 && parsed.nps.some(isWide));
  for (const { parsed, remark } of segments) {
    const clause: Clause = scope.length > 0 ? { ...parsed, scope: [...scope, ...parsed.scope] } : parsed;
    if (isScopeOnly(parsed)) {
      scope = parsed.scope;
      continue;
    }
    if (remark || sparedBy(parsed).length > 0) {
      reads.push({ clause: parsed, attempts: [], ...(remark || isSpared ? { idle: 'comment' } : {}) });
      continue;
    }
    for (const np of clause.nps) if (isWide(np)) np.except.push(...spared);
    const plain = readClause(clause, { ...base, antecedents }, tools, reads);
    const back = reattached(clause, reads, tools);
    const read = back ? { clause, attempts: [back, ...plain.attempts] } : plain;
    reads.push(read);
    const best = read.idle ? undefined : read.attempts[0];
    const told = best && !best.trouble ? [] : toldSets(clause, base);
    antecedents = [
      ...doubtfulIn(best, clause, base),
      ...spokenOf(best, clause, steps),
      ...told,
      ...antecedents,
    ];
    steps += best?.steps.length ?? 0;
  }
  return nothingDropped(withoutComments(sharedTargets(reads, base, tools), base, tools), tools);
}

/** "cordon, drain and delete worker-4": the thing is named once, behind the last verb. */
function sharedTargets(reads: readonly Read[], base: Scene, tools: Tools): readonly Read[] {
  const result = [...reads];
  for (let at = result.length - 2; at >= 0; at--) {
    const read = result[at]!;
    const next = result[at + 1]!;
    const lacking = isMereVerb(read.clause) && read.attempts[0]?.trouble?.because === 'unsaid';
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

/** A verb and courtesy, no more: "freeze is over - start web-1" and "Backup onboarding: tag web-1" order one thing. */
function isMereVerb({ cells, verbs, nps }: Clause): boolean {
  return (
    nps.length === 0 &&
    verbs.length > 0 &&
    cells.every(
      (cell) =>
        verbs.some((verb) => verb.cell === cell) ||
        (!cell.quoted && !isWord(cell, 'be', 'have') && isWord(cell, 'filler', 'comma', 'and', 'first')),
    )
  );
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

/** "frontend is slow, restart it": a question may take the one in prod, a change may not. */
function doubtfulIn(best: Attempt | undefined, clause: Clause, scene: Scene): readonly Antecedent[] {
  const step = best?.steps[0];
  if (step?.operation.risk !== 'read' || step.ids?.length !== 1) return [];
  const names = clause.nps.flatMap((np) => np.names.map((name) => ({ np, name })));
  const named = names.find(({ name }) => name.ids.includes(step.ids![0]!));
  if (!named) return [];
  const kind = step.operation.kind;
  const alike = named.name.ids.map((id) => scene.inventory.get(id)!).filter((one) => one.kind === kind);
  const fitting = restrict(alike, [...named.np.mods, ...clause.scope], kind, scene, false).resources;
  return fitting.length > 1 ? [{ ids: fitting.map((one) => one.id), from: 'text', doubtful: true }] : [];
}

/** "the nodes in eu-c get new disks": a bounded set that is only spoken of, which "them" may mean. */
function toldSets(clause: Clause, scene: Scene): readonly Antecedent[] {
  const [np] = clause.nps;
  const kind = np?.kinds?.[0];
  const isBounded = np?.plural && np.mods.length > 0 && !np.negated && np.prep === undefined;
  if (!np || kind === undefined || !isBounded || clause.negated) return [];
  const found = resolveNp(np, kind, clause.scope, scene, 'change');
  return found.trouble || found.ids.length === 0 ? [] : [{ ids: found.ids, from: 'text' }];
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
  // "not web-1, …": said only to be ruled out.
  const isRuledOut = isWord(clause.cells[0], 'not') && clause.verbs.length === 0;
  if (isRuledOut) return spoken;
  const targets = best?.steps.flatMap((step) => step.ids ?? []) ?? [];
  // "web-1 or web-10 is slow": one of them, and not said which.
  const isHalfRead = clause.cues.has('question') && clause.unknown.length > 0 && targets.length > 1;
  const doubtful = clause.nps.some((np) => np.either) || isHalfRead || undefined;
  if (targets.length > 0)
    spoken.push({ ids: [...new Set(targets)], from: 'text', ...(doubtful && { doubtful }) });
  const mentioned = clause.nps
    .filter((np) => !np.negated)
    .flatMap((np) => [np, ...np.also, ...np.except])
    .flatMap((np) => np.names.flatMap((name) => name.ids));
  const args =
    best?.steps.flatMap((step) =>
      Object.values(step.args).filter(
        (value): value is string => typeof value === 'string' && value.includes(':'),
      ),
    ) ?? [];
  const rest = [...new Set([...args, ...mentioned])].filter((id) => !targets.includes(id));
  if (rest.length > 0) spoken.push({ ids: rest, from: 'text', ...(doubtful && { doubtful }) });
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
