// The Kubernetes lab: a real control plane of 1.20 and nodes without containers on loopback, made by up.sh. This file
// starts and stops it through the scripts, asks it how it is, and describes it to tests: where its kubeconfig lies,
// how to ask it past everything that is tested, how to disturb one service. It needs root on Debian 12 and says so
// otherwise. The first start compiles for some nine minutes.

import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabDefinition, LabStatus, Report } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';
import { createApi, type KubernetesApi } from './kubernetesApi.ts';

/** The names of services.sh. */
export type KubernetesService = 'etcd' | 'apiserver' | 'manager' | 'scheduler' | 'nodes';

/** `freeze` keeps the port open and answers nothing until `thaw`; `kill` ends a service in the middle of its work. */
export type Disturbance = 'stop' | 'kill' | 'freeze' | 'thaw' | 'start';

export type KubernetesLab = {
  /** Contexts `lab` (administrator) and `limited` (no rights but those a test binds to it). */
  readonly kubeconfig: string;
  readonly server: string;
  /** File with the certificate of the server's authority. */
  readonly certificate: string;
  /** Files of a user `certified`, an administrator. */
  readonly client: { readonly certificate: string; readonly key: string };
  readonly tokens: { readonly admin: string; readonly limited: string };
  readonly nodes: readonly string[];
  /** What a process needs in its environment to find the lab as its only cluster. */
  readonly env: Readonly<Record<string, string>>;
  readonly logFolder: string;
  /** What the API server writes down of requests; absent in a lab that was brought up before it did. */
  readonly auditLog?: string;
  /** Asks as the administrator, past everything that is tested. */
  readonly api: KubernetesApi;
  /** Stops, kills, freezes, thaws or starts one service; who disturbs has to put it back (`up` does too). */
  readonly disturb: (service: KubernetesService, disturbance: Disturbance) => Promise<void>;
};

type LabRecord = {
  readonly server: string;
  readonly certificate: string;
  readonly kubeconfig: string;
  readonly adminToken: string;
  readonly limitedToken: string;
  readonly nodes: readonly string[];
  readonly logFolder: string;
  readonly auditLog?: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
  readonly nodesHealth: string;
};

const folder = path.dirname(fileURLToPath(import.meta.url));

export const kubernetesLab: LabDefinition<KubernetesLab> = {
  title: 'Kubernetes 1.20 on loopback, with nodes without containers',
  up,
  down,
  status,
};

async function up(report: Report) {
  const startedAt = performance.now();
  const tookMs = () => Math.round(performance.now() - startedAt);
  const before = await status();
  if (before.kind === 'ready') return { kind: 'ready' as const, lab: before.lab, tookMs: tookMs() };
  if (process.platform !== 'linux')
    return {
      kind: 'impossible' as const,
      reason: `the lab is made from Debian's packages, and this is ${process.platform}`,
    };
  const outcome = await runScript(path.join(folder, 'up.sh'), [], report);
  if (outcome.kind !== 'done') return outcome;
  const after = await status();
  if (after.kind === 'ready') return { kind: 'ready' as const, lab: after.lab, tookMs: tookMs() };
  return {
    kind: 'failed' as const,
    reason: after.kind === 'broken' ? after.reason : 'it started and is gone again',
  };
}

async function down(report: Report, options: { readonly wipe: boolean }): Promise<void> {
  if ((await readRecord()) === undefined) return;
  const outcome = await runScript(path.join(folder, 'down.sh'), options.wipe ? ['wipe'] : [], report);
  if (outcome.kind !== 'done') throw new Error(outcome.reason);
}

/** Ready is what a user sees: the server is ready, and every node is. */
async function status(): Promise<LabStatus<KubernetesLab>> {
  const record = await readRecord();
  if (record === undefined) return { kind: 'down' };
  const lab = describe(record);
  try {
    await lab.api.require('GET', '/readyz');
    await fetch(record.nodesHealth, { signal: AbortSignal.timeout(5_000) });
  } catch {
    return { kind: 'down' };
  }
  try {
    for (const name of record.nodes) {
      const node = await lab.api.require<Node>('GET', `/api/v1/nodes/${name}`);
      const ready = node.status.conditions.find(({ type }) => type === 'Ready');
      if (ready?.status !== 'True') return { kind: 'broken', reason: `${name} is not ready` };
    }
    return { kind: 'ready', lab };
  } catch (error) {
    return { kind: 'broken', reason: (error as Error).message };
  }
}

interface Node {
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

function describe(record: LabRecord): KubernetesLab {
  return {
    kubeconfig: record.kubeconfig,
    server: record.server,
    certificate: record.certificate,
    client: { certificate: record.clientCertificate, key: record.clientKey },
    tokens: { admin: record.adminToken, limited: record.limitedToken },
    nodes: record.nodes,
    env: { KUBECONFIG: record.kubeconfig },
    logFolder: record.logFolder,
    ...(record.auditLog !== undefined && { auditLog: record.auditLog }),
    api: createApi(record.server, record.certificate, record.adminToken),
    disturb: async (service, disturbance) => {
      const outcome = await runScript(path.join(folder, 'service.sh'), [disturbance, service], () => {});
      if (outcome.kind !== 'done') throw new Error(outcome.reason);
    },
  };
}

/** lab.json is written by up.sh, so that ports and paths are told in one place only (settings.sh). */
async function readRecord(): Promise<LabRecord | undefined> {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  const root = process.env.PILOTHOUSE_LABS_FOLDER ?? path.join(cache, 'pilothouse-labs');
  try {
    return JSON.parse(await readFile(path.join(root, 'kubernetes', 'lab.json'), 'utf8')) as LabRecord;
  } catch {
    return undefined;
  }
}
