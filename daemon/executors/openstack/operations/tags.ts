// tag.* and untag.* of every kind that can carry tags: servers, volumes and volume snapshots have metadata, images
// and what Neutron keeps have labels, in which a tag stands as `key=value`. A key is taken away wherever it stands.

import { z } from 'zod';
import type { Arguments } from '../../../../shared/model/operation.ts';
import type { FieldChange } from '../../../../shared/model/plan.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler, WriteContext } from '../../contract.ts';
import { blocker, previewOf, tagsArgument } from '../../kit/preview.ts';
import type { OpenStack } from '../api/openStack.ts';
import type { Service } from '../client/catalog.ts';
import { isProblem } from '../client/cloud.ts';
import { cloudIdOf, markKey } from '../mapping/place.ts';
import { changeHandler } from './recipes.ts';

/** Where the tags of a resource stand. */
interface Carrier {
  readonly service: Service;
  readonly path: string;
  readonly metadata: boolean;
  /** Servers have both. */
  readonly labels: boolean;
}

const collections: Readonly<Record<string, readonly [Service, string, boolean, boolean]>> = {
  vm: ['compute', 'servers', true, true],
  volume: ['volume', 'volumes', true, false],
  image: ['image', 'images', false, true],
  network: ['network', 'networks', false, true],
  subnet: ['network', 'subnets', false, true],
  'security-group': ['network', 'security-groups', false, true],
  'floating-ip': ['network', 'floatingips', false, true],
};

export const taggableKinds = [...Object.keys(collections), 'snapshot'];

export function tagHandler(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'resource',
    preview: async (now, context) => {
      const tags = tagsArgument(context.args);
      const changes = Object.entries(tags)
        .filter(([key, value]) => now.tags[key] !== value)
        .map(([key, after]): FieldChange => ({ field: `tags.${key}`, before: now.tags[key], after }));
      if (Object.keys(tags).length === 0)
        return previewOf(`Tags ${now.name}.`, { notes: [blocker('No tag was named.', 'Say key=value.')] });
      if (changes.length === 0)
        return previewOf(`Nothing: ${now.name} has these tags already.`, { idle: true });
      const shown = changes.map((change) => `${change.field.slice(5)}=${change.after}`).join(', ');
      const notes = keyNotes(Object.keys(tags));
      return previewOf(`Sets ${shown} on ${now.name}.`, { changes, notes });
    },
    isDone: (now, { args }) =>
      Object.entries(tagsArgument(args)).every(([key, value]) => now.tags[key] === value),
    write: async (context, now) => {
      const carrier = carrierOf(now);
      const tags = tagsArgument(context.args);
      if (carrier.metadata)
        await send(os, context, carrier, 'POST', `${carrier.path}/metadata`, { metadata: tags });
      else await replaceLabels(os, context, now, carrier, Object.keys(tags), tags);
    },
  });
}

export function untagHandler(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'resource',
    preview: async (now, context) => {
      const present = keysArgument(context.args).filter((key) => key in now.tags);
      if (present.length === 0)
        return previewOf(`Nothing: ${now.name} does not have these tags.`, { idle: true });
      return previewOf(`Takes the tags ${present.join(', ')} off ${now.name}.`, {
        changes: present.map((key) => ({ field: `tags.${key}`, before: now.tags[key], after: null })),
        notes: keyNotes(present),
      });
    },
    isDone: (now, { args }) => keysArgument(args).every((key) => !(key in now.tags)),
    write: async (context, now) => {
      const carrier = carrierOf(now);
      const keys = keysArgument(context.args).filter((key) => key in now.tags);
      if (carrier.metadata)
        for (const key of keys)
          await orAbsent(
            send(os, context, carrier, 'DELETE', `${carrier.path}/metadata/${encodeURIComponent(key)}`),
          );
      if (carrier.labels) await replaceLabels(os, context, now, carrier, keys, {});
    },
  });
}

function keyNotes(keys: readonly string[]) {
  const isOurs = keys.includes(markKey);
  return isOurs ? [blocker(`The tag ${markKey} belongs to Pilothouse itself.`, 'Use another key.')] : [];
}

function keysArgument(args: Arguments): readonly string[] {
  const { keys } = args;
  return (Array.isArray(keys) ? keys : [keys]).filter(
    (key): key is string => typeof key === 'string' && key !== '',
  );
}

function carrierOf(target: Resource): Carrier {
  const kind = parseResourceId(target.id)?.kind ?? '';
  const id = encodeURIComponent(cloudIdOf(target.id));
  const ofVolume = target.id.includes(':snapshot/volume/');
  const snapshot: (typeof collections)[string] = ofVolume
    ? ['volume', 'snapshots', true, false]
    : ['image', 'images', false, true];
  const [service, collection, metadata, labels] = collections[kind] ?? snapshot;
  return { service, path: `/${collection}/${id}`, metadata, labels };
}

/** Labels of these keys are taken off and the new ones put on, one by one, so that others' labels stay untouched. */
async function replaceLabels(
  os: OpenStack,
  context: WriteContext,
  now: Resource,
  carrier: Carrier,
  keys: readonly string[],
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const wanted = new Set(
    Object.entries(tags).map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
  );
  const present = await fetchLabels(os, context, now, carrier);
  const label = (one: string) => `${carrier.path}/tags/${encodeURIComponent(one)}`;
  for (const one of wanted) if (!present.includes(one)) await send(os, context, carrier, 'PUT', label(one));
  for (const one of present) {
    const isOfKey = keys.includes(one.split('=')[0]!) || keys.includes(one);
    if (isOfKey && !wanted.has(one)) await orAbsent(send(os, context, carrier, 'DELETE', label(one)));
  }
}

async function fetchLabels(os: OpenStack, context: WriteContext, now: Resource, carrier: Carrier) {
  const what = `read the tags of ${now.name}`;
  // Servers and Neutron have a list of their own; Glance keeps the labels in the image.
  const path = carrier.service === 'image' ? carrier.path : `${carrier.path}/tags`;
  const request = { service: carrier.service, path, signal: context.signal, what };
  const found = await os.cloud.find(request, z.object({ tags: z.array(z.string()) }));
  return found?.tags ?? [];
}

function send(
  os: OpenStack,
  context: WriteContext,
  { service }: Carrier,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
) {
  const what = `change the tags of ${context.target?.name ?? 'it'}`;
  return os.cloud.call({ service, method, path, body, signal: context.signal, what });
}

async function orAbsent(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!isProblem(error, 'cloud-not-found')) throw error;
  }
}
