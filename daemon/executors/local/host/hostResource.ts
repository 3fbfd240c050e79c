// This machine as a resource: what it is and what it listens on. Nothing in it changes by itself from one second to the
// next; figures are metrics, not attributes, so that the graph is not written anew all the time.

import os from 'node:os';
import { type Resource, resourceId } from '../../../../shared/model/resource.ts';
import type { Listener } from './listeners.ts';

export function hostIdOf(connection: string): string {
  return resourceId(connection, 'host', 'this');
}

/** The host, with who listens on which port. */
export function hostResource(
  connection: string,
  listeners: readonly Listener[],
  more: Resource['attributes'],
): Resource {
  const addresses = addressesOf(os.networkInterfaces());
  const bootMs = Math.round((Date.now() - os.uptime() * 1000) / 60_000) * 60_000;
  return {
    id: hostIdOf(connection),
    connection,
    provider: 'local',
    kind: 'host',
    name: os.hostname(),
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: {
      this_machine: true,
      hostname: os.hostname(),
      os: `${os.type()} ${os.release()}`,
      arch: os.arch(),
      vcpus: os.cpus().length,
      ram_gb: Math.round((os.totalmem() / 1024 ** 3) * 10) / 10,
      ...(addresses[0] ? { ip: addresses[0], addresses } : {}),
      // To the minute: the clock of a machine moves, and that alone is no change of it.
      booted_at: new Date(bootMs).toISOString(),
      ...(listeners.length > 0 ? { ports: listeners.map(sentenceOf) } : {}),
      ...more,
    },
  };
}

/** "tcp/22 sshd (812)", with the address where it is not all of them. */
function sentenceOf({ protocol, address, port, process }: Listener): string {
  const where = /^(?:0\.0\.0\.0|::)$/.test(address) ? '' : ` on ${address}`;
  return `${protocol}/${port}${where}${process === undefined ? '' : ` ${process}`}`;
}

/** Addresses other machines could use, IPv4 first. */
export function addressesOf(interfaces: NodeJS.Dict<os.NetworkInterfaceInfo[]>): readonly string[] {
  const all = Object.values(interfaces).flatMap((each) => each ?? []);
  const outside = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  return [
    ...new Set([
      ...outside.filter(({ family }) => family === 'IPv4').map(({ address }) => address),
      ...outside.filter(({ family }) => family === 'IPv6').map(({ address }) => address),
    ]),
  ].slice(0, 20);
}
