// How a plan is put into words, the same in the card, the dialog and the tree: its state, what can be done with it
// now, and what it would mean. Pure; a sentence never names only a thing without its place. Callers: extension/
// and webview/.

import type { ActingAs, Plan, PlanState, StepState } from '../model/plan.ts';
import type { Json } from '../model/resource.ts';

export type PlanAction = 'review' | 'reject' | 'cancel' | 'undo' | 'continue' | 'resolve' | 'again';

const stateLabels: { readonly [S in PlanState]: string } = {
  proposed: 'Waiting for you',
  denied: 'Denied',
  blocked: 'Blocked',
  rejected: 'Rejected',
  expired: 'Expired',
  approved: 'Approved',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
  unknown: 'Needs your answer',
};

/** What a person reads for a state. */
export function labelOfState(state: PlanState): string {
  return stateLabels[state];
}

/** True while a plan waits for a person or runs. */
export function isOpen(plan: Plan): boolean {
  return ['proposed', 'approved', 'running', 'unknown'].includes(plan.state);
}

/** What a person can do with a plan now, the likeliest first. */
export function actionsOf(plan: Plan): readonly PlanAction[] {
  switch (plan.state) {
    case 'proposed':
      return isApprovable(plan) ? ['review', 'reject'] : ['reject'];
    case 'approved':
    case 'running':
      return ['cancel'];
    case 'unknown':
      return ['resolve'];
    case 'done':
      return plan.canUndo ? ['undo'] : [];
    case 'failed':
    case 'stopped':
    case 'cancelled':
      return [
        ...(plan.canContinue ? (['continue'] as const) : []),
        ...(plan.canUndo ? (['undo'] as const) : []),
        ...again(plan),
      ];
    case 'blocked':
    case 'expired':
      return again(plan);
    case 'denied':
    case 'rejected':
      return [];
  }
}

function again(plan: Plan): readonly PlanAction[] {
  return plan.source === 'click' ? [] : ['again'];
}

/** True where a yes would be taken: it waits, no rule denies it and no preview blocks it. */
export function isApprovable(plan: Plan): boolean {
  return plan.state === 'proposed' && plan.verdict.effect !== 'deny' && !plan.preview.blocked;
}

/** Why a plan cannot be carried out: what the rules deny and what the preview found, with what to do. */
export function reasonsAgainst(plan: Plan): readonly string[] {
  const denials = plan.verdict.rules.filter(({ effect }) => effect === 'deny').map(({ reason }) => reason);
  const blockers = plan.preview.steps
    .flatMap(({ notes }) => notes)
    .filter(({ level }) => level === 'blocker')
    .map(({ message, fix }) => [message, fix].filter(Boolean).join(' '));
  return [...new Set([...denials, ...blockers])];
}

/** "2 VMs": a count with the right form of the noun. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** How much it is about: "Touches 3 resources.", "Makes 1 new resource." */
export function scopeSentence(plan: Plan): string {
  const made = plan.steps.filter(
    (step) => step.target === undefined && step.targetFromStep === undefined,
  ).length;
  const touched = new Set(plan.steps.flatMap((step) => (step.target ? [step.target.id] : []))).size;
  const parts = [
    touched > 0 ? `touches ${countOf(touched, 'resource')}` : '',
    made > 0 ? `makes ${countOf(made, 'new resource')}` : '',
  ].filter((part) => part !== '');
  const sentence =
    parts.length > 0 ? parts.join(' and ') : `touches ${countOf(plan.preview.targetCount, 'resource')}`;
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}

/** Whether it can be taken back, one sentence. */
export function undoSentence(plan: Plan): string {
  switch (plan.preview.undoable) {
    case 'full': {
      const only = plan.preview.steps.length === 1 ? plan.preview.steps[0]?.undo : undefined;
      return only ? `Can be undone: ${lowerFirst(only)}` : 'Can be undone.';
    }
    case 'partly':
      return 'Only some of its steps can be undone.';
    case 'no':
      return 'Cannot be undone.';
  }
}

/** "who acts where": identity, project and region, as far as the cloud told. */
export function identityText(acting: ActingAs): string {
  const { identity } = acting;
  if (!identity) return 'identity not known';
  const parts = [`as ${identity.user}`];
  if (identity.domain) parts[0] += ` (${identity.domain})`;
  if (identity.project) parts.push(`project ${identity.project}`);
  if (identity.region) parts.push(`region ${identity.region}`);
  return parts.join(' · ');
}

/** A value as a person reads it: lists with commas, tags as key=value. */
export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((item) => valueText(item)).join(', ');
  const entries = Object.entries(value);
  if (entries.length === 0) return 'none';
  return entries.map(([key, item]) => (item === '' ? key : `${key}=${valueText(item)}`)).join(', ');
}

/** Units that stand at the end of a field's name, as they are written. */
const units: Readonly<Record<string, string>> = { gb: 'GB', s: 's', ms: 'ms', mhz: 'MHz', mbps: 'Mbit/s' };

/** Words of fields that are not written in small letters. */
const written: Readonly<Record<string, string>> = {
  cidr: 'CIDR',
  cpu: 'CPU',
  cpus: 'CPUs',
  dns: 'DNS',
  ip: 'IP',
  os: 'OS',
  pid: 'PID',
  ram: 'RAM',
  url: 'URL',
  uuid: 'UUID',
  vcpus: 'vCPUs',
};

/** "size_gb" → "size (GB)", "floating_ip" → "floating IP", "security_groups" → "security groups". */
export function fieldLabel(name: string): string {
  const [, stem = name, unit = ''] = /^(.*)_(gb|s|ms|mhz|mbps)$/.exec(name) ?? [];
  const words = stem
    .split('_')
    .map((word) => written[word] ?? word)
    .join(' ');
  return unit === '' ? words : `${words} (${units[unit]})`;
}

export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

/** Icon (a codicon's name) of a plan's state. */
export function iconOfState(state: PlanState): string {
  const icons: { readonly [S in PlanState]: string } = {
    proposed: 'bell-dot',
    denied: 'circle-slash',
    blocked: 'error',
    rejected: 'close',
    expired: 'history',
    approved: 'check',
    running: 'sync',
    done: 'pass-filled',
    failed: 'error',
    stopped: 'warning',
    cancelled: 'circle-slash',
    unknown: 'question',
  };
  return icons[state];
}

/** Icon (a codicon's name) of a step's state. */
export function iconOfStep(state: StepState): string {
  const icons: { readonly [S in StepState]: string } = {
    pending: 'circle-outline',
    running: 'loading',
    done: 'pass-filled',
    idle: 'pass',
    failed: 'error',
    skipped: 'debug-step-over',
    cancelled: 'circle-slash',
    unknown: 'question',
  };
  return icons[state];
}
