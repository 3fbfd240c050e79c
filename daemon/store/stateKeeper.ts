// Backup and restore of a whole state folder. A backup is one file with a verified copy of every database and a list
// of what must be in it; what a simulated cloud keeps there is a cloud, and no cloud goes back in time. A restore is checked as a whole first and put in place at the next start, before anything is
// opened: cut off at any moment it is finished by the start after. What was there before is kept beside it.

import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { compareVersions, productVersion } from '../../shared/protocol/version.ts';
import { notABackup, readArchive, writeArchive } from './archive.ts';
import { backupDatabase, putInPlace, restoreDatabase, verifyCopy } from './backup.ts';
import type { StateBackup, StateKeeper } from './contract.ts';
import { asStoreProblem, storeProblem } from './database.ts';

const listName = 'backup.json';
/** Stands in the state folder while a restore waits to be put in place. */
const readyName = 'restore-ready';

interface BackupList {
  readonly format: 1;
  readonly version: string;
  readonly at: string;
  readonly databases: readonly { readonly name: string; readonly sha256: string }[];
}

export interface StateKeeperOptions {
  readonly stateFolder: string;
  /** Databases this process holds open, by file name. The journal comes before the audit, which may be ahead of it. */
  readonly open: ReadonlyMap<string, Database.Database>;
  readonly now: () => number;
}

export function createStateKeeper(options: StateKeeperOptions): StateKeeper {
  const { stateFolder } = options;
  return {
    backup: (file) => inFolder(stateFolder, 'backup-unfinished', (folder) => backup(options, file, folder)),
    prepareRestore: (file) => prepareRestore(file, stateFolder),
  };
}

async function backup(options: StateKeeperOptions, file: string, folder: string): Promise<StateBackup> {
  requireNewFile(file);
  const others = readdirSync(options.stateFolder).filter(
    (name) => /^[a-z][a-zA-Z0-9-]*\.db$/.test(name) && !options.open.has(name),
  );
  const names = [...options.open.keys(), ...others];
  for (const name of names) {
    const known = options.open.get(name);
    const database = known ?? new Database(path.join(options.stateFolder, name), { readonly: true });
    try {
      await backupDatabase(database, path.join(folder, name));
    } finally {
      if (!known) database.close();
    }
  }
  const at = new Date(options.now()).toISOString();
  const databases = await Promise.all(
    names.map(async (name) => ({ name, sha256: await hashOf(path.join(folder, name)) })),
  );
  const list: BackupList = { format: 1, version: productVersion, at, databases };
  writeFileSync(path.join(folder, listName), `${JSON.stringify(list, undefined, 2)}\n`, { mode: 0o600 });
  const unfinished = `${file}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    const entries = [listName, ...names].map((name) => ({ name, path: path.join(folder, name) }));
    await writeArchive(unfinished, entries);
    putInPlace(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return { file, bytes: statSync(file).size, databases: names, at };
}

function requireNewFile(file: string): void {
  if (!path.isAbsolute(file)) throw storeProblem(`${file} is no whole path.`, 'Give a path from the root.');
  if (existsSync(file))
    throw storeProblem(`There is a file ${file} already.`, 'Choose another name; nothing was overwritten.');
}

/** Unpacks and checks a backup; the next `finishRestore` puts it in place. */
export async function prepareRestore(file: string, stateFolder: string): Promise<StateBackup> {
  if (!existsSync(file)) throw storeProblem(`There is no file ${file}.`, 'Give the path of a backup.');
  return inFolder(stateFolder, 'restore-unfinished', async (folder) => {
    const names = await readArchive(file, folder);
    const list = readList(path.join(folder, listName), file);
    const expected = [listName, ...list.databases.map(({ name }) => name)];
    if (names.join('\n') !== expected.join('\n')) throw notABackup(file);
    for (const { name, sha256 } of list.databases) {
      if ((await hashOf(path.join(folder, name))) !== sha256) throw notABackup(file);
      verifyCopy(path.join(folder, name));
    }
    const ready = path.join(stateFolder, readyName);
    rmSync(ready, { recursive: true, force: true });
    renameSync(folder, ready);
    return {
      file,
      bytes: statSync(file).size,
      databases: list.databases.map(({ name }) => name),
      at: list.at,
    };
  });
}

function readList(listFile: string, file: string): BackupList {
  let list: BackupList;
  try {
    list = JSON.parse(readFileSync(listFile, 'utf8')) as BackupList;
  } catch (error) {
    throw notABackup(file, error);
  }
  if (list.format !== 1 || !Array.isArray(list.databases)) throw notABackup(file);
  if (compareVersions(list.version, productVersion) > 0)
    throw storeProblem(
      `The backup was written by Pilothouse ${list.version}, which is newer than this one.`,
      'Update Pilothouse, then restore.',
    );
  return list;
}

/** What a restore that waited put in place; undefined where none did. Called before anything of the folder is opened. */
export function finishRestore(
  stateFolder: string,
  nowMs: number,
): { readonly at: string; readonly kept: readonly string[] } | undefined {
  const ready = path.join(stateFolder, readyName);
  if (!existsSync(path.join(ready, listName))) {
    rmSync(ready, { recursive: true, force: true });
    return undefined;
  }
  const list = readList(path.join(ready, listName), ready);
  const kept: string[] = [];
  for (const { name } of list.databases) {
    const staged = path.join(ready, name);
    // A start that was cut off has put it in place already.
    if (!existsSync(staged)) continue;
    const old = restoreDatabase(staged, path.join(stateFolder, name), nowMs).kept;
    if (old !== undefined) kept.push(path.basename(old));
    rmSync(staged);
  }
  const head = path.join(stateFolder, 'audit.head');
  if (existsSync(head))
    renameSync(head, `${head}.before-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`);
  rmSync(ready, { recursive: true, force: true });
  return { at: list.at, kept };
}

async function inFolder<T>(
  stateFolder: string,
  name: string,
  act: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = path.join(stateFolder, name);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    return await act(folder);
  } catch (error) {
    throw asStoreProblem(error, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
