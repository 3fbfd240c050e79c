// What to do when the answer to a write got lost: the cloud is read until it tells whether the write happened. It is
// never sent again.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { OperationHandler } from '../contract.ts';
import { pause } from './pause.ts';
import type { Rhythm } from './readBack.ts';

/** A write that may or may not have taken effect: the answer never came, or came from a proxy in between. */
export class UnsettledError extends ProblemError {}

/** Looks after a lost answer before it is called unknown: some 15 s, longer than a busy API keeps a create. */
const settleLooks = 6;

/** A handler whose `perform` finds out what became of a write when its answer got lost. */
export function settling(rhythm: Pick<Rhythm, 'pollFirstMs'>, handler: OperationHandler): OperationHandler {
  return {
    ...handler,
    perform: async (context) => {
      const intendedMs = Date.now();
      try {
        return await handler.perform(context);
      } catch (error) {
        if (!(error instanceof UnsettledError)) throw error;
        context.progress('the answer got lost; looking whether it happened');
        for (let look = 0; look < settleLooks; look++) {
          await pause(rhythm.pollFirstMs * 2 ** Math.min(look, 3), context.signal);
          const found = await handler.reconcile({ ...context, intendedMs }).catch(() => undefined);
          if (found?.found === 'done') return { createdId: found.createdId };
        }
        throw new ProblemError(
          {
            ...error.problem,
            message: `${error.problem.message} Whether it took effect is not known.`,
            fix: 'Look at the resource before you ask again.',
          },
          error,
        );
      }
    },
  };
}
