// Operations on what runs in a Kubernetes cluster: deployments, stateful sets, daemon sets, pods, jobs, cron jobs,
// and on the services and config maps beside them.

import type { OperableKind } from '../../shared/model/kind.ts';
import type { Operation } from '../../shared/model/operation.ts';
import {
  define,
  deleteCreated,
  deleting,
  imageArg,
  nameArg,
  namespaceArg,
  opposite,
  reads,
  replicasArg,
  setBack,
  tagging,
} from './entry.ts';
import { kindWords } from './kindWords.ts';

const inspecting = ['list', 'show', 'logs', 'metrics', 'explain', 'forecast'] as const;

/** Restart, rollback and new image: the same for everything that has a pod template. */
function rollouts(kind: OperableKind): readonly Operation[] {
  const noun = kindWords[kind].noun;
  return [
    define('rollout-restart', kind, {
      title: `Restart ${noun}`,
      doc: `Replaces the pods of a ${noun} one after the other.`,
      impact: 'interrupts',
    }),
    define('rollback', kind, {
      title: `Roll back ${noun}`,
      doc: `Puts a ${noun} back to an earlier revision.`,
      args: [
        {
          name: 'to_revision',
          type: 'integer',
          min: 1,
          doc: 'Revision; without one the one before.',
          words: ['to revision', 'revision', 'to version', 'rev'],
        },
      ],
      impact: 'interrupts',
      undo: setBack('rollback', kind, 'revision', 'to_revision'),
    }),
    define('set-image', kind, {
      title: `Set image of ${noun}`,
      doc: `Rolls a new container image out to a ${noun}.`,
      args: [{ ...imageArg, required: true }],
      impact: 'interrupts',
      undo: setBack('set-image', kind, 'image'),
    }),
  ];
}

function scaling(kind: OperableKind): Operation {
  const noun = kindWords[kind].noun;
  return define('scale', kind, {
    title: `Scale ${noun}`,
    doc: `Changes how many copies of a ${noun} run.`,
    args: [{ ...replicasArg, required: true }],
    undo: setBack('scale', kind, 'replicas'),
  });
}

export const deploymentOperations: readonly Operation[] = [
  ...reads('deployment', inspecting),
  define('create', 'deployment', {
    title: 'Create deployment',
    doc: 'Runs a container image in the cluster.',
    target: 'none',
    args: [nameArg, { ...imageArg, required: true }, { ...replicasArg, default: 1 }, namespaceArg],
    undo: deleteCreated('deployment'),
  }),
  scaling('deployment'),
  ...rollouts('deployment'),
  define('suspend', 'deployment', {
    title: 'Pause rollout of deployment',
    doc: 'Holds the rollout of a deployment: changes are taken, and no pod is replaced until it is resumed.',
    words: ['pause the rollout of', 'pause rollout of', 'hold the rollout of', 'rollout pause'],
    undo: opposite('resume', 'deployment'),
  }),
  define('resume', 'deployment', {
    title: 'Resume rollout of deployment',
    doc: 'Lets a paused rollout go on: what was changed meanwhile is rolled out.',
    words: ['resume the rollout of', 'resume rollout of', 'continue the rollout of', 'rollout resume'],
    impact: 'interrupts',
    undo: opposite('suspend', 'deployment'),
  }),
  ...tagging('deployment', 'label'),
  deleting('deployment', 'Deletes a deployment and its pods.', { impact: 'interrupts' }),
];

export const statefulsetOperations: readonly Operation[] = [
  ...reads('statefulset', inspecting),
  scaling('statefulset'),
  ...rollouts('statefulset'),
  ...tagging('statefulset', 'label'),
  deleting('statefulset', 'Deletes a stateful set and its pods; its volumes stay.'),
];

export const daemonsetOperations: readonly Operation[] = [
  ...reads('daemonset', inspecting),
  ...rollouts('daemonset'),
  ...tagging('daemonset', 'label'),
  deleting('daemonset', 'Deletes a daemon set and its pods.', { impact: 'interrupts' }),
];

export const podOperations: readonly Operation[] = [
  ...reads('pod', inspecting),
  define('restart', 'pod', {
    title: 'Restart pod',
    doc: 'Deletes a pod so that its controller makes a new one.',
    impact: 'interrupts',
  }),
  ...tagging('pod', 'label'),
  deleting('pod', 'Deletes a pod; one without a controller does not come back.', { impact: 'interrupts' }),
];

export const serviceOperations: readonly Operation[] = [
  ...reads('service', inspecting),
  ...tagging('service', 'label'),
  deleting('service', 'Deletes a service; who calls it by name no longer gets there.', {
    impact: 'interrupts',
  }),
];

export const configmapOperations: readonly Operation[] = [
  ...reads('configmap', ['list', 'show']),
  ...tagging('configmap', 'label'),
  deleting('configmap', 'Deletes a config map; pods that need it do not start any more.'),
];

export const jobOperations: readonly Operation[] = [
  ...reads('job', ['list', 'show', 'logs', 'explain']),
  define('create', 'job', {
    title: 'Run job',
    doc: 'Runs a container image in the cluster once.',
    target: 'none',
    args: [
      nameArg,
      { ...imageArg, required: true },
      {
        name: 'command',
        type: 'text',
        doc: 'Shell command it runs instead of what the image does.',
        words: ['command'],
      },
      namespaceArg,
    ],
    undo: deleteCreated('job'),
  }),
  ...tagging('job', 'label'),
  deleting('job', 'Deletes a job, its pods and their logs.'),
];

export const cronjobOperations: readonly Operation[] = [
  ...reads('cronjob', ['list', 'show', 'logs', 'explain']),
  define('suspend', 'cronjob', {
    title: 'Suspend cron job',
    doc: 'Stops a cron job from starting new jobs.',
    becomes: ['suspended'],
    idle: ['suspended'],
    undo: opposite('resume', 'cronjob'),
  }),
  define('resume', 'cronjob', {
    title: 'Resume cron job',
    doc: 'Lets a suspended cron job start jobs again.',
    undo: opposite('suspend', 'cronjob'),
  }),
  define('run', 'cronjob', {
    title: 'Run cron job now',
    doc: 'Starts a job from a cron job at once, beside its schedule.',
    undo: deleteCreated('job'),
  }),
  ...tagging('cronjob', 'label'),
  deleting('cronjob', 'Deletes a cron job; it never runs again.'),
];
