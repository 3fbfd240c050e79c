// Findings of detectors outside of this room: all that one of them sees now. What it named before and does not name any
// more ends.

import { seriesId } from '../../shared/model/series.ts';
import type { IncidentBook } from './book.ts';
import type { FindingDraft } from './contract.ts';

export function reportFindings(
  book: IncidentBook,
  detector: string,
  drafts: readonly FindingDraft[],
  nowMs: number,
): void {
  const keyOf = ({ resource, series }: Pick<FindingDraft, 'resource' | 'series'>) => ({
    detector,
    resource,
    ...(series && { series: seriesId(series) }),
  });
  const named = new Set(drafts.map((draft) => JSON.stringify(keyOf(draft))));
  for (const draft of drafts) book.raise(detector, draft);
  for (const finding of book.open(detector)) {
    const key = keyOf(finding);
    if (!named.has(JSON.stringify(key))) book.end(key, 'not seen any more', nowMs);
  }
}
