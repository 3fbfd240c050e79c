// Framing: whatever pieces the bytes come in, the same lines come out, and no line outgrows its limit.

import assert from 'node:assert/strict';
import { createLineReader } from '../../shared/protocol/framing.ts';

function read(chunks: readonly (string | Uint8Array)[], frameBytesMax = 1_000) {
  const lines: string[] = [];
  const tooLong: number[] = [];
  const reader = createLineReader({
    frameBytesMax,
    onLine: (line) => lines.push(line),
    onTooLong: (bytes) => tooLong.push(bytes),
  });
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return { lines, tooLong, heldBytes: reader.heldBytes };
}

describe('framing', () => {
  it('gives one line for each newline, in order', () =>
    assert.deepEqual(read(['a\nbb\nccc\n']).lines, ['a', 'bb', 'ccc']));

  it('puts a line together that comes in pieces, also cut inside a character', () => {
    const bytes = Buffer.from('{"name":"größe-漢字-🚀"}\n{"b":1}\n');
    for (let size = 1; size <= bytes.length; size++) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      assert.deepEqual(read(chunks).lines, ['{"name":"größe-漢字-🚀"}', '{"b":1}'], `pieces of ${size}`);
    }
  });

  it('passes over empty lines and keeps what has no end yet', () => {
    const { lines, heldBytes } = read(['\n\na\n\nhalf']);
    assert.deepEqual(lines, ['a']);
    assert.equal(heldBytes, 4);
  });

  it('takes a line of exactly the limit', () =>
    assert.deepEqual(read([`${'x'.repeat(10)}\n`], 10), {
      lines: ['x'.repeat(10)],
      tooLong: [],
      heldBytes: 0,
    }));

  it('stops at a line over the limit, ended or not, and holds nothing after it', () => {
    assert.deepEqual(read(['ok\n', `${'x'.repeat(11)}\n`, 'after\n'], 10), {
      lines: ['ok'],
      tooLong: [11],
      heldBytes: 0,
    });
    const endless = read(
      Array.from({ length: 50 }, () => 'xxxx'),
      10,
    );
    assert.deepEqual(endless.lines, []);
    assert.equal(endless.tooLong.length, 1);
    assert.equal(endless.heldBytes, 0);
  });

  it('counts bytes, not characters', () => assert.equal(read(['漢字漢字\n'], 10).tooLong.length, 1));

  it('copies each byte of a long line in small pieces only once', () => {
    let copied = 0;
    const reader = createLineReader({
      frameBytesMax: 1 << 20,
      onLine: () => {},
      onTooLong: () => assert.fail('too long'),
      decode: (bytes) => {
        copied += bytes.length;
        return '';
      },
    });
    for (let i = 0; i < 10_000; i++) reader.push(Buffer.from('0123456789'));
    assert.equal(copied, 0);
    reader.push(Buffer.from('\n'));
    assert.equal(copied, 100_000);
  });
});
