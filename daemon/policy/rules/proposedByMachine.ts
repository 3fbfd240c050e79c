// What a language model, a policy, a webhook or another agent proposed waits for a person, and says who proposed it.

import type { Actor } from '../../../shared/model/plan.ts';
import { changesOf, type Rule } from '../case.ts';

const names: Readonly<Record<Actor['how'], string | undefined>> = {
  editor: undefined,
  terminal: undefined,
  model: 'a language model',
  policy: 'a healing policy',
  gateway: 'a program over HTTP',
  mcp: 'another agent',
  daemon: 'the daemon itself',
};

export const proposedByMachine: Rule = (judged) => {
  const who = names[judged.actor.how];
  if (who === undefined || changesOf(judged).length === 0) return undefined;
  return {
    rule: 'proposed-by-machine',
    effect: 'ask',
    reason: `It was proposed by ${who}; a person has to say yes.`,
  };
};
