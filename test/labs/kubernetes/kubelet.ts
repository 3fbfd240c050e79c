// The part of a kubelet's own API that the API server asks for a person: logs, commands and ports. Every container has
// the same kind of log, one line a second, with an error every tenth; a command really runs, on a terminal of this
// machine (`kubeletExec.ts`), and a port is one of this machine's loopback (`kubeletPorts.ts`).

import https from 'node:https';
import { upgradeExec } from './kubeletExec.ts';
import { upgradePorts } from './kubeletPorts.ts';

/** Lines of every log; the last stands still unless it is followed. */
const logLines = 40;

export function serveKubelet(port: number, key: Buffer, cert: Buffer): void {
  const server = https.createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://kubelet');
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
