// The whole state in one file, and back: what is in it, what refuses to come back, and a restore that is cut off.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { openDatabase } from '../../daemon/store/database.ts';
import { createStateKeeper, finishRestore, prepareRestore } from '../../daemon/store/stateKeeper.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const migrations = [{ id: 1, name: 'things', sql: 'CREATE TABLE things (name TEXT NOT NULL) STRICT;' }];
const nowMs = Date.parse('2026-11-21T10:00:00Z');

describe('store/stateKeeper', () => {
  afterEach(removeTempFolders);

  function open(folder: string, name: string, exclusive = true): Database.Database {
    return openDatabase({ file: path.join(folder, name), durability: 'full', migrations, exclusive });
  }
  const put = (database: Database.Database, name: string) =>
    database.prepare('INSERT INTO things VALUES (?)').run(name);
  function things(folder: string, name: string): readonly string[] {
    const database = open(folder, name);
    const all = database.prepare<[], string>('SELECT name FROM things ORDER BY rowid').pluck().all();
    database.close();
    return all;
  }
  /** A folder with two databases, one of which nobody here holds open, backed up. */
  async function backedUp() {
    const folder = tempFolder();
    const journal = open(folder, 'journal.db');
    put(journal, 'plan');
    // Another program's hands may be on a file of the folder; it is copied all the same.
    const other = open(folder, 'other.db', false);
    put(other, 'vm');
    const keeper = createStateKeeper({
      stateFolder: folder,
      open: new Map([['journal.db', journal]]),
      now: () => nowMs,
    });
    const file = path.join(folder, 'out.tar.gz');
    const written = await keeper.backup(file);
    put(journal, 'later');
    return { folder, file, written, keeper, close: () => [journal, other].map((one) => one.close()) };
  }
  const refused = (words: RegExp) => (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.match(error.message, words);
    assert.ok(error.problem.fix);
    return true;
  };

  it('holds every database, those of others too, for its user alone, and any tool can read it', async () => {
    const { file, written, close, folder } = await backedUp();
    close();
    assert.deepEqual(written.databases, ['journal.db', 'other.db']);
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    const listed = execFileSync('tar', ['tzf', file], { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(listed, ['backup.json', 'journal.db', 'other.db']);
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => /unfinished/.test(name)),
      [],
    );
  });

  it('comes back as it was, with what was there kept beside it', async () => {
    const { folder, file, close } = await backedUp();
    close();
    fs.writeFileSync(path.join(folder, 'audit.head'), 'x');
    await prepareRestore(file, folder);
    assert.deepEqual(things(folder, 'journal.db'), ['plan', 'later'], 'nothing moves before the next start');
    const restored = finishRestore(folder, nowMs)!;
    assert.deepEqual(things(folder, 'journal.db'), ['plan']);
    assert.deepEqual(things(folder, 'other.db'), ['vm']);
    assert.deepEqual(restored.kept, [
      'journal.db.before-2026-11-21T10-00-00-000Z',
      'other.db.before-2026-11-21T10-00-00-000Z',
    ]);
    assert.deepEqual(things(folder, restored.kept[0]!), ['plan', 'later']);
    assert.ok(!fs.existsSync(path.join(folder, 'audit.head')), 'the old end is not the end of this trail');
    assert.equal(finishRestore(folder, nowMs), undefined, 'once');
  });

  it('is finished by the next start where one was cut off in the middle', async () => {
    const { folder, file, close } = await backedUp();
    close();
    await prepareRestore(file, folder);
    // As a start would leave it that died after the first database.
    const ready = path.join(folder, 'restore-ready');
    fs.renameSync(path.join(folder, 'journal.db'), path.join(folder, 'journal.db.before-x'));
    fs.renameSync(path.join(ready, 'journal.db'), path.join(folder, 'journal.db'));
    finishRestore(folder, nowMs);
    assert.deepEqual(things(folder, 'journal.db'), ['plan']);
    assert.deepEqual(things(folder, 'other.db'), ['vm']);
  });

  it('overwrites nothing, and leaves nothing where it cannot be written', async () => {
    const { folder, file, keeper, close } = await backedUp();
    await assert.rejects(keeper.backup(file), refused(/is a file .* already/));
    await assert.rejects(keeper.backup(path.join(folder, 'no', 'such', 'x.gz')), refused(/no\/such/));
    await assert.rejects(keeper.backup('x.tar.gz'), refused(/no whole path/));
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => /unfinished/.test(name)),
      [],
    );
    close();
  });

  it('refuses what is no whole backup, and changes nothing', async () => {
    const { folder, file, close } = await backedUp();
    close();
    const bad = path.join(folder, 'bad.tar.gz');
    const whole = fs.readFileSync(file);
    const tar = gunzipSync(whole);
    const changed = Buffer.from(tar);
    changed[tar.length - 3_000] = changed[tar.length - 3_000]! ^ 255;
    const outside = Buffer.from(tar);
    outside.write('../evil.db\0', 0, 'latin1');
    for (const [what, bytes] of [
      ['cut off', whole.subarray(0, whole.length - 20)],
      ['cut off and packed again', gzipSync(tar.subarray(0, tar.length - 2_048))],
      ['not packed', Buffer.from('hello')],
      ['a bit changed', gzipSync(changed)],
      ['a name that leads elsewhere', gzipSync(outside)],
      ['empty', Buffer.alloc(0)],
    ] as const) {
      fs.writeFileSync(bad, bytes);
      await assert.rejects(prepareRestore(bad, folder), refused(/is no whole backup|did not pass/), what);
    }
    await assert.rejects(prepareRestore(path.join(folder, 'none'), folder), refused(/no file/));
    assert.equal(finishRestore(folder, nowMs), undefined);
    assert.deepEqual(things(folder, 'journal.db'), ['plan', 'later']);
    assert.ok(!fs.existsSync(path.join(folder, '..', 'evil.db')));
  });
});
