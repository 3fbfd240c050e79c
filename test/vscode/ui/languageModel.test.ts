// A language model in the real editor: what it streams becomes a plan that still waits for the dialog, and when it is
// away the embedded reader goes on and says so. The endpoint is scripted, on loopback.

import assert from 'node:assert/strict';
import { type ScriptedEndpoint, startScriptedEndpoint } from '../../assistant/scriptedEndpoint.ts';
import { type Drive, driven } from '../drive.ts';
import { assertSays, type Cockpit, openCockpit } from './cockpit.ts';

/** The cockpit, once its switch names the model: then the settings of this editor have been read. */
async function openWithModel(drive: Drive): Promise<Cockpit> {
  const cockpit = await openCockpit(drive);
  await cockpit.chat
    .locator('.reader option', { hasText: 'scripted' })
    .first()
    .waitFor({ state: 'attached' });
  return cockpit;
}

describe('a language model', () => {
  let endpoint: ScriptedEndpoint;
  beforeEach(async () => {
    endpoint = await startScriptedEndpoint();
  });
  afterEach(() => endpoint.close());

  const settings = () => ({
    'pilothouse.model.preset': 'custom',
    'pilothouse.model.baseUrl': endpoint.baseUrl,
    'pilothouse.model.name': 'scripted',
  });

  it('proposes a plan that still needs the dialog', () =>
    driven('model', { settings: settings() }, async (drive) => {
      const cockpit = await openWithModel(drive);
      await drive.sidebarWidth(480);
      endpoint.script(
        { kind: 'calls', calls: [{ name: 'find_resources', args: { kind: 'vm', name: 'dev-1' } }] },
        { kind: 'calls', calls: [{ name: 'stop_vm', args: { targets: ['dev-1'] } }] },
      );
      const turn = await cockpit.ask('let dev-1 take a nap, would you');
      assertSays(await turn.innerText(), 'dev-1', 'Waiting for you', 'scripted read this sentence', 'tokens');
      assert.equal(await drive.row(/^dev-1\s*stopped/).count(), 0, 'nothing happened without a yes');
      await drive.screenshot('model-1-plan');

      assertSays(await cockpit.review(turn), 'dev-1');
      await drive.press('Approve');
      await cockpit.ended(turn, 'Done');
      await cockpit.resource('VMs', /^dev-1/);
      await drive.row(/^dev-1\s*stopped/).waitFor();
    }));

  it('is not asked where the embedded reader is sure, and is missed with a word where it is away', () =>
    driven('model-away', { settings: settings() }, async (drive) => {
      const cockpit = await openWithModel(drive);
      const asked = endpoint.asked.length;
      await cockpit.ask('stop dev-1');
      assert.equal(endpoint.asked.length, asked);
      endpoint.script({ kind: 'status', status: 429 }, { kind: 'status', status: 429 });
      const turn = await cockpit.ask('let dev-1 take a nap, would you');
      assertSays(await turn.innerText(), 'takes no more questions for now');
    }));

  it('answers with what it looked at, linked to the tree, with tokens and cost', () =>
    driven('model-answer', { settings: { ...settings(), ...prices } }, async (drive) => {
      const cockpit = await openWithModel(drive);
      await drive.sidebarWidth(480);
      endpoint.script(
        { kind: 'calls', calls: [{ name: 'find_resources', args: { kind: 'vm', name: 'web-1' } }] },
        { kind: 'calls', calls: [{ name: 'what_depends_on', args: { id: 'sandbox:vm/web-1' } }] },
        { kind: 'text', text: 'web-1 is busy because the cache is cold.' },
      );
      const turn = await cockpit.ask('why is web-1 slow');
      assertSays(
        await turn.innerText(),
        'web-1 is busy because the cache is cold.',
        '3 resources hang on web-1',
        'looked at 1 resource',
        'scripted read this sentence',
        '360 tokens, about',
        'EUR',
      );
      await drive.screenshot('model-2-answer');
      await turn.locator('.refs').getByRole('button', { name: 'web-1' }).click();
      await drive.page.locator('.monaco-list-row.selected', { hasText: 'web-1' }).waitFor();
    }));

  it('is heard while it speaks, and can be stopped', () =>
    driven('model-stop', { settings: settings() }, async (drive) => {
      const { chat, lastTurn } = await openWithModel(drive);
      endpoint.script({ kind: 'stall' });
      const input = chat.getByRole('textbox', { name: 'Ask Pilothouse' });
      await input.fill('why is web-1 slow');
      await input.press('Enter');
      await lastTurn().locator('.partial', { hasText: 'Let me thi' }).waitFor();
      await drive.screenshot('model-3-streaming');
      await lastTurn().getByRole('button', { name: 'Stop' }).click();
      await lastTurn().locator('.problem', { hasText: 'cancelled' }).waitFor();
    }));

  it('is asked, or not, as the switch beside the input says, and the choice stays', () =>
    driven('model-switch', { settings: settings() }, async (drive) => {
      const first = await openWithModel(drive);
      const choose = async (chat: typeof first.chat, label: RegExp) => {
        const select = chat.getByRole('combobox', { name: 'Who reads' });
        const texts = await select.locator('option').allInnerTexts();
        await select.selectOption({ label: texts.find((text) => label.test(text))! });
      };
      await choose(first.chat, /^Embedded/);
      const asked = endpoint.asked.length;
      const turn = await first.ask('let dev-1 take a nap, would you');
      assertSays(await turn.innerText(), 'Read by the embedded reader');
      assert.equal(endpoint.asked.length, asked, 'a model that is not wanted is not asked');
      await choose(first.chat, /^Always ask scripted/);
      endpoint.script({ kind: 'calls', calls: [{ name: 'stop_vm', args: { targets: ['dev-1'] } }] });
      const sure = await first.ask('stop dev-1');
      assertSays(await sure.innerText(), 'scripted read this sentence', 'Waiting for you');
      await drive.screenshot('model-4-switch');

      await drive.load();
      const again = await openCockpit(drive);
      await again.chat
        .locator('.reader option:checked', { hasText: 'Always ask scripted' })
        .waitFor({ state: 'attached' });
      const box = again.chat.getByRole('textbox', { name: 'Ask Pilothouse' });
      await box.focus();
      await drive.page.keyboard.press('Tab');
      await drive.page.keyboard.press('Tab');
      await again.chat.locator('.reader select:focus').waitFor();
    }));
});

const prices = {
  'pilothouse.model.price.input': 2,
  'pilothouse.model.price.output': 8,
  'pilothouse.model.price.currency': 'EUR',
};
