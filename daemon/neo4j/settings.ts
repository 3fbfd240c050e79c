// Which Neo4j server a person named, and the id by which this state folder's exports are told from others', in a private
// file of the state folder. A password is never written: it is held in memory, for one server and user.

import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Neo4jServer } from '../../shared/model/neo4j.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { neo4jSettingsSchema } from '../../shared/protocol/neo4jSchemas.ts';

interface Kept {
  readonly exporter: string;
  readonly server?: Neo4jServer;
}

export interface Neo4jSettings {
  readonly server: Neo4jServer | undefined;
  /** Durable before the first export carries it. */
  readonly exporter: string;
  /** Durable on return. Throws ProblemError `store-unavailable`. */
  set(server: Neo4jServer | undefined): void;
}

export function openNeo4jSettings(stateFolder: string): Neo4jSettings {
  const file = path.join(stateFolder, 'neo4j.json');
  let kept = read(file);
  return {
    get server() {
      return kept?.server;
    },
    get exporter() {
      if (kept) return kept.exporter;
      const made = { exporter: randomUUID() };
      write(file, made);
      kept = made;
      return made.exporter;
    },
    set(server) {
      const next: Kept = { exporter: kept?.exporter ?? randomUUID(), ...(server && { server }) };
      write(file, next);
      kept = next;
    },
  };
}

/** A file that cannot be read is left as it is, and said: a new id would leave the old copy without an owner. */
function read(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return neo4jSettingsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) as Kept;
  } catch (error) {
    throw new ProblemError(
      {
        code: 'config-invalid',
        message: `${file} cannot be read as the settings of Neo4j.`,
        fix: 'Repair or remove it. Without it, what was exported before counts as others’ and stays on the server.',
      },
      error,
    );
  }
}

function write(file: string, kept: Kept): void {
  const temporary = `${file}.new`;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    writeSync(handle, `${JSON.stringify(kept, null, 2)}\n`);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(temporary, file);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'store-unavailable',
        message: `The settings of Neo4j cannot be written to ${file}.`,
        fix: 'Check that the folder exists, belongs to you and has space left.',
      },
      error,
    );
  }
}
