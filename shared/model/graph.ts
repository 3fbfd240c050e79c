// What can be asked of the graph beyond single resources: a neighbourhood, paths, statistics, what hangs nowhere, and
// the rows of a query. Pure data; the daemon's graph makes it, views and terminals show it.

import type { Kind } from './kind.ts';
import type { Json, Relation, Resource } from './resource.ts';

/** A resource in a neighbourhood. */
export interface GraphNode {
  readonly resource: Resource;
  /** Steps from the nearest resource asked about; 0 for those. */
  readonly depth: number;
  /** All its edges, shown or not. */
  readonly edges: number;
}

export interface Neighbourhood {
  /** Nearest first. */
  readonly nodes: readonly GraphNode[];
  /** Edges whose two ends are among the nodes. */
  readonly relations: readonly Relation[];
  /** More was reached than may be shown; the nearest are. */
  readonly truncated: boolean;
}

/** A way from one resource to another; each edge is named as it is, whichever way it was walked. */
export interface GraphPath {
  readonly ids: readonly string[];
  readonly relations: readonly Relation[];
}

export const statisticKeys = [
  'provider',
  'connection',
  'kind',
  'status',
  'health',
  'region',
  'zone',
] as const;
/** What resources are counted by: a field, or `tag.NAME`. */
export type StatisticKey = (typeof statisticKeys)[number] | `tag.${string}`;

export interface Statistic {
  readonly by: StatisticKey;
  /** Most frequent first; what has no value is counted as ''. */
  readonly counts: readonly { readonly value: string; readonly count: number }[];
}

/** Something that serves nothing, or whose owner is gone. It may be so on purpose; nobody deletes by this list alone. */
export interface LooseEnd {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  readonly connection: string;
  /** `unattached`: nothing uses it. `orphaned`: what it belongs to is not there. */
  readonly why: 'unattached' | 'orphaned';
  /** "attached to nothing". */
  readonly reason: string;
}

/** What became of a resource between two moments. */
export interface ResourceChange {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  readonly change: 'appeared' | 'vanished' | 'changed';
  /** Fields that differ, in words of the model: `status`, `tags.env`, `attributes.size_gb`. */
  readonly fields: readonly { readonly field: string; readonly before?: Json; readonly after?: Json }[];
}

/** A value in a row of a query. */
export type QueryValue =
  | string
  | number
  | boolean
  | null
  | readonly QueryValue[]
  | { readonly [key: string]: QueryValue };

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly QueryValue[])[];
  /** There were more rows than the limit. */
  readonly truncated: boolean;
  readonly elapsedMs: number;
}

/** A value of a row in words: a resource by its name and id, so that it can be found; what is absent is empty. */
export function queryCell(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const { name, id } = value as { readonly name?: QueryValue; readonly id?: QueryValue };
  if (typeof name === 'string' && typeof id === 'string') return `${name} (${id})`;
  return JSON.stringify(value);
}
