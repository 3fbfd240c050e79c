// Measures learning: windows a second that TensorFlow.js judges on its backend, how long a network takes to learn and
// how much that delays the thread that answers; and, where a folder of public data is given (holding `smd-asd/`), how
// well network and components find what is labelled, alone and together. Run: npm run bench learn [FOLDER].

import fs from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { limits } from '../../daemon/config.ts';
import { createTeacher } from '../../daemon/learn/teacher.ts';
import { shapeOf, windowsOf, windowWidth } from '../../daemon/learn/windows.ts';
import { hostScorer, trainHost } from '../../daemon/monitor/hostModel.ts';
import { normalOf } from '../monitor/synthetic.ts';

const { learnBudgetMs: budgetMs, learnEpochsMax: epochsMax } = limits;
const lesson = { width: windowWidth, holdBack: 0.2, epochsMax, patience: 3, budgetMs, seed: 1 };
const delayResolutionMs = 2;

/** Figures by name; the first argument is the folder of data. */
export async function bench(args: readonly string[] = []): Promise<Record<string, number | string>> {
  const teacher = createTeacher();
  try {
    const figures = await benchSpeed(teacher);
    const folder = args[0] ?? process.env.PILOTHOUSE_DATA;
    if (folder && fs.existsSync(path.join(folder, 'smd-asd')))
      Object.assign(figures, await benchHosts(teacher, path.join(folder, 'smd-asd')));
    return figures;
  } finally {
    await teacher.dispose();
  }
}

async function benchSpeed(
  teacher: ReturnType<typeof createTeacher>,
): Promise<Record<string, number | string>> {
  const windows = madeWindows(10_000);
  // The first lesson also loads the library.
  const first = performance.now();
  await teacher.teach({ ...lesson, windows: madeWindows(500), epochsMax: 1 });
  const loadMs = performance.now() - first;
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
  delay.enable();
  const lecture = await teacher.teach({ ...lesson, windows });
  delay.disable();
  const many = madeWindows(262_144);
  await teacher.judge(lecture.network, many.slice());
  const times: number[] = [];
  for (let run = 0; run < 5; run++) times.push((await teacher.judge(lecture.network, many.slice())).tookMs);
  const medianMs = times.sort((a, b) => a - b)[2]!;
  return {
    backend: lecture.backend,
    loadMs,
    trainMsOf10kWindows: lecture.tookMs,
    epochs: lecture.losses.length,
    validationError: lecture.losses.at(-1)!,
    answerDelayMaxMs: delay.max / 1e6 - delayResolutionMs,
    windowsPerSecond: Math.round((many.length / windowWidth / medianMs) * 1_000),
  };
}

/** Windows of a machine with four causes behind its metrics. */
function madeWindows(count: number): Float32Array {
  const normal = normalOf(7);
  const mixing = Float64Array.from({ length: 4 * windowWidth }, () => normal());
  const windows = new Float32Array(count * windowWidth);
  for (let i = 0; i < count; i++) {
    const causes = [normal(), normal(), Math.sin(i / 60), Math.sin(i / 7)];
    for (let k = 0; k < windowWidth; k++)
      windows[i * windowWidth + k] =
        causes.reduce((sum, cause, c) => sum + cause * mixing[c * windowWidth + k]!, 0) + 0.1 * normal();
  }
  return windows;
}

async function benchHosts(
  teacher: ReturnType<typeof createTeacher>,
  folder: string,
): Promise<Record<string, number>> {
  const sums = { components: 0, network: 0, both: 0 };
  const sets = fs.readdirSync(folder).filter((file) => file.endsWith('.test.csv.gz'));
  for (const file of sets) {
    const train = readRows(path.join(folder, file.replace('.test.', '.train.')));
    const labelled = readRows(path.join(folder, file));
    const columns = train[0]!.length;
    const rows = labelled.map((row) => row.subarray(0, columns));
    const labels = labelled.map((row) => row[columns]! > 0);
    const scorer = hostScorer(trainHost(train));
    const components = rows.map((row) => scorer(row));
    const network = await networkScores(teacher, train, rows);
    const both = components.map((score, i) => 0.75 * score + 0.25 * network[i]!);
    const found = {
      components: averagePrecision(components, labels),
      network: averagePrecision(network, labels),
      both: averagePrecision(both, labels),
    };
    for (const key of ['components', 'network', 'both'] as const) sums[key] += found[key] / sets.length;
  }
  return {
    averagePrecisionOfComponents: sums.components,
    averagePrecisionOfNetwork: sums.network,
    averagePrecisionOfBoth: sums.both,
  };
}

/** Score 0 to 1 of every row by a network that learnt from the training part; one half is its line. */
async function networkScores(
  teacher: ReturnType<typeof createTeacher>,
  train: readonly Float64Array[],
  rows: readonly Float64Array[],
): Promise<readonly number[]> {
  const shape = shapeOf(train);
  const { network, heldBack } = await teacher.teach({ ...lesson, windows: windowsOf(train, shape) });
  const line = Float32Array.from(heldBack).sort()[Math.floor(0.99 * heldBack.length)]!;
  const { errors } = await teacher.judge(network, windowsOf(rows, shape));
  const lead = rows.length - errors.length;
  return rows.map((_, i) => (i < lead ? 0 : errors[i - lead]! / (errors[i - lead]! + line)));
}

/** Area under precision and recall over points, without adjustment. */
function averagePrecision(scores: readonly number[], labels: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const all = labels.filter(Boolean).length;
  let hits = 0;
  let sum = 0;
  order.forEach((index, rank) => {
    if (!labels[index]) return;
    hits++;
    sum += hits / (rank + 1);
  });
  return all === 0 ? 0 : sum / all;
}

function readRows(file: string): readonly Float64Array[] {
  return gunzipSync(fs.readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => Float64Array.from(line.split(','), Number))
    .filter((row) => !row.some(Number.isNaN));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(`${JSON.stringify(await bench(process.argv.slice(2)), undefined, 2)}\n`);
