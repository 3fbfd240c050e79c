// The terminal's door: sets up what is missing, then becomes `dist/cli.cjs` in this same process, so that stdin,
// stdout, arguments and the exit code are the CLI's own. Nothing here may write to stdout.

import { runMain } from 'node:module';
import path from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

await bootstrap(import.meta.url);
process.argv[1] = path.join(root, 'dist', 'cli.cjs');
runMain();
