// Ways into pods, and to ports of what has pods behind it: which there are, whether this user may go them, and the
// command or connection itself, through the API server. It opens only what the terminals room has a person's yes for.

import type { Duplex } from 'node:stream';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { EntryRequest, RemoteTerminal, Terminals } from '../../contract.ts';
import { notRunning, usualShell } from '../../kit/terminal.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { namedBy } from '../mapping/place.ts';
import { fetchObject, pathOfObject } from '../operations/objects.ts';
import { refusalOf } from '../operations/permission.ts';
import type { Pod } from '../records/objects.ts';
import { fetchPorts, findBackend, portKinds } from './backends.ts';
import { openChannels } from './channels.ts';
import { openPort } from './portStream.ts';

export function podTerminals(k8s: Kubernetes): Terminals {
  return {
    kinds: { ...Object.fromEntries(portKinds.map((kind) => [kind, ['forward']])), pod: ['exec', 'forward'] },
    async ways(resource, signal) {
      if (resource.kind !== 'pod')
        return [{ way: 'forward', ports: await fetchPorts(k8s, resource, signal) }];
      const containers = await runningIn(k8s, resource, signal);
      const ports = await fetchPorts(k8s, resource, signal);
      return [
        { way: 'exec', containers },
        { way: 'forward', ports },
      ];
    },
    async check({ resource, way, container, port, signal }) {
      if (way === 'forward') {
        const { namespace, pod } = await findBackend(k8s, resource, port ?? 0, signal);
        await requireAllowed(k8s, 'portforward', { namespace, name: pod }, signal);
        return {};
      }
      const running = await runningIn(k8s, resource, signal);
      await requireAllowed(k8s, 'exec', namedBy(resource.id), signal);
      return { container: requireContainer(resource, running, container) };
    },
    open: (request) => open(k8s, request),
    connect: (request) => connect(k8s, request),
  };
}

/** What kubectl needs and what older servers look at where the way is a WebSocket: who has one alone goes nowhere. */
async function requireAllowed(
  k8s: Kubernetes,
  subresource: 'exec' | 'portforward',
  { namespace, name }: { readonly namespace?: string; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  const wish = { plural: 'pods', subresource, name, ...(namespace ? { namespace } : {}) } as const;
  const refusals = await Promise.all(
    (['create', 'get'] as const).map((verb) => refusalOf(k8s, { ...wish, verb }, signal)),
  );
  const refusal = refusals.find((one) => one !== undefined);
  if (!refusal) return;
  throw new ProblemError({
    code: 'not-allowed',
    message: refusal.message,
    ...(refusal.fix === undefined ? {} : { fix: refusal.fix }),
  });
}

/** Looked for anew for each connection: a pod that was replaced is no reason to begin again. */
async function connect(
  k8s: Kubernetes,
  { resource, port: asked, signal }: Parameters<NonNullable<Terminals['connect']>>[0],
): Promise<Duplex> {
  const { namespace, pod, port } = await findBackend(k8s, resource, asked, signal);
  const path = `${await pathOfObject(k8s, 'pod', pod, namespace, signal)}/portforward?ports=${port}`;
  return openPort(k8s.cluster, { path, pod, port, signal, what: `carry port ${port} of the pod ${pod}` });
}

/** Names of the containers that run now. Throws ProblemError where none does. */
async function runningIn(
  k8s: Kubernetes,
  resource: Resource,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = await fetchObject<Pod>(k8s, resource.id, signal);
  const running = (found?.object.status?.containerStatuses ?? [])
    .filter(({ state }) => state?.running !== undefined)
    .map(({ name }) => name);
  if (running.length === 0) throw notRunning(resource.name, found ? found.resource.status : 'gone');
  return running;
}

/** Never guesses between several. */
function requireContainer(
  { name }: Resource,
  running: readonly string[],
  wanted: string | undefined,
): string {
  const [only] = running;
  if (wanted === undefined && running.length === 1) return only!;
  if (wanted !== undefined && running.includes(wanted)) return wanted;
  throw new ProblemError({
    code: wanted === undefined ? 'bad-input' : 'not-found',
    message:
      wanted === undefined
        ? `${name} has ${running.length} containers that run.`
        : `No container ${wanted} runs in ${name}.`,
    fix: `Say which is meant: ${running.join(', ')}.`,
  });
}

async function open(
  k8s: Kubernetes,
  request: EntryRequest & { readonly columns: number; readonly rows: number },
): Promise<RemoteTerminal> {
  const { resource, container, signal, columns, rows } = request;
  const { namespace, name } = namedBy(resource.id);
  const path = `${await pathOfObject(k8s, 'pod', name, namespace, signal)}/exec`;
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', tty: 'true' });
  if (container !== undefined) query.set('container', container);
  for (const word of request.command ?? usualShell) query.append('command', word);
  const terminal = await openChannels(k8s.cluster, {
    path: `${path}?${query}`,
    what: `open a shell in the pod ${name}`,
    signal,
  });
  terminal.resize(columns, rows);
  return terminal;
}
