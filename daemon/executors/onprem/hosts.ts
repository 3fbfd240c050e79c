// Servers, devices and what scans found, as hosts. One that cannot be read stands there with the reason and with what was
// known of it before; it takes nothing away and stops no other.

import { problemOf } from '../../../shared/model/problem.ts';
import { type Relation, type Resource, resourceId } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { DiscoveryBatch, DiscoverySource } from '../contract.ts';
import { factsCommand, parseFacts } from './facts.ts';
import type { ScanStore } from './scanStore.ts';
import type { Site, SnmpDevice, SshHost } from './settings.ts';
import { readDevice } from './snmp.ts';
import { runOverSsh, type SshPlaces } from './ssh.ts';
import { serverOf } from './terminals.ts';

export interface SiteReader {
  readonly connection: string;
  /** The site as its file has it now. Throws ProblemError. */
  readonly load: () => Promise<Site>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly scans: ScanStore;
}

interface Things {
  readonly resources: readonly Resource[];
  readonly relations: readonly Relation[];
}

/** How long facts of a server may stand: they seldom change, and each reading is a sign-in in its log. */
const intervalMs = 60_000;

/** One source for all of a site: what a scan finds depends on what is known by name. */
export function siteSource(reader: SiteReader): DiscoverySource {
  const before = new Map<string, Things>();
  return {
    name: 'servers and devices',
    kinds: ['host', 'port', 'range'],
    intervalMs,
    async read({ signal }): Promise<DiscoveryBatch> {
      const site = await reader.load();
      const places = { ...reader, ...(site.ssh?.known_hosts ? { knownHosts: site.ssh.known_hosts } : {}) };
      const jobs = [
        ...(site.ssh?.hosts ?? []).map((host) => ({
          key: `ssh ${host.host}`,
          work: () => readServer(reader, host, places, signal),
          name: host.host,
        })),
        ...(site.snmp?.devices ?? []).map((device) => ({
          key: `snmp ${device.address}`,
          work: () => readOneDevice(reader, device, signal),
          name: device.address,
        })),
      ];
      const found: Things[] = [];
      const queue = jobs[Symbol.iterator]();
      const worker = async (): Promise<void> => {
        for (const { key, name, work } of queue) {
          try {
            const things = await work();
            before.set(key, things);
            found.push(things);
          } catch (error) {
            if (signal.aborted) throw error;
            found.push(unreadable(reader, name, before.get(key), error));
          }
        }
      };
      await Promise.all(Array.from({ length: limits.onPremConcurrency }, worker));
      const known = merged(found.flatMap(({ resources }) => resources));
      const scanned = scannedHosts(reader, site, known);
      const ranges = (site.scan?.ranges ?? []).map((range) => rangeResource(reader, range));
      return {
        mode: 'full',
        resources: [...[...known, ...scanned.resources].map((one) => withWays(site, one)), ...ranges],
        removed: [],
        relations: [...found.flatMap(({ relations }) => relations), ...scanned.relations],
      };
    },
  };
}

function hostOf(
  { connection }: SiteReader,
  path: string,
  more: Partial<Resource> & Pick<Resource, 'attributes'>,
): Resource {
  return {
    id: resourceId(connection, 'host', path),
    connection,
    provider: 'onprem',
    kind: 'host',
    name: path,
    status: 'running',
    health: 'ok',
    tags: {},
    ...more,
  };
}

async function readServer(
  reader: SiteReader,
  host: SshHost,
  places: SshPlaces,
  signal: AbortSignal,
): Promise<Things> {
  const text = await runOverSsh(host, factsCommand, places, signal);
  const { attributes } = parseFacts(text);
  const isAddress = /^[\d.]+$|:/.test(host.host);
  const ip: Resource['attributes'] = isAddress ? { ip: host.host } : {};
  const resource = hostOf(reader, host.host, { attributes: { ...ip, ...attributes, read_by: 'ssh' } });
  return { resources: [resource], relations: [] };
}

async function readOneDevice(reader: SiteReader, device: SnmpDevice, signal: AbortSignal): Promise<Things> {
  const facts = await readDevice(device, signal);
  const addresses = [...new Set([device.address, ...facts.interfaces.flatMap((one) => one.addresses)])];
  const host = hostOf(reader, device.address, {
    name: facts.name,
    attributes: {
      ip: device.address,
      addresses,
      hostname: facts.name,
      description: facts.description,
      ...(facts.location ? { location: facts.location } : {}),
      ...(facts.contact ? { contact: facts.contact } : {}),
      read_by: 'snmp',
    },
  });
  const ports = facts.interfaces.map((one): Resource => {
    const status = one.isUp ? 'active' : 'down';
    return {
      id: resourceId(reader.connection, 'port', `${device.address}/${one.index}`),
      connection: reader.connection,
      provider: 'onprem',
      kind: 'port',
      name: `${facts.name} ${one.name}`,
      status,
      // Somebody wants it up and it is not: that is worth a look. One that is switched off is only off.
      health: one.isUp ? 'ok' : one.isWanted ? 'warning' : 'off',
      tags: {},
      attributes: {
        attached_to: host.id,
        ...(one.addresses[0] ? { ip: one.addresses[0] } : {}),
        ...(one.mac ? { mac: one.mac } : {}),
        ...(one.speedMbps ? { speed_mbps: one.speedMbps } : {}),
      },
    };
  });
  const relations = ports.map(({ id }): Relation => ({ from: id, type: 'ATTACHED_TO', to: host.id }));
  return { resources: [host, ...ports], relations };
}

function unreadable(reader: SiteReader, name: string, before: Things | undefined, error: unknown): Things {
  const { message, fix } = problemOf(error);
  const reason = { problem: message, ...(fix ? { fix } : {}) };
  const known = before?.resources[0];
  const host = hostOf(reader, name, {
    ...known,
    status: 'error',
    health: 'error',
    attributes: { ...known?.attributes, ...reason },
  });
  return { resources: [host, ...(before?.resources.slice(1) ?? [])], relations: before?.relations ?? [] };
}

/** A host that the site does not reach over SSH, a switch or what a scan found, has no way in. */
function withWays(site: Site, resource: Resource): Resource {
  return resource.kind !== 'host' || serverOf(site, resource) ? resource : { ...resource, ways: [] };
}

/** A machine that is read over SSH and over SNMP is one machine; what its own shell says goes before. */
function merged(resources: readonly Resource[]): readonly Resource[] {
  const byId = new Map<string, Resource>();
  for (const one of resources) {
    const other = byId.get(one.id);
    const [first, second] = other?.attributes.read_by === 'snmp' ? [one, other] : [other ?? one, one];
    byId.set(one.id, other ? { ...first, attributes: { ...second.attributes, ...first.attributes } } : one);
  }
  return [...byId.values()];
}

/** What answered in the ranges and is not among the servers and devices that are known by name. */
function scannedHosts(reader: SiteReader, site: Site, known: readonly Resource[]): Things {
  const taken = new Set(known.flatMap(({ attributes }) => [attributes.ip, ...listOf(attributes.addresses)]));
  const resources: Resource[] = [];
  const relations: Relation[] = [];
  for (const range of site.scan?.ranges ?? [])
    for (const { address, ports } of reader.scans.get(range)?.hosts ?? []) {
      if (taken.has(address)) continue;
      taken.add(address);
      const attributes = { ip: address, ports: ports.map((port) => `tcp/${port}`), read_by: 'scan' };
      const host = hostOf(reader, address, { attributes });
      resources.push(host);
      const to = rangeIdOf(reader.connection, range);
      relations.push({ from: host.id, type: 'MEMBER_OF', to });
    }
  return { resources, relations };
}

/** A range that may be scanned, with what the last scan found. */
export function rangeResource({ connection, scans }: SiteReader, range: string): Resource {
  const last = scans.get(range);
  return {
    id: rangeIdOf(connection, range),
    connection,
    provider: 'onprem',
    kind: 'range',
    name: range,
    status: 'active',
    health: 'ok',
    tags: {},
    version: last?.scannedAt ?? 'never',
    attributes: {
      cidr: range,
      ...(last ? { scanned_at: last.scannedAt, answering: last.hosts.length } : {}),
    },
  };
}

export function rangeIdOf(connection: string, range: string): string {
  return resourceId(connection, 'range', range);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
