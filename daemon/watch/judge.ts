// What a person says of an incident: kept with it, audited, and heeded. "Noise" makes the series of its findings harder
// to alarm, "right" a little easier again; both are kept over restarts.

import type { Incident, IncidentVerdict } from '../../shared/model/finding.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { seriesId } from '../../shared/model/series.ts';
import type { AuditTrail } from '../audit/contract.ts';
import type { IncidentBook } from './book.ts';
import type { Detectors } from './detectors.ts';

/** How far one word moves the thresholds of a series, in decimal orders of magnitude of surprise. */
const moves: Readonly<Record<IncidentVerdict, number>> = { noise: 0.8, right: -0.3 };

export interface JudgeSources {
  readonly book: IncidentBook;
  readonly detectors: Pick<Detectors, 'shift'>;
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly now: () => number;
}

export function judgeIncident(
  id: string,
  says: IncidentVerdict | 'ack' | 'unack',
  actor: Actor,
  { book, detectors, audit, now }: JudgeSources,
): Incident {
  const before = book.require(id);
  audit.append({
    event: 'incident.judged',
    actor,
    target: before.resource,
    outcome: says,
    detail: { incident: id, title: before.title },
  });
  const said = { by: actor.user, atMs: now() };
  if (says === 'ack') return book.say(id, { acked: said });
  if (says === 'unack') return book.say(id, { acked: undefined });
  // The same word twice moves nothing; another word takes the first one back.
  if (before.verdict?.is !== says)
    for (const key of new Set(before.findings.flatMap(({ series }) => (series ? [seriesId(series)] : []))))
      detectors.shift(key, moves[says] - (before.verdict ? moves[before.verdict.is] : 0));
  return book.say(id, { verdict: { is: says, ...said } });
}
