// Learning as the daemon holds it: its file is opened and its thread started only when there is something to learn or to
// ask. Made by main.ts, and told of every minute by the watch.

import type Database from 'better-sqlite3';
import type { AuditTrail } from '../audit/contract.ts';
import type { Migration } from '../store/migrations.ts';
import { createTrouble } from '../store/trouble.ts';
import type { Models } from './contract.ts';
import { learnMigrations } from './migrations.ts';
import { createRegistry } from './registry.ts';
import { createSchool, type School, type SchoolOptions } from './school.ts';
import { createTeacher } from './teacher.ts';

export interface LearningOptions extends Pick<SchoolOptions, 'watch' | 'nameOf' | 'now' | 'log'> {
  readonly audit: Pick<AuditTrail, 'append'>;
  /** Opens a database file of the state folder; whoever gave it closes it after `dispose`. */
  readonly open: (name: string, migrations: readonly Migration[]) => Database.Database;
}

export interface Learning extends Models {
  /** Judges and learns what is due, in the background; never throws. */
  tick(): void;
  dispose(): Promise<void>;
}

export function createLearning(options: LearningOptions): Learning {
  const trouble = createTrouble('learning', options.log);
  let made: School | undefined;
  const school = (): School => {
    made ??= createSchool({
      ...options,
      registry: createRegistry(options.open('models.db', learnMigrations)),
      teacher: createTeacher(),
      audit: (actor, what, model) => {
        options.audit.append({
          event: 'network.changed',
          actor,
          target: model.resource,
          outcome: what,
          detail: { network: model.id },
        });
      },
    });
    return made;
  };
  return {
    list: (resource) => school().list(resource),
    promote: (id, actor) => school().promote(id, actor),
    rollBack: (resource, actor) => school().rollBack(resource, actor),
    train: (resource, actor) => school().train(resource, actor),
    tick: () =>
      void new Promise<void>((resolve) => resolve(school().tick())).then(trouble.isOver, trouble.is),
    dispose: async () => {
      await made?.dispose();
    },
  };
}
