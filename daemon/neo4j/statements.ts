// The Cypher of an export, and a resource as the properties of a node. Everything Pilothouse writes carries the label
// and the id of the export it belongs to; every statement that removes asks for both, and none removes a node that
// others tied a relation to. Pure. Runs on Neo4j 3.1 and later: what a kind or a type is called is checked, since
// labels cannot be parameters.

import type { Json, Resource } from '../../shared/model/resource.ts';
import type { Statement } from './line.ts';

/** On every node that was written here. */
export const label = 'PilothouseResource';

/** `export` is the id of this Pilothouse's copy; another's copy in the same database is others' property. */
export interface Mark {
  readonly exporter: string;
  /** Of this run: what does not carry it afterwards was there before. */
  readonly run: string;
}

/** Old servers know only the old words. */
export function constraintFor(product: string): string {
  const [, major = '9', minor = '0'] = /\/v?(\d+)\.(\d+)/.exec(product) ?? [];
  const isOld = Number(major) < 4 || (Number(major) === 4 && Number(minor) < 4);
  return isOld
    ? `CREATE CONSTRAINT ON (n:${label}) ASSERT n.pilothouseKey IS UNIQUE`
    : `CREATE CONSTRAINT pilothouse_key IF NOT EXISTS FOR (n:${label}) REQUIRE n.pilothouseKey IS UNIQUE`;
}

export const keyOf = (exporter: string, id: string): string => `${exporter} ${id}`;

export function writeResources(kind: string, resources: readonly Resource[], mark: Mark): Statement {
  return {
    text: `UNWIND $rows AS row MERGE (n:${label} {pilothouseKey: row.key}) SET n = row.properties, n:${quoted(kind)}`,
    parameters: {
      rows: resources.map((resource) => ({
        key: keyOf(mark.exporter, resource.id),
        properties: nodeProperties(resource, mark),
      })),
    },
  };
}

/** Gives how many there are: an end that is not there ties nothing. */
export function writeRelations(
  type: string,
  ends: readonly { readonly from: string; readonly to: string }[],
  { exporter, run }: Mark,
): Statement {
  return {
    text: [
      'UNWIND $rows AS row',
      `MATCH (a:${label} {pilothouseKey: row.from}) MATCH (b:${label} {pilothouseKey: row.to})`,
      `MERGE (a)-[r:${quoted(type)} {pilothouseExport: $exporter}]->(b) SET r.pilothouseRun = $run RETURN count(r)`,
    ].join(' '),
    parameters: {
      exporter,
      run,
      rows: ends.map(({ from, to }) => ({ from: keyOf(exporter, from), to: keyOf(exporter, to) })),
    },
  };
}

/** Relations of this export that this run did not write; gives how many went, at most `limit`. */
export function removeRelations({ exporter, run }: Mark, limit: number): Statement {
  return {
    text: [
      `MATCH (a:${label})-[r]->() WHERE a.pilothouseExport = $exporter`,
      'AND r.pilothouseExport = $exporter AND r.pilothouseRun <> $run',
      'WITH r LIMIT $limit DELETE r RETURN count(*)',
    ].join(' '),
    parameters: { exporter, run, limit },
  };
}

/** Nodes of this export by their ids, where nothing of others hangs on them; gives how many went. */
export function removeResources(ids: readonly string[], exporter: string): Statement {
  return {
    text: [
      `UNWIND $keys AS key MATCH (n:${label} {pilothouseKey: key})`,
      'WHERE n.pilothouseExport = $exporter AND NOT (n)--() DELETE n RETURN count(*)',
    ].join(' '),
    parameters: { exporter, keys: ids.map((id) => keyOf(exporter, id)) },
  };
}

export function writtenIds(exporter: string): Statement {
  return {
    text: `MATCH (n:${label}) WHERE n.pilothouseExport = $exporter RETURN n.id`,
    parameters: { exporter },
  };
}

export const countNodes: Statement = { text: 'MATCH (n) RETURN count(n)' };

/** Fields, attributes beside them, tags as `tags.NAME`. Neo4j keeps texts, numbers, truths and lists of one of them. */
export function nodeProperties(resource: Resource, { exporter, run }: Mark): { [key: string]: Json } {
  const { attributes, tags, ...fields } = resource;
  const given: Record<string, Json | undefined> = { ...attributes, ...(fields as Record<string, Json>) };
  for (const [name, value] of Object.entries(tags)) given[`tags.${name}`] = value;
  const kept = Object.entries(given).flatMap(([name, value]) => {
    const stored = value === undefined ? null : storedValue(value);
    return stored === null ? [] : [[name, stored] as const];
  });
  return {
    ...Object.fromEntries(kept),
    pilothouseKey: keyOf(exporter, resource.id),
    pilothouseExport: exporter,
    pilothouseRun: run,
  };
}

/** What has no place in a property is kept as JSON text; null is no value at all. */
function storedValue(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const list = value as readonly Json[];
  const types = new Set(list.map((item) => (item === null ? 'null' : typeof item)));
  const [only] = types;
  if (types.size === 0) return [];
  if (types.size > 1 || (only !== 'string' && only !== 'boolean' && only !== 'number'))
    return JSON.stringify(value);
  const isMixed = only === 'number' && new Set(list.map((item) => Number.isSafeInteger(item))).size > 1;
  return isMixed ? JSON.stringify(value) : list;
}

function quoted(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
    throw new TypeError(`${name} is no name of a kind or a relation`);
  return `\`${name}\``;
}
