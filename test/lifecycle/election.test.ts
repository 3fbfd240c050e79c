// Who is the daemon: one by the lock, and a wait that a clock put forward or back neither ends nor draws out.

import assert from 'node:assert/strict';
import path from 'node:path';
import { elect } from '../../daemon/lifecycle/election.ts';
import { takeProcessLock } from '../../daemon/store/processLock.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

describe('lifecycle/election', () => {
  const now = Date.now;
  let folder: string;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => {
    Date.now = now;
    removeTempFolders();
  });

  /** The other has the lock and does not listen yet. */
  function holdLock(): () => void {
    const release = takeProcessLock(path.join(folder, 'daemon.lock'));
    assert.ok(release);
    return release;
  }

  it('is won by who takes the lock, and again when that one has ended', async () => {
    const first = await elect(folder);
    assert.ok(first.won);
    assert.deepEqual(await elect(folder, 0), { won: false, pid: undefined });
    first.release();
    const second = await elect(folder);
    assert.ok(second.won);
    second.release();
  });

  it('waits on when the clock is put forward meanwhile', async () => {
    const release = holdLock();
    const waiting = elect(folder, 60_000);
    Date.now = () => now() + 86_400_000;
    // The look after the jump must not be the last one.
    await new Promise((resolve) => setTimeout(resolve, 100));
    release();
    const election = await waiting;
    assert.ok(election.won);
    election.release();
  });

  it('ends its wait also when the clock is put back meanwhile', async () => {
    const release = holdLock();
    const waiting = elect(folder, 50);
    Date.now = () => now() - 86_400_000;
    assert.deepEqual(await waiting, { won: false, pid: undefined });
    release();
  });
});
