// What the files of this room hand to each other: the options with every default filled in, the book, and small
// questions about steps that more than one of them asks.

import { randomBytes } from 'node:crypto';
import type { Operation } from '../../shared/model/operation.ts';
import type { Actor, Plan, PlanStep } from '../../shared/model/plan.ts';
import { type Problem, ProblemError, problemOf } from '../../shared/model/problem.ts';
import { redactText } from '../../shared/model/redact.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { Role } from '../../shared/model/verdict.ts';
import type { Limits } from '../config.ts';
import type { Executor, OperationHandler } from '../executors/contract.ts';
import type { Book } from './book.ts';
import type { FaultPoint } from './faults.ts';
import type { PlansOptions } from './options.ts';

/** The options as the room works with them. */
export interface Kit extends Omit<PlansOptions, 'limits' | 'roleOf' | 'onFaultPoint'> {
  readonly limits: Limits;
  readonly roleOf: (connection: string, actor: Actor) => Role;
  readonly fault: (point: FaultPoint, step?: number) => void;
  readonly book: Book;
}

/** Unguessable and short: 80 random bits in base 32 after a letter. */
export function newPlanId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return `p${[...randomBytes(16)].map((byte) => letters[byte % 32]).join('')}`;
}

/** Finds a half-done write again; at most 60 characters of `[a-z0-9-]`. */
export function markOf(plan: string, step: number): string {
  return `ph-${plan}-${step}`;
}

/** Throws where the catalogue has no such operation. */
export function requireOperation(kit: Kit, id: string): Operation {
  const operation = kit.catalogue.get(id);
  if (operation) return operation;
  throw new ProblemError({
    code: 'bad-input',
    message: `There is no operation "${id}".`,
    fix: 'See the list of operations (Pilothouse: Show Operations).',
  });
}

/** The way one operation is done on one connection. Throws `not-found` or `unsupported`, saying what can be done. */
export function requireHandler(
  kit: Kit,
  connection: string,
  operation: Operation,
): { readonly executor: Executor; readonly handler: OperationHandler } {
  const executor = kit.connections.executor(connection);
  const name = kit.connections.get(connection)?.name ?? connection;
  if (!executor)
    throw new ProblemError({
      code: 'not-found',
      message: `The connection ${name} is not there.`,
      fix: 'Look at the connections, and rescan them.',
    });
  const handler = executor.operations.get(operation.id);
  if (handler) return { executor, handler };
  const can = [...executor.operations.keys()]
    .filter((id) => kit.catalogue.get(id)?.kind === operation.kind)
    .map((id) => kit.catalogue.get(id)!.title);
  throw new ProblemError({
    code: 'unsupported',
    message: `${name} cannot do "${operation.title}".`,
    fix:
      can.length > 0
        ? `It can: ${can.sort().join(', ')}.`
        : `It can do nothing with a ${operation.kind}; look at its operations.`,
  });
}

/** Ids of resources a step names in its arguments. */
export function idsInArgs(step: Pick<PlanStep, 'args'>, operation: Operation): readonly string[] {
  return operation.args.flatMap((spec) => {
    const value = step.args[spec.name];
    return spec.type === 'ref' && typeof value === 'string' && /^[^:/\s]+:[a-z-]+\/./.test(value)
      ? [value]
      : [];
  });
}

/** Everything a step has its hands on: its target and what its arguments name. */
export function reachOf(kit: Pick<Kit, 'catalogue'>, step: PlanStep): readonly string[] {
  const operation = kit.catalogue.get(step.operation);
  const named = operation ? idsInArgs(step, operation) : [];
  return step.target ? [step.target.id, ...named] : named;
}

/** What hangs together directly with a resource, itself included. */
export function neighbourhoodOf(kit: Pick<Kit, 'graph'>, id: string): readonly string[] {
  const { out, in: into } = kit.graph.relationsOf(id);
  return [id, ...out.map((edge) => edge.to), ...into.map((edge) => edge.from)];
}

/** What was thrown, as it may be shown and kept: a known problem, without secrets. */
export function shownProblem(error: unknown): Problem {
  const problem = problemOf(error);
  return {
    code: problem.code,
    message: redactText(problem.message),
    ...(problem.fix === undefined ? {} : { fix: redactText(problem.fix) }),
  };
}

/** "web-1 (running)". */
export function nameAndStatus(resource: Pick<Resource, 'name' | 'status'>): string {
  return `${resource.name} (${resource.status})`;
}

/** A person with eyes and hands: the editor or a terminal, and nobody else. */
export function isPerson(actor: Actor): boolean {
  return actor.how === 'editor' || actor.how === 'terminal';
}

/** Throws where the actor is no person. */
export function requirePerson(actor: Actor, what: string): void {
  if (isPerson(actor)) return;
  throw new ProblemError({
    code: 'not-a-person',
    message: `Only a person can ${what}: in the editor's own dialog or in a terminal.`,
    fix: 'The plan waits in the list of pending plans.',
  });
}

/** Throws where the plan is not in one of the states. */
export function requireState(plan: Plan, states: readonly Plan['state'][], what: string): void {
  if (states.includes(plan.state)) return;
  throw new ProblemError({
    code: 'wrong-state',
    message: `This plan is ${plan.state}; it cannot be ${what}.`,
    fix: plan.outcome ?? 'Ask for it again.',
  });
}
