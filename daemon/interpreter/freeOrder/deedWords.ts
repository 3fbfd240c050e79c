// Deeds that are said as nouns and as states, and the verbs that say nothing beside another deed. Tables; `chunks.ts`
// finds them in a part of a text.

import { type Cell, senseOf } from '../words/cells.ts';

/** Deeds said as nouns that no verb's form gives; the form "-ing" is known from the verb. */
export const nominal: Readonly<Record<string, string>> = {
  removal: 'remove',
  deletion: 'delete',
  termination: 'terminate',
  closure: 'close',
  execution: 'execute',
  run: 'run',
  shutdown: 'shut down',
  'shut down': 'shut down',
  stop: 'stop',
  start: 'start',
  expansion: 'expand',
  extension: 'extend',
  enlargement: 'enlarge',
  increase: 'increase',
  reduction: 'reduce',
  upgrade: 'upgrade',
  downgrade: 'downgrade',
  suspension: 'suspend',
  activation: 'activate',
  deactivation: 'deactivate',
  migration: 'migrate',
  relocation: 'relocate',
  detachment: 'detach',
  attachment: 'attach',
  acknowledgement: 'acknowledge',
  acknowledgment: 'acknowledge',
  approval: 'approve',
  rejection: 'reject',
  cancellation: 'cancel',
  cancelation: 'cancel',
  decommissioning: 'decommission',
  decom: 'decommission',
  'power off': 'power off',
  'power on': 'power on',
  silencing: 'silence',
  creation: 'create',
  rollback: 'roll back',
  restart: 'restart',
  reboot: 'reboot',
  snapshot: 'snapshot',
  backup: 'snapshot',
  drain: 'drain',
  resize: 'resize',
};

/** What a machine or node is to be, said as a state, and the deed that makes it so. */
export const states: Readonly<Record<string, string>> = {
  off: 'stop',
  down: 'stop',
  offline: 'stop',
  on: 'start',
  up: 'start',
  'back on': 'start',
  'back up': 'start',
  'on again': 'start',
  'up again': 'start',
  online: 'start',
  unschedulable: 'cordon',
  schedulable: 'uncordon',
};

/** Verbs that say nothing beside another deed, or beside a figure. */
export const general =
  /^(make|do|take|get|give|set|put|have|change|perform|carry out|execute|run|go|bring|keep|use|issue|schedule|need|turn|move|switch)$/;

/** "mail-spool on", "its EIP off": a disk or an address is hung on a machine or taken off it, and never started. */
export function hungWords(things: readonly Cell[]): Readonly<Record<string, readonly string[]>> {
  const ids = things.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const isHung =
    ids.length > 0
      ? ids.every((id) => /:(volume|floating-ip)\//.test(id))
      : things.some((cell) => senseOf(cell, 'kind')?.kinds[0] === 'floating-ip');
  return isHung ? { start: ['attach', 'assign'], stop: ['detach', 'unassign'] } : {};
}
