// Stands before the API server of the lab and disturbs single requests: refuses, throttles, cuts an answer half-way,
// swallows it, or never answers. Everything else goes through as it is. Plain HTTP on loopback.

import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubernetesLab } from './kubernetesLab.ts';

export interface Fault {
  /** Which requests; default: all. */
  readonly matches?: (request: { readonly method: string; readonly url: string }) => boolean;
  /** How many of them; default: until it is taken away. */
  readonly times?: number;
  readonly what:
    | {
        readonly kind: 'answer';
        readonly status: number;
        readonly headers?: Record<string, string>;
        readonly body?: unknown;
      }
    /** The server does it and nobody hears of it. */
    | { readonly kind: 'swallow-answer' }
    | { readonly kind: 'cut-answer' }
    | { readonly kind: 'hang' };
}

export interface Front {
  readonly server: string;
  readonly seen: readonly string[];
  setFault(fault: Fault | undefined): void;
  /** Ends all connections under way, watches too. */
  cutAll(): void;
  dispose(): Promise<void>;
}

export async function startFront(lab: KubernetesLab): Promise<Front> {
  const agent = new https.Agent({ ca: readFileSync(lab.certificate), keepAlive: true });
  const seen: string[] = [];
  let fault: Fault | undefined;
  let left = 0;

  const faultOf = (method: string, url: string): Fault['what'] | undefined => {
    if (!fault || left <= 0 || fault.matches?.({ method, url }) === false) return undefined;
    left -= 1;
    return fault.what;
  };
  const server = http.createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    seen.push(`${method} ${url}`);
    const what = faultOf(method, url);
    if (what?.kind === 'hang') return;
    if (what?.kind === 'answer') {
      request.resume();
      response.writeHead(what.status, { 'content-type': 'application/json', ...what.headers });
      response.end(JSON.stringify(what.body ?? {}));
      return;
    }
    const onward = https.request(
      new URL(url, lab.server),
      { agent, method, headers: { ...request.headers, host: new URL(lab.server).host } },
      (answer) => {
        if (what?.kind === 'swallow-answer') {
          answer.resume();
          answer.on('end', () => request.socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        if (what?.kind === 'cut-answer') {
          answer.once('data', (chunk: Buffer) => {
            response.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => request.socket.destroy());
          });
          return;
        }
        answer.pipe(response);
      },
    );
    onward.on('error', () => request.socket.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server: `http://127.0.0.1:${port}`,
    seen,
    setFault(next) {
      fault = next;
      left = next?.times ?? Number.POSITIVE_INFINITY;
    },
    cutAll: () => server.closeAllConnections(),
    async dispose() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}
