// The core of a noun phrase: quantifier, restrictions before the head, names, and the head, which is the last noun; a
// noun before it only restricts it. What follows the head is read elsewhere.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Mod, Np } from './clause.ts';
import {
  emptyNp,
  isIdentifier,
  isNounish,
  isPlace,
  isPlainUnknown,
  isRunningCount,
  leadsToNoun,
  type NounContext,
  nounFollows,
  ownKindFollows,
} from './nounContext.ts';
import { listedAt, statesAt } from './nounLists.ts';
import { shapedAt } from './nounModelBounds.ts';
import { modOf } from './restriction.ts';

/** Quantifier, restrictions, names and head. */
export function parseCore(cx: NounContext, np: Np, from: number): number {
  let index = from;
  for (; index < cx.cells.length; index++) {
    const cell = cx.at(index)!;
    const taken = countedAt(cx, np, index) ?? shapedAt(cx, index) ?? listedAt(cx, np, index);
    if (taken) {
      np.mods.push(taken.mod);
      np.cells.push(...cx.cells.slice(index, taken.next));
      index = taken.next - 1;
      continue;
    }
    if (takeQuantifier(cx, np, cell, index)) {
      np.cells.push(cell);
      if (np.pronoun && isWord(cell, 'pronoun', 'demonstrative') && !isWord(cx.at(index + 1), 'one'))
        return takeCount(cx, np, index + 1);
      continue;
    }
    if (isTeamOf(cx, np, index)) {
      const mod = np.mods.pop()!;
      np.mods.push({ ...mod, kind: 'tags', tags: { team: mod.cell.low } });
      np.cells.push(cell);
      continue;
    }
    if (isSortOf(cx, np, index)) {
      np.cells.push(cell);
      continue;
    }
    // "platform's dev boxes": a word that is nobody's name bounds the set as it would before the noun.
    if (isWord(cell, 'possessive') && np.names.length === 0 && !np.kinds && np.mods.length > 0) {
      np.det = 'definite';
      np.cells.push(cell);
      continue;
    }
    // "web-1's memory": what is measured of it is no thing that belongs to it.
    if (isWord(cell, 'possessive') && np.names.length > 0 && isMeasure(cx.at(index + 1))) {
      np.cells.push(cell);
      continue;
    }
    if (isWord(cell, 'possessive') && (np.names.length > 0 || np.kinds)) {
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
      if (!leadsToNoun(cx, index + 1)) {
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
      np.names.length === 0 &&
      isNounish(cx, index + 1) &&
      !isWord(cell, 'prep') &&
      cell.low !== 'to'
    )
      continue;
    if (!takeNoun(cx, np, cell, index)) break;
    np.cells.push(cell);
  }
  return index;
}

/** "those three", "these 2": how many there are. */
function takeCount(cx: NounContext, np: Np, index: number): number {
  const cell = cx.at(index);
  const value = cell?.quoted === false ? senseOf(cell, 'value')?.value : undefined;
  if (np.pronoun !== 'them' || value?.k !== 'number' || np.det !== 'demonstrative') return index;
  np.count = value.n;
  np.cells.push(cell!);
  return index + 1;
}

const isMeasure = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'metric') !== undefined && !senseOf(cell, 'kind') && !senseOf(cell, 'name') && !cell?.quoted;

/** "the data team's volumes": whose they are, never a part of what they are called. */
function isTeamOf(cx: NounContext, np: Np, index: number): boolean {
  const cell = cx.at(index)!;
  const mod = np.mods.at(-1);
  return (
    /^(team|crew|squad|owned)$/.test(cell.low) &&
    (isWord(cell, 'filler', 'of') || cell.senses.length === 0) &&
    !cell.quoted &&
    mod?.kind === 'word' &&
    mod.cell === cx.at(index - 1) &&
    (isWord(cx.at(index + 1), 'possessive') || nounFollows(cx, index + 1))
  );
}

/** "warning-level anomalies", "prod-env vms": of what sort the word before it is. */
function isSortOf(cx: NounContext, np: Np, index: number): boolean {
  const cell = cx.at(index)!;
  const mod = np.mods.at(-1);
  const sorts = sortWords.find(([word]) => word.test(cell.low))?.[1];
  return (
    sorts !== undefined &&
    !cell.quoted &&
    mod !== undefined &&
    mod.cell === cx.at(index - 1) &&
    sorts.includes(mod.kind) &&
    !senseOf(cell, 'name') &&
    (isWord(cx.at(index + 1), 'possessive') || nounFollows(cx, index + 1))
  );
}

const sortWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(level|severity|priority|status|state)$/, ['status']],
  [/^(env|environment)$/, ['env']],
  [/^(region|zone)$/, ['region']],
  [/^based$/, ['region', 'provider']],
];

/** "single-replica deployments", "3-replica statefulsets": how many each of them has. */
function countedAt(cx: NounContext, np: Np, index: number): { mod: Mod; next: number } | undefined {
  const cell = cx.at(index)!;
  const value = senseOf(cell, 'value')?.value;
  const count = value?.k === 'number' ? value.n : undefined;
  const isReplica = /^replica$/.test(cx.at(index + 1)?.low ?? '') && !cell.quoted;
  let head = index + 2;
  while (cx.at(head) && !senseOf(cx.at(head), 'kind') && nounFollows(cx, head) && head < index + 5) head++;
  const kind = senseOf(cx.at(head), 'kind');
  const isSet = kind !== undefined && (kind.plural || np.quant !== undefined);
  if (count === undefined || !isReplica || !isSet || np.kinds || np.names.length > 0) return undefined;
  return {
    mod: { cell, kind: 'filter', filter: { replicas: count }, not: false, post: false },
    next: index + 2,
  };
}

function takeQuantifier(cx: NounContext, np: Np, cell: Cell, index: number): boolean {
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
    if (!leadsToNoun(cx, index + 1) && !isWord(cx.at(index - 1), 'do')) np.pronoun = 'them';
  } else if (isWord(cell, 'pronoun') && !isNounish(cx, index)) {
    np.pronoun = /\b(them|em|they|these|those|ones|lot)\b/.test(cell.low) ? 'them' : 'it';
    if (/\b(two|both|pair)\b/.test(cell.low)) np.count = 2;
  } else if (isWord(cell, 'demonstrative')) {
    np.det = 'demonstrative';
    if (!leadsToNoun(cx, index + 1)) np.pronoun = /^(these|those)$/.test(cell.low) ? 'them' : 'it';
  } else if (isWord(cell, 'det')) np.det = /^(a|an|some)$/.test(cell.low) ? 'indefinite' : 'definite';
  else if (isWord(cell, 'last') && leadsToNoun(cx, index + 1)) np.last = true;
  else if (isWord(cell, 'of') && np.quant) return true;
  else if (isWord(cell, 'one') && index > np.at) np.pronoun ??= undefined;
  else if (
    senseOf(cell, 'value')?.value.k === 'number' &&
    leadsToNoun(cx, index + 1) &&
    !senseOf(cell, 'name') &&
    np.mods.length === 0
  )
    np.count = (senseOf(cell, 'value')!.value as { n: number }).n;
  else return false;
  return true;
}

/** Whether the cell is part of the core, and puts it where it belongs. */
function takeNoun(cx: NounContext, np: Np, cell: Cell, index: number): boolean {
  const name = senseOf(cell, 'name');
  const kind = senseOf(cell, 'kind');
  if (cell.quoted) {
    if (!name) return false;
    np.names.push({ cell, ids: name.ids, exact: name.exact });
    return true;
  }
  if (senseOf(cell, 'metric') && !kind && !name) return false;
  // "Any threats": a noun that says which ones of its kind are meant.
  if (kind && senseOf(cell, 'status')?.name === 'threat') np.mods.push(modOf(cell, false));
  if (kind && !(kind.short && name)) return takeKind(cx, np, cell, index, kind);
  if (senseOf(cell, 'extreme')) {
    np.mods.push({ cell, kind: 'extreme', not: false, post: false });
    return true;
  }
  const closed = np.kinds !== undefined && np.names.length > 0;
  if (name) {
    if (closed && !cell.low.includes('-')) return false;
    if (np.names.length > 0 && !senseOf(cx.at(index + 1), 'kind') && !isPlace(cx, name.ids)) return false;
    // "frontend prod": the place behind the name.
    if (np.names.length > 0 && senseOf(cell, 'env') && isPlace(cx, name.ids)) {
      np.mods.push(modOf(cell, true));
      return true;
    }
    if (
      np.names.length === 0 &&
      isPlace(cx, name.ids) &&
      !ownKindFollows(cx, name.ids, index + 1) &&
      (senseOf(cell, 'env') || leadsToNoun(cx, index + 1)) &&
      nounFollows(cx, index + 1)
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
  // "pods stuck in pending or failed": read behind the noun, as a list.
  if (np.kinds && senseOf(cell, 'status') && statesAt(cx, index, false)) return false;
  if (np.kinds && senseOf(cell, 'status') && !isWord(cell, 'prep') && !isRunningCount(cx, index)) {
    np.mods.push(modOf(cell, false));
    return true;
  }
  if (
    ['env', 'region', 'provider', 'prefix', 'glob', 'part', 'status'].some((type) =>
      cell.senses.some((sense) => sense.t === type),
    )
  ) {
    if (senseOf(cell, 'status') && !leadsToNoun(cx, index) && np.cells.length === 0) return false;
    if (isRunningCount(cx, index)) return false;
    if (
      isWord(cell, 'prep', 'and', 'or', 'of', 'det', 'afterwards') &&
      !senseOf(cell, 'env') &&
      !senseOf(cell, 'region')
    )
      return false;
    if (
      isWord(cell, 'prep', 'be', 'and', 'comma', 'filler') &&
      !nounFollows(cx, index + 1) &&
      !senseOf(cell, 'part')
    )
      return false;
    np.mods.push(modOf(cell, false));
    return true;
  }
  const value = senseOf(cell, 'value')?.value;
  if (value?.k === 'tags' && nounFollows(cx, index + 1)) {
    np.mods.push({ cell, kind: 'tags', tags: value.tags, not: false, post: false });
    return true;
  }
  // "the 40 GB volumes"
  const isOfSet =
    senseOf(cx.at(index + 1), 'kind') !== undefined &&
    (np.quant ?? senseOf(cx.at(index + 1), 'kind')?.plural);
  if (value?.k === 'size' && !cx.creating && !np.kinds && isOfSet) {
    np.mods.push({ cell, kind: 'filter', filter: { size_gb: value.gb }, not: false, post: false });
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
  if (isPlainUnknown(cell) && nounFollows(cx, index + 1) && np.cells.length > 0 && !np.kinds) {
    np.mods.push({ cell, kind: 'unknown', not: false, post: false });
    return true;
  }
  return false;
}

function takeKind(
  cx: NounContext,
  np: Np,
  cell: Cell,
  index: number,
  kind: { kinds: readonly string[]; plural: boolean; short?: boolean },
): boolean {
  if (np.kinds && np.kindCell) {
    // What stands behind the kind of a thing to be made is its name.
    if (cx.creating && np.names.length === 0 && !kind.short) return false;
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
  const role = (kind.plural || np.quant) && np.names.length === 0 ? nodeRole.exec(cell.low)?.[1] : undefined;
  if (role !== undefined)
    np.mods.push({
      cell,
      kind: 'filter',
      filter: { name_glob: controlPlane },
      not: role === 'worker',
      post: false,
    });
  np.plural =
    kind.plural ||
    (kind.short === true &&
      np.names.length === 0 &&
      !(senseOf(cx.at(index + 1), 'name') ?? senseOf(cx.at(index + 1), 'prefix')) &&
      !np.det);
  return true;
}

const nodeRole = /^(worker|control[ -]plane|master) ?nodes?$/;
/** What the nodes of a control plane are called by the tools that set up clusters. */
const controlPlane = [
  'cp-*',
  '*-cp-*',
  'control-plane*',
  '*-control-plane*',
  'controlplane*',
  'master-*',
  '*-master*',
];
