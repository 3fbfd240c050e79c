// An object that was opened and edited, against a real control plane: it goes as a whole, so that what was taken out
// goes; a change since it was opened stops it, a change of its state does not; fields of others are named and taken
// over only when that is asked for. Custom resources, too; secrets never.

import assert from 'node:assert/strict';
import { parse, stringify } from 'yaml';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { blockers, previewStep, problemFrom, readKind, runStep } from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace, runDeployment } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `edit-${process.pid}`;
const group = `edit${process.pid}.example.com`;
const apps = `/apis/apps/v1/namespaces/${space}/deployments`;

interface Deployment {
  readonly spec: {
    readonly replicas: number;
    readonly template: { readonly spec: { readonly containers: readonly { env?: readonly unknown[] }[] } };
  };
}

describe('editing objects on a real control plane', function () {
  this.timeout(120_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let cluster: Resource;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    home = await makeHome(lab, [{ name: 'edit', namespace: space }]);
    executor = await home.open('edit');
    await executor.identity(AbortSignal.timeout(20_000));
    [cluster] = (await readKind(executor, 'cluster')) as [Resource];
    const containers = [
      {
        name: 'main',
        image: 'shop/web:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
    ];
    await runDeployment(lab, space, deploymentOf('web', 1, { containers }));
  });
  after(async () => {
    await home?.dispose();
    await close?.();
  });

  const find = async (kind: 'deployment' | 'custom-resource' | 'secret', name: string) =>
    (await readKind(executor, kind)).find((one) => one.namespace === space && one.name === name)!;
  const open = async (resource: Resource) =>
    executor.readers.manifest!({ resource, signal: AbortSignal.timeout(20_000) });
  const step = (text: string, version: string, force?: true) => ({
    operation: 'apply.cluster',
    target: cluster,
    args: { manifest: text, version, ...(force && { force }) },
  });
  const edit = (text: string, change: (object: never) => void) => {
    const object = parse(text) as never;
    change(object);
    return stringify(object);
  };

  it('names who owns a field that would change, and takes it over when that is asked for', async () => {
    const { text, version } = await open(await find('deployment', 'web'));
    assert.ok(!/managedFields|resourceVersion|status:/.test(text), text);
    const edited = edit(text, (object: Deployment & { spec: { replicas: number } }) => {
      object.spec.replicas = 2;
      object.spec.template.spec.containers[0]!.env = [{ name: 'A', value: '9' }];
    });
    const refused = await previewStep(executor, step(edited, version));
    assert.match(blockers(refused).join(), /\.spec\.replicas belongs to somebody else/);
    assert.ok(refused.notes.every((note) => note.level !== 'blocker' || note.liftedBy === 'force'));
    const { preview } = await runStep(executor, step(edited, version, true));
    assert.match(preview.notes.map((note) => note.message).join(), /belongs to somebody else/);
    const after = await lab.api.require<Deployment>('GET', `${apps}/web`);
    assert.equal(after.spec.replicas, 2);
    assert.deepEqual(after.spec.template.spec.containers[0]!.env, [{ name: 'A', value: '9' }], 'B is gone');
  });

  it('is not disturbed by its state, and is stopped by what somebody changed since', async () => {
    const target = await find('deployment', 'web');
    const { text, version } = await open(target);
    const edited = edit(text, (object: { metadata: { labels: Record<string, string> } }) => {
      object.metadata.labels.team = 'ops';
    });
    const pods = `/api/v1/namespaces/${space}/pods`;
    const { items } = await lab.api.require<{ items: { metadata: { name: string } }[] }>('GET', pods);
    await lab.api.remove(`${pods}/${items[0]!.metadata.name}`);
    const { preview } = await notAtTheSameMoment(() => runStep(executor, step(edited, version)));
    assert.deepEqual(preview.changes, [{ field: 'metadata.labels[team]', after: 'ops' }]);
    const late = await previewStep(executor, step(edited.replace('ops', 'dev'), version));
    assert.match(blockers(late).join(), /Deployment .*web was changed on the server since it was opened/);
    assert.equal((await open(target)).text.includes('team: ops'), true);
  });

  /** A controller may write the state in the very moment of a dry run; the server refuses that one, and the next is fine. */
  async function notAtTheSameMoment<T>(work: () => Promise<T>): Promise<T> {
    for (let turn = 1; ; turn++)
      try {
        return await work();
      } catch (error) {
        const { actual } = error as { actual?: unknown };
        if (turn === 5 || !/at the same moment/.test(JSON.stringify(actual ?? ''))) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
  }

  it('edits custom resources, and knows one that was made again', async () => {
    await defineWidgets(lab);
    const path = `/apis/${group}/v1/namespaces/${space}/widgets`;
    const widget = { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'w' }, spec: { size: 1 } };
    await lab.api.create(path, { ...widget, status: { seen: 'yes' } });
    const resource = await find('custom-resource', 'w');
    const { text, version } = await open(resource);
    assert.match(text, /kind: Widget[\s\S]*size: 1/);
    const edited = text.replace('size: 1', 'size: 2');
    const { preview } = await runStep(executor, step(edited, version, true));
    assert.deepEqual(preview.changes, [{ field: 'spec.size', before: 1, after: 2 }]);
    const now = await lab.api.require<{ status: unknown }>('GET', `${path}/w`);
    assert.deepEqual(now.status, { seen: 'yes' }, 'its state stays');
    await lab.api.remove(`${path}/w`);
    await lab.api.create(path, widget);
    const again = await previewStep(executor, step(edited, version));
    assert.match(blockers(again).join(), /was deleted and made again/);
    await lab.api.remove(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${group}`);
  });

  it('says what the server finds wrong before anybody says yes', async () => {
    const { text, version } = await open(await find('deployment', 'web'));
    const wrong = text.replace(/replicas: \d+/, 'replicas: -3');
    assert.match(blockers(await previewStep(executor, step(wrong, version, true))).join(), /replicas/);
  });

  it('never opens a secret', async () => {
    await lab.api.create(`/api/v1/namespaces/${space}/secrets`, {
      metadata: { name: 'door' },
      stringData: { key: 'open-sesame' },
    });
    const secret = await find('secret', 'door');
    const problem = await problemFrom(open(secret));
    assert.equal(problem.code, 'unsupported');
    assert.ok(!executor.manifests!.kinds.includes('secret'));
  });
});

async function defineWidgets(lab: KubernetesLab): Promise<void> {
  await lab.api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: { type: 'object', properties: { size: { type: 'integer' } } },
                status: { type: 'object', properties: { seen: { type: 'string' } } },
              },
            },
          },
        },
      ],
    },
  });
  await lab.api.until<{ status?: { conditions?: { type: string; status: string }[] } }>(
    `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${group}`,
    (found) =>
      found?.status?.conditions?.some((one) => one.type === 'Established' && one.status === 'True') === true,
  );
  await lab.api.until(`/apis/${group}/v1/namespaces/${space}/widgets`, (found) => found !== undefined);
}
