// How long what is kept. By age, and shorter where the file would grow over its limit: then everything is kept a tenth
// shorter at a time until it fits, single samples and short roll-ups long before the long ones. A slice at a time.

import { limits } from '../config.ts';
import type { StoreSize } from './contract.ts';
import type { StoreState } from './store.ts';

/** How far the size limit may shorten what is kept, and by how much at a time. */
const scaleMin = 0.02;
const shrink = 0.9;
const grow = 1.02;

export interface Retention {
  /** Looks at some series; all have had their turn after a while. Inside a transaction of the caller. */
  prune(bytesMax: number): void;
  since(): Pick<StoreSize, 'rawFromMs' | 'fromMs'>;
}

export function createRetention(state: StoreState): Retention {
  let scale = 1;
  let queue: number[] = [];
  const keptFrom = (keptMs: number): number => state.now() - keptMs * scale;
  return {
    prune(bytesMax) {
      if (queue.length === 0) {
        queue = [...state.registry.all()].map(({ number }) => number);
        scale = nextScale(scale, state.disk.bytes(), bytesMax);
      }
      for (const number of queue.splice(0, limits.seriesPruneMax)) {
        if (!state.registry.has(number)) continue;
        state.disk.deleteBefore(number, keptFrom(limits.seriesRawKeptMs), {
          60000: keptFrom(limits.seriesMinutesKeptMs),
          600000: keptFrom(limits.seriesTenMinutesKeptMs),
          3600000: keptFrom(limits.seriesHoursKeptMs),
        });
        const { lastMs } = state.registry.byNumber(number);
        if (lastMs > 0 && lastMs < keptFrom(limits.seriesHoursKeptMs) && !state.open.has(number))
          state.registry.remove(number);
      }
    },
    since: () => ({
      rawFromMs: keptFrom(limits.seriesRawKeptMs),
      fromMs: keptFrom(limits.seriesHoursKeptMs),
    }),
  };
}

function nextScale(scale: number, bytes: number, bytesMax: number): number {
  if (bytes > bytesMax) return Math.max(scaleMin, scale * shrink);
  return bytes < 0.8 * bytesMax ? Math.min(1, scale * grow) : scale;
}
