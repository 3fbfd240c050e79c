// Waits until the simulated cloud is done with a step and says what it shows then. Reads only; gives up at the
// signal with what it saw last.

import type { Operation } from '../../../shared/model/operation.ts';
import type { StepContext, Verification, WriteOutcome } from '../contract.ts';
import { numberOf, type Thing } from './thing.ts';
import { resourceOf } from './translate.ts';
import type { World } from './world.ts';

type Finding =
  | { readonly kind: 'waiting'; readonly observed: string }
  | { readonly kind: 'over'; readonly verification: Verification };

/** Longest wait without looking again: another process may have moved the world. */
const lookAgainMs = 500;

export async function verifyStep(
  world: World,
  operation: Operation,
  context: StepContext & { readonly outcome: WriteOutcome },
): Promise<Verification> {
  let said = '';
  for (;;) {
    const finding = find(world, operation, context);
    if (finding.kind === 'over') return finding.verification;
    if (context.signal.aborted) return { verified: false, observed: finding.observed };
    if (finding.observed !== said) context.progress(finding.observed);
    said = finding.observed;
    await nextMove(world, context.signal);
  }
}

/** Until something changes or is due, or the signal ends. */
function nextMove(world: World, signal: AbortSignal): Promise<void> {
  const untilDueMs = (world.nextDueMs() ?? Number.POSITIVE_INFINITY) - world.now();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(Math.max(untilDueMs, 5), lookAgainMs));
    const stop = world.onDidChange(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

function find(
  world: World,
  operation: Operation,
  { target, outcome }: StepContext & { readonly outcome: WriteOutcome },
): Finding {
  const things = world.things();
  if (target === undefined || operation.verb === 'create')
    return judge(things.get(outcome.createdId ?? ''), operation, things);
  if (operation.verb === 'delete' || operation.id === 'restart.pod')
    return judgeGone(things.get(target.id), target.name, controllerOf(things, target.attributes.owner));
  const made = outcome.createdId === undefined ? undefined : things.get(outcome.createdId);
  if (made?.due) return { kind: 'waiting', observed: `${made.name} is ${made.status}` };
  return judge(things.get(target.id), operation, things);
}

/** What starts another pod in the place of the one that went. */
function controllerOf(things: ReadonlyMap<string, Thing>, owner: unknown): Thing | undefined {
  const found = typeof owner === 'string' ? things.get(owner) : undefined;
  return found && isWorkload(found) ? found : undefined;
}

function isWorkload({ kind }: Thing): boolean {
  return kind === 'deployment' || kind === 'statefulset' || kind === 'daemonset';
}

function judgeGone(thing: Thing | undefined, name: string, owner: Thing | undefined): Finding {
  if (thing && !thing.due)
    return over({
      verified: false,
      observed: `${name} is still there, ${thing.status}`,
      resource: resourceOf(thing),
    });
  if (thing) return { kind: 'waiting', observed: `${name} is ${thing.status}` };
  if (owner && owner.attributes.healthy !== true && owner.status !== 'error' && !owner.due)
    return {
      kind: 'waiting',
      observed: `${name} is gone; ${owner.name} has ${String(owner.attributes.ready)} ready`,
    };
  return over({ verified: true, observed: `${name} is gone`, gone: true });
}

function judge(thing: Thing | undefined, operation: Operation, things: ReadonlyMap<string, Thing>): Finding {
  if (!thing) return over({ verified: false, observed: 'It is not there', gone: true });
  const resource = resourceOf(thing);
  if (thing.status === 'error' && operation.verb !== 'tag' && operation.verb !== 'untag')
    return over({ verified: false, observed: `${thing.name} is in error${reasonOf(thing)}`, resource });
  if (thing.due) return { kind: 'waiting', observed: `${thing.name} is ${thing.status}` };
  const waiting = unfinished(thing, operation, things);
  if (waiting) return { kind: 'waiting', observed: waiting };
  const isExpected = operation.becomes?.includes(thing.status) ?? true;
  return over({ verified: isExpected, observed: `${thing.name} is ${thing.status}`, resource });
}

function reasonOf(thing: Thing): string {
  const reason = thing.attributes.fault ?? thing.attributes.reason;
  return reason === undefined ? '' : `: ${String(reason)}`;
}

/** What controllers still have to do. */
function unfinished(
  thing: Thing,
  operation: Operation,
  things: ReadonlyMap<string, Thing>,
): string | undefined {
  if (operation.id === 'drain.node') {
    const left = [...things.values()].filter(
      (pod) => pod.kind === 'pod' && pod.attributes.node === thing.name && pod.status === 'deleting',
    );
    return left.length > 0 ? `${left.length} pods are leaving ${thing.name}` : undefined;
  }
  if (!isWorkload(thing) || thing.attributes.healthy === true) return undefined;
  return `${thing.name} has ${numberOf(thing, 'ready')} of ${numberOf(thing, 'replicas')} ready`;
}

function over(verification: Verification): Finding {
  return { kind: 'over', verification };
}
