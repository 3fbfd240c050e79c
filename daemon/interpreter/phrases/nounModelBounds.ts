// Bounds behind a noun that need more than the thing itself to be tested: how many processors or how much memory a
// machine has (its flavor says so), what it has attached ("without a floating ip", "with more than 2 volumes"), and what
// it is called or not called. Gives a restriction and where the words go on; linking looks up the rest.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Held, Mod, Np } from './clause.ts';
import type { NounContext } from './nounContext.ts';

interface Bound {
  readonly mod: Mod;
  readonly next: number;
}

/** A bound of a set that the model answers, read from here; `not` where it was denied before. */
export function modelBoundAt(cx: NounContext, np: Np, from: number): Bound | undefined {
  if (cx.creating || cx.at(from)?.quoted) return undefined;
  if (!np.kinds) return np.everything ? shapeAt(cx, from) : undefined;
  if (!np.plural && np.quant === undefined) return undefined;
  return (
    calledAt(cx, np, from) ??
    standingAt(cx, np, from) ??
    (np.kinds.includes('vm') ? shapeAt(cx, from) : undefined) ??
    heldAt(cx, np, from)
  );
}

const numberOf = (cell: Cell | undefined): number | undefined => {
  const value = cell?.quoted ? undefined : senseOf(cell, 'value')?.value;
  return value?.k === 'number' ? value.n : undefined;
};

/** Words that lead in what a thing has: where what it has begins, and whether it is denied. */
function havingAt(cx: NounContext, from: number): { at: number; not: boolean; led: boolean } {
  let at = from;
  let not = false;
  let led = false;
  for (; at < from + 5; at++) {
    const cell = cx.at(at);
    if (!cell || cell.quoted) break;
    if (/^(without|lacking|missing|with no|no|lack|lacks)$/.test(cell.low)) not = led = true;
    else if (isWord(cell, 'not')) not = true;
    else if (/^(with|having|featuring|has|have|got|holding|owning)$/.test(cell.low)) led = true;
    else if (isWord(cell, 'that', 'have', 'do')) led ||= /\b(has|have|had)$/.test(cell.low);
    else break;
  }
  return { at, not, led };
}

const sides: readonly (readonly [RegExp, Held['how']])[] = [
  [/least|>=|≥|minimum|^no (less|fewer|smaller)|^not (less|fewer|smaller|below)/, 'gte'],
  [
    /most|<=|≤|maximum|^no (more|larger|bigger|greater|higher)|^not (more|larger|exceeding|over|above)/,
    'lte',
  ],
];

/** "more than 2", "at least two", "2 or more", "exactly 2": a side, an amount and where the words go on. */
function amountAt(
  cx: NounContext,
  from: number,
): { how: Held['how']; value: Cell; next: number } | undefined {
  let at = from;
  const side = cx.at(at);
  let how: Held['how'] = 'eq';
  if (isWord(side, 'more', 'less')) {
    how = sides.find(([words]) => words.test(side!.low))?.[1] ?? (isWord(side, 'more') ? 'gt' : 'lt');
    at++;
    while (/^(than|then)$/.test(cx.at(at)?.low ?? '')) at++;
  } else if (/^(exactly|only|just)$/.test(side?.low ?? '')) at++;
  const value = cx.at(at);
  if (!value || value.quoted || !/^(number|size)$/.test(senseOf(value, 'value')?.value.k ?? ''))
    return undefined;
  return { how, value, next: at + 1 };
}

/** "or more", "or less", "and up" behind an amount. */
function openedAt(cx: NounContext, at: number): { how: Held['how']; next: number } | undefined {
  const side = cx.at(at + 1)?.low ?? '';
  if (!isWord(cx.at(at), 'or', 'and')) return undefined;
  if (/^(more|up|upwards?|above|over|bigger|larger)$/.test(side)) return { how: 'gte', next: at + 2 };
  return /^(less|fewer|below|under|smaller)$/.test(side) ? { how: 'lte', next: at + 2 } : undefined;
}

const processors = /^(v?cpus?|v?cores?|processors?|virtual (cpus?|cores?))$/;
const memory = /^(ram|memory|mem)$/;

/** "with 4+ vcpus", "that have less than 16 GB of RAM", "having two cores": what its flavor has. */
function shapeAt(cx: NounContext, from: number): Bound | undefined {
  const { at: begin, not, led } = havingAt(cx, from);
  if (!led || not) return undefined;
  const amount = amountAt(cx, begin);
  const value = senseOf(amount?.value, 'value')?.value;
  if (!amount || !value) return undefined;
  let { how, next } = amount;
  const before = openedAt(cx, next);
  if (before) ({ how, next } = before);
  while (isWord(cx.at(next), 'of', 'det')) next++;
  const unit = cx.at(next)?.quoted ? '' : (cx.at(next)?.low ?? '');
  const field =
    value.k === 'size' && memory.test(unit)
      ? 'ram_gb'
      : value.k === 'number' && processors.test(unit)
        ? 'vcpus'
        : undefined;
  if (field === undefined) return undefined;
  next++;
  const behind = before ? undefined : openedAt(cx, next);
  if (behind) ({ how, next } = behind);
  const n = value.k === 'size' ? value.gb : value.k === 'number' ? value.n : 0;
  return { mod: shapeMod(cx.at(from)!, { field, how, n }, true), next };
}

const shapeMod = (cell: Cell, held: Held, post: boolean): Mod => ({
  cell,
  kind: 'held',
  held,
  not: false,
  post,
});

/** "2-core machines", "8 vcpu vms", "16 GB RAM vms": before the noun. */
export function shapedAt(cx: NounContext, from: number): Bound | undefined {
  const cell = cx.at(from);
  if (!cell || cell.quoted || cx.creating) return undefined;
  const isVm = (at: number): boolean => senseOf(cx.at(at), 'kind')?.kinds.includes('vm') === true;
  const one = /^(\d+)-?(v?cpu|v?core)s?$/.exec(cell.low);
  if (one && cell.senses.length === 0 && isVm(from + 1))
    return { mod: shapeMod(cell, { field: 'vcpus', how: 'eq', n: Number(one[1]) }, false), next: from + 1 };
  const value = senseOf(cell, 'value')?.value;
  const unit = cx.at(from + 1)?.low ?? '';
  if (!isVm(from + 2) || (value?.k !== 'number' && value?.k !== 'size')) return undefined;
  const n = value.k === 'size' ? value.gb : value.n;
  const field =
    value.k === 'size' && memory.test(unit)
      ? 'ram_gb'
      : value.k === 'number' && processors.test(unit)
        ? 'vcpus'
        : undefined;
  return field && { mod: shapeMod(cell, { field, how: 'eq', n }, false), next: from + 2 };
}

/** What hangs on a thing of a kind and is counted there. */
const hangsOn: Readonly<Record<string, RegExp>> = {
  vm: /^(volume|floating-ip|snapshot)$/,
  volume: /^snapshot$/,
};

/** "without a floating ip", "with more than 2 volumes", "that have no snapshot", "with a floating ip". */
function heldAt(cx: NounContext, np: Np, from: number): Bound | undefined {
  const { at: begin, not, led } = havingAt(cx, from);
  if (!led) return undefined;
  let at = begin;
  const isAny = isWord(cx.at(at), 'det', 'any') || /^(any|single)$/.test(cx.at(at)?.low ?? '');
  while (isWord(cx.at(at), 'det', 'any') || /^(any|single)$/.test(cx.at(at)?.low ?? '')) at++;
  const amount = isAny ? undefined : amountAt(cx, at);
  if (amount) at = amount.next;
  const before = amount && openedAt(cx, at);
  if (before) at = before.next;
  const noun = cx.at(at);
  const kind = senseOf(noun, 'kind')?.kinds[0];
  const fits = hangsOn[np.kinds![0] ?? ''];
  if (!noun || noun.quoted || !kind || !fits?.test(kind) || senseOf(noun, 'name')) return undefined;
  const n = amount && numberOf(amount.value);
  if (amount && n === undefined) return undefined;
  at++;
  at = behindHeld(cx, at);
  // "with a snapshot older than a week", "without a volume called tmp": only some of them count.
  if (!isEnd(cx.at(at))) return undefined;
  if (not && amount) return undefined;
  const held: Held = not
    ? { kind, how: 'eq', n: 0 }
    : amount
      ? { kind, how: before?.how ?? amount.how, n: n! }
      : { kind, how: 'gte', n: 1 };
  return { mod: { cell: noun, kind: 'held', held, not: false, post: true }, next: at };
}

/** Behind "attached", "on them", "assigned to it", "at all": that it has it, said once more. */
function behindHeld(cx: NounContext, from: number): number {
  let at = from;
  if (/^(attached|assigned|at all|mounted|bound|hooked up|plugged in)$/.test(cx.at(at)?.low ?? '')) at++;
  const isTo = /^(on|to|with|(attached|assigned|mounted|bound|connected) (to|on))$/.test(
    cx.at(at)?.low ?? '',
  );
  if (isTo && /^(it|them|themselves|itself|they)$/.test(cx.at(at + 1)?.low ?? '')) at += 2;
  return /^(at all|right now|currently)$/.test(cx.at(at)?.low ?? '') ? at + 1 : at;
}

const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined ||
  isWord(cell, 'comma', 'stop', 'colon', 'and', 'filler', 'except', 'close', 'to', 'arrow', 'prep');

const workloads: ReadonlySet<string> = new Set(['deployment', 'statefulset']);

/** "deployments currently at 2", "that are at 3", "volumes at 30 GB right now": what they have now. */
function standingAt(cx: NounContext, np: Np, from: number): Bound | undefined {
  let at = from;
  while (isWord(cx.at(at), 'that', 'be') || /^(currently|now|still)$/.test(cx.at(at)?.low ?? '')) at++;
  const value = cx.at(at + 1);
  const n = numberOf(value);
  const isAt = /^(at|on)$/.test(cx.at(at)?.low ?? '') && !cx.at(at)!.quoted;
  const isStanding = at > from && isAt;
  let behind = at + 2;
  while (/^(right now|currently|now|at the moment|today|each)$/.test(cx.at(behind)?.low ?? '')) behind++;
  const size = value?.quoted ? undefined : senseOf(value, 'value')?.value;
  const isLed =
    at > from || behind > at + 2 || isWord(cx.at(behind), 'colon', 'comma') || cx.at(behind)?.low === 'to';
  if (isAt && isLed && size?.k === 'size' && np.kinds!.every((kind) => kind === 'volume'))
    return {
      mod: { cell: value!, kind: 'filter', filter: { size_gb: size.gb }, not: false, post: true },
      next: behind,
    };
  // "currently at 2 two more replicas": the next figure is what they get.
  const isEndThere = isEnd(cx.at(at + 2)) || numberOf(cx.at(at + 2)) !== undefined;
  if (!isStanding || n === undefined || !isEndThere || !np.kinds!.every((kind) => workloads.has(kind)))
    return undefined;
  const mod: Mod = { cell: cx.at(at + 1)!, kind: 'filter', filter: { replicas: n }, not: false, post: true };
  return { mod, next: at + 2 };
}

/** "whose name is not ci-key", "not named x", "that are not called x": what is called so is spared. */
function calledAt(cx: NounContext, np: Np, from: number): Bound | undefined {
  if (np.names.length > 0) return undefined;
  let at = from;
  let not = false;
  let said = false;
  for (; at < from + 6; at++) {
    const cell = cx.at(at);
    if (!cell || cell.quoted) return undefined;
    if (isWord(cell, 'not') || (said && isWord(cell, 'except'))) not = true;
    else if (isWord(cell, 'named')) said = true;
    else if (!isWord(cell, 'that', 'be', 'have') && !/^(=|==|equals|other than)$/.test(cell.low)) break;
    if (cell.low === 'other than') not = true;
  }
  const name = senseOf(cx.at(at), 'name');
  const ids = name?.ids.filter((id) => np.kinds!.includes(cx.kindOf(id) ?? '')) ?? [];
  if (!said || !not || ids.length === 0 || !isEnd(cx.at(at + 1))) return undefined;
  return { mod: { cell: cx.at(at)!, kind: 'filter', filter: { ids }, not: true, post: true }, next: at + 1 };
}
