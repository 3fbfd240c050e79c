// What must hold of every database file: private modes, migrations once and unchanged, and no file that cannot be
// trusted is ever written over.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { backupDatabase, restoreDatabase } from '../../daemon/store/backup.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Migration } from '../../daemon/store/migrations.ts';
import { ProblemError } from '../../shared/model/problem.ts';

const first: Migration = { id: 1, name: 'things', sql: 'CREATE TABLE things (name TEXT NOT NULL) STRICT' };
const second: Migration = { id: 2, name: 'sizes', sql: 'ALTER TABLE things ADD COLUMN size INTEGER' };

const databaseModule = new URL('../../daemon/store/database.ts', import.meta.url).href;

function storeProblem(words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.code, 'store-unavailable');
    assert.match(error.problem.message, words);
    assert.ok(error.problem.fix, 'a person is told what to do');
    return true;
  };
}

describe('store/database', () => {
  let folder: string;
  let file: string;
  const open = (migrations: readonly Migration[] = [first]) =>
    openDatabase({ file, durability: 'full', migrations });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-store-'));
    file = path.join(folder, 'state', 'a.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('opens with WAL, FULL, foreign keys and files only their user can read', () => {
    const database = open();
    database.exec("INSERT INTO things VALUES ('x')");
    assert.equal(database.pragma('journal_mode', { simple: true }), 'wal');
    assert.equal(database.pragma('synchronous', { simple: true }), 2);
    assert.equal(database.pragma('foreign_keys', { simple: true }), 1);
    for (const each of [file, `${file}-wal`, `${file}-shm`])
      assert.equal(statSync(each).mode & 0o777, 0o600, each);
    assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700);
    database.close();
  });

  it('lets no second process open a file that is held exclusively', () => {
    const held = openDatabase({ file, durability: 'full', migrations: [first], exclusive: true });
    held.exec("INSERT INTO things VALUES ('x')");
    const script = `const { openDatabase } = await import(${JSON.stringify(databaseModule)});
      try { openDatabase({ file: ${JSON.stringify(file)}, durability: 'full', migrations: [], exclusive: true }); }
      catch (error) { console.log(error.problem.code, error.message); }`;
    const said = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.match(said.stdout, /store-unavailable .*held by another process/, said.stderr);
    held.close();
    openDatabase({ file, durability: 'full', migrations: [first], exclusive: true }).close();
  });

  it('opens with NORMAL where that is asked', () => {
    const database = openDatabase({ file, durability: 'normal', migrations: [first] });
    assert.equal(database.pragma('synchronous', { simple: true }), 1);
    database.close();
  });

  it('runs each migration once, in order, and keeps what is there', () => {
    const before = open();
    before.exec("INSERT INTO things (name) VALUES ('kept')");
    before.close();
    const after = open([first, second]);
    assert.deepEqual(after.prepare('SELECT name, size FROM things').all(), [{ name: 'kept', size: null }]);
    after.close();
    open([first, second]).close();
  });

  it('changes nothing where one of the missing migrations fails', () => {
    open().close();
    assert.throws(() => open([first, second, { id: 3, name: 'bad', sql: 'CREATE TABEL x' }]), /TABEL/);
    const database = open();
    const columns = database.pragma('table_info(things)') as { name: string }[];
    assert.deepEqual(
      columns.map((column) => column.name),
      ['name'],
    );
    database.close();
  });

  it('refuses a migration that was changed after it ran', () => {
    open().close();
    assert.throws(() => open([{ ...first, sql: `${first.sql} -- changed` }]), storeProblem(/another build/));
  });

  it('refuses the file of a newer Pilothouse', () => {
    open([first, second]).close();
    assert.throws(() => open([first]), storeProblem(/newer Pilothouse/));
  });

  it('refuses rubbish, and leaves it as it was', () => {
    open().close();
    writeFileSync(file, 'this is no database, it is a letter to my mother '.repeat(100));
    const was = readFileSync(file);
    assert.throws(() => open(), storeProblem(/damaged/));
    assert.deepEqual(readFileSync(file), was);
  });

  it('refuses a file damaged in the middle, and leaves it as it was', () => {
    const database = open();
    const insert = database.prepare('INSERT INTO things (name) VALUES (?)');
    for (let row = 0; row < 2_000; row++) insert.run(`thing ${row} ${'x'.repeat(50)}`);
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xab, 8_192, 24_576);
    writeFileSync(file, bytes);
    assert.throws(() => open(), storeProblem(/damaged/));
    assert.deepEqual(readFileSync(file), bytes);
  });

  it("refuses another program's database", () => {
    open().close();
    rmSync(file);
    const other = new Database(file);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    const was = readFileSync(file);
    assert.throws(() => open(), storeProblem(/another program/));
    assert.deepEqual(readFileSync(file), was);
  });

  it('says so where the folder cannot be made', () => {
    writeFileSync(path.join(folder, 'state'), 'a file, not a folder');
    assert.throws(() => open(), storeProblem(/cannot be opened/));
  });
});

describe('store/backup', () => {
  let folder: string;
  let file: string;
  let copy: string;
  const open = () => openDatabase({ file, durability: 'full', migrations: [first] });
  const names = (database: Database.Database) => database.prepare('SELECT name FROM things').pluck().all();

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-backup-'));
    file = path.join(folder, 'a.db');
    copy = path.join(folder, 'copy.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('copies a database in use, checks the copy, and restores it beside what was there', async () => {
    const database = open();
    database.exec("INSERT INTO things VALUES ('in the backup')");
    const made = await backupDatabase(database, copy);
    assert.equal(made.rows.things, 1);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    database.exec("INSERT INTO things VALUES ('later')");
    database.close();

    const { kept } = restoreDatabase(copy, file, Date.parse('2026-11-21T00:00:00Z'));
    const restored = open();
    assert.deepEqual(names(restored), ['in the backup']);
    restored.close();
    const aside = new Database(kept!, { readonly: true });
    assert.deepEqual(names(aside), ['in the backup', 'later']);
    aside.close();
  });

  it('refuses to restore a damaged backup, and leaves the database alone', async () => {
    const database = open();
    database.exec("INSERT INTO things VALUES ('still here')");
    await backupDatabase(database, copy);
    database.close();
    const bytes = readFileSync(copy);
    writeFileSync(copy, bytes.subarray(0, bytes.length - 4_096));
    assert.throws(() => restoreDatabase(copy, file, 0), storeProblem(/damaged|check/));
    const same = open();
    assert.deepEqual(names(same), ['still here']);
    same.close();
  });

  it('refuses to restore over a database that is in use', async () => {
    const database = open();
    await backupDatabase(database, copy);
    assert.throws(() => restoreDatabase(copy, file, 0), storeProblem(/in use/));
    database.exec("INSERT INTO things VALUES ('works on')");
    assert.deepEqual(names(database), ['works on']);
    database.close();
  });

  it('refuses a backup that is not there, or is not ours', () => {
    open().close();
    assert.throws(() => restoreDatabase(copy, file, 0), storeProblem(/no backup/));
    const other = new Database(copy);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    assert.throws(() => restoreDatabase(copy, file, 0), storeProblem(/check/));
  });

  it('keeps the earlier backup where the new one cannot be made', async () => {
    const database = open();
    await backupDatabase(database, copy);
    const was = readFileSync(copy);
    database.close();
    await assert.rejects(backupDatabase(database, copy));
    assert.deepEqual(readFileSync(copy), was);
  });
});
