// The figure of a question that names none, as it was told beside it: "the memory of a is climbing. how long until it runs
// out". Only where one figure alone was spoken of. Called on what was read of a whole text.

import type { Reading } from '../../../shared/model/reading.ts';
import { type Cell, senseOf } from '../words/cells.ts';

/** The query with that figure in every step that lacks one. */
export function withToldMetric(reading: Reading, cells: readonly Cell[]): Reading {
  if (reading.kind !== 'query') return reading;
  const isLacking = ({ operation, args }: (typeof reading.steps)[number]): boolean =>
    /^(forecast|metrics)\./.test(operation) && args.metric === undefined;
  if (!reading.steps.some(isLacking)) return reading;
  const said = cells.filter((cell) => !cell.quoted && senseOf(cell, 'metric') && !senseOf(cell, 'name'));
  const metrics = new Set(said.map((cell) => senseOf(cell, 'metric')!.metric));
  const [metric] = metrics;
  if (metric === undefined || metrics.size > 1) return reading;
  const { start, end, text } = said[0]!;
  const evidence = { part: 'args.metric', start, end, text };
  const steps = reading.steps.map((step) =>
    isLacking(step)
      ? { ...step, args: { ...step.args, metric }, evidence: [...step.evidence, evidence] }
      : step,
  );
  return { ...reading, steps };
}
