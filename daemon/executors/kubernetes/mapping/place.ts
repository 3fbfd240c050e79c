// Where a resource belongs and how it is named in the shared model: what all mappings of this executor share. Ids are
// `connection:kind/namespace/name`. The version holds the uid, so that a thing that was deleted and made again under
// the same name is never taken for the one that was shown.

import type { Kind } from '../../../../shared/model/kind.ts';
import {
  parseResourceId,
  type Relation,
  type RelationType,
  type Resource,
  resourceId,
} from '../../../../shared/model/resource.ts';
import { healthOf } from '../../../../shared/model/statuses.ts';
import type { KubeObject } from '../records/objects.ts';
import { share, shareLabels } from './share.ts';

/** The annotation under which a plan's mark stands, so that a half-done write is found again. */
export const markKey = 'pilothouse/mark';

export interface Place {
  readonly connection: string;
  /** Name of the context. */
  readonly cluster: string;
}

type Fields = Partial<Pick<Resource, 'health' | 'providerStatus' | 'zone' | 'region'>> & {
  readonly status: string;
  /** What tells two wanted states apart; default: the generation, or nothing but the uid. */
  readonly state?: string | number;
  readonly attributes: Readonly<Record<string, Resource['attributes'][string] | undefined>>;
};

/** Labels that controllers write for themselves. */
const bookkeeping: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
]);

const noTags: Resource['tags'] = {};

/** A resource with what all of this connection have in common. Empty attributes are left out. */
export function toResource(place: Place, kind: Kind, object: KubeObject, fields: Fields): Resource {
  const { metadata } = object;
  const { status, health, providerStatus, zone, region, attributes } = fields;
  const isLeaving = metadata.deletionTimestamp !== undefined;
  const shown = isLeaving ? 'deleting' : status;
  const state = fields.state ?? metadata.generation;
  return {
    id: idOf(place, kind, metadata.name, metadata.namespace),
    connection: place.connection,
    provider: 'kubernetes',
    kind,
    name: metadata.name,
    status: shown,
    health: isLeaving ? 'busy' : (health ?? healthOf(shown)),
    ...(providerStatus && providerStatus.toLowerCase() !== shown ? { providerStatus } : {}),
    ...(region ? { region } : {}),
    ...(zone ? { zone } : {}),
    ...(metadata.namespace ? { namespace: share(metadata.namespace) } : {}),
    cluster: place.cluster,
    tags: tagsOf(metadata.labels),
    ...(metadata.creationTimestamp ? { createdAt: metadata.creationTimestamp } : {}),
    version: state === undefined ? metadata.uid : `${metadata.uid}/${state}`,
    attributes: definedOnly(attributes),
  };
}

export function idOf(place: Place, kind: Kind, name: string, namespace?: string): string {
  return resourceId(place.connection, kind, namespace === undefined ? name : `${namespace}/${name}`);
}

/** Namespace and name out of a resource's id. */
export function namedBy(id: string): { readonly namespace?: string; readonly name: string } {
  const path = parseResourceId(id)?.path ?? id;
  const slash = path.indexOf('/');
  return slash < 0 ? { name: path } : { namespace: path.slice(0, slash), name: path.slice(slash + 1) };
}

export function clusterId(place: Place): string {
  return resourceId(place.connection, 'cluster', place.cluster);
}

export function edge(from: string, type: RelationType, to: string): Relation {
  return { from, type, to };
}

/** What a namespaced thing is a member of. */
export function memberOf(place: Place, from: string, namespace: string | undefined): Relation {
  const to = namespace === undefined ? clusterId(place) : idOf(place, 'namespace', namespace);
  return edge(from, 'MEMBER_OF', share(to));
}

/** The application a label names; the first is the recommended one of the Kubernetes docs. */
export function appOf(labels: Readonly<Record<string, string>> | undefined): string | undefined {
  return labels?.['app.kubernetes.io/name'] ?? labels?.app ?? labels?.['k8s-app'];
}

function tagsOf(labels: Readonly<Record<string, string>> | undefined): Resource['tags'] {
  if (!labels) return noTags;
  const tags: Record<string, string> = {};
  for (const name of Object.keys(labels)) if (!bookkeeping.has(name)) tags[name] = labels[name]!;
  return shareLabels(tags);
}

function definedOnly(attributes: Fields['attributes']): Resource['attributes'] {
  const kept: Record<string, Resource['attributes'][string]> = {};
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value) && value.length === 0) continue;
    kept[name] = value;
  }
  return kept;
}
