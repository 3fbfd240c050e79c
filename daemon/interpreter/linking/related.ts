// What "of", "'s" and "attached to" may mean between two kinds: the volume of a VM, the pods of a deployment, the
// snapshot of a volume. All are filters over attributes the model has, the tightest first; a likeness of names is the
// last resort, since people name things after what they belong to.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';

/** Filters for resources of a kind that belong to one of the owners, the tightest first. */
export function relatedFilters(kind: string, all: readonly Resource[]): readonly Filter[] {
  // Nothing belongs to a thing of its own kind.
  const owners = all.filter((owner) => owner.kind !== kind);
  if (owners.length === 0) return [];
  const ids = owners.map((owner) => owner.id);
  const names = owners.map((owner) => owner.name);
  const ownerKinds = new Set(owners.map((owner) => owner.kind));
  const options: Filter[] = [{ attached_to: ids }, { source: ids }, { owner: ids }, { resource: ids }];
  const inverse = owners.flatMap((owner) =>
    ['attached_to', 'source', 'owner', 'resource']
      .map((key) => owner.attributes[key])
      .filter((id): id is string => typeof id === 'string' && id.includes(`:${kind}/`)),
  );
  if (inverse.length > 0) options.push({ ids: inverse });
  if (ownerKinds.has('namespace')) options.unshift({ namespace: names });
  if (ownerKinds.has('node')) options.unshift({ node: names });
  if (ownerKinds.has('host')) options.unshift({ host: names });
  if (ownerKinds.has('cluster')) options.unshift({ cluster: names });
  if (ownerKinds.has('network') || ownerKinds.has('subnet')) options.push({ network: names });
  for (const key of ['security_groups', 'keypair', 'image', 'flavor'] as const)
    if (ownerKinds.has(key === 'security_groups' ? 'security-group' : key)) options.push({ [key]: names });
  for (const key of [
    'network',
    'networks',
    'node',
    'host',
    'keypair',
    'image',
    'flavor',
    'security_groups',
    'app',
  ] as const) {
    const wanted = key === 'security_groups' ? 'security-group' : key === 'networks' ? 'network' : key;
    if (wanted !== kind && !(key === 'app')) continue;
    const values = owners
      .flatMap((owner) => owner.attributes[key] ?? [])
      .filter((value): value is string => typeof value === 'string');
    if (values.length > 0) options.push({ name: values });
  }
  const spaces = owners.map((owner) => owner.namespace).filter((space) => space !== undefined);
  if (spaces.length > 0) options.push({ app: names, namespace: spaces }, { name: names, namespace: spaces });
  else options.push({ app: names });
  if (!ownerKinds.has('namespace'))
    options.push(
      { name_glob: names.flatMap((name) => [`${name}-*`, `${name}_*`]) },
      { name_glob: names.flatMap((name) => [`*-${name}`, `*-${name}-*`]) },
    );
  return options;
}
