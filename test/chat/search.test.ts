// Finding what was said, and keeping it no longer than the person wants.

import assert from 'node:assert/strict';
import path from 'node:path';
import { createChatStore } from '../../daemon/chat/chatStore.ts';
import { chatMigrations } from '../../daemon/chat/migrations.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { SubmitResult } from '../../shared/protocol/messages.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const dayMs = 24 * 3_600_000;
const closers: (() => void)[] = [];

function open(file = path.join(tempFolder(), 'chat.db'), clock = { nowMs: 0 }) {
  const database = openDatabase({ file, durability: 'normal', migrations: chatMigrations });
  closers.push(() => database.close());
  const chat = createChatStore({ database, now: () => clock.nowMs, planOf: () => undefined });
  const texts = () => chat.list({ conversation: 'c', limit: 100 }).map(({ text }) => text);
  const found = (text: string, conversation?: string) =>
    chat.search({ text, limit: 10, ...(conversation && { conversation }) }).turns.map((turn) => turn.text);
  return { chat, clock, texts, found, file };
}

function answer(text: string, summary = ''): SubmitResult {
  return {
    reading: { kind: 'query', text, source: 'embedded', confidence: 1, steps: [] },
    answer: { summary, blocks: [], refs: [], source: 'test' },
  };
}

describe('conversations, searched and aged', () => {
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    removeTempFolders();
  });

  it('are found by all of the words, in the sentence or in what came of it', () => {
    const { chat, found } = open();
    chat.add('c', 'Stop WEB-1', answer('Stop WEB-1', 'web-1 is stopped.'));
    chat.add('c', 'cpu of Über-Server', answer('cpu', '87 %'));
    chat.add('other', 'stop web-2', answer('stop web-2'));
    assert.deepEqual(found('web STOP'), ['stop web-2', 'Stop WEB-1']);
    assert.deepEqual(found('web stop', 'c'), ['Stop WEB-1']);
    assert.deepEqual(found('is stopped'), ['Stop WEB-1']);
    assert.deepEqual(found('über 87'), ['cpu of Über-Server']);
    assert.deepEqual(found('web 87'), []);
    assert.deepEqual(found('   '), []);
  });

  it('take signs of patterns and quotes as what they are', () => {
    const { chat, found } = open();
    chat.add('c', 'disk 100%', answer('disk'));
    chat.add('c', "it's_a 'name'", answer('x'));
    assert.deepEqual(found('100%'), ['disk 100%']);
    assert.deepEqual(found('%'), ['disk 100%']);
    assert.deepEqual(found("'name'"), ["it's_a 'name'"]);
    assert.deepEqual(found("' OR 1=1 --"), []);
  });

  it('are found by the things that were shown', () => {
    const { chat, found } = open();
    const table = {
      kind: 'table' as const,
      columns: [{ key: 'name', title: 'Name' }],
      rows: [{ id: 'os:vm/1', cells: { name: 'dev-2', status: 'stopped' } }],
      total: 1,
    };
    const result = answer('list stopped vms', '1 VM.');
    chat.add('c', 'list stopped vms', { ...result, answer: { ...result.answer!, blocks: [table] } });
    assert.deepEqual(found('dev-2'), ['list stopped vms']);
  });

  it('say how many there are beside those that are shown', () => {
    const { chat } = open();
    for (let i = 0; i < 30; i++) chat.add('c', `turn ${i}`, answer('x'));
    const { turns, total } = chat.search({ text: 'turn', limit: 5 });
    assert.deepEqual([turns.length, total], [5, 30]);
    assert.equal(turns[0]?.text, 'turn 29');
  });

  it('hold no secret that a search could find', () => {
    const { chat, found } = open();
    const reading = {
      kind: 'refuse' as const,
      text: 'the password is hunter2',
      source: 'embedded' as const,
      confidence: 1,
      reason: 'secret' as const,
      message: 'No secrets here.',
      instead: [],
    };
    chat.add('c', reading.text, { reading });
    assert.deepEqual(found('hunter2'), []);
  });

  it('go when they are too old, also while nothing is said', () => {
    const { chat, clock, texts } = open();
    chat.configure({ daysMax: 2, turnsMax: 100 });
    chat.add('c', 'old', answer('old'));
    clock.nowMs = 1.5 * dayMs;
    chat.add('c', 'newer', answer('newer'));
    assert.deepEqual(texts(), ['newer', 'old']);
    clock.nowMs = 2.5 * dayMs;
    assert.deepEqual(texts(), ['newer']);
    assert.equal(chat.search({ text: 'old', limit: 5 }).total, 0);
    clock.nowMs = 9 * dayMs;
    assert.deepEqual(texts(), []);
  });

  it('go at once when fewer are to be kept, and the choice outlives a restart', () => {
    const { chat, texts, file } = open();
    for (let i = 1; i <= 5; i++) chat.add('c', `turn ${i}`, answer('x'));
    assert.equal(chat.configure({ daysMax: 0, turnsMax: 2 }), 3);
    assert.deepEqual(texts(), ['turn 5', 'turn 4']);
    for (const close of closers.splice(0)) close();
    const again = open(file);
    assert.deepEqual(again.chat.retention, { daysMax: 0, turnsMax: 2 });
    again.chat.add('c', 'turn 6', answer('x'));
    assert.deepEqual(again.texts(), ['turn 6', 'turn 5']);
    assert.equal(again.chat.get('c', 6)?.text, 'turn 6');
    assert.equal(again.chat.get('c', 1), undefined);
  });
});
