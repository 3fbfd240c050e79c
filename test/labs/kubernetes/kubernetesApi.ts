// Asks the API server of the lab directly, so that a test can make things and count them past everything that is
// tested. It knows one token and one certificate and nothing of the product.

import { readFileSync } from 'node:fs';
import https from 'node:https';

export interface KubernetesApi {
  /** Sends a request; gives status and body as they came. */
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer>;
  /** `request`, and throws where the answer is not 2xx. */
  require<T = unknown>(method: string, path: string, body?: unknown, contentType?: string): Promise<T>;
  /** Makes an object of a manifest, below the collection's path. */
  create<T = unknown>(path: string, manifest: unknown): Promise<T>;
  /** Merges into an object. */
  merge<T = unknown>(path: string, patch: unknown): Promise<T>;
  /** Deletes; that it is gone already is fine. */
  remove(path: string): Promise<void>;
  /** Waits until the object fits, at most so long; an object that is not there is passed as undefined. */
  until<T>(path: string, fits: (found: T | undefined) => boolean, timeoutMs?: number): Promise<T | undefined>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

const mergePatch = 'application/merge-patch+json';

export function createApi(server: string, certificate: string, token: string): KubernetesApi {
  let agent: https.Agent | undefined;
  const request = async (method: string, path: string, body?: unknown, contentType?: string) => {
    agent ??= new https.Agent({ ca: readFileSync(certificate), keepAlive: true, maxSockets: 32 });
    return send(agent, new URL(path, server), token, { method, body, contentType });
  };
  const require = async <T>(method: string, path: string, body?: unknown, contentType?: string) => {
    const answer = await request(method, path, body, contentType);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    return answer.body as T;
  };
  return {
    request,
    require,
    create: (path, manifest) => require('POST', path, manifest),
    merge: (path, patch) => require('PATCH', path, patch, mergePatch),
    async remove(path) {
      const { status } = await request('DELETE', path);
      if (status >= 300 && status !== 404) throw new Error(`DELETE ${path}: ${status}`);
    },
    async until<T>(path: string, fits: (found: T | undefined) => boolean, timeoutMs = 30_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const { status, body } = await request('GET', path);
        const found = status === 404 ? undefined : (body as T);
        if (fits(found)) return found;
        if (Date.now() > deadline) throw new Error(`${path} does not come to what was waited for`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

interface Sent {
  readonly method: string;
  readonly body?: unknown;
  readonly contentType?: string | undefined;
}

function send(agent: https.Agent, url: URL, token: string, sent: Sent): Promise<ApiAnswer> {
  const text = sent.body === undefined ? undefined : JSON.stringify(sent.body);
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(text === undefined
      ? {}
      : {
          'content-type': sent.contentType ?? 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
  };
  return new Promise((resolve, reject) => {
    const request = https.request(
      url,
      { agent, method: sent.method, headers, timeout: 20_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) }),
        );
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer from ${url.host}`)));
    request.on('error', reject);
    request.end(text);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
