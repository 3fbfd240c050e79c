// A thing of the simulated cloud in the words of the shared model, and the relations that its attributes mean.

import type { Kind } from '../../../shared/model/kind.ts';
import type { Relation, RelationType, Resource } from '../../../shared/model/resource.ts';
import { healthOf } from '../../../shared/model/statuses.ts';
import { namesOf, sandboxConnection, sandboxRegion, type Thing, thingId } from './thing.ts';

/** The cloud's own words for states, where they differ from ours in upper case. */
const providerStatuses: Readonly<Record<string, string>> = {
  running: 'ACTIVE',
  stopped: 'SHUTOFF',
  building: 'BUILD',
  starting: 'powering-on',
  stopping: 'powering-off',
};

const clusterKinds: readonly Kind[] = [
  'cluster',
  'namespace',
  'node',
  'deployment',
  'statefulset',
  'daemonset',
  'pod',
  'service',
  'configmap',
  'job',
  'cronjob',
  'ingress',
];

export function resourceOf(thing: Thing): Resource {
  const isCluster = clusterKinds.includes(thing.kind);
  return {
    id: thing.id,
    connection: sandboxConnection,
    provider: 'sandbox',
    kind: thing.kind,
    name: thing.name,
    status: thing.status,
    health: healthOf(thing.status),
    ...(thing.kind === 'vm'
      ? { providerStatus: providerStatuses[thing.status] ?? thing.status.toUpperCase() }
      : {}),
    region: sandboxRegion,
    ...(thing.zone ? { zone: thing.zone } : {}),
    ...(thing.namespace ? { namespace: thing.namespace } : {}),
    ...(isCluster ? { cluster: 'shop' } : { project: 'shop' }),
    tags: thing.tags,
    createdAt: new Date(thing.createdMs).toISOString(),
    version: String(thing.version),
    simulated: true,
    attributes: thing.attributes,
  };
}

/** attribute → the relation it means, and the kind of what it names (absent: it holds ids). */
const meanings: Readonly<Partial<Record<Kind, Readonly<Record<string, readonly [RelationType, Kind?]>>>>> = {
  vm: {
    networks: ['IN_NETWORK', 'network'],
    security_groups: ['PROTECTED_BY', 'security-group'],
    image: ['CREATED_FROM', 'image'],
    flavor: ['HAS_FLAVOR', 'flavor'],
    host: ['RUNS_ON', 'host'],
  },
  volume: { attached_to: ['ATTACHED_TO'], source: ['CREATED_FROM'] },
  snapshot: { source: ['CREATED_FROM'] },
  'floating-ip': { attached_to: ['ATTACHED_TO'], network: ['IN_NETWORK', 'network'] },
  subnet: { network: ['IN_NETWORK', 'network'] },
  router: { networks: ['ROUTES_TO', 'network'] },
  'load-balancer': { members: ['TARGETS'], network: ['IN_NETWORK', 'network'] },
  database: { flavor: ['HAS_FLAVOR', 'flavor'], network: ['IN_NETWORK', 'network'] },
  pod: { owner: ['OWNED_BY'], node: ['RUNS_ON', 'node'] },
  job: { owner: ['OWNED_BY'] },
};

export function relationsOf(thing: Thing, all: ReadonlyMap<string, Thing>): readonly Relation[] {
  const byAttribute = Object.entries(meanings[thing.kind] ?? {}).flatMap(([attribute, [type, kind]]) =>
    namesOf(thing, attribute).flatMap((name) => {
      const to = kind === undefined ? name : idOfName(kind, name, all);
      return to !== undefined && all.has(to) ? [{ from: thing.id, type, to }] : [];
    }),
  );
  return [...byAttribute, ...clusterRelations(thing, all)];
}

function idOfName(kind: Kind, name: string, all: ReadonlyMap<string, Thing>): string | undefined {
  if (all.has(thingId(kind, name))) return thingId(kind, name);
  for (const thing of all.values()) if (thing.kind === kind && thing.name === name) return thing.id;
  return undefined;
}

/** What labels and namespaces mean in a cluster. */
function clusterRelations(thing: Thing, all: ReadonlyMap<string, Thing>): readonly Relation[] {
  const to = (type: RelationType, id: string): readonly Relation[] =>
    all.has(id) ? [{ from: thing.id, type, to: id }] : [];
  const sameApp = (kind: Kind): string => thingId(kind, `${thing.namespace}/${String(thing.attributes.app)}`);
  switch (thing.kind) {
    case 'node':
    case 'namespace':
      return to('MEMBER_OF', thingId('cluster', 'shop'));
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
      return [
        ...to('MEMBER_OF', thingId('namespace', thing.namespace!)),
        ...to('MOUNTS', thingId('configmap', `${thing.namespace}/${thing.name}-config`)),
      ];
    case 'service':
      return [
        ...to('MEMBER_OF', thingId('namespace', thing.namespace!)),
        ...to('TARGETS', sameApp('deployment')),
        ...to('TARGETS', sameApp('statefulset')),
      ];
    case 'ingress':
      return [
        ...to('MEMBER_OF', thingId('namespace', thing.namespace!)),
        ...to('ROUTES_TO', thingId('service', `${thing.namespace}/${String(thing.attributes.service)}`)),
      ];
    case 'configmap':
    case 'cronjob':
    case 'job':
      return to('MEMBER_OF', thingId('namespace', thing.namespace!));
    default:
      return [];
  }
}
