// A home folder whose only clusters are the contexts a test names, and a namespace of the test's own in the lab.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Executor, ExecutorContext } from '../../../daemon/executors/contract.ts';
import { kubernetesProvisioner } from '../../../daemon/executors/kubernetes/provisioner.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

export interface ContextDraft {
  readonly name: string;
  readonly server?: string;
  readonly token?: string;
  readonly user?: object;
  readonly namespace?: string;
  readonly proxy?: string;
  /** Leaves the certificate of the authority out. */
  readonly untrusted?: boolean;
}

/** Text of a kubeconfig with these contexts; JSON is YAML. */
export function kubeconfigOf(lab: KubernetesLab, contexts: readonly ContextDraft[]): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: contexts.map(({ name, server = lab.server, untrusted, proxy }) => ({
      name: `cluster-${name}`,
      cluster: {
        server,
        ...(proxy ? { 'proxy-url': proxy } : {}),
        ...(untrusted || server.startsWith('http:') ? {} : { 'certificate-authority': lab.certificate }),
      },
    })),
    users: contexts.map(({ name, token = lab.tokens.admin, user }) => ({
      name: `user-${name}`,
      user: user ?? { token },
    })),
    contexts: contexts.map(({ name, namespace }) => ({
      name,
      context: {
        cluster: `cluster-${name}`,
        user: `user-${name}`,
        ...(namespace ? { namespace } : {}),
      },
    })),
    'current-context': contexts[0]?.name,
  });
}

export interface Home {
  readonly context: ExecutorContext;
  readonly folder: string;
  readonly kubeconfig: string;
  readonly logged: readonly string[];
  open(name: string): Promise<Executor>;
  dispose(): Promise<void>;
}

export async function makeHome(lab: KubernetesLab, contexts: readonly ContextDraft[]): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'pilothouse-kubernetes-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(lab, contexts), { mode: 0o600 });
  const logged: string[] = [];
  const opened: Executor[] = [];
  const context: ExecutorContext = {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    homeFolder: folder,
    stateFolder: folder,
    now: Date.now,
    log: (level, message) => logged.push(`${level} ${message}`),
  };
  return {
    context,
    folder,
    kubeconfig,
    logged,
    open: async (name) => {
      const { candidates, problems } = await kubernetesProvisioner.find(context);
      const candidate = candidates.find((one) => one.name === name);
      assert.ok(candidate, `no context ${name}: ${JSON.stringify(problems)}`);
      const executor = kubernetesProvisioner.open(candidate, context);
      opened.push(executor);
      return executor;
    },
    dispose: async () => {
      for (const executor of opened) await executor.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a namespace; deleting it takes everything in it along. */
export async function openNamespace(lab: KubernetesLab, name: string): Promise<() => Promise<void>> {
  await lab.api.remove(`/api/v1/namespaces/${name}`);
  await lab.api.until(`/api/v1/namespaces/${name}`, (found) => found === undefined, 60_000);
  await lab.api.create('/api/v1/namespaces', { metadata: { name } });
  return () => lab.api.remove(`/api/v1/namespaces/${name}`);
}

/** A deployment of hollow pods. */
export function deploymentOf(name: string, replicas: number, more: object = {}): object {
  return {
    metadata: { name, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [{ name: 'main', image: `shop/${name}:1.0.0` }],
          ...more,
        },
      },
    },
  };
}

interface Progressing {
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly readyReplicas?: number };
}

/** Makes a deployment and waits until all its pods are ready. */
export async function runDeployment(lab: KubernetesLab, namespace: string, manifest: object): Promise<void> {
  const { metadata } = (await lab.api.create(
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    manifest,
  )) as {
    readonly metadata: { readonly name: string };
  };
  await lab.api.until<Progressing>(
    `/apis/apps/v1/namespaces/${namespace}/deployments/${metadata.name}`,
    (found) => (found?.status?.readyReplicas ?? 0) === found?.spec.replicas,
    60_000,
  );
}
