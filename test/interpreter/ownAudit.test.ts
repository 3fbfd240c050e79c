// "What did I do today?" is asked of the trail of who asks.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;
const { fixture, interpreter } = createReader(folder)('aws-mid');

function actorOf(text: string, user?: string): unknown {
  const reading = interpreter.read({ text, nowMs: fixture.nowMs, user });
  assert.ok(reading.kind === 'query', text);
  assert.deepEqual(
    reading.steps.map(({ operation }) => operation),
    ['audit.list'],
    text,
  );
  return reading.steps[0]!.args.actor;
}

describe('what one did oneself', () => {
  for (const text of [
    'what did I do today',
    'What did I do today? I clicked around a lot and am a bit nervous now.',
    'what have i deleted this week',
    'what have I changed since monday',
    'what was done by me today',
    'show me my changes since yesterday',
    'list what I did yesterday',
    'what I changed today please',
    'which vms did I stop this week',
    'which things did I delete today',
    'audit trail of my actions since monday',
  ])
    it(`is what who asks did: ${text}`, () => {
      assert.equal(actorOf(text, 'nadia'), 'nadia');
    });

  it('is nobody else, and no one where it is not known who asks', () => {
    assert.equal(actorOf('what did carol do today', 'nadia'), 'carol');
    assert.equal(actorOf('who changed jenkins yesterday', 'nadia'), undefined);
    assert.equal(actorOf('what changed since yesterday', 'nadia'), undefined);
    assert.equal(actorOf('what did I do today'), undefined);
  });
});
