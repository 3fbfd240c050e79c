// A plan as text: what was understood, as whom it acts, what the rules say, what each step would do, what hangs on it,
// and whether it can be taken back. All of what a person says yes to stands here.

import type { ActingAs, Plan, StepPreview, StepRun } from '../../shared/model/plan.ts';
import type { Json } from '../../shared/model/resource.ts';
import { style } from './output.ts';

/** Everything a person needs before a yes. */
export function renderPlan(plan: Plan): string {
  return [
    `${style.bold(plan.title)}  ${style.dim(plan.id)}`,
    ...field('understood', understood(plan)),
    ...field('continues', plan.continues ?? ''),
    ...plan.preview.actingAs.flatMap((acting) => field('acts as', actingAs(acting))),
    ...field('rules', verdictOf(plan)),
    ...field(
      'steps',
      `${plan.steps.length}, on ${plan.preview.targetCount} ${plural(plan.preview.targetCount, 'resource')}, risk ${plan.risk}`,
    ),
    ...plan.preview.steps.flatMap(renderStepPreview),
    ...field('touches', affected(plan)),
    ...field('undo', undoOf(plan)),
  ].join('\n');
}

/** How it went, step by step. */
export function renderRun(plan: Plan): string {
  const lines = plan.runs.map((run) => renderStepRun(plan, run));
  return [...lines, outcomeLine(plan)].join('\n');
}

function field(name: string, text: string): string[] {
  return text === '' ? [] : [`  ${style.dim(name.padEnd(11))}${text}`];
}

function understood(plan: Plan): string {
  const words = phrasesOf(plan.evidence).map(({ part, text }) => `${part.replace('args.', '')} "${text}"`);
  return words.length > 0 ? words.join(' · ') : plan.text;
}

/** Words that stand side by side and gave the same part are one phrase. */
function phrasesOf(evidence: Plan['evidence']): Plan['evidence'] {
  const phrases: Plan['evidence'][number][] = [];
  for (const next of evidence) {
    const last = phrases.at(-1);
    const gap = last === undefined ? -1 : next.start - last.end;
    if (!last || last.part !== next.part || gap < 0 || gap > 1) phrases.push(next);
    else
      phrases[phrases.length - 1] = { ...last, end: next.end, text: last.text + ' '.repeat(gap) + next.text };
  }
  return phrases;
}

function actingAs({ connectionName, provider, environment, simulated, identity }: ActingAs): string {
  const who = identity
    ? [
        identity.user,
        identity.project && `in project ${identity.project}`,
        identity.domain && `of domain ${identity.domain}`,
        identity.region && `region ${identity.region}`,
      ]
        .filter(Boolean)
        .join(', ')
    : 'an identity the cloud did not tell';
  const isMarked = connectionName.toLowerCase().includes('simulated');
  const facts = new Set([provider, environment, ...(simulated && !isMarked ? ['simulated'] : [])]);
  const where = `${connectionName} (${[...facts].join(', ')})`;
  return `${who} on ${environment === 'prod' ? style.red(where) : where}`;
}

function verdictOf({ verdict }: Plan): string {
  const rules = verdict.rules
    .filter((rule) => rule.effect !== 'allow')
    .map(({ rule, reason }) => `${reason} ${style.dim(`(${rule})`)}`);
  const effect =
    verdict.effect === 'deny' ? style.red('denied') : verdict.effect === 'ask' ? 'asks you' : 'allowed';
  return [effect, ...rules].join(': ');
}

function renderStepPreview(step: StepPreview): readonly string[] {
  const checked = { 'dry-run': "the cloud's own dry run", checked: 'checked', none: 'not checked' }[
    step.checkedBy
  ];
  return [
    `    ${step.index + 1}. ${step.effect} ${style.dim(step.idle ? '(nothing to do)' : `(${checked})`)}`,
    ...step.changes.map(
      ({ field: name, before, after }) => `       ${name}: ${shownValue(before)} → ${shownValue(after)}`,
    ),
    ...step.notes.map(
      ({ level, message, fix }) => `       ${noteMark(level)} ${message}${fix ? ` ${fix}` : ''}`,
    ),
  ];
}

function noteMark(level: 'info' | 'warning' | 'blocker'): string {
  switch (level) {
    case 'info':
      return style.cyan('i');
    case 'warning':
      return style.yellow('!');
    case 'blocker':
      return style.red('✘');
  }
}

function shownValue(value: Json | undefined): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function affected({ preview }: Plan): string {
  if (preview.affectedCount === 0) return 'nothing else';
  const shown = preview.affected
    .slice(0, 8)
    .map(({ name, kind, relation }) => `${kind} ${name} (${relation})`);
  const more = preview.affectedCount - shown.length;
  return style.yellow([...shown, ...(more > 0 ? [`${more} more`] : [])].join(', '));
}

function undoOf({ preview }: Plan): string {
  switch (preview.undoable) {
    case 'full':
      return 'every step can be taken back';
    case 'partly':
      return style.yellow('some steps can be taken back, some cannot');
    case 'no':
      return style.red('cannot be taken back');
  }
}

function renderStepRun(plan: Plan, run: StepRun): string {
  const title = plan.steps[run.index]?.title ?? `step ${run.index + 1}`;
  const more = run.error
    ? `${run.error.message}${run.error.fix ? ` ${run.error.fix}` : ''}`
    : (run.observed ?? run.progress ?? '');
  return `  ${stateMark(run.state)} ${title}${more ? `: ${more}` : ''}`;
}

function stateMark(state: StepRun['state']): string {
  switch (state) {
    case 'done':
    case 'idle':
      return style.green('✔');
    case 'failed':
      return style.red('✘');
    case 'unknown':
      return style.yellow('?');
    case 'running':
      return style.cyan('…');
    case 'pending':
    case 'skipped':
    case 'cancelled':
      return style.dim('–');
  }
}

function outcomeLine(plan: Plan): string {
  const state = plan.state === 'done' ? style.green(plan.state) : style.yellow(plan.state);
  const trail = plan.audit ? style.dim(` audit ${plan.audit.from}–${plan.audit.to}`) : '';
  const says = plan.outcome?.toLowerCase() !== `${plan.state}.` ? plan.outcome : undefined;
  return `${state}${says ? `: ${says}` : ''}${trail}`;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
