// What a model may see. Everything that goes to a model passes through here: names, kinds and states always; tags,
// addresses and logs only where the person's settings say so; secrets never. Each result is bounded.

import type { ModelSettings } from '../../shared/model/languageModel.ts';
import { redactText } from '../../shared/model/redact.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';

type Share = ModelSettings['share'];

/** Attributes that say what a thing is or how it fares; nothing that a person wrote into it. */
const plainAttributes = new Set([
  'flavor',
  'image',
  'size_gb',
  'vcpus',
  'ram_gb',
  'replicas',
  'ready',
  'healthy',
  'restarts',
  'node',
  'host',
  'owner',
  'app',
  'revision',
  'unschedulable',
  'suspended',
  'severity',
  'resource',
  'metric',
  'at',
  'attached_to',
  'source',
  'network',
  'op',
  'actor',
  'locked',
]);
const addressAttributes = new Set(['ip', 'floating_ip', 'cidr', 'rules', 'port']);

/** A resource as a model may see it. */
export function discloseResource(resource: Resource, share: Share): { readonly [key: string]: Json } {
  const attributes = Object.entries(resource.attributes).filter(
    ([key]) => plainAttributes.has(key) || (share.addresses && addressAttributes.has(key)),
  );
  return {
    id: resource.id,
    kind: resource.kind,
    name: resource.name,
    status: resource.status,
    ...(resource.namespace ? { namespace: resource.namespace } : {}),
    ...(resource.region ? { region: resource.region } : {}),
    ...(resource.tags.env ? { environment: resource.tags.env } : {}),
    ...Object.fromEntries(attributes),
    ...(share.tags ? { tags: resource.tags } : {}),
  };
}

/** Text for a model: without secrets, and no longer than one result may be. */
export function discloseText(text: string): string {
  const clean = redactText(text);
  if (clean.length <= limits.modelResultCharactersMax) return clean;
  return `${clean.slice(0, limits.modelResultCharactersMax)}\n[shortened]`;
}

/** The places and sorts of things there are, so that a model knows what it can ask for. */
export function discloseInventory(resources: Iterable<Resource>): string {
  const byKind = new Map<string, string[]>();
  let total = 0;
  for (const resource of resources) {
    total += 1;
    const names = byKind.get(`${resource.connection} ${resource.kind}`) ?? [];
    names.push(resource.namespace ? `${resource.namespace}/${resource.name}` : resource.name);
    byKind.set(`${resource.connection} ${resource.kind}`, names);
  }
  const share = Math.max(3, Math.floor(limits.modelInventoryNamesMax / Math.max(1, byKind.size)));
  const lines = [...byKind].map(([key, names]) => {
    const shown = names
      .sort()
      .slice(0, share)
      .map((name) => JSON.stringify(name));
    return `${key} (${names.length}): ${shown.join(', ')}${names.length > share ? ', …' : ''}`;
  });
  return discloseText(`${total} resources.\n${lines.join('\n')}`);
}
