// What a user of a cluster may not do is known before anybody wishes it: asked of a real API server, as a user who may
// look at everything and change things in one namespace only.

import assert from 'node:assert/strict';
import type { Executor } from '../../../daemon/executors/contract.ts';
import { requireLab } from '../lab.ts';
import { type Home, makeHome, openNamespace } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';
import { allowViewer, viewerOf } from './viewer.ts';

describe('what may not be done in a cluster', function () {
  this.timeout(60_000);
  const space = `denials-${process.pid}`;
  const viewer = viewerOf(space);
  // More than would be asked thing by thing, and behind all others.
  const more = Array.from({ length: 14 }, (_, index) => `zz-${space}-${index}`);
  let lab: KubernetesLab;
  let home: Home;
  const undo: (() => Promise<void>)[] = [];

  before(async function () {
    lab = await requireLab('kubernetes', this);
    undo.push(await openNamespace(lab, space));
    for (const name of more) {
      undo.push(() => lab.api.remove(`/api/v1/namespaces/${name}`));
      await lab.api.create('/api/v1/namespaces', { metadata: { name } });
    }
    undo.push(await allowViewer(lab, viewer, space));
    home = await makeHome(lab, [
      { name: 'viewer', user: viewer.user(lab), namespace: space },
      { name: 'admin' },
    ]);
  });
  after(async () => {
    await home?.dispose();
    for (const step of undo.reverse()) await step();
  });

  const denialsOf = (executor: Executor) => executor.denials!(AbortSignal.timeout(30_000));

  it('is told with the reason, for the namespaces where it is so', async () => {
    const executor = await home.open('viewer');
    const { user } = await executor.identity(AbortSignal.timeout(30_000));
    assert.equal(user, viewer.name, 'who is impersonated acts, not who signed in');
    const denied = await denialsOf(executor);
    const cordon = denied.find(({ operation }) => operation === 'cordon.node');
    assert.equal(cordon?.namespaces, undefined, 'nodes belong to no namespace');
    assert.match(cordon?.reason ?? '', /User .* may not patch nodes\./);
    const scale = denied.find(({ operation }) => operation === 'scale.deployment');
    const namespaces = scale?.namespaces ?? [];
    assert.ok(namespaces.includes('default'), JSON.stringify(scale));
    assert.ok(!namespaces.includes(space), 'there it is allowed');
    assert.match(scale?.reason ?? '', /may not patch deployments in .* and \d+ more\.$/);
    assert.deepEqual(
      more.filter((name) => !namespaces.includes(name)),
      [],
      'every namespace is asked',
    );
  });

  it('is what the server says when asked for the single thing, in every namespace', async () => {
    const executor = await home.open('viewer');
    await executor.identity(AbortSignal.timeout(30_000));
    const denied = await denialsOf(executor);
    const review = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const user = viewer.name;
    for (const namespace of [space, 'default', more[13]!]) {
      const resourceAttributes = { verb: 'delete', resource: 'pods', namespace };
      const { status } = await lab.api.create<{ status: { allowed: boolean } }>(review, {
        spec: { user, resourceAttributes },
      });
      const isDenied = denied.some(
        ({ operation, namespaces }) =>
          operation === 'delete.pod' && (namespaces === undefined || namespaces.includes(namespace)),
      );
      assert.equal(isDenied, !status.allowed, namespace);
    }
  });

  it('is nothing for an administrator', async () => {
    const executor = await home.open('admin');
    await executor.identity(AbortSignal.timeout(30_000));
    assert.deepEqual(await denialsOf(executor), []);
  });
});
