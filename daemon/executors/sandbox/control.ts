// Moves the simulated cloud from outside, as tests and rehearsals need: queue a failure, take the cloud away, change
// or remove a thing as somebody else would. It works on the same file from any process; the daemon sees it at once.

import type { ProblemCode } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { realisticDurations } from './durations.ts';
import type { Fault } from './faults.ts';
import type { Patch } from './thing.ts';
import { resourceOf } from './translate.ts';
import { type MarkRecord, openWorld } from './world.ts';

export interface SandboxControl {
  /** Queues a failure for the next write that fits; it happens once. */
  failNext(fault: Fault): void;
  /** From now on nothing answers, with this problem; undefined: all is well again. */
  setOutage(code: ProblemCode | undefined): void;
  /** Changes a thing as somebody else would. */
  change(id: string, patch: Patch): void;
  remove(id: string): void;
  resources(): readonly Resource[];
  resource(id: string): Resource | undefined;
  /** Every write the cloud took, oldest first: each mark stands here once, or the write was never done. */
  writes(): readonly MarkRecord[];
  close(): void;
}

export function openSandboxControl(options: {
  readonly stateFolder: string;
  readonly now?: () => number;
}): SandboxControl {
  const world = openWorld({
    stateFolder: options.stateFolder,
    now: options.now ?? Date.now,
    durations: realisticDurations,
  });
  const edit = (change: Parameters<typeof world.rehearse<void>>[0]): void =>
    void world.commit((draft) => {
      change(draft);
      return undefined;
    });
  return {
    failNext: world.addFault,
    setOutage: (code) => world.setSetting('outage', code),
    change: (id, patch) => edit((draft) => draft.change(id, patch)),
    remove: (id) => edit((draft) => draft.remove(id)),
    resources: () => [...world.things().values()].map(resourceOf),
    resource(id) {
      const thing = world.things().get(id);
      return thing && resourceOf(thing);
    },
    writes: () => world.marks().filter(({ operation }) => operation !== 'seed'),
    close: world.close,
  };
}
