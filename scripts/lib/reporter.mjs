// How a run of mocha is shown, and how its figures leave the process. A line for each top-level suite as it
// finishes, or for each test where tests are slow (`verbose`); failures in full at the end; and a JSON file with
// the sums, which `test.mjs` adds up over all stages. Also runs inside VS Code's extension host.

import fs from 'node:fs';
import Mocha from 'mocha';

/**
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} failures full titles, each with the first lines of what was wrong
 * @property {readonly string[]} repeated full titles of what passed or failed at a second try only
 * @property {readonly string[]} skipped full titles
 */

const { reporters } = Mocha;
/** Of a failure's message in the closing list: enough to see what it was where only the end of the output is kept. */
const messageLines = 8;
const messageCharacters = 1000;

export class SummingReporter extends reporters.Base {
  /**
   * @param {Mocha.Runner} runner
   * @param {{ reporterOptions?: { result?: string, verbose?: boolean } }} options
   */
  constructor(runner, options) {
    super(runner, /** @type {any} */ (options));
    const { result, verbose = false } = options.reporterOptions ?? {};
    let passed = 0;
    let failed = 0;
    /** @type {string[]} */
    const failures = [];
    /** @type {string[]} */
    const repeated = [];
    /** @type {string[]} */
    const skipped = [];
    let inSuite = { passed: 0, failed: 0, skipped: 0, startedAt: 0 };
    const print = reporters.Base.consoleLog;

    runner.on('suite', (suite) => {
      if (!suite.parent?.root) return;
      inSuite = { passed: 0, failed: 0, skipped: 0, startedAt: Date.now() };
      if (verbose) print(`  ${suite.title}`);
    });
    runner.on('pass', (test) => {
      passed += 1;
      inSuite.passed += 1;
      if (verbose) print(`    ✔ ${titleInSuite(test)} (${test.duration} ms)`);
    });
    runner.on('fail', (test, error) => {
      failed += 1;
      inSuite.failed += 1;
      failures.push(`${test.fullTitle()}\n${firstLines(error)}`);
      print(`    ✘ ${test.fullTitle()}${verbose ? `\n      ${error.stack ?? error.message}` : ''}`);
    });
    runner.on('retry', (test, error) => {
      repeated.push(`${test.fullTitle()}\n${firstLines(error)}`);
      print(`    ↻ ${test.fullTitle()}: tried once more\n${firstLines(error)}`);
    });
    runner.on('pending', (test) => {
      skipped.push(test.fullTitle());
      inSuite.skipped += 1;
      if (verbose) print(`    - ${titleInSuite(test)}: skipped`);
    });
    runner.on('suite end', (suite) => {
      if (!suite.parent?.root || verbose) return;
      const { passed: ok, failed: bad, skipped: left, startedAt } = inSuite;
      const parts = [`${ok} passed`, bad > 0 && `${bad} failed`, left > 0 && `${left} skipped`].filter(
        Boolean,
      );
      print(`  ${bad > 0 ? '✘' : '✔'} ${suite.title}: ${parts.join(', ')} (${Date.now() - startedAt} ms)`);
    });
    runner.once('end', () => {
      if (this.failures.length > 0) reporters.Base.list(this.failures);
      if (result !== undefined)
        fs.writeFileSync(result, JSON.stringify({ passed, failed, failures, repeated, skipped }));
    });
  }
}

/** @param {Mocha.Test} test */
function titleInSuite(test) {
  return test.titlePath().slice(1).join(' › ');
}

/** @param {Error} error */
function firstLines(error) {
  const lines = (error.stack ?? error.message).slice(0, messageCharacters).split('\n').slice(0, messageLines);
  return lines.map((line) => `      ${line}`).join('\n');
}
