// The judge of what stands beside an order, over sentences it was not trained on: it tells what only tells from what
// matters, an order is carried out beside the one and asked about beside the other. The floors may only rise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { createInventory } from '../../daemon/interpreter/inventory/inventory.ts';
import { featuresOf, maskedWords } from '../../daemon/interpreter/judge/features.ts';
import { mattering } from '../../daemon/interpreter/judge/judge.ts';
import { type Cell, cellsOf } from '../../daemon/interpreter/words/cells.ts';
import { createLexicon } from '../../daemon/interpreter/words/lexicon.ts';
import { tokenise } from '../../daemon/interpreter/words/tokens.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { sameSteps, stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const lexicon = createLexicon(catalogue);
const inventory = createInventory();
inventory.apply({ upserts: reader('aws-mid').fixture.resources, removes: [] });

/** `inventory | T or M sort | text with the [order] and {what matters}`. */
const heldIn = (file: string) =>
  readFileSync(new URL(`./judge/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [inventory = '', label = '', marked = ''] = line.split(' | ');
      const order = marked.slice(marked.indexOf('[') + 1, marked.lastIndexOf(']'));
      return { inventory, matters: label.startsWith('M'), order, text: marked.replace(/[[\]{}]/g, '') };
    });

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs, context: {} });
}

function cells(text: string): readonly Cell[] {
  return cellsOf(tokenise(text), lexicon, inventory, reader('aws-mid').fixture.nowMs);
}

describe('the judge of what stands beside an order', function () {
  this.timeout(120_000);
  // The second file says what matters as people mostly do; much of it, like exceptions, is read and rightly acted on.
  for (const { file, toldLeast, actsMost } of [
    { file: 'held.txt', toldLeast: 0.76, actsMost: 0.3 },
    { file: 'held-plain.txt', toldLeast: 0.76, actsMost: 0.27 },
  ]) {
    const ordered = heldIn(file).flatMap((item) => {
      const alone = read(item.order, item.inventory);
      return alone.kind === 'plan' ? [{ ...item, alone }] : [];
    });

    it(`lets an order stand beside what only tells: ${file}`, () => {
      const told = ordered.filter(({ matters }) => !matters);
      const right = told.filter(({ alone, text, inventory }) =>
        sameSteps(stepsOf(alone), stepsOf(read(text, inventory))),
      );
      assert.ok(right.length / told.length >= toldLeast, `${right.length} of ${told.length}`);
    });

    it(`asks beside what matters: ${file}`, () => {
      const weighty = ordered.filter(({ matters }) => matters);
      const acting = weighty.filter(({ text, inventory }) => read(text, inventory).kind === 'plan');
      assert.ok(
        acting.length / weighty.length <= actsMost,
        `${acting.length} of ${weighty.length}: ${acting.map(({ text }) => text).join('\n')}`,
      );
    });
  }

  for (const [text, least, most] of [
    ['my jobs sit in the queue forever', 0, 0.2],
    ['the vendor swapped the power supply', 0, 0.2],
    ['wrong box, my bad', 0, 0.35],
    ['the CISO has yet to sign the exception', 0.5, 1],
    ['the night batch has to finish first', 0.5, 1],
    ['at two in the morning, not now', 0.5, 1],
  ] as const)
    it(`weighs "${text}"`, () => {
      const found = mattering(cells(text), 'behind', 'changes');
      assert.ok(found >= least && found <= most, String(found));
    });

  it('weighs nothing as nothing', () => {
    assert.equal(mattering([], 'behind', 'destroys'), 0);
    assert.equal(mattering(cells(',.;:'), 'before', 'makes'), 0);
  });

  it('looks at no name and no figure', () => {
    const masked = (text: string): readonly string[] => maskedWords(cells(text));
    assert.deepEqual(masked('web-prod-1 has 12 users'), masked('mongo-1 has 900 users'));
    assert.ok(
      !featuresOf(masked('"drop all" said web-prod-1'), 'behind', 'stops').some((one) =>
        one.includes('drop'),
      ),
    );
  });
});

describe('a plan beside what matters', () => {
  for (const [text, said] of [
    ['reboot web-prod-1, the night batch has to finish first', /night batch/],
    ['delete poc-disk, legal wants to look at it first', /legal/],
  ] as const)
    it(`asks at "${text}"`, () => {
      const reading = read(text, 'aws-mid');
      assert.equal(reading.kind, 'clarify');
      assert.match(reading.kind === 'clarify' ? reading.question : '', said);
    });

  for (const text of [
    'reboot web-prod-2, my jobs sit in the queue forever',
    'the vendor swapped the power supply over lunch, reboot web-prod-2',
    'The rack is being worked on, expected noise: ack HighCPU-web-prod-2',
  ])
    it(`acts at "${text}"`, () => assert.equal(read(text, 'aws-mid').kind, 'plan'));
});
