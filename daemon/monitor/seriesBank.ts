// Detection on many series at once, streaming: each row is judged from earlier rows of its own series alone, once, in
// fixed memory. A bank holds the state of all series in three typed arrays and knows series by number only; it does no
// I/O, keeps no rows and has no clock. Bad rows (not a number, a time already seen, a clock set back) score 0 and teach
// nothing. Called by the series store for live metrics and by the batch commands.

import { knobs, streams } from './knobs.ts';
import { breakSignals, clearSignals, deriveSignals, signalWords } from './signals.ts';
import { ageStream, type StreamArrays, streamCounts, streamWords, takeValue } from './streamNovelty.ts';

const head = { rows: 0, origin: 1, timeMs: 2, stepMs: 3, backRows: 4, peak: 5, peakRow: 6 } as const;
const headWords = 8;
const seriesWords = signalWords + streams.length * streamWords;
const seriesCounts = streams.length * streamCounts;
const discounts = streams.map((stream) => knobs.discounts[stream]);
/** Pace at which the usual distance of two rows follows what is seen, as a share of itself. */
const stepPace = 0.05;

/** Memory of one series in bytes. */
export const seriesBytes = headWords * 8 + seriesWords * 4 + seriesCounts * 2;

/** What one row amounts to. */
export interface Judgement {
  /** 0 to 1; at `alarmScore` and above the row is a finding. */
  readonly score: number;
  /** Index in `streams` of the signal that surprised most, -1 for none. */
  readonly stream: number;
}

export class SeriesBank {
  readonly capacity: number;
  #heads: Float64Array;
  #arrays: StreamArrays;
  #signals = new Float64Array(streams.length);
  #leading = -1;

  /** @param capacity how many series the bank holds; they start empty and are numbered from 0. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#heads = new Float64Array(capacity * headWords);
    this.#arrays = {
      words: new Float32Array(capacity * seriesWords),
      counts: new Uint16Array(capacity * seriesCounts),
    };
    for (let series = 0; series < capacity; series++) this.clear(series);
  }

  /** Forgets all about one series. */
  clear(series: number): void {
    this.#heads.fill(0, series * headWords, (series + 1) * headWords);
    this.#arrays.words.fill(0, series * seriesWords, (series + 1) * seriesWords);
    this.#arrays.counts.fill(0, series * seriesCounts, (series + 1) * seriesCounts);
    clearSignals(this.#arrays.words, series * seriesWords);
  }

  /** Takes the next row of a series and returns its score; `timeMs` is milliseconds since 1970. */
  push(series: number, timeMs: number, value: number): number {
    const at = series * headWords;
    this.#leading = -1;
    if (!Number.isFinite(value) || !Number.isFinite(timeMs) || !this.#advance(series, at, timeMs, value))
      return 0;
    const surprise = this.#surprise(series, at, timeMs, value - this.#heads[at + head.origin]!);
    return scoreOf(this.#afterRest(at, surprise));
  }

  /** As `push`, and tells which signal spoke. */
  judge(series: number, timeMs: number, value: number): Judgement {
    const score = this.push(series, timeMs, value);
    return { score, stream: score > 0 ? this.#leading : -1 };
  }

  /** The state of one series as bytes, to be kept across a restart. */
  save(series: number): Uint8Array {
    const bytes = new Uint8Array(seriesBytes);
    let offset = 0;
    for (const part of this.#parts(series)) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  /** Takes a state back. Returns false, and leaves the series as it is, when the bytes are of another layout. */
  load(series: number, bytes: Uint8Array): boolean {
    if (bytes.length !== seriesBytes) return false;
    let offset = 0;
    for (const part of this.#parts(series)) {
      part.set(bytes.subarray(offset, offset + part.length));
      offset += part.length;
    }
    return true;
  }

  #parts(series: number): readonly Uint8Array[] {
    const { words, counts } = this.#arrays;
    return [
      new Uint8Array(this.#heads.buffer, series * headWords * 8, headWords * 8),
      new Uint8Array(words.buffer, series * seriesWords * 4, seriesWords * 4),
      new Uint8Array(counts.buffer, series * seriesCounts * 2, seriesCounts * 2),
    ];
  }

  /** Moves the clock of a series; false when the row is to be left out. */
  #advance(series: number, at: number, timeMs: number, value: number): boolean {
    const heads = this.#heads;
    if (heads[at + head.rows] === 0) {
      heads[at + head.origin] = value;
    } else {
      const passed = timeMs - heads[at + head.timeMs]!;
      if (passed <= 0 && ++heads[at + head.backRows]! < knobs.setBackRows) return false;
      const step = heads[at + head.stepMs]!;
      const broken = passed <= 0 || (step > 0 && passed > knobs.gapSteps * step);
      if (broken) breakSignals(this.#arrays.words, series * seriesWords);
      if (passed > 0) heads[at + head.stepMs] = step === 0 ? passed : followStep(step, passed);
    }
    heads[at + head.backRows] = 0;
    heads[at + head.timeMs] = timeMs;
    const rows = ++heads[at + head.rows]!;
    if (rows % knobs.epochRows === 0) this.#age(series, rows);
    return true;
  }

  #age(series: number, rows: number): void {
    const first = series * seriesWords + signalWords;
    for (let i = 0; i < streams.length; i++) {
      ageStream(
        this.#arrays,
        first + i * streamWords,
        series * seriesCounts + i * streamCounts,
        epochOf(rows),
      );
    }
  }

  #surprise(series: number, at: number, timeMs: number, value: number): number {
    const { words, counts } = this.#arrays;
    const signals = this.#signals;
    const first = series * seriesWords;
    const epoch = epochOf(this.#heads[at + head.rows]!);
    deriveSignals(words, first, timeMs, value, signals);
    let block = first + signalWords;
    let countsAt = series * seriesCounts;
    let most = 0;
    for (let i = 0; i < signals.length; i++) {
      const signal = signals[i]!;
      if (!Number.isNaN(signal)) {
        const surprise = takeValue(words, counts, block, countsAt, signal, epoch) - discounts[i]!;
        if (surprise > most) {
          most = surprise;
          this.#leading = i;
        }
      }
      block += streamWords;
      countsAt += streamCounts;
    }
    return most;
  }

  /** Lets a surprise through unless it follows a peak it does not clearly exceed. */
  #afterRest(at: number, surprise: number): number {
    const heads = this.#heads;
    const row = heads[at + head.rows]!;
    const rested = row - heads[at + head.peakRow]! > knobs.restRows;
    if (!rested && surprise <= heads[at + head.peak]! + knobs.restMargin) return 0;
    heads[at + head.peak] = surprise;
    heads[at + head.peakRow] = row;
    return surprise;
  }
}

function scoreOf(surprise: number): number {
  return surprise > 0 ? 1 - 2 ** (-surprise / knobs.alarmSurprise) : 0;
}

function epochOf(rows: number): number {
  return Math.floor(rows / knobs.epochRows) & 0xffff;
}

/** A running median: moves by a share of itself towards what was seen, so that one outlier moves it little. */
function followStep(step: number, passed: number): number {
  if (passed > step) return Math.min(passed, step * (1 + stepPace));
  return Math.max(passed, step * (1 - stepPace));
}
