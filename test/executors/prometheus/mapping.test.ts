// Labels become a resource only where exactly one fits; loopback, two of a name and simulated things never do.

import assert from 'node:assert/strict';
import { createMapper, hostOf, type Labels } from '../../../daemon/executors/prometheus/mapping.ts';
import type { Resource } from '../../../shared/model/resource.ts';

function thing(id: string, more: Partial<Resource> = {}): Resource {
  const [, connection = '', kind = '', path = ''] = /^([^:]+):([^/]+)\/(.+)$/.exec(id) ?? [];
  return {
    id,
    connection,
    provider: 'openstack',
    kind: kind as Resource['kind'],
    name: path.split('/').at(-1)!,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: {},
    ...more,
  };
}

const mapper = createMapper(
  [
    thing('os:vm/web-1', { attributes: { ip: '10.0.0.5', floating_ip: '203.0.113.7' } }),
    thing('os:vm/twin-a', { name: 'twin', attributes: { ip: '10.0.0.6' } }),
    thing('aws:vm/twin-b', { name: 'twin', attributes: { ip: '10.0.0.6' } }),
    thing('os:vm/many', { attributes: { ips: ['10.0.0.8', 'fd00::8'] } }),
    thing('k8s:node/node-1', { attributes: { ip: '10.1.0.1' } }),
    thing('k8s:pod/prod/web-abc', { namespace: 'prod' }),
    thing('k8s:deployment/prod/web', { namespace: 'prod' }),
    thing('sandbox:vm/demo', { simulated: true, attributes: { ip: '10.9.9.9' } }),
    thing('prometheus:host/node/10.0.0.5:9100', { name: '10.0.0.5:9100' }),
  ],
  'prometheus',
);

function check(labels: Labels, expected: string | undefined): void {
  it(`${JSON.stringify(labels)} is ${expected ?? 'nobody'}`, () =>
    assert.equal(mapper.resourceOf(labels), expected));
}

describe('the mapping of labels', () => {
  check({ instance: '10.0.0.5:9100', job: 'node' }, 'os:vm/web-1');
  check({ instance: '203.0.113.7:9100' }, 'os:vm/web-1');
  check({ instance: 'web-1:9100' }, 'os:vm/web-1');
  check({ instance: 'WEB-1' }, 'os:vm/web-1');
  check({ instance: '[fd00::8]:9100' }, 'os:vm/many');
  check({ instance: '10.0.0.6:9100' }, undefined);
  check({ instance: 'twin:9100' }, undefined);
  check({ instance: '127.0.0.1:9100' }, undefined);
  check({ instance: '127.0.0.1:9100', nodename: 'web-1' }, 'os:vm/web-1');
  check({ instance: 'localhost:9100', nodename: 'localhost' }, undefined);
  check({ instance: '10.9.9.9:9100' }, undefined);
  check({ namespace: 'prod', pod: 'web-abc' }, 'k8s:pod/prod/web-abc');
  check({ namespace: 'prod', deployment: 'web' }, 'k8s:deployment/prod/web');
  check({ namespace: 'test', pod: 'web-abc' }, undefined);
  check({ node: 'node-1' }, 'k8s:node/node-1');
  check({ job: 'x' }, undefined);

  it('takes the port off', () => {
    assert.deepEqual(['a:1', 'a', '10.0.0.1:9', 'fd00::1', '[fd00::1]:9', undefined].map(hostOf), [
      'a',
      'a',
      '10.0.0.1',
      'fd00::1',
      'fd00::1',
      undefined,
    ]);
  });
});
