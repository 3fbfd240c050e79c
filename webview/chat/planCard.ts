// Draws a plan: what would happen, step by step, with what it touches, what hangs on it, whether it can be undone,
// who it would act as, and what the rules say. It offers a review and never approves by itself.

import type {
  ActingAs,
  Affected,
  FieldChange,
  Plan,
  PlanStep,
  PreviewNote,
  StepPreview,
  StepRun,
} from '../../shared/model/plan.ts';
import {
  actionsOf,
  countOf,
  fieldLabel,
  iconOfState,
  iconOfStep,
  identityText,
  isApprovable,
  labelOfState,
  type PlanAction,
  scopeSentence,
  undoSentence,
  valueText,
} from '../../shared/panel/planText.ts';
import { button, progressRing } from '../components.ts';
import { type Child, element, icon } from '../dom.ts';
import { type AnswerActions, resourceLink } from './answer.ts';

export interface PlanActions extends AnswerActions {
  act(action: PlanAction, plan: Plan): void;
  resolve(plan: Plan, step: number): void;
  openAudit(plan: Plan): void;
}

const stepsShown = 8;

/** The card; `chips` stand under its heading. */
export function drawPlan(plan: Plan, chips: Child, actions: PlanActions): HTMLElement {
  return element(
    'section',
    {
      class: `card state-${plan.state}`,
      attributes: { 'aria-label': `Plan: ${plan.title}. ${labelOfState(plan.state)}` },
    },
    drawHeading(plan),
    ...plan.preview.actingAs.map(drawPlace),
    chips,
    drawSteps(plan, actions),
    ...drawConditions(plan, actions),
    plan.outcome && element('p', { class: `outcome ${plan.state}` }, plan.outcome),
    drawButtons(plan, actions),
  );
}

/** What the yes was or would be about. Once it was given, it stands folded away: what counts then is what came of it. */
function drawConditions(plan: Plan, actions: PlanActions): readonly Child[] {
  const conditions = [drawScope(plan, actions), drawVerdict(plan)];
  if (isUndecided(plan)) return conditions;
  return [
    element(
      'details',
      { attributes: { 'data-details': 'conditions' } },
      element('summary', { class: 'quiet', focusKey: 'conditions' }, 'What the approval was about'),
      element('div', { class: 'conditions' }, ...conditions),
    ),
  ];
}

/** Nothing of it ran. */
function isUndecided(plan: Plan): boolean {
  return ['proposed', 'denied', 'blocked', 'rejected', 'expired'].includes(plan.state);
}

function drawHeading(plan: Plan): HTMLElement {
  const isBusy = plan.state === 'running' || plan.state === 'approved';
  return element(
    'header',
    {},
    isBusy ? progressRing(labelOfState(plan.state)) : icon(iconOfState(plan.state), 'state'),
    element('h3', {}, plan.title),
    element('span', { class: 'badge' }, labelOfState(plan.state)),
  );
}

function drawPlace(acting: ActingAs): HTMLElement {
  return element(
    'p',
    { class: 'place' },
    acting.simulated && element('span', { class: 'badge simulated' }, 'Simulated'),
    ...environmentBadge(acting.environment, acting.simulated),
    element('strong', {}, acting.connectionName),
    element('span', {}, `${acting.provider} · ${identityText(acting)}`),
  );
}

/** Its environment, where that says more than that it is simulated. */
export function environmentBadge(environment: string, isSimulated: boolean): readonly Child[] {
  if (isSimulated && environment === 'sandbox') return [];
  return [element('span', { class: `badge environment env-${environment}` }, environment)];
}

function drawSteps(plan: Plan, actions: PlanActions): HTMLElement {
  const draw = (step: PlanStep) => drawStep(plan, step, actions);
  const rest = plan.steps.slice(stepsShown);
  return element(
    'div',
    { class: 'steps' },
    element('ol', {}, ...plan.steps.slice(0, stepsShown).map(draw)),
    rest.length > 0 &&
      element(
        'details',
        { attributes: { 'data-details': 'steps' } },
        element('summary', { focusKey: 'steps' }, `${countOf(rest.length, 'more step')}`),
        element('ol', { attributes: { start: stepsShown + 1 } }, ...rest.map(draw)),
      ),
  );
}

function drawStep(plan: Plan, step: PlanStep, actions: PlanActions): HTMLElement {
  const preview = plan.preview.steps.find((item) => item.index === step.index);
  const run = plan.runs.find((item) => item.index === step.index);
  const isWaiting = isUndecided(plan);
  const state = run?.state ?? 'pending';
  return element(
    'li',
    { class: `step step-${state}` },
    element(
      'div',
      { class: 'effect' },
      !isWaiting &&
        (state === 'running' ? progressRing('Running') : icon(iconOfStep(state), `step-icon ${state}`)),
      element('span', {}, preview?.effect ?? step.title),
      step.risk === 'destroy' && element('span', { class: 'badge destroy' }, 'destroys'),
    ),
    step.target &&
      element(
        'div',
        { class: 'quiet' },
        resourceLink(step.target.id, step.target.name, `step:${step.index}`, actions),
        ` ${step.target.kind}, ${step.target.status}`,
        step.target.namespace ? `, namespace ${step.target.namespace}` : undefined,
        step.target.region ? `, ${step.target.region}` : undefined,
      ),
    preview && isWaiting && drawChanges(preview),
    ...(isWaiting ? sortedNotes(preview).map(drawNote) : []),
    preview?.idle &&
      isWaiting &&
      element('p', { class: 'quiet' }, 'Nothing would happen: it is in that state already.'),
    preview?.checkedBy === 'none' &&
      plan.state === 'proposed' &&
      drawNote({ level: 'warning', message: checkSentences.none }),
    ...drawRun(plan, run, actions),
  );
}

/** More than so many properties of something new are folded: the effect has named those that count. */
const propertiesShown = 4;

function drawChanges(preview: StepPreview): Child {
  if (preview.changes.length === 0) return undefined;
  const list = element('dl', { class: 'changes' }, ...preview.changes.flatMap(drawChange));
  const isNew = preview.changes.every((change) => change.before === undefined);
  if (!isNew || preview.changes.length <= propertiesShown) return list;
  const key = `changes:${preview.index}`;
  return element(
    'details',
    { attributes: { 'data-details': key } },
    element(
      'summary',
      { class: 'quiet', focusKey: key },
      countOf(preview.changes.length, 'property', 'properties'),
    ),
    list,
  );
}

function drawChange(change: FieldChange): readonly Child[] {
  const { before, after } = change;
  return [
    element('dt', {}, fieldLabel(change.field)),
    element(
      'dd',
      {},
      before !== undefined && element('del', {}, valueText(before)),
      before !== undefined && icon('arrow-small-right'),
      after !== undefined ? element('ins', {}, valueText(after)) : element('em', {}, 'removed'),
    ),
  ];
}

const noteLevels = ['blocker', 'warning', 'info'] as const;
const noteIcons = { blocker: 'error', warning: 'warning', info: 'info' } as const;

function sortedNotes(preview: StepPreview | undefined): readonly PreviewNote[] {
  return [...(preview?.notes ?? [])].sort(
    (a, b) => noteLevels.indexOf(a.level) - noteLevels.indexOf(b.level),
  );
}

function drawNote(note: PreviewNote): HTMLElement {
  return element(
    'p',
    { class: `note ${note.level}` },
    icon(noteIcons[note.level]),
    element('span', {}, note.message, note.fix ? ` ${note.fix}` : undefined),
  );
}

const checkSentences = {
  'dry-run': 'The cloud was asked with a dry run.',
  checked: 'What it needs and its quota were checked.',
  none: 'It could not be checked beforehand.',
} as const;

/** How all steps were checked, weakest first; a step that could not be says so itself. */
function checkSentence(plan: Plan): string {
  const ways = new Set(plan.preview.steps.map((step) => step.checkedBy));
  if (ways.has('none')) return '';
  return ways.has('checked') ? checkSentences.checked : checkSentences['dry-run'];
}

function drawRun(plan: Plan, run: StepRun | undefined, actions: PlanActions): readonly Child[] {
  if (!run) return [];
  const percent = run.fraction === undefined ? '' : ` ${Math.round(run.fraction * 100)} %`;
  return [
    run.state === 'running' && element('p', { class: 'quiet' }, `${run.progress ?? 'Working'}${percent}`),
    run.observed !== undefined && run.state !== 'running' && element('p', { class: 'quiet' }, run.observed),
    run.createdId !== undefined &&
      element(
        'p',
        { class: 'quiet' },
        'Made ',
        resourceLink(run.createdId, nameOfMade(plan, run.createdId, run.index), `made:${run.index}`, actions),
      ),
    run.error && drawNote({ level: 'blocker', message: run.error.message, fix: run.error.fix }),
    run.state === 'unknown' &&
      plan.state === 'unknown' &&
      element(
        'p',
        {},
        button({
          label: 'Say what became of it…',
          look: 'primary',
          focusKey: `resolve:${run.index}`,
          onClick: () => actions.resolve(plan, run.index),
        }),
      ),
  ];
}

/** What the step was to make goes by the name it was given, where it was given one. */
function nameOfMade(plan: Plan, id: string, index: number): string {
  const name = plan.steps.find((step) => step.index === index)?.args.name;
  return typeof name === 'string' ? name : id;
}

function drawScope(plan: Plan, actions: PlanActions): HTMLElement {
  const { preview } = plan;
  return element(
    'div',
    { class: 'scope' },
    element(
      'p',
      {},
      `${scopeSentence(plan)} `,
      preview.affectedCount === 0 ? 'Nothing else hangs on it. ' : undefined,
      element('span', { class: preview.undoable === 'full' ? undefined : 'strong' }, undoSentence(plan)),
    ),
    element('p', { class: 'quiet' }, checkSentence(plan)),
    preview.affectedCount > 0 && drawAffected(preview.affected, preview.affectedCount, actions),
  );
}

function drawAffected(affected: readonly Affected[], count: number, actions: PlanActions): HTMLElement {
  const rest = count - affected.length;
  return element(
    'details',
    { attributes: { 'data-details': 'affected' } },
    element(
      'summary',
      { focusKey: 'affected' },
      `${countOf(count, 'other thing hangs', 'other things hang')} on it`,
    ),
    element(
      'ul',
      {},
      ...affected.map((item, index) =>
        element(
          'li',
          {},
          resourceLink(item.id, item.name, `affected:${index}`, actions),
          ` ${item.kind}, ${item.relation}`,
        ),
      ),
      rest > 0 && element('li', {}, `and ${rest.toLocaleString('en')} more`),
    ),
  );
}

function drawVerdict(plan: Plan): Child {
  const { verdict } = plan;
  const speaking = verdict.rules.filter((rule) => rule.effect !== 'allow');
  const shown = speaking.length > 0 ? speaking : verdict.rules.slice(0, 1);
  return element(
    'div',
    { class: `verdict ${verdict.effect}` },
    ...shown.map((rule) =>
      element(
        'p',
        { class: rule.effect === 'deny' ? 'note blocker' : 'note' },
        icon(rule.effect === 'deny' ? 'circle-slash' : rule.effect === 'ask' ? 'shield' : 'pass'),
        element('span', {}, rule.reason, element('span', { class: 'quiet' }, ` (${rule.rule})`)),
      ),
    ),
    isApprovable(plan) &&
      verdict.approval.kind === 'typed' &&
      element(
        'p',
        { class: 'note warning' },
        icon('keyboard'),
        element(
          'span',
          {},
          `To approve you will type “${verdict.approval.expected}”. ${verdict.approval.why}`,
        ),
      ),
  );
}

const buttonLabels: { readonly [A in PlanAction]: string } = {
  review: 'Review & approve…',
  reject: 'Reject',
  cancel: 'Cancel',
  undo: 'Undo…',
  resolve: '',
  again: 'Ask again',
};

function drawButtons(plan: Plan, actions: PlanActions): HTMLElement {
  const shown = actionsOf(plan).filter((action) => action !== 'resolve');
  return element(
    'div',
    { class: 'buttons' },
    ...shown.map((action, index) =>
      button({
        label:
          plan.state === 'proposed' && !isApprovable(plan) && action === 'reject'
            ? 'Dismiss'
            : buttonLabels[action],
        look: index === 0 && action === 'review' ? 'primary' : 'secondary',
        focusKey: `action:${action}`,
        onClick: () => actions.act(action, plan),
      }),
    ),
    plan.audit &&
      button({
        label: `Audit records ${plan.audit.from} to ${plan.audit.to}`,
        look: 'icon',
        icon: 'shield',
        focusKey: 'action:audit',
        onClick: () => actions.openAudit(plan),
      }),
    element(
      'span',
      { class: 'quiet digest', attributes: { title: `Plan ${plan.id}, digest ${plan.digest}` } },
      plan.digest.slice(0, 8),
    ),
  );
}
