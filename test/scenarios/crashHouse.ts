// The pieces of the daemon that carry a plan, over one state folder: journal, audit, graph, connections, plans. The
// crash tests open it in a child that ends itself at a named point, and again afterwards as the next start would.
// Knows no provider: which clouds there are is said by the environment it is given.

import path from 'node:path';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail, type KeptAuditTrail } from '../../daemon/audit/trail.ts';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createConnections } from '../../daemon/discovery/connections.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import { connectionMigrations } from '../../daemon/discovery/migrations.ts';
import { provisioners } from '../../daemon/executors/registry.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { Plans } from '../../daemon/plans/contract.ts';
import { createJournal } from '../../daemon/plans/journal.ts';
import { journalMigrations } from '../../daemon/plans/migrations.ts';
import type { PlansOptions } from '../../daemon/plans/options.ts';
import { createPlans } from '../../daemon/plans/plans.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Migration } from '../../daemon/store/migrations.ts';
import type { Actor } from '../../shared/model/plan.ts';
import type { StepDraft } from '../../shared/model/reading.ts';

export const operator: Actor = { user: 'ada', client: 'crash test', how: 'terminal', session: 's1' };

export interface CrashHouse {
  readonly plans: Plans;
  readonly audit: KeptAuditTrail;
  readonly connections: Connections;
  readonly logged: readonly string[];
  close(): Promise<void>;
}

export interface CrashHouseOptions {
  readonly stateFolder: string;
  readonly homeFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits?: PlansOptions['limits'];
  readonly onFaultPoint?: PlansOptions['onFaultPoint'];
}

/** Opens everything and finds the connections. */
export async function openCrashHouse(options: CrashHouseOptions): Promise<CrashHouse> {
  const open = (name: string, migrations: readonly Migration[]) =>
    openDatabase({ file: path.join(options.stateFolder, name), durability: 'full', migrations });
  const databases = {
    journal: open('journal.db', journalMigrations),
    audit: open('audit.db', auditMigrations),
    connections: open('connections.db', connectionMigrations),
  };
  const logged: string[] = [];
  const log = (level: string, message: string) => void logged.push(`${level} ${message}`);
  const journal = createJournal(databases.journal);
  const audit = createAuditTrail({
    database: databases.audit,
    now: Date.now,
    witnesses: [openHeadFile(path.join(options.stateFolder, 'audit.head')), journal.auditWitness],
  });
  const graph = createGraph();
  const { stateFolder, homeFolder, env } = options;
  const connections = createConnections({
    provisioners,
    context: { stateFolder, homeFolder, env, now: Date.now, log },
    graph,
    database: databases.connections,
  });
  await connections.rescan();
  const plans = createPlans({
    journal,
    audit,
    catalogue,
    graph,
    connections,
    now: Date.now,
    log,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.onFaultPoint ? { onFaultPoint: options.onFaultPoint } : {}),
  });
  return {
    plans,
    audit,
    connections,
    logged,
    close: async () => {
      await plans.dispose();
      await connections.dispose();
      audit.close();
      for (const database of Object.values(databases)) database.close();
    },
  };
}

/** Three writes of which each would show if it were done twice or lost: two things are made, and tied together. */
export function threeSteps(name: string, vmArgs: StepDraft['args']): readonly StepDraft[] {
  const draft = (operation: string, args: StepDraft['args'], more: Partial<StepDraft> = {}): StepDraft => ({
    operation,
    args,
    after: [],
    evidence: [],
    ...more,
  });
  return [
    draft('create.vm', { name: `${name}-vm`, ...vmArgs }),
    draft('create.volume', { name: `${name}-disk`, size_gb: 1 }),
    draft('attach.volume', { to: '$1' }, { target: { kind: 'created', step: 1 } }),
  ];
}
