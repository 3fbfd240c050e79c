// A graph of 100,000 resources and 500,000 relations: how long it takes to come from disk, what it weighs, and what
// walks over it and queries cost. It is loaded in a process of its own, so that memory is only the graph's. Asserts
// nothing. Aims: load 2,000 ms, memory 600 MB, depth-3 neighbourhood 10 ms (median), blast radius of 100 targets 50 ms.
// `cpu` is the processor time of the same work: on a machine that does other things, too, that is the fairer figure.

import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { parseCypher } from '../../daemon/cypher/parse.ts';
import { runCypher } from '../../daemon/cypher/run.ts';
import type { StoredGraph } from '../../daemon/graph/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { findLooseEnds } from '../../daemon/graph/looseEnds.ts';
import { graphMigrations } from '../../daemon/graph/migrations.ts';
import { countBy } from '../../daemon/graph/statistics.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { bigEstate } from '../fakes/bigEstate.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { median, quantile, rounded } from './figures.ts';

const resourceCount = 100_000;
const rounds = 200;
const queries = {
  queryByNameMs: "MATCH (p:pod) WHERE p.name = 'pod-4711' RETURN p.id",
  queryTwoStepsMs:
    "MATCH (n:node {name: 'node-17'})<-[:RUNS_ON]-(p)-[:OWNED_BY]->(r) RETURN r.name, count(p)",
  queryScanMs: 'MATCH (v:volume) WHERE NOT (v)-[:ATTACHED_TO]->() RETURN count(v)',
  queryAllEdgesMs: 'MATCH (a)-[r]->(b) RETURN type(r), count(*)',
};

export async function bench(): Promise<Record<string, number>> {
  const file = `${tempFolder()}/graph.sqlite`;
  const written = write(file);
  const child = spawnSync(process.execPath, [import.meta.filename, '--load', file], {
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  removeTempFolders();
  if (child.status !== 0) throw new Error(child.stderr);
  return { ...written, ...(JSON.parse(child.stdout) as Record<string, number>) };
}

function write(file: string): Record<string, number> {
  const database = openDatabase({ file, durability: 'normal', migrations: graphMigrations });
  const graph = createGraph({ database });
  const estate = bigEstate(resourceCount);
  const kinds = [...new Set(estate.resources.map(({ kind }) => kind))];
  graph.apply('big', { name: 'all', kinds }, { mode: 'full', removed: [], ...estate });
  graph.dispose();
  database.close();
  return { resources: estate.resources.length, relations: estate.relations.length };
}

async function measureLoaded(file: string): Promise<Record<string, number>> {
  const rssBeforeMb = process.memoryUsage.rss() / 1e6;
  const database = openDatabase({ file, durability: 'normal', migrations: graphMigrations });
  const makeMs = timed(() => createGraph({ database }));
  const before = process.threadCpuUsage();
  let graph!: StoredGraph;
  const loadMs = timed(() => {
    graph = createGraph({ database });
    graph.size;
  });
  const cpu = process.threadCpuUsage(before);
  const rssMb = process.memoryUsage.rss() / 1e6;
  const figures = { ...measureWalks(graph), ...(await measureQueries(graph)) };
  return {
    makeMs: rounded(makeMs),
    loadMs: rounded(loadMs),
    loadCpuMs: rounded((cpu.user + cpu.system) / 1_000),
    rssMb: rounded(rssMb),
    rssOfProcessAloneMb: rounded(rssBeforeMb),
    ...figures,
    rssAfterAllMb: rounded(process.memoryUsage.rss() / 1e6),
  };
}

function measureWalks(graph: StoredGraph): Record<string, number> {
  const ids = [...graph.all()].map(({ id }) => id);
  const some = (index: number) => ids[(index * 48_271) % ids.length]!;
  const sizes: number[] = [];
  const walks = Array.from({ length: rounds }, (_, index) =>
    timed(() => {
      const walk = { ids: [some(index)], depth: 3, limit: Number.MAX_SAFE_INTEGER };
      sizes.push(graph.neighbourhood(walk).nodes.length);
    }),
  );
  const shown = Array.from({ length: rounds }, (_, index) =>
    timed(() => graph.neighbourhood({ ids: [some(index)], depth: 3, limit: 2_000 })),
  );
  const blasts = Array.from({ length: 20 }, (_, round) => {
    const targets = Array.from({ length: 100 }, (_, index) => some(round * 100 + index));
    return timed(() => graph.dependentsOfAll(targets));
  });
  const paths = Array.from({ length: 50 }, (_, index) =>
    timed(() => graph.shortestPaths({ from: some(index), to: some(index + 500), lengthMax: 6, limit: 10 })),
  );
  return {
    depth3Ms: rounded(median(walks)),
    depth3P95Ms: rounded(quantile(walks, 0.95)),
    depth3Resources: median(sizes),
    depth3Shown2000Ms: rounded(median(shown)),
    blastOf100Ms: rounded(median(blasts)),
    shortestPathsMs: rounded(median(paths)),
    statisticsMs: rounded(timed(() => countBy(graph.all(), ['kind', 'status', 'region', 'tag.env']))),
    looseEndsMs: rounded(timed(() => findLooseEnds(graph.all(), graph))),
  };
}

async function measureQueries(graph: StoredGraph): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [name, text] of Object.entries(queries)) {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const startMs = performance.now();
      await runCypher(parseCypher(text), graph, {});
      times.push(performance.now() - startMs);
    }
    figures[name] = rounded(median(times));
  }
  return figures;
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [flag, file] = process.argv.slice(2);
  const figures = flag === '--load' && file !== undefined ? await measureLoaded(file) : await bench();
  console.log(JSON.stringify(figures, undefined, 2));
  process.exit(0);
}
