// The extension as it is installed from its package: its container opens with all views in every kind of theme and at
// narrow width, and a picture of each stays in `test-results/` to be looked at.

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { driven } from '../drive.ts';
import type { Theme } from '../editor.ts';
import { openCockpit } from './cockpit.ts';

const themes: readonly Theme[] = ['light', 'dark', 'high-contrast'];
const narrowSidebar = 300;
const wideSidebar = 640;

describe('the look of the extension', () => {
  for (const theme of themes) {
    it(`opens chat, resources, plans and findings in ${theme}`, () =>
      driven(`look-${theme}`, { theme }, async (drive) => {
        const cockpit = await openCockpit(drive);
        for (const view of ['Chat', 'Resources', 'Plans', 'Findings']) {
          const pane = await drive.openView(view);
          assert.equal(await pane.locator('.pane-header').getAttribute('aria-expanded'), 'true');
        }
        await cockpit.ask('Create S.4 VM named dev-box');
        await drive.expand('VMs');
        for (const [name, width] of [
          ['narrow', narrowSidebar],
          ['wide', wideSidebar],
        ] as const) {
          await drive.sidebarWidth(width);
          assert.ok(await isWithin(cockpit.lastTurn()), 'nothing of the card hangs over its edge');
          await drive.screenshot(`look-${theme}-${name}`);
        }
      }));
  }

  it('finds its commands in the palette', () =>
    driven('palette', {}, async (drive) => {
      await drive.command('Pilothouse: Show Log');
      await drive.page.locator('.editor-group-container .tab', { hasText: 'daemon.log' }).waitFor();
    }));
});

/** Whether all that a turn holds fits its width. */
function isWithin(turn: Locator): Promise<boolean> {
  return turn.evaluate((element) => element.scrollWidth <= element.clientWidth + 1);
}
