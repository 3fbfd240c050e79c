// The extension as it is installed from its package: its container opens with all views in every kind of theme and at
// narrow width, and a picture of each stays in `test-results/` to be looked at.

import assert from 'node:assert/strict';
import { driven } from '../drive.ts';
import type { Theme } from '../editor.ts';

const themes: readonly Theme[] = ['light', 'dark', 'high-contrast'];
const narrowSidebar = 300;
const wideSidebar = 640;

describe('the look of the extension', () => {
  for (const theme of themes) {
    it(`opens chat, resources and plans in ${theme}`, () =>
      driven(`look-${theme}`, { theme }, async (drive) => {
        await drive.openContainer('Pilothouse');
        for (const view of ['Chat', 'Resources', 'Plans']) {
          const pane = await drive.openView(view);
          assert.equal(await pane.locator('.pane-header').getAttribute('aria-expanded'), 'true');
        }
        await (await drive.webview()).locator('body').waitFor();
        for (const [name, width] of [
          ['narrow', narrowSidebar],
          ['wide', wideSidebar],
        ] as const) {
          await drive.sidebarWidth(width);
          await drive.screenshot(`look-${theme}-${name}`);
        }
      }));
  }

  it('finds its commands in the palette', () =>
    driven('palette', {}, async (drive) => {
      await drive.command('Pilothouse: Show Log');
      await drive.page.locator('.part.panel .output-view, .part.panel .output').first().waitFor();
    }));
});
