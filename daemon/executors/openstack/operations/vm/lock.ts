// lock.vm and unlock.vm. A locked server is refused any change by Nova until it is unlocked; the server itself says
// whether it is, so both are found again by looking at it, and doing one twice leads to the same state.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { info, previewOf } from '../../../kit/preview.ts';
import { postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { changeHandler } from '../recipes.ts';

export function lockHandler(os: OpenStack, verb: 'lock' | 'unlock'): OperationHandler {
  const wanted = verb === 'lock';
  return changeHandler(os, {
    noun: 'server',
    preview: async ({ name, attributes }) => {
      if ((attributes.locked === true) === wanted)
        return previewOf(`Nothing: ${name} is ${wanted ? 'locked already' : 'not locked'}.`, { idle: true });
      return previewOf(wanted ? `Locks ${name} against changes.` : `Takes the lock off ${name}.`, {
        changes: [{ field: 'locked', before: !wanted, after: wanted }],
        notes: [wanted ? lockNote : unlockNote],
      });
    },
    isDone: ({ attributes }) => (attributes.locked === true) === wanted,
    write: async (context, { id, name }) => {
      await postServerAction(os, id, { [verb]: null }, `${verb} the server ${name}`, context.signal);
    },
  });
}

const lockNote: PreviewNote = info(
  'Until it is unlocked it cannot be stopped, rebooted, resized, rebuilt or deleted; what runs on it is not touched.',
);
const unlockNote: PreviewNote = info('After that it can be changed and deleted by everybody in the project.');
