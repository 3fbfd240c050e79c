// Makes a plan out of drafts: spreads them into steps, reads the targets afresh, asks the rules, previews, and writes
// it down with its digest. Nothing is changed in any cloud here. Whoever proposes, what comes out waits for a person.

import type { OperationId } from '../../shared/model/kind.ts';
import { maxRisk } from '../../shared/model/kind.ts';
import type { Actor, Plan, PlanState } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { redactText } from '../../shared/model/redact.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { kindWords } from '../catalogue/kindWords.ts';
import type { Case, JudgedConnection } from '../policy/case.ts';
import { judge } from '../policy/judge.ts';
import { appendAudit } from './auditing.ts';
import type { Proposal } from './contract.ts';
import { digestOf } from './digest.ts';
import { openStates, type ShownPlan } from './journal.ts';
import { type Kit, newPlanId } from './kit.ts';
import { previewSteps } from './previewSteps.ts';
import { type ReadStep, readTargets } from './readTargets.ts';
import { spreadDrafts } from './targets.ts';

/** Throws ProblemError where no plan can be made; nothing is written down then. */
export async function propose(
  kit: Kit,
  proposal: Proposal,
  actor: Actor,
  signal: AbortSignal,
): Promise<Plan> {
  requireRoom(kit);
  const rough = spreadDrafts(kit, proposal.steps, proposal);
  const filters = filtersOf(kit, proposal.steps);
  const read = await readTargets(kit, rough, signal);
  const verdict = judge(caseOf(kit, read, actor));
  const { steps, preview } = await previewSteps(kit, read, { ask: verdict.effect !== 'deny', signal });
  const nowMs = kit.now();
  const shown: Omit<ShownPlan, 'digest'> = {
    id: newPlanId(),
    title: titleOf(steps),
    text: redactText(proposal.text),
    source: proposal.source,
    evidence: evidenceOf(proposal),
    steps: steps.map(({ step }) => step),
    filters,
    risk: steps.map(({ step }) => step.risk).reduce(maxRisk, 'read'),
    verdict,
    preview: withNotes(preview, proposal.stepNotes),
    requestedBy: actor,
    createdAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + kit.limits.planExpiryMs).toISOString(),
    ...(proposal.undoes === undefined ? {} : { undoes: proposal.undoes }),
    ...(proposal.continues === undefined ? {} : { continues: proposal.continues }),
  };
  return writeDown(kit, { ...shown, digest: digestOf(shown) }, actor, nowMs);
}

function withNotes(preview: Plan['preview'], notes: Proposal['stepNotes']): Plan['preview'] {
  if (!notes || notes.size === 0) return preview;
  const steps = preview.steps.map((step) => {
    const message = notes.get(step.index);
    if (message === undefined) return step;
    return { ...step, notes: [...step.notes, { level: 'warning' as const, message: redactText(message) }] };
  });
  return { ...preview, steps };
}

function writeDown(kit: Kit, shown: ShownPlan, actor: Actor, nowMs: number): Plan {
  const state = firstState(shown);
  const outcome = firstOutcome(shown, state);
  const record = appendAudit(kit, shown, {
    event: state === 'denied' ? 'plan.denied' : 'plan.proposed',
    actor,
    ...(outcome === undefined ? {} : { outcome }),
    detail: {
      title: shown.title,
      text: shown.text,
      source: shown.source,
      steps: shown.steps.map((step) => step.title),
    },
  });
  const ended = state === 'proposed' ? {} : { finishedAt: shown.createdAt };
  const ending = { canUndo: false, audited: true, audit: { from: record.seq, to: record.seq }, ...ended };
  kit.journal.add(shown, state, outcome === undefined ? ending : { ...ending, outcome }, nowMs);
  if (state === 'done')
    for (const step of shown.steps)
      kit.journal.note(shown.id, step.index, `idle-${shown.id}-${step.index}`, {
        run: { index: step.index, state: 'idle', observed: shown.preview.steps[step.index]!.effect },
      });
  kit.journal.prune(kit.limits.plansKeptMax);
  return kit.book.reload(shown.id);
}

function firstState(shown: ShownPlan): PlanState {
  if (shown.verdict.effect === 'deny') return 'denied';
  if (shown.preview.blocked) return 'blocked';
  return shown.preview.steps.every((step) => step.idle) ? 'done' : 'proposed';
}

function firstOutcome(shown: ShownPlan, state: PlanState): string | undefined {
  if (state === 'denied') return shown.verdict.rules[0]?.reason;
  if (state === 'done') return 'There was nothing to do: everything is as it was asked for.';
  if (state !== 'blocked') return undefined;
  return shown.preview.steps.flatMap((step) => step.notes).find((note) => note.level === 'blocker')?.message;
}

/** The case for the rules, with what the connections are set to now. */
export function caseOf(kit: Kit, steps: readonly Pick<ReadStep, 'step'>[], actor: Actor): Case {
  const ids = [...new Set(steps.map(({ step }) => step.connection))];
  return {
    actor,
    connections: new Map(ids.flatMap((id) => judgedConnection(kit, id, actor))),
    steps: steps.map(({ step }) => {
      const operation = kit.catalogue.get(step.operation)!;
      const words = wordsOf(operation.kind);
      return {
        operation: operation.id,
        verb: operation.verb,
        risk: step.risk,
        impact: operation.impact,
        kind: words.kind,
        noun: words.noun,
        plural: words.plural,
        connection: step.connection,
        ...(step.target ? { target: { id: step.target.id, name: step.target.name } } : {}),
      };
    }),
  };
}

function judgedConnection(
  kit: Kit,
  id: string,
  actor: Actor,
): readonly (readonly [string, JudgedConnection])[] {
  const connection = kit.connections.get(id);
  if (!connection) return [];
  const { name, environment, mode, simulated } = connection;
  return [[id, { id, name, environment, mode, simulated, role: kit.roleOf(id, actor) }]];
}

function wordsOf(kind: string): {
  readonly kind: JudgedKind;
  readonly noun: string;
  readonly plural: string;
} {
  const words = (kindWords as Readonly<Record<string, { noun: string; plural: string }>>)[kind];
  return {
    kind: kind as JudgedKind,
    noun: lower(words?.noun ?? kind),
    plural: lower(words?.plural ?? `${kind}s`),
  };
}
type JudgedKind = Case['steps'][number]['kind'];

/** What has to be typed is lower case, so that no one stumbles over "VMs". */
function lower(text: string): string {
  return text.toLowerCase();
}

/** The verdict over a plan as it stands in the journal, with the connections as they are set now. */
export function judgeAgain(kit: Kit, plan: Pick<Plan, 'steps'>, actor: Actor): Verdict {
  return judge(
    caseOf(
      kit,
      plan.steps.map((step) => ({ step })),
      actor,
    ),
  );
}

/**
 * Filters with what they match now, so that the run can tell whether that changed. Targets that their own filter
 * does not match mean that the world moved while the sentence was read, or that somebody tells a story.
 */
function filtersOf(kit: Kit, drafts: readonly StepDraft[]): Plan['filters'] {
  return drafts.flatMap((draft) => {
    if (draft.target?.kind !== 'resources' || !draft.target.filter) return [];
    const { filter, ids } = draft.target;
    const matched = kit.graph.match(filter).map((resource) => resource.id);
    const known = new Set(matched);
    if (ids.every((id) => known.has(id))) return [{ filter, ids: matched }];
    throw new ProblemError({
      code: 'world-moved',
      message: 'What your words match changed while they were read.',
      fix: 'Ask again.',
    });
  });
}

function evidenceOf(proposal: Proposal): Plan['evidence'] {
  const all = proposal.evidence ?? proposal.steps.flatMap((step) => step.evidence);
  return all.map((one) => ({ ...one, text: redactText(one.text) }));
}

function titleOf(steps: readonly ReadStep[]): string {
  const [first, ...others] = steps;
  if (others.length === 0) return first!.step.title;
  const operations = new Set<OperationId>(steps.map(({ step }) => step.operation));
  if (operations.size > 1 || first!.about) return `${first!.step.title}, and ${others.length} more`;
  return `${first!.operation.title}: ${steps.length} ${wordsOf(first!.operation.kind).plural}`;
}

/** Plans that wait are bounded: a program that proposes without end must not bury those of people. */
function requireRoom(kit: Kit): void {
  if (kit.journal.count(openStates) < kit.limits.plansOpenMax) return;
  throw new ProblemError({
    code: 'overloaded',
    message: `${kit.limits.plansOpenMax} plans wait or run already.`,
    fix: 'Approve or reject some of them first.',
  });
}
