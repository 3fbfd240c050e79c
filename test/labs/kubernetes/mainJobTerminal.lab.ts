// The main job from a terminal against a real Kubernetes, by the bundle that ships: a sentence, the plan, the server's
// own dry run, a yes, the change, the proof, and the way back. What the cluster has is read past everything tested.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditRecord } from '../../../shared/model/audit.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { endDaemon } from '../../vscode/endDaemon.ts';
import { requireLab } from '../lab.ts';
import { kubeconfigOf, openNamespace } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.cjs');
const space = `shop-${process.pid}`;
/** Names of this run alone: sentences name things by their names, and other suites have a "web". */
const app = `front${process.pid}`;
const job = `nightly${process.pid}`;
const deployment = `/apis/apps/v1/namespaces/${space}/deployments/${app}`;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
interface Deployment {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly annotations?: Record<string, string> };
      readonly spec: { readonly containers: readonly { readonly image: string }[] };
    };
  };
  readonly status: { readonly readyReplicas?: number };
}

describe('the main job in a terminal on a real Kubernetes', function () {
  this.timeout(180_000);
  let lab: KubernetesLab;
  let folder: string;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    folder = await mkdtemp(join(tmpdir(), 'pilothouse-terminal-'));
    const contexts = [
      { name: 'dev-lab', namespace: space },
      { name: 'dev-expired', token: 'a-token-that-was-good-once' },
    ];
    await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(lab, contexts), { mode: 0o600 });
  });
  after(async () => {
    if (folder) {
      await endDaemon(join(folder, 'state'));
      await rm(folder, { recursive: true, force: true });
    }
    await close?.();
  });

  function run(...args: readonly string[]): Promise<Ended> {
    const env = {
      ...process.env,
      HOME: folder,
      KUBECONFIG: join(folder, 'kubeconfig'),
      PILOTHOUSE_SANDBOX: 'off',
      PILOTHOUSE_LOCAL: 'off',
    };
    const child = spawn(process.execPath, [cli, ...args, '--state', join(folder, 'state')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  }
  /** Says a sentence and yes; fails where it is not done. Gives what it printed. */
  async function say(sentence: string): Promise<string> {
    const { code, out, err } = await run('ask', sentence, '--yes');
    assert.equal(code, 0, `${sentence}: ${out}${err}`);
    return out;
  }
  async function undo(printed: string): Promise<void> {
    const [, id = ''] = /pilothouse plan undo (\S+)/.exec(printed) ?? [];
    assert.notEqual(id, '', `no way back is offered: ${printed}`);
    const { code, out, err } = await run('plan', 'undo', id, '--yes');
    assert.equal(code, 0, `${out}${err}`);
  }
  const now = () => lab.api.require<Deployment>('GET', deployment);

  it('finds every context where kubectl keeps it, and says which cannot be used', async () => {
    const { out } = await run('connections');
    assert.match(out, /k8s-dev-lab\s+connected/);
    assert.match(out, /k8s-dev-expired\s+failed/);
    assert.match(out, /credentials/);
    assert.ok(!out.includes(lab.tokens.admin) && !out.includes('a-token-that-was-good-once'));
    // Two clusters that could take a deployment would be asked about; the file is read again by itself.
    await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(lab, [{ name: 'dev-lab', namespace: space }]));
    for (let round = 0; (await run('connections')).out.includes('dev-expired'); round++)
      assert.ok(round < 50, 'the context is gone and still shown');
  });

  it('asks first: without a yes nothing is made', async () => {
    const { code, out } = await run(
      'ask',
      `create deployment ${app} with image shop/front:1.0.0 and 2 replicas`,
    );
    assert.equal(code, 2);
    assert.match(out, /the cloud's own dry run/);
    assert.equal((await lab.api.request('GET', deployment)).status, 404);
  });

  it('creates a deployment after a yes', async () => {
    await say(`create deployment ${app} with image shop/front:1.0.0 and 2 replicas`);
    assert.equal((await now()).status.readyReplicas, 2);
  });

  it('scales, and takes it back', async () => {
    const printed = await say(`scale ${app} to 5`);
    assert.match(printed, /spec\.replicas: 2 → 5/);
    assert.equal((await now()).status.readyReplicas, 5);
    await undo(printed);
    assert.equal((await now()).spec.replicas, 2);
  });

  it('rolls a new image out, and takes it back', async () => {
    const printed = await say(`set the image of ${app} to shop/front:2.0.0`);
    assert.equal((await now()).spec.template.spec.containers[0]?.image, 'shop/front:2.0.0');
    await undo(printed);
    assert.equal((await now()).spec.template.spec.containers[0]?.image, 'shop/front:1.0.0');
  });

  it('rolls back, and takes that back', async () => {
    const printed = await say(`roll back the deployment ${app}`);
    assert.equal((await now()).spec.template.spec.containers[0]?.image, 'shop/front:2.0.0');
    await undo(printed);
    assert.equal((await now()).spec.template.spec.containers[0]?.image, 'shop/front:1.0.0');
  });

  it('restarts a deployment', async () => {
    await say(`restart the deployment ${app}`);
    const annotations = (await now()).spec.template.metadata.annotations ?? {};
    assert.ok(annotations['kubectl.kubernetes.io/restartedAt']);
  });

  it('cordons a node, and takes it back', async () => {
    const unschedulable = async () =>
      (await lab.api.require<{ spec: { unschedulable?: boolean } }>('GET', '/api/v1/nodes/node-1')).spec
        .unschedulable;
    const printed = await say('cordon node-1');
    assert.equal(await unschedulable(), true);
    await undo(printed);
    assert.notEqual(await unschedulable(), true);
  });

  it('suspends a cron job, and takes it back', async () => {
    const cronJobs = `/apis/batch/v1beta1/namespaces/${space}/cronjobs`;
    const containers = [{ name: 'main', image: 'shop/backup:1' }];
    await lab.api.create(cronJobs, {
      metadata: { name: job },
      spec: {
        schedule: '30 2 * * *',
        jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers } } } },
      },
    });
    const suspended = async () =>
      (await lab.api.require<{ spec: { suspend?: boolean } }>('GET', `${cronJobs}/${job}`)).spec.suspend;
    for (let round = 0; round < 40; round++) if ((await run('resources')).out.includes(job)) break;
    const printed = await say(`suspend the cronjob ${job}`);
    assert.equal(await suspended(), true);
    await undo(printed);
    assert.equal(await suspended(), false);
  });

  it('labels it, and takes it back', async () => {
    const labels = async () =>
      (await lab.api.require<{ metadata: { labels: Record<string, string> } }>('GET', deployment)).metadata
        .labels;
    const printed = await say(`label the deployment ${app} with team=ops`);
    assert.equal((await labels()).team, 'ops');
    await undo(printed);
    assert.equal((await labels()).team, undefined);
  });

  it('shows a log', async () => {
    const { out } = await run('ask', `show the last 5 lines of the logs of deployment ${app}`);
    assert.match(out, /running line 39/);
  });

  it('never destroys with a mere --yes', async () => {
    const { code } = await run('ask', `delete the deployment ${app}`, '--yes');
    assert.notEqual(code, 0);
    assert.equal((await now()).spec.replicas, 2);
  });

  it('proves who did what, as whom, in a chain that verifies', async () => {
    const { out } = await run('audit', 'export', '--format', 'jsonl');
    const records = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
    const scaled = records.find(
      (record) => record.event === 'step.after' && record.operation === 'scale.deployment',
    );
    assert.equal(scaled?.outcome, 'done');
    assert.equal(scaled?.actor.how, 'terminal');
    assert.equal(scaled?.actedAs?.identity?.user, 'user-dev-lab');
    const order = records.filter((record) => record.plan === scaled?.plan).map((record) => record.event);
    assert.ok(order.indexOf('plan.approved') < order.indexOf('step.before'));
    assert.ok(order.indexOf('step.before') < order.indexOf('step.after'));
    assert.equal((await run('audit', 'verify')).code, 0);
    assert.ok(!out.includes(lab.tokens.admin));
    const plans = JSON.parse((await run('plans', '--json')).out) as { readonly plans: readonly Plan[] };
    assert.ok(plans.plans.filter((plan) => plan.state === 'done').length >= 10);
  });
});
