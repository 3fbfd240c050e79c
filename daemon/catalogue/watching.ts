// Operations on what watching found: anomalies and alerts; and the questions about dependencies and the audit trail.

import type { Operation } from '../../shared/model/operation.ts';
import { countArg, define, reads, timeArgs } from './entry.ts';

export const anomalyOperations: readonly Operation[] = [
  define('list', 'anomaly', {
    title: 'List anomalies',
    doc: 'Lists what the detectors found, newest first.',
    target: 'optional',
    args: [
      countArg,
      {
        name: 'limit',
        type: 'integer',
        min: 1,
        max: 1_000,
        doc: 'Only so many, the newest.',
        words: ['last', 'latest', 'recent'],
      },
      ...timeArgs,
    ],
    words: [
      'list',
      'show',
      'summarize',
      'summarise',
      'any',
      'what are',
      'get',
      'recap',
      'sum up',
      'give me',
      'what happened',
      'what went wrong',
    ],
  }),
  ...reads('anomaly', ['show', 'explain']),
  define('ack', 'anomaly', {
    title: 'Acknowledge anomaly',
    doc: 'Says that somebody looks after it.',
    idle: ['acked'],
    becomes: ['acked'],
  }),
];

export const alertOperations: readonly Operation[] = [
  ...reads('alert', ['list', 'show', 'explain']),
  define('ack', 'alert', {
    title: 'Acknowledge alert',
    doc: 'Says that somebody looks after it.',
    idle: ['acked'],
    becomes: ['acked'],
  }),
  define('silence', 'alert', {
    title: 'Silence alert',
    doc: 'Keeps an alert quiet for a while.',
    args: [{ name: 'window_s', type: 'seconds', min: 60, doc: 'For how long, in seconds.', words: ['for'] }],
    becomes: ['silenced'],
  }),
];

export const topologyOperations: readonly Operation[] = [
  {
    id: 'topology.show',
    verb: 'show',
    kind: 'topology',
    risk: 'read',
    title: 'Show dependencies',
    doc: 'Shows what a resource depends on and what would notice if it went away.',
    target: 'many',
    args: [],
    words: [
      'what depends on',
      'dependencies of',
      'topology of',
      'blast radius of',
      'what uses',
      'what would happen if',
      'who uses',
      'what breaks if',
      'what is connected to',
    ],
    impact: 'none',
  },
];

export const auditOperations: readonly Operation[] = [
  {
    id: 'audit.list',
    verb: 'list',
    kind: 'audit',
    risk: 'read',
    title: 'List audit records',
    doc: 'Lists who did what and when.',
    target: 'optional',
    args: [
      { name: 'actor', type: 'text', doc: 'User who did it.', words: ['by'] },
      { name: 'op', type: 'text', doc: 'Operation that was done, as delete.vm.' },
      { name: 'limit', type: 'integer', min: 1, max: 1_000, doc: 'Only so many, the newest.' },
      ...timeArgs,
    ],
    words: ['who', 'audit log', 'audit trail', 'what did', 'what changed', 'history', 'changes', 'activity'],
    impact: 'none',
  },
];
