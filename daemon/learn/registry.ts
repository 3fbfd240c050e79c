// Versions of networks on disk: which is in use, which rested, which was worse. Exactly one of a resource is in use; a
// change of that is one transaction. Old versions go, never the one in use nor the one before it.

import type Database from 'better-sqlite3';
import type { LearntModel, LearntState } from '../../shared/model/learnt.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import { type Network, networkFromBytes, networkToBytes } from './network.ts';
import type { WindowShape } from './windows.ts';
import { windowWidth } from './windows.ts';

/** A model with all that is needed to judge by it. */
export interface UsableModel {
  readonly about: LearntModel;
  readonly network: Network;
  readonly shape: WindowShape;
}

export interface Registry {
  list(resource?: string): readonly LearntModel[];
  /** The version in use; undefined where there is none or its bytes are damaged. */
  active(resource: string): UsableModel | undefined;
  /** How many resources have a version in use. */
  readonly count: number;
  /** Keeps a new version, in use at once or rejected. */
  add(
    model: Omit<UsableModel, 'about'> & { readonly about: Omit<LearntModel, 'id' | 'version'> },
  ): LearntModel;
  /** Throws ProblemError `not-found` or `wrong-state`. */
  promote(id: string): LearntModel;
  /** Throws ProblemError `wrong-state` where there is no version before. */
  rollBack(resource: string): LearntModel;
}

interface Row {
  readonly resource: string;
  readonly version: number;
  readonly state: LearntState;
  readonly about: string;
  readonly means: Buffer;
  readonly deviations: Buffer;
  readonly weights: Buffer;
}

export function createRegistry(database: Database.Database): Registry {
  const insert = database.prepare(
    'INSERT INTO models (resource, version, state, about, means, deviations, weights) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const rows = database.prepare<[string, string], Row>(
    "SELECT * FROM models WHERE ? = '' OR resource = ? ORDER BY resource, version DESC",
  );
  const activeRow = database.prepare<[string], Row>(
    "SELECT * FROM models WHERE resource = ? AND state = 'active'",
  );
  const setState = database.prepare<[LearntState, string, number]>(
    'UPDATE models SET state = ? WHERE resource = ? AND version = ?',
  );
  const last = database.prepare<[string], { readonly version: number | null }>(
    'SELECT max(version) AS version FROM models WHERE resource = ?',
  );
  const counted = database.prepare<[], { readonly count: number }>(
    "SELECT count(*) AS count FROM models WHERE state = 'active'",
  );
  const prune = database.prepare<[string, string, number]>(
    `DELETE FROM models WHERE resource = ? AND state <> 'active' AND version NOT IN
       (SELECT version FROM models WHERE resource = ? AND state <> 'active' ORDER BY state = 'resting' DESC, version DESC LIMIT ?)`,
  );
  const list = (resource = ''): readonly LearntModel[] => rows.all(resource, resource).map(aboutOf);
  const use = (model: LearntModel): LearntModel => {
    database.transaction(() => {
      const before = activeRow.get(model.resource);
      if (before) setState.run('resting', before.resource, before.version);
      setState.run('active', model.resource, model.version);
    })();
    return { ...model, state: 'active' };
  };
  return {
    list,
    active: (resource) => usable(activeRow.get(resource)),
    get count() {
      return counted.get()!.count;
    },
    add: ({ about, network, shape }) => {
      const version = (last.get(about.resource)?.version ?? 0) + 1;
      const model: LearntModel = { ...about, version, id: idOf(about.resource, version) };
      database.transaction(() => {
        const before = about.state === 'active' ? activeRow.get(about.resource) : undefined;
        if (before) setState.run('resting', before.resource, before.version);
        const bytes = [bytesOf(shape.means), bytesOf(shape.deviations), networkToBytes(network)];
        insert.run(about.resource, version, about.state, JSON.stringify(model), ...bytes);
        prune.run(about.resource, about.resource, limits.learnVersionsMax - 1);
      })();
      return model;
    },
    promote: (id) => {
      const model = list().find((one) => one.id === id);
      if (!model) throw missing(id);
      if (model.state === 'active') throw wrong(`Version ${model.version} is in use already.`);
      return use(model);
    },
    rollBack: (resource) => {
      const all = list(resource);
      const now = all.find((one) => one.state === 'active');
      const before = all.find((one) => one.state === 'resting' && (!now || one.version < now.version));
      if (!before) throw wrong('There is no earlier version to go back to.');
      return use(before);
    },
  };
}

function aboutOf(row: Row): LearntModel {
  return { ...(JSON.parse(row.about) as LearntModel), state: row.state };
}

function usable(row: Row | undefined): UsableModel | undefined {
  if (!row) return undefined;
  const about = aboutOf(row);
  try {
    const network = networkFromBytes(about.sizes, row.weights);
    const means = numbersOf(row.means);
    const rows = Math.max(1, Math.floor(windowWidth / means.length));
    return {
      about,
      network,
      shape: { columns: means.length, rows, means, deviations: numbersOf(row.deviations) },
    };
  } catch {
    return undefined;
  }
}

function bytesOf(values: Float64Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function numbersOf(bytes: Buffer): Float64Array {
  return new Float64Array(Uint8Array.prototype.slice.call(bytes).buffer);
}

function idOf(resource: string, version: number): string {
  return `${resource}@${version}`;
}

function missing(id: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    message: `There is no model ${id}.`,
    fix: 'See which there are: pilothouse models.',
  });
}

function wrong(message: string): ProblemError {
  return new ProblemError({ code: 'wrong-state', message });
}
