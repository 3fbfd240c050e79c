// "Summarize the last 3 anomalies", "explain an-12": incidents as the watch knows them, with links, figures and what
// changed before. An empty list says since when anything has been watched, so that silence is not taken for health.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import type { Finding, Incident } from '../../shared/model/finding.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { parseResourceId, type Resource } from '../../shared/model/resource.ts';
import { seriesId } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { readFigure } from './figures.ts';
import { seriesOf } from './metrics.ts';

/** `list.anomaly`, with `limit`, a time range, a filter or a count. */
export function answerAnomalies(step: StepDraft, sources: AnswerSources): StepAnswer {
  const found = incidentsOf(step, sources);
  const source = sourceOf(sources);
  const [one, many] = asksThreats(step) ? ['threat', 'threats'] : ['anomaly', 'anomalies'];
  const noun = found.length === 1 ? one : many;
  if (step.args.agg === 'count') return { summary: `${found.length} ${noun}.`, blocks: [], refs: [], source };
  if (found.length === 0)
    return {
      summary: asksThreats(step)
        ? `No threats${timeWords(step)}. ${logWords(sources)}`
        : `No anomalies${timeWords(step)}. ${watchedWords(sources)} ${logWords(sources)}`.trim(),
      blocks: [],
      refs: [],
      source,
    };
  const open = found.filter(({ state }) => state === 'open').length;
  return {
    summary: `${found.length} ${noun}${timeWords(step)}, ${open} still going on. Newest: ${found[0]!.title}.`,
    blocks: [tableOf(found)],
    refs: found.slice(0, limits.answerRowsMax).map(({ resourceId }) => resourceId),
    source,
  };
}

/** `show.anomaly` and `explain.anomaly`. */
export async function answerAnomaly(
  step: StepDraft,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<StepAnswer> {
  const found = incidentsOf(step, sources);
  if (found.length !== 1) {
    if (found.length > 1) return answerAnomalies(step, sources);
    throw new ProblemError({
      code: 'not-found',
      message: 'There is no such anomaly (any more).',
      fix: 'Ask for the anomalies of the last day to see which there are.',
    });
  }
  return explainIncident(found[0]!, sources, signal);
}

/** One incident: its explanation, its findings, what changed, and charts of what left its course. */
export async function explainIncident(
  incident: Incident,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<StepAnswer> {
  const details = sources.watch.incidents.details(incident.id);
  const charts = await chartsOf(incident, sources, signal);
  const clues = [...details.changes, ...details.near];
  const blocks: AnswerBlock[] = [
    { kind: 'text', text: details.summary },
    ...(clues.length > 0
      ? [
          {
            kind: 'text',
            text: `What may have to do with it: ${clues.map(({ sentence }) => sentence).join(' ')}`,
          } as const,
        ]
      : []),
    findingTable(incident),
    ...evidenceOf(incident),
    ...charts,
  ];
  return {
    summary: `${incident.id} (${incident.severity}, ${incident.state}): ${incident.title}.`,
    blocks,
    refs: [incident.resourceId, ...incident.resources],
    source: sourceOf(sources),
  };
}

/** Incidents the step is about, newest first. */
function incidentsOf(step: StepDraft, { watch, now }: AnswerSources): readonly Incident[] {
  const { window_s: window, from, to, limit } = step.args;
  const fromMs =
    typeof window === 'number'
      ? now() - window * 1_000
      : typeof from === 'string'
        ? Date.parse(from)
        : undefined;
  const toMs = typeof to === 'string' ? Date.parse(to) : undefined;
  const { target } = step;
  const wanted =
    target?.kind === 'resources'
      ? new Set(target.ids.map((id) => parseResourceId(id)?.path ?? id))
      : undefined;
  // The reader knows the newest ones only: where nothing was filtered, all are meant. Where it found none, none fit.
  const isAll =
    wanted === undefined ||
    (step.operation.startsWith('list.') &&
      wanted.size > 0 &&
      !(target?.kind === 'resources' && target.filter));
  const found = isAll
    ? watch.incidents.list({
        limit: typeof limit === 'number' ? limit : limits.answerRowsMax,
        ...(fromMs !== undefined && { fromMs }),
        ...(toMs !== undefined && { toMs }),
      })
    : [...wanted!].flatMap((id) => watch.incidents.get(id) ?? []);
  const within = found.filter(
    ({ startedMs, endedMs }) =>
      (fromMs === undefined || (endedMs ?? Number.POSITIVE_INFINITY) >= fromMs) &&
      (toMs === undefined || startedMs <= toMs),
  );
  const ordered = [...within].sort((a, b) => b.startedMs - a.startedMs);
  return typeof limit === 'number' ? ordered.slice(0, limit) : ordered;
}

function tableOf(found: readonly Incident[]): AnswerBlock {
  const rows = found.slice(0, limits.answerRowsMax).map((incident) => ({
    ...linkOf(incident.findings[0]),
    cells: {
      name: incident.resourceName,
      anomaly: incident.id,
      severity: incident.severity,
      what: incident.title,
      since: isoOf(incident.startedMs),
      state:
        incident.endedMs === undefined
          ? incident.acked
            ? `acked by ${incident.acked.by}`
            : 'open'
          : `over ${isoOf(incident.endedMs)}`,
    },
  }));
  const columns = [
    { key: 'name', title: 'Resource' },
    { key: 'anomaly', title: 'Anomaly' },
    { key: 'severity', title: 'Severity' },
    { key: 'what', title: 'What' },
    { key: 'since', title: 'Since' },
    { key: 'state', title: 'State' },
  ];
  return { kind: 'table', columns, rows, total: found.length };
}

function findingTable({ findings }: Incident): AnswerBlock {
  const rows = findings.map((finding) => ({
    ...linkOf(finding),
    cells: {
      name: finding.resourceName,
      what: finding.title,
      why: isThreat(finding) ? finding.reasons[0]! : finding.reasons.join(' '),
      since: isoOf(finding.startedMs),
      sure: `${Math.round(100 * finding.confidence)} %`,
    },
  }));
  const columns = [
    { key: 'name', title: 'Resource' },
    { key: 'what', title: 'What' },
    { key: 'why', title: 'Why' },
    { key: 'since', title: 'Since' },
    { key: 'sure', title: 'Confidence' },
  ];
  return { kind: 'table', columns, rows, total: rows.length };
}

/** What speaks for a threat is too much for a row. */
function evidenceOf({ findings }: Incident): readonly AnswerBlock[] {
  return findings.filter(isThreat).map(({ reasons }) => ({ kind: 'text', text: reasons.join('\n') }));
}

const isThreat = ({ kind }: Finding): boolean => kind === 'threat';

/** Who acts in a log is no resource that could be opened. */
function linkOf(finding: Finding | undefined): { readonly id?: string } {
  return finding === undefined || isThreat(finding) ? {} : { id: finding.resource };
}

async function chartsOf(
  incident: Incident,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<readonly AnswerBlock[]> {
  const keys = new Map(
    incident.findings.flatMap(({ series }) => (series ? [[seriesId(series), series] as const] : [])),
  );
  const lastedMs = (incident.endedMs ?? sources.now()) - incident.startedMs;
  const span = {
    fromMs: incident.startedMs - Math.max(30 * 60_000, lastedMs),
    toMs: Math.min(sources.now(), (incident.endedMs ?? sources.now()) + 10 * 60_000),
  };
  const charts = [...keys.values()].slice(0, limits.answerChartsMax).map(async (key) => {
    const resource = sources.graph.get(key.resource) ?? unknownResource(key.resource);
    const reading = await readFigure(resource, key.metric, span, sources, signal);
    return seriesOf(reading, { metric: key.metric, span }, sources);
  });
  const settled = await Promise.allSettled(charts);
  signal.throwIfAborted();
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** A resource that has gone since: what was measured of it is still there. */
function unknownResource(id: string): Resource {
  const parsed = parseResourceId(id);
  return {
    id,
    connection: parsed?.connection ?? '',
    provider: 'prometheus',
    kind: 'host',
    name: parsed?.path ?? id,
    status: 'unknown',
    health: 'unknown',
    tags: {},
    attributes: {},
  };
}

function timeWords({ args }: StepDraft): string {
  if (typeof args.window_s === 'number') return ` in the last ${Math.round(args.window_s / 60)} min`;
  return typeof args.from === 'string' ? ` since ${args.from}` : '';
}

/** Whether the question is about threats only. The reader keeps no filter that nothing fits: then the word tells. */
function asksThreats({ target, evidence }: StepDraft): boolean {
  if (target?.kind === 'resources' && target.filter?.finding === 'threat') return true;
  return evidence.some(({ part, text }) => part === 'target' && /^threats?$/i.test(text));
}

/** Which logs are looked at, so that silence is not taken for safety. */
function logWords({ threats }: AnswerSources): string {
  const logs = threats?.status() ?? [];
  if (logs.length === 0) return '';
  const told = logs.flatMap(({ name, state, windows, fromMs }) => {
    if (state === 'failing') return [];
    if (state === 'waiting') return `${name}: nothing logged yet`;
    const since = fromMs === undefined ? '' : ` since ${isoOf(fromMs)}`;
    return state === 'learning'
      ? `${name}: still learning what is usual${since}, nothing is said yet`
      : `${name}: watched, ${windows} stretches of activity known${since}`;
  });
  const failing = logs.filter(({ state }) => state === 'failing');
  for (const problem of new Set(failing.map((one) => one.problem))) {
    const names = failing.filter((one) => one.problem === problem).map(({ name }) => name);
    told.push(`${names.join(', ')} cannot be read (${problem})`);
  }
  return `Logs of who did what: ${told.join('; ')}.`;
}

function watchedWords({ watch }: AnswerSources): string {
  const { sources, store } = watch.status();
  const failing = sources.filter(({ state }) => state === 'failing' || state === 'suspect');
  if (sources.length === 0) return 'Nothing is watched: no connection measures anything.';
  const trouble =
    failing.length > 0
      ? ` ${failing.map(({ connection, source, problems }) => `${connection}/${source} cannot be trusted now: ${problems[0] ?? 'it does not answer'}`).join(' ')}`
      : '';
  return `${store.series} series of ${sources.length} ${sources.length === 1 ? 'source' : 'sources'} are watched.${trouble}`;
}

function sourceOf({ watch }: AnswerSources): string {
  const { sources, store } = watch.status();
  return `the watch of this machine: ${store.series} series of ${sources.length} ${sources.length === 1 ? 'source' : 'sources'}`;
}

const isoOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
