// The OpenStack lab: a real Keystone, Glance, Placement, Nova, Neutron and Cinder on loopback, made by up.sh.
// This file starts and stops it through the scripts, asks it how it is, and describes it to tests: where its
// clouds.yaml lies, how to sign in, how to disturb one service. It needs root on Debian 12 and says so otherwise.

import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabDefinition, LabStatus, Report } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';
import { type OpenstackSession, signIn } from './openstackApi.ts';

export type OpenstackCloud = 'admin' | 'demo';

/** The names of services.sh. */
export type OpenstackService =
  | 'keystone'
  | 'placement'
  | 'glance'
  | 'neutron'
  | 'nova-conductor'
  | 'nova-scheduler'
  | 'nova-api'
  | 'nova-compute1'
  | 'nova-compute2'
  | 'cinder-api'
  | 'cinder-scheduler'
  | 'cinder-volume'
  | 'rabbit'
  | 'mysql';

/** `freeze` keeps the port open and answers nothing until `thaw`; `kill` ends a service in the middle of its work. */
export type Disturbance = 'stop' | 'kill' | 'freeze' | 'thaw' | 'start';

/** What is made in every new lab; everything else in a project is a test's own and `resetProject` removes it. */
export const seeded = {
  flavors: ['m1.tiny', 'S.1', 'S.2', 'S.4', 'S.8', 'M.8'],
  images: ['cirros', 'ubuntu-22.04'],
  networks: ['public', 'private'],
  routers: ['router1'],
  securityGroups: ['default', 'ssh-icmp'],
  keypairs: ['devkey'],
  volumeTypes: ['fake', '__DEFAULT__'],
} as const;

/** The addresses behind the catalog, by the name a TLS front gives them. */
export type OpenstackOrigins = Readonly<
  Record<'identity' | 'compute' | 'volume' | 'image' | 'network' | 'placement', string>
>;

export type OpenstackLab = {
  /** Clouds `admin` and `demo`. */
  readonly cloudsYaml: string;
  readonly authUrl: string;
  readonly region: string;
  /** What a process needs in its environment to find the lab as its only clouds. */
  readonly env: Readonly<Record<string, string>>;
  /** Of the users `admin` and `demo`, for tests that write configurations of their own. */
  readonly passwords: Readonly<Record<OpenstackCloud, string>>;
  readonly origins: OpenstackOrigins;
  readonly logFolder: string;
  readonly signIn: (cloud: OpenstackCloud) => Promise<OpenstackSession>;
  /** Stops, kills, freezes, thaws or starts one service; who disturbs has to put it back (`up` does too). */
  readonly disturb: (service: OpenstackService, disturbance: Disturbance) => Promise<void>;
};

type LabRecord = {
  readonly cloudsYaml: string;
  readonly authUrl: string;
  readonly region: string;
  readonly adminPassword: string;
  readonly demoPassword: string;
  readonly logFolder: string;
  readonly origins: OpenstackOrigins;
};

const folder = path.dirname(fileURLToPath(import.meta.url));

export const openstackLab: LabDefinition<OpenstackLab> = {
  title: 'OpenStack Zed on loopback',
  up,
  down,
  status,
};

async function up(report: Report) {
  const startedAt = performance.now();
  const tookMs = () => Math.round(performance.now() - startedAt);
  const before = await status();
  if (before.kind === 'ready') return { kind: 'ready' as const, lab: before.lab, tookMs: tookMs() };
  if (process.platform !== 'linux') {
    return {
      kind: 'impossible' as const,
      reason: `the lab is made from Debian's packages, and this is ${process.platform}`,
    };
  }
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

/** Ready is what a user sees: a token, then 200 for each list that the executor reads first. */
async function status(): Promise<LabStatus<OpenstackLab>> {
  const record = await readRecord();
  if (record === undefined || !(await isListening(record.authUrl))) return { kind: 'down' };
  const lab = describe(record);
  try {
    const demo = await lab.signIn('demo');
    await Promise.all([
      demo.require('compute', 'GET', '/servers/detail'),
      demo.require('volumev3', 'GET', '/volumes/detail'),
      demo.require('network', 'GET', '/networks'),
      demo.require('image', 'GET', '/images'),
    ]);
    return { kind: 'ready', lab };
  } catch (error) {
    return { kind: 'broken', reason: (error as Error).message };
  }
}

function describe(record: LabRecord): OpenstackLab {
  const passwords = { admin: record.adminPassword, demo: record.demoPassword };
  return {
    cloudsYaml: record.cloudsYaml,
    authUrl: record.authUrl,
    region: record.region,
    env: { OS_CLIENT_CONFIG_FILE: record.cloudsYaml },
    passwords,
    origins: record.origins,
    logFolder: record.logFolder,
    signIn: (cloud) =>
      signIn({ authUrl: record.authUrl, user: cloud, password: passwords[cloud], project: cloud }),
    disturb: async (service, disturbance) => {
      const outcome = await runScript(path.join(folder, 'service.sh'), [disturbance, service], () => {});
      if (outcome.kind !== 'done') throw new Error(outcome.reason);
    },
  };
}

async function isListening(authUrl: string): Promise<boolean> {
  try {
    await fetch(authUrl, { signal: AbortSignal.timeout(5_000) });
    return true;
  } catch (error) {
    return (error as Error).name === 'TimeoutError';
  }
}

/** lab.json is written by up.sh, so that ports and paths are told in one place only (settings.sh). */
async function readRecord(): Promise<LabRecord | undefined> {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  const root = process.env.PILOTHOUSE_LABS_FOLDER ?? path.join(cache, 'pilothouse-labs');
  try {
    return JSON.parse(await readFile(path.join(root, 'openstack', 'lab.json'), 'utf8')) as LabRecord;
  } catch {
    return undefined;
  }
}
