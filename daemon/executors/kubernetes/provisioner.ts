// Kubernetes for Pilothouse: finds the contexts of kubeconfig and opens them, each as a connection. It reads credentials
// from where kubectl keeps them, at the moment they are needed, and stores none. Where no kubeconfig is, nothing of it
// is loaded.

import type { ConnectionCandidate, Executor, ExecutorContext, Provisioner } from '../contract.ts';
import { createAuditLog } from './audit/auditLog.ts';
import { createCluster } from './client/cluster.ts';
import { findContexts, loadContext } from './config/findContexts.ts';
import { filesOf } from './config/kubeconfig.ts';
import { fetchIdentity } from './identity.ts';
import { createKubernetes } from './kubernetes.ts';
import { manifestKinds, readManifest } from './manifests/read.ts';
import { checkText } from './manifests/text.ts';
import { fetchDenials } from './operations/denials.ts';
import { createOperations, needsOf } from './operations/operations.ts';
import { kubeletSource } from './readers/kubelets.ts';
import { followLogs, logParts, readLogs } from './readers/logs.ts';
import { readUsage, usageSource } from './readers/usage.ts';
import { createSources } from './sources/sources.ts';
import { podTerminals } from './terminals/podTerminals.ts';

export const kubernetesProvisioner: Provisioner = {
  provider: 'kubernetes',
  find: (context) => findContexts(context),
  files: filesOf,
  open: openConnection,
};

function openConnection(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const cluster = createCluster({
    load: () => loadContext(candidate.id, context),
    env: context.env,
    now: context.now,
  });
  const place = { connection: candidate.id, cluster: candidate.name };
  const k8s = createKubernetes(place, cluster, context);
  const operations = createOperations(k8s);
  const usage = usageSource(k8s);
  const kubelets = kubeletSource(k8s);
  return {
    candidate,
    sources: createSources(k8s),
    get operations() {
      return operations();
    },
    readers: {
      logs: (request) => readLogs(k8s, request),
      logParts: ({ resource, signal }) => logParts(k8s, resource, signal),
      manifest: ({ resource, signal }) => readManifest(k8s, resource, signal),
      follow: (request) => followLogs(k8s, request),
      metrics: (request) => readUsage(k8s, request),
    },
    manifests: { kinds: manifestKinds, check: checkText },
    terminals: podTerminals(k8s),
    activityLog: createAuditLog(place, () => loadContext(candidate.id, context), context),
    get metricSources() {
      return k8s.knownApis?.hasMetrics ? [usage, kubelets] : [kubelets];
    },
    identity: (signal) => fetchIdentity(k8s, signal),
    denials: (signal) => fetchDenials(k8s, needsOf(operations()), signal),
    dispose: async () => cluster.dispose(),
  };
}
