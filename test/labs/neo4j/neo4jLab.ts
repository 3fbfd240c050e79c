// The Neo4j lab: a real Neo4j Community 3.1.1 on loopback with the front that lets today's drivers speak to it. This
// file starts and stops it, says how to sign in, and lets a test freeze the server. Its storage, Cypher, sign-in and
// errors are the real thing; what came into Neo4j after 2017 (several databases, read sessions that the server itself
// holds, routing) is not there.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LabDefinition, LabStatus } from '../labDefinition.ts';
import { runScript } from '../labScript.ts';

export interface Neo4jLab {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Port of the server behind the front. */
  readonly serverPort: number;
  /** Makes the server stop answering with its port open, or go on. */
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
}

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(process.env.PILOTHOUSE_LABS_FOLDER ?? join(cache, 'pilothouse-labs'), 'neo4j');
const port = 17_687 + Number(process.env.PILOTHOUSE_LABS_PORT_SHIFT ?? 0);
const password = 'lab-secret';
const services = ['front', 'neo4j'] as const;

export const neo4jLab: LabDefinition<Neo4jLab> = {
  title: 'Neo4j Community 3.1.1 on loopback, behind a front for the drivers of today',
  async up(report) {
    const startedMs = Date.now();
    signal('neo4j', 'SIGCONT');
    const now = await status();
    if (now.kind === 'ready') return { ...now, tookMs: 0 };
    if (process.platform !== 'linux')
      return { kind: 'impossible', reason: `it needs Debian's Java, and this is ${process.platform}` };
    const outcome = await runScript(
      join(import.meta.dirname, 'up.sh'),
      [folder, String(port), password],
      report,
    );
    if (outcome.kind !== 'done') return outcome;
    return { kind: 'ready', lab: describe(), tookMs: Date.now() - startedMs };
  },
  async down(_report, { wipe }) {
    signal('neo4j', 'SIGCONT');
    for (const service of services) {
      signal(service, 'SIGTERM');
      await gone(service);
      rmSync(pidFile(service), { force: true });
    }
    if (wipe) rmSync(folder, { recursive: true, force: true });
  },
  status,
};

async function status(): Promise<LabStatus<Neo4jLab>> {
  const answers = await Promise.all([isListening(port), isAnswering()]);
  if (answers.every(Boolean)) return { kind: 'ready', lab: describe() };
  return answers.some(Boolean)
    ? { kind: 'broken', reason: 'not both of server and front answer' }
    : { kind: 'down' };
}

function isListening(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(at, '127.0.0.1');
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

async function isAnswering(): Promise<boolean> {
  try {
    const headers = { authorization: `Basic ${Buffer.from(`neo4j:${password}`).toString('base64')}` };
    const url = `http://127.0.0.1:${port + 2}/db/data/`;
    return (await fetch(url, { headers, signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false;
  }
}

function describe(): Neo4jLab {
  return {
    url: `bolt://127.0.0.1:${port}`,
    user: 'neo4j',
    password,
    serverPort: port + 1,
    signal: (which) => signal('neo4j', which),
  };
}

const pidFile = (service: string): string => join(folder, `${service}.pid`);

function signal(service: string, which: NodeJS.Signals | 0): boolean {
  if (!existsSync(pidFile(service))) return false;
  try {
    return process.kill(Number(readFileSync(pidFile(service), 'utf8')), which);
  } catch {
    return false;
  }
}

/** The database writes its last pages before it ends. */
async function gone(service: string): Promise<void> {
  for (let look = 0; look < 100 && signal(service, 0); look++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  signal(service, 'SIGKILL');
}
