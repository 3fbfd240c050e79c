// What a write would alter, field by field, out of the object as it is and as the server says it would be. What the
// server keeps for itself is left out; lists of named things are compared by their names, as people read them.

import type { FieldChange } from '../../../../shared/model/plan.ts';
import { isSecretName, redacted } from '../../../../shared/model/redact.ts';
import type { Json } from '../../../../shared/model/resource.ts';
import { markKey } from '../mapping/place.ts';

/** More are not read by anybody. */
const changesMax = 100;

const serverOwned: ReadonlySet<string> = new Set([
  'status',
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.uid',
  'metadata.creationTimestamp',
  'metadata.selfLink',
]);
const noise = [
  markKey,
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
];

/** Fields that differ, in the order of the object. */
export function changesBetween(before: unknown, after: unknown): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  compare('', before as Json | undefined, after as Json | undefined, changes);
  return changes.slice(0, changesMax);
}

function compare(path: string, before: Json | undefined, after: Json | undefined, out: FieldChange[]): void {
  if (serverOwned.has(path) || noise.some((name) => path.endsWith(`[${name}]`))) return;
  const [old, next] = [fieldsOf(path, before), fieldsOf(path, after)];
  if (old || next) {
    const names = new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})]);
    for (const name of names) compare(name, old?.[name], next?.[name], out);
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  out.push({
    field: path,
    ...(before === undefined ? {} : { before: shown(path, before) }),
    ...(after === undefined ? {} : { after: shown(path, after) }),
  });
}

/** Path → value of what is inside; undefined for a value that has no inside. */
function fieldsOf(path: string, value: Json | undefined): Readonly<Record<string, Json>> | undefined {
  if (value === undefined || value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const names = items.map(nameOf);
    // Values without a name have no place of their own: the list is one value.
    if (items.length === 0 || names.includes(undefined) || new Set(names).size < names.length)
      return undefined;
    return Object.fromEntries(items.map((item, index) => [`${path}[${names[index]}]`, item]));
  }
  const isMap = /(^|\.)(labels|annotations|matchLabels|nodeSelector|data|stringData)$/.test(path);
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json>>).map(([name, inner]) => [
      isMap ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`,
      inner,
    ]),
  );
}

function nameOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const { name } = item as { readonly name?: Json };
  return typeof name === 'string' ? name : undefined;
}

/** A secret's content is changed, and not shown. */
function shown(path: string, value: Json): Json {
  const last = /([^.[\]]+)\]?$/.exec(path)?.[1] ?? '';
  return isSecretName(last) || /^(data|stringData)\[/.test(path) ? redacted : value;
}
