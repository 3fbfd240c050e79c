// What a hypervisor counts of one server, in the common form of Nova 2.48 and later: counters since its start. By
// default only administrators may ask.

import { z } from 'zod';
import type { OpenStack } from './api/openStack.ts';
import { cloudIdOf } from './mapping/place.ts';

const count = z.number().nullish();
const diagnostics = z.object({
  cpu_details: z.array(z.object({ time: count })).default([]),
  memory_details: z.object({ maximum: count, used: count }).nullish(),
  disk_details: z.array(z.object({ read_requests: count, write_requests: count })).default([]),
  nic_details: z.array(z.object({ rx_octets: count, tx_octets: count })).default([]),
});
export type Diagnostics = z.infer<typeof diagnostics>;

export async function fetchDiagnostics(os: OpenStack, id: string, signal: AbortSignal): Promise<Diagnostics> {
  const path = `/servers/${encodeURIComponent(cloudIdOf(id))}/diagnostics`;
  const what = 'read what the hypervisor knows of the server';
  return os.cloud.read({ service: 'compute', path, signal, what }, diagnostics);
}

export function sum<T>(items: readonly T[], value: (item: T) => number | null | undefined): number {
  return items.reduce((total, item) => total + (value(item) ?? 0), 0);
}
