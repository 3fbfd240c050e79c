// "What is likely to fail?", "will web-1 fail": what is foreseen of the resources meant, with why and with how good such
// words were so far. Where nothing is foreseen it says what was looked at, so that silence is not taken for health.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import type { Prediction } from '../../shared/model/prediction.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { resourcesOf } from './targets.ts';

/** All steps of one question together. Throws ProblemError where nothing foresees. */
export function answerFailures(steps: readonly StepDraft[], sources: AnswerSources): StepAnswer {
  const { failures } = sources;
  if (!failures) throw new ProblemError({ code: 'unsupported', message: 'Nothing foresees failures here.' });
  const resources = steps.flatMap((step) => resourcesOf(step, sources));
  const found = predictionsFor(resources, steps, sources);
  const failed = resources.filter(({ health }) => health === 'error');
  const blocks: AnswerBlock[] = found.length > 0 ? [tableOf(found), ...chartOf(found[0]!, sources)] : [];
  if (failed.length > 0 && found.length > 0) blocks.push({ kind: 'text', text: failedWords(failed) });
  return {
    summary: found[0] ? summaryOf(found) : noneWords(resources, failed),
    blocks,
    refs: [...new Set(found.map(({ resource }) => resource))],
    source: sourceOf(sources),
  };
}

function predictionsFor(
  resources: readonly Resource[],
  steps: readonly StepDraft[],
  sources: AnswerSources,
): readonly Prediction[] {
  const horizon = steps[0]?.args.horizon_s;
  const all = sources.failures!.list({
    limit: limits.failurePredictionsMax,
    ...(typeof horizon === 'number' && { horizonMs: horizon * 1_000 }),
  });
  const meant = new Set(resources.flatMap(({ id }) => [id, ...ownedBy(id, sources)]));
  // Disks of machines are no resources of their own: asked for disks at large, they are meant as well.
  const isDisks = steps.some(({ operation, target }) => operation === 'forecast.volume' && !isNamed(target));
  return all.filter(({ resource, method }) => meant.has(resource) || (isDisks && method === 'rule:disk'));
}

/** Pods of a deployment: what fails is the pod, who is asked for is often the controller. */
function ownedBy(id: string, { graph }: Pick<AnswerSources, 'graph'>, depth = 2): readonly string[] {
  if (depth === 0) return [];
  const own = graph.relationsInto(id).filter(({ type }) => type === 'OWNED_BY');
  return own.flatMap(({ from }) => [
    ...(graph.get(from)?.kind === 'pod' ? [from] : []),
    ...ownedBy(from, { graph }, depth - 1),
  ]);
}

const isNamed = (target: StepDraft['target']): boolean =>
  target?.kind === 'resources' && target.filter !== undefined;

function summaryOf(found: readonly Prediction[]): string {
  const [first, ...others] = found;
  const more = new Set(others.map(({ resource }) => resource));
  more.delete(first!.resource);
  const rest = more.size === 0 ? '' : ` ${more.size} more may fail, too.`;
  return `${first!.title} (${percent(first!.probability)} within ${hoursOf(first!.horizonMs)}). ${first!.reasons[0] ?? ''}${rest}`;
}

function noneWords(resources: readonly Resource[], failed: readonly Resource[]): string {
  if (resources.length === 0) return 'There is nothing of that kind to foresee anything of.';
  const what =
    resources.length === 1 ? `${resources[0]!.name} is not` : `None of these ${resources.length} is`;
  return `${failed.length > 0 ? `${failedWords(failed)} ` : ''}${what} foreseen to fail: nothing known of ${resources.length === 1 ? 'it' : 'them'} speaks for it. That is no promise.`;
}

function failedWords(failed: readonly Resource[]): string {
  const names = failed.slice(0, 5).map(({ name }) => name);
  const more = failed.length > names.length ? ` and ${failed.length - names.length} more` : '';
  return `Failed already: ${names.join(', ')}${more}.`;
}

function tableOf(found: readonly Prediction[]): AnswerBlock {
  const columns = [
    { key: 'name', title: 'Resource' },
    { key: 'what', title: 'What' },
    { key: 'probability', title: 'Probability' },
    { key: 'within', title: 'Within' },
    { key: 'why', title: 'Why' },
    { key: 'record', title: 'How good such predictions were' },
  ];
  const rows = found.slice(0, limits.answerRowsMax).map((one) => ({
    id: one.resource,
    cells: {
      name: one.resourceName,
      what: one.title,
      probability: percent(one.probability),
      within: hoursOf(one.horizonMs),
      why: one.reasons.join(' '),
      record: one.record,
    },
  }));
  return { kind: 'table', columns, rows, total: found.length };
}

/** The series that says so. */
function chartOf({ links }: Prediction, { watch, now }: AnswerSources): readonly AnswerBlock[] {
  const link = links.find(({ kind }) => kind === 'series');
  const fromMs = now() - 24 * 3_600_000;
  const range = link && watch.series.range(link.id, fromMs, now(), limits.answerPointsMax);
  if (!range) return [];
  const { series, times, means } = range;
  return [
    {
      kind: 'series',
      title: `${series.metric}${series.part === undefined ? '' : ` ${series.part}`}, last 24 h`,
      unit: series.unit,
      points: times.map((time, i) => [time, means[i]!] as const),
      current: series.lastValue,
      series: series.id,
    },
  ];
}

function sourceOf({ failures }: AnswerSources): string {
  const known = Object.values(failures!.known());
  const sum = (key: 'watched' | 'failures'): number => known.reduce((all, one) => all + one[key], 0);
  const active = failures!.models().filter(({ state }) => state === 'active');
  const by =
    active.length === 0
      ? 'by rules, no model is better yet'
      : `by models ${active.map(({ id }) => id).join(', ')}, and rules`;
  return `foreseen on this machine of ${sum('watched')} resources, ${by}; ${sum('failures')} failures seen so far`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const hoursOf = (ms: number): string =>
  ms < 48 * 3_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
