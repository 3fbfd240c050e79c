// Counts resources by what they have in common. Pure.

import { type Statistic, type StatisticKey, statisticKeys } from '../../shared/model/graph.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';

/** Counts by each key. Throws ProblemError `bad-input` for a key it does not know. */
export function countBy(
  resources: Iterable<Resource>,
  keys: readonly string[],
): { readonly total: number; readonly statistics: readonly Statistic[] } {
  const readers = keys.map((key) => ({ key: requireKey(key), counts: new Map<string, number>() }));
  let total = 0;
  for (const resource of resources) {
    total++;
    for (const { key, counts } of readers) {
      const value = fieldOf(resource, key);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return {
    total,
    statistics: readers.map(({ key, counts }) => ({
      by: key,
      counts: [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    })),
  };
}

function requireKey(key: string): StatisticKey {
  if ((statisticKeys as readonly string[]).includes(key)) return key as StatisticKey;
  if (/^tag\../s.test(key)) return key as StatisticKey;
  throw new ProblemError({
    code: 'bad-input',
    message: `Resources cannot be counted by "${key}".`,
    fix: `Use ${statisticKeys.join(', ')} or tag.NAME.`,
  });
}

function fieldOf(resource: Resource, key: StatisticKey): string {
  if (key.startsWith('tag.')) return resource.tags[key.slice(4)] ?? '';
  return resource[key as (typeof statisticKeys)[number]] ?? '';
}
