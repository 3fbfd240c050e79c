// Draws one step of a plan: what it would do and to what, the fields it alters, what the preview has to say, and, once
// it runs, how it goes. Text of a cloud stays text.

import type {
  FieldChange,
  Plan,
  PlanStep,
  PreviewNote,
  StepPreview,
  StepRun,
} from '../../shared/model/plan.ts';
import { nounOfKind } from '../../shared/panel/kindText.ts';
import { countOf, fieldLabel, iconOfStep, valueText } from '../../shared/panel/planText.ts';
import { button, progressRing } from '../components.ts';
import { type Child, element, icon } from '../dom.ts';
import { type AnswerActions, resourceLink } from './answer.ts';

export interface StepActions extends AnswerActions {
  resolve(plan: Plan, step: number): void;
}

/** Nothing of it ran. */
export function isUndecided(plan: Plan): boolean {
  return ['proposed', 'denied', 'blocked', 'rejected', 'expired'].includes(plan.state);
}

export function drawStep(plan: Plan, step: PlanStep, actions: StepActions): HTMLElement {
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
        ` ${nounOfKind(step.target.kind)}, ${step.target.status}`,
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
      drawNote({ level: 'warning', message: 'It could not be checked beforehand.' }),
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

function drawRun(plan: Plan, run: StepRun | undefined, actions: StepActions): readonly Child[] {
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
