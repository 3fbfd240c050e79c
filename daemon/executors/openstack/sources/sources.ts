// Every source of an OpenStack connection, one line each. A new kind is one line more here.

import { fetchFlavors, fetchHypervisors, fetchKeypairs } from '../api/compute.ts';
import { fetchImages } from '../api/image.ts';
import {
  fetchFloatingIps,
  fetchNetworks,
  fetchPorts,
  fetchRouters,
  fetchSecurityGroups,
  fetchSubnets,
} from '../api/network.ts';
import { fetchPlace, type OpenStack } from '../api/openStack.ts';
import { fetchVolumeSnapshots, fetchVolumes } from '../api/volume.ts';
import { toFlavor, toHost, toKeypair } from '../mapping/compute.ts';
import { relationsOfImage, toImage } from '../mapping/image.ts';
import {
  relationsOfFloatingIp,
  relationsOfPort,
  relationsOfRouter,
  relationsOfSubnet,
  toFloatingIp,
  toNetwork,
  toPort,
  toRouter,
  toSecurityGroup,
  toSubnet,
} from '../mapping/network.ts';
import type { Place } from '../mapping/place.ts';
import {
  relationsOfVolume,
  relationsOfVolumeSnapshot,
  toVolume,
  toVolumeSnapshot,
} from '../mapping/volume.ts';
import { isSnapshotImage } from '../records/image.ts';
import { projectSource } from './project.ts';
import { serversSource } from './servers.ts';
import { type Found, fullSource, kindsOf, rhythm, type ServiceSource, translate } from './source.ts';

type Read = (signal: AbortSignal, place: Place) => Promise<Found>;

export function createSources(os: OpenStack): readonly ServiceSource[] {
  const source = (
    name: string,
    kind: ReturnType<typeof kindsOf>[number],
    service: ServiceSource['service'],
    intervalMs: number,
    read: Read,
  ) =>
    fullSource(os, { name, kinds: kindsOf(kind), service, intervalMs }, async (signal) =>
      read(signal, await fetchPlace(os, signal)),
    );
  return [
    serversSource(os),
    source('flavors', 'flavor', 'compute', rhythm.rarely, async (signal, place) =>
      translate(await fetchFlavors(os, signal), (one) => toFlavor(one, place)),
    ),
    source('keypairs', 'keypair', 'compute', rhythm.seldom, async (signal, place) =>
      translate(await fetchKeypairs(os, signal), (one) => toKeypair(one, place)),
    ),
    source('images', 'image', 'image', rhythm.seldom, async (signal, place) => {
      const images = (await fetchImages(os, signal)).filter((image) => !isSnapshotImage(image));
      return translate(images, (one) => toImage(one, place));
    }),
    source('snapshots', 'snapshot', 'image', rhythm.sometimes, (signal, place) =>
      readSnapshots(os, signal, place),
    ),
    source('volumes', 'volume', 'volume', rhythm.often, async (signal, place) =>
      translate(
        await fetchVolumes(os, signal),
        (one) => toVolume(one, place),
        (one) => relationsOfVolume(one, place),
      ),
    ),
    source('networks', 'network', 'network', rhythm.seldom, async (signal, place) =>
      translate(await fetchNetworks(os, signal), (one) => toNetwork(one, place)),
    ),
    source('subnets', 'subnet', 'network', rhythm.seldom, async (signal, place) => {
      const names = new Map((await os.lists.networks(signal)).map((one) => [one.id, one.name ?? undefined]));
      return translate(
        await fetchSubnets(os, signal),
        (one) => toSubnet(one, place, names.get(one.network_id)),
        (one) => relationsOfSubnet(one, place),
      );
    }),
    source('routers', 'router', 'network', rhythm.seldom, async (signal, place) => {
      const [routers, ports] = await Promise.all([fetchRouters(os, signal), fetchPorts(os, signal)]);
      return translate(
        routers,
        (one) => toRouter(one, place),
        (one) => relationsOfRouter(one, ports, place),
      );
    }),
    source('ports', 'port', 'network', rhythm.sometimes, async (signal, place) =>
      translate(
        await fetchPorts(os, signal),
        (one) => toPort(one, place),
        (one) => relationsOfPort(one, place),
      ),
    ),
    source('floating addresses', 'floating-ip', 'network', rhythm.sometimes, async (signal, place) => {
      const [ips, ports] = await Promise.all([fetchFloatingIps(os, signal), fetchPorts(os, signal)]);
      const portById = new Map(ports.map((port) => [port.id, port]));
      return translate(
        ips,
        (one) => toFloatingIp(one, portById.get(one.port_id ?? ''), place),
        (one) => relationsOfFloatingIp(one, portById.get(one.port_id ?? ''), place),
      );
    }),
    source('security groups', 'security-group', 'network', rhythm.sometimes, async (signal, place) =>
      translate(await fetchSecurityGroups(os, signal), (one) => toSecurityGroup(one, place)),
    ),
    source('hypervisors', 'host', 'compute', rhythm.seldom, async (signal, place) =>
      translate(await fetchHypervisors(os, signal), (one) => toHost(one, place)),
    ),
    projectSource(os),
  ];
}

/** Snapshots of servers are images of Glance, those of volumes are Cinder's: one kind, so one source. */
async function readSnapshots(os: OpenStack, signal: AbortSignal, place: Place): Promise<Found> {
  const images = (await fetchImages(os, signal)).filter(isSnapshotImage);
  const ofServers = translate(
    images,
    (one) => toImage(one, place),
    (one) => relationsOfImage(one, place),
  );
  if (!os.cloud.has('volume')) return ofServers;
  const ofVolumes = translate(
    await fetchVolumeSnapshots(os, signal),
    (one) => toVolumeSnapshot(one, place),
    (one) => relationsOfVolumeSnapshot(one, place),
  );
  return {
    resources: [...ofServers.resources, ...ofVolumes.resources],
    relations: [...ofServers.relations, ...ofVolumes.relations],
  };
}
