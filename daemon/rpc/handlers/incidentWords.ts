// Sentences that acknowledge anomalies: "ack an-12". Nothing in a cloud changes, so that no plan is made; it is a
// person's word, audited like the one they give by a click.

import type { Answer } from '../../../shared/model/answer.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { StepDraft } from '../../../shared/model/reading.ts';
import { parseResourceId } from '../../../shared/model/resource.ts';
import type { RequestContext } from '../contract.ts';

export function isAboutIncidents(steps: readonly StepDraft[]): boolean {
  return steps.length > 0 && steps.every((step) => step.operation === 'ack.anomaly');
}

/** Acknowledges what the steps name. Throws ProblemError where nobody is behind the session, or nothing is named. */
export function acknowledgeIncidents(
  steps: readonly StepDraft[],
  { services, actor, session }: RequestContext,
): Answer {
  if (session.client.kind !== 'editor' && session.client.kind !== 'terminal')
    throw new ProblemError({ code: 'not-a-person', message: 'Only a person may acknowledge an anomaly.' });
  const ids = steps.flatMap((step) => (step.target?.kind === 'resources' ? step.target.ids : []));
  if (ids.length === 0)
    throw new ProblemError({
      code: 'not-found',
      message: 'It is not clear which anomaly is meant.',
      fix: 'Name it, e.g. "ack an-12"; ask for the anomalies to see which there are.',
    });
  const acked = ids.map((id) =>
    services.watch.incidents.judge(parseResourceId(id)?.path ?? id, 'ack', actor),
  );
  return {
    summary: `Acknowledged ${acked.map(({ id }) => id).join(', ')}: ${actor.user} looks after ${acked.length === 1 ? 'it' : 'them'}.`,
    blocks: [],
    refs: acked.map(({ resourceId }) => resourceId),
    source: 'the watch of this machine',
  };
}
