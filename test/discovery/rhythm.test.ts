// How long a source rests, case by case.

import assert from 'node:assert/strict';
import { limits } from '../../daemon/config.ts';
import { nextDelayMs, type SourceMood } from '../../daemon/discovery/rhythm.ts';

const calm: SourceMood = {
  intervalMs: 20_000,
  nudgedMs: 0,
  transitional: false,
  unchanged: 0,
  watching: false,
  errors: 0,
};

describe('discovery/rhythm', () => {
  const check = (what: string, mood: Partial<SourceMood>, expectedMs: number, random = 0.5): void => {
    it(what, () =>
      assert.equal(
        nextDelayMs({ ...calm, ...mood }, limits, () => random),
        expectedMs,
      ),
    );
  };

  check('rests as long as the source says', {}, 20_000);
  check('never rests longer than the slowest rhythm', { intervalMs: 3_600_000 }, limits.pollSlowMs);
  check('never reads faster than the fastest', { intervalMs: 1 }, limits.pollFastMs);
  check('is fast after a write', { nudgedMs: 9_000 }, limits.pollFastMs);
  check('is fast while something moves', { transitional: true }, limits.pollFastMs);
  check(
    'slows down where a transition does not move',
    { transitional: true, unchanged: 2 },
    limits.pollFastMs * 2.25,
  );
  check('does not poll a stuck transition for ever', { transitional: true, unchanged: 1_000 }, 20_000);
  check(
    'polls as a net only, where the source tells by itself',
    { watching: true, intervalMs: 5 },
    limits.pollSlowMs,
  );
  check(
    'reads once more when a write has passed, where it is told by itself',
    { watching: true, nudgedMs: 9_000 },
    9_000,
  );
  check('tries again soon after an error', { errors: 1 }, limits.pollFastMs * 1.5);
  check('rests longer with each error', { errors: 4 }, limits.pollFastMs * 12);
  check('rests no longer than the bound', { errors: 1_000 }, limits.pollErrorMs * 0.75);
  check('rests at least half of it', { errors: 1_000 }, limits.pollErrorMs / 2, 0);
  check(
    'does not lock an account',
    { errors: 1, problem: 'cloud-unauthorized' },
    limits.pollErrorMs * 0.5,
    0,
  );
  check(
    'rests long while credentials are refused',
    { errors: 9, problem: 'cloud-unauthorized' },
    limits.pollUnauthorizedMs * 0.75,
  );
});
