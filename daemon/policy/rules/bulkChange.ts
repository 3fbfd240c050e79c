// Many changes in prod at once are named with their number, so that "all" is never approved as if it were "one".

import { limits } from '../../config.ts';
import { changesOf, countOf, isCareful, placeOf, type Rule } from '../case.ts';

export const bulkChange: Rule = (judged) => {
  const careful = changesOf(judged).filter((step) => isCareful(judged.connections.get(step.connection)));
  if (careful.length <= limits.bulkChangeTargets) return undefined;
  const places = new Set(careful.map((step) => placeOf(judged.connections.get(step.connection))));
  return {
    rule: 'bulk-change',
    effect: 'ask',
    reason: `It changes ${countOf(careful)} in ${[...places].join(' and ')} at once.`,
  };
};
