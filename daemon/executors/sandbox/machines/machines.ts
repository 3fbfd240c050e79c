// All operations the simulated cloud can do. What is in no file beside this one it cannot do, and says so.

import { operableKinds } from '../../../../shared/model/kind.ts';
import { clusterMachines } from './cluster.ts';
import { computeMachines } from './compute.ts';
import { listOf, type Machine, tagsOf } from './machine.ts';
import { networkMachines } from './network.ts';
import { storageMachines } from './storage.ts';

const tag: Machine = {
  kind: 'change',
  isIdle: ({ args, target }) =>
    Object.entries(tagsOf(args.tags)).every(([name, value]) => target.tags[name] === value),
  now: ({ args, target }) => ({ tags: { ...target.tags, ...tagsOf(args.tags) } }),
};

const untag: Machine = {
  kind: 'change',
  isIdle: ({ args, target }) => listOf(args.keys).every((key) => !Object.hasOwn(target.tags, key)),
  now: ({ args, target }) => {
    const keys = listOf(args.keys);
    return { tags: Object.fromEntries(Object.entries(target.tags).filter(([key]) => !keys.includes(key))) };
  },
};

/** Everything has tags but keypairs and flavors, as in the clouds this one is like. */
const tagging = Object.fromEntries(
  operableKinds.flatMap((kind) => [
    [`tag.${kind}`, tag],
    [`untag.${kind}`, untag],
  ]),
);

export const machines: Readonly<Record<string, Machine>> = {
  ...tagging,
  ...computeMachines,
  ...storageMachines,
  ...networkMachines,
  ...clusterMachines,
};
