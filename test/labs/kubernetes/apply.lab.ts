// Manifests against a real control plane: opened as they stand, tried, diffed, applied by server-side apply; fields that
// somebody else owns stop it and are named; what is no manifest of one object, or a secret, is refused.

import assert from 'node:assert/strict';
import { parse, stringify } from 'yaml';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Arguments } from '../../../shared/model/operation.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { blockers, previewStep, problemFrom, readKind, runStep } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `apply-${process.pid}`;
const apps = `/apis/apps/v1/namespaces/${space}/deployments`;

describe('manifests on a real control plane', function () {
  this.timeout(120_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let cluster: Resource;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    home = await makeHome(lab, [{ name: 'apply', namespace: space }]);
    executor = await home.open('apply');
    await executor.identity(AbortSignal.timeout(20_000));
    [cluster] = (await readKind(executor, 'cluster')) as [Resource];
  });
  after(async () => {
    await home?.dispose();
    await close?.();
  });

  const step = (manifest: string, more: Arguments = {}) => ({
    operation: 'apply.cluster',
    target: cluster,
    args: { manifest, ...more },
  });
  const web = (image: string, replicas: number): string => {
    const containers = [{ name: 'main', image }];
    const manifest = deploymentOf('web', replicas, { containers });
    return stringify({ apiVersion: 'apps/v1', kind: 'Deployment', ...manifest });
  };

  it('makes what is not there, in the namespace of the context, and waits for it', async () => {
    const { preview, verification } = await runStep(executor, step(web('shop/web:1', 2)));
    assert.equal(preview.checkedBy, 'dry-run');
    assert.ok(preview.changes.some((one) => one.field === 'spec.replicas' && one.after === 2));
    assert.match(verification.observed, /web has 2 of 2 ready/);
    assert.deepEqual(preview.about, { title: `Deployment ${space}/web`, ids: [] });
  });

  it('changes only what differs, and says so', async () => {
    const { preview } = await runStep(executor, step(web('shop/web:2', 2)));
    assert.deepEqual(preview.changes, [
      {
        field: 'spec.template.spec.containers[main].image',
        before: 'shop/web:1',
        after: 'shop/web:2',
      },
    ]);
    const again = await previewStep(executor, step(web('shop/web:2', 2)));
    assert.equal(again.idle, true);
    const target = (await readKind(executor, 'deployment')).find((one) => one.namespace === space)!;
    assert.deepEqual(again.about?.ids, [target.id]);
  });

  it('opens an object as it stands, and applies what was edited', async () => {
    const target = (await readKind(executor, 'deployment')).find((one) => one.namespace === space)!;
    const { text } = await executor.readers.manifest!({
      resource: target,
      signal: AbortSignal.timeout(20_000),
    });
    assert.match(text, /^apiVersion: apps\/v1\nkind: Deployment\n/);
    assert.ok(!text.includes('managedFields'));
    const edited = parse(text) as { metadata: { labels: Record<string, string> } };
    edited.metadata.labels.team = 'ops';
    const { preview } = await runStep(executor, step(stringify(edited)));
    assert.deepEqual(preview.changes, [{ field: 'metadata.labels[team]', after: 'ops' }]);
  });

  it('is stopped by a field that somebody else owns, and takes it over only by force', async () => {
    await lab.api.require(
      'PATCH',
      `${apps}/web?fieldManager=somebody-else&force=true`,
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 3 } },
      'application/apply-patch+yaml',
    );
    const preview = await previewStep(executor, step(web('shop/web:2', 1)));
    assert.match(blockers(preview).join(), /\.spec\.replicas belongs to somebody else: .*somebody-else/);
    const forced = await runStep(executor, step(web('shop/web:2', 1), { force: true }));
    assert.match(forced.preview.notes.map((note) => note.message).join(), /somebody-else/);
    assert.equal(
      (await lab.api.require<{ spec: { replicas: number } }>('GET', `${apps}/web`)).spec.replicas,
      1,
    );
  });

  it('refuses what is no manifest of one object, and secrets', async () => {
    for (const [manifest, said] of [
      ['just words', /no manifest/],
      ['a: [', /not valid YAML/],
      [`${web('a:1', 1)}---\n${web('b:1', 1)}`, /2 objects/],
      ['apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {a: b}', /no secrets/],
      ['apiVersion: nosuch/v1\nkind: Thing\nmetadata: {name: x}', /does not serve Thing/],
      [
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: many}',
        /not valid|replicas/,
      ],
    ] as const)
      assert.match(blockers(await previewStep(executor, step(manifest))).join(), said);
    const secret = (await readKind(executor, 'secret'))[0];
    if (secret) {
      const reading = executor.readers.manifest!({ resource: secret, signal: AbortSignal.timeout(20_000) });
      assert.equal((await problemFrom(reading)).code, 'unsupported');
    }
  });
});
