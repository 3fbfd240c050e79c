// What became of resources between two moments: which appeared, vanished or changed, and in which fields. Pure. The
// version and what only says when something was read are no change that a person means.

import type { ResourceChange } from '../../shared/model/graph.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { isSameJson } from './equal.ts';

const ownFields = ['name', 'status', 'providerStatus', 'region', 'zone', 'namespace', 'project'] as const;

/** Changes from `before` to `after`, in order of ids. */
export function changesBetween(
  before: readonly Resource[],
  after: readonly Resource[],
): readonly ResourceChange[] {
  const then = new Map(before.map((resource) => [resource.id, resource]));
  const now = new Map(after.map((resource) => [resource.id, resource]));
  const found: ResourceChange[] = [];
  for (const id of [...new Set([...then.keys(), ...now.keys()])].sort()) {
    const [old, young] = [then.get(id), now.get(id)];
    const { name, kind } = (young ?? old)!;
    if (!old) found.push({ id, name, kind, change: 'appeared', fields: [] });
    else if (!young) found.push({ id, name, kind, change: 'vanished', fields: [] });
    else {
      const fields = differences(old, young);
      if (fields.length > 0) found.push({ id, name, kind, change: 'changed', fields });
    }
  }
  return found;
}

/** Fields of one resource that differ. */
export function differences(before: Resource, after: Resource): ResourceChange['fields'] {
  const fields: { field: string; before?: Json; after?: Json }[] = [];
  const compare = (field: string, a: Json | undefined, b: Json | undefined): void => {
    if (isSameJson(a, b)) return;
    fields.push({ field, ...(a !== undefined && { before: a }), ...(b !== undefined && { after: b }) });
  };
  for (const field of ownFields) compare(field, before[field], after[field]);
  for (const part of ['tags', 'attributes'] as const)
    for (const key of new Set([...Object.keys(before[part]), ...Object.keys(after[part])]))
      compare(`${part}.${key}`, before[part][key], after[part][key]);
  return fields;
}
