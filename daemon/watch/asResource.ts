// An incident as the language knows it: a resource of kind `anomaly`, so that "explain an-12" and "critical anomalies in
// prod" are read like any other name and filter. It is shown to the interpreter only; the graph keeps what clouds say.

import type { Incident } from '../../shared/model/finding.ts';
import type { Provider } from '../../shared/model/kind.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { GraphReader } from '../graph/contract.ts';

export function incidentResource(incident: Incident, graph: Pick<GraphReader, 'get'>): Resource {
  const about = graph.get(incident.resource);
  const provider: Provider = about?.provider ?? 'prometheus';
  return {
    id: incident.resourceId,
    connection: incident.connection,
    provider,
    kind: 'anomaly',
    name: incident.id,
    status: incident.acked ? 'acked' : incident.state,
    health: incident.state === 'closed' ? 'off' : incident.severity === 'critical' ? 'error' : 'warning',
    ...(about?.namespace !== undefined && { namespace: about.namespace }),
    ...(about?.region !== undefined && { region: about.region }),
    tags: about?.tags ?? {},
    createdAt: new Date(incident.startedMs).toISOString(),
    ...(incident.simulated && { simulated: true }),
    attributes: {
      severity: incident.severity,
      resource: incident.resource,
      finding: incident.findings.some(({ kind }) => kind === 'threat')
        ? 'threat'
        : (incident.findings[0]?.kind ?? 'series'),
      ...(incident.metrics[0] !== undefined && { metric: incident.metrics[0] }),
      at: new Date(incident.startedMs).toISOString(),
    },
  };
}
