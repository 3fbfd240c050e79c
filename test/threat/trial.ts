// Puts the model through made weeks: what ordinary windows come to, what attacks come to, and how sure one may be of a
// strength (isotonic regression by pooling adjacent violators). Used by the suite and by `npm run bench threat`.

import { feed, type Judgement, type LogState, learn, newLogState } from '../../daemon/threat/logModel.ts';
import type { Window } from '../../daemon/threat/window.ts';
import {
  type Attack,
  attackAt,
  attacks,
  attackTime,
  dayMs,
  inOrder,
  mondayMs,
  ordinaryWeeks,
  randomOf,
} from './traffic.ts';

/** Weeks before anything is counted, and all. */
export const learnWeeks = 2;
export const weeks = 8;
/** Attacks a week in a log, as the confidence takes it: one a month. */
export const attacksPerWeek = 1 / 4;

export interface Trial {
  /** Highest strength and least chance of each ordinary window after the weeks of learning. */
  readonly ordinary: readonly {
    readonly strength: number;
    readonly chance: number;
    readonly principal: string;
  }[];
  /** Highest strength of each attack. */
  readonly attacks: ReadonlyMap<Attack, number>;
  readonly weeks: number;
}

/** One log with its own seed: ordinary weeks, then each attack by itself into what was learnt. */
export function runTrial(seed: number): Trial {
  const state = newLogState();
  const ordinary: { strength: number; chance: number; principal: string }[] = [];
  const highest = new Map<Window, Judgement>();
  for (const activity of inOrder(ordinaryWeeks(seed, weeks))) {
    const judgement = feed(state, activity, (window) => {
      const { strength, chance } = highest.get(window)!;
      highest.delete(window);
      if (window.startedMs >= mondayMs + learnWeeks * 7 * dayMs)
        ordinary.push({ strength, chance, principal: window.principal });
      learn(state, window);
    });
    const before = highest.get(judgement.window);
    if (!before || judgement.strength > before.strength) highest.set(judgement.window, judgement);
  }
  const found = new Map(attacks.map((kind, i) => [kind, attackStrength(state, kind, seed * 100 + i)]));
  return { ordinary, attacks: found, weeks: weeks - learnWeeks };
}

function attackStrength(learnt: LogState, kind: Attack, seed: number): number {
  const random = randomOf(seed);
  const state = structuredClone(learnt);
  const atMs = attackTime(kind, mondayMs + weeks * 7 * dayMs, 1, random);
  const strengths = inOrder(attackAt(kind, atMs, random)).map(
    (activity) => feed(state, activity, () => undefined).strength,
  );
  return Math.max(...strengths);
}

export interface Weighted {
  readonly strength: number;
  readonly isAttack: boolean;
  readonly weight: number;
}

/** Windows of trials with the weight that attacks are as frequent as is assumed. */
export function weighted(trials: readonly Trial[]): readonly Weighted[] {
  return trials.flatMap((trial) => [
    ...trial.ordinary.map(({ strength }) => ({ strength, isAttack: false, weight: 1 })),
    ...[...trial.attacks.values()].map((strength) => ({
      strength,
      isAttack: true,
      weight: (attacksPerWeek * trial.weeks) / trial.attacks.size,
    })),
  ]);
}

/** Ascending steps: from this strength on, so much of the weight is attacks. */
export function isotonic(windows: readonly Weighted[]): readonly (readonly [number, number])[] {
  const blocks: { from: number; hits: number; weight: number }[] = [];
  for (const { strength, isAttack, weight } of [...windows].sort((a, b) => a.strength - b.strength)) {
    blocks.push({ from: strength, hits: isAttack ? weight : 0, weight });
    while (blocks.length > 1) {
      const [a, b] = [blocks.at(-2)!, blocks.at(-1)!];
      if (a.hits / a.weight < b.hits / b.weight) break;
      blocks.splice(-2, 2, { from: a.from, hits: a.hits + b.hits, weight: a.weight + b.weight });
    }
  }
  // One ordinary window nobody has seen yet stands above all others: no made traffic makes anything certain.
  return blocks.map(({ from, hits, weight }, i) => [
    from,
    hits / (weight + (i === blocks.length - 1 ? 0.5 : 0)),
  ]);
}
