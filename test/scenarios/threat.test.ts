// The daemon as it is over a trail of two ordinary weeks that ends with a spree in the night: the first window that opens
// is told who, the question in words is answered, and a person's word ends it.

import assert from 'node:assert/strict';
import path from 'node:path';
import type { DaemonSession } from '../../connect/session.ts';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail } from '../../daemon/audit/trail.ts';
import { createJournal } from '../../daemon/plans/journal.ts';
import { journalMigrations } from '../../daemon/plans/migrations.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Incident } from '../../shared/model/finding.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { entryOf } from '../threat/records.ts';
import { attackAt, dayMs, hourMs, inOrder, mondayMs, ordinaryWeeks, randomOf } from '../threat/traffic.ts';
import { openReadyWindow } from './realDaemon.ts';

const folders: string[] = [];

describe('a threat in the trail of a real daemon', function () {
  this.timeout(120_000);
  afterEach(async () => {
    await endDaemonsOf(folders);
    removeTempFolders();
  });

  it('is told, explained and ended by a word', async () => {
    const folder = tempFolder();
    folders.push(folder);
    writeTrail(folder);
    const session = await openReadyWindow(folder, 'a');
    const found = await foundIn(session);
    assert.equal(found.resource, 'pilothouse:principal/bob');
    assert.match(found.title, /^bob destroyed \d+ things/);
    const { answer } = await session.request('request/submit', { text: 'any threats?' });
    assert.match(answer?.summary ?? '', /^1 threat, 1 still going on\. Newest: bob destroyed/);
    await session.request('incident/feedback', { id: found.id, says: 'noise' });
    await untilAsync(async () => (await incidentsOf(session, true)).length === 0);
    await session.dispose();
  });
});

/** Two weeks that end an hour ago, and the spree that began then. */
function writeTrail(folder: string): void {
  const endMs = mondayMs + 14 * dayMs;
  const shiftMs = Date.now() - hourMs - endMs;
  const clock = { nowMs: mondayMs + shiftMs - 1_000 };
  const open = (name: string, migrations: Parameters<typeof openDatabase>[0]['migrations']) =>
    openDatabase({ file: path.join(folder, name), durability: 'normal', migrations });
  const [database, plans] = [open('audit.db', auditMigrations), open('journal.db', journalMigrations)];
  const audit = createAuditTrail({
    database,
    now: () => clock.nowMs,
    witnesses: [openHeadFile(path.join(folder, 'audit.head')), createJournal(plans).auditWitness],
  });
  audit.append({
    event: 'plan.approved',
    actor: { user: 'ann', client: 'cli', how: 'terminal' },
    plan: 'p1',
  });
  const spree = inOrder(attackAt('night spree', endMs, randomOf(5)));
  for (const activity of [...inOrder(ordinaryWeeks(11, 2)), ...spree]) {
    clock.nowMs = activity.atMs + shiftMs;
    audit.append(entryOf(activity));
  }
  audit.close();
  database.close();
  plans.close();
}

async function foundIn(session: DaemonSession): Promise<Incident> {
  await untilAsync(async () => (await incidentsOf(session, true)).length > 0);
  return (await incidentsOf(session, true))[0]!;
}

async function incidentsOf(session: DaemonSession, open: boolean): Promise<readonly Incident[]> {
  return (await session.request('incident/list', { open })).incidents;
}

async function untilAsync(isTrue: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 90_000;
  while (!(await isTrue())) {
    assert.ok(Date.now() < deadlineMs, 'It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
