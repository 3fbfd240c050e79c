// The restriction a word stands for: an environment, a region, a state, a part of names. Several places of one sort
// are merged into one restriction that any of them fits.

import { type Cell, senseOf } from '../words/cells.ts';
import { singular } from '../words/spelling.ts';
import type { Mod } from './clause.ts';

/** "old": an age, never a part of names; a name that has it in it is found as a name. */
export function isAgeWord(cell: Cell): boolean {
  return /^(old|outdated|ancient|stale|aged|obsolete)$/.test(cell.low);
}

/** The restriction a cell stands for. */
export function modOf(cell: Cell, post: boolean): Mod {
  const base = { cell, not: false, post };
  if (isAgeWord(cell) && !post) return { ...base, kind: 'unknown', word: cell.low };
  const env = senseOf(cell, 'env');
  if (env && /^non/.test(cell.low))
    return { ...base, not: true, kind: 'env', word: env.value, values: [env.value] };
  if (env) return { ...base, kind: 'env', word: env.value, values: [env.value] };
  const region = senseOf(cell, 'region');
  if (region) return { ...base, kind: 'region', values: region.values };
  const provider = senseOf(cell, 'provider');
  if (provider) return { ...base, kind: 'provider', word: provider.value, values: [provider.value] };
  const status = senseOf(cell, 'status');
  const part = senseOf(cell, 'part');
  if (status && !part) return { ...base, kind: 'status', word: status.name };
  const glob = senseOf(cell, 'glob');
  if (glob) return { ...base, kind: 'glob', word: glob.glob };
  if (part && /^[a-z]{2}-[a-z]+-\d$/.test(part.word)) return { ...base, kind: 'region', values: [part.word] };
  const prefix = senseOf(cell, 'prefix');
  if (part) return { ...base, kind: 'word', word: part.word };
  if (prefix) return { ...base, kind: 'prefix', word: prefix.prefix };
  const name = senseOf(cell, 'name');
  if (name) return { ...base, kind: 'place', ids: name.ids, word: cell.low };
  return { ...base, kind: 'unknown', word: singular(cell.low) };
}

/** "staging and dev" before a noun: one restriction that any of them fits; they have to say something of one sort. */
export function eitherOf(mods: readonly Mod[]): Mod {
  const [first] = mods;
  return mods.length === 1 ? first! : { ...first!, kind: 'either', either: mods };
}

/** Several places of one sort mean any of them. */
export function mergePlaces(mods: readonly Mod[]): readonly Mod[] {
  const merged: Mod[] = [];
  for (const mod of mods) {
    const dimension = (one: Mod): string => (one.kind === 'env' || one.kind === 'place' ? 'place' : one.kind);
    const same = merged.findIndex(
      (one) =>
        dimension(one) === dimension(mod) &&
        one.not === mod.not &&
        mod.kind !== 'tags' &&
        !isOfOtherSort(one, mod),
    );
    const team = merged.findIndex((one) => isTeam(one) && isTeam(mod) && one.not === mod.not);
    if (team >= 0) {
      const old = merged[team]!;
      merged[team] = { ...old, kind: 'either', either: [...(old.either ?? [old]), mod] };
    } else if (same < 0) merged.push(mod);
    else {
      const old = merged[same]!;
      const kind = old.kind === mod.kind ? old.kind : 'place';
      merged[same] = {
        ...old,
        kind,
        values: [...valuesOf(old), ...valuesOf(mod)],
        ids: [...idsOf(old), ...idsOf(mod)],
      };
    }
  }
  return merged;
}

/** "of team data or team security". */
const isTeam = (mod: Mod): boolean =>
  mod.tags?.team !== undefined && Object.keys(mod.tags).length === 1 && /^(tags|either)$/.test(mod.kind);

/** "on worker-1, in prod": a node and a namespace bound together, neither instead of the other. */
function isOfOtherSort(one: Mod, other: Mod): boolean {
  const sorts = (mod: Mod): readonly string[] => idsOf(mod).map((id) => /:([a-z-]+)\//.exec(id)?.[1] ?? '');
  const [mine, theirs] = [sorts(one), sorts(other)];
  return mine.length > 0 && theirs.length > 0 && !mine.some((sort) => theirs.includes(sort));
}

function valuesOf(mod: Mod): readonly string[] {
  return mod.values ?? [mod.word ?? ''];
}

function idsOf(mod: Mod): readonly string[] {
  return mod.ids ?? senseOf(mod.cell, 'name')?.ids ?? [];
}
