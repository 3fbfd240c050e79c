// A last look at a reading before it leaves, for two ways in which a good sentence turns into a wrong deed: a question
// that took its verb from the turn before, and a name that several kinds of thing have. It only ever makes a reading
// more careful: a plan becomes a question or a read, never the other way round.

import type { Candidate, PlanReading, Reading, StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { nounOf } from '../catalogue/kindWords.ts';
import { stepTitle } from '../catalogue/stepTitle.ts';
import { type Cell, senseOf } from './cells.ts';
import { looseKey } from './inventory.ts';
import type { Tools } from './readClause.ts';
import { placeOf } from './say.ts';

const candidatesMax = 5;

/** Words that begin a question or a wish to see; "what about" and "how about" go on with the turn before. */
const asking =
  /^\s*(?:and |so |ok |okay |then )?(?:which|who|whose|when|where|how many|how much|is|are|was|were|does|do we|did|has|have|list|show|count|display|what(?! about| of)|what's)\b/i;

/** True where the sentence asks, so that a deed in its reading can only have come from the turn before. */
export function asksOnly(text: string, reading: Reading): boolean {
  return (reading.kind === 'plan' || reading.kind === 'clarify') && asking.test(text);
}

/** Asks which thing is meant where a destroy names only a name, and things of other kinds have that name, too. */
export function askWhereNameIsShared(reading: Reading, cells: readonly Cell[], tools: Tools): Reading {
  if (reading.kind !== 'plan' || reading.steps.length !== 1) return reading;
  const [step] = reading.steps;
  if (!step || tools.catalogue.get(step.operation)?.risk !== 'destroy') return reading;
  // A kind that is said settles it; a pasted command line, which has no cells here, always says it.
  if (cells.length === 0 || cells.some((cell) => senseOf(cell, 'kind'))) return reading;
  const target = namedTarget(step, tools);
  if (!target) return reading;
  const namesakes = tools.inventory
    .byKey(looseKey(target.name))
    .filter((one) => one.id !== target.id && one.name.toLowerCase() === target.name.toLowerCase())
    .filter((one) => tools.catalogue.has(`delete.${one.kind}`));
  if (namesakes.length === 0) return reading;
  const all = [target, ...namesakes];
  return {
    kind: 'clarify',
    text: reading.text,
    source: reading.source,
    confidence: 0.3,
    about: 'target',
    question: `"${target.name}" is the name of ${all.length} things here: ${kindsOf(all)}. Which one?`,
    candidates: all.slice(0, candidatesMax).map((one) => candidateOf(one, reading, step, tools)),
  };
}

/** The one thing a step is about, where it was named and not found by a filter. */
function namedTarget(step: StepDraft, tools: Tools): Resource | undefined {
  if (step.target?.kind !== 'resources' || step.target.filter || step.target.ids.length !== 1)
    return undefined;
  return tools.inventory.get(step.target.ids[0]!);
}

function placed(resource: Resource): string {
  const place = resource.namespace ?? resource.region;
  return place === undefined ? resource.name : `${resource.name} (${place})`;
}

function kindsOf(resources: readonly Resource[]): string {
  return [...new Set(resources.map((one) => nounOf(one.kind)))].join(', ');
}

function candidateOf(resource: Resource, reading: PlanReading, step: StepDraft, tools: Tools): Candidate {
  const operation = tools.catalogue.get(`delete.${resource.kind}`)!;
  const steps: readonly StepDraft[] = [
    { ...step, operation: operation.id, target: { kind: 'resources', ids: [resource.id] } },
  ];
  return {
    label: stepTitle(operation, placed(resource), {}, (id) => tools.inventory.get(id)?.name),
    detail: placeOf(resource),
    reading: { ...reading, risk: operation.risk, steps },
  };
}
