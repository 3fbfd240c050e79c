// What following clouds costs: from a change in the simulated cloud to the graph, reading fifty connections for the
// first time, and the CPU of a minute of polling them while nothing moves. Asserts nothing.
// Run: node test/bench/discovery.ts. The batch command `pilothouse bench discovery` calls `bench`.

import { pathToFileURL } from 'node:url';
import { createConnections } from '../../daemon/discovery/connections.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import { connectionMigrations } from '../../daemon/discovery/migrations.ts';
import type { Provisioner } from '../../daemon/executors/contract.ts';
import { openSandboxControl } from '../../daemon/executors/sandbox/control.ts';
import { sandboxProvisioner } from '../../daemon/executors/sandbox/provisioner.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { candidateOf, fakeCloud, fakeSource, thing } from '../discovery/fakeCloud.ts';
import { createManualClock } from '../discovery/manualClock.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const connectionCount = 50;
const resourcesPerConnection = 200;
const rounds = 15;

export async function bench(): Promise<Record<string, number>> {
  // The daemon's timers and watchers keep no process alive; a bench has to stay until it is done.
  const stay = setInterval(() => undefined, 1_000);
  try {
    return { ...(await benchPush()), ...(await benchPolling()) };
  } finally {
    clearInterval(stay);
    removeTempFolders();
  }
}

/** Another process moves the simulated cloud; how long until the graph shows it. */
async function benchPush(): Promise<Record<string, number>> {
  const folder = tempFolder();
  const graph = createGraph();
  const { connections, close } = open(folder, graph, sandboxProvisioner);
  await connections.rescan();
  connections.setActive(true);
  await connections.refresh('sandbox');
  const control = openSandboxControl({ stateFolder: folder });
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now();
    const seen = new Promise<void>((resolve) => {
      const stop = graph.onDidChange(() => {
        stop();
        resolve();
      });
    });
    control.change('sandbox:vm/web-1', { status: round % 2 === 0 ? 'stopped' : 'running' });
    await seen;
    times.push(performance.now() - startMs);
  }
  control.close();
  await close();
  return { sandboxChangeToGraphMs: times.sort((a, b) => a - b)[Math.floor(rounds / 2)]! };
}

/** Time stands still but for the clock of the test, so only work is measured and no waiting. */
async function benchPolling(): Promise<Record<string, number>> {
  const clock = createManualClock();
  const cloud = fakeCloud((id) => {
    const source = fakeSource('vm', 10_000);
    const resources = Array.from({ length: resourcesPerConnection }, (_, index) =>
      thing(`${id}:vm/vm-${index}`),
    );
    source.answer = async () => resources.map((resource) => ({ ...resource }));
    return [source];
  });
  cloud.found = {
    candidates: Array.from({ length: connectionCount }, (_, index) => candidateOf(`c${index}`)),
    problems: [],
  };
  const { connections, close } = open(tempFolder(), createGraph(), cloud, clock);
  await connections.rescan();
  const startMs = performance.now();
  connections.setActive(true);
  await clock.advance(0);
  const firstMs = performance.now() - startMs;
  const before = process.cpuUsage();
  await clock.advance(60_000);
  const cpu = process.cpuUsage(before);
  await close();
  return {
    firstReadOf50ConnectionsMs: firstMs,
    cpuOfOneMinuteOf50ConnectionsMs: (cpu.user + cpu.system) / 1_000,
  };
}

function open(
  folder: string,
  graph: StoredGraph,
  provisioner: Provisioner,
  clock?: ReturnType<typeof createManualClock>,
): { readonly connections: Connections; readonly close: () => Promise<void> } {
  const database = openDatabase({
    file: `${folder}/connections.sqlite`,
    durability: 'normal',
    migrations: connectionMigrations,
  });
  const context = {
    env: {},
    homeFolder: folder,
    stateFolder: folder,
    now: clock?.now ?? Date.now,
    log: () => undefined,
  };
  const connections = createConnections({
    provisioners: [provisioner],
    context,
    graph,
    database,
    ...(clock ? { clock } : {}),
  });
  const close = async (): Promise<void> => {
    await connections.dispose();
    database.close();
  };
  return { connections, close };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(
    JSON.stringify(
      await bench(),
      (_, value) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value),
      2,
    ),
  );
