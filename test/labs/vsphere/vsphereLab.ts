// The vSphere lab: govmomi's simulator of a vCenter, as a real SOAP endpoint on loopback. This file brings it, keeps one
// running, and tells tests how to start one more for themselves.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabDefinition, LabStatus } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';
import { labFolder, labPassword, labUser, startVcsim, type Vcsim } from './vcsim.ts';

export interface VsphereLab {
  /** `127.0.0.1:PORT` of the one that stays. */
  readonly host: string;
  readonly user: string;
  readonly password: string;
  /** Starts one more, as new, for the caller alone. */
  readonly start: () => Promise<Vcsim>;
}

interface Running {
  readonly pid: number;
  readonly host: string;
}

const script = join(dirname(fileURLToPath(import.meta.url)), 'up.sh');
const runningFile = join(labFolder, 'running.json');

export const vsphereLab: LabDefinition<VsphereLab> = {
  title: 'vSphere as govmomi simulates it',
  async up(report) {
    const startedMs = Date.now();
    if (process.platform !== 'linux')
      return {
        kind: 'impossible',
        reason: `the lab is made from Debian's packages, and this is ${process.platform}`,
      };
    const brought = await runScript(script, [], report);
    if (brought.kind !== 'done') return brought;
    const now = await status();
    if (now.kind === 'ready') return { ...now, tookMs: Date.now() - startedMs };
    try {
      const { pid, host } = await startVcsim({ detached: true });
      mkdirSync(labFolder, { recursive: true });
      writeFileSync(runningFile, JSON.stringify({ pid, host } satisfies Running));
      return { kind: 'ready', lab: describe(host), tookMs: Date.now() - startedMs };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  },
  async down(report, { wipe }) {
    const running = readRunning();
    // A pid may be another's by now: only one whose port still answers is ended.
    if (running && (await isListening(running.host))) {
      try {
        process.kill(running.pid, 'SIGTERM');
      } catch {
        report('the simulator was not running');
      }
    }
    rmSync(runningFile, { force: true });
    if (wipe) rmSync(labFolder, { recursive: true, force: true });
  },
  status,
};

async function status(): Promise<LabStatus<VsphereLab>> {
  const running = readRunning();
  if (!running || !(await isListening(running.host))) return { kind: 'down' };
  return { kind: 'ready', lab: describe(running.host) };
}

function describe(host: string): VsphereLab {
  return { host, user: labUser, password: labPassword, start: () => startVcsim() };
}

function readRunning(): Running | undefined {
  try {
    return JSON.parse(readFileSync(runningFile, 'utf8')) as Running;
  } catch {
    return undefined;
  }
}

function isListening(host: string): Promise<boolean> {
  const [name, port] = host.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), name);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
