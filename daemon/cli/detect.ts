// `pilothouse detect` and `pilothouse bench nab`: scores files of rows, so that anybody can measure the detectors with
// their own data. Strictly causal: the score of a row is written before the next row is looked at, nothing is known of
// a file's name, length or labels. It starts no daemon and asks no source.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { parseTime, parseValue, readHeader, splitCsv } from '../monitor/csv.ts';
import { SeriesBank } from '../monitor/seriesBank.ts';
import { badInput, lineWriter, readLines, readOptions } from './batchFiles.ts';
import { detectHost } from './detectHost.ts';

const usage = `pilothouse detect --csv FILE                    timestamp,value -> timestamp,value,score
pilothouse detect --multi FILE --train FILE     one score for each row of many columns
                  [--method best|pca]           pca: squared Mahalanobis distance, to compare with

FILE is a path, a .gz file, or - for standard input. A score of 0.5 and above is a finding.
`;

/** Runs `detect`; gives the exit code. */
export async function runDetect(
  args: readonly string[],
  stdin: Readable = process.stdin,
  stdout: Writable = process.stdout,
): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    stdout.write(usage);
    return args.length === 0 ? 64 : 0;
  }
  const options = readOptions(args, ['--csv', '--multi', '--train', '--method']);
  const [csv, judge, train] = [options.get('--csv'), options.get('--multi'), options.get('--train')];
  const method = options.get('--method') ?? 'best';
  if (method !== 'best' && method !== 'pca')
    throw badInput(`There is no method "${method}".`, 'Write best or pca.');
  if (csv && !judge && !train) await detectSeries(csv, stdin, stdout);
  else if (judge && train && !csv) await detectHost({ judge, train, method }, stdin, stdout);
  else
    throw badInput(
      'detect wants either --csv FILE or --multi FILE with --train FILE.',
      'See pilothouse detect --help.',
    );
  return 0;
}

/** Runs `bench nab NAB_DIR OUT_DIR`: scores every file of NAB_DIR/data into OUT_DIR; gives the exit code. */
export async function runNab(
  args: readonly string[],
  stdin: Readable = process.stdin,
  stdout: Writable = process.stdout,
): Promise<number> {
  const [nab, out] = args;
  if (!nab || !out) throw badInput('bench nab wants two folders.', 'Write: bench nab NAB_DIR OUT_DIR.');
  const data = path.join(nab, 'data');
  const files = listCsv(data);
  if (files.length === 0)
    throw badInput(`There is no CSV file in ${data}.`, 'Give the folder that holds data/.');
  for (const file of files) {
    const rows = ['timestamp,value,score'];
    const score = rowScorer();
    for await (const line of readLines(path.join(data, file), stdin)) {
      const row = score(line);
      if (row !== undefined) rows.push(row);
    }
    const target = path.join(out, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `${rows.join('\n')}\n`);
  }
  stdout.write(`${files.length} files scored into ${out}\n`);
  return 0;
}

async function detectSeries(file: string, stdin: Readable, stdout: Writable): Promise<void> {
  const writer = lineWriter(stdout);
  const score = rowScorer();
  await writer.line('timestamp,value,score');
  for await (const line of readLines(file, stdin)) {
    const row = score(line);
    if (row !== undefined) await writer.line(row);
  }
  await writer.end();
}

/** Scores one line after the other; undefined for the header and for empty lines. */
function rowScorer(): (line: string) => string | undefined {
  const bank = new SeriesBank(1);
  let columns = { time: 0, value: 1 };
  let isFirst = true;
  return (line) => {
    if (line.trim() === '') return undefined;
    const cells = splitCsv(isFirst ? line.replace(/^\ufeff/, '') : line);
    const header = isFirst ? readHeader(cells) : undefined;
    isFirst = false;
    if (header) {
      columns = header;
      return undefined;
    }
    const [time = '', value = ''] = [cells[columns.time], cells[columns.value]];
    const score = bank.push(0, parseTime(time), parseValue(value));
    return `${quoted(time)},${quoted(value)},${score === 0 ? '0' : score.toFixed(6)}`;
  };
}

function quoted(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function listCsv(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.csv'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
