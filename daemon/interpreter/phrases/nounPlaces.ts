// Places: "in prod", "outside staging", "-n payments", "from the data team", "on worker-4". A place restricts a noun
// phrase or a whole clause; several of one sort mean any of them, and "in all namespaces" restricts nothing.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Mod } from './clause.ts';
import { isPlace, isPlaceKind, type NounContext } from './nounContext.ts';
import { mergePlaces, modOf } from './restriction.ts';

/** "in prod", "outside staging", "-n payments", "from the data team". */
export function placeAt(cx: NounContext, from: number): { mods: readonly Mod[]; next: number } | undefined {
  const cell = cx.at(from);
  if (!cell || cell.quoted) return undefined;
  const flag = senseOf(cell, 'value')?.value;
  if (flag?.k === 'flag') return flagPlace(cell, flag, from);
  if (isWord(cell, 'prep') && isWord(cx.at(from + 1), 'everyNs')) return { mods: [], next: from + 2 };
  if (isWord(cell, 'wherever')) return { mods: [], next: from + 1 };
  const aside = isWord(cell, 'comma', 'open', 'colon') ? asideAt(cx, from) : undefined;
  if (aside !== undefined) return { mods: [], next: aside };
  const nowhere = noMatterAt(cx, from);
  if (nowhere !== undefined) return { mods: [], next: nowhere };
  const anywhere = isWord(cell, 'prep') ? anywhereAt(cx, from + 1) : undefined;
  if (anywhere !== undefined) return { mods: [], next: anywhere };
  const off = offAt(cx, from);
  if (off) return off;
  const outside = isWord(cell, 'outside');
  const noun = cx.at(isWord(cx.at(from + 1), 'det') ? from + 2 : from + 1);
  const ofPlace =
    isWord(cell, 'of') && /^(zone|az|region|environment|env|datacenter|team)$/.test(noun?.low ?? '');
  // "count by us-east-1"
  const isBy = cell.low === 'by' && (senseOf(noun, 'env') ?? senseOf(noun, 'region')) !== undefined;
  if (
    !outside &&
    !ofPlace &&
    !isBy &&
    !(
      isWord(cell, 'prep') &&
      /(^|\s)(in|on|at|from|within|inside|under|across|of|for|via)$|^(belonging to|belong to|belongs to|that belongs to|that belong to|which belong to|owned by|connected to)$/.test(
        cell.low,
      )
    )
  )
    return undefined;
  return placesAt(cx, from + 1, outside, cell.low);
}

/** ", any ns", "(all namespaces)", ", cluster-wide": set apart at the end, and it restricts nothing. */
function asideAt(cx: NounContext, from: number): number | undefined {
  const first = cx.at(from + 1);
  if (!first || first.quoted) return undefined;
  const next =
    isWord(first, 'everyNs', 'wherever') && !isWord(first, 'prep')
      ? from + 2
      : isWord(first, 'all', 'any') || isWord(first, 'prep')
        ? anywhereAt(cx, isWord(first, 'prep') ? from + 2 : from + 1)
        : noMatterAt(cx, from + 1);
  if (next === undefined) return undefined;
  const end = isWord(cx.at(from), 'open') && isWord(cx.at(next), 'close') ? next + 1 : next;
  const isEnd = cx.at(end) === undefined || isWord(cx.at(end), 'stop', 'comma', 'filler', 'close', 'and');
  return isEnd ? end : undefined;
}

/** "all vms off esx-02": those that are there. */
function offAt(cx: NounContext, from: number): { mods: readonly Mod[]; next: number } | undefined {
  if (!/^(off|off of|out of|away from)$/.test(cx.at(from)!.low)) return undefined;
  let at = from + 1;
  while (isWord(cx.at(at), 'det') || senseOf(cx.at(at), 'kind')?.kinds.includes('host')) at++;
  const cell = cx.at(at);
  const ids = senseOf(cell, 'name')?.ids ?? [];
  const isHost = ids.length > 0 && ids.every((id) => /^(host|node)$/.test(cx.kindOf(id) ?? ''));
  if (!cell || cell.quoted || !isHost) return undefined;
  return { mods: [{ cell, kind: 'place', ids, word: cell.low, not: false, post: true }], next: at + 1 };
}

const placeNoun =
  /^(namespaces?|ns|regions?|zones?|az|clusters?|clouds?|accounts?|environments?|envs?|projects?|systems?|fleet|platform|infrastructure|infra|datacenters?|estate|providers?|place)$/;

/** "no matter which ns", "regardless of the region". */
function noMatterAt(cx: NounContext, from: number): number | undefined {
  let index = from;
  const lead = cx.at(index);
  if (!lead || lead.quoted) return undefined;
  if (lead.low === 'no' && cx.at(index + 1)?.low === 'matter') index += 2;
  else if (/^(regardless|irrespective|independent)$/.test(lead.low) && cx.at(index + 1)?.low === 'of')
    index += 2;
  else if (/^(regardless|irrespective|independent) of$/.test(lead.low)) index++;
  else return undefined;
  while (/^(in|on|from|which|what|the|whose)$/.test(cx.at(index)?.low ?? '')) index++;
  return placeNoun.test(cx.at(index)?.low ?? '') && !senseOf(cx.at(index), 'name') ? index + 1 : undefined;
}

/** "all namespaces", "the whole cluster": a place that restricts nothing. */
export function anywhereAt(cx: NounContext, from: number): number | undefined {
  let index = from;
  while (
    isWord(cx.at(index), 'det', 'all', 'any', 'demonstrative') ||
    /^(whole|entire|our)$/.test(cx.at(index)?.low ?? '')
  )
    index++;
  if (index === from || !placeNoun.test(cx.at(index)?.low ?? '')) return undefined;
  const next = cx.at(index + 1);
  // "from the platform team's servers": whose they are, and no place.
  const isWhose = isWord(next, 'possessive') || /^(team|teams|crew|squad)$/.test(next?.low ?? '');
  const isBound =
    isWhose || ['name', 'part', 'env', 'region'].some((sort) => next?.senses.some(({ t }) => t === sort));
  return isBound ? undefined : index + 1;
}

/** "web in both namespaces", "in all three regions": one in each of so many places. */
export function severalPlacesAt(cx: NounContext, from: number): { count: number; next: number } | undefined {
  const lead = cx.at(from);
  if (!isWord(lead, 'prep') || lead!.quoted || !/^(in|across|on|for|from|of)$/.test(lead!.low))
    return undefined;
  let index = from + 1;
  while (isWord(cx.at(index), 'det', 'all', 'of') && !isWord(cx.at(index), 'both')) index++;
  const value = senseOf(cx.at(index), 'value')?.value;
  const count = isWord(cx.at(index), 'both') ? 2 : value?.k === 'number' ? value.n : undefined;
  if (count === undefined || count < 2) return undefined;
  index++;
  while (isWord(cx.at(index), 'det', 'of')) index++;
  return /^(namespaces|regions|environments|envs|zones|clusters|clouds)$/.test(cx.at(index)?.low ?? '')
    ? { count, next: index + 1 }
    : undefined;
}

function placesAt(
  cx: NounContext,
  from: number,
  outside: boolean,
  prep: string,
): { mods: readonly Mod[]; next: number } | undefined {
  const mods: Mod[] = [];
  let index = from;
  let label = listedTeams(cx, from);
  for (;;) {
    const one = onePlace(cx, index, outside, prep, label);
    if (!one) break;
    mods.push(one.mod);
    label = one.label ?? label;
    index = one.next;
    const joined = isWord(cx.at(index), 'and', 'or', 'comma');
    const again =
      joined &&
      isWord(cx.at(index + 1), 'prep') &&
      /^(in|on|from)$/.test(cx.at(index + 1)!.low) &&
      onePlace(cx, index + 2, outside, prep, undefined) &&
      !senseOf(cx.at(index + 3), 'kind');
    if (again) index += 2;
    else if (joined && onePlace(cx, index + 1, outside, prep, label) && !thingFollows(cx, index + 1)) index++;
    else if (!onePlace(cx, index, outside, prep, undefined) || mods.length > 4) break;
  }
  return mods.length > 0 ? { mods: mergePlaces(mods), next: index } : undefined;
}

/** "of the platform and data teams": the noun behind all of them. */
function listedTeams(cx: NounContext, from: number): string | undefined {
  let index = isWord(cx.at(from), 'det') ? from + 1 : from;
  const first = index;
  while (senseOf(cx.at(index), 'part') && isWord(cx.at(index + 1), 'and', 'comma', 'or')) index += 2;
  return index > first && senseOf(cx.at(index), 'part') && /^teams$/.test(cx.at(index + 1)?.low ?? '')
    ? 'team'
    : undefined;
}

/** "in prod and checkout in staging": the word after "and" is a thing with a place of its own. */
function thingFollows(cx: NounContext, index: number): boolean {
  return (
    isWord(cx.at(index + 1), 'prep') &&
    /^(in|to|on)$/.test(cx.at(index + 1)!.low) &&
    !senseOf(cx.at(index), 'env') &&
    !senseOf(cx.at(index), 'region')
  );
}

function onePlace(
  cx: NounContext,
  from: number,
  outside: boolean,
  prep: string,
  before: string | undefined,
): { mod: Mod; next: number; label?: string } | undefined {
  let index = from;
  let noun: readonly string[] | undefined;
  while (
    isWord(cx.at(index), 'det', 'filler') &&
    !/^(to|team|env)$/.test(cx.at(index)!.low) &&
    !senseOf(cx.at(index), 'name')
  )
    index++;
  const head = senseOf(cx.at(index), 'kind');
  if (
    (head?.kinds.some((kind) => isPlaceKind(kind)) && !senseOf(cx.at(index), 'name')) ||
    /^(region|zone|az|project|environment|env|team|datacenter)s?$/.test(cx.at(index)?.low ?? '')
  ) {
    noun = head?.kinds ?? [cx.at(index)!.low.replace(/s$/, '')];
    index++;
  }
  const cell = cx.at(index);
  if (!cell || (cell.quoted && !noun) || isWord(cell, 'except', 'outside', 'stays')) return undefined;
  const name = senseOf(cell, 'name');
  const afterNoun =
    senseOf(cx.at(index + 1), 'kind')?.kinds.find((kind) => isPlaceKind(kind)) ??
    (/^(region|environment|env|team|zone|account|teams)$/.test(cx.at(index + 1)?.low ?? '') ||
    isSide(cx, index)
      ? cx.at(index + 1)!.low.replace(/s$/, '')
      : undefined);
  const next = noun || afterNoun === undefined ? index + 1 : index + 2;
  const label = noun?.[0] ?? afterNoun ?? (isWord(cell, 'det', 'all') ? undefined : before);
  if (
    senseOf(cx.at(index + 1), 'kind') &&
    afterNoun === undefined &&
    !noun &&
    !senseOf(cell, 'env') &&
    !senseOf(cell, 'region') &&
    !senseOf(cell, 'provider')
  )
    return undefined;
  if (
    !noun &&
    afterNoun === undefined &&
    /^(of|for)$/.test(prep) &&
    !senseOf(cell, 'env') &&
    !senseOf(cell, 'region')
  )
    return undefined;
  const value = senseOf(cell, 'value')?.value;
  // "in env=dev"
  if (value?.k === 'tags' && /^(in|of|from|within|across)$/.test(prep) && !cx.tagging)
    return { mod: { cell, kind: 'tags', tags: value.tags, not: outside, post: true }, next: index + 1 };
  const mod = modOf(cell, true);
  if (label === 'team' && !senseOf(cell, 'name'))
    return { mod: { ...mod, kind: 'tags', tags: { team: cell.low }, not: outside }, next };
  if (mod.kind === 'env' || mod.kind === 'region' || mod.kind === 'provider') {
    const thing =
      senseOf(cx.at(next), 'kind') ?? senseOf(cx.at(next), 'name') ?? senseOf(cx.at(next), 'part');
    if (
      thing &&
      afterNoun === undefined &&
      !noun &&
      prep !== 'in' &&
      !(senseOf(cx.at(next), 'env') || senseOf(cx.at(next), 'region'))
    )
      return undefined;
    return { mod: { ...mod, not: outside }, next };
  }
  if (name && (label !== undefined || isPlace(cx, name.ids)))
    return { mod: { ...mod, kind: 'place', ids: name.ids, word: cell.low, not: outside }, next };
  if (label !== undefined && label !== 'team')
    return {
      mod: { ...mod, kind: 'place', ids: [], word: cell.low, values: undefined, not: outside },
      next,
      label,
    };
  return undefined;
}

/** "on the amazon side", "in our openstack cloud" */
const isSide = (cx: NounContext, at: number): boolean =>
  /^(side|cloud|land|world|estate|half|part)$/.test(cx.at(at + 1)?.low ?? '') &&
  (senseOf(cx.at(at), 'provider') ?? senseOf(cx.at(at), 'region') ?? senseOf(cx.at(at), 'env')) !== undefined;

function flagPlace(
  cell: Cell,
  flag: { flag: string; value: string },
  from: number,
): { mods: readonly Mod[]; next: number } | undefined {
  const low = flag.value.toLowerCase();
  switch (flag.flag) {
    case '-n':
    case '--namespace':
      return {
        mods: [{ cell, kind: 'place', ids: [], word: low, not: false, post: true }],
        next: from + 1,
      };
    case '--region':
      return { mods: [{ cell, kind: 'region', values: [low], not: false, post: true }], next: from + 1 };
    case '--all-namespaces':
    case '--all-regions':
      return { mods: [], next: from + 1 };
    case '-l':
    case '--selector': {
      const tags = Object.fromEntries(
        flag.value.split(',').map((pair) => pair.split('=', 2) as [string, string]),
      );
      return Object.values(tags).every((value) => value !== undefined)
        ? { mods: [{ cell, kind: 'tags', tags, not: false, post: true }], next: from + 1 }
        : undefined;
    }
    default:
      return undefined;
  }
}
