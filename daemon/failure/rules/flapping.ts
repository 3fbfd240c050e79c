// What failed and came back more than once: a node that is ready and not ready in turns, a VM that goes to error and is
// mended. It is likely to fail again, the more surely the oftener it did.

import { spoken } from '../../watch/intake.ts';
import { dayMs, failedSince, type Signs } from '../signs.ts';
import { againWithin, type Rule } from './rule.ts';

const failuresMin = 2;

export const flappingRule: Rule = {
  name: 'flapping',
  judge(signs) {
    const { resource, atMs } = signs;
    const count = changesSince(signs, atMs - dayMs);
    if (count < failuresMin) return undefined;
    const last = lastOf(signs);
    return {
      probability: againWithin(count, dayMs, dayMs),
      horizonMs: dayMs,
      title: `${resource.name} will fail again within ${spoken(dayMs)}: it keeps failing and coming back`,
      reasons: [
        `It failed ${count} times in the last 24 h and came back each time; the last time ${spoken(atMs - last.atMs)} ago (${last.detail}).`,
        `In the 6 days before it failed ${failedSince(signs, atMs - 7 * dayMs, false) - failedSince(signs, atMs - dayMs, false)} times.`,
      ],
      links: [{ kind: 'resource', id: resource.id }],
    };
  },
};

/** Changes of state only: a disk that ran full is not a thing that comes and goes by itself. */
function changesSince({ failures }: Signs, sinceMs: number): number {
  return failures.filter(({ atMs, what }) => atMs >= sinceMs && (what === 'failed' || what === 'down'))
    .length;
}

function lastOf({ failures }: Signs) {
  return failures.findLast(({ what }) => what === 'failed' || what === 'down')!;
}
