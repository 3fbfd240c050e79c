// What the simulated cloud holds: things with a state, and what becomes of them at a moment that is written down
// beforehand. A transition needs no running program: whoever looks next finds it over.

import type { Kind } from '../../../shared/model/kind.ts';
import { type Json, resourceId } from '../../../shared/model/resource.ts';

export const sandboxConnection = 'sandbox';
export const sandboxRegion = 'sim-1';

/** What changes on a thing; an attribute that is null goes away. */
export interface Patch {
  readonly status?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, Json>>;
  readonly gone?: boolean;
}

export interface Thing {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly status: string;
  readonly namespace?: string;
  readonly zone?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdMs: number;
  /** Counts the changes of this thing. */
  readonly version: number;
  readonly attributes: Readonly<Record<string, Json>>;
  /** A transition under way: when it is over and what then holds. */
  readonly due?: { readonly atMs: number; readonly outcome: Patch };
}

export type NewThing = Pick<Thing, 'kind' | 'name'> & Partial<Omit<Thing, 'kind' | 'name' | 'version'>>;

export function thingId(kind: Kind, path: string): string {
  return resourceId(sandboxConnection, kind, path);
}

/** The thing with a patch applied; `gone` is for the caller to see. */
export function patched(thing: Thing, patch: Patch): Thing {
  const attributes = Object.fromEntries(
    Object.entries({ ...thing.attributes, ...patch.attributes }).filter(([, value]) => value !== null),
  );
  return { ...thing, status: patch.status ?? thing.status, tags: patch.tags ?? thing.tags, attributes };
}

/** An attribute that holds names or ids; empty where it is absent. */
export function namesOf(thing: Thing, attribute: string): readonly string[] {
  const value = thing.attributes[attribute];
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

export function numberOf(thing: Thing, attribute: string): number {
  const value = thing.attributes[attribute];
  return typeof value === 'number' ? value : 0;
}
