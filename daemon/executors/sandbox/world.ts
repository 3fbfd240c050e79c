// The simulated cloud itself: its state in SQLite, one transaction a change, and a call to whoever listens. Several
// processes may hold it open (the daemon, a test that moves the world from outside); each sees the other's commits.
// Only `commit` changes it; `rehearse` does the same and keeps nothing.

import { join } from 'node:path';
import { limits } from '../../config.ts';
import { openDatabase } from '../../store/database.ts';
import { runControllers } from './controllers.ts';
import { createDraft, type Draft } from './draft.ts';
import type { Durations } from './durations.ts';
import { seedEstate } from './estate.ts';
import { type Fault, type FaultTarget, matchesFault } from './faults.ts';
import { sandboxMigrations } from './migrations.ts';
import type { Thing } from './thing.ts';

/** A write the simulated cloud took. */
export interface MarkRecord {
  readonly mark: string;
  readonly operation: string;
  readonly target?: string;
  readonly created?: string;
}

export interface World {
  readonly durations: Durations;
  now(): number;
  /** Everything as it is now, with transitions that are over applied. */
  things(): ReadonlyMap<string, Thing>;
  /** When the next transition is over; undefined where nothing is under way. */
  nextDueMs(): number | undefined;
  /** Changes the world in one transaction; with `mark`, at most once, and what was recorded then is returned. */
  commit(
    change: (draft: Draft) => string | undefined,
    mark?: Omit<MarkRecord, 'created'>,
  ): { readonly created?: string };
  /** The same without keeping anything. */
  rehearse<T>(change: (draft: Draft) => T): T;
  findMark(mark: string): MarkRecord | undefined;
  marks(): readonly MarkRecord[];
  addFault(fault: Fault): void;
  /** Takes the oldest waiting fault that fits out of the queue, durably: it happens once. */
  takeFault(target: FaultTarget): Fault | undefined;
  setting(name: string): string | undefined;
  setSetting(name: string, value: string | undefined): void;
  onDidChange(listener: () => void): () => void;
  readonly isOpen: boolean;
  close(): void;
}

export interface WorldOptions {
  readonly stateFolder: string;
  readonly now: () => number;
  readonly durations: Durations;
}

export const sandboxFile = 'sandbox.sqlite';

/** Opens the world, and fills it where it is new. Throws ProblemError `store-unavailable`. */
export function openWorld(options: WorldOptions): World {
  const database = openDatabase({
    file: join(options.stateFolder, sandboxFile),
    durability: 'full',
    migrations: sandboxMigrations,
  });
  const listeners = new Set<() => void>();
  const putThing = database.prepare('INSERT OR REPLACE INTO things (id, body) VALUES (?, ?)');
  const dropThing = database.prepare('DELETE FROM things WHERE id = ?');
  const putSetting = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  const dropSetting = database.prepare('DELETE FROM settings WHERE name = ?');
  const getSetting = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck();
  const putMark = database.prepare(
    'INSERT INTO marks (mark, operation, target, created, at_ms) VALUES (@mark, @operation, @target, @created, @atMs)',
  );
  const dropMarks = database.prepare("DELETE FROM marks WHERE at_ms < ? AND operation <> 'seed'");
  const selectMark = database.prepare<[string], MarkRow>('SELECT * FROM marks WHERE mark = ?');
  const selectThings = database.prepare<[], string>('SELECT body FROM things').pluck();
  const selectFaults = database.prepare<[], { id: number; body: string }>(
    'SELECT id, body FROM faults ORDER BY id',
  );

  let cache: { readonly dataVersion: unknown; readonly things: ReadonlyMap<string, Thing> } | undefined;
  /** SQLite's data_version changes with the commits of others only; our own renew the cache themselves. */
  const load = (): ReadonlyMap<string, Thing> => {
    const dataVersion = database.pragma('data_version', { simple: true });
    if (cache?.dataVersion !== dataVersion) {
      const things = selectThings.all().map((body) => JSON.parse(body) as Thing);
      cache = { dataVersion, things: new Map(things.map((thing) => [thing.id, thing])) };
    }
    return cache!.things;
  };
  const drafted = (): Draft => {
    const draft = createDraft(load(), options.now(), Number(getSetting.get('serial') ?? 0));
    evolve(draft, options.durations);
    return draft;
  };
  const keep = (draft: Draft): boolean => {
    if (draft.written.size === 0) return false;
    const things = new Map(load());
    for (const [id, thing] of draft.written) {
      if (thing) putThing.run(id, JSON.stringify(thing));
      else dropThing.run(id);
      if (thing) things.set(id, thing);
      else things.delete(id);
    }
    putSetting.run('serial', String(draft.serialNow));
    cache = { dataVersion: database.pragma('data_version', { simple: true }), things };
    return true;
  };
  const inTransaction = <T>(work: () => T): T => {
    try {
      return database.transaction(work).immediate();
    } catch (error) {
      cache = undefined;
      throw error;
    }
  };
  const announce = (): void => {
    for (const listener of [...listeners]) listener();
  };

  const world: World = {
    durations: options.durations,
    now: options.now,
    things() {
      const isDue = [...load().values()].some(({ due }) => due && due.atMs <= options.now());
      if (isDue && inTransaction(() => keep(drafted()))) announce();
      return load();
    },
    nextDueMs() {
      const times = [...load().values()].flatMap(({ due }) => due?.atMs ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    commit(change, mark) {
      const outcome = inTransaction(() => {
        const before = mark && selectMark.get(mark.mark);
        if (before) return { isNew: false, created: before.created ?? undefined };
        const draft = drafted();
        const created = change(draft);
        evolve(draft, options.durations);
        keep(draft);
        dropMarks.run(options.now() - limits.sandboxMarksKeptMs);
        if (mark) putMark.run({ target: null, ...mark, created: created ?? null, atMs: options.now() });
        return { isNew: true, created };
      });
      if (outcome.isNew) announce();
      return { created: outcome.created };
    },
    rehearse(change) {
      // Transitions that are over are nothing the rehearsed change did.
      world.things();
      return change(drafted());
    },
    findMark: (mark) => markOf(selectMark.get(mark)),
    marks: () =>
      database
        .prepare<[], MarkRow>('SELECT * FROM marks ORDER BY at_ms, mark')
        .all()
        .map((row) => markOf(row)!),
    addFault: (fault) =>
      void database.prepare('INSERT INTO faults (body) VALUES (?)').run(JSON.stringify(fault)),
    takeFault(target) {
      for (const { id, body } of selectFaults.all()) {
        const fault = JSON.parse(body) as Fault;
        if (!matchesFault(fault, target)) continue;
        const { changes } = database.prepare('DELETE FROM faults WHERE id = ?').run(id);
        if (changes === 1) return fault;
      }
      return undefined;
    },
    setting: (name) => getSetting.get(name),
    setSetting(name, value) {
      if (value === undefined) dropSetting.run(name);
      else putSetting.run(name, value);
      announce();
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get isOpen() {
      return database.open;
    },
    close() {
      listeners.clear();
      database.close();
    },
  };
  seedOnce(world);
  return world;
}

interface MarkRow {
  readonly mark: string;
  readonly operation: string;
  readonly target: string | null;
  readonly created: string | null;
}

function markOf(row: MarkRow | undefined): MarkRecord | undefined {
  return (
    row && {
      mark: row.mark,
      operation: row.operation,
      target: row.target ?? undefined,
      created: row.created ?? undefined,
    }
  );
}

/** The estate is itself a write with a mark, so that two processes that start together fill the world once. */
function seedOnce(world: World): void {
  world.commit(
    (draft) => {
      seedEstate(draft);
      return undefined;
    },
    { mark: 'the-estate', operation: 'seed' },
  );
}

/** Lets time and the controllers do their work until nothing moves any more at this moment. */
function evolve(draft: Draft, durations: Durations): void {
  for (let round = 0; round < limits.sandboxRoundsMax; round++) {
    const settled = draft.settle();
    const controlled = runControllers(draft, durations);
    if (!settled && !controlled) return;
  }
}
