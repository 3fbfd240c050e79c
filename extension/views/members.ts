// Members of a kind in a connection as the tree shows them: those the filter lets through, by name. Sorting ten
// thousand names is what would make a tree slow, so the order is kept until somebody comes, goes or is renamed.

import type { Kind } from '../../shared/model/kind.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { ResourceStore } from '../state/resources.ts';

export interface Members {
  readonly filter: string;
  /** Lower case; every word has to be found. Empty lets all through. */
  setFilter(text: string): void;
  of(connection: string, kind: Kind): readonly Resource[];
  /** Puts a resource that has changed in its own place, where its name is the same. */
  replace(resource: Resource): void;
  forget(connection: string, kind: Kind): void;
  forgetAll(): void;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function createMembers(resources: Pick<ResourceStore, 'list'>): Members {
  const kept = new Map<string, Resource[]>();
  let filter = '';
  return {
    get filter() {
      return filter;
    },
    setFilter: (text) => {
      filter = text.trim().toLowerCase();
      kept.clear();
    },
    of: (connection, kind) => {
      const key = `${connection}/${kind}`;
      const known = kept.get(key);
      if (known) return known;
      const shown = [...resources.list(connection, kind)]
        .filter((resource) => filter === '' || matches(resource, filter))
        .sort((a, b) => collator.compare(a.name, b.name));
      kept.set(key, shown);
      return shown;
    },
    replace: (resource) => {
      const known = kept.get(`${resource.connection}/${resource.kind}`);
      const at = known?.findIndex((member) => member.id === resource.id) ?? -1;
      if (known && at >= 0) known[at] = resource;
    },
    forget: (connection, kind) => kept.delete(`${connection}/${kind}`),
    forgetAll: () => kept.clear(),
  };
}

/** Whether every word of the filter occurs somewhere in what a person sees of the resource. */
export function matches(resource: Resource, filter: string): boolean {
  const { attributes } = resource;
  const tags = Object.entries(resource.tags).map(([key, value]) => `${key}=${value}`);
  const own = [resource.name, resource.id, resource.status, resource.namespace];
  const seen = [...own, attributes.ip, attributes.floating_ip, attributes.flavor, ...tags]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  return filter.split(/\s+/).every((word) => seen.includes(word));
}
