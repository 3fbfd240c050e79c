// A page shows what clouds and people wrote. There must be no way in it to have that read as markup or script.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pageHtml } from '../../extension/panels/pageHtml.ts';
import { parseFromAudit } from '../../shared/panel/audit.ts';
import { parseFromChat } from '../../shared/panel/chat.ts';

const root = path.resolve(import.meta.dirname, '..', '..', 'webview');
const sources = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') }));

describe('the pages', () => {
  it('never have a string read as markup or script', () => {
    const doors =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(|new Function|srcdoc/;
    assert.ok(sources.length > 8);
    assert.deepEqual(
      sources.filter(({ text }) => doors.test(text)).map(({ file }) => file),
      [],
    );
  });

  it('make text in one place, where what cannot be seen is written out', () => {
    const made = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/createTextNode\((.*?)\(/g)].map(([, by]) => `${file} ${by}`),
    );
    assert.deepEqual(made, ['dom.ts shownText']);
  });

  it('have one door to the editor and one place that knows the components', () => {
    const withApi = sources.filter(({ text }) => /\bacquireVsCodeApi\(/.test(text)).map(({ file }) => file);
    assert.deepEqual(withApi, ['host.ts']);
    const withToolkit = sources
      .filter(({ text }) => /webview-ui-toolkit'/.test(text))
      .map(({ file }) => file);
    assert.deepEqual(withToolkit, ['components.ts']);
  });

  it('have no way to approve', () => {
    assert.deepEqual(
      sources.filter(({ text }) => /plan\/approve|type: 'approve'/.test(text)),
      [],
    );
    assert.equal(parseFromChat({ type: 'approve', plan: 'p', digest: 'd' }), undefined);
  });

  it('take colours from the editor only, so that every theme works', () => {
    const sheets = fs
      .readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.css'));
    const own = sheets.flatMap((file) =>
      fs
        .readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .filter((line) => /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i.test(line)),
    );
    assert.deepEqual(own, []);
  });
});

describe('the frame of a page', () => {
  const html = pageHtml({ script: 'S', styles: ['A', 'B'], source: 'SRC', title: 'T' }, 'NONCE');
  const policy = /content="([^"]+)"/.exec(html)![1]!;

  it('lets in nothing but its own script, styles and fonts', () => {
    assert.ok(policy.startsWith("default-src 'none'"));
    assert.ok(policy.includes("script-src 'nonce-NONCE'"));
    assert.ok(!/unsafe|\*|https?:|data:|connect-src/.test(policy), policy);
  });

  it('has every script under the nonce', () => {
    assert.equal(html.match(/<script/g)?.length, html.match(/<script nonce="NONCE"/g)?.length);
  });
});

describe('messages of the pages', () => {
  it('are taken when they are whole', () => {
    assert.deepEqual(parseFromChat({ type: 'review', plan: 'p', digest: 'd', more: 1 }), {
      type: 'review',
      plan: 'p',
      digest: 'd',
    });
    assert.deepEqual(parseFromChat({ type: 'ready' }), { type: 'ready' });
  });

  for (const rubbish of [
    null,
    'ready',
    {},
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'ask' },
    { type: 'ask', text: '' },
    { type: 'ask', text: 'x'.repeat(2_001) },
    { type: 'choose', key: 'k', candidate: -1 },
    { type: 'choose', key: 'k', candidate: 1.5 },
    { type: 'review', plan: { toString: 'p' }, digest: 'd' },
  ]) {
    it(`are dropped when they are not: ${JSON.stringify(rubbish)?.slice(0, 60)}`, () =>
      assert.equal(parseFromChat(rubbish), undefined));
  }

  it('of the audit page are checked too', () => {
    assert.deepEqual(parseFromAudit({ type: 'list', filter: { actor: 'a', evil: 'x', plan: '' } }), {
      type: 'list',
      filter: { actor: 'a' },
    });
    assert.equal(parseFromAudit({ type: 'list', filter: { actor: 5 } }), undefined);
    assert.equal(parseFromAudit({ type: 'list', filter: {}, beforeSeq: -1 }), undefined);
    assert.equal(parseFromAudit({ type: 'clear' }), undefined);
  });
});
