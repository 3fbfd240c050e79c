// The editor's own models, with no key and no endpoint: an extension brings a model through the editor's API, our
// extension lends it to the daemon, and what it proposes is a plan that still waits for the dialog.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { driven } from '../drive.ts';
import { packageHelper } from '../packaged.ts';
import { assertSays, openCockpit } from './cockpit.ts';

describe("the editor's own models", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pilothouse-models-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('are lent to the daemon, and what they propose still needs the dialog', async () => {
    const settings = { 'pilothouse.model.preset': 'editor', 'chat.disableAIFeatures': false };
    const moreVsix = [await packageHelper('modelProvider', folder)];
    await driven('editor-model', { settings, moreVsix }, async (drive) => {
      const cockpit = await openCockpit(drive);
      await drive.sidebarWidth(480);
      const named = cockpit.chat.locator('.reader option', { hasText: 'editor model' });
      await named.first().waitFor({ state: 'attached' });
      const turn = await cockpit.ask('let dev-1 take a nap, would you');
      await drive.screenshot('editor-model');
      assertSays(
        await turn.innerText(),
        'dev-1',
        'Waiting for you',
        'scripted-editor-model read this sentence',
      );
      assertSays(await cockpit.review(turn), 'dev-1');
      await drive.press('Approve');
      await cockpit.ended(turn, 'Done');
    });
  });
});
