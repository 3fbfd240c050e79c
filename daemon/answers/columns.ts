// Which attributes say most about a resource of each kind; the columns of lists and the lines of details.

import type { Json, Resource } from '../../shared/model/resource.ts';

const columnsByKind: Readonly<Record<string, readonly string[]>> = {
  vm: ['flavor', 'ip', 'floating_ip', 'image'],
  volume: ['size_gb', 'attached_to'],
  subnet: ['cidr', 'network'],
  'security-group': ['rules'],
  'floating-ip': ['attached_to'],
  flavor: ['vcpus', 'ram_gb'],
  snapshot: ['source', 'size_gb'],
  database: ['flavor', 'size_gb'],
  node: ['unschedulable'],
  deployment: ['replicas', 'ready', 'image'],
  statefulset: ['replicas', 'ready', 'image'],
  daemonset: ['ready', 'image'],
  pod: ['node', 'restarts'],
  service: ['port'],
  cronjob: ['suspended'],
  anomaly: ['severity', 'metric', 'resource', 'at'],
  alert: ['severity', 'resource', 'at'],
  host: ['vcpus', 'ram_gb'],
  datastore: ['size_gb'],
  container: ['image', 'ports'],
  process: ['user', 'command', 'ports'],
  unit: ['description'],
  range: ['answering', 'scanned_at'],
};

const titles: Readonly<Record<string, string>> = {
  size_gb: 'Size (GB)',
  ram_gb: 'Memory (GB)',
  vcpus: 'vCPUs',
  ip: 'Address',
  floating_ip: 'Floating IP',
  cidr: 'CIDR',
  attached_to: 'Attached to',
};

/** A person's heading for an attribute. */
export function columnTitle(key: string): string {
  return titles[key] ?? `${key.charAt(0).toUpperCase()}${key.slice(1).replaceAll('_', ' ')}`;
}

/** Columns worth showing for these resources: name and status, the kind's own, and where they are if it differs. */
export function columnsOf(
  resources: readonly Resource[],
): readonly { readonly key: string; readonly title: string }[] {
  const kinds = [...new Set(resources.map((resource) => resource.kind))];
  const own = [...new Set(kinds.flatMap((kind) => columnsByKind[kind] ?? []))];
  const filled = own.filter((key) => resources.some((resource) => isPresent(resource.attributes[key])));
  const where = (['namespace', 'region', 'connection'] as const).filter((key) => differs(resources, key));
  const keys = [
    'name',
    ...(kinds.length > 1 ? ['kind'] : []),
    ...(resources.some((r) => r.status) ? ['status'] : []),
    ...filled,
    ...where,
  ];
  return keys.map((key) => ({ key, title: columnTitle(key) }));
}

/** Cell of a resource under a column; ids of other resources become their names. */
export function cellOf(resource: Resource, key: string, nameOf: (id: string) => string | undefined): Json {
  const value = (resource as unknown as Record<string, Json | undefined>)[key] ?? resource.attributes[key];
  if (value === undefined) return '';
  if (typeof value === 'string') return nameOf(value) ?? value;
  if (Array.isArray(value))
    return value
      .map((item) => (typeof item === 'string' ? (nameOf(item) ?? item) : JSON.stringify(item)))
      .join(', ');
  return value;
}

function differs(resources: readonly Resource[], key: 'namespace' | 'region' | 'connection'): boolean {
  return new Set(resources.map((resource) => resource[key])).size > 1;
}

function isPresent(value: Json | undefined): boolean {
  return value !== undefined && value !== '' && value !== null;
}
