// The lab of one's own servers: a private sshd and snmpd on loopback, made by up.sh from Debian's packages. This file
// starts and stops them, asks them how they are, and says to tests where they are and with which keys.

import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LabDefinition, LabStatus, Report } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';

export interface OnPremLab {
  readonly sshPort: number;
  readonly snmpPort: number;
  /** Private keys: one that is let in, one with a pass phrase, one that nobody knows. */
  readonly keys: Readonly<Record<'user' | 'locked' | 'stranger', string>>;
  readonly knownHosts: string;
  readonly community: string;
  readonly snmpUser: Readonly<Record<'user' | 'auth_key' | 'priv_key', string>>;
}

const folder = import.meta.dirname;
const run = promisify(execFile);

export const onPremLab: LabDefinition<OnPremLab> = {
  title: 'a server behind SSH and a device behind SNMP',
  up,
  down,
  status,
};

async function up(report: Report) {
  const startedAt = performance.now();
  if (process.platform !== 'linux')
    return {
      kind: 'impossible' as const,
      reason: `the lab is made from Debian's packages, and this is ${process.platform}`,
    };
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

async function status(): Promise<LabStatus<OnPremLab>> {
  const lab = describe();
  try {
    const { stdout } = await run('ssh-keyscan', ['-T', '2', '-p', String(lab.sshPort), '127.0.0.1']);
    if (!stdout.includes('ed25519')) return { kind: 'down' };
    const at = `127.0.0.1:${lab.snmpPort}`;
    await run('snmpget', ['-v2c', '-c', lab.community, '-t', '1', '-r', '1', at, '1.3.6.1.2.1.1.5.0']);
    return { kind: 'ready', lab };
  } catch {
    return { kind: 'down' };
  }
}

function describe(): OnPremLab {
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const base = path.join(process.env.PILOTHOUSE_LABS_FOLDER || path.join(cache, 'pilothouse-labs'), 'onprem');
  const shift = Number(process.env.PILOTHOUSE_LABS_PORT_SHIFT ?? 0);
  return {
    sshPort: 12_022 + shift,
    snmpPort: 12_161 + shift,
    keys: {
      user: path.join(base, 'user_key'),
      locked: path.join(base, 'locked_key'),
      stranger: path.join(base, 'stranger_key'),
    },
    knownHosts: path.join(base, 'known_hosts'),
    community: 'lab-public',
    snmpUser: { user: 'labuser', auth_key: 'lab-auth-pass', priv_key: 'lab-priv-pass' },
  };
}
