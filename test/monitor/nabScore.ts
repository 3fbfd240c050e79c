// The Numenta benchmark's score of a detector (Lavin & Ahmad 2015, version 1 rules: one threshold for the corpus,
// probation of min(15 % of rows, 750), the best point of each window, positional sigmoid), with two honest companions:
// the threshold carried from one half of the files to the other, and events at the product's own fixed line.

import fs from 'node:fs';
import path from 'node:path';
import { parseTime } from '../../daemon/monitor/csv.ts';

export interface NabFile {
  readonly name: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** First and last row of each labelled window. */
  readonly windows: readonly (readonly [number, number])[];
}

interface Point {
  readonly score: number;
  /** Number of the window over the corpus, -1 outside. */
  readonly window: number;
  readonly weight: number;
}

interface Points {
  readonly rows: readonly Point[];
  readonly windows: number;
}

interface Profile {
  readonly missed: number;
  readonly wrong: number;
}

const profiles = {
  standard: { missed: 1, wrong: 0.11 },
  lowFp: { missed: 1, wrong: 0.22 },
  lowFn: { missed: 2, wrong: 0.11 },
} as const satisfies Record<string, Profile>;
/** Findings nearer than this belong to one false cluster. */
const clusterRows = 100;

/** Reads every labelled file of a folder that holds `data/` and `labels/`. */
export function readNab(folder: string): readonly NabFile[] {
  const text = fs.readFileSync(path.join(folder, 'labels/combined_windows.json'), 'utf8');
  const labels = JSON.parse(text) as Record<string, readonly (readonly [string, string])[]>;
  return Object.keys(labels)
    .sort()
    .map((name) => {
      const lines = fs
        .readFileSync(path.join(folder, 'data', name), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1);
      const cells = lines.map((line) => line.split(','));
      const times = Float64Array.from(cells, ([time]) => parseTime(time!));
      const rowOf = (time: string): number => times.indexOf(parseTime(time));
      return {
        name,
        times,
        values: Float64Array.from(cells, ([, value]) => Number(value)),
        windows: labels[name]!.map(([first, last]) => [rowOf(first), rowOf(last)] as const),
      };
    });
}

/** Scores of all profiles, of the files whose name starts with `part`, and carried between halves. */
export function scoreNab(
  files: readonly NabFile[],
  scores: readonly Float64Array[],
  part: string,
): Record<string, number> {
  const pick = (wanted: (file: NabFile, i: number) => boolean): Points =>
    pointsOf(files.flatMap((file, i) => (wanted(file, i) ? [{ file, scores: scores[i]! }] : [])));
  const all = pick(() => true);
  const halves = [0, 1].map((half) => pick((_, i) => i % 2 === half));
  const carried = [0, 1].map((half) => {
    const { threshold } = evaluate(halves[1 - half]!, profiles.standard);
    return evaluate(halves[half]!, profiles.standard, threshold).score;
  });
  return {
    nabStandard: evaluate(all, profiles.standard).score,
    nabLowFp: evaluate(all, profiles.lowFp).score,
    nabLowFn: evaluate(all, profiles.lowFn).score,
    nabThreshold: evaluate(all, profiles.standard).threshold,
    nabPart: evaluate(
      pick((file) => file.name.startsWith(part)),
      profiles.standard,
    ).score,
    nabCarriedMean: (carried[0]! + carried[1]!) / 2,
  };
}

/** Events found and false clusters at a fixed line, over files that are no part of the choice of that line. */
export function scoreEvents(
  files: readonly NabFile[],
  scores: readonly Float64Array[],
  line: number,
): { readonly f1: number; readonly falsePer10k: number } {
  let found = 0;
  let events = 0;
  let wrong = 0;
  let rows = 0;
  files.forEach((file, i) => {
    const from = probationOf(file);
    const alarms = [...scores[i]!.keys()].filter((row) => row >= from && scores[i]![row]! >= line);
    const inside = (row: number): boolean => file.windows.some(([a, b]) => row >= a && row <= b);
    const outside = alarms.filter((row) => !inside(row));
    wrong += outside.filter((row, k) => k === 0 || row - outside[k - 1]! > clusterRows).length;
    const scored = file.windows.filter(([, last]) => last >= from);
    events += scored.length;
    found += scored.filter(([a, b]) => alarms.some((row) => row >= a && row <= b)).length;
    rows += file.times.length - from;
  });
  return { f1: (2 * found) / (found + wrong + events || 1), falsePer10k: (wrong / rows) * 10_000 };
}

function probationOf({ times }: NabFile): number {
  return Math.min(Math.floor(0.15 * times.length), 750);
}

function squash(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

function pointsOf(set: readonly { readonly file: NabFile; readonly scores: Float64Array }[]): Points {
  const rows: Point[] = [];
  let windows = 0;
  for (const { file, scores } of set) {
    const numbers = new Map<number, number>();
    for (let row = probationOf(file); row < scores.length; row++) {
      const own = file.windows.findIndex(([first, last]) => row >= first && row <= last);
      if (own >= 0 && !numbers.has(own)) numbers.set(own, windows + numbers.size);
      rows.push({ score: scores[row]!, window: numbers.get(own) ?? -1, weight: weightOf(file, own, row) });
    }
    windows += numbers.size;
  }
  return { rows: rows.sort((a, b) => b.score - a.score), windows };
}

function weightOf({ windows }: NabFile, own: number, row: number): number {
  if (own >= 0) {
    const [first, last] = windows[own]!;
    return squash(-(last - row + 1) / (last - first + 1));
  }
  const before = windows.filter(([, last]) => last < row).at(-1);
  return before ? squash((row - before[1]) / (before[1] - before[0])) : -1;
}

/** The score at a threshold, or at the best one when none is given. */
function evaluate(
  { rows, windows }: Points,
  { missed, wrong }: Profile,
  threshold?: number,
): { readonly score: number; readonly threshold: number } {
  const perfect = squash(-1);
  const parts = new Float64Array(windows).fill(-missed);
  let sum = -missed * windows;
  let best = { sum, threshold: 1.1 };
  let last = Number.POSITIVE_INFINITY;
  const settle = (): void => {
    if (threshold === undefined && sum > best.sum) best = { sum, threshold: last };
  };
  for (const { score, window, weight } of rows) {
    if (threshold !== undefined && score < threshold) break;
    if (score !== last) settle();
    last = score;
    if (window < 0) sum += weight * wrong;
    else if (weight / perfect > parts[window]!) {
      sum += weight / perfect - parts[window]!;
      parts[window] = weight / perfect;
    }
  }
  settle();
  const reached = threshold === undefined ? best.sum : sum;
  return {
    score: (100 * (reached + missed * windows)) / (windows * (1 + missed)),
    threshold: threshold ?? best.threshold,
  };
}
