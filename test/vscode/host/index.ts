// The entry that VS Code's extension host calls: runs the host tests with mocha and rejects when one fails, which
// becomes the exit code of the editor. The list of tests is made when this is bundled (`../runHost.ts`).

import Mocha from 'mocha';
import { SummingReporter } from '../../../scripts/lib/reporter.mjs';
import { loadTests } from './tests.ts';

const testTimeoutMs = 60_000;

export async function run(): Promise<void> {
  const grep = process.env.PILOTHOUSE_TEST_GREP;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: testTimeoutMs,
    reporter: SummingReporter as never,
    reporterOptions: { result: process.env.PILOTHOUSE_TEST_RESULT, verbose: true },
    ...(grep ? { grep } : {}),
  });
  mocha.suite.emit('pre-require', globalThis as never, '', mocha);
  await loadTests();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}
