// Which resources a step of a question is about. A name that has gone since the reading is said, never skipped.

import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { AnswerSources } from './answers.ts';

/** Resources of the step; without a target all of the operation's kind. */
export function resourcesOf(step: StepDraft, sources: AnswerSources): readonly Resource[] {
  if (!step.target) return sources.graph.list({ kind: step.operation.split('.')[1] ?? '' });
  if (step.target.kind === 'created') {
    throw new ProblemError({
      code: 'bad-input',
      message: 'A question cannot be about something that is not there yet.',
      fix: 'Run the plan first, then ask.',
    });
  }
  const { ids, filter } = step.target;
  const found = ids.map((id) => sources.graph.get(id)).filter((resource) => resource !== undefined);
  if (!filter && found.length < ids.length) throw gone(ids.filter((id) => !sources.graph.get(id)));
  return found;
}

/** Exactly one resource. Throws ProblemError where there is none or more than one. */
export function requireOne(step: StepDraft, sources: AnswerSources): Resource {
  const found = resourcesOf(step, sources);
  if (found.length === 1) return found[0]!;
  throw new ProblemError({
    code: 'bad-input',
    message:
      found.length === 0
        ? 'It is not clear which resource this is about.'
        : `This fits ${found.length} resources.`,
    fix: 'Name one of them.',
  });
}

function gone(ids: readonly string[]): ProblemError {
  return new ProblemError({
    code: 'not-found',
    message: `${ids.join(', ')} is not there any more.`,
    fix: 'List the resources to see what is there now.',
  });
}
