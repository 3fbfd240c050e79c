// Operations on clusters, namespaces and nodes, and on the hosts and datastores under virtual machines.

import type { Operation } from '../../shared/model/operation.ts';
import { define, deleteCreated, deleting, nameArg, opposite, reads, tagging } from './entry.ts';

export const clusterOperations: readonly Operation[] = [
  ...reads('cluster', ['list', 'show', 'metrics', 'explain', 'forecast']),
  define('apply', 'cluster', {
    title: 'Apply manifest',
    doc: 'Makes or changes one object of a cluster as a manifest says; fields that somebody else owns stop it.',
    target: 'one',
    args: [
      { name: 'manifest', type: 'manifest', required: true, doc: 'YAML or JSON of one object.' },
      { name: 'force', type: 'boolean', doc: 'Also fields that somebody else owns.', words: ['force'] },
      {
        name: 'version',
        type: 'text',
        doc: 'Version at which the object was opened: the manifest is then the whole of it, and a change since stops it.',
      },
    ],
    impact: 'interrupts',
  }),
];

export const namespaceOperations: readonly Operation[] = [
  ...reads('namespace', ['list', 'show', 'metrics', 'explain']),
  define('create', 'namespace', {
    title: 'Create namespace',
    doc: 'Makes an empty namespace.',
    target: 'none',
    args: [nameArg],
    becomes: ['active'],
    undo: deleteCreated('namespace'),
  }),
  ...tagging('namespace', 'label'),
  deleting('namespace', 'Deletes a namespace and everything in it. This cannot be undone.'),
];

export const nodeOperations: readonly Operation[] = [
  ...reads('node', ['list', 'show', 'logs', 'metrics', 'explain', 'forecast']),
  define('cordon', 'node', {
    title: 'Cordon node',
    doc: 'Keeps new pods off a node; those on it stay.',
    undo: opposite('uncordon', 'node'),
  }),
  define('uncordon', 'node', {
    title: 'Uncordon node',
    doc: 'Lets new pods onto a node again.',
    undo: opposite('cordon', 'node'),
  }),
  define('drain', 'node', {
    title: 'Drain node',
    doc: 'Cordons a node and moves its pods away.',
    args: [
      { name: 'force', type: 'boolean', doc: 'Also pods that no controller brings back.', words: ['force'] },
    ],
    impact: 'interrupts',
    undo: opposite('uncordon', 'node'),
  }),
  ...tagging('node', 'label'),
  deleting('node', 'Removes a node from the cluster; its pods start elsewhere.', { impact: 'interrupts' }),
];

export const hostOperations: readonly Operation[] = [
  ...reads('host', ['list', 'show', 'metrics', 'explain', 'forecast']),
  define('drain', 'host', {
    title: 'Put host into maintenance',
    doc: 'Puts a host into maintenance mode once nothing runs on it any more.',
    impact: 'interrupts',
    undo: opposite('uncordon', 'host'),
  }),
  define('uncordon', 'host', {
    title: 'Take host out of maintenance',
    doc: 'Lets a host run VMs again.',
    undo: opposite('drain', 'host'),
  }),
];

export const datastoreOperations: readonly Operation[] = [
  ...reads('datastore', ['list', 'show', 'metrics', 'explain', 'forecast']),
];
