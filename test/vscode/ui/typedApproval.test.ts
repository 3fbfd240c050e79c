// Destroying in prod has to be typed. The sandbox is labelled prod for it, as a person does who rehearses: then it asks
// as a real one would, and the real dialog of the editor is what is looked at.

import assert from 'node:assert/strict';
import { driven } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';

describe('the typed approval', () => {
  it('takes nothing but the exact words, and only then destroys', () =>
    driven('typed', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      await drive.sidebarWidth(420);
      await drive.command('Pilothouse: Set Environment…');
      await drive.page.locator('.quick-input-list .monaco-list-row', { hasText: /^prod/ }).first().click();
      await cockpit.chat.locator('.connection .env-prod').waitFor();

      const turn = await cockpit.ask('delete dev-1');
      assertSays(await turn.innerText(), 'Waiting for you', 'To approve you will type “dev-1”');
      await drive.screenshot('typed-1-card');
      assertSays(await cockpit.review(turn), 'dev-1', 'environment prod');
      await drive.screenshot('typed-2-dialog');
      await drive.press('Continue…');
      const input = drive.page.locator('.quick-input-widget input');
      await input.waitFor();
      await input.fill('dev-2');
      await input.press('Enter');
      await drive.page.locator('.quick-input-widget', { hasText: 'Type exactly: dev-1' }).waitFor();
      await drive.screenshot('typed-3-wrong');
      await drive.page.keyboard.press('Escape');
      assertSays(await turn.innerText(), 'Waiting for you');
      await (await cockpit.resource('VMs', /^dev-1/)).waitFor();

      await cockpit.review(turn);
      await drive.press('Continue…');
      await input.waitFor();
      await input.fill('dev-1');
      await input.press('Enter');
      await cockpit.ended(turn, 'Done');
      await drive.row(/^dev-1/).waitFor({ state: 'detached' });
      assert.equal(await drive.row(/^dev-2/).count(), 1);
    }));
});
