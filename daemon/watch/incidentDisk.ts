// Incidents on disk: one row each, the body as JSON. Only the book writes; the oldest that are over are let go.

import type Database from 'better-sqlite3';
import type { Incident } from '../../shared/model/finding.ts';
import { limits } from '../config.ts';
import type { IncidentQuery } from './contract.ts';

interface Row {
  readonly id: number;
  readonly body: string;
}

export interface IncidentDisk {
  /** Makes room for a new one and gives its number. */
  reserve(startedMs: number): number;
  write(incident: Incident): void;
  remove(id: string): void;
  read(id: string): Incident | undefined;
  /** Newest first. */
  list(query: IncidentQuery): readonly Incident[];
  prune(): void;
}

/** `an-12` → 12; undefined where it is no such id. */
export function numberOf(id: string): number | undefined {
  const found = /^an-(\d{1,15})$/.exec(id);
  return found ? Number(found[1]) : undefined;
}

export function createIncidentDisk(database: Database.Database): IncidentDisk {
  const insert = database.prepare<[number]>(
    "INSERT INTO incidents (open, started_ms, body) VALUES (1, ?, '')",
  );
  const update = database.prepare(
    'UPDATE incidents SET open = ?, started_ms = ?, ended_ms = ?, body = ? WHERE id = ?',
  );
  const remove = database.prepare<[number]>('DELETE FROM incidents WHERE id = ?');
  const select = database.prepare<[number], Row>('SELECT id, body FROM incidents WHERE id = ?');
  const prune = database.prepare<[number]>(
    'DELETE FROM incidents WHERE open = 0 AND id <= (SELECT max(id) FROM incidents) - ?',
  );
  // A row that a crash left without a body never had an incident.
  database.exec("DELETE FROM incidents WHERE body = ''");
  return {
    reserve: (startedMs) => Number(insert.run(startedMs).lastInsertRowid),
    write(incident) {
      const { state, startedMs, endedMs, id } = incident;
      update.run(
        state === 'open' ? 1 : 0,
        startedMs,
        endedMs ?? null,
        JSON.stringify(incident),
        numberOf(id),
      );
    },
    remove: (id) => void remove.run(numberOf(id) ?? 0),
    read(id) {
      const row = select.get(numberOf(id) ?? 0);
      return row && row.body !== '' ? (JSON.parse(row.body) as Incident) : undefined;
    },
    list(query) {
      const { sql, values } = conditionOf(query);
      return database
        .prepare<unknown[], Row>(
          `SELECT id, body FROM incidents WHERE body <> '' ${sql} ORDER BY started_ms DESC, id DESC LIMIT ?`,
        )
        .all(...values, Math.min(query.limit, limits.incidentsKeptMax))
        .map(({ body }) => JSON.parse(body) as Incident);
    },
    prune: () => void prune.run(limits.incidentsKeptMax),
  };
}

function conditionOf({ open, resource, fromMs, toMs }: IncidentQuery) {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (open) parts.push('AND open = 1');
  if (fromMs !== undefined) {
    parts.push('AND (ended_ms IS NULL OR ended_ms >= ?)');
    values.push(fromMs);
  }
  if (toMs !== undefined) {
    parts.push('AND started_ms <= ?');
    values.push(toMs);
  }
  if (resource !== undefined) {
    parts.push("AND EXISTS (SELECT 1 FROM json_each(body, '$.resources') WHERE value = ?)");
    values.push(resource);
  }
  return { sql: parts.join(' '), values };
}
