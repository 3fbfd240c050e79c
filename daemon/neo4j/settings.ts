// Which Neo4j server a person named, and the id by which this state folder's exports are told from others', in a private
// file of the state folder. A password is never written: it is held in memory, for one server and user.

import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Neo4jServer } from '../../shared/model/neo4j.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { neo4jSettingsSchema } from '../../shared/protocol/neo4jSchemas.ts';
import { writePrivateJson } from '../store/privateFile.ts';

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
      writePrivateJson(file, made, 'settings of Neo4j');
      kept = made;
      return made.exporter;
    },
    set(server) {
      const next: Kept = { exporter: kept?.exporter ?? randomUUID(), ...(server && { server }) };
      writePrivateJson(file, next, 'settings of Neo4j');
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
