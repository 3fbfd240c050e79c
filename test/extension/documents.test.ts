// Addresses and texts of the documents about resources: what is shown is found again, ids become links, and what came
// from a cloud stays on its line.

import assert from 'node:assert/strict';
import { addressOf, idsIn, type Shown, shownAt } from '../../extension/documents/address.ts';
import { changesText, historyText, jsonText, queryText } from '../../extension/documents/graphText.ts';
import { fakeVm } from '../fakes/resources.ts';

describe('the address of a document', () => {
  const all: readonly Shown[] = [
    { topic: 'details', id: 'lab:vm/a b&c?d#e/f%20' },
    {
      topic: 'logs',
      id: 'k8s:pod/prod/web',
      grep: 'ERROR 100%',
      since: '2026-11-20T10:00:00Z',
      previous: true,
      part: 'web-1/main',
    },
    { topic: 'manifest', id: 'k8s:deployment/shop/web' },
    { topic: 'history', id: 'lab:vm/ü' },
    { topic: 'record', id: 'lab:vm/a', at: '2026-11-20T10:00:00.000Z' },
    { topic: 'changes', connection: 'lab', from: '2026-11-20T10:00:00Z' },
    { topic: 'query', text: "MATCH (v:vm) WHERE v.name = 'ä\n&' RETURN v" },
  ];
  for (const shown of all)
    it(`is read back: ${shown.topic}`, () => {
      const address = addressOf(shown, 'web 1/../x');
      assert.deepEqual(shownAt(address), shown);
      assert.match(address.path, /^\/[\w. -]+$/);
    });
  it('is not understood where nobody here made it', () => {
    for (const [authority, query] of [
      ['details', ''],
      ['details', '%7B%7D'],
      ['details', 'lab%3Avm%2Fa'],
      ['other', '%7B%22id%22%3A%22x%22%7D'],
      ['changes', '%7B%22connection%22%3A%22x%22%7D'],
      ['details', '%'],
    ] as const)
      assert.equal(shownAt({ authority, query }), undefined);
  });
});

describe('ids in a text', () => {
  it('are found with their places, where the connection is known', () => {
    const text = 'vm web (lab:vm/web) on other:vm/x, at http://lab:80/y and lab:pod/prod/api-1.';
    const found = idsIn(text, (id) => id === 'lab');
    assert.deepEqual(
      found.map(({ id }) => id),
      ['lab:vm/web', 'lab:pod/prod/api-1.'],
    );
    for (const { id, start, end } of found) assert.equal(text.slice(start, end), id);
  });
});

describe('the texts of documents', () => {
  it('show a record with its keys in order, so that two can be compared', () =>
    assert.equal(jsonText({ b: { d: 1, c: [2] }, a: 'x' }), jsonText({ a: 'x', b: { c: [2], d: 1 } })));
  it('show rows in columns, under the query', () => {
    const rows = [
      ['web', 2, null],
      ['a\nb', 10, { name: 'n', id: 'lab:vm/n' }],
    ];
    const text = queryText('RETURN 1', { columns: ['name', 'n', 'vm'], rows, truncated: true, elapsedMs: 3 });
    assert.equal(
      text,
      [
        'RETURN 1',
        '',
        'name  n   vm',
        '----  --  ------------',
        'web   2',
        'a b   10  n (lab:vm/n)',
        '',
        '2 rows, and there are more, 3 ms',
        '',
      ].join('\n'),
    );
  });
  it('show an answer without rows or columns', () => {
    assert.match(
      queryText('Q', { columns: ['x'], rows: [], truncated: false, elapsedMs: 0 }),
      /0 rows, 0 ms/,
    );
  });
  it('show what a thing was and what changed each time', () => {
    const text = historyText('web', [
      { at: '2026-11-20T11:00:00Z', fields: [] },
      {
        at: '2026-11-20T10:00:00Z',
        resource: { ...fakeVm('web'), status: 'stopped' },
        fields: [{ field: 'status', before: 'running', after: 'stopped' }],
      },
      { at: '2026-11-20T09:00:00Z', resource: fakeVm('web'), fields: [] },
    ]);
    assert.match(text, /gone\n.*stopped\n {4}status: "running" → "stopped"\n.*running \(first seen\)/);
    assert.match(historyText('web', []), /Nothing is known/);
  });
  it('show changes, what is gone first, each with its id', () => {
    const change = (name: string, what: 'appeared' | 'vanished' | 'changed') =>
      ({ id: `lab:vm/${name}`, name, kind: 'vm', change: what, fields: [] }) as const;
    const text = changesText('lab', '2026-11-20T10:00:00Z', {
      changes: [change('new', 'appeared'), change('old', 'vanished')],
      total: 5,
    });
    assert.ok(text.indexOf('Vanished (1)') < text.indexOf('Appeared (1)'));
    assert.match(text, /vm old \(lab:vm\/old\)/);
    assert.match(text, /and 3 more/);
    assert.match(changesText('lab', 'x', { changes: [], total: 0 }), /Nothing changed/);
    const cut = changesText('lab', 'x', { changes: [], total: 0, knownSince: '2026-11-20T10:00:00Z' });
    assert.match(cut, /before .* is not known/);
  });
});
