// What following a real cluster costs: 5,000 pods from cold until all are in the graph, against the bare paged list of
// the same pods in the same run; how long a change takes from the API server to the graph; and what a resource weighs in
// the daemon. Needs the Kubernetes lab (root on Debian 12). Asserts nothing. Aims: 3,000 ms more than the bare list,
// 100 ms a change, 4 kB a resource. The connection is opened in a process of its own with the daemon's flags and files,
// so that memory is only its own and as a daemon has it: `rss` is taken when reading has been quiet for a while, from a
// start at which everything but the cluster was there. `rssPeakMb` is the most it took meanwhile.
// Run: node test/bench/kubernetes.ts. The batch command `pilothouse bench kubernetes` calls `bench`.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { allocator, heapFlags } from '../../connect/startDaemon.ts';
import { limits } from '../../daemon/config.ts';
import { createConnections } from '../../daemon/discovery/connections.ts';
import { connectionMigrations } from '../../daemon/discovery/migrations.ts';
import { kubernetesProvisioner } from '../../daemon/executors/kubernetes/provisioner.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { graphMigrations } from '../../daemon/graph/migrations.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Migration } from '../../daemon/store/migrations.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { kubeconfigOf } from '../labs/kubernetes/connections.ts';
import type { KubernetesLab } from '../labs/kubernetes/kubernetesLab.ts';
import { up } from '../labs/lab.ts';
import { median, rounded } from './figures.ts';

const podCount = 5_000;
const rounds = 25;
const space = 'bench-pods';
const node = 'bench-inert';
const creatorsAtOnce = 24;

export async function bench(): Promise<Record<string, number>> {
  const outcome = await up('kubernetes', () => undefined);
  if (outcome.kind !== 'ready') throw new Error(`it needs the Kubernetes lab: ${outcome.reason}`);
  const { lab } = outcome;
  await clear(lab);
  try {
    const createMs = await timed(() => makePods(lab));
    const bareListMs = median([await timed(() => listBare(lab)), await timed(() => listBare(lab))]);
    const child = spawnSync(process.execPath, [...heapFlags, import.meta.filename, '--measure'], {
      encoding: 'utf8',
      env: { ...process.env, ...allocator(process.env), NODE_NO_WARNINGS: '1' },
    });
    if (child.status !== 0) throw new Error(child.stderr);
    const measured = JSON.parse(child.stdout) as Record<string, number>;
    const overBareListMs = rounded(measured.coldToGraphMs! - bareListMs);
    return { pods: podCount, createMs, bareListMs, overBareListMs, ...measured };
  } finally {
    await clear(lab);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return rounded(performance.now() - startedMs);
}

/** Pods of one deployment on a node without a kubelet: they stay as they are. */
async function makePods(lab: KubernetesLab): Promise<void> {
  await lab.api.create('/api/v1/nodes', { metadata: { name: node } });
  await lab.api.create('/api/v1/namespaces', { metadata: { name: space } });
  const labels = { app: 'bench', tier: 'front', release: 'bench-1' };
  const container = { name: 'main', image: 'registry.example/shop/bench:1.2.3' };
  const { metadata } = await lab.api.create<{ metadata: { uid: string } }>(
    `/apis/apps/v1/namespaces/${space}/deployments`,
    {
      metadata: { name: 'bench' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
  );
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'bench',
    uid: metadata.uid,
    controller: true,
  };
  let next = 0;
  const create = async (): Promise<void> => {
    while (next < podCount) {
      const name = `bench-7f9c6d5b8-${String(next++).padStart(5, '0')}`;
      await lab.api.create(`/api/v1/namespaces/${space}/pods`, {
        metadata: { name, labels, ownerReferences: [owner] },
        spec: { nodeName: node, containers: [container] },
      });
    }
  };
  await Promise.all(Array.from({ length: creatorsAtOnce }, create));
}

/** Nobody ends the pods of a node without a kubelet: they go at once. */
async function clear(lab: KubernetesLab): Promise<void> {
  const pods = `/api/v1/namespaces/${space}/pods`;
  await lab.api.remove(`/apis/apps/v1/namespaces/${space}/deployments/bench`);
  const left = async () =>
    (await lab.api.require<{ items: readonly unknown[] }>('GET', `${pods}?limit=1`)).items.length;
  // One request for all takes longer than its answer is waited for; what is left goes with the next.
  while ((await left()) > 0)
    await lab.api.request('DELETE', `${pods}?limit=500`, { gracePeriodSeconds: 0 }).catch(() => undefined);
  await lab.api.remove(`/api/v1/namespaces/${space}`);
  await lab.api.until(`/api/v1/namespaces/${space}`, (found) => found === undefined, 180_000);
  await lab.api.remove(`/api/v1/nodes/${node}`);
}

async function measure(): Promise<Record<string, number>> {
  const outcome = await up('kubernetes', () => undefined);
  if (outcome.kind !== 'ready') throw new Error(outcome.reason);
  const { lab } = outcome;
  const folder = tempFolder();
  const kubeconfig = `${folder}/kubeconfig`;
  writeFileSync(kubeconfig, kubeconfigOf(lab, [{ name: 'bench' }]), { mode: 0o600 });
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  const open = (name: string, migrations: readonly Migration[]) =>
    openDatabase({ file: `${folder}/${name}`, durability: 'normal', migrations });
  const known = open('graph.db', graphMigrations);
  const graph = createGraph({ database: known });
  const database = open('connections.db', connectionMigrations);
  const connections = createConnections({
    provisioners: [kubernetesProvisioner],
    context: { env, homeFolder: folder, stateFolder: folder, now: Date.now, log: () => undefined },
    graph,
    database,
  });
  const before = collected();
  const startedMs = performance.now();
  await connections.rescan();
  connections.setActive(true);
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (graph.list({ connection: 'k8s-bench', kind: 'pod' }).length < podCount) return;
      stop();
      resolve();
    };
    const stop = graph.onDidChange(look);
  });
  const coldMs = performance.now() - startedMs;
  await connections.refresh('k8s-bench');
  // Once for what came while it was waited for, once for the quiet itself, and a little.
  await new Promise((resolve) => setTimeout(resolve, 3 * limits.memoryQuietMs));
  const { rss } = process.memoryUsage();
  const after = collected();
  const count = graph.countOf('k8s-bench');
  const changes = await measureChanges(lab, (id) => graph.get(id)?.tags.round, graph.onDidChange);
  await connections.dispose();
  graph.dispose();
  known.close();
  database.close();
  removeTempFolders();
  return {
    coldToGraphMs: rounded(coldMs),
    changeToGraphMs: rounded(median(changes)),
    changeToGraphMsMax: rounded(Math.max(...changes)),
    resources: count,
    heapBytesAResource: Math.round((after.heap - before.heap) / count),
    rssBytesAResource: Math.round((rss - before.rss) / count),
    rssMb: rounded(rss / 2 ** 20),
    rssPeakMb: rounded(process.resourceUsage().maxRSS / 1024),
  };
}

/** The same pages as discovery reads, without looking inside. */
async function listBare(lab: KubernetesLab): Promise<void> {
  let token = '';
  do {
    const page = await lab.api.require<{ metadata: { continue?: string } }>(
      'GET',
      `/api/v1/pods?limit=500&continue=${encodeURIComponent(token)}`,
    );
    token = page.metadata.continue ?? '';
  } while (token !== '');
}

/** From the answer of the API server, which has told its watchers by then, until the graph shows it. */
async function measureChanges(
  lab: KubernetesLab,
  shownOf: (id: string) => string | undefined,
  onDidChange: (listener: () => void) => () => void,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const name = `bench-7f9c6d5b8-${String(round * 7).padStart(5, '0')}`;
    const id = `k8s-bench:pod/${space}/${name}`;
    let seenMs: number | undefined;
    const seen = new Promise<void>((resolve) => {
      const stop = onDidChange(() => {
        if (shownOf(id) !== String(round)) return;
        seenMs = performance.now();
        stop();
        resolve();
      });
    });
    const sentMs = performance.now();
    await lab.api.merge(`/api/v1/namespaces/${space}/pods/${name}`, {
      metadata: { labels: { round: String(round) } },
    });
    await seen;
    // Sent to shown: the write itself is part of it, so that the figure errs on the side of too long.
    times.push(seenMs! - sentMs);
  }
  return times;
}

function collected(): { readonly heap: number; readonly rss: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const figures = process.argv.includes('--measure') ? await measure() : await bench();
  console.log(JSON.stringify(figures));
  process.exit(0);
}
