// A connection in mode `read-only` is never changed, whoever asks.

import { changesOf, type Rule } from '../case.ts';

export const readOnlyMode: Rule = (judged) => {
  const step = changesOf(judged).find((one) => judged.connections.get(one.connection)?.mode === 'read-only');
  if (!step) return undefined;
  const name = judged.connections.get(step.connection)!.name;
  return {
    rule: 'read-only-mode',
    effect: 'deny',
    reason: `The connection ${name} is set to read-only.`,
  };
};
