// Learning with the real library in its thread: what is learnt recognises what it knew, tells what it did not, is kept
// with its figures, and can be taken back. The history is made; nothing else is.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { learnMigrations } from '../../daemon/learn/migrations.ts';
import {
  networkFromBytes,
  networkToBytes,
  reconstructionError,
  sizesFor,
} from '../../daemon/learn/network.ts';
import { createRegistry, type Registry } from '../../daemon/learn/registry.ts';
import { createSchool, type School } from '../../daemon/learn/school.ts';
import { createTeacher, type Teacher } from '../../daemon/learn/teacher.ts';
import { lastWindow, shapeOf, windowsOf, windowWidth } from '../../daemon/learn/windows.ts';
import type { SeriesReader } from '../../daemon/series/contract.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { FindingDraft } from '../../daemon/watch/contract.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { SeriesInfo, SeriesRange } from '../../shared/model/series.ts';
import { normalOf } from '../monitor/synthetic.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 0, 5);
const actor: Actor = { user: 'ann', how: 'terminal' } as Actor;
const lesson = { width: windowWidth, holdBack: 0.2, epochsMax: 12, patience: 3, budgetMs: 60_000, seed: 1 };

/** Minutes of a host whose four metrics follow one load; from `brokenFrom` on one of them no longer does. */
function hostRows(count: number, brokenFrom = Number.POSITIVE_INFINITY): readonly Float64Array[] {
  const normal = normalOf(3);
  return Array.from({ length: count }, (_, i) => {
    const load = 40 + 20 * Math.sin(i / 90) + 2 * normal();
    const odd = i >= brokenFrom ? load + 40 : load;
    return Float64Array.of(
      load,
      30 + 0.5 * load + normal(),
      2 * odd + normal(),
      5 + 0.1 * load + 0.1 * normal(),
    );
  });
}

describe('a network', function () {
  this.timeout(120_000);
  let teacher: Teacher;
  before(() => {
    teacher = createTeacher();
  });
  after(() => teacher.dispose());

  it('rebuilds what it learnt far better than what it did not, and says what ran it', async () => {
    const rows = hostRows(1_500, 1_400);
    const shape = shapeOf(rows.slice(0, 1_000));
    const { network, losses, backend } = await teacher.teach({
      ...lesson,
      windows: windowsOf(rows.slice(0, 1_200), shape),
    });
    assert.match(backend, /^(wasm|cpu)$/);
    assert.ok(losses.at(-1)! < losses[0]!);
    const usual = reconstructionError(network, lastWindow(rows.slice(0, 1_390), shape)!);
    const odd = reconstructionError(network, lastWindow(rows, shape)!);
    assert.ok(odd > 5 * usual, `${odd} against ${usual}`);
  });

  it('judges the same one by one as in batches', async () => {
    const rows = hostRows(400);
    const shape = shapeOf(rows);
    const { network } = await teacher.teach({ ...lesson, epochsMax: 2, windows: windowsOf(rows, shape) });
    const windows = windowsOf(rows, shape);
    const single = Array.from({ length: windows.length / windowWidth }, (_, i) =>
      reconstructionError(network, windows.subarray(i * windowWidth, (i + 1) * windowWidth)),
    );
    const { errors } = await teacher.judge(network, windows);
    errors.forEach((error, i) => {
      assert.ok(Math.abs(error - single[i]!) <= 1e-4 * Math.max(1, error), `${i}: ${error} and ${single[i]}`);
    });
  });

  it('is learnt the same from the same lesson', async () => {
    const rows = hostRows(300);
    const teach = () => teacher.teach({ ...lesson, epochsMax: 2, windows: windowsOf(rows, shapeOf(rows)) });
    assert.deepEqual((await teach()).losses, (await teach()).losses);
  });

  it('survives as bytes, and is refused where they are cut off', () => {
    const sizes = sizesFor(windowWidth);
    const counts = sizes.slice(1).map((size, i) => [sizes[i]! * size, size] as const);
    const network = {
      sizes,
      kernels: counts.map(([cells]) => Float32Array.from({ length: cells }, (_, i) => i / 7)),
      biases: counts.map(([, size]) => Float32Array.from({ length: size }, (_, i) => -i)),
    };
    const bytes = networkToBytes(network);
    assert.deepEqual(networkFromBytes(sizes, bytes), network);
    assert.throws(() => networkFromBytes(sizes, bytes.subarray(4)), RangeError);
    assert.throws(() => networkFromBytes(sizes, Buffer.concat([bytes, Buffer.alloc(4)])), RangeError);
  });

  it('fails with a sentence where the thread cannot learn, and learns the next time', async () => {
    const broken = teacher.teach({ ...lesson, width: 7, windows: new Float32Array(50) });
    await assert.rejects(broken, (error) => problemOf(error).code === 'internal');
    const rows = hostRows(100);
    await teacher.teach({ ...lesson, epochsMax: 1, windows: windowsOf(rows, shapeOf(rows)) });
  });

  it('lets its thread go when there is nothing to do', async () => {
    const brief = createTeacher(50);
    const rows = hostRows(100);
    await brief.teach({ ...lesson, epochsMax: 1, windows: windowsOf(rows, shapeOf(rows)) });
    assert.equal(brief.isRunning, true);
    while (brief.isRunning) await new Promise((resolve) => setTimeout(resolve, 20));
    await brief.dispose();
  });
});

describe('windows', () => {
  it('stand for a column that never moved with nothing', () => {
    const rows = Array.from({ length: 50 }, (_, i) => Float64Array.of(i, 7));
    const windows = windowsOf(rows, shapeOf(rows));
    for (let cell = 1; cell < windows.length; cell += 2) assert.equal(windows[cell], 0);
  });

  it('take what is not a number as usual, and bound what is wild', () => {
    const rows = Array.from({ length: 50 }, (_, i) => Float64Array.of(i % 5));
    const shape = shapeOf(rows);
    const odd = [...rows.slice(0, 31), Float64Array.of(Number.NaN)];
    assert.equal(lastWindow(odd, shape)!.at(-1), 0);
    const wild = [...rows.slice(0, 31), Float64Array.of(1e12)];
    assert.equal(lastWindow(wild, shape)!.at(-1), 8);
  });

  it('are none where there are too few rows', () => {
    const rows = hostRows(3);
    assert.equal(lastWindow(rows, shapeOf(rows)), undefined);
    assert.equal(windowsOf(rows, shapeOf(rows)).length, 0);
  });
});

describe('the school of networks', function () {
  this.timeout(120_000);
  const resource = 'os:vm/web-1';
  const ids = ['cpu', 'disk', 'memory', 'network'].map((metric) => `${resource} ${metric}`);
  let folder: string;
  let database: Database.Database;
  let registry: Registry;
  let teacher: Teacher;
  let rows: readonly Float64Array[];
  let nowMs: number;
  let reported: readonly FindingDraft[];
  let audited: string[];
  let school: School;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-learn-'));
    database = openDatabase({
      file: path.join(folder, 'models.db'),
      durability: 'normal',
      migrations: learnMigrations,
    });
    registry = createRegistry(database);
    teacher = createTeacher();
    rows = hostRows(1_400, 1_300);
    nowMs = startMs + 1_200 * minuteMs;
    reported = [];
    audited = [];
    school = createSchool({
      registry,
      teacher,
      watch: { series: reader(), report: (_, drafts) => report(drafts) },
      nameOf: (id) => id.split('/').at(-1)!,
      audit: (_, what) => void audited.push(what),
      now: () => nowMs,
      log: () => {},
    });
  });
  afterEach(async () => {
    await school.dispose();
    database.close();
    await rm(folder, { recursive: true, force: true });
  });

  function report(drafts: readonly FindingDraft[]): void {
    reported = drafts;
  }

  /** What was measured until now. */
  function reader(): SeriesReader {
    const info = (column: number): SeriesInfo =>
      ({
        id: ids[column],
        resource,
        metric: 'cpu',
        unit: '%',
        source: 's',
        lastMs: nowMs,
        lastValue: 0,
        stepMs: minuteMs,
      }) as SeriesInfo;
    return {
      list: () => ids.map((_, column) => info(column)),
      get: (id) => info(ids.indexOf(id)),
      range: (id, fromMs, toMs) => {
        const column = ids.indexOf(id);
        const at = rows
          .map((_, i) => i)
          .filter((i) => startMs + i * minuteMs >= fromMs && startMs + i * minuteMs <= Math.min(toMs, nowMs));
        const values = at.map((i) => rows[i]![column]!);
        return {
          series: info(column),
          widthMs: minuteMs,
          gapMs: 3 * minuteMs,
          times: at.map((i) => startMs + i * minuteMs),
          means: values,
          mins: values,
          maxs: values,
        } as SeriesRange;
      },
    };
  }

  it('learns by itself, then reports what it never saw, and only that', async () => {
    await school.tick();
    const [model] = school.list();
    assert.deepEqual([model?.state, model?.version, model?.reason], ['active', 1, 'first']);
    assert.equal(model?.columns.length, 4);
    assert.ok(model!.validationError < 1, 'better than guessing the mean');
    for (; nowMs < startMs + 1_290 * minuteMs; nowMs += minuteMs) {
      await school.tick();
      assert.deepEqual(reported, [], new Date(nowMs).toISOString());
    }
    for (; nowMs < startMs + 1_330 * minuteMs; nowMs += minuteMs) await school.tick();
    assert.equal(reported[0]?.resource, resource);
    assert.match(reported[0]?.reasons[0] ?? '', /^memory gives \d+ % of what the network/);
    assert.ok(reported[0]!.startedMs >= startMs + 1_299 * minuteMs);
  });

  it('keeps one version in use, goes back to the one before, and puts one into use again', async () => {
    await school.train(resource, actor);
    nowMs += 60 * minuteMs;
    const second = await school.train(resource, actor);
    assert.equal(second.state, 'active', JSON.stringify(second));
    assert.equal(school.rollBack(resource, actor).version, 1);
    assert.deepEqual(
      school.list(resource).map(({ version, state }) => [version, state]),
      [
        [2, 'resting'],
        [1, 'active'],
      ],
    );
    assert.throws(
      () => school.rollBack(resource, actor),
      (error) => problemOf(error).code === 'wrong-state',
    );
    assert.equal(school.promote(second.id, actor).state, 'active');
    assert.throws(
      () => school.promote(second.id, actor),
      (error) => problemOf(error).code === 'wrong-state',
    );
    assert.throws(
      () => school.promote('nobody@1', actor),
      (error) => problemOf(error).code === 'not-found',
    );
    assert.equal(audited.length, 4);
  });

  it('says that there is too little to learn from', async () => {
    nowMs = startMs + 100 * minuteMs;
    await assert.rejects(school.train(resource, actor), /too little history/);
    await assert.rejects(school.train('os:vm/unknown', actor), /too little history/);
    await school.tick();
    assert.deepEqual(school.list(), []);
  });

  it('keeps what it learnt over a restart, and only so many versions', async () => {
    const first = await school.train(resource, actor);
    const { network, shape } = registry.active(resource)!;
    for (let version = 2; version <= 8; version++)
      assert.equal(registry.add({ about: first, network, shape }).version, version);
    const reopened = createRegistry(database);
    assert.ok(reopened.list(resource).length <= 5);
    const active = reopened.active(resource)!;
    assert.equal(active.about.state, 'active');
    assert.equal(active.shape.columns, 4);
  });

  it('learns anew when what is usual has moved', async () => {
    rows = [
      ...hostRows(1_200),
      ...hostRows(700).map((row) => Float64Array.from(row, (value, k) => (k === 2 ? 400 - value : value))),
    ];
    await school.tick();
    nowMs = startMs + 1_890 * minuteMs;
    await school.tick();
    assert.deepEqual(
      school.list().map(({ version, state, reason }) => [version, state, reason]),
      [
        [2, 'active', 'drift'],
        [1, 'resting', 'first'],
      ],
    );
  });
});
