// What a text has named so far, and what hangs together with it: the things that a pointer behind them may mean. A name
// that several things have is narrowed by the place it was said with. Called by `withPointers`.

import type { Resource } from '../../../shared/model/resource.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

/** One thing that was named: all of one name in one place, such as a deployment and its service. */
export interface Mention {
  readonly name: string;
  readonly all: readonly Resource[];
  readonly at: number;
  /** Its first and last cell, with its place. */
  readonly cell: Cell;
}

/** Arguments and places; nobody points back at them as at a thing. */
const beside = /^(flavor|image|keypair|namespace|region|cluster)$/;

/** The things named in the cells, each once, in their order. */
export function mentionsIn(cells: readonly Cell[], inventory: Inventory): readonly Mention[] {
  const found = new Map<string, Mention>();
  cells.forEach((cell, at) => {
    const name = senseOf(cell, 'name');
    if (!name?.exact || senseOf(cell, 'env') || (isWord(cell, 'filler', 'prep') && !cell.quoted)) return;
    const all = name.ids.flatMap((id) => inventory.get(id) ?? []).filter(({ kind }) => !beside.test(kind));
    if (all.length === 0) return;
    const env = envOf(cells, at);
    const placed = env === undefined ? [] : all.filter((one) => isIn(one, env));
    const kept = placed.length > 0 ? placed : all;
    const key = kept.map(({ id }) => id).join();
    if (!found.has(key)) found.set(key, { name: all[0]!.name, all: kept, at, cell });
  });
  return [...found.values()];
}

/** The one of a kind that a mention stands for; undefined where it is none or several. */
export function ofKind({ all }: Mention, kinds: readonly string[]): Resource | undefined {
  const own = all.filter(({ kind }) => kinds.includes(kind));
  return own.length === 1 ? own[0] : undefined;
}

export const isIn = (one: Resource, env: string): boolean =>
  one.namespace === env || one.tags.env === env || (one.kind === 'namespace' && one.name === env);

/** The place that was said of a name: beside it, behind the list it is in, or the only one there is. */
function envOf(cells: readonly Cell[], at: number): string | undefined {
  const envAt = (index: number): string | undefined =>
    cells[index]?.quoted === false ? senseOf(cells[index], 'env')?.value : undefined;
  const before = envAt(at - 1);
  if (before !== undefined) return before;
  for (let next = at + 1; next < cells.length; next++) {
    if (envAt(next) !== undefined) return envAt(next);
    const cell = cells[next]!;
    const isListed =
      senseOf(cell, 'name') ??
      senseOf(cell, 'kind') ??
      (isWord(cell, 'and', 'comma', 'prep', 'det') && !isBase(cell) ? cell : undefined);
    if (!isListed) break;
  }
  const all = new Set(cells.flatMap((_, index) => envAt(index) ?? []));
  return all.size === 1 ? [...all][0] : undefined;
}

const links = ['attached_to', 'resource', 'owner', 'source'] as const;
/** What things belong to, or what belongs to them, in so many words of the model. */
const related = /^(vm|node|host|floating-ip|volume|database|deployment|statefulset|daemonset|load-balancer)$/;

/** Those of a kind that hang together with any of the things. */
export function relativesOf(
  things: readonly Resource[],
  kinds: readonly string[],
  inventory: Inventory,
): readonly Resource[] {
  const found = new Map<string, Resource>();
  const add = (one: Resource | undefined): void => {
    if (one && kinds.includes(one.kind) && related.test(one.kind)) found.set(one.id, one);
  };
  for (const thing of things) {
    for (const link of links) {
      const id = thing.attributes[link];
      if (typeof id === 'string') add(inventory.get(id));
    }
    for (const kind of kinds) {
      if (!related.test(kind)) continue;
      const name = kind === 'node' || kind === 'host' ? thing.attributes[kind] : undefined;
      for (const one of inventory.ofKind(kind))
        if ((name !== undefined && one.name === name) || one.attributes.attached_to === thing.id) add(one);
    }
  }
  return [...found.values()];
}

/** A cell with the name of the things, in the place of the words. */
export function nameCell(all: readonly Resource[], words: readonly Cell[]): Cell {
  const [first] = all;
  return {
    text: first!.name,
    low: first!.name.toLowerCase(),
    start: words[0]!.start,
    end: words.at(-1)!.end,
    quoted: false,
    repaired: false,
    words: 1,
    senses: [{ t: 'name', ids: all.map(({ id }) => id), exact: true }],
  };
}
