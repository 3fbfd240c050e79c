// Namespaces, nodes, workloads, pods and jobs of the simulated cluster. Machines change what is wanted; the
// controllers bring it about.

import { endPod } from '../controllers.ts';
import { namesOf, numberOf, thingId } from '../thing.ts';
import {
  type ChangeMachine,
  type CreateMachine,
  deletes,
  integerOf,
  type Machine,
  type MachineStep,
  refuse,
  requireFreeName,
  type TargetStep,
  textOf,
} from './machine.ts';

const scale: ChangeMachine = {
  kind: 'change',
  isIdle: ({ args, target }) => args.replicas === target.attributes.replicas,
  check: ({ args }) => {
    const replicas = integerOf(args.replicas);
    if (replicas === undefined || replicas < 0 || replicas > 50)
      refuse('cloud-invalid', 'The number of replicas must be between 0 and 50.', 'Name a whole number.');
  },
  now: ({ args }) => ({ attributes: { replicas: Number(args.replicas) } }),
};

const rolloutRestart: ChangeMachine = {
  kind: 'change',
  now: ({ target }) => revise(target, String(target.attributes.image)),
};

const setImage: ChangeMachine = {
  kind: 'change',
  isIdle: ({ args, target }) => args.image === target.attributes.image,
  now: ({ args, target }) => revise(target, String(args.image)),
};

const rollback: ChangeMachine = {
  kind: 'change',
  check: (step) => void imageBefore(step),
  now: (step) => revise(step.target, imageBefore(step)),
};

const removeWithPods = deletes('delete', {
  also: ({ draft, target, durations }) => {
    for (const pod of draft.all('pod')) if (pod.attributes.owner === target.id) endPod(draft, pod, durations);
    return undefined;
  },
});

export const clusterMachines: Readonly<Record<string, Machine>> = {
  'create.namespace': {
    kind: 'create',
    make: ({ draft, args }) => {
      requireFreeName(draft, 'namespace', String(args.name));
      return draft.add({ kind: 'namespace', name: String(args.name) }).id;
    },
  },
  'delete.namespace': deletes('delete', {
    also: ({ draft, target, durations }) => {
      for (const thing of draft.all())
        if (thing.namespace === target.name)
          draft.begin(thing.id, { status: 'deleting' }, durations.delete, { gone: true });
      return undefined;
    },
  }),
  'cordon.node': {
    kind: 'change',
    isIdle: ({ target }) => target.attributes.unschedulable === true,
    now: () => ({ attributes: { unschedulable: true } }),
  },
  'uncordon.node': {
    kind: 'change',
    isIdle: ({ target }) => target.attributes.unschedulable !== true,
    now: () => ({ attributes: { unschedulable: false } }),
  },
  'drain.node': {
    kind: 'change',
    now: () => ({ attributes: { unschedulable: true } }),
    check: (step) => {
      const orphans = podsOn(step).filter(({ attributes }) => attributes.owner === undefined);
      if (orphans.length > 0 && step.args.force !== true)
        refuse(
          'cloud-conflict',
          `${orphans.map(({ name }) => name).join(', ')} would not come back: no controller owns them.`,
          'Delete them first, or drain by force.',
        );
    },
    also: (step) => {
      for (const pod of podsOn(step)) endPod(step.draft, pod, step.durations);
      return undefined;
    },
  },
  'create.deployment': {
    kind: 'create',
    defaults: usualNamespace,
    make: ({ draft, args }) => {
      const name = String(args.name);
      const namespace = textOf(args.namespace) ?? 'staging';
      if (!draft.get(thingId('namespace', namespace)))
        refuse('cloud-not-found', `There is no namespace "${namespace}".`, 'Create the namespace first.');
      requireFreeName(draft, 'deployment', `${namespace}/${name}`);
      const image = String(args.image);
      return draft.add({
        kind: 'deployment',
        name,
        namespace,
        status: 'pending',
        tags: { app: name },
        attributes: {
          app: name,
          image,
          images: [image],
          revision: 1,
          replicas: integerOf(args.replicas) ?? 1,
        },
      }).id;
    },
  },
  'scale.deployment': scale,
  'scale.statefulset': scale,
  'rollout-restart.deployment': rolloutRestart,
  'rollout-restart.statefulset': rolloutRestart,
  'rollout-restart.daemonset': rolloutRestart,
  'set-image.deployment': setImage,
  'set-image.statefulset': setImage,
  'set-image.daemonset': setImage,
  'rollback.deployment': rollback,
  'rollback.statefulset': rollback,
  'rollback.daemonset': rollback,
  'delete.deployment': removeWithPods,
  'delete.statefulset': removeWithPods,
  'delete.daemonset': removeWithPods,
  'restart.pod': deletes('podStop', {
    check: ({ target }) => {
      if (target.attributes.owner === undefined)
        refuse(
          'cloud-conflict',
          `No controller would bring ${target.name} back.`,
          'Delete it, if that is meant.',
        );
    },
  }),
  'delete.pod': deletes('podStop'),
  'delete.service': deletes('delete'),
  'delete.configmap': deletes('delete'),
  'delete.job': deletes('delete'),
  'delete.cronjob': deletes('delete'),
  'suspend.cronjob': suspended(true),
  'resume.cronjob': suspended(false),
  'run.cronjob': {
    kind: 'change',
    also: ({ draft, target, durations }) => {
      const job = draft.add({
        kind: 'job',
        name: `${target.name}-manual-${draft.serial()}`,
        namespace: target.namespace,
        status: 'running',
        tags: target.tags,
        attributes: { owner: target.id, image: target.attributes.image ?? '' },
      });
      draft.begin(job.id, {}, durations.job, { status: 'completed' });
      return job.id;
    },
  },
};

function usualNamespace({ args }: MachineStep): ReturnType<NonNullable<CreateMachine['defaults']>> {
  return args.namespace === undefined
    ? { args: { namespace: 'staging' }, notes: ['No namespace was named: staging is taken.'] }
    : { args: {}, notes: [] };
}

function suspended(wanted: boolean): ChangeMachine {
  return {
    kind: 'change',
    isIdle: ({ target }) => target.attributes.suspended === wanted,
    now: () => ({ status: wanted ? 'suspended' : 'active', attributes: { suspended: wanted } }),
  };
}

/** The next revision, with this image; the list of images is the history a rollback goes back in. */
function revise(target: TargetStep['target'], image: string) {
  const revision = numberOf(target, 'revision') + 1;
  return { attributes: { image, revision, images: [...namesOf(target, 'images'), image] } };
}

function imageBefore({ args, target }: TargetStep): string {
  const images = namesOf(target, 'images');
  const wanted = integerOf(args.to_revision) ?? images.length - 1;
  const image = images[wanted - 1];
  if (image === undefined || wanted === images.length)
    refuse(
      'cloud-not-found',
      wanted > 0
        ? `${target.name} has no earlier revision ${wanted}.`
        : `${target.name} has no earlier revision.`,
      images.length > 1 ? `It has revisions 1 to ${images.length - 1}.` : 'It was never changed.',
    );
  return image!;
}

/** Pods that a drain moves away: those of daemon sets stay. */
function podsOn({ draft, target }: TargetStep) {
  return draft
    .all('pod')
    .filter(({ attributes, status }) => attributes.node === target.name && status !== 'deleting')
    .filter(({ attributes }) => draft.get(String(attributes.owner))?.kind !== 'daemonset');
}
