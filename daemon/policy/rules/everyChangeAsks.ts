// Mode `confirm`: every change asks.

import { changesOf, countOf, type Rule } from '../case.ts';

export const everyChangeAsks: Rule = (judged) => {
  const changes = changesOf(judged);
  if (changes.length === 0) return undefined;
  return { rule: 'every-change-asks', effect: 'ask', reason: `It changes ${countOf(changes)}.` };
};
