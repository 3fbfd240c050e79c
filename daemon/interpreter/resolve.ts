// Links a noun phrase to resources of one kind: names within their scope, sets by filter, what belongs to something
// else, and what was spoken of before. It never takes the nearest thing for the named one: what does not fit exactly
// one (or, for a set, what was said) comes back as trouble, with the candidates a person may choose from.

import type { Filter } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { compileFilter } from '../graph/filter.ts';
import { senseOf, singular } from './cells.ts';
import type { Mod, NameRef, Np } from './clause.ts';
import type { Inventory } from './inventory.ts';
import { relatedFilters } from './related.ts';
import { statusFilters } from './statusWords.ts';
import { environmentSpellings } from './words.ts';

/** Something that was spoken of: in this text, in the turn before, or selected in the tree. */
export interface Antecedent {
  readonly ids: readonly string[];
  /** What an earlier step creates. */
  readonly created?: { readonly step: number; readonly kind: string; readonly name: string };
  readonly from: 'text' | 'turn' | 'selection';
}

export interface Scene {
  readonly inventory: Inventory;
  readonly nowMs: number;
  /** The most recent first. */
  readonly antecedents: readonly Antecedent[];
  readonly connection?: string;
}

export type Care = 'read' | 'change' | 'destroy';

export interface Trouble {
  /** `target`, `scope`, `op`, `args` or `args.NAME`. */
  readonly about: string;
  readonly candidates: readonly Resource[];
  readonly because: 'ambiguous' | 'missing' | 'none' | 'unsaid' | 'count' | 'unclear' | 'repaired';
  readonly text?: string;
}

export interface Found {
  readonly ids: readonly string[];
  readonly filter?: Filter;
  readonly created?: number;
  readonly bulk: boolean;
  readonly cost: number;
  readonly trouble?: Trouble;
  /** No resource of this kind is meant at all. */
  readonly mismatch?: boolean;
  /** Everything of the kind was meant because nothing restricted it. */
  readonly unrestricted?: boolean;
}

const candidatesMax = 50;

/** Resolves a noun phrase and all that is named along with it. */
export function resolveNp(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  const all = [np, ...np.also];
  if (np.either && care !== 'read') {
    const named = all
      .flatMap((one) => one.names.flatMap((name) => name.ids))
      .filter((id) => scene.inventory.get(id)?.kind === kind);
    if (named.length === 0) return mismatch();
    return troubled({
      about: 'target',
      candidates: named.map((id) => scene.inventory.get(id)!),
      because: 'unclear',
    });
  }
  if (all.length === 1) return resolveOne(np, kind, scope, scene, care);
  const kinds = all.map((one) => one.kinds).findLast((one) => one !== undefined);
  const places = all.at(-1)!.mods.filter((mod) => mod.post);
  const found = all.map((one) => {
    const own = one.mods.some((mod) => mod.post) || one === all.at(-1) ? [] : places;
    const shared: Np = {
      ...one,
      also: [],
      kinds:
        one.kinds ??
        (one.names.length > 0 || one.mods.length > 0 || one.missing.length > 0 ? kinds : one.kinds),
    };
    return resolveOne(shared, kind, [...scope, ...own], scene, care);
  });
  const trouble = found.find((one) => one.trouble)?.trouble;
  return {
    ids: [...new Set(found.flatMap((one) => one.ids))],
    bulk: true,
    cost: found.reduce((sum, one) => sum + one.cost, 0),
    trouble,
    mismatch: found.some((one) => one.mismatch),
  };
}

function resolveOne(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  if (np.kinds && np.kinds.length > 0 && !np.kinds.includes(kind)) return mismatch();
  const found = resolveOfKind(np, kind, scope, scene, care);
  // A word that stands for several kinds means its own kind first: a "service" is a service before a deployment.
  const rank = np.kinds?.indexOf(kind) ?? 0;
  return rank > 0 ? { ...found, cost: found.cost + 0.06 } : found;
}

function resolveOfKind(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  if (np.pronoun && np.names.length === 0) return resolvePronoun(np, kind, scope, scene, care);
  const own = np.names.filter((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === kind));
  if (np.names.length > 0 && own.length === 0 && !np.kinds) return mismatch();
  if (np.missing.length > 0 && own.length === 0) return resolveMissing(np, kind, scope, scene);
  if (own.length > 0 && own.length === np.names.length)
    return resolveNames(np, own, kind, scope, scene, care);
  return resolveSet(np, kind, scope, scene, care);
}

function mismatch(): Found {
  return { ids: [], bulk: false, cost: 9, mismatch: true };
}

function troubled(trouble: Trouble, cost = 0, bulk = false): Found {
  return { ids: [], bulk, cost, trouble };
}

function resolveNames(
  np: Np,
  names: readonly NameRef[],
  kind: string,
  scope: readonly Mod[],
  scene: Scene,
  care: Care,
): Found {
  const ids: string[] = [];
  let cost = 0;
  for (const name of names) {
    // "drop prod" is not yet a wish to delete the namespace of that name.
    if (care === 'destroy' && !np.kinds && senseOf(name.cell, 'env') && !name.cell.quoted)
      return troubled({
        about: 'target',
        candidates: name.ids.map((id) => scene.inventory.get(id)!).filter((one) => one.kind === kind),
        because: 'ambiguous',
        text: name.cell.text,
      });
    const ofKind = name.ids
      .map((id) => scene.inventory.get(id)!)
      .filter((resource) => resource.kind === kind);
    // "is web-1 running?" asks for the state, it does not choose by it.
    const mods = care === 'read' ? np.mods.filter((mod) => mod.kind !== 'status') : np.mods;
    const restricted = restrict(ofKind, [...mods, ...scope], kind, scene, false);
    cost += restricted.cost + (name.exact ? 0 : 0.25);
    if (restricted.resources.length === 0)
      return troubled({ about: 'target', candidates: ofKind, because: 'none', text: name.cell.text }, cost);
    const one = preferred(restricted.resources, scene, care);
    const places = [...np.mods, ...scope].filter((mod) => mod.post && (mod.values?.length ?? 0) > 1);
    if (
      !one &&
      (np.quant === 'all' ||
        np.quant === 'both' ||
        places.some((mod) => mod.values!.length === restricted.resources.length))
    ) {
      ids.push(...restricted.resources.map((resource) => resource.id));
      continue;
    }
    if (!one)
      return troubled(
        { about: 'target', candidates: restricted.resources, because: 'ambiguous', text: name.cell.text },
        cost,
      );
    if (care === 'destroy' && !name.exact)
      return troubled(
        { about: 'target', candidates: [one], because: 'repaired', text: name.cell.text },
        cost,
      );
    ids.push(one.id);
  }
  return { ids, bulk: names.length > 1, cost };
}

/** The one that is meant, where scope says so: the connection looked at, what was spoken of, prod for reads. */
function preferred(found: readonly Resource[], scene: Scene, care: Care): Resource | undefined {
  if (found.length === 1) return found[0];
  const here = found.filter((resource) => resource.connection === scene.connection);
  if (scene.connection !== undefined && here.length === 1) return here[0];
  if (care === 'destroy') return undefined;
  const known = new Set(scene.antecedents.flatMap((one) => one.ids));
  const spoken = found.filter((resource) => known.has(resource.id));
  if (spoken.length === 1) return spoken[0];
  if (care !== 'read') return undefined;
  const prod = found.filter((resource) => resource.namespace === 'prod' || resource.tags.env === 'prod');
  return prod.length === 1 ? prod[0] : undefined;
}

function resolveMissing(np: Np, kind: string, scope: readonly Mod[], scene: Scene): Found {
  const cell = np.missing[0]!;
  const letters = cell.low.replace(/\d+/g, '');
  const pool = restrict(scene.inventory.ofKind(kind), scope, kind, scene, false).resources;
  const alike = pool
    .filter((resource) => resource.name.toLowerCase().replace(/\d+/g, '') === letters)
    .slice(0, candidatesMax);
  return troubled(
    { about: 'target', candidates: alike, because: 'missing', text: cell.text },
    alike.length > 0 ? 0 : 0.4,
  );
}

function resolvePronoun(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  const fits = (id: string): boolean => scene.inventory.get(id)?.kind === kind;
  const mods = [...np.mods, ...scope];
  if (np.pronoun === 'other') return troubled({ about: 'target', candidates: [], because: 'unsaid' });
  for (const [recency, antecedent] of scene.antecedents.entries()) {
    // What was spoken of last is the likelier meaning.
    const far = Math.min(recency, 4) * 0.12;
    if (antecedent.created?.kind === kind && mods.length === 0)
      return { ids: [], created: antecedent.created.step, bulk: false, cost: far };
    const resources = antecedent.ids.filter(fits).map((id) => scene.inventory.get(id)!);
    const kept = mods.length > 0 ? restrict(resources, mods, kind, scene, false).resources : resources;
    if (kept.length === 0) continue;
    if (np.pronoun === 'it' && kept.length > 1 && antecedent.from !== 'text')
      return troubled({ about: 'target', candidates: kept, because: 'ambiguous', text: 'it' });
    if (
      np.pronoun === 'it' &&
      antecedent.from !== 'text' &&
      antecedent.ids.length > 1 &&
      care !== 'read' &&
      np.kinds === undefined
    )
      return {
        ids: kept.map((r) => r.id),
        bulk: false,
        cost: 0.3,
        trouble: {
          about: 'target',
          candidates: antecedent.ids.map((id) => scene.inventory.get(id)!).filter(Boolean),
          because: 'ambiguous',
          text: 'it',
        },
      };
    return { ids: kept.map((resource) => resource.id), bulk: kept.length > 1, cost: far };
  }
  return scene.antecedents.length > 0
    ? { ...mismatch(), cost: 2 }
    : troubled({ about: 'target', candidates: [], because: 'unsaid' });
}

function resolveSet(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  const mods = [...np.mods, ...scope];
  const restricted = mods.length > 0 || np.of !== undefined || np.names.length > 0;
  const pluralWord = np.mods.some(
    (mod) =>
      mod.kind === 'word' &&
      !mod.post &&
      mod.cell.low !== singular(mod.cell.low) &&
      !mod.cell.low.includes('-'),
  );
  const bulk =
    np.quant !== undefined ||
    np.plural ||
    (np.count ?? 1) > 1 ||
    np.everything === true ||
    np.mods.some((mod) => mod.kind === 'glob') ||
    pluralWord;
  if (!restricted && !np.quant && np.except.length === 0 && care !== 'read') {
    const before = fromBefore(np, kind, bulk, scene);
    if (before) return before;
  }
  if (!restricted && !np.kinds) return mismatch();
  if (!restricted && care !== 'read' && np.quant === undefined && np.except.length === 0) {
    const all = scene.inventory.ofKind(kind);
    if (!bulk && all.length === 1 && care === 'change') return { ids: [all[0]!.id], bulk: false, cost: 0.2 };
    return troubled(
      { about: bulk ? 'scope' : 'target', candidates: all.slice(0, candidatesMax), because: 'unsaid' },
      0,
      bulk,
    );
  }
  if (!restricted && care === 'read' && np.det !== undefined && !np.quant && !np.plural) {
    const before = fromBefore(np, kind, bulk, scene);
    if (before) return before;
  }
  return resolveDescribed(np, kind, mods, scene, { care, bulk });
}

/** "the volume", "the vms": what was spoken of. */
function fromBefore(np: Np, kind: string, bulk: boolean, scene: Scene): Found | undefined {
  for (const antecedent of scene.antecedents) {
    if (antecedent.created?.kind === kind)
      return { ids: [], created: antecedent.created.step, bulk: false, cost: 0 };
    const ids = antecedent.ids.filter((id) => scene.inventory.get(id)?.kind === kind);
    if (ids.length === 0) continue;
    if (ids.length === 1 || (bulk && np.det !== undefined)) return { ids, bulk: ids.length > 1, cost: 0.05 };
  }
  return undefined;
}

function resolveDescribed(
  np: Np,
  kind: string,
  mods: readonly Mod[],
  scene: Scene,
  how: { care: Care; bulk: boolean },
): Found {
  let pool = scene.inventory.ofKind(kind);
  const filters: Filter[] = [];
  let cost = 0;
  const of = np.of ?? (np.names.length > 0 ? ofNames(np) : undefined);
  if (of) {
    const owners = ownersOf(of, scene, how.care);
    if (owners.trouble) return troubled(owners.trouble, 0.2);
    if (owners.resources.length === 0) return mismatch();
    const related = firstFitting(relatedFilters(kind, owners.resources), pool, scene.nowMs);
    if (!related) return troubled({ about: 'target', candidates: [], because: 'none' }, 0.5);
    pool = related.resources;
    filters.push(related.filter);
  }
  const restricted = restrict(pool, mods, kind, scene, how.bulk);
  pool = restricted.resources;
  cost += restricted.cost;
  filters.push(...restricted.filters);
  const excepted = exceptionsOf(np, kind, scene);
  if (excepted.unclear)
    return troubled(
      { about: 'scope', candidates: [], because: 'unclear', text: excepted.unclear },
      0.2,
      true,
    );
  if (excepted.filters.length > 0) {
    const matches = compileFilter({ not: excepted.filters });
    pool = pool.filter((resource) => matches(resource, scene.nowMs));
  }
  const filter = mergeFilters(filters, excepted.filters);
  const ids = pool.map((resource) => resource.id);
  if (how.bulk)
    return bulkFound(np, { ids, filter, cost, pool, restricted: restricted.dead, care: how.care });
  return singleFound(np, { pool, cost, filters, scene, care: how.care, related: of !== undefined });
}

function bulkFound(
  np: Np,
  set: {
    ids: readonly string[];
    filter: Filter;
    cost: number;
    pool: readonly Resource[];
    restricted: Mod | undefined;
    care: Care;
  },
): Found {
  if (set.restricted && set.care !== 'read')
    return troubled(
      { about: 'target', candidates: [], because: 'none', text: set.restricted.cell.text },
      set.cost + 0.1,
      true,
    );
  if (np.count !== undefined && np.count !== set.ids.length && !np.last && set.care !== 'read')
    return troubled(
      { about: 'target', candidates: set.pool.slice(0, candidatesMax), because: 'count' },
      set.cost,
      true,
    );
  if (set.ids.length === 0 && set.care !== 'read')
    return troubled({ about: 'target', candidates: [], because: 'none' }, set.cost, true);
  const unrestricted = Object.keys(set.filter).length === 0;
  return {
    ids: set.ids,
    filter: set.filter,
    bulk: true,
    cost: set.cost + (set.restricted ? 0.8 : 0),
    unrestricted,
  };
}

function singleFound(
  np: Np,
  one: {
    pool: readonly Resource[];
    cost: number;
    filters: readonly Filter[];
    scene: Scene;
    care: Care;
    related: boolean;
  },
): Found {
  const { pool, scene, care } = one;
  const text = np.cells.map((cell) => cell.text).join(' ');
  if (pool.length === 0)
    return troubled({ about: 'target', candidates: [], because: 'none', text }, one.cost + 0.3);
  const choice = pool.length === 1 ? pool[0] : care === 'read' ? preferred(pool, scene, care) : undefined;
  if (!choice)
    return troubled(
      { about: 'target', candidates: pool.slice(0, candidatesMax), because: 'ambiguous', text },
      one.cost,
    );
  const repaired = np.cells.some((cell) => cell.repaired && (senseOf(cell, 'part') ?? senseOf(cell, 'name')));
  // For a destroy a thing has to be named or at least its kind said.
  const anonymous = !np.kinds && !one.related;
  const bare = anonymous && !np.mods.some((mod) => mod.kind !== 'word' && mod.kind !== 'env');
  const partial = np.mods.some(
    (mod) => mod.kind === 'word' || mod.kind === 'prefix' || mod.kind === 'unknown',
  );
  if (
    (care === 'destroy' && (anonymous || repaired || (partial && !one.related))) ||
    (care === 'change' && bare && !isWhole(np, choice))
  )
    return troubled({ about: 'target', candidates: [choice], because: 'ambiguous', text }, one.cost + 0.1);
  return { ids: [choice.id], bulk: false, cost: one.cost + (bare ? 0.3 : 0.1) };
}

/** Whether the words name every part of the resource's name. */
function isWhole(np: Np, resource: Resource): boolean {
  const said = new Set(
    np.cells.flatMap((cell) => [cell.low, singular(cell.low), senseOf(cell, 'env')?.value ?? '']),
  );
  return resource.name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .every((part) => said.has(part));
}

function ofNames(np: Np): Np {
  return {
    ...np,
    kinds: undefined,
    kindCell: undefined,
    mods: [],
    also: [],
    except: [],
    quant: undefined,
    plural: false,
  };
}

/** What something belongs to. */
function ownersOf(of: Np, scene: Scene, care: Care): { resources: readonly Resource[]; trouble?: Trouble } {
  if (of.pronoun) {
    const ids = scene.antecedents.find((one) => one.ids.length > 0)?.ids ?? [];
    const resources = ids.map((id) => scene.inventory.get(id)).filter((resource) => resource !== undefined);
    return resources.length > 0
      ? { resources }
      : { resources, trouble: { about: 'target', candidates: [], because: 'unsaid' } };
  }
  const named = [of, ...of.also].flatMap((one) =>
    one.names.flatMap((name) => name.ids.map((id) => scene.inventory.get(id)!)),
  );
  const ofKind =
    of.kinds && of.kinds.length > 0 ? named.filter((resource) => of.kinds!.includes(resource.kind)) : named;
  if (named.length > 0) {
    const kept = restrict(ofKind.length > 0 ? ofKind : named, of.mods, '', scene, false).resources;
    return { resources: kept };
  }
  if (of.kinds && of.kinds.length > 0) {
    for (const kind of of.kinds) {
      const found = resolveOne({ ...of, also: [] }, kind, [], scene, care === 'read' ? 'read' : 'change');
      if (found.ids.length > 0 && !found.trouble)
        return { resources: found.ids.map((id) => scene.inventory.get(id)!) };
      if (found.trouble) return { resources: [], trouble: found.trouble };
    }
  }
  if (of.missing.length > 0)
    return {
      resources: [],
      trouble: { about: 'target', candidates: [], because: 'missing', text: of.missing[0]!.text },
    };
  return { resources: [], trouble: undefined };
}

function exceptionsOf(np: Np, kind: string, scene: Scene): { filters: readonly Filter[]; unclear?: string } {
  const filters: Filter[] = [];
  for (const except of np.except.flatMap((one) => [one, ...one.also])) {
    const text = except.cells.map((cell) => cell.text).join(' ');
    const names = except.names.filter((name) =>
      name.ids.some((id) => scene.inventory.get(id)?.kind === kind),
    );
    if (names.length > 0) {
      for (const name of names)
        for (const id of name.ids)
          if (scene.inventory.get(id)?.kind === kind) filters.push({ name: scene.inventory.get(id)!.name });
      continue;
    }
    if (except.names.length > 0) {
      const owners = except.names.flatMap((name) => name.ids.map((id) => scene.inventory.get(id)!));
      const related = firstFitting(relatedFilters(kind, owners), scene.inventory.ofKind(kind), scene.nowMs);
      if (!related) return { filters, unclear: text };
      filters.push(related.filter);
      continue;
    }
    const found = restrict(scene.inventory.ofKind(kind), except.mods, kind, scene, true);
    if (except.missing.length > 0 || except.mods.length === 0 || found.dead || found.resources.length === 0)
      return { filters, unclear: text };
    filters.push(mergeFilters(found.filters, []));
  }
  return { filters: dedupe(filters) };
}

function dedupe(filters: readonly Filter[]): readonly Filter[] {
  return [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()];
}

interface Restricted {
  readonly resources: readonly Resource[];
  readonly filters: readonly Filter[];
  readonly cost: number;
  /** A restriction nothing fits. */
  readonly dead?: Mod;
}

/** Applies restrictions one after the other, each in the first sense that something fits. */
export function restrict(
  pool: readonly Resource[],
  mods: readonly Mod[],
  kind: string,
  scene: Scene,
  bulk: boolean,
): Restricted {
  let resources = pool;
  const filters: Filter[] = [];
  let cost = 0;
  let dead: Mod | undefined;
  for (const mod of mods) {
    if (mod.kind === 'unknown' && !bulk && filters.length + resources.length > 0) {
      cost += 0.45;
      continue;
    }
    const options = filtersOf(mod, kind || resources[0]?.kind || '', resources, scene);
    const wanted = mod.not
      ? options
          .map((filter): Filter => ({ not: [filter] }))
          .filter((_, index) => index === firstReal(options, scene, kind, pool))
      : options;
    const fitting =
      bulk || mod.not
        ? firstFitting(wanted, resources, scene.nowMs)
        : anyFitting(wanted, resources, scene.nowMs);
    if (!fitting) {
      dead ??= mod;
      resources = [];
      continue;
    }
    if (mod.cell.repaired) cost += 0.1;
    resources = fitting.resources;
    filters.push(fitting.filter);
  }
  return { resources, filters, cost, dead };
}

/** For "not in X" the sense of X has to be one that exists. */
function firstReal(
  options: readonly Filter[],
  scene: Scene,
  kind: string,
  pool: readonly Resource[],
): number {
  const all = kind ? scene.inventory.ofKind(kind) : pool;
  const index = options.findIndex((filter) => {
    const matches = compileFilter(filter);
    return all.some((resource) => matches(resource, scene.nowMs));
  });
  return index < 0 ? 0 : index;
}

function firstFitting(
  options: readonly Filter[],
  pool: readonly Resource[],
  nowMs: number,
): { filter: Filter; resources: readonly Resource[] } | undefined {
  for (const filter of options) {
    const matches = compileFilter(filter);
    const resources = pool.filter((resource) => matches(resource, nowMs));
    if (resources.length > 0) return { filter, resources };
  }
  return undefined;
}

/** For one thing any sense counts: "the mongo staging volume" may be named or tagged so. */
function anyFitting(
  options: readonly Filter[],
  pool: readonly Resource[],
  nowMs: number,
): { filter: Filter; resources: readonly Resource[] } | undefined {
  const tests = options.map((filter) => compileFilter(filter));
  const resources = pool.filter((resource) => tests.some((matches) => matches(resource, nowMs)));
  if (resources.length === 0) return undefined;
  return { filter: firstFitting(options, pool, nowMs)!.filter, resources };
}

/** Filters a restriction may mean, the best first. */
function filtersOf(mod: Mod, kind: string, pool: readonly Resource[], scene: Scene): readonly Filter[] {
  switch (mod.kind) {
    case 'env':
      return environmentFilters(mod, pool);
    case 'region':
      return [{ region: [...mod.values!] }, { zone: [...mod.values!] }];
    case 'provider':
      return [{ provider: [...mod.values!] }];
    case 'status':
      return literalStatus(mod, kind, pool, scene);
    case 'glob':
      return [{ name_glob: mod.word! }];
    case 'prefix':
      return [
        { name_glob: [mod.word!, `${mod.word}-*`, `${mod.word}_*`, `${mod.word}.*`] },
        { name_glob: `${mod.word}*` },
      ];
    case 'tags': {
      const { app } = mod.tags!;
      return app !== undefined && Object.keys(mod.tags!).length === 1
        ? [{ app }, { tags: mod.tags! }]
        : [{ tags: mod.tags! }];
    }
    case 'filter':
      return [mod.filter!];
    case 'created':
      return createdFilters(mod);
    case 'place':
      return placeFilters(mod, scene);
    case 'word':
    case 'unknown':
      return wordFilters(mod.word ?? mod.cell.low, mod.cell.low, scene.inventory);
    default:
      return mod.kind satisfies never;
  }
}

function environmentFilters(mod: Mod, pool: readonly Resource[]): readonly Filter[] {
  const spellings = (mod.values ?? [mod.word!]).flatMap((value) => environmentSpellings[value] ?? [value]);
  const byName: Filter = {
    name_glob: spellings.flatMap((word) => [word, `${word}-*`, `*-${word}`, `*-${word}-*`]),
  };
  const spaced = pool.some((resource) => resource.namespace !== undefined);
  const byTag: Filter = { env: spellings };
  return spaced ? [{ namespace: spellings }, byTag, byName] : [byTag, byName, { connection: spellings }];
}

/** A word that a cloud itself uses for a state wins over what we take it for. */
function literalStatus(mod: Mod, kind: string, pool: readonly Resource[], _scene: Scene): readonly Filter[] {
  const low = mod.cell.low.replaceAll(' ', '');
  const options = statusFilters(mod.word!, kind);
  const literal =
    low.length > 3 &&
    mod.word !== 'free' &&
    mod.word !== 'used' &&
    pool.some((resource) => resource.status.toLowerCase() === low);
  return literal && mod.word !== 'running' && mod.word !== 'unhealthy'
    ? [{ status: low }, ...options]
    : options;
}

function createdFilters(mod: Mod): readonly Filter[] {
  const { fromMs, toMs, windowS } = mod.range!;
  const filter: Record<string, string | number> = {};
  if (fromMs !== undefined) filter.created_after = new Date(fromMs - 1).toISOString();
  if (toMs !== undefined) filter.created_before = new Date(toMs).toISOString();
  if (windowS !== undefined) filter.age_d_lte = windowS / 86_400;
  return [filter];
}

function placeFilters(mod: Mod, scene: Scene): readonly Filter[] {
  const options: Filter[] = [];
  const values = mod.values ?? [mod.word!];
  for (const id of mod.ids ?? []) {
    const place = scene.inventory.get(id);
    if (!place) continue;
    const names = values.length > 1 ? [...values] : place.name;
    if (place.kind === 'namespace') options.push({ namespace: names });
    if (place.kind === 'node') options.push({ node: names });
    if (place.kind === 'host') options.push({ host: names });
    if (place.kind === 'cluster') options.push({ cluster: names });
    if (place.kind === 'network' || place.kind === 'subnet') options.push({ network: names });
  }
  if (options.length === 0)
    options.push(
      { namespace: [...values] },
      { region: [...values] },
      { zone: [...values] },
      { cluster: [...values] },
      { node: [...values] },
      { network: [...values] },
      { env: [...values] },
    );
  return options;
}

const fieldOrder = [
  'app',
  'tags.app',
  'tags.role',
  'tags.team',
  'flavor',
  'node',
  'host',
  'network',
  'namespace',
  'region',
  'zone',
  'cluster',
];

function wordFilters(word: string, low: string, inventory: Inventory): readonly Filter[] {
  const fields = new Set([...inventory.fieldsOf(word), ...inventory.fieldsOf(low)]);
  const values = [...new Set([word, low])];
  const ordered = [
    ...fieldOrder.filter((field) => fields.has(field)),
    ...[...fields].filter((field) => field.startsWith('tags.') && !fieldOrder.includes(field)),
  ];
  const byField = ordered.map((field): Filter => ({ [field === 'tags.app' ? 'app' : field]: values }));
  return [...byField, { name_glob: values.flatMap((one) => [one, `${one}-*`, `*-${one}`, `*-${one}-*`]) }];
}

/** One filter of all; two that say something of the same key are kept apart by `not: not`. */
export function mergeFilters(filters: readonly Filter[], except: readonly Filter[]): Filter {
  const merged: Record<string, Filter[string]> = {};
  const not: Filter[] = [...except];
  for (const filter of filters)
    for (const [key, value] of Object.entries(filter)) {
      if (key === 'not') not.push(...(value as readonly Filter[]));
      else if (!(key in merged)) merged[key] = value;
      else if (JSON.stringify(merged[key]) !== JSON.stringify(value)) not.push({ not: { [key]: value } });
    }
  return not.length > 0 ? { ...merged, not: [...not] } : merged;
}
