// Operations on managed databases.

import type { Operation } from '../../shared/model/operation.ts';
import { define, deleting, nameArg, opposite, reads, setBack, tagging } from './entry.ts';

export const databaseOperations: readonly Operation[] = [
  ...reads('database', ['list', 'show', 'logs', 'metrics', 'explain', 'forecast']),
  define('start', 'database', {
    title: 'Start database',
    doc: 'Starts a stopped database.',
    from: ['stopped'],
    idle: ['available', 'running'],
    becomes: ['available', 'running'],
    undo: opposite('stop', 'database'),
  }),
  define('stop', 'database', {
    title: 'Stop database',
    doc: 'Stops a database; everything that uses it fails until it is started.',
    from: ['available', 'running'],
    idle: ['stopped'],
    becomes: ['stopped'],
    impact: 'interrupts',
    undo: opposite('start', 'database'),
  }),
  define('reboot', 'database', {
    title: 'Reboot database',
    doc: 'Restarts a database; everything that uses it fails for a minute or two.',
    from: ['available', 'running'],
    becomes: ['available', 'running'],
    impact: 'interrupts',
  }),
  define('resize', 'database', {
    title: 'Resize database',
    doc: 'Gives a database another instance class; it is away for some minutes.',
    args: [
      {
        name: 'flavor',
        type: 'ref',
        refKind: 'flavor',
        required: true,
        doc: 'The new instance class.',
        words: ['to', 'class', 'type', 'flavor', 'size'],
      },
    ],
    from: ['available', 'running'],
    becomes: ['available', 'running'],
    impact: 'interrupts',
    undo: setBack('resize', 'database', 'flavor'),
  }),
  define('snapshot', 'database', {
    title: 'Snapshot database',
    doc: 'Keeps a copy of a database as it is now.',
    args: [{ ...nameArg, required: false, doc: 'Name of the snapshot.' }],
  }),
  ...tagging('database'),
  deleting('database', 'Deletes a database with all data in it. This cannot be undone.'),
];
