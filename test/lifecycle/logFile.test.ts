// The log: no secrets, no end without a bound, and never a reason to stop.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createLog } from '../../daemon/lifecycle/logFile.ts';
import { takeProcessLock } from '../../daemon/store/processLock.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

describe('the log', () => {
  afterEach(removeTempFolders);

  it('writes one line an event, private, without secrets', () => {
    const file = path.join(tempFolder(), 'daemon.log');
    const log = createLog({ file, now: () => 0 });
    log('info', 'hello');
    log('debug', 'not wanted');
    log('warn', 'token=abcdefgh and\na second line');
    assert.equal(
      fs.readFileSync(file, 'utf8'),
      '1970-01-01T00:00:00.000Z info hello\n1970-01-01T00:00:00.000Z warn token=[redacted] and\n  a second line\n',
    );
    if (process.platform !== 'win32') assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it('keeps one earlier file and no more', () => {
    const folder = tempFolder();
    const file = path.join(folder, 'daemon.log');
    const log = createLog({ file, bytesMax: 1_000 });
    for (let i = 0; i < 200; i++) log('info', `line ${i}`);
    assert.deepEqual(fs.readdirSync(folder).sort(), ['daemon.log', 'daemon.log.1']);
    for (const name of fs.readdirSync(folder)) assert.ok(fs.statSync(path.join(folder, name)).size <= 1_000);
    assert.match(fs.readFileSync(file, 'utf8'), /line 199/);
  });

  it('loses what cannot be written, and nothing else', () => {
    const log = createLog({ file: path.join(tempFolder(), 'not', 'there', 'daemon.log') });
    log('error', 'nowhere to go');
  });
});

describe('the lock of a process', () => {
  afterEach(removeTempFolders);

  it('is held by one and free again when let go', () => {
    const file = path.join(tempFolder(), 'daemon.lock');
    const release = takeProcessLock(file);
    assert.ok(release);
    assert.equal(takeProcessLock(file), undefined);
    release();
    const again = takeProcessLock(file);
    assert.ok(again);
    again();
  });

  it('says so where it cannot be made', () =>
    assert.throws(() => takeProcessLock('/nowhere/daemon.lock'), /nowhere/));
});
