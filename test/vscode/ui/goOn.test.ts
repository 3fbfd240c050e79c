// A plan that stops at a surprise: the view was open by itself, the card and the list of plans offer to go on, and
// what is left is done after another yes.

import assert from 'node:assert/strict';
import { driven } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';

describe('going on with a plan', () => {
  it('does the rest after a fresh look, from a view that opened by itself', () =>
    driven('go-on', { settings: { 'pilothouse.openAtStart': true } }, async (drive) => {
      await drive.webview('.composer');
      await drive.page.locator('.part.sidebar .composite.title', { hasText: /pilothouse/i }).waitFor();
      const cockpit = await openCockpit(drive);
      await drive.sidebarWidth(480);
      const tagged = await cockpit.ask('tag vm web-2 with sandbox-fault=cloud-conflict');
      await cockpit.review(tagged);
      await drive.press('Approve');
      await cockpit.ended(tagged, 'Done');

      const stop = await cockpit.ask('stop web-1, web-2 and dev-1');
      await cockpit.review(stop);
      await drive.press('Approve');
      await cockpit.ended(stop, 'Failed');
      assertSays(await stop.innerText(), 'Continue…', 'Undo…', 'busy with something else');
      await drive.screenshot('go-on-1-stopped');

      const before = cockpit.chat.locator('.turn').first();
      await before.getByRole('button', { name: 'Undo…' }).click();
      await drive.modal().waitFor();
      await drive.press('Approve');
      await cockpit.ended(cockpit.lastTurn(), 'Done');

      await drive.openView('Plans');
      await drive.row(/^Stop VM: 3 VMs/i).waitFor();
      await drive.menu(drive.row(/^Stop VM: 3 VMs/i), 'Continue Plan…');
      await drive.modal().waitFor();
      const asked = await drive.modal().innerText();
      assertSays(asked, 'web-2', 'SIMULATED', 'It was tried before');
      assert.doesNotMatch(asked, /web-1|dev-1/, 'what was done stays out');
      await drive.screenshot('go-on-2-dialog');
      await drive.press('Approve');
      await cockpit.ended(cockpit.lastTurn(), 'Done');
      await stop.getByRole('button', { name: 'Continue…' }).waitFor({ state: 'detached' });
      await drive.screenshot('go-on-3-done');
    }));
});
