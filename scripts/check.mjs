// Type-checks every room with its own tsconfig, where the wrong global does not exist. All rooms are checked even
// when one fails, and the exit code is the number of rooms that did.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap(import.meta.url, { build: false });
const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const rooms = fs
  .readdirSync(root)
  .filter((name) => name !== 'node_modules' && fs.existsSync(path.join(root, name, 'tsconfig.json')));

let failed = 0;
for (const room of rooms) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', path.join(root, room)], {
    stdio: 'inherit',
    cwd: root,
  });
  process.stderr.write(`${status === 0 ? '✔' : '✘'} types of ${room}/\n`);
  if (status !== 0) failed += 1;
}
process.exitCode = failed;
