// Where a resource belongs and how it is named in the shared model: what all mappings of this executor share. Ids are
// `connection:kind/path`; the path is AWS's own id, for things that have only a name their name, and where several
// services give one kind their own word comes first (`rds/…`, `ecs/…`, `scaling/…`).

import type { Kind } from '../../../../shared/model/kind.ts';
import {
  parseResourceId,
  type Relation,
  type RelationType,
  type Resource,
  resourceId,
} from '../../../../shared/model/resource.ts';
import { healthOf } from '../../../../shared/model/statuses.ts';

/** The tag under which a plan's mark stands, so that a half-done create is found again. */
export const markKey = 'pilothouse-mark';

export interface Place {
  readonly connection: string;
  readonly region?: string;
  readonly account?: string;
}

export interface AwsTag {
  readonly Key?: string;
  readonly Value?: string;
}

type Attribute = Resource['attributes'][string] | undefined;
type Optional = Partial<
  Pick<Resource, 'providerStatus' | 'zone' | 'createdAt' | 'version' | 'namespace' | 'cluster'>
>;

/** A resource with what all of this connection have in common. Empty fields are left out. */
export function toResource(
  place: Place,
  kind: Kind,
  path: string,
  fields: Optional & {
    readonly name: string | undefined;
    readonly status: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly attributes: Readonly<Record<string, Attribute>>;
  },
): Resource {
  const { name, tags, attributes, status, ...optional } = fields;
  return {
    id: resourceId(place.connection, kind, path),
    connection: place.connection,
    provider: 'aws',
    kind,
    name: name || path.split('/').at(-1)!,
    status,
    health: healthOf(status),
    region: place.region,
    project: place.account,
    tags: tags ?? {},
    ...optional,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(
        ([, value]) =>
          value !== undefined &&
          value !== null &&
          value !== '' &&
          !(Array.isArray(value) && value.length === 0),
      ),
    ) as Resource['attributes'],
  };
}

/** Tags as a record. The plan's mark is no tag of the person's. */
export function tagsOf(tags: readonly AwsTag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (tags ?? []).flatMap(({ Key, Value }) => (Key && Key !== markKey ? [[Key, Value ?? '']] : [])),
  );
}

/** The tag `Name`, which is what AWS's own console calls a thing. */
export function nameOf(tags: readonly AwsTag[] | undefined): string | undefined {
  return tags?.find((tag) => tag.Key === 'Name')?.Value || undefined;
}

export function iso(date: Date | string | undefined): string | undefined {
  if (!date) return undefined;
  const ms = date instanceof Date ? date.getTime() : Date.parse(date);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** AWS's own id out of a resource id, or as it is. */
export function awsIdOf(idOrPath: string): string {
  return parseResourceId(idOrPath)?.path ?? idOrPath;
}

/** Collects the edges of one resource; ends without an id are left out. */
export function edgesOf(
  place: Place,
  from: string,
  edges: readonly (readonly [type: RelationType, kind: Kind, path: string | undefined])[],
): readonly Relation[] {
  const seen = new Set<string>();
  return edges.flatMap(([type, kind, path]) => {
    if (!path) return [];
    const to = resourceId(place.connection, kind, path);
    if (seen.has(`${type} ${to}`)) return [];
    seen.add(`${type} ${to}`);
    return [{ from, type, to }];
  });
}
