// How long the simulated cloud takes for what it does, in ms. Like a small, quick cloud: long enough that a person
// sees the transition, short enough that nobody waits.

export interface Durations {
  /** Between a request and its answer. */
  readonly answer: number;
  readonly build: number;
  readonly start: number;
  readonly stop: number;
  readonly reboot: number;
  readonly resize: number;
  readonly delete: number;
  readonly attach: number;
  readonly save: number;
  readonly migrate: number;
  readonly podStart: number;
  readonly podStop: number;
  readonly job: number;
}
export type DurationName = Exclude<keyof Durations, 'answer'>;

export const realisticDurations: Durations = {
  answer: 60,
  build: 2_500,
  start: 1_800,
  stop: 2_000,
  reboot: 2_500,
  resize: 3_500,
  delete: 1_200,
  attach: 900,
  save: 3_000,
  migrate: 4_000,
  podStart: 1_800,
  podStop: 900,
  job: 4_000,
};

/** All of them times `factor`; 0 makes everything instant. */
export function scaledDurations(factor: number): Durations {
  return Object.fromEntries(
    Object.entries(realisticDurations).map(([name, ms]) => [name, Math.round(ms * factor)]),
  ) as unknown as Durations;
}
