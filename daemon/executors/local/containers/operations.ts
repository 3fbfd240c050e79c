// What can be done to a container: start, stop, restart, pause, resume, limit, remove. Each is one request to its
// engine, and what came of it is read from the container's state.

import type { OperationId } from '../../../../shared/model/kind.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { Deed, Judgement } from '../../kit/deed.ts';
import type { EngineRequest } from './engine.ts';
import { limiting } from './limiting.ts';
import type { Containers } from './source.ts';

/** Seconds a container gets to end by itself, as `docker stop` gives it. */
const stopSeconds = 10;
/** A command that cannot run has ended by then. */
const settleMs = 600;

export function containerDeeds(containers: Containers): ReadonlyMap<OperationId, Deed> {
  const read: Deed['read'] = (target, signal) => containers.read(target, signal);
  const tell = (target: Resource, request: Omit<EngineRequest, 'path'> & { readonly to: string }) => {
    const { to, ...rest } = request;
    const id = encodeURIComponent(parseResourceId(target.id)?.path ?? '');
    return containers.engineOf(target).call({ ...rest, path: `/containers/${id}${to}` });
  };
  const simple = (
    verb: string,
    becomes: string,
    judge: Deed['judge'],
    query: Readonly<Record<string, string>> = {},
  ): Deed => ({
    read,
    changes: (target) => [{ field: 'status', before: target.status, after: becomes }],
    async act(target, _args, signal) {
      await tell(target, { to: `/${verb}`, method: 'POST', query, what: `${verb} ${target.name}`, signal });
    },
    judge,
  });
  const wait = { t: String(stopSeconds) };
  return new Map<OperationId, Deed>([
    ['start.container', { ...simple('start', 'running', judgeStart), patienceMs: 30_000, settleMs }],
    [
      'stop.container',
      { ...simple('stop', 'stopped', judgeStatus('stopped', 'failed'), wait), patienceMs: 60_000 },
    ],
    [
      'restart.container',
      { ...simple('restart', 'running', judgeStart, wait), patienceMs: 60_000, settleMs },
    ],
    ['suspend.container', { ...simple('pause', 'paused', judgeStatus('paused')), patienceMs: 30_000 }],
    ['resume.container', { ...simple('unpause', 'running', judgeStatus('running')), patienceMs: 30_000 }],
    ['resize.container', limiting(containers)],
    [
      'delete.container',
      {
        read,
        check: async (target, args) =>
          target.status === 'running' || target.status === 'paused'
            ? args.force === true
              ? [{ level: 'warning', message: `${target.name} runs; its processes are killed.` }]
              : [
                  {
                    level: 'blocker',
                    message: `${target.name} is ${target.status}, and its engine removes only what is stopped.`,
                    fix: 'Stop it first, or say "force".',
                  },
                ]
            : [],
        changes: (target) => [{ field: 'status', before: target.status, after: 'gone' }],
        async act(target, args, signal) {
          const query = args.force === true ? { force: 'true' } : undefined;
          await tell(target, { to: '', method: 'DELETE', query, what: `remove ${target.name}`, signal });
        },
        judge: (now, before) =>
          now
            ? { kind: 'waiting', observed: `${before.name} is ${now.status}` }
            : { kind: 'done', observed: `${before.name} is gone` },
        patienceMs: 60_000,
      },
    ],
  ]);
}

export function goneAway(before: Resource): Judgement {
  return { kind: 'failed', observed: `${before.name} is gone` };
}

/** Started anew: it runs, or ran to its end since; a start that ended at once with an error is a failure. */
function judgeStart(now: Resource | undefined, before: Resource): Judgement {
  if (!now) return goneAway(before);
  if (now.attributes.started_at === before.attributes.started_at)
    return { kind: 'waiting', observed: `${now.name} is ${now.status}` };
  if (now.status === 'running') return { kind: 'done', observed: `${now.name} is running` };
  if (now.status === 'stopped' && now.attributes.exit_code === 0)
    return { kind: 'done', observed: `${now.name} ran and ended with code 0` };
  if (now.status === 'failed' || now.status === 'stopped')
    return {
      kind: 'failed',
      observed: `${now.name} was started and ended at once with code ${String(now.attributes.exit_code)}; its log says why`,
    };
  return { kind: 'waiting', observed: `${now.name} is ${now.status}` };
}

function judgeStatus(...wanted: readonly string[]): Deed['judge'] {
  return (now, before) => {
    if (!now) return goneAway(before);
    return {
      kind: wanted.includes(now.status) ? 'done' : 'waiting',
      observed: `${now.name} is ${now.status}`,
    };
  };
}
