// Puts an edited object in the place of the one that was opened. It is the whole object, so that what was taken out
// goes, too: server-side apply would keep what others own. It is done only where nobody changed what can be edited
// since it was opened, and the server holds that at the moment of the write (uid and resourceVersion).

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { HandlerPreview, StepContext, WriteContext } from '../../contract.ts';
import { blocker, previewOf, textArgument, warning } from '../../kit/preview.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { toWhole, versionOf } from '../manifests/editable.ts';
import { markKey } from '../mapping/place.ts';
import type { KubeObject } from '../records/objects.ts';
import type { Placed } from './apply.ts';
import { changesBetween } from './diff.ts';
import { conflictTriesMax, moved, orBlocker } from './recipes.ts';

/** The version at which the object was opened, where the manifest is an edit of it. */
export function openedVersion({ args }: StepContext): string | undefined {
  return textArgument(args, 'version');
}

/** `owned`: fields of others that it would change, as blockers or, where they are taken over, warnings. */
export async function previewEdit(
  k8s: Kubernetes,
  placed: Placed,
  context: StepContext,
  fetchNow: () => Promise<KubeObject | undefined>,
  owned: () => Promise<readonly PreviewNote[]>,
  attempt = 1,
): Promise<HandlerPreview> {
  const effect = `Changes ${placed.title} to what was edited.`;
  const now = await fetchNow();
  const why = whyMoved(placed, now, context);
  if (!now || why !== undefined) return previewOf(effect, { notes: [stale(why ?? '')] });
  const tried = await orBlocker(() => replace(k8s, placed, now, context));
  // Its status moved between reading and trying.
  if (tried.kind === 'blocked' && tried.code === 'cloud-conflict' && attempt < conflictTriesMax)
    return previewEdit(k8s, placed, context, fetchNow, owned, attempt + 1);
  if (tried.kind === 'blocked') return previewOf(effect, { notes: [tried.note], checkedBy: 'dry-run' });
  const changes = changesBetween(now, tried.value);
  if (changes.length === 0)
    return previewOf(`Nothing: ${placed.title} is so already.`, { idle: true, checkedBy: 'dry-run' });
  return previewOf(effect, { changes, notes: await owned(), checkedBy: 'dry-run' });
}

/** Throws ProblemError; `world-moved` where somebody changed it since it was opened. */
export async function performEdit(
  k8s: Kubernetes,
  placed: Placed,
  context: WriteContext,
  fetchNow: () => Promise<KubeObject | undefined>,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const now = await fetchNow();
    if (now?.metadata.annotations?.[markKey] === context.mark) return;
    const why = whyMoved(placed, now, context);
    if (!now || why !== undefined) throw moved(why ?? '');
    try {
      await replace(k8s, placed, now, context, context.mark);
      return;
    } catch (error) {
      if (!isProblem(error, 'cloud-conflict') || attempt + 1 >= conflictTriesMax) throw error;
    }
  }
}

function whyMoved(placed: Placed, now: KubeObject | undefined, context: StepContext): string | undefined {
  const opened = openedVersion(context)!;
  if (!now) return `${placed.title} is not there any more.`;
  if (now.metadata.uid !== opened.split('/')[0])
    return `${placed.title} was deleted and made again since it was opened: it is another one.`;
  if (now.metadata.deletionTimestamp !== undefined) return `${placed.title} is being deleted.`;
  if (versionOf(now) === opened) return undefined;
  return `${placed.title} was changed on the server since it was opened.`;
}

function stale(message: string): PreviewNote {
  return blocker(message, 'Compare with the server; the edit is kept.');
}

async function replace(
  k8s: Kubernetes,
  { manifest, path, title }: Placed,
  now: KubeObject,
  context: StepContext,
  mark?: string,
): Promise<KubeObject> {
  return k8s.cluster.call<KubeObject>({
    method: 'PUT',
    path,
    query: { fieldManager: 'pilothouse', ...(mark === undefined ? { dryRun: 'All' } : {}) },
    body: toWhole(manifest, now, mark),
    harmless: mark === undefined,
    signal: context.signal,
    what: `change ${title}`,
  });
}

/** A note on a field that is taken over. */
export function takenOver(note: PreviewNote): PreviewNote {
  return warning(note.message, 'It is taken over; its owner may set it back.');
}
