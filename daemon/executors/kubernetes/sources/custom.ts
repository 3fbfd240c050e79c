// Custom resources: what the cluster defines beside what Kubernetes brings. Which there are is asked of the server, and
// of each only the metadata is read: what is inside is the affair of its operator, and may be secret. Read in turns,
// within bounds, and not watched.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import { limits } from '../../../config.ts';
import type { DiscoverySource } from '../../contract.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { memberOf, type Place, toResource } from '../mapping/place.ts';
import type { KubeObject } from '../records/objects.ts';
import { listPages } from './listing.ts';

interface Definition extends KubeObject {
  readonly spec?: {
    readonly group?: string;
    readonly scope?: string;
    readonly names?: { readonly plural?: string; readonly kind?: string };
    readonly versions?: readonly {
      readonly name: string;
      readonly served?: boolean;
      readonly storage?: boolean;
    }[];
  };
}

interface CustomKind {
  readonly kind: string;
  readonly plural: string;
  readonly group: string;
  readonly path: string;
}

/** Metrics of the cluster look like objects and are none. */
const noThings = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io'];

export function customSource(k8s: Kubernetes, intervalMs: number): DiscoverySource {
  return {
    name: 'custom resources',
    kinds: ['custom-resource'],
    intervalMs,
    read: async ({ signal }) => {
      const resources: Resource[] = [];
      const relations: Relation[] = [];
      for (const custom of await fetchKinds(k8s, signal)) {
        const room = limits.kubernetesCustomResourcesMax - resources.length;
        if (room <= 0) break;
        for (const object of (await fetchObjects(k8s, custom, signal)).slice(0, room)) {
          const resource = toCustom(object, custom, k8s.place);
          resources.push(resource);
          relations.push(memberOf(k8s.place, resource.id, object.metadata.namespace));
        }
      }
      return { mode: 'full', resources, relations, removed: [] };
    },
  };
}

async function fetchKinds(k8s: Kubernetes, signal: AbortSignal): Promise<readonly CustomKind[]> {
  const apis = await k8s.apis(signal);
  if (apis.versionOf('customresourcedefinitions') === undefined) return [];
  const definitions: Definition[] = [];
  try {
    const request = {
      path: apis.pathOf('customresourcedefinitions'),
      what: 'read which custom resources there are',
      signal,
    };
    await listPages<Definition>(k8s, request, (items) => {
      definitions.push(...items);
    });
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return [];
    throw error;
  }
  return definitions.flatMap(kindOf).slice(0, limits.kubernetesCustomKindsMax);
}

function kindOf({ spec = {} }: Definition): readonly CustomKind[] {
  const { group, names } = spec;
  const served = spec.versions?.filter((one) => one.served !== false) ?? [];
  const version = served.find((one) => one.storage) ?? served[0];
  if (!group || !names?.plural || !version || noThings.includes(group)) return [];
  const path = `/apis/${group}/${version.name}/${names.plural}`;
  return [{ kind: names.kind ?? names.plural, plural: names.plural, group, path }];
}

async function fetchObjects(
  k8s: Kubernetes,
  { path, plural }: CustomKind,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const objects: KubeObject[] = [];
  try {
    await listPages<KubeObject>(
      k8s,
      { path, what: `read the ${plural}`, metadataOnly: true, signal },
      (items) => {
        objects.push(...items);
      },
    );
  } catch (error) {
    // A kind that goes away while it is read, or that this user may not see.
    if (isProblem(error, 'cloud-forbidden') || isProblem(error, 'cloud-not-found')) return [];
    throw error;
  }
  return objects;
}

function toCustom(object: KubeObject, custom: CustomKind, place: Place): Resource {
  const named = {
    ...object,
    metadata: { ...object.metadata, name: `${custom.plural}.${custom.group}/${object.metadata.name}` },
  };
  return {
    ...toResource(place, 'custom-resource', named, {
      status: 'active',
      attributes: { type: custom.kind, group: custom.group },
    }),
    name: object.metadata.name,
  };
}
