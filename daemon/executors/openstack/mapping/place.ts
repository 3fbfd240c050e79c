// Where a resource belongs and how it is named in the shared model: what all mappings of this executor share.
// Ids are `connection:kind/path`; the path is the cloud's own id, for keypairs their name. The two kinds of
// snapshots say in their path which service keeps them.

import type { Kind } from '../../../../shared/model/kind.ts';
import { parseResourceId, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { healthOf } from '../../../../shared/model/statuses.ts';

/** The metadata key under which a plan's mark stands, so that a half-done create is found again. */
export const markKey = 'pilothouse-mark';

export interface Place {
  readonly connection: string;
  readonly region?: string;
  readonly project?: string;
}

type Optional = Partial<Pick<Resource, 'providerStatus' | 'zone' | 'createdAt' | 'version'>>;

/** A resource with what all of this connection have in common. Empty attributes are left out. */
export function toResource(
  place: Place,
  kind: Kind,
  path: string,
  fields: Optional & {
    readonly name: string | null | undefined;
    readonly status: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly attributes: Readonly<Record<string, Resource['attributes'][string] | undefined>>;
  },
): Resource {
  const { name, tags, attributes, status, ...optional } = fields;
  return {
    id: resourceId(place.connection, kind, path),
    connection: place.connection,
    provider: 'openstack',
    kind,
    name: name || path.split('/').at(-1)!.slice(0, 8),
    status,
    health: healthOf(status),
    region: place.region,
    project: place.project,
    tags: tags ?? {},
    ...optional,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null && value !== ''),
    ) as Resource['attributes'],
  };
}

/** ISO 8601 in UTC: Nova and Neutron say `Z`, Cinder leaves it out but means it. */
export function utc(time: string | null | undefined): string | undefined {
  if (!time) return undefined;
  const ms = Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(time) ? time : `${time}Z`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** Tags of a record: metadata as they are, plain labels split at `=`; metadata wins. The plan's mark is no tag. */
export function tagsOf(
  metadata: Readonly<Record<string, string>> | null | undefined,
  labels?: readonly string[] | null,
): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const label of labels ?? []) {
    const at = label.indexOf('=');
    if (at > 0) tags[label.slice(0, at)] = label.slice(at + 1);
    else tags[label] = '';
  }
  for (const [key, value] of Object.entries(metadata ?? {})) if (key !== markKey) tags[key] = value;
  return tags;
}

/** The cloud's own id out of a resource id or as it is. */
export function cloudIdOf(idOrPath: string): string {
  const path = parseResourceId(idOrPath)?.path ?? idOrPath;
  return path.replace(/^(image|volume)\//, '');
}
