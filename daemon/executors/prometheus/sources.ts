// What a Prometheus server brings: its targets as resources (kind `host`, up or down), and the figures of everything it
// scrapes, for the resources of all connections. Times are the server's own, so that a clock that is wrong shows. After
// a pause it reads what it missed, a stretch at a time, oldest first.

import type { MetricSample } from '../../../shared/model/metric.ts';
import type { PrometheusRule, PrometheusServer } from '../../../shared/model/metricSettings.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import { type Resource, resourceId } from '../../../shared/model/resource.ts';
import { healthOf } from '../../../shared/model/statuses.ts';
import { limits } from '../../config.ts';
import type { DiscoverySource, MetricBatch, MetricSource } from '../contract.ts';
import type { PrometheusClient, QueriedSeries, Target } from './client.ts';
import { createMapper, hostOf, type Labels, type Mapper } from './mapping.ts';
import { rulesOf, windowed } from './rules.ts';

export interface ServerState {
  readonly connection: string;
  readonly server: PrometheusServer;
  readonly client: PrometheusClient;
  /** The widest scrape interval of its targets, as far as it is known. */
  scrapeSeconds: number;
}

const defaultStepSeconds = 15;
const defaultScrapeSeconds = 15;

export function createState(
  connection: string,
  server: PrometheusServer,
  client: PrometheusClient,
): ServerState {
  return { connection, server, client, scrapeSeconds: defaultScrapeSeconds };
}

/** Its targets, and the server itself, to which belongs what fits no target. */
export function targetSource(state: ServerState): DiscoverySource {
  return {
    name: 'targets',
    kinds: ['host'],
    intervalMs: 30_000,
    async read({ signal }) {
      const targets = await state.client.targets(signal);
      if (targets.length === 0 && (await isStarting(state, signal)))
        return {
          mode: 'changes',
          resources: [serverResource(state, 'starting')],
          removed: [],
          relations: [],
        };
      const scrapes = targets.flatMap(({ scrapeSeconds }) => scrapeSeconds ?? []);
      if (scrapes.length > 0) state.scrapeSeconds = Math.max(...scrapes);
      const known = new Map(targets.map((target) => [targetId(state.connection, target), target]));
      return {
        mode: 'full',
        resources: [
          serverResource(state, 'running'),
          ...[...known].map(([id, target]) => targetResource(id, target, state)),
        ],
        removed: [],
        relations: [],
      };
    },
  };
}

/** A server that was just started has not looked for its targets yet; that it names none does not mean they are gone. */
async function isStarting({ client }: ServerState, signal: AbortSignal): Promise<boolean> {
  const startedMs = await client.startedMs(signal);
  if (startedMs === undefined) return false;
  return (await client.time(signal)) * 1_000 - startedMs < limits.prometheusStartingMs;
}

const serverId = (connection: string): string => resourceId(connection, 'host', 'server');

function targetId(
  connection: string,
  { job, instance }: { readonly job?: string; readonly instance?: string },
): string {
  return instance ? resourceId(connection, 'host', `${job ?? ''}/${instance}`) : serverId(connection);
}

function serverResource(
  { connection, server, client }: ServerState,
  status: 'starting' | 'running',
): Resource {
  return {
    id: serverId(connection),
    connection,
    provider: 'prometheus',
    kind: 'host',
    name: server.name,
    status,
    health: healthOf(status),
    tags: {},
    attributes: { address: client.host },
  };
}

function targetResource(id: string, target: Target, { connection }: ServerState): Resource {
  const isUp = target.health === 'up';
  return {
    id,
    connection,
    provider: 'prometheus',
    kind: 'host',
    name: target.instance,
    status: isUp ? 'running' : target.health === 'down' ? 'error' : 'unknown',
    health: isUp ? 'ok' : target.health === 'down' ? 'error' : 'unknown',
    providerStatus: target.health,
    tags: target.labels,
    attributes: { app: target.job, ...(target.lastError !== '' && { last_error: target.lastError }) },
  };
}

/** Where the last reading ended, and how many series it brought. */
interface Cursor {
  readonly untilSeconds: number;
  readonly series: number;
}

export function metricSource(state: ServerState): MetricSource {
  const step = state.server.intervalSeconds ?? defaultStepSeconds;
  return {
    name: 'prometheus',
    intervalMs: step * 1_000,
    reach: 'all',
    async sample({ resources, cursor, sinceMs, signal }) {
      const serverSeconds = await state.client.time(signal);
      const range = rangeOf(parseCursor(cursor), sinceMs, serverSeconds, step);
      const asked = await askAll(state, range, signal);
      const names = await nodeNames(state, range.to, signal);
      const mapper = createMapper(resources, state.connection);
      const batch = collect(asked.answers, names, mapper, state.connection);
      const down = await downTargets(state, serverSeconds, signal);
      return {
        samples: batch.samples,
        problems: [...asked.problems, ...batch.problems, ...down],
        cursor: JSON.stringify({
          untilSeconds: Math.max(range.to, range.untilSeconds),
          series: batch.series,
        }),
        ...(range.more && { more: true }),
      } satisfies MetricBatch;
    },
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly untilSeconds: number;
  readonly more: boolean;
}

/** The next stretch: from where the last one ended, or as far back as it may look, in parts that fit one batch. */
function rangeOf(
  cursor: Cursor | undefined,
  sinceMs: number | undefined,
  serverSeconds: number,
  step: number,
): Range {
  const now = Math.floor(serverSeconds / step) * step;
  const backMax = limits.prometheusBackSteps * step;
  const known = cursor?.untilSeconds ?? Math.floor((sinceMs ?? 0) / 1_000 / step) * step;
  const from = Math.max(known + step, now - backMax);
  // A clock that was set back: its newest moment is asked for as it is, and the watch names it.
  if (from > now) return { from: now, to: now, step, untilSeconds: known, more: false };
  // How many series there are is known after the first look; that one is short.
  const steps = cursor
    ? Math.max(1, Math.floor(limits.prometheusBatchSamples / Math.max(1, cursor.series)))
    : 4;
  const to = Math.min(now, from + (steps - 1) * step);
  return { from, to, step, untilSeconds: to, more: to < now };
}

interface Answer {
  readonly rule: PrometheusRule;
  readonly series: readonly QueriedSeries[];
}

/** Asks all rules, some at once. A rule that fails does not hide the others; where all fail the first failure is thrown. */
async function askAll(
  state: ServerState,
  range: Range,
  signal: AbortSignal,
): Promise<{ readonly answers: readonly Answer[]; readonly problems: readonly string[] }> {
  const rules = rulesOf(state.server);
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  const queue = rules[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const rule of queue) {
      try {
        const query = windowed(rule.query, state.scrapeSeconds, range.step);
        answers.push({ rule, series: await state.client.queryRange(query, range, signal) });
      } catch (error) {
        signal.throwIfAborted();
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: limits.prometheusConcurrency }, work));
  if (failures.length > 0 && answers.length === 0) throw failures[0];
  return { answers, problems: [...new Set(failures.map((error) => problemOf(error).message))].slice(0, 5) };
}

/** Host names by job and instance, where a node-exporter tells them. */
async function nodeNames(
  state: ServerState,
  at: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = await state.client.query('node_uname_info', at, signal);
  return new Map(
    found.flatMap(({ labels }) => (labels.nodename ? [[targetKey(labels), labels.nodename] as const] : [])),
  );
}

const targetKey = ({ job = '', instance = '' }: Labels): string => `${job}\n${instance}`;

/** Samples of all answers. Two lines that would be one series are not mixed: both stay with their own target. */
function collect(
  answers: readonly Answer[],
  names: ReadonlyMap<string, string>,
  mapper: Mapper,
  connection: string,
): {
  readonly samples: readonly MetricSample[];
  readonly problems: readonly string[];
  readonly series: number;
} {
  const lines = answers.flatMap(({ rule, series }) =>
    series.map((one) => lineOf(rule, one, names, mapper, connection)),
  );
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.key, (counts.get(line.key) ?? 0) + 1);
  const samples: MetricSample[] = [];
  let broken = 0;
  for (const line of lines) {
    const isShared = counts.get(line.key)! > 1;
    const place = isShared ? line.own : line.mapped;
    for (const [seconds, text] of line.points) {
      const value = Number(text);
      if (Number.isFinite(value))
        samples.push({ ...place, metric: line.metric, atMs: seconds * 1_000, value });
      else broken++;
    }
  }
  const problems =
    broken > 0 ? [`${broken} of its values ${broken === 1 ? 'is not a number' : 'are not numbers'}.`] : [];
  return { samples, problems, series: lines.length };
}

function lineOf(
  rule: PrometheusRule,
  { labels, points }: QueriedSeries,
  names: ReadonlyMap<string, string>,
  mapper: Mapper,
  connection: string,
) {
  const nodename = names.get(targetKey(labels));
  const resource = mapper.resourceOf(nodename === undefined ? labels : { ...labels, nodename });
  const part = rule.part === undefined ? undefined : labels[rule.part];
  const own = { resource: targetId(connection, labels), ...partOf(ownPart(labels, rule.part)) };
  const mapped = resource === undefined ? own : { resource, ...partOf(part) };
  return {
    metric: rule.metric,
    points,
    own,
    mapped,
    key: `${mapped.resource}\n${rule.metric}\n${mapped.part ?? ''}`,
  };
}

const partOf = (part: string | undefined) => (part === undefined || part === '' ? {} : { part });

/** What tells lines of one target apart: its part, and every label but those of the target. */
function ownPart(labels: Labels, part: string | undefined): string {
  const rest = Object.entries(labels).filter(
    ([name]) => name !== part && name !== 'instance' && name !== 'job' && name !== '__name__',
  );
  return [part === undefined ? '' : (labels[part] ?? ''), ...rest.sort().map(([, value]) => value)]
    .filter(Boolean)
    .join(' ');
}

/** Targets that the server cannot scrape: their figures stop, and that is not the fault of what they measured. */
async function downTargets(state: ServerState, at: number, signal: AbortSignal): Promise<readonly string[]> {
  const down = await state.client.query('up == 0', at, signal);
  const named = down
    .map(({ labels }) => `${labels.instance ?? '?'} (${labels.job ?? hostOf(labels.instance) ?? '?'})`)
    .sort();
  if (named.length === 0) return [];
  const more = named.length > 5 ? ` and ${named.length - 5} more` : '';
  const verb = named.length === 1 ? 'does' : 'do';
  return [`${named.slice(0, 5).join(', ')}${more} ${verb} not answer the server.`];
}

function parseCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const cursor = JSON.parse(text) as Cursor;
  return Number.isFinite(cursor.untilSeconds) ? cursor : undefined;
}
