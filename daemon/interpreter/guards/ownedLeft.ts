// "snapshot x and mongo-1's volume" is no snapshot of mongo-1: what belongs to a thing is another thing. Where a plan does
// to the owner what was said of what it owns, and nothing to that, it is asked about. Called by `heldBack`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';
import { idsOf, nameOf } from './targets.ts';

/** Deeds that things of many kinds have done to them. */
const common = /^(delete|snapshot|tag|untag|stop|start|reboot)\./;
const owned = /^(volume|snapshot|service|security-group|network|subnet|load-balancer|database)$/;

/** What belongs to the target of a step, in no step itself. */
export function ownedLeft({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const at = cells.findIndex((cell, index) => {
    const ids = nameOf(cell);
    const kinds = senseOf(cells[index + 2], 'kind')?.kinds ?? [];
    if (!ids || !isWord(cells[index + 1], 'possessive') || !kinds.some((kind) => owned.test(kind)))
      return false;
    const isDone = steps.some(({ operation }) => kinds.some((kind) => operation.endsWith(`.${kind}`)));
    const isOwner = steps.some(
      (step) => common.test(step.operation) && idsOf(step).some((id) => ids.includes(id)),
    );
    return isOwner && !isDone && !(kinds.includes('snapshot') && steps.some(takes));
  });
  if (at < 0) return undefined;
  return { about: 'target', question: `Is "${cells[at]!.text}" meant, or its ${cells[at + 2]!.text}?` };
}

const takes = ({ operation }: { readonly operation: string }): boolean => operation.startsWith('snapshot.');
