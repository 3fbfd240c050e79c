// Operations on networks, subnets, security groups, floating IPs and load balancers.

import type { ArgumentSpec, Operation } from '../../shared/model/operation.ts';
import { define, deleteCreated, deleting, nameArg, reads, regionArg, tagging } from './entry.ts';
import { verbWords } from './verbWords.ts';

export const networkOperations: readonly Operation[] = [
  ...reads('network', ['list', 'show']),
  define('create', 'network', {
    title: 'Create network',
    doc: 'Makes an empty network.',
    target: 'none',
    args: [nameArg, regionArg],
    undo: deleteCreated('network'),
  }),
  ...tagging('network'),
  deleting('network', 'Deletes a network; nothing may be in it.', { impact: 'interrupts' }),
];

export const subnetOperations: readonly Operation[] = [
  ...reads('subnet', ['list', 'show']),
  define('create', 'subnet', {
    title: 'Create subnet',
    doc: 'Adds an address range to a network.',
    target: 'none',
    args: [
      nameArg,
      {
        name: 'cidr',
        type: 'cidr',
        required: true,
        doc: 'Address range, as 10.0.0.0/24.',
        words: ['range', 'cidr', 'with'],
      },
      {
        name: 'network',
        type: 'ref',
        refKind: 'network',
        required: true,
        doc: 'Network it belongs to.',
        words: ['in', 'on', 'network'],
      },
    ],
    undo: deleteCreated('subnet'),
  }),
  ...tagging('subnet'),
  deleting('subnet', 'Deletes an address range of a network; nothing may use it.', { impact: 'interrupts' }),
];

const portArgs: readonly ArgumentSpec[] = [
  { name: 'port', type: 'port', required: true, min: 1, max: 65_535, doc: 'Port number.', words: ['port'] },
  {
    name: 'protocol',
    type: 'protocol',
    choices: ['tcp', 'udp', 'icmp'],
    default: 'tcp',
    doc: 'tcp, udp or icmp.',
  },
  {
    name: 'cidr',
    type: 'cidr',
    doc: 'Who may reach it, as 10.0.0.0/8; without one everybody.',
    words: ['from', 'for'],
  },
];

export const securityGroupOperations: readonly Operation[] = [
  ...reads('security-group', ['list', 'show']),
  define('create', 'security-group', {
    title: 'Create security group',
    doc: 'Makes a security group without open ports.',
    target: 'none',
    args: [nameArg, regionArg],
    undo: deleteCreated('security-group'),
  }),
  define('open-port', 'security-group', {
    title: 'Open port of security group',
    doc: 'Lets traffic to a port through for everything the group protects.',
    args: portArgs,
    undo: ({ before, args }) => before && { operation: 'close-port.security-group', target: before.id, args },
  }),
  define('close-port', 'security-group', {
    title: 'Close port of security group',
    doc: 'Stops traffic to a port for everything the group protects.',
    args: portArgs,
    impact: 'interrupts',
    undo: ({ before, args }) => before && { operation: 'open-port.security-group', target: before.id, args },
  }),
  ...tagging('security-group'),
  deleting('security-group', 'Deletes a security group with its rules; nothing may use it.', {
    impact: 'interrupts',
  }),
];

export const floatingIpOperations: readonly Operation[] = [
  ...reads('floating-ip', ['list', 'show']),
  define('create', 'floating-ip', {
    title: 'Allocate floating IP',
    words: [...verbWords.create, 'reserve', 'acquire'],
    doc: 'Allocates a public address; it costs from then on.',
    target: 'none',
    args: [
      {
        name: 'network',
        type: 'ref',
        refKind: 'network',
        doc: 'Network the address is taken from.',
        words: ['from', 'in'],
      },
    ],
    undo: deleteCreated('floating-ip'),
  }),
  ...tagging('floating-ip'),
  deleting('floating-ip', 'Gives a public address back; it may never be had again.', {
    title: 'Release floating IP',
    words: [...verbWords.delete, 'give back', 'hand back', 'return', 'let go of', 'deallocate', 'unallocate'],
  }),
];

export const loadBalancerOperations: readonly Operation[] = [
  ...reads('load-balancer', ['list', 'show', 'metrics', 'explain', 'forecast']),
  ...tagging('load-balancer'),
  deleting('load-balancer', 'Deletes a load balancer; who comes through it no longer gets there.', {
    impact: 'interrupts',
  }),
];
