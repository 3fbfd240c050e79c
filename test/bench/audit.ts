// Measures the audit trail against a bare better-sqlite3 insert of the same bytes with the same durability, in the
// same run and in turns, so that a slow disk or a busy machine meets both alike. Prints medians; asserts nothing.
// Run: node test/bench/audit.ts [--json]. The batch command `pilothouse bench audit` calls `benchAudit`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail } from '../../daemon/audit/trail.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { AuditEntry } from '../../shared/model/audit.ts';

const roundsDefault = 9;
/** Compiling and the first growth of both files are not what is measured. */
const roundsOfWarmUp = 12;
const recordsPerRound = 500;
/** Bytes that a record's text has on average; the bare insert writes as many. */
const bareMigration = {
  id: 1,
  name: 'bare',
  sql: 'CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL) STRICT',
};

export interface AuditBench {
  readonly name: 'audit';
  readonly recordBytes: number;
  readonly auditPerSecond: number;
  readonly barePerSecond: number;
  /** Median over the rounds of audit throughput by bare throughput. */
  readonly ratio: number;
  readonly rounds: number;
}

/** One line's worth of record, like those the runner writes. */
function entryOf(n: number): AuditEntry {
  return {
    event: 'step.after',
    actor: { user: 'ada', client: 'Visual Studio Code 1.139.0', how: 'editor', session: 's-12' },
    actedAs: {
      connection: 'os-demo',
      identity: { user: 'demo', project: 'demo', domain: 'Default', region: 'RegionOne', roles: ['member'] },
    },
    plan: `p${n % 97}`,
    digest: 'd'.repeat(64),
    step: n % 5,
    operation: 'stop.vm',
    target: `os-demo:vm/6f1f1a3e-5b0e-4c7e-9d0a-${String(n).padStart(12, '0')}`,
    outcome: 'done',
    detail: { title: `Stop VM web-${n}`, args: {}, observed: `web-${n} is stopped (SHUTOFF).` },
  };
}

export function benchAudit(rounds = roundsDefault): AuditBench {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-bench-audit-'));
  const audited = openDatabase({
    file: path.join(folder, 'audit.db'),
    durability: 'full',
    migrations: auditMigrations,
    exclusive: true,
  });
  const bare = openDatabase({
    file: path.join(folder, 'bare.db'),
    durability: 'full',
    migrations: [bareMigration],
  });
  const trail = createAuditTrail({
    database: audited,
    now: Date.now,
    witnesses: [openHeadFile(path.join(folder, 'audit-head'))],
  });
  const insert = bare.prepare('INSERT INTO bare (body, hash) VALUES (?, ?)');
  const { hash, ...content } = trail.append(entryOf(0));
  const body = JSON.stringify(content);
  // Both are given what they write: neither pays for making it.
  const entries = Array.from({ length: recordsPerRound }, (_, n) => entryOf(n));
  const perSecond = (act: (n: number) => void): number => {
    const begun = performance.now();
    for (let n = 0; n < recordsPerRound; n++) act(n);
    return (recordsPerRound * 1_000) / (performance.now() - begun);
  };
  const runs = Array.from({ length: rounds + roundsOfWarmUp }, (_, round) => {
    const auditFirst = round % 2 === 0;
    const first = auditFirst
      ? perSecond((n) => trail.append(entries[n]!))
      : perSecond(() => insert.run(body, hash));
    const second = auditFirst
      ? perSecond(() => insert.run(body, hash))
      : perSecond((n) => trail.append(entries[n]!));
    return auditFirst ? { audit: first, bare: second } : { audit: second, bare: first };
  }).slice(roundsOfWarmUp);
  trail.close();
  audited.close();
  bare.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    name: 'audit',
    recordBytes: body.length + hash.length,
    auditPerSecond: Math.round(median(runs.map((run) => run.audit))),
    barePerSecond: Math.round(median(runs.map((run) => run.bare))),
    ratio: Number(median(runs.map((run) => run.audit / run.bare)).toFixed(3)),
    rounds,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const result = benchAudit();
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify(result)}\n`
      : `audit: ${result.auditPerSecond} records/s, bare insert ${result.barePerSecond}/s of ${result.recordBytes} bytes, ratio ${result.ratio} (at least 0.8)\n`,
  );
}
