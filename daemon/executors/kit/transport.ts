// One HTTP request and its whole answer, over Node's own http and https: they take a private CA, keep connections
// alive, can be cut off at any moment and need no package (the built-in fetch cannot be given a CA). It neither
// repeats a request nor reads what the answer means; cloud.ts does. A request marked `fresh` gets a connection of
// its own: servers close idle ones without saying so, and only a write that cannot have met that is safe to send.

import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { errnoOf } from './errno.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** How far a failed request came: nothing was sent, it was sent, or the answer had begun. */
export type Phase = 'connecting' | 'sent' | 'answering';

/** A request that got no whole answer. */
export class TransportError extends Error {
  readonly phase: Phase;
  /** System or TLS code, or `IDLE`, `DEADLINE`, `TOO-LARGE`, `TRUNCATED`. */
  readonly code: string;
  constructor(phase: Phase, code: string, cause?: unknown) {
    super(`no answer (${code})`, { cause });
    this.phase = phase;
    this.code = code;
  }
}

export interface TransportOptions {
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly verify: boolean;
  /**
   * Decides instead of the authorities whether a server is the right one, before a byte is sent to it: an error means
   * that it is not. Absent: the authorities decide, as `verify` says.
   */
  readonly checkServer?: (socket: tls.TLSSocket) => Error | undefined;
  readonly idleTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly bodyBytesMax: number;
  readonly connectionsMax: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Transport {
  /** Throws TransportError, or an AbortError when the signal ended it. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** What opens a connection of its own to an address, http or https, as `send` does: for what is more than one answer. */
  agent(url: URL): http.Agent;
  dispose(): void;
}

export function createTransport(options: TransportOptions): Transport {
  const agents = new Map<string, http.Agent>();
  const agentOf = (url: URL, fresh: boolean): http.Agent => {
    const key = `${url.protocol}${fresh}`;
    const known = agents.get(key) ?? createAgent(url, fresh, options);
    agents.set(key, known);
    return known;
  };
  return {
    send: (request) => sendOnce(request, agentOf(request.url, request.fresh), options),
    agent: (url) => agentOf(url, true),
    dispose: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** The error that ends whatever a person cancelled. */
export function abortError(): DOMException {
  return new DOMException('The request was cancelled.', 'AbortError');
}

function createAgent(url: URL, fresh: boolean, options: TransportOptions): http.Agent {
  const { env } = options;
  const common = {
    keepAlive: !fresh,
    maxSockets: options.connectionsMax,
    maxFreeSockets: options.connectionsMax,
    proxyEnv: {
      HTTP_PROXY: env.HTTP_PROXY,
      http_proxy: env.http_proxy,
      HTTPS_PROXY: env.HTTPS_PROXY,
      https_proxy: env.https_proxy,
      NO_PROXY: env.NO_PROXY,
      no_proxy: env.no_proxy,
    },
  };
  if (url.protocol === 'http:') return new http.Agent(common);
  const agent = new https.Agent({
    ...common,
    ca: options.ca ?? trustedAuthorities(),
    cert: options.certificate,
    key: options.key,
    rejectUnauthorized: options.verify,
  });
  if (options.checkServer) checkFirst(agent, options.checkServer);
  return agent;
}

/** Hands a connection out only when the check of its server passed. */
function checkFirst(agent: https.Agent, check: (socket: tls.TLSSocket) => Error | undefined): void {
  agent.createConnection = (options, callback) => {
    const socket = tls.connect({ ...(options as tls.ConnectionOptions), rejectUnauthorized: false });
    const fail = (error: Error) => callback?.(error, socket);
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      socket.off('error', fail);
      const error = check(socket);
      if (error) socket.destroy();
      callback?.(error ?? null, socket);
    });
    return undefined;
  };
}

let authorities: string[] | undefined;
/** What Node trusts and what the machine trusts: companies install their own authority there. */
function trustedAuthorities(): string[] {
  authorities ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  return authorities;
}

function sendOnce(request: HttpRequest, agent: http.Agent, options: TransportOptions): Promise<HttpResponse> {
  if (request.signal.aborted) return Promise.reject(abortError());
  return new Promise((resolve, reject) => {
    let phase: Phase = 'connecting';
    const { url } = request;
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method: request.method,
      headers: { ...bodyHeaders(request.body), ...request.headers },
      agent,
    });
    const deadline = setTimeout(() => fail('DEADLINE'), options.requestTimeoutMs);
    const onAbort = () => giveUp(abortError());
    let settled = false;
    const settle = (finish: () => void): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(deadline);
      request.signal.removeEventListener('abort', onAbort);
      finish();
      return true;
    };
    // Only a request that ended badly is destroyed: the connection of a good one goes back to the pool.
    const giveUp = (error: unknown) => {
      if (settle(() => reject(error))) outgoing.destroy();
    };
    const fail = (code: string, cause?: unknown) => giveUp(new TransportError(phase, code, cause));
    request.signal.addEventListener('abort', onAbort, { once: true });
    outgoing.setTimeout(options.idleTimeoutMs, () => fail('IDLE'));
    outgoing.on('error', (error) => fail(errnoOf(error) ?? 'UNKNOWN', error));
    outgoing.on('socket', (socket) => {
      const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect';
      if (socket.connecting) socket.once(ready, () => (phase = 'sent'));
      else phase = 'sent';
    });
    outgoing.on('response', (incoming) => {
      phase = 'answering';
      receive(incoming, options.bodyBytesMax).then(
        (response) => settle(() => resolve(response)),
        (error) => fail(error instanceof TransportError ? error.code : 'TRUNCATED', error),
      );
    });
    outgoing.end(request.body);
  });
}

function bodyHeaders(body: string | undefined): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

async function receive(incoming: http.IncomingMessage, bytesMax: number): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += (chunk as Buffer).length;
    if (bytes > bytesMax) throw new TransportError('answering', 'TOO-LARGE');
    chunks.push(chunk as Buffer);
  }
  if (!incoming.complete) throw new TransportError('answering', 'TRUNCATED');
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}
