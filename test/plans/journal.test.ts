// The state machine of plans and steps, move by move: what may follow what, and that nothing else can.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { type Boundary, createJournal, type Journal, type ShownPlan } from '../../daemon/plans/journal.ts';
import { journalMigrations } from '../../daemon/plans/migrations.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { type PlanState, planStates } from '../../shared/model/plan.ts';

/** from → the states that may follow; written down a second time on purpose. */
const follows: Readonly<Record<PlanState, readonly PlanState[]>> = {
  proposed: ['approved', 'rejected', 'expired', 'cancelled'],
  approved: ['running', 'failed', 'stopped', 'cancelled'],
  running: ['done', 'failed', 'stopped', 'cancelled', 'unknown'],
  unknown: ['done', 'failed', 'stopped'],
  denied: [],
  blocked: [],
  rejected: [],
  expired: [],
  done: [],
  failed: [],
  stopped: [],
  cancelled: [],
};
const boundaries: readonly Boundary[] = ['intended', 'performed', 'settled', 'closed'];

describe('plans/journal', () => {
  let folder: string;
  let database: Database.Database;
  let journal: Journal;
  let serial = 0;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-journal-'));
    database = openDatabase({
      file: path.join(folder, 'journal.db'),
      durability: 'normal',
      migrations: journalMigrations,
    });
    journal = createJournal(database);
  });
  after(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function add(state: PlanState): string {
    const id = `p${++serial}`;
    journal.add({ id, steps: [], digest: 'd' } as unknown as ShownPlan, state, { canUndo: false }, serial);
    return id;
  }

  for (const from of planStates)
    it(`lets ${from} become ${follows[from].join(', ') || 'nothing'}, and nothing else`, () => {
      for (const to of planStates) {
        const id = add(from);
        assert.equal(
          journal.move(id, to, { outcome: 'moved' }),
          follows[from].includes(to),
          `${from} → ${to}`,
        );
        const entry = journal.get(id)!;
        assert.equal(entry.state, follows[from].includes(to) ? to : from);
        assert.equal(entry.ending.outcome, follows[from].includes(to) ? 'moved' : undefined);
      }
    });

  const facts = { run: { index: 0, state: 'running' } } as const;
  it('moves a step forward only', () => {
    for (const from of boundaries)
      for (const to of boundaries) {
        const id = add('running');
        journal.intend(id, 0, `m-${id}`, facts, 1);
        journal.advance(id, 0, from);
        const forward = boundaries.indexOf(to) >= boundaries.indexOf(from);
        if (forward) journal.advance(id, 0, to);
        else assert.throws(() => journal.advance(id, 0, to), /cannot become/);
      }
  });

  it('lets a step be intended once, and a mark be used once', () => {
    const id = add('running');
    journal.intend(id, 0, 'mark-1', facts, 1);
    assert.throws(() => journal.intend(id, 0, 'mark-2', facts, 1), /UNIQUE/);
    assert.throws(() => journal.intend(id, 1, 'mark-1', facts, 1), /UNIQUE/);
    assert.throws(() => journal.advance(id, 7, 'closed'), /knows no step/);
  });

  it('opens a settled step again only where it is unknown', () => {
    const id = add('unknown');
    journal.intend(id, 0, `m-${id}`, facts, 1);
    journal.advance(id, 0, 'closed', { run: { index: 0, state: 'done' } });
    assert.throws(() => journal.reopen(id, 0), /not unknown/);
    journal.advance(id, 0, 'closed', { run: { index: 0, state: 'unknown' } });
    journal.reopen(id, 0);
    assert.equal(journal.get(id)!.steps[0]!.boundary, 'performed');
  });

  it('forgets the oldest ended plans, never an open one', () => {
    for (const id of journal.ids({ limit: 10_000 }))
      database.prepare('DELETE FROM plans WHERE id = ?').run(id);
    const open = [add('proposed'), add('running'), add('approved'), add('unknown')];
    const ended = [add('done'), add('failed'), add('rejected')];
    assert.deepEqual(journal.prune(1), ended.slice(0, 2));
    assert.deepEqual(new Set(journal.ids({ limit: 100 })), new Set([...open, ended[2]!]));
  });

  it('remembers the newest audit record with its next move, for another start to compare', () => {
    const head = { seq: 7, hash: 'a'.repeat(64) };
    journal.auditWitness.write(head, false);
    add('proposed');
    assert.deepEqual(createJournal(database).auditWitness.read(), head);
  });
});
