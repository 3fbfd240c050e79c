// Back to an earlier revision. Deployments keep their revisions as replica sets, the others as controller revisions;
// in all of them the pod template of the revision is put back, bound to the very object that was read.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { OperationHandler, StepContext } from '../../contract.ts';
import { info, numberArgument } from '../../kit/preview.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { markKey } from '../mapping/place.ts';
import { imagesOf } from '../mapping/pod.ts';
import { revisionOf } from '../mapping/workload.ts';
import type { ControllerRevision, PodTemplate, Workload } from '../records/objects.ts';
import { type Found, listObjects } from './objects.ts';
import { changeHandler } from './recipes.ts';
import { lookAtRollout, selectorText } from './rollout.ts';

interface Revision {
  readonly number: number;
  readonly template: PodTemplate;
}

interface History {
  /** Oldest first. */
  readonly revisions: readonly Revision[];
  readonly current: number | undefined;
}

export function rollbackHandler(k8s: Kubernetes): OperationHandler {
  return changeHandler<Workload>(k8s, {
    complete: async (now, { signal }) => withRevision(now, (await fetchHistory(k8s, now, signal)).current),
    change: async (now, context, mark) => {
      const history = await fetchHistory(k8s, now, context.signal);
      const revision = choose(history, now, context);
      const { object } = now;
      const annotations = { ...object.metadata.annotations, ...(mark ? { [markKey]: mark } : {}) };
      const named = numberArgument(context.args, 'to_revision') !== undefined;
      return {
        write: {
          method: 'PUT',
          body: {
            ...object,
            metadata: { ...object.metadata, annotations },
            spec: { ...object.spec, template: revision.template },
          },
        },
        effect: `Puts ${now.resource.name} back to revision ${revision.number} (${imagesOf(revision.template.spec) ?? 'no image'}).`,
        // What "the one before" means is settled now, so that it is what was shown when it is done.
        ...(named ? {} : { resolvedArgs: { to_revision: revision.number } }),
        notes: [
          ...(named ? [] : [info(`The revision before the present one is ${revision.number}.`)]),
          info('Only the pod template goes back: the number of copies and everything else stay.'),
        ],
      };
    },
    isWanted: (object, _context, mark) =>
      mark !== undefined && object.metadata.annotations?.[markKey] === mark,
    look: (now, { signal }) => lookAtRollout(k8s, now, signal),
  });
}

/** Stateful sets and daemon sets do not say the number of their revision; the undo of a rollback needs it. */
function withRevision(now: Found<Workload>, revision: number | undefined): Found<Workload> {
  if (revision === undefined) return now;
  const attributes = { ...now.resource.attributes, revision };
  return { ...now, resource: { ...now.resource, attributes } };
}

function choose({ revisions, current }: History, now: Found<Workload>, { args }: StepContext): Revision {
  const wanted = numberArgument(args, 'to_revision');
  const earlier = revisions.filter((one) => one.number !== current);
  const found = wanted === undefined ? earlier.at(-1) : earlier.find((one) => one.number === wanted);
  if (found) return found;
  const { name } = now.resource;
  const isCurrent = wanted !== undefined && wanted === current;
  throw new ProblemError({
    code: 'wrong-state',
    message: isCurrent
      ? `${name} is at revision ${wanted} already.`
      : wanted === undefined
        ? `${name} has no earlier revision.`
        : `${name} has no revision ${wanted} any more.`,
    fix:
      earlier.length > 0
        ? `It has: ${earlier.map((one) => one.number).join(', ')}.`
        : 'It was never changed, or its history is kept short (revisionHistoryLimit).',
  });
}

async function fetchHistory(k8s: Kubernetes, now: Found<Workload>, signal: AbortSignal): Promise<History> {
  const { metadata, spec } = now.object;
  const within = { namespace: metadata.namespace, labelSelector: selectorText(spec?.selector) };
  const isOwn = (one: Workload | ControllerRevision) =>
    one.metadata.ownerReferences?.some((owner) => owner.uid === metadata.uid) ?? false;
  if (now.kind === 'deployment') {
    const sets = (await listObjects<Workload>(k8s, 'replicasets', within, signal)).filter(isOwn);
    const revisions = sets.flatMap((set) => {
      const number = revisionOf(set);
      return number === undefined ? [] : [{ number, template: cleaned(set.spec?.template) }];
    });
    return { revisions: sorted(revisions), current: revisionOf(now.object) };
  }
  const kept = (await listObjects<ControllerRevision>(k8s, 'controllerrevisions', within, signal)).filter(
    isOwn,
  );
  const { updateRevision } = now.object.status ?? {};
  const revisions = sorted(
    kept.map(({ revision, data }) => ({ number: revision, template: cleaned(data?.spec?.template) })),
  );
  // A daemon set does not name its revision: the highest number is the present one.
  const named = kept.find((one) => one.metadata.name === updateRevision)?.revision;
  return { revisions, current: named ?? revisions.at(-1)?.number };
}

function sorted(revisions: readonly Revision[]): readonly Revision[] {
  return [...revisions].sort((a, b) => a.number - b.number);
}

/** Without what controllers added for themselves. */
function cleaned(template: (PodTemplate & { readonly $patch?: string }) | undefined): PodTemplate {
  const { $patch: _patch, metadata, ...rest } = template ?? {};
  const { 'pod-template-hash': _hash, ...labels } = metadata?.labels ?? {};
  return { ...rest, metadata: { ...metadata, labels } };
}
