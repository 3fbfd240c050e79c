// Tries ports at the addresses of one range by plain TCP connects, no faster than the settings allow, and leaves at once
// when it is cancelled. It goes to the addresses it is given and to no other; who accepts, and who refuses, is there.

import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../../config.ts';

export interface ScanOrder {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  readonly perSecond: number;
  readonly signal: AbortSignal;
  readonly progress: (message: string, fraction?: number) => void;
}

export interface FoundHost {
  readonly address: string;
  /** Ports that were open; empty where it only refused. */
  readonly ports: readonly number[];
}

type Attempt = 'open' | 'refused' | 'silent';

/** Everything that answered, in the order of the addresses. Throws the signal's reason where it is cancelled. */
export async function scanByConnecting(order: ScanOrder): Promise<readonly FoundHost[]> {
  const { addresses, ports, perSecond, signal, progress } = order;
  const found = new Map<string, number[]>();
  const attempts = addresses.flatMap((address) => ports.map((port) => ({ address, port })));
  const startMs = performance.now();
  const running = new Set<Promise<void>>();
  let toldMs = 0;
  for (const [index, { address, port }] of attempts.entries()) {
    signal.throwIfAborted();
    // The n-th attempt begins no earlier than its share of the rate allows.
    const waitMs = startMs + (index * 1000) / perSecond - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    while (running.size >= limits.scanConcurrency) await Promise.race(running);
    const work = attempt(address, port, signal).then((result) => {
      if (result === 'silent') return;
      const open = found.get(address) ?? [];
      found.set(address, open);
      if (result === 'open') open.push(port);
    });
    const settled: Promise<void> = work.finally(() => running.delete(settled));
    running.add(settled);
    if (performance.now() - toldMs < 250) continue;
    toldMs = performance.now();
    progress(`${index + 1} of ${attempts.length} tried, ${found.size} answer`, (index + 1) / attempts.length);
  }
  await Promise.all(running);
  signal.throwIfAborted();
  return addresses.flatMap((address) => {
    const open = found.get(address);
    return open ? [{ address, ports: open.sort((a, b) => a - b) }] : [];
  });
}

function attempt(host: string, port: number, signal: AbortSignal): Promise<Attempt> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (result: Attempt): void => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(result);
    };
    const stop = (): void => end('silent');
    socket.setTimeout(limits.scanConnectTimeoutMs, () => end('silent'));
    socket.once('connect', () => end('open'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    );
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** The same by nmap, with the same ports and rate; undefined where it is not installed. */
export async function scanByNmap(range: string, order: ScanOrder): Promise<readonly FoundHost[] | undefined> {
  const { ports, perSecond, signal, progress } = order;
  progress(`nmap scans ${range}`);
  const args = [
    '-sT',
    '-n',
    '-Pn',
    '--max-rate',
    String(perSecond),
    '-p',
    ports.join(','),
    '-oG',
    '-',
    range,
  ];
  const output = await new Promise<string | undefined>((resolve, reject) => {
    execFile('nmap', args, { signal, maxBuffer: limits.localCommandBytesMax }, (error, stdout) => {
      if (!error) resolve(stdout);
      else if (error.code === 'ENOENT') resolve(undefined);
      else reject(signal.aborted ? (signal.reason as Error) : error);
    });
  });
  if (output === undefined) return undefined;
  const wanted = new Set(order.addresses);
  return parseNmap(output).filter(({ address }) => wanted.has(address));
}

/** nmap's greppable output: `Host: 192.0.2.1 ()	Ports: 22/open/tcp//ssh///, 80/closed/tcp//http///`. */
export function parseNmap(text: string): readonly FoundHost[] {
  return text.split('\n').flatMap((line) => {
    const match = /^Host: (\S+) .*\bPorts: (.+?)(?:\t|$)/.exec(line);
    if (!match) return [];
    const states = match[2]!.split(',').map((one) => one.trim().split('/'));
    const open = states.flatMap(([port, state]) => (state === 'open' ? [Number(port)] : []));
    const isThere = states.some(([, state]) => state === 'open' || state === 'closed');
    return isThere ? [{ address: match[1]!, ports: open }] : [];
  });
}
