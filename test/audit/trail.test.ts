// What the trail promises: nothing in it changes, goes or moves unnoticed; nothing secret comes in; and where it
// cannot be written it says so instead of going on.

import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { canonicalJson, sha256 } from '../../daemon/audit/canonical.ts';
import { openHeadFile } from '../../daemon/audit/headFile.ts';
import { auditMigrations } from '../../daemon/audit/migrations.ts';
import { createAuditTrail, type KeptAuditTrail } from '../../daemon/audit/trail.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { AuditEntry, AuditVerification } from '../../shared/model/audit.ts';
import { ProblemError } from '../../shared/model/problem.ts';

const actor = { user: 'ada', client: 'test', how: 'terminal' } as const;
const entry = (target: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  event: 'step.before',
  actor,
  plan: 'p1',
  digest: 'd'.repeat(64),
  step: 0,
  operation: 'stop.vm',
  target,
  ...more,
});

describe('audit/trail', () => {
  let folder: string;
  let file: string;
  let headFile: string;
  let closers: (() => void)[];
  let nowMs: number;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-audit-'));
    file = path.join(folder, 'audit.db');
    headFile = path.join(folder, 'audit-head');
    closers = [];
    nowMs = Date.parse('2026-11-21T10:00:00Z');
  });
  afterEach(() => {
    for (const close of closers) close();
    rmSync(folder, { recursive: true, force: true });
  });

  function openTrail(): { trail: KeptAuditTrail; database: Database.Database; close: () => void } {
    const database = openDatabase({ file, durability: 'full', migrations: auditMigrations });
    const trail = createAuditTrail({ database, now: () => nowMs, witnesses: [openHeadFile(headFile)] });
    const close = () => {
      if (!database.open) return;
      trail.close();
      database.close();
    };
    closers.push(close);
    return { trail, database, close };
  }
  function writeFive(): void {
    const { trail, close } = openTrail();
    for (let n = 1; n <= 5; n++) trail.append(entry(`sb:vm/web-${n}`));
    close();
  }
  /** Somebody with the file in hand: no triggers stand in the way. */
  function tamper(act: (database: Database.Database) => void): void {
    const database = new Database(file);
    database.exec('DROP TRIGGER audit_records_never_change; DROP TRIGGER audit_records_never_go');
    act(database);
    database.close();
  }
  function verifyAgain(): AuditVerification {
    const { trail, close } = openTrail();
    const verification = trail.verify();
    close();
    return verification;
  }
  function rewrite(
    database: Database.Database,
    seq: number,
    change: (body: Record<string, unknown>) => void,
  ) {
    const body = JSON.parse(
      database.prepare<[number], string>('SELECT body FROM audit_records WHERE seq = ?').pluck().get(seq)!,
    ) as Record<string, unknown>;
    change(body);
    const text = canonicalJson(body);
    database
      .prepare('UPDATE audit_records SET body = ?, hash = ? WHERE seq = ?')
      .run(text, sha256(text), seq);
  }
  function assertBroken(problem: string, seq: number, words: RegExp): void {
    const verification = verifyAgain();
    assert.ok(!verification.ok, 'the break is found');
    assert.deepEqual([verification.problem, verification.seq], [problem, seq], verification.message);
    assert.match(verification.message, words);
  }

  it('chains records from zeros, counts from 1 and reads them back newest first', () => {
    const { trail } = openTrail();
    const one = trail.append(entry('sb:vm/a'));
    const two = trail.append(entry('sb:vm/b'));
    assert.equal(one.previous, '0'.repeat(64));
    assert.equal(two.previous, one.hash);
    const { hash, ...content } = two;
    assert.equal(sha256(canonicalJson(content)), hash);
    assert.deepEqual(trail.list({ limit: 10 }), [two, one]);
    assert.deepEqual(trail.head, { seq: 2, hash });
    assert.deepEqual(trail.verify(), { ok: true, records: 2, head: hash });
  });

  it('writes times as ECMAScript does, whatever comes after what', () => {
    const { trail } = openTrail();
    const seconds = [nowMs, nowMs + 7, nowMs + 60, nowMs + 999, nowMs + 1_000, nowMs - 1, nowMs + 86_400_042];
    for (const ms of [...seconds, 0, -1, 951_782_400_123, 4_102_444_799_999]) {
      nowMs = ms;
      assert.equal(trail.append(entry('sb:vm/a')).at, new Date(ms).toISOString());
    }
    nowMs = Number.NaN;
    assert.throws(() => trail.append(entry('sb:vm/a')), ProblemError);
    assert.ok(trail.verify().ok);
  });

  it('goes on where it ended after it was opened again', () => {
    writeFive();
    const { trail } = openTrail();
    assert.equal(trail.append(entry('sb:vm/next')).seq, 6);
    assert.equal(trail.verify().ok, true);
  });

  it('filters by plan, person, operation, target and time, and pages backwards', () => {
    const { trail } = openTrail();
    trail.append(entry('sb:vm/a'));
    nowMs += 60_000;
    trail.append(entry('sb:vm/b', { plan: 'p2', operation: 'start.vm', actor: { ...actor, user: 'bob' } }));
    const seqs = (where: object) => trail.list({ limit: 10, ...where }).map((record) => record.seq);
    assert.deepEqual(seqs({ plan: 'p2' }), [2]);
    assert.deepEqual(seqs({ actor: 'ada' }), [1]);
    assert.deepEqual(seqs({ operation: 'start.vm' }), [2]);
    assert.deepEqual(seqs({ target: 'sb:vm/a' }), [1]);
    assert.deepEqual(seqs({ fromMs: nowMs }), [2]);
    assert.deepEqual(seqs({ toMs: nowMs - 1 }), [1]);
    assert.deepEqual(seqs({ beforeSeq: 2 }), [1]);
    assert.deepEqual(seqs({ limit: 1 }), [2]);
    assert.deepEqual(seqs({ plan: 'p1', actor: 'bob' }), []);
  });

  it('refuses change and removal from within', () => {
    const { trail, database } = openTrail();
    trail.append(entry('sb:vm/a'));
    assert.throws(() => database.exec("UPDATE audit_records SET body = '{}'"), /never changed/);
    assert.throws(() => database.exec('DELETE FROM audit_records'), /never removed/);
    assert.throws(
      () =>
        database.exec(
          "INSERT OR REPLACE INTO audit_records (seq, body, hash) SELECT seq, '{}', hash FROM audit_records",
        ),
      /never removed/,
    );
    assert.equal(trail.verify().ok, true);
  });

  it('names a record whose words were changed', () => {
    writeFive();
    tamper((database) =>
      database.exec("UPDATE audit_records SET body = replace(body, 'ada', 'eve') WHERE seq = 3"),
    );
    assertBroken('changed', 3, /Record 3 was changed/);
  });

  it('names a record that was written anew with a fitting hash', () => {
    writeFive();
    tamper((database) =>
      rewrite(database, 3, (body) => {
        body.target = 'sb:vm/innocent';
      }),
    );
    assertBroken('changed', 4, /does not follow from record 3/);
  });

  it('names the last record written anew with a fitting hash', () => {
    writeFive();
    tamper((database) =>
      rewrite(database, 5, (body) => {
        body.target = 'sb:vm/innocent';
      }),
    );
    assertBroken('changed', 5, /record 5 is not the one/);
  });

  it('names a removed record', () => {
    writeFive();
    tamper((database) => database.exec('DELETE FROM audit_records WHERE seq = 2'));
    assertBroken('removed', 2, /Record 2 was removed/);
  });

  it('names the removed first record', () => {
    writeFive();
    tamper((database) => database.exec('DELETE FROM audit_records WHERE seq = 1'));
    assertBroken('removed', 1, /Record 1 was removed/);
  });

  it('names a removed record whose followers were moved up', () => {
    writeFive();
    tamper((database) =>
      database.exec(
        'DELETE FROM audit_records WHERE seq = 2; UPDATE audit_records SET seq = seq - 1 WHERE seq > 2',
      ),
    );
    assertBroken('removed', 2, /moved up/);
  });

  it('names two records that changed places', () => {
    writeFive();
    tamper((database) =>
      database.exec(`UPDATE audit_records SET seq = 99 WHERE seq = 2;
        UPDATE audit_records SET seq = 2 WHERE seq = 4; UPDATE audit_records SET seq = 4 WHERE seq = 99`),
    );
    assertBroken('reordered', 2, /Record 4 stands in the place of record 2/);
  });

  it('names records cut off the end', () => {
    writeFive();
    tamper((database) => database.exec('DELETE FROM audit_records WHERE seq > 3'));
    assertBroken('truncated', 4, /Records 4 to 5 were removed from the end/);
  });

  it('names the last record cut off', () => {
    writeFive();
    tamper((database) => database.exec('DELETE FROM audit_records WHERE seq = 5'));
    assertBroken('truncated', 5, /Record 5, the last one/);
  });

  it('names all records cut off, and a file that is gone', () => {
    writeFive();
    tamper((database) => database.exec('DELETE FROM audit_records'));
    assertBroken('truncated', 1, /All 5 records/);
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    assertBroken('truncated', 1, /All 5 records/);
  });

  it('names a trail that was swapped for another one that is sound in itself', () => {
    writeFive();
    const mine = readFileSync(headFile);
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    rmSync(headFile);
    nowMs += 1;
    writeFive();
    writeFileSync(headFile, mine);
    assertBroken('changed', 5, /another trail/);
  });

  it('names a head file that is missing or rubbish', () => {
    writeFive();
    const head = readFileSync(headFile);
    rmSync(headFile);
    assertBroken('truncated', 6, /missing/);
    writeFileSync(headFile, 'rubbish');
    assertBroken('unreadable', 5, /altered/);
    writeFileSync(headFile, head);
    assert.equal(verifyAgain().ok, true);
  });

  it('takes a head file that a crash left behind, and one whose last write was torn', () => {
    writeFive();
    const behind = readFileSync(headFile);
    const { trail, close } = openTrail();
    trail.append(entry('sb:vm/six'));
    close();
    writeFileSync(headFile, behind);
    assert.equal(verifyAgain().ok, true, 'behind is what a crash leaves');
    const torn = Buffer.from(readFileSync(headFile));
    torn.fill(0, 40, 100);
    writeFileSync(headFile, torn);
    assert.equal(verifyAgain().ok, true, 'the other slot still stands');
  });

  it('refuses to append to a trail whose end was cut off, until a person has acknowledged it', () => {
    writeFive();
    tamper((database) => database.exec('DELETE FROM audit_records WHERE seq > 3'));
    const { trail } = openTrail();
    assert.throws(
      () => trail.append(entry('sb:vm/x')),
      (error) =>
        error instanceof ProblemError &&
        error.problem.code === 'audit-unavailable' &&
        /4 to 5/.test(error.message),
    );
    assert.equal(trail.head.seq, 3, 'nothing was written');
    const record = trail.acknowledge(actor);
    assert.equal(record.event, 'audit.acknowledged');
    assert.match(record.outcome!, /Records 4 to 5 were removed/);
    assert.equal(trail.append(entry('sb:vm/x')).seq, 5);
    assert.equal(trail.verify().ok, true);
    assert.throws(() => trail.acknowledge(actor), ProblemError);
  });

  it('fails closed where the database cannot be written, and goes on where it can again', () => {
    const { trail, database } = openTrail();
    trail.append(entry('sb:vm/a'));
    database.pragma('query_only = ON');
    assert.throws(
      () => trail.append(entry('sb:vm/b')),
      (error) =>
        error instanceof ProblemError &&
        error.problem.code === 'audit-unavailable' &&
        error.problem.fix !== undefined,
    );
    database.pragma('query_only = OFF');
    assert.equal(trail.append(entry('sb:vm/c')).seq, 2);
    assert.equal(trail.verify().ok, true);
  });

  it('is durable when it returns: another process reads what was appended while the first is still open', () => {
    const { trail } = openTrail();
    trail.append(entry('sb:vm/a'));
    const copy = path.join(folder, 'copy.db');
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const other = new Database(copy);
    assert.equal(other.prepare('SELECT count(*) FROM audit_records').pluck().get(), 1);
    other.close();
  });

  it('keeps secrets out of every byte it writes', () => {
    const { trail, close } = openTrail();
    trail.append(
      entry('sb:vm/a', {
        outcome: 'https://admin:canary-7f3a@cloud.example refused',
        detail: { args: { name: 'a', admin_pass: 'canary-7f3a', note: 'password=canary-7f3a' } },
      }),
    );
    close();
    for (const name of readdirSync(folder))
      assert.equal(readFileSync(path.join(folder, name)).includes('canary-7f3a'), false, name);
  });

  it('writes what canonical JSON would, whatever names and words stand in an entry', () => {
    const { trail } = openTrail();
    trail.append(
      entry('sb:vm/"detail":{}', {
        actor: { user: '"detail":{}', client: '$& $1 \u2028 \ud83d\ude00', how: 'editor', session: 's' },
        actedAs: { connection: 'c', identity: { user: 'u', roles: ['b', 'a'], region: 'r' } },
        detail: { 10: 'ten', 9: [{ z: 1, a: null }], é: '$&', Z: -0.5, a: { detail: {} } },
      }),
    );
    trail.append({ event: 'daemon.started', actor, detail: {} });
    assert.equal(trail.verify().ok, true);
    const { hash, ...content } = trail.list({ limit: 2 })[1]!;
    assert.equal(sha256(canonicalJson(content)), hash);
  });

  it('cuts details that are too long, with the hash of the whole', () => {
    const { trail } = openTrail();
    const record = trail.append(entry('sb:vm/a', { detail: { list: 'x'.repeat(100_000) } }));
    assert.equal(typeof record.detail!.sha256, 'string');
    assert.ok(JSON.stringify(record).length < 64_000);
    assert.equal(trail.verify().ok, true);
  });
});

describe('audit/export', () => {
  let folder: string;
  let database: Database.Database;
  let trail: KeptAuditTrail;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-export-'));
    database = openDatabase({
      file: path.join(folder, 'audit.db'),
      durability: 'normal',
      migrations: auditMigrations,
    });
    trail = createAuditTrail({
      database,
      now: () => Date.parse('2026-11-21T10:00:00Z'),
      witnesses: [openHeadFile(path.join(folder, 'audit-head'))],
    });
  });
  afterEach(() => {
    trail.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function exportAll(format: 'jsonl' | 'csv', limit: number): { text: string; pages: number } {
    let text = '';
    let afterSeq: number | undefined = 0;
    let pages = 0;
    while (afterSeq !== undefined) {
      const page: { text: string; nextSeq?: number } = trail.export({ format, afterSeq, limit });
      text += page.text;
      afterSeq = page.nextSeq;
      pages++;
    }
    return { text, pages };
  }

  it('writes JSON Lines whose chain can be checked elsewhere', () => {
    for (let n = 0; n < 7; n++) trail.append(entry(`sb:vm/${n}`));
    const { text, pages } = exportAll('jsonl', 3);
    assert.equal(pages, 3);
    let previous = '0'.repeat(64);
    for (const line of text.trimEnd().split('\n')) {
      const { hash, ...content } = JSON.parse(line) as Record<string, unknown>;
      assert.equal(content.previous, previous);
      assert.equal(sha256(canonicalJson(content)), hash);
      previous = hash as string;
    }
    assert.equal(previous, trail.head.hash);
  });

  it('writes CSV with one header, quoted cells and no formulas', () => {
    trail.append(entry('=HYPERLINK("http://evil.example","x")'));
    trail.append(entry('+1'));
    trail.append(entry('a,"b"\r\nc', { outcome: '@sum' }));
    trail.append(entry('-2', { step: 3 }));
    const { text } = exportAll('csv', 2);
    const lines = text.split('\r\n');
    assert.equal(
      lines[0],
      'seq,at,event,user,client,how,connection,acted_as,project,plan,digest,step,operation,target,outcome,detail,previous,hash',
    );
    assert.equal(text.match(/^seq,/gm)?.length, 1);
    assert.ok(text.includes(`"'=HYPERLINK(""http://evil.example"",""x"")"`));
    assert.ok(text.includes(",'+1,"));
    assert.ok(text.includes(",'-2,"));
    assert.ok(text.includes(`"a,""b""\r\nc",'@sum,`));
  });

  it('gives an empty page of an empty trail', () => {
    assert.deepEqual(trail.export({ format: 'jsonl', afterSeq: 0, limit: 10 }), { text: '' });
  });
});
