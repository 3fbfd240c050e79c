// What fails again and again is told once, by whoever tries it in the background.

import assert from 'node:assert/strict';
import { createDiskWriter } from '../../daemon/graph/diskWriter.ts';
import { createLearning } from '../../daemon/learn/learning.ts';
import { createTrouble } from '../../daemon/store/trouble.ts';
import { settle } from '../discovery/manualClock.ts';

function logOf() {
  const lines: string[] = [];
  return { lines, log: (level: string, message: string) => void lines.push(`${level} ${message}`) };
}

const full = () => new Error('database or disk is full');

describe('a trouble that lasts', () => {
  it('is told when it comes, when it changes, when it is over and when it comes again', () => {
    const { lines, log } = logOf();
    const trouble = createTrouble('the store', log);
    trouble.isOver();
    for (let round = 0; round < 3; round++) trouble.is(full());
    for (let round = 0; round < 3; round++) trouble.is('read-only');
    for (let round = 0; round < 3; round++) trouble.isOver();
    trouble.is(full());
    assert.deepEqual(lines, [
      'warn the store: database or disk is full',
      'warn the store: read-only',
      'info the store: that is over.',
      'warn the store: database or disk is full',
    ]);
  });

  it('of the graph on a full disk is one line, and nothing that waited is lost', () => {
    const { lines, log } = logOf();
    const written: string[] = [];
    let isFull = true;
    const disk = {
      write(changes: readonly { readonly id: string }[]) {
        if (isFull) throw full();
        written.push(...changes.map(({ id }) => id));
      },
      prune: () => undefined,
    };
    const writer = createDiskWriter(disk as never, Date.now, log);
    for (const id of ['os:vm/1', 'os:vm/2', 'os:vm/3']) {
      writer.add({ id, connection: 'os', atMs: 0, relations: [] });
      writer.flush();
    }
    isFull = false;
    writer.dispose();
    assert.deepEqual(written, ['os:vm/1', 'os:vm/2', 'os:vm/3']);
    assert.deepEqual(lines, [
      'warn The graph could not be written to disk: database or disk is full',
      'info The graph could not be written to disk: that is over.',
    ]);
  });

  it('of the store of learnt models is one line, and the minute goes on', async () => {
    const { lines, log } = logOf();
    let tries = 0;
    const open = (): never => {
      tries++;
      throw full();
    };
    const learning = createLearning({ open, log } as never);
    for (let minute = 0; minute < 3; minute++) {
      learning.tick();
      await settle();
    }
    await learning.dispose();
    assert.equal(tries, 3, 'it is tried again');
    assert.deepEqual(lines, ['warn learning: database or disk is full']);
  });
});
