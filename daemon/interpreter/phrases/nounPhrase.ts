// Noun phrases: quantifier, restrictions, head, names, and what follows ("in prod", "older than 30 days", "attached
// to db-1", "except the bastion", "and web-2"). The head is the last noun; a noun before it only restricts it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Mod, Np } from './clause.ts';
import { lackingAt } from './nounAttributes.ts';
import { noMoreAt, postCondition } from './nounConditions.ts';
import { createNounContext, emptyNp, isNounish, type NounContext, startsAt } from './nounContext.ts';
import { parseCore } from './nounCore.ts';
import { modelBoundAt } from './nounModelBounds.ts';
import { anywhereAt, placeAt, severalPlacesAt } from './nounPlaces.ts';
import { modOf } from './restriction.ts';

export interface NpParser {
  /** "… except X", said after the rest: takes X out of the phrase. */
  exceptFor(np: Np, at: number): number | undefined;
  /** "… in both namespaces", said after the rest: all that are called so. */
  severalFor(np: Np, at: number): number | undefined;
  startsAt(at: number): boolean;
  /** "… that are running", said after the rest: restricts the phrase. */
  conditionFor(np: Np, at: number): number | undefined;
  parse(at: number): { readonly np: Np; readonly next: number };
  /** "in staging", "on worker-4": a place said of the whole clause. */
  placeAt(at: number): { readonly mods: readonly Mod[]; readonly next: number } | undefined;
}

/** A parser over the cells of a clause. */
export function createNpParser(cells: readonly Cell[], kindOf: (id: string) => string | undefined): NpParser {
  const cx = createNounContext(cells, kindOf);
  return {
    startsAt: (index) => startsAt(cx, index),
    parse: (index) => parse(cx, index),
    placeAt: (index) => placeAt(cx, index),
    conditionFor: (np, index) =>
      isWord(cells[index], 'that') && !cells[index]!.quoted && np.kinds && (np.plural || np.quant)
        ? postCondition(cx, np, index)
        : undefined,
    exceptFor: (np, index) => exceptAt(cx, np, index),
    severalFor: (np, index) => severalAt(cx, np, index),
  };
}

function parse(cx: NounContext, index: number): { np: Np; next: number } {
  const np = emptyNp(index);
  let next = parseCore(cx, np, index);
  next = parsePost(cx, np, next);
  next = parseCoordination(cx, np, next);
  shareExceptions(np);
  return { np, next };
}

/** "all dev and staging vms except jenkins": what is spared behind a list is spared of all of it. */
function shareExceptions(np: Np): void {
  const listed = [np, ...np.also];
  const except = listed.flatMap((one) => one.except);
  if (np.also.length > 0 && except.length > 0)
    for (const one of listed) one.except.push(...except.filter((each) => !one.except.includes(each)));
}

/** What follows the head and restricts it. */
function parsePost(cx: NounContext, np: Np, from: number): number {
  let index = from;
  for (let guard = 0; guard < 60 && index < cx.cells.length; guard++) {
    const step = postAt(cx, np, index);
    if (step === undefined) break;
    for (let taken = index; taken < step; taken++) np.cells.push(cx.at(taken)!);
    index = step;
  }
  return index;
}

function postAt(cx: NounContext, np: Np, index: number): number | undefined {
  const cell = cx.at(index)!;
  // "of the data team that are running": the noun behind its name ends nothing.
  const isTeam = /^(team|crew|squad)$/.test(cell.low) && isWord(cell, 'filler') && !cell.quoted;
  if (isTeam && np.mods.at(-1)?.kind === 'word' && np.mods.at(-1)!.cell === cx.at(index - 1))
    return index + 1;
  // "that are not used any more"; who needs a thing, is for somebody to judge.
  const isJudged = /\bneed/.test(cx.at(index - 1)?.low ?? '');
  const more = np.mods.length > 0 && !isJudged ? noMoreAt(cx, index) : index;
  if (more > index) return more;
  const lacking = np.kinds && (np.plural || np.quant) ? lackingAt(cx, index) : undefined;
  if (lacking) {
    np.mods.push({ cell, kind: 'lacking', word: lacking.key, not: false, post: true });
    return lacking.next;
  }
  const bound = modelBoundAt(cx, np, index);
  if (bound) {
    // "anything with 4 vcpus": only machines have them.
    if (!np.kinds && np.everything) Object.assign(np, { kinds: ['vm'], everything: undefined, quant: 'all' });
    np.mods.push(bound.mod);
    return bound.next;
  }
  if (isWord(cell, 'except')) {
    const except = exceptAt(cx, np, index);
    if (except !== undefined) return except;
  }
  if (isWord(cell, 'comma') && isWord(cx.at(index + 1), 'except')) return exceptAt(cx, np, index + 1);
  if (
    isWord(cell, 'comma', 'and') &&
    isWord(cx.at(index + 1), 'older', 'newer', 'more', 'less', 'createdBefore', 'createdAfter', 'tagged')
  )
    return postCondition(cx, np, index + 1);
  // "in prod and running"
  const state = isWord(cell, 'and') && np.mods.at(-1)?.post ? cx.at(index + 1) : undefined;
  const isLast = cx.at(index + 2) === undefined || isWord(cx.at(index + 2), 'stop', 'filler', 'comma');
  if (np.kinds && isLast && state && senseOf(state, 'status') && senseOf(state, 'verb')?.form !== 'base')
    return postCondition(cx, np, index + 1);
  // "that carry env=prod and are attached"
  const isAlso =
    (isWord(cell, 'and') || cell.low === 'but') && !cell.quoted && np.kinds && np.mods.at(-1)?.post;
  if (
    isAlso &&
    /^(is|are|that are|which are|that is|which is|has|have|that have|which have)$/.test(
      cx.at(index + 1)?.low ?? '',
    )
  ) {
    const also = postCondition(cx, np, index + 1);
    if (also !== undefined) return also;
  }
  // "…, aws only, …"
  const only =
    isWord(cell, 'comma', 'open') && /^only$/.test(cx.at(index + 2)?.low ?? '')
      ? cx.at(index + 1)
      : undefined;
  if (
    only &&
    np.kinds &&
    !only.quoted &&
    (senseOf(only, 'env') ?? senseOf(only, 'region') ?? senseOf(only, 'provider'))
  ) {
    np.mods.push(modOf(only, true));
    return isWord(cell, 'open') && isWord(cx.at(index + 3), 'close') ? index + 4 : index + 3;
  }
  if (isWord(cell, 'comma') && isWord(cx.at(index + 1), 'wherever')) return index + 2;
  const anywhere = isWord(cell, 'comma') && np.kinds ? anywhereAt(cx, index + 1) : undefined;
  if (anywhere !== undefined) return anywhere;
  const several = severalAt(cx, np, index);
  if (several !== undefined) return several;
  const place = placeAt(cx, index);
  if (place && !(senseOf(cell, 'verb') && !isWord(cell, 'prep'))) {
    np.mods.push(...place.mods);
    // "web in all namespaces"
    if (place.mods.length === 0 && np.names.length > 0) np.quant ??= 'all';
    return place.next;
  }
  return postCondition(cx, np, index) ?? ofAt(cx, np, behindRelative(cx, index));
}

/** "web in both namespaces": all that are called so, and so many of them. */
function severalAt(cx: NounContext, np: Np, index: number): number | undefined {
  const several = np.names.length === 1 && !np.plural ? severalPlacesAt(cx, index) : undefined;
  if (!several) return undefined;
  np.quant ??= 'all';
  np.count = several.count;
  return several.next;
}

/** "that are attached to", "are on it": where the relation begins. */
function behindRelative(cx: NounContext, index: number): number {
  let next = index;
  while (isWord(cx.at(next), 'that', 'be', 'have', 'do')) next++;
  const behind = cx.at(next + 1);
  // "that are still on db.t3.medium"
  const isSort = senseOf(behind, 'part') !== undefined && !senseOf(behind, 'name') && !behind!.quoted;
  const isOnIt = isWord(cx.at(next), 'prep') && (isWord(behind, 'pronoun') || isSort);
  return isOnIt || isWord(cx.at(next), 'attachedTo') ? next : index;
}

/** "of db-1", "attached to db-1", "for web". */
function ofAt(cx: NounContext, np: Np, index: number): number | undefined {
  const cell = cx.at(index)!;
  const attached = isWord(cell, 'attachedTo');
  if (
    !attached &&
    !(isWord(cell, 'of') && (np.kinds || np.quant)) &&
    !(
      isWord(cell, 'prep') &&
      /(^|\s)(of|for|from|in|on|inside|behind|about|with)$|^(belonging to|owned by|connected to|used by)$/.test(
        cell.low,
      ) &&
      np.kinds &&
      (np.plural || np.names.length === 0)
    )
  )
    return undefined;
  // "all m5.large instances of the platform team": the names only say of which sort.
  const isShape =
    !attached &&
    np.names.length > 0 &&
    np.names.every(({ ids }) => ids.every((id) => cx.kindOf(id) === 'flavor'));
  if (np.of || (np.names.length > 0 && !attached && !isShape)) return undefined;
  let start = index + 1;
  while ((isWord(cx.at(start), 'filler') || cx.at(start)?.low === 'either') && !startsAt(cx, start)) start++;
  const isAnything = attached && /^(something|anything|someone|anyone)$/.test(cx.at(start)?.low ?? '');
  if (isAnything && np.kinds) {
    np.mods.push({ cell, kind: 'status', word: 'used', not: false, post: true });
    return start + 1;
  }
  if (!startsAt(cx, start) || isWord(cx.at(start), 'except')) return undefined;
  const inner = emptyNp(start);
  const next = parseCore(cx, inner, start);
  // "create a subnet b in it": where it is made.
  if (cx.creating && inner.pronoun && !attached && isWord(cell, 'prep')) return undefined;
  // "attached to a server": to any.
  const isAny = attached && inner.names.length === 0 && inner.kinds !== undefined && inner.mods.length === 0;
  if (isAny && inner.det !== 'definite' && inner.det !== 'demonstrative' && !inner.pronoun) {
    np.mods.push({ cell, kind: 'status', word: 'used', not: false, post: true });
    return next;
  }
  // "all volumes attached to a prod mongo vm": to any of them.
  if (
    attached &&
    (np.plural || np.quant) &&
    inner.det === 'indefinite' &&
    inner.kinds &&
    inner.names.length === 0
  )
    inner.quant ??= 'all';
  const useful =
    inner.names.length > 0 ||
    inner.pronoun !== undefined ||
    (inner.kinds !== undefined && inner.det === 'demonstrative' && !inner.plural && !np.names.length) ||
    (inner.kinds !== undefined && (isWord(cell, 'of') || attached)) ||
    (inner.mods.length > 0 && !np.names.length);
  if (!useful || next === start) return undefined;
  if (
    !attached &&
    isWord(cell, 'prep') &&
    /^(with|from|on)$/.test(cell.low) &&
    !np.plural &&
    (np.det === 'indefinite' || np.missing.length > 0)
  )
    return undefined;
  const end = ownersAt(cx, np, inner, parsePost(cx, inner, next), attached);
  // "machines of production other than worker-1": what is spared is spared of the whole.
  np.except.push(...inner.except.splice(0));
  if (inner.names.length === 0 && !inner.pronoun && !inner.kinds && inner.mods.length > 0) {
    np.mods.push(...inner.mods.map((mod) => ({ ...mod, post: true })));
    return end;
  }
  if (isShape) return undefined;
  np.of = inner;
  return end;
}

/** "all volumes attached to a, b and c": every one of them is an owner. */
function ownersAt(cx: NounContext, np: Np, inner: Np, from: number, isAttached: boolean): number {
  const kindsOf = (ids: readonly string[] = []): string =>
    [...new Set(ids.map((id) => cx.kindOf(id)))].join();
  const kind = kindsOf(inner.names[0]?.ids);
  if (inner.names.length !== 1 || !np.kinds || np.kinds.includes(kind)) return from;
  let index = from;
  // "delete the volumes of a or b": which of them, is to be asked; "all volumes attached to a or b" are those of both.
  const isOrdered = cx.cells.some(
    (cell) => senseOf(cell, 'verb')?.form === 'base' && !cell.quoted && !isWord(cell, 'listCue', 'showCue'),
  );
  const isAny = np.quant === 'all' || np.quant === 'any' || (isAttached && np.plural && np.det === undefined);
  const isOpen = isOrdered ? !isAny : !isAttached;
  const joints = isOpen ? ['and', 'comma'] : ['and', 'comma', 'or'];
  for (;;) {
    let at = index;
    while (isWord(cx.at(at), ...joints) && !cx.at(at)!.quoted) at++;
    // "attached to a or to b"
    if (at > index && /^(to|on|of|from)$/.test(cx.at(at)?.low ?? '') && !isOpen) at++;
    const name = at > index ? senseOf(cx.at(at), 'name') : undefined;
    if (!name || kindsOf(name.ids) !== kind || senseOf(cx.at(at + 1), 'kind')) return index;
    const owner = emptyNp(at);
    owner.names.push({ cell: cx.at(at)!, ids: name.ids, exact: name.exact });
    inner.also.push({ ...owner, cells: [cx.at(at)!] });
    index = at + 1;
  }
}

function exceptAt(cx: NounContext, np: Np, index: number): number | undefined {
  let start = index + 1;
  while (isWord(cx.at(start), 'except', 'filler') && start < cx.cells.length && !isNounish(cx, start))
    start++;
  const place = placeAt(cx, start);
  if (place) {
    np.mods.push(...place.mods.map((mod) => ({ ...mod, not: true })));
    return place.next;
  }
  // "except prod", "unless they are staging": a place by itself, also where a namespace is called so.
  const env = cx.at(start);
  const isPlaceAlone = isEndOf(cx.at(start + 1)) && !env?.quoted && senseOf(env, 'env') !== undefined;
  if (isPlaceAlone && np.kinds && (np.quant || np.plural) && !isWord(cx.at(index), 'instead')) {
    np.mods.push({ ...modOf(env!, true), not: true });
    return start + 1;
  }
  // "except env=prod"
  const value = senseOf(cx.at(start), 'value')?.value;
  if (value?.k === 'tags' && (np.quant || np.plural) && !isWord(cx.at(index), 'instead')) {
    np.mods.push({ cell: cx.at(start)!, kind: 'tags', tags: value.tags, not: true, post: true });
    return start + 1;
  }
  if (!startsAt(cx, start) && !isStateOne(cx, start)) return undefined;
  if (isWord(cx.at(index), 'instead') && !(np.quant || np.plural)) return undefined;
  if (
    !(np.quant || np.plural || np.everything) &&
    !/^(except|excluding|other than|but not|apart from|all but)/.test(cx.at(index)!.low)
  )
    return undefined;
  const inner = emptyNp(start);
  let next = parsePost(cx, inner, parseCore(cx, inner, start));
  next = parseCoordination(cx, inner, next);
  if (next === start || isLackingOther(cx, np, inner, index)) return undefined;
  if (isWord(cx.at(next), 'alone') || isLeftOn(cx, index, next)) next++;
  np.except.push(inner);
  return next;
}

/** "the stopped one" */
function isStateOne(cx: NounContext, at: number): boolean {
  const from = isWord(cx.at(at), 'det') ? at + 1 : at;
  return senseOf(cx.at(from), 'status') !== undefined && isWord(cx.at(from + 1), 'one');
}

/** "vms without a volume called x": what hangs on a thing is no exception of the set; it bounds it. */
function isLackingOther(cx: NounContext, np: Np, inner: Np, index: number): boolean {
  const lead = cx.at(index)!.low;
  const isOther =
    inner.kinds !== undefined &&
    np.kinds !== undefined &&
    !inner.kinds.some((kind) => np.kinds!.includes(kind));
  return isOther && /^(without|with no)$/.test(lead);
}

const isEndOf = (cell: Cell | undefined): boolean =>
  cell === undefined || isWord(cell, 'stop', 'filler', 'close', 'to');

/** "leave the bastion on", "keep web-1 up": as it is. */
function isLeftOn(cx: NounContext, except: number, at: number): boolean {
  return (
    /\b(leave|leaving|keep|keeping)$/.test(cx.at(except)!.low) &&
    /^(on|up|online|alive|powered on|switched on|turned on|up and running|open)$/.test(
      cx.at(at)?.low ?? '',
    ) &&
    (cx.at(at + 1) === undefined || isWord(cx.at(at + 1), 'comma', 'stop', 'filler', 'and'))
  );
}

/** "all cronjobs of prod plus the one in payments": another of that kind, elsewhere. */
function otherOnesAt(cx: NounContext, np: Np, at: number): { np: Np; next: number } | undefined {
  const lead = cx.at(at)!;
  const place =
    /^(the|those|that) ?(ones?)?$/.test(lead.low) && !lead.quoted ? placeAt(cx, at + 1) : undefined;
  if (!place || place.mods.length === 0 || !np.kinds || !isWord(lead, 'pronoun', 'demonstrative'))
    return undefined;
  const plural = /^(the ones|those.*)$/.test(lead.low);
  const { kinds, kindCell } = np;
  const cells = cx.cells.slice(at, place.next);
  const one: Np = {
    ...emptyNp(at),
    kinds,
    kindCell,
    det: 'definite',
    plural,
    count: plural ? undefined : 1,
    mods: [...place.mods],
    cells: [...cells],
  };
  return { np: one, next: place.next };
}

/** "web-1, web-2 and web-3"; "web in prod and cart in staging". */
function parseCoordination(cx: NounContext, np: Np, from: number): number {
  let index = from;
  for (let guard = 0; guard < 100; guard++) {
    let start = index;
    while (
      isWord(cx.at(start), 'and', 'comma', 'or') ||
      (start > index && isWord(cx.at(start), 'filler', 'not') && !startsAt(cx, start))
    )
      start++;
    const listed = start > index;
    const kinds = (ids: readonly string[]): string => cx.kindOf(ids[0] ?? '') ?? '';
    const bare =
      !listed &&
      kinds(senseOf(cx.at(start), 'name')?.ids ?? []) ===
        kinds([np, ...np.also].at(-1)!.names.at(-1)?.ids ?? []) &&
      senseOf(cx.at(start), 'name') &&
      (np.names.length > 0 || np.also.length > 0) &&
      !cx.at(start)!.quoted;
    if (
      (!listed && !bare) ||
      !startsAt(cx, start) ||
      (senseOf(cx.at(start), 'verb') && !senseOf(cx.at(start), 'name') && !senseOf(cx.at(start), 'part')) ||
      isWord(cx.at(start), 'except')
    )
      break;
    const other = listed ? otherOnesAt(cx, np, start) : undefined;
    if (other) {
      np.also.push(other.np);
      index = other.next;
      continue;
    }
    if (isWord(cx.at(start), 'pronoun') && listed) break;
    // "prod vms, snap each"
    if (
      senseOf(cx.at(start), 'verb')?.form === 'base' &&
      /^(each|them|all)$/.test(cx.at(start + 1)?.low ?? '')
    )
      break;
    const inner = emptyNp(start);
    const next = parsePost(cx, inner, parseCore(cx, inner, start));
    if (next === start) break;
    if (isWord(cx.at(index), 'and', 'comma') && cx.at(start - 1) && isWord(cx.at(start - 1), 'not'))
      np.except.push(inner);
    else np.also.push(inner);
    if (isWord(cx.at(index), 'or') && inner.names.length > 0) np.either = true;
    index = next;
  }
  return index;
}
