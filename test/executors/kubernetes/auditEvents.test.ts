// Single lines of an API server's audit log and what they come to: who was refused and from where, what the routine of
// the cluster is, and that no body, query or annotation gets out of a line.

import assert from 'node:assert/strict';
import { type AuditEvent, activityOf } from '../../../daemon/executors/kubernetes/audit/auditEvents.ts';

const place = { connection: 'k8s-lab', cluster: 'lab' };
const secret = { resource: 'secrets', namespace: 'shop', name: 'db' };

function lineOf(user: string | undefined, verb: string, objectRef: object, more: object = {}): AuditEvent {
  return {
    auditID: 'a-1',
    stage: 'ResponseComplete',
    verb,
    requestURI: '/api/v1/x',
    stageTimestamp: '2026-11-21T20:00:00.123456Z',
    ...(user !== undefined && { user: { username: user } }),
    sourceIPs: ['198.51.100.1', '10.0.0.9'],
    objectRef,
    responseStatus: { code: 200 },
    ...more,
  };
}

/** Who, what, what it comes to, how it ended, on what; undefined where it is passed over. */
function check(event: AuditEvent, expected: readonly (string | undefined)[] | undefined): void {
  const found = activityOf(event, place);
  const { principal, verb, does, outcome, target } = found ?? {};
  assert.deepEqual(found && [principal, verb, does, outcome, target], expected);
}

describe('a line of the audit log', () => {
  it('says who did what to which resource', () => {
    check(lineOf('ann', 'delete', { resource: 'pods', namespace: 'shop', name: 'web-1' }), [
      'ann',
      'delete pods',
      'destroy',
      'done',
      'k8s-lab:pod/shop/web-1',
    ]);
    check(
      lineOf('ann', 'patch', {
        resource: 'deployments',
        apiGroup: 'apps',
        namespace: 'a',
        name: 'b',
        subresource: 'scale',
      }),
      ['ann', 'patch deployments/scale', 'change', 'done', 'k8s-lab:deployment/a/b'],
    );
    check(
      lineOf('ann', 'delete', {
        resource: 'services',
        apiGroup: 'serving.knative.dev',
        namespace: 'a',
        name: 'b',
      }),
      ['ann', 'delete services', 'destroy', 'done', 'services a/b'],
    );
    check(lineOf('ann', 'list', { resource: 'secrets' }), [
      'ann',
      'list secrets',
      'read',
      'done',
      'all secrets',
    ]);
    check(lineOf('ann', 'delete', { resource: 'namespaces', namespace: 'a', name: 'a' }), [
      'ann',
      'delete namespaces',
      'destroy',
      'done',
      'k8s-lab:namespace/a',
    ]);
  });

  it('knows entering a container for what it is, by the old way and the new', () => {
    const exec = { resource: 'pods', subresource: 'exec', namespace: 'a', name: 'b' };
    for (const verb of ['create', 'get']) {
      const found = activityOf(lineOf('ann', verb, exec, { requestURI: '/x?command=canary' }), place);
      assert.equal(found?.does, 'change');
      assert.ok(!JSON.stringify(found).includes('canary'));
    }
  });

  it('knows who is not let in by the address that the server saw, and who may not by the name', () => {
    const address = ['10.0.0.9', 'authenticate', 'sign-in', 'refused', undefined];
    check(
      lineOf(undefined, 'list', secret, { stage: 'ResponseStarted', responseStatus: { code: 401 } }),
      address,
    );
    check(lineOf('eve', 'get', secret, { responseStatus: { code: 403 } }), [
      'eve',
      'get secrets',
      'read',
      'refused',
      'k8s-lab:secret/shop/db',
    ]);
    const path = { responseStatus: { code: 403 }, requestURI: '/metrics?token=canary', objectRef: undefined };
    check(lineOf('system:anonymous', 'get', {}, path), [
      '10.0.0.9',
      'get a path',
      'read',
      'refused',
      '/metrics',
    ]);
    check(lineOf('ann', 'delete', secret, { impersonatedUser: { username: 'root' } }), [
      'ann as root',
      'delete secrets',
      'destroy',
      'done',
      'k8s-lab:secret/shop/db',
    ]);
  });

  it('calls what hides trouble silence, and asking for all one may a look around', () => {
    const rules = {
      resource: 'prometheusrules',
      apiGroup: 'monitoring.coreos.com',
      namespace: 'a',
      name: 'b',
    };
    assert.equal(activityOf(lineOf('eve', 'delete', rules), place)?.does, 'silence');
    check(lineOf('eve', 'delete', rules, { requestURI: '/x?dryRun=All' }), undefined);
    assert.equal(
      activityOf(lineOf('eve', 'deletecollection', { resource: 'events' }), place)?.does,
      'silence',
    );
    assert.equal(
      activityOf(lineOf('eve', 'create', { resource: 'selfsubjectrulesreviews' }), place)?.does,
      'read',
    );
  });

  it('passes over the routine of the cluster and of machines, but never a machine that reads secrets or is refused', () => {
    const pods = { resource: 'pods', namespace: 'a', name: 'b' };
    const bot = 'system:serviceaccount:ci:runner';
    for (const own of [
      'system:kube-scheduler',
      'system:node:n1',
      'system:apiserver',
      'system:serviceaccount:kube-system:namespace-controller',
    ])
      check(lineOf(own, 'delete', pods), undefined);
    check(lineOf(bot, 'list', pods), undefined);
    check(lineOf(bot, 'watch', pods), undefined);
    check(lineOf(bot, 'patch', { ...pods, subresource: 'status' }), undefined);
    check(lineOf(bot, 'update', { resource: 'leases', apiGroup: 'coordination.k8s.io' }), undefined);
    check(lineOf('ann', 'create', { resource: 'selfsubjectaccessreviews' }), undefined);
    check(lineOf('ann', 'delete', pods, { requestURI: '/x?dryRun=All' }), undefined);
    check(lineOf('ann', 'watch', pods), undefined);
    check(lineOf('ann', 'get', pods, { responseStatus: { code: 404 } }), undefined);
    check(lineOf('ann', 'delete', pods, { stage: 'ResponseStarted' }), undefined);
    check(lineOf('ann', 'list', pods), undefined);
    check(lineOf('ann', 'list', { resource: 'nodes' }, { responseStatus: { code: 403 } }), undefined);
    const denied = { responseStatus: { code: 403 }, userAgent: 'pilothouse' };
    check(lineOf('ann', 'list', { resource: 'secrets' }, denied), undefined);
    assert.equal(activityOf(lineOf('ann', 'get', secret, denied), place)?.outcome, 'refused');
    const node = { resource: 'nodes', subresource: 'proxy', name: 'n1' };
    const sampled = (code: number) => ({
      requestURI: '/api/v1/nodes/n1/proxy/stats/summary?only_cpu_and_memory=true',
      responseStatus: { code },
    });
    check(lineOf('ann', 'get', node, sampled(200)), undefined);
    check(lineOf('ann', 'get', node, sampled(403)), undefined);
    const entered = { requestURI: '/api/v1/nodes/n1/proxy/run/shop/web-1/main' };
    assert.equal(activityOf(lineOf('ann', 'get', node, entered), place)?.does, 'change');
    assert.equal(activityOf(lineOf(bot, 'get', secret), place)?.does, 'read');
    assert.equal(
      activityOf(lineOf(bot, 'get', pods, { responseStatus: { code: 403 } }), place)?.outcome,
      'refused',
    );
    assert.equal(activityOf(lineOf(bot, 'delete', pods), place)?.does, 'destroy');
  });

  it('carries nothing of bodies, annotations and agents', () => {
    const bodies = {
      requestObject: { data: { password: 'canary-1' } },
      responseObject: { data: { password: 'canary-2' } },
      annotations: { note: 'canary-3' },
      userAgent: 'canary-4',
    };
    const found = activityOf(lineOf('ann', 'create', secret, bodies), place);
    assert.ok(found && !JSON.stringify(found).includes('canary'));
  });
});
