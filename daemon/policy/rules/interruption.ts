// What interrupts people who use a thing in prod says so.

import { changesOf, countOf, isCareful, placeOf, type Rule } from '../case.ts';

export const interruption: Rule = (judged) => {
  const felt = changesOf(judged).filter(
    (step) => step.impact === 'interrupts' && isCareful(judged.connections.get(step.connection)),
  );
  if (felt.length === 0) return undefined;
  const place = placeOf(judged.connections.get(felt[0]!.connection));
  return {
    rule: 'interruption',
    effect: 'ask',
    reason: `People who use ${countOf(felt)} in ${place} will notice.`,
  };
};
