// The detectors of single series and their memory: banks that grow as series come, states that are kept over restarts,
// and thresholds that feedback has moved. A state that is older than the store is brought up to date from it, so that a
// daemon that was killed has forgotten nothing. It decides about one row at a time; what becomes of a surprise is
// `episodes.ts`'s.

import type Database from 'better-sqlite3';
import { limits } from '../config.ts';
import { alarmScore, knobs, streams } from '../monitor/knobs.ts';
import { SeriesBank } from '../monitor/seriesBank.ts';
import type { SeriesStore } from '../series/contract.ts';

export interface DetectorOptions {
  /** Opened with `watchMigrations`. */
  readonly database: Database.Database;
  readonly store: SeriesStore;
  readonly now: () => number;
}

/** A row that surprises. */
export interface Surprise {
  /** 0 to 1. */
  readonly score: number;
  /** Which signal: `level`, `trend`, `dispersion`, `slope`, `season`. */
  readonly stream: string;
}

export interface Detectors {
  /** Takes the next row of a series; tells where it surprises enough. */
  judge(number: number, atMs: number, value: number): Surprise | undefined;
  /** How much feedback has moved the threshold of a series, in orders of magnitude; 0 where nobody said anything. */
  shiftOf(id: string): number;
  /** Moves it, within limits. */
  shift(id: string, by: number): void;
  /** Keeps the states of some series that changed since they were kept; true while there are more. */
  save(countMax: number): boolean;
}

/** How far feedback may move a threshold down and up. */
const shiftMin = -0.6;
const shiftMax = 4;

interface Slot {
  readonly bank: SeriesBank;
  readonly index: number;
  /** Newest row it has seen, and the newest that is kept. */
  atMs: number;
  savedMs: number;
}

export function createDetectors({ database, store, now }: DetectorOptions): Detectors {
  const banks: SeriesBank[] = [];
  const slots = new Map<number, Slot>();
  const shifts = new Map(
    database
      .prepare<[], { readonly series: string; readonly shift: number }>(
        'SELECT series, shift FROM thresholds',
      )
      .all()
      .map(({ series, shift }) => [series, shift]),
  );
  const upsertShift = database.prepare(
    `INSERT INTO thresholds (series, shift, changed_ms) VALUES (?, ?, ?)
     ON CONFLICT (series) DO UPDATE SET shift = excluded.shift, changed_ms = excluded.changed_ms`,
  );
  const select = database.prepare<[string], { readonly at_ms: number; readonly body: Uint8Array }>(
    'SELECT at_ms, body FROM detector_states WHERE series = ?',
  );
  const upsert = database.prepare(
    `INSERT INTO detector_states (series, at_ms, body) VALUES (?, ?, ?)
     ON CONFLICT (series) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body`,
  );
  let waiting: number[] = [];

  /** Takes the kept state up again, and what the store has on top of it before `beforeMs`. */
  function open(number: number, beforeMs: number): Slot {
    const index = slots.size % limits.detectorBankSize;
    if (index === 0) banks.push(new SeriesBank(limits.detectorBankSize));
    const slot: Slot = { bank: banks.at(-1)!, index, atMs: 0, savedMs: 0 };
    slots.set(number, slot);
    const kept = select.get(store.info(number).id);
    if (kept && slot.bank.load(index, kept.body)) {
      slot.atMs = kept.at_ms;
      slot.savedMs = kept.at_ms;
    }
    const { times, values } = store.samples(
      number,
      Math.max(slot.atMs + 1, now() - limits.seriesRawKeptMs),
      beforeMs,
    );
    for (let i = 0; i < times.length; i++) {
      // The row itself is stored already, its time rounded.
      if (times[i]! > beforeMs - 100) break;
      slot.bank.push(index, times[i]!, values[i]!);
      slot.atMs = times[i]!;
    }
    return slot;
  }

  return {
    judge(number, atMs, value) {
      const slot = slots.get(number) ?? open(number, atMs);
      if (atMs <= slot.atMs) return undefined;
      slot.atMs = atMs;
      const { score, stream } = slot.bank.judge(slot.index, atMs, value);
      if (score < alarmScore && shifts.size === 0) return undefined;
      if (score < thresholdOf(shifts.get(store.info(number).id) ?? 0)) return undefined;
      return { score, stream: streams[stream] ?? streams[0] };
    },
    shiftOf: (id) => shifts.get(id) ?? 0,
    shift(id, by) {
      const shift = Math.min(shiftMax, Math.max(shiftMin, (shifts.get(id) ?? 0) + by));
      upsertShift.run(id, shift, now());
      shifts.set(id, shift);
    },
    save(countMax) {
      if (waiting.length === 0)
        waiting = [...slots].filter(([, slot]) => slot.atMs > slot.savedMs).map(([number]) => number);
      const some = waiting.splice(0, Math.min(countMax, waiting.length));
      if (some.length === 0) return false;
      database
        .transaction(() => {
          for (const number of some) {
            const slot = slots.get(number)!;
            upsert.run(store.info(number).id, slot.atMs, slot.bank.save(slot.index));
            slot.savedMs = slot.atMs;
          }
        })
        .immediate();
      return waiting.length > 0;
    },
  };
}

/** The score at which a series speaks: the common line, moved by feedback in orders of magnitude of surprise. */
function thresholdOf(shift: number): number {
  return 1 - 2 ** (-(knobs.alarmSurprise + shift) / knobs.alarmSurprise);
}
