// Threats over the activity log of one connection, with a real watch and files of their own: for suites whose log is a
// real counterpart's. Ordinary weeks that end a while ago may be put before what the counterpart tells, as nobody waits
// for a week.

import path from 'node:path';
import type Database from 'better-sqlite3';
import type { Activity, ActivityLog, Executor } from '../../daemon/executors/contract.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { createThreats, threatDetector } from '../../daemon/threat/threats.ts';
import type { Connection } from '../../shared/model/connection.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { tempFolder } from '../fakes/tempFolder.ts';
import { openWatch } from '../fakes/watch.ts';
import { dayMs, inOrder, mondayMs, ordinaryWeeks } from './traffic.ts';

export interface ThreatsOverLog {
  readonly folder: string;
  /** Looks once; what is told afterwards. */
  look(): Promise<readonly Finding[]>;
  dispose(): Promise<void>;
}

export function openThreatsOver(options: {
  readonly connection: string;
  readonly activityLog: ActivityLog;
  readonly resources?: readonly Resource[];
}): ThreatsOverLog {
  const folder = tempFolder();
  const databases: Database.Database[] = [];
  const { watch, close } = openWatch({ stateFolder: folder, now: Date.now });
  const { connection, activityLog, resources = [] } = options;
  // The same log, due at every look.
  const always: ActivityLog = { ...activityLog, intervalMs: 0 };
  const threats = createThreats({
    audit: {
      head: { seq: 0, hash: '' },
      list: () => [],
      export: () => ({ text: '' }),
      onDidAppend: () => () => undefined,
    } as unknown as Parameters<typeof createThreats>[0]['audit'],
    watch,
    graph: { list: () => resources },
    connections: {
      list: () => [{ id: connection, name: connection, state: 'connected' } as Connection],
      executor: () => ({ activityLog: always }) as unknown as Executor,
      onDidChange: () => () => undefined,
    },
    riskOf: () => undefined,
    open(name, migrations) {
      const database = openDatabase({ file: path.join(folder, name), durability: 'normal', migrations });
      databases.push(database);
      return database;
    },
    now: Date.now,
    after: () => () => undefined,
    log: () => undefined,
  });
  return {
    folder,
    async look() {
      await threats.look();
      const failing = threats.status().find(({ problem }) => problem !== undefined);
      if (failing) throw new Error(failing.problem);
      return watch.incidents
        .list({ limit: 50 })
        .flatMap(({ findings }) => findings.filter(({ detector }) => detector === threatDetector));
    },
    async dispose() {
      await threats.dispose();
      await close();
      for (const database of databases) database.close();
    },
  };
}

/** Two ordinary weeks of a small team that ended `agoMs` ago. */
export function weeksUntil(agoMs: number): readonly Activity[] {
  const endMs = mondayMs + 14 * dayMs;
  const shiftMs = Date.now() - agoMs - endMs;
  return inOrder(ordinaryWeeks(11, 2))
    .filter(({ atMs }) => atMs < endMs)
    .map((one) => ({ ...one, atMs: one.atMs + shiftMs }));
}

/** A log that tells these first, and then what it has itself. */
export function after(before: readonly Activity[], log: ActivityLog): ActivityLog {
  return {
    ...log,
    async read({ cursor, ...request }) {
      if (cursor === undefined) return { activities: before, cursor: '', more: true };
      return log.read({ ...request, ...(cursor !== '' && { cursor }) });
    },
  };
}

/** What a log tells that happened from a time on: what earlier tests did is nobody's history. */
export function since(fromMs: number, log: ActivityLog): ActivityLog {
  return {
    ...log,
    async read(request) {
      const read = await log.read({ ...request, sinceMs: Math.max(request.sinceMs, fromMs) });
      return { ...read, activities: read.activities.filter(({ atMs }) => atMs >= fromMs) };
    },
  };
}
