// The shared shapes of operations, with how an OpenStack thing is read back and deleted.

import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
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
import type { OpenStack } from '../api/openStack.ts';
import type { Service } from '../client/catalog.ts';
import { isProblem } from '../client/cloud.ts';
import { fetchResource } from './read.ts';

/** A deletion is one DELETE of a path. */
export interface DeletePath extends Omit<DeleteRecipe, 'write'> {
  readonly service: Service | ((target: Resource) => Service);
  readonly path: (target: Resource) => string;
}

export function createHandler(os: OpenStack, recipe: CreateRecipe): OperationHandler {
  return createRecipe(readBackOf(os), recipe);
}

export function changeHandler(os: OpenStack, recipe: ChangeRecipe): OperationHandler {
  return changeRecipe(readBackOf(os), recipe);
}

export function deleteHandler(os: OpenStack, { service, path, ...recipe }: DeletePath): OperationHandler {
  return deleteRecipe(readBackOf(os), {
    ...recipe,
    write: async ({ signal }, target) => {
      const of = typeof service === 'function' ? service(target) : service;
      const request = { service: of, method: 'DELETE', path: path(target) } as const;
      try {
        await os.cloud.call({ ...request, signal, what: `delete the ${recipe.noun} ${target.name}` });
      } catch (error) {
        // A repeated request finds what its first sending deleted.
        if (!isProblem(error, 'cloud-not-found')) throw error;
      }
    },
  });
}

/** Reads a resource and says whether it is as wanted. */
export function lookAt(
  os: OpenStack,
  id: string,
  isWanted: (now: Resource) => boolean | Promise<boolean>,
  signal: AbortSignal,
): Promise<Look> {
  return look(readBackOf(os), id, isWanted, signal);
}

function readBackOf(os: OpenStack): ReadBack {
  return {
    pollFirstMs: os.pollFirstMs,
    pollMs: os.pollMs,
    read: (id, signal) => fetchResource(os, id, signal),
    onWritten: () => os.lists.forget(),
  };
}
