// Shells in containers of pods: which of them run, whether this user may enter them, and the command that is run there
// through the API server. It opens only what the terminals room has a person's yes for.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { EntryRequest, RemoteTerminal, Terminals } from '../../contract.ts';
import { notRunning, usualShell } from '../../kit/terminal.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { namedBy } from '../mapping/place.ts';
import { fetchObject, pathOfObject } from '../operations/objects.ts';
import { refusalOf } from '../operations/permission.ts';
import type { Pod } from '../records/objects.ts';
import { openChannels } from './channels.ts';

export function podTerminals(k8s: Kubernetes): Terminals {
  return {
    kinds: { pod: ['exec'] },
    ways: async (resource, signal) => [{ way: 'exec', containers: await runningIn(k8s, resource, signal) }],
    async check({ resource, container, signal }) {
      const running = await runningIn(k8s, resource, signal);
      const { namespace, name } = namedBy(resource.id);
      const wish = { verb: 'create', plural: 'pods', subresource: 'exec', name } as const;
      const refusal = await refusalOf(k8s, { ...wish, ...(namespace ? { namespace } : {}) }, signal);
      if (refusal)
        throw new ProblemError({
          code: 'not-allowed',
          message: refusal.message,
          ...(refusal.fix === undefined ? {} : { fix: refusal.fix }),
        });
      return { container: requireContainer(resource, running, container) };
    },
    open: (request) => open(k8s, request),
  };
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
