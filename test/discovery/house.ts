// A discovery room for tests: a graph, connections over fake clouds, a clock that stands still.

import { createConnections } from '../../daemon/discovery/connections.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import { connectionMigrations } from '../../daemon/discovery/migrations.ts';
import type { Provisioner } from '../../daemon/executors/contract.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { createManualClock, type ManualClock, settle } from './manualClock.ts';

export interface House {
  readonly clock: ManualClock;
  readonly graph: StoredGraph;
  readonly connections: Connections;
  /** Names of what the graph has. */
  names(): readonly string[];
  dispose(): Promise<void>;
}

export async function openHouse(
  folder: string,
  provisioners: readonly Provisioner[],
  given: Partial<Pick<House, 'clock' | 'graph'>> = {},
): Promise<House> {
  const clock = given.clock ?? createManualClock();
  const graph = given.graph ?? createGraph({ now: clock.now });
  const database = openDatabase({
    file: `${folder}/connections.sqlite`,
    durability: 'full',
    migrations: connectionMigrations,
  });
  const context = { env: {}, homeFolder: folder, stateFolder: folder, now: clock.now, log: () => undefined };
  const connections = createConnections({ provisioners, context, graph, database, clock, random: () => 0.5 });
  await connections.rescan();
  return {
    clock,
    graph,
    connections,
    names: () => [...graph.all()].map(({ name }) => name).sort(),
    async dispose() {
      await connections.dispose();
      await settle();
      database.close();
    },
  };
}
