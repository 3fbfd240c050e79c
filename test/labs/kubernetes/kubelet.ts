// The part of a kubelet's own API that the API server asks for a person: logs, commands, ports and what it counts (of
// pods that are told, with figures of our own). Every container has
// the same kind of log, one line a second, with an error every tenth; a command really runs, on a terminal of this
// machine (`kubeletExec.ts`), and a port is one of this machine's loopback (`kubeletPorts.ts`).

import https from 'node:https';
import { upgradeExec } from './kubeletExec.ts';
import { upgradePorts } from './kubeletPorts.ts';

/** A pod that this kubelet runs, with the claims it mounts. */
export interface KubeletPod {
  readonly name: string;
  readonly namespace: string;
  readonly claims: readonly string[];
}

const startedMs = Date.now();

/** A quarter of the node's disk and half of every claim are full; each pod sends and receives 1 MB a second. */
function summaryOf(pods: readonly KubeletPod[]): object {
  const time = new Date().toISOString();
  const bytes = (Date.now() - startedMs) * 1_000;
  const network = { time, name: 'eth0', rxBytes: bytes / 2, txBytes: bytes / 2 };
  const usage = {
    cpu: { time, usageNanoCores: 16e9 },
    memory: { time, workingSetBytes: 64 * 2 ** 30 },
  };
  const small = { cpu: { time, usageNanoCores: 5e8 }, memory: { time, workingSetBytes: 256 * 2 ** 20 } };
  const fs = { time, usedBytes: 25e9, capacityBytes: 100e9, availableBytes: 75e9 };
  return {
    node: { nodeName: 'lab', ...usage, network, fs },
    pods: pods.map(({ name, namespace, claims }) => ({
      podRef: { name, namespace },
      containers: [{ name: 'app', ...small }],
      network,
      volume: claims.map((claim) => ({
        time,
        name: claim,
        pvcRef: { name: claim, namespace },
        usedBytes: 5e9,
        capacityBytes: 1e10,
      })),
    })),
  };
}

/** Lines of every log; the last stands still unless it is followed. */
const logLines = 40;

export function serveKubelet(
  port: number,
  key: Buffer,
  cert: Buffer,
  pods: () => readonly KubeletPod[],
): void {
  const server = https.createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://kubelet');
    if (url.pathname === '/stats/summary') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(summaryOf(pods())));
      return;
    }
    const match = /^\/containerLogs\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(url.pathname);
    if (!match) {
      response.writeHead(404);
      response.end('the kubelet of the lab has no such thing');
      return;
    }
    const [, , pod = '', container = ''] = match;
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write(logOf(pod, container, url.searchParams));
    if (url.searchParams.get('follow') !== 'true') {
      response.end();
      return;
    }
    let number = logLines;
    const timer = setInterval(
      () => response.write(`${lineOf(pod, container, number++, url.searchParams)}\n`),
      200,
    );
    response.on('close', () => clearInterval(timer));
  });
  server.on('upgrade', (request, socket, head) => {
    if (!upgradeExec(request, socket, head) && !upgradePorts(request, socket, head)) socket.destroy();
  });
  server.listen(port, '127.0.0.1');
}

/** Query of the API server: `tailLines`, `sinceSeconds`, `timestamps`, `previous`. */
function logOf(pod: string, container: string, query: URLSearchParams): string {
  const since = Number(query.get('sinceSeconds') ?? Number.POSITIVE_INFINITY);
  const lines = Array.from({ length: logLines }, (_, number) => ({
    ageSeconds: logLines - number,
    text: lineOf(pod, container, number, query),
  }))
    .filter(({ ageSeconds }) => ageSeconds <= since)
    .map(({ text }) => text);
  const tail = Number(query.get('tailLines') ?? lines.length);
  return tail === 0 ? '' : `${lines.slice(-tail).join('\n')}\n`;
}

function lineOf(pod: string, container: string, number: number, query: URLSearchParams): string {
  const at = new Date(Date.now() - (logLines - number) * 1000).toISOString();
  const stamp = query.get('timestamps') === 'true' ? `${at} ` : '';
  const which = query.get('previous') === 'true' ? 'before it crashed' : 'running';
  const level = number % 10 === 0 ? 'ERROR' : 'INFO';
  return `${stamp}${level} ${pod}/${container} ${which} line ${number}`;
}
