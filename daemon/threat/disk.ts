// Logs on disk: what was learnt, what is told and how far it was read, written together. Where a row cannot be read any
// more, that log is learnt anew from its beginning.

import type Database from 'better-sqlite3';
import type { Case, FollowedLog } from './cases.ts';
import { type LogState, newLogState, type Principal } from './logModel.ts';
import { seenFromJson, seenToJson } from './seen.ts';
import type { Novelty } from './window.ts';

/** How far a log was read: up to a time, and where its source says so, up to a place. */
export interface Reached {
  readonly sinceMs: number;
  readonly cursor?: string;
}

export interface StoredLog {
  readonly log: FollowedLog;
  readonly reached: Reached | undefined;
}

export interface ThreatDisk {
  names(): readonly string[];
  /** An empty one where there is none, or none that can be read. */
  read(id: string, about: Pick<FollowedLog, 'name' | 'connection'>): StoredLog;
  write(id: string, log: FollowedLog, reached: Reached | undefined): void;
}

export function createThreatDisk(database: Database.Database): ThreatDisk {
  const get = database.prepare<[string], { readonly body: string }>('SELECT body FROM logs WHERE log = ?');
  const all = database.prepare<[], { readonly log: string }>('SELECT log FROM logs');
  const put = database.prepare('INSERT OR REPLACE INTO logs (log, body) VALUES (?, ?)');
  return {
    names: () => all.all().map(({ log }) => log),
    read(id, about) {
      const row = get.get(id);
      try {
        if (row) return fromText(row.body, about);
      } catch {
        // Learnt anew below.
      }
      return { log: { ...about, state: newLogState(), cases: new Map() }, reached: undefined };
    },
    write(id, log, reached) {
      put.run(id, toText(log, reached));
    },
  };
}

function toText({ state, cases }: FollowedLog, reached: Reached | undefined): string {
  const { principals, refusedFrom, seen, sorted: _, ...plain } = state;
  return JSON.stringify({
    ...plain,
    fromMs: Number.isFinite(state.fromMs) ? state.fromMs : null,
    toMs: Number.isFinite(state.toMs) ? state.toMs : null,
    seen: Object.fromEntries(Object.entries(seen).map(([what, one]) => [what, seenToJson(one)])),
    principals: [...principals],
    refusedFrom: [...refusedFrom],
    cases: [...cases.values()],
    reached,
  });
}

interface Stored
  extends Omit<LogState, 'principals' | 'refusedFrom' | 'seen' | 'sorted' | 'fromMs' | 'toMs'> {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly seen: Record<Novelty, unknown>;
  readonly principals: [string, Principal][];
  readonly refusedFrom: [string, number[]][];
  readonly cases: Case[];
  readonly reached?: Reached;
}

function fromText(body: string, about: Pick<FollowedLog, 'name' | 'connection'>): StoredLog {
  const { cases, reached, ...stored } = JSON.parse(body) as Stored;
  const empty = newLogState();
  if (stored.usual.mean.length !== empty.usual.mean.length) throw new Error('learnt by another version');
  const state: LogState = {
    ...stored,
    fromMs: stored.fromMs ?? empty.fromMs,
    toMs: stored.toMs ?? empty.toMs,
    seen: Object.fromEntries(
      Object.keys(empty.seen).map((what) => [what, seenFromJson(stored.seen[what as Novelty])]),
    ) as LogState['seen'],
    sorted: [...stored.latest].sort((a, b) => a - b),
    principals: new Map(stored.principals),
    refusedFrom: new Map(stored.refusedFrom),
  };
  const open = new Map(cases.map((one) => [one.principal, one]));
  return { log: { ...about, state, cases: open }, reached };
}
