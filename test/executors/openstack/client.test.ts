// The OpenStack client when things go wrong: logins, throttling, connections that break, endless pages, and what a
// person is told each time. Nothing here may repeat a write or show a secret.

import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Limits } from '../../../daemon/config.ts';
import { UnsettledError } from '../../../daemon/executors/kit/settling.ts';
import type { Cloud, CloudRequest } from '../../../daemon/executors/openstack/client/cloud.ts';
import {
  answer,
  endpoint,
  type FakeCloud,
  type FakeOptions,
  secretPassword,
  startFakeCloud,
} from './fakeCloud.ts';
import { problemFrom } from './steps.ts';

let fake: FakeCloud;
async function start(options: FakeOptions, tuned?: Partial<Limits>): Promise<Cloud> {
  fake = await startFakeCloud(options);
  return fake.cloud({}, tuned);
}
const signal = () => AbortSignal.timeout(8_000);
const get = (more: Partial<CloudRequest> = {}): CloudRequest => ({
  service: 'compute',
  path: '/servers',
  signal: signal(),
  what: 'read the servers',
  ...more,
});
const post = (): CloudRequest =>
  get({ method: 'POST', body: { server: {} }, what: 'create the server web-1' });
const loginPath = '/v3/auth/tokens';
const serversPath = '/v2.1/servers';
const isServers = (path: string) => path.split('?')[0] === serversPath;

afterEach(() => fake?.dispose());

describe('openstack client: logging in', () => {
  it('shares one login between requests that start together', async () => {
    const cloud = await start({});
    await Promise.all([cloud.call(get()), cloud.call(get()), cloud.call(get())]);
    assert.equal(fake.of(loginPath).length, 1);
  });

  it('renews a token before it ends', async () => {
    const cloud = await start({ lifetimeMs: 600_000 });
    await cloud.call(get());
    fake.passMs(500_000);
    await cloud.call(get());
    assert.equal(fake.of(loginPath).length, 2);
    assert.equal(fake.of(serversPath).at(-1)?.headers['x-auth-token'], 'token-number-2');
  });

  it('logs in once more where a service refuses the token', async () => {
    const cloud = await start({
      reply: ({ path, headers }) =>
        isServers(path) && headers['x-auth-token'] === 'token-number-1' ? answer(401) : undefined,
    });
    assert.equal((await cloud.call(get())).status, 200);
    assert.equal(fake.of(loginPath).length, 2);
  });

  it('does not go on for ever where every token is refused', async () => {
    const cloud = await start({ reply: ({ path }) => (isServers(path) ? answer(401) : undefined) });
    const problem = await problemFrom(cloud.call(get()));
    assert.equal(problem.code, 'cloud-unauthorized');
    assert.equal(fake.of(serversPath).length, 2);
    assert.equal(fake.of(loginPath).length, 2);
  });

  it('tries a refused password once, and again only after a rest', async () => {
    const cloud = await start({ reply: ({ path }) => (path === loginPath ? answer(401) : undefined) });
    for (let n = 0; n < 3; n++) {
      const problem = await problemFrom(cloud.call(get()));
      assert.equal(problem.code, 'cloud-unauthorized');
      assert.match(problem.fix!, /"fake" in ~\/\.config/);
    }
    assert.equal(fake.of(loginPath).length, 1);
    fake.passMs(61_000);
    await problemFrom(cloud.call(get()));
    assert.equal(fake.of(loginPath).length, 2);
  });

  it('says that a token has expired, and what does not expire', async () => {
    await start({ reply: ({ path }) => (path === loginPath ? answer(401) : undefined) });
    const cloud = fake.cloud({ credential: { kind: 'token', token: 'gAAAA-old' } });
    const problem = await problemFrom(cloud.call(get()));
    assert.match(problem.message, /expired or was revoked/);
    assert.match(problem.fix!, /application credential/);
  });

  it('sends an application credential without a scope', async () => {
    await start({});
    const credential = { kind: 'application-credential', id: 'ac1', secret: 'very-secret' } as const;
    await fake.cloud({ credential, scope: { kind: 'default' } }).call(get());
    const { auth } = JSON.parse(fake.of(loginPath)[0]!.body);
    assert.deepEqual(auth.identity.methods, ['application_credential']);
    assert.equal('scope' in auth, false);
  });

  it('asks for a project where the login has none', async () => {
    const cloud = await start({
      reply: ({ path }) =>
        path === loginPath
          ? answer(201, { token: { user: { id: 'u', name: 'ann' } } }, { 'x-subject-token': 't-1' })
          : undefined,
    });
    const problem = await problemFrom(cloud.call(get()));
    assert.match(problem.fix!, /project_name/);
  });

  it('shows no password, even where the cloud repeats it', async () => {
    const cloud = await start({
      reply: ({ path }) =>
        isServers(path)
          ? answer(400, { badRequest: { message: `bad ${secretPassword} and token-number-1` } })
          : undefined,
    });
    const problem = await problemFrom(cloud.call(get()));
    assert.match(problem.message, /bad \*\*\* and \*\*\*/);
    assert.ok(!JSON.stringify(problem).includes(secretPassword));
  });
});

describe('openstack client: when the cloud is busy', () => {
  it('waits as long as Retry-After says, for a write too', async () => {
    const cloud = await start({
      reply: ({ path, method }, count) =>
        isServers(path) && method === 'POST' && count === 0
          ? answer(429, {}, { 'retry-after': '1' })
          : undefined,
    });
    await cloud.call(post());
    const [first, second] = fake.of(serversPath);
    assert.ok(second!.atMs - first!.atMs >= 990, `${second!.atMs - first!.atMs} ms`);
  });

  it('gives up after a few tries and says so', async () => {
    const cloud = await start({ reply: ({ path }) => (isServers(path) ? answer(429) : undefined) });
    const problem = await problemFrom(cloud.call(get()));
    assert.equal(problem.code, 'cloud-throttled');
    assert.equal(fake.of(serversPath).length, 5);
  });

  it('does not wait for an hour', async () => {
    const cloud = await start({
      reply: ({ path }) => (isServers(path) ? answer(429, {}, { 'retry-after': '3600' }) : undefined),
    });
    assert.equal((await problemFrom(cloud.call(get()))).code, 'cloud-throttled');
    assert.equal(fake.of(serversPath).length, 1);
  });

  it('repeats a read while the service is away', async () => {
    const cloud = await start({
      reply: ({ path }, count) => (isServers(path) && count < 2 ? answer(503) : undefined),
    });
    assert.equal((await cloud.call(get())).status, 200);
  });

  for (const status of [500, 502, 503, 504])
    it(`never repeats a write after ${status}, and leaves open whether it happened`, async () => {
      const cloud = await start({ reply: ({ path }) => (isServers(path) ? answer(status) : undefined) });
      await assert.rejects(cloud.call(post()), UnsettledError);
      assert.equal(fake.of(serversPath).length, 1);
    });
});

describe('openstack client: when connections break', () => {
  it('repeats a read once on a fresh connection', async () => {
    const cloud = await start({
      reply: ({ path }, count) => (isServers(path) && count === 0 ? { kind: 'reset' } : undefined),
    });
    assert.equal((await cloud.call(get())).status, 200);
    assert.equal(fake.of(serversPath).length, 2);
  });

  it('does not repeat it twice', async () => {
    const cloud = await start({ reply: ({ path }) => (isServers(path) ? { kind: 'reset' } : undefined) });
    assert.equal((await problemFrom(cloud.call(get()))).code, 'cloud-unreachable');
    assert.equal(fake.of(serversPath).length, 2);
  });

  it('never repeats a write whose connection broke', async () => {
    const cloud = await start({ reply: ({ path }) => (isServers(path) ? { kind: 'reset' } : undefined) });
    await assert.rejects(cloud.call(post()), UnsettledError);
    assert.equal(fake.of(serversPath).length, 1);
  });

  it('does not take half an answer for a whole one', async () => {
    const cloud = await start({ reply: ({ path }) => (isServers(path) ? { kind: 'truncate' } : undefined) });
    const problem = await problemFrom(cloud.call(get()));
    assert.equal(problem.code, 'cloud-unreachable');
    assert.match(problem.message, /half-way/);
  });

  it('ends the wait for a service that takes the connection and says nothing', async () => {
    const cloud = await start(
      { reply: ({ path }) => (isServers(path) ? { kind: 'hang' } : undefined) },
      { cloudIdleTimeoutMs: 100 },
    );
    const problem = await problemFrom(cloud.call(get()));
    assert.match(problem.message, /did not answer in time/);
    assert.match(problem.fix!, /VPN/);
  });

  it('stops waiting when it is cancelled', async () => {
    const cloud = await start({ reply: ({ path }) => (isServers(path) ? { kind: 'hang' } : undefined) });
    await cloud.session(signal());
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 50);
    assert.equal((await problemFrom(cloud.call(get({ signal: cancel.signal })))).code, 'cancelled');
  });

  it('lets one caller give up a login that others still wait for', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const cloud = await start({
      reply: ({ path }, count) =>
        path === loginPath && count === 0 ? answer(429, {}, { 'retry-after': '1' }) : undefined,
    });
    const cancel = new AbortController();
    const impatient = problemFrom(cloud.call(get({ signal: cancel.signal })).finally(open));
    const patient = cloud.call(get());
    cancel.abort();
    await opened;
    assert.equal((await impatient).code, 'cancelled');
    assert.equal((await patient).status, 200);
  });

  it('says so where a web page answers in place of the cloud', async () => {
    const cloud = await start({
      reply: ({ path }) => (isServers(path) ? answer(200, '<html>Please log in</html>') : undefined),
    });
    const problem = await problemFrom(cloud.call(get()));
    assert.match(problem.message, /did not answer in JSON/);
  });

  it('says so where the answer has another form than it should', async () => {
    const cloud = await start({
      reply: ({ path }) => (isServers(path) ? answer(200, { servers: 'none' }) : undefined),
    });
    const problem = await problemFrom(cloud.list(get(), 'servers', z.object({ id: z.string() })));
    assert.equal(problem.code, 'cloud-failed');
    assert.match(problem.message, /form Pilothouse does not know/);
  });
});

describe('openstack client: pages', () => {
  const item = z.object({ id: z.string() });
  const page = (ids: readonly string[], next?: string) => ({
    servers: ids.map((id) => ({ id })),
    ...(next ? { servers_links: [{ rel: 'next', href: next }] } : {}),
  });

  it('follows them by their marker, whatever host a proxy wrote into the link', async () => {
    const cloud = await start({
      reply: ({ path }) => {
        if (!isServers(path)) return undefined;
        return path.includes('marker=b')
          ? answer(200, page(['c']))
          : answer(200, page(['a', 'b'], 'http://10.1.2.3:8774/v2.1/servers?limit=2&marker=b'));
      },
    });
    const all = await cloud.list(get({ query: { limit: '2', name: 'x' } }), 'servers', item);
    assert.deepEqual(
      all.map((one) => one.id),
      ['a', 'b', 'c'],
    );
    assert.match(fake.of(serversPath)[1]!.path, /name=x/);
  });

  it('ends where a page leads back to itself', async () => {
    const cloud = await start({
      reply: ({ path, headers }) =>
        isServers(path)
          ? answer(200, page(['a'], `http://${headers.host}/v2.1/servers?marker=a`))
          : undefined,
    });
    const problem = await problemFrom(cloud.list(get(), 'servers', item));
    assert.match(problem.message, /does not end/);
  });

  it('ends at the limit of pages, with an error and not with half a list', async () => {
    let n = 0;
    const cloud = await start(
      {
        reply: ({ path }) =>
          isServers(path) ? answer(200, page(['a'], `http://x/?marker=${n++}`)) : undefined,
      },
      { cloudPagesMax: 3 },
    );
    assert.match((await problemFrom(cloud.list(get(), 'servers', item))).message, /does not end/);
    assert.equal(fake.of(serversPath).length, 3);
  });
});

describe('openstack client: catalog and versions', () => {
  const twoRegions = (url: string) => [
    { type: 'compute', endpoints: [endpoint(`${url}/v2.1`, 'east'), endpoint(`${url}/other`, 'west')] },
  ];

  it('takes the address of the region', async () => {
    await start({ catalog: twoRegions });
    await fake.cloud({ region: 'east' }).call(get());
    assert.equal(fake.of(serversPath).length, 1);
  });

  it('wants a region where there are several, and knows their names', async () => {
    await start({ catalog: twoRegions });
    for (const region of [undefined, 'north']) {
      const problem = await problemFrom(fake.cloud({ region }).call(get()));
      assert.equal(problem.code, 'config-invalid');
      assert.match(problem.fix!, /region_name .*east, west/);
    }
  });

  it('names the interfaces there are', async () => {
    await start({});
    const problem = await problemFrom(fake.cloud({ interface: 'internal' }).call(get()));
    assert.match(problem.fix!, /public/);
  });

  it('lacks a service that is not in the catalog', async () => {
    const cloud = await start({});
    assert.equal(cloud.has('volume'), undefined);
    await cloud.session(signal());
    assert.equal(cloud.has('volume'), false);
    const problem = await problemFrom(cloud.call(get({ service: 'volume', path: '/volumes' })));
    assert.equal(problem.code, 'unsupported');
  });

  const versions: readonly [string, string, string | undefined][] = [
    ['2.1', '2.93', '2.79'],
    ['2.1', '2.53', '2.53'],
    ['2.85', '2.99', '2.85'],
    ['', '', undefined],
  ];
  for (const [lowest, highest, chosen] of versions)
    it(`speaks ${chosen ?? 'no microversion'} where ${lowest || 'none'} to ${highest || 'none'} are offered`, async () => {
      const cloud = await start({
        reply: ({ path }) =>
          path === '/v2.1/'
            ? answer(200, { version: { id: 'v2.1', version: highest, min_version: lowest } })
            : undefined,
      });
      await cloud.call(get());
      assert.equal(fake.of(serversPath)[0]!.headers['x-openstack-nova-api-version'], chosen);
    });

  it('works where the versions are hidden', async () => {
    const cloud = await start({ reply: ({ path }) => (path === '/v2.1/' ? answer(403, 'no') : undefined) });
    assert.equal((await cloud.call(get())).status, 200);
  });
});

describe('openstack client: what a person is told', () => {
  const cases: readonly [number, unknown, string, RegExp][] = [
    [400, { badRequest: { message: 'Invalid flavorRef' } }, 'cloud-invalid', /Invalid flavorRef/],
    [
      403,
      { forbidden: { message: 'Policy does not allow it' } },
      'cloud-forbidden',
      /User ann may not read the servers in project demo/,
    ],
    [
      403,
      { forbidden: { message: 'Quota exceeded for cores: 20' } },
      'cloud-quota',
      /quota in project demo is full/,
    ],
    [404, { itemNotFound: { message: 'no such' } }, 'cloud-not-found', /no such/],
    [
      409,
      { conflictingRequest: { message: 'in task_state deleting' } },
      'cloud-conflict',
      /state things are in/,
    ],
    [
      409,
      { NeutronError: { type: 'OverQuota', message: 'Quota exceeded for resources: port' } },
      'cloud-quota',
      /quota/,
    ],
    [413, { overLimit: { message: 'VolumeLimitExceeded' } }, 'cloud-quota', /quota/],
    [500, '<html><title>x</title><h1>500</h1>Ooops</html>', 'cloud-failed', /Ooops/],
  ];
  for (const [status, body, code, says] of cases)
    it(`${status} ${code}`, async () => {
      const cloud = await start({
        reply: ({ path }) => (isServers(path) ? answer(status, body) : undefined),
      });
      const problem = await problemFrom(cloud.call(get()));
      assert.equal(problem.code, code);
      assert.match(problem.message, says);
      assert.ok(problem.fix);
    });

  it('shortens what the cloud says and keeps it on one line', async () => {
    const message = `first\nsecond\u0007 ${'x'.repeat(2_000)}`;
    const cloud = await start({
      reply: ({ path }) => (isServers(path) ? answer(400, { badRequest: { message } }) : undefined),
    });
    const problem = await problemFrom(cloud.call(get()));
    assert.match(problem.message, /first second/);
    assert.ok(problem.message.length < 450);
  });
});
