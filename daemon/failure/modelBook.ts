// Versions of models on disk, one in use for each class: what each was learnt from and how it fared against the rules on
// what it had not seen. Old versions go, never the one in use. A model over other features than today's is not used.

import type Database from 'better-sqlite3';
import type { FailureClass, FailureModel } from '../../shared/model/prediction.ts';
import { limits } from '../config.ts';
import { featureNames } from './features.ts';
import type { TrainedModel } from './trainer.ts';

export interface UsableModel {
  readonly about: FailureModel;
  readonly trained: TrainedModel;
}

export interface ModelBook {
  /** By class, the newest first. */
  list(): readonly FailureModel[];
  active(failureClass: FailureClass): UsableModel | undefined;
  /** When the class was last tried, ms since the epoch, and with how many failures. */
  last(failureClass: FailureClass): FailureModel | undefined;
  add(about: Omit<FailureModel, 'id' | 'version'>, trained: TrainedModel): FailureModel;
}

interface Row {
  readonly state: FailureModel['state'];
  readonly about: string;
  readonly body: string;
}

export function createModelBook(database: Database.Database): ModelBook {
  const rows = database.prepare<[], Row>('SELECT * FROM models ORDER BY class, version DESC');
  const activeRow = database.prepare<[string], Row>(
    "SELECT * FROM models WHERE class = ? AND state = 'active'",
  );
  const lastRow = database.prepare<[string], Row>(
    'SELECT * FROM models WHERE class = ? ORDER BY version DESC LIMIT 1',
  );
  const insert = database.prepare(
    'INSERT INTO models (class, version, state, about, body) VALUES (?, ?, ?, ?, ?)',
  );
  const rest = database.prepare("UPDATE models SET state = 'resting' WHERE class = ? AND state = 'active'");
  const prune = database.prepare("DELETE FROM models WHERE class = ? AND state <> 'active' AND version <= ?");
  const aboutOf = (row: Row): FailureModel => ({
    ...(JSON.parse(row.about) as FailureModel),
    state: row.state,
  });
  const cached = new Map<FailureClass, UsableModel | undefined>();
  const active = (failureClass: FailureClass): UsableModel | undefined => {
    if (!cached.has(failureClass)) {
      const row = activeRow.get(failureClass);
      cached.set(failureClass, row && usable(aboutOf(row), row.body));
    }
    return cached.get(failureClass);
  };
  return {
    list: () => rows.all().map(aboutOf),
    active,
    last: (failureClass) => {
      const row = lastRow.get(failureClass);
      return row && aboutOf(row);
    },
    add: database.transaction((draft: Omit<FailureModel, 'id' | 'version'>, trained: TrainedModel) => {
      const { failureClass, state } = draft;
      const before = lastRow.get(failureClass);
      const version = (before ? aboutOf(before).version : 0) + 1;
      const about: FailureModel = { ...draft, version, id: `${failureClass}@${version}` };
      if (state === 'active') rest.run(failureClass);
      const body = JSON.stringify({ features: featureNames, trained });
      insert.run(failureClass, version, state, JSON.stringify(about), body);
      prune.run(failureClass, version - limits.failureVersionsMax);
      cached.delete(failureClass);
      return about;
    }),
  };
}

/** Undefined where its features are not today's, or it cannot be read. */
function usable(about: FailureModel, body: string): UsableModel | undefined {
  try {
    const { features, trained } = JSON.parse(body) as {
      readonly features: readonly string[];
      readonly trained: TrainedModel;
    };
    return features.join() === featureNames.join() ? { about, trained } : undefined;
  } catch {
    return undefined;
  }
}
