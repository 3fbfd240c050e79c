// The store of series: samples of the newest hour of each series compressed in memory, everything before on the disk,
// roll-ups of all of it. A batch is in the journal before it is in memory, so that what was appended survives the end
// of the process; chunks are written later, a few at a time, so that no append waits for many. It measures nothing and
// judges nothing. Called by the watch; opened over a database with `seriesMigrations`.

import type Database from 'better-sqlite3';
import type { SeriesInfo } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import { asStoreProblem } from '../store/database.ts';
import { storedValue } from './bits.ts';
import { Chunk, decodeSamples, type Samples } from './chunk.ts';
import type { SampleBatch, SeriesStore } from './contract.ts';
import { chunkStartOf, createSeriesDisk, type SeriesDisk } from './disk.ts';
import { readRange } from './range.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createRetention } from './retention.ts';
import { emptyRows, rollUp, rollupWidths } from './rollup.ts';

/** Times are kept in tenths of a second: clocks jitter by more, and a chart shows no less. */
const timeGrainMs = 100;

export interface StoreOptions {
  readonly database: Database.Database;
  readonly now: () => number;
}

/** What the parts of the store share. */
export interface StoreState {
  readonly disk: SeriesDisk;
  readonly registry: Registry;
  readonly now: () => number;
  /** The chunk of the newest hour of each series, by number. */
  readonly open: Map<number, Chunk>;
  /** Full chunks that wait to be written, oldest first. */
  readonly full: { readonly number: number; readonly chunk: Chunk }[];
  /** A round of writing all open chunks, after which the journal up to `seq` is not needed any more. */
  round: { readonly seq: number; readonly numbers: number[] } | undefined;
  journalRows: number;
  lastSeq: number;
}

export function createSeriesStore({ database, now }: StoreOptions): SeriesStore {
  const state: StoreState = {
    disk: createSeriesDisk(database),
    registry: createRegistry(database),
    now,
    open: new Map(),
    full: [],
    round: undefined,
    journalRows: 0,
    lastSeq: 0,
  };
  recover(state);
  const { registry } = state;
  const retention = createRetention(state);
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw asStoreProblem(error, database.name);
    }
  };
  return {
    register: (key, unit, source) => guarded(() => registry.register(key, unit, source)),
    info: registry.byNumber,
    numberOf: (id) => registry.byId(id)?.number,
    get: (id) => shown(registry.byId(id)),
    list(where = {}) {
      const prefix = where.connection === undefined ? undefined : `${where.connection}:`;
      return [...registry.all()]
        .filter(
          (one) =>
            one.lastMs > 0 &&
            (where.resource === undefined || one.resource === where.resource) &&
            (where.metric === undefined || one.metric === where.metric) &&
            (prefix === undefined || one.resource.startsWith(prefix)),
        )
        .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
        .map((one) => shown(one)!);
    },
    range: (id, fromMs, toMs, pointsMax) => guarded(() => readRange(state, id, fromMs, toMs, pointsMax)),
    samples: (number, fromMs, toMs) => guarded(() => samplesOf(state, number, fromMs, toMs)),
    append: (batch) => guarded(() => append(state, batch)),
    maintain(bytesMax) {
      guarded(() => {
        closeOld(state);
        state.disk.transaction(() => {
          writeSome(state, limits.seriesWritesMax);
          retention.prune(bytesMax);
        });
      });
    },
    size: () => ({ series: registry.size, bytes: state.disk.bytes(), ...retention.since() }),
    flush: () => guarded(() => flush(state)),
  };
}

/** Without the number, which is the store's own, and as it is now. */
function shown(known: (SeriesInfo & { readonly number: number }) | undefined): SeriesInfo | undefined {
  if (!known) return undefined;
  const { number: _own, stepMs, ...info } = known;
  return { ...info, stepMs: Math.round(stepMs) };
}

/** Open chunks as they were last written, then what the journal has on top. */
function recover(state: StoreState): void {
  for (const { number, startMs, body } of state.disk.openChunks())
    if (state.registry.has(number)) state.open.set(number, Chunk.decode(startMs, body));
  for (const { seq, batch } of state.disk.readJournal()) {
    take(state, batch);
    state.journalRows++;
    state.lastSeq = seq;
  }
}

function append(state: StoreState, batch: SampleBatch): void {
  if (batch.times.length === 0) return;
  const { disk } = state;
  state.lastSeq = disk.writeJournal(batch);
  state.journalRows++;
  take(state, batch);
  if (!state.round && state.journalRows >= limits.seriesJournalRows) beginRound(state);
  if (state.full.length > 0 || state.round) disk.transaction(() => writeSome(state, limits.seriesWritesMax));
}

/** Takes samples into memory; those that are not later than the last of their series are known already. */
function take(state: StoreState, { numbers, times, values }: SampleBatch): void {
  const { registry, open } = state;
  for (let i = 0; i < times.length; i++) {
    const number = numbers[i]!;
    const atMs = Math.round(times[i]! / timeGrainMs) * timeGrainMs;
    let chunk = open.get(number);
    const beforeMs = chunk || !registry.has(number) ? 0 : registry.byNumber(number).lastMs;
    if (!registry.saw(number, atMs, storedValue(values[i]!))) continue;
    const startMs = chunkStartOf(number, atMs);
    if (!chunk || chunk.startMs !== startMs) {
      if (chunk) state.full.push({ number, chunk });
      const isSameHour = beforeMs > 0 && chunkStartOf(number, beforeMs) === startMs;
      chunk = (isSameHour ? takeUpAgain(state, number, startMs) : undefined) ?? new Chunk(startMs);
      open.set(number, chunk);
    }
    chunk.append(atMs, values[i]!);
  }
}

/** The chunk of an hour that was closed in a silence, and of which more comes: a source that reads what it missed. */
function takeUpAgain(state: StoreState, number: number, startMs: number): Chunk | undefined {
  const at = state.full.findIndex((one) => one.number === number && one.chunk.startMs === startMs);
  if (at >= 0) return state.full.splice(at, 1)[0]!.chunk;
  const stored = state.disk.chunks(number, startMs, startMs).find((one) => one.startMs === startMs);
  if (!stored) return undefined;
  const chunk = Chunk.decode(startMs, stored.body);
  chunk.rolledUpMs = chunk.lastMs;
  return chunk;
}

/** A series that is silent does not keep its hour open for ever. */
function closeOld(state: StoreState): void {
  const oldMs = state.now() - 3_600_000 - limits.seriesSilentMs;
  for (const [number, chunk] of state.open) {
    if (chunk.startMs > oldMs) continue;
    state.open.delete(number);
    state.full.push({ number, chunk });
  }
}

/** All open chunks as they are now will be written; then the journal up to now is not needed any more. */
function beginRound(state: StoreState): void {
  const dirty = [...state.open].filter(([, chunk]) => chunk.isDirty);
  state.round = { seq: state.lastSeq, numbers: dirty.map(([number]) => number) };
  state.journalRows = 0;
}

/** Writes at most so many chunks; inside a transaction of the caller. */
function writeSome(state: StoreState, countMax: number): void {
  let left = countMax;
  for (; left > 0 && state.full.length > 0; left--) writeFull(state, state.full.shift()!);
  const { round, disk, registry, open } = state;
  if (!round) return;
  for (; left > 0 && round.numbers.length > 0; left--) {
    const number = round.numbers.pop()!;
    const chunk = open.get(number);
    if (!chunk || !registry.has(number)) continue;
    if (chunk.rolledUpMs > 0) {
      // Part of it is in the roll-ups: on the disk it stays closed, and what is new in it is rolled up with it.
      writeFull(state, { number, chunk });
      continue;
    }
    disk.writeChunk(number, chunk.startMs, true, chunk.encode());
    chunk.isDirty = false;
    registry.write(number, chunk);
  }
  if (round.numbers.length > 0 || state.full.length > 0) return;
  disk.clearJournal(round.seq);
  state.round = undefined;
}

/** A chunk that is complete, and the roll-ups of what is not in them yet. */
function writeFull(state: StoreState, { number, chunk }: { number: number; chunk: Chunk }): void {
  const { disk, registry } = state;
  if (!registry.has(number)) return;
  const body = chunk.encode();
  disk.writeChunk(number, chunk.startMs, false, body);
  // Not what is newer in memory: that is in the journal only.
  registry.write(number, chunk);
  let rows: Parameters<typeof rollUp>[1] = notRolledUp(chunk);
  for (const widthMs of rollupWidths) {
    const wider = rollUp(emptyRows(), rows, widthMs);
    disk.addRows(number, widthMs, wider);
    rows = wider;
  }
  chunk.isDirty = false;
  chunk.rolledUpMs = chunk.lastMs;
}

/** Samples of a chunk that no roll-up on the disk has. */
export function notRolledUp(chunk: Chunk): { readonly times: Float64Array; readonly means: Float64Array } {
  const { times, values } = decodeSamples(chunk.startMs, chunk.encode());
  const first = chunk.rolledUpMs === 0 ? 0 : times.findLastIndex((time) => time <= chunk.rolledUpMs) + 1;
  return { times: times.subarray(first), means: values.subarray(first) };
}

function flush(state: StoreState): void {
  state.disk.transaction(() => {
    if (!state.round) beginRound(state);
    writeSome(state, Number.POSITIVE_INFINITY);
    // What came while the earlier round was under way.
    beginRound(state);
    writeSome(state, Number.POSITIVE_INFINITY);
  });
}

/** Samples of the disk, of full chunks that wait, and of the open one; each is in one of them. */
export function samplesOf(state: StoreState, number: number, fromMs: number, toMs: number): Samples {
  const parts = new Map<number, Samples>();
  for (const { startMs, body } of state.disk.chunks(number, fromMs, toMs))
    parts.set(startMs, decodeSamples(startMs, body));
  for (const chunk of chunksInMemory(state, number))
    if (chunk.lastMs >= fromMs && chunk.startMs <= toMs)
      parts.set(chunk.startMs, decodeSamples(chunk.startMs, chunk.encode()));
  const times: number[] = [];
  const values: number[] = [];
  for (const part of [...parts.keys()].sort((a, b) => a - b).map((start) => parts.get(start)!))
    for (let i = 0; i < part.times.length; i++)
      if (part.times[i]! >= fromMs && part.times[i]! <= toMs) {
        times.push(part.times[i]!);
        values.push(part.values[i]!);
      }
  return { times: Float64Array.from(times), values: Float64Array.from(values) };
}

/** Chunks of a series whose roll-ups are not on the disk yet, oldest first. */
export function chunksInMemory(state: StoreState, number: number): readonly Chunk[] {
  const waiting = state.full.filter((one) => one.number === number).map(({ chunk }) => chunk);
  const open = state.open.get(number);
  return open ? [...waiting, open] : waiting;
}
