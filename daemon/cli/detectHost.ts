// `pilothouse detect --multi`: judges rows of many columns after a training part. The training part is read whole, the
// rows that are judged are read one by one, and the score of a row is written before the next is looked at.

import type { Readable, Writable } from 'node:stream';
import { limits } from '../config.ts';
import { parseValue, splitCsv } from '../monitor/csv.ts';
import { hostScorer, mahalanobis, trainHost } from '../monitor/hostModel.ts';
import { badInput, lineWriter, readLines } from './batchFiles.ts';

/** Columns that hold labels or times, never metrics. */
const notMetrics = /^(label|labels|is_anomaly|timestamp|time|date|datetime)$/i;

export interface HostFiles {
  readonly train: string;
  readonly judge: string;
  /** `pca` prints the plain baseline (unbounded), `best` a score from 0 to 1. */
  readonly method: 'best' | 'pca';
}

/** Prints `score` and one score a row. */
export async function detectHost(files: HostFiles, stdin: Readable, stdout: Writable): Promise<void> {
  const training: Float64Array[] = [];
  let columns: readonly number[] | undefined;
  for await (const cells of readCells(files.train, stdin)) {
    columns ??= metricColumns(cells);
    const row = numbersOf(cells, columns);
    if (training.length > 0 || row.some(Number.isFinite)) training.push(row);
  }
  if (!columns || training.length < 2)
    throw badInput(`${files.train} has fewer than two rows of numbers.`, 'Give more rows to learn from.');
  if (columns.length > limits.hostColumnsMax)
    throw badInput(
      `${files.train} has ${columns.length} columns.`,
      `At most ${limits.hostColumnsMax} are judged.`,
    );
  const model = trainHost(training);
  const score = files.method === 'pca' ? mahalanobis(model) : hostScorer(model);
  const writer = lineWriter(stdout);
  await writer.line('score');
  let own: readonly number[] | undefined;
  for await (const cells of readCells(files.judge, stdin)) {
    const isHeader = own === undefined && !cells.some((cell) => Number.isFinite(parseValue(cell)));
    own ??= metricColumns(cells);
    if (own.length !== columns.length)
      throw badInput(
        `${files.judge} has ${own.length} columns of numbers, ${files.train} has ${columns.length}.`,
        'Give two files with the same columns.',
      );
    if (!isHeader) await writer.line(String(Number(score(numbersOf(cells, own)).toPrecision(8))));
  }
  await writer.end();
}

async function* readCells(file: string, stdin: Readable): AsyncGenerator<readonly string[]> {
  for await (const line of readLines(file, stdin)) if (line.trim() !== '') yield splitCsv(line);
}

function metricColumns(cells: readonly string[]): readonly number[] {
  return cells.flatMap((cell, i) => (notMetrics.test(cell.trim()) ? [] : [i]));
}

function numbersOf(cells: readonly string[], columns: readonly number[]): Float64Array {
  return Float64Array.from(columns, (column) => parseValue(cells[column]));
}
