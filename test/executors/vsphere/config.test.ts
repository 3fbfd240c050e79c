// Where vCenters are found: GOVC_* variables and vsphere.yaml, and what is said of those that cannot be used.

import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  findVcenters,
  loadVcenter,
  type VcenterPlaces,
} from '../../../daemon/executors/vsphere/config/findVcenters.ts';
import { parseSize } from '../../../daemon/executors/vsphere/operations/sizes.ts';

describe('vCenters that are configured', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'pilothouse-vs-'));
    await mkdir(path.join(home, '.config', 'pilothouse'), { recursive: true });
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const file = () => path.join(home, '.config', 'pilothouse', 'vsphere.yaml');
  const places = (env: VcenterPlaces['env'] = {}): VcenterPlaces => ({ env, homeFolder: home });
  const write = (text: string, mode = 0o600) => writeFile(file(), text, { mode });

  it('are none where nothing is configured', async () => {
    assert.deepEqual(await findVcenters(places()), { candidates: [], problems: [] });
  });

  it('come from the variables of govc, with the password kept out of the candidate', async () => {
    const env = { GOVC_URL: 'ops:s3cr3t-pw@vc-prod.example.com', GOVC_INSECURE: '1' };
    const { candidates } = await findVcenters(places(env));
    assert.deepEqual(
      candidates.map(({ id, name, environment }) => [id, name, environment]),
      [['vs-govc-variables', 'vc-prod.example.com', 'prod']],
    );
    assert.ok(!JSON.stringify(candidates).includes('s3cr3t-pw'));
    const vcenter = await loadVcenter('vs-govc-variables', places(env));
    assert.deepEqual(
      [vcenter.url.href.includes('/sdk'), vcenter.user, vcenter.password, vcenter.verify],
      [true, 'ops', 's3cr3t-pw', false],
    );
  });

  it('come from the file, several at once', async () => {
    await write(
      'vcenters:\n  lab: {url: vc1, user: ops, password: abc}\n  live: {url: "https://vc2:8443/sdk", user: ops, password_env: PW, environment: prod}\n',
    );
    const { candidates, problems } = await findVcenters(places());
    assert.deepEqual(problems, []);
    assert.deepEqual(
      candidates.map(({ id, environment }) => [id, environment]),
      [
        ['vs-lab', 'unknown'],
        ['vs-live', 'prod'],
      ],
    );
    assert.equal((await loadVcenter('vs-live', places({ PW: 'from-env' }))).password, 'from-env');
  });

  for (const [what, text, message] of [
    ['broken YAML', 'vcenters: {', /not valid YAML/],
    ['no list', 'lab: {}', /no list of vCenters/],
    ['a missing user', 'vcenters: {lab: {url: vc1}}', /"lab" is not usable: user/],
    ['an unknown setting', 'vcenters: {lab: {url: vc1, user: a, pasword: b}}', /"lab" is not usable/],
    ['a thumbprint that is none', 'vcenters: {lab: {url: vc1, user: a, thumbprint: 12}}', /not usable/],
    ['an address that is not https', 'vcenters: {lab: {url: "http://vc1", user: a}}', /no https address/],
  ] as const)
    it(`say what is wrong with ${what}`, async () => {
      await write(text);
      const { candidates, problems } = await findVcenters(places());
      assert.deepEqual(candidates, []);
      assert.match(problems[0]?.message ?? '', message);
      assert.ok(problems[0]?.fix);
    });

  it('refuse a file with a password that others can read', async function () {
    if (process.platform === 'win32') this.skip();
    await write('vcenters: {lab: {url: vc1, user: a, password: b}}');
    await chmod(file(), 0o644);
    assert.match((await findVcenters(places())).problems[0]?.message ?? '', /Others can read it/);
  });

  it('say that the password is missing when it is needed, not before', async () => {
    await write('vcenters: {lab: {url: vc1, user: a, password_env: NOT_SET}}');
    assert.equal((await findVcenters(places())).candidates.length, 1);
    await assert.rejects(loadVcenter('vs-lab', places()), /NOT_SET/);
  });

  it('say that one is not configured any more', async () => {
    await assert.rejects(loadVcenter('vs-gone', places()), /not configured any more/);
  });
});

describe('a size', () => {
  for (const [text, expected] of [
    ['4x16', '4x16'],
    ['4 vCPUs, 16 GB', '4x16'],
    ['2cpu-512mb', '2x0.5'],
    ['8 cores 32G memory', '8x32'],
    ['S.4', undefined],
    ['4', undefined],
    ['0x4', undefined],
    ['4x0', undefined],
  ] as const)
    it(`is read from “${text}”`, () => assert.equal(parseSize(text)?.name, expected));
});
