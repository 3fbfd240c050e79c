// Whether the user may do something, asked of the server beforehand, so that a plan says so before anybody says yes.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { blocker } from '../../kit/preview.ts';
import type { Apis, Plural } from '../client/apis.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';

export interface Wish {
  readonly verb: 'create' | 'patch' | 'update' | 'delete' | 'get';
  readonly plural: Plural;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

interface Review {
  readonly status?: { readonly allowed?: boolean; readonly reason?: string };
}

/** A blocker where it is not allowed; undefined where it is, or where the server does not tell. */
export async function refusalOf(
  k8s: Kubernetes,
  wish: Wish,
  signal: AbortSignal,
): Promise<PreviewNote | undefined> {
  const { verb, plural, subresource, namespace, name } = wish;
  const group = groupOf(await k8s.apis(signal), plural);
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource: plural, subresource, namespace, name } },
  };
  let review: Review;
  try {
    review = await k8s.cluster.call<Review>({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body,
      harmless: true,
      signal,
      what: 'ask what we may do',
    });
  } catch (error) {
    // Some clusters do not answer this; the dry run says it then.
    if (isProblem(error, 'cloud-forbidden') || isProblem(error, 'cloud-not-found')) return undefined;
    throw error;
  }
  if (review.status?.allowed !== false) return undefined;
  const { config } = await k8s.cluster.signedIn(signal);
  const where = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
  const what = subresource === undefined ? plural : `${plural}/${subresource}`;
  const reason = review.status.reason ? ` (${review.status.reason})` : '';
  return blocker(
    `User ${config.userName || 'anonymous'} may not ${verb} ${what} ${where}${reason}.`,
    `Ask an administrator of ${k8s.place.cluster} for a role that allows it.`,
  );
}

/** API group a collection is served in; empty for the core. */
export function groupOf(apis: Apis, plural: Plural): string {
  const version = apis.versionOf(plural) ?? 'v1';
  return version.includes('/') ? version.split('/')[0]! : '';
}
