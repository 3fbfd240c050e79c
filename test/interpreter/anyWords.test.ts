// Whatever is typed is read: halves of sentences, two run together, marks where none belong, words in any order. The
// answer may be a question, never an error. The words come from the held sets.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Item } from '../../daemon/cli/fixtures.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { createRandom, type Random } from './random.ts';

const folder = new URL('./sets/', import.meta.url).pathname;
const reader = createReader(`${folder}inventories`);
const items = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(`${folder}${name}`, 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as Item);
const marks = [',', '.', ';', ':', 'and', 'then', '?', '!', '(', ')', '-', '"', 'it', 'the', 'that', 'all'];
const count = 2_500;

/** Some words made of two sentences, in one of four ways. */
function scrambled(way: number, first: readonly string[], second: readonly string[], random: Random): string {
  const from = random.whole(first.length);
  if (way === 0) return first.slice(from, from + 1 + random.whole(first.length)).join(' ');
  if (way === 1) return [...first.slice(0, from + 1), ...second.slice(random.whole(second.length))].join(' ');
  if (way === 2) {
    const words = [...first];
    for (let slip = 0; slip < 3; slip++)
      words.splice(random.whole(words.length + 1), 1, ...(random.chance(0.5) ? [] : [random.pick(marks)]));
    return words.join(' ');
  }
  const all = [...first, ...second];
  return Array.from({ length: 1 + random.whole(8) }, () =>
    random.pick(random.chance(0.3) ? marks : all),
  ).join(' ');
}

describe('any words', function () {
  this.timeout(240_000);

  it('are read without an error, by themselves and as a reply', () => {
    const random = createRandom(20_261_123);
    for (let turn = 0; turn < count; turn++) {
      const one = random.pick(items);
      const mates = items.filter(({ inventory }) => inventory === one.inventory);
      const other = random.pick(mates);
      const text = scrambled(turn % 4, one.text.split(/\s+/), other.text.split(/\s+/), random);
      const { fixture, interpreter } = reader(one.inventory);
      const refs = fixture.resources.slice(turn % 40, (turn % 40) + 2).map(({ id }) => id);
      const reply = {
        turns: [
          { role: 'user' as const, text: other.text },
          { role: 'assistant' as const, text: 'ok', refs },
        ],
      };
      for (const context of [{}, reply])
        assert.doesNotThrow(() => interpreter.read({ text, nowMs: fixture.nowMs, context }), text);
    }
  });

  for (const text of [
    '',
    ' ',
    '.',
    '?',
    '"',
    'namespace: delete them',
    'delete',
    'then',
    'aws',
    'aws ! it',
    'openstack :',
    'and and',
    'and size of web-01',
    'and flavor?',
    'restart web in prod, same',
    'stop db-1 and do the same with',
    '((',
    '-',
  ])
    it(`"${text}" is read without an error`, () => {
      const { fixture, interpreter } = reader('k8s-mid');
      assert.doesNotThrow(() => interpreter.read({ text, nowMs: fixture.nowMs, context: {} }));
    });
});
