// Edits of manifests outlive the window: what was saved is found by another one, what was only looked at is let go
// first, and a file that was cut off is read anew. And the address of a manifest is found again, whatever is in an id.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { manifestAddressOf, resourceAt } from '../../extension/documents/manifestAddress.ts';
import { createDrafts, type Draft } from '../../extension/documents/manifestDrafts.ts';

const draft: Draft = { id: 'k8s:deployment/shop/web', base: 'a: 1\n', version: 'u/1', atMs: 5 };

describe('edits of manifests', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'pilothouse-drafts-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('are found by the next window', async () => {
    const drafts = createDrafts(path.join(folder, 'new'));
    assert.equal(await drafts.get(draft.id), undefined);
    await drafts.put(draft);
    assert.equal(drafts.isEdited(draft.id), false);
    await drafts.put({ ...draft, text: 'a: 2\n' });
    assert.equal(drafts.isEdited(draft.id), true);
    const next = createDrafts(path.join(folder, 'new'));
    assert.deepEqual(await next.get(draft.id), { ...draft, text: 'a: 2\n' });
    assert.equal(next.isEdited(draft.id), true);
    await next.remove(draft.id);
    assert.equal(await createDrafts(path.join(folder, 'new')).get(draft.id), undefined);
  });

  it('are readable by their user alone', async () => {
    await createDrafts(folder).put({ ...draft, text: 'a: 2\n' });
    const [file] = await fs.readdir(folder);
    if (process.platform === 'win32') return;
    assert.equal((await fs.stat(path.join(folder, file!))).mode & 0o077, 0);
  });

  it('are kept when what was only looked at is let go', async () => {
    const drafts = createDrafts(folder);
    await drafts.put({ ...draft, text: 'a: 2\n' });
    for (let at = 0; at < 105; at++) await drafts.put({ ...draft, id: `k8s:pod/shop/p${at}` });
    assert.ok((await fs.readdir(folder)).length <= 100);
    assert.equal((await createDrafts(folder).get(draft.id))?.text, 'a: 2\n');
  });

  it('are begun anew where a file was cut off', async () => {
    await createDrafts(folder).put(draft);
    const [file] = await fs.readdir(folder);
    await fs.writeFile(path.join(folder, file!), '{"id": "k8s');
    assert.equal(await createDrafts(folder).get(draft.id), undefined);
  });
});

describe('the address of a manifest', () => {
  for (const id of [
    'k8s:deployment/shop/web',
    'k8s:custom-resource/a/w.example.com/x',
    'a:pod/ü b&c?d#e%20/f',
  ])
    it(`is found again: ${id}`, () => {
      const address = manifestAddressOf(id);
      assert.equal(resourceAt(address), id);
      assert.match(address.path, /^(?:\/[\w.-]+)+\.yaml$/);
    });
  it('is not understood where nobody here made it', () => {
    assert.equal(resourceAt({ scheme: 'file', query: draft.id }), undefined);
    assert.equal(resourceAt({ scheme: 'pilothouse-manifest', query: '' }), undefined);
  });
});
