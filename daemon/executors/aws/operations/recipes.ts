// The shared shapes of operations, with how a thing of AWS is read back, and how EC2 is asked dry before a deletion. A
// request to EC2 is described once: the same function asks in the preview (`DryRun`) and writes in the run.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import { isTransitional } from '../../../../shared/model/statuses.ts';
import type { OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import type { Look } from '../../kit/readBack.ts';
import {
  type ChangeRecipe,
  type CreateRecipe,
  changeRecipe,
  createRecipe,
  type DeleteRecipe,
  deleteRecipe,
  lookAt as look,
  type ReadBack,
} from '../../kit/recipes.ts';
import type { Aws } from '../aws.ts';
import { askDry, type Send } from './dryRun.ts';
import { fetchResource } from './read.ts';

export interface Creation extends Omit<CreateRecipe, 'look'> {
  /** Statuses in which it is usable; default: any that is not on its way. */
  readonly ready?: readonly string[];
}

/** A deletion by EC2, which can be asked dry, or by another service. */
export type Deletion = Omit<DeleteRecipe, 'write' | 'tryOut'> &
  (
    | { readonly send: (target: Resource) => Send }
    | { readonly write: (target: Resource, context: WriteContext) => Promise<void> }
  );

export function createHandler(aws: Aws, { ready, ...recipe }: Creation): OperationHandler {
  const isReady = ({ status }: Resource) => (ready ? ready.includes(status) : !isTransitional(status));
  return createRecipe(readBackOf(aws), {
    ...recipe,
    look: ({ signal }, id) => lookAt(aws, id, isReady, signal),
  });
}

export function changeHandler(aws: Aws, recipe: ChangeRecipe): OperationHandler {
  return changeRecipe(readBackOf(aws), recipe);
}

export function deleteHandler(aws: Aws, recipe: Deletion): OperationHandler {
  const { noun, effect, notes } = recipe;
  const what = (target: Resource) => `delete the ${noun} ${target.name}`;
  return deleteRecipe(readBackOf(aws), {
    noun,
    effect,
    notes,
    ...('send' in recipe && {
      tryOut: (now: Resource, { signal }: StepContext) =>
        askDry(aws, { what: what(now), signal }, recipe.send(now)),
    }),
    write: async (context, target) => {
      try {
        if ('write' in recipe) await recipe.write(target, context);
        else
          await aws.services.ec2.write({ what: what(target), signal: context.signal }, (at) =>
            recipe.send(target)(at, {}),
          );
      } catch (error) {
        // What is gone already is as it was wanted.
        if (!(error instanceof ProblemError) || error.problem.code !== 'cloud-not-found') throw error;
      }
    },
  });
}

/** Reads a resource and says whether it is as wanted. */
export function lookAt(
  aws: Aws,
  id: string,
  isWanted: (now: Resource) => boolean | Promise<boolean>,
  signal: AbortSignal,
  observe?: (now: Resource) => string,
): Promise<Look> {
  return look(readBackOf(aws), id, isWanted, signal, observe);
}

function readBackOf(aws: Aws): ReadBack {
  return {
    pollFirstMs: aws.pollFirstMs,
    pollMs: aws.pollMs,
    read: (id, signal) => fetchResource(aws, id, signal),
    onWritten: () => aws.forget(),
  };
}
