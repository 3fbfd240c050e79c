// Whether the quotas of a namespace bear more pods. The server takes a deployment that its quota cannot hold, and only
// the pods fail to come: so it is worked out here, before anybody says yes.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { QuotaUse } from '../../contract.ts';
import { isNote, quotaNote, quotaUse } from '../../kit/preview.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { PodSpec, ResourceQuota } from '../records/objects.ts';
import { parseQuantity } from '../records/quantity.ts';
import { listObjects } from './objects.ts';

export interface QuotaCheck {
  readonly quota: readonly QuotaUse[];
  readonly notes: readonly PreviewNote[];
}

/** `copies` more pods of this kind, and perhaps objects beside them (`count/deployments.apps`). */
export async function checkQuota(
  k8s: Kubernetes,
  namespace: string,
  spec: PodSpec | undefined,
  copies: number,
  signal: AbortSignal,
  objects: Readonly<Record<string, number>> = {},
): Promise<QuotaCheck> {
  if (copies <= 0 && Object.keys(objects).length === 0) return { quota: [], notes: [] };
  const quotas = await fetchQuotas(k8s, namespace, signal);
  const uses = quotas.flatMap(({ metadata, status, spec: rules }) => {
    // Quotas that hold for some pods only cannot be worked out from here.
    if (rules?.scopes?.length || rules?.scopeSelector) return [];
    return Object.entries(status?.hard ?? {}).flatMap(([what, hard]) => {
      const needed = objects[what] ?? copies * (perPod(what, spec) ?? 0);
      const limit = parseQuantity(hard);
      const used = parseQuantity(status?.used?.[what]) ?? 0;
      if (needed <= 0 || limit === undefined) return [];
      const unit = /memory|storage/.test(what) ? 2 ** 20 : 1;
      const name = `${what}${unit > 1 ? ' (MiB)' : ''} of quota ${metadata.name} in ${namespace}`;
      return [quotaUse(name, round(needed / unit), round(used / unit), round(limit / unit))];
    });
  });
  return { quota: uses, notes: uses.map(quotaNote).filter(isNote) };
}

async function fetchQuotas(
  k8s: Kubernetes,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly ResourceQuota[]> {
  try {
    return await listObjects<ResourceQuota>(k8s, 'resourcequotas', { namespace }, signal);
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return [];
    throw error;
  }
}

/** What one pod takes of a quota; undefined for one that pods do not count towards. */
function perPod(what: string, spec: PodSpec | undefined): number | undefined {
  if (what === 'pods' || what === 'count/pods') return 1;
  const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(what);
  if (!match) return undefined;
  const which = match[1] === 'limits' ? 'limits' : 'requests';
  return (spec?.containers ?? []).reduce((sum, { resources = {} }) => {
    // A limit without a request is a request as well.
    const amount =
      resources[which]?.[match[2]!] ?? (which === 'requests' ? resources.limits?.[match[2]!] : undefined);
    return sum + (parseQuantity(amount) ?? 0);
  }, 0);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
