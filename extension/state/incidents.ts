// The incidents as the daemon last told: those that go on first, the worst and newest before the others. Muted ones are
// kept and not counted. Bounded by what the daemon sends.

import type { Incident, Severity } from '../../shared/model/finding.ts';
import { severities } from '../../shared/model/finding.ts';
import { createSignal } from '../signal.ts';

export interface IncidentStore {
  get(id: string): Incident | undefined;
  /** Open ones first, then by severity and time. */
  list(): readonly Incident[];
  /** Those that go on and are not muted. */
  readonly openCount: number;
  /** Worst severity among them. */
  readonly worst: Severity | undefined;
  /** Worst severity of what goes on and is not muted, by resource. */
  severityOf(resource: string): Severity | undefined;
  replaceAll(incidents: readonly Incident[]): void;
  apply(change: { readonly upserts: readonly Incident[]; readonly removes: readonly string[] }): void;
  /** Told the incidents that are new since the last time; none where all were read anew. */
  onDidChange(listener: (added: readonly Incident[]) => void): () => void;
}

export function createIncidentStore(): IncidentStore {
  const byId = new Map<string, Incident>();
  const changes = createSignal<readonly Incident[]>();
  let byResource = new Map<string, Severity>();
  const settle = (added: readonly Incident[]) => {
    byResource = new Map();
    for (const incident of byId.values()) {
      if (!counts(incident)) continue;
      for (const resource of incident.resources) {
        const known = byResource.get(resource);
        if (!known || rank(incident.severity) > rank(known)) byResource.set(resource, incident.severity);
      }
    }
    changes.fire(added);
  };
  const open = () => [...byId.values()].filter(counts);
  return {
    get: (id) => byId.get(id),
    list: () => [...byId.values()].sort(compare),
    get openCount() {
      return open().length;
    },
    get worst() {
      return open().sort((a, b) => rank(b.severity) - rank(a.severity))[0]?.severity;
    },
    severityOf: (resource) => byResource.get(resource),
    replaceAll: (incidents) => {
      byId.clear();
      for (const incident of incidents) byId.set(incident.id, incident);
      settle([]);
    },
    apply: ({ upserts, removes }) => {
      const added = upserts.filter((incident) => !byId.has(incident.id) && counts(incident));
      for (const incident of upserts) byId.set(incident.id, incident);
      for (const id of removes) byId.delete(id);
      settle(added);
    },
    onDidChange: changes.on,
  };
}

function counts(incident: Incident): boolean {
  return incident.state === 'open' && incident.mutedBy === undefined;
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

function compare(a: Incident, b: Incident): number {
  return (
    Number(b.state === 'open') - Number(a.state === 'open') ||
    Number(a.mutedBy !== undefined) - Number(b.mutedBy !== undefined) ||
    (a.state === 'open' ? rank(b.severity) - rank(a.severity) : 0) ||
    b.startedMs - a.startedMs
  );
}
