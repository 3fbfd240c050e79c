// Carries a step through and holds what its preview settled to the catalogue: an argument that no entry knows would be
// refused before anybody could say yes.

import { requireArguments } from '../../../daemon/catalogue/argumentSchema.ts';
import { catalogue } from '../../../daemon/catalogue/catalogue.ts';
import type { Executor } from '../../../daemon/executors/contract.ts';
import { runStep, type StepDraft, type StepResult } from '../../executors/openstack/steps.ts';

export async function runSettled(executor: Executor, draft: StepDraft): Promise<StepResult> {
  const result = await runStep(executor, draft);
  requireArguments(catalogue.get(draft.operation)!, { ...draft.args, ...result.preview.resolvedArgs });
  return result;
}
