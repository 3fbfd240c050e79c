// Operations on volumes and the snapshots taken of them.

import type { Operation } from '../../shared/model/operation.ts';
import { define, deleteCreated, deleting, nameArg, reads, regionArg, tagging } from './entry.ts';
import { volumeGrowing } from './everydayVerbs.ts';

export const volumeOperations: readonly Operation[] = [
  ...reads('volume', ['list', 'show', 'metrics', 'explain', 'forecast']),
  define('create', 'volume', {
    title: 'Create volume',
    doc: 'Makes an empty volume; it costs from then on.',
    target: 'none',
    args: [
      nameArg,
      {
        name: 'size_gb',
        type: 'size_gb',
        required: true,
        min: 1,
        max: 1_000_000,
        doc: 'Size in GB.',
        words: ['of', 'with', 'size'],
      },
      regionArg,
    ],
    becomes: ['available'],
    undo: deleteCreated('volume'),
  }),
  define('resize', 'volume', {
    title: 'Resize volume',
    doc: 'Makes a volume larger; it cannot be made smaller again.',
    args: [
      {
        name: 'size_gb',
        type: 'size_gb',
        required: true,
        min: 1,
        max: 1_000_000,
        doc: 'The new size in GB.',
        words: ['to', 'by'],
      },
    ],
    words: [
      'resize',
      'extend',
      'grow',
      'expand',
      'enlarge',
      'increase',
      'change the size of',
      'bump',
      'double',
      'triple',
      'make',
      'change',
      'set',
      'upsize',
      'add',
      'widen',
      'stretch',
      'shrink',
      'reduce',
      'give',
      'raise',
      'upgrade',
      'resize up',
      'bump up',
      'scale up',
      'blow up',
      'increase the size of',
      'size up',
      'beef up',
      'raise',
      'upgrade',
      'put',
      'resize up',
      'scale',
      'inflate',
      'pump up',
      'take',
      ...volumeGrowing,
    ],
    from: ['available', 'in-use'],
    becomes: ['available', 'in-use'],
  }),
  define('attach', 'volume', {
    title: 'Attach volume',
    doc: 'Connects a volume to a VM.',
    args: [
      {
        name: 'to',
        type: 'ref',
        refKind: 'vm',
        required: true,
        doc: 'VM it is attached to.',
        words: ['to', 'onto', 'on', 'into', 'with'],
      },
    ],
    from: ['available'],
    becomes: ['in-use'],
    undo: ({ before }) => before && { operation: 'detach.volume', target: before.id, args: {} },
  }),
  define('detach', 'volume', {
    title: 'Detach volume',
    doc: 'Disconnects a volume from its VM; what still writes to it fails.',
    from: ['in-use'],
    idle: ['available'],
    becomes: ['available'],
    impact: 'interrupts',
    undo: ({ before }) => {
      const vm = before?.attributes.attached_to;
      if (!before || typeof vm !== 'string') return undefined;
      return { operation: 'attach.volume', target: before.id, args: { to: vm } };
    },
  }),
  define('snapshot', 'volume', {
    title: 'Snapshot volume',
    doc: 'Keeps a copy of a volume as it is now.',
    args: [{ ...nameArg, required: false, doc: 'Name of the snapshot.' }],
    undo: deleteCreated('snapshot'),
  }),
  ...tagging('volume'),
  deleting('volume', 'Deletes a volume with all data on it. This cannot be undone.', {
    from: ['available', 'error'],
  }),
];

export const snapshotOperations: readonly Operation[] = [
  ...reads('snapshot', ['list', 'show']),
  ...tagging('snapshot'),
  deleting('snapshot', 'Deletes a snapshot; what was kept in it is lost.'),
];
