// One order a sentence, in the voices of those who type them: tickets with a heading, non-native speakers, reasons in front
// or behind, names said apart. `singleSteps.txt` has a line a sentence: the inventory, the words, and the plan they stand
// for, or "?" where nothing may be done.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { StepDraft } from '../../shared/model/reading.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const lines = readFileSync(new URL('./singleSteps.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' | '));

/** `op names key=value …`: the names of its targets, then its arguments, each in the order of the alphabet. */
function saidOf(step: StepDraft, nameOf: (id: string) => string): string {
  const ids = step.target?.kind === 'resources' ? step.target.ids : [];
  const args = Object.entries(step.args)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? nameOf(value) : JSON.stringify(value)}`);
  return [step.operation, ids.map(nameOf).sort().join(','), ...args].filter((part) => part !== '').join(' ');
}

describe('single orders as people type them', () => {
  for (const [inventory, text, expected] of lines)
    it(`${text} → ${expected}`, () => {
      const { fixture, interpreter } = reader(inventory!);
      const reading = interpreter.read({ text: text!, nowMs: fixture.nowMs });
      const names = new Map(fixture.resources.map(({ id, name }) => [id, name]));
      const nameOf = (id: string): string => names.get(id) ?? id;
      if (expected === '?')
        assert.ok(reading.kind !== 'plan' && reading.kind !== 'query', JSON.stringify(reading));
      else {
        assert.ok(reading.kind === 'plan' || reading.kind === 'query', JSON.stringify(reading));
        assert.equal(reading.steps.map((step) => saidOf(step, nameOf)).join(' ; '), expected);
      }
    });
});
