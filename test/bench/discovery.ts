// What following clouds costs: reading 10,000 resources of a cloud against the bare paged calls of the same, in turns and
// in one run (aim: at most 1.3 times as long); from a change in the simulated cloud to the graph, reading fifty
// connections for the first time, and the CPU of a minute of polling them while nothing moves. Asserts nothing.
// Run: node test/bench/discovery.ts. The batch command `pilothouse bench discovery` calls `bench`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnections } from '../../daemon/discovery/connections.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import { connectionMigrations } from '../../daemon/discovery/migrations.ts';
import type { Provisioner } from '../../daemon/executors/contract.ts';
import { openstackProvisioner } from '../../daemon/executors/openstack/provisioner.ts';
import { openSandboxControl } from '../../daemon/executors/sandbox/control.ts';
import { sandboxProvisioner } from '../../daemon/executors/sandbox/provisioner.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { candidateOf, fakeCloud, fakeSource, thing } from '../discovery/fakeCloud.ts';
import { createManualClock } from '../discovery/manualClock.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { median, rounded } from './figures.ts';

const serverCount = 8_000;
const volumeCount = 2_000;
/** A page of 500 servers; what a small real Nova takes for one is two to ten times that. */
const pageMs = 150;
const readings = 5;
const connectionCount = 50;
const resourcesPerConnection = 200;
const rounds = 15;

export async function bench(): Promise<Record<string, number>> {
  // The daemon's timers and watchers keep no process alive; a bench has to stay until it is done.
  const stay = setInterval(() => undefined, 1_000);
  try {
    return { ...(await benchReading()), ...(await benchPush()), ...(await benchPolling()) };
  } finally {
    clearInterval(stay);
    removeTempFolders();
  }
}

/** All of a cloud into the graph, and the same pages fetched and parsed by nothing but `fetch`. */
async function benchReading(): Promise<Record<string, number>> {
  const script = fileURLToPath(new URL('pagedCloud.ts', import.meta.url));
  const args = ['--no-warnings', script, String(serverCount), String(volumeCount), String(pageMs)];
  const cloud = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(cloud.stdout, 'data')) as [Buffer];
    const origin = String(line).trim();
    const times = { bare: [] as number[], discovery: [] as number[] };
    for (let round = 0; round < readings; round++) {
      times.bare.push(await timeOf(() => readBare(origin)));
      times.discovery.push(await timeOf(() => readAll(origin)));
    }
    const [bareMs, discoveryMs] = [median(times.bare), median(times.discovery)];
    return {
      bareReadOf10000Ms: bareMs,
      discoveryOf10000Ms: discoveryMs,
      discoveryToBare: rounded(discoveryMs / bareMs),
    };
  } finally {
    cloud.kill();
  }
}

async function readBare(origin: string): Promise<void> {
  const lists = [
    ['servers', `${origin}/v2.1/servers/detail?limit=500`],
    ['volumes', `${origin}/v3/p1/volumes/detail?limit=500`],
  ] as const;
  await Promise.all(
    lists.map(async ([key, first]) => {
      type Page = Record<string, readonly { readonly href: string }[] | undefined>;
      for (let url: string | undefined = first; url !== undefined; ) {
        const page = (await (await fetch(url)).json()) as Page;
        url = page[`${key}_links`]?.[0]?.href;
      }
    }),
  );
}

async function readAll(origin: string): Promise<void> {
  const folder = tempFolder();
  const file = `${folder}/clouds.yaml`;
  const auth = { auth_url: `${origin}/v3`, username: 'ann', password: 'bench', project_name: 'demo' };
  const more = { user_domain_name: 'Default', project_domain_name: 'Default' };
  const clouds = { big: { auth: { ...auth, ...more }, region_name: 'RegionOne' } };
  writeFileSync(file, JSON.stringify({ clouds }), { mode: 0o600 });
  const graph = createGraph();
  const { connections, close } = open(folder, graph, openstackProvisioner, undefined, {
    OS_CLIENT_CONFIG_FILE: file,
  });
  await connections.rescan();
  connections.setActive(true);
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (graph.list({ kind: 'vm' }).length < serverCount) return;
      if (graph.list({ kind: 'volume' }).length < volumeCount) return;
      stop();
      resolve();
    };
    const stop = graph.onDidChange(look);
  });
  await close();
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
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
  env: Readonly<Record<string, string>> = {},
): { readonly connections: Connections; readonly close: () => Promise<void> } {
  const database = openDatabase({
    file: `${folder}/connections.sqlite`,
    durability: 'normal',
    migrations: connectionMigrations,
  });
  const context = {
    env,
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
