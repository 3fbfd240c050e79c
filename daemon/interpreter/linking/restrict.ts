// Restrictions become filters: where, in what state, of which age, with which tags or name. A word may restrict in
// several senses; for a set the first sense that something fits is taken and becomes the filter that is shown.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import { compileFilter } from '../../graph/filter.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Mod } from '../phrases/clause.ts';
import { senseOf } from '../words/cells.ts';
import { picked } from '../words/extremes.ts';
import { statusFilters } from '../words/statusWords.ts';
import { environmentSpellings } from '../words/words.ts';
import { anyFitting, firstFitting, matcherOf } from './fitting.ts';
import { fieldFilters, heldFilters } from './heldBounds.ts';
import type { Scene } from './scene.ts';

export function dedupe(filters: readonly Filter[]): readonly Filter[] {
  return [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()];
}

interface Restricted {
  readonly resources: readonly Resource[];
  readonly filters: readonly Filter[];
  readonly cost: number;
  /** A restriction nothing fits. */
  readonly dead?: Mod;
  /** More are there than a superlative asked for, or fewer, since some are just as new or as big. */
  readonly isTied?: boolean;
  /** Nobody knows how new or how big all of them are. */
  readonly unknown?: boolean;
  /** What a word of it fits in another cloud, where it says so in another field: `app` here and `role` there. */
  readonly elsewhere: readonly Resource[];
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
  let elsewhere: readonly Resource[] = [];
  // What the model has to know of each is asked of what all other words left.
  const ordered = mods.some(isHeld) ? [...mods.filter((mod) => !isHeld(mod)), ...mods.filter(isHeld)] : mods;
  for (const mod of ordered) {
    if (mod.kind === 'extreme') continue;
    if (mod.kind === 'unknown' && !bulk && filters.length + resources.length > 0) {
      cost += 0.45;
      continue;
    }
    const options = reportedIn(
      filtersOf(mod, kind || resources[0]?.kind || '', resources, scene),
      mod,
      resources,
      scene,
    );
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
      // A tag that nothing has, nothing has: a list may show them all, a change asks.
      if (mod.kind !== 'lacking' || options.length > 0) resources = [];
      continue;
    }
    if (mod.cell.repaired) cost += 0.1;
    const others =
      bulk && mod.kind === 'word' && !mod.not ? besides(options, fitting.resources, resources, scene) : [];
    elsewhere = [...others, ...(anyFitting(wanted, elsewhere, scene.nowMs)?.resources ?? [])];
    resources = fitting.resources;
    filters.push(fitting.filter);
  }
  // What is picked of a set is picked of what all other words left of it.
  const extreme = mods.map((mod) => senseOf(mod.cell, 'extreme')).find((sense) => sense !== undefined);
  if (!extreme || resources.length === 0) return { resources, filters, cost, dead, elsewhere };
  const found = picked(resources, extreme);
  if (!found) return { resources, filters, cost, dead, elsewhere, unknown: true };
  const ids = found.resources.map(({ id }) => id);
  const all = [...filters, { ids }];
  return { resources: found.resources, filters: all, cost, dead, elsewhere, isTied: found.isTied };
}

const isHeld = (mod: Mod): boolean => mod.kind === 'held';

/** What fits in clouds where nothing was found: "both bastions" are three, if one is called so where `app` is no tag. */
function besides(
  options: readonly Filter[],
  found: readonly Resource[],
  pool: readonly Resource[],
  scene: Scene,
): readonly Resource[] {
  const reached = new Set(found.map(({ provider }) => provider));
  const others = pool.filter(({ provider }) => !reached.has(provider));
  return others.length === 0 ? [] : (anyFitting(options, others, scene.nowMs)?.resources ?? []);
}

/** "alerts in prod", "anomalies of aws": a report is where the thing is that it is about, and of its team. */
function reportedIn(
  options: readonly Filter[],
  mod: Mod,
  pool: readonly Resource[],
  scene: Scene,
): readonly Filter[] {
  const isPlace = /^(env|region|place|provider|tags|word)$/.test(mod.kind);
  const isReport = pool[0]?.kind === 'alert' || pool[0]?.kind === 'anomaly';
  if (!isPlace || !isReport || firstFitting(options, pool, scene.nowMs)) return options;
  const about = pool.flatMap((one) => scene.inventory.get(String(one.attributes.resource)) ?? []);
  const spaced = filtersOf(mod, about[0]?.kind ?? '', about, scene);
  const tests = spaced.map((filter) => matcherOf(filter));
  const found = about.filter((one) => tests.some((matches) => matches(one, scene.nowMs)));
  return found.length > 0 ? [{ resource: found.map((one) => one.id) }] : options;
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
        // `web-1` never means what only begins with it and goes on in digits.
        ...(/\d$/.test(mod.word!) ? [] : [{ name_glob: `${mod.word}*` }]),
      ];
    case 'tags': {
      const { app, actor, team } = mod.tags!;
      if (actor !== undefined && kind === 'action') return [{ actor: actor.split(',') }];
      if (team !== undefined && Object.keys(mod.tags!).length === 1)
        return [{ tags: mod.tags! }, { 'tags.owner': team }];
      return app !== undefined && Object.keys(mod.tags!).length === 1
        ? [{ app }, { tags: mod.tags! }, ...inLowerCase(mod.tags!)]
        : [{ tags: mod.tags! }, ...inLowerCase(mod.tags!), ...fieldFilters(mod.tags!)];
    }
    case 'filter':
      return [mod.filter!];
    case 'held':
      return heldFilters(mod.held!, pool, scene.inventory);
    case 'extreme':
      return [];
    case 'created':
      return createdFilters(mod);
    case 'lacking':
      return lackingFilters(mod.word!, kind, scene);
    case 'either':
      return eitherFilters(mod, kind, pool, scene);
    case 'place':
      return placeFilters(mod, scene);
    case 'word':
    case 'unknown':
      return wordFilters(mod.word ?? mod.cell.low, mod.cell.low, scene.inventory);
    default:
      return mod.kind satisfies never;
  }
}

/**
 * "staging and dev": what any of them fits, where each of them fits something, all in the same sense. Two states that
 * one thing can have at once are no two sets.
 */
function eitherFilters(mod: Mod, kind: string, pool: readonly Resource[], scene: Scene): readonly Filter[] {
  const fits = (filter: Filter): boolean => firstFitting([filter], pool, scene.nowMs) !== undefined;
  const found = mod.either!.map((one) => filtersOf(one, kind, pool, scene));
  // "pending or failed", where nothing is failed: a state that nothing is in adds nothing.
  const isOfStates = mod.post && mod.either!.every((one) => one.kind === 'status');
  const isFound = isOfStates && found.some((own) => own.some(fits));
  const [first = [], ...others] = found.map((own) => own.filter((one) => isFound || fits(one)));
  for (const filter of first) {
    const values = [
      filter,
      ...others.map((own) => own.find((other) => fieldOf(other) === fieldOf(filter))),
    ].map((one) => one && valuesOf(one));
    const field = fieldOf(filter);
    if (field === undefined || values.some((one) => one === undefined)) continue;
    const all = values.flatMap((one) => one ?? []);
    return [field.startsWith('tags.') ? { tags: { [field.slice(5)]: all } } : { [field]: all }];
  }
  const states = [first, ...others].map(([best]) => best);
  if (
    !mod.either!.every((one) => /^(status|word)$/.test(one.kind)) ||
    !states.every((one) => one !== undefined)
  )
    return [];
  const tests = states.map((filter) => matcherOf(filter!));
  const isBoth = pool.some((one) => tests.filter((matches) => matches(one, scene.nowMs)).length > 1);
  return isBoth ? [] : [{ not: [{ not: states as readonly Filter[] }] }];
}

/** "without a team tag": none of the values it has anywhere; a key that nothing has may be a slip. */
function lackingFilters(key: string, kind: string, scene: Scene): readonly Filter[] {
  const { inventory } = scene;
  if (key === '*') {
    const keys = new Set(inventory.ofKind(kind).flatMap((one) => Object.keys(one.tags)));
    const each = [...keys].flatMap((one) => lackingFilters(one, kind, scene));
    return each.length > 0 ? [{ not: each.flatMap((filter) => filter.not as readonly Filter[]) }] : [];
  }
  const values = new Set(inventory.ofKind(kind).flatMap((one) => one.tags[key] ?? []));
  return values.size > 0 ? [{ not: [{ tags: { [key]: [...values] } }] }] : [];
}

/** The one field a filter is about. */
function fieldOf(filter: Filter): string | undefined {
  const [[key, value] = ['', ''], ...rest] = Object.entries(filter);
  if (rest.length > 0 || key === 'not') return undefined;
  if (key !== 'tags') return key;
  const names = Object.keys(value as Record<string, Json>);
  return names.length === 1 ? `tags.${names[0]}` : undefined;
}

function valuesOf(filter: Filter): readonly Json[] {
  const [[key, value] = ['', '']] = Object.entries(filter);
  const own = key === 'tags' ? Object.values(value as Record<string, Json>)[0]! : value!;
  return Array.isArray(own) ? own : [own];
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
  // "all ubuntu machines": of which image they are.
  const images = inventory.ofKind('image').filter((one) => one.name.toLowerCase().startsWith(`${low}-`));
  const byImage = images.length > 0 ? [{ image: [...new Set(images.map((one) => one.name))] }] : [];
  return [
    ...byField,
    ...byImage,
    { name_glob: values.flatMap((one) => [one, `${one}-*`, `*-${one}`, `*-${one}-*`]) },
  ];
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

/** "TAGGED ENV=DEV", typed in capitals as all of it. */
function inLowerCase(tags: Readonly<Record<string, string>>): readonly Filter[] {
  const entries = Object.entries(tags);
  const isLoud = entries.every(([key, value]) => key === key.toUpperCase() && value === value.toUpperCase());
  const low = entries.map(([key, value]) => [key.toLowerCase(), value.toLowerCase()]);
  return isLoud ? [{ tags: Object.fromEntries(low) }] : [];
}
