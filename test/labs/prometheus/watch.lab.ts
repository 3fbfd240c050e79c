// Against a real Prometheus: a process that burns the processors is seen, put together, explained and can be asked about;
// a disk that fills up is foreseen; a daemon that is killed half-way has forgotten nothing; a server or an exporter
// that stops answering is named and raises nothing.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Answer } from '../../../shared/model/answer.ts';
import type { Incident } from '../../../shared/model/finding.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';
import { requireLab } from '../lab.ts';
import type { PrometheusLab } from './prometheusLab.ts';
import { startDaemon, type WatchedDaemon, waitFor } from './watchedDaemon.ts';

describe('the watch over a real Prometheus', function () {
  this.timeout(8 * 60_000);
  let lab: PrometheusLab;
  let daemon: WatchedDaemon;
  let burners: ChildProcess[] = [];
  let hostId: string;

  before(async function () {
    lab = await requireLab('prometheus', this);
    hostId = `prometheus:host/node/${lab.instance}`;
    daemon = await startDaemon(tempFolder(), lab.env);
    // It reads what it missed first, oldest first.
    await waitFor(async () => ((await seriesOf('cpu'))?.lastMs ?? 0) > Date.now() - 20_000, 120_000);
  });
  after(async () => {
    for (const burner of burners) burner.kill('SIGKILL');
    for (const service of ['prometheus', 'exporter'] as const) lab?.signal(service, 'SIGCONT');
    lab?.unmountDisk();
    await daemon?.end();
    removeTempFolders();
  });

  const sources = async () => (await daemon.session.request('watch/status')).sources;
  const seriesOf = async (metric: 'cpu' | 'disk', part?: string) =>
    (await daemon.session.request('series/list', { resource: hostId, metric })).series.find(
      (one) => one.part === part,
    );
  const incidents = async (): Promise<readonly Incident[]> =>
    (await daemon.session.request('incident/list')).incidents;
  const ask = async (text: string): Promise<Answer> => {
    const { answer, reading, problem } = await daemon.session.request('request/submit', { text });
    assert.ok(answer, `${text}: ${JSON.stringify(problem ?? reading)}`);
    return answer;
  };
  const burn = (): void => {
    burners = Array.from({ length: os.availableParallelism() + 1 }, () =>
      spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
    );
  };
  const rest = (): void => {
    for (const burner of burners) burner.kill('SIGKILL');
    burners = [];
  };

  it('has the past of the server from before it was started', async () => {
    const toMs = Date.now();
    const series = await seriesOf('cpu');
    const { ranges } = await daemon.session.request('series/range', {
      series: [series!.id],
      fromMs: toMs - 30 * 60_000,
      toMs,
    });
    assert.ok(ranges[0]!.times[0]! < toMs - 20 * 60_000);
  });

  it('sees a process that burns the processors, explains it, and answers for it', async () => {
    burn();
    const seen = await waitFor(
      async () => (await incidents()).find((one) => one.state === 'open' && one.metrics.includes('cpu')),
      4 * 60_000,
    );
    assert.equal(seen.resource, hostId);
    const details = await daemon.session.request('incident/get', { id: seen.id });
    const cpu = details.incident.findings.find(({ series }) => series?.metric === 'cpu')!;
    assert.ok(cpu.peak! > 60 && cpu.usual!.high < 60, cpu.title);
    assert.match(details.summary, /First, at .* UTC/);
    assert.ok(cpu.reasons.length >= 2);

    const recap = await ask('summarize last 3 anomalies');
    assert.match(recap.summary, new RegExp(`still going on.*${lab.instance}`));
    const figure = await ask(`what's current CPU on ${lab.instance}?`);
    const chart = figure.blocks.find((block) => block.kind === 'series');
    assert.ok(chart?.kind === 'series' && chart.current! > 50 && chart.points.length > 10);
    assert.match(chart.query ?? '', /#cpu from .* to /);
    assert.ok(
      chart.bands?.some(({ title }) => title.includes(seen.id)),
      'the incident is shaded',
    );
    const cause = await ask(`explain ${seen.id}`);
    assert.match(cause.summary, new RegExp(`^${seen.id} \\(critical, open\\)`));
    assert.ok(cause.refs.includes(hostId));
  });

  it('has forgotten nothing when it is killed in the middle of it', async () => {
    const before = (await incidents()).find((one) => one.state === 'open' && one.metrics.includes('cpu'))!;
    const { taken } = (await sources())[0]!;
    const known = await seriesOf('cpu');
    assert.ok(taken > 100);
    await daemon.killAndStart();
    const after = (await incidents()).find((one) => one.id === before.id)!;
    assert.equal(after.state, 'open');
    assert.equal(after.startedMs, before.startedMs);
    assert.ok((await seriesOf('cpu'))!.lastMs >= known!.lastMs);
    await waitFor(async () => (await seriesOf('cpu'))!.lastMs > known!.lastMs, 60_000);
    // The same load is not found a second time.
    const same = (await incidents()).filter(
      (one) => one.metrics.includes('cpu') && one.startedMs >= before.startedMs,
    );
    assert.deepEqual(
      same.map(({ id }) => id),
      [before.id],
    );
    rest();
  });

  it('foresees when a disk that fills up is full', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const disk = lab.mountDisk(64);
    const file = path.join(disk, 'filler');
    const block = Buffer.alloc(300_000, 1);
    let bytes = 32_000_000;
    appendFileSync(file, Buffer.alloc(bytes, 1));
    const filling = setInterval(() => {
      // About an eighth of the disk a minute, and never more than it has.
      if (bytes > 65_000_000) return;
      appendFileSync(file, block);
      bytes += block.length;
    }, 2_000);
    try {
      const seen = await waitFor(
        async () =>
          (await incidents())
            .flatMap(({ findings }) => findings)
            .find(({ kind, series }) => kind === 'capacity' && series?.part === disk),
        5 * 60_000,
      );
      assert.match(seen.title, /will be full in about/);
      assert.ok(seen.value! < 100, 'before it was');
      const answer = await ask(`will the disk of ${lab.instance} be full in 1 hour?`);
      assert.match(answer.summary, /full/);
      assert.ok(answer.blocks.some((one) => one.kind === 'series' && (one.forecast?.length ?? 0) > 0));
    } finally {
      clearInterval(filling);
      lab.unmountDisk();
    }
  });

  it('names an exporter and a server that stop answering, and concludes nothing from silence', async () => {
    const fromMs = Date.now();
    const known = new Set((await incidents()).map(({ id }) => id));
    lab.signal('exporter', 'SIGSTOP');
    try {
      await waitFor(
        async () =>
          (await sources())[0]!.problems.some(
            (one) => one.includes(lab.instance) && /does not answer/.test(one),
          ),
        60_000,
      );
    } finally {
      lab.signal('exporter', 'SIGCONT');
    }
    lab.signal('prometheus', 'SIGSTOP');
    try {
      const failing = await waitFor(
        async () => (await sources()).find(({ state }) => state === 'failing'),
        90_000,
      );
      assert.match(failing.problems.join(' '), /did not answer|does not answer/);
    } finally {
      lab.signal('prometheus', 'SIGCONT');
    }
    await waitFor(async () => (await sources())[0]!.state === 'ok', 120_000);
    const silence = (await incidents()).filter(
      ({ id, startedMs, metrics }) =>
        !known.has(id) && startedMs >= fromMs && !metrics.every((metric) => metric === 'cpu'),
    );
    assert.deepEqual(
      silence.map(({ title }) => title),
      [],
    );
  });
});
