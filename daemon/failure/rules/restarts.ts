// Containers that are restarted again and again: what happened some times in the last hours will happen again, the more
// surely the oftener. Faster than before is said, too.

import { spoken } from '../../watch/intake.ts';
import { failedSince, type Signs } from '../signs.ts';
import { againWithin, type Rule } from './rule.ts';

const hourMs = 3_600_000;
const windowMs = 6 * hourMs;
const horizonMs = 6 * hourMs;
const restartsMin = 2;

export const restartsRule: Rule = {
  name: 'restarts',
  judge(signs) {
    const { resource, atMs } = signs;
    const recent = failedSince(signs, atMs - windowMs, true);
    if (recent < restartsMin) return undefined;
    const earlier = failedSince(signs, atMs - 24 * hourMs, true) - recent;
    const lastHour = failedSince(signs, atMs - hourMs, true);
    const isFaster = lastHour * 5 > 2 * (recent - lastHour) && lastHour >= 2;
    return {
      probability: againWithin(isFaster ? recent + lastHour : recent, windowMs, horizonMs),
      horizonMs,
      title: `${resource.name} will be restarted again within ${spoken(horizonMs)}${isFaster ? '; its restarts come faster' : ''}`,
      reasons: [
        `Its containers were restarted ${recent} times in the last 6 h, ${lastHour} of these in the last hour, and ${earlier} times in the 18 h before.`,
        ...causes(signs),
      ],
      links: [{ kind: 'resource', id: resource.id }],
    };
  },
};

function causes({ failures }: Signs): readonly string[] {
  const named = failures.filter(({ what, detail }) => what === 'restart' && !/^\d+$/.test(detail));
  const last = named.at(-1);
  return last ? [`The last restart was for ${last.detail}.`] : [];
}
