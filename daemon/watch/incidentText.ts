// An incident out of its findings: what started first, how bad it is, and its one sentence. Pure.

import { type Finding, type Incident, maxSeverity, type Severity } from '../../shared/model/finding.ts';
import type { MetricName } from '../../shared/model/metric.ts';
import type { Place } from './contract.ts';

/** What stays the same while findings come and go. */
export type IncidentFrame = Pick<Incident, 'id' | 'acked' | 'verdict'>;

/** The incident that these findings make; they need not be in order. `updatedMs` is when the newest of it happened. */
export function incidentOf(
  frame: IncidentFrame,
  findings: readonly Finding[],
  placeOf: (resource: string) => Place,
  updatedMs: number,
): Omit<Incident, 'mutedBy'> {
  const ordered = [...findings].sort((a, b) => a.startedMs - b.startedMs || a.detectedMs - b.detectedMs);
  const first = ordered[0]!;
  const { name: resourceName, ...place } = placeOf(first.resource);
  const open = ordered.filter(({ endedMs }) => endedMs === undefined);
  const resources = [...new Set(ordered.map(({ resource }) => resource))];
  const counted = open.length > 0 ? open : ordered;
  return {
    ...frame,
    resourceId: `${place.connection}:anomaly/${frame.id}`,
    state: open.length > 0 ? 'open' : 'closed',
    severity: counted.reduce<Severity>((most, one) => maxSeverity(most, one.severity), 'info'),
    title: titleOf(ordered),
    resource: first.resource,
    resourceName,
    ...place,
    resources,
    metrics: metricsOf(ordered),
    findings: ordered,
    startedMs: first.startedMs,
    updatedMs,
    ...(open.length === 0 && { endedMs: Math.max(...ordered.map(({ endedMs = 0 }) => endedMs)) }),
  };
}

function metricsOf(findings: readonly Finding[]): readonly MetricName[] {
  return [...new Set(findings.flatMap(({ series }) => (series ? [series.metric] : [])))];
}

function titleOf([first, ...others]: readonly Finding[]): string {
  const elsewhere = [
    ...new Set(others.filter((one) => one.resource !== first!.resource).map((one) => one.resourceName)),
  ];
  const here = [
    ...new Set(
      others
        .filter((one) => one.resource === first!.resource && one.series)
        .map((one) => one.series!.metric)
        .filter((metric) => metric !== first!.series?.metric),
    ),
  ];
  const parts = [
    first!.title,
    here.length > 0 && `with it its ${joined(here)}`,
    elsewhere.length > 0 && `then ${joined(elsewhere)}`,
  ];
  return parts.filter(Boolean).join('; ');
}

/** "a", "a and b", "a, b and 3 more". */
function joined(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return names.length === 3
    ? `${names[0]}, ${names[1]} and ${names[2]}`
    : `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
