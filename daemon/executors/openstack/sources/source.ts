// How a list becomes a discovery source: read all, translate, and say that what is not in it is gone. A service the
// cloud lacks, and a list this user may not read, are sources without anything in them, not errors.

import type { Kind } from '../../../../shared/model/kind.ts';
import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type { DiscoveryBatch, DiscoverySource } from '../../contract.ts';
import type { OpenStack } from '../api/openStack.ts';
import type { Service } from '../client/catalog.ts';
import { isProblem } from '../client/cloud.ts';

export interface ServiceSource extends DiscoverySource {
  readonly service: Service;
}

export interface Found {
  readonly resources: readonly Resource[];
  readonly relations: readonly Relation[];
}

export const nothing: DiscoveryBatch = { mode: 'full', resources: [], removed: [], relations: [] };

/** A source that reads everything each time. */
export function fullSource(
  os: OpenStack,
  source: Pick<ServiceSource, 'name' | 'kinds' | 'service' | 'intervalMs'>,
  readAll: (signal: AbortSignal) => Promise<Found>,
): ServiceSource {
  return {
    ...source,
    read: async ({ signal }) => {
      await os.cloud.session(signal);
      if (os.cloud.has(source.service) === false) return nothing;
      try {
        return { ...nothing, ...(await readAll(signal)) };
      } catch (error) {
        if (isProblem(error, 'cloud-forbidden')) return nothing;
        throw error;
      }
    },
  };
}

/** Translates each record, with its edges where it has some. */
export function translate<T>(
  records: readonly T[],
  toResource: (record: T) => Resource,
  relationsOf: (record: T) => readonly Relation[] = () => [],
): Found {
  return { resources: records.map(toResource), relations: records.flatMap(relationsOf) };
}

/** How often a kind is worth reading while nothing happens, in ms. */
export const rhythm = { often: 10_000, sometimes: 20_000, seldom: 60_000, rarely: 300_000 } as const;

/** Kinds for a source, typed. */
export const kindsOf = (...kinds: readonly Kind[]): readonly Kind[] => kinds;
