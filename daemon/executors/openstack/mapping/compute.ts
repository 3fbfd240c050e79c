// Flavors, keypairs and hypervisors of Nova in the shared model. A hypervisor's path is its host name, because that
// is all a server says about where it runs.

import type { Resource } from '../../../../shared/model/resource.ts';
import type { FlavorRecord, HypervisorRecord, KeypairRecord } from '../records/compute.ts';
import { type Place, toResource } from './place.ts';

export function toFlavor(flavor: FlavorRecord, place: Place): Resource {
  return toResource(place, 'flavor', flavor.id, {
    name: flavor.name,
    status: flavor['OS-FLV-DISABLED:disabled'] ? 'disabled' : 'available',
    version: `${flavor.vcpus}/${flavor.ram}/${flavor.disk}`,
    attributes: { vcpus: flavor.vcpus, ram_gb: flavor.ram / 1024, size_gb: flavor.disk },
  });
}

export function toKeypair(keypair: KeypairRecord, place: Place): Resource {
  return toResource(place, 'keypair', keypair.name, {
    name: keypair.name,
    status: 'available',
    version: keypair.fingerprint ?? undefined,
    attributes: { fingerprint: keypair.fingerprint, type: keypair.type },
  });
}

export function toHost(host: HypervisorRecord, place: Place): Resource {
  const status = host.state === 'down' ? 'down' : host.status === 'disabled' ? 'disabled' : 'enabled';
  return toResource(place, 'host', host.hypervisor_hostname, {
    name: host.hypervisor_hostname,
    status,
    providerStatus: [host.state, host.status].filter(Boolean).join(', '),
    attributes: {
      vcpus: host.vcpus,
      vcpus_used: host.vcpus_used,
      ram_gb: host.memory_mb === undefined || host.memory_mb === null ? undefined : host.memory_mb / 1024,
      ram_used_gb:
        host.memory_mb_used === undefined || host.memory_mb_used === null
          ? undefined
          : host.memory_mb_used / 1024,
      vms: host.running_vms,
      type: host.hypervisor_type,
    },
  });
}
