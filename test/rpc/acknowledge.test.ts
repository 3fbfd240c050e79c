// The way out of a broken audit trail: only what `audit/verify` named can be acknowledged, it is recorded for good,
// and then writing works again.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail } from '../../daemon/audit/trail.ts';
import type { RequestContext } from '../../daemon/rpc/contract.ts';
import { auditHandlers } from '../../daemon/rpc/handlers/audit.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';

const actor: Actor = { user: 'carol', client: 'test', how: 'terminal' };

describe('a broken audit trail', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ph-ack-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function openTrail() {
    const database = openDatabase({
      file: join(folder, 'audit.db'),
      durability: 'full',
      migrations: auditMigrations,
    });
    const trail = createAuditTrail({
      database,
      now: Date.now,
      witnesses: [openHeadFile(join(folder, 'audit.head'))],
    });
    return {
      trail,
      close: () => {
        trail.close();
        database.close();
      },
    };
  }

  it('is acknowledged by the record that is missing, once, and then works again', async () => {
    const first = openTrail();
    first.trail.append({ event: 'daemon.started', actor });
    first.close();
    rmSync(join(folder, 'audit.head'));

    const { trail, close } = openTrail();
    const context = { services: { audit: trail }, actor } as unknown as RequestContext;
    const acknowledge = (seq: number) => auditHandlers['audit/acknowledge']({ seq }, context);
    const found = trail.verify();
    assert.ok(!found.ok);
    assert.throws(() => trail.append({ event: 'daemon.started', actor }), ProblemError);
    assert.throws(() => acknowledge(found.seq + 7), /what is wrong/);

    const record = await acknowledge(found.seq);
    assert.equal(record.event, 'audit.acknowledged');
    assert.equal(record.actor.user, 'carol');
    assert.match(JSON.stringify(record), /truncated/);
    trail.append({ event: 'daemon.started', actor });
    assert.equal(trail.verify().ok, true);
    assert.throws(() => acknowledge(found.seq), /nothing to acknowledge/);
    close();
  });
});
