// Every source of an AWS connection, one entry each. Each reads all of its kind every time, since AWS tells no changes;
// what a list of all pages does not have is gone, and a list that could not be read whole is an error, after which
// nothing is taken for gone. A list these credentials may not read is an empty source where it is not EC2's own.

import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { Kind } from '../../../../shared/model/kind.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type { DiscoverySource } from '../../contract.ts';
import * as ec2 from '../api/ec2.ts';
import { fetchImageList, fetchInstanceNames, fetchNetworkNames, fetchTypesOf } from '../api/names.ts';
import * as others from '../api/others.ts';
import { type Aws, fetchPlace } from '../aws.ts';
import { relationsOfAlert, toAlert } from '../mapping/alarm.ts';
import { relationsOfBalancer, toBalancer } from '../mapping/balancer.ts';
import * as database from '../mapping/database.ts';
import {
  isGone,
  relationsOfImage,
  relationsOfVm,
  toFlavor,
  toImage,
  toKeypair,
  toVm,
} from '../mapping/instance.ts';
import * as network from '../mapping/network.ts';
import { type Place, toResource } from '../mapping/place.ts';
import * as storage from '../mapping/storage.ts';
import * as workload from '../mapping/workload.ts';

interface Found {
  readonly resources: readonly Resource[];
  readonly relations: readonly Relation[];
}

type Read = (aws: Aws, signal: AbortSignal, place: Place) => Promise<Found>;

interface Entry {
  readonly name: string;
  readonly kinds: readonly Kind[];
  readonly intervalMs: number;
  readonly read: Read;
  /** A service many accounts give nobody the right to read: refused means empty. */
  readonly optional?: boolean;
}

/** How often a kind is worth reading while nothing happens, in ms: each reading counts against the account. */
const rhythm = { often: 15_000, sometimes: 30_000, seldom: 60_000 } as const;

const entries: readonly Entry[] = [
  { name: 'instances', kinds: ['vm'], intervalMs: rhythm.often, read: readInstances },
  {
    name: 'volumes',
    kinds: ['volume'],
    intervalMs: rhythm.often,
    read: async (aws, signal, place) =>
      translate(await ec2.fetchVolumes(aws, signal), place, storage.toVolume, storage.relationsOfVolume),
  },
  { name: 'snapshots', kinds: ['snapshot'], intervalMs: rhythm.seldom, read: readSnapshots },
  { name: 'images', kinds: ['image'], intervalMs: rhythm.seldom, read: readImages },
  {
    name: 'VPCs',
    kinds: ['network'],
    intervalMs: rhythm.seldom,
    read: async (aws, signal, place) => translate(await ec2.fetchVpcs(aws, signal), place, network.toNetwork),
  },
  {
    name: 'subnets',
    kinds: ['subnet'],
    intervalMs: rhythm.seldom,
    read: async (aws, signal, place) => {
      const [subnets, names] = await Promise.all([
        ec2.fetchSubnets(aws, signal),
        fetchNetworkNames(aws, signal),
      ]);
      const to = (one: (typeof subnets)[number]) => network.toSubnet(one, place, names.get(one.VpcId ?? ''));
      return translate(subnets, place, to, network.relationsOfSubnet);
    },
  },
  {
    name: 'security groups',
    kinds: ['security-group'],
    intervalMs: rhythm.sometimes,
    read: async (aws, signal, place) => {
      const [groups, names] = await Promise.all([
        ec2.fetchSecurityGroups(aws, signal),
        fetchNetworkNames(aws, signal),
      ]);
      const to = (one: (typeof groups)[number]) =>
        network.toSecurityGroup(one, place, names.get(one.VpcId ?? ''));
      return translate(groups, place, to, network.relationsOfSecurityGroup);
    },
  },
  {
    name: 'elastic IPs',
    kinds: ['floating-ip'],
    intervalMs: rhythm.sometimes,
    read: async (aws, signal, place) =>
      translate(
        await ec2.fetchAddresses(aws, signal),
        place,
        network.toFloatingIp,
        network.relationsOfFloatingIp,
      ),
  },
  {
    name: 'key pairs',
    kinds: ['keypair'],
    intervalMs: rhythm.seldom,
    read: async (aws, signal, place) => translate(await ec2.fetchKeypairs(aws, signal), place, toKeypair),
  },
  {
    name: 'instance types',
    kinds: ['flavor'],
    intervalMs: rhythm.seldom,
    read: readTypes,
  },
  {
    name: 'databases',
    kinds: ['database'],
    intervalMs: rhythm.sometimes,
    optional: true,
    read: async (aws, signal, place) =>
      translate(
        await others.fetchDatabases(aws, signal),
        place,
        database.toDatabase,
        database.relationsOfDatabase,
      ),
  },
  {
    name: 'load balancers',
    kinds: ['load-balancer'],
    intervalMs: rhythm.sometimes,
    optional: true,
    read: async (aws, signal, place) => {
      const found = await others.fetchBalancers(aws, signal);
      return {
        resources: found.map((one) => toBalancer(one.balancer, place, one)),
        relations: found.flatMap((one) => relationsOfBalancer(one.balancer, place, one.targets)),
      };
    },
  },
  {
    name: 'clusters',
    kinds: ['cluster'],
    intervalMs: rhythm.seldom,
    optional: true,
    read: async (aws, signal, place) =>
      translate(await others.fetchClusters(aws, signal), place, workload.toCluster),
  },
  {
    name: 'services and auto-scaling groups',
    kinds: ['deployment'],
    intervalMs: rhythm.sometimes,
    read: readDeployments,
  },
  { name: 'tasks', kinds: ['pod'], intervalMs: rhythm.sometimes, optional: true, read: readTasks },
  {
    name: 'functions',
    kinds: ['service'],
    intervalMs: rhythm.seldom,
    optional: true,
    read: async (aws, signal, place) =>
      translate(
        await others.fetchFunctions(aws, signal),
        place,
        workload.toFunction,
        workload.relationsOfFunction,
      ),
  },
  {
    name: 'alarms',
    kinds: ['alert'],
    intervalMs: rhythm.sometimes,
    optional: true,
    read: async (aws, signal, place) =>
      translate(await others.fetchAlarms(aws, signal), place, toAlert, relationsOfAlert),
  },
  { name: 'account', kinds: ['project'], intervalMs: rhythm.seldom, read: readAccount },
];

export function createSources(aws: Aws): readonly DiscoverySource[] {
  return entries.map(({ name, kinds, intervalMs, read, optional }) => ({
    name,
    kinds,
    intervalMs,
    read: async ({ signal }) => {
      const place = await fetchPlace(aws, signal);
      const found = optional ? await orEmpty(read(aws, signal, place)) : await read(aws, signal, place);
      return { mode: 'full' as const, removed: [], ...found };
    },
  }));
}

const nothing: Found = { resources: [], relations: [] };

function translate<T>(
  records: readonly T[],
  place: Place,
  to: (record: T, place: Place) => Resource,
  relationsOf: (record: T, place: Place) => readonly Relation[] = () => [],
): Found {
  return {
    resources: records.map((record) => to(record, place)),
    relations: records.flatMap((record) => relationsOf(record, place)),
  };
}

/** What may not be read is not there for this person; every other failure stays one. */
async function orEmpty(reading: Promise<Found>): Promise<Found> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'cloud-forbidden') return nothing;
    throw error;
  }
}

function join(...parts: readonly Found[]): Found {
  return {
    resources: parts.flatMap((part) => part.resources),
    relations: parts.flatMap((part) => part.relations),
  };
}

async function readInstances(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const instances = (await ec2.fetchInstances(aws, signal)).filter((one) => !isGone(one));
  const names = await fetchInstanceNames(aws, instances, signal);
  return translate(instances, place, (one) => toVm(one, place, names), relationsOfVm);
}

/** Snapshots of volumes are EC2's, those of databases RDS's: one kind, so one source. */
async function readSnapshots(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const [ofVolumes, ofDatabases] = await Promise.all([
    ec2.fetchSnapshots(aws, signal),
    orEmpty(
      others
        .fetchDatabaseSnapshots(aws, signal)
        .then((found) =>
          translate(found, place, database.toDatabaseSnapshot, database.relationsOfDatabaseSnapshot),
        ),
    ),
  ]);
  return join(translate(ofVolumes, place, storage.toSnapshot, storage.relationsOfSnapshot), ofDatabases);
}

/** The account's own images, and those its instances were made from; all public ones would be a hundred thousand. */
async function readImages(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const [own, instances] = await Promise.all([ec2.fetchImages(aws, signal), ec2.fetchInstances(aws, signal)]);
  const known = new Set(own.map((image) => image.ImageId));
  const missing = [...new Set(instances.filter((one) => !isGone(one)).map((one) => one.ImageId ?? ''))]
    .filter((id) => id !== '' && !known.has(id))
    .sort();
  const used = await fetchImageList(aws, missing, signal);
  return translate([...own, ...used], place, toImage, relationsOfImage);
}

/**
 * Every type the region offers, by name, so that it can be named in a sentence; what it has is read only of those in
 * use, since the whole is some ten megabytes of XML.
 */
async function readTypes(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const instances = (await ec2.fetchInstances(aws, signal)).filter((one) => !isGone(one));
  const [offered, used] = await Promise.all([
    ec2.fetchOfferedTypes(aws, signal),
    fetchTypesOf(aws, instances, signal),
  ]);
  const known = new Set(used.map((type) => type.InstanceType as string));
  const others = offered
    .filter((name) => !known.has(name))
    .map((name) => ({ InstanceType: name }) as InstanceTypeInfo);
  return translate([...used, ...others], place, toFlavor);
}

async function readDeployments(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const [groups, services] = await Promise.all([
    orEmpty(
      others
        .fetchScalingGroups(aws, signal)
        .then((found) => translate(found, place, workload.toScalingGroup, workload.relationsOfScalingGroup)),
    ),
    orEmpty(readServices(aws, signal, place)),
  ]);
  return join(groups, services);
}

async function readServices(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const clusters = await others.fetchClusters(aws, signal);
  const services = await Promise.all(
    clusters.map((cluster) => others.fetchEcsServices(aws, cluster.clusterName!, signal)),
  );
  return translate(services.flat(), place, workload.toEcsService, workload.relationsOfEcsService);
}

async function readTasks(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const clusters = await others.fetchClusters(aws, signal);
  const tasks = await Promise.all(
    clusters.map((cluster) => others.fetchTasks(aws, cluster.clusterName!, signal)),
  );
  return translate(tasks.flat(), place, workload.toTask, workload.relationsOfTask);
}

/** The account with what is asked of it: the budget of requests, and how often AWS refused for haste. */
async function readAccount(aws: Aws, signal: AbortSignal, place: Place): Promise<Found> {
  const { user } = await aws.identity(signal);
  const budget = aws.services.budget();
  const account = await aws.services.account();
  return {
    resources: [
      toResource(place, 'project', place.account ?? 'account', {
        name: place.account,
        status: 'enabled',
        attributes: {
          profile: account.profile,
          acting_as: user,
          requests_per_second_max: budget?.perSecondMax,
          requests_per_second: budget && Math.round(budget.perSecond * 10) / 10,
          requests_refused_for_haste: budget?.refusals,
        },
      }),
    ],
    relations: [],
  };
}
