// The fingerprint of what a person was shown. An approval names it, the runner computes it again from the journal
// right before it begins: what was not shown is never done. Everything of a plan that cannot change after it was made
// is in it, the plan's own id included, so that a yes to one plan is no yes to its twin.

import { canonicalJson, sha256 } from '../audit/canonical.ts';
import type { ShownPlan } from './journal.ts';

/** SHA-256, hex, over canonical JSON of the plan without its digest. */
export function digestOf(shown: Omit<ShownPlan, 'digest'>): string {
  const { digest: _, ...rest } = shown as ShownPlan;
  return sha256(canonicalJson(rest));
}
