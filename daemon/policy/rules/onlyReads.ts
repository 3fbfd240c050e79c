// Reading is free: it changes nothing.

import type { Rule } from '../case.ts';

export const onlyReads: Rule = ({ steps }) =>
  steps.length > 0 && steps.every((step) => step.risk === 'read')
    ? { rule: 'only-reads', effect: 'allow', reason: 'It only reads.' }
    : undefined;
