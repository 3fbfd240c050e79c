// What a person does with what was said: they keep their own words for a thing, search, forget, and take their
// corrections out. In the real editor, on the sandbox.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { driven } from '../drive.ts';
import type { Theme } from '../editor.ts';
import { assertSays, type Cockpit, chipsOf, openCockpit } from './cockpit.ts';

const themes: readonly Theme[] = ['light', 'dark', 'high-contrast'];

/** Asks for "the web server", which fits several, and chooses web-2, which offers to keep the words. */
async function chooseWeb2({ ask, chat, lastTurn }: Cockpit): Promise<void> {
  const question = await ask('stop the web server');
  const turns = await chat.locator('.turn').count();
  await question.locator('.choice', { hasText: 'web-2' }).click();
  await chat.locator('.turn').nth(turns).waitFor();
  await lastTurn().locator('.offer').waitFor();
}

/** Corrects the target of the last plan through its chip. */
async function correctTarget({ drive, chat, lastTurn }: Cockpit, name: string): Promise<void> {
  const turns = await chat.locator('.turn').count();
  await lastTurn().locator('.chip', { hasText: 'target' }).click();
  await drive.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).click();
  await chat.locator('.turn').nth(turns).waitFor();
  await lastTurn().locator('.card').waitFor();
}

describe('words a person keeps', () => {
  it('stand for the chosen thing, are shown as that, and can be taken back', () =>
    driven('alias', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      const { ask, lastTurn } = cockpit;
      await drive.sidebarWidth(420);
      await chooseWeb2(cockpit);
      assertSays(await lastTurn().innerText(), 'Remember “the web server” as web-2?');
      await drive.screenshot('alias-1-offer');
      await lastTurn().getByRole('button', { name: 'Remember' }).click();
      await lastTurn().locator('.note', { hasText: '“the web server” stands for web-2' }).waitFor();

      const turn = await ask('reboot the web server');
      assert.ok((await chipsOf(turn)).includes('target web-2'), (await chipsOf(turn)).join('; '));
      assertSays(await turn.locator('.chip', { hasText: 'target' }).innerText(), 'by your alias');
      await drive.screenshot('alias-2-used');
      await correctTarget(cockpit, 'web-3');
      assertSays(await lastTurn().innerText(), 'Remember “the web server” as web-3?');
      await lastTurn().getByRole('button', { name: 'No, thanks' }).click();
      await lastTurn().locator('.offer').waitFor({ state: 'detached' });

      await drive.command('Pilothouse: Manage Aliases…');
      const row = drive.page.locator('.quick-input-list .monaco-list-row', { hasText: 'stands for web-2' });
      await row.waitFor();
      await drive.screenshot('alias-3-manage');
      await row.click();
      await drive.page.keyboard.press('Enter');
      await drive.notification('removed “the web server”').waitFor();
      const again = await ask('stop the web server');
      assert.ok((await again.locator('.choice').count()) > 1, 'without the alias it is asked again');
    }));

  it('are exported as items on request, with the inventory they speak of', () =>
    driven('corrections', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      await cockpit.ask('reboot dev-1');
      await correctTarget(cockpit, 'cache-1');
      await drive.command('Pilothouse: Export Corrections…');
      const file = path.join(drive.editor.workspace, 'pilothouse-corrections.jsonl');
      await drive.page.locator('.quick-input-widget', { hasText: 'Export corrections' }).waitFor();
      await drive.acceptFile('pilothouse-corrections.jsonl');
      await drive.notification('1 correction in').waitFor();
      const item = JSON.parse(fs.readFileSync(file, 'utf8'));
      assert.equal(item.text, 'reboot dev-1');
      assert.match(item.expect.steps[0].target.ids[0], /cache-1/);
      const inventory = JSON.parse(
        fs.readFileSync(path.join(drive.editor.workspace, `${item.inventory}.json`), 'utf8'),
      );
      assert.ok(
        inventory.resources.some((one: { id: string }) => one.id === item.expect.steps[0].target.ids[0]),
      );
    }));
});

describe('what was said', () => {
  it('is found by words, and forgotten only after a yes', () =>
    driven('search', {}, async (drive) => {
      const { ask, chat } = await openCockpit(drive);
      await ask('list stopped VMs');
      await ask('stop dev-1');
      await ask('Create S.4 VM named dev-box');
      await drive.command('Pilothouse: Search This Conversation…');
      const box = chat.getByRole('textbox', { name: 'Search this conversation' });
      await box.fill('STOP dev-1');
      const results = chat.locator('.results .turn');
      await results.first().waitFor();
      assert.equal(await results.count(), 1);
      assertSays(await results.first().innerText(), 'stop dev-1', 'Waiting for you');
      await box.fill('volcano');
      await chat.locator('.results', { hasText: 'Nothing was said with these words.' }).waitFor();
      await box.fill('dev');
      await chat.locator('.results', { hasText: '3 found' }).waitFor();
      await drive.screenshot('search');
      await results.last().locator('td').getByRole('button', { name: 'dev-2' }).click();
      await drive.page.locator('.monaco-list-row.selected', { hasText: 'dev-2' }).waitFor();
      const scrolled = await chat.locator('body').evaluate((body) => body.scrollTop);
      assert.equal(scrolled, 0, 'only the list scrolls, never the page with the input');
      await box.press('Escape');
      await chat.locator('.results').waitFor({ state: 'hidden' });
      assert.equal(await chat.locator('.turn').count(), 3);

      await drive.command('Pilothouse: Forget This Conversation…');
      await drive.modal().waitFor();
      assertSays(await drive.modal().innerText(), 'Plans and the audit trail stay');
      await drive.page.keyboard.press('Escape');
      await drive.modal().waitFor({ state: 'hidden' });
      assert.equal(await chat.locator('.turn').count(), 3, 'without a yes nothing is forgotten');
      await drive.command('Pilothouse: Forget This Conversation…');
      await drive.modal().waitFor();
      await drive.press('Forget');
      await chat.locator('.turn').first().waitFor({ state: 'detached' });
    }));

  for (const theme of themes) {
    it(`looks right in ${theme}, also in a narrow panel`, () =>
      driven(`talk-${theme}`, { theme }, async (drive) => {
        const cockpit = await openCockpit(drive);
        const { chat, lastTurn } = cockpit;
        await chooseWeb2(cockpit);
        await drive.sidebarWidth(300);
        assert.ok(await isWithin(lastTurn()), 'nothing of the turn hangs over its edge');
        assert.ok(await isWithin(chat.locator('footer')), 'nor of the input and the switch');
        await lastTurn().locator('.offer').scrollIntoViewIfNeeded();
        await drive.screenshot(`talk-${theme}-offer`);
        await drive.command('Pilothouse: Search This Conversation…');
        await chat.getByRole('textbox', { name: 'Search this conversation' }).fill('web');
        await chat.locator('.results .turn').first().waitFor();
        assert.ok(await isWithin(chat.locator('.search')));
        await drive.screenshot(`talk-${theme}-search`);
      }));
  }
});

/** Whether all that a part of the page holds fits its width. */
function isWithin(part: ReturnType<Cockpit['lastTurn']>): Promise<boolean> {
  return part.evaluate((element) => element.scrollWidth <= element.clientWidth + 1);
}
