// The sentences of questions and refusals, and the labels of the plans offered as answers.

import type { Operation } from '../../shared/model/operation.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { nounOf } from '../catalogue/kindWords.ts';
import { stepTitle } from '../catalogue/stepTitle.ts';
import type { DraftStep } from './filling/attempt.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Trouble } from './linking/scene.ts';

/** Where a resource is, to tell namesakes apart: "prod", "us-east-1". */
export function placeOf(resource: Resource): string {
  return [resource.namespace, resource.region, resource.connection]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** More things than that are counted. */
const namesMax = 2;

/** One line for a step. */
export function labelOf(step: DraftStep, inventory: Inventory): string {
  const targets = (step.ids ?? []).map((id) => inventory.get(id)).filter((one) => one !== undefined);
  const name =
    targets.length === 0
      ? undefined
      : targets.length <= namesMax
        ? targets.map(nameWithPlace).join(' and ')
        : `${targets.length} ${nounOf(step.operation.kind)}s`;
  return stepTitle(step.operation, name, step.args, (id) => inventory.get(id)?.name);
}

function nameWithPlace(resource: Resource): string {
  const place = resource.namespace ?? resource.region;
  return place === undefined ? resource.name : `${resource.name} (${place})`;
}

/** The question for what is missing or ambiguous. */
export function questionFor(trouble: Trouble, operation: Operation | undefined): string {
  const what = operation ? nounOf(operation.kind) : 'resource';
  const doing = operation ? operation.title.toLowerCase().replace(/\bvm\b/g, 'VM') : 'do';
  if (trouble.about.startsWith('args.')) return argumentQuestion(trouble.about.slice(5), operation, doing);
  switch (trouble.because) {
    case 'shared': {
      const kinds = [...new Set(trouble.candidates.map((one) => nounOf(one.kind)))].join(', ');
      return `"${trouble.text}" is the name of ${trouble.candidates.length} things here: ${kinds}. Which one?`;
    }
    case 'ambiguous':
      return trouble.text && trouble.text !== 'it'
        ? trouble.candidates.length === 1
          ? isCalled(trouble)
            ? `Is the ${nounOf(trouble.candidates[0]!.kind)} "${trouble.text}" itself to go?`
            : `"${trouble.text}" is only like a name that is there. Is this one meant?`
          : `"${trouble.text}" fits ${trouble.candidates.length} resources. Which one?`
        : 'Which one is meant?';
    case 'missing':
      if (trouble.candidates.some(({ name }) => name === trouble.text))
        return `"${trouble.text}" is not as it is said to be. Which one is meant?`;
      return `There is no ${what} called "${trouble.text}".${trouble.candidates.length > 0 ? ' Is one of these meant?' : ''}`;
    case 'repaired':
      return `There is no "${trouble.text}". Is ${trouble.candidates[0]?.name} meant?`;
    case 'none':
      return trouble.text
        ? `Nothing fits "${trouble.text}" as a ${what}. Which one is meant?`
        : `No ${what} fits that. Which ones are meant?`;
    case 'count':
      return `That fits ${trouble.candidates.length}, not the number said. Which ones are meant?`;
    case 'unclear':
      return trouble.text ? `What does "${trouble.text}" stand for?` : 'What exactly should happen?';
    case 'unsaid':
      return trouble.about === 'scope'
        ? `Which ${what}s? Say where, or how they are tagged.`
        : `Which ${what} is meant?`;
    default:
      return trouble.because satisfies never;
  }
}

/** The one thing in question has the very name that was said. */
const isCalled = ({ candidates, text }: Trouble): boolean =>
  candidates[0]?.name.toLowerCase() === text?.toLowerCase();

function argumentQuestion(name: string, operation: Operation | undefined, doing: string): string {
  const spec = operation?.args.find((one) => one.name === name);
  return `To ${doing}: ${name.replaceAll('_', ' ')}? ${spec?.doc ?? ''}`.trim();
}
