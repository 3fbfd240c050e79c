// Reads one collection whole, page by page, so that no answer grows past what one turn of the event loop can bear, and
// all pages show the same moment. What a user may not list over the whole cluster is listed in the namespace of the
// context. Reads only.

import { limits } from '../../../config.ts';
import type { Plural } from '../client/apis.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { KubeObject, List } from '../records/objects.ts';

/** Only names, labels and owners are sent; the server keeps the values. */
export const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
export const metadataOne = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

export interface Listed {
  /** Of the whole list: a watch goes on from here. */
  readonly resourceVersion: string;
  readonly path: string;
}

export interface ListRequest {
  readonly path: string;
  readonly what: string;
  readonly metadataOnly?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Hands on page after page. Throws ProblemError. */
export async function listPages<T extends KubeObject>(
  k8s: Kubernetes,
  request: ListRequest,
  onPage: (items: readonly T[]) => void,
): Promise<Listed> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await listOnce(k8s, request, onPage);
    } catch (error) {
      // The moment the pages showed is over (410): once more from the beginning.
      const isExpired = isProblem(error, 'cloud-failed') && /\(410\)/.test(error.problem.message);
      if (!isExpired || attempt > 0) throw error;
      onPage([]);
    }
  }
}

async function listOnce<T extends KubeObject>(
  k8s: Kubernetes,
  { path, what, metadataOnly, query, signal }: ListRequest,
  onPage: (items: readonly T[]) => void,
): Promise<Listed> {
  let token: string | undefined;
  for (let page = 0; page < limits.cloudPagesMax; page++) {
    const list: List<T> = await k8s.cluster.call<List<T>>({
      path,
      query: { ...query, limit: limits.cloudPageItems, continue: token },
      ...(metadataOnly ? { accept: metadataList } : {}),
      signal,
      what,
    });
    onPage(list.items ?? []);
    token = list.metadata?.continue || undefined;
    if (token === undefined) return { resourceVersion: list.metadata?.resourceVersion ?? '0', path };
  }
  throw new Error(`more than ${limits.cloudPagesMax} pages of ${what}`);
}

/**
 * Lists over the whole cluster, or in the namespace of the context where the user may not do that. Undefined where the
 * server has no such collection or the user may list it nowhere.
 */
export async function listAllowed<T extends KubeObject>(
  k8s: Kubernetes,
  plural: Plural,
  isNamespaced: boolean,
  request: Omit<ListRequest, 'path'>,
  onPage: (items: readonly T[]) => void,
): Promise<Listed | undefined> {
  const apis = await k8s.apis(request.signal);
  if (apis.versionOf(plural) === undefined) return undefined;
  const whole = await unlessForbidden(() =>
    listPages<T>(k8s, { ...request, path: apis.pathOf(plural) }, onPage),
  );
  if (whole || !isNamespaced) return whole;
  const path = apis.pathOf(plural, await k8s.namespace(request.signal));
  return unlessForbidden(() => listPages<T>(k8s, { ...request, path }, onPage));
}

async function unlessForbidden<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return undefined;
    throw error;
  }
}
