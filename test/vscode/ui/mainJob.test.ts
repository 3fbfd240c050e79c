// The main job as a person does it, on the sandbox, in the real editor: type, read the plan, say yes in the
// dialog, see the tree change by itself, see the audit. The daemon is the one that ships.

import assert from 'node:assert/strict';
import { driven } from '../drive.ts';
import { assertSays, chipsOf, leaveModal, openCockpit } from './cockpit.ts';

describe('the main job', () => {
  it('creates a VM from a sentence, after a yes, and proves it', () =>
    driven('main-job', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      await drive.sidebarWidth(480);
      const turn = await cockpit.ask('Create S.4 VM named dev-box');

      const chips = await chipsOf(turn);
      for (const chip of ['do create', 'kind vm', 'flavor S.4', 'name dev-box'])
        assert.ok(chips.includes(chip), chips.join('; '));
      assertSays(await turn.innerText(), 'Waiting for you', 'Simulated', 'dev-box', 'Makes 1 new resource');
      await drive.screenshot('main-job-1-plan');

      assertSays(
        await cockpit.review(turn),
        'dev-box',
        'SIMULATED',
        'environment sandbox',
        'Plan digest',
        'undone',
      );
      await drive.screenshot('main-job-2-dialog');
      await leaveModal(drive);
      assertSays(await turn.innerText(), 'Waiting for you');
      assert.equal(await drive.row('dev-box').count(), 0, 'nothing happened without a yes');

      await cockpit.review(turn);
      await drive.press('Approve');
      const row = await cockpit.resource('VMs', /^dev-box/);
      await row.waitFor();
      await drive.row(/^dev-box\s*running/).waitFor();
      await cockpit.ended(turn, 'Done');
      await drive.screenshot('main-job-3-done');

      await drive.command('Pilothouse: Show Audit');
      const audit = await drive.webview('table');
      await audit.locator('td', { hasText: 'step.after' }).first().waitFor();
      const events = await audit.locator('tbody tr:not(.facts) td:nth-child(5)').allInnerTexts();
      const story = ['plan.proposed', 'plan.approved', 'step.before', 'step.after', 'plan.finished'];
      assert.deepEqual(
        events.toReversed().filter((event) => story.includes(event)),
        story,
      );
      await audit.getByRole('button', { name: 'Verify' }).click();
      await audit.locator('.status', { hasText: 'Whole:' }).waitFor();
      await drive.screenshot('main-job-4-audit');
    }));

  it('keeps conversation and plans over a reload, and takes the change back', () =>
    driven('undo', {}, async (drive) => {
      const first = await openCockpit(drive);
      const turn = await first.ask('Create S.4 VM named dev-box');
      await first.review(turn);
      await drive.press('Approve');
      await first.ended(turn, 'Done');

      await drive.load();
      const cockpit = await openCockpit(drive);
      const again = cockpit.lastTurn();
      assertSays(await again.innerText(), 'Create S.4 VM named dev-box', 'Done');
      await again.getByRole('button', { name: 'Undo…' }).click();
      await drive.modal().waitFor();
      assertSays(await drive.modal().innerText(), 'dev-box', 'Sandbox');
      await drive.press('Approve');
      await cockpit.ended(cockpit.lastTurn(), 'Done');
      await drive.expand('VMs');
      await drive.row(/^dev-box/).waitFor({ state: 'detached' });
    }));
});
