// Folders for tests, in the system's temporary folder, short enough for a socket, removed after the test.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** A new private folder; removed by `removeTempFolders`. */
export function tempFolder(prefix = 'ph-'): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  made.push(folder);
  return folder;
}

/** For `afterEach`. */
export function removeTempFolders(): void {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}
