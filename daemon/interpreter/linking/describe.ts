// Things that are described instead of named: "all dev web servers", "db-1's volume", "everything but the bastion".
// A set has to be what was said, no more; one thing has to be the only one the words fit.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { compileFilter } from '../../graph/filter.ts';
import type { Mod, Np } from '../phrases/clause.ts';
import { type Cell, senseOf } from '../words/cells.ts';
import { singular } from '../words/spelling.ts';
import { firstFitting } from './fitting.ts';
import { relatedFilters } from './related.ts';
import { preferred, resolveOne } from './resolve.ts';
import { dedupe, mergeFilters, restrict } from './restrict.ts';
import {
  type Care,
  candidatesMax,
  type Found,
  mismatch,
  type Scene,
  type Trouble,
  troubled,
} from './scene.ts';

export function resolveDescribed(
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
    const namesakes = how.care === 'read' ? [] : namesakeOwners(of, owners.resources, mods, scene);
    // "ack the checkout alert": of those that are called so, one has some.
    const having = namesakes.filter(
      (one) => firstFitting(relatedFilters(kind, [one]), pool, scene.nowMs) !== undefined,
    );
    const isOfOne =
      how.care === 'change' &&
      new Set(having.map(({ namespace }) => namespace)).size === 1 &&
      kind === 'alert';
    const doubtful = isOfOne ? [] : namesakes;
    if (doubtful.length > 0) {
      const belonging = firstFitting(relatedFilters(kind, doubtful), pool, scene.nowMs)?.resources ?? [];
      const text = of.names[0]!.cell.text;
      const candidates = belonging.slice(0, candidatesMax);
      return troubled({ about: 'target', candidates, because: 'ambiguous', text }, 0.2);
    }
    const related = firstFitting(relatedFilters(kind, owners.resources), pool, scene.nowMs);
    if (!related) return troubled({ about: 'target', candidates: [], because: 'none' }, 0.5);
    if (isMisnamed(np, how)) {
      const candidates = related.resources.slice(0, candidatesMax);
      return troubled(
        { about: 'target', candidates, because: 'ambiguous', text: np.names[0]!.cell.text },
        0.2,
      );
    }
    pool = related.resources;
    filters.push(related.filter);
  }
  const restricted = restrict(pool, mods, kind, scene, how.bulk);
  if (restricted.unknown || (restricted.isTied && how.care !== 'read'))
    return troubled(tieOf(np, restricted.resources), 0.2, how.bulk);
  if (restricted.elsewhere.length > 0 && how.care !== 'read')
    return troubled(tieOf(np, [...restricted.resources, ...restricted.elsewhere]), 0, how.bulk);
  const unheld = how.care === 'read' ? undefined : mods.find((mod) => isOfHeld(mod) && !hasHolder.test(kind));
  if (unheld)
    return troubled(
      { about: 'target', candidates: [], because: 'none', text: unheld.cell.text },
      0.2,
      how.bulk,
    );
  const hasExtreme = mods.some((mod) => mod.kind === 'extreme');
  const isOfSome = hasExtreme && np.except.length > 0;
  // "the oldest snapshot except that of web-1": picked before or after, nobody says.
  if (isOfSome || (hasExtreme && isUncounted(mods) && how.care !== 'read'))
    return troubled({ about: 'scope', candidates: [], because: 'unclear' }, 0.2, true);
  pool = restricted.resources;
  cost += restricted.cost;
  filters.push(...restricted.filters);
  const excepted = exceptionsOf(np, kind, scene, how.care, pool);
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

/** Kinds of which it is known whether something holds them: of an image or a deployment nobody knows if it is unused. */
const hasHolder = /^(volume|floating-ip)$/;
const isOfHeld = (mod: Mod): boolean => mod.kind === 'status' && /^(free|used)$/.test(mod.word ?? '');

/** "The oldest snapshots": nobody says how many. */
const isUncounted = (mods: readonly Mod[]): boolean =>
  mods.some((mod) => mod.kind === 'extreme' && senseOf(mod.cell, 'extreme')?.count === undefined);

/** Several are just as new or as big, or nobody knows how old they are. */
const tieOf = (np: Np, tied: readonly Resource[]): Trouble => ({
  about: 'target',
  candidates: tied.slice(0, candidatesMax),
  because: 'ambiguous',
  text: np.cells.map((cell) => cell.text).join(' '),
});

/**
 * "delete volume db-1", where db-1 is no volume: the name is that of the volume itself as it was said, so what belongs to
 * the thing of that name is only offered. "The db-1 volume" and "the volume of db-1" say that it belongs.
 */
function isMisnamed(np: Np, { care, bulk }: { care: Care; bulk: boolean }): boolean {
  const [name] = np.names;
  if (np.of || care === 'read' || !name || !np.kindCell) return false;
  return np.kindCell.start < name.cell.start && (care === 'destroy' || !bulk);
}

/** "the gitlab runners": a word that is the plural of what things are called. */
export function hasPluralWord(np: Np): boolean {
  return np.mods.some(
    (mod) =>
      mod.kind === 'word' &&
      !mod.post &&
      mod.word !== mod.cell.low &&
      mod.cell.low !== singular(mod.cell.low) &&
      !mod.cell.low.includes('-'),
  );
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
  // "delete the redis": several things, of a kind that was not said.
  const isGlob = np.mods.some((mod) => mod.kind === 'glob');
  if (set.care === 'destroy' && !np.kinds && !isGlob && np.quant === undefined && !hasPluralWord(np))
    return troubled(
      { about: 'target', candidates: set.pool.slice(0, candidatesMax), because: 'ambiguous' },
      set.cost + 0.1,
      true,
    );
  // "delete the runers": which things are to go is never guessed from a slip.
  if (set.care === 'destroy' && set.ids.length > 0 && isOfRepaired(np)) {
    const text = np.cells.map((cell) => cell.text).join(' ');
    const candidates = set.pool.slice(0, candidatesMax);
    return troubled({ about: 'target', candidates, because: 'ambiguous', text }, set.cost, true);
  }
  // "stop any worker": one of them, or all?
  const isAnyOne = np.quant === 'any' && !np.plural && np.mods.every((mod) => !mod.post && isOfName(mod));
  if (isAnyOne && set.ids.length > 1 && !np.of && set.care !== 'read')
    return troubled(
      { about: 'target', candidates: set.pool.slice(0, candidatesMax), because: 'ambiguous' },
      set.cost + 0.1,
      true,
    );
  if (set.ids.length === 0 && set.care !== 'read')
    return troubled({ about: 'target', candidates: [], because: 'none' }, set.cost, true);
  const unrestricted = Object.keys(set.filter).length === 0;
  // "tag all bastions" of the one group that has the word in its name: more likely of several things of another kind.
  const isLone = !np.kinds && hasPluralWord(np) && set.ids.length === 1 && set.care !== 'read';
  return {
    ids: set.ids,
    filter: set.filter,
    bulk: true,
    cost:
      set.cost +
      (isLone ? 0.3 : 0) +
      (set.restricted ? (/^(status|filter|created|lacking)$/.test(set.restricted.kind) ? 0.1 : 0.8) : 0),
    unrestricted,
  };
}

const isOfName = (mod: Mod): boolean => /^(word|prefix|unknown)$/.test(mod.kind);

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
  const told = np.mods.some((mod) => /^(status|filter|created|tags|extreme)$/.test(mod.kind));
  // For a destroy a thing has to be named or at least its kind said.
  const anonymous = !np.kinds && !one.related;
  const bare = anonymous && !np.mods.some((mod) => !/^(word|env|prefix|unknown|glob)$/.test(mod.kind));
  const partial = np.mods.some(
    (mod) => mod.kind === 'word' || mod.kind === 'prefix' || mod.kind === 'unknown',
  );
  if (
    (care === 'destroy' && (anonymous || isOfRepaired(np) || ((partial || !told) && !one.related))) ||
    (care === 'change' && bare && !isWhole(np, choice))
  )
    return troubled({ about: 'target', candidates: [choice], because: 'ambiguous', text }, one.cost + 0.1);
  return { ids: [choice.id], bulk: false, cost: one.cost + (bare ? 0.3 : 0.1) };
}

/** Whether a part of a name was mistyped. */
const isOfRepaired = (np: Np): boolean =>
  np.cells.some((cell) => cell.repaired && (senseOf(cell, 'part') ?? senseOf(cell, 'name')));

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

/** "the pods of cart" where several things of one kind are called so: none of them is meant for sure. */
function namesakeOwners(
  of: Np,
  owners: readonly Resource[],
  mods: readonly Mod[],
  scene: Scene,
): readonly Resource[] {
  if (of.names.length !== 1 || of.also.length > 0 || of.quant !== undefined || of.plural) return [];
  const places = mods.filter((mod) => /^(env|place|region|provider)$/.test(mod.kind));
  const narrowed = restrict(owners, places, '', scene, false).resources;
  const left = narrowed.length > 0 ? narrowed : owners;
  const kinds = left.map((one) => one.kind);
  return new Set(kinds).size < kinds.length ? left : [];
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

const isOneWord = ({ low, quoted }: Cell): boolean => low === 'one' && !quoted;

/** What is to be spared, as filters; or the words of an exception that is not certain. */
export function exceptionsOf(
  np: Np,
  kind: string,
  scene: Scene,
  care: Care,
  pool: readonly Resource[] = scene.inventory.ofKind(kind),
): { filters: readonly Filter[]; unclear?: string } {
  const filters: Filter[] = [];
  for (const except of np.except.flatMap((one) => [one, ...one.also])) {
    const text = except.cells.map((cell) => cell.text).join(' ');
    const names = except.names.filter((name) =>
      name.ids.some((id) => scene.inventory.get(id)?.kind === kind),
    );
    // What is to be spared has to be certain: a repaired name might spare something else.
    if (care === 'destroy' && except.names.some((name) => !name.exact)) return { filters, unclear: text };
    // Several words without a kind may be a name that is not there, which would then not be spared.
    const words = except.mods.filter((mod) => mod.kind === 'word' || mod.kind === 'prefix');
    if (care === 'destroy' && !except.kinds && words.length + except.names.length > 1 && words.length > 0)
      return { filters, unclear: text };
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
    // "all but the newest": the newest of those.
    const isPicked = except.mods.some((mod) => mod.kind === 'extreme');
    const among = isPicked ? pool : scene.inventory.ofKind(kind);
    const found = restrict(among, except.mods, kind, scene, true);
    if (found.isTied || found.unknown || (isPicked && isUncounted(except.mods)))
      return { filters, unclear: text };
    if (except.missing.length > 0 || except.mods.length === 0 || found.dead || found.resources.length === 0)
      return { filters, unclear: text };
    // "all runners except the stopped one", where two of them are.
    const isOne = except.kinds ? !except.plural && except.det !== undefined : except.cells.some(isOneWord);
    if (isOne && pool.filter((one) => found.resources.includes(one)).length > 1)
      return { filters, unclear: text };
    filters.push(mergeFilters(found.filters, []));
  }
  return { filters: dedupe(filters) };
}
