// Applying one manifest by server-side apply: the server merges it, knows who owns which field, and says which fields
// somebody else owns; they are shown, and taken over only where that was asked for. One object a step. Secrets are
// refused: what is applied is shown, journaled and audited. An object that was opened and edited goes as a whole
// (`edit.ts`).

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { blocker, info, isNote, previewOf, requireTarget } from '../../kit/preview.ts';
import { type Look, waitFor } from '../../kit/readBack.ts';
import { settling } from '../../kit/settling.ts';
import { clean, isProblem, statusOf } from '../client/problems.ts';
import { isMapping, textOf } from '../config/kubeconfig.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { type Manifest, parseManifest } from '../manifests/text.ts';
import { idOf, markKey } from '../mapping/place.ts';
import type { KubeObject, Workload } from '../records/objects.ts';
import { changesBetween } from './diff.ts';
import { openedVersion, performEdit, previewEdit, takenOver } from './edit.ts';
import { kindOfPlural, pathOfObject, toFound } from './objects.ts';
import { moved, orBlocker } from './recipes.ts';
import { lookAtRollout } from './rollout.ts';

const applyPatch = 'application/apply-patch+yaml';

/** A manifest with the place it belongs to on this server. */
export interface Placed {
  readonly manifest: Manifest;
  readonly name: string;
  readonly namespace?: string;
  readonly path: string;
  /** "deployments". */
  readonly plural: string;
  /** "Deployment shop/web". */
  readonly title: string;
}

export function applyHandler(k8s: Kubernetes): OperationHandler {
  return settling(k8s, {
    preview: (context) => preview(k8s, context),
    refresh: async ({ target }) => target,
    perform: async (context) => perform(k8s, context),
    verify: (context) =>
      waitFor(k8s, context, async () => lookAt(k8s, await place(k8s, context), context.mark, context.signal)),
    reconcile: async (context) => {
      const placed = await place(k8s, context);
      const now = await fetchNow(k8s, placed, context.signal);
      return now?.metadata.annotations?.[markKey] === context.mark
        ? { found: 'done', observed: `${placed.title} is as applied` }
        : { found: 'not-done', observed: `${placed.title} does not carry the mark of this plan` };
    },
  });
}

async function preview(k8s: Kubernetes, context: StepContext): Promise<HandlerPreview> {
  const found = await orBlocker(() => place(k8s, context));
  if (found.kind === 'blocked') return previewOf('Applies nothing.', { notes: [found.note] });
  const placed = found.value;
  const now = await fetchNow(k8s, placed, context.signal);
  const about = { title: placed.title, ids: now ? await idsOf(k8s, placed, context.signal) : [] };
  return { ...(await previewPlaced(k8s, placed, now, context)), about };
}

async function previewPlaced(
  k8s: Kubernetes,
  placed: Placed,
  now: KubeObject | undefined,
  context: StepContext,
): Promise<HandlerPreview> {
  if (openedVersion(context) !== undefined)
    return previewEdit(
      k8s,
      placed,
      context,
      () => fetchNow(k8s, placed, context.signal),
      async () => {
        const owned = await conflictsOf(k8s, placed, context);
        return isForced(context) ? owned.map(takenOver) : owned;
      },
    );
  const effect = now ? `Changes ${placed.title} as the manifest says.` : `Makes ${placed.title}.`;
  const tried = await orBlocker(() => send(k8s, placed, context, { isDry: true }));
  if (tried.kind === 'blocked') {
    const owned = await conflictsOf(k8s, placed, context);
    const notes = owned.length > 0 ? owned : [tried.note];
    return previewOf(effect, { notes, checkedBy: 'dry-run' });
  }
  const changes = changesBetween(now ?? {}, now ? tried.value : placed.manifest);
  const taken = isForced(context) ? await conflictsOf(k8s, placed, context) : [];
  return previewOf(now && changes.length === 0 ? `Nothing: ${placed.title} is so already.` : effect, {
    changes,
    notes: [...taken.map(takenOver), now ? undefined : info(`${placed.title} is not there yet.`)].filter(
      isNote,
    ),
    idle: now !== undefined && changes.length === 0,
    checkedBy: 'dry-run',
  });
}

async function perform(k8s: Kubernetes, context: WriteContext): Promise<{ readonly createdId?: string }> {
  const placed = await place(k8s, context);
  if (openedVersion(context) !== undefined) {
    await performEdit(k8s, placed, context, () => fetchNow(k8s, placed, context.signal));
    return {};
  }
  const now = await fetchNow(k8s, placed, context.signal);
  if (now?.metadata.annotations?.[markKey] === context.mark) return {};
  if (now?.metadata.deletionTimestamp !== undefined) throw moved(`${placed.title} is being deleted.`);
  await send(k8s, placed, context, { isDry: false, mark: context.mark });
  return {};
}

async function lookAt(k8s: Kubernetes, placed: Placed, mark: string, signal: AbortSignal): Promise<Look> {
  const now = await fetchNow(k8s, placed, signal);
  if (!now) return { kind: 'waiting', observed: `${placed.title} is not there` };
  if (now.metadata.annotations?.[markKey] !== mark)
    return { kind: 'failed', observed: `${placed.title} was changed by somebody else at once` };
  const kind = placed.manifest.kind.toLowerCase();
  if (kind === 'deployment' || kind === 'statefulset' || kind === 'daemonset') {
    const look = await lookAtRollout(k8s, toFound(k8s, kind, placed.path, now as Workload), signal);
    if (look.kind !== 'done') return look;
    // The step is about the cluster; what was applied is told in words.
    return { kind: 'done', verification: { verified: true, observed: look.verification.observed } };
  }
  return { kind: 'done', verification: { verified: true, observed: `${placed.title} is as applied` } };
}

function isForced({ args }: StepContext): boolean {
  return args.force === true;
}

async function send(
  k8s: Kubernetes,
  { manifest, path, title }: Placed,
  context: StepContext,
  how: { readonly isDry: boolean; readonly mark?: string; readonly force?: boolean },
): Promise<KubeObject> {
  const annotations = isMapping(manifest.metadata.annotations) ? manifest.metadata.annotations : {};
  const marked = { ...annotations, ...(how.mark ? { [markKey]: how.mark } : {}) };
  const metadata = {
    ...manifest.metadata,
    ...(Object.keys(marked).length > 0 ? { annotations: marked } : {}),
  };
  try {
    return await k8s.cluster.call<KubeObject>({
      method: 'PATCH',
      path,
      query: {
        fieldManager: 'pilothouse',
        force: how.force ?? isForced(context),
        ...(how.isDry ? { dryRun: 'All' } : {}),
      },
      contentType: applyPatch,
      body: { ...manifest, metadata },
      harmless: how.isDry,
      signal: context.signal,
      what: `apply ${title}`,
    });
  } catch (error) {
    // Old servers call a field of the wrong type a failure of their own (500).
    if (!isProblem(error, 'cloud-failed') || !/typed patch/.test(error.problem.message)) throw error;
    const message = error.problem.message.replace(/ failed \(\d+\) while trying to/, ' refused to');
    throw new ProblemError({ code: 'cloud-invalid', message, fix: 'Correct the manifest.' }, error);
  }
}

/** Which fields somebody else owns, one blocker a field. */
async function conflictsOf(
  k8s: Kubernetes,
  placed: Placed,
  context: StepContext,
): Promise<readonly PreviewNote[]> {
  try {
    await send(k8s, placed, context, { isDry: true, force: false });
    return [];
  } catch (error) {
    if (!isProblem(error, 'cloud-conflict')) return [];
    const causes = statusOf(error.cause).details?.causes ?? [];
    return causes
      .filter(({ message }) => !/conflict with "pilothouse"/.test(message ?? ''))
      .map(({ field, message }) => ({
        ...blocker(
          `${field ?? 'A field'} belongs to somebody else: ${clean(message ?? 'a conflict')}.`,
          'Leave it as it is, or apply by force to take it over.',
        ),
        liftedBy: 'force',
      }));
  }
}

async function fetchNow(k8s: Kubernetes, { path, title }: Placed, signal: AbortSignal) {
  return k8s.cluster.find<KubeObject>({ path, signal, what: `read ${title}` });
}

/** Reads the manifest and finds its place. Throws ProblemError where it has none. */
async function place(k8s: Kubernetes, context: StepContext): Promise<Placed> {
  requireTarget(context);
  const manifest = parseManifest(String(context.args.manifest ?? ''));
  const { apiVersion, kind, metadata } = manifest;
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const list = await k8s.cluster.find<{
    readonly resources?: readonly {
      readonly name: string;
      readonly kind: string;
      readonly namespaced: boolean;
    }[];
  }>({ path: root, signal: context.signal, what: `ask what ${apiVersion} has` });
  const served = list?.resources?.find((one) => one.kind === kind && !one.name.includes('/'));
  if (!served)
    throw bad(
      `${k8s.place.cluster} does not serve ${kind} in ${apiVersion}.`,
      'Use a version that the cluster serves (kubectl api-versions).',
    );
  const namespace = served.namespaced
    ? (textOf(metadata.namespace) ?? (await k8s.namespace(context.signal)))
    : undefined;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return {
    manifest: { ...manifest, metadata: { ...metadata, ...(namespace ? { namespace } : {}) } },
    name: metadata.name,
    ...(namespace ? { namespace } : {}),
    plural: served.name,
    path: `${root}${scope}/${served.name}/${encodeURIComponent(metadata.name)}`,
    title: `${kind} ${namespace ? `${namespace}/` : ''}${metadata.name}`,
  };
}

/** The object as the graph knows it. A plural of another group is another kind of thing. */
async function idsOf(k8s: Kubernetes, placed: Placed, signal: AbortSignal): Promise<readonly string[]> {
  const { name, namespace, plural } = placed;
  const kind = kindOfPlural(plural);
  const group = groupOf(placed.path);
  if (kind && groupOf(await pathOfObject(k8s, kind, name, namespace, signal)) === group)
    return [idOf(k8s.place, kind, name, namespace)];
  return [idOf(k8s.place, 'custom-resource', `${plural}.${group}/${name}`, namespace)];
}

/** "apps" of `/apis/apps/v1/…`; empty for `/api/v1/…`. */
function groupOf(path: string): string {
  return /^\/apis\/([^/]+)\//.exec(path)?.[1] ?? '';
}

function bad(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}
