// How long until a source is read again. Pure, so that every case can be tested: fast while something is in
// transition or was just written to, slower the longer nothing moves, resting after errors.

import type { ProblemCode } from '../../shared/model/problem.ts';
import type { Limits } from '../config.ts';

export interface SourceMood {
  readonly intervalMs: number;
  /** Its kinds were written to a moment ago: how long that still counts, in ms; 0 where nothing was. */
  readonly nudgedMs: number;
  /** Something it shows is in transition. */
  readonly transitional: boolean;
  /** Reads in a row that showed nothing new. */
  readonly unchanged: number;
  /** The source tells by itself; polling is only a net then. */
  readonly watching: boolean;
  /** Reads in a row that failed, and how the last one did. */
  readonly errors: number;
  readonly problem?: ProblemCode;
}

/** Growth of the rest while something stays in transition and nothing is seen to move. */
const transitionalGrowth = 1.5;
/** Codes that asking again soon cannot mend; repeated wrong passwords lock accounts. */
const credentialCodes: readonly ProblemCode[] = ['cloud-unauthorized', 'cloud-certificate', 'config-invalid'];

/** Delay until the next read in ms. `random` in [0, 1) spreads retries (AWS "equal jitter": half fixed, half random). */
export function nextDelayMs(mood: SourceMood, limits: Limits, random: () => number): number {
  if (mood.errors > 0) return errorDelayMs(mood, limits, random);
  const { pollFastMs: fast, pollSlowMs: slow } = limits;
  const base = mood.watching ? slow : Math.min(Math.max(mood.intervalMs, fast), slow);
  // What is pushed late may carry values from before the write; one more read when it has passed sets that right.
  if (mood.watching) return mood.nudgedMs > 0 ? Math.min(base, Math.max(mood.nudgedMs, fast)) : base;
  if (mood.nudgedMs > 0) return fast;
  if (mood.transitional) return Math.min(base, fast * transitionalGrowth ** Math.min(mood.unchanged, 32));
  return base;
}

function errorDelayMs(mood: SourceMood, limits: Limits, random: () => number): number {
  const refused = mood.problem !== undefined && credentialCodes.includes(mood.problem);
  const longest = refused ? limits.pollUnauthorizedMs : limits.pollErrorMs;
  const first = refused ? limits.pollErrorMs : limits.pollFastMs * 2;
  const delay = Math.min(longest, first * 2 ** Math.min(mood.errors - 1, 16));
  return delay / 2 + (delay / 2) * random();
}
