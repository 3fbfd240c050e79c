// Proves that the OpenStack lab is what the tests think it is: a server comes up, gets a volume, is resized and
// goes; the refusals refuse; the TLS front and its faults work; one service can be frozen and comes back; reset
// leaves nothing. It works in a project of its own except for the checks of `demo`. Run by hand after a change of
// the lab: `node test/labs/openstack/smoke.ts`. Prints one line per check and ends with 1 when one fails.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { up } from '../lab.ts';
import { type OpenstackSession, signIn } from './openstackApi.ts';
import { openProject, resetProject } from './resetProject.ts';
import { startTlsFront, type TlsFront } from './tlsProxy.ts';

type Named = { readonly id: string; readonly name: string; readonly status: string };

const pollMs = 200;
const waitMsMax = 60_000;

const outcome = await up('openstack', (line) => process.stderr.write(`${line}\n`));
if (outcome.kind !== 'ready') throw new Error(outcome.reason);
const { lab } = outcome;
process.stdout.write(`up: ${outcome.tookMs} ms\n`);

const scratch = await openProject(lab, `smoke-${Date.now()}`);
const owner = scratch.session;
const admin = await lab.signIn('admin');
try {
  await check('a server reaches ACTIVE, takes a volume, is resized and goes', lifeOfServer);
  await check('eleven servers are refused (quota of 10)', quotaIsFull);
  await check('a missing network is refused', networkIsMissing);
  await check('a wrong password is refused with 401', passwordIsWrong);
  await check('demo is refused the hypervisors with 403', hypervisorsAreRefused);
  await check('the TLS front: CA file, self-signed, other host, expired', certificates);
  await check('the TLS front: the cloud did it, the answer was lost', answerIsLost);
  await check('nova-api frozen, thawed, killed and started', serviceIsDisturbed);
  await check('reset leaves nothing', resetIsComplete);
} finally {
  await scratch.dispose();
}

async function lifeOfServer(): Promise<void> {
  const server = await createServer(owner, 'life');
  await untilStatus(owner, server, 'ACTIVE');
  const { volume } = await owner.require<{ volume: Named }>('volumev3', 'POST', '/volumes', {
    volume: { name: 'life', size: 1 },
  });
  const volumeStatus = async () =>
    (await owner.require<{ volume: Named }>('volumev3', 'GET', `/volumes/${volume.id}`)).volume.status;
  await until('the volume is available', async () => (await volumeStatus()) === 'available');
  await owner.require('compute', 'POST', `/servers/${server}/os-volume_attachments`, {
    volumeAttachment: { volumeId: volume.id },
  });
  await until('the volume is in-use', async () => (await volumeStatus()) === 'in-use');
  const bigger = await findId(owner, 'compute', '/flavors', 'flavors', 'S.2');
  await owner.require('compute', 'POST', `/servers/${server}/action`, { resize: { flavorRef: bigger } });
  await untilStatus(owner, server, 'VERIFY_RESIZE');
  await owner.require('compute', 'POST', `/servers/${server}/action`, { confirmResize: null });
  await untilStatus(owner, server, 'ACTIVE');
  await owner.require('compute', 'DELETE', `/servers/${server}`);
  await until(
    'the server is gone',
    async () => (await owner.request('compute', 'GET', `/servers/${server}`)).status === 404,
  );
}

async function quotaIsFull(): Promise<void> {
  const answer = await requestServer(owner, 'full', { min_count: 11 });
  assert.equal(answer.status, 403);
  assert.match(JSON.stringify(answer.body), /Quota exceeded for instances/);
}

async function networkIsMissing(): Promise<void> {
  const answer = await requestServer(owner, 'lost', {
    networks: [{ uuid: '00000000-0000-0000-0000-000000000000' }],
  });
  assert.equal(answer.status, 400);
}

async function passwordIsWrong(): Promise<void> {
  const account = { authUrl: lab.authUrl, user: 'demo', password: 'wrong', project: 'demo' };
  await assert.rejects(signIn(account), /401/);
}

async function hypervisorsAreRefused(): Promise<void> {
  const demo = await lab.signIn('demo');
  assert.equal((await demo.request('compute', 'GET', '/os-hypervisors')).status, 403);
}

async function certificates(): Promise<void> {
  const expected = [
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ok'],
    ['privateAuthority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ok'],
    ['otherHost', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
  ] as const;
  for (const [certificate, untrusted, trusted] of expected) {
    const front = await startTlsFront(lab, { certificate });
    try {
      assert.equal(await visit(front, false), untrusted, `${certificate} without a CA file`);
      assert.equal(await visit(front, true), trusted, `${certificate} with its CA file`);
    } finally {
      await front.dispose();
    }
  }
}

async function answerIsLost(): Promise<void> {
  const front = await startTlsFront(lab);
  try {
    const account = { user: scratch.user, password: scratch.password, project: scratch.project };
    const ca = await readFile(front.caFile, 'utf8');
    const catalog = await postJson(`${front.authUrl}/auth/tokens`, ca, passwordAuth(account));
    assert.ok(
      catalog.body.includes(`${front.authUrl.replace('/identity/v3', '')}/compute/v2.1`),
      'the catalog is rewritten',
    );
    const token = catalog.token;
    front.setFault((request) =>
      request.service === 'volume' && request.method === 'POST' ? { kind: 'loseAnswer' } : undefined,
    );
    const url = `${front.authUrl.replace('/identity/v3', '')}/volume/v3/${owner.projectId}/volumes`;
    await assert.rejects(postJson(url, ca, { volume: { name: 'lost', size: 1 } }, token));
    const { volumes } = await owner.require<{ volumes: Named[] }>('volumev3', 'GET', '/volumes/detail');
    assert.deepEqual(volumes.filter((each) => each.name === 'lost').length, 1);
  } finally {
    await front.dispose();
  }
}

async function serviceIsDisturbed(): Promise<void> {
  const address = lab.origins.compute;
  const ask = (ms: number) =>
    fetch(address, { signal: AbortSignal.timeout(ms) }).then((answer) => answer.status);
  await lab.disturb('nova-api', 'freeze');
  await assert.rejects(ask(1000), { name: 'TimeoutError' });
  await lab.disturb('nova-api', 'thaw');
  assert.equal(await ask(10_000), 200);
  await lab.disturb('nova-api', 'kill');
  await assert.rejects(ask(1000), { message: 'fetch failed' });
  await lab.disturb('nova-api', 'start');
  assert.equal(await ask(10_000), 200);
}

async function resetIsComplete(): Promise<void> {
  await createServer(owner, 'left');
  await owner.require('network', 'POST', '/networks', { network: { name: 'left' } });
  const publicId = await findId(owner, 'network', '/networks', 'networks', 'public');
  await owner.require('network', 'POST', '/floatingips', { floatingip: { floating_network_id: publicId } });
  await resetProject(admin, owner);
  const { servers } = await owner.require<{ servers: Named[] }>('compute', 'GET', '/servers');
  const { floatingips } = await owner.require<{ floatingips: Named[] }>('network', 'GET', '/floatingips');
  const { networks } = await owner.require<{ networks: Named[] }>('network', 'GET', '/networks');
  assert.deepEqual(
    [servers, floatingips, networks.map((each) => each.name).sort()],
    [[], [], ['private', 'public']],
  );
}

async function check(title: string, body: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  try {
    await body();
    process.stdout.write(`ok    ${title} (${Math.round(performance.now() - startedAt)} ms)\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(`FAIL  ${title}: ${(error as Error).stack}\n`);
  }
}

async function createServer(session: OpenstackSession, name: string): Promise<string> {
  const answer = await requestServer(session, name);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return (answer.body as { server: Named }).server.id;
}

async function requestServer(session: OpenstackSession, name: string, more: object = {}) {
  const [flavorRef, imageRef, uuid] = await Promise.all([
    findId(session, 'compute', '/flavors', 'flavors', 'S.1'),
    findId(session, 'image', '/images', 'images', 'cirros'),
    findId(session, 'network', '/networks', 'networks', 'private'),
  ]);
  return session.request('compute', 'POST', '/servers', {
    server: { name, flavorRef, imageRef, networks: [{ uuid }], ...more },
  });
}

async function findId(
  session: OpenstackSession,
  service: 'compute' | 'image' | 'network',
  path: string,
  key: string,
  name: string,
): Promise<string> {
  const body = await session.require<Record<string, Named[]>>(service, 'GET', path);
  const row = body[key]?.find((each) => each.name === name);
  assert.ok(row, `${name} in ${path}`);
  return row.id;
}

async function untilStatus(session: OpenstackSession, server: string, wanted: string): Promise<void> {
  await until(`the server is ${wanted}`, async () => {
    const body = await session.require<{ server: Named }>('compute', 'GET', `/servers/${server}`);
    assert.notEqual(body.server.status, 'ERROR');
    return body.server.status === wanted;
  });
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + waitMsMax;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`not within ${waitMsMax} ms: ${what}`);
    await sleep(pollMs);
  }
}

/** `ok`, or the code of the TLS error. */
async function visit(front: TlsFront, withAuthority: boolean): Promise<string> {
  const ca = withAuthority ? await readFile(front.caFile, 'utf8') : undefined;
  return new Promise((resolve) => {
    https
      .get(front.authUrl, { ca, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200 ? 'ok' : String(answer.statusCode));
      })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

function passwordAuth(account: { user: string; password: string; project: string }): unknown {
  const domain = { name: 'Default' };
  const user = { name: account.user, domain, password: account.password };
  return {
    auth: {
      identity: { methods: ['password'], password: { user } },
      scope: { project: { name: account.project, domain } },
    },
  };
}

function postJson(
  url: string,
  ca: string,
  body: unknown,
  token?: string,
): Promise<{ body: string; token: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { 'x-auth-token': token }),
    };
    const request = https.request(url, { ca, method: 'POST', headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ body: text, token: String(answer.headers['x-subject-token'] ?? '') }));
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}
