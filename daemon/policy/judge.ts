// The verdict over a plan: every rule is asked, the strictest wins. Nothing but reading is ever allowed silently: the
// last rule asks for every change, so that a rule that is forgotten errs towards asking.
// A new rule is one file, one line in this list, and its cases in test/policy.

import type { RuleResult, Verdict } from '../../shared/model/verdict.ts';
import type { Case, Rule } from './case.ts';
import { bulkChange } from './rules/bulkChange.ts';
import { everyChangeAsks } from './rules/everyChangeAsks.ts';
import { interruption } from './rules/interruption.ts';
import { knownConnection } from './rules/knownConnection.ts';
import { onlyReads } from './rules/onlyReads.ts';
import { proposedByMachine } from './rules/proposedByMachine.ts';
import { readOnlyMode } from './rules/readOnlyMode.ts';
import { roleAllows } from './rules/roleAllows.ts';
import { shellWithCare } from './rules/shellWithCare.ts';
import { typedDestroy } from './rules/typedDestroy.ts';
import { unknownEnvironment } from './rules/unknownEnvironment.ts';

const rules: readonly Rule[] = [
  knownConnection,
  readOnlyMode,
  roleAllows,
  typedDestroy,
  shellWithCare,
  bulkChange,
  interruption,
  unknownEnvironment,
  proposedByMachine,
  everyChangeAsks,
  onlyReads,
];

/** Judges a plan. Pure. */
export function judge(judged: Case): Verdict {
  const spoke = rules.flatMap((rule) => rule(judged) ?? []).sort((a, b) => strictness(b) - strictness(a));
  const strictest = spoke[0];
  const typed = spoke.find((result) => result.typed !== undefined);
  return {
    effect: strictest?.effect ?? 'deny',
    rules: spoke,
    approval: typed ? { kind: 'typed', expected: typed.typed!, why: typed.reason } : { kind: 'button' },
  };
}

function strictness(result: RuleResult): number {
  const effects = { allow: 0, ask: 1, deny: 3 } as const;
  return effects[result.effect] + (result.effect === 'ask' && result.typed !== undefined ? 1 : 0);
}
