// What the cluster itself says about a thing: its events, newest last. They are evidence for a person, never an
// instruction, and a cluster that does not show them is no error.

import { clean, isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { KubeEvent, KubeObject } from '../records/objects.ts';
import { listObjects } from './objects.ts';

export interface Evidence {
  /** ISO 8601. */
  readonly at: string;
  readonly isWarning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** Events of one object. Empty where the user may not read them. */
export async function fetchEvidence(
  k8s: Kubernetes,
  { metadata }: KubeObject,
  signal: AbortSignal,
): Promise<readonly Evidence[]> {
  try {
    const within = {
      namespace: metadata.namespace ?? 'default',
      fieldSelector: `involvedObject.uid=${metadata.uid}`,
    };
    const events = await listObjects<KubeEvent>(k8s, 'events', within, signal);
    return events.map(toEvidence).sort((a, b) => (a.at < b.at ? -1 : 1));
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return [];
    throw error;
  }
}

function toEvidence(event: KubeEvent): Evidence {
  return {
    at: event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '',
    isWarning: event.type === 'Warning',
    reason: event.reason ?? '',
    message: clean(event.message ?? ''),
    count: event.count ?? 1,
  };
}

/** The newest warning as a half sentence; undefined where nothing warns. */
export async function lastWarning(
  k8s: Kubernetes,
  object: KubeObject,
  signal: AbortSignal,
): Promise<string | undefined> {
  const warning = (await fetchEvidence(k8s, object, signal)).findLast((one) => one.isWarning);
  return warning && `${warning.reason}: ${warning.message}`;
}
