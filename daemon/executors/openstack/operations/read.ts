// One resource as the cloud shows it now, of any kind an operation may be about. By id, never by name.

import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import { fetchKeypair, fetchServer } from '../api/compute.ts';
import { fetchImage } from '../api/image.ts';
import { fetchFromNetwork } from '../api/network.ts';
import { fetchPlace, fetchVmNames, type OpenStack } from '../api/openStack.ts';
import { fetchVolume, fetchVolumeSnapshot } from '../api/volume.ts';
import { toKeypair } from '../mapping/compute.ts';
import { toImage } from '../mapping/image.ts';
import { toFloatingIp, toNetwork, toRouter, toSecurityGroup, toSubnet } from '../mapping/network.ts';
import type { Place } from '../mapping/place.ts';
import { isGone, toVm } from '../mapping/vm.ts';
import { toVolume, toVolumeSnapshot } from '../mapping/volume.ts';

/** Undefined where it is gone, or of a kind that is not read one by one. */
export async function fetchResource(
  os: OpenStack,
  id: string,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const place = await fetchPlace(os, signal);
  switch (parseResourceId(id)?.kind) {
    case 'vm': {
      const server = await fetchServer(os, id, signal);
      return server && !isGone(server) ? toVm(server, place, await fetchVmNames(os, signal)) : undefined;
    }
    case 'keypair':
      return map(await fetchKeypair(os, id, signal), (one) => toKeypair(one, place));
    case 'image':
      return map(await fetchImage(os, id, signal), (one) => toImage(one, place));
    case 'volume':
      return map(await fetchVolume(os, id, signal), (one) => toVolume(one, place));
    case 'snapshot':
      return /:snapshot\/image\//.test(id)
        ? map(await fetchImage(os, id, signal), (one) => toImage(one, place))
        : map(await fetchVolumeSnapshot(os, id, signal), (one) => toVolumeSnapshot(one, place));
    default:
      return fetchNetworkResource(os, id, place, signal);
  }
}

async function fetchNetworkResource(
  os: OpenStack,
  id: string,
  place: Place,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  switch (parseResourceId(id)?.kind) {
    case 'network':
      return map(await fetchFromNetwork(os, 'networks', id, signal), (one) => toNetwork(one, place));
    case 'subnet': {
      const networks = await os.lists.networks(signal);
      return map(await fetchFromNetwork(os, 'subnets', id, signal), (one) =>
        toSubnet(one, place, networks.find((network) => network.id === one.network_id)?.name ?? undefined),
      );
    }
    case 'router':
      return map(await fetchFromNetwork(os, 'routers', id, signal), (one) => toRouter(one, place));
    case 'security-group':
      return map(await fetchFromNetwork(os, 'security-groups', id, signal), (one) =>
        toSecurityGroup(one, place),
      );
    case 'floating-ip': {
      const ip = await fetchFromNetwork(os, 'floatingips', id, signal);
      const port = ip?.port_id ? await fetchFromNetwork(os, 'ports', ip.port_id, signal) : undefined;
      return map(ip, (one) => toFloatingIp(one, port, place));
    }
    default:
      return undefined;
  }
}

function map<T>(record: T | undefined, translate: (record: T) => Resource): Resource | undefined {
  return record === undefined ? undefined : translate(record);
}
