// Conversations: numbered by themselves, bounded in all, without secrets, and with plans as they are now.

import assert from 'node:assert/strict';
import path from 'node:path';
import { createChatStore } from '../../daemon/chat/chatStore.ts';
import { chatMigrations } from '../../daemon/chat/migrations.ts';
import { limits } from '../../daemon/config.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { SubmitResult } from '../../shared/protocol/messages.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const closers: (() => void)[] = [];

function open(turnsKeptMax?: number) {
  const file = path.join(tempFolder(), 'chat.db');
  const database = openDatabase({ file, durability: 'normal', migrations: chatMigrations });
  closers.push(() => database.close());
  const plans = new Map<string, Plan>();
  const planOf = (id: string) => plans.get(id);
  const chat = createChatStore({ database, now: () => 0, planOf, ...(turnsKeptMax && { turnsKeptMax }) });
  return { chat, plans };
}

const result = (text: string, more: Partial<SubmitResult> = {}): SubmitResult => ({
  reading: { kind: 'query', text, source: 'embedded', confidence: 1, steps: [] },
  ...more,
});

describe('conversations', () => {
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    removeTempFolders();
  });

  it('count their own turns, and list them newest first', () => {
    const { chat } = open();
    assert.equal(chat.add('a', 'one', result('one')), 1);
    assert.equal(chat.add('b', 'other', result('other')), 1);
    assert.equal(chat.add('a', 'two', result('two')), 2);
    assert.deepEqual(
      chat.list({ conversation: 'a', limit: 10 }).map(({ text }) => text),
      ['two', 'one'],
    );
    assert.deepEqual(
      chat.list({ conversation: 'a', limit: 10, beforeTurn: 2 }).map(({ text }) => text),
      ['one'],
    );
    assert.equal(chat.clear('a'), 2);
    assert.equal(chat.list({ conversation: 'b', limit: 10 }).length, 1);
  });

  it('keep no more turns than they may, the oldest go first', () => {
    const { chat } = open(3);
    for (let i = 1; i <= 6; i++) chat.add(i % 2 ? 'odd' : 'even', `turn ${i}`, result('x'));
    const kept = ['odd', 'even'].flatMap((conversation) => chat.list({ conversation, limit: 10 }));
    assert.deepEqual(kept.map(({ text }) => text).sort(), ['turn 4', 'turn 5', 'turn 6']);
  });

  it('show a plan as it is now, and live without one that is gone', () => {
    const { chat, plans } = open();
    const plan = { id: 'p1', title: 'Stop web', state: 'proposed', steps: [], runs: [] } as unknown as Plan;
    chat.add('a', 'stop web', result('stop web', { plan }));
    plans.set('p1', { ...plan, state: 'done' });
    assert.equal(chat.list({ conversation: 'a', limit: 1 })[0]?.result.plan?.state, 'done');
    plans.clear();
    assert.equal(chat.list({ conversation: 'a', limit: 1 })[0]?.result.plan, undefined);
  });

  it('tell the interpreter what was made, and no more turns than it is told', () => {
    const { chat, plans } = open();
    plans.set('p1', {
      id: 'p1',
      title: 'Create VM dev-box',
      steps: [],
      runs: [{ index: 0, state: 'done', createdId: 'lab:vm/dev-box' }],
    } as unknown as Plan);
    chat.add('a', 'create dev-box', result('create dev-box', { plan: plans.get('p1')! }));
    assert.deepEqual(chat.context('a'), [
      { role: 'user', text: 'create dev-box', refs: ['lab:vm/dev-box'], steps: [] },
      { role: 'assistant', text: 'Create VM dev-box', refs: ['lab:vm/dev-box'] },
    ]);
    for (let i = 0; i < 20; i++) chat.add('a', `turn ${i}`, result('x'));
    const context = chat.context('a');
    assert.equal(context.length, limits.chatContextTurns * 2);
    assert.equal(context.at(-2)?.text, 'turn 19');
  });

  it('cut a result that is too long to its summary', () => {
    const { chat } = open();
    const text = 'x'.repeat(limits.chatResultCharactersMax + 1);
    const answer = {
      summary: 'So many lines.',
      blocks: [{ kind: 'text' as const, text }],
      refs: ['a'],
      source: 's',
    };
    chat.add('a', 'logs', result('logs', { answer }));
    const [turn] = chat.list({ conversation: 'a', limit: 1 });
    assert.equal(turn?.result.answer?.summary, 'So many lines.');
    assert.deepEqual(turn?.result.answer?.blocks, []);
  });
});
