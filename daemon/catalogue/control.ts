// Operations on Pilothouse's own things: policies, actions that wait for a yes, and looking for what is there.

import type { Operation } from '../../shared/model/operation.ts';
import { countArg } from './entry.ts';
import { verbWords } from './verbWords.ts';

type Control = Pick<Operation, 'id' | 'verb' | 'kind' | 'risk' | 'title' | 'doc'> & Partial<Operation>;

function control(entry: Control): Operation {
  return { target: 'many', args: [], words: verbWords[entry.verb], impact: 'none', ...entry };
}

export const policyOperations: readonly Operation[] = [
  control({
    id: 'policy.list',
    verb: 'list',
    kind: 'policy',
    risk: 'read',
    title: 'List policies',
    doc: 'Lists the policies and whether they hold.',
    target: 'optional',
    args: [countArg],
  }),
  control({
    id: 'policy.show',
    verb: 'show',
    kind: 'policy',
    risk: 'read',
    title: 'Show policy',
    doc: 'Shows what a policy says.',
  }),
  control({
    id: 'policy.enable',
    verb: 'enable',
    kind: 'policy',
    risk: 'change',
    title: 'Enable policy',
    doc: 'Lets a policy hold from now on.',
    from: ['disabled'],
    idle: ['enabled'],
    becomes: ['enabled'],
    undo: ({ before }) => before && { operation: 'policy.disable', target: before.id, args: {} },
  }),
  control({
    id: 'policy.disable',
    verb: 'disable',
    kind: 'policy',
    risk: 'destroy',
    title: 'Disable policy',
    doc: 'Takes a protection away.',
    from: ['enabled'],
    idle: ['disabled'],
    becomes: ['disabled'],
    undo: ({ before }) => before && { operation: 'policy.enable', target: before.id, args: {} },
  }),
];

export const actionOperations: readonly Operation[] = [
  control({
    id: 'action.list',
    verb: 'list',
    kind: 'action',
    risk: 'read',
    title: 'List actions',
    doc: 'Lists actions and how they went.',
    target: 'optional',
    args: [countArg],
  }),
  control({
    id: 'action.show',
    verb: 'show',
    kind: 'action',
    risk: 'read',
    title: 'Show action',
    doc: 'Shows an action: who asked, what it does, how it went.',
  }),
  control({
    id: 'action.approve',
    verb: 'approve',
    kind: 'action',
    risk: 'change',
    title: 'Approve action',
    doc: 'Opens the approval of a waiting action.',
    from: ['pending'],
    becomes: ['approved', 'done'],
  }),
  control({
    id: 'action.cancel',
    verb: 'cancel',
    kind: 'action',
    risk: 'change',
    title: 'Cancel action',
    doc: 'Ends an action that waits or runs.',
    from: ['pending', 'running'],
    becomes: ['cancelled'],
  }),
  control({
    id: 'action.undo',
    verb: 'undo',
    kind: 'action',
    risk: 'change',
    title: 'Undo action',
    doc: 'Proposes what takes an action back.',
    from: ['done'],
  }),
];

export const discoverOperations: readonly Operation[] = [
  control({
    id: 'discover.provider',
    verb: 'discover',
    kind: 'provider',
    risk: 'read',
    title: 'Look for resources',
    doc: 'Reads the connections anew.',
    target: 'none',
    args: [
      { name: 'provider', type: 'text', doc: 'Only connections of this provider.', words: ['in', 'on'] },
    ],
  }),
];
