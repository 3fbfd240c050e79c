// One matcher for filters over resources, used by the interpreter and the graph alike, so that what a person was
// shown is what is matched again before the first write. It is pure: it reads a resource, a filter and the time, and
// nothing else. It never guesses: a key it does not know is an error, since a key that is skipped would widen the set.

import { attributeDocs } from '../../shared/model/attributes.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Filter } from '../../shared/model/reading.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';

/** A filter made ready: true where the resource is in the set at `nowMs` (ms since the epoch). */
export type CompiledFilter = (resource: Resource, nowMs: number) => boolean;

type Read = (resource: Resource, nowMs: number) => Json | undefined;

const dayMs = 86_400_000;

/** Fields of the model itself. Ages are in days. */
const fields: Readonly<Record<string, Read>> = {
  id: (r) => r.id,
  kind: (r) => r.kind,
  connection: (r) => r.connection,
  provider: (r) => r.provider,
  region: (r) => r.region,
  zone: (r) => r.zone,
  namespace: (r) => r.namespace,
  cluster: (r) => r.cluster,
  project: (r) => r.project,
  name: (r) => r.name,
  status: (r) => r.status,
  health: (r) => r.health,
  simulated: (r) => r.simulated === true,
  env: (r) => r.tags.env,
  team: (r) => r.tags.team,
  role: (r) => r.tags.role,
  app: (r) => r.attributes.app ?? r.tags.app,
  network: (r) => r.attributes.networks ?? r.attributes.network,
  attached: (r) => typeof r.attributes.attached_to === 'string',
  age_d: (r, nowMs) => {
    const createdMs = Date.parse(r.createdAt ?? '');
    return Number.isNaN(createdMs) ? undefined : (nowMs - createdMs) / dayMs;
  },
};

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  lt: (a, b) => a < b,
  gte: (a, b) => a >= b,
  lte: (a, b) => a <= b,
};

/** True where the resource is in the set. Throws ProblemError `bad-input` for a key or value it does not know. */
export function matchesFilter(resource: Resource, filter: Filter, nowMs: number): boolean {
  return compileFilter(filter)(resource, nowMs);
}

/**
 * Makes a filter ready for many resources. Keys: fields of the model, attributes of `attributes.ts`, `tags`,
 * `tags.NAME`, `env`, `team`, `role`, `attached`, `age_d`, `name_glob` (`*` and `?`), `*_gt|_lt|_gte|_lte`,
 * `created_before`, `created_after` (ISO 8601), `ids`, and `not` or `except` (a filter, a name, an id, or a list
 * of these). A list as a value means any of. Letter case never matters. All keys have to hold.
 * Throws ProblemError `bad-input` for a key or value it does not know.
 */
export function compileFilter(filter: Filter): CompiledFilter {
  const tests = Object.entries(filter).flatMap(([key, value]) =>
    value === undefined ? [] : [compileEntry(key, value)],
  );
  return (resource, nowMs) => tests.every((test) => test(resource, nowMs));
}

function compileEntry(key: string, value: Json): CompiledFilter {
  if (value === null) throw unknown(`"${key}" of a filter has no value.`);
  if (key === 'not' || key === 'except') return compileExcept(value);
  if (key === 'ids') {
    const ids = new Set(listOf(value).map(String));
    return (r) => ids.has(r.id);
  }
  if (key === 'tags') return compileTags(value);
  if (key === 'name_glob') {
    const globs = listOf(value).map((glob) => globPattern(String(glob)));
    return (r) => globs.some((glob) => glob.test(r.name));
  }
  if (key === 'created_before' || key === 'created_after') return compileCreated(key, value);
  const comparison = /^(.+)_(gt|lt|gte|lte)$/.exec(key);
  if (comparison) return compileComparison(comparison[1]!, comparison[2]!, value);
  const read = readerOf(key);
  const wanted = new Set(listOf(value).map(folded));
  return (r, nowMs) => {
    const found = read(r, nowMs);
    if (found === undefined || found === null) return false;
    return Array.isArray(found) ? found.some((one) => wanted.has(folded(one))) : wanted.has(folded(found));
  };
}

function compileExcept(value: Json): CompiledFilter {
  const excluded = listOf(value).map((one) => {
    if (typeof one === 'string')
      return compileFilter(/^[^:/\s]+:[a-z-]+\//.test(one) ? { ids: [one] } : { name: one });
    if (!isFilter(one)) throw unknown('"not" of a filter takes a filter, a name or an id.');
    return compileFilter(one);
  });
  return (r, nowMs) => !excluded.some((matches) => matches(r, nowMs));
}

function compileTags(value: Json): CompiledFilter {
  if (!isFilter(value)) throw unknown('"tags" of a filter takes names with values.');
  const wanted = Object.entries(value).map(
    ([name, values]) => [name, new Set(listOf(values).map(folded))] as const,
  );
  return (r) => wanted.every(([name, values]) => name in r.tags && values.has(folded(r.tags[name]!)));
}

function compileCreated(key: 'created_before' | 'created_after', value: Json): CompiledFilter {
  const limitMs = Date.parse(String(value));
  if (Number.isNaN(limitMs))
    throw unknown(`"${key}" of a filter needs a time in ISO 8601, not "${String(value)}".`);
  return (r) => {
    const createdMs = Date.parse(r.createdAt ?? '');
    return key === 'created_before' ? createdMs < limitMs : createdMs > limitMs;
  };
}

function compileComparison(field: string, how: string, value: Json): CompiledFilter {
  if (typeof value !== 'number') throw unknown(`"${field}_${how}" of a filter needs a number.`);
  const read = readerOf(field);
  const holds = comparisons[how]!;
  return (r, nowMs) => {
    const found = read(r, nowMs);
    return typeof found === 'number' && holds(found, value);
  };
}

function readerOf(key: string): Read {
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (field) return field;
  if (key.startsWith('tags.')) return (r) => r.tags[key.slice(5)];
  if (Object.hasOwn(attributeDocs, key)) return (r) => r.attributes[key];
  throw unknown(`A filter has no key "${key}".`);
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function folded(value: Json): string {
  return String(value).trim().toLowerCase();
}

function isFilter(value: Json): value is Filter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(message: string): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message,
    fix: 'Use kind, name, status, namespace, region, tags or an attribute of the resource.',
  });
}
