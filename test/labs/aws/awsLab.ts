// The AWS lab: moto, the usual emulator of AWS, as a real HTTP endpoint on loopback. This file brings it, keeps one
// running, and describes it to tests: its address, what a process is told to find it, and how to start one more for a
// suite that must not be disturbed. What moto does otherwise than AWS is put right, or made wrong on purpose, by
// awsFront.ts before it.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabDefinition, LabStatus } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';
import { isAnswering, labFolder, type Moto, startMoto } from './moto.ts';

export interface AwsLab {
  readonly endpoint: string;
  readonly region: string;
  /** What a process needs in its environment to find the lab as its only account. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts one more, empty, for the caller alone. */
  readonly start: () => Promise<Moto>;
}

interface Running {
  readonly pid: number;
  readonly endpoint: string;
}

const script = join(dirname(fileURLToPath(import.meta.url)), 'up.sh');
const runningFile = join(labFolder, 'running.json');

export const awsLab: LabDefinition<AwsLab> = {
  title: 'AWS as moto emulates it',
  async up(report) {
    const startedMs = Date.now();
    const now = await status();
    if (now.kind === 'ready') return { ...now, tookMs: 0 };
    if (process.platform !== 'linux')
      return {
        kind: 'impossible',
        reason: `the lab is made from Debian's packages, and this is ${process.platform}`,
      };
    const brought = await runScript(script, [], report);
    if (brought.kind !== 'done') return brought;
    try {
      const { pid, endpoint } = await startMoto({ detached: true });
      mkdirSync(labFolder, { recursive: true });
      writeFileSync(runningFile, JSON.stringify({ pid, endpoint } satisfies Running));
      return { kind: 'ready', lab: describe(endpoint), tookMs: Date.now() - startedMs };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  },
  async down(report, { wipe }) {
    const running = readRunning();
    // A pid may be another's by now: only one that still answers as moto is ended.
    if (running && (await isAnswering(running.endpoint))) {
      try {
        process.kill(running.pid, 'SIGKILL');
      } catch {
        report('moto was not running');
      }
    }
    rmSync(runningFile, { force: true });
    if (wipe) rmSync(labFolder, { recursive: true, force: true });
  },
  status,
};

async function status(): Promise<LabStatus<AwsLab>> {
  const running = readRunning();
  if (!running || !(await isAnswering(running.endpoint))) return { kind: 'down' };
  return { kind: 'ready', lab: describe(running.endpoint) };
}

function describe(endpoint: string): AwsLab {
  const region = 'eu-central-1';
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  };
  return { endpoint, region, env, start: () => startMoto() };
}

function readRunning(): Running | undefined {
  try {
    return JSON.parse(readFileSync(runningFile, 'utf8')) as Running;
  } catch {
    return undefined;
  }
}
