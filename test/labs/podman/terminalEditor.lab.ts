// A shell in a real container, opened in the real editor as a person does: from the menu of the tree, after the yes in
// the dialog. What is typed runs in there, `exit` closes the tab, and the audit has both ends.

import assert from 'node:assert/strict';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { assertSays, leaveModal, openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import type { PodmanLab } from './podmanLab.ts';

const name = `shop-${process.pid}`;
const stopped = `till-${process.pid}`;

describe('a shell in a container, in the editor', function () {
  this.timeout(300_000);
  let lab: PodmanLab;

  before(async function () {
    lab = await requireLab('podman', this);
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    await lab.make(name, 'while true; do sleep 1; done');
    await lab.make(stopped, 'sleep 1', { start: false });
  });
  after(async () => {
    await lab?.remove(name);
    await lab?.remove(stopped);
  });

  it('asks first, runs what is typed, ends with it, and is in the audit', () => {
    // The renderer whose rows are text of the page.
    const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
    const env = { ...lab.env, PILOTHOUSE_LOCAL: 'on' };
    return driven('shell', { env, settings, theme: 'light' }, async (drive) => {
      const { resource } = await openCockpit(drive, 'Containers');
      await drive.sidebarWidth(380);
      const running = await resource('Containers', new RegExp(`^${name}`));
      await isGreyed(drive, drive.row(new RegExp(`^${stopped}`)));

      await drive.menu(running, 'Open Shell…');
      await drive.modal().waitFor();
      assertSays(
        await drive.modal().innerText(),
        `Open a shell in ${name} on This machine`,
        'never what was typed or shown',
      );
      await drive.screenshot('shell-1-question');
      await leaveModal(drive);
      assert.equal(await lab.processes(name).then((all) => all.includes('bin/sh -i')), false);

      await drive.menu(running, 'Open Shell…');
      await drive.press('Open Shell');
      const screen = drive.page.locator('.terminal-wrapper.active .xterm-rows');
      await screen.filter({ hasText: /[#$]/ }).waitFor();
      await drive.page.keyboard.type('echo is-$((6*7)); cat /etc/hostname\n');
      await screen.filter({ hasText: 'is-42' }).waitFor();
      await drive.screenshot('shell-2-open');
      await drive.page.keyboard.type('exit\n');
      await screen.waitFor({ state: 'detached' });

      await drive.command('Pilothouse: Show Audit');
      const audit = await drive.webview('table');
      await audit.locator('td', { hasText: 'terminal.ended' }).first().waitFor();
      assert.equal(await audit.locator('td', { hasText: 'is-42' }).count(), 0);
      await drive.screenshot('shell-3-audit');
    });
  });
});

/** The entry stands in the menu of what does not run, and cannot be chosen. */
async function isGreyed(drive: Drive, row: ReturnType<Drive['row']>): Promise<void> {
  await row.click({ button: 'right' });
  const entry = drive.page.locator('.context-view .action-item', { hasText: 'Open Shell…' });
  await entry.waitFor();
  assert.match((await entry.getAttribute('class')) ?? '', /disabled/);
  await drive.page.keyboard.press('Escape');
  await entry.waitFor({ state: 'hidden' });
}
