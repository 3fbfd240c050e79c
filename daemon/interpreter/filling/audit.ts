// Questions about the trail: who did it, what was it, about which thing, and when.

import { resolveNp } from '../linking/resolve.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Attempt } from './attempt.ts';
import type { Filled } from './filled.ts';
import type { Intent } from './intents.ts';
import { putRange } from './readArguments.ts';
import type { Tools } from './readClause.ts';

/** Reads a clause as a question to the audit trail. */
export function readAudit(intent: Intent, clause: Clause, scene: Scene, tools: Tools): Attempt {
  const filled: Filled = { args: {}, evidence: [], cost: intent.cost };
  const verb =
    clause.verbs.find((one) => one.form === 'ed' || one.form === 'base') ??
    clause.verbs.find((one) => one.form === 'ing');
  const said = clause.cells.map((cell, at) => {
    const one = cell.quoted ? undefined : senseOf(cell, 'verb');
    // "when did we last resize db-1"
    const isLast = one?.form === 'base' && /^(last|first)$/.test(clause.cells[at - 1]?.low ?? '');
    return one?.form === 'ed' || isLast ? one : undefined;
  });
  const deed = verb ?? said.find((one) => one !== undefined);
  const np = clause.nps.find(
    (one) =>
      one.names.length > 0 ||
      one.missing.length > 0 ||
      one.pronoun === 'it' ||
      (one.kinds && one.kinds.length > 0),
  );
  const target = (np && targetOf(clause, scene)) ?? (np ? undefined : spokenOf(clause, scene));
  const actor = actorOf(clause);
  if (actor) {
    filled.args.actor = actor.text.toLowerCase();
    filled.evidence.push({ part: 'args.actor', cell: actor });
  }
  const own = actor ? undefined : ownIn(clause);
  if (own && tools.user !== undefined) {
    filled.args.actor = tools.user;
    filled.evidence.push({ part: 'args.actor', cell: own });
  }
  if (deed && !vague.test(deed.phrase)) {
    const kind = target?.kind ?? np?.kinds?.[0] ?? alikeKind(np, scene);
    const options = tools.lexicon.operationsOf(deed.phrase);
    const operation = [...options]
      .sort((a, b) => a.rank - b.rank)
      .find((one) => one.operation.kind === kind && one.operation.verb !== 'untag');
    if (operation) {
      filled.args.op = operation.operation.id;
      if (verb) filled.evidence.push({ part: 'args.op', cell: verb.cell });
    }
  }
  const id = clause.cells.find((cell) => !cell.quoted && tools.catalogue.get(cell.low));
  if (id) {
    filled.args.op = id.low;
    filled.evidence.push({ part: 'args.op', cell: id });
  }
  const time = clause.times[0];
  if (time) putRange(time.range, time.cell, filled, tools.nowMs);
  const ids = target?.ids;
  return {
    steps: [{ operation: intent.operation, ids, args: filled.args, evidence: filled.evidence }],
    cost: filled.cost,
  };
}

/** Verbs that name no operation of their own. */
const vague = /^(provide|change|update|modify|edit|set|touch|do|make|alter|use|run|put|get|give|take|move)$/;

function targetOf(clause: Clause, scene: Scene): { ids: readonly string[]; kind: string } | undefined {
  // "who changed it last": what was spoken of.
  const [spoken] = scene.antecedents;
  const only = spoken?.doubtful || spoken?.ids.length !== 1 ? undefined : scene.inventory.get(spoken.ids[0]!);
  const isIt =
    clause.nps.some((np) => np.pronoun === 'it') && clause.nps.every((np) => np.names.length === 0);
  if (isIt && only) return { ids: [only.id], kind: only.kind };
  for (const np of clause.nps) {
    for (const kind of new Set(
      np.names.flatMap((name) => name.ids.map((id) => scene.inventory.get(id)!.kind)),
    )) {
      const found = resolveNp({ ...np, also: [] }, kind, clause.scope, scene, 'read');
      if (!found.trouble && found.ids.length === 1 && kind !== 'namespace') return { ids: found.ids, kind };
    }
    // "when was the last snapshot of db-1 taken"
    const own = np.of?.names.length === 1 && np.kinds?.length === 1 ? np.kinds[0] : undefined;
    const part =
      own === undefined ? undefined : resolveNp({ ...np, also: [] }, own, clause.scope, scene, 'read');
    if (own !== undefined && part && !part.trouble && part.ids.length === 1)
      return { ids: part.ids, kind: own };
  }
  return undefined;
}

/** "who restarted it", "its history": of what was spoken of before. */
function spokenOf(
  { nps, cells }: Clause,
  scene: Scene,
): { ids: readonly string[]; kind: string } | undefined {
  const isPointed =
    nps.some((one) => one.pronoun === 'it' || one.pronoun === 'them') ||
    cells.some((cell) => isWord(cell, 'their') && !cell.quoted);
  const ids = isPointed ? (scene.antecedents.find((one) => one.ids.length > 0)?.ids ?? []) : [];
  const kind = scene.inventory.get(ids[0] ?? '')?.kind;
  return kind === undefined ? undefined : { ids, kind };
}

/** Nothing here is called so, or only a part of a name: "alice" beside the key of alice. */
export function isPerson(cell: Cell | undefined): boolean {
  if (!cell || cell.quoted || !/^\p{L}[\p{L}.@_-]+$/u.test(cell.text)) return false;
  return cell.senses.every(({ t }) => t === 'part') && !isEveryday(cell.low);
}

/** "what has changed", "who did what": words of the question itself. */
const isEveryday = (low: string): boolean =>
  /^(done|did|made|happened|rollout|nobody|any|anything|anybody|anyone|somebody|someone|changes?|deleted|week|today|team|user|we|they|he|she|actions?|operations?|deletions?|tasks?|commands?|modifications?|interventions?|edits)$/.test(
    low,
  );

/** "what did I do", "done by me", "my changes": who asks. */
function ownIn({ cells }: Clause): Cell | undefined {
  if (cells.some((cell) => isWord(cell, 'who'))) return undefined;
  return cells.find((cell, at) => {
    if (cell.quoted) return false;
    const [before, after] = [cells[at - 1], cells[at + 1]];
    if (cell.low === 'i')
      return (
        isWord(before, 'do', 'have') ||
        /\b(?:did|have)$/.test(before?.low ?? '') ||
        senseOf(after, 'verb')?.form === 'ed' ||
        isWord(after, 'changed', 'do', 'have')
      );
    if (cell.low === 'me') return before?.low === 'by';
    const noun = after?.low === 'own' ? cells[at + 2] : after;
    return (
      (cell.low === 'my' || cell.low === 'my own') &&
      (isWord(noun, 'changed') || doings.test(noun?.low ?? ''))
    );
  });
}

const doings = /^(actions?|activit(?:y|ies)|doings|deeds|work|operations|trail|history|edits)$/;

/** "what did Carol do", "by dave", "Bob's actions". */
export function actorOf(clause: Clause): Cell | undefined {
  const { cells } = clause;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    if (!isPerson(cell)) continue;
    const before = cells[at - 1];
    const after = cells[at + 1];
    const isDeed = isWord(before, 'of') && senseOf(cells[at - 2], 'kind')?.kinds.includes('action') === true;
    // "audit log of bob", "history for bob"
    const isTrail = /^(of|for|from|on|about)$/.test(before?.low ?? '') && isWord(cells[at - 2], 'changed');
    const by =
      isTrail ||
      isDeed ||
      before?.low === 'by' ||
      isWord(before, 'changed', 'do', 'have') ||
      before?.low === 'user';
    if (
      by ||
      isWord(after, 'possessive', 'do', 'changed', 'have') ||
      senseOf(after, 'verb')?.form === 'ed' ||
      senseOf(after, 'verb')?.form === 'base' ||
      after?.low === 'been' ||
      (/^what$/.test(before?.low ?? '') && isWord(after, 'be'))
    )
      return cell;
  }
  return undefined;
}

/** Something that is gone was most likely of the kind of those that are called alike. */
function alikeKind(np: Clause['nps'][number] | undefined, scene: Scene): string | undefined {
  const letters = np?.missing[0]?.low.replace(/[\d_-]+$/, '');
  return letters ? scene.inventory.withPrefix(letters, 1)[0]?.kind : undefined;
}
