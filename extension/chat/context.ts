// What a sentence is said in: the conversation of this workspace, what is selected in the tree, and the connection
// the person looks at. Names come from what is shown, so that chips and lists speak of things, not of ids.

import type { Answer } from '../../shared/model/answer.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Reading, StepDraft } from '../../shared/model/reading.ts';
import type { Json } from '../../shared/model/resource.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';

export interface AskContext {
  readonly selection?: string[];
  readonly connection?: string;
  readonly conversation: string;
}

/** Most names sent with one turn: what a card shows of a long list is the first few. */
const namesMax = 200;

/** Names of the resources a reading and its plan speak of, by id. */
export function namesOf(
  resources: Pick<ResourceStore, 'get'>,
  reading: Reading | undefined,
  plan: Plan | undefined,
  answer?: Answer,
): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  const add = (id: string, name?: string) => {
    if (Object.keys(names).length < namesMax) names[id] = name ?? nameOf(resources, id);
  };
  for (const step of plan?.steps ?? []) if (step.target) add(step.target.id, step.target.name);
  for (const step of stepsOf(reading)) {
    if (step.target?.kind === 'resources') for (const id of step.target.ids) if (!(id in names)) add(id);
    for (const value of Object.values(step.args)) addReferences(value, resources, add);
  }
  for (const id of answer?.refs ?? []) if (!(id in names)) add(id);
  return names;
}

function addReferences(value: Json, resources: Pick<ResourceStore, 'get'>, add: (id: string) => void): void {
  if (typeof value === 'string' && resources.get(value)) add(value);
  else if (Array.isArray(value)) for (const item of value) addReferences(item, resources, add);
}

/** Steps of a reading that has any. */
export function stepsOf(reading: Reading | undefined): readonly StepDraft[] {
  return reading?.kind === 'plan' || reading?.kind === 'query' ? reading.steps : [];
}

/** The same step with one part replaced; words that gave that part no longer did. */
export function replacePart(step: StepDraft, part: string, value: Json): StepDraft {
  const evidence = step.evidence.filter((item) => item.part !== part);
  if (part === 'verb') return { ...step, operation: String(value), evidence };
  if (part === 'target') {
    const ids = Array.isArray(value) ? value.map(String) : [String(value)];
    return { ...step, target: { kind: 'resources', ids }, evidence };
  }
  const name = part.replace(/^args\./, '');
  return { ...step, args: { ...step.args, [name]: value }, evidence };
}
