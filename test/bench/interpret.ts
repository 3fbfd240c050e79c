// Measures the interpreter: how exactly it reads the held sets and sentences made from the catalogue, how long a
// command takes with 10,000 resources, and what building and changing the index costs. Prints medians; asserts
// nothing. Run: `npm run bench interpret`.

import { readFileSync } from 'node:fs';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { type Item, predict, readFixture } from '../../daemon/cli/fixtures.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { type Expected, isRight } from '../../daemon/cli/scoreSet.ts';
import type { Interpreter } from '../../daemon/interpreter/contract.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { sameSteps, stepsOf } from '../interpreter/compare.ts';
import { phrases } from '../interpreter/generator.ts';
import { median, quantile, rounded } from './figures.ts';

const folder = new URL('../interpreter/sets/', import.meta.url).pathname;
const inventories = ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed'];
const sets = ['development', 'fresh-1', 'fresh-2', 'fresh-3', 'fresh-4', 'fresh-5', 'fresh-6', 'fresh-7'];
const rounds = 7;
/** One of so many made sentences is read; all of them are counted. */
const stride = 11;
const resourcesWanted = 10_000;

/** Figures by name; times in milliseconds. */
export async function bench(): Promise<Record<string, number>> {
  return { ...setFigures(), ...phraseFigures(), ...timeFigures() };
}

function itemsOf(name: string): readonly (Item & { readonly expect: Expected })[] {
  return readFileSync(`${folder}${name}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Item & { expect: Expected });
}

function setFigures(): Record<string, number> {
  const reader = createReader(`${folder}inventories`);
  const figures: Record<string, number> = {};
  for (const name of sets) {
    const items = itemsOf(name);
    const right = items.filter((item) => {
      const { fixture, interpreter } = reader(item.inventory);
      return isRight(item.expect, predict(item, interpreter, fixture), fixture);
    });
    figures[`${name} right %`] = rounded((100 * right.length) / items.length);
  }
  return figures;
}

function phraseFigures(): Record<string, number> {
  let made = 0;
  let read = 0;
  let exact = 0;
  for (const name of inventories) {
    const fixture = readFixture(`${folder}inventories`, name);
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: fixture.resources, removes: [] });
    for (const phrase of phrases(fixture.resources)) {
      if (made++ % stride !== 0) continue;
      read++;
      if (sameSteps(phrase.steps, stepsOf(interpreter.read({ text: phrase.text, nowMs: fixture.nowMs }))))
        exact++;
    }
  }
  return {
    'made sentences': made,
    'made sentences read': read,
    'made sentences exact %': rounded((100 * exact) / read),
  };
}

/** The mixed inventory again and again under other names. */
function manyResources(): readonly Resource[] {
  const { resources } = readFixture(`${folder}inventories`, 'mixed');
  const many: Resource[] = [...resources];
  for (let copy = 1; many.length < resourcesWanted; copy++)
    for (const one of resources)
      if (many.length < resourcesWanted)
        many.push({ ...one, id: `${one.id}-c${copy}`, name: `${one.name}-c${copy}` });
  return many;
}

function timeFigures(): Record<string, number> {
  const resources = manyResources();
  const builds: number[] = [];
  let interpreter: Interpreter = createInterpreter(catalogue);
  for (let round = 0; round < rounds; round++) {
    interpreter = createInterpreter(catalogue);
    const started = performance.now();
    interpreter.index.apply({ upserts: resources, removes: [] });
    builds.push(performance.now() - started);
  }
  const changes: number[] = [];
  for (const one of resources.slice(0, 500)) {
    const started = performance.now();
    interpreter.index.apply({ upserts: [{ ...one, status: 'stopped' }], removes: [] });
    changes.push(performance.now() - started);
  }
  const nowMs = Date.parse('2026-11-20T10:00:00Z');
  const items = sets.flatMap(itemsOf);
  const p50: number[] = [];
  const p99: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const times = items.map((item) => {
      const started = performance.now();
      interpreter.read({ text: item.text, context: item.context, nowMs });
      return performance.now() - started;
    });
    p50.push(median(times));
    p99.push(quantile(times, 0.99));
  }
  return {
    resources: resources.length,
    'index build ms': rounded(median(builds)),
    'index change ms': rounded(median(changes)),
    'command p50 ms': rounded(median(p50)),
    'command p99 ms': rounded(median(p99)),
  };
}
