// `npm run lab -- up|down|status|wipe NAME`: starts and stops the real counterparts that tests run against. This
// file only finds a Node that runs TypeScript; the work is in test/labs/lab.ts.

import { fileURLToPath } from 'node:url';
import { fetchNode24, isNodeNewEnough } from './lib/node24.mjs';
import { runInherited } from './lib/run.mjs';

const node = isNodeNewEnough() ? process.execPath : await fetchNode24();
const lab = fileURLToPath(new URL('../test/labs/lab.ts', import.meta.url));
process.exitCode = await runInherited(node, ['--no-warnings', lab, ...process.argv.slice(2)]);
