// Members of a kind in a connection as the tree shows them: those the filter lets through, by name. Ordering tens of
// thousands of names is what would make a window stutter: it is done in slices before they are shown, kept, and only
// amended when somebody comes, goes or is renamed.

import type { Kind } from '../../shared/model/kind.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { ResourceStore } from '../state/resources.ts';
import { runInSlices, runThrough, sortedByKey } from './sliced.ts';

export interface Members {
  readonly filter: string;
  /** Lower case; every word has to be found. Empty lets all through. */
  setFilter(text: string): void;
  /** At once, however many there are: after `prepare` it costs nothing. */
  of(connection: string, kind: Kind): readonly Resource[];
  countOf(connection: string, kind: Kind): number;
  /** Place of a resource among the members; below 0 where it is none. */
  placeOf(resource: Resource): number;
  /** Makes ready in slices what `of` will give; undefined where it is ready. */
  prepare(connection: string, kind: Kind): Promise<void> | undefined;
  /** Puts a resource that has changed in its own place, where its name is the same. */
  replace(resource: Resource): void;
  /** Somebody came, went or was renamed. */
  amend(connection: string, kind: Kind): void;
  forgetAll(): void;
}

interface Kept {
  readonly list: Resource[];
  readonly places: Map<string, number>;
  /** Somebody came, went or was renamed since. */
  isStale: boolean;
}

export function createMembers(resources: Pick<ResourceStore, 'list' | 'countOf'>): Members {
  const kept = new Map<string, Kept>();
  let filter = '';
  /** Counts what makes work under way worthless. */
  let version = 0;
  const keyFor = (connection: string, kind: Kind) => `${connection}/${kind}`;
  const isReady = (key: string) => kept.get(key)?.isStale === false;
  const work = (connection: string, kind: Kind): Generator<void, Kept> => {
    const known = kept.get(keyFor(connection, kind));
    const all = [...resources.list(connection, kind)];
    return known && filter === '' ? amended(known, all) : arranged(all, filter);
  };
  const get = (connection: string, kind: Kind): Kept => {
    const key = keyFor(connection, kind);
    if (!isReady(key)) kept.set(key, runThrough(work(connection, kind)));
    return kept.get(key)!;
  };
  return {
    get filter() {
      return filter;
    },
    setFilter: (text) => {
      filter = text.trim().toLowerCase();
      kept.clear();
      version++;
    },
    of: (connection, kind) => get(connection, kind).list,
    countOf: (connection, kind) =>
      filter === '' ? resources.countOf(connection, kind) : get(connection, kind).list.length,
    placeOf: ({ connection, kind, id }) => get(connection, kind).places.get(id) ?? -1,
    prepare(connection, kind) {
      const key = keyFor(connection, kind);
      if (isReady(key)) return undefined;
      const mine = version;
      return runInSlices(work(connection, kind), () => mine === version).then((made) => {
        if (made && mine === version) kept.set(key, made);
      });
    },
    replace: (resource) => {
      const known = kept.get(keyFor(resource.connection, resource.kind));
      const at = known?.places.get(resource.id);
      if (known && at !== undefined) known.list[at] = resource;
    },
    amend: (connection, kind) => {
      version++;
      const known = kept.get(keyFor(connection, kind));
      if (known) known.isStale = true;
    },
    forgetAll: () => {
      kept.clear();
      version++;
    },
  };
}

function* placed(list: Resource[]): Generator<void, Kept> {
  const places = new Map<string, number>();
  for (let index = 0; index < list.length; index++) {
    places.set(list[index]!.id, index);
    if (index % 1_024 === 0) yield;
  }
  return { list, places, isStale: false };
}

function* arranged(all: readonly Resource[], filter: string): Generator<void, Kept> {
  const shown: Resource[] = [];
  const words = filter.split(/\s+/);
  for (const [index, resource] of all.entries()) {
    if (filter === '' || holdsWords(resource, words)) shown.push(resource);
    if (index % 256 === 0) yield;
  }
  return yield* placed(yield* sortedByKey(shown, ({ name }) => orderKey(name)));
}

/** Those that stayed keep their order; only who came, or has another name, is put in its place. */
function* amended({ list, places }: Kept, all: readonly Resource[]): Generator<void, Kept> {
  const stayed: (Resource | undefined)[] = new Array(list.length);
  const came: Resource[] = [];
  for (const [index, resource] of all.entries()) {
    const at = places.get(resource.id);
    if (at !== undefined && list[at]!.name === resource.name) stayed[at] = resource;
    else came.push(resource);
    if (index % 1_024 === 0) yield;
  }
  const fresh = yield* sortedByKey(came, ({ name }) => orderKey(name));
  const made: Resource[] = [];
  let next = 0;
  for (const [index, resource] of stayed.entries()) {
    if (index % 1_024 === 0) yield;
    if (!resource) continue;
    while (next < fresh.length && orderKey(fresh[next]!.name) < orderKey(resource.name))
      made.push(fresh[next++]!);
    made.push(resource);
  }
  while (next < fresh.length) made.push(fresh[next++]!);
  return yield* placed(made);
}

const keys = new Map<string, string>();
const keysMax = 200_000;

/** Orders `web-2` before `web-10`, letter case aside, by comparing characters only. */
export function orderKey(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
  if (keys.size >= keysMax) keys.clear();
  keys.set(name, key);
  return key;
}

const seenTexts = new WeakMap<Resource, string>();

/** What a person sees of the resource, in lower case. */
function seenText(resource: Resource): string {
  const known = seenTexts.get(resource);
  if (known !== undefined) return known;
  const { attributes } = resource;
  const tags = Object.entries(resource.tags).map(([key, value]) => `${key}=${value}`);
  const own = [resource.name, resource.id, resource.status, resource.namespace];
  const text = [...own, attributes.ip, attributes.floating_ip, attributes.flavor, ...tags]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  seenTexts.set(resource, text);
  return text;
}

function holdsWords(resource: Resource, words: readonly string[]): boolean {
  const seen = seenText(resource);
  return words.every((word) => seen.includes(word));
}
