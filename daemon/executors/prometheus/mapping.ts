// From labels to the resource they speak of, in whatever connection it is: by pod, workload, node, address or name. Only
// what fits exactly one resource is mapped; nothing is guessed, and a loopback address names nothing. What fits none, or
// more than one, stays with the target of the server itself. Pure.

import net from 'node:net';
import type { Json, Resource } from '../../../shared/model/resource.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Mapper {
  /** Id of the one resource the labels speak of. */
  resourceOf(labels: Labels): string | undefined;
}

/** Kinds that have an address or a name of their own on the network. */
const machineKinds = new Set(['vm', 'host', 'node', 'database', 'load-balancer']);
const workloadLabels = ['pod', 'deployment', 'statefulset', 'daemonset', 'service'] as const;
const addressKeys = ['ip', 'floating_ip', 'ips', 'addresses', 'public_ip', 'private_ip'];

/** Over all known resources but simulated ones and the targets of this server. */
export function createMapper(resources: readonly Resource[], ownConnection: string): Mapper {
  const byAddress = new Map<string, Set<string>>();
  const byName = new Map<string, Set<string>>();
  const byPath = new Map<string, Set<string>>();
  for (const resource of resources) {
    if (resource.simulated || resource.connection === ownConnection) continue;
    const { id, kind, name, namespace } = resource;
    if (namespace !== undefined) put(byPath, `${kind} ${namespace}/${name}`, id);
    if (!machineKinds.has(kind)) continue;
    put(byName, name.toLowerCase(), id);
    for (const address of addressesOf(resource)) put(byAddress, address, id);
  }
  return {
    resourceOf(labels) {
      for (const label of workloadLabels) {
        const name = labels[label];
        if (!name || !labels.namespace) continue;
        const found = onlyOne(byPath.get(`${label} ${labels.namespace}/${name}`));
        if (found !== undefined) return found;
      }
      for (const name of [labels.node, hostOf(labels.instance), labels.nodename]) {
        if (!name || isLoopback(name)) continue;
        const found = onlyOne(net.isIP(name) ? byAddress.get(name) : byName.get(name.toLowerCase()));
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** "10.0.0.5:9100" → "10.0.0.5"; "[::1]:9100" → "::1". */
export function hostOf(instance: string | undefined): string | undefined {
  if (!instance) return undefined;
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(instance);
  if (bracketed) return bracketed[1];
  return net.isIP(instance) ? instance : instance.replace(/:\d+$/, '').replace(/^https?:\/\//, '');
}

function isLoopback(name: string): boolean {
  return /^(127\.|localhost$|::1$|0\.0\.0\.0$)/i.test(name);
}

function addressesOf({ attributes }: Resource): readonly string[] {
  return addressKeys
    .flatMap((key) => textsOf(attributes[key]))
    .filter((text) => net.isIP(text) && !isLoopback(text));
}

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function put(index: Map<string, Set<string>>, key: string, id: string): void {
  const found = index.get(key);
  if (found) found.add(id);
  else index.set(key, new Set([id]));
}

function onlyOne(ids: ReadonlySet<string> | undefined): string | undefined {
  return ids?.size === 1 ? [...ids][0] : undefined;
}
