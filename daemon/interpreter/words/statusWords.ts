// Words for states, and which filter each stands for by kind of resource. Several filters are alternatives: the first
// one that anything there fits is taken, so that "failed pods" finds what the cluster itself calls failed.

import type { Filter } from '../../../shared/model/reading.ts';
import { rows } from './courtesy.ts';

export interface StatusWord {
  /** Names the state; two words with one name mean the same. */
  readonly name: string;
  readonly words: readonly string[];
}

/** "critical-level", "warning-severity": how severity is said of an alert in one word. */
const levels = (word: string): readonly string[] => [`${word}-level`, `${word}-severity`, `${word} level`];

export const statusWords: readonly StatusWord[] = [
  {
    name: 'running',
    words: [
      'running',
      'up',
      'active',
      'online',
      'powered on',
      'turned on',
      'switched on',
      'started',
      'alive',
      'up and running',
    ],
  },
  {
    name: 'stopped',
    words: [
      'stopped',
      'off',
      'powered off',
      'turned off',
      'shut down',
      'shut off',
      'shutdown',
      'shutoff',
      'offline',
      'switched off',
      'halted',
      'powered down',
      'shelved',
      'stoped',
    ],
  },
  { name: 'down', words: ['down', 'dead', 'unreachable'] },
  {
    name: 'failed',
    words: [
      'failed',
      'failing',
      'broken',
      'error',
      'errored',
      'in error',
      'faulty',
      'in error state',
      'erroring',
      'in an error state',
      'errors',
      'bad',
      'unsuccessful',
      'in failed state',
      'crashed',
    ],
  },
  {
    name: 'crashing',
    words: [
      'crashing',
      'crashlooping',
      'looping',
      'crash looping',
      'crash-looping',
      'crashes',
      'restarting all the time',
      'constantly restarting',
      'restarting constantly',
      'restarting over and over',
      'restarting again and again',
      'restarting in a loop',
      'crashloopbackoff',
      'crashloop',
      'in crashloop',
      'keeps crashing',
      'crash loop',
      'in crash loop',
      'keep crashing',
      'keeps restarting',
      'keep restarting',
      'in crashloopbackoff',
      'in a crash loop',
      'constantly crashing',
      'crash',
    ],
  },
  { name: 'evicted', words: ['evicted'] },
  {
    name: 'pending',
    words: [
      'pending',
      'waiting',
      'queued',
      'awaiting approval',
      'waiting for approval',
      'outstanding',
      'wait for approval',
      'await approval',
      'unapproved',
      'stuck pending',
      'stuck in pending',
      'in pending',
    ],
  },
  { name: 'completed', words: ['completed', 'finished', 'done', 'succeeded', 'successful', 'complete'] },
  {
    name: 'oomkilled',
    words: [
      'oomkilled',
      'oom killed',
      'oom-killed',
      'oom',
      'out of memory',
      'ooming',
      'got oomkilled',
      'oomed',
    ],
  },
  {
    name: 'imagepull',
    words: [
      'imagepullbackoff',
      'errimagepull',
      'image pull',
      'cannot pull image',
      'image pull errors',
      'cannot pull their image',
    ],
  },
  { name: 'healthy', words: ['healthy', 'ok', 'fine', 'well'] },
  {
    name: 'unhealthy',
    words: [
      'unhealthy',
      'sick',
      'not ok',
      'degraded',
      'misbehaving',
      'in trouble',
      'flapping',
      'problematic',
      'not working',
      'having problems',
      'having issues',
      'sad',
      'flaky',
      'ill',
      'in bad shape',
    ],
  },
  { name: 'ready', words: ['ready'] },
  { name: 'notready', words: ['notready', 'unready'] },
  {
    name: 'free',
    words: [
      'unattached',
      'detached',
      'free',
      'unused',
      'available',
      'orphaned',
      'orphan',
      'dangling',
      'idle',
      'unassigned',
      'spare',
      'not in use',
      'that are not in use',
      'which are not in use',
      'that is not in use',
      'which is not in use',
      'not used',
      'unassociated',
      'not attached',
      'loose',
      'not assigned',
      'not associated',
      'attached to nothing',
      'not used by anything',
      'not attached to a server',
      'not attached anywhere',
      'not mounted',
      'unmounted',
      'nobody uses',
      'no one uses',
      'nobody is using',
      'no one is using',
      'hanging around',
      'lying around',
      'unallocated',
      'not attached to an instance',
      'not attached to any vms',
      'not being used',
      'not taken',
      'abandoned',
      'unbound',
      'that no server uses',
      'that no vm uses',
      'that nobody uses',
      'that nothing uses',
      'used by no server',
      'used by no vm',
      'used by nobody',
      'not used by any server',
      'not used by any vm',
      'without a server',
      'without any server',
      'without a vm',
      'without a machine',
      'without an instance',
      'with no server',
      'with no vm',
      'attached to no vm',
      'attached to no server',
      'attached to no instance',
      'attached to no machine',
      ...rows(
        ['not', 'not currently', 'not yet'],
        [
          'assigned',
          'attached',
          'associated',
          'connected',
          'bound',
          'linked',
          'mapped',
          'allocated',
          'plugged',
        ],
        ['to', 'with'],
        [
          'anything',
          'any vm',
          'any server',
          'any instance',
          'any machine',
          'a vm',
          'an instance',
          'a machine',
        ],
      ),
      'not connected',
      'unclaimed',
    ],
  },
  {
    name: 'used',
    words: [
      'attached',
      'in use',
      'in-use',
      'used',
      'assigned',
      'taken',
      'mounted',
      'associated',
      'occupied',
      'allocated',
      'being used',
      'handed out',
      'given out',
    ],
  },
  {
    name: 'firing',
    words: ['firing', 'open', 'unresolved', 'unacknowledged', 'ringing', 'triggered', 'going off', 'unacked'],
  },
  { name: 'acked', words: ['acked', 'acknowledged', 'ack-ed', "ack'd"] },
  { name: 'silenced', words: ['silenced', 'muted'] },
  { name: 'critical', words: ['critical', 'severe', 'sev1', 'sev-1', 'crit', 'p1', ...levels('critical')] },
  { name: 'threat', words: ['threat', 'threats'] },
  { name: 'warning', words: ['warning', 'warn', 'warnings', ...levels('warning')] },
  { name: 'info', words: ['informational', ...levels('info')] },
  {
    name: 'enabled',
    words: ['enabled', 'in force', 'in effect', 'on', 'turned on', 'enforced', 'switched on'],
  },
  { name: 'disabled', words: ['disabled', 'inactive', 'deactivated', 'not enforced', 'not in force'] },
  { name: 'suspended', words: ['suspended', 'paused', 'on hold', 'frozen'] },
  {
    name: 'cordoned',
    words: ['cordoned', 'unschedulable', 'schedulingdisabled', 'scheduling disabled', 'cordoned off'],
  },
  { name: 'schedulable', words: ['schedulable', 'uncordoned'] },
  { name: 'locked', words: ['locked'] },
  { name: 'unlocked', words: ['unlocked', 'not locked'] },
];

const workloads = new Set(['deployment', 'statefulset', 'daemonset', 'service']);

/** Filters a state may mean for a kind, the best first; empty where the state makes no sense there. */
export function statusFilters(name: string, kind: string): readonly Filter[] {
  const workload = workloads.has(kind);
  switch (name) {
    case 'running':
      if (kind === 'policy') return [{ status: 'enabled' }];
      if (kind === 'alert') return [{ status: 'firing' }];
      if (kind === 'cronjob') return [{ suspended: false }];
      if (workload) return [{ healthy: true }];
      if (kind === 'node') return [{ status: 'ready' }];
      return [{ status: ['running', 'active', 'available', 'in-use', 'ready', 'connected', 'enabled'] }];
    case 'stopped':
      if (kind === 'policy') return [{ status: 'disabled' }];
      if (kind === 'cronjob') return [{ suspended: true }];
      return [{ status: ['stopped', 'shelved', 'off', 'shutoff'] }];
    case 'down':
      if (workload || kind === 'pod') return [{ healthy: false }];
      if (kind === 'node') return [{ status: 'notready' }];
      return [{ status: ['stopped', 'down', 'error', 'failed'] }];
    case 'failed':
      if (kind === 'node') return [{ status: 'notready' }];
      return workload || kind === 'pod'
        ? [{ status: ['failed', 'error'] }, { healthy: false }]
        : [{ status: ['failed', 'error'] }];
    case 'crashing':
      return [{ status: ['crashloopbackoff', 'crashed'] }, { healthy: false }];
    case 'evicted':
      return [{ status: 'evicted' }];
    case 'pending':
      return [{ status: 'pending' }];
    case 'completed':
      return [{ status: ['completed', 'succeeded', 'done'] }];
    case 'oomkilled':
      return [{ status: 'oomkilled' }];
    case 'imagepull':
      return [{ status: ['imagepullbackoff', 'errimagepull'] }];
    case 'healthy':
      return kind === 'node'
        ? [{ status: 'ready' }]
        : workload || kind === 'pod'
          ? [{ healthy: true }]
          : [{ health: 'ok' }];
    case 'unhealthy':
      if (kind === 'node') return [{ status: 'notready' }];
      return workload || kind === 'pod'
        ? [{ healthy: false }]
        : [{ healthy: false }, { health: ['error', 'warning'] }, { status: ['error', 'failed'] }];
    case 'ready':
      return kind === 'node' ? [{ status: 'ready' }] : [{ healthy: true }];
    case 'notready':
      return kind === 'node' ? [{ status: 'notready' }] : [{ healthy: false }];
    case 'free':
      if (kind === 'vm') return [];
      return [{ attached: false, status: ['available', 'down', 'free', 'error'] }, { attached: false }];
    case 'used':
      return [{ attached: true }, { status: 'in-use' }];
    case 'firing':
      return kind === 'action' ? [{ status: 'pending' }] : [{ status: 'firing' }];
    case 'acked':
      return [{ status: ['acked', 'acknowledged'] }];
    case 'silenced':
      return [{ status: 'silenced' }];
    case 'critical':
    case 'warning':
    case 'info':
      return [{ severity: name }];
    case 'threat':
      return [{ finding: name }];
    case 'enabled':
      return kind === 'cronjob'
        ? [{ suspended: false }]
        : kind === 'vm'
          ? [{ status: ['running', 'active'] }]
          : [{ status: 'enabled' }];
    case 'disabled':
      return kind === 'cronjob' ? [{ suspended: true }] : [{ status: 'disabled' }];
    case 'suspended':
      return kind === 'cronjob' ? [{ suspended: true }] : [{ status: ['suspended', 'paused'] }];
    case 'cordoned':
      return [{ unschedulable: true }];
    case 'schedulable':
      return [{ unschedulable: false }];
    case 'locked':
      return kind === 'vm' ? [{ locked: true }] : [];
    case 'unlocked':
      return kind === 'vm' ? [{ not: [{ locked: true }] }] : [];
    default:
      return [];
  }
}
