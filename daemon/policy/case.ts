// What the rules are told: the steps, the connections they go to, and who asks. Plain data, so that a rule is a pure
// function and a table of cases is its test. Built by the plans room; nothing in here reads a cloud or a clock.

import type { ConnectionMode, Environment } from '../../shared/model/connection.ts';
import type { Kind, OperationId, Risk } from '../../shared/model/kind.ts';
import type { Actor } from '../../shared/model/plan.ts';
import type { Role, RuleResult } from '../../shared/model/verdict.ts';

export interface JudgedStep {
  readonly operation: OperationId;
  /** Verb as a person says it: `delete`, `disable`. */
  readonly verb: string;
  readonly risk: Risk;
  readonly impact: 'none' | 'interrupts' | 'loses-data';
  readonly kind: Kind;
  /** Word for one of the kind and for many: "vm", "vms". */
  readonly noun: string;
  readonly plural: string;
  readonly connection: string;
  /** Absent for a create, and where an earlier step makes the target. */
  readonly target?: { readonly id: string; readonly name: string };
}

export interface JudgedConnection {
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly mode: ConnectionMode;
  readonly simulated: boolean;
  /** Role of the person who asks, towards this connection. */
  readonly role: Role;
}

export interface Case {
  readonly steps: readonly JudgedStep[];
  readonly connections: ReadonlyMap<string, JudgedConnection>;
  readonly actor: Actor;
}

/** A rule speaks or keeps silent. It never throws. */
export type Rule = (judged: Case) => RuleResult | undefined;

/**
 * A simulated cloud needs no care, unless a person gave it the environment of a real one: then they rehearse, and what
 * they see there is what they would see in earnest.
 */
export function isPlay(connection: JudgedConnection | undefined): boolean {
  return connection?.simulated === true && !['prod', 'staging'].includes(connection.environment);
}

/** `unknown` is treated like `prod`; what is only played with is never treated so. */
export function isCareful(connection: JudgedConnection | undefined): boolean {
  if (!connection) return true;
  if (isPlay(connection)) return false;
  return connection.environment === 'prod' || connection.environment === 'unknown';
}

/** Steps of a plan that change something. */
export function changesOf(judged: Case): readonly JudgedStep[] {
  return judged.steps.filter((step) => step.risk !== 'read');
}

/** What a person calls the place of a connection: its environment, or its name where that is not known. */
export function placeOf(connection: JudgedConnection | undefined): string {
  if (!connection) return 'an unknown connection';
  return connection.environment === 'unknown' ? connection.name : connection.environment;
}

/** "7 vms", "1 vm", "3 resources"; what several steps are about counts once. */
export function countOf(steps: readonly JudgedStep[]): string {
  const things = new Set(steps.map((step, index) => step.target?.id ?? index)).size;
  const words = new Set(steps.map((step) => (things === 1 ? step.noun : step.plural)));
  const [word] = words;
  if (words.size === 1) return `${things} ${word}`;
  return `${things} resources`;
}

/** What fits an input box and can be read at a glance. */
const typedNameCharactersMax = 64;

/** The name where a person can type it as it is shown; undefined where they could not. */
export function typeableName(name: string | undefined): string | undefined {
  if (name === undefined || name === '' || name.length > typedNameCharactersMax) return undefined;
  return name === name.trim().replace(/\s+/g, ' ') && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? name : undefined;
}
