// Puts what a second clause says in place of what is of the same sort in a first one: another thing, place, number, time.
// Only what one of the two said is kept; used for ellipsis over turns and for corrections inside a sentence.

import { actorOf } from '../filling/audit.ts';
import type { Tools } from '../filling/readClause.ts';
import { looseKey } from '../inventory/inventory.ts';
import type { Clause, Mod, Np } from '../phrases/clause.ts';
import { modOf } from '../phrases/restriction.ts';
import { isWord, senseOf } from '../words/cells.ts';
import { environmentSpellings } from '../words/words.ts';

/** Puts what a second clause says in place of what is of the same sort in the first. */
export function mergeClauses(
  before: Clause,
  after: Clause,
  refs: readonly string[],
  tools: Tools,
): Clause | undefined {
  const moved = after.nps.length === 1 ? elsewhereNamed(before, after.nps[0]!, tools) : undefined;
  if (moved && after.values.length + after.metrics.length + after.scope.length === 0)
    return { ...moved, times: after.times.length > 0 ? after.times : before.times };
  // "and what did bob do?" behind what alice did: asked in full.
  if (actorOf(after)) return undefined;
  const second = withAmounts(after);
  const first = second.values.length > 0 ? withAmounts(before) : before;
  // "both please" of one thing: what else is meant was not said.
  if (second.nps.some((np) => isMany(np) && np.names.length + np.mods.length === 0) && refs.length === 1)
    return undefined;
  const values = second.values.filter((use) => !use.not);
  const places = [
    ...second.scope,
    ...second.nps
      .filter((np) => isPlaceOnly(np) && !np.negated)
      .flatMap((np) => [...np.mods, ...np.names.map((name) => modOf(name.cell, true))]),
  ];
  // "not on worker-5" behind "the pods on worker-3": taken out of it, or in its place?
  const isPlaced = [...first.scope, ...first.nps.flatMap((np) => np.mods)].some((mod) =>
    places.some((place) => place.not && !mod.not && sameDimension(mod, place)),
  );
  if (isPlaced && places.every((place) => place.not)) return undefined;
  const things = second.nps.filter((np) => !isPlaceOnly(np) && !np.negated);
  if (
    values.length +
      places.length +
      things.length +
      second.metrics.length +
      second.times.length +
      second.named.length ===
    0
  )
    return undefined;
  let nps = [...first.nps];
  const target = nps.find((np) => np.prep === undefined) ?? nps[0];
  const thing = things[0];
  if (thing) {
    const replaced = replaceNp(nps.find((np) => sameSort(np, thing, tools)) ?? target, thing, refs, tools);
    const old = nps.find((np) => sameSort(np, thing, tools)) ?? target;
    nps = old ? nps.map((np) => (np === old ? { ...replaced, prep: old.prep } : np)) : [...nps, replaced];
  }
  // "and db-1 to L.16": the size is another one, too.
  for (const size of things.slice(1)) {
    const old =
      size.prep === undefined ? undefined : nps.find((np) => np !== target && sameSort(np, size, tools));
    if (old) nps = nps.map((np) => (np === old ? { ...size, prep: old.prep } : np));
  }
  let scope = first.scope;
  const twins = target && things.length === 0 ? counterparts(target, places, tools) : undefined;
  if (twins) nps = nps.map((np) => (np === target ? { ...np, names: twins, mods: [] } : np));
  else if (places.length > 0) {
    scope = replaceMods(first.scope, places, true);
    nps = nps.map((np) =>
      np === (nps.find((one) => one.prep === undefined) ?? nps[0]) || np.mods.length > 0 || np.of
        ? withoutPlaces(np, places)
        : np,
    );
    scope = [...scope.filter((mod) => !places.includes(mod)), ...places];
  }
  return {
    ...first,
    nps,
    scope,
    values: values.length > 0 ? mergeValues(first, second) : first.values,
    metrics: second.metrics.length > 0 ? second.metrics : first.metrics,
    times: second.times.length > 0 ? second.times : first.times,
    named: second.named.length > 0 ? second.named : first.named,
    unknown: [...first.unknown, ...second.unknown],
    negated: false,
  };
}

/** "and on worker-5?" behind "list the pods on worker-3": the same, in another place of that sort. */
function elsewhereNamed(before: Clause, np: Np, tools: Tools): Clause | undefined {
  const kindOf = (ids: readonly string[]): string | undefined => {
    const kinds = new Set(ids.map((id) => tools.inventory.get(id)?.kind));
    return kinds.size === 1 ? [...kinds][0] : undefined;
  };
  const [name] = np.names;
  const kind = name && kindOf(name.ids);
  const isPlain =
    np.names.length === 1 &&
    np.also.length + np.mods.length + np.except.length + np.missing.length === 0 &&
    !np.of;
  if (!name || kind === undefined || !isPlain || np.negated || before.nps.length !== 1) return undefined;
  const [target] = before.nps;
  const isPlace = (mod: Mod): boolean =>
    mod.kind === 'place' && !mod.not && (mod.ids ?? []).length > 0 && kindOf(mod.ids!) === kind;
  const isSet = target!.kinds !== undefined && !target!.kinds.includes(kind) && target!.names.length === 0;
  const places = [...target!.mods, ...before.scope].filter(isPlace);
  if (!isSet || places.length !== 1) return undefined;
  const place = { ...modOf(name.cell, true), kind: 'place' as const, ids: name.ids };
  const put = (mod: Mod): Mod => (mod === places[0] ? place : mod);
  return { ...before, nps: [{ ...target!, mods: target!.mods.map(put) }], scope: before.scope.map(put) };
}

/** "6 replicas": how many there are to be, and no thing. */
function withAmounts(clause: Clause): Clause {
  const isAmount = (np: Np): boolean =>
    np.count !== undefined &&
    isWord(np.kindCell, 'replicas') &&
    np.names.length + np.mods.length === 0 &&
    !np.of;
  const counted = clause.nps.filter(isAmount);
  if (counted.length === 0) return clause;
  const values = counted.map((np) => ({
    value: { k: 'number' as const, n: np.count! },
    cell: np.cells[0]!,
    at: np.at,
    prep: np.prep,
    label: 'replicas',
    not: false,
  }));
  return { ...clause, nps: clause.nps.filter((np) => !isAmount(np)), values: [...clause.values, ...values] };
}

const isMany = (np: Np): boolean => np.quant === 'both' && !np.kinds;

/** The phrase without what it said of the dimensions of these places, also of what it belongs to. */
function withoutPlaces(np: Np, places: readonly Mod[]): Np {
  const mods = np.mods.filter((mod) => !places.some((place) => sameDimension(mod, place)));
  return { ...np, mods, ...(np.of ? { of: withoutPlaces(np.of, places) } : {}) };
}

/** "the staging one" after app-prod-1 is app-staging-1, where names and not tags tell environments apart. */
function counterparts(np: Np, places: readonly Mod[], tools: Tools): Np['names'] | undefined {
  const [place] = places;
  if (place?.kind !== 'env' || places.length > 1 || np.names.length === 0) return undefined;
  const wanted = environmentSpellings[place.word ?? ''] ?? [place.word ?? ''];
  const known = new Set(Object.values(environmentSpellings).flat());
  const names: Np['names'] = [];
  for (const name of np.names) {
    const real = name.ids.map((id) => tools.inventory.get(id)!);
    const isTold = real.some(
      (one) => wanted.includes(one.namespace ?? '') || wanted.includes(one.tags.env ?? ''),
    );
    if (isTold) return undefined;
    const found = real.flatMap((one) => {
      const parts = looseKey(one.name).split(' ');
      if (!parts.some((part) => known.has(part))) return [];
      return wanted.flatMap((env) =>
        tools.inventory
          .byKey(parts.map((part) => (known.has(part) ? env : part)).join(' '))
          .filter((other) => other.kind === one.kind && other.id !== one.id),
      );
    });
    if (found.length !== 1) return undefined;
    names.push({ cell: place.cell, ids: [found[0]!.id], exact: true });
  }
  return names;
}

function mergeValues(first: Clause, second: Clause): Clause['values'] {
  const fresh = second.values.filter((use) => !use.not);
  const sorts = new Set(fresh.map((use) => sortOf(use.value.k)));
  const kept = first.values.filter((use) => !sorts.has(sortOf(use.value.k)));
  const old = first.values.find((use) => sorts.has(sortOf(use.value.k)));
  return [
    ...kept,
    ...fresh.map((use) => ({
      ...use,
      prep: use.prep ?? old?.prep,
      label: use.label ?? old?.label,
      at: old?.at ?? use.at,
    })),
  ];
}

function sortOf(k: string): string {
  return k === 'times' || k === 'size' ? 'number' : k;
}

/** A noun phrase that only says where: "prod", "the staging one". */
export function isPlaceOnly(np: Np): boolean {
  const places =
    np.mods.length > 0 &&
    np.mods.every(
      (mod) => mod.kind === 'env' || mod.kind === 'region' || mod.kind === 'provider' || mod.kind === 'place',
    );
  const named = np.names.length > 0 && np.names.every((name) => senseOf(name.cell, 'env') !== undefined);
  return !!(
    (places || named) &&
    np.missing.length === 0 &&
    !np.kinds &&
    (named || np.names.length === 0) &&
    np.pronoun !== 'other'
  );
}

function sameSort(np: Np, thing: Np, tools: Tools): boolean {
  const kinds = (one: Np): ReadonlySet<string> =>
    new Set([
      ...(one.kinds ?? []),
      ...one.names.flatMap((name) => name.ids.map((id) => tools.inventory.get(id)?.kind ?? '')),
    ]);
  const wanted = kinds(thing);
  return wanted.size > 0 && [...kinds(np)].some((kind) => wanted.has(kind));
}

function replaceNp(old: Np | undefined, thing: Np, refs: readonly string[], tools: Tools): Np {
  if (!old) return thing;
  if (thing.pronoun === 'other')
    return { ...thing, pronoun: undefined, ...otherThan(old, thing, refs, tools) };
  const names = thing.names.length > 0 || thing.missing.length > 0;
  const keptMods = names
    ? old.mods.filter((mod) => mod.post && !thing.mods.some((one) => sameDimension(mod, one)))
    : thing.mods.some((mod) => mod.kind === 'word' || mod.kind === 'prefix')
      ? old.mods.filter((mod) => mod.kind === 'env' || mod.kind === 'place')
      : replaceMods(old.mods, [], false).filter((mod) => !thing.mods.some((one) => sameDimension(mod, one)));
  return {
    ...thing,
    pronoun: undefined,
    names: names
      ? thing.names
      : thing.mods.some((mod) => mod.kind === 'word' || mod.kind === 'prefix')
        ? []
        : old.names,
    kinds: thing.kinds ?? old.kinds,
    kindCell: thing.kindCell ?? old.kindCell,
    plural: thing.plural || (thing.names.length === 0 && old.plural),
    quant: thing.quant ?? (names ? undefined : old.quant),
    mods: [...keptMods, ...thing.mods],
    also: names || thing.mods.length > 0 ? thing.also.map((one) => withKept(one, keptMods)) : old.also,
  };
}

/** "and search and cart": where the first is, the others are. */
function withKept(np: Np, kept: readonly Mod[]): Np {
  const isPlaced = np.mods.some((mod) => mod.kind === 'env' || mod.kind === 'place');
  const places = kept.filter((mod) => mod.kind === 'env' || mod.kind === 'place');
  return isPlaced || np.names.length === 0 ? np : { ...np, mods: [...places, ...np.mods] };
}

/** "the other one", "the other runner": of those alike, the ones not spoken of yet. */
function otherThan(old: Np, thing: Np, refs: readonly string[], tools: Tools): Partial<Np> {
  const spoken = new Set(refs);
  const first = tools.inventory.get(refs[0] ?? '');
  const kind = thing.kinds?.[0] ?? first?.kind;
  const isOther = (id: string): boolean =>
    !spoken.has(id) && (kind === undefined || tools.inventory.get(id)?.kind === kind);
  const namesakes = [
    ...old.names.flatMap((name) => name.ids),
    ...refs.flatMap((id) =>
      tools.inventory.byKey(looseKey(tools.inventory.get(id)?.name ?? '')).map((resource) => resource.id),
    ),
  ].filter(isOther);
  const letters = (name: string): string => name.toLowerCase().replace(/\d+/g, '');
  const words = thing.mods.flatMap((mod) => (mod.kind === 'word' ? [mod.word ?? ''] : []));
  const alike =
    first === undefined || namesakes.length > 0 || kind !== first.kind
      ? []
      : tools.inventory
          .ofKind(first.kind)
          .filter((one) => isOther(one.id) && letters(one.name) === letters(first.name))
          .filter((one) => words.every((word) => one.name.toLowerCase().includes(word)))
          .map((one) => one.id);
  const ids = [...new Set([...namesakes, ...alike])];
  const cell = old.cells[0]!;
  return ids.length > 0
    ? { names: [{ cell, ids, exact: true }], kinds: undefined, mods: [] }
    : { names: [], missing: [], kinds: old.kinds, mods: [], pronoun: 'other' };
}

function sameDimension(a: Mod, b: Mod): boolean {
  const dimension = (mod: Mod): string =>
    mod.kind === 'env' || mod.kind === 'place'
      ? 'place'
      : mod.kind === 'tags'
        ? Object.keys(mod.tags ?? {}).join()
        : mod.kind;
  return dimension(a) === dimension(b);
}

function replaceMods(old: readonly Mod[], fresh: readonly Mod[], _keep: boolean): readonly Mod[] {
  return [...old.filter((mod) => !fresh.some((one) => sameDimension(mod, one))), ...fresh];
}
