// Empties one project through the API, so that a suite starts clean: servers, volumes, snapshots, floating IPs,
// ports, routers, networks, security groups, images, keypairs, and the quotas back to their defaults. What the
// lab itself made (`seeded`) stays. It never touches another project, and it is for a lab only: there is no
// question asked. Slow parts are ordered by what depends on what, the rest runs side by side.

import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenstackSession, type ServiceType, signIn } from './openstackApi.ts';
import { type OpenstackLab, seeded } from './openstackLab.ts';

const goneTimeoutMs = 60_000;
const pollMs = 200;

type Row = {
  readonly id: string;
  readonly name?: string;
  readonly status?: string;
  readonly project_id?: string;
  readonly owner?: string;
  readonly device_owner?: string;
  readonly network_id?: string;
  readonly [field: string]: unknown;
};

type Collection = {
  readonly service: ServiceType;
  readonly list: string;
  readonly key: string;
  readonly remove: (row: Row) => string;
};

/** Empties the project that `owner` is signed in to; `admin` is needed for locked and stuck things. */
export async function resetProject(admin: OpenstackSession, owner: OpenstackSession): Promise<void> {
  await removeServers(admin, owner);
  await removeVolumes(admin, owner);
  await Promise.all([
    removeNetworks(owner),
    removeEach(owner, await listRows(owner, images), images),
    removeKeypairs(owner),
    removeEach(owner, await listRows(owner, serverGroups), serverGroups),
    resetQuotas(admin, owner.projectId),
  ]);
}

/** Empties project `demo`. */
export async function reset(lab: OpenstackLab): Promise<void> {
  const [admin, demo] = await Promise.all([lab.signIn('admin'), lab.signIn('demo')]);
  await resetProject(admin, demo);
}

/** A project of a suite's own, for suites that run side by side. Its user has the role of `demo`. */
export type ScratchProject = {
  readonly session: OpenstackSession;
  readonly user: string;
  readonly password: string;
  readonly project: string;
  readonly dispose: () => Promise<void>;
};

export async function openProject(lab: OpenstackLab, name: string): Promise<ScratchProject> {
  const admin = await lab.signIn('admin');
  const domain = 'default';
  const password = `${name}-pass`;
  const { project } = await admin.require<{ project: Row }>('identity', 'POST', '/projects', {
    project: { name, domain_id: domain },
  });
  const { user } = await admin.require<{ user: Row }>('identity', 'POST', '/users', {
    user: { name, password, domain_id: domain, default_project_id: project.id },
  });
  const { roles } = await admin.require<{ roles: Row[] }>('identity', 'GET', '/roles?name=member');
  await admin.require('identity', 'PUT', `/projects/${project.id}/users/${user.id}/roles/${roles[0]?.id}`);
  const session = await signIn({ authUrl: lab.authUrl, user: name, password, project: name });
  return {
    session,
    user: name,
    password,
    project: name,
    dispose: async () => {
      await resetProject(admin, session);
      await admin.request('identity', 'DELETE', `/users/${user.id}`);
      await admin.request('identity', 'DELETE', `/projects/${project.id}`);
    },
  };
}

const servers: Collection = {
  service: 'compute',
  list: '/servers/detail',
  key: 'servers',
  remove: (row) => `/servers/${row.id}`,
};
const serverGroups: Collection = {
  service: 'compute',
  list: '/os-server-groups',
  key: 'server_groups',
  remove: (row) => `/os-server-groups/${row.id}`,
};
const volumes: Collection = {
  service: 'volumev3',
  list: '/volumes/detail',
  key: 'volumes',
  remove: (row) => `/volumes/${row.id}?cascade=true`,
};
const snapshots: Collection = {
  service: 'volumev3',
  list: '/snapshots/detail',
  key: 'snapshots',
  remove: (row) => `/snapshots/${row.id}`,
};
const images: Collection = {
  service: 'image',
  list: '/images?visibility=private',
  key: 'images',
  remove: (row) => `/images/${row.id}`,
};

function networkCollection(name: string): Collection {
  return {
    service: 'network',
    list: `/${name}`,
    key: name.replace('-', '_'),
    remove: (row) => `/${name}/${row.id}`,
  };
}

async function removeServers(admin: OpenstackSession, owner: OpenstackSession): Promise<void> {
  const rows = await listRows(owner, servers);
  await Promise.all(
    rows.map(async (row) => {
      if (row.locked === true)
        await admin.request('compute', 'POST', `/servers/${row.id}/action`, { unlock: null });
      // A server in the middle of a task refuses a plain delete now and then; forceDelete takes it in any state.
      await admin.request('compute', 'POST', `/servers/${row.id}/action`, { forceDelete: null });
    }),
  );
  await untilGone(owner, servers);
}

async function removeVolumes(admin: OpenstackSession, owner: OpenstackSession): Promise<void> {
  for (const collection of [snapshots, volumes]) {
    for (const row of await listRows(owner, collection)) {
      const path = `/${collection.key}/${row.id}/action`;
      const reset =
        collection === volumes
          ? { 'os-reset_status': { status: 'available', attach_status: 'detached' } }
          : { 'os-reset_status': { status: 'available' } };
      if (row.status !== 'available') await admin.request('volumev3', 'POST', path, reset);
      await owner.request('volumev3', 'DELETE', collection.remove(row));
    }
    await untilGone(owner, collection);
  }
}

async function removeNetworks(owner: OpenstackSession): Promise<void> {
  const list = async (name: string) =>
    (await listRows(owner, networkCollection(name))).filter((row) => isOwn(owner, row));
  await removeEach(owner, await list('floatingips'), networkCollection('floatingips'));
  const ports = await list('ports');
  for (const port of ports.filter((each) => each.device_owner?.startsWith('network:router_interface'))) {
    await owner.request('network', 'PUT', `/routers/${port.device_id}/remove_router_interface`, {
      port_id: port.id,
    });
  }
  await removeEach(
    owner,
    (await list('routers')).filter(isNotSeeded(seeded.routers)),
    networkCollection('routers'),
  );
  const free = ports.filter((port) => !port.device_owner?.startsWith('network:'));
  await removeEach(owner, free, networkCollection('ports'));
  const networks = (await list('networks')).filter(isNotSeeded(seeded.networks));
  await removeEach(owner, networks, networkCollection('networks'));
  const groups = (await list('security-groups')).filter(isNotSeeded(seeded.securityGroups));
  await removeEach(owner, groups, networkCollection('security-groups'));
  await removeForeignRules(owner, await list('security-groups'));
}

/** The rules a test added to the groups that stay: anything but the lab's own three kinds of ingress. */
async function removeForeignRules(owner: OpenstackSession, groups: readonly Row[]): Promise<void> {
  for (const group of groups) {
    const rules = (group.security_group_rules ?? []) as readonly Row[];
    const isExpected = (rule: Row) =>
      rule.direction === 'egress' ||
      rule.remote_group_id === group.id ||
      (group.name === 'ssh-icmp' &&
        (rule.protocol === 'icmp' || (rule.port_range_min === 22 && rule.port_range_max === 22)));
    const foreign = rules.filter((rule) => !isExpected(rule));
    await removeEach(owner, foreign, networkCollection('security-group-rules'));
  }
}

async function removeKeypairs(owner: OpenstackSession): Promise<void> {
  type Keypairs = { readonly keypairs: readonly { readonly keypair: { readonly name: string } }[] };
  const { keypairs } = await owner.require<Keypairs>('compute', 'GET', '/os-keypairs');
  const own = keypairs.map((each) => each.keypair.name).filter((name) => !includes(seeded.keypairs, name));
  for (const name of own)
    await owner.request('compute', 'DELETE', `/os-keypairs/${encodeURIComponent(name)}`);
}

async function resetQuotas(admin: OpenstackSession, projectId: string): Promise<void> {
  await admin.request('compute', 'DELETE', `/os-quota-sets/${projectId}`);
  await admin.request('volumev3', 'DELETE', `/os-quota-sets/${projectId}`);
  await admin.request('network', 'DELETE', `/quotas/${projectId}`);
}

async function listRows(owner: OpenstackSession, collection: Collection): Promise<readonly Row[]> {
  const body = await owner.require<Record<string, readonly Row[]>>(
    collection.service,
    'GET',
    collection.list,
  );
  const rows = body[collection.key];
  if (rows === undefined) throw new Error(`${collection.list} answered without ${collection.key}`);
  return collection === images ? rows.filter((row) => row.owner === owner.projectId) : rows;
}

/** What refuses to go is looked at again by the caller's next list; a left-over shows in `untilGone`. */
async function removeEach(
  owner: OpenstackSession,
  rows: readonly Row[],
  collection: Collection,
): Promise<void> {
  await Promise.all(rows.map((row) => owner.request(collection.service, 'DELETE', collection.remove(row))));
}

async function untilGone(owner: OpenstackSession, collection: Collection): Promise<void> {
  const deadline = Date.now() + goneTimeoutMs;
  for (;;) {
    const rows = await listRows(owner, collection);
    if (rows.length === 0) return;
    if (Date.now() > deadline) {
      const names = rows.map((row) => `${row.name ?? row.id} (${row.status})`);
      throw new Error(`still there after ${goneTimeoutMs} ms: ${collection.key} ${names.join(', ')}`);
    }
    await sleep(pollMs);
  }
}

function isOwn(owner: OpenstackSession, row: Row): boolean {
  return row.project_id === owner.projectId;
}

function isNotSeeded(names: readonly string[]): (row: Row) => boolean {
  return (row) => !includes(names, row.name ?? '');
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
