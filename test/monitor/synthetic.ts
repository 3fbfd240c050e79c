// Made series for the tests of detection and forecasting: seeded, so that every run sees the same numbers.

const startMs = Date.UTC(2026, 0, 5);

export interface Row {
  readonly timeMs: number;
  readonly value: number;
}

/** A generator of numbers in [0, 1) that depends on its seed alone (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Normal numbers by Box and Muller. */
export function normalOf(seed: number): () => number {
  const random = randomOf(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Rows every `stepMs` from a Monday on, with the value that `value(row, timeMs)` gives. */
export function rowsOf(
  count: number,
  value: (row: number, timeMs: number) => number,
  stepMs = 300_000,
): Row[] {
  return Array.from({ length: count }, (_, row) => {
    const timeMs = startMs + row * stepMs;
    return { timeMs, value: value(row, timeMs) };
  });
}

/** The day's wave, from -1 to 1. */
export function daily(timeMs: number): number {
  return Math.sin((2 * Math.PI * timeMs) / 86_400_000);
}
