// The small pure parts of the pages: the chart's line, what is announced, going back through what was asked.

import assert from 'node:assert/strict';
import type { PanelTurn } from '../../shared/panel/chat.ts';
import { announcementOf, announcementOfPlan } from '../../webview/chat/announce.ts';
import { createRecall } from '../../webview/chat/recall.ts';
import { linePoints, seriesSummary } from '../../webview/chat/series.ts';
import { samplePlan } from '../extension/samples.ts';

describe('the chart of a series', () => {
  const block = {
    kind: 'series',
    title: 'CPU',
    unit: '%',
    points: [
      [0, 10],
      [1_000, 30],
      [2_000, 20],
    ],
  } as const;

  it('goes from left to right, high values at the top', () => {
    assert.deepEqual(linePoints(block.points), [
      [4, 60],
      [150, 4],
      [296, 32],
    ]);
  });

  it('draws a flat line in the middle', () => {
    assert.deepEqual(
      linePoints([
        [0, 5],
        [10, 5],
      ]),
      [
        [4, 32],
        [296, 32],
      ],
    );
  });

  it('leaves out what is not a number', () => {
    assert.equal(
      linePoints([
        [0, Number.NaN],
        [1, 2],
      ]).length,
      1,
    );
    assert.deepEqual(linePoints([]), []);
  });

  it('says in words what it shows', () => {
    assert.equal(seriesSummary(block), 'now 20 %, lowest 10 %, highest 30 %');
    assert.equal(seriesSummary({ ...block, points: [] }), 'CPU: no data in this time.');
  });
});

describe('announcements', () => {
  const turn: PanelTurn = { key: 'a', at: '', text: 'x', state: 'answered', names: {} };

  it('say that a plan waits, and how it ended', () => {
    assert.equal(announcementOf({ ...turn, plan: samplePlan() }), 'Plan ready for review: Stop VM web-0.');
    assert.equal(
      announcementOfPlan(samplePlan({ state: 'failed', outcome: 'The cloud refused.' })),
      'Stop VM web-0: Failed. The cloud refused.',
    );
  });

  it('say which step runs', () => {
    const plan = samplePlan(
      { state: 'running', runs: [{ index: 1, state: 'running', progress: 'Waiting.' }] },
      3,
    );
    assert.equal(announcementOfPlan(plan), 'Stop 3 VMs: step 2 of 3. Waiting.');
  });

  it('say what is wrong before anything else', () => {
    assert.equal(announcementOf({ ...turn, plan: samplePlan(), problem: { message: 'No.' } }), 'No.');
  });
});

describe('going back through what was asked', () => {
  it('goes back to the oldest and forward to what was half typed', () => {
    const recall = createRecall();
    recall.set(['one', 'two']);
    assert.equal(recall.older('draft'), 'two');
    assert.equal(recall.older('two'), 'one');
    assert.equal(recall.older('one'), undefined);
    assert.equal(recall.newer(), 'two');
    assert.equal(recall.newer(), 'draft');
    assert.equal(recall.newer(), undefined);
  });

  it('keeps the same sentence once', () => {
    const recall = createRecall();
    recall.add('one');
    recall.add('one');
    assert.equal(recall.older(''), 'one');
    assert.equal(recall.older('one'), undefined);
  });
});
