// "Why is checkout slow?": the evidence there is, most telling first: what the watch found on it or near it, its own
// state, what around it is not well, what Pilothouse changed on it, and its figures now. It draws no conclusion that the evidence does not carry.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import { formatFigure } from '../../shared/model/figure.ts';
import type { Incident } from '../../shared/model/finding.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { explainIncident } from './anomalies.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { readFigure } from './figures.ts';
import { tableOf } from './list.ts';
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
  const incidents = incidentsNear(resource, sources);
  const found = incidents[0] && (await explainIncident(incidents[0], sources, signal));
  const blocks: AnswerBlock[] = found ? [{ kind: 'text', text: found.summary }, ...found.blocks] : [];
  if (unwell.length > 0)
    blocks.push({ kind: 'text', text: 'Near it and not well:' }, tableOf(unwell, sources));
  if (changes.length > 0)
    blocks.push({
      kind: 'text',
      text: `Changed through Pilothouse in the last 24 hours: ${changes.join('; ')}.`,
    });
  if (figures.length > 0) blocks.push({ kind: 'text', text: `Now: ${figures.join(', ')}.` });
  return {
    summary: `${sentenceOf(resource)} ${conclusion(incidents, resource, unwell.length, changes.length)}`,
    blocks,
    refs: [resource.id, ...unwell.map((other) => other.id), ...(found?.refs ?? [])],
  };
}

/** What the watch found on it or right beside it in the last day: what goes on first, its own before others'. */
function incidentsNear(resource: Resource, sources: AnswerSources): readonly Incident[] {
  const near = new Set(neighboursOf(resource, sources).map(({ id }) => id));
  const isOwn = (incident: Incident): boolean => incident.resources.includes(resource.id);
  return sources.watch.incidents
    .list({ fromMs: sources.now() - recentMs, limit: 200 })
    .filter((incident) => isOwn(incident) || incident.resources.some((id) => near.has(id)))
    .sort(
      (a, b) =>
        Number(b.state === 'open') - Number(a.state === 'open') ||
        Number(isOwn(b)) - Number(isOwn(a)) ||
        b.startedMs - a.startedMs,
    );
}

function conclusion(
  incidents: readonly Incident[],
  resource: Resource,
  unwell: number,
  changes: number,
): string {
  const [first] = incidents;
  if (first) {
    const where = first.resources.includes(resource.id) ? 'on it' : `near it, on ${first.resourceName}`;
    return `The watch found ${first.id} ${where}: ${first.title}.`;
  }
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
    const reading = await readFigure(resource, metric, { fromMs: toMs - 15 * 60_000, toMs }, sources, signal);
    return `${metric} ${formatFigure(reading.current, reading.unit)}`;
  });
  const settled = await Promise.allSettled(read);
  return settled.filter((outcome) => outcome.status === 'fulfilled').map((outcome) => outcome.value);
}
