// The parts of the AWS executor that need no cloud: the budget of requests, errors in words, address ranges, prices and
// what names a resource to CloudWatch.

import assert from 'node:assert/strict';
import { usdOf } from '../../../daemon/executors/aws/api/price.ts';
import { failureOf, problemOfAws, renewal } from '../../../daemon/executors/aws/client/problems.ts';
import { createRateBudget } from '../../../daemon/executors/aws/client/rateBudget.ts';
import type { AccountSettings } from '../../../daemon/executors/aws/config/findAccounts.ts';
import { dimensionsOf } from '../../../daemon/executors/aws/metrics.ts';
import { freeRange, overlaps } from '../../../daemon/executors/aws/operations/network/ranges.ts';
import type { Resource } from '../../../shared/model/resource.ts';

const account: AccountSettings = {
  id: 'aws-dev.eu-west-1',
  name: 'dev',
  origin: '~/.aws/config',
  region: 'eu-west-1',
  profile: 'dev',
  source: 'keys',
  budget: 'profile dev',
  requestsPerSecond: 20,
  endpoints: {},
};
const at = { account, service: 'EC2', what: 'stop the instance web-1', who: 'ada' };
const thrown = (name: string, message = name, status = 400) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

describe('the budget of requests to an account', () => {
  it('lets a burst through at once, then waits, halves at a refusal, and comes back', async () => {
    let nowMs = 0;
    const budget = createRateBudget(10, { burst: 3, now: () => nowMs });
    const signal = AbortSignal.timeout(5_000);
    for (let request = 0; request < 3; request++) await budget.take(signal);
    budget.throttled();
    assert.equal(budget.perSecond, 5);
    assert.equal(budget.refusals, 1);
    nowMs += 2_000;
    assert.equal(budget.perSecond, 7);
    nowMs += 60_000;
    assert.equal(budget.perSecond, 10, 'never more than the person set');
    for (let refusal = 0; refusal < 20; refusal++) budget.throttled();
    assert.equal(budget.perSecond, 0.5, 'nothing stands still for good');
  });

  it('lets one who is cancelled leave without taking anything', async () => {
    const budget = createRateBudget(0.5, { burst: 0, now: () => 0 });
    const cancel = new AbortController();
    const waiting = budget.take(cancel.signal);
    cancel.abort();
    await assert.rejects(waiting);
  });
});

describe('what AWS refuses, in words', () => {
  const check = (name: string, code: string, words: RegExp) =>
    it(`${name} is ${code}`, () => {
      const problem = problemOfAws(thrown(name), at);
      assert.equal(problem.code, code);
      assert.match(problem.message, words);
      assert.ok(problem.fix);
    });
  check('UnauthorizedOperation', 'cloud-forbidden', /^ada may not stop the instance web-1\./);
  check('AccessDeniedException', 'cloud-forbidden', /^ada may not/);
  check('RequestExpired', 'cloud-unauthorized', /credentials of the profile "dev" have expired/);
  check('InvalidClientTokenId', 'cloud-unauthorized', /does not accept/);
  check('ThrottlingException', 'cloud-throttled', /too often/);
  check('InvalidInstanceID.NotFound', 'cloud-not-found', /does not have/);
  check('DBInstanceNotFound', 'cloud-not-found', /does not have/);
  check('OperationNotPermitted', 'cloud-conflict', /protected/);
  check('DependencyViolation', 'cloud-conflict', /still uses/);
  check('IncorrectInstanceState', 'cloud-conflict', /in the state/);
  check('InvalidDBInstanceState', 'cloud-conflict', /in the state/);
  check('VcpuLimitExceeded', 'cloud-quota', /quota/);
  check('InsufficientInstanceCapacity', 'cloud-failed', /no capacity/);
  check('InvalidParameterValue', 'cloud-invalid', /not valid/);

  it('leaves out the encoded message, and names the right that is missing', () => {
    const said =
      'User: x is not authorized to perform: ec2:StopInstances on y. Encoded authorization failure message: AbCdEf';
    assert.equal(
      problemOfAws(thrown('UnauthorizedOperation', said, 403), at).message,
      'ada may not stop the instance web-1. It needs ec2:StopInstances.',
    );
  });

  it('takes out what looks like a secret', () => {
    const said = 'bad key AKIAIOSFODNN7EXAMPLE in the request';
    assert.ok(
      !problemOfAws(thrown('InvalidParameterValue', said), at).message.includes('AKIAIOSFODNN7EXAMPLE'),
    );
  });

  it('tells apart what may be repeated', () => {
    assert.equal(failureOf(thrown('RequestLimitExceeded', '', 503)), 'throttled');
    assert.equal(failureOf(thrown('InternalError', '', 500)), 'broken');
    assert.equal(failureOf(thrown('InsufficientInstanceCapacity', '', 500)), 'refused');
    assert.equal(failureOf(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })), 'unsent');
    assert.equal(failureOf(Object.assign(new Error('x'), { code: 'ECONNRESET' })), 'unanswered');
    assert.equal(failureOf(Object.assign(new Error('x'), { name: 'CredentialsProviderError' })), 'refused');
  });

  it('says how credentials are renewed, by where they come from', () => {
    assert.match(renewal({ ...account, source: 'sso' }), /aws sso login --profile dev/);
    assert.match(renewal({ ...account, source: 'variables', profile: undefined }), /AWS_SESSION_TOKEN/);
  });
});

describe('address ranges', () => {
  it('knows which overlap', () => {
    assert.ok(overlaps('10.0.0.0/16', '10.0.5.0/24'));
    assert.ok(!overlaps('10.0.0.0/16', '10.1.0.0/16'));
    assert.ok(!overlaps('10.0.0.0/16', 'nonsense'));
  });
  it('finds the first free one, and none where all are taken', () => {
    assert.equal(freeRange(['10.0.0.0/16', '10.1.128.0/20', '172.31.0.0/16']), '10.2.0.0/16');
    assert.equal(freeRange(['10.0.0.0/8']), undefined);
  });
});

describe('the price list', () => {
  const product = (usd: string) =>
    JSON.stringify({
      terms: { OnDemand: { a: { priceDimensions: { b: { pricePerUnit: { USD: usd } } } } } },
    });
  it('gives the hourly price of a product, and nothing where there is none', () => {
    assert.equal(usdOf(product('0.0120000000')), 0.012);
    assert.equal(usdOf(product('0.0')), undefined);
    assert.equal(usdOf('{"terms":{}}'), undefined);
    assert.equal(usdOf('not json'), undefined);
    assert.equal(usdOf(undefined), undefined);
  });
});

describe('what names a resource to CloudWatch', () => {
  const of = (kind: Resource['kind'], path: string) =>
    dimensionsOf({ id: `aws-dev.eu-west-1:${kind}/${path}`, kind } as Resource)
      .map((one) => `${one.Name}=${one.Value}`)
      .join(' ');
  it('is by kind', () => {
    assert.equal(of('vm', 'i-1'), 'InstanceId=i-1');
    assert.equal(of('load-balancer', 'app/front/1'), 'LoadBalancer=app/front/1');
    assert.equal(of('deployment', 'ecs/shop/cart'), 'ClusterName=shop ServiceName=cart');
    assert.equal(of('deployment', 'scaling/workers'), 'AutoScalingGroupName=workers');
    assert.equal(of('service', 'lambda/mail'), 'FunctionName=mail');
  });
});
