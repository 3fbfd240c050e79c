// All that the user may do in one namespace, in one question (SelfSubjectRulesReview), where asking for every single
// thing would take dozens. A server that cannot list all rules (a webhook decides as well) says so, and then nothing is
// concluded from what is missing. It decides nothing: greying and plans do.

import type { Kubernetes } from '../kubernetes.ts';
import type { Wish } from './permission.ts';

export interface ResourceRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  /** Only objects of these names. */
  readonly resourceNames?: readonly string[];
}

interface Review {
  readonly status?: {
    readonly incomplete?: boolean;
    readonly resourceRules?: readonly ResourceRule[] | null;
  };
}

/** Undefined where the server does not tell, or not all. Throws ProblemError where it does not answer. */
export async function fetchRules(
  k8s: Kubernetes,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly ResourceRule[] | undefined> {
  const review = await k8s.cluster.find<Review>({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    },
    harmless: true,
    signal,
    what: 'ask what we may do',
  });
  const { incomplete, resourceRules } = review?.status ?? {};
  return incomplete === false ? (resourceRules ?? []) : undefined;
}

/** Whether a rule allows it, for all objects or at least for some: what may be done to one must not be greyed. */
export function isAllowed(
  rules: readonly ResourceRule[],
  group: string,
  { verb, plural }: Pick<Wish, 'verb' | 'plural'>,
): boolean {
  const names = (list: readonly string[] | undefined, one: string): boolean =>
    list?.some((each) => each === '*' || each === one) ?? false;
  return rules.some(
    (rule) => names(rule.verbs, verb) && names(rule.apiGroups, group) && names(rule.resources, plural),
  );
}
