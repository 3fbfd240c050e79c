// All rules, and what they say of one resource, the most likely first. Nothing is said of what has failed already.

import { isFailed } from './history.ts';
import { failingRule, slowRule } from './rules/degrading.ts';
import { flappingRule } from './rules/flapping.ts';
import { diskRule, memoryRule } from './rules/full.ts';
import { pressureRule } from './rules/pressure.ts';
import { restartsRule } from './rules/restarts.ts';
import type { Rule, RuleHit, RuleTools } from './rules/rule.ts';
import type { Signs } from './signs.ts';

const rules: readonly Rule[] = [
  diskRule,
  memoryRule,
  restartsRule,
  flappingRule,
  pressureRule,
  slowRule,
  failingRule,
];

export interface NamedHit extends RuleHit {
  readonly rule: string;
}

export function hitsOf(signs: Signs, tools: RuleTools): readonly NamedHit[] {
  if (isFailed(signs.resource)) return [];
  return rules
    .flatMap((rule): readonly NamedHit[] => {
      const hit = rule.judge(signs, tools);
      return hit ? [{ ...hit, rule: rule.name }] : [];
    })
    .sort((a, b) => b.probability - a.probability);
}
