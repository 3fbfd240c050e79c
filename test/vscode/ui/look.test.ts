// The extension as it is installed from its package, looked at in every kind of theme and as narrow as a side bar may
// be: text stands out, nothing is cut, one sees where the keyboard is. A picture of each stays in `test-results/` for
// eyes. One editor for all: each test goes on where the one before it ended.

import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { type Drive, open } from '../drive.ts';
import type { Theme } from '../editor.ts';
import { type Cockpit, openCockpit } from './cockpit.ts';
import { cutThings, faintTexts, ringless } from './looks.ts';

const themes: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const narrowSidebar = 300;
const wideSidebar = 640;
const wideWindow = { width: 1400, height: 900 };
/** Leaves a page of the editor's area about as narrow as the side bar. */
const narrowWindow = { width: 690, height: 900 };

/** All that a turn can be: plans that change and destroy, of one and of many; a question, a refusal, answers. */
const sentences = [
  'Create S.4 VM named dev-box',
  'delete db-1',
  'stop all vms',
  'stop the web server',
  'write me a poem about the sea',
  'list stopped VMs',
  "what's current CPU on web-1?",
];

/** Pages of the editor's area: the title of their tab, and what only they have. */
const pages = [
  { tab: 'Chart: web-1', holding: '.plots', name: 'chart' },
  { tab: 'Topology:', holding: '.canvas', name: 'topology' },
  { tab: 'Pilothouse Audit', holding: '.fields', name: 'audit' },
] as const;

describe('the look of the extension', function () {
  this.bail(true);
  let drive: Drive;
  let cockpit: Cockpit;
  before(async () => {
    drive = await open({ theme: 'light' });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await drive?.screenshot('failed-look');
  });
  after(() => drive?.close());

  it('opens chat, resources, plans and findings, and its pages', async () => {
    cockpit = await openCockpit(drive);
    for (const view of ['Chat', 'Resources', 'Plans', 'Findings']) {
      const pane = await drive.openView(view);
      assert.equal(await pane.locator('.pane-header').getAttribute('aria-expanded'), 'true');
    }
    await drive.screenshot('look-light-empty');
    // Room for the tree.
    for (const view of ['Plans', 'Findings'])
      await (await drive.openView(view)).locator('.pane-header').click();
    await drive.sidebarWidth(narrowSidebar);
    await drive.expand('VMs');
    await drive.menu(drive.row(/^web-1/), 'Show Chart');
    await (await drive.webview('.plots')).locator('.unit, .note.info').first().waitFor();
    await drive.menu(drive.row(/^web-1/), 'Show Topology');
    await (await drive.webview('.canvas')).locator('.nodes .node').first().waitFor();
    for (const sentence of sentences) await cockpit.ask(sentence);
    await drive.command('Pilothouse: Show Audit');
    await (await drive.webview('.fields'))
      .locator('tr:not(.facts) td', { hasText: 'Delete VM db-1' })
      .waitFor();
  });

  it('cuts nothing at 300 px', async () => {
    assert.deepEqual(await cutThings(cockpit.chat), []);
    await drive.page.setViewportSize(narrowWindow);
    for await (const { name, page } of pagesIn(drive)) {
      assert.deepEqual(await cutThings(page), [], name);
      await drive.screenshot(`look-narrow-${name}`);
    }
    await drive.page.setViewportSize(wideWindow);
  });

  for (const theme of themes)
    it(`can be read in ${theme}`, async () => {
      await drive.theme(theme);
      assert.deepEqual(await faintTexts(cockpit.chat, 'sideBar-background'), [], 'chat');
      for await (const { name, page } of pagesIn(drive)) {
        assert.deepEqual(await faintTexts(page, 'editor-background'), [], name);
        await drive.screenshot(`look-${theme}-${name}`);
      }
      await drive.sidebarWidth(wideSidebar);
      await drive.screenshot(`look-${theme}-wide`);
      await drive.sidebarWidth(narrowSidebar);
    });

  it('shows where the keyboard is', async () => {
    assert.deepEqual(await ringless(cockpit.chat, drive.page.keyboard), [], 'chat');
    for await (const { name, page } of pagesIn(drive))
      assert.deepEqual(await ringless(page, drive.page.keyboard), [], name);
  });

  it('finds its commands in the palette', async () => {
    await drive.command('Pilothouse: Show Log');
    await drive.page.locator('.editor-group-container .tab', { hasText: 'daemon.log' }).waitFor();
  });
});

/** Each page, brought to the front before it is handed out. */
async function* pagesIn(
  drive: Drive,
): AsyncGenerator<{ readonly name: string; readonly page: FrameLocator }> {
  for (const { tab, holding, name } of pages) {
    await drive.page.locator('.tab', { hasText: tab }).first().click();
    const page = await drive.webview(holding);
    await page.locator(holding).first().waitFor();
    yield { name, page };
  }
}
