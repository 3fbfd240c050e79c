// A shell can do anything that its user can, and no plan shows it beforehand: in prod it is opened by typing the name.

import { type Rule, typeableName } from '../case.ts';

export const shellWithCare: Rule = ({ steps, connections }) => {
  const step = steps.find(
    ({ operation, connection }) =>
      operation.startsWith('enter.') && connections.get(connection)?.environment === 'prod',
  );
  if (!step) return undefined;
  return {
    rule: 'shell-with-care',
    effect: 'ask',
    reason: `It would ${step.verb} a ${step.noun} in prod, and nothing shows beforehand what is done in there.`,
    typed: typeableName(step.target?.name) ?? `${step.verb} a ${step.noun} in prod`,
  };
};
