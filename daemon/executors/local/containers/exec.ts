// A command in a container through the Docker Engine API (exec create, start, resize, inspect), with a terminal. The
// engine hands over its connection as a plain stream of bytes after `101 UPGRADED`. Where the stream is cut, engines let
// the command run on: what still runs then is told to hang up where this user may.

import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { TerminalEnd } from '../../../../shared/model/terminal.ts';
import { limits } from '../../../config.ts';
import { type EntryRequest, type RemoteTerminal, type Terminals, visitMark } from '../../contract.ts';
import { closed, notRunning, usualShell } from '../../kit/terminal.ts';
import type { Engine } from './engine.ts';
import type { Containers } from './source.ts';

const created = z.object({ Id: z.string() });
const inspected = z.object({
  Running: z.boolean().nullish(),
  ExitCode: z.number().nullish(),
  Pid: z.number().nullish(),
});

export function containerTerminals(containers: Containers): Terminals {
  return {
    kinds: { container: ['exec'] },
    ways: async () => [{ way: 'exec' }],
    async check({ resource, signal }) {
      const now = await containers.read(resource, signal);
      if (now?.status !== 'running') throw notRunning(resource.name, now?.status ?? 'gone');
      return {};
    },
    open: (request) => openExec(containers.engineOf(request.resource), request),
  };
}

async function openExec(
  engine: Engine,
  request: EntryRequest & { readonly columns: number; readonly rows: number },
): Promise<RemoteTerminal> {
  const { resource, signal, columns, rows, visit } = request;
  const what = `open a shell in ${resource.name}`;
  const body = {
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
    // The mark lets the next daemon find what this one, killed, has left running.
    Env: ['TERM=xterm-256color', ...(visit === undefined ? [] : [`${visitMark}=${visit}`])],
    Cmd: request.command ?? usualShell,
  };
  const path = `/containers/${idOf(resource)}/exec`;
  const { Id } = await engine.read({ method: 'POST', path, body, what, signal }, created);
  const exec = `/exec/${encodeURIComponent(Id)}`;
  const bytes = await engine.hijack({
    method: 'POST',
    path: `${exec}/start`,
    body: { Detach: false, Tty: true },
    what,
    signal,
  });
  const resize = (w: number, h: number): void => {
    const query = { w: String(w), h: String(h) };
    // A terminal that has just ended takes no size.
    engine.call({ method: 'POST', path: `${exec}/resize`, query, what }).catch(() => undefined);
  };
  resize(columns, rows);
  return { bytes, resize, ended: endOf(engine, exec, bytes, resource) };
}

async function endOf(engine: Engine, exec: string, bytes: Duplex, resource: Resource): Promise<TerminalEnd> {
  await closed(bytes);
  try {
    const signal = AbortSignal.timeout(limits.terminalOpenTimeoutMs);
    const found = await engine.read({ path: `${exec}/json`, what: 'see how it ended', signal }, inspected);
    if (!found.Running) return typeof found.ExitCode === 'number' ? { exitCode: found.ExitCode } : {};
    await hangUp(found.Pid, parseResourceId(resource.id)?.path ?? '');
    return { reason: 'The line to the container engine was cut.' };
  } catch {
    return { reason: 'The container engine or the container went away.' };
  }
}

/**
 * As a closed terminal does. Only a process of this machine whose control group names the container: an engine inside
 * a virtual machine tells numbers that mean another process here. Another user's process refuses it and is left alone.
 */
async function hangUp(pid: number | null | undefined, container: string): Promise<void> {
  if (!pid || pid < 2 || container === '') return;
  try {
    if ((await readFile(`/proc/${pid}/cgroup`, 'utf8')).includes(container)) process.kill(pid, 'SIGHUP');
  } catch {
    // Gone meanwhile, or not ours.
  }
}

function idOf(resource: Resource): string {
  return encodeURIComponent(parseResourceId(resource.id)?.path ?? '');
}
