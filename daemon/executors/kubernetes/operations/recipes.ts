// The three shapes most operations have, so that each file holds only what is particular to it: changing an object,
// making one that carries the plan's mark, and deleting one. Each is tried by a dry run of the server first and bound
// to the very object that was read: its uid and its version go along with the write.

import type { Arguments } from '../../../../shared/model/operation.ts';
import type { FieldChange, PreviewNote } from '../../../../shared/model/plan.ts';
import { type ProblemCode, ProblemError } from '../../../../shared/model/problem.ts';
import type {
  HandlerPreview,
  OperationHandler,
  QuotaUse,
  StepContext,
  Verification,
  WriteContext,
} from '../../contract.ts';
import { blocker, isNote, previewOf, previewOfGone, requireTarget } from '../../kit/preview.ts';
import { type Look, waitFor } from '../../kit/readBack.ts';
import { settling } from '../../kit/settling.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { KubeObject } from '../records/objects.ts';
import { changesBetween } from './diff.ts';
import { acceptOf, type Found, fetchObject, nounOf, pluralOf, toFound } from './objects.ts';
import { refusalOf, type Wish } from './permission.ts';

export const mergePatch = 'application/merge-patch+json';
export const strategicPatch = 'application/strategic-merge-patch+json';

/** Several writers may meet at an object; a controller's bookkeeping is no reason to give up. */
export const conflictTriesMax = 4;

/** What is to be written into an object. */
export interface Write {
  readonly method: 'PATCH' | 'PUT';
  readonly contentType?: string;
  readonly body: object;
}

export interface Change {
  readonly write: Write;
  readonly effect: string;
  readonly notes?: readonly PreviewNote[];
  readonly quota?: readonly QuotaUse[];
  readonly resolvedArgs?: Arguments;
}

export interface ChangeRecipe<T extends KubeObject> {
  /** What would be written; reads only. `mark` is absent in a preview. Throws ProblemError where it cannot be. */
  readonly change: (now: Found<T>, context: StepContext, mark?: string) => Promise<Change>;
  /** Whether what is wanted stands in the object. */
  readonly isWanted: (now: T, context: StepContext, mark?: string) => boolean | Promise<boolean>;
  /** How far the effect is; default: as soon as it is wanted it is done. */
  readonly look?: (now: Found<T>, context: StepContext) => Promise<Look>;
  /** More of the target than the object says, e.g. the number of its revision. */
  readonly complete?: (now: Found<T>, context: StepContext) => Promise<Found<T>>;
}

export function changeHandler<T extends KubeObject>(
  k8s: Kubernetes,
  recipe: ChangeRecipe<T>,
): OperationHandler {
  const read = async (context: StepContext) => {
    const found = await fetchObject<T>(k8s, requireTarget(context).id, context.signal);
    return found && recipe.complete ? recipe.complete(found, context) : found;
  };
  return settling(k8s, {
    preview: (context) => previewChange(k8s, recipe, read, context),
    refresh: async (context) => (await read(context))?.resource,
    perform: async (context) => {
      await performChange(k8s, recipe, context);
      return {};
    },
    verify: (context) =>
      waitFor(k8s, context, async () => {
        const now = await read(context);
        if (!now) return { kind: 'failed', observed: `${requireTarget(context).name} is gone` };
        if (recipe.look) return recipe.look(now, context);
        return (await recipe.isWanted(now.object, context, context.mark))
          ? done(now, `${now.resource.name} is as wanted`)
          : { kind: 'failed', observed: `${now.resource.name} was changed by somebody else at once` };
      }),
    reconcile: async (context) => {
      const now = await read(context);
      const { name } = requireTarget(context);
      if (!now) return { found: 'unknown', observed: `${name} is gone` };
      const isWanted = await recipe.isWanted(now.object, context, context.mark);
      return isWanted
        ? { found: 'done', observed: `${name} is as wanted` }
        : { found: 'not-done', observed: `${name} is as it was` };
    },
  });
}

export function done(now: Found, observed: string): Look {
  return { kind: 'done', verification: { verified: true, observed, resource: now.resource } };
}

async function previewChange<T extends KubeObject>(
  k8s: Kubernetes,
  recipe: ChangeRecipe<T>,
  read: (context: StepContext) => Promise<Found<T> | undefined>,
  context: StepContext,
  attempt = 1,
): Promise<HandlerPreview> {
  const now = await read(context);
  if (!now) return previewOfGone(context, 'thing');
  if (now.object.metadata.deletionTimestamp !== undefined)
    return previewOf(`Nothing: ${now.resource.name} is being deleted.`, {
      notes: [blocker(`${now.resource.name} is being deleted.`, 'Nothing is left to do with it.')],
    });
  const planned = await orBlocker(() => recipe.change(now, context));
  if (planned.kind === 'blocked') return previewOf('Nothing can be done.', { notes: [planned.note] });
  const change = planned.value;
  if (await recipe.isWanted(now.object, context))
    return previewOf(`Nothing: ${now.resource.name} is as wanted already.`, {
      idle: true,
      resolvedArgs: change.resolvedArgs,
    });
  const verb = change.write.method === 'PUT' ? 'update' : 'patch';
  const refusal = await refusalOf(k8s, wishOf(now, verb), context.signal);
  const more = { quota: change.quota, resolvedArgs: change.resolvedArgs };
  if (refusal) return previewOf(change.effect, { ...more, notes: [refusal, ...(change.notes ?? [])] });
  const tried = await orBlocker(() => sendWrite<T>(k8s, now, change, context, true));
  if (tried.kind === 'blocked') {
    // Its status moved between reading and trying.
    if (tried.code === 'cloud-conflict' && attempt < conflictTriesMax)
      return previewChange(k8s, recipe, read, context, attempt + 1);
    return previewOf(change.effect, {
      ...more,
      notes: [tried.note, ...(change.notes ?? [])],
      checkedBy: 'dry-run',
    });
  }
  return previewOf(change.effect, {
    ...more,
    changes: changesBetween(now.object, tried.value),
    notes: change.notes,
    checkedBy: 'dry-run',
  });
}

async function performChange<T extends KubeObject>(
  k8s: Kubernetes,
  recipe: ChangeRecipe<T>,
  context: WriteContext,
): Promise<void> {
  const target = requireTarget(context);
  for (let attempt = 0; ; attempt++) {
    const now = await fetchObject<T>(k8s, target.id, context.signal);
    if (!now) throw moved(`${target.name} is not there any more.`);
    if (await recipe.isWanted(now.object, context, context.mark)) return;
    if (target.version !== undefined && now.resource.version !== target.version)
      throw moved(`${target.name} was changed by somebody else since the plan was shown.`);
    const change = await recipe.change(now, context, context.mark);
    const stops = change.notes?.find((note) => note.level === 'blocker');
    if (stops) throw moved(stops.message);
    try {
      await sendWrite(k8s, now, change, context, false);
      return;
    } catch (error) {
      // Its status moved between reading and writing; what is wanted of it is compared again.
      if (!isProblem(error, 'cloud-conflict') || attempt + 1 >= conflictTriesMax) throw error;
    }
  }
}

/** With the uid and the version of what was read: anything else is refused by the server. */
async function sendWrite<T extends KubeObject>(
  k8s: Kubernetes,
  now: Found<T>,
  { write }: Change,
  { signal }: StepContext,
  isDry: boolean,
): Promise<T> {
  const { uid, resourceVersion } = now.object.metadata;
  const body = write.body as { readonly metadata?: object };
  return k8s.cluster.call<T>({
    method: write.method,
    path: now.path,
    query: { fieldManager: 'pilothouse', ...(isDry ? { dryRun: 'All' } : {}) },
    body: { ...body, metadata: { ...body.metadata, uid, resourceVersion } },
    contentType: write.contentType,
    accept: acceptOf(now.kind),
    harmless: isDry,
    signal,
    what: `change the ${nounOf(now.kind)} ${now.resource.name}`,
  });
}

function wishOf({ kind, resource }: Found, verb: Wish['verb']): Wish {
  return { verb, plural: pluralOf(kind), namespace: resource.namespace, name: resource.name };
}

export type Tried<T> =
  | { readonly kind: 'fine'; readonly value: T }
  | { readonly kind: 'blocked'; readonly code: ProblemCode; readonly note: PreviewNote };

/** Refusals of the server become blockers of the preview; what is wrong with the connection stays an error. */
export async function orBlocker<T>(attempt: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { kind: 'fine', value: await attempt() };
  } catch (error) {
    if (!(error instanceof ProblemError) || !blocking.has(error.problem.code)) throw error;
    const { code, message, fix } = error.problem;
    return { kind: 'blocked', code, note: blocker(message, fix) };
  }
}

const blocking: ReadonlySet<string> = new Set([
  'bad-input',
  'unsupported',
  'cloud-forbidden',
  'cloud-invalid',
  'cloud-conflict',
  'cloud-quota',
  'cloud-not-found',
  'cloud-throttled',
  'wrong-state',
]);

export function moved(message: string): ProblemError {
  return new ProblemError({
    code: 'world-moved',
    message,
    fix: 'Nothing was done to it. Ask again: the new plan shows what is there now.',
  });
}

export interface Making {
  readonly kind: Parameters<typeof nounOf>[0];
  readonly namespace?: string;
  readonly manifest: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: object;
  } & object & {
      readonly spec?: object | undefined;
    };
  readonly name: string;
}

export interface CreateRecipe {
  /** What is to be made; the preview of it says what was chosen. `mark` is absent in a preview. */
  readonly make: (context: StepContext, mark?: string) => Promise<Making>;
  readonly describe: (context: StepContext, making: Making) => Promise<Omit<Change, 'write'>>;
  readonly look: (now: Found<never>, context: StepContext) => Promise<Look>;
  /** Reads the mark of what may be the plan's own. */
  readonly markOf: (object: KubeObject) => string | undefined;
}

export function createHandler(k8s: Kubernetes, recipe: CreateRecipe): OperationHandler {
  const find = async (making: Making, signal: AbortSignal) => {
    const apis = await k8s.apis(signal);
    const path = `${apis.pathOf(pluralOf(making.kind), making.namespace)}/${encodeURIComponent(making.name)}`;
    const what = `read the ${nounOf(making.kind)} ${making.name}`;
    const object = await k8s.cluster.find<KubeObject>({ path, signal, what });
    return object && toFound(k8s, making.kind, path, object);
  };
  const send = async (making: Making, signal: AbortSignal, isDry: boolean) => {
    const path = (await k8s.apis(signal)).pathOf(pluralOf(making.kind), making.namespace);
    const object = await k8s.cluster.call<KubeObject>({
      method: 'POST',
      path,
      query: { fieldManager: 'pilothouse', ...(isDry ? { dryRun: 'All' } : {}) },
      body: making.manifest,
      harmless: isDry,
      signal,
      what: `create the ${nounOf(making.kind)} ${making.name}`,
    });
    return toFound(k8s, making.kind, `${path}/${making.name}`, object);
  };
  return settling(k8s, {
    preview: async (context) => {
      const making = await recipe.make(context);
      const described = await recipe.describe(context, making);
      const { kind, namespace } = making;
      const refusal = await refusalOf(
        k8s,
        { verb: 'create', plural: pluralOf(kind), namespace },
        context.signal,
      );
      const tried = refusal ? undefined : await orBlocker(() => send(making, context.signal, true));
      const stops = [refusal, tried?.kind === 'blocked' ? tried.note : undefined].filter(isNote);
      return previewOf(described.effect, {
        changes: stops.length > 0 ? [] : madeFields(making),
        notes: [...stops, ...(described.notes ?? [])],
        quota: described.quota,
        resolvedArgs: described.resolvedArgs,
        checkedBy: refusal ? 'checked' : 'dry-run',
      });
    },
    refresh: async ({ target, signal }) => target && (await fetchObject(k8s, target.id, signal))?.resource,
    perform: async (context) => {
      const making = await recipe.make(context, context.mark);
      const there = await find(making, context.signal);
      if (there && recipe.markOf(there.object) === context.mark) return { createdId: there.resource.id };
      return { createdId: (await send(making, context.signal, false)).resource.id };
    },
    verify: (context) =>
      waitFor(k8s, context, async () => {
        const now = await fetchObject(k8s, context.outcome.createdId ?? '', context.signal);
        if (!now) return { kind: 'waiting', observed: 'it is not there' };
        return recipe.look(now as Found<never>, context);
      }),
    reconcile: async (context) => {
      const making = await recipe.make(context, context.mark);
      const there = await find(making, context.signal);
      const noun = nounOf(making.kind);
      if (there && recipe.markOf(there.object) === context.mark)
        return {
          found: 'done',
          observed: `the ${noun} ${making.name} was made`,
          createdId: there.resource.id,
        };
      return { found: 'not-done', observed: `no ${noun} carries the mark of this plan` };
    },
  });
}

/** What was asked for, without what the server adds by itself. */
function madeFields({ manifest }: Making): readonly FieldChange[] {
  const { apiVersion: _version, kind: _kind, ...rest } = manifest as Readonly<Record<string, unknown>>;
  return changesBetween({}, rest);
}

/** The effect of a write to a resource that is gone afterwards. */
export function goneVerification(name: string): Verification {
  return { verified: true, observed: `${name} is gone`, gone: true };
}
