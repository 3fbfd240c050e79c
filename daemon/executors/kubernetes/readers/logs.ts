// Logs of a pod, or of all pods behind a workload: the last lines of every container, put in the order of their time,
// and followed until nobody wants them any more. What stands in a log is data.

import { StringDecoder } from 'node:string_decoder';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import { limits } from '../../../config.ts';
import type { ResourceReaders } from '../../contract.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { namedBy } from '../mapping/place.ts';
import { fetchObject, listObjects } from '../operations/objects.ts';
import { podsOf } from '../operations/rollout.ts';
import type { Job, Pod, Workload } from '../records/objects.ts';

/** Containers whose logs are read for one question, the newest pods first. */
const streamsMax = 20;
/** Lines read of each container where only some of them are wanted. */
const searchedLinesMax = 20_000;
/** Silence a followed log may have, in ms. */
const followIdleMs = 24 * 3_600_000;

type LogRequest = Parameters<NonNullable<ResourceReaders['logs']>>[0];

interface Stream {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string;
}

export async function readLogs(
  k8s: Kubernetes,
  request: LogRequest,
): Promise<{ readonly text: string; readonly truncated: boolean }> {
  const { lines, grep, signal } = request;
  const wanted = Math.min(Math.max(lines, 1), limits.logLinesMax);
  const streams = chosen(await streamsOf(k8s, request.resource, signal), request.part);
  const read = await Promise.all(
    streams.map((stream) => readStream(k8s, stream, request, grep ? searchedLinesMax : wanted + 1)),
  );
  const several = streams.length > 1;
  const all = read
    .flatMap((found, index) => found.map((line) => ({ ...line, stream: streams[index]! })))
    .filter(({ text }) => !grep || text.toLowerCase().includes(grep.toLowerCase()))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const shown = all.slice(-wanted).map(({ text, stream }) => (several ? `${nameOf(stream)}: ${text}` : text));
  return { text: shown.join('\n'), truncated: all.length > wanted };
}

/** "pod/container" of each log there is; of a single pod just its containers. */
export async function logParts(
  k8s: Kubernetes,
  resource: Resource,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const streams = await streamsOf(k8s, resource, signal);
  const pods = new Set(streams.map(({ pod }) => pod));
  return streams.map((stream) => (pods.size > 1 ? nameOf(stream) : stream.container));
}

/** The streams of one part; a container's name means that container of every pod. */
function chosen(streams: readonly Stream[], part: string | undefined): readonly Stream[] {
  if (part === undefined) return streams;
  const wanted = streams.filter((stream) => stream.container === part || nameOf(stream) === part);
  if (wanted.length > 0) return wanted;
  throw new ProblemError({
    code: 'not-found',
    message: `There is no ${part} (any more).`,
    fix: `There is ${streams.map(nameOf).slice(0, 10).join(', ')}: choose one of them.`,
  });
}

/** Hands on whole lines as they are written, of all containers, until the signal ends. */
export async function followLogs(
  k8s: Kubernetes,
  request: {
    readonly resource: Resource;
    readonly grep?: string;
    readonly onText: (text: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { resource, grep, onText, signal } = request;
  const streams = await streamsOf(k8s, resource, signal);
  const several = streams.length > 1;
  await Promise.all(
    streams.map(async (stream) => {
      const what = `follow the log of ${nameOf(stream)}`;
      const { body } = await k8s.cluster.stream({
        path: await pathOf(k8s, stream, signal),
        query: { container: stream.container, follow: true, tailLines: 0 },
        idleMs: followIdleMs,
        signal,
        what,
      });
      const decoder = new StringDecoder('utf8');
      let rest = '';
      try {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          const lines = (rest + decoder.write(chunk)).split('\n');
          rest = lines.pop()!;
          const text = lines
            .filter((line) => !grep || line.toLowerCase().includes(grep.toLowerCase()))
            .map((line) => `${several ? `${nameOf(stream)}: ` : ''}${line}\n`)
            .join('');
          if (text !== '') onText(text);
        }
      } catch (error) {
        if (!signal.aborted) throw k8s.cluster.brokenStream(error, what);
      } finally {
        body.destroy();
      }
    }),
  );
}

interface Line {
  readonly at: string;
  readonly text: string;
}

async function readStream(
  k8s: Kubernetes,
  stream: Stream,
  { sinceMs, previous, signal, resource }: LogRequest,
  tailLines: number,
): Promise<readonly Line[]> {
  const sinceSeconds =
    sinceMs === undefined ? undefined : Math.max(1, Math.ceil((k8s.now() - sinceMs) / 1000));
  const what = `read the log of ${nameOf(stream)}`;
  try {
    const text = await k8s.cluster.text({
      path: await pathOf(k8s, stream, signal),
      query: {
        container: stream.container,
        tailLines,
        sinceSeconds,
        previous: previous || undefined,
        timestamps: true,
      },
      accept: '*/*',
      signal,
      what,
    });
    return text.split('\n').flatMap((line) => (line === '' ? [] : [toLine(line)]));
  } catch (error) {
    // Of several pods one may have no container yet, or none before; of a single one that is the answer.
    const isAbsent = isProblem(error, 'cloud-invalid') || isProblem(error, 'cloud-not-found');
    if (isAbsent && resource.kind !== 'pod') return [];
    if (isAbsent && previous)
      throw new ProblemError({
        code: 'not-found',
        message: `${nameOf(stream)} was never restarted, so there is no log from before.`,
        fix: 'Ask for its present log.',
      });
    throw error;
  }
}

/** "2026-11-21T09:00:00.123456789Z text". */
function toLine(line: string): Line {
  const space = line.indexOf(' ');
  return { at: line.slice(0, space), text: line.slice(space + 1) };
}

async function pathOf(k8s: Kubernetes, { pod, namespace }: Stream, signal: AbortSignal): Promise<string> {
  return `${(await k8s.apis(signal)).pathOf('pods', namespace)}/${encodeURIComponent(pod)}/log`;
}

function nameOf({ pod, container }: Stream): string {
  return `${pod}/${container}`;
}

async function streamsOf(
  k8s: Kubernetes,
  resource: Resource,
  signal: AbortSignal,
): Promise<readonly Stream[]> {
  const pods = await podsBehind(k8s, resource, signal);
  const newest = [...pods].sort((a, b) =>
    (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1,
  );
  const streams = newest.flatMap(({ metadata, spec }) =>
    (spec?.containers ?? []).map(({ name }) => ({
      pod: metadata.name,
      namespace: metadata.namespace ?? '',
      container: name,
    })),
  );
  if (streams.length > 0) return streams.slice(0, streamsMax);
  throw new ProblemError({
    code: 'not-found',
    message: `${resource.name} has no pod now, so there is no log.`,
    fix: 'Look why it has none: ask for its details.',
  });
}

async function podsBehind(k8s: Kubernetes, resource: Resource, signal: AbortSignal): Promise<readonly Pod[]> {
  const { namespace } = namedBy(resource.id);
  switch (parseResourceId(resource.id)?.kind) {
    case 'pod': {
      const found = await fetchObject<Pod>(k8s, resource.id, signal);
      return found ? [found.object] : [];
    }
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
    case 'replicaset': {
      const found = await fetchObject<Workload>(k8s, resource.id, signal);
      return found ? podsOf(k8s, found.object, signal) : [];
    }
    case 'job':
      return podsOfJob(k8s, resource.name, namespace, signal);
    case 'cronjob': {
      const jobs = await listObjects<Job>(k8s, 'jobs', { namespace }, signal);
      const own = jobs
        .filter((job) => job.metadata.ownerReferences?.some((one) => one.name === resource.name))
        .sort((a, b) =>
          (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1,
        );
      return own[0] ? podsOfJob(k8s, own[0].metadata.name, namespace, signal) : [];
    }
    default:
      throw new ProblemError({
        code: 'unsupported',
        message: `Kubernetes keeps no log of a ${resource.kind}.`,
        fix: 'Ask for the log of a pod or of what owns pods.',
      });
  }
}

function podsOfJob(
  k8s: Kubernetes,
  job: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  return listObjects<Pod>(k8s, 'pods', { namespace, labelSelector: `job-name=${job}` }, signal);
}
