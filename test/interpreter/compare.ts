// Compares what a reading would do with what it should do: operations, targets and arguments, in order.

import type { Reading } from '../../shared/model/reading.ts';
import type { ExpectedStep } from './generator.ts';

/** Steps of a reading that acts; none for one that asks or refuses. */
export function stepsOf(reading: Reading): readonly ExpectedStep[] {
  if (reading.kind !== 'plan' && reading.kind !== 'query') return [];
  return reading.steps.map((step) => ({
    op: step.operation,
    ids:
      step.target?.kind === 'created' ? [`$${step.target.step + 1}`] : [...(step.target?.ids ?? [])].sort(),
    args: step.args,
  }));
}

export function sameSteps(expected: readonly ExpectedStep[], given: readonly ExpectedStep[]): boolean {
  return canonical(expected) === canonical(given);
}

function canonical(steps: readonly ExpectedStep[]): string {
  return JSON.stringify(
    steps.map((step) => [
      step.op,
      [...step.ids].sort(),
      Object.entries(step.args).sort(([a], [b]) => a.localeCompare(b)),
    ]),
  );
}
