// "Why is checkout slow?": the evidence there is, most telling first: its own state, what around it is not well,
// what Pilothouse changed on it, and its figures now. It draws no conclusion that the evidence does not carry.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { tableOf } from './list.ts';
import { formatFigure, readMetric } from './metrics.ts';
import { sentenceOf } from './show.ts';
import { requireOne } from './targets.ts';

const metricsAsked = ['cpu', 'memory', 'latency', 'error-rate'] as const;
const recentMs = 24 * 60 * 60_000;

export async function answerExplain(
  step: StepDraft,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<StepAnswer> {
  const resource = requireOne(step, sources);
  const unwell = neighboursOf(resource, sources).filter(
    (other) => other.health === 'error' || other.health === 'warning',
  );
  const changes = recentChanges(resource, sources);
  const figures = await figuresOf(resource, sources, signal);
  const blocks: AnswerBlock[] = [];
  if (unwell.length > 0)
    blocks.push({ kind: 'text', text: 'Near it and not well:' }, tableOf(unwell, sources));
  if (changes.length > 0)
    blocks.push({
      kind: 'text',
      text: `Changed through Pilothouse in the last 24 hours: ${changes.join('; ')}.`,
    });
  if (figures.length > 0) blocks.push({ kind: 'text', text: `Now: ${figures.join(', ')}.` });
  return {
    summary: `${sentenceOf(resource)} ${conclusion(unwell.length, changes.length)}`,
    blocks,
    refs: [resource.id, ...unwell.map((other) => other.id)],
  };
}

function conclusion(unwell: number, changes: number): string {
  if (unwell === 0 && changes === 0)
    return 'Nothing near it is unwell, and nothing was changed on it through Pilothouse in the last 24 hours.';
  return `What speaks for a cause: ${[unwell > 0 ? `${unwell} unwell near it` : '', changes > 0 ? `${changes} recent ${changes === 1 ? 'change' : 'changes'}` : ''].filter(Boolean).join(', ')}.`;
}

function neighboursOf(resource: Resource, sources: AnswerSources): readonly Resource[] {
  const { out, in: into } = sources.graph.relationsOf(resource.id);
  const ids = new Set([...out.map((edge) => edge.to), ...into.map((edge) => edge.from)]);
  return [...ids].map((id) => sources.graph.get(id)).filter((found) => found !== undefined);
}

function recentChanges(resource: Resource, sources: AnswerSources): readonly string[] {
  return sources.audit
    .list({ limit: 20, target: resource.id, fromMs: sources.now() - recentMs })
    .filter((record) => record.event === 'step.after')
    .map((record) => `${record.operation} by ${record.actor.user} at ${record.at} (${record.outcome})`);
}

async function figuresOf(
  resource: Resource,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const toMs = sources.now();
  const read = metricsAsked.map(async (metric) => {
    const reading = await readMetric(resource, metric, { fromMs: toMs - 15 * 60_000, toMs }, sources, signal);
    return `${metric} ${formatFigure(reading.current, reading.unit)}`;
  });
  const settled = await Promise.allSettled(read);
  return settled.filter((outcome) => outcome.status === 'fulfilled').map((outcome) => outcome.value);
}
