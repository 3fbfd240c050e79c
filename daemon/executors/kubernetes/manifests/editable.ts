// The part of an object that a person edits: without its state, and without what the server, controllers and this
// program write for themselves. Its version changes when that part changes, and only then; pods that come and go below
// a deployment do not disturb who edits it. Pure.

import { createHash } from 'node:crypto';
import { markKey } from '../mapping/place.ts';
import type { KubeObject } from '../records/objects.ts';
import type { Manifest } from './text.ts';

type Fields = Readonly<Record<string, unknown>>;

const hiddenFields: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
]);
const hiddenAnnotations: ReadonlySet<string> = new Set([
  markKey,
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
]);

/** What a person is given to edit. */
export function toEditable(object: Fields): Fields {
  const { apiVersion, kind, metadata, status: _status, ...rest } = object;
  const kept = Object.entries(metadata as Fields).filter(([name]) => !hiddenFields.has(name));
  const { name, namespace, annotations, ...more } = Object.fromEntries(kept) as Fields;
  const shown = Object.entries((annotations ?? {}) as Fields).filter(([key]) => !hiddenAnnotations.has(key));
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...more,
      ...(shown.length > 0 ? { annotations: Object.fromEntries(shown) } : {}),
    },
    ...rest,
  };
}

/** The whole object again, of what was edited and what was not shown; nothing that was taken out comes back. */
export function toWhole(edited: Manifest, now: KubeObject, mark?: string): Fields {
  const before = now as unknown as Fields;
  const hidden = Object.entries(now.metadata.annotations ?? {}).filter(([key]) => hiddenAnnotations.has(key));
  const annotations = {
    ...((edited.metadata.annotations ?? {}) as Fields),
    ...Object.fromEntries(hidden),
    ...(mark === undefined ? {} : { [markKey]: mark }),
  };
  return {
    ...edited,
    ...(before.status === undefined ? {} : { status: before.status }),
    metadata: {
      ...edited.metadata,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      uid: now.metadata.uid,
      resourceVersion: now.metadata.resourceVersion,
    },
  };
}

/** `uid/digest`: which object, and what of it can be edited. */
export function versionOf(object: KubeObject): string {
  const text = JSON.stringify(toEditable(object as unknown as Fields), sorted);
  return `${object.metadata.uid}/${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
