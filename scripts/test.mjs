// `npm test`: sets up what is missing, then types, lint, bundles, unit suites, the suites inside the real VS Code
// and a real browser, and the suites against real counterparts (labs) that `PILOTHOUSE_LABS` asks for. Every stage
// runs even when an earlier one failed; the last line sums them up. What is skipped is named with its reason. Labs
// are tried two at a time, and what one of them says is shown when it is done.
// `--only check|unit|editor|labs` and `--grep TEXT` are for the one who is working on something.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, root } from './bootstrap.mjs';
import { runInherited } from './lib/run.mjs';
import { say } from './lib/say.mjs';

await bootstrap(import.meta.url, { build: false });
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, grep: { type: 'string' } },
  allowPositionals: true,
});

/** Set by `.ci/run`: there a lab that cannot run is a failure. */
const isEveryLabRequired = process.env.PILOTHOUSE_LABS_REQUIRED === '1';
let passed = 0;
/** Each said once more at the end: where only the end of a long output is kept, it must tell. @type {string[]} */
const failures = [];
/** What the real editor or a real counterpart did at a second try only: no failure, but said. @type {string[]} */
const repeated = [];
/** @type {string[]} */
const skipped = [];
/** The one measures this machine, the other looks for what listens on it: nothing else may run meanwhile. */
const aloneLabs = ['prometheus', 'onprem'];
/** The longest first, so that the others fit beside it. */
const firstLabs = ['openstack'];
const labsAtOnce = 2;
/** Labs come up one after the other: a first start installs packages. */
let lastStart = Promise.resolve();
const results = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-test-'));

if (wants('check')) {
  await step('types', [path.join(root, 'scripts', 'check.mjs')]);
  await step('lint', [path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', root]);
}
const isBuilt = await step('bundles', [path.join(root, 'scripts', 'build.mjs')]);
if (wants('unit')) await unitSuites();
if (wants('editor')) await editorSuites(isBuilt);
if (wants('labs')) await labSuites();
fs.rmSync(results, { recursive: true, force: true });

list('Failed', failures);
list('Tried a second time', repeated);
list('Skipped', skipped);
console.log(`\n${passed} passed, ${failures.length} failed, ${skipped.length} skipped`);
process.exit(failures.length > 0 ? 1 : 0);

/**
 * @param {string} heading
 * @param {readonly string[]} names
 */
function list(heading, names) {
  if (names.length > 0) console.log(`\n${heading}:`);
  for (const name of names) console.log(`  - ${name}`);
}

/** @param {string} stage */
function wants(stage) {
  return options.only === undefined || options.only === stage;
}

/**
 * A stage that is right or wrong as a whole: it adds to the failures only.
 * @param {string} name
 * @param {readonly string[]} args
 */
async function step(name, args) {
  console.log(`\n== ${name}`);
  const code = await runInherited(process.execPath, args, { cwd: root });
  if (code !== 0) failures.push(name);
  return code === 0;
}

async function unitSuites() {
  const files = find('test', '.test.ts').filter((file) => !/^test\/(vscode|labs)\//.test(file));
  await suite('unit suites', files, { timeoutMs: 60_000, verbose: false });
}

/** @param {boolean} hasBundles */
async function editorSuites(hasBundles) {
  const { getChromium } = await import('./lib/chromium.mjs');
  console.log('\n== editor suites');
  if (!hasBundles) return void skipped.push('editor suites: the bundles could not be built');
  const { prepareHost } = await import('../test/vscode/runHost.ts');
  const browser = await getChromium();
  const host = await prepareHost('missing' in browser ? undefined : browser.path);
  if ('missing' in host) skipped.push(`suites in VS Code's extension host: ${host.missing}`);
  else {
    const result = path.join(results, 'host.json');
    await host.run({ result, grep: options.grep });
    add("suites in VS Code's extension host", result);
  }
  if ('missing' in browser) return void skipped.push(`suites in the browser: ${browser.missing}`);
  process.env.PILOTHOUSE_CHROMIUM = browser.path;
  await suite('suites in the browser', find('test/vscode/ui', '.test.ts'), {
    timeoutMs: 300_000,
    retries: 1,
    verbose: true,
  });
}

/** One folder of `test/labs` is one lab; a lab that was down before is put down again. */
async function labSuites() {
  const found = find('test/labs', '.lab.ts');
  const asked = (process.env.PILOTHOUSE_LABS ?? '').split(',').map((name) => name.trim());
  const { labNames } = await import('../test/labs/lab.ts');
  const wanted = labNames.filter((name) => {
    if (asked.includes('all') || asked.includes(name)) return true;
    skipped.push(`suites against ${name}: not asked for (PILOTHOUSE_LABS=${name})`);
    return false;
  });
  const together = wanted.filter((name) => !aloneLabs.includes(name));
  together.sort((one, other) => Number(firstLabs.includes(other)) - Number(firstLabs.includes(one)));
  const filesOf = (/** @type {string} */ name) =>
    found.filter((file) => file.startsWith(`test/labs/${name}/`));
  const lane = async () => {
    for (let name = together.shift(); name !== undefined; name = together.shift())
      await labSuite(name, filesOf(name));
  };
  await Promise.all(Array.from({ length: labsAtOnce }, lane));
  for (const name of wanted) if (aloneLabs.includes(name)) await labSuite(name, filesOf(name));
}

/**
 * @param {import('../test/labs/lab.ts').LabName} name
 * @param {readonly string[]} files
 */
async function labSuite(name, files) {
  const { up, down, status } = await import('../test/labs/lab.ts');
  const title = `suites against ${name}`;
  const before = await status(name);
  try {
    const starting = lastStart.then(() => {
      console.log(`\n== the lab ${name}`);
      return up(name, (line) => say(`  ${line}`));
    });
    lastStart = starting.then(
      () => {},
      () => {},
    );
    const outcome = await starting;
    if (outcome.kind === 'ready')
      await suite(title, files, { timeoutMs: 300_000, retries: 1, verbose: true, apart: true });
    else if (outcome.kind === 'impossible' && !isEveryLabRequired)
      skipped.push(`${title}: ${outcome.reason}`);
    else throw new Error(outcome.reason);
  } catch (error) {
    failures.push(`the lab ${name} could not be used: ${error instanceof Error ? error.stack : error}`);
    console.log(`  ✘ ${failures.at(-1)}`);
  } finally {
    if (before.kind === 'down') await down(name);
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} files
 * @param {{ timeoutMs: number, retries?: number, verbose: boolean, apart?: boolean }} how `apart`: what it prints is shown at its end
 */
async function suite(name, files, how) {
  if (files.length === 0) return;
  const heading = `\n== ${name}`;
  const file = path.join(results, name.replaceAll(/\W+/g, '-'));
  const [result, output] = [`${file}.json`, `${file}.log`];
  const { apart = false, ...settings } = how;
  const asked = { ...settings, files: files.map((one) => path.join(root, one)), result, grep: options.grep };
  const runner = path.join(root, 'scripts', 'lib', 'suite.mjs');
  if (!apart) console.log(heading);
  await runInherited(process.execPath, [runner, JSON.stringify(asked)], {
    cwd: root,
    ...(apart ? { output } : {}),
  });
  if (apart) console.log(`${heading}\n${fs.readFileSync(output, 'utf8').trimEnd()}`);
  add(name, result);
}

/**
 * A run that ended without its figures is a failure too.
 * @param {string} name
 * @param {string} file
 */
function add(name, file) {
  if (!fs.existsSync(file)) {
    failures.push(`${name} ended before they could report`);
    return console.log(`  ✘ ${failures.at(-1)}`);
  }
  /** @type {import('./lib/reporter.mjs').SuiteResult} */
  const result = JSON.parse(fs.readFileSync(file, 'utf8'));
  passed += result.passed;
  failures.push(...result.failures);
  repeated.push(...result.repeated);
  skipped.push(...result.skipped);
}

/**
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]} paths from the root, with slashes
 */
function find(folder, ending) {
  if (!fs.existsSync(path.join(root, folder))) return [];
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}
