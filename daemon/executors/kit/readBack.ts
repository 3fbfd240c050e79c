// Reading back what a write came to: looks again and again, each time a little later, until the effect shows, fails or
// stalls. It never writes, and at the signal it says what it saw last.

import type { Resource } from '../../../shared/model/resource.ts';
import type { StepContext, Verification } from '../contract.ts';
import { pause } from './pause.ts';

/** Looks that show neither the effect nor work under way before a write is taken for failed. */
const stalledLooksMax = 4;

/** Time between two looks, in ms: the first, and where it grows to. */
export interface Rhythm {
  readonly pollFirstMs: number;
  readonly pollMs: number;
}

/** What one look at a write's effect came to. */
export type Look =
  | { readonly kind: 'done'; readonly verification: Verification }
  | { readonly kind: 'failed'; readonly observed: string; readonly resource?: Resource }
  /** At work: look again. */
  | { readonly kind: 'working'; readonly observed: string; readonly resource?: Resource }
  /** Neither at work nor as wanted: bears a few looks. */
  | { readonly kind: 'waiting'; readonly observed: string; readonly resource?: Resource };

/** Looks again and again until the effect shows, fails or stalls; at the signal it says what it saw last. */
export async function waitFor(
  rhythm: Rhythm,
  context: Pick<StepContext, 'signal' | 'progress'>,
  look: () => Promise<Look>,
): Promise<Verification> {
  let stalled = 0;
  let last: Look | undefined;
  for (let ms = rhythm.pollFirstMs; ; ms = Math.min(ms * 1.5, rhythm.pollMs)) {
    try {
      last = await look();
    } catch (error) {
      if (!context.signal.aborted) throw error;
    }
    if (last?.kind === 'done') return last.verification;
    const seen = last ?? { kind: 'working', observed: 'nothing could be read back', resource: undefined };
    if (context.signal.aborted) return { verified: false, observed: `${seen.observed} when the time was up` };
    stalled = seen.kind === 'waiting' ? stalled + 1 : 0;
    if (seen.kind === 'failed' || stalled >= stalledLooksMax)
      return { verified: false, observed: seen.observed, resource: seen.resource };
    context.progress(seen.observed);
    await pause(ms, context.signal).catch(() => undefined);
  }
}
