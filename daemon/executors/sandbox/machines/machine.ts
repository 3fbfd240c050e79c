// How the simulated cloud does an operation, as data: the state while it is under way, how long, and what holds
// afterwards. Start states, idle states and arguments come from the catalogue; what is checked here is what a real
// cloud would check. A machine only writes into the draft it is given.

import type { Kind } from '../../../../shared/model/kind.ts';
import type { Arguments } from '../../../../shared/model/operation.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Json } from '../../../../shared/model/resource.ts';
import type { Draft } from '../draft.ts';
import type { DurationName, Durations } from '../durations.ts';
import { type Patch, type Thing, thingId } from '../thing.ts';

export interface MachineStep {
  readonly draft: Draft;
  readonly args: Arguments;
  /** Unique for the write; names what is made. */
  readonly mark: string;
  readonly durations: Durations;
}
export interface TargetStep extends MachineStep {
  readonly target: Thing;
}

/** Changes a thing that is there. */
export interface ChangeMachine {
  readonly kind: 'change';
  /** Status while it is under way; with `takes`. Absent: it happens at once. */
  readonly during?: string;
  readonly takes?: DurationName;
  /** What holds as soon as it is accepted, and when it is over. */
  readonly now?: (step: TargetStep) => Patch;
  readonly outcome?: (step: TargetStep) => Patch;
  /** Refuses what a cloud would refuse: throws ProblemError. */
  readonly check?: (step: TargetStep) => void;
  /** What happens to others; gives the id of what was made, where something was. */
  readonly also?: (step: TargetStep) => string | undefined;
  /** Nothing would happen, beyond what the catalogue's idle states say. */
  readonly isIdle?: (step: TargetStep) => boolean;
  /** What a person must know before a yes. */
  readonly warns?: (target: Thing) => string;
}

/** Makes a thing. */
export interface CreateMachine {
  readonly kind: 'create';
  /** Arguments it chooses where the person said nothing, each with the sentence that says so. */
  readonly defaults?: (step: MachineStep) => { readonly args: Arguments; readonly notes: readonly string[] };
  /** Adds it, perhaps with a transition, and gives its id. */
  readonly make: (step: MachineStep) => string;
}

export type Machine = ChangeMachine | CreateMachine;

export function refuse(
  code: 'cloud-conflict' | 'cloud-invalid' | 'cloud-not-found',
  message: string,
  fix: string,
): never {
  throw new ProblemError({ code, message, fix });
}

/** A path that no thing has had: a name, and eight digits from the mark of the write. */
export function newPath(name: string, mark: string): string {
  return `${name}-${hashOf(mark).toString(16).padStart(8, '0')}`;
}

/** FNV-1a, 32 bits: spreads short texts, nothing more is asked of it. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

/** What an argument refers to, by id or by name. Throws `cloud-not-found` with what there is. */
export function requireReferenced(draft: Draft, kind: Kind, value: Json | undefined): Thing {
  const reference = String(value ?? '');
  const found = draft.find(kind, reference);
  if (found?.kind === kind) return found;
  const names = draft.all(kind).map(({ name }) => name);
  return refuse(
    'cloud-not-found',
    `There is no ${kind} "${reference}" in the sandbox.`,
    names.length > 0 ? `Choose one of: ${names.slice(0, 8).join(', ')}.` : `Create the ${kind} first.`,
  );
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function integerOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

export function tagsOf(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
}

export function listOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

/** In a cluster a name is unique within its namespace; the path is the name. */
export function requireFreeName(draft: Draft, kind: Kind, path: string): void {
  if (draft.get(thingId(kind, path)))
    refuse('cloud-conflict', `There is a ${kind} "${path}" already.`, 'Choose another name.');
}

/** Deletes at the end of a transition. */
export function deletes(takes: DurationName, more: Partial<ChangeMachine> = {}): ChangeMachine {
  return { kind: 'change', during: 'deleting', takes, outcome: () => ({ gone: true }), ...more };
}

/** Goes through one state into another. */
export function turns(during: string, takes: DurationName, status: string): ChangeMachine {
  return { kind: 'change', during, takes, outcome: () => ({ status }) };
}
