// Conditions behind the head of a noun phrase: states, ages, sizes, counts, tags, patterns of names, attributes. Each
// gives a restriction and where the words go on; what none of them knows stays unread and counts against the reading.

import type { Filter } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Mod, Np } from './clause.ts';
import { attributeAt, keyedAt, patternAt, taggedAt } from './nounAttributes.ts';
import { isRunningCount, type NounContext } from './nounContext.ts';
import { createdAt } from './nounDates.ts';
import { statesAt } from './nounLists.ts';
import { placeAt } from './nounPlaces.ts';
import { tagChoiceAt } from './nounTagChoice.ts';
import { modOf } from './restriction.ts';

const comparable: Readonly<Record<string, string>> = { restarts: 'restarts', replicas: 'replicas' };

/** "volumes what are attached to nothing". */
function isRelativeWhat(cx: NounContext, np: Np, index: number): boolean {
  return (
    np.kinds !== undefined &&
    (np.plural || np.quant !== undefined) &&
    /^(what( (is|are))?|thats)$/.test(cx.at(index)!.low)
  );
}

/** "which policies are on": nothing stands behind it. */
const isSwitch = (cx: NounContext, np: Np, index: number): boolean =>
  np.kinds?.[0] === 'policy' &&
  (cx.at(index + 1) === undefined || isWord(cx.at(index + 1), 'stop', 'filler', 'comma'));

/** Conditions: states, ages, sizes, tags, patterns. */
export function postCondition(cx: NounContext, np: Np, from: number): number | undefined {
  const denied = deniedAt(cx, np, from);
  if (denied) {
    np.mods.push(denied.mod);
    return denied.next;
  }
  let index = from;
  let not = false;
  let relative = false;
  while (
    cx.at(index) &&
    !cx.at(index)!.quoted &&
    (isWord(cx.at(index), 'that', 'be', 'not', 'have', 'do') ||
      (relative && cx.at(index)!.low === 'there') ||
      // "that have already completed", "that now run": says nothing of which ones.
      (relative &&
        /^(already|currently|actually|presently|by now|meanwhile|fully|completely|entirely|properly|quite|really)$/.test(
          cx.at(index)!.low,
        )) ||
      // "that carry env=prod"
      (relative &&
        /^(carry|carries|bear|bears|wear|got)$/.test(cx.at(index)!.low) &&
        senseOf(cx.at(index + 1), 'value')?.value.k === 'tags') ||
      isRelativeWhat(cx, np, index) ||
      (relative && isWord(cx.at(index), 'both') && isWord(cx.at(index + 1), 'prep'))) &&
    !(cx.at(index)!.low === 'no' && cx.at(index + 1)?.low === 'matter') &&
    !senseOf(cx.at(index), 'status') &&
    !(senseOf(cx.at(index), 'verb') && !relative && index === from)
  ) {
    if (isWord(cx.at(index), 'not')) not = !not;
    relative = true;
    index++;
  }
  const cell = cx.at(index);
  if (!cell) return undefined;
  const neither = relative ? neitherAt(cx, np, index) : undefined;
  if (neither !== undefined) return neither;
  const status = senseOf(cell, 'status');
  // "see to it that the policy is switched on": to be done, not a state to look for.
  if (cx.seeTo && relative && senseOf(cell, 'verb')?.form === 'ed') return undefined;
  if (
    status &&
    (relative || np.kinds || isWord(cx.at(index - 1), 'prep')) &&
    !(senseOf(cell, 'verb')?.form === 'base' && !relative) &&
    !(
      (cell.low === 'on' && !isSwitch(cx, np, index)) ||
      (cell.low === 'off' && !relative) ||
      cell.low === 'info' ||
      // "running 2 replicas": how many, no state.
      isRunningCount(cx, index)
    )
  ) {
    // "attached nowhere"
    const several = np.kinds ? statesAt(cx, index, not) : undefined;
    if (several) {
      np.mods.push(...several.mods);
      return several.next;
    }
    const isNowhere = status.name === 'used' && cx.at(index + 1)?.low === 'nowhere';
    const word = isNowhere ? 'free' : status.name;
    np.mods.push({ cell, kind: 'status', word, not, post: true });
    // "not used by anybody"
    const isByAny =
      /^(used|free)$/.test(status.name) &&
      cx.at(index + 1)?.low === 'by' &&
      /^(anybody|anyone|any|anything|any one|somebody|someone|something|us|any of us)$/.test(
        cx.at(index + 2)?.low ?? '',
      );
    const isAnyHolder = isByAny && senseOf(cx.at(index + 3), 'kind')?.kinds.includes('vm');
    if (isByAny && (cx.at(index + 2)!.low !== 'any' || isAnyHolder))
      return isAnyHolder ? index + 4 : index + 3;
    return isNowhere ? index + 2 : index + 1;
  }
  const stuck = stuckAt(cx, np, index);
  if (stuck !== undefined) {
    const several = statesAt(cx, stuck, not);
    if (several) {
      np.mods.push(...several.mods);
      return several.next;
    }
    np.mods.push({
      cell: cx.at(stuck)!,
      kind: 'status',
      word: senseOf(cx.at(stuck), 'status')!.name,
      not,
      post: true,
    });
    return stuck + 1;
  }
  // "which vm is the oldest"
  const picks = isWord(cell, 'det') && relative ? index + 1 : index;
  if (relative && np.kinds && senseOf(cx.at(picks), 'extreme')) {
    np.mods.push({ cell: cx.at(picks)!, kind: 'extreme', not, post: true });
    return picks + 1;
  }
  const inState =
    isWord(cell, 'prep') && /^(with|in)$/.test(cell.low) ? senseOf(cx.at(index + 1), 'status') : undefined;
  if (inState && np.kinds && !senseOf(cx.at(index + 1), 'kind') && !senseOf(cx.at(index + 1), 'metric')) {
    const several = statesAt(cx, index + 1, not);
    if (several) {
      np.mods.push(...several.mods);
      return several.next;
    }
    np.mods.push({ cell: cx.at(index + 1)!, kind: 'status', word: inState.name, not, post: true });
    return index + 2;
  }
  const isWished = cx.wishes && np.names.length > 0 && !np.plural && isWord(cx.at(index - 1), 'have');
  const isSet = np.kinds !== undefined && (np.plural || np.quant !== undefined);
  const compared = isWished ? undefined : compareAt(cx, index, relative, isSet);
  if (isWished) return undefined;
  if (compared) {
    np.mods.push({ cell, kind: 'filter', filter: compared.filter, not, post: true });
    return compared.next;
  }
  const created = createdAt(cx, np, index);
  if (created) {
    np.mods.push({ ...created.mod, not });
    return created.next;
  }
  if (isWord(cell, 'tagged') && np.kinds) {
    const value = cx.at(index + 1);
    const bare =
      value &&
      (senseOf(value, 'env') ?? senseOf(value, 'part')) &&
      !isWord(cx.at(index + 2), 'be', 'colon') &&
      senseOf(cx.at(index + 2), 'part') === undefined;
    if (bare && !cx.tagging) {
      np.mods.push({ ...modOf(value, true), not });
      return index + 2;
    }
  }
  const own = relative && index > from ? senseOf(cell, 'value')?.value : undefined;
  // "which have role=ci": what they are known by, also where a tag is to be set.
  if (own?.k === 'tags' && (np.plural || np.quant)) {
    const tags = { ...own.tags };
    let next = index + 1;
    for (; isWord(cx.at(next), 'and', 'comma'); next += 2) {
      const more = senseOf(cx.at(next + 1), 'value')?.value;
      if (more?.k !== 'tags' || not) break;
      Object.assign(tags, more.tags);
    }
    np.mods.push({ cell, kind: 'tags', tags, not, post: true });
    return next;
  }
  const choice = np.kinds && isSet ? tagChoiceAt(cx, index) : undefined;
  if (choice && !cx.tagging) {
    np.mods.push(...choice.mods.map((mod) => ({ ...mod, not: mod.not !== not })));
    return choice.next;
  }
  const keyed = np.kinds && (np.plural || np.quant) ? keyedAt(cx, index, relative) : undefined;
  const tagged = keyed ?? taggedAt(cx, index);
  if (tagged) {
    const isDenied = keyed?.not === true;
    np.mods.push({ cell, kind: 'tags', tags: tagged.tags, not: not !== isDenied, post: true });
    return tagged.next;
  }
  const pattern = cx.logs ? undefined : patternAt(cx, index);
  if (pattern) {
    np.mods.push({ cell, kind: 'glob', word: pattern.glob, not, post: true });
    return pattern.next;
  }
  const attribute = attributeAt(cx, index, relative, np);
  if (attribute) {
    np.mods.push({ cell, kind: 'filter', filter: attribute.filter, not, post: true });
    return attribute.next;
  }
  if (relative) {
    const isOther = not && np.kinds && (np.plural || np.quant) ? senseOf(cell, 'part') : undefined;
    if (
      (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider') ?? isOther) &&
      index > from
    ) {
      np.mods.push({ ...modOf(cell, true), not });
      return index + 1;
    }
    const place = placeAt(cx, index);
    if (place) {
      np.mods.push(...place.mods.map((mod) => ({ ...mod, not: not !== mod.not })));
      return place.next;
    }
  }
  return undefined;
}

/** "that are neither prod nor staging": not the one, and not the other. */
function neitherAt(cx: NounContext, np: Np, from: number): number | undefined {
  if (cx.at(from)?.low !== 'neither' || cx.at(from)!.quoted) return undefined;
  const mods: Mod[] = [];
  let at = from + 1;
  for (;;) {
    while (isWord(cx.at(at), 'prep', 'det')) at++;
    const cell = cx.at(at);
    const isBound = ['env', 'region', 'provider', 'status'].some((sort) =>
      cell?.senses.some(({ t }) => t === sort),
    );
    if (!cell || cell.quoted || !isBound) return undefined;
    mods.push({ ...modOf(cell, true), not: true });
    at++;
    if (!/^(nor|or)$/.test(cx.at(at)?.low ?? '')) break;
    at++;
  }
  np.mods.push(...mods);
  return mods.length > 1 ? at : undefined;
}

/** "stuck in CrashLoopBackOff", "that say pending": where the state is said. */
function stuckAt(cx: NounContext, np: Np, index: number): number | undefined {
  const low = cx.at(index)?.low ?? '';
  const isTold = /^(says?|shows?|reports?|reads?|displays?)$/.test(low) && isWord(cx.at(index - 1), 'that');
  const isStuck =
    isTold ||
    /^(stuck|hanging|hung|sitting|trapped|caught|lingering|looping|ending up|saying|showing|reporting)$/.test(
      low,
    );
  if (!isStuck || !np.kinds || cx.at(index)!.quoted) return undefined;
  let at = index + 1;
  while (/^(in|on|at|with|the|a|an|state)$/.test(cx.at(at)?.low ?? '') && at < index + 4) at++;
  return senseOf(cx.at(at), 'status') && !cx.at(at)!.quoted ? at : undefined;
}

/** Behind "any more", which says nothing of which ones. */
export function noMoreAt(cx: NounContext, at: number): number {
  if (/^(anymore|any ?more|any longer)$/.test(cx.at(at)?.low ?? '')) return at + 1;
  return cx.at(at)?.low === 'any' && /^(more|longer)$/.test(cx.at(at + 1)?.low ?? '') ? at + 2 : at;
}

const nobody = /^(nobody|no one|noone|no-one|nothing|none)$/;

/** "that nobody has attached", "no instance is using", "nobody acked": a state that is denied of everybody. */
function deniedAt(cx: NounContext, np: Np, from: number): { mod: Mod; next: number } | undefined {
  if (!np.kinds) return undefined;
  let at = from;
  while (isWord(cx.at(at), 'that', 'have') && !cx.at(at)!.quoted && at < from + 3) at++;
  const lead = cx.at(at);
  if (!lead || lead.quoted || senseOf(lead, 'name')) return undefined;
  const isHeld = np.kinds.some((kind) => kind === 'volume' || kind === 'floating-ip');
  const noun = cx.at(++at);
  // "no instance": a holder of any sort.
  const isNoHolder =
    lead.low === 'no' &&
    senseOf(noun, 'kind')?.kinds.some((kind) => /^(vm|node|deployment)$/.test(kind)) === true &&
    !senseOf(noun, 'name');
  if (isHeld && lead.low === 'no' && /^(attachments?|holders?|users?|owners?)$/.test(noun?.low ?? ''))
    return { mod: { cell: noun!, kind: 'status', word: 'free', not: false, post: true }, next: at + 1 };
  if (isNoHolder) at++;
  else if (!nobody.test(lead.low)) return undefined;
  while (isWord(cx.at(at), 'be', 'have', 'do') || /^(has|is|ever|currently|yet)$/.test(cx.at(at)?.low ?? ''))
    at++;
  const deed = cx.at(at);
  if (!deed || deed.quoted || senseOf(deed, 'name')) return undefined;
  const state = senseOf(deed, 'status');
  const isUsing =
    /^(use|uses|using|need|needs|hold|holds|holding|attach|mount)$/.test(deed.low) ||
    state?.name === 'used' ||
    isWord(deed, 'attachedTo');
  if (isHeld && isUsing) {
    // "attached to prod": to that one.
    const held = isWord(deed, 'attachedTo') ? at + 1 : cx.at(at + 1)?.low === 'to' ? at + 2 : undefined;
    if (held && cx.at(held) && !isWord(cx.at(held), 'comma', 'stop', 'filler', 'and', 'pronoun'))
      return undefined;
    const end = /^(to|it|them)$/.test(cx.at(at + 1)?.low ?? '') ? at + 2 : at + 1;
    const next = /^need/.test(deed.low) ? end : noMoreAt(cx, end);
    // "nobody has used lately": a bound of its own.
    const rest = cx.at(next);
    if (rest && !isWord(rest, 'comma', 'stop', 'filler', 'and', 'prep', 'colon', 'except', 'close'))
      return undefined;
    return { mod: { cell: deed, kind: 'status', word: 'free', not: false, post: true }, next };
  }
  const isOfThem = state && /^(acked|silenced|used|locked)$/.test(state.name);
  return isOfThem
    ? { mod: { cell: deed, kind: 'status', word: state.name, not: true, post: true }, next: at + 1 }
    : undefined;
}

/** "older than 30 days", "bigger than 100 GB", "with more than 5 restarts", "with 0 replicas". */
function compareAt(
  cx: NounContext,
  from: number,
  relative: boolean,
  isSet = false,
): { filter: Filter; next: number } | undefined {
  let index = from;
  const withWord = isWord(cx.at(index), 'prep', 'of') && /^(with|of|having)$/.test(cx.at(index)!.low);
  if (withWord) index++;
  if (relative && /^restarted|^restarts?$/.test(cx.at(index)?.low ?? '')) index++;
  while (
    (isWord(cx.at(index), 'have', 'filler', 'sizeWord') || (relative && isWord(cx.at(index), 'be'))) &&
    !isWord(cx.at(index), 'more', 'less', 'older', 'newer')
  )
    index++;
  const isRestarted = /^restarted$/.test(cx.at(index)?.low ?? '') && isWord(cx.at(index + 1), 'more', 'less');
  if (isRestarted) index++;
  const cell = cx.at(index);
  const isRun =
    /^(runs?|running|has|have|having|at|on|scaled to)$/.test(cell?.low ?? '') &&
    !isWord(cell, 'more', 'less');
  const behind = isRun ? cx.at(index + 1) : undefined;
  const isCounting = isSet && (isWord(behind, 'more', 'less') || senseOf(behind, 'value') !== undefined);
  if (behind && (isCounting || /^(with|on|at|to|as|only|exactly|just)$/.test(behind.low))) {
    const inner = compareAt(cx, behind.low === 'as' ? index + 2 : index + 1, true);
    if (inner && Object.keys(inner.filter).some((key) => key.startsWith('replicas'))) return inner;
  }
  const special = betweenAt(cx, index) ?? noneAt(cx, index, withWord);
  if (special) return special;
  // "web up to seven replicas": of one thing it says what it is to have.
  const isUpTo = isSet && /^(up to|upto|max|maximum)$/.test(cell?.low ?? '') && !isWord(cell, 'less');
  const more = isWord(cell, 'more', 'older', 'createdBefore');
  const less = isWord(cell, 'less', 'newer', 'createdAfter') || isUpTo;
  if (!more && !less && !(withWord || relative)) return undefined;
  let valueAt = more || less ? index + 1 : index;
  const isBare = /er$/.test(cell?.low ?? '');
  while (
    (isWord(cx.at(valueAt), 'that', 'filler') && /^(than|then|that)$/.test(cx.at(valueAt)!.low)) ||
    (isBare && /^as$/.test(cx.at(valueAt)?.low ?? ''))
  )
    valueAt++;
  const value = senseOf(cx.at(valueAt), 'value')?.value;
  const isMost = isUpTo && value?.k === 'number' && /^max/.test(cell!.low) && (withWord || relative);
  if (!value || (isUpTo && value.k !== 'size' && !isMost)) return undefined;
  const inclusive = /least|>=|≥|minimum|most|<=|≤|max|up ?to|^not? /.test(cell!.low);
  const how = more ? (inclusive ? 'gte' : 'gt') : inclusive ? 'lte' : 'lt';
  if (value.k === 'duration' && (more || less)) {
    const next =
      isWord(cx.at(valueAt + 1), 'older') || /^(old|ago|of age)$/.test(cx.at(valueAt + 1)?.low ?? '')
        ? valueAt + 2
        : valueAt + 1;
    return { filter: { [`age_d_${how}`]: value.seconds / 86_400 }, next };
  }
  if (value.k === 'size') {
    const next = isWord(cx.at(valueAt + 1), 'sizeWord') ? valueAt + 2 : valueAt + 1;
    return { filter: more || less ? { [`size_gb_${how}`]: value.gb } : { size_gb: value.gb }, next };
  }
  if (value.k !== 'number') return undefined;
  if (isWord(cx.at(valueAt + 1), 'times') && /^restart/.test(cx.at(from)?.low ?? ''))
    return {
      filter: more || less ? { [`restarts_${how}`]: value.n } : { restarts: value.n },
      next: valueAt + 2,
    };
  const unit = cx.at(valueAt + 1);
  const field =
    senseOf(unit, 'metric')?.metric === 'restarts'
      ? 'restarts'
      : isWord(unit, 'replicas')
        ? 'replicas'
        : undefined;
  if (field === undefined || !(field in comparable)) return undefined;
  return {
    filter: more || less ? { [`${field}_${how}`]: value.n } : { [field]: value.n },
    next: valueAt + 2,
  };
}

/** "between 50 and 200 GB". */
function betweenAt(cx: NounContext, index: number): { filter: Filter; next: number } | undefined {
  const [lead, low, and, high] = [0, 1, 2, 3].map((step) => cx.at(index + step));
  const isRange = /^between$/.test(lead?.low ?? '') && /^(and|to|-)$/.test(and?.low ?? '');
  const [from, to] = [senseOf(low, 'value')?.value, senseOf(high, 'value')?.value];
  if (!isRange || to?.k !== 'size' || !(from?.k === 'size' || from?.k === 'number')) return undefined;
  // "between 1 and 2 TB": the unit is said once.
  const unit = to.gb / Number(/^[\d.]+/.exec(high!.low)?.[0] ?? to.gb);
  const least = from.k === 'size' ? from.gb : from.n * unit;
  return { filter: { size_gb_gte: least, size_gb_lte: to.gb }, next: index + 4 };
}

/** "with no replicas", "scaled to zero", "with restarts": none, or any at all. */
function noneAt(
  cx: NounContext,
  index: number,
  withWord: boolean,
): { filter: Filter; next: number } | undefined {
  const [first, second, third] = [cx.at(index), cx.at(index + 1), cx.at(index + 2)];
  const isZero = (cell: Cell | undefined): boolean => {
    const value = senseOf(cell, 'value')?.value;
    return value?.k === 'number' && value.n === 0;
  };
  if (/^scaled( down)?$/.test(first?.low ?? '') && /(^| )to$/.test(second?.low ?? '') && isZero(third))
    return { filter: { replicas: 0 }, next: index + 3 };
  const isNone = isWord(first, 'not') && /^(no|none|zero)$/.test(first!.low);
  if (isNone && isWord(second, 'replicas')) return { filter: { replicas: 0 }, next: index + 2 };
  const isAny = withWord && senseOf(first, 'metric')?.metric === 'restarts';
  return isAny && first!.low !== 'restart' ? { filter: { restarts_gt: 0 }, next: index + 1 } : undefined;
}
