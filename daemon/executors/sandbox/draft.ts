// A change of the simulated cloud in the making: a copy to read and write, of which nothing holds until the world
// commits it. Previews use the same draft and throw it away, so what a preview shows is what a write would do.

import type { Kind } from '../../../shared/model/kind.ts';
import { type NewThing, type Patch, patched, type Thing, thingId } from './thing.ts';

export interface Draft {
  readonly nowMs: number;
  get(id: string): Thing | undefined;
  all(kind?: Kind): readonly Thing[];
  /** A thing by id or by name; undefined where there is none. */
  find(kind: Kind, reference: string): Thing | undefined;
  add(thing: NewThing): Thing;
  change(id: string, patch: Patch): void;
  /** Starts a transition: `during` at once, `outcome` after `takesMs`. */
  begin(id: string, during: Patch, takesMs: number, outcome: Patch): void;
  remove(id: string): void;
  /** Ends transitions whose time has come; true where there was one. */
  settle(): boolean;
  /** A number never given before, for names the cloud makes up. */
  serial(): number;
  readonly serialNow: number;
  /** Grows with every change made here. */
  readonly changeCount: number;
  readonly written: ReadonlyMap<string, Thing | undefined>;
}

export function createDraft(base: ReadonlyMap<string, Thing>, nowMs: number, serialStart: number): Draft {
  const things = new Map(base);
  const written = new Map<string, Thing | undefined>();
  let serial = serialStart;
  let changeCount = 0;
  const put = (thing: Thing): Thing => {
    const next = { ...thing, version: (base.get(thing.id)?.version ?? 0) + 1 };
    changeCount++;
    things.set(thing.id, next);
    written.set(thing.id, next);
    return next;
  };
  const remove = (id: string): void => {
    if (!things.delete(id)) return;
    changeCount++;
    written.set(id, undefined);
  };
  const change = (id: string, patch: Patch): void => {
    const thing = things.get(id);
    if (!thing) return;
    if (patch.gone) remove(id);
    else put(patched(thing, patch));
  };
  const settle = (): boolean => {
    const over = [...things.values()].filter(({ due }) => due && due.atMs <= nowMs);
    for (const { due, ...thing } of over) {
      put(thing);
      change(thing.id, due!.outcome);
    }
    return over.length > 0;
  };
  return {
    nowMs,
    get: (id) => things.get(id),
    all: (kind) => [...things.values()].filter((thing) => kind === undefined || thing.kind === kind),
    find: (kind, reference) =>
      things.get(reference) ??
      [...things.values()].find((thing) => thing.kind === kind && thing.name === reference),
    add: (thing) =>
      put({
        id: thingId(thing.kind, thing.namespace ? `${thing.namespace}/${thing.name}` : thing.name),
        status: 'active',
        tags: {},
        createdMs: nowMs,
        attributes: {},
        ...thing,
        version: 0,
      }),
    change,
    begin(id, during, takesMs, outcome) {
      change(id, during);
      const thing = things.get(id);
      if (thing) put({ ...thing, due: { atMs: nowMs + takesMs, outcome } });
    },
    remove,
    settle,
    serial: () => ++serial,
    get serialNow() {
      return serial;
    },
    get changeCount() {
      return changeCount;
    },
    written,
  };
}
