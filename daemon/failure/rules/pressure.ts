// A node that says itself that it is short of memory, disk or process ids: its cluster evicts pods next, and the node is
// not ready soon. Kubernetes: "Node-pressure eviction".

import type { HistoryEntry } from '../../graph/contract.ts';
import { spoken } from '../../watch/intake.ts';
import type { Rule } from './rule.ts';

const horizonMs = 6 * 3_600_000;
/** An assumption until some have come due here; it is listed and not reported at first. */
const assumed = 0.5;

export const pressureRule: Rule = {
  name: 'pressure',
  judge({ resource, atMs, states }) {
    const { pressure } = resource.attributes;
    if (!Array.isArray(pressure) || pressure.length === 0) return undefined;
    const since = pressedSince(states);
    return {
      probability: assumed,
      horizonMs,
      title: `${resource.name} may fail: it is under pressure`,
      reasons: [
        `It reports ${pressure.join(' and ')}${since !== undefined ? ` for at least ${spoken(atMs - since)}` : ''}; a node under pressure evicts pods and may stop being ready.`,
      ],
      links: [{ kind: 'resource', id: resource.id }],
    };
  },
};

/** Since when every known state has been under pressure. */
function pressedSince(states: readonly HistoryEntry[]): number | undefined {
  const ordered = [...states].sort((a, b) => b.atMs - a.atMs);
  const calm = ordered.findIndex(({ resource }) => !Array.isArray(resource?.attributes.pressure));
  return (calm < 0 ? ordered : ordered.slice(0, calm)).at(-1)?.atMs;
}
