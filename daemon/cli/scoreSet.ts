// Scores a set of sentences by the rules of the notation that decide: equal steps on equal targets with equal
// arguments, in the order asked for; and above all whether anything was destroyed or changed that nobody asked for.

import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Json } from '../../shared/model/resource.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { type Item, type PredictedStep, type Prediction, predict } from './fixtures.ts';
import type { Reader } from './interpret.ts';

interface Expected {
  readonly kind: Prediction['kind'];
  readonly steps?: readonly PredictedStep[];
  readonly also?: readonly string[];
}
type Scored = Item & { readonly category: string; readonly expect: Expected };

/** Prints accuracy by category; gives 0 unless something was destroyed that was not asked for. */
export function scoreSet(file: string, reader: Reader, stdout: Writable): number {
  const items = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Scored);
  const counts = new Map<string, { right: number; all: number }>();
  let critical = 0;
  for (const item of items) {
    const { fixture, interpreter } = reader(item.inventory);
    const prediction = predict(item, interpreter, fixture.nowMs);
    const count = counts.get(item.category) ?? { right: 0, all: 0 };
    counts.set(item.category, {
      right: count.right + (isRight(item.expect, prediction) ? 1 : 0),
      all: count.all + 1,
    });
    if (destroysUnasked(item.expect, prediction)) {
      critical++;
      stdout.write(`unasked destroy: ${item.id}\n`);
    }
  }
  for (const [category, { right, all }] of [...counts].sort())
    stdout.write(`${category} ${right}/${all} ${((100 * right) / all).toFixed(1)} %\n`);
  stdout.write(`unasked destroys: ${critical}\n`);
  return critical === 0 ? 0 : 1;
}

/** Whether a prediction does what was expected. */
export function isRight(expected: Expected, given: Prediction): boolean {
  if (expected.also?.includes(given.kind)) return true;
  const act = (kind: string): string => (kind === 'query' ? 'plan' : kind);
  if (act(expected.kind) !== act(given.kind)) return false;
  if (act(expected.kind) !== 'plan') return true;
  const atoms = (steps: readonly PredictedStep[]): string =>
    steps
      .flatMap((step) =>
        (step.target?.ids ?? ['-']).map((id) =>
          JSON.stringify([opName(step.op), id, sorted(step.args ?? {})]),
        ),
      )
      .sort()
      .join('\n');
  return atoms(expected.steps ?? []) === atoms(given.steps ?? []);
}

function destroysUnasked(expected: Expected, given: Prediction): boolean {
  const asked = new Set(
    (expected.steps ?? []).flatMap((step) =>
      (step.target?.ids ?? []).map((id) => `${opName(step.op)} ${id}`),
    ),
  );
  return (given.steps ?? []).some(
    (step) =>
      catalogue.get(step.op)?.risk === 'destroy' &&
      (step.target?.ids ?? []).some((id) => !asked.has(`${opName(step.op)} ${id}`)),
  );
}

function opName(op: string): string {
  return op === 'delete.pod' ? 'restart.pod' : op;
}

function sorted(args: Readonly<Record<string, Json>>): Json {
  return Object.entries(args)
    .filter(
      ([name, value]) => !(name === 'protocol' && value === 'tcp') && !(name === 'count' && value === 1),
    )
    .sort(([a], [b]) => a.localeCompare(b)) as unknown as Json;
}
