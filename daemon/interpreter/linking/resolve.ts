// Links a noun phrase to resources of one kind: names within their scope, sets by filter, what belongs to something
// else, and what was spoken of before. It never takes the nearest thing for the named one: what does not fit exactly
// one (or, for a set, what was said) comes back as trouble, with the candidates a person may choose from.

import type { Resource } from '../../../shared/model/resource.ts';
import { compileFilter } from '../../graph/filter.ts';
import type { Mod, NameRef, Np } from '../phrases/clause.ts';
import { senseOf } from '../words/cells.ts';
import { calledAlike, machinesByWord } from './calledAlike.ts';
import { exceptionsOf, hasPluralWord, resolveDescribed } from './describe.ts';
import { isOfOtherKind, placedLike } from './namedAlong.ts';
import { restrict } from './restrict.ts';
import {
  type Care,
  candidatesMax,
  type Found,
  isBesideAlerts,
  mismatch,
  type Scene,
  troubled,
} from './scene.ts';

const known = new WeakMap<Scene, WeakMap<Np, Map<string, Found>>>();

/**
 * Resolves a noun phrase and all that is named along with it. Many operations ask the same of one phrase, so what was
 * found is kept as long as the scene it was found in.
 */
export function resolveNp(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  const ofScene = known.get(scene) ?? new WeakMap<Np, Map<string, Found>>();
  known.set(scene, ofScene);
  const ofNp = ofScene.get(np) ?? new Map<string, Found>();
  ofScene.set(np, ofNp);
  const key = `${kind} ${care} ${scope.map((mod) => `${mod.cell.start}${mod.not}`).join()}`;
  const before = ofNp.get(key);
  if (before) return before;
  const found = findNp(np, kind, scope, scene, care);
  ofNp.set(key, found);
  return found;
}

function findNp(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
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
  const found = all.map((given) => {
    if (isOfOtherKind(given, kind, scene)) return mismatch();
    const one = given === np || care === 'destroy' ? given : placedLike(given, np, scene);
    const own = one.mods.some((mod) => mod.post) || given === all.at(-1) ? [] : places;
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

/** "the report-daily job": people say job for what is there as a cron job. */
function isLooselyOf(np: Np, kind: string, scene: Scene): boolean {
  const kinds = np.names.flatMap((name) => name.ids.map((id) => scene.inventory.get(id)?.kind));
  return (
    kind === 'cronjob' &&
    np.kinds?.includes('job') === true &&
    kinds.length > 0 &&
    kinds.every((one) => one === kind)
  );
}

export function resolveOne(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  if (np.kinds && np.kinds.length > 0 && !np.kinds.includes(kind) && !isLooselyOf(np, kind, scene))
    return mismatch();
  const found = resolveOfKind(np, kind, scope, scene, care);
  // A word that stands for several kinds means its own kind first: a "service" is a service before a deployment.
  const rank = np.kinds?.indexOf(kind) ?? 0;
  if (rank > 0) return { ...found, cost: found.cost + 0.06 };
  return isOfPods(np, kind, scene) ? { ...found, cost: found.cost + 0.3 } : found;
}

/** "everything that is crashlooping": a state of pods, where no kind is said. */
function isOfPods(np: Np, kind: string, scene: Scene): boolean {
  const isState = np.mods.some(
    (mod) => mod.kind === 'status' && /^(crashing|evicted|oomkilled|imagepull)$/.test(mod.word ?? ''),
  );
  return isState && !np.kinds && np.names.length === 0 && kind !== 'pod' && scene.inventory.hasKind('pod');
}

function resolveOfKind(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  if (np.pronoun && np.names.length === 0) return resolvePronoun(np, kind, scope, scene, care);
  const named = inApposition(np, kind, scene);
  if (named) return resolveOfKind(named, kind, scope, scene, care);
  const own = np.names.filter((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === kind));
  if (np.names.length > 0 && own.length === 0 && !np.kinds) return mismatch();
  if (np.missing.length > 0 && own.length === 0) return resolveMissing(np, kind, scope, scene);
  const kindOf = (id: string): string | undefined => scene.inventory.get(id)?.kind;
  const alike = calledAlike(np, own, (id) => kindOf(id) === kind) ?? machinesByWord(np, kind, kindOf);
  if (alike) return resolveSet(alike, kind, scope, scene, care);
  if (own.length > 0 && own.length === np.names.length)
    return resolveNames(np, own, kind, scope, scene, care);
  return resolveSet(np, kind, scope, scene, care);
}

/** "the volume of jenkins-home", which is a volume itself: its name. */
function inApposition(np: Np, kind: string, scene: Scene): Np | undefined {
  const { of } = np;
  if (!of || np.names.length + np.missing.length > 0 || np.plural || np.quant || of.names.length !== 1)
    return undefined;
  const isOwn =
    np.kinds?.includes(kind) && of.names[0]!.ids.every((id) => scene.inventory.get(id)?.kind === kind);
  return isOwn && !of.of
    ? { ...np, names: of.names, mods: [...np.mods, ...of.mods], of: undefined }
    : undefined;
}

function resolveNames(
  np: Np,
  names: readonly NameRef[],
  kind: string,
  scope: readonly Mod[],
  scene: Scene,
  care: Care,
): Found {
  const loose = care === 'read' ? undefined : besideName(np);
  if (loose) {
    const candidates = names
      .flatMap((name) => name.ids.map((id) => scene.inventory.get(id)!))
      .filter((resource) => resource.kind === kind);
    return troubled({ about: 'target', candidates, because: 'unclear', text: loose }, 0.1);
  }
  const ids: string[] = [];
  let cost = 0;
  for (const name of names) {
    const ofKind = name.ids
      .map((id) => scene.inventory.get(id)!)
      .filter((resource) => resource.kind === kind);
    const isPlace = senseOf(name.cell, 'env') !== undefined || kind === 'namespace';
    // "drop prod" is not yet a wish to delete the namespace of that name.
    if (care === 'destroy' && !np.kinds && isPlace && !name.cell.quoted) {
      const [own] = ofKind;
      const shared = own && kind !== 'namespace' ? namesakesOf(own, name, [...np.mods, ...scope], scene) : [];
      const because = shared.length > 0 ? 'shared' : 'ambiguous';
      const candidates = [...ofKind, ...shared];
      return troubled({ about: 'target', candidates, because, text: name.cell.text });
    }
    // "is web-1 running?" asks for the state, it does not choose by it.
    const mods = care === 'read' ? np.mods.filter((mod) => mod.kind !== 'status') : np.mods;
    const restricted = restrict(ofKind, [...mods, ...scope], kind, scene, false);
    cost += restricted.cost + (name.exact ? 0 : 0.25);
    if (restricted.resources.length === 0)
      return troubled({ about: 'target', candidates: ofKind, because: 'none', text: name.cell.text }, cost);
    const places = [...np.mods, ...scope].filter((mod) => mod.post && (mod.values?.length ?? 0) > 1);
    // "in staging and prod": one in each, none of them preferred.
    const isOneEach = places.some((mod) => mod.values!.length === restricted.resources.length);
    const one = isOneEach ? undefined : preferred(restricted.resources, scene, care);
    const isCounted = names.length === 1 && np.count === restricted.resources.length;
    if (names.length === 1 && np.quant === 'all' && np.count !== undefined && !isCounted && care !== 'read')
      return troubled({ about: 'target', candidates: restricted.resources, because: 'count' }, cost, true);
    if (!one && (/^(all|both)$/.test(np.quant ?? '') || isOneEach || isCounted)) {
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
    const shared =
      care === 'destroy' && !np.kinds ? namesakesOf(one, name, [...np.mods, ...scope], scene) : [];
    if (shared.length > 0)
      return troubled(
        { about: 'target', candidates: [one, ...shared], because: 'shared', text: name.cell.text },
        cost,
      );
    ids.push(one.id);
  }
  return { ids, bulk: names.length > 1, cost };
}

/** Things of other kinds with the very same name, which a destroy of a bare name could mean as well. */
function namesakesOf(one: Resource, name: NameRef, mods: readonly Mod[], scene: Scene): readonly Resource[] {
  const alike = name.ids
    .map((id) => scene.inventory.get(id)!)
    .filter((other) => other.id !== one.id && other.name.toLowerCase() === one.name.toLowerCase())
    .filter((other) => other.kind !== one.kind && scene.canDelete?.(other.kind) !== false);
  return restrict(alike, mods, '', scene, false).resources;
}

/** Words beside a name that may make it another's: "kube proxy nlfk2" is not kube-proxy. A kind that is said settles it. */
function besideName(np: Np): string | undefined {
  const isPartOfName = (mod: Mod): boolean =>
    !mod.post && (mod.kind === 'word' || mod.kind === 'prefix' || mod.kind === 'unknown');
  const isUnclear = np.missing.length > 0 || (!np.kinds && np.mods.some(isPartOfName));
  return isUnclear ? np.cells.map((cell) => cell.text).join(' ') : undefined;
}

/** The one that is meant, where scope says so: the connection looked at, what was spoken of, prod for reads. */
export function preferred(found: readonly Resource[], scene: Scene, care: Care): Resource | undefined {
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
  // "create volume a, then attach a to web-1": it is called that as soon as it is there.
  const made = scene.antecedents.find(
    ({ created }) => created?.kind === kind && created.name !== '' && created.name.toLowerCase() === cell.low,
  )?.created;
  if (made && np.missing.length === 1 && np.mods.length === 0)
    return { ids: [], created: made.step, bulk: false, cost: 0 };
  const letters = cell.low.replace(/\d+/g, '');
  const offered = scene.inventory.alike(cell.low, kind);
  const near = restrict(offered, scope, kind, scene, false).resources.slice(0, candidatesMax);
  const alike = near.filter((resource) => resource.name.toLowerCase().replace(/\d+/g, '') === letters);
  return troubled(
    { about: 'target', candidates: near, because: 'missing', text: cell.text },
    alike.length > 0 ? 0 : near.length > 0 ? 0.35 : 0.4,
  );
}

function resolvePronoun(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  const fits = (id: string): boolean => scene.inventory.get(id)?.kind === kind;
  const mods = [...np.mods, ...scope];
  if (np.pronoun === 'other')
    return oneOfListed(np, scene, fits) ?? troubled({ about: 'target', candidates: [], because: 'unsaid' });
  const joint = mods.length === 0 ? jointly(np, scene, fits, care) : undefined;
  if (joint) return joint;
  for (const [recency, antecedent] of scene.antecedents.entries()) {
    // What was spoken of last is the likelier meaning.
    const far = Math.min(recency, 4) * 0.12;
    if (antecedent.created?.kind === kind && mods.length === 0)
      return { ids: [], created: antecedent.created.step, bulk: false, cost: far };
    const resources = antecedent.ids.filter(fits).map((id) => scene.inventory.get(id)!);
    const fitting = mods.length > 0 ? restrict(resources, mods, kind, scene, false).resources : resources;
    if (fitting.length === 0) continue;
    const spared = exceptionsOf(np, kind, scene, care);
    if (spared.unclear !== undefined)
      return troubled(
        { about: 'scope', candidates: [], because: 'unclear', text: spared.unclear },
        0.2,
        true,
      );
    const isSpared = compileFilter({ not: spared.filters });
    const kept = spared.filters.length > 0 ? fitting.filter((one) => isSpared(one, scene.nowMs)) : fitting;
    if (kept.length === 0)
      return troubled({ about: 'target', candidates: fitting, because: 'none' }, 0.2, true);
    // "a is fine, b and c are not, reboot those two": which of the three is not read out of what was told.
    if (
      np.count !== undefined &&
      ![kept, fitting].some(({ length }) => length === np.count) &&
      care !== 'read'
    )
      return troubled({ about: 'target', candidates: kept, because: 'count' }, 0.2, true);
    // "the bastion is slow, restart it", where several are called so.
    const isAlike = kept.length > 1 && new Set(kept.map(({ name }) => name)).size === 1;
    const isDoubtful = (antecedent.doubtful === true || isAlike) && care !== 'read';
    if (np.pronoun === 'it' && kept.length > 1 && (antecedent.from !== 'text' || isDoubtful))
      return troubled({ about: 'target', candidates: kept, because: 'ambiguous', text: 'it' });
    if (
      np.pronoun === 'it' &&
      antecedent.from !== 'text' &&
      antecedent.ids.length > 1 &&
      care !== 'read' &&
      np.kinds === undefined &&
      !(care === 'change' && isBesideAlerts(antecedent.ids, kept))
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

const places: readonly RegExp[] = [
  /^the (first one|former)$/,
  /^the (second one|latter)$/,
  /^the third one$/,
];

/** "start a and delete the other one", "the second one": of those that were listed in the turn before. */
function oneOfListed(np: Np, scene: Scene, fits: (id: string) => boolean): Found | undefined {
  const told = scene.antecedents.find(
    ({ from, ids, listed }) => (from !== 'text' || listed) && ids.length > 1,
  );
  if (!told || np.names.length + np.mods.length > 0) return undefined;
  const listed = told.ids;
  const place = places.findIndex((said) => np.cells.some((cell) => said.test(cell.low)));
  // Of three, which is the latter?
  if (listed.length > 2 && np.cells.some((cell) => /^the (latter|former)$/.test(cell.low))) return undefined;
  if (told.from === 'text') {
    const id = told === scene.antecedents[0] ? listed[place] : undefined;
    return id !== undefined && fits(id) ? { ids: [id], bulk: false, cost: 0.05 } : undefined;
  }
  const spoken = new Set(scene.antecedents.flatMap((one) => (one.from === 'text' ? one.ids : [])));
  const isSpokenOf = listed.some((id) => spoken.has(id));
  const left = isSpokenOf ? listed.filter((id) => !spoken.has(id)) : [];
  const one = place >= 0 ? listed[place] : left.length === 1 ? left[0] : undefined;
  return one !== undefined && fits(one) ? { ids: [one], bulk: false, cost: 0.05 } : undefined;
}

/** "stop a, start b and tag both": things of several steps, one in each; a destroy of "them" is asked about. */
function jointly(np: Np, scene: Scene, fits: (id: string) => boolean, care: Care): Found | undefined {
  const isBoth = np.count === 2 || np.quant === 'both';
  if (!isBoth && np.pronoun !== 'them') return undefined;
  const said = scene.antecedents
    .filter(({ from, doubtful, changed }) => from === 'text' && !doubtful && (isBoth || changed))
    .map(({ ids }) => ids.filter(fits))
    .filter((ids) => ids.length > 0);
  const ids = [...new Set(said.flat())].reverse();
  if (said[0]?.length !== 1 || ids.length < 2) return undefined;
  const isOneEach = said.every((one) => one.length === 1) && (!isBoth || ids.length === 2);
  if (isOneEach && (isBoth || care !== 'destroy')) return { ids, bulk: true, cost: 0 };
  const candidates = ids.map((id) => scene.inventory.get(id)!);
  return care === 'read' ? undefined : troubled({ about: 'target', candidates, because: 'count' }, 0.2, true);
}

function resolveSet(np: Np, kind: string, scope: readonly Mod[], scene: Scene, care: Care): Found {
  const mods = [...np.mods, ...scope];
  const restricted = mods.length > 0 || np.of !== undefined || np.names.length > 0;
  const bulk =
    np.quant !== undefined ||
    np.plural ||
    (np.count ?? 1) > 1 ||
    np.everything === true ||
    np.mods.some((mod) => mod.kind === 'glob') ||
    hasPluralWord(np);
  // "a and b are idle, stop both machines"
  const isCounted = np.quant !== undefined && np.count !== undefined;
  if (!restricted && (!np.quant || isCounted) && np.except.length === 0 && care !== 'read') {
    const before =
      care === 'destroy' && np.det === undefined && !isCounted
        ? undefined
        : fromBefore(np, kind, bulk, scene);
    if (before) return before;
  }
  // "each of these deployments", where none was spoken of.
  if (!restricted && np.det === 'demonstrative' && np.quant && np.kinds && care !== 'read')
    return (
      fromBefore(np, kind, bulk, scene) ??
      troubled({ about: 'target', candidates: [], because: 'unsaid' }, 0, bulk)
    );
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
    // "the three volumes" of two that were listed.
    if (np.count !== undefined && np.count !== ids.length) continue;
    if (antecedent.doubtful && (np.quant || (ids.length > 1 && !bulk))) return undefined;
    const isSaid = np.det !== undefined || np.count === ids.length;
    if (ids.length === 1 || (bulk && isSaid)) return { ids, bulk: ids.length > 1, cost: 0.05 };
  }
  return undefined;
}
