// The ends that a killed daemon could not write, over a real trail: each once, only for what was left open, and no more
// said than is known.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail } from '../../daemon/audit/trail.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { hangUpVisit } from '../../daemon/terminals/hangUp.ts';
import { endLeftOpen } from '../../daemon/terminals/leftOpen.ts';
import type { AuditEvent } from '../../shared/model/audit.ts';
import { ProblemError } from '../../shared/model/problem.ts';

describe('terminals of a daemon that was killed', () => {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function openTrail() {
    const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-left-'));
    folders.push(folder);
    const database = openDatabase({
      file: path.join(folder, 'audit.db'),
      durability: 'full',
      migrations: auditMigrations,
    });
    const trail = createAuditTrail({
      database,
      witnesses: [openHeadFile(path.join(folder, 'audit-head'))],
      now: Date.now,
    });
    const write = (event: AuditEvent, visit?: string) =>
      trail.append({
        event,
        actor: { user: 'ann', client: 'code', how: 'editor' },
        operation: 'enter.container',
        target: 'local:container/1',
        ...(visit === undefined ? {} : { detail: { visit, way: 'exec' } }),
      });
    return { trail, write };
  }
  it('say that what was left running was told to hang up, where it was', () => {
    const { trail, write } = openTrail();
    write('daemon.started');
    write('terminal.opened', 'a');
    write('terminal.opened', 'b');
    const asked: string[][] = [];
    endLeftOpen(trail, noLog, (visit, target) => {
      asked.push([visit, target]);
      return visit === 'b' ? 1 : 0;
    });
    assert.deepEqual(asked, [
      ['a', 'local:container/1'],
      ['b', 'local:container/1'],
    ]);
    const [newest, before] = trail.list({ limit: 2 });
    assert.match(newest!.outcome!, /was told to hang up/);
    assert.match(before!.outcome!, /when and how is not known/);
  });

  it('tell nothing to a process that only knows the mark', async () => {
    const visit = 'ab'.repeat(12);
    const env = { ...process.env, PILOTHOUSE_VISIT: visit };
    const stranger = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => 1, 1000)'], { env });
    try {
      await once(stranger.stdout, 'data');
      assert.equal(hangUpVisit(visit, `local:container/${'c0ffee'.repeat(8)}`), 0);
      assert.equal(hangUpVisit(visit, 'local:container/1'), 0);
      assert.equal(stranger.exitCode, null);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  const noLog = () => assert.fail('nothing is to be told');

  it('get an end each, once', () => {
    const { trail, write } = openTrail();
    write('daemon.started');
    write('terminal.opened', 'a');
    write('terminal.opened', 'b');
    write('terminal.ended', 'a');
    write('terminal.opened', 'c');
    assert.equal(endLeftOpen(trail, noLog), 2);
    const [newest, before] = trail.list({ limit: 2 });
    assert.deepEqual([before!.detail?.visit, newest!.detail?.visit], ['b', 'c']);
    assert.match(newest!.outcome!, /when and how is not known/);
    assert.equal(newest!.target, 'local:container/1');
    assert.deepEqual(newest!.actor, { user: 'ann', client: 'daemon', how: 'daemon' });
    assert.equal(endLeftOpen(trail, noLog), 0);
    assert.equal(trail.verify().ok, true);
    trail.close();
  });

  it('are looked for no further back than the daemon before', () => {
    const { trail, write } = openTrail();
    write('daemon.started');
    write('terminal.opened', 'older');
    write('daemon.started');
    assert.equal(endLeftOpen(trail, noLog), 0);
    trail.close();
  });

  it('hinder no start where the trail takes nothing', () => {
    const { trail, write } = openTrail();
    write('terminal.opened', 'a');
    const told: string[] = [];
    const append = () => {
      throw new ProblemError({ code: 'audit-unavailable', message: 'The disk is full.' });
    };
    assert.equal(
      endLeftOpen({ list: trail.list, append }, (_level, message) => void told.push(message)),
      0,
    );
    assert.match(told.join(), /The disk is full/);
    trail.close();
  });
});
