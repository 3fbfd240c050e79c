// Log files that grow under the reader: whole lines only, nothing twice and nothing left out over renames, also several
// between two looks, cuts, and lines longer than a batch.

import assert from 'node:assert/strict';
import { appendFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readTail, type TailLimits, type TailPlace } from '../../daemon/executors/kit/tailFile.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

function follow(file: string, bounds: Partial<TailLimits> = {}) {
  let place: TailPlace | undefined;
  return async (): Promise<string> => {
    let text = '';
    for (let i = 0; i < 100; i++) {
      const read = await readTail(file, place, { bytesMax: 64, firstBytesMax: 640, ...bounds });
      place = read.next;
      text += read.text;
      if (!read.more) return text;
    }
    return assert.fail('there is no end');
  };
}

describe('a log file that is read on', () => {
  let file: string;
  beforeEach(() => {
    file = path.join(tempFolder(), 'audit.log');
  });
  afterEach(removeTempFolders);

  /** As lumberjack does; files of one test are told apart by their time, as those of an hour are. */
  function rotate(minute: number): void {
    const name = path.join(path.dirname(file), `audit-2026-11-21T20-0${minute}-00.000.log`);
    renameSync(file, name);
    utimesSync(name, 1_000 + minute, 1_000 + minute);
  }

  it('gives each whole line once', async () => {
    writeFileSync(file, 'one\ntwo\nthr');
    const read = follow(file);
    assert.equal(await read(), 'one\ntwo\n');
    assert.equal(await read(), '');
    appendFileSync(file, 'ee\n');
    assert.equal(await read(), 'three\n');
  });

  it('reads what was renamed to its end, however often, before what is in its place', async () => {
    writeFileSync(file, 'one\n');
    const read = follow(file);
    assert.equal(await read(), 'one\n');
    appendFileSync(file, 'two\n');
    rotate(1);
    writeFileSync(file, 'three\n');
    rotate(2);
    writeFileSync(file, 'four\n');
    writeFileSync(path.join(path.dirname(file), 'audit-policy.log'), 'other\n');
    assert.equal(await read(), 'two\nthree\nfour\n');
    assert.equal(await read(), '');
  });

  it('follows the names of logrotate, too', async () => {
    writeFileSync(file, 'one\n');
    const read = follow(file);
    await read();
    appendFileSync(file, 'two\n');
    renameSync(file, `${file}.1`);
    writeFileSync(file, 'three\n');
    assert.equal(await read(), 'two\nthree\n');
  });

  it('begins anew where the file was cut, and at what is there where the old one is gone', async () => {
    writeFileSync(file, 'a long first line\n');
    const read = follow(file);
    await read();
    truncateSync(file);
    writeFileSync(file, 'new\n');
    assert.equal(await read(), 'new\n');
    rotate(1);
    renameSync(path.join(path.dirname(file), 'audit-2026-11-21T20-01-00.000.log'), `${file}.gz`);
    writeFileSync(file, 'newer\n');
    assert.equal(await read(), 'newer\n');
  });

  it('passes a line over that is too long, and takes one that is only longer than a batch', async () => {
    const [long, endless] = ['l'.repeat(100), 'e'.repeat(300)];
    writeFileSync(file, `one\n${long}\n${endless}\ntwo\n`);
    const text = await follow(file, { lineBytesMax: 200 })();
    assert.deepEqual(
      text.split('\n').filter((line) => !/^e*$/.test(line)),
      ['one', long, 'two'],
    );
  });

  it('begins not too far from the end', async () => {
    writeFileSync(file, `${'old\n'.repeat(1_000)}new\n`);
    assert.equal((await follow(file)()).split('\n').length, 161);
  });
});
