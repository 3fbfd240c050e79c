// Which clouds are found, in which file, and what is said where one cannot be used. No message and no candidate may
// hold a secret.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { guessEnvironment } from '../../../daemon/executors/kit/environmentLabel.ts';
import { filesOf } from '../../../daemon/executors/openstack/config/cloudsFile.ts';
import { findClouds, loadCloud } from '../../../daemon/executors/openstack/config/findClouds.ts';
import { problemFrom } from './steps.ts';

const secret = 'hunter2-in-clear';
const good = `clouds:
  dev-east:
    region_name: RegionOne
    auth: {auth_url: "http://127.0.0.1:5000/v3", username: ann, password: ${secret}, project_name: web}
`;

describe('openstack clouds', () => {
  let folder: string;
  const places = (env: Record<string, string> = {}) => ({
    env,
    homeFolder: folder,
    systemFolder: join(folder, 'etc'),
  });
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    return join(folder, path);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pilothouse-clouds-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds nothing where there is nothing', async () => {
    assert.deepEqual(await findClouds(places()), { candidates: [], problems: [] });
  });

  it('finds a cloud in the home folder, without its secret', async () => {
    await put('.config/openstack/clouds.yaml', good);
    const found = await findClouds(places());
    assert.deepEqual(found, {
      candidates: [
        {
          id: 'os-dev-east',
          provider: 'openstack',
          name: 'dev-east',
          environment: 'dev',
          region: 'RegionOne',
          simulated: false,
          origin: '~/.config/openstack/clouds.yaml',
        },
      ],
      problems: [],
    });
  });

  it('takes the first file of the order, and never that of the working folder', async () => {
    await put('etc/clouds.yaml', good.replace('dev-east', 'system'));
    assert.equal((await findClouds(places())).candidates[0]?.name, 'system');
    await put('.config/openstack/clouds.yaml', good.replace('dev-east', 'home'));
    assert.equal((await findClouds(places())).candidates[0]?.name, 'home');
    const named = await put('named.yaml', good.replace('dev-east', 'named'));
    assert.equal((await findClouds(places({ OS_CLIENT_CONFIG_FILE: named }))).candidates[0]?.name, 'named');
    assert.ok(filesOf(places()).every((file) => file.startsWith('/')));
  });

  it('merges secure.yaml over it and clouds-public.yaml under it', async () => {
    await put(
      '.config/openstack/clouds.yaml',
      'clouds:\n  prod:\n    profile: acme\n    auth: {username: ann, project_name: web}\n',
    );
    await put('.config/openstack/secure.yaml', `clouds:\n  prod:\n    auth: {password: ${secret}}\n`);
    await put(
      '.config/openstack/clouds-public.yaml',
      'public-clouds:\n  acme:\n    region_name: acme-1\n    auth: {auth_url: "https://acme.example:5000"}\n',
    );
    const found = await findClouds(places());
    assert.deepEqual(found.problems, []);
    assert.equal(found.candidates[0]?.environment, 'prod');
    const config = await loadCloud('os-prod', places());
    assert.equal(config.authUrl, 'https://acme.example:5000/v3');
    assert.equal(config.region, 'acme-1');
    assert.deepEqual(config.credential, {
      kind: 'password',
      user: { name: 'ann', domain: { id: 'default' } },
      password: secret,
    });
  });

  it('keeps a password as it is written', async () => {
    await put('.config/openstack/clouds.yaml', good.replace(secret, '0123'));
    const { credential } = await loadCloud('os-dev-east', places());
    assert.equal(credential.kind === 'password' && credential.password, '0123');
  });

  it('names the line of a broken file, and shows none of it', async () => {
    await put('.config/openstack/clouds.yaml', `clouds:\n  a:\n    auth:\n\t  password: ${secret}\n`);
    const { problems, candidates } = await findClouds(places());
    assert.deepEqual(candidates, []);
    assert.match(problems[0]!.message, /~\/\.config\/openstack\/clouds\.yaml, line 4: a tab/);
    assert.ok(!JSON.stringify(problems).includes(secret));
  });

  for (const [what, text] of [
    ['a quote that does not end', `clouds:\n  a:\n    auth: {password: "${secret}\n`],
    ['an indentation that does not fit', `clouds:\n  a:\n    auth:\n      x: 1\n   password: ${secret}\n`],
    ['no mapping', `- ${secret}\n`],
    ['clouds that are a list', `clouds:\n  - ${secret}\n`],
  ])
    it(`says so of ${what}`, async () => {
      await put('.config/openstack/clouds.yaml', text!);
      const { problems } = await findClouds(places());
      assert.equal(problems.length, 1);
      assert.match(problems[0]!.message, /clouds\.yaml/);
      assert.ok(problems[0]!.fix);
      assert.ok(!JSON.stringify(problems).includes(secret));
    });

  const broken: readonly [string, string, RegExp, RegExp][] = [
    ['no auth_url', 'username: a, password: b', /no auth_url/, /Keystone/],
    ['an auth_url that is none', 'auth_url: here, username: a, password: b', /not an http/, /https:/],
    ['no user', 'auth_url: "http://k/v3", password: b', /no username/, /auth\.username/],
    ['no password', 'auth_url: "http://k/v3", username: a', /no password/, /secure\.yaml/],
    [
      'the whole system as scope',
      'auth_url: "http://k/v3", username: a, password: b, system_scope: all',
      /whole system/,
      /project_name/,
    ],
  ];
  for (const [what, auth, message, fix] of broken)
    it(`says so of a cloud with ${what}, and keeps the others`, async () => {
      await put('.config/openstack/clouds.yaml', `${good}  bad:\n    auth: {${auth}}\n`);
      const { problems, candidates } = await findClouds(places());
      assert.deepEqual(
        candidates.map((one) => one.name),
        ['dev-east'],
      );
      assert.match(problems[0]!.message, message);
      assert.match(problems[0]!.message, /cloud "bad"/);
      assert.match(problems[0]!.fix, fix);
    });

  it('says so of an interface and a way to log in that it does not know', async () => {
    const cloud = (name: string, line: string) =>
      `  ${name}:\n    ${line}\n    auth: {auth_url: "http://k/v3", username: a, password: b}\n`;
    await put(
      '.config/openstack/clouds.yaml',
      `clouds:\n${cloud('a', 'interface: outside')}${cloud('b', 'auth_type: v3oidcpassword')}`,
    );
    const { problems } = await findClouds(places());
    assert.match(problems[0]!.fix, /public, internal, admin/);
    assert.match(problems[1]!.fix, /application credential/);
  });

  it('reads OS_* variables as a cloud of its own', async () => {
    const env = {
      OS_AUTH_URL: 'http://k:5000',
      OS_USERNAME: 'ann',
      OS_PASSWORD: secret,
      OS_PROJECT_NAME: 'staging-web',
    };
    const { candidates } = await findClouds(places(env));
    assert.equal(candidates[0]?.origin, 'environment variables');
    assert.equal(candidates[0]?.environment, 'staging');
    const config = await loadCloud(candidates[0]!.id, places(env));
    assert.equal(config.authUrl, 'http://k:5000/v3');
    assert.deepEqual(config.scope, { kind: 'project', name: 'staging-web', domain: { id: 'default' } });
  });

  it('reads an application credential and a token from variables', async () => {
    const application = {
      OS_AUTH_URL: 'http://k',
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: 'i',
      OS_APPLICATION_CREDENTIAL_SECRET: secret,
    };
    const id = (await findClouds(places(application))).candidates[0]!.id;
    assert.deepEqual((await loadCloud(id, places(application))).credential, {
      kind: 'application-credential',
      id: 'i',
      secret,
    });
    const token = {
      OS_AUTH_URL: 'http://k',
      OS_TOKEN: secret,
      OS_INSECURE: 'true',
      OS_CACERT: '~/ca.pem',
      OS_ENDPOINT_TYPE: 'internalURL',
    };
    const config = await loadCloud(id, places(token));
    assert.deepEqual(config.credential, { kind: 'token', token: secret });
    assert.equal(config.verify, false);
    assert.equal(config.caFile, join(folder, 'ca.pem'));
    assert.equal(config.interface, 'internal');
  });

  it('says so where OS_CLOUD or OS_CLIENT_CONFIG_FILE name what is not there', async () => {
    await put('.config/openstack/clouds.yaml', good);
    const unknown = await findClouds(places({ OS_CLOUD: 'moon' }));
    assert.match(unknown.problems[0]!.message, /OS_CLOUD names the cloud "moon"/);
    assert.match(unknown.problems[0]!.fix, /dev-east/);
    assert.equal(unknown.candidates.length, 1);
    const missing = await findClouds(places({ OS_CLIENT_CONFIG_FILE: join(folder, 'nowhere.yaml') }));
    assert.match(missing.problems[0]!.message, /~\/nowhere\.yaml, but there is no such file/);
  });

  it('says so of a profile that nobody describes', async () => {
    await put(
      '.config/openstack/clouds.yaml',
      'clouds:\n  a:\n    profile: nimbus\n    auth: {username: a, password: b}\n',
    );
    assert.match((await findClouds(places())).problems[0]!.message, /profile "nimbus"/);
  });

  it('makes a connection of each region, with ids that stay', async () => {
    await put(
      '.config/openstack/clouds.yaml',
      good.replace('region_name: RegionOne', 'regions: [east, west]'),
    );
    const { candidates } = await findClouds(places());
    assert.deepEqual(
      candidates.map((one) => [one.id, one.region]),
      [
        ['os-dev-east.east', 'east'],
        ['os-dev-east.west', 'west'],
      ],
    );
    assert.equal((await loadCloud('os-dev-east.west', places())).region, 'west');
  });

  it('never gives two clouds one id', async () => {
    const auth = 'auth: {auth_url: "http://k", username: a, password: b}';
    await put(
      '.config/openstack/clouds.yaml',
      `clouds:\n  My Cloud:\n    ${auth}\n  my-cloud:\n    ${auth}\n  MY_CLOUD:\n    ${auth}\n`,
    );
    const ids = (await findClouds(places())).candidates.map((one) => one.id);
    assert.equal(new Set(ids).size, 3);
    for (const id of ids) assert.match(id, /^[a-z0-9._-]+$/);
  });

  it('says so where a cloud is not configured any more', async () => {
    await put('.config/openstack/clouds.yaml', good);
    const problem = await problemFrom(loadCloud('os-gone', places()));
    assert.match(problem.fix!, /dev-east/);
  });
});

describe('the environment a name suggests', () => {
  for (const [name, expected] of [
    ['prod', 'prod'],
    ['acme-production-eu', 'prod'],
    ['live.shop', 'prod'],
    ['pre-prod', 'staging'],
    ['preprod', 'staging'],
    ['staging_eu', 'staging'],
    ['web-dev', 'dev'],
    ['devstack', 'dev'],
    ['qa2', 'test'],
    ['dev-prod-mirror', 'prod'],
    ['nonprod', 'unknown'],
    ['non-prod', 'unknown'],
    ['demo', 'unknown'],
    ['productivity', 'unknown'],
    ['delivery', 'unknown'],
  ] as const)
    it(`${name}: ${expected}`, () => assert.equal(guessEnvironment(name), expected));
});
