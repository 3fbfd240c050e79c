// VMs, databases and keypairs of the simulated cloud.

import type { Draft } from '../draft.ts';
import { namesOf, type Thing, thingId } from '../thing.ts';
import {
  type ChangeMachine,
  deletes,
  listOf,
  type Machine,
  type MachineStep,
  newPath,
  refuse,
  requireReferenced,
  type TargetStep,
  tagsOf,
  textOf,
  turns,
} from './machine.ts';

const resize: ChangeMachine = {
  kind: 'change',
  during: 'resizing',
  takes: 'resize',
  check: ({ draft, args }) => void requireReferenced(draft, 'flavor', args.flavor),
  isIdle: ({ draft, args, target }) =>
    requireReferenced(draft, 'flavor', args.flavor).name === target.attributes.flavor,
  // The new size is taken out of the quota as soon as it is accepted.
  now: (step) => ({ attributes: sizeOf(step) }),
  outcome: ({ draft, args, target }) => ({
    status: target.status,
    attributes: { flavor: requireReferenced(draft, 'flavor', args.flavor).name },
  }),
};

export const computeMachines: Readonly<Record<string, Machine>> = {
  'create.vm': { kind: 'create', defaults: vmDefaults, make: makeVm },
  'start.vm': turns('starting', 'start', 'running'),
  'stop.vm': turns('stopping', 'stop', 'stopped'),
  'reboot.vm': turns('rebooting', 'reboot', 'running'),
  'suspend.vm': turns('saving', 'save', 'suspended'),
  'resume.vm': turns('starting', 'start', 'running'),
  'resize.vm': resize,
  'migrate.vm': {
    kind: 'change',
    during: 'migrating',
    takes: 'migrate',
    check: ({ draft, args }) => void (args.host === undefined || requireReferenced(draft, 'host', args.host)),
    isIdle: ({ args, target }) => args.host !== undefined && args.host === target.attributes.host,
    outcome: (step) => ({ status: step.target.status, attributes: { host: otherHost(step) } }),
  },
  'lock.vm': {
    kind: 'change',
    isIdle: ({ target }) => target.attributes.locked === true,
    now: () => ({ attributes: { locked: true } }),
  },
  'unlock.vm': {
    kind: 'change',
    isIdle: ({ target }) => target.attributes.locked !== true,
    now: () => ({ attributes: { locked: null } }),
  },
  'rebuild.vm': {
    kind: 'change',
    during: 'building',
    takes: 'build',
    check: (step) => void imageOf(step),
    warns: ({ name }) => `All data on the disk of ${name} is lost; this cannot be taken back.`,
    outcome: (step) => ({
      status: step.target.status === 'stopped' ? 'stopped' : 'running',
      attributes: { image: imageOf(step).name, fault: null },
    }),
  },
  'snapshot.vm': {
    kind: 'change',
    during: 'saving',
    takes: 'save',
    outcome: ({ target }) => ({ status: target.status }),
    also: ({ draft, args, target, mark, durations }) => {
      const name = textOf(args.name) ?? `${target.name}-snapshot-${draft.serial()}`;
      const image = draft.add({
        kind: 'image',
        name,
        id: thingId('image', newPath(name, mark)),
        attributes: { size_gb: 4, source: target.id },
      });
      draft.begin(image.id, { status: 'saving' }, durations.save, { status: 'active' });
      return image.id;
    },
  },
  'delete.vm': deletes('delete', { also: ({ draft, target }) => release(draft, target) }),
  'start.database': turns('starting', 'start', 'running'),
  'stop.database': turns('stopping', 'stop', 'stopped'),
  'reboot.database': turns('rebooting', 'reboot', 'running'),
  'resize.database': { ...resize, now: () => ({}) },
  'snapshot.database': {
    kind: 'change',
    during: 'saving',
    takes: 'save',
    outcome: ({ target }) => ({ status: target.status }),
    also: ({ draft, args, target, mark, durations }) => {
      const name = textOf(args.name) ?? `${target.name}-snapshot-${draft.serial()}`;
      const snapshot = draft.add({
        kind: 'snapshot',
        name,
        id: thingId('snapshot', newPath(name, mark)),
        attributes: { source: target.id, size_gb: target.attributes.size_gb ?? 0 },
      });
      draft.begin(snapshot.id, { status: 'creating' }, durations.save, { status: 'available' });
      return snapshot.id;
    },
  },
  'delete.database': deletes('delete'),
  'create.keypair': {
    kind: 'create',
    make: ({ draft, args }) => {
      const name = String(args.name);
      if (draft.find('keypair', name))
        refuse('cloud-conflict', `There is a keypair "${name}" already.`, 'Choose another name.');
      return draft.add({ kind: 'keypair', name }).id;
    },
  },
  'delete.keypair': deletes('delete'),
  'delete.image': deletes('delete'),
};

/** The image a VM is rebuilt from: the one named, or the one it has. */
function imageOf({ draft, args, target }: TargetStep): Thing {
  return requireReferenced(draft, 'image', args.image ?? target.attributes.image);
}

function sizeOf({ draft, args }: TargetStep): Readonly<Record<string, number>> {
  const { vcpus, ram_gb } = requireReferenced(draft, 'flavor', args.flavor).attributes;
  return { vcpus: Number(vcpus), ram_gb: Number(ram_gb) };
}

/** argument → the words for it and what is taken where the person says nothing. */
const usual = [
  ['flavor', 'flavor', 'S.1'],
  ['image', 'image', 'ubuntu-24.04'],
  ['network', 'network', 'private'],
] as const;

/** The usual system, network and group; what was deleted is no default, and `make` says what is missing then. */
function vmDefaults({ draft, args }: MachineStep) {
  const chosen = usual.filter(([name, , value]) => args[name] === undefined && draft.find(name, value));
  const group = args.security_groups === undefined && draft.find('security-group', 'default');
  return {
    args: {
      ...Object.fromEntries(chosen.map(([name, , value]) => [name, value])),
      ...(group ? { security_groups: [group.name] } : {}),
    },
    notes: [
      ...chosen.map(([, words, value]) => `No ${words} was named: ${value} is taken.`),
      ...(group ? [`No security group was named: ${group.name} is taken.`] : []),
    ],
  };
}

function makeVm({ draft, args, mark, durations }: MachineStep): string {
  const name = String(args.name);
  if (Number(args.count ?? 1) !== 1)
    refuse('cloud-invalid', 'One step makes one VM.', 'Ask for each VM by a name of its own.');
  const flavor = requireReferenced(draft, 'flavor', args.flavor);
  const image = requireReferenced(draft, 'image', args.image);
  const network = requireReferenced(draft, 'network', args.network);
  const keypair = args.keypair === undefined ? undefined : requireReferenced(draft, 'keypair', args.keypair);
  const groups = listOf(args.security_groups).map(
    (group) => requireReferenced(draft, 'security-group', group).name,
  );
  const vm = draft.add({
    kind: 'vm',
    name,
    id: thingId('vm', newPath(name, mark)),
    zone: 'sim-1a',
    tags: tagsOf(args.tags),
    attributes: {
      flavor: flavor.name,
      vcpus: flavor.attributes.vcpus ?? 0,
      ram_gb: flavor.attributes.ram_gb ?? 0,
      image: image.name,
      network: network.name,
      networks: [network.name],
      security_groups: groups,
      host: freestHost(draft),
      ...(keypair ? { keypair: keypair.name } : {}),
    },
  });
  const ip = freeAddress(draft, network);
  draft.begin(vm.id, { status: 'building' }, durations.build, { status: 'running', attributes: { ip } });
  return vm.id;
}

/** First address of the network that no VM has; a full network gives the last, as the quota is far below it. */
function freeAddress(draft: Draft, network: Thing): string {
  const subnet = draft.all('subnet').find(({ attributes }) => attributes.network === network.name);
  const prefix = String(subnet?.attributes.cidr ?? '10.0.99.0/24').replace(/\.\d+\/\d+$/, '');
  const taken = new Set(draft.all('vm').flatMap((vm) => [vm.attributes.ip, vm.due?.outcome.attributes?.ip]));
  for (let last = 11; last < 250; last++) if (!taken.has(`${prefix}.${last}`)) return `${prefix}.${last}`;
  return `${prefix}.250`;
}

function freestHost(draft: Draft): string {
  const load = (host: Thing): number =>
    draft.all('vm').filter(({ attributes }) => attributes.host === host.name).length;
  return [...draft.all('host')].sort((a, b) => load(a) - load(b))[0]?.name ?? 'host-a';
}

function otherHost({ draft, args, target }: TargetStep): string {
  if (args.host !== undefined) return requireReferenced(draft, 'host', args.host).name;
  return (
    draft.all('host').find(({ name }) => name !== target.attributes.host)?.name ??
    String(target.attributes.host)
  );
}

/** What hung on a VM is free again: volumes, its public address, its place behind a load balancer. */
function release(draft: Draft, vm: Thing): undefined {
  for (const kind of ['volume', 'floating-ip'] as const)
    for (const thing of draft.all(kind))
      if (thing.attributes.attached_to === vm.id)
        draft.change(thing.id, { status: 'available', attributes: { attached_to: null } });
  for (const balancer of draft.all('load-balancer')) {
    const members = namesOf(balancer, 'members');
    if (members.includes(vm.id))
      draft.change(balancer.id, { attributes: { members: members.filter((id) => id !== vm.id) } });
  }
}
