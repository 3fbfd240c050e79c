// What is done to what has a pod template: scale, restart, new image, back to an earlier revision, pause and resume of
// a rollout. Each waits until the pods are as wanted, or says what keeps them from it.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, info, numberArgument, textArgument, warning } from '../../kit/preview.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { markKey } from '../mapping/place.ts';
import { imagesOf } from '../mapping/pod.ts';
import type { Container, HorizontalPodAutoscaler, Workload } from '../records/objects.ts';
import { type Found, listObjects } from './objects.ts';
import { checkQuota } from './quota.ts';
import { changeHandler, mergePatch, strategicPatch } from './recipes.ts';
import { lookAtRollout } from './rollout.ts';

export function scaleHandler(k8s: Kubernetes): OperationHandler {
  const replicasIn = (args: Parameters<typeof numberArgument>[0]): number => {
    const replicas = numberArgument(args, 'replicas');
    if (replicas !== undefined && Number.isInteger(replicas) && replicas >= 0) return replicas;
    throw new ProblemError({
      code: 'bad-input',
      message: 'The number of copies must be a whole number, 0 or more.',
      fix: 'Name a whole number.',
    });
  };
  return changeHandler<Workload>(k8s, {
    change: async (now, { args, signal }) => {
      const wanted = replicasIn(args);
      const { name, namespace = '' } = now.resource;
      const more = wanted - (now.object.spec?.replicas ?? 1);
      const { quota, notes } = await checkQuota(
        k8s,
        namespace,
        now.object.spec?.template?.spec,
        more,
        signal,
      );
      return {
        write: { method: 'PATCH', contentType: mergePatch, body: { spec: { replicas: wanted } } },
        effect: `Scales ${name} from ${now.object.spec?.replicas ?? 1} to ${wanted}.`,
        quota,
        notes: [
          ...notes,
          ...(wanted === 0 ? [warning(`${name} serves nobody while it has no pods.`)] : []),
          ...(await autoscalerNotes(k8s, now, wanted, signal)),
        ],
      };
    },
    isWanted: (object, { args }) => object.spec?.replicas === replicasIn(args),
    look: (now, { signal }) => lookAtRollout(k8s, now, signal),
  });
}

/** An autoscaler sets the number again, within its bounds; a workload that stands at 0 it leaves alone. */
async function autoscalerNotes(
  k8s: Kubernetes,
  now: Found<Workload>,
  wanted: number,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const { namespace, name } = now.resource;
  const all = await listObjects<HorizontalPodAutoscaler>(
    k8s,
    'horizontalpodautoscalers',
    { namespace },
    signal,
  ).catch(() => []);
  return all.flatMap(({ metadata, spec }) => {
    if (spec?.scaleTargetRef?.name !== name || spec.scaleTargetRef.kind?.toLowerCase() !== now.kind)
      return [];
    const bounds = `between ${spec.minReplicas ?? 1} and ${spec.maxReplicas ?? '?'}`;
    const message =
      wanted === 0
        ? `The autoscaler ${metadata.name} stops working on ${name} while it is scaled to none.`
        : `The autoscaler ${metadata.name} decides how many copies ${name} has, ${bounds}, and may set this back.`;
    return [warning(message, `Change the bounds of ${metadata.name} instead.`)];
  });
}

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

export function rolloutRestartHandler(k8s: Kubernetes): OperationHandler {
  return changeHandler<Workload>(k8s, {
    change: async (now, _context, mark) => ({
      write: {
        method: 'PATCH',
        contentType: mergePatch,
        body: {
          spec: {
            template: {
              metadata: {
                annotations: {
                  [restartedAt]: new Date(k8s.now()).toISOString(),
                  ...(mark ? { [markKey]: mark } : {}),
                },
              },
            },
          },
        },
      },
      effect: `Restarts ${now.resource.name}: its ${now.resource.attributes.replicas} pods are replaced one after the other.`,
      notes: [...pausedNotes(now.object, true), ...onDeleteNotes(now.object), ...recreateNotes(now.object)],
    }),
    isWanted: (object, _context, mark) =>
      mark !== undefined && object.spec?.template?.metadata?.annotations?.[markKey] === mark,
    look: (now, { signal }) => lookAtRollout(k8s, now, signal),
  });
}

/** A paused rollout takes the change and does nothing with it. */
function pausedNotes({ spec, metadata }: Workload, isBlocking = false): readonly PreviewNote[] {
  if (!spec?.paused) return [];
  const note = isBlocking ? blocker : warning;
  return [
    note(
      `The rollout of ${metadata.name} is paused: no pod is replaced until it is resumed.`,
      'Resume the rollout first.',
    ),
  ];
}

function onDeleteNotes({ spec, metadata }: Workload): readonly PreviewNote[] {
  if (spec?.updateStrategy?.type !== 'OnDelete') return [];
  return [
    warning(
      `${metadata.name} replaces its pods only when they are deleted (OnDelete): those that run stay as they are.`,
      'Delete its pods one by one afterwards.',
    ),
  ];
}

function recreateNotes({ spec, metadata }: Workload): readonly PreviewNote[] {
  if (spec?.strategy?.type !== 'Recreate') return [];
  return [warning(`${metadata.name} stops all its pods before it starts new ones (Recreate).`)];
}

export function setImageHandler(k8s: Kubernetes): OperationHandler {
  return changeHandler<Workload>(k8s, {
    change: async (now, { args }) => {
      const { name } = now.resource;
      const images = imagesFor(containersOf(now.object), textArgument(args, 'image') ?? '', name);
      const containers = Object.entries(images).map(([container, image]) => ({ name: container, image }));
      return {
        write: {
          method: 'PATCH',
          contentType: strategicPatch,
          body: { spec: { template: { spec: { containers } } } },
        },
        effect: `Rolls ${containers.map((one) => one.image).join(' and ')} out to ${name} (now ${imagesOf(now.object.spec?.template?.spec)}).`,
        notes: [
          ...pausedNotes(now.object),
          ...onDeleteNotes(now.object),
          ...recreateNotes(now.object),
          info('Whether the image can be pulled shows only when the first new pod starts.'),
        ],
      };
    },
    isWanted: (object, { args, target }) => {
      const containers = containersOf(object);
      const images = imagesFor(containers, textArgument(args, 'image') ?? '', target?.name ?? '');
      return containers.every(({ name, image }) => images[name] === undefined || images[name] === image);
    },
    look: (now, { signal }) => lookAtRollout(k8s, now, signal),
  });
}

function containersOf({ spec }: Workload): readonly Container[] {
  return spec?.template?.spec?.containers ?? [];
}

/**
 * Container → image. Of several containers the one is meant that is named (`web=nginx:2`), or the only one that runs
 * another tag of the same image now; anything else would be a guess.
 */
export function imagesFor(
  containers: readonly Container[],
  text: string,
  name: string,
): Readonly<Record<string, string>> {
  const named = text.split(/\s*,\s*/).map((part) => /^([a-z0-9-]+)=(\S+)$/.exec(part));
  if (named.every((match) => match !== null)) {
    const images = Object.fromEntries(named.map((match) => [match[1]!, match[2]!]));
    const unknown = Object.keys(images).find(
      (one) => !containers.some((container) => container.name === one),
    );
    if (unknown === undefined) return images;
    throw unclear(`${name} has no container ${unknown}.`, containers);
  }
  if (text === '' || /[\s,]/.test(text)) throw unclear(`"${text}" is no image.`, containers);
  if (containers.length === 1) return { [containers[0]!.name]: text };
  const same = containers.filter(({ image }) => repositoryOf(image ?? '') === repositoryOf(text));
  if (same.length === 1) return { [same[0]!.name]: text };
  throw unclear(
    `${name} has ${containers.length} containers, and which one is meant is not clear.`,
    containers,
  );
}

/** The image without tag and digest. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

function unclear(message: string, containers: readonly Container[]): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message,
    fix: `Say CONTAINER=IMAGE; there are: ${containers.map((one) => `${one.name}=${one.image ?? ''}`).join(', ')}.`,
  });
}

/** Pauses or resumes the rollout of a deployment. */
export function pauseHandler(k8s: Kubernetes, paused: boolean): OperationHandler {
  return changeHandler<Workload>(k8s, {
    change: async ({ resource: { name } }) => ({
      write: { method: 'PATCH', contentType: mergePatch, body: { spec: { paused: paused || null } } },
      effect: paused
        ? `Pauses the rollout of ${name}: changes are taken and no pod is replaced.`
        : `Resumes the rollout of ${name}: what was changed meanwhile is rolled out now.`,
    }),
    isWanted: ({ spec }) => (spec?.paused === true) === paused,
    ...(paused ? {} : { look: (now, { signal }) => lookAtRollout(k8s, now, signal) }),
  });
}
