// The services of this machine as a source and as deeds: start, stop, restart. A restart shows in the id systemd gives
// every run of a unit.

import type { OperationId } from '../../../../shared/model/kind.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { DiscoverySource } from '../../contract.ts';
import type { Deed, Judgement } from '../../kit/deed.ts';
import type { System } from '../system.ts';
import { listUnits, showUnit, tellUnit, unitRelations, unitResource } from './systemctl.ts';

export function unitSource(connection: string, system: System): DiscoverySource {
  return {
    name: 'systemd units',
    kinds: ['unit'],
    intervalMs: 15_000,
    async read({ signal }) {
      const resources = (await listUnits(system, signal)).map((unit) => unitResource(connection, unit));
      const relations = resources.flatMap((unit) => unitRelations(connection, unit));
      return { mode: 'full', resources, removed: [], relations };
    },
  };
}

export function unitDeeds(connection: string, system: System): ReadonlyMap<OperationId, Deed> {
  const read: Deed['read'] = async (target, signal) => {
    const unit = await showUnit(system, target.name, signal);
    return unit && unitResource(connection, unit, unit.invocation);
  };
  const deed = (verb: 'start' | 'stop' | 'restart', becomes: string, judge: Deed['judge']): Deed => ({
    read,
    changes: (target) => [{ field: 'status', before: target.status, after: becomes }],
    act: (target, _args, signal) => tellUnit(system, verb, target.name, signal),
    judge,
    patienceMs: 60_000,
  });
  return new Map([
    ['start.unit', deed('start', 'running', (now, before) => judge(now, before, ['running', 'completed']))],
    ['stop.unit', deed('stop', 'stopped', (now, before) => judge(now, before, ['stopped', 'failed']))],
    [
      'restart.unit',
      deed('restart', 'running', (now, before) =>
        now &&
        now.attributes.invocation === before.attributes.invocation &&
        before.attributes.invocation !== undefined
          ? { kind: 'waiting', observed: `${before.name} was not started anew yet` }
          : judge(now, before, ['running', 'completed']),
      ),
    ],
  ]);
}

function judge(now: Resource | undefined, before: Resource, wanted: readonly string[]): Judgement {
  if (!now) return { kind: 'failed', observed: `${before.name} is not loaded any more` };
  const observed = `${now.name} is ${now.status}`;
  if (wanted.includes(now.status)) return { kind: 'done', observed };
  if (now.status === 'failed') return { kind: 'failed', observed: `${now.name} failed; its log says why` };
  return { kind: 'waiting', observed };
}
