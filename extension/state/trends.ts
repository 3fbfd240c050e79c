// The last hour of what open incidents are about, as small lines for their rows: one question for all of them, asked
// no more often than a figure changes, and only for rows that a person sees. Where there are no figures there is no line.

import type { Incident } from '../../shared/model/finding.ts';
import { seriesId } from '../../shared/model/series.ts';
import { sparkline } from '../../shared/model/sparkline.ts';
import type { DaemonLink } from '../daemon/link.ts';

export interface TrendStore {
  /** The line of an incident; undefined while none is known. */
  of(incident: string): string | undefined;
  /** Reads what is missing or old; resolves to whether any line is another one. Never rejects. */
  refresh(incidents: readonly Incident[]): Promise<boolean>;
}

const spanMs = 3_600_000;
/** What one question takes. */
const linesMax = 20;
const rowsMax = 120;
const blocksMax = 8;
/** Below that a line says nothing. */
const blocksMin = 3;
const keptMs = 30_000;

export function createTrends(daemon: Pick<DaemonLink, 'request'>, now: () => number = Date.now): TrendStore {
  const lines = new Map<string, { readonly line: string | undefined; readonly atMs: number }>();
  let isReading = false;
  return {
    of: (incident) => lines.get(incident)?.line,
    async refresh(incidents) {
      const nowMs = now();
      const wanted = incidents
        .flatMap(({ id, state, findings }) => {
          const key = findings.find(({ series }) => series)?.series;
          return state === 'open' && key ? [{ id, series: seriesId(key) }] : [];
        })
        .slice(0, linesMax);
      for (const id of [...lines.keys()]) if (!wanted.some((one) => one.id === id)) lines.delete(id);
      const isFresh = wanted.every(({ id }) => nowMs - (lines.get(id)?.atMs ?? -keptMs) < keptMs);
      if (isReading || isFresh) return false;
      isReading = true;
      try {
        const { ranges } = await daemon.request('series/range', {
          series: [...new Set(wanted.map(({ series }) => series))],
          fromMs: nowMs - spanMs,
          toMs: nowMs,
          pointsMax: rowsMax,
        });
        const byId = new Map(ranges.map(({ series, means }) => [series.id, means]));
        const before = wanted.map(({ id }) => lines.get(id)?.line).join('\n');
        for (const { id, series } of wanted) lines.set(id, { line: lineOf(byId.get(series)), atMs: nowMs });
        return wanted.map(({ id }) => lines.get(id)?.line).join('\n') !== before;
      } catch {
        return false;
      } finally {
        isReading = false;
      }
    },
  };
}

function lineOf(values: readonly number[] = []): string | undefined {
  const finite = values.filter(Number.isFinite);
  return finite.length < blocksMin ? undefined : sparkline(finite, blocksMax);
}
