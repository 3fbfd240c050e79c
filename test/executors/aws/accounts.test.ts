// Which connections are found in the files of the AWS tools, and what is said of those that cannot be used. Nothing
// here reaches out, and nothing that is secret leaves the files.

import assert from 'node:assert/strict';
import { findAccounts, loadAccount } from '../../../daemon/executors/aws/config/findAccounts.ts';
import { parseIni } from '../../../daemon/executors/aws/config/ini.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import { type AwsHome, keys, makeAwsHome } from './home.ts';

describe('the profiles of the AWS tools', () => {
  let home: AwsHome | undefined;
  afterEach(async () => {
    await home?.dispose();
    home = undefined;
  });

  async function find(config: string, credentials = '', env: Readonly<Record<string, string>> = {}) {
    home = await makeAwsHome(config, credentials, env);
    const { candidates, problems } = await findAccounts(home.context);
    return {
      names: candidates.map((one) => `${one.name} ${one.region} ${one.environment}`),
      ids: candidates.map((one) => one.id),
      problems: problems.map((one) => one.message),
      all: JSON.stringify({ candidates, problems }),
    };
  }

  it('asks an account as often as the settings say, and as its profile says where that does', async () => {
    const config = (more: string) => `[profile a]\nregion = eu-west-1\n${keys('AKIAA')}${more}`;
    const env = { PILOTHOUSE_REQUESTS_PER_SECOND: '7' };
    const rate = async () => (await loadAccount('aws-a.eu-west-1', home!.context)).requestsPerSecond;
    await find(config(''), '', env);
    assert.equal(await rate(), 7);
    await home!.write(config('pilothouse_requests_per_second = 5\n'));
    assert.equal(await rate(), 5);
  });

  it('finds nothing on a machine without any', async () => {
    assert.deepEqual((await find('')).names, []);
  });

  it('asks the role of the machine only where a person says so', async () => {
    assert.deepEqual((await find('', '', { AWS_REGION: 'us-east-1' })).names, []);
    await home?.dispose();
    const asked = await find('', '', { AWS_REGION: 'us-east-1', PILOTHOUSE_AWS_METADATA: 'on' });
    assert.deepEqual(asked.names, ['role of this machine us-east-1 unknown']);
  });

  it('lays credentials over config, with one connection for each profile and region', async () => {
    const found = await find(
      '[default]\nregion = eu-west-1\n[profile shop-prod]\nregion = eu-central-1\npilothouse_regions = eu-central-1, us-east-1\nsso_session = corp\nsso_account_id = 1\nsso_role_name = ops\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://x\n',
      `[default]\n${keys('AKIADEFAULT')}`,
    );
    assert.deepEqual(found.names.toSorted(), [
      'default eu-west-1 unknown',
      'shop-prod eu-central-1 eu-central-1 prod',
      'shop-prod us-east-1 us-east-1 prod',
    ]);
    assert.deepEqual(found.ids.toSorted(), [
      'aws-default.eu-west-1',
      'aws-shop-prod.eu-central-1',
      'aws-shop-prod.us-east-1',
    ]);
    assert.ok(!found.all.includes('SesameOpen') && !found.all.includes('AKIADEFAULT'), 'no secret leaves');
  });

  it('knows roles, processes and tokens as ways to credentials', async () => {
    const found = await find(
      `[profile base]\nregion = eu-west-1\n${keys('AKIABASE')}` +
        '[profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n' +
        '[profile process]\nregion = eu-west-1\ncredential_process = /bin/true\n' +
        '[profile only-region]\nregion = eu-west-1\n',
    );
    assert.deepEqual(
      found.names.map((name) => name.split(' ')[0]),
      ['base', 'role', 'process'],
    );
  });

  it('says what is wrong with a profile, and keeps the others', async () => {
    const found = await find(
      `[profile good]\nregion = eu-west-1\n${keys('AKIAGOOD')}[profile bare]\n${keys('AKIABARE')}` +
        '[profile lost]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = nobody\n' +
        '[profile half]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/x\n',
      '',
      { AWS_PROFILE: 'gone' },
    );
    assert.deepEqual(found.names, ['good eu-west-1 unknown']);
    assert.equal(found.problems.length, 4);
    assert.match(found.problems.join('\n'), /"bare" says no region/);
    assert.match(found.problems.join('\n'), /by the profile "nobody", which is not there/);
    assert.match(found.problems.join('\n'), /role_arn but not who may take that role/);
    assert.match(found.problems.join('\n'), /AWS_PROFILE names the profile "gone"/);
  });

  it('names the line it cannot read, and never what stands there', async () => {
    const found = await find('[profile x]\nregion = eu-west-1\nsesame-open-secret\n', '', {
      AWS_ACCESS_KEY_ID: 'AKIAENV',
      AWS_SECRET_ACCESS_KEY: 'hush-hush',
      AWS_REGION: 'us-east-1',
    });
    assert.match(found.problems[0]!, /line 3/);
    assert.ok(!found.all.includes('sesame'));
    assert.deepEqual(found.names, ['AWS_* variables us-east-1 unknown'], 'variables go on');
    assert.ok(!found.all.includes('hush'));
  });

  it('reads the files afresh, and says when a profile is gone', async () => {
    await find(`[profile a]\nregion = eu-west-1\npilothouse_requests_per_second = 5\n${keys('AKIAA')}`);
    assert.equal((await loadAccount('aws-a.eu-west-1', home!.context)).requestsPerSecond, 5);
    await home!.write('');
    const problem = await loadAccount('aws-a.eu-west-1', home!.context).catch(problemOf);
    assert.equal('code' in problem && problem.code, 'config-invalid');
  });

  it('takes addresses of endpoints from variables, profiles and sections of services', async () => {
    await find(
      `[profile a]\nregion = eu-west-1\nservices = local\nendpoint_url = http://one\n${keys('AKIAA')}[services local]\nec2 =\n  endpoint_url = http://two\n`,
      '',
      { AWS_ENDPOINT_URL_RDS: 'http://three' },
    );
    const { endpoints } = await loadAccount('aws-a.eu-west-1', home!.context);
    assert.deepEqual(endpoints, { all: 'http://one', ec2: 'http://two', rds: 'http://three' });
  });

  it('reads the form of the files: comments, white space, sub-keys', () => {
    const file = parseIni(
      '# c\n[ profile  x ]\nregion=eu-west-1 ; c\ns3 =\n  max = 3\n\n; c\noutput = json\n',
      'f',
    );
    assert.deepEqual(file, { 'profile x': { region: 'eu-west-1', s3: '', 's3.max': '3', output: 'json' } });
  });
});
