// The values of a query and how they compare: null is neither equal nor unequal to anything, two things of different
// types are unequal, and there is one order over all of them for sorting. Pure; after the chapter on comparability,
// equality, orderability and equivalence of the openCypher reference.

import type { QueryValue } from '../../shared/model/graph.ts';
import type { Json, RelationType, Resource } from '../../shared/model/resource.ts';

/** A float that happens to be whole, so that `7.0 / 2` is not `7 / 2`. Other floats are plain numbers. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
export class NodeValue {
  readonly resource: Resource;
  constructor(resource: Resource) {
    this.resource = resource;
  }
}
export class EdgeValue {
  readonly from: string;
  readonly type: RelationType;
  readonly to: string;
  constructor(from: string, type: RelationType, to: string) {
    this.from = from;
    this.type = type;
    this.to = to;
  }
}
export class PathValue {
  readonly nodes: readonly NodeValue[];
  readonly edges: readonly EdgeValue[];
  constructor(nodes: readonly NodeValue[], edges: readonly EdgeValue[]) {
    this.nodes = nodes;
    this.edges = edges;
  }
}
export interface MapValue {
  readonly [key: string]: Value;
}
export type Value =
  | null
  | boolean
  | number
  | string
  | Float
  | NodeValue
  | EdgeValue
  | PathValue
  | readonly Value[]
  | MapValue;
/** Three-valued truth. */
export type Truth = boolean | null;

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isNumber = (value: Value): value is number | Float =>
  typeof value === 'number' || value instanceof Float;
export const isMap = (value: Value): value is MapValue =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Float) &&
  !(value instanceof NodeValue) &&
  !(value instanceof EdgeValue) &&
  !(value instanceof PathValue);
export const plainNumber = (value: number | Float): number => (value instanceof Float ? value.value : value);
export const floatOf = (value: number): number | Float =>
  Number.isInteger(value) ? new Float(value) : value;
export const isWhole = (value: Value): value is number =>
  typeof value === 'number' && Number.isInteger(value);

/** What a person calls the type, in errors. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (isNumber(value)) return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'string') return 'a text';
  if (isList(value)) return 'a list';
  if (value instanceof NodeValue) return 'a resource';
  if (value instanceof EdgeValue) return 'a relation';
  return value instanceof PathValue ? 'a path' : 'a map';
}

/** A property of the graph or a parameter as a value; what is missing is null. */
export function valueFromJson(json: Json | undefined): Value {
  return json === undefined ? null : json;
}

/** The fields of a resource, its attributes beside them, and its tags as a map of their own. */
export function propertiesOf({ attributes, tags, ...fields }: Resource): MapValue {
  return { ...(attributes as MapValue), ...(fields as unknown as MapValue), tags };
}

/** One property of a resource, without making the map of all. */
export function propertyOf(resource: Resource, name: string): Value {
  if (name === 'attributes') return resource.attributes as MapValue;
  if (Object.hasOwn(resource, name))
    return valueFromJson((resource as unknown as Record<string, Json>)[name]);
  return Object.hasOwn(resource.attributes, name) ? valueFromJson(resource.attributes[name]) : null;
}

/** `=`: true, false, or null where it cannot be known. */
export function equals(a: Value, b: Value): Truth {
  if (a === null || b === null) return null;
  if (isNumber(a) && isNumber(b)) return plainNumber(a) === plainNumber(b);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    return allOf(a.map((item, index) => equals(item, b[index]!)));
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length || !keys.every((key) => Object.hasOwn(b, key))) return false;
    return allOf(keys.map((key) => equals(a[key]!, b[key]!)));
  }
  return keyOf(a) === keyOf(b);
}

/** AND over many: false wins over null. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

/** `<`: below 0, 0, above 0; undefined where the two cannot be compared. */
export function compare(a: Value, b: Value): number | undefined {
  if (isNumber(a) && isNumber(b)) return plainNumber(a) - plainNumber(b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isList(a) && isList(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const order = compare(a[index]!, b[index]!);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return undefined;
}

/** Rank of a type in the one order over all values. */
function rankOf(value: Value): number {
  if (value === null) return 9;
  if (isNumber(value)) return 8;
  if (typeof value === 'boolean') return 7;
  if (typeof value === 'string') return 6;
  if (value instanceof PathValue) return 5;
  if (isList(value)) return 4;
  if (value instanceof EdgeValue) return 3;
  return value instanceof NodeValue ? 2 : 1;
}

/** The order of ORDER BY: by type, then within it; null comes last. */
export function order(a: Value, b: Value): number {
  const ranks = rankOf(a) - rankOf(b);
  if (ranks !== 0 || a === null || b === null) return ranks;
  if (isList(a) && isList(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const inner = order(a[index]!, b[index]!);
      if (inner !== 0) return inner;
    }
    return a.length - b.length;
  }
  const known = compare(a, b);
  if (known !== undefined) return known;
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Two values that DISTINCT and grouping take for one have the same key; null is the same as null there. */
export function keyOf(value: Value): string {
  if (value === null) return '~';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (isNumber(value)) return String(plainNumber(value) + 0);
  if (value instanceof NodeValue) return `n${JSON.stringify(value.resource.id)}`;
  if (value instanceof EdgeValue) return `r${JSON.stringify([value.from, value.type, value.to])}`;
  if (value instanceof PathValue) return `p[${[...value.nodes, ...value.edges].map(keyOf).join()}]`;
  if (isList(value)) return `[${value.map(keyOf).join()}]`;
  const map = value as MapValue;
  const keys = Object.keys(map).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${keyOf(map[key]!)}`).join()}}`;
}

/** As it goes over the wire: a resource becomes its properties, a path the ids and relations along it. */
export function toResult(value: Value): QueryValue {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Float) return value.value;
  if (value instanceof NodeValue) return toResult(propertiesOf(value.resource));
  if (value instanceof EdgeValue) return { from: value.from, type: value.type, to: value.to };
  if (value instanceof PathValue)
    return { nodes: value.nodes.map(({ resource }) => resource.id), relations: value.edges.map(toResult) };
  if (isList(value)) return value.map(toResult);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toResult(inner)]));
}
