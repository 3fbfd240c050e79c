// What the simulated project may use, and what it uses. Refusals and figures look like those of a real cloud.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { QuotaUse } from '../contract.ts';
import type { Draft } from './draft.ts';
import { numberOf } from './thing.ts';

export const quotas = {
  instances: 20,
  vcpus: 64,
  ram_gb: 160,
  volumes: 30,
  volume_gb: 3_000,
  snapshots: 20,
  floating_ips: 8,
  networks: 8,
  security_groups: 12,
} as const;
export type QuotaName = keyof typeof quotas;

const words: Readonly<Record<QuotaName, string>> = {
  instances: 'VMs',
  vcpus: 'vCPUs',
  ram_gb: 'GB of memory',
  volumes: 'volumes',
  volume_gb: 'GB of volumes',
  snapshots: 'snapshots',
  floating_ips: 'floating IPs',
  networks: 'networks',
  security_groups: 'security groups',
};

export function usageOf(draft: Draft): Readonly<Record<QuotaName, number>> {
  const sum = (kind: 'vm' | 'volume', attribute: string): number =>
    draft.all(kind).reduce((total, thing) => total + numberOf(thing, attribute), 0);
  return {
    instances: draft.all('vm').length,
    vcpus: sum('vm', 'vcpus'),
    ram_gb: sum('vm', 'ram_gb'),
    volumes: draft.all('volume').length,
    volume_gb: sum('volume', 'size_gb'),
    snapshots: draft.all('snapshot').length,
    floating_ips: draft.all('floating-ip').length,
    networks: draft.all('network').length,
    security_groups: draft.all('security-group').length,
  };
}

/** Throws ProblemError `cloud-quota` where the draft uses more than before and more than allowed. */
export function requireQuota(before: Readonly<Record<QuotaName, number>>, draft: Draft): void {
  const after = usageOf(draft);
  for (const name of Object.keys(quotas) as QuotaName[]) {
    if (after[name] <= quotas[name] || after[name] <= before[name]) continue;
    throw new ProblemError({
      code: 'cloud-quota',
      message: `The quota of ${quotas[name]} ${words[name]} does not suffice: ${before[name]} are used and this needs ${after[name] - before[name]} more.`,
      fix: 'Delete what is not needed, or choose something smaller.',
    });
  }
}

/** What the draft needs more of than before, for the plan's sum. */
export function quotaUses(before: Readonly<Record<QuotaName, number>>, draft: Draft): readonly QuotaUse[] {
  const after = usageOf(draft);
  return (Object.keys(quotas) as QuotaName[])
    .filter((name) => after[name] > before[name])
    .map((name) => ({
      what: words[name],
      needed: after[name] - before[name],
      used: before[name],
      limit: quotas[name],
    }));
}

/** "Used afterwards: 12 of 20 VMs, 40 of 64 vCPUs": what would be used, of what changes. Empty where nothing does. */
export function quotaSentence(before: Readonly<Record<QuotaName, number>>, draft: Draft): string {
  const after = usageOf(draft);
  const changed = (Object.keys(quotas) as QuotaName[]).filter((name) => after[name] !== before[name]);
  const figures = changed.map((name) => `${after[name]} of ${quotas[name]} ${words[name]}`);
  return figures.length === 0 ? '' : `Used afterwards: ${figures.join(', ')}.`;
}
