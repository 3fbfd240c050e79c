// Volumes and snapshots of the simulated cloud.

import { thingId } from '../thing.ts';
import {
  deletes,
  integerOf,
  type Machine,
  newPath,
  refuse,
  requireReferenced,
  tagsOf,
  textOf,
} from './machine.ts';

export const storageMachines: Readonly<Record<string, Machine>> = {
  'create.volume': {
    kind: 'create',
    make: ({ draft, args, mark, durations }) => {
      const name = String(args.name);
      const size_gb = integerOf(args.size_gb);
      if (size_gb === undefined || size_gb < 1)
        refuse('cloud-invalid', 'A volume needs a size of whole GB.', 'Say how large, for example 20 GB.');
      const volume = draft.add({
        kind: 'volume',
        name,
        id: thingId('volume', newPath(name, mark)),
        tags: tagsOf(args.tags),
        attributes: { size_gb },
      });
      draft.begin(volume.id, { status: 'creating' }, durations.attach, { status: 'available' });
      return volume.id;
    },
  },
  'resize.volume': {
    kind: 'change',
    during: 'extending',
    takes: 'attach',
    check: ({ args, target }) => {
      const size = integerOf(args.size_gb);
      if (size === undefined || size < Number(target.attributes.size_gb))
        refuse(
          'cloud-invalid',
          `${target.name} has ${String(target.attributes.size_gb)} GB and cannot be made smaller.`,
          'Name a larger size, or create a new volume and copy.',
        );
    },
    isIdle: ({ args, target }) => args.size_gb === target.attributes.size_gb,
    now: ({ args }) => ({ attributes: { size_gb: Number(args.size_gb) } }),
    outcome: ({ target }) => ({ status: target.status }),
  },
  'attach.volume': {
    kind: 'change',
    during: 'attaching',
    takes: 'attach',
    check: ({ draft, args }) => {
      const vm = requireReferenced(draft, 'vm', args.to);
      if (vm.status !== 'running' && vm.status !== 'stopped')
        refuse('cloud-conflict', `${vm.name} is ${vm.status}.`, 'Wait until it is running or stopped.');
    },
    outcome: ({ draft, args }) => ({
      status: 'in-use',
      attributes: { attached_to: requireReferenced(draft, 'vm', args.to).id },
    }),
  },
  'detach.volume': {
    kind: 'change',
    during: 'detaching',
    takes: 'attach',
    outcome: () => ({ status: 'available', attributes: { attached_to: null } }),
  },
  'snapshot.volume': {
    kind: 'change',
    also: ({ draft, args, target, mark, durations }) => {
      const name = textOf(args.name) ?? `${target.name}-snapshot-${draft.serial()}`;
      const snapshot = draft.add({
        kind: 'snapshot',
        name,
        id: thingId('snapshot', newPath(name, mark)),
        tags: target.tags,
        attributes: { source: target.id, size_gb: target.attributes.size_gb ?? 0 },
      });
      draft.begin(snapshot.id, { status: 'creating' }, durations.save, { status: 'available' });
      return snapshot.id;
    },
  },
  'delete.volume': deletes('delete', {
    check: ({ draft, target }) => {
      const snapshots = draft.all('snapshot').filter(({ attributes }) => attributes.source === target.id);
      if (snapshots.length > 0)
        refuse(
          'cloud-conflict',
          `${target.name} has ${snapshots.length} snapshots.`,
          `Delete them first: ${snapshots.map(({ name }) => name).join(', ')}.`,
        );
    },
  }),
  'delete.snapshot': deletes('delete'),
};
