// What the confirmation dialog says before a person's yes: where, as whom, what, how many, what hangs on it, and
// whether it can be taken back. Never only a name. Pure, so that every sentence is tested.

import type { ActingAs, Plan, PlanStep, StepTarget } from '../../shared/model/plan.ts';
import { nounOfKind, nounsOfKind } from '../../shared/panel/kindText.ts';
import {
  countOf,
  fieldLabel,
  identityText,
  isApprovable,
  scopeSentence,
  undoSentence,
  valueText,
} from '../../shared/panel/planText.ts';
import { shownText } from '../../shared/panel/shown.ts';

export interface ConfirmText {
  /** One line, with the place. */
  readonly message: string;
  readonly detail: string;
  /** The button that says yes; absent where no yes would be taken. */
  readonly approve?: string;
  /** What has to be typed after the button, and why. */
  readonly typed?: { readonly expected: string; readonly prompt: string };
}

const stepsShown = 8;
const namesShown = 8;
const affectedShown = 6;
const digestShown = 8;

export function confirmTextOf(plan: Plan): ConfirmText {
  const places = plan.preview.actingAs;
  const canApprove = isApprovable(plan);
  const question = canApprove ? '?' : ': this cannot be approved';
  const { approval } = plan.verdict;
  return {
    message: shownText(`${plan.title} in ${places.map(placeName).join(' and ')}${question}`),
    detail: shownText(linesOf(plan, canApprove).join('\n')),
    approve: canApprove ? (approval.kind === 'typed' ? 'Continue…' : 'Approve') : undefined,
    typed:
      canApprove && approval.kind === 'typed'
        ? {
            expected: approval.expected,
            prompt: shownText(
              `${approval.why} Type “${approval.expected}” to approve: ${plan.title} in ${places.map(placeName).join(' and ')}.`,
            ),
          }
        : undefined,
  };
}

function placeName(acting: ActingAs): string {
  return `${acting.connectionName} (${acting.environment})`;
}

function linesOf(plan: Plan, canApprove: boolean): readonly string[] {
  const { preview } = plan;
  const sections: (readonly string[])[] = [
    canApprove ? [] : refusalLines(plan),
    preview.actingAs.map(placeLine),
    ['What would happen:', ...stepLines(plan)],
    [scopeLine(plan), ...affectedLines(plan), undoSentence(plan)],
    noteLines(plan),
    canApprove ? reasonLines(plan) : [],
    [`Plan digest ${plan.digest.slice(0, digestShown)}`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function refusalLines(plan: Plan): readonly string[] {
  const denied = plan.verdict.rules
    .filter((rule) => rule.effect === 'deny')
    .map((rule) => `Denied by rule ${rule.rule}: ${rule.reason}`);
  const blocked = plan.preview.steps.flatMap((step) =>
    step.notes
      .filter((note) => note.level === 'blocker')
      .map((note) => `Blocked: ${note.message}${note.fix ? ` ${note.fix}` : ''}`),
  );
  const ended =
    plan.state === 'proposed' ? [] : [`The plan is ${plan.state}${plan.outcome ? `: ${plan.outcome}` : '.'}`];
  return [...denied, ...unique(blocked), ...(denied.length + blocked.length === 0 ? ended : [])];
}

function placeLine(acting: ActingAs): string {
  const simulated = acting.simulated ? 'SIMULATED, nothing real is touched: ' : '';
  const connection = acting.simulated ? 'connection' : 'Connection';
  return `${simulated}${connection} ${acting.connectionName} (${acting.provider}), environment ${acting.environment}, ${identityText(acting)}`;
}

function stepLines(plan: Plan): readonly string[] {
  if (plan.steps.length <= stepsShown)
    return plan.steps.map((step, index) => `${index + 1}. ${stepSentence(plan, step)}`);
  const groups = new Map<string, PlanStep[]>();
  for (const step of plan.steps) {
    const key = `${step.operation}\n${step.connection}\n${JSON.stringify(step.args)}`;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()].map((steps) => groupSentence(steps));
}

function stepSentence(plan: Plan, step: PlanStep): string {
  const preview = plan.preview.steps.find((item) => item.index === step.index);
  const target = step.target ? ` [${targetText(step.target)}, ${step.target.status}]` : '';
  const changes = (preview?.changes ?? [])
    .filter((change) => change.before !== undefined)
    .map((change) => `${fieldLabel(change.field)}: ${valueText(change.before)} → ${valueText(change.after)}`);
  const idle = preview?.idle ? ' (nothing to do)' : '';
  return `${preview?.effect ?? step.title}${target}${idle}${changes.length > 0 ? ` (${changes.join('; ')})` : ''}`;
}

/** Two namespaces may well have a deployment of the same name. */
function targetText({ kind, name, namespace }: StepTarget): string {
  return `${nounOfKind(kind)} ${name}${namespace ? ` in namespace ${namespace}` : ''}`;
}

function groupSentence(steps: readonly PlanStep[]): string {
  const first = steps[0]!;
  const names = steps.flatMap(({ target }) => (target ? [pathOf(target)] : []));
  const rest = names.length - namesShown;
  const verb = first.operation.split('.')[0]!;
  const kind = first.target?.kind ?? first.operation.split('.')[1] ?? 'resource';
  const list = names.slice(0, namesShown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return `• ${verb} ${countOfKind(steps.length, kind)}${list ? `: ${list}` : ''}`;
}

/** "looks/shop": short enough for a list. */
function pathOf({ name, namespace }: StepTarget): string {
  return namespace ? `${namespace}/${name}` : name;
}

function countOfKind(count: number, kind: string): string {
  return countOf(count, nounOfKind(kind), nounsOfKind(kind));
}

function scopeLine(plan: Plan): string {
  const byKind = new Map<string, Set<string>>();
  for (const { target } of plan.steps)
    if (target) byKind.set(target.kind, (byKind.get(target.kind) ?? new Set()).add(target.id));
  const kinds = [...byKind].map(([kind, ids]) => countOfKind(ids.size, kind)).join(', ');
  return `${scopeSentence(plan)} ${countOf(plan.steps.length, 'step')}${kinds ? `: ${kinds}` : ''}.`;
}

function affectedLines(plan: Plan): readonly string[] {
  const { affected, affectedCount } = plan.preview;
  if (affectedCount === 0) return ['Nothing else hangs on it.'];
  const shown = affected
    .slice(0, affectedShown)
    .map((item) => `${nounOfKind(item.kind)} ${item.name} (${item.relation})`);
  const rest = affectedCount - shown.length;
  return [`Hangs on it: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}

function noteLines(plan: Plan): readonly string[] {
  const warnings = plan.preview.steps.flatMap((step) =>
    step.notes
      .filter((note) => note.level === 'warning')
      .map((note) => `⚠ ${note.message}${note.fix ? ` ${note.fix}` : ''}`),
  );
  const unchecked = plan.preview.steps.some((step) => step.checkedBy === 'none');
  return unique(unchecked ? [...warnings, '⚠ Not every step could be checked beforehand.'] : warnings);
}

function reasonLines(plan: Plan): readonly string[] {
  return plan.verdict.rules
    .filter((rule) => rule.effect === 'ask')
    .map((rule) => `Rule ${rule.rule}: ${rule.reason}`);
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
