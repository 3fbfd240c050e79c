// Ending and renicing processes. Pilothouse's own process, those it came from and the first process of the machine are
// never ended; somebody else's are refused beforehand with the user they belong to.

import os from 'node:os';
import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { Deed } from '../../kit/deed.ts';
import type { System } from '../system.ts';
import type { ProcessTable } from './processTable.ts';
import { readProcess } from './readProcesses.ts';

/** Ends a process: asked with SIGTERM, or at once with SIGKILL where `force` says so. */
export function killing(table: ProcessTable, system: System): Deed {
  return {
    read: (target) => table.read(target),
    async check(target) {
      const pid = pidOf(target);
      const notes: PreviewNote[] = [];
      if (pid === 1)
        notes.push(
          blocker(
            'This is the first process of the machine; without it everything ends.',
            'Shut the machine down instead, if that is what you want.',
          ),
        );
      else if (await isOwnLine(system, pid))
        notes.push(
          blocker(
            'This is Pilothouse itself, or what it runs in.',
            'Use "pilothouse daemon stop" to end Pilothouse.',
          ),
        );
      else if (!maySignal(pid)) notes.push(notYours(target));
      const children = await table.childrenOf(pid);
      if (children.length > 0)
        notes.push({
          level: 'info',
          message: `It has started ${children.length} other ${children.length === 1 ? 'process' : 'processes'} (${children.slice(0, 5).join(', ')}); they are not ended with it unless it sees to that.`,
        });
      return notes;
    },
    changes: (target) => [{ field: 'status', before: target.status, after: 'gone' }],
    async act(target, args) {
      const now = await table.read(target);
      if (!now) return;
      signalTo(target, () => process.kill(pidOf(now), args.force === true ? 'SIGKILL' : 'SIGTERM'));
    },
    judge(now, before, args) {
      if (!now) return { kind: 'done', observed: `${before.name} has ended` };
      const how = args.force === true ? '' : '; it may ignore being asked, "force" ends it at once';
      return { kind: 'waiting', observed: `${before.name} still runs${how}` };
    },
    patienceMs: 10_000,
  };
}

/** Gives a process another niceness. */
export function renicing(table: ProcessTable): Deed {
  return {
    read: (target) => table.read(target),
    async check(target, args) {
      const lowers = Number(args.nice) < Number(target.attributes.nice);
      if (lowers && process.getuid?.() !== 0)
        return [
          blocker(
            'Only root may put a process before others.',
            'Choose a higher number, or run Pilothouse as root.',
          ),
        ];
      return maySignal(pidOf(target)) ? [] : [notYours(target)];
    },
    changes: (target, args) => [{ field: 'nice', before: target.attributes.nice, after: args.nice }],
    isIdle: (target, args) => target.attributes.nice === args.nice,
    async act(target, args) {
      const now = await table.read(target);
      if (!now) throw gone(target);
      signalTo(target, () => os.setPriority(pidOf(now), Number(args.nice)));
    },
    judge(now, before, args) {
      if (!now) return { kind: 'failed', observed: `${before.name} has ended` };
      const observed = `${before.name} has niceness ${String(now.attributes.nice)}`;
      return { kind: now.attributes.nice === args.nice ? 'done' : 'waiting', observed };
    },
    patienceMs: 2_000,
  };
}

function pidOf(target: Resource): number {
  return Number(target.attributes.pid);
}

/** Whether it is this process or one of those it came from. */
async function isOwnLine(system: System, pid: number): Promise<boolean> {
  let own = process.pid;
  for (let depth = 0; own > 1 && depth < 64; depth++) {
    if (own === pid) return true;
    own = (await readProcess(system, own))?.parent ?? 0;
  }
  return false;
}

/** Signal 0 asks whether one might, and sends nothing (kill(2)). */
function maySignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function signalTo(target: Resource, send: () => unknown): void {
  try {
    send();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException & { readonly info?: { readonly code?: string } };
    const reason = code === 'ERR_SYSTEM_ERROR' ? (error as { info?: { code?: string } }).info?.code : code;
    if (reason === 'ESRCH') throw gone(target);
    if (reason === 'EPERM' || reason === 'EACCES') {
      const { message, fix } = notYours(target);
      throw new ProblemError({ code: 'cloud-forbidden', message, fix }, error);
    }
    throw error;
  }
}

function notYours(target: Resource): PreviewNote {
  const own = os.userInfo().username;
  return blocker(
    `${target.name} belongs to ${String(target.attributes.user)}, and Pilothouse runs as ${own}, who may not touch it.`,
    'Ask that user or root, or run Pilothouse as one of them.',
  );
}

function gone(target: Resource): ProblemError {
  return new ProblemError({
    code: 'cloud-not-found',
    message: `${target.name} has ended meanwhile.`,
    fix: 'List the processes to see what runs now.',
  });
}

function blocker(message: string, fix: string): PreviewNote {
  return { level: 'blocker', message, fix };
}
