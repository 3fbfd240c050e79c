// What the series store reads and writes on the disk: the journal of batches, chunks and roll-ups by series and time.
// It holds no state; the store decides what is written when, and in which transaction.

import type Database from 'better-sqlite3';
import type { SampleBatch } from './contract.ts';
import {
  decodeRows,
  emptyRows,
  encodeRows,
  type RollupWidth,
  type Rows,
  rollUp,
  rollupWidths,
  rowsPerBlock,
} from './rollup.ts';

const minuteMs = 60_000;
/** Minutes since the epoch of a key, for some 120 years to come. */
const keySpan = 2 ** 26;
const bytesPerSample = 16;

/** Hours of different series do not end together, so that closing them is spread over time. */
export function chunkStartOf(number: number, atMs: number): number {
  const shift = ((number * 7) % 60) * minuteMs;
  return Math.floor((atMs - shift) / 3_600_000) * 3_600_000 + shift;
}

const keyOf = (number: number, startMs: number): number => number * keySpan + Math.floor(startMs / minuteMs);
const startOf = (key: number): number => (key % keySpan) * minuteMs;
const numberOf = (key: number): number => Math.floor(key / keySpan);

export interface StoredChunk {
  readonly number: number;
  readonly startMs: number;
  readonly body: Uint8Array;
}

interface ChunkRow {
  readonly key: number;
  readonly body: Uint8Array;
}

export type SeriesDisk = ReturnType<typeof createSeriesDisk>;

export function createSeriesDisk(database: Database.Database) {
  const insertJournal = database.prepare<[Uint8Array]>('INSERT INTO journal (body) VALUES (?)');
  const clearJournal = database.prepare<[number]>('DELETE FROM journal WHERE seq <= ?');
  const upsertChunk = database.prepare<[number, number, Uint8Array]>(
    `INSERT INTO chunks (key, is_open, body) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET is_open = excluded.is_open, body = excluded.body`,
  );
  const selectChunks = database.prepare<[number, number], ChunkRow>(
    'SELECT key, body FROM chunks WHERE key BETWEEN ? AND ? ORDER BY key',
  );
  const tables = rollupWidths.map((widthMs) => tableOf(database, widthMs));
  const blocks = (widthMs: RollupWidth) => tables[rollupWidths.indexOf(widthMs)]!;
  const deleteChunks = database.prepare<[number, number]>('DELETE FROM chunks WHERE key BETWEEN ? AND ?');
  return {
    /** Number of the row. */
    writeJournal: (batch: SampleBatch): number => Number(insertJournal.run(pack(batch)).lastInsertRowid),
    clearJournal: (seq: number): void => void clearJournal.run(seq),
    *readJournal(): Iterable<{ readonly seq: number; readonly batch: SampleBatch }> {
      const rows = database.prepare<[], { readonly seq: number; readonly body: Uint8Array }>(
        'SELECT seq, body FROM journal ORDER BY seq',
      );
      for (const { seq, body } of rows.all()) yield { seq, batch: unpack(body) };
    },
    writeChunk: (number: number, startMs: number, isOpen: boolean, body: Uint8Array): void =>
      void upsertChunk.run(keyOf(number, startMs), isOpen ? 1 : 0, body),
    openChunks: (): readonly StoredChunk[] =>
      database
        .prepare<[], ChunkRow>('SELECT key, body FROM chunks WHERE is_open = 1')
        .all()
        .map(({ key, body }) => ({ number: numberOf(key), startMs: startOf(key), body })),
    /** Chunks that may hold samples of a time; open ones on the disk are older than those in memory. */
    chunks: (number: number, fromMs: number, toMs: number): readonly StoredChunk[] =>
      selectChunks
        .all(keyOf(number, Math.max(0, fromMs - 3_600_000)), keyOf(number, Math.max(0, toMs)))
        .map(({ key, body }) => ({ number, startMs: startOf(key), body })),
    /** Adds rows of one width, which must not be earlier than what is there. */
    addRows(number: number, widthMs: RollupWidth, rows: Rows): void {
      const { select, upsert } = blocks(widthMs);
      for (const [startMs, part] of byBlock(rows, widthMs)) {
        const key = keyOf(number, startMs);
        const before = select.get(key);
        const all = before === undefined ? emptyRows() : decodeRows(before, startMs, widthMs);
        upsert.run(key, encodeRows(rollUp(all, part, widthMs), startMs, widthMs));
      }
    },
    rows(number: number, widthMs: RollupWidth, fromMs: number, toMs: number): Rows {
      const found = emptyRows();
      const span = widthMs * rowsPerBlock;
      const first = Math.max(0, Math.floor(fromMs / span) * span);
      for (const { key, body } of blocks(widthMs).range.all(
        keyOf(number, first),
        keyOf(number, Math.max(0, toMs)),
      )) {
        const rows = decodeRows(body, startOf(key), widthMs);
        for (let i = 0; i < rows.times.length; i++) {
          if (rows.times[i]! + widthMs <= fromMs || rows.times[i]! > toMs) continue;
          found.times.push(rows.times[i]!);
          found.mins.push(rows.mins[i]!);
          found.means.push(rows.means[i]!);
          found.maxs.push(rows.maxs[i]!);
          found.counts.push(rows.counts[i]!);
        }
      }
      return found;
    },
    /** Takes away what is older, by table. */
    deleteBefore(number: number, rawMs: number, widthMs: Readonly<Record<RollupWidth, number>>): void {
      deleteChunks.run(keyOf(number, 0), keyOf(number, Math.max(0, rawMs - 3_600_000)));
      for (const width of rollupWidths)
        blocks(width).remove.run(
          keyOf(number, 0),
          keyOf(number, Math.max(0, widthMs[width] - width * rowsPerBlock)),
        );
    },
    bytes(): number {
      const pragma = (name: string): number => Number(database.pragma(name, { simple: true }));
      return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
    },
    transaction: <T>(work: () => T): T => database.transaction(work).immediate(),
  };
}

function tableOf(database: Database.Database, widthMs: RollupWidth) {
  const name = `rollup_${widthMs / minuteMs}`;
  return {
    select: database.prepare<[number], Uint8Array>(`SELECT body FROM ${name} WHERE key = ?`).pluck(),
    upsert: database.prepare<[number, Uint8Array]>(
      `INSERT INTO ${name} (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body`,
    ),
    range: database.prepare<[number, number], ChunkRow>(
      `SELECT key, body FROM ${name} WHERE key BETWEEN ? AND ? ORDER BY key`,
    ),
    remove: database.prepare<[number, number]>(`DELETE FROM ${name} WHERE key BETWEEN ? AND ?`),
  };
}

function byBlock(rows: Rows, widthMs: RollupWidth): ReadonlyMap<number, Rows> {
  const span = widthMs * rowsPerBlock;
  const found = new Map<number, Rows>();
  for (let i = 0; i < rows.times.length; i++) {
    const startMs = Math.floor(rows.times[i]! / span) * span;
    const part = found.get(startMs) ?? emptyRows();
    part.times.push(rows.times[i]!);
    part.mins.push(rows.mins[i]!);
    part.means.push(rows.means[i]!);
    part.maxs.push(rows.maxs[i]!);
    part.counts.push(rows.counts[i]!);
    found.set(startMs, part);
  }
  return found;
}

/** Number, time and value of each sample, one after the other. */
function pack({ numbers, times, values }: SampleBatch): Uint8Array {
  const body = new Uint8Array(times.length * bytesPerSample);
  const view = new DataView(body.buffer);
  for (let i = 0, at = 0; i < times.length; i++, at += bytesPerSample) {
    view.setUint32(at, numbers[i]!);
    view.setFloat64(at + 4, times[i]!);
    view.setFloat32(at + 12, values[i]!);
  }
  return body;
}

function unpack(body: Uint8Array): SampleBatch {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = Math.floor(body.length / bytesPerSample);
  const batch = {
    numbers: new Float64Array(count),
    times: new Float64Array(count),
    values: new Float64Array(count),
  };
  for (let i = 0, at = 0; i < count; i++, at += bytesPerSample) {
    batch.numbers[i] = view.getUint32(at);
    batch.times[i] = view.getFloat64(at + 4);
    batch.values[i] = view.getFloat32(at + 12);
  }
  return batch;
}
