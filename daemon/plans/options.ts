// What the plans room is given by `main.ts`, and the handful of things all its files share. It knows no socket, no
// words and no cloud: executors come through `connections`, people through `Actor`.

import type { Actor } from '../../shared/model/plan.ts';
import type { Role } from '../../shared/model/verdict.ts';
import type { AuditTrail } from '../audit/contract.ts';
import type { Catalogue } from '../catalogue/contract.ts';
import type { Limits } from '../config.ts';
import type { Connections } from '../discovery/contract.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { FaultPoint } from './faults.ts';
import type { Journal } from './journal.ts';

export interface PlansOptions {
  /** `createJournal` over a database opened with `journalMigrations`, durability `full`. */
  readonly journal: Journal;
  readonly audit: AuditTrail;
  readonly catalogue: Catalogue;
  readonly graph: GraphReader;
  readonly connections: Connections;
  /** Role of a person towards a connection; default: admin, the person whose daemon it is. */
  readonly roleOf?: (connection: string, actor: Actor) => Role;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
  /** Other bounds than those of `config.ts`; for tests. */
  readonly limits?: Partial<Limits>;
  /** Called at every named point of a run; tests end the process there. */
  readonly onFaultPoint?: (point: FaultPoint, step: number | undefined) => void;
}
