// Measures the wire: the round trip of one validated and dispatched request over the real socket of a real daemon,
// throughput with requests under way against a bare newline-JSON echo in another process in the same run and in turns,
// how long a daemon takes from spawn to its first answer, and what it weighs when idle. Prints medians, asserts
// nothing. The daemon is the bundle where it is built, else the sources.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { readDaemonFile } from '../../connect/daemonFile.ts';
import { endDaemon } from '../../connect/findDaemon.ts';
import { openSession } from '../../connect/session.ts';
import { connectSocket } from '../../connect/socketTransport.ts';
import { type Client, createClient } from '../../shared/protocol/client.ts';
import { median, quantile, rounded } from './figures.ts';

export interface RpcBench {
  readonly name: 'rpc';
  /** What ran as the daemon. */
  readonly daemon: string;
  readonly roundTripMedianMs: number;
  readonly roundTripP99Ms: number;
  /** Of the daemon and of the echo, driven by the same bare client. */
  readonly requestsPerSecond: number;
  readonly echoPerSecond: number;
  /** Median over the rounds of the daemon's throughput by that of the echo. */
  readonly ratio: number;
  /** The same with our typed client in front of the daemon, and still the bare one in front of the echo. */
  readonly clientPerSecond: number;
  readonly clientRatio: number;
  readonly spawnToFirstAnswerMs: number;
  /** With the sandbox connected and one client, a few seconds after the start. */
  readonly idleRssMb: number;
  /** Times any thread was woken in 20 seconds with no connection and nobody there; where the system tells (Linux). */
  readonly idleWakeUpsIn20s?: number;
  /** After all the requests of this bench. */
  readonly loadedRssMb: number;
}

const starts = 5;
const roundTrips = 3_000;
const rounds = 25;
const requestsPerRound = 2_000;
/** Requests under way at once; the daemon takes 64 of one client. */
const underWay = 48;
const idleMs = 5_000;
const wakeUpsMs = 20_000;

export async function bench(): Promise<RpcBench> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-bench-rpc-'));
  const entry = daemonEntry();
  try {
    const spawns: number[] = [];
    for (let i = 0; i < starts; i++) spawns.push(await measureStart(path.join(folder, `start-${i}`), entry));
    const stateFolder = path.join(folder, 'state');
    const idleWakeUps = await measureWakeUps(path.join(folder, 'quiet'), entry);
    const session = await openDaemon(stateFolder, entry);
    await sleep(idleMs);
    const { rssBytes: idleRssBytes } = await session.request('status/get');
    session.dispose();
    const client = await openClient(stateFolder);
    const echo = await openEcho(path.join(folder, 'echo.sock'));
    await warmUp(client, echo.socket);
    const trips = await measureRoundTrips(client);
    const socket = await openBareClient(stateFolder);
    const { ours, typed, bare, ratios, typedRatios } = await measureThroughput(client, socket, echo.socket);
    const { rssBytes } = await client.request('status/get');
    client.close();
    socket.destroy();
    echo.process.kill();
    await endDaemon(stateFolder);
    return {
      name: 'rpc',
      daemon: path.relative(process.cwd(), entry),
      roundTripMedianMs: rounded(median(trips)),
      roundTripP99Ms: rounded(quantile(trips, 0.99)),
      requestsPerSecond: Math.round(median(ours)),
      echoPerSecond: Math.round(median(bare)),
      ratio: rounded(median(ratios)),
      clientPerSecond: Math.round(median(typed)),
      clientRatio: rounded(median(typedRatios)),
      spawnToFirstAnswerMs: Math.round(median(spawns)),
      idleRssMb: Math.round(idleRssBytes / 1e6),
      ...(idleWakeUps === undefined ? {} : { idleWakeUpsIn20s: idleWakeUps }),
      loadedRssMb: Math.round(rssBytes / 1e6),
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function daemonEntry(): string {
  const root = path.resolve(import.meta.dirname, '..', '..');
  const bundle = path.join(root, 'dist', 'daemon.cjs');
  return (
    process.env.PILOTHOUSE_DAEMON_ENTRY ??
    (fs.existsSync(bundle) ? bundle : path.join(root, 'daemon', 'main.ts'))
  );
}

/** Of a daemon that has no connection to look after. */
async function measureWakeUps(stateFolder: string, entry: string): Promise<number | undefined> {
  const env = { ...process.env, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' };
  const session = await openDaemon(stateFolder, entry, env);
  const { pid } = await session.request('status/get');
  session.dispose();
  await sleep(2 * idleMs);
  const count = await countWakeUps(pid);
  await endDaemon(stateFolder);
  return count;
}

/** Every wake-up of a thread ends in it giving up the processor by itself (proc(5), voluntary_ctxt_switches). */
async function countWakeUps(pid: number): Promise<number | undefined> {
  const threads = `/proc/${pid}/task`;
  if (!fs.existsSync(threads)) return undefined;
  const count = () =>
    fs.readdirSync(threads).reduce((sum, thread) => {
      const status = fs.readFileSync(path.join(threads, thread, 'status'), 'utf8');
      return sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
    }, 0);
  const before = count();
  await sleep(wakeUpsMs);
  return count() - before;
}

async function openDaemon(stateFolder: string, entry: string, env?: NodeJS.ProcessEnv) {
  const client = { name: 'bench', version: '0.1.0', kind: 'terminal' as const };
  const session = openSession({
    stateFolder,
    entry,
    client,
    mayReconnect: false,
    env,
    patience: { lookMs: 2 },
  });
  await session.ready();
  return session;
}

/** From spawn to the answer of the first request, in ms. */
async function measureStart(stateFolder: string, entry: string): Promise<number> {
  const startedAt = performance.now();
  const session = await openDaemon(stateFolder, entry);
  await session.request('status/get');
  const ms = performance.now() - startedAt;
  session.dispose();
  await endDaemon(stateFolder);
  return ms;
}

async function openClient(stateFolder: string): Promise<Client> {
  const client = createClient(await connectSocket(readDaemonFile(stateFolder)!.socket));
  await client.request('session/initialize', {
    protocolVersion: 1,
    client: { name: 'bench', version: '0.1.0', kind: 'terminal' },
  });
  return client;
}

async function openEcho(
  socketPath: string,
): Promise<{ readonly process: ChildProcess; readonly socket: net.Socket }> {
  const script = path.join(import.meta.dirname, 'echo.ts');
  const child = spawn(process.execPath, [script, socketPath], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
  const socket = net.createConnection(socketPath);
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  return { process: child, socket };
}

/** The smallest request that goes all the way: parsed, validated, dispatched, handled, answered. */
const ask = (client: Client): Promise<unknown> =>
  client.request('subscription/close', { subscription: 9_999 });
/** The same bytes for the echo. */
const lineOf = (id: number): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method: 'subscription/close', params: { subscription: 9_999 } })}\n`;

async function warmUp(client: Client, echo: net.Socket): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await runOurs(client, requestsPerRound);
    await runBare(echo, requestsPerRound);
  }
}

async function measureRoundTrips(client: Client): Promise<readonly number[]> {
  const trips: number[] = [];
  for (let i = 0; i < roundTrips; i++) {
    const startedAt = performance.now();
    await ask(client);
    trips.push(performance.now() - startedAt);
  }
  return trips;
}

async function measureThroughput(client: Client, socket: net.Socket, echo: net.Socket) {
  const ours: number[] = [];
  const typed: number[] = [];
  const bare: number[] = [];
  await runBare(socket, requestsPerRound * 2);
  for (let i = 0; i < rounds; i++) {
    bare.push(requestsPerRound / (await seconds(() => runBare(echo, requestsPerRound))));
    ours.push(requestsPerRound / (await seconds(() => runBare(socket, requestsPerRound))));
    typed.push(requestsPerRound / (await seconds(() => runOurs(client, requestsPerRound))));
  }
  const against = (values: readonly number[]) => values.map((one, i) => one / bare[i]!);
  return { ours, typed, bare, ratios: against(ours), typedRatios: against(typed) };
}

/** A socket to the daemon that has introduced itself. */
async function openBareClient(stateFolder: string): Promise<net.Socket> {
  const socket = net.createConnection(readDaemonFile(stateFolder)!.socket);
  socket.setEncoding('utf8');
  const params = { protocolVersion: 1, client: { name: 'bench', version: '0.1.0', kind: 'terminal' } };
  socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'hello', method: 'session/initialize', params })}\n`);
  await once(socket, 'data');
  return socket;
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1_000;
}

async function runOurs(client: Client, count: number): Promise<void> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await ask(client);
  };
  await Promise.all(Array.from({ length: underWay }, lane));
}

/** Lines under way as with our client, each parsed when it comes back. */
function runBare(socket: net.Socket, count: number): Promise<void> {
  return new Promise((resolve) => {
    let sent = 0;
    let received = 0;
    let rest = '';
    const send = (): void => {
      sent += 1;
      socket.write(lineOf(sent));
    };
    const onData = (chunk: string): void => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        JSON.parse(line);
        received += 1;
        if (sent < count) send();
      }
      if (received < count) return;
      socket.off('data', onData);
      resolve();
    };
    socket.on('data', onData as never);
    for (let i = 0; i < underWay; i++) send();
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await bench(), null, 2));
