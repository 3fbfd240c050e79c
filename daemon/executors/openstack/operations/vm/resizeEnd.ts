// confirm-resize.vm and revert-resize.vm: the end of a resize that somebody else began, or that was cut off, and that
// Nova keeps open. Which flavor the server would go back to, only an operator of the cloud may read; the one it has
// meanwhile, it says itself, so that what became of it is told by that one being kept or not.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { Resource } from '../../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info, previewOf, requireTarget } from '../../../kit/preview.ts';
import { postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { changeHandler } from '../recipes.ts';

interface End {
  readonly action: Readonly<Record<string, null>>;
  readonly what: (name: string) => string;
  readonly effect: (server: Resource) => string;
  readonly note: PreviewNote;
  /** Whether the flavor that was tried is kept. */
  readonly keeps: boolean;
}

const ends = {
  confirm: {
    action: { confirmResize: null },
    what: (name) => `confirm the resize of ${name}`,
    effect: ({ name, attributes }) => `Keeps ${name} at ${attributes.flavor}.`,
    note: info('The copy of its old size is deleted; to go back after that is another resize.'),
    keeps: true,
  },
  revert: {
    action: { revertResize: null },
    what: (name) => `revert the resize of ${name}`,
    effect: ({ name, attributes }) => `Takes ${name} from ${attributes.flavor} back to the flavor it had.`,
    note: info(
      'It is shut down and started again; what was written to its local disk since the resize is lost.',
    ),
    keeps: false,
  },
} satisfies Record<string, End>;

const isOpen = ({ status }: Resource): boolean => ['verify-resize', 'resizing'].includes(status);

export function resizeEndHandler(os: OpenStack, which: keyof typeof ends): OperationHandler {
  const end: End = ends[which];
  return changeHandler(os, {
    noun: 'server',
    preview: async (server) => {
      const { name, status, attributes } = server;
      if (which === 'confirm' && !isOpen(server))
        return previewOf(`Nothing: no resize of ${name} waits for a yes.`, { idle: true });
      const why = `${name} is ${status}; no resize of it waits for an answer.`;
      const wrong = blocker(why, isOpen(server) ? 'Wait until it has its new size.' : 'Resize it instead.');
      const lock = blocker(`${name} is locked against changes.`, `Unlock it first: "unlock ${name}".`);
      return previewOf(end.effect(server), {
        notes: [
          end.note,
          ...(status === 'verify-resize' ? [] : [wrong]),
          ...(attributes.locked === true ? [lock] : []),
        ],
      });
    },
    isDone: (server, context) =>
      !isOpen(server) &&
      (server.attributes.flavor === requireTarget(context).attributes.flavor) === end.keeps,
    write: async (context, { id, name }) => {
      await postServerAction(os, id, end.action, end.what(name), context.signal);
    },
  });
}
