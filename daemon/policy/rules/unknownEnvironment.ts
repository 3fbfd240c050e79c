// A connection nobody has labelled is treated like prod, and says how to change that.

import { changesOf, type Rule } from '../case.ts';

export const unknownEnvironment: Rule = (judged) => {
  const connection = changesOf(judged)
    .map((step) => judged.connections.get(step.connection))
    .find((one) => one?.environment === 'unknown' && !one.simulated);
  return (
    connection && {
      rule: 'unknown-environment',
      effect: 'ask',
      reason: `The environment of ${connection.name} is not set, so it is treated like prod; set it on the connection.`,
    }
  );
};
