// Every operation a Kubernetes connection can do, one line each, with the API it needs. A new operation is one line
// more here and one handler.

import type { OperationId } from '../../../../shared/model/kind.ts';
import type { OperationHandler } from '../../contract.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { applyHandler } from './apply.ts';
import { cordonHandler } from './cordon.ts';
import { createDeploymentHandler, createJobHandler, createNamespaceHandler } from './create.ts';
import { runCronJobHandler, suspendHandler } from './cronjob.ts';
import { deleteHandler, deleteWorkloadHandler, restartPodHandler } from './delete.ts';
import type { Needing } from './denials.ts';
import { drainHandler } from './drain.ts';
import { labelHandler, labelledKinds } from './labels.ts';
import { pluralOf } from './objects.ts';
import { rollbackHandler } from './rollback.ts';
import { pauseHandler, rolloutRestartHandler, scaleHandler, setImageHandler } from './workload.ts';

interface Entry extends Needing {
  readonly handler: (k8s: Kubernetes) => OperationHandler;
}

const rolling = ['deployment', 'statefulset', 'daemonset'] as const;
const plain = ['pod', 'service', 'configmap', 'job', 'cronjob', 'namespace', 'node'] as const;

const entries: readonly Entry[] = [
  { id: 'apply.cluster', needs: 'namespaces', handler: applyHandler },
  { id: 'create.namespace', needs: 'namespaces', handler: createNamespaceHandler },
  { id: 'create.deployment', needs: 'deployments', handler: createDeploymentHandler },
  { id: 'create.job', needs: 'jobs', handler: createJobHandler },
  { id: 'scale.deployment', needs: 'deployments', handler: scaleHandler },
  { id: 'scale.statefulset', needs: 'statefulsets', handler: scaleHandler },
  { id: 'suspend.deployment', needs: 'deployments', handler: (k8s) => pauseHandler(k8s, true) },
  { id: 'resume.deployment', needs: 'deployments', handler: (k8s) => pauseHandler(k8s, false) },
  ...rolling.flatMap((kind): readonly Entry[] => [
    { id: `rollout-restart.${kind}`, needs: pluralOf(kind), handler: rolloutRestartHandler },
    { id: `rollback.${kind}`, needs: pluralOf(kind), handler: rollbackHandler },
    { id: `set-image.${kind}`, needs: pluralOf(kind), handler: setImageHandler },
    { id: `delete.${kind}`, needs: pluralOf(kind), handler: deleteWorkloadHandler },
  ]),
  ...plain.map((kind): Entry => ({ id: `delete.${kind}`, needs: pluralOf(kind), handler: deleteHandler })),
  { id: 'restart.pod', needs: 'pods', handler: restartPodHandler },
  { id: 'cordon.node', needs: 'nodes', handler: (k8s) => cordonHandler(k8s, true) },
  { id: 'uncordon.node', needs: 'nodes', handler: (k8s) => cordonHandler(k8s, false) },
  { id: 'drain.node', needs: 'nodes', handler: drainHandler },
  { id: 'suspend.cronjob', needs: 'cronjobs', handler: (k8s) => suspendHandler(k8s, true) },
  { id: 'resume.cronjob', needs: 'cronjobs', handler: (k8s) => suspendHandler(k8s, false) },
  { id: 'run.cronjob', needs: 'cronjobs', handler: runCronJobHandler },
  ...labelledKinds.flatMap((kind): readonly Entry[] => [
    { id: `tag.${kind}`, needs: pluralOf(kind), handler: (k8s) => labelHandler(k8s, 'tag') },
    { id: `untag.${kind}`, needs: pluralOf(kind), handler: (k8s) => labelHandler(k8s, 'untag') },
  ]),
];

/** What the operations that can be done here write. */
export function needsOf(offered: ReadonlyMap<OperationId, unknown>): readonly Needing[] {
  return entries.filter(({ id }) => offered.has(id));
}

/** What can be done here; before the server was asked all of it, then what it serves. */
export function createOperations(k8s: Kubernetes): () => ReadonlyMap<OperationId, OperationHandler> {
  const all = entries.map((entry) => ({ ...entry, made: entry.handler(k8s) }));
  return () => {
    const apis = k8s.knownApis;
    return new Map(
      all
        .filter((entry) => apis === undefined || apis.versionOf(entry.needs) !== undefined)
        .map((entry) => [entry.id, entry.made]),
    );
  };
}
