// Which series there are: numbers for the store, ids for everybody else. All are held in memory, the last value of each
// with them; the disk is brought up to date whenever a chunk of the series is written.

import type Database from 'better-sqlite3';
import type { MetricName } from '../../shared/model/metric.ts';
import { type SeriesInfo, type SeriesKey, seriesId } from '../../shared/model/series.ts';
import { limits } from '../config.ts';

interface Row {
  readonly id: number;
  readonly resource: string;
  readonly metric: string;
  readonly part: string;
  readonly unit: string;
  readonly source: string;
  readonly last_ms: number;
  readonly last_value: number;
  readonly step_ms: number;
}

type Known = { -readonly [K in keyof SeriesInfo]: SeriesInfo[K] } & { readonly number: number };

/** Pace at which the usual distance of two samples follows what is seen, as a share of itself. */
const stepPace = 0.05;

export interface Registry {
  readonly size: number;
  register(key: SeriesKey, unit: string, source: string): number | undefined;
  /** Throws RangeError where there is none. */
  byNumber(number: number): SeriesInfo & { readonly number: number };
  has(number: number): boolean;
  byId(id: string): (SeriesInfo & { readonly number: number }) | undefined;
  all(): Iterable<SeriesInfo & { readonly number: number }>;
  /** Takes note of a sample in memory; false where it is not later than the last one, or the series is not there. */
  saw(number: number, atMs: number, value: number): boolean;
  /** Writes a series to the disk with the last sample that is there; inside a transaction of the caller. */
  write(number: number, last: { readonly lastMs: number; readonly lastValue: number }): void;
  remove(number: number): void;
}

export function createRegistry(database: Database.Database): Registry {
  const byNumber = new Map<number, Known>();
  const byId = new Map<string, Known>();
  const insert = database.prepare(
    `INSERT INTO series (resource, metric, part, unit, source, last_ms, last_value, step_ms)
     VALUES (?, ?, ?, ?, ?, 0, 0, 0)`,
  );
  const update = database.prepare(
    'UPDATE series SET unit = ?, source = ?, last_ms = ?, last_value = ?, step_ms = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM series WHERE id = ?');
  const keep = (known: Known): void => {
    byNumber.set(known.number, known);
    byId.set(known.id, known);
  };
  for (const row of database.prepare<[], Row>('SELECT * FROM series').all()) keep(knownOf(row));
  const require = (number: number): Known => {
    const known = byNumber.get(number);
    if (!known) throw new RangeError(`There is no series ${number}.`);
    return known;
  };
  return {
    get size() {
      return byNumber.size;
    },
    register(key, unit, source) {
      const known = byId.get(seriesId(key));
      if (known) {
        known.unit = unit;
        known.source = source;
        return known.number;
      }
      if (byNumber.size >= limits.seriesMax) return undefined;
      const { resource, metric, part } = key;
      const { lastInsertRowid } = insert.run(resource, metric, part ?? '', unit, source);
      const number = Number(lastInsertRowid);
      keep({
        resource,
        metric,
        ...(part !== undefined && { part }),
        id: seriesId(key),
        number,
        unit,
        source,
        lastMs: 0,
        lastValue: 0,
        stepMs: 0,
      });
      return number;
    },
    byNumber: require,
    has: (number) => byNumber.has(number),
    byId: (id) => byId.get(id),
    all: () => byNumber.values(),
    saw(number, atMs, value) {
      const known = byNumber.get(number);
      if (!known || atMs <= known.lastMs) return false;
      if (known.lastMs > 0) known.stepMs = followStep(known.stepMs, atMs - known.lastMs);
      known.lastMs = atMs;
      known.lastValue = value;
      return true;
    },
    write(number, { lastMs, lastValue }) {
      const { unit, source, stepMs } = require(number);
      update.run(unit, source, lastMs, lastValue, Math.round(stepMs), number);
    },
    remove(number) {
      const known = byNumber.get(number);
      if (!known) return;
      remove.run(number);
      byNumber.delete(number);
      byId.delete(known.id);
    },
  };
}

function knownOf(row: Row): Known {
  const key = {
    resource: row.resource,
    metric: row.metric as MetricName,
    ...(row.part !== '' && { part: row.part }),
  };
  const { id: number, unit, source } = row;
  return {
    ...key,
    id: seriesId(key),
    number,
    unit,
    source,
    lastMs: row.last_ms,
    lastValue: row.last_value,
    stepMs: row.step_ms,
  };
}

/** A running median: one gap moves it little. */
function followStep(step: number, passed: number): number {
  if (step === 0) return passed;
  return passed > step ? Math.min(passed, step * (1 + stepPace)) : Math.max(passed, step * (1 - stepPace));
}
