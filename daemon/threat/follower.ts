// Follows one log: reads on from where it stopped, in bounded batches with room for others between them, and keeps what
// was learnt together with how far it was read. It decides nothing about when; `threats.ts` does.

import { setImmediate as breathe } from 'node:timers/promises';
import { limits } from '../config.ts';
import type { Activity } from '../executors/contract.ts';
import { expire, type FollowedLog, follow } from './cases.ts';
import type { ThreatLogStatus } from './contract.ts';
import type { Reached, ThreatDisk } from './disk.ts';
import { isLearning } from './logModel.ts';

/** Where activities come from, oldest first, each once. */
export interface LogSource {
  readonly id: string;
  /** For people: "audit trail", "sign-ins of This machine". */
  readonly name: string;
  readonly connection: string;
  read(
    reached: Reached | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly activities: readonly Activity[]; readonly reached: Reached; readonly more: boolean }>;
}

export interface Follower {
  readonly source: LogSource;
  readonly log: FollowedLog;
  /** Reads all there is to read now. True where what is told is different. Throws what the source throws. */
  catchUp(signal: AbortSignal): Promise<boolean>;
  /** Ends what is over. True where what is told is different. */
  expire(): boolean;
  /** Writes what is known where it changed; `always` also where it was written a moment ago. */
  save(always?: boolean): void;
  readonly problem: string | undefined;
  fail(problem: string | undefined): void;
  status(): ThreatLogStatus;
}

/** Batches of one catching up: what is left comes the next time. */
const batchesMax = 50;
/** Activities after which others get a turn. */
const slice = 200;

export function createFollower(source: LogSource, disk: ThreatDisk, now: () => number): Follower {
  const stored = disk.read(source.id, source);
  const { log } = stored;
  let { reached } = stored;
  let problem: string | undefined;
  let savedMs = 0;
  let isDirty = false;
  const save = (always = false): void => {
    if (!isDirty || (!always && now() - savedMs < limits.threatSaveMs)) return;
    disk.write(source.id, log, reached);
    savedMs = now();
    isDirty = false;
  };
  return {
    source,
    log,
    get problem() {
      return problem;
    },
    async catchUp(signal) {
      let isChanged = false;
      for (let batch = 0; batch < batchesMax; batch++) {
        const read = await source.read(reached, signal);
        for (const [i, activity] of read.activities.entries()) {
          if (follow(log, activity, now())) isChanged = true;
          if (i % slice === slice - 1) await breathe();
        }
        // No break between the last activity and this: what was taken in and how far it was read go together.
        if (read.activities.length > 0 || read.reached.cursor !== reached?.cursor) isDirty = true;
        reached = read.reached;
        if (!read.more) break;
      }
      save(isChanged);
      return isChanged;
    },
    expire() {
      const isChanged = expire(log, now());
      if (isChanged) isDirty = true;
      return isChanged;
    },
    save(always) {
      if (always) isDirty = true;
      save(always);
    },
    fail(text) {
      problem = text;
    },
    status() {
      const { fromMs, toMs, windows, principals } = log.state;
      return {
        name: source.name,
        state: problem
          ? 'failing'
          : !Number.isFinite(fromMs)
            ? 'waiting'
            : isLearning(log.state)
              ? 'learning'
              : 'watching',
        ...(Number.isFinite(fromMs) && { fromMs, toMs }),
        windows,
        principals: principals.size,
        ...(problem !== undefined && { problem }),
      };
    },
  };
}
