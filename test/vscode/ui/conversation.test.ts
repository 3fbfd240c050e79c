// What else comes of a sentence or a click: a question back, a refusal, a denial, an answer, a correction, an
// operation from the tree.

import assert from 'node:assert/strict';
import { driven } from '../drive.ts';
import { assertSays, chipsOf, leaveModal, openCockpit } from './cockpit.ts';

describe('a conversation', () => {
  it('asks back, answers, refuses, and goes on by buttons', () =>
    driven('conversation', {}, async (drive) => {
      const { ask, chat, lastTurn } = await openCockpit(drive);
      await drive.sidebarWidth(420);

      const question = await ask('stop the web server');
      const choices = await question.locator('.choice').allInnerTexts();
      assert.ok(choices.length >= 2, choices.join('; '));
      await drive.screenshot('conversation-1-question');
      await question.locator('.choice').first().click();
      await lastTurn().locator('.card').waitFor();
      assertSays(await lastTurn().innerText(), 'Waiting for you', 'web');
      await lastTurn().getByRole('button', { name: 'Reject' }).click();
      await lastTurn().locator('.badge', { hasText: 'Rejected' }).waitFor();

      const answer = await ask('list stopped VMs');
      await answer.locator('table').waitFor();
      assertSays(await answer.innerText(), 'dev-2');
      await drive.screenshot('conversation-2-answer');
      await answer.locator('td').getByRole('button', { name: 'dev-2' }).click();
      await drive.page.locator('.monaco-list-row.selected', { hasText: 'dev-2' }).waitFor();

      const refusal = await ask('write me a poem about the sea');
      await refusal.locator('.refusal').waitFor();
      await drive.screenshot('conversation-3-refusal');
      const before = await chat.locator('.turn').count();
      await refusal.locator('.choice').first().click();
      await chat.locator('.turn').nth(before).waitFor();
    }));

  it('corrects an argument through its chip, and leaves only the new plan open', () =>
    driven('correction', {}, async (drive) => {
      const { ask, chat, lastTurn } = await openCockpit(drive);
      const first = await ask('Create S.4 VM named dev-box');
      const turns = await chat.locator('.turn').count();
      await first.locator('.chip', { hasText: 'flavor' }).click();
      await drive.page.locator('.quick-input-list .monaco-list-row', { hasText: 'S.2' }).click();
      await chat.locator('.turn').nth(turns).waitFor();
      await lastTurn().locator('.card').waitFor();
      assert.ok((await chipsOf(lastTurn())).includes('flavor S.2'));
      await chat
        .locator('.turn')
        .nth(turns - 1)
        .locator('.badge', { hasText: 'Rejected' })
        .waitFor();
    }));

  it('denies what a read-only connection forbids, with the reason and no button', () =>
    driven('denied', {}, async (drive) => {
      const { ask } = await openCockpit(drive);
      await drive.command('Pilothouse: Set Connection Mode…');
      await drive.page.locator('.quick-input-list .monaco-list-row', { hasText: 'read-only' }).click();
      await drive.statusItem('read-only').waitFor();
      const turn = await ask('stop web-1');
      await turn.locator('.badge', { hasText: 'Denied' }).waitFor();
      assertSays(await turn.innerText(), 'read-only');
      assert.equal(await turn.getByRole('button', { name: /approve/i }).count(), 0);
      await drive.screenshot('denied');
    }));

  it('does an operation of the tree: greys what the state forbids, asks, shows card and dialog', () =>
    driven('tree', {}, async (drive) => {
      const { resource, lastTurn, ended } = await openCockpit(drive);
      const row = await resource('VMs', /^dev-1/);
      await row.click({ button: 'right' });
      const entry = (name: string) =>
        drive.page.locator('.context-view .action-item', { hasText: name }).first();
      await entry('Stop VM…').waitFor();
      assert.match((await entry('Start VM…').getAttribute('class')) ?? '', /disabled/);
      await drive.screenshot('tree-menu');
      await entry('Stop VM…').click();
      await drive.modal().waitFor();
      assertSays(await drive.modal().innerText(), 'dev-1', 'Sandbox', 'running → stopped');
      await drive.press('Approve');
      await ended(lastTurn(), 'Done');
      await drive.row(/^dev-1\s*stopped/).waitFor();
    }));

  it('works by keyboard alone: ask, reach the button, read the dialog, leave it', () =>
    driven('keyboard', {}, async (drive) => {
      const { chat, lastTurn } = await openCockpit(drive);
      await drive.command('Pilothouse: Ask…');
      await chat.locator('vscode-text-area:focus-within').waitFor();
      await drive.page.keyboard.type('stop dev-1');
      await drive.page.keyboard.press('Enter');
      const review = lastTurn().getByRole('button', { name: 'Review & approve…' });
      await review.waitFor();
      await drive.page.keyboard.press('ArrowUp');
      assert.equal(await chat.getByRole('textbox', { name: 'Ask Pilothouse' }).inputValue(), 'stop dev-1');
      for (let presses = 0; presses < 40; presses += 1) {
        await drive.page.keyboard.press('Shift+Tab');
        if (
          await lastTurn()
            .locator('[data-focus="action:review"]:focus-within, [data-focus="action:review"]:focus')
            .count()
        )
          break;
      }
      await drive.page.keyboard.press('Enter');
      await drive.modal().waitFor();
      await leaveModal(drive);
      assertSays(await lastTurn().innerText(), 'Waiting for you');
    }));
});
