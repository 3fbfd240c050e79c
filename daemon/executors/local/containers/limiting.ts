// Limits the memory of a container. Docker and podman 5 do it by the same request; podman 4 by one of its own, which it
// shows nowhere but in the figures of the running container and forgets at the next start, and that is said.

import { totalmem } from 'node:os';
import { z } from 'zod';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { Deed } from '../../kit/deed.ts';
import type { Engine } from './engine.ts';
import { containerStats } from './records.ts';
import type { Containers } from './source.ts';
import { gigabytes } from './translate.ts';

const versionRecord = z.object({
  Components: z.array(z.object({ Name: z.string(), Version: z.string() })).nullish(),
});

export function limiting(containers: Containers): Deed {
  return {
    read: (target, signal) => readLimit(containers, target, signal),
    async check(target, _args, signal) {
      if (!(await isOldPodman(containers.engineOf(target), signal))) return [];
      const message = 'podman before version 5 forgets this limit when the container is started anew.';
      return [{ level: 'warning', message, fix: 'Make the container with the limit (--memory) to keep it.' }];
    },
    changes: (target, args) => [
      { field: 'ram_gb', before: target.attributes.ram_gb ?? 'no limit', after: args.ram_gb },
    ],
    isIdle: (target, args) => target.attributes.ram_gb === args.ram_gb,
    async act(target, args, signal) {
      const engine = containers.engineOf(target);
      const bytes = Math.round(Number(args.ram_gb) * 1024 ** 3);
      const what = `limit the memory of ${target.name}`;
      const id = encodeURIComponent(parseResourceId(target.id)?.path ?? '');
      // Swap stands beside memory; as much again is what both engines choose by themselves.
      const isOld = await isOldPodman(engine, signal);
      const path = isOld ? `/v4.0.0/libpod/containers/${id}/update` : `/containers/${id}/update`;
      const body = isOld
        ? { memory: { limit: bytes, swap: bytes * 2 } }
        : { Memory: bytes, MemorySwap: bytes * 2 };
      await engine.call({ method: 'POST', path, body, what, signal });
    },
    judge(now, before, args) {
      if (!now) return { kind: 'failed', observed: `${before.name} is gone` };
      const limit = now.attributes.ram_gb;
      const isSet = limit === gigabytes(Number(args.ram_gb) * 1024 ** 3);
      const observed =
        limit === undefined ? `${now.name} has no limit` : `${now.name} may use ${String(limit)} GB`;
      return { kind: isSet ? 'done' : 'waiting', observed };
    },
    patienceMs: 10_000,
  };
}

/** Asked once: an engine that is replaced by a newer one is another socket or another start of Pilothouse. */
const known = new WeakMap<Engine, boolean>();

async function isOldPodman(engine: Engine, signal: AbortSignal): Promise<boolean> {
  const before = known.get(engine);
  if (before !== undefined) return before;
  const request = { path: '/version', what: 'ask for its version', signal };
  const { Components: components } = await engine.read(request, versionRecord);
  const podman = components?.find(({ Name }) => Name === 'Podman Engine');
  const isOld = podman !== undefined && Number.parseInt(podman.Version, 10) < 5;
  known.set(engine, isOld);
  return isOld;
}

/** The container, with the limit that holds for its processes where its engine does not show one. */
async function readLimit(
  containers: Containers,
  target: Resource,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const now = await containers.read(target, signal);
  if (now?.status !== 'running') return now;
  const engine = containers.engineOf(now);
  if (!(await isOldPodman(engine, signal))) return now;
  const id = encodeURIComponent(parseResourceId(target.id)?.path ?? '');
  const { memory_stats: memory } = await engine.read(
    { path: `/containers/${id}/stats`, query: { stream: 'false' }, what: 'read its limit', signal },
    containerStats,
  );
  // Without a limit the kernel shows all of the memory, or 2^63.
  if (!memory?.limit || memory.limit >= totalmem()) return now;
  return { ...now, attributes: { ...now.attributes, ram_gb: gigabytes(memory.limit) } };
}
