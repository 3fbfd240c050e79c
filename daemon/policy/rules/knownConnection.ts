// A step to a connection that is not there is denied: nothing is known of how careful to be.

import type { Rule } from '../case.ts';

export const knownConnection: Rule = ({ steps, connections }) => {
  const lost = steps.find((step) => !connections.has(step.connection));
  return (
    lost && {
      rule: 'known-connection',
      effect: 'deny',
      reason: `The connection ${lost.connection} is not there.`,
    }
  );
};
