// The editor's own models: a question goes to the editor that waits, its answer comes back, and an editor that goes
// away, fails or answers too late is a sentence and nothing more.

import assert from 'node:assert/strict';
import type { Completion } from '../../daemon/assistant/contract.ts';
import { createEditorModels } from '../../daemon/assistant/editorModels.ts';
import { ProblemError } from '../../shared/model/problem.ts';

const completion: Completion = { text: 'yes', calls: [], inputTokens: 1, outputTokens: 1, model: 'editor-1' };
const idle = new AbortController().signal;

describe("the editor's own models", () => {
  it('are there while an editor waits', () => {
    const models = createEditorModels();
    assert.equal(models.client(undefined), undefined);
    void models.serve(['editor-1'], idle);
    assert.ok(models.client(undefined));
  });

  it('answer a question, in parts and whole', async () => {
    const models = createEditorModels();
    const served = models.serve(['editor-1'], idle);
    const heard: string[] = [];
    const asked = models.client('editor-1')!.complete({
      messages: [{ role: 'user', text: 'hi' }],
      tools: [],
      signal: idle,
      onText: (text) => heard.push(text),
    });
    const ask = await served;
    assert.equal(ask.model, 'editor-1');
    assert.deepEqual(ask.messages, [{ role: 'user', text: 'hi' }]);
    models.reply({ ask: ask.ask, part: 'y' });
    models.reply({ ask: ask.ask, completion });
    assert.deepEqual(await asked, completion);
    assert.deepEqual(heard, ['y']);
    assert.equal(models.reply({ ask: ask.ask, completion }), false, 'an answer is taken once');
  });

  it('fail with a sentence', async () => {
    const models = createEditorModels();
    const served = models.serve(['editor-1'], idle);
    const asked = models.client(undefined)!.complete({ messages: [], tools: [], signal: idle });
    models.reply({ ask: (await served).ask, problem: 'no consent' });
    await assert.rejects(
      asked,
      (error: unknown) => error instanceof ProblemError && /no consent/.test(error.message),
    );
  });

  it('are gone when the editor goes', async () => {
    const models = createEditorModels();
    const controller = new AbortController();
    const served = models.serve(['editor-1'], controller.signal);
    controller.abort();
    await assert.rejects(served, { name: 'AbortError' });
    assert.equal(models.client(undefined), undefined);
  });

  it('are waited for between two rounds of a talk, and not longer than that', async () => {
    const models = createEditorModels(20);
    const ask = { messages: [], tools: [], signal: idle };
    const served = models.serve(['editor-1'], idle);
    const client = models.client(undefined)!;
    const first = client.complete(ask);
    models.reply({ ask: (await served).ask, completion });
    await first;
    assert.ok(models.client(undefined), 'an editor that has just answered is still there');
    const second = client.complete(ask);
    const again = models.serve(['editor-1'], idle);
    models.reply({ ask: (await again).ask, completion });
    assert.deepEqual(await second, completion);
    await assert.rejects(client.complete(ask), (error: unknown) => error instanceof ProblemError);
    assert.equal(models.client(undefined), undefined);
  });

  it('can be given up on', async () => {
    const models = createEditorModels();
    const served = models.serve(['editor-1'], idle);
    const controller = new AbortController();
    const asked = models.client(undefined)!.complete({ messages: [], tools: [], signal: controller.signal });
    const { ask } = await served;
    controller.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.equal(models.reply({ ask, completion }), false);
  });
});
