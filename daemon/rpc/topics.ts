// The topics a client can subscribe to, each described by what its whole is and how it changes.

import type { Connection } from '../../shared/model/connection.ts';
import type { Incident } from '../../shared/model/finding.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { parseResourceId } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { OpenSubscription, Services, SubscriptionSink } from './contract.ts';
import type { FeedTopic } from './feed.ts';
import { jsonBytes } from './parts.ts';

/** Resources of all connections, or of one. */
export function resourceTopic(graph: Services['graph'], connection: string | undefined): FeedTopic<Resource> {
  const isWanted = (resource: Resource) => connection === undefined || resource.connection === connection;
  return {
    idOf: (resource) => resource.id,
    whole: () => (connection === undefined ? [...graph.all()] : graph.list({ connection })).map(fitting),
    snapshot: (snapshot, first, more) => ({ topic: 'resources', snapshot, first, more }),
    change: (upserts, removes) => ({ topic: 'resources', upserts, removes }),
    listen: (onChange) =>
      graph.onDidChange(({ upserts, removes }) => {
        const changed = upserts.filter(isWanted).map(fitting);
        const gone = removes.filter(
          (id) => connection === undefined || parseResourceId(id)?.connection === connection,
        );
        if (changed.length > 0 || gone.length > 0) onChange(changed, gone);
      }),
  };
}

/** A resource that would fill a frame by itself goes without its attributes; `resource/get` still has them. */
function fitting(resource: Resource): Resource {
  const looksBig = Object.values(resource.attributes).some(
    (value) => (typeof value === 'string' || Array.isArray(value)) && value.length > 10_000,
  );
  if (!looksBig || jsonBytes(resource) < limits.frameBytesMax / 2) return resource;
  return { ...resource, attributes: {} };
}

/** All open plans and the newest of the others. */
export function planTopic(plans: Services['plans']): FeedTopic<Plan> {
  return {
    idOf: (plan) => plan.id,
    whole() {
      const open = plans.list({ open: true, limit: limits.plansKeptMax });
      const isOpen = new Set(open.map((plan) => plan.id));
      const others = plans.list({ limit: limits.plansShownMax }).filter((plan) => !isOpen.has(plan.id));
      return [...open, ...others].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    snapshot: (snapshot, first, more) => ({ topic: 'plans', snapshot, first, more }),
    change: ([plan]) => ({ topic: 'plans', plan: plan! }),
    perChangeMax: 1,
    listen: (onChange) => plans.onDidChange((plan) => onChange([plan], [])),
  };
}

/** All open incidents and the newest of the others. */
export function incidentTopic(incidents: Services['watch']['incidents']): FeedTopic<Incident> {
  return {
    idOf: (incident) => incident.id,
    whole() {
      const open = incidents.list({ open: true, limit: limits.incidentsKeptMax });
      const isOpen = new Set(open.map(({ id }) => id));
      const others = incidents.list({ limit: limits.incidentsShownMax }).filter(({ id }) => !isOpen.has(id));
      return [...open, ...others].sort((a, b) => b.startedMs - a.startedMs);
    },
    snapshot: (snapshot, first, more) => ({ topic: 'incidents', snapshot, first, more }),
    change: (upserts, removes) => ({ topic: 'incidents', upserts, removes }),
    listen: (onChange) => incidents.onDidChange(({ upserts, removes }) => onChange(upserts, removes)),
  };
}

/** Connections are few: each change is the whole list, and only the latest counts. */
export function subscribeConnections(
  subscription: number,
  sink: SubscriptionSink,
  connections: Services['connections'],
): OpenSubscription {
  let latest: readonly Connection[] | undefined;
  let isStarted = false;
  let sequence = 0;
  const pump = (): void => {
    if (!isStarted || !latest || sink.isCongested) return;
    sequence += 1;
    sink.send({ subscription, sequence, topic: 'connections', connections: latest });
    latest = undefined;
  };
  const stopListening = connections.onDidChange((list) => {
    latest = list;
    pump();
  });
  return {
    start() {
      isStarted = true;
      pump();
    },
    resume: pump,
    dispose: stopListening,
  };
}
