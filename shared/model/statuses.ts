// The shared words for the state of a resource, and what they say about its health.
// An executor maps its cloud's own words onto these; a word not listed is shown as it is, with unknown health.

import type { Health } from './resource.ts';

const healthByStatus: Readonly<Record<string, Health>> = {
  active: 'ok',
  running: 'ok',
  available: 'ok',
  'in-use': 'ok',
  ready: 'ok',
  healthy: 'ok',
  connected: 'ok',
  enabled: 'ok',
  completed: 'ok',
  succeeded: 'ok',
  building: 'busy',
  creating: 'busy',
  starting: 'busy',
  stopping: 'busy',
  rebooting: 'busy',
  resizing: 'busy',
  deleting: 'busy',
  attaching: 'busy',
  detaching: 'busy',
  extending: 'busy',
  migrating: 'busy',
  pending: 'busy',
  saving: 'busy',
  'verify-resize': 'warning',
  warning: 'warning',
  firing: 'error',
  error: 'error',
  failed: 'error',
  notready: 'error',
  stopped: 'off',
  suspended: 'off',
  paused: 'off',
  shelved: 'off',
  rescued: 'warning',
  down: 'off',
  disabled: 'off',
  deleted: 'off',
};

/** Health of a shared status word; `unknown` for a word this table does not have. */
export function healthOf(status: string): Health {
  return healthByStatus[status.toLowerCase()] ?? 'unknown';
}

/** True while a cloud is still at work on it, so that it should be read again soon. */
export function isTransitional(status: string): boolean {
  return healthOf(status) === 'busy';
}
