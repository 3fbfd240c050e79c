// A peer that answers like Keystone and one service, for the disasters a real cloud does not make on demand. A test
// says what each request gets; what is not said gets a plain answer. Only for disasters: everything else is tested
// against a real OpenStack.

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Limits, limits } from '../../../daemon/config.ts';
import { createRedactor } from '../../../daemon/executors/kit/redact.ts';
import { type Cloud, createCloud } from '../../../daemon/executors/openstack/client/cloud.ts';
import type { CloudConfig } from '../../../daemon/executors/openstack/config/cloudConfig.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly atMs: number;
}

/** What a request gets. `hang` never answers, `reset` cuts the connection, `truncate` cuts the body. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'truncate' };

export const answer = (status: number, body?: unknown, headers?: Record<string, string>): Reply => ({
  kind: 'answer',
  status,
  body,
  headers,
});

export interface FakeCloud {
  readonly url: string;
  readonly seen: Seen[];
  /** Requests of a path, without the version documents. */
  of(path: string): readonly Seen[];
  config(more?: Partial<CloudConfig>): CloudConfig;
  cloud(more?: Partial<CloudConfig>, tuned?: Partial<Limits>): Cloud;
  /** Moves the clock of the clients. */
  passMs(ms: number): void;
  dispose(): Promise<void>;
}

export interface FakeOptions {
  /** First that gives something wins; `count` is how often this path was asked before. */
  readonly reply?: (request: Seen, count: number, fake: FakeCloud) => Reply | undefined;
  readonly catalog?: (url: string) => unknown;
  readonly lifetimeMs?: number;
}

export const secretPassword = 'correct-horse-battery';

export async function startFakeCloud(options: FakeOptions = {}): Promise<FakeCloud> {
  const seen: Seen[] = [];
  const clouds: Cloud[] = [];
  let tokens = 0;
  let shiftMs = 0;
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      atMs: performance.now(),
    };
    const count = seen.filter((other) => other.path === one.path && other.method === one.method).length;
    seen.push(one);
    const reply = options.reply?.(one, count, fake) ?? plainReply(one);
    if (reply.kind === 'hang') return;
    if (reply.kind === 'reset') return void request.socket.destroy();
    if (reply.kind === 'truncate') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"servers": [');
      setTimeout(() => request.socket.destroy(), 20);
      return;
    }
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const plainReply = (request: Seen): Reply => {
    if (request.path === '/v3/auth/tokens') {
      tokens += 1;
      return answer(201, tokenBody(url, options), { 'x-subject-token': `token-number-${tokens}` });
    }
    if (request.path === '/v2.1/')
      return answer(200, { version: { id: 'v2.1', version: '2.79', min_version: '2.1' } });
    return answer(200, { servers: [] });
  };

  const fake: FakeCloud = {
    url,
    seen,
    of: (path) => seen.filter((one) => one.path.split('?')[0] === path),
    config: (more) => ({
      name: 'fake',
      origin: '~/.config/openstack/clouds.yaml',
      authUrl: `${url}/v3`,
      credential: {
        kind: 'password',
        user: { name: 'ann', domain: { id: 'default' } },
        password: secretPassword,
      },
      scope: { kind: 'project', name: 'demo', domain: { id: 'default' } },
      region: 'RegionOne',
      interface: 'public',
      verify: true,
      endpointOverrides: {},
      ...more,
    }),
    cloud: (more, tuned) => {
      const cloud = createCloud({
        load: async () => fake.config(more),
        env: {},
        limits: { ...limits, cloudBackoffFirstMs: 1, cloudBackoffMs: 5, ...tuned },
        redactor: createRedactor(),
        now: () => Date.now() + shiftMs,
      });
      clouds.push(cloud);
      return cloud;
    },
    passMs: (ms) => {
      shiftMs += ms;
    },
    dispose: async () => {
      for (const cloud of clouds) cloud.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function tokenBody(url: string, options: FakeOptions): unknown {
  const issued = Date.now();
  return {
    token: {
      user: { id: 'u1', name: 'ann', domain: { name: 'Default' } },
      project: { id: 'p1', name: 'demo', domain: { name: 'Default' } },
      roles: [{ name: 'member' }],
      catalog: options.catalog?.(url) ?? [
        { type: 'compute', endpoints: [endpoint(`${url}/v2.1`)] },
        { type: 'network', endpoints: [endpoint(url)] },
      ],
      issued_at: new Date(issued).toISOString(),
      expires_at: new Date(issued + (options.lifetimeMs ?? 3_600_000)).toISOString(),
    },
  };
}

export function endpoint(url: string, region = 'RegionOne', which = 'public') {
  return { interface: which, region, region_id: region, url };
}
