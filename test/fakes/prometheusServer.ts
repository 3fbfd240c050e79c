// A server that answers the queries of the built-in rules for one host behind a token, with six quiet hours and, some
// minutes ago, a processor that went to its limit and memory after it: a past that a real server cannot be given in a
// second. The real one is in `test/labs/prometheus`.

import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedServer {
  readonly url: string;
  readonly host: string;
  readonly instance: string;
  /** Requests that brought the right token, and those that did not. */
  readonly taken: () => number;
  readonly refused: () => number;
  close(): void;
}

const stepSeconds = 15;

/** Trouble begins so many minutes before now: long enough to be a finding at once, short enough to be news. */
export async function startScriptedServer(token: string, troubleMinutes = 3): Promise<ScriptedServer> {
  const instance = 'shop-1:9100';
  const troubleSeconds = Date.now() / 1_000 - troubleMinutes * 60;
  let taken = 0;
  let refused = 0;
  const server = http.createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.headers.authorization !== `Bearer ${token}`) {
      refused++;
      response.writeHead(401).end('{"status":"error","error":"who is that"}');
      return;
    }
    taken++;
    const data = replyTo(new URL(request.url ?? '/', 'http://x'), instance, troubleSeconds);
    response.end(JSON.stringify({ status: 'success', data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    instance,
    taken: () => taken,
    refused: () => refused,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What it measures: a part of the query that asks for it, and the value at a time. */
const curves: readonly {
  readonly of: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: (seconds: number, troubledSeconds: number) => number;
}[] = [
  { of: 'node_cpu_seconds', value: (at, troubled) => (troubled >= 0 ? 97 : 16 + 3 * wobble(at, 1)) },
  { of: 'node_memory', value: (at, troubled) => (troubled >= 45 ? 81 : 44 + wobble(at, 2)) },
  { of: 'node_filesystem', labels: { mountpoint: '/' }, value: (at) => 50 + (at % 86_400) / 8_640 },
];

/** Between -1 and 1, the same at each run. */
function wobble(seconds: number, seed: number): number {
  const row = Math.floor(seconds / stepSeconds);
  const mixed = Math.imul(Math.imul(row, 2_654_435_761) ^ Math.imul(seed, 0x9e3779b9), 0x85ebca6b) >>> 8;
  return (2 * mixed) / 2 ** 24 - 1;
}

function replyTo(url: URL, instance: string, troubleSeconds: number): unknown {
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const query = asked('query');
  const nowSeconds = Date.now() / 1_000;
  const labels = { job: 'node', instance };
  if (url.pathname.endsWith('/targets'))
    return { activeTargets: [{ labels, health: 'up', lastError: '', scrapeInterval: '15s' }] };
  if (url.pathname.endsWith('/buildinfo')) return { version: '2.53.3' };
  if (url.pathname.endsWith('/runtimeinfo')) return { startTime: new Date(0).toISOString() };
  if (query === 'time()') return { resultType: 'scalar', result: [nowSeconds, String(nowSeconds)] };
  if (url.pathname.endsWith('/query')) return { resultType: 'vector', result: [] };
  const [from, to, step] = ['start', 'end', 'step'].map((name) => Number(asked(name)));
  const times = Array.from({ length: Math.floor((to! - from!) / step!) + 1 }, (_, at) => from! + at * step!);
  const result = curves
    .filter(({ of }) => query.includes(of))
    .map(({ labels: more, value }) => ({
      metric: { ...labels, ...more },
      values: times.map((at) => [at, String(value(at, at - troubleSeconds))]),
    }));
  return { resultType: 'matrix', result };
}
