// The batch commands as a user meets them: files in, rows out, one for one; strictly causal; and a sentence with a fix
// for everything that can be wrong with a file or an option.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { runDetect, runNab } from '../../daemon/cli/detect.ts';
import { runForecast } from '../../daemon/cli/forecast.ts';
import { parseTime } from '../../daemon/monitor/csv.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { daily, normalOf, rowsOf } from './synthetic.ts';

type Command = typeof runDetect;

async function run(command: Command, args: readonly string[], stdin = ''): Promise<string[]> {
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  assert.equal(await command(args, Readable.from([stdin]), out), 0);
  return Buffer.concat(chunks).toString().trimEnd().split('\n');
}

async function refuses(command: Command, args: readonly string[], words: RegExp): Promise<void> {
  await assert.rejects(command(args, Readable.from(['']), new PassThrough()), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.match(error.problem.message, words);
    assert.ok(error.problem.fix);
    return true;
  });
}

const normal = normalOf(1);
const csv = [
  'timestamp,value',
  ...rowsOf(2_000, (row, timeMs) => (row === 1_500 ? 400 : 50 + 20 * daily(timeMs) + normal())).map(
    ({ timeMs, value }) =>
      `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')},${value.toFixed(3)}`,
  ),
];

describe('pilothouse detect', () => {
  let folder = '';
  const write = (name: string, text: string | Buffer): string => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  };
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-detect-'));
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('gives back each row with a score, and finds the spike', async () => {
    const rows = await run(runDetect, ['--csv', write('a.csv', csv.join('\n'))]);
    assert.equal(rows[0], 'timestamp,value,score');
    assert.equal(rows.length, csv.length);
    rows.slice(1).forEach((row, i) => {
      assert.ok(row.startsWith(`${csv[i + 1]},`), row);
    });
    assert.ok(Number(rows[1_501]!.split(',')[2]) >= 0.5);
  });

  it('gives a truncated file the same scores, from a file, packed, or standard input', async () => {
    const whole = await run(runDetect, ['--csv', '-'], csv.join('\r\n'));
    for (const end of [2, 100, 1_502])
      assert.deepEqual(
        await run(runDetect, ['--csv', write('cut.csv', csv.slice(0, end).join('\n'))]),
        whole.slice(0, end),
      );
    assert.deepEqual(await run(runDetect, ['--csv', write('a.csv.gz', gzipSync(csv.join('\n')))]), whole);
  });

  it('keeps bad rows in their place, with the score 0', async () => {
    const rows = await run(
      runDetect,
      ['--csv', '-'],
      'time,host,value\n1,"a,b",5\n2,x,\nnever,x,5\n3\n4,x,nan\n5,x,6\n5,x,7\n',
    );
    assert.deepEqual(rows.slice(1), ['1,5,0', '2,,0', 'never,5,0', '3,,0', '4,nan,0', '5,6,0', '5,7,0']);
  });

  it('scores every file of a benchmark folder into the same place', async () => {
    write('nab/data/group/one.csv', csv.join('\n'));
    write('nab/data/other/two.csv', csv.slice(0, 30).join('\n'));
    await run(runNab, [path.join(folder, 'nab'), path.join(folder, 'out')]);
    const lines = (name: string): number =>
      fs
        .readFileSync(path.join(folder, 'out', name), 'utf8')
        .trim()
        .split('\n').length;
    assert.deepEqual([lines('group/one.csv'), lines('other/two.csv')], [csv.length, 30]);
  });

  it('judges many columns after a training part, and leaves labels out', async () => {
    const table = (seed: number, label: boolean): string => {
      const draw = normalOf(seed);
      const rows = Array.from({ length: 300 }, (_, i) => {
        const load = label && i === 200 ? 90 : draw();
        return [load, 2 * load + 0.1 * draw(), draw(), ...(label ? [i === 200 ? 1 : 0] : [])].join(',');
      });
      return [`a,b,c${label ? ',label' : ''}`, ...rows].join('\n');
    };
    const train = write('train.csv', table(2, false));
    const judge = write('judge.csv', table(3, true));
    const scores = await run(runDetect, ['--multi', judge, '--train', train]);
    assert.equal(scores.length, 301);
    assert.ok(Number(scores[201]) >= 0.5);
    assert.ok(scores.slice(1).every((score) => Number(score) >= 0 && Number(score) < 1));
    const plain = await run(runDetect, ['--multi', judge, '--train', train, '--method', 'pca']);
    assert.ok(Number(plain[201]) > 100);
    const cut = write('cut-table.csv', table(3, true).split('\n').slice(0, 202).join('\n'));
    assert.deepEqual(await run(runDetect, ['--multi', cut, '--train', train]), scores.slice(0, 202));
    await refuses(
      runDetect,
      ['--multi', write('b.csv', 'a,b\n1,2\n'), '--train', train],
      /2 columns of numbers/,
    );
    await refuses(runDetect, ['--multi', judge, '--train', write('e.csv', 'a,b,c\n')], /fewer than two rows/);
  });

  it('says what is wrong with the command line', async () => {
    await refuses(runDetect, ['--csv', path.join(folder, 'none.csv')], /There is no file/);
    await refuses(runDetect, ['--cvs', 'a'], /"--cvs" is not an option/);
    await refuses(runDetect, ['--csv'], /wants a value/);
    await refuses(runDetect, ['--multi', 'a'], /either --csv/);
    await refuses(runDetect, ['--multi', 'a', '--train', 'b', '--method', 'magic'], /no method "magic"/);
    await refuses(runNab, [folder], /two folders/);
    await refuses(runNab, [path.join(folder, 'empty'), folder], /no CSV file/);
  });
});

describe('pilothouse forecast', () => {
  it('prints one row a step, on the clock of the file', async () => {
    const rows = await run(runForecast, ['--csv', '-', '--horizon', '12', '--season', '288'], csv.join('\n'));
    assert.equal(rows[0], 'timestamp,mean,low80,high80,low95,high95');
    assert.equal(rows.length, 13);
    const last = Date.parse(`${csv.at(-1)!.split(',')[0]}Z`);
    rows.slice(1).forEach((row, step) => {
      const [time, mean, low80, high80, low95, high95] = row.split(',');
      assert.equal(Date.parse(time!), last + (step + 1) * 300_000);
      const order = [low95, low80, mean, high80, high95].map(Number);
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        order,
      );
    });
  });

  it('says what is wrong with the command line', async () => {
    await refuses(runForecast, ['--csv', '-', '--horizon', '0'], /--horizon wants a whole number/);
    await refuses(runForecast, ['--csv', '-'], /--horizon wants a whole number/);
    await refuses(runForecast, ['--horizon', '5'], /wants --csv/);
    await refuses(runForecast, ['--csv', '-', '--horizon', '5'], /no row with a time and a number/);
  });
});

describe('a time stamp', () => {
  const expected = Date.UTC(2026, 1, 3, 4, 5, 6);
  for (const text of [
    '2026-02-03 04:05:06',
    '2026-02-03T04:05:06Z',
    '2026-02-03T05:05:06+01:00',
    '2026-02-03T04:05:06.000000',
    '1770091506',
    '1770091506000',
    '1770091506000000',
    '1770091506000000000',
  ])
    it(`is read: ${text}`, () => assert.equal(parseTime(text), expected));
  for (const text of ['', 'soon', '12:00', '2026-13-45 00:00:00'])
    it(`is not read: "${text}"`, () => assert.ok(Number.isNaN(parseTime(text))));
});
