// What a person said about a connection: its mode and its environment. Kept over restarts; nothing else writes it.

import type Database from 'better-sqlite3';
import type { ConnectionMode, Environment } from '../../shared/model/connection.ts';

export interface ConnectionSettings {
  readonly mode?: ConnectionMode;
  readonly environment?: Environment;
}

export interface SettingsStore {
  get(id: string): ConnectionSettings;
  /** Sets what is given and leaves the rest. Durable on return. */
  set(id: string, settings: ConnectionSettings): void;
}

/** Over a database opened with `connectionMigrations`. */
export function createSettingsStore(database: Database.Database): SettingsStore {
  const select = database.prepare<
    [string],
    { readonly mode: ConnectionMode | null; readonly environment: Environment | null }
  >('SELECT mode, environment FROM connection_settings WHERE id = ?');
  const upsert = database.prepare(
    `INSERT INTO connection_settings (id, mode, environment) VALUES (@id, @mode, @environment)
     ON CONFLICT (id) DO UPDATE SET
       mode = coalesce(excluded.mode, mode), environment = coalesce(excluded.environment, environment)`,
  );
  return {
    get(id) {
      const row = select.get(id);
      return { mode: row?.mode ?? undefined, environment: row?.environment ?? undefined };
    },
    set: (id, { mode, environment }) =>
      void upsert.run({ id, mode: mode ?? null, environment: environment ?? null }),
  };
}
