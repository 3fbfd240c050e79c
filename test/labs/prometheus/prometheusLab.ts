// The Prometheus lab: a real Prometheus with Alertmanager and node-exporter on loopback, out of Debian's packages, with
// two hours of a quiet host behind it. This file starts and stops it, asks it how it is, and lets a test freeze one of
// its services or mount a small disk to fill.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LabDefinition, LabStatus } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';

export type PrometheusService = 'prometheus' | 'alertmanager' | 'exporter';

export interface PrometheusLab {
  /** Address of the server. */
  readonly url: string;
  readonly alertmanagerUrl: string;
  /** The scraped host, as the server names it. */
  readonly instance: string;
  /** Files `*.prom` in here become metrics of the host. */
  readonly textfileFolder: string;
  /** What a daemon needs in its environment to have this server as its only connection. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes a service stop answering with its port open, or go on. */
  readonly signal: (service: PrometheusService, signal: 'SIGSTOP' | 'SIGCONT') => void;
  /** Mounts an empty disk of so many MB and gives its path; the exporter measures it. Needs root. */
  readonly mountDisk: (megabytes: number) => string;
  readonly unmountDisk: () => void;
}

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(process.env.PILOTHOUSE_LABS_FOLDER ?? join(cache, 'pilothouse-labs'), 'prometheus');
const url = 'http://127.0.0.1:19090';
const alertmanagerUrl = 'http://127.0.0.1:19093';
const services: readonly PrometheusService[] = ['prometheus', 'alertmanager', 'exporter'];

export const prometheusLab: LabDefinition<PrometheusLab> = {
  title: 'Prometheus, Alertmanager and node-exporter on loopback',
  async up(report) {
    const startedMs = Date.now();
    const now = await status();
    if (now.kind === 'ready') return { ...now, tookMs: 0 };
    if (process.platform !== 'linux')
      return {
        kind: 'impossible',
        reason: `it is made of Debian's packages, and this is ${process.platform}`,
      };
    for (const service of services) signalService(service, 'SIGCONT');
    const outcome = await runScript(join(import.meta.dirname, 'up.sh'), [folder], report);
    if (outcome.kind !== 'done') return outcome;
    return { kind: 'ready', lab: describe(), tookMs: Date.now() - startedMs };
  },
  async down(_report, { wipe }) {
    unmount();
    for (const service of services) {
      signalService(service, 'SIGCONT');
      signalService(service, 'SIGTERM');
      rmSync(pidFile(service), { force: true });
    }
    // Its past is made anew at each start.
    rmSync(join(folder, 'promdata'), { recursive: true, force: true });
    if (wipe) rmSync(folder, { recursive: true, force: true });
  },
  status,
};

async function status(): Promise<LabStatus<PrometheusLab>> {
  const answers = await Promise.all(
    [`${url}/-/ready`, `${alertmanagerUrl}/-/ready`, 'http://127.0.0.1:19100/'].map(isAnswering),
  );
  if (answers.every(Boolean)) return { kind: 'ready', lab: describe() };
  return answers.some(Boolean)
    ? { kind: 'broken', reason: 'not all of its services answer' }
    : { kind: 'down' };
}

async function isAnswering(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false;
  }
}

function describe(): PrometheusLab {
  return {
    url,
    alertmanagerUrl,
    instance: '127.0.0.1:19100',
    textfileFolder: join(folder, 'textfiles'),
    env: {
      PILOTHOUSE_PROMETHEUS_URL: url,
      PILOTHOUSE_PROMETHEUS_INTERVAL_SECONDS: '2',
      PILOTHOUSE_LOCAL: 'off',
      PILOTHOUSE_SANDBOX: 'off',
      KUBECONFIG: '/nonexistent',
      OS_CLIENT_CONFIG_FILE: '/nonexistent',
    },
    signal: signalService,
    mountDisk(megabytes) {
      unmount();
      execFileSync('mount', [
        '-t',
        'tmpfs',
        '-o',
        `size=${megabytes}m`,
        'pilothouse-lab',
        join(folder, 'disk'),
      ]);
      return join(folder, 'disk');
    },
    unmountDisk: unmount,
  };
}

const pidFile = (service: PrometheusService): string => join(folder, `${service}.pid`);

function signalService(service: PrometheusService, signal: NodeJS.Signals): void {
  if (!existsSync(pidFile(service))) return;
  try {
    process.kill(Number(readFileSync(pidFile(service), 'utf8')), signal);
  } catch {
    // It is gone already.
  }
}

function unmount(): void {
  if (
    !existsSync('/proc/mounts') ||
    !readFileSync('/proc/mounts', 'utf8').includes(`${join(folder, 'disk')} `)
  )
    return;
  execFileSync('umount', ['-l', join(folder, 'disk')]);
}
