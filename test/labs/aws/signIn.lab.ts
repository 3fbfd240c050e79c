// Ways to sign in that need more than keys in a file: a login of SSO that has run out, and the role of a machine by its
// metadata service, which a small server on loopback stands for. The account behind both is moto.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { problemOf } from '../../../shared/model/problem.ts';
import { type AwsHome, makeAwsHome } from '../../executors/aws/home.ts';
import { requireLab } from '../lab.ts';
import type { Moto } from './moto.ts';

const signal = () => AbortSignal.timeout(30_000);

describe('signing in to AWS', function () {
  this.timeout(60_000);
  const homes: AwsHome[] = [];
  const was = { HOME: process.env.HOME, endpoint: process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT };
  let moto: Moto;

  before(async function () {
    moto = await (await requireLab('aws', this)).start();
  });
  afterEach(async () => {
    restore('HOME', was.HOME);
    restore('AWS_EC2_METADATA_SERVICE_ENDPOINT', was.endpoint);
    for (const home of homes.splice(0)) await home.dispose();
  });
  after(() => moto?.dispose());

  async function homeWith(config: string, env: Readonly<Record<string, string>> = {}): Promise<AwsHome> {
    const home = await makeAwsHome(config, '', env);
    homes.push(home);
    return home;
  }
  const problemIn = async (home: AwsHome, name: string) => {
    const executor = await home.open(name);
    return problemOf(
      await executor.identity(signal()).then(
        () => assert.fail('signed in'),
        (error) => error,
      ),
    );
  };

  it('names the command where a login of SSO has run out', async () => {
    const home = await homeWith(
      `[profile shop-prod]\nregion = eu-central-1\nendpoint_url = ${moto.endpoint}\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = ops\n` +
        '[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://corp.awsapps.com/start\n',
    );
    // As the AWS tools leave it: by the hash of the session's name, an hour over.
    const cache = join(home.folder, '.aws', 'sso', 'cache');
    const token = { accessToken: 'gone', expiresAt: '2024-01-01T00:00:00Z', region: 'eu-central-1' };
    await mkdir(cache, { recursive: true });
    const file = join(cache, `${createHash('sha1').update('corp').digest('hex')}.json`);
    await writeFile(file, JSON.stringify({ ...token, startUrl: 'https://corp.awsapps.com/start' }));
    process.env.HOME = home.folder;
    const problem = await problemIn(home, 'shop-prod');
    assert.equal(problem.code, 'cloud-unauthorized');
    assert.match(problem.message, /SSO login of the profile "shop-prod" is missing or has expired/);
    assert.match(problem.fix ?? '', /aws sso login --profile shop-prod/);
    assert.ok(!JSON.stringify(problem).includes('gone'));
  });

  it('takes the role of the machine from its metadata service, by a session token', async () => {
    const service = await startMetadata({ role: 'pilot' });
    try {
      const env = machine(service.url);
      const executor = await (await homeWith('', env)).open('role of this machine');
      const identity = await executor.identity(signal());
      assert.equal(identity.project, '123456789012');
      assert.deepEqual(service.asked.slice(0, 2), [
        'PUT /latest/api/token',
        'GET /latest/meta-data/iam/security-credentials/',
      ]);
      assert.ok(service.isTokenShown(), 'every question after the first shows the token');
    } finally {
      await service.close();
    }
  });

  it('says what to look at where the machine has no role', async () => {
    const service = await startMetadata({});
    try {
      const problem = await problemIn(await homeWith('', machine(service.url)), 'role of this machine');
      assert.equal(problem.code, 'cloud-unauthorized');
      assert.match(problem.fix ?? '', /Check that the machine has a role/);
    } finally {
      await service.close();
    }
  });

  /** What the daemon is told on a machine of EC2; the SDK reads the address of the service by itself. */
  function machine(url: string): Readonly<Record<string, string>> {
    process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT = url;
    return { PILOTHOUSE_AWS_METADATA: 'on', AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: moto.endpoint };
  }
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

interface Metadata {
  readonly url: string;
  readonly asked: readonly string[];
  isTokenShown(): boolean;
  close(): Promise<void>;
}

/** The metadata service of an instance, version 2: nothing is said without a token that was asked for before. */
async function startMetadata({ role }: { readonly role?: string }): Promise<Metadata> {
  const asked: string[] = [];
  const tokens: unknown[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.method === 'PUT') return void response.end('a-session-token');
    tokens.push(request.headers['x-aws-ec2-metadata-token']);
    const folder = '/latest/meta-data/iam/security-credentials/';
    if (role !== undefined && request.url === folder) return void response.end(role);
    if (role !== undefined && request.url === `${folder}${role}`)
      return void response.end(JSON.stringify(credentials()));
    response.writeHead(404).end('Not Found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    isTokenShown: () => tokens.length > 0 && tokens.every((token) => token === 'a-session-token'),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function credentials() {
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  const keys = { AccessKeyId: 'ASIAMACHINE000000000', SecretAccessKey: 'ofTheMachine', Token: 'session' };
  return { Code: 'Success', Type: 'AWS-HMAC', LastUpdated: new Date().toISOString(), Expiration, ...keys };
}
