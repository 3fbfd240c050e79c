// Threats as they run in the daemon: over a real audit trail and a real watch on files of their own, with time in the
// hands of the test. What is found stands in the incidents, is explained, heeds what people say and outlives a restart;
// a log that cannot be read is named and raises nothing.

import assert from 'node:assert/strict';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail } from '../../daemon/audit/trail.ts';
import { limits } from '../../daemon/config.ts';
import type { Activity, ActivityLog, Executor } from '../../daemon/executors/contract.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { createThreats, threatDetector } from '../../daemon/threat/threats.ts';
import type { Connection } from '../../shared/model/connection.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { openWatch } from '../fakes/watch.ts';
import { entryOf } from './records.ts';
import { attackAt, dayMs, hourMs, inOrder, mondayMs, ordinaryWeeks, randomOf } from './traffic.ts';

const person: Actor = { user: 'ann', client: 'cli', how: 'terminal' };
const history = inOrder(ordinaryWeeks(11, 2));
const startMs = mondayMs + 15 * dayMs;
const spree = inOrder(attackAt('night spree', startMs + 3 * hourMs, randomOf(5)));

interface Bench {
  readonly connections?: readonly { readonly id: string; readonly activityLog: ActivityLog }[];
}

function openBench({ connections = [] }: Bench = {}) {
  const folder = tempFolder();
  const clock = { nowMs: startMs };
  const now = () => clock.nowMs;
  const databases: Database.Database[] = [];
  const open = (
    name: string,
    migrations: Parameters<typeof openDatabase>[0]['migrations'],
    durability = 'normal' as const,
  ) => {
    const database = openDatabase({ file: path.join(folder, name), durability, migrations });
    databases.push(database);
    return database;
  };
  const audit = createAuditTrail({
    database: open('audit.db', auditMigrations),
    now,
    witnesses: [openHeadFile(path.join(folder, 'audit.head'))],
  });
  const { watch, close } = openWatch({ stateFolder: folder, now });
  const said: string[] = [];
  const timers = new Set<number>();
  const start = () =>
    createThreats({
      audit,
      watch,
      graph: { list: () => [] },
      connections: {
        list: () => connections.map(({ id }) => ({ id, name: id, state: 'connected' }) as Connection),
        executor: (id) => connections.find((one) => one.id === id) as unknown as Executor,
        onDidChange: () => () => undefined,
      },
      riskOf: (operation) => (operation.startsWith('delete.') ? 'destroy' : 'change'),
      open,
      now,
      after(delayMs) {
        const dueMs = clock.nowMs + delayMs;
        timers.add(dueMs);
        return () => void timers.delete(dueMs);
      },
      log: (_, message) => void said.push(message),
    });
  const record = (activities: readonly Activity[]): void => {
    for (const activity of activities) {
      clock.nowMs = activity.atMs;
      audit.append(entryOf(activity));
    }
  };
  const threats = () =>
    watch.incidents
      .list({ limit: 50 })
      .flatMap(({ findings }) => findings.filter(({ detector }) => detector === threatDetector));
  return {
    audit,
    watch,
    clock,
    said,
    timers,
    start,
    record,
    /** Ordinary weeks, with an approval for the plan that all steps belong to. */
    live() {
      clock.nowMs = mondayMs;
      audit.append({ event: 'plan.approved', actor: person, plan: 'p1' });
      record(history.filter(({ atMs }) => atMs < startMs));
      clock.nowMs = startMs;
    },
    threats,
    async dispose() {
      audit.close();
      await close();
      for (const database of databases) database.close();
    },
  };
}

describe('threats in the daemon', function () {
  this.timeout(120_000);
  let bench: ReturnType<typeof openBench>;
  afterEach(async () => {
    await bench.dispose();
    removeTempFolders();
  });

  it('tells of a spree in the night by the records of the trail, and ends a day after it', async () => {
    bench = openBench();
    bench.live();
    const threats = bench.start();
    await threats.look();
    assert.equal(threats.status()[0]?.state, 'watching');
    assert.deepEqual(bench.threats(), []);
    const before = bench.audit.head.seq;
    bench.record(spree);
    threats.setActive(true);
    bench.clock.nowMs += 2_000;
    await threats.look();
    const [finding, ...more] = bench.threats();
    assert.ok(finding);
    assert.deepEqual(more, []);
    assert.equal(finding.resource, 'pilothouse:principal/bob');
    assert.equal(finding.kind, 'threat');
    assert.ok(finding.confidence > 0.3 && finding.confidence < 1);
    assert.match(finding.reasons.at(-1)!, new RegExp(`audit record ${before + 1} at `));
    const [incident] = bench.watch.incidents.list({ limit: 1 });
    assert.match(bench.watch.incidents.details(incident!.id).summary, /bob/);
    bench.clock.nowMs += 25 * hourMs;
    await threats.look();
    assert.ok(bench.threats()[0]!.endedMs);
    await threats.dispose();
  });

  it('goes on after a restart: nothing is lost and nothing is told twice', async () => {
    bench = openBench();
    bench.live();
    let threats = bench.start();
    await threats.look();
    bench.record(spree.slice(0, 10));
    await threats.dispose();
    threats = bench.start();
    await threats.look();
    bench.record(spree.slice(10));
    await threats.dispose();
    threats = bench.start();
    await threats.look();
    const found = bench.threats();
    assert.equal(found.length, 1);
    assert.equal(found[0]!.endedMs, undefined);
    assert.match(found[0]!.reasons.join(' '), new RegExp(`${spree.length} destroyed`));
    const { windows, principals } = threats.status()[0]!;
    await threats.dispose();
    threats = bench.start();
    await threats.look();
    assert.deepEqual([threats.status()[0]!.windows, threats.status()[0]!.principals], [windows, principals]);
    await threats.dispose();
  });

  it('heeds "noise": it ends at once, and the same again is no finding', async () => {
    bench = openBench();
    bench.live();
    const threats = bench.start();
    await threats.look();
    bench.record(spree);
    await lookAfter(threats, bench);
    const [incident] = bench.watch.incidents.list({ limit: 1 });
    bench.watch.incidents.judge(incident!.id, 'noise', person);
    await lookAfter(threats, bench);
    assert.ok(bench.threats().every(({ endedMs }) => endedMs !== undefined));
    const again = inOrder(attackAt('night spree', startMs + 2 * dayMs + 3 * hourMs, randomOf(5)));
    bench.record(again);
    await lookAfter(threats, bench);
    assert.equal(bench.threats().filter(({ endedMs }) => endedMs === undefined).length, 0);
    await threats.dispose();
  });

  it('looks for an approval as far back as it takes', async () => {
    bench = openBench();
    bench.live();
    const step = { actor: person, operation: 'stop.vm', target: 'eu-1:vm/1', step: 0, plan: 'p1' } as const;
    for (let i = 0; i < limits.auditPageMax + 10; i++)
      bench.audit.append({ event: 'step.reconciled', ...step });
    let threats = bench.start();
    await threats.look();
    await threats.dispose();
    threats = bench.start();
    bench.audit.append({ event: 'step.before', ...step });
    await lookAfter(threats, bench);
    assert.deepEqual(bench.threats(), []);
    await threats.dispose();
  });

  it('calls a step without an approval what it is', async () => {
    bench = openBench();
    bench.live();
    const threats = bench.start();
    await threats.look();
    bench.clock.nowMs = startMs + 10 * hourMs;
    const step = {
      actor: { ...person, user: 'alice' },
      operation: 'stop.vm',
      target: 'eu-1:vm/1',
      step: 0,
    } as const;
    bench.audit.append({ event: 'step.before', plan: 'p1', ...step });
    await lookAfter(threats, bench);
    assert.deepEqual(bench.threats(), []);
    bench.audit.append({ event: 'step.before', plan: 'p-forged', ...step });
    await lookAfter(threats, bench);
    assert.match(bench.threats()[0]?.title ?? '', /p-forged .* without any approval/);
    assert.equal(bench.threats()[0]?.severity, 'critical');
    await threats.dispose();
  });

  it('follows the log of a connection, and names one that cannot be read', async () => {
    let refuses = false;
    const activities = [...history.filter(({ atMs }) => atMs < startMs), ...spree];
    const activityLog: ActivityLog = {
      name: 'actions',
      intervalMs: 60_000,
      async read({ cursor }) {
        if (refuses)
          throw new ProblemError({ code: 'cloud-forbidden', message: 'You may not read the log.' });
        const from = Number(cursor ?? 0);
        const next = Math.min(activities.length, from + 1_000);
        return {
          activities: activities.slice(from, next),
          cursor: String(next),
          more: next < activities.length,
        };
      },
    };
    bench = openBench({ connections: [{ id: 'c1', activityLog }] });
    const threats = bench.start();
    bench.clock.nowMs = startMs + 5 * hourMs;
    await threats.look();
    assert.deepEqual(
      bench.threats().map(({ resource }) => resource),
      ['c1:principal/bob'],
    );
    refuses = true;
    bench.clock.nowMs += hourMs;
    await threats.look();
    const [, status] = threats.status();
    assert.equal(status?.state, 'failing');
    assert.equal(status.problem, 'You may not read the log.');
    assert.equal(bench.said.length, 1);
    assert.equal(bench.threats().length, 1);
    await threats.dispose();
  });

  it('sets no timer while nobody looks, and none for a trail in which nothing happens', async () => {
    bench = openBench();
    const threats = bench.start();
    threats.setActive(true);
    await threats.look();
    assert.equal(bench.timers.size, 0);
    bench.audit.append({ event: 'daemon.started', actor: person });
    assert.equal(bench.timers.size, 1);
    threats.setActive(false);
    assert.equal(bench.timers.size, 0);
    bench.audit.append({ event: 'daemon.stopped', actor: person });
    assert.equal(bench.timers.size, 0);
    await threats.dispose();
  });
});

/** The trail is looked at a moment after a record was added. */
async function lookAfter(threats: ReturnType<typeof createThreats>, { clock }: { clock: { nowMs: number } }) {
  threats.setActive(false);
  threats.setActive(true);
  clock.nowMs += 2_000;
  await threats.look();
  await Promise.resolve();
}
