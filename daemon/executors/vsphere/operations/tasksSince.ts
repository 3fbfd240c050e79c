// What the vCenter itself tells of tasks it ran since a moment: how a write that leaves no mark is found again after its
// answer was lost. Reads only. A server keeps what ended for some ten minutes and two hundred tasks; beyond that nothing
// can be told, and that is what it says.

import type { Resource } from '../../../../shared/model/resource.ts';
import type { Reconciliation, StepContext } from '../../contract.ts';
import { requireTarget } from '../../kit/preview.ts';
import { child, type Ref, refsOf, textAt, type XmlNode } from '../client/node.ts';
import type { Vsphere } from '../vsphere.ts';

/** How long a server tells of what ended, less a little (vSphere API, TaskManager.recentTask). */
const toldMs = 9 * 60_000;
const toldTasks = 200;
/** The clocks are compared over a network. */
const clockDoubtMs = 1_000;

/** Whether a task of this method ran on one of the things since the write was meant. */
export async function findTask(
  vs: Vsphere,
  method: string,
  things: readonly Ref[],
  context: StepContext & { readonly intendedMs?: number },
): Promise<Reconciliation> {
  const { signal, intendedMs } = context;
  if (intendedMs === undefined)
    return { found: 'unknown', observed: 'it is not known when it was asked for' };
  const aheadMs = await serverAheadMs(vs, signal);
  const sinceMs = intendedMs + aheadMs - clockDoubtMs;
  const tasks = await recentTasks(vs, signal);
  const isOn = (task: XmlNode) => things.some((ref) => ref.value === textAt(task, 'entity'));
  const ours = tasks.filter((task) => isOf(task, method) && isOn(task) && timeOf(task) >= sinceMs);
  const states = ours.map((task) => textAt(task, 'state'));
  if (states.includes('success')) return { found: 'done', observed: 'the server shows the task as done' };
  if (states.includes('running') || states.includes('queued'))
    return { found: 'unknown', observed: 'the server is still at it' };
  const { name } = requireTarget(context);
  if (ours.length > 0) return { found: 'not-done', observed: `the server could not do it: ${whyOf(ours)}` };
  const isTold = vs.now() - intendedMs < toldMs && tasks.length < toldTasks;
  return isTold
    ? { found: 'not-done', observed: `the server shows no such task on ${name}` }
    : { found: 'unknown', observed: `too long ago: the server no longer tells what it did to ${name} then` };
}

/** Name of a resource with its status, or that it is gone. */
export function asSeen(now: Resource | undefined, name: string): string {
  return now ? `${now.name} is ${now.status}` : `${name} is gone`;
}

async function recentTasks(vs: Vsphere, signal: AbortSignal): Promise<readonly XmlNode[]> {
  const manager = await vs.vim.manager('taskManager', signal);
  const [found] = await vs.vim.fetch([manager], ['recentTask'], signal);
  const refs = refsOf(found?.properties.get('recentTask')).slice(-toldTasks);
  const tasks = await vs.vim.fetch(refs, ['info'], signal);
  return tasks.map((task) => task.properties.get('info')).filter((info) => info !== undefined);
}

/** A server may leave the suffix of the method out. */
function isOf(task: XmlNode, method: string): boolean {
  return textAt(task, 'name')?.replace(/_Task$/, '') === method.replace(/_Task$/, '');
}

/** How far the server's clock is ahead of this machine's, in ms. */
async function serverAheadMs(vs: Vsphere, signal: AbortSignal): Promise<number> {
  const self = { type: 'ServiceInstance', value: 'ServiceInstance' };
  const what = 'read the clock';
  const answer = await vs.vim.call({ method: 'CurrentTime', self, isRead: true, signal, what });
  const atMs = Date.parse(textAt(answer, 'returnval') ?? '');
  return Number.isNaN(atMs) ? 0 : atMs - vs.now();
}

function timeOf(task: XmlNode): number {
  return Date.parse(textAt(task, 'queueTime') ?? textAt(task, 'startTime') ?? '');
}

function whyOf(tasks: readonly XmlNode[]): string {
  return textAt(child(tasks.at(-1), 'error'), 'localizedMessage')?.slice(0, 300) ?? 'it did not say why';
}
