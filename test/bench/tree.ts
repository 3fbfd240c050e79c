// What a tree of 10,000 resources costs the daemon: the snapshot for a new subscriber, one change, a full poll in which
// nothing moved, a filter, a blast radius, and a warm start from disk. Medians in ms; asserts nothing.
// Run: node test/bench/tree.ts. The batch command `pilothouse bench tree` calls `bench`.

import { pathToFileURL } from 'node:url';
import type { DiscoveryBatch } from '../../daemon/executors/contract.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { graphMigrations } from '../../daemon/graph/migrations.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const resourceCount = 10_000;
const rounds = 15;
const source = { name: 'vms', kinds: ['vm', 'volume', 'network'] as const };

/** Nine VMs in ten things, each in one of twenty networks, each ninth with a volume. */
function estate(count: number): DiscoveryBatch {
  const resources = Array.from({ length: count }, (_, index): Resource => {
    const kind = index < 20 ? 'network' : index % 10 === 0 ? 'volume' : 'vm';
    return {
      id: `os:${kind}/${String(index).padStart(36, '0')}`,
      connection: 'os',
      provider: 'openstack',
      kind,
      name: `${kind}-${index}`,
      status: kind === 'vm' ? 'running' : 'active',
      health: 'ok',
      providerStatus: 'ACTIVE',
      region: 'RegionOne',
      tags: { env: ['prod', 'staging', 'dev'][index % 3]!, role: `role-${index % 17}` },
      createdAt: '2026-10-11T10:00:00Z',
      version: '2026-11-20T10:00:00Z',
      attributes: {
        flavor: 'S.4',
        image: 'ubuntu-24.04',
        ip: `10.${index >> 8}.${index & 255}.7`,
        networks: ['private'],
      },
    };
  });
  const relations = resources
    .slice(20)
    .flatMap(({ id, kind }, index) => [
      { from: id, type: 'IN_NETWORK' as const, to: resources[index % 20]!.id },
      ...(kind === 'volume'
        ? [{ from: id, type: 'ATTACHED_TO' as const, to: resources[index + 19]!.id }]
        : []),
    ]);
  return { mode: 'full', resources, removed: [], relations };
}

/** Median ms by what was done. */
export async function bench(): Promise<Record<string, number>> {
  const database = openDatabase({
    file: `${tempFolder()}/graph.sqlite`,
    durability: 'normal',
    migrations: graphMigrations,
  });
  const graph = createGraph({ database });
  const batch = estate(resourceCount);
  const first = timed(() => graph.apply('os', source, batch));
  const flush = timed(() => graph.flush());
  const network = batch.resources[0]!.id;
  // As a subscription does: each change is written out for the one who listens.
  graph.onDidChange((change) => JSON.stringify(change));
  let turn = 0;
  const figures = {
    firstReadMs: first,
    firstWriteToDiskMs: flush,
    snapshotMs: median(() => [...graph.all()].length),
    snapshotAsJsonMs: median(() => JSON.stringify([...graph.all()]).length),
    unchangedPollMs: medianOfPolls(graph, batch),
    oneChangeMs: median(() => {
      const one = batch.resources[5_000 + (turn++ % 100)]!;
      graph.apply('os', source, {
        mode: 'changes',
        resources: [{ ...one, status: `s${turn}` }],
        removed: [],
        relations: [],
      });
    }),
    matchMs: median(() => graph.match({ kind: 'vm', env: 'prod', role: 'role-3' })),
    matchByNameMs: median(() => graph.match({ name: 'vm-4711' })),
    dependentsOfNetworkMs: median(() => graph.dependentsOf(network)),
  };
  graph.dispose();
  const warmStartMs = median(() => createGraph({ database }));
  database.close();
  removeTempFolders();
  return { ...figures, warmStartMs };
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

/** Each poll brings new objects with the same content, as a cloud's answer does; making them is not measured. */
function medianOfPolls(graph: StoredGraph, batch: DiscoveryBatch): number {
  const copies = Array.from({ length: rounds }, () => JSON.parse(JSON.stringify(batch)) as DiscoveryBatch);
  return median(() => graph.apply('os', source, copies.pop()!));
}

function median(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => timed(work));
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(
    JSON.stringify(
      await bench(),
      (_, value) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value),
      2,
    ),
  );
