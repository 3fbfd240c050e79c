// The project the connection works in, with what it may use and uses. A service that does not tell is left out.

import type { Json } from '../../../../shared/model/resource.ts';
import { fetchComputeLimits } from '../api/compute.ts';
import { fetchPlace, type OpenStack } from '../api/openStack.ts';
import { fetchVolumeLimits } from '../api/volume.ts';
import { isProblem } from '../client/cloud.ts';
import { toResource } from '../mapping/place.ts';
import { fullSource, kindsOf, rhythm, type ServiceSource } from './source.ts';

export function projectSource(os: OpenStack): ServiceSource {
  const source = {
    name: 'project',
    kinds: kindsOf('project'),
    service: 'identity',
    intervalMs: rhythm.seldom,
  } as const;
  return fullSource(os, source, async (signal) => {
    const { project } = await os.cloud.session(signal);
    const place = await fetchPlace(os, signal);
    const attributes = {
      domain: project.domain,
      ...(await orNothing(() => computeFigures(os, signal))),
      ...(os.cloud.has('volume') ? await orNothing(() => volumeFigures(os, signal)) : {}),
    };
    const fields = { name: project.name, status: 'enabled', attributes };
    return { resources: [toResource(place, 'project', project.id, fields)], relations: [] };
  });
}

type Figures = Readonly<Record<string, Json>>;

async function computeFigures(os: OpenStack, signal: AbortSignal): Promise<Figures> {
  const limits = await fetchComputeLimits(os, signal);
  return {
    vms: `${limits.totalInstancesUsed} of ${bound(limits.maxTotalInstances)}`,
    vcpus_used: `${limits.totalCoresUsed} of ${bound(limits.maxTotalCores)}`,
    ram_gb_used: `${limits.totalRAMUsed / 1024} of ${bound(limits.maxTotalRAMSize, 1024)}`,
  };
}

async function volumeFigures(os: OpenStack, signal: AbortSignal): Promise<Figures> {
  const limits = await fetchVolumeLimits(os, signal);
  return {
    volumes: `${limits.totalVolumesUsed} of ${bound(limits.maxTotalVolumes)}`,
    volume_gb_used: `${limits.totalGigabytesUsed} of ${bound(limits.maxTotalVolumeGigabytes)}`,
  };
}

function bound(limit: number, unit = 1): string {
  return limit < 0 ? 'unlimited' : String(limit / unit);
}

async function orNothing(read: () => Promise<Figures>): Promise<Figures> {
  try {
    return await read();
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden') || isProblem(error, 'unsupported')) return {};
    throw error;
  }
}
