// How a sentence was understood, as a person sees it.

import assert from 'node:assert/strict';
import type { PlanReading } from '../../shared/model/reading.ts';
import { chipsOf, segmentsOf } from '../../webview/chat/chips.ts';

const text = 'Create S.4 VM named dev-box';
const reading: PlanReading = {
  kind: 'plan',
  text,
  source: 'embedded',
  confidence: 1,
  risk: 'change',
  steps: [
    {
      operation: 'create.vm',
      args: { flavor: 'S.4', name: 'dev-box', count: 1 },
      after: [],
      evidence: [
        { part: 'verb', start: 0, end: 6, text: 'Create' },
        { part: 'args.flavor', start: 7, end: 10, text: 'S.4' },
        { part: 'kind', start: 11, end: 13, text: 'VM' },
        { part: 'args.name', start: 14, end: 27, text: 'named dev-box' },
      ],
    },
  ],
};

describe('chips', () => {
  it('say where a saved alias gave the target', () => {
    const evidence = [{ part: 'target', start: 5, end: 11, text: 'the db', alias: true as const }];
    const target = { kind: 'resources' as const, ids: ['x:vm/1'] };
    const step = { operation: 'stop.vm', args: {}, after: [], target, evidence };
    const [row] = chipsOf({ ...reading, text: 'stop the db', steps: [step] }, { 'x:vm/1': 'db-prod-1' });
    assert.deepEqual(
      row?.map((chip) => [chip.label, chip.value, chip.byAlias]),
      [
        ['do', 'stop', false],
        ['kind', 'vm', false],
        ['target', 'db-prod-1', true],
      ],
    );
  });

  it('show verb, kind and every argument, with the words that gave them', () => {
    const [row] = chipsOf(reading, {});
    assert.deepEqual(
      row?.map((chip) => [chip.label, chip.value, chip.words]),
      [
        ['do', 'create', 'Create'],
        ['kind', 'vm', 'VM'],
        ['flavor', 'S.4', 'S.4'],
        ['name', 'dev-box', 'named dev-box'],
        ['count', '1', ''],
      ],
    );
  });

  it('name targets by their names and count what does not fit', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => `sandbox:vm/${name}`);
    const names = Object.fromEntries(ids.map((id, index) => [id, `web-${index}`]));
    const step = {
      operation: 'stop.vm',
      target: { kind: 'resources', ids },
      args: {},
      after: [],
      evidence: [],
    } as const;
    const target = chipsOf({ ...reading, steps: [step] }, names)[0]?.find((chip) => chip.part === 'target');
    assert.equal(target?.value, 'web-0, web-1, web-2 and 2 more');
    assert.equal(target?.correctable, true);
  });

  it('name the resource an argument refers to', () => {
    const step = {
      operation: 'attach.volume',
      target: { kind: 'created', step: 0 },
      args: { to: 'sandbox:vm/x' },
      after: [0],
      evidence: [],
    } as const;
    const [row] = chipsOf({ ...reading, steps: [step] }, { 'sandbox:vm/x': 'web-1' });
    assert.deepEqual(
      row?.slice(2).map((chip) => [chip.label, chip.value, chip.correctable]),
      [
        ['target', 'what step 1 makes', false],
        ['to', 'web-1', true],
      ],
    );
  });

  it('offer no correction where nothing would be changed', () => {
    const chips = chipsOf({ ...reading, kind: 'query' }, {}).flat();
    assert.ok(chips.every((chip) => !chip.correctable));
  });

  it('do not stand at questions back', () => {
    assert.deepEqual(
      chipsOf(
        {
          kind: 'clarify',
          text,
          source: 'embedded',
          confidence: 0,
          about: 'op',
          question: '?',
          candidates: [],
        },
        {},
      ),
      [],
    );
  });
});

describe('the typed words', () => {
  it('are cut where evidence begins and ends, and lose nothing', () => {
    const segments = segmentsOf(reading, text);
    assert.equal(segments.map((segment) => segment.text).join(''), text);
    assert.deepEqual(segments.find((segment) => segment.text === 'S.4')?.parts, ['0:args.flavor']);
  });

  it('survive evidence that lies outside of them', () => {
    const steps = [{ ...reading.steps[0]!, evidence: [{ part: 'verb', start: 5, end: 500, text: 'x' }] }];
    assert.deepEqual(segmentsOf({ ...reading, steps }, text), [{ text, parts: [] }]);
  });

  it('stand whole where there is no reading', () => {
    assert.deepEqual(segmentsOf(undefined, 'hello'), [{ text: 'hello', parts: [] }]);
    assert.deepEqual(segmentsOf(undefined, ''), []);
  });
});
