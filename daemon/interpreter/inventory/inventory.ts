// The names of everything that is there, ready for linking words to resources. Built once and then kept up by
// changes; a lookup never walks all resources except by kind. Names are data: nothing here reads meaning into them.

import type { Resource } from '../../../shared/model/resource.ts';
import { kindWords } from '../../catalogue/kindWords.ts';
import type { InventoryIndex } from '../contract.ts';
import {
  bitCount,
  editLimit,
  isSlipOf,
  letterMask,
  osaDistance,
  partsOf,
  sameDigits,
} from '../words/distance.ts';
import { plainWords } from '../words/plainWords.ts';

/** The index as the rest of this room sees it. */
export interface Inventory extends InventoryIndex {
  get(id: string): Resource | undefined;
  ofKind(kind: string): readonly Resource[];
  hasKind(kind: string): boolean;
  /** The host Pilothouse itself runs on, where it is among what is there. */
  thisMachine(): Resource | undefined;
  /** Resources by the loose key of name or id (see `looseKey`). */
  byKey(key: string): readonly Resource[];
  /** Resources whose id ends with this after its last slash, lower case: `i-0abc`, a UUID. */
  byPath(path: string): readonly Resource[];
  /** Whether a name starts with this run of letters or digits; a cheap test before longer lookups. */
  startsName(run: string): boolean;
  /** Resources whose name differs from the word by typos only; never over digits. */
  near(word: string): readonly { readonly resource: Resource; readonly distance: number }[];
  /** Names of a kind to offer for one that is not there, never to take: the same but for digits, else the nearest. */
  alike(word: string, kind: string): readonly Resource[];
  /** Whether the word is a part of a name, or a value of a tag or field people select by. */
  isPart(word: string): boolean;
  /** Parts within typo distance. */
  nearPart(word: string): string | undefined;
  /** How a word selects: which fields have it as a value. */
  fieldsOf(word: string): readonly string[];
  /** Names that begin with the text, up to `max`. */
  withPrefix(prefix: string, max: number): readonly Resource[];
  isTagKey(word: string): boolean;
  /** The region with this loose key. */
  regionOf(key: string): string | undefined;
  /** The regions of a part of the world, as their names begin: "us", "eu". */
  regionsIn(part: string): readonly string[];
}

/** Runs of letters and of digits, joined by blanks: `web-prod-3`, "web prod 3" and `web_prod3` are the same. */
export function looseKey(text: string): string {
  let key = '';
  let before = 0;
  for (const letter of text.toLowerCase()) {
    const code = letter.codePointAt(0)!;
    const sort = code < 128 ? asciiSort(code) : /\p{L}/u.test(letter) ? 1 : /\p{N}/u.test(letter) ? 2 : 0;
    if (sort !== 0) key += sort !== before && key !== '' ? ` ${letter}` : letter;
    before = sort;
  }
  return key;
}

/** 1 for a letter, 2 for a digit, 0 for what separates. */
function asciiSort(code: number): number {
  if (code >= 97 && code <= 122) return 1;
  return code >= 48 && code <= 57 ? 2 : 0;
}

function firstRunOf(key: string): string {
  const blank = key.indexOf(' ');
  return blank < 0 ? key : key.slice(0, blank);
}

function pathOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase();
}

interface Named {
  readonly mask: number;
  readonly ids: Set<string>;
}

/** What people call the machine they sit at. "This machine" may be the one that is selected. */
const hereKeys = [
  'localhost',
  'local machine',
  'this computer',
  'this laptop',
  'my machine',
  'my laptop',
  'my computer',
];
const nouns = new Set(Object.values(kindWords).flatMap(({ words }) => words));

const selecting = ['namespace', 'region', 'zone', 'cluster', 'provider'] as const;

const editsOfferedMax = 4;
const nearestOfferedMax = 5;
const offeredMax = 200;

/** Makes an empty index. */
export function createInventory(): Inventory {
  const byId = new Map<string, Resource>();
  const kinds = new Map<string, Map<string, Resource>>();
  const keys = new Map<string, string | Set<string>>();
  const paths = new Map<string, string | Set<string>>();
  const firstRuns = new Map<string, number>();
  const names = new Map<string, Named>();
  /** The same by the length of the name: a slip is never far from it. */
  const lengths = new Map<number, Map<string, Named>>();
  const parts = new Map<string, Map<string, number>>();
  const tagKeys = new Map<string, number>();
  const regions = new Map<string, string>();
  let sorted: readonly string[] | undefined;
  let thisMachine: string | undefined;
  /** Resources by kind as a list, until something changes. */
  const listedKinds = new Map<string, readonly Resource[]>();
  /** What was offered for a name, until something changes. */
  const offered = new Map<string, readonly Resource[]>();
  /** The same of names that a word may be a slip of: a text is cut into words more than once. */
  const nearNames = new Map<string, ReturnType<Inventory['near']>>();

  /** A name, a name behind its namespace as people say it ("prod web"), and a process by its number. */
  function keysOf(resource: Resource): readonly string[] {
    const key = looseKey(resource.name);
    const { pid } = resource.attributes;
    if (typeof pid === 'number') return [key, `pid ${pid}`, `process ${pid}`];
    // A machine may be called "server"; the word still means any of them.
    if (resource.attributes.this_machine === true) return nouns.has(key) ? hereKeys : [key, ...hereKeys];
    return resource.namespace === undefined ? [key] : [key, `${looseKey(resource.namespace)} ${key}`];
  }

  function link(map: Map<string, string | Set<string>>, key: string, id: string): void {
    const known = map.get(key);
    if (known === undefined) map.set(key, id);
    else if (typeof known === 'string') map.set(key, new Set([known, id]));
    else known.add(id);
  }

  function unlink(map: Map<string, string | Set<string>>, key: string, id: string): void {
    const known = map.get(key);
    if (known === undefined) return;
    if (typeof known === 'string' || (known.delete(id) && known.size === 0)) map.delete(key);
  }

  function valuesOf(resource: Resource): readonly (readonly [string, string])[] {
    // A name that is a sentence would make everyday words look like parts of names.
    const found: [string, string][] = /\s/.test(resource.name)
      ? []
      : partsOf(resource.name).map((part) => [part, 'name']);
    for (const field of selecting) if (resource[field]) found.push([resource[field].toLowerCase(), field]);
    for (const [key, value] of Object.entries(resource.tags))
      found.push([value.toLowerCase(), `tags.${key}`]);
    for (const key of ['app', 'flavor', 'node', 'host', 'network']) {
      const value = resource.attributes[key];
      if (typeof value === 'string') found.push([value.toLowerCase(), key]);
    }
    return found;
  }

  function count(map: Map<string, number>, key: string, by: number): void {
    const next = (map.get(key) ?? 0) + by;
    if (next > 0) map.set(key, next);
    else map.delete(key);
  }

  function remove(id: string): void {
    const resource = byId.get(id);
    if (!resource) return;
    byId.delete(id);
    if (thisMachine === id) thisMachine = undefined;
    kinds.get(resource.kind)?.delete(id);
    for (const key of keysOf(resource)) {
      unlink(keys, key, id);
      count(firstRuns, firstRunOf(key), -1);
    }
    unlink(paths, pathOf(id), id);
    const low = resource.name.toLowerCase();
    names.get(low)?.ids.delete(id);
    if (names.get(low)?.ids.size === 0) {
      names.delete(low);
      lengths.get(low.length)?.delete(low);
    }
    for (const [value, field] of valuesOf(resource)) {
      const fields = parts.get(value);
      if (fields) count(fields, field, -1);
      if (fields?.size === 0) parts.delete(value);
    }
    for (const key of Object.keys(resource.tags)) count(tagKeys, key.toLowerCase(), -1);
    sorted = undefined;
  }

  function add(resource: Resource): void {
    byId.set(resource.id, resource);
    if (resource.attributes.this_machine === true) thisMachine = resource.id;
    if (resource.region) regions.set(looseKey(resource.region), resource.region);
    if (resource.zone) regions.set(looseKey(resource.zone), resource.zone);
    const ofKind = kinds.get(resource.kind) ?? new Map<string, Resource>();
    kinds.set(resource.kind, ofKind);
    ofKind.set(resource.id, resource);
    for (const key of keysOf(resource)) {
      link(keys, key, resource.id);
      count(firstRuns, firstRunOf(key), 1);
    }
    link(paths, pathOf(resource.id), resource.id);
    const low = resource.name.toLowerCase();
    const named = names.get(low) ?? { mask: letterMask(low), ids: new Set() };
    if (named.ids.size === 0) {
      names.set(low, named);
      const ofLength = lengths.get(low.length) ?? new Map<string, Named>();
      lengths.set(low.length, ofLength.set(low, named));
    }
    named.ids.add(resource.id);
    for (const [value, field] of valuesOf(resource)) {
      const fields = parts.get(value) ?? new Map<string, number>();
      parts.set(value, fields);
      count(fields, field, 1);
    }
    for (const key of Object.keys(resource.tags)) count(tagKeys, key.toLowerCase(), 1);
    sorted = undefined;
  }

  function isOwnWord(part: string): boolean {
    return parts.has(part) || plainWords.has(part);
  }

  function near(word: string): ReturnType<Inventory['near']> {
    const before = nearNames.get(word);
    if (before) return before;
    if (nearNames.size >= offeredMax) nearNames.clear();
    const found = namesNear(word);
    nearNames.set(word, found);
    return found;
  }

  function namesNear(word: string): ReturnType<Inventory['near']> {
    const limit = editLimit(word.length);
    if (limit === 0) return [];
    const mask = letterMask(word);
    let best = limit;
    let found: { resource: Resource; distance: number }[] = [];
    for (let length = word.length - limit; length <= word.length + limit; length++)
      for (const [name, { mask: other, ids }] of lengths.get(length) ?? []) {
        if (bitCount(mask ^ other) > 2 * best || !sameDigits(word, name)) continue;
        const distance = osaDistance(word, name, best);
        if (distance > best || !isSlipOf(word, name, isOwnWord)) continue;
        if (distance < best) found = [];
        best = distance;
        for (const id of ids) found.push({ resource: byId.get(id)!, distance });
      }
    return found;
  }

  function alike(word: string, kind: string): readonly Resource[] {
    const key = `${kind} ${word}`;
    const before = offered.get(key);
    if (before) return before;
    const letters = word.replace(/\d+/g, '');
    const mask = letterMask(word);
    const same: Resource[] = [];
    const near: { resource: Resource; distance: number }[] = [];
    for (const resource of kinds.get(kind)?.values() ?? []) {
      const name = resource.name.toLowerCase();
      if (Math.abs(name.length - word.length) > editsOfferedMax) continue;
      if (bitCount(mask ^ letterMask(name)) > 2 * editsOfferedMax) continue;
      if (name.replace(/\d+/g, '') === letters) same.push(resource);
      if (same.length > 0) continue;
      const distance = osaDistance(word, name, editsOfferedMax);
      if (distance <= editsOfferedMax && 2 * distance <= word.length) near.push({ resource, distance });
    }
    near.sort((a, b) => a.distance - b.distance);
    const found = same.length > 0 ? same : near.slice(0, nearestOfferedMax).map(({ resource }) => resource);
    if (offered.size >= offeredMax) offered.clear();
    offered.set(key, found);
    return found;
  }

  function nearPart(word: string): string | undefined {
    const limit = editLimit(word.length);
    if (limit === 0 || /\d/.test(word)) return undefined;
    let best: string | undefined;
    let bestDistance = Math.min(limit, 2) + 1;
    let tie = false;
    for (const part of parts.keys()) {
      if (part.length < 3 || Math.abs(part.length - word.length) > limit || /\d/.test(part)) continue;
      const distance = osaDistance(word, part, bestDistance);
      if (distance < bestDistance) {
        best = part;
        bestDistance = distance;
        tie = false;
      } else if (distance === bestDistance && part !== best) tie = true;
    }
    return tie ? undefined : best;
  }

  function withPrefix(prefix: string, max: number): readonly Resource[] {
    sorted ??= [...names.keys()].sort();
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    const found: Resource[] = [];
    for (let at = low; at < sorted.length && sorted[at]!.startsWith(prefix) && found.length < max; at++)
      for (const id of names.get(sorted[at]!)!.ids) found.push(byId.get(id)!);
    return found;
  }

  function listed(ids: string | Set<string> | undefined): readonly Resource[] {
    if (ids === undefined) return [];
    return (typeof ids === 'string' ? [ids] : [...ids]).map((id) => byId.get(id)!);
  }

  return {
    get size() {
      return byId.size;
    },
    apply(change) {
      offered.clear();
      nearNames.clear();
      listedKinds.clear();
      for (const id of change.removes) remove(id);
      for (const resource of change.upserts) {
        remove(resource.id);
        add(resource);
      }
    },
    get: (id) => byId.get(id),
    ofKind(kind) {
      const before = listedKinds.get(kind);
      if (before) return before;
      const all = [...(kinds.get(kind)?.values() ?? [])];
      listedKinds.set(kind, all);
      return all;
    },
    hasKind: (kind) => (kinds.get(kind)?.size ?? 0) > 0,
    thisMachine: () => (thisMachine === undefined ? undefined : byId.get(thisMachine)),
    byKey: (key) => listed(keys.get(key)),
    byPath: (path) => listed(paths.get(path)),
    startsName: (run) => firstRuns.has(run),
    near,
    alike,
    isPart: (word) => parts.has(word),
    nearPart,
    fieldsOf: (word) => [...(parts.get(word)?.keys() ?? [])],
    withPrefix,
    regionOf: (key) => regions.get(key),
    regionsIn: (part) =>
      [...regions].flatMap(([key, region]) => (key.startsWith(`${part} `) ? [region] : [])),
    isTagKey: (word) => tagKeys.has(word),
  };
}
