// Keeping new pods off a node, and letting them onto it again.

import type { OperationHandler } from '../../contract.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { Node } from '../records/objects.ts';
import { changeHandler, mergePatch } from './recipes.ts';

export function cordonHandler(k8s: Kubernetes, closed: boolean): OperationHandler {
  return changeHandler<Node>(k8s, {
    change: async ({ resource: { name } }) => ({
      write: {
        method: 'PATCH',
        contentType: mergePatch,
        body: { spec: { unschedulable: closed || null } },
      },
      effect: closed
        ? `Cordons ${name}: it gets no new pods, those on it stay.`
        : `Uncordons ${name}: it gets new pods again.`,
    }),
    isWanted: ({ spec }) => (spec?.unschedulable === true) === closed,
  });
}
