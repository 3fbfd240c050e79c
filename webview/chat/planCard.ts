// Draws a plan: what would happen, step by step, with what it touches, what hangs on it, whether it can be undone,
// who it would act as, and what the rules say. It offers a review and never approves by itself.

import type { ActingAs, Affected, Plan, PlanStep } from '../../shared/model/plan.ts';
import { nounOfKind } from '../../shared/panel/kindText.ts';
import {
  actionsOf,
  countOf,
  iconOfState,
  identityText,
  isApprovable,
  labelOfState,
  type PlanAction,
  scopeSentence,
  undoSentence,
} from '../../shared/panel/planText.ts';
import { button, progressRing } from '../components.ts';
import { type Child, element, icon } from '../dom.ts';
import { doLink, resourceLink } from './answer.ts';
import { drawStep, isUndecided, type StepActions } from './planStep.ts';

export interface PlanActions extends StepActions {
  act(action: PlanAction, plan: Plan): void;
  openAudit(plan: Plan): void;
  openBlast(plan: Plan): void;
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

const checkSentences = {
  'dry-run': 'The cloud was asked with a dry run.',
  checked: 'What it needs and its quota were checked.',
} as const;

/** How all steps were checked, weakest first; a step that could not be says so itself. */
function checkSentence(plan: Plan): string {
  const ways = new Set(plan.preview.steps.map((step) => step.checkedBy));
  if (ways.has('none')) return '';
  return ways.has('checked') ? checkSentences.checked : checkSentences['dry-run'];
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
    preview.affectedCount > 0 &&
      element(
        'p',
        {},
        doLink('Show blast radius', 'blast', () => actions.openBlast(plan)),
      ),
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
          ` ${nounOfKind(item.kind)}, ${item.relation}`,
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
  continue: 'Continue…',
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
