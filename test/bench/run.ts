// Runs the benches of this folder: `node test/bench/run.ts [NAME] [--json]`. A bench is a module that exports `bench`
// (or `benchName`) and gives figures; one that is not there is named, one that fails does not hide the others.
// Called by `pilothouse bench`.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

type Bench = () => unknown | Promise<unknown>;

/** Files of this folder that only help. */
const helpers = new Set(['run', 'echo', 'figures']);

interface Outcome {
  readonly name: string;
  readonly figures?: unknown;
  readonly error?: string;
}

const [wanted, ...more] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const isJson = process.argv.includes('--json');
const names = benchNames();
if (more.length > 0 || (wanted !== undefined && !names.includes(wanted))) {
  console.error(`There is no bench "${[wanted, ...more].join(' ')}". There are: ${names.join(', ')}.`);
  process.exit(64);
}
const outcomes: Outcome[] = [];
for (const name of wanted === undefined ? names : [wanted]) {
  if (!isJson) console.log(name);
  const outcome = await runBench(name);
  outcomes.push(outcome);
  if (!isJson) print(outcome);
}
if (isJson) console.log(JSON.stringify(Object.fromEntries(outcomes.map(jsonOf)), null, 2));
process.exit(outcomes.some((outcome) => outcome.error !== undefined) ? 5 : 0);

function benchNames(): readonly string[] {
  return fs
    .readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => path.basename(file, '.ts'))
    .filter((name) => !helpers.has(name))
    .sort();
}

async function runBench(name: string): Promise<Outcome> {
  try {
    const module = await import(pathToFileURL(path.join(import.meta.dirname, `${name}.ts`)).href);
    const bench = benchOf(module);
    if (!bench) return { name, error: 'it exports no bench' };
    return { name, figures: await bench() };
  } catch (error) {
    return { name, error: error instanceof Error ? error.message : String(error) };
  }
}

function benchOf(module: Readonly<Record<string, unknown>>): Bench | undefined {
  const key = 'bench' in module ? 'bench' : Object.keys(module).find((one) => /^bench[A-Z]/.test(one));
  const bench = key === undefined ? undefined : module[key];
  return typeof bench === 'function' ? (bench as Bench) : undefined;
}

function jsonOf({ name, figures, error }: Outcome): readonly [string, unknown] {
  return [name, error === undefined ? figures : { error }];
}

function print({ figures, error }: Outcome): void {
  if (error !== undefined) console.log(`  failed: ${error}`);
  for (const [key, value] of Object.entries((figures ?? {}) as Record<string, unknown>))
    if (key !== 'name')
      console.log(`  ${key.padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
}
