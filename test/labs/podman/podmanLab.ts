// The podman lab: a real container engine behind its Docker-compatible socket, made by up.sh from Debian's packages.
// This file starts and stops it, asks it how it is, and lets tests make containers past everything that is tested.

import { readdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { LabDefinition, LabStatus, Report } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';

export interface MadeContainer {
  readonly id: string;
  readonly name: string;
}

export interface SeenContainer {
  readonly status: string;
  readonly startedAt: string;
  readonly exitCode: number;
}

export interface PodmanLab {
  readonly socket: string;
  /** Makes a process see this engine as its only one, and no other cloud. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes and starts a container that runs a shell script. */
  make(
    name: string,
    script: string,
    options?: { readonly memory?: number; readonly start?: boolean },
  ): Promise<MadeContainer>;
  /** How a container is, by its name; undefined where it is not there. */
  see(name: string): Promise<SeenContainer | undefined>;
  remove(name: string): Promise<void>;
  /** Command lines of what runs in a container. */
  processes(name: string): Promise<string>;
  /** Ends the service in the middle of its work, keeps it from answering, or lets it go on. */
  disturb(how: 'kill' | 'freeze' | 'thaw'): Promise<void>;
}

const folder = import.meta.dirname;
const image = 'localhost/lab/busybox:1';

export const podmanLab: LabDefinition<PodmanLab> = {
  title: 'podman behind its Docker-compatible socket',
  up,
  down,
  status,
};

function baseFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(process.env.PILOTHOUSE_LABS_FOLDER || path.join(cache, 'pilothouse-labs'), 'podman');
}

async function up(report: Report) {
  const startedAt = performance.now();
  if (process.platform !== 'linux')
    return { kind: 'impossible' as const, reason: `podman runs on Linux, and this is ${process.platform}` };
  const before = await status();
  const outcome =
    before.kind === 'ready' ? undefined : await runScript(path.join(folder, 'up.sh'), [], report);
  if (outcome && outcome.kind !== 'done') return outcome;
  const after = await status();
  const tookMs = Math.round(performance.now() - startedAt);
  if (after.kind === 'ready') return { kind: 'ready' as const, lab: after.lab, tookMs };
  return { kind: 'failed' as const, reason: 'it started and does not answer' };
}

async function down(report: Report, options: { readonly wipe: boolean }): Promise<void> {
  const outcome = await runScript(path.join(folder, 'down.sh'), options.wipe ? ['wipe'] : [], report);
  if (outcome.kind !== 'done') throw new Error(outcome.reason);
}

async function status(): Promise<LabStatus<PodmanLab>> {
  const socket = path.join(baseFolder(), 'podman.sock');
  try {
    await ask(socket, 'GET', '/_ping');
    return { kind: 'ready', lab: describe(socket) };
  } catch {
    return { kind: 'down' };
  }
}

function describe(socket: string): PodmanLab {
  return {
    socket,
    env: { DOCKER_HOST: `unix://${socket}`, PILOTHOUSE_SANDBOX: 'off' },
    async make(name, script, { memory, start = true } = {}) {
      await ask(socket, 'DELETE', `/containers/${name}?force=true`, undefined, [404]);
      const limits = ['nofile', 'nproc'].map((Name) => ({ Name, Soft: 1024, Hard: 1024 }));
      const made = await ask(socket, 'POST', `/containers/create?name=${name}`, {
        Image: image,
        Cmd: ['sh', '-c', script],
        Labels: { suite: 'lab' },
        HostConfig: { NetworkMode: 'none', Ulimits: limits, ...(memory ? { Memory: memory } : {}) },
      });
      if (start) await ask(socket, 'POST', `/containers/${name}/start`);
      return { id: (made as { Id: string }).Id, name };
    },
    async see(name) {
      const found = (await ask(socket, 'GET', `/containers/${name}/json`, undefined, [404])) as {
        readonly State?: { readonly Status: string; readonly StartedAt: string; readonly ExitCode: number };
      };
      if (!found.State) return undefined;
      return { status: found.State.Status, startedAt: found.State.StartedAt, exitCode: found.State.ExitCode };
    },
    async remove(name) {
      await ask(socket, 'DELETE', `/containers/${name}?force=true`, undefined, [404]);
    },
    async processes(name) {
      const { Id } = (await ask(socket, 'GET', `/containers/${name}/json`)) as { readonly Id: string };
      return commandLinesOf(Id);
    },
    async disturb(how) {
      const pid = Number(await readFile(path.join(baseFolder(), 'service.pid'), 'utf8'));
      process.kill(pid, ({ kill: 'SIGKILL', freeze: 'SIGSTOP', thaw: 'SIGCONT' } as const)[how]);
    },
  };
}

/** The image has no `ps`: what this machine knows of the processes in the control group of a container. */
async function commandLinesOf(container: string): Promise<string> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = numbers.map(async (number) => {
    const group = await readFile(`/proc/${number}/cgroup`, 'utf8');
    return group.includes(container) ? readFile(`/proc/${number}/cmdline`, 'utf8') : '';
  });
  return (await Promise.all(lines.map((line) => line.catch(() => '')))).filter(Boolean).join('\n');
}

/** Asks the engine itself. Rejects for 400 and above unless the code is among those that are expected. */
function ask(
  socketPath: string,
  method: string,
  url: string,
  body?: unknown,
  expected: readonly number[] = [],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        socketPath,
        method,
        path: url,
        timeout: 20_000,
        agent: false,
        headers: { host: 'localhost', 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () => {
          const code = response.statusCode ?? 0;
          if (code >= 400 && !expected.includes(code)) reject(new Error(`${method} ${url}: ${code} ${text}`));
          else resolve(/^[[{]/.test(text) ? JSON.parse(text) : text);
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
