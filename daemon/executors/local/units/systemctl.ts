// Services of systemd through systemctl and journalctl: a command and the parser of its answer. Only where systemd is
// the init of this machine (sd_booted(3)); elsewhere there are no units and nothing is started.

import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { healthOf } from '../../../../shared/model/statuses.ts';
import { hostIdOf } from '../host/hostResource.ts';
import { CommandError, type System } from '../system.ts';

const unitItem = z.object({
  unit: z.string(),
  load: z.string(),
  active: z.string(),
  sub: z.string(),
  description: z.string().default(''),
});

export interface Unit {
  readonly name: string;
  readonly active: string;
  readonly sub: string;
  readonly description: string;
}

/** sd_booted(3): the folder is there exactly where systemd is the init. */
export function hasSystemd(folder = '/run/systemd/system'): boolean {
  return existsSync(folder);
}

/** All loaded services. */
export async function listUnits(system: System, signal: AbortSignal): Promise<readonly Unit[]> {
  const text = await system.run(
    'systemctl',
    ['list-units', '--type=service', '--all', '--no-pager', '--output=json'],
    signal,
  );
  return parseUnits(text);
}

export function parseUnits(text: string): readonly Unit[] {
  return z
    .array(unitItem)
    .parse(JSON.parse(text === '' ? '[]' : text))
    .filter(({ load }) => load === 'loaded')
    .map(({ unit, active, sub, description }) => ({ name: unit, active, sub, description }));
}

/** One unit with the id of its present run; undefined where it is not loaded. */
export async function showUnit(
  system: System,
  name: string,
  signal: AbortSignal,
): Promise<(Unit & { readonly invocation: string }) | undefined> {
  const properties = 'Id,LoadState,ActiveState,SubState,Description,InvocationID';
  const text = await system.run('systemctl', ['show', `--property=${properties}`, '--', name], signal);
  const found = new Map(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
  if (found.get('LoadState') !== 'loaded') return undefined;
  return {
    name: found.get('Id') || name,
    active: found.get('ActiveState') ?? '',
    sub: found.get('SubState') ?? '',
    description: found.get('Description') ?? '',
    invocation: found.get('InvocationID') ?? '',
  };
}

const statuses: Readonly<Record<string, string>> = {
  inactive: 'stopped',
  failed: 'failed',
  activating: 'starting',
  deactivating: 'stopping',
  reloading: 'running',
  maintenance: 'stopped',
};

export function unitResource(connection: string, unit: Unit, invocation?: string): Resource {
  const status =
    unit.active === 'active'
      ? unit.sub === 'exited'
        ? 'completed'
        : 'running'
      : (statuses[unit.active] ?? unit.active);
  return {
    id: resourceId(connection, 'unit', unit.name),
    connection,
    provider: 'local',
    kind: 'unit',
    name: unit.name,
    status,
    health: healthOf(status),
    providerStatus: `${unit.active} (${unit.sub})`,
    tags: {},
    attributes: { description: unit.description, ...(invocation ? { invocation } : {}) },
  };
}

export function unitRelations(connection: string, unit: Resource) {
  return [{ from: unit.id, type: 'RUNS_ON' as const, to: hostIdOf(connection) }];
}

/** Starts, stops or restarts a unit. Throws ProblemError. */
export async function tellUnit(
  system: System,
  verb: 'start' | 'stop' | 'restart',
  name: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await system.run('systemctl', ['--no-ask-password', verb, '--', name], signal);
  } catch (error) {
    throw error instanceof CommandError
      ? new ProblemError(problemOfSystemctl(error, verb, name), error)
      : error;
  }
}

function problemOfSystemctl({ said }: CommandError, verb: string, name: string) {
  const line = said.split('\n')[0]?.slice(0, 300) ?? '';
  if (/access denied|authentication required|permission denied|not permitted/i.test(said))
    return {
      code: 'cloud-forbidden' as const,
      message: `You may not ${verb} ${name}.`,
      fix: 'Run Pilothouse as root, or ask for a polkit rule that lets you manage this unit.',
    };
  if (/not found|not loaded/i.test(said))
    return {
      code: 'cloud-not-found' as const,
      message: `systemd does not know ${name} any more.`,
      fix: 'List the systemd units and ask again.',
    };
  return {
    code: 'cloud-failed' as const,
    message: `systemd could not ${verb} ${name}: ${line}`,
    fix: `Read its log: "logs of ${name}".`,
  };
}

/** The last lines of a unit's journal. */
export async function readJournal(
  system: System,
  request: {
    readonly name: string;
    readonly lines: number;
    readonly sinceMs?: number;
    readonly signal: AbortSignal;
  },
): Promise<string> {
  const since = request.sinceMs === undefined ? [] : [`--since=@${Math.floor(request.sinceMs / 1000)}`];
  const args = ['--no-pager', '--quiet', '--output=short-iso', `--lines=${request.lines}`, ...since];
  return system.run('journalctl', [...args, `--unit=${request.name}`], request.signal);
}
