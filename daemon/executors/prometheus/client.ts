// Speaks the HTTP API of one Prometheus server (v1, the same in Thanos, Mimir and VictoriaMetrics): queries at a moment
// and over a time, and its targets. It only reads. Credentials are looked up for each request and taken out of whatever
// is shown. Answers are checked; what a server says is data.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PrometheusServer } from '../../../shared/model/metricSettings.ts';
import { type Problem, ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { ExecutorContext } from '../contract.ts';
import { cleanText } from '../kit/cleanText.ts';
import { createRedactor } from '../kit/redact.ts';
import { createTransport, type HttpResponse, type Transport, TransportError } from '../kit/transport.ts';
import { readSecret } from './servers.ts';

export interface QueriedSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since the epoch, and the value as it was written. */
  readonly points: readonly (readonly [number, string])[];
}

export interface Target {
  readonly job: string;
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
  readonly scrapeSeconds: number | undefined;
}

export interface PrometheusClient {
  readonly host: string;
  /** Time of the server, seconds since the epoch. */
  time(signal: AbortSignal): Promise<number>;
  query(promql: string, atSeconds: number, signal: AbortSignal): Promise<readonly QueriedSeries[]>;
  queryRange(
    promql: string,
    range: { readonly from: number; readonly to: number; readonly step: number },
    signal: AbortSignal,
  ): Promise<readonly QueriedSeries[]>;
  targets(signal: AbortSignal): Promise<readonly Target[]>;
  /** When the server was started, ms since the epoch; undefined where it does not say (older than 2.14, or a kin). */
  startedMs(signal: AbortSignal): Promise<number | undefined>;
  /** Version, as it says. */
  version(signal: AbortSignal): Promise<string>;
  dispose(): void;
}

const point = z.tuple([z.number(), z.string()]);
const metric = z.record(z.string(), z.string());
const vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric, value: point.optional() })),
});
const scalar = z.object({ resultType: z.literal('scalar'), result: point });
const matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric, values: z.array(point).default([]) })),
});
const targets = z.object({
  activeTargets: z.array(
    z.object({
      labels: metric,
      health: z.string().default('unknown'),
      lastError: z.string().default(''),
      scrapeInterval: z.string().optional(),
    }),
  ),
});
const buildInfo = z.object({ version: z.string() });
const runtimeInfo = z.object({ startTime: z.iso.datetime({ offset: true }) });
const failure = z.object({ error: z.string() });

export function createClient(server: PrometheusServer, context: ExecutorContext): PrometheusClient {
  const redactor = createRedactor();
  let transport: Transport | undefined;
  const base = new URL(server.url.endsWith('/') ? server.url : `${server.url}/`);

  async function get<T>(
    path: string,
    query: Record<string, string>,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    transport ??= transportOf(server, context);
    const url = new URL(`api/v1/${path}`, base);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const headers = { accept: 'application/json', ...authorisation(server, context, redactor.learn) };
    let response: HttpResponse;
    try {
      response = await transport.send({ method: 'GET', url, headers, fresh: false, signal });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      throw new ProblemError(problemOfTransport(error, server, base.host), error);
    }
    return read(response, schema, server, base.host, redactor.redact);
  }

  return {
    host: base.host,
    time: async (signal) =>
      (await get('query', { query: 'time()' }, envelope(scalar), signal)).data.result[0],
    async query(promql, atSeconds, signal) {
      const { data } = await get(
        'query',
        { query: promql, time: String(atSeconds) },
        envelope(vector),
        signal,
      );
      return data.result.map(({ metric: labels, value }) => ({ labels, points: value ? [value] : [] }));
    },
    async queryRange(promql, { from, to, step }, signal) {
      const query = { query: promql, start: String(from), end: String(to), step: String(step) };
      const { data } = await get('query_range', query, envelope(matrix), signal);
      return data.result.map(({ metric: labels, values }) => ({ labels, points: values }));
    },
    async targets(signal) {
      const { data } = await get('targets', { state: 'active' }, envelope(targets), signal);
      return data.activeTargets.map(({ labels, health, lastError, scrapeInterval }) => ({
        job: labels.job ?? '',
        instance: labels.instance ?? '',
        labels,
        health,
        lastError: cleanText(redactor.redact(lastError)),
        scrapeSeconds: secondsOf(scrapeInterval),
      }));
    },
    async startedMs(signal) {
      try {
        const { data } = await get('status/runtimeinfo', {}, envelope(runtimeInfo), signal);
        return Date.parse(data.startTime);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ProblemError) return undefined;
        throw error;
      }
    },
    version: async (signal) => (await get('status/buildinfo', {}, envelope(buildInfo), signal)).data.version,
    dispose: () => transport?.dispose(),
  };
}

function envelope<T extends z.ZodType>(data: T) {
  return z.object({ status: z.literal('success'), data });
}

function transportOf({ tls }: PrometheusServer, context: ExecutorContext): Transport {
  const read = (file: string | undefined) => (file === undefined ? undefined : readPem(file));
  const [ca, certificate, key] = [read(tls?.caFile), read(tls?.certFile), read(tls?.keyFile)];
  return createTransport({
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    verify: tls?.verify ?? true,
    idleTimeoutMs: limits.metricTimeoutMs,
    requestTimeoutMs: limits.metricTimeoutMs,
    bodyBytesMax: limits.cloudBodyBytesMax,
    connectionsMax: limits.prometheusConcurrency,
    env: context.env,
  });
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProblemError(
      {
        code: 'config-invalid',
        message: `The file ${file} of a Prometheus server cannot be read.`,
        fix: 'Correct its path in the settings of metrics.',
      },
      error,
    );
  }
}

function authorisation(
  { name, auth }: PrometheusServer,
  context: ExecutorContext,
  learn: (secret: string) => void,
): Record<string, string> {
  if (!auth || auth.kind === 'none') return {};
  const secret = readSecret(auth.kind === 'basic' ? auth.password : auth.token, name, context);
  learn(secret);
  if (auth.kind === 'bearer') return { authorization: `Bearer ${secret}` };
  const pair = Buffer.from(`${auth.user}:${secret}`).toString('base64');
  learn(pair);
  return { authorization: `Basic ${pair}` };
}

function read<T>(
  response: HttpResponse,
  schema: z.ZodType<T>,
  server: PrometheusServer,
  host: string,
  redact: (text: string) => string,
): T {
  const body = parseJson(response.text);
  if (response.status >= 400) throw new ProblemError(problemOfStatus(response.status, body, server, redact));
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProblemError({
    code: 'cloud-failed',
    message: `What ${host} answers is not what a Prometheus server says.`,
    fix: `Check the address of the server "${server.name}": it is the one under which /api/v1/query answers.`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOfTransport(error: TransportError, server: PrometheusServer, host: string): Problem {
  if (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(error.code))
    return {
      code: 'cloud-certificate',
      message: `The certificate of the Prometheus server ${host} is not trusted (${error.code}).`,
      fix: `Name the file of its authority as tls.caFile of the server "${server.name}".`,
    };
  if (error.code === 'TOO-LARGE')
    return {
      code: 'cloud-failed',
      message: `The Prometheus server ${host} answered with more than is read at once.`,
      fix: 'Use own rules with fewer series for this server.',
    };
  return {
    code: 'cloud-unreachable',
    message: `The Prometheus server ${host} does not answer (${error.code}).`,
    fix: 'Check that it runs and that its address is right; Pilothouse asks again by itself.',
  };
}

function problemOfStatus(
  status: number,
  body: unknown,
  server: PrometheusServer,
  redact: (text: string) => string,
): Problem {
  if (status === 401 || status === 403)
    return {
      code: status === 401 ? 'cloud-unauthorized' : 'cloud-forbidden',
      message: `The Prometheus server ${server.name} refused the credentials (${status}).`,
      fix: 'Check user, password or token of the server in the settings of metrics.',
    };
  const said = failure.safeParse(body);
  const quote = said.success ? ` It says: ${cleanText(redact(said.data.error))}` : '';
  return {
    code: status === 400 || status === 422 ? 'cloud-invalid' : 'cloud-failed',
    message: `The Prometheus server ${server.name} failed (${status}).${quote}`,
    fix: 'Check the query of the rule in the settings of metrics, and the log of the server.',
  };
}

/** "15s", "1m", "1m30s"; undefined where it is none. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined;
  const units: Readonly<Record<string, number>> = {
    ms: 0.001,
    s: 1,
    m: 60,
    h: 3_600,
    d: 86_400,
    w: 604_800,
    y: 31_536_000,
  };
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit!]!,
    0,
  );
}
