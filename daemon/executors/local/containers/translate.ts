// Turns what a container engine says into resources of the shared model.

import { redactText } from '../../../../shared/model/redact.ts';
import type { Health, Json, Resource } from '../../../../shared/model/resource.ts';
import { resourceId } from '../../../../shared/model/resource.ts';
import { healthOf } from '../../../../shared/model/statuses.ts';
import type { ContainerRecord } from './records.ts';

const statuses: Readonly<Record<string, string>> = {
  running: 'running',
  created: 'stopped',
  configured: 'stopped',
  initialized: 'stopped',
  exited: 'stopped',
  stopped: 'stopped',
  stopping: 'stopping',
  paused: 'paused',
  restarting: 'rebooting',
  removing: 'deleting',
  dead: 'error',
};

/** Codes with which a container ends that was told to: 0, SIGINT, SIGKILL, SIGTERM (128 and the number of the signal). */
const endedAsTold = new Set([0, 130, 137, 143]);

const labelsMax = 30;
const labelCharactersMax = 200;

export function containerResource(connection: string, socket: string, record: ContainerRecord): Resource {
  const status = statusOf(record);
  return {
    id: resourceId(connection, 'container', record.Id),
    connection,
    provider: 'local',
    kind: 'container',
    name: record.Name.replace(/^\//, ''),
    status,
    health: healthOfContainer(record, status),
    providerStatus: record.State.Status,
    tags: tagsOf(record),
    ...(record.Created ? { createdAt: isoOf(record.Created) } : {}),
    version: versionOf(record),
    attributes: attributesOf(record, socket),
  };
}

function statusOf({ State }: ContainerRecord): string {
  const status = statuses[State.Status.toLowerCase()] ?? State.Status;
  const hasRun = Boolean(State.StartedAt && !State.StartedAt.startsWith('0001'));
  return status === 'stopped' && hasRun && !endedAsTold.has(State.ExitCode ?? 0) ? 'failed' : status;
}

function healthOfContainer({ State }: ContainerRecord, status: string): Health {
  return status === 'running' && State.Health?.Status === 'unhealthy' ? 'warning' : healthOf(status);
}

/** Changes with every start, stop and change of limits. */
function versionOf({ State, HostConfig, Name }: ContainerRecord): string {
  return [State.StartedAt, State.Status, HostConfig?.Memory, HostConfig?.NanoCpus, Name]
    .map((part) => String(part ?? ''))
    .join('|');
}

function attributesOf(record: ContainerRecord, socket: string): Readonly<Record<string, Json>> {
  const { State, Config, HostConfig } = record;
  const ip = addressOf(record);
  const ports = portsOf(record);
  const cpus = cpusOf(record);
  const started = State.StartedAt && !State.StartedAt.startsWith('0001') ? isoOf(State.StartedAt) : undefined;
  return {
    image: Config.Image ?? '',
    ...(Config.Cmd?.length ? { command: redactText(Config.Cmd.join(' ')).slice(0, 300) } : {}),
    ...(ports.length > 0 ? { ports } : {}),
    ...(ip ? { ip } : {}),
    ...(HostConfig?.Memory ? { ram_gb: gigabytes(HostConfig.Memory) } : {}),
    ...(cpus ? { cpus } : {}),
    ...(started ? { started_at: started } : {}),
    ...(State.Status === 'running' || State.ExitCode === null || State.ExitCode === undefined
      ? {}
      : { exit_code: State.ExitCode }),
    ...(State.OOMKilled ? { out_of_memory: true } : {}),
    ...(State.Health?.Status && State.Health.Status !== 'none'
      ? { healthy: State.Health.Status === 'healthy' }
      : {}),
    ...(record.RestartCount ? { restarts: record.RestartCount } : {}),
    ...(HostConfig?.RestartPolicy?.Name ? { restart_policy: HostConfig.RestartPolicy.Name } : {}),
    engine: socket,
  };
}

/** GiB with four digits, so that 512 MiB is 0.5. */
export function gigabytes(bytes: number): number {
  return Number((bytes / 1024 ** 3).toPrecision(4));
}

function cpusOf({ HostConfig }: ContainerRecord): number | undefined {
  if (HostConfig?.NanoCpus) return HostConfig.NanoCpus / 1e9;
  const { CpuQuota, CpuPeriod } = HostConfig ?? {};
  return CpuQuota && CpuQuota > 0 ? CpuQuota / (CpuPeriod || 100_000) : undefined;
}

function addressOf({ NetworkSettings }: ContainerRecord): string | undefined {
  const networks = Object.values(NetworkSettings?.Networks ?? {});
  return NetworkSettings?.IPAddress || networks.map((one) => one?.IPAddress).find(Boolean) || undefined;
}

/** "8080 to 80/tcp", or "80/tcp" where it is not published. */
function portsOf({ NetworkSettings }: ContainerRecord): readonly string[] {
  return Object.entries(NetworkSettings?.Ports ?? {}).flatMap(([port, bindings]) =>
    bindings?.length ? [...new Set(bindings.map(({ HostPort }) => `${HostPort ?? ''} to ${port}`))] : [port],
  );
}

function tagsOf({ Config }: ContainerRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Config.Labels ?? {})
      .filter(([, value]) => value.length <= labelCharactersMax)
      .slice(0, labelsMax),
  );
}

/** Engines write nanoseconds, which JavaScript's dates do not know. */
function isoOf(time: string): string {
  const at = Date.parse(time.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(at) ? time : new Date(at).toISOString();
}
