// A real watch over files of its own, for tests that need one: nothing is sampled unless the test brings connections
// with sources, and time is the test's.

import type Database from 'better-sqlite3';
import { createGraph } from '../../daemon/graph/graph.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { createVault } from '../../daemon/watch/settings.ts';
import { createWatch, type WatchOptions } from '../../daemon/watch/watch.ts';
import type { AuditRecord } from '../../shared/model/audit.ts';
import { tempFolder } from './tempFolder.ts';

/** A watch over a new state folder, or the one given; `more` replaces any of its parts. */
export function openWatch(more: Partial<WatchOptions> = {}) {
  const stateFolder = more.stateFolder ?? tempFolder();
  const databases: Database.Database[] = [];
  const audited: Parameters<WatchOptions['audit']['append']>[0][] = [];
  const watch = createWatch({
    connections: {
      list: () => [],
      get: () => undefined,
      executor: () => undefined,
      onDidChange: () => () => {},
      rescan: async () => {},
    },
    graph: createGraph(),
    audit: {
      append(entry) {
        audited.push(entry);
        return { ...entry, seq: audited.length, at: '', previous: '', hash: '' } as AuditRecord;
      },
      list: () => [],
    },
    vault: createVault(),
    tryServer: async ({ url }) => ({ host: new URL(url).host }),
    now: Date.now,
    log: () => {},
    ...more,
    stateFolder,
    open(name, migrations) {
      const database = openDatabase({ file: `${stateFolder}/${name}`, durability: 'normal', migrations });
      databases.push(database);
      return database;
    },
  });
  return {
    watch,
    audited,
    stateFolder,
    async close() {
      await watch.dispose();
      for (const database of databases) database.close();
    },
    /** As if the process had been killed: nothing more is written. */
    kill() {
      for (const database of databases) database.close();
    },
  };
}
