// Which microversion to speak to a service that has them: the highest both sides know. The ceilings are the newest
// whose answers this executor was tried with; above them fields change meaning (Nova 2.92 makes no keypairs,
// 2.88 hides a hypervisor's size).

import { z } from 'zod';
import type { Service } from './catalog.ts';

export interface Microversion {
  readonly major: number;
  readonly minor: number;
}

const ceilings: Readonly<Partial<Record<Service, Microversion>>> = {
  compute: { major: 2, minor: 79 },
  volume: { major: 3, minor: 59 },
};

/** Name of a service in the header. */
const headerNames: Readonly<Partial<Record<Service, string>>> = { compute: 'compute', volume: 'volume' };

const one = z.object({ id: z.string(), version: z.string().nullish(), min_version: z.string().nullish() });
export const versionDocument = z.union([
  z.object({ version: one }).transform((body) => [body.version]),
  z.object({ versions: z.array(one) }).transform((body) => body.versions),
]);

export function hasMicroversions(service: Service): boolean {
  return ceilings[service] !== undefined;
}

/** Parses `2.79`; undefined for anything else. */
export function parseMicroversion(text: string | null | undefined): Microversion | undefined {
  const match = /^(\d+)\.(\d+)$/.exec(text ?? '');
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

export function isAtLeast(a: Microversion, b: Microversion): boolean {
  return a.major > b.major || (a.major === b.major && a.minor >= b.minor);
}

/** Chooses from what a service offers; undefined where it has no microversions. */
export function negotiate(
  service: Service,
  offered: readonly { readonly version?: string | null; readonly min_version?: string | null }[],
): Microversion | undefined {
  const ceiling = ceilings[service];
  if (!ceiling) return undefined;
  for (const offer of offered) {
    const highest = parseMicroversion(offer.version);
    const lowest = parseMicroversion(offer.min_version);
    if (!highest || highest.major !== ceiling.major) continue;
    if (lowest && !isAtLeast(ceiling, lowest)) return lowest;
    return isAtLeast(highest, ceiling) ? ceiling : highest;
  }
  return undefined;
}

export function microversionHeaders(
  service: Service,
  chosen: Microversion | undefined,
): Record<string, string> {
  const name = headerNames[service];
  if (!name || !chosen) return {};
  const text = `${chosen.major}.${chosen.minor}`;
  return service === 'compute'
    ? { 'openstack-api-version': `${name} ${text}`, 'x-openstack-nova-api-version': text }
    : { 'openstack-api-version': `${name} ${text}` };
}
