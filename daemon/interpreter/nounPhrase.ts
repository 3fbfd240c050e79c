// Noun phrases: quantifier, restrictions, head, names, and what follows ("in prod", "older than 30 days", "attached
// to db-1", "except the bastion", "and web-2"). The head is the last noun; a noun before it only restricts it.

import type { Filter } from '../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from './cells.ts';
import type { Mod, Np } from './clause.ts';
import { singular } from './spelling.ts';

export interface NpParser {
  /** "… except X", said after the rest: takes X out of the phrase. */
  exceptFor(np: Np, at: number): number | undefined;
  startsAt(at: number): boolean;
  parse(at: number): { readonly np: Np; readonly next: number };
  /** "in staging", "on worker-4": a place said of the whole clause. */
  placeAt(at: number): { readonly mods: readonly Mod[]; readonly next: number } | undefined;
}

const placeKinds = new Set(['namespace', 'node', 'cluster', 'network', 'subnet', 'host', 'datastore']);
const comparable: Readonly<Record<string, string>> = { restarts: 'restarts', replicas: 'replicas' };

export function createNpParser(cells: readonly Cell[], kindOf: (id: string) => string | undefined): NpParser {
  const at = (index: number): Cell | undefined => cells[index];
  const creating = cells.some(
    (cell) =>
      !cell.quoted &&
      /^(create|provision|set up|setup|allocate|generate)$/.test(senseOf(cell, 'verb')?.phrase ?? ''),
  );
  /** A clause that sets tags says them as what to set, not as what to look for. */
  const tagging = cells.some(
    (cell) =>
      !cell.quoted &&
      /tag|label|mark|annotate|set|put|add|stick|apply|assign/.test(senseOf(cell, 'verb')?.phrase ?? ''),
  );

  function isNounish(index: number): boolean {
    const cell = at(index);
    if (!cell) return false;
    return (
      ['kind', 'name', 'part', 'prefix', 'glob', 'env', 'region', 'provider'].some((type) =>
        cell.senses.some((sense) => sense.t === type),
      ) || isIdentifier(cell)
    );
  }

  /** A status word only begins a noun phrase when a noun follows. */
  function leadsToNoun(index: number): boolean {
    for (let next = index; next < index + 6; next++) {
      const cell = at(next);
      if (!cell) return false;
      if (isNounish(next)) return true;
      if (
        !(
          senseOf(cell, 'status') ||
          isWord(
            cell,
            'det',
            'all',
            'any',
            'both',
            'demonstrative',
            'last',
            'of',
            'other',
            'current',
            'filler',
            'that',
            'comma',
            'and',
          ) ||
          isPlainUnknown(cell) ||
          senseOf(cell, 'value')?.value.k === 'number' ||
          senseOf(cell, 'value')?.value.k === 'tags'
        )
      )
        return false;
    }
    return false;
  }

  function startsAt(index: number): boolean {
    const cell = at(index);
    if (!cell) return false;
    if (cell.quoted) return senseOf(cell, 'name') !== undefined;
    if (isWord(cell, 'pronoun', 'other', 'everything')) return true;
    if (isNounish(index))
      return (
        !senseOf(cell, 'metric') || senseOf(cell, 'kind') !== undefined || senseOf(cell, 'name') !== undefined
      );
    if (isWord(cell, 'their')) return true;
    if (senseOf(cell, 'status') && !isWord(cell, 'prep') && leadsToNoun(index + 1)) return true;
    if (senseOf(cell, 'verb')) return false;
    if (isWord(cell, 'all', 'both', 'any', 'demonstrative') || senseOf(cell, 'status'))
      return leadsToNoun(index + 1) || (isWord(cell, 'demonstrative', 'all', 'both') && cell.low !== 'each');
    if (isWord(cell, 'det')) return leadsToNoun(index + 1);
    if (isWord(cell, 'except')) return leadsToNoun(index + 1) && !isWord(cell, 'instead');
    if (
      senseOf(cell, 'value')?.value.k === 'number' &&
      cells[index + 1] &&
      (senseOf(at(index + 1), 'kind')?.plural ||
        (isWord(at(index + 1), 'filler', 'other') && senseOf(at(index + 2), 'kind')?.plural) ||
        (senseOf(at(index + 1), 'status') && senseOf(at(index + 2), 'kind')) ||
        (senseOf(at(index + 1), 'name') && senseOf(at(index + 2), 'kind')?.plural))
    )
      return true;
    return isWord(cell, 'last') && leadsToNoun(index + 1);
  }

  function emptyNp(index: number): Np {
    return { at: index, names: [], missing: [], plural: false, mods: [], except: [], also: [], cells: [] };
  }

  function parse(index: number): { np: Np; next: number } {
    const np = emptyNp(index);
    let next = parseCore(np, index);
    next = parsePost(np, next);
    next = parseCoordination(np, next);
    return { np, next };
  }

  /** Quantifier, restrictions, names and head. */
  function parseCore(np: Np, from: number): number {
    let index = from;
    for (; index < cells.length; index++) {
      const cell = at(index)!;
      if (takeQuantifier(np, cell, index)) {
        np.cells.push(cell);
        if (np.pronoun && isWord(cell, 'pronoun', 'demonstrative') && !isWord(at(index + 1), 'one'))
          return index + 1;
        continue;
      }
      if (isWord(cell, 'possessive') && (np.names.length > 0 || np.kinds || np.mods.length > 0)) {
        const of = { ...np };
        const fresh = emptyNp(np.at);
        Object.assign(np, {
          quant: undefined,
          count: undefined,
          det: 'definite',
          pronoun: undefined,
          names: [],
          missing: [],
          kinds: undefined,
          kindCell: undefined,
          plural: false,
          mods: [],
          of,
          cells: fresh.cells,
        });
        continue;
      }
      if (isWord(cell, 'their') && np.cells.length === 0) {
        const pronoun = cell.low === 'their' ? 'them' : 'it';
        if (!leadsToNoun(index + 1)) {
          np.pronoun = pronoun;
          np.cells.push(cell);
          return index + 1;
        }
        np.of = { ...emptyNp(index), pronoun, cells: [cell] };
        np.det = 'definite';
        continue;
      }
      if (
        isWord(cell, 'filler') &&
        cell.words === 1 &&
        np.cells.length > 0 &&
        isNounish(index + 1) &&
        !isWord(cell, 'prep') &&
        cell.low !== 'to'
      )
        continue;
      if (!takeNoun(np, cell, index)) break;
      np.cells.push(cell);
    }
    return index;
  }

  function takeQuantifier(np: Np, cell: Cell, index: number): boolean {
    if (cell.quoted || (senseOf(cell, 'name')?.exact && !isWord(cell, 'all'))) return false;
    if (isWord(cell, 'everything')) {
      np.everything = true;
      np.quant = 'all';
      return true;
    }
    if (np.kinds || np.names.length > 0) {
      if (!isWord(cell, 'pronoun') && !isWord(cell, 'all')) return false;
      return false;
    }
    if (isWord(cell, 'other')) {
      np.pronoun = 'other';
      return true;
    }
    if (isWord(cell, 'all')) np.quant = 'all';
    else if (isWord(cell, 'any')) np.quant = 'any';
    else if (isWord(cell, 'both')) {
      np.quant = 'both';
      np.count = 2;
    } else if (isWord(cell, 'pronoun') && !isNounish(index)) {
      np.pronoun =
        /^(them|all of them|both of them|they|the same ones|these ones|those ones|each of them)$/.test(
          cell.low,
        )
          ? 'them'
          : 'it';
    } else if (isWord(cell, 'demonstrative')) {
      np.det = 'demonstrative';
      if (!leadsToNoun(index + 1)) np.pronoun = /^(these|those)$/.test(cell.low) ? 'them' : 'it';
    } else if (isWord(cell, 'det')) np.det = /^(a|an|some)$/.test(cell.low) ? 'indefinite' : 'definite';
    else if (isWord(cell, 'last') && leadsToNoun(index + 1)) np.last = true;
    else if (isWord(cell, 'of') && np.quant) return true;
    else if (isWord(cell, 'one') && index > np.at) np.pronoun ??= undefined;
    else if (
      senseOf(cell, 'value')?.value.k === 'number' &&
      leadsToNoun(index + 1) &&
      !senseOf(cell, 'name') &&
      np.mods.length === 0
    )
      np.count = (senseOf(cell, 'value')!.value as { n: number }).n;
    else return false;
    return true;
  }

  /** Whether the cell is part of the core, and puts it where it belongs. */
  function takeNoun(np: Np, cell: Cell, index: number): boolean {
    const name = senseOf(cell, 'name');
    const kind = senseOf(cell, 'kind');
    if (cell.quoted) {
      if (!name) return false;
      np.names.push({ cell, ids: name.ids, exact: name.exact });
      return true;
    }
    if (senseOf(cell, 'metric') && !kind && !name) return false;
    if (kind && !(kind.short && name)) return takeKind(np, cell, index, kind);
    const closed = np.kinds !== undefined && np.names.length > 0;
    if (name) {
      if (closed && !cell.low.includes('-')) return false;
      if (np.names.length > 0 && !senseOf(at(index + 1), 'kind') && !isPlace(name.ids)) return false;
      if (
        np.names.length === 0 &&
        isPlace(name.ids) &&
        !ownKindFollows(name.ids, index + 1) &&
        (senseOf(cell, 'env') || leadsToNoun(index + 1)) &&
        nounFollows(index + 1)
      )
        np.mods.push(modOf(cell, false));
      else np.names.push({ cell, ids: name.ids, exact: name.exact && !cell.repaired });
      return true;
    }
    if (closed) return false;
    const verb = senseOf(cell, 'verb');
    if (verb && !senseOf(cell, 'part') && !senseOf(cell, 'status')) return false;
    if (np.kinds && (senseOf(cell, 'env') || senseOf(cell, 'region') || senseOf(cell, 'provider'))) {
      np.mods.push(modOf(cell, false));
      return true;
    }
    if (np.kinds && senseOf(cell, 'status') && !isWord(cell, 'prep')) {
      np.mods.push(modOf(cell, false));
      return true;
    }
    if (
      ['env', 'region', 'provider', 'prefix', 'glob', 'part', 'status'].some((type) =>
        cell.senses.some((sense) => sense.t === type),
      )
    ) {
      if (senseOf(cell, 'status') && !leadsToNoun(index) && np.cells.length === 0) return false;
      if (
        isWord(cell, 'prep', 'and', 'or', 'of', 'det', 'afterwards') &&
        !senseOf(cell, 'env') &&
        !senseOf(cell, 'region')
      )
        return false;
      if (
        isWord(cell, 'prep', 'be', 'and', 'comma', 'filler') &&
        !nounFollows(index + 1) &&
        !senseOf(cell, 'part')
      )
        return false;
      np.mods.push(modOf(cell, false));
      return true;
    }
    const value = senseOf(cell, 'value')?.value;
    if (value?.k === 'tags' && nounFollows(index + 1)) {
      np.mods.push({ cell, kind: 'tags', tags: value.tags, not: false, post: false });
      return true;
    }
    if (isIdentifier(cell) && !closed) {
      np.missing.push(cell);
      return true;
    }
    if (isWord(cell, 'one') && np.cells.length > 0 && !np.kinds) {
      np.pronoun ??= cell.low === 'ones' ? 'them' : 'it';
      return true;
    }
    if (isPlainUnknown(cell) && nounFollows(index + 1) && np.cells.length > 0 && !np.kinds) {
      np.mods.push({ cell, kind: 'unknown', not: false, post: false });
      return true;
    }
    return false;
  }

  function takeKind(
    np: Np,
    cell: Cell,
    index: number,
    kind: { kinds: readonly string[]; plural: boolean; short?: boolean },
  ): boolean {
    if (np.kinds && np.kindCell) {
      // What stands behind the kind of a thing to be made is its name.
      if (creating && np.names.length === 0 && !kind.short) return false;
      // "postgres statefulset pods": the noun before the last one says whose they are.
      if (np.names.length > 0 && np.kinds.join() !== kind.kinds.join())
        np.of = {
          ...emptyNp(np.at),
          names: np.names,
          kinds: np.kinds,
          kindCell: np.kindCell,
          mods: [],
          cells: [...np.cells],
        };
      if (np.of?.names.length && np.of.names === np.names) np.names = [];
    }
    if (np.kinds && np.kindCell && np.names.length === 0 && !np.of) {
      // Two nouns that cannot be the same thing: the first bounds the set in a way that is not known.
      const common = kind.kinds.filter((one) => np.kinds!.includes(one));
      if (common.length === 0 && np.kinds.length > 0)
        np.mods.push({ cell: np.kindCell, kind: 'unknown', not: false, post: false });
    }
    np.kinds = kind.kinds;
    np.kindCell = cell;
    np.plural =
      kind.plural ||
      (kind.short === true &&
        np.names.length === 0 &&
        !(senseOf(at(index + 1), 'name') ?? senseOf(at(index + 1), 'prefix')) &&
        !np.det);
    return true;
  }

  function nounFollows(index: number): boolean {
    const cell = at(index);
    if (!cell) return false;
    if (isNounish(index)) return true;
    return (
      isWord(cell, 'one') ||
      ((senseOf(cell, 'status') !== undefined ||
        isPlainUnknown(cell) ||
        isWord(cell, 'one') ||
        senseOf(cell, 'value')?.value.k === 'tags') &&
        isNounishSoon(index + 1))
    );
  }

  function isNounishSoon(index: number): boolean {
    return (
      isNounish(index) ||
      isWord(at(index), 'one') ||
      (at(index) !== undefined && senseOf(at(index), 'status') !== undefined && isNounish(index + 1))
    );
  }

  /** "the worker-1 node": the noun behind a name says what it is. */
  function ownKindFollows(ids: readonly string[], index: number): boolean {
    const kinds = senseOf(at(index), 'kind')?.kinds ?? [];
    return ids.some((id) => kinds.includes(kindOf(id) ?? ''));
  }

  function isPlace(ids: readonly string[]): boolean {
    return ids.length > 0 && ids.some((id) => placeKinds.has(kindOf(id) ?? ''));
  }

  /** What follows the head and restricts it. */
  function parsePost(np: Np, from: number): number {
    let index = from;
    for (let guard = 0; guard < 60 && index < cells.length; guard++) {
      const step = postAt(np, index);
      if (step === undefined) break;
      for (let taken = index; taken < step; taken++) np.cells.push(at(taken)!);
      index = step;
    }
    return index;
  }

  function postAt(np: Np, index: number): number | undefined {
    const cell = at(index)!;
    if (isWord(cell, 'except')) {
      const except = exceptAt(np, index);
      if (except !== undefined) return except;
    }
    if (isWord(cell, 'comma') && isWord(at(index + 1), 'except')) return exceptAt(np, index + 1);
    if (
      isWord(cell, 'comma', 'and') &&
      isWord(at(index + 1), 'older', 'newer', 'more', 'less', 'createdBefore', 'createdAfter', 'tagged')
    )
      return postCondition(np, index + 1);
    const anywhere = isWord(cell, 'comma') && np.kinds ? anywhereAt(index + 1) : undefined;
    if (anywhere !== undefined) return anywhere;
    const place = placeAt(index);
    if (place && !(senseOf(cell, 'verb') && !isWord(cell, 'prep'))) {
      np.mods.push(...place.mods);
      return place.next;
    }
    return postCondition(np, index) ?? ofAt(np, index);
  }

  /** "of db-1", "attached to db-1", "for web". */
  function ofAt(np: Np, index: number): number | undefined {
    const cell = at(index)!;
    const attached = isWord(cell, 'attachedTo');
    if (
      !attached &&
      !(isWord(cell, 'of') && (np.kinds || np.quant)) &&
      !(
        isWord(cell, 'prep') &&
        /^(of|for|belonging to|owned by|part of|made from|based on|built from|from|in|on|connected to|inside|used by|behind|about|running on|with)$/.test(
          cell.low,
        ) &&
        np.kinds &&
        (np.plural || np.names.length === 0)
      )
    )
      return undefined;
    if (np.of || (np.names.length > 0 && !attached)) return undefined;
    let start = index + 1;
    while (isWord(at(start), 'filler') && !startsAt(start)) start++;
    if (!startsAt(start) || isWord(at(start), 'except')) return undefined;
    const inner = emptyNp(start);
    const next = parseCore(inner, start);
    const useful =
      inner.names.length > 0 ||
      inner.pronoun !== undefined ||
      (inner.kinds !== undefined && (isWord(cell, 'of') || attached)) ||
      (inner.mods.length > 0 && !np.names.length);
    if (!useful || next === start) return undefined;
    if (
      !attached &&
      isWord(cell, 'prep') &&
      /^(with|from|on)$/.test(cell.low) &&
      !np.plural &&
      np.det === 'indefinite'
    )
      return undefined;
    const end = parsePost(inner, next);
    if (inner.names.length === 0 && !inner.pronoun && !inner.kinds && inner.mods.length > 0) {
      np.mods.push(...inner.mods.map((mod) => ({ ...mod, post: true })));
      return end;
    }
    np.of = inner;
    return end;
  }

  function exceptAt(np: Np, index: number): number | undefined {
    let start = index + 1;
    while (isWord(at(start), 'except', 'filler') && start < cells.length && !isNounish(start)) start++;
    const place = placeAt(start);
    if (place) {
      np.mods.push(...place.mods.map((mod) => ({ ...mod, not: true })));
      return place.next;
    }
    if (!startsAt(start)) return undefined;
    if (isWord(at(index), 'instead') && !(np.quant || np.plural)) return undefined;
    if (
      !(np.quant || np.plural || np.everything) &&
      !/^(except|excluding|other than|but not|apart from|all but)/.test(at(index)!.low)
    )
      return undefined;
    const inner = emptyNp(start);
    let next = parsePost(inner, parseCore(inner, start));
    next = parseCoordination(inner, next);
    if (next === start) return undefined;
    if (isWord(at(next), 'alone')) next++;
    np.except.push(inner);
    return next;
  }

  /** Conditions: states, ages, sizes, tags, patterns. */
  function postCondition(np: Np, from: number): number | undefined {
    let index = from;
    let not = false;
    let relative = false;
    while (
      at(index) &&
      !at(index)!.quoted &&
      isWord(at(index), 'that', 'be', 'not', 'have', 'do') &&
      !senseOf(at(index), 'status') &&
      !(senseOf(at(index), 'verb') && !relative && index === from)
    ) {
      if (isWord(at(index), 'not')) not = !not;
      relative = true;
      index++;
    }
    const cell = at(index);
    if (!cell) return undefined;
    const status = senseOf(cell, 'status');
    if (
      status &&
      (relative || np.kinds || isWord(at(index - 1), 'prep')) &&
      !(senseOf(cell, 'verb')?.form === 'base' && !relative) &&
      !(cell.low === 'on' || (cell.low === 'off' && !relative) || cell.low === 'info')
    ) {
      np.mods.push({ cell, kind: 'status', word: status.name, not, post: true });
      return index + 1;
    }
    const inState =
      isWord(cell, 'prep') && /^(with|in)$/.test(cell.low) ? senseOf(at(index + 1), 'status') : undefined;
    if (inState && np.kinds && !senseOf(at(index + 1), 'kind') && !senseOf(at(index + 1), 'metric')) {
      np.mods.push({ cell: at(index + 1)!, kind: 'status', word: inState.name, not, post: true });
      return index + 2;
    }
    const compared = compareAt(index, relative);
    if (compared) {
      np.mods.push({ cell, kind: 'filter', filter: compared.filter, not, post: true });
      return compared.next;
    }
    const created = createdAt(np, index);
    if (created) {
      np.mods.push(created.mod);
      return created.next;
    }
    if (isWord(cell, 'tagged') && np.kinds) {
      const value = at(index + 1);
      const bare =
        value &&
        (senseOf(value, 'env') ?? senseOf(value, 'part')) &&
        !isWord(at(index + 2), 'be', 'colon') &&
        senseOf(at(index + 2), 'part') === undefined;
      if (bare && !tagging) {
        np.mods.push({ ...modOf(value, true), not });
        return index + 2;
      }
    }
    const tagged = taggedAt(index);
    if (tagged) {
      np.mods.push({ cell, kind: 'tags', tags: tagged.tags, not, post: true });
      return tagged.next;
    }
    const pattern = patternAt(index);
    if (pattern) {
      np.mods.push({ cell, kind: 'glob', word: pattern.glob, not, post: true });
      return pattern.next;
    }
    const attribute = attributeAt(index, relative, np);
    if (attribute) {
      np.mods.push({ cell, kind: 'filter', filter: attribute.filter, not, post: true });
      return attribute.next;
    }
    if (relative) {
      if ((senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) && index > from) {
        np.mods.push({ ...modOf(cell, true), not });
        return index + 1;
      }
      const place = placeAt(index);
      if (place) {
        np.mods.push(...place.mods.map((mod) => ({ ...mod, not: not !== mod.not })));
        return place.next;
      }
      if (isWord(cell, 'attachedTo')) return ofAt(np, index);
    }
    return undefined;
  }

  /** "older than 30 days", "bigger than 100 GB", "with more than 5 restarts", "with 0 replicas". */
  function compareAt(from: number, relative: boolean): { filter: Filter; next: number } | undefined {
    let index = from;
    const withWord = isWord(at(index), 'prep') && /^(with|of)$/.test(at(index)!.low);
    if (withWord) index++;
    if (relative && /^restarted|^restarts?$/.test(at(index)?.low ?? '')) index++;
    while (
      isWord(at(index), 'have', 'filler', 'sizeWord') &&
      !isWord(at(index), 'more', 'less', 'older', 'newer')
    )
      index++;
    const cell = at(index);
    const more = isWord(cell, 'more', 'older', 'createdBefore');
    const less = isWord(cell, 'less', 'newer', 'createdAfter');
    if (!more && !less && !(withWord || relative)) return undefined;
    let valueAt = more || less ? index + 1 : index;
    while (isWord(at(valueAt), 'that', 'filler') && /^(than|then|that)$/.test(at(valueAt)!.low)) valueAt++;
    const value = senseOf(at(valueAt), 'value')?.value;
    if (!value) return undefined;
    const inclusive = /least|>=|≥|no less|minimum|most|<=|≤|no more|not more|maximum/.test(cell!.low);
    const how = more ? (inclusive ? 'gte' : 'gt') : inclusive ? 'lte' : 'lt';
    if (value.k === 'duration' && (more || less)) {
      const next =
        isWord(at(valueAt + 1), 'older') || /^(old|ago|of age)$/.test(at(valueAt + 1)?.low ?? '')
          ? valueAt + 2
          : valueAt + 1;
      return { filter: { [`age_d_${how}`]: value.seconds / 86_400 }, next };
    }
    if (value.k === 'size') {
      const next = isWord(at(valueAt + 1), 'sizeWord') ? valueAt + 2 : valueAt + 1;
      return { filter: more || less ? { [`size_gb_${how}`]: value.gb } : { size_gb: value.gb }, next };
    }
    if (value.k !== 'number') return undefined;
    if (isWord(at(valueAt + 1), 'times') && /^restart/.test(at(from)?.low ?? ''))
      return {
        filter: more || less ? { [`restarts_${how}`]: value.n } : { restarts: value.n },
        next: valueAt + 2,
      };
    const unit = at(valueAt + 1);
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

  /** "created before monday", "from november 10th". */
  function createdAt(np: Np, index: number): { mod: Mod; next: number } | undefined {
    const cell = at(index)!;
    let timeAt = index;
    if (isWord(cell, 'createdBefore', 'createdAfter', 'createdOn', 'older', 'newer')) timeAt++;
    const time = senseOf(at(timeAt), 'time');
    if (!time) return undefined;
    const said = timeAt > index;
    const { range } = time;
    if (!said && !(range.day && range.horizonS === undefined) && range.side !== 'before') return undefined;
    if (!said && !(np.kinds?.some((kind) => kind === 'snapshot' || kind === 'image') ?? false))
      return undefined;
    if (!said && range.side === 'before' && range.horizonS) return undefined;
    const before = said && isWord(cell, 'createdBefore', 'older');
    const after = said && isWord(cell, 'createdAfter', 'newer');
    const fixed = before
      ? { toMs: range.side === 'before' ? range.toMs : (range.fromMs ?? range.toMs) }
      : after
        ? { fromMs: range.fromMs ?? range.toMs }
        : range;
    return {
      mod: { cell: at(timeAt)!, kind: 'created', range: fixed, not: false, post: true },
      next: timeAt + 1,
    };
  }

  /** "with severity warning", "whose status is error", "using flavor M.8", "that are m5.xlarge". */
  function attributeAt(
    from: number,
    relative: boolean,
    np: Np,
  ): { filter: Filter; next: number } | undefined {
    let index = from;
    const withWord =
      (isWord(at(index), 'prep') && /^(with|of|using|in|on)$/.test(at(index)!.low)) ||
      (np.kinds !== undefined &&
        /^(use|uses|using|run|runs|running|have|has)$/.test(at(index)?.low ?? '') &&
        senseOf(at(index + 1), 'name') !== undefined);
    if (withWord) index++;
    while (isWord(at(index), 'det') && withWord) index++;
    const key = at(index)?.low ?? '';
    if (/^(severity|status|state|phase)$/.test(key) && (withWord || relative || np.kinds)) {
      let valueIndex = index + 1;
      while (isWord(at(valueIndex), 'be', 'colon', 'of') || at(valueIndex)?.low === '=') valueIndex++;
      const value = at(valueIndex);
      if (!value || isWord(value, 'and', 'comma')) return undefined;
      return {
        filter: key === 'severity' ? { severity: value.low } : { status: value.low },
        next: valueIndex + 1,
      };
    }
    let typed = false;
    if (!withWord && isWord(at(index), 'prep') && isWord(at(index + 1), 'typeWord')) index++;
    if (!(withWord || relative || isWord(at(index), 'typeWord')) || !(np.plural || np.quant))
      return undefined;
    if (isWord(at(index), 'typeWord', 'imageWord', 'keyWord') && senseOf(at(index + 1), 'name')) {
      index++;
      typed = true;
    }
    const name = senseOf(at(index), 'name');
    const kind = name && kindOf(name.ids[0] ?? '');
    if (!name || (kind !== 'flavor' && kind !== 'image' && kind !== 'keypair')) return undefined;
    if (!typed && !withWord && !relative) return undefined;
    return { filter: { [kind]: at(index)!.low }, next: index + 1 };
  }

  function taggedAt(from: number): { tags: Readonly<Record<string, string>>; next: number } | undefined {
    let index = from;
    const withTags =
      isWord(at(index), 'prep') &&
      /^(with|having)$/.test(at(index)!.low) &&
      senseOf(at(index + 1), 'value')?.value.k === 'tags' &&
      !tagging;
    if (!isWord(at(index), 'tagged') && !withTags) return undefined;
    index++;
    const tags: Record<string, string> = {};
    while (index < cells.length) {
      const cell = at(index)!;
      const value = senseOf(cell, 'value')?.value;
      if (value?.k === 'tags') {
        Object.assign(tags, value.tags);
        index++;
      } else if (isWord(cell, 'and', 'comma') && senseOf(at(index + 1), 'value')?.value.k === 'tags') index++;
      else break;
    }
    if (Object.keys(tags).length > 0) return { tags, next: index };
    return taggedPair(index);
  }

  /** "tagged env prod", "whose team is data": a key and a value side by side. */
  function taggedPair(from: number): { tags: Readonly<Record<string, string>>; next: number } | undefined {
    const key = at(from);
    let valueAt = from + 1;
    while (
      isWord(at(valueAt), 'be', 'colon', 'prep', 'of') ||
      /^(=|equals|set|as)$/.test(at(valueAt)?.low ?? '')
    )
      valueAt++;
    const value = at(valueAt);
    if (!key || !value || !/^[\w.-]+$/.test(key.low)) return undefined;
    const known =
      /^(env|team|role|app|owner|environment|project|tier)$/.test(key.low) ||
      (senseOf(key, 'part') === undefined && !senseOf(key, 'kind') && !isWord(key, 'prep', 'and', 'comma'));
    if (!known || isWord(value, 'and', 'comma', 'prep')) return undefined;
    const name = key.low === 'environment' ? 'env' : key.low;
    return { tags: { [name]: senseOf(value, 'env')?.value ?? value.text }, next: valueAt + 1 };
  }

  function patternAt(index: number): { glob: string; next: number } | undefined {
    const cell = at(index)!;
    const how = ['startingWith', 'endingWith', 'containing'].find((word) => isWord(cell, word));
    if (!how) return undefined;
    let textAt = index + 1;
    while (isWord(at(textAt), 'det', 'colon', 'filler') && !senseOf(at(textAt), 'part')) textAt++;
    const text = at(textAt);
    if (!text || (!text.quoted && isWord(text, 'and', 'comma', 'prep'))) return undefined;
    if (
      !text.quoted &&
      how === 'containing' &&
      !(senseOf(text, 'part') || senseOf(text, 'prefix') || senseOf(text, 'name'))
    )
      return undefined;
    const plain = text.low.replace(/[*-]+$/, '');
    const next = isWord(at(textAt + 1), 'inName') ? textAt + 2 : textAt + 1;
    if (/[*?]/.test(text.low)) return { glob: text.low, next };
    if (how === 'startingWith') return { glob: `${plain}*`, next };
    return { glob: how === 'endingWith' ? `*${text.low}` : `*${text.low}*`, next };
  }

  /** "in prod", "outside staging", "-n payments", "from the data team". */
  function placeAt(from: number): { mods: readonly Mod[]; next: number } | undefined {
    const cell = at(from);
    if (!cell || cell.quoted) return undefined;
    const flag = senseOf(cell, 'value')?.value;
    if (flag?.k === 'flag') return flagPlace(cell, flag, from);
    if (isWord(cell, 'prep') && isWord(at(from + 1), 'everyNs')) return { mods: [], next: from + 2 };
    const anywhere = isWord(cell, 'prep') ? anywhereAt(from + 1) : undefined;
    if (anywhere !== undefined) return { mods: [], next: anywhere };
    const outside = isWord(cell, 'outside');
    if (
      !outside &&
      !(
        isWord(cell, 'prep') &&
        /(^|\s)(in|on|at|from|within|inside|under|across|of|for|via)$|^(belonging to|belong to|owned by|connected to)$/.test(
          cell.low,
        )
      )
    )
      return undefined;
    return placesAt(from + 1, outside, cell.low);
  }

  /** "all namespaces", "the whole cluster": a place that restricts nothing. */
  function anywhereAt(from: number): number | undefined {
    let index = from;
    while (
      isWord(at(index), 'det', 'all', 'any', 'demonstrative') ||
      /^(whole|entire|our)$/.test(at(index)?.low ?? '')
    )
      index++;
    if (
      index === from ||
      !/^(namespaces?|regions?|clusters?|clouds?|accounts?|environments?|projects?|systems?|fleet|platform|infrastructure|infra|datacenter|estate|providers?|place)$/.test(
        at(index)?.low ?? '',
      )
    )
      return undefined;
    const next = at(index + 1);
    return next &&
      (senseOf(next, 'name') ?? senseOf(next, 'part') ?? senseOf(next, 'env') ?? senseOf(next, 'region'))
      ? undefined
      : index + 1;
  }

  function placesAt(
    from: number,
    outside: boolean,
    prep: string,
  ): { mods: readonly Mod[]; next: number } | undefined {
    const mods: Mod[] = [];
    let index = from;
    let label: string | undefined;
    for (;;) {
      const one = onePlace(index, outside, prep, label);
      if (!one) break;
      mods.push(one.mod);
      label = one.label ?? label;
      index = one.next;
      const joined = isWord(at(index), 'and', 'or', 'comma');
      const again =
        joined &&
        isWord(at(index + 1), 'prep') &&
        /^(in|on|from)$/.test(at(index + 1)!.low) &&
        onePlace(index + 2, outside, prep, undefined) &&
        !senseOf(at(index + 3), 'kind');
      if (again) index += 2;
      else if (joined && onePlace(index + 1, outside, prep, label) && !thingFollows(index + 1)) index++;
      else if (!onePlace(index, outside, prep, undefined) || mods.length > 4) break;
    }
    return mods.length > 0 ? { mods: mergePlaces(mods), next: index } : undefined;
  }

  /** "in prod and checkout in staging": the word after "and" is a thing with a place of its own. */
  function thingFollows(index: number): boolean {
    return (
      isWord(at(index + 1), 'prep') &&
      /^(in|to|on)$/.test(at(index + 1)!.low) &&
      !senseOf(at(index), 'env') &&
      !senseOf(at(index), 'region')
    );
  }

  function onePlace(
    from: number,
    outside: boolean,
    prep: string,
    before: string | undefined,
  ): { mod: Mod; next: number; label?: string } | undefined {
    let index = from;
    let noun: readonly string[] | undefined;
    while (
      isWord(at(index), 'det', 'filler') &&
      !/^(to|team|env)$/.test(at(index)!.low) &&
      !senseOf(at(index), 'name')
    )
      index++;
    const head = senseOf(at(index), 'kind');
    if (
      (head?.kinds.some((kind) => placeKinds.has(kind)) && !senseOf(at(index), 'name')) ||
      /^(region|zone|az|project|environment|env|team|datacenter)$/.test(at(index)?.low ?? '')
    ) {
      noun = head?.kinds ?? [at(index)!.low];
      index++;
    }
    const cell = at(index);
    if (!cell || (cell.quoted && !noun)) return undefined;
    const name = senseOf(cell, 'name');
    const afterNoun =
      senseOf(at(index + 1), 'kind')?.kinds.find((kind) => placeKinds.has(kind)) ??
      (/^(region|environment|env|team|zone|account)$/.test(at(index + 1)?.low ?? '')
        ? at(index + 1)!.low
        : undefined);
    const next = noun || afterNoun === undefined ? index + 1 : index + 2;
    const label = noun?.[0] ?? afterNoun ?? (isWord(cell, 'det', 'all') ? undefined : before);
    if (
      senseOf(at(index + 1), 'kind') &&
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
    const mod = modOf(cell, true);
    if (label === 'team' && !senseOf(cell, 'name'))
      return { mod: { ...mod, kind: 'tags', tags: { team: cell.low }, not: outside }, next };
    if (mod.kind === 'env' || mod.kind === 'region' || mod.kind === 'provider') {
      const thing = senseOf(at(next), 'kind') ?? senseOf(at(next), 'name') ?? senseOf(at(next), 'part');
      if (
        thing &&
        afterNoun === undefined &&
        !noun &&
        prep !== 'in' &&
        !(senseOf(at(next), 'env') || senseOf(at(next), 'region'))
      )
        return undefined;
      return { mod: { ...mod, not: outside }, next };
    }
    if (name && (label !== undefined || isPlace(name.ids)))
      return { mod: { ...mod, kind: 'place', ids: name.ids, word: cell.low, not: outside }, next };
    if (label !== undefined && label !== 'team')
      return {
        mod: { ...mod, kind: 'place', ids: [], word: cell.low, values: undefined, not: outside },
        next,
        label,
      };
    return undefined;
  }

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

  /** "web-1, web-2 and web-3"; "web in prod and cart in staging". */
  function parseCoordination(np: Np, from: number): number {
    let index = from;
    for (let guard = 0; guard < 100; guard++) {
      let start = index;
      while (
        isWord(at(start), 'and', 'comma', 'or') ||
        (start > index && isWord(at(start), 'filler', 'not') && !startsAt(start))
      )
        start++;
      const listed = start > index;
      const kinds = (ids: readonly string[]): string => kindOf(ids[0] ?? '') ?? '';
      const bare =
        !listed &&
        kinds(senseOf(at(start), 'name')?.ids ?? []) ===
          kinds([np, ...np.also].at(-1)!.names.at(-1)?.ids ?? []) &&
        senseOf(at(start), 'name') &&
        (np.names.length > 0 || np.also.length > 0) &&
        !at(start)!.quoted;
      if (
        (!listed && !bare) ||
        !startsAt(start) ||
        (senseOf(at(start), 'verb') && !senseOf(at(start), 'name') && !senseOf(at(start), 'part')) ||
        isWord(at(start), 'except')
      )
        break;
      if (isWord(at(start), 'pronoun') && listed) break;
      const inner = emptyNp(start);
      const next = parsePost(inner, parseCore(inner, start));
      if (next === start) break;
      if (isWord(at(index), 'and', 'comma') && at(start - 1) && isWord(at(start - 1), 'not'))
        np.except.push(inner);
      else np.also.push(inner);
      if (isWord(at(index), 'or') && inner.names.length > 0) np.either = true;
      index = next;
    }
    return index;
  }

  function exceptFor(np: Np, index: number): number | undefined {
    return exceptAt(np, index);
  }

  return { startsAt, parse, placeAt, exceptFor };
}

/** Several places of one sort mean any of them. */
function mergePlaces(mods: readonly Mod[]): readonly Mod[] {
  const merged: Mod[] = [];
  for (const mod of mods) {
    const dimension = (one: Mod): string => (one.kind === 'env' || one.kind === 'place' ? 'place' : one.kind);
    const same = merged.findIndex(
      (one) => dimension(one) === dimension(mod) && one.not === mod.not && mod.kind !== 'tags',
    );
    if (same < 0) merged.push(mod);
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

function valuesOf(mod: Mod): readonly string[] {
  return mod.values ?? [mod.word ?? ''];
}

function idsOf(mod: Mod): readonly string[] {
  return mod.ids ?? senseOf(mod.cell, 'name')?.ids ?? [];
}

/** The restriction a cell stands for. */
export function modOf(cell: Cell, post: boolean): Mod {
  const base = { cell, not: false, post };
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

/** Looks like a name somebody gave: letters with a digit, a dash or a dot, and nothing knows it. */
export function isIdentifier(cell: Cell): boolean {
  if (cell.quoted || cell.senses.length > 0 || cell.words > 1) return false;
  return /\p{L}/u.test(cell.low) && /[\d_-]|\w\.\w/.test(cell.low) && !cell.low.startsWith('-');
}

function isPlainUnknown(cell: Cell): boolean {
  return !cell.quoted && cell.senses.length === 0 && /^\p{L}[\p{L}-]*$/u.test(cell.low);
}
