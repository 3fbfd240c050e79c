// Values on their way to and from the driver: whole numbers stay whole on their way out, and whatever comes back (nodes,
// relations, paths, times, numbers beyond what JavaScript counts exactly) becomes what the rows of a query show. Pure.

import type { Node, Path, Relationship } from 'neo4j-driver';
import type { QueryValue } from '../../shared/model/graph.ts';
import type { Json } from '../../shared/model/resource.ts';

/** What of the driver tells its values apart. */
export type DriverTypes = Pick<typeof import('./driver.ts'), 'int' | 'isNode' | 'isPath' | 'isRelationship'>;

export function parametersOf(
  parameters: Readonly<Record<string, Json>>,
  types: DriverTypes,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, sent(value, types)]));
}

/** The driver takes every number for a float, and a float of 3 is no index into a list. */
function sent(value: Json, types: DriverTypes): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? types.int(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => sent(item, types));
  return parametersOf(value as Readonly<Record<string, Json>>, types);
}

/** A node shows its properties, so that an exported resource looks as it does in the embedded graph. */
export function shownValue(value: unknown, types: DriverTypes): QueryValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return value.map((item) => shownValue(item, types));
  if (types.isNode(value as object)) return shownNode(value as Node, types);
  if (types.isRelationship(value as object)) return shownRelation(value as Relationship, types);
  if (types.isPath(value as object)) return shownPath(value as Path, types);
  // Times, durations and points know how they are written.
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return shownMap(value as Record<string, unknown>, types);
}

function shownMap(map: Record<string, unknown>, types: DriverTypes): { [key: string]: QueryValue } {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, shownValue(inner, types)]));
}

function shownNode({ labels, properties }: Node, types: DriverTypes): QueryValue {
  return { labels: [...labels], ...shownMap(properties, types) };
}

function shownRelation({ type, properties }: Relationship, types: DriverTypes): QueryValue {
  return { type, ...shownMap(properties, types) };
}

function shownPath({ start, segments }: Path, types: DriverTypes): QueryValue {
  const nodes = [start, ...segments.map(({ end }) => end)];
  return {
    nodes: nodes.map((node) => shownNode(node, types)),
    relations: segments.map(({ relationship }) => shownRelation(relationship, types)),
  };
}
