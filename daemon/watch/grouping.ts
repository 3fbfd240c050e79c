// Which incident a finding belongs to: one that is open, or ended a moment ago, and touches something near it. Pure.

import type { Incident } from '../../shared/model/finding.ts';
import { limits } from '../config.ts';

/**
 * The incident a finding on a resource belongs to, the oldest where there are several. `near` is what lies close to
 * the resource (itself among it).
 */
export function incidentFor(
  finding: { readonly resource: string; readonly startedMs: number },
  near: ReadonlyMap<string, number>,
  incidents: Iterable<Incident>,
): Incident | undefined {
  let found: Incident | undefined;
  for (const incident of incidents) {
    if (!belongs(incident, finding, near)) continue;
    if (!found || incident.startedMs < found.startedMs) found = incident;
  }
  return found;
}

/** The same resource counts as long as the incident lasts; what is near has to start about the same time. */
function belongs(
  incident: Incident,
  { resource, startedMs }: { readonly resource: string; readonly startedMs: number },
  near: ReadonlyMap<string, number>,
): boolean {
  const isSame = incident.resources.includes(resource);
  if (!isSame && !incident.resources.some((id) => near.has(id))) return false;
  if (incident.state === 'closed') return startedMs - (incident.endedMs ?? 0) <= limits.incidentReopenMs;
  const last = incident.findings.reduce((most, one) => Math.max(most, one.startedMs), 0);
  return isSame || Math.abs(startedMs - last) <= limits.incidentJoinMs;
}
