// The small estate the simulated cloud begins with: a shop with production, staging and development, on machines
// and in a cluster, so that nearly every operation of the catalogue can be rehearsed on something believable.

import type { Draft } from './draft.ts';
import { seedCluster } from './estateCluster.ts';
import { thingId } from './thing.ts';

const dayMs = 86_400_000;

/** name → vCPUs, memory in GB. S is balanced, M has memory. */
const flavors: Readonly<Record<string, readonly [vcpus: number, ramGb: number]>> = {
  'S.1': [1, 2],
  'S.2': [2, 4],
  'S.4': [4, 8],
  'S.8': [8, 16],
  'M.8': [8, 32],
};

interface VmSeed {
  readonly name: string;
  readonly flavor: string;
  readonly env: string;
  readonly role: string;
  readonly ageDays: number;
  readonly groups: readonly string[];
  readonly image?: string;
  readonly status?: string;
  readonly network?: string;
}

const vms: readonly VmSeed[] = [
  { name: 'web-1', flavor: 'S.4', env: 'prod', role: 'web', ageDays: 212, groups: ['web'] },
  { name: 'web-2', flavor: 'S.4', env: 'prod', role: 'web', ageDays: 212, groups: ['web'] },
  { name: 'web-3', flavor: 'S.4', env: 'prod', role: 'web', ageDays: 41, groups: ['web'] },
  { name: 'db-1', flavor: 'M.8', env: 'prod', role: 'db', ageDays: 340, groups: ['db'], image: 'debian-12' },
  { name: 'cache-1', flavor: 'S.2', env: 'prod', role: 'cache', ageDays: 120, groups: ['db'] },
  { name: 'web-staging-1', flavor: 'S.2', env: 'staging', role: 'web', ageDays: 64, groups: ['web'] },
  { name: 'web-staging-2', flavor: 'S.2', env: 'staging', role: 'web', ageDays: 64, groups: ['web'] },
  { name: 'app-staging-1', flavor: 'S.2', env: 'staging', role: 'app', ageDays: 63, groups: ['default'] },
  {
    name: 'bastion',
    flavor: 'S.1',
    env: 'staging',
    role: 'bastion',
    ageDays: 340,
    groups: ['bastion'],
    image: 'debian-12',
  },
  { name: 'dev-1', flavor: 'S.1', env: 'dev', role: 'dev', ageDays: 12, groups: ['default'], network: 'dev' },
  {
    name: 'dev-2',
    flavor: 'S.2',
    env: 'dev',
    role: 'dev',
    ageDays: 33,
    groups: ['default'],
    status: 'stopped',
    network: 'dev',
  },
  {
    name: 'ci-runner-1',
    flavor: 'S.4',
    env: 'dev',
    role: 'ci',
    ageDays: 5,
    groups: ['default'],
    network: 'dev',
  },
];

/** name, GB, env, the vm it is attached to. */
const volumes: readonly (readonly [string, number, string, string?])[] = [
  ['db-1-data', 500, 'prod', 'db-1'],
  ['db-1-wal', 100, 'prod', 'db-1'],
  ['web-1-logs', 50, 'prod', 'web-1'],
  ['shared-media', 200, 'prod', 'web-2'],
  ['app-staging-1-data', 40, 'staging', 'app-staging-1'],
  ['ci-cache', 80, 'dev', 'ci-runner-1'],
  ['scratch', 20, 'dev'],
  ['old-backup', 250, 'dev'],
];

/** address, the vm that has it. */
const floatingIps: readonly (readonly [string, string?])[] = [
  ['203.0.113.11', 'web-1'],
  ['203.0.113.12', 'web-2'],
  ['203.0.113.13', 'bastion'],
  ['203.0.113.14'],
];

export function seedEstate(draft: Draft): void {
  seedBasics(draft);
  seedVms(draft);
  seedVolumes(draft);
  seedFront(draft);
  seedCluster(draft);
}

function seedBasics(draft: Draft): void {
  const ago = (days: number): number => draft.nowMs - days * dayMs;
  draft.add({ kind: 'project', name: 'shop', createdMs: ago(400) });
  for (const [name, [vcpus, ram_gb]] of Object.entries(flavors))
    draft.add({ kind: 'flavor', name, createdMs: ago(400), attributes: { vcpus, ram_gb } });
  for (const [name, days] of [
    ['ubuntu-24.04', 90],
    ['ubuntu-22.04', 380],
    ['debian-12', 300],
    ['windows-2022', 200],
  ] as const)
    draft.add({
      kind: 'image',
      name,
      createdMs: ago(days),
      attributes: { size_gb: name.startsWith('windows') ? 12 : 3 },
    });
  for (const name of ['ops-key', 'dev-key']) draft.add({ kind: 'keypair', name, createdMs: ago(340) });
  for (const [name, cidr] of [
    ['private', '10.0.0.0/24'],
    ['dev', '10.0.8.0/24'],
    ['public', '203.0.113.0/24'],
  ] as const) {
    draft.add({
      kind: 'network',
      name,
      createdMs: ago(400),
      attributes: name === 'public' ? { external: true } : {},
    });
    draft.add({
      kind: 'subnet',
      name: `${name}-subnet`,
      createdMs: ago(400),
      attributes: { cidr, network: name },
    });
  }
  draft.add({
    kind: 'router',
    name: 'edge',
    createdMs: ago(400),
    attributes: { networks: ['private', 'dev', 'public'] },
  });
  for (const [name, rules] of [
    ['default', ['tcp/22 from 10.0.0.0/16']],
    ['web', ['tcp/443 from 0.0.0.0/0', 'tcp/80 from 0.0.0.0/0']],
    ['db', ['tcp/5432 from 10.0.0.0/24', 'tcp/6379 from 10.0.0.0/24']],
    ['bastion', ['tcp/22 from 0.0.0.0/0']],
  ] as const)
    draft.add({ kind: 'security-group', name, createdMs: ago(400), attributes: { rules } });
  for (const name of ['host-a', 'host-b'])
    draft.add({ kind: 'host', name, createdMs: ago(400), attributes: { vcpus: 64, ram_gb: 256 } });
}

function seedVms(draft: Draft): void {
  vms.forEach((seed, index) => {
    const [vcpus, ram_gb] = flavors[seed.flavor]!;
    const network = seed.network ?? 'private';
    draft.add({
      kind: 'vm',
      name: seed.name,
      status: seed.status ?? 'running',
      zone: index % 2 === 0 ? 'sim-1a' : 'sim-1b',
      tags: { env: seed.env, role: seed.role, team: seed.env === 'dev' ? 'platform' : 'shop' },
      createdMs: draft.nowMs - seed.ageDays * dayMs,
      attributes: {
        flavor: seed.flavor,
        vcpus,
        ram_gb,
        image: seed.image ?? 'ubuntu-24.04',
        network,
        networks: [network],
        ip: `10.0.${network === 'dev' ? 8 : 0}.${11 + index}`,
        keypair: seed.env === 'dev' ? 'dev-key' : 'ops-key',
        security_groups: seed.groups,
        host: index % 2 === 0 ? 'host-a' : 'host-b',
      },
    });
  });
}

function seedVolumes(draft: Draft): void {
  for (const [index, [name, size_gb, env, vm]] of volumes.entries())
    draft.add({
      kind: 'volume',
      name,
      status: vm ? 'in-use' : 'available',
      tags: { env },
      createdMs: draft.nowMs - (300 - index * 30) * dayMs,
      attributes: { size_gb, ...(vm ? { attached_to: thingId('vm', vm) } : {}) },
    });
  for (const [name, source, days] of [
    ['db-1-data-nightly', 'db-1-data', 1],
    ['db-1-data-before-upgrade', 'db-1-data', 58],
  ] as const)
    draft.add({
      kind: 'snapshot',
      name,
      status: 'available',
      tags: { env: 'prod' },
      createdMs: draft.nowMs - days * dayMs,
      attributes: { source: thingId('volume', source), size_gb: 500 },
    });
}

function seedFront(draft: Draft): void {
  for (const [address, vm] of floatingIps) {
    draft.add({
      kind: 'floating-ip',
      name: address,
      status: vm ? 'in-use' : 'available',
      createdMs: draft.nowMs - 200 * dayMs,
      attributes: { ip: address, network: 'public', ...(vm ? { attached_to: thingId('vm', vm) } : {}) },
    });
    if (vm) draft.change(thingId('vm', vm), { attributes: { floating_ip: address } });
  }
  draft.add({
    kind: 'load-balancer',
    name: 'shop-front',
    tags: { env: 'prod' },
    createdMs: draft.nowMs - 200 * dayMs,
    attributes: {
      network: 'private',
      members: ['web-1', 'web-2', 'web-3'].map((name) => thingId('vm', name)),
    },
  });
  draft.add({
    kind: 'database',
    name: 'orders',
    status: 'running',
    tags: { env: 'prod', team: 'shop' },
    createdMs: draft.nowMs - 330 * dayMs,
    attributes: { flavor: 'M.8', size_gb: 300, network: 'private', engine: 'postgres 16' },
  });
}
