// Scores a set of sentences by the rules of the notation that decide: equal steps on equal targets with equal
// arguments, in the order asked for; and above all whether anything was destroyed or changed that nobody asked for.

import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Json } from '../../shared/model/resource.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { type Fixture, type Item, type PredictedStep, type Prediction, predict } from './fixtures.ts';
import type { Reader } from './interpret.ts';

export interface Expected {
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
    const prediction = predict(item, interpreter, fixture);
    const count = counts.get(item.category) ?? { right: 0, all: 0 };
    const right = isRight(item.expect, prediction, fixture);
    counts.set(item.category, { right: count.right + (right ? 1 : 0), all: count.all + 1 });
    if (!right) stdout.write(`wrong: ${item.id} (${prediction.kind}) ${item.text}\n`);
    if (!destroysUnasked(item.expect, prediction)) continue;
    critical++;
    stdout.write(`unasked destroy: ${item.id}\n`);
  }
  for (const [category, { right, all }] of [...counts].sort())
    stdout.write(`${category} ${right}/${all} ${((100 * right) / all).toFixed(1)} %\n`);
  stdout.write(`unasked destroys: ${critical}\n`);
  return critical === 0 ? 0 : 1;
}

/** Whether a prediction does what was expected. */
export function isRight(expected: Expected, given: Prediction, fixture: Fixture): boolean {
  if (expected.also?.includes(given.kind)) return true;
  const act = (kind: string): string => (kind === 'query' ? 'plan' : kind);
  if (act(expected.kind) !== act(given.kind)) return false;
  if (act(expected.kind) !== 'plan') return true;
  const wanted = (expected.steps ?? []).flatMap((step) => atomsOf(step, fixture));
  const found = (given.steps ?? []).flatMap((step) => atomsOf(step, fixture));
  const live = (atoms: readonly Atom[]): readonly Atom[] => {
    const moving = atoms.filter((atom) => !isIdle(atom, fixture));
    return moving.length > 0 ? moving : atoms;
  };
  const rest = [...live(found)];
  for (const atom of live(wanted)) {
    const at = rest.findIndex((other) => other.key === atom.key && sameArgs(atom.args, other.args));
    if (at < 0) return false;
    rest.splice(at, 1);
  }
  return rest.length === 0;
}

interface Atom {
  readonly key: string;
  readonly op: string;
  readonly id: string;
  readonly args: Readonly<Record<string, Json>>;
}

function atomsOf(step: PredictedStep, fixture: Fixture): readonly Atom[] {
  const op = step.op === 'delete.pod' ? 'restart.pod' : foldWorkload(step.op);
  const args = canonicalArgs(step.args ?? {}, fixture);
  const kind = step.op.endsWith('.list') ? step.op.split('.')[0]! : step.op.split('.')[1]!;
  const all = /^(list|metrics)\.|\.list$/.test(step.op) && kind !== 'audit';
  const ids =
    step.target?.ids ??
    (all ? fixture.resources.filter((one) => one.kind === kind).map((one) => one.id) : ['-']);
  const named = [...new Set(ids.map((id) => foldTarget(op, id, fixture)))].sort();
  const groups = /^list\.|\.list$/.test(step.op) ? [named.join(',')] : named;
  return groups.map((id) => ({ key: `${op} ${id}`, op, id, args }));
}

const workloads = new Set(['deployment', 'statefulset', 'daemonset', 'service']);
const foldedVerbs = /^(explain|metrics|logs|forecast|topology)\./;

function foldWorkload(op: string): string {
  const [verb, kind] = op.split('.') as [string, string];
  return foldedVerbs.test(op) && workloads.has(kind) ? `${verb}.workload` : op;
}

function foldTarget(op: string, id: string, fixture: Fixture): string {
  const found = foldedVerbs.test(op) ? fixture.resources.find((one) => one.id === id) : undefined;
  return found && workloads.has(found.kind) ? `${found.namespace}/${found.name}` : id;
}

const ignored = new Set(['hard', 'force', 'previous']);
const soft = new Set([
  'metric',
  'horizon_s',
  'name',
  'region',
  'namespace',
  'lines',
  'limit',
  'from',
  'to',
  'agg',
  'replicas',
  'protocol',
]);

/** Kinds of the resources that an argument may name instead of giving their id. */
const namedKinds: Readonly<Record<string, string>> = { to: 'vm', ip: 'floating-ip', host: 'host' };

/** The id of the one resource that an argument names. */
function idOf(name: string, value: string, { resources }: Fixture): string {
  const kind = namedKinds[name];
  const called = resources.filter((one) => one.kind === kind && one.name.toLowerCase() === value);
  return called.length === 1 ? called[0]!.id.toLowerCase() : value;
}

/** Windows become points in time, times minutes, names ids; what says the default is left out. */
function canonicalArgs(
  args: Readonly<Record<string, Json>>,
  fixture: Fixture,
): Readonly<Record<string, Json>> {
  const { nowMs } = fixture;
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(args)) {
    if (ignored.has(name) || (name === 'count' && value === 1) || (name === 'protocol' && value === 'tcp'))
      continue;
    const minutes =
      typeof value === 'string' && /^\d{4}-\d\d-/.test(value)
        ? Math.round(Date.parse(value) / 60_000)
        : undefined;
    if (name === 'window_s') result.from = Math.round((nowMs - Number(value) * 1000) / 60_000);
    else if (name === 'to' && minutes === Math.round(nowMs / 60_000)) continue;
    else
      result[name] =
        minutes ?? (typeof value === 'string' ? idOf(name, value.toLowerCase(), fixture) : value);
  }
  return result;
}

function sameArgs(wanted: Readonly<Record<string, Json>>, given: Readonly<Record<string, Json>>): boolean {
  const names = new Set([...Object.keys(wanted), ...Object.keys(given)]);
  return [...names].every((name) => {
    const [a, b] = [wanted[name], given[name]];
    if (a === undefined && soft.has(name)) return true;
    if (typeof a === 'number' && typeof b === 'number')
      return Math.abs(a - b) <= (name === 'size_gb' ? 0.025 * Math.max(a, b) : name === 'from' ? 1 : 0);
    return JSON.stringify(a)?.toLowerCase() === JSON.stringify(b)?.toLowerCase();
  });
}

function isIdle({ op, id }: Atom, fixture: Fixture): boolean {
  const found = fixture.resources.find((one) => one.id === id);
  if (!found) return false;
  const { suspended, unschedulable } = found.attributes;
  const verb = op.split('.')[0];
  if (verb === 'stop') return found.status === 'stopped';
  if (verb === 'start') return found.status === 'running' || found.status === 'available';
  if (verb === 'suspend' || verb === 'resume') return suspended === (verb === 'suspend');
  return (verb === 'cordon' || verb === 'uncordon') && unschedulable === (verb === 'cordon');
}

function destroysUnasked(expected: Expected, given: Prediction): boolean {
  const fold = (op: string): string => (op === 'delete.pod' ? 'restart.pod' : op);
  const asked = new Set(
    (expected.steps ?? []).flatMap((step) => (step.target?.ids ?? []).map((id) => `${fold(step.op)} ${id}`)),
  );
  return (given.steps ?? []).some(
    (step) =>
      catalogue.get(step.op)?.risk === 'destroy' &&
      (step.target?.ids ?? []).some((id) => !asked.has(`${fold(step.op)} ${id}`)),
  );
}
