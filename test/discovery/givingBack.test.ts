// Memory is given back once, when reading has become quiet and it is worth it, and never in the midst of work, of a
// large heap, or where the collector is not within reach.

import assert from 'node:assert/strict';
import { limits } from '../../daemon/config.ts';
import { createGiveBack } from '../../daemon/discovery/giveBack.ts';
import { createManualClock } from './manualClock.ts';

const mb = 1024 * 1024;

function process(start = 20 * mb) {
  const state = { taken: start, used: start, collected: 0 };
  const collect = () => {
    state.collected++;
    state.taken = state.used / 2;
  };
  return { state, heap: { size: () => state, collect } };
}

describe('giving memory back', () => {
  const grown = limits.memorySlackBytes + 20 * mb;
  const twice = 2 * limits.memoryQuietMs;

  it('waits until reading is quiet, then does it once', async () => {
    const clock = createManualClock();
    const { state, heap } = process();
    const giveBack = createGiveBack(clock, heap);
    state.taken = grown;
    giveBack.note(5_000);
    await clock.advance(limits.memoryQuietMs);
    assert.equal(state.collected, 0, 'much came since it began to wait');
    giveBack.note(1);
    await clock.advance(limits.memoryQuietMs);
    assert.equal(state.collected, 1, 'single changes do not keep it waiting');
    assert.deepEqual(clock.pending(), [], 'nothing wakes the process any more');
  });

  it('leaves alone what grew little and what is large', async () => {
    const clock = createManualClock();
    const { state, heap } = process();
    const giveBack = createGiveBack(clock, heap);
    state.taken = grown - 1 - 20 * mb;
    giveBack.note(1);
    await clock.advance(twice);
    state.taken = 40 * limits.memorySlackBytes;
    state.used = limits.memoryReturnHeapBytesMax + 1;
    giveBack.note(1);
    await clock.advance(twice);
    assert.equal(state.collected, 0);
  });

  it('does not do it again soon, however often much is read', async () => {
    const clock = createManualClock();
    const { state, heap } = process();
    const giveBack = createGiveBack(clock, heap);
    const readMuch = async () => {
      state.taken = 10 * grown;
      giveBack.note(1_000);
      await clock.advance(twice);
    };
    await readMuch();
    await readMuch();
    assert.equal(state.collected, 1);
    await clock.advance(limits.memoryReturnEveryMs);
    await readMuch();
    assert.equal(state.collected, 2);
  });

  it('does nothing, and sets no timer, without a collector', () => {
    const clock = createManualClock();
    createGiveBack(clock, { size: () => ({ taken: 0, used: 0 }), collect: undefined }).note(5_000);
    assert.deepEqual(clock.pending(), []);
  });
});
