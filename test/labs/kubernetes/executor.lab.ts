// The Kubernetes executor against a real control plane: every operation it offers, carried through and read back, what
// a preview says and what the server did. Works in namespaces of its own.

import assert from 'node:assert/strict';
import type { Executor } from '../../../daemon/executors/contract.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import {
  blockers,
  contextOf,
  handlerOf,
  performOnly,
  previewStep,
  problemFrom,
  readKind,
  runStep,
} from '../../executors/openstack/steps.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, type Home, makeHome, openNamespace, runDeployment } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `exec-${process.pid}`;
const apps = `/apis/apps/v1/namespaces/${space}`;
const core = `/api/v1/namespaces/${space}`;

interface Deployment {
  readonly metadata: { readonly uid: string; readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly replicas: number;
    readonly paused?: boolean;
    readonly template: { readonly spec: { readonly containers: readonly { name: string; image: string }[] } };
  };
}

describe('the Kubernetes executor on a real control plane', function () {
  this.timeout(180_000);
  let lab: KubernetesLab;
  let home: Home;
  let executor: Executor;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    home = await makeHome(lab, [{ name: 'exec', namespace: space }]);
    executor = await home.open('exec');
    await executor.identity(AbortSignal.timeout(20_000));
  });
  after(async () => {
    await home?.dispose();
    await close?.();
  });

  async function find(kind: string, name: string, namespace: string | null = space): Promise<Resource> {
    const all = await readKind(executor, kind);
    const found = all.find((one) => one.name === name && (one.namespace ?? null) === namespace);
    assert.ok(found, `no ${kind} ${name}: ${all.map((one) => one.id).join(' ')}`);
    return found;
  }
  const deployment = (name: string) => lab.api.require<Deployment>('GET', `${apps}/deployments/${name}`);

  it('knows who it acts as', async () => {
    const identity = await executor.identity(AbortSignal.timeout(20_000));
    assert.equal(identity.user, 'user-exec');
    assert.equal(identity.project, 'cluster-exec');
  });

  it('creates a deployment in the namespace of the context, and says that it chose it', async () => {
    const { preview, createdId, verification } = await runStep(executor, {
      operation: 'create.deployment',
      args: { name: 'web', image: 'shop/web:1.0.0', replicas: 2 },
    });
    assert.equal(preview.checkedBy, 'dry-run');
    assert.deepEqual(preview.resolvedArgs, { namespace: space });
    assert.match(preview.notes.map((note) => note.message).join(' '), /No namespace was named/);
    assert.equal(createdId, `k8s-exec:deployment/${space}/web`);
    assert.equal(verification.resource?.attributes.ready, 2);
    assert.equal((await deployment('web')).spec.replicas, 2);
  });

  it('refuses to create what is there, and in a namespace that is not', async () => {
    const args = { name: 'web', image: 'shop/web:1.0.0' };
    const twice = await previewStep(executor, { operation: 'create.deployment', args });
    assert.match(blockers(twice).join(), /already exists/);
    const nowhere = { ...args, namespace: 'nowhere' };
    const lost = await previewStep(executor, { operation: 'create.deployment', args: nowhere });
    assert.match(blockers(lost).join(), /nowhere/);
    const misnamed = { ...args, name: 'Not A Name' };
    const wrong = await previewStep(executor, { operation: 'create.deployment', args: misnamed });
    assert.match(blockers(wrong).join(), /Invalid value/i);
  });

  it('scales up and down, and shows the very field that changes', async () => {
    const { preview, verification } = await runStep(executor, {
      operation: 'scale.deployment',
      target: await find('deployment', 'web'),
      args: { replicas: 4 },
    });
    assert.deepEqual(preview.changes, [{ field: 'spec.replicas', before: 2, after: 4 }]);
    assert.equal(preview.checkedBy, 'dry-run');
    assert.equal(verification.resource?.attributes.ready, 4);
    const idle = await previewStep(executor, {
      operation: 'scale.deployment',
      target: await find('deployment', 'web'),
      args: { replicas: 4 },
    });
    assert.equal(idle.idle, true);
    await runStep(executor, {
      operation: 'scale.deployment',
      target: await find('deployment', 'web'),
      args: { replicas: 2 },
    });
  });

  it('rolls a new image out, back to the revision before, and back again by number', async () => {
    const target = await find('deployment', 'web');
    assert.equal(target.attributes.revision, 1);
    const { preview } = await runStep(executor, {
      operation: 'set-image.deployment',
      target,
      args: { image: 'shop/web:2.0.0' },
    });
    assert.deepEqual(preview.changes, [
      {
        field: 'spec.template.spec.containers[web].image',
        before: 'shop/web:1.0.0',
        after: 'shop/web:2.0.0',
      },
    ]);
    const back = await runStep(executor, {
      operation: 'rollback.deployment',
      target: await find('deployment', 'web'),
    });
    assert.deepEqual(back.preview.resolvedArgs, { to_revision: 1 });
    assert.equal((await deployment('web')).spec.template.spec.containers[0]?.image, 'shop/web:1.0.0');
    await runStep(executor, {
      operation: 'rollback.deployment',
      target: await find('deployment', 'web'),
      args: { to_revision: 2 },
    });
    assert.equal((await deployment('web')).spec.template.spec.containers[0]?.image, 'shop/web:2.0.0');
    const never = await previewStep(executor, {
      operation: 'rollback.deployment',
      target: await find('deployment', 'web'),
      args: { to_revision: 99 },
    });
    assert.match(blockers(never).join(), /no revision 99/);
  });

  it('restarts a rollout: every pod is another one afterwards', async () => {
    const podsOfWeb = async () =>
      (await readKind(executor, 'pod')).filter(
        (pod) => pod.namespace === space && pod.attributes.app === 'web' && pod.status === 'running',
      );
    const before = await podsOfWeb();
    await runStep(executor, {
      operation: 'rollout-restart.deployment',
      target: await find('deployment', 'web'),
    });
    const after = await podsOfWeb();
    assert.equal(after.length, 2);
    assert.ok(after.every((pod) => !before.some((old) => old.version === pod.version)));
  });

  it('pauses a rollout, says what that means for a restart, and resumes it', async () => {
    await runStep(executor, {
      operation: 'suspend.deployment',
      target: await find('deployment', 'web'),
    });
    assert.equal((await deployment('web')).spec.paused, true);
    const restart = await previewStep(executor, {
      operation: 'rollout-restart.deployment',
      target: await find('deployment', 'web'),
    });
    assert.match(blockers(restart).join(), /paused/);
    await runStep(executor, { operation: 'resume.deployment', target: await find('deployment', 'web') });
    assert.equal((await deployment('web')).spec.paused, undefined);
  });

  it('does not guess which of several containers gets an image', async () => {
    const containers = [
      { name: 'app', image: 'shop/app:1' },
      { name: 'proxy', image: 'mesh/proxy:1' },
    ];
    await runDeployment(lab, space, deploymentOf('pair', 1, { containers }));
    const target = await find('deployment', 'pair');
    const unclear = await previewStep(executor, {
      operation: 'set-image.deployment',
      target,
      args: { image: 'other/thing:2' },
    });
    assert.match(blockers(unclear).join(), /2 containers/);
    await runStep(executor, { operation: 'set-image.deployment', target, args: { image: 'mesh/proxy:2' } });
    const now = await find('deployment', 'pair');
    assert.equal(now.attributes.image, 'app=shop/app:1, proxy=mesh/proxy:2');
    const image = String(target.attributes.image);
    await runStep(executor, { operation: 'set-image.deployment', target: now, args: { image } });
    assert.equal((await find('deployment', 'pair')).attributes.image, image);
  });

  it('rolls stateful sets and daemon sets back by their own history', async () => {
    for (const kind of ['statefulset', 'daemonset'] as const) {
      const name = `${kind}-one`;
      const { spec, ...rest } = deploymentOf(name, 1) as { spec: { template: object; selector: object } };
      const body =
        kind === 'statefulset'
          ? { ...rest, spec: { ...spec, serviceName: name } }
          : { ...rest, spec: { selector: spec.selector, template: spec.template } };
      await lab.api.create(`${apps}/${kind}s`, body);
      await lab.api.until<{ status?: { readyReplicas?: number; numberReady?: number } }>(
        `${apps}/${kind}s/${name}`,
        (found) => (found?.status?.readyReplicas ?? found?.status?.numberReady ?? 0) > 0,
        60_000,
      );
      await runStep(executor, {
        operation: `set-image.${kind}`,
        target: await find(kind, name),
        args: { image: `shop/${name}:2.0.0` },
      });
      await runStep(executor, { operation: `rollback.${kind}`, target: await find(kind, name) });
      assert.equal((await find(kind, name)).attributes.image, `shop/${name}:1.0.0`);
      await runStep(executor, { operation: `delete.${kind}`, target: await find(kind, name) });
    }
  });

  it('restarts a pod and waits for the one in its place', async () => {
    const pod = (await readKind(executor, 'pod')).find(
      (one) => one.namespace === space && one.attributes.app === 'web',
    );
    const { verification } = await runStep(executor, { operation: 'restart.pod', target: pod! });
    assert.equal(verification.gone, true);
    assert.match(verification.observed, /2 of 2 ready/);
  });

  it('does not restart a pod that nobody would bring back', async () => {
    await lab.api.create(`${core}/pods`, {
      metadata: { name: 'alone', labels: { app: 'alone' } },
      spec: { containers: [{ name: 'main', image: 'shop/alone:1' }], terminationGracePeriodSeconds: 1 },
    });
    const target = await find('pod', 'alone');
    const preview = await previewStep(executor, { operation: 'restart.pod', target });
    assert.match(blockers(preview).join(), /No controller/);
    await runStep(executor, { operation: 'delete.pod', target });
  });

  it('sets and removes labels, and leaves the others', async () => {
    await runStep(executor, {
      operation: 'tag.deployment',
      target: await find('deployment', 'web'),
      args: { tags: { team: 'ops' } },
    });
    assert.deepEqual((await find('deployment', 'web')).tags, { app: 'web', team: 'ops' });
    await runStep(executor, {
      operation: 'untag.deployment',
      target: await find('deployment', 'web'),
      args: { keys: ['team'] },
    });
    assert.deepEqual((await find('deployment', 'web')).tags, { app: 'web' });
  });

  it('labels a config map without ever seeing what is in it', async () => {
    await lab.api.create(`${core}/configmaps`, {
      metadata: { name: 'settings' },
      data: { mode: 'hushhush' },
    });
    const target = await find('configmap', 'settings');
    const { preview, verification } = await runStep(executor, {
      operation: 'tag.configmap',
      target,
      args: { tags: { team: 'ops' } },
    });
    assert.ok(!JSON.stringify([preview, verification, target]).includes('hushhush'));
    const kept = await lab.api.require<{ data: Record<string, string> }>(
      'GET',
      `${core}/configmaps/settings`,
    );
    assert.deepEqual(kept.data, { mode: 'hushhush' });
    await runStep(executor, { operation: 'delete.configmap', target: await find('configmap', 'settings') });
  });

  it('suspends, resumes and runs a cron job, by the version the server has', async () => {
    await lab.api.create(`/apis/batch/v1beta1/namespaces/${space}/cronjobs`, {
      metadata: { name: 'nightly' },
      spec: {
        schedule: '30 2 * * *',
        jobTemplate: {
          spec: {
            template: {
              spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'shop/backup:1' }] },
            },
          },
        },
      },
    });
    await runStep(executor, { operation: 'suspend.cronjob', target: await find('cronjob', 'nightly') });
    assert.equal((await find('cronjob', 'nightly')).status, 'suspended');
    await runStep(executor, { operation: 'resume.cronjob', target: await find('cronjob', 'nightly') });
    const run = await runStep(executor, {
      operation: 'run.cronjob',
      target: await find('cronjob', 'nightly'),
    });
    assert.match(run.createdId ?? '', /:job\/.*\/nightly-manual-[0-9a-f]{6}$/);
    const job = await find('job', run.createdId!.split('/').at(-1)!);
    assert.equal(job.attributes.owner, `k8s-exec:cronjob/${space}/nightly`);
    await runStep(executor, { operation: 'delete.job', target: job });
    await runStep(executor, { operation: 'delete.cronjob', target: await find('cronjob', 'nightly') });
  });

  it('says that a quota does not suffice, where the server would just start nothing', async () => {
    await lab.api.create(`${core}/resourcequotas`, {
      metadata: { name: 'small' },
      spec: { hard: { pods: '5' } },
    });
    await lab.api.until<{ status?: { used?: object } }>(
      `${core}/resourcequotas/small`,
      (found) => found?.status?.used !== undefined,
    );
    const preview = await previewStep(executor, {
      operation: 'scale.deployment',
      target: await find('deployment', 'web'),
      args: { replicas: 9 },
    });
    assert.match(blockers(preview).join(), /quota does not suffice.*pods of quota small/i);
    await lab.api.remove(`${core}/resourcequotas/small`);
  });

  it('warns that an autoscaler will set the number again', async () => {
    await lab.api.create(`/apis/autoscaling/v1/namespaces/${space}/horizontalpodautoscalers`, {
      metadata: { name: 'web' },
      spec: {
        minReplicas: 2,
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      },
    });
    const preview = await previewStep(executor, {
      operation: 'scale.deployment',
      target: await find('deployment', 'web'),
      args: { replicas: 3 },
    });
    assert.match(preview.notes.map((note) => note.message).join(), /between 2 and 5/);
    await lab.api.remove(`/apis/autoscaling/v1/namespaces/${space}/horizontalpodautoscalers/web`);
  });

  it('stops where somebody else changed the target since it was shown', async () => {
    const target = await find('deployment', 'web');
    await lab.api.merge(`${apps}/deployments/web`, { spec: { minReadySeconds: 1 } });
    const draft = { operation: 'scale.deployment', target, args: { replicas: 3 } };
    assert.equal((await problemFrom(performOnly(executor, draft))).code, 'world-moved');
    const doomed = await problemFrom(performOnly(executor, { operation: 'delete.deployment', target }));
    assert.equal(doomed.code, 'world-moved');
    assert.equal((await deployment('web')).spec.replicas, 2);
  });

  it('never deletes a namesake', async () => {
    await lab.api.create(`${core}/services`, { metadata: { name: 'door' }, spec: { ports: [{ port: 80 }] } });
    const target = await find('service', 'door');
    await lab.api.remove(`${core}/services/door`);
    await lab.api.create(`${core}/services`, { metadata: { name: 'door' }, spec: { ports: [{ port: 81 }] } });
    const preview = await previewStep(executor, { operation: 'delete.service', target });
    assert.equal(preview.idle, true, 'what was shown is gone; the other one is not meant');
    await performOnly(executor, { operation: 'delete.service', target });
    assert.equal((await lab.api.request('GET', `${core}/services/door`)).status, 200);
    await runStep(executor, { operation: 'delete.service', target: await find('service', 'door') });
  });

  it('makes a namespace and deletes it with all that is in it, having said what that is', async () => {
    const name = `${space}-two`;
    const made = await runStep(executor, { operation: 'create.namespace', args: { name } });
    assert.equal(made.createdId, `k8s-exec:namespace/${name}`);
    await lab.api.create(`/apis/apps/v1/namespaces/${name}/deployments`, deploymentOf('inside', 1));
    await lab.api.until<{ status?: { readyReplicas?: number } }>(
      `/apis/apps/v1/namespaces/${name}/deployments/inside`,
      (found) => found?.status?.readyReplicas === 1,
    );
    const target = await find('namespace', name, null);
    const { preview } = await runStep(executor, { operation: 'delete.namespace', target });
    assert.match(preview.notes.map((note) => note.message).join(), /1 pods, 1 deployments/);
    assert.equal((await lab.api.request('GET', `/api/v1/namespaces/${name}`)).status, 404);
  });

  it('does not delete a namespace of the cluster itself', async () => {
    const target = await find('namespace', 'kube-system', null);
    const preview = await previewStep(executor, { operation: 'delete.namespace', target });
    assert.match(blockers(preview).join(), /belongs to the cluster/);
  });

  it('tells what is gone, and that there is nothing to do', async () => {
    const target = await find('deployment', 'pair');
    await runStep(executor, { operation: 'delete.deployment', target });
    const handler = handlerOf(executor, 'scale.deployment');
    const context = contextOf({ operation: 'scale.deployment', target, args: { replicas: 2 } });
    assert.equal(await handler.refresh(context), undefined);
    assert.match(blockers(await handler.preview(context)).join(), /not there any more/);
    const problem = await problemFrom(performOnly(executor, context));
    assert.equal(problem.code, 'world-moved');
  });
});
