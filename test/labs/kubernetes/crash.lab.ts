// kill -9 at every boundary of a plan of three steps on a real Kubernetes: a deployment and a namespace are made, and
// the deployment is scaled. The process dies for real; what the cluster has afterwards is counted past everything that
// is tested. Works in a namespace of its own.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepDraft } from '../../../shared/model/reading.ts';
import { type CloudCount, checkThree, crash, crashPoints, recoverAndCheck } from '../../scenarios/crash.ts';
import type { CrashOrder } from '../../scenarios/crashChild.ts';
import { requireLab } from '../lab.ts';
import { kubeconfigOf, openNamespace } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `crash-${process.pid}`;

/** Three writes of which each would show if it were done twice or lost. */
function threeSteps(name: string): readonly StepDraft[] {
  const draft = (operation: string, args: StepDraft['args'], more: Partial<StepDraft> = {}): StepDraft => ({
    operation,
    args,
    after: [],
    evidence: [],
    ...more,
  });
  return [
    draft('create.deployment', { name, image: 'shop/cut:1', replicas: 1, namespace: space }),
    draft('create.namespace', { name: `${space}-${name}` }),
    draft('scale.deployment', { replicas: 3 }, { target: { kind: 'created', step: 0 } }),
  ];
}

interface Named {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number };
}

describe('a plan on a real Kubernetes, cut off', function () {
  this.timeout(180_000);
  let lab: KubernetesLab;
  let home: string;
  let env: Record<string, string>;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    close = await openNamespace(lab, space);
    home = await mkdtemp(join(tmpdir(), 'pilothouse-crash-home-'));
    const kubeconfig = join(home, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf(lab, [{ name: 'crash', namespace: space }]), { mode: 0o600 });
    env = { KUBECONFIG: kubeconfig, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' };
  });
  after(async () => {
    await close?.();
    if (home) await rm(home, { recursive: true, force: true });
  });

  async function count(name: string): Promise<CloudCount> {
    const path = `/apis/apps/v1/namespaces/${space}/deployments`;
    const { items } = await lab.api.require<{ items: readonly Named[] }>('GET', path);
    const spaces = await lab.api.require<{ items: readonly Named[] }>('GET', '/api/v1/namespaces');
    const made = items.filter((one) => one.metadata.name === name);
    return {
      vms: made.length,
      volumes: spaces.items.filter((one) => one.metadata.name === `${space}-${name}`).length,
      attached: made[0]?.spec.replicas === 3,
    };
  }

  for (const [number, { point, step }] of crashPoints(3).entries())
    it(`at ${point}${step === undefined ? '' : ` of step ${step + 1}`}`, async () => {
      const name = `c${number}`;
      const stateFolder = await mkdtemp(join(tmpdir(), 'pilothouse-crash-lab-'));
      try {
        const order: CrashOrder = {
          stateFolder,
          homeFolder: home,
          env,
          connection: 'k8s-crash',
          steps: threeSteps(name),
          point,
          ...(step === undefined ? {} : { step }),
        };
        const plan = await recoverAndCheck(order, await crash(order), async (found) =>
          checkThree(found, await count(name)),
        );
        assert.ok(plan.runs.every((run) => run.state !== 'unknown'));
      } finally {
        await lab.api.remove(`/api/v1/namespaces/${space}-${name}`);
        await lab.api.remove(`/apis/apps/v1/namespaces/${space}/deployments/${name}`);
        await rm(stateFolder, { recursive: true, force: true });
      }
    });
});
