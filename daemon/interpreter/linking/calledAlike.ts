// "both bastion instances": several are meant, and the name of one of them says what all are called by; "all web machines":
// no machine belongs to a deployment, so that its name is only the word. Called where a noun phrase of a name is resolved.

import type { NameRef, Np } from '../phrases/clause.ts';
import { senseOf } from '../words/cells.ts';

/** The set that is meant by one thing's name before a plural of its kind; undefined where only that thing is meant. */
export function calledAlike(
  np: Np,
  names: readonly NameRef[],
  ofKind: (id: string) => boolean,
): Np | undefined {
  const [name, ...others] = names;
  const isSeveral = np.quant === 'both' || (np.count ?? 0) > 1;
  if (!name || others.length > 0 || !np.plural || !np.kinds || !isSeveral) return undefined;
  return name.ids.filter(ofKind).length === 1 ? byWord(np, name) : undefined;
}

/** The machines whose names or tags have the word in them, where only workloads are called so. */
export function machinesByWord(
  np: Np,
  kind: string,
  kindOf: (id: string) => string | undefined,
): Np | undefined {
  const [name, ...others] = np.names;
  if (kind !== 'vm' || !np.plural || !np.kinds || !name || others.length > 0) return undefined;
  const isOfWorkloads = name.ids.every((id) => workload.test(kindOf(id) ?? ''));
  return isOfWorkloads ? byWord(np, name) : undefined;
}

const workload = /^(deployment|statefulset|daemonset|replicaset|service|configmap|cronjob|job|namespace)$/;

function byWord(np: Np, { cell }: NameRef): Np | undefined {
  const part = senseOf(cell, 'part');
  if (!part) return undefined;
  const mod = { cell, kind: 'word', word: part.word, not: false, post: false } as const;
  return { ...np, names: [], mods: [...np.mods, mod] };
}
