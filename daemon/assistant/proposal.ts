// Turns what a model proposed into a reading, trusting nothing: the operation must be in the catalogue, its arguments
// must pass the strict schema, and every target must be a resource that is there, named by its exact id or by a name
// that fits exactly one. A destroy, moreover, must be grounded in the person's own words or selection. What does not
// hold becomes a question to the person, never a plan.

import { maxRisk, type Risk } from '../../shared/model/kind.ts';
import type { Operation } from '../../shared/model/operation.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type {
  ClarifyReading,
  PlanReading,
  QueryReading,
  Reading,
  ReadingContext,
  StepDraft,
} from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { requireArguments } from '../catalogue/argumentSchema.ts';
import type { Catalogue } from '../catalogue/contract.ts';
import { toolName } from '../catalogue/tool.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { ToolCall } from './contract.ts';

export interface ProposalRequest {
  readonly text: string;
  readonly context: ReadingContext | undefined;
  readonly catalogue: Catalogue;
  readonly graph: GraphReader;
}

/** A model is never as sure as a reading of the words themselves. */
const modelConfidence = 0.7;

/** The step a call proposes, or the sentence that says what is wrong with it (for the model to mend). */
export function draftOf(call: ToolCall, request: ProposalRequest): StepDraft | string {
  const operation = operationOf(call.name, request.catalogue);
  if (!operation) return `There is no tool "${call.name.slice(0, 60)}".`;
  let input: unknown;
  try {
    input = JSON.parse(call.argumentsText || '{}');
  } catch {
    return 'The arguments are not JSON.';
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return 'The arguments must be an object.';
  const { targets, ...args } = input as Record<string, unknown>;
  try {
    const checked = requireArguments(operation, args);
    const target = linkTargets(operation, targets, request.graph);
    if (typeof target === 'string') return target;
    return {
      operation: operation.id,
      args: checked,
      after: [],
      evidence: [],
      ...(target.length > 0 ? { target: { kind: 'resources', ids: target } } : {}),
    };
  } catch (error) {
    return problemOf(error).message;
  }
}

/** The operation behind a tool's name. */
export function operationOf(name: string, catalogue: Catalogue): Operation | undefined {
  for (const operation of catalogue.values()) if (toolName(operation) === name) return operation;
  return undefined;
}

function linkTargets(operation: Operation, targets: unknown, graph: GraphReader): readonly string[] | string {
  if (operation.target === 'none') return targets === undefined ? [] : 'This operation takes no targets.';
  const given = targets === undefined ? [] : targets;
  if (!Array.isArray(given) || given.some((one) => typeof one !== 'string'))
    return '"targets" must be a list of ids.';
  if (given.length === 0) return operation.target === 'optional' ? [] : '"targets" is missing.';
  const linked = new Set<string>();
  for (const name of given as string[]) {
    const found = linkOne(name, operation, graph);
    if (found.length !== 1)
      return found.length === 0
        ? `There is no ${operation.kind} "${name}".`
        : `"${name}" fits ${found.length} resources: ${found
            .slice(0, 5)
            .map((one) => one.id)
            .join(', ')}.`;
    linked.add(found[0]!.id);
  }
  return operation.target === 'one' && linked.size > 1 ? 'This operation takes one target.' : [...linked];
}

function linkOne(name: string, operation: Operation, graph: GraphReader): readonly Resource[] {
  const fits = (resource: Resource) =>
    operation.kind === 'topology' || operation.kind === 'audit' || resource.kind === operation.kind;
  const exact = graph.get(name);
  if (exact) return fits(exact) ? [exact] : [];
  const wanted = name.toLowerCase();
  const found: Resource[] = [];
  for (const resource of graph.all())
    if (fits(resource) && resource.name.toLowerCase() === wanted) found.push(resource);
  return found;
}

/** The reading of all steps a model proposed, in the order of its calls. */
export function readingOf(steps: readonly StepDraft[], request: ProposalRequest): Reading {
  const ordered = steps.map((step, index) => ({ ...step, after: index > 0 ? [index - 1] : [] }));
  const risk = ordered.reduce<Risk>(
    (highest, step) => maxRisk(highest, riskOf(step, request.catalogue)),
    'read',
  );
  const base = { text: request.text, source: 'model', confidence: modelConfidence } as const;
  const reading: PlanReading | QueryReading =
    risk === 'read'
      ? { ...base, kind: 'query', steps: ordered }
      : { ...base, kind: 'plan', steps: ordered, risk };
  const ungrounded = ordered.filter(
    (step) => riskOf(step, request.catalogue) === 'destroy' && !isGrounded(step, request),
  );
  return ungrounded.length === 0 ? reading : askAbout(ungrounded, reading, request);
}

function riskOf(step: StepDraft, catalogue: Catalogue): Risk {
  return catalogue.get(step.operation)?.risk ?? 'destroy';
}

/** Every target was named by the person, selected, or what the talk was about just before. */
function isGrounded(step: StepDraft, request: ProposalRequest): boolean {
  if (step.target?.kind !== 'resources') return false;
  const known = new Set([
    ...(request.context?.selection ?? []),
    ...(request.context?.turns?.at(-1)?.refs ?? []),
  ]);
  const text = request.text.toLowerCase();
  return step.target.ids.every((id) => {
    const name = request.graph.get(id)?.name.toLowerCase();
    return known.has(id) || (name !== undefined && containsName(text, name));
  });
}

/** Whole names only: "web-10" in a sentence does not name "web-1". */
function containsName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + name.length, at + name.length + 2);
    if (!/[\p{L}\p{N}_-]/u.test(before) && !/^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}

function askAbout(
  ungrounded: readonly StepDraft[],
  reading: PlanReading | QueryReading,
  request: ProposalRequest,
): ClarifyReading {
  const names = ungrounded
    .flatMap((step) => (step.target?.kind === 'resources' ? step.target.ids : []))
    .map((id) => request.graph.get(id)?.name ?? id);
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? `, and ${names.length - 5} more` : '');
  return {
    kind: 'clarify',
    text: request.text,
    source: 'model',
    confidence: 0.3,
    about: 'target',
    question: `The model would delete ${shown}, which you did not name. Is that what you mean?`,
    candidates: [
      {
        label: `Yes, plan to delete ${shown}`,
        detail: 'You will see the exact plan before anything happens.',
        reading,
      },
    ],
  };
}
