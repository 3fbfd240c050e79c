// Operations on what runs on one machine (containers, processes, systemd units) and on ranges of one's own addresses. Their nouns mean them only where
// such things are there (see `onlyWherePresent`), so that "restart web" stays what it is elsewhere.

import type { Operation } from '../../shared/model/operation.ts';
import { define, deleting, opposite, reads, setBack } from './entry.ts';

const inspecting = ['list', 'show', 'logs', 'metrics', 'explain', 'forecast'] as const;
const starting = ['start', 'turn on', 'bring up', 'start up', 'bring back', 'bring back up'];
const stopping = ['stop', 'shut down', 'halt', 'turn off', 'bring down', 'take down'];

export const containerOperations: readonly Operation[] = [
  ...reads('container', inspecting),
  define('start', 'container', {
    title: 'Start container',
    doc: 'Starts a stopped container.',
    words: starting,
    from: ['stopped', 'failed'],
    idle: ['running'],
    becomes: ['running', 'completed', 'stopped'],
    undo: opposite('stop', 'container'),
  }),
  define('stop', 'container', {
    title: 'Stop container',
    doc: 'Asks a container to end and cuts it off after ten seconds; what it serves is away until it is started.',
    words: stopping,
    from: ['running', 'paused', 'rebooting'],
    idle: ['stopped', 'failed'],
    becomes: ['stopped', 'failed'],
    impact: 'interrupts',
    undo: opposite('start', 'container'),
  }),
  define('restart', 'container', {
    title: 'Restart container',
    doc: 'Stops a container and starts it again; what it serves is away for a moment.',
    words: ['restart', 'bounce', 'reboot', 'kick'],
    from: ['running', 'paused', 'stopped', 'failed', 'rebooting'],
    becomes: ['running'],
    impact: 'interrupts',
  }),
  define('suspend', 'container', {
    title: 'Pause container',
    doc: 'Freezes all processes of a container; it answers nothing until it is resumed.',
    words: ['pause', 'suspend', 'freeze'],
    from: ['running'],
    idle: ['paused'],
    becomes: ['paused'],
    impact: 'interrupts',
    undo: opposite('resume', 'container'),
  }),
  define('resume', 'container', {
    title: 'Resume container',
    doc: 'Lets the processes of a paused container go on.',
    words: ['resume', 'unpause', 'unfreeze'],
    from: ['paused'],
    idle: ['running'],
    becomes: ['running'],
    undo: opposite('suspend', 'container'),
  }),
  define('resize', 'container', {
    title: 'Limit container',
    doc: 'Sets how much memory a container may use at most; over it the kernel ends its processes.',
    words: ['limit', 'cap', 'set the limit of', 'set the memory limit of', 'limit the memory of', 'resize'],
    args: [
      {
        name: 'ram_gb',
        type: 'size_gb',
        required: true,
        min: 0.006,
        max: 100_000,
        doc: 'Memory it may use at most, in GB.',
        words: ['to', 'at', 'memory', 'ram', 'of'],
      },
    ],
    undo: setBack('resize', 'container', 'ram_gb'),
  }),
  deleting('container', 'Removes a container with all it wrote outside of volumes. This cannot be undone.', {
    args: [
      {
        name: 'force',
        type: 'boolean',
        doc: 'Also where it runs: its processes are killed.',
        words: ['force'],
      },
    ],
  }),
];

export const processOperations: readonly Operation[] = [
  ...reads('process', ['list', 'show', 'metrics', 'explain']),
  deleting('process', 'Asks a process to end; what it had not saved may be lost.', {
    title: 'Kill process',
    words: ['kill', 'terminate', 'end', 'stop', 'delete'],
    args: [
      {
        name: 'force',
        type: 'boolean',
        doc: 'Ends it at once (SIGKILL) instead of asking it (SIGTERM).',
        words: ['force', '-9', 'hard'],
      },
    ],
  }),
  define('renice', 'process', {
    title: 'Renice process',
    doc: 'Changes how much a process gives way to others, from -20 (first) to 19 (last).',
    args: [
      {
        name: 'nice',
        type: 'integer',
        required: true,
        min: -20,
        max: 19,
        doc: 'The niceness it gets.',
        words: ['to', 'nice', 'niceness', 'priority'],
      },
    ],
    undo: setBack('renice', 'process', 'nice'),
  }),
];

export const unitOperations: readonly Operation[] = [
  ...reads('unit', ['list', 'show', 'logs', 'explain']),
  define('start', 'unit', {
    title: 'Start systemd unit',
    doc: 'Starts a service of the machine.',
    words: starting,
    from: ['stopped', 'failed', 'completed'],
    idle: ['running'],
    becomes: ['running', 'completed'],
    undo: opposite('stop', 'unit'),
  }),
  define('stop', 'unit', {
    title: 'Stop systemd unit',
    doc: 'Stops a service of the machine; what uses it fails until it is started.',
    words: stopping,
    from: ['running', 'completed', 'starting'],
    idle: ['stopped', 'failed'],
    becomes: ['stopped', 'failed'],
    impact: 'interrupts',
    undo: opposite('start', 'unit'),
  }),
  define('restart', 'unit', {
    title: 'Restart systemd unit',
    doc: 'Stops a service of the machine and starts it again.',
    words: ['restart', 'bounce', 'kick'],
    becomes: ['running', 'completed'],
    impact: 'interrupts',
  }),
];

export const rangeOperations: readonly Operation[] = [
  ...reads('range', ['list', 'show']),
  define('discover', 'range', {
    title: 'Scan address range',
    doc: 'Tries the ports the settings name at every address of a range; whoever watches that network will see it.',
    words: ['scan', 'port scan', 'sweep', 'discover', 'rescan'],
  }),
];
