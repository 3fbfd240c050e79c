// Runs some test files with mocha in a process of its own: `node suite.mjs OPTIONS-AS-JSON`. The files are loaded as
// they are; Node strips the types. A run that leaves something open is ended, and what was open is named, so that
// it is found before it becomes a daemon that never stops.

import Mocha from 'mocha';
import { SummingReporter } from './reporter.mjs';

const openAfterMs = 5000;

/** @type {{ files: string[], result: string, grep?: string, timeoutMs: number, retries?: number, verbose: boolean }} */
const options = JSON.parse(process.argv[2] ?? '{}');

const mocha = new Mocha({
  ui: 'bdd',
  timeout: options.timeoutMs,
  retries: options.retries ?? 0,
  reporter: /** @type {any} */ (SummingReporter),
  reporterOptions: { result: options.result, verbose: options.verbose },
  ...(options.grep ? { grep: options.grep } : {}),
});
// Ended from outside, it still ends the editors that its tests have started.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(signal, () => process.exit(130));
for (const file of options.files) mocha.addFile(file);
await mocha.loadFilesAsync();
mocha.run((failures) => {
  process.exitCode = failures > 0 ? 1 : 0;
  setTimeout(() => {
    const open = process
      .getActiveResourcesInfo()
      .filter((name) => !/^(TTYWrap|PipeWrap|Timeout)$/.test(name));
    console.log(`  (still open after the last test, so ended: ${open.join(', ') || 'timers or pipes'})`);
    process.exit();
  }, openAfterMs).unref();
});
