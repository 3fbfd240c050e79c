// Which of a pool of resources fit a filter. The same pool is asked the same thing many times while a text is read (each
// reading of it, each of its steps), so that an answer is kept as long as its pool: the index gives one list of a kind
// until something of that kind changes. Called wherever a set is bounded.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { compileFilter } from '../../graph/filter.ts';

/** The first filter that something fits, with what fits it. */
export function firstFitting(
  options: readonly Filter[],
  pool: readonly Resource[],
  nowMs: number,
): { filter: Filter; resources: readonly Resource[] } | undefined {
  for (const filter of options) {
    const resources = fitting(filter, pool, nowMs);
    if (resources.length > 0) return { filter, resources };
  }
  return undefined;
}

/** For one thing any sense counts: "the mongo staging volume" may be named or tagged so. */
export function anyFitting(
  options: readonly Filter[],
  pool: readonly Resource[],
  nowMs: number,
): { filter: Filter; resources: readonly Resource[] } | undefined {
  const each = options.map((filter) => fitting(filter, pool, nowMs));
  const first = each.findIndex((found) => found.length > 0);
  if (first < 0) return undefined;
  const others = each.filter((found, at) => at !== first && found.length > 0);
  if (others.length === 0) return { filter: options[first]!, resources: each[first]! };
  const all = new Set(each.flat());
  return { filter: options[first]!, resources: pool.filter((resource) => all.has(resource)) };
}

const kept = new WeakMap<readonly Resource[], Map<string, readonly Resource[]>>();
/** Answers of one pool, and characters of a filter that is worth to be kept. */
const keptMax = 64;
const filterCharactersMax = 300;
/** Small pools are asked faster than remembered. */
const poolMin = 50;

function fitting(filter: Filter, pool: readonly Resource[], nowMs: number): readonly Resource[] {
  const key = pool.length < poolMin ? '' : JSON.stringify(filter);
  if (key === '' || key.length > filterCharactersMax) return found(filter, pool, nowMs);
  const answers = kept.get(pool) ?? new Map<string, readonly Resource[]>();
  kept.set(pool, answers);
  const asked = /age|created/.test(key) ? `${nowMs} ${key}` : key;
  const before = answers.get(asked);
  if (before) return before;
  const resources = found(filter, pool, nowMs);
  if (answers.size >= keptMax) answers.clear();
  answers.set(asked, resources);
  return resources;
}

function found(filter: Filter, pool: readonly Resource[], nowMs: number): readonly Resource[] {
  const matches = matcherOf(filter);
  return pool.filter((resource) => matches(resource, nowMs));
}

/** A filter as a test; a pattern of names is only tried on names that have its letters in them. */
export function matcherOf(filter: Filter): ReturnType<typeof compileFilter> {
  const matches = compileFilter(filter);
  const { name_glob: glob, ...others } = filter;
  if (glob === undefined || Object.keys(others).length > 0) return matches;
  const globs = (Array.isArray(glob) ? glob : [glob]).map((one) => String(one).toLowerCase());
  const chunks = [...new Set(globs.map((one) => one.replace(/^[*-]+|[*-]+$/g, '')))];
  if (chunks.some((chunk) => chunk === '' || /[*?]/.test(chunk))) return matches;
  return (resource, nowMs) => {
    const name = resource.name.toLowerCase();
    return chunks.some((chunk) => name.includes(chunk)) && matches(resource, nowMs);
  };
}
