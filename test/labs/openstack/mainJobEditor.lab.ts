// The main job in the real editor against a real OpenStack: a person types the sentence, reads the card, says yes in
// the dialog, and sees the tree go to running by itself. The installed extension and its own daemon do it all.

import assert from 'node:assert/strict';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { driven } from '../../vscode/drive.ts';
import { assertSays, openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import { openPerson, type Person } from './person.ts';

describe('the main job in the editor on a real OpenStack', function () {
  this.timeout(600_000);
  let person: Person;

  before(async function () {
    const lab = await requireLab('openstack', this);
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    person = await openPerson(lab, `edit${process.pid}`);
  });
  after(async function () {
    this.timeout(180_000);
    await person?.dispose();
  });

  it('creates a server from a sentence, after a yes, and shows it come up', () =>
    driven('openstack', { env: person.env }, async (drive) => {
      const cockpit = await openCockpit(drive, 'Flavors');
      await drive.sidebarWidth(480);
      const turn = await cockpit.ask('Create S.4 VM named dev-box');
      assertSays(await turn.innerText(), 'Waiting for you', 'dev-box', 'ubuntu-22.04', 'private');

      assertSays(
        await cockpit.review(turn),
        'dev-box',
        person.project.project,
        person.project.user,
        'RegionOne',
      );
      await drive.screenshot('openstack-1-dialog');
      assert.deepEqual(await person.servers(), [], 'nothing happened before the yes');
      await drive.press('Approve');

      await (await cockpit.resource('VMs', /^dev-box/)).waitFor();
      await drive.row(/^dev-box\s*running/).waitFor({ timeout: 120_000 });
      await cockpit.ended(turn, 'Done');
      await drive.screenshot('openstack-2-done');
      const servers = await person.servers();
      assert.deepEqual(
        servers.map(({ name, status }) => [name, status]),
        [['dev-box', 'ACTIVE']],
      );

      await drive.command('Pilothouse: Show Audit');
      const audit = await drive.webview('table');
      await audit.locator('td', { hasText: 'step.after' }).first().waitFor();
      await audit.getByRole('button', { name: 'Verify' }).click();
      await audit.locator('.status', { hasText: 'Whole:' }).waitFor();
      await drive.screenshot('openstack-3-audit');
    }));
});
