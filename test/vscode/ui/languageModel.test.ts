// A language model in the real editor: what it streams becomes a plan that still waits for the dialog, and when it is
// away the embedded reader goes on and says so. The endpoint is scripted, on loopback.

import assert from 'node:assert/strict';
import { type ScriptedEndpoint, startScriptedEndpoint } from '../../assistant/scriptedEndpoint.ts';
import { driven } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';

describe('a language model', () => {
  let endpoint: ScriptedEndpoint;
  before(async () => {
    endpoint = await startScriptedEndpoint();
  });
  after(() => endpoint.close());

  const settings = () => ({
    'pilothouse.model.preset': 'custom',
    'pilothouse.model.baseUrl': endpoint.baseUrl,
    'pilothouse.model.name': 'scripted',
  });

  it('proposes a plan that still needs the dialog', () =>
    driven('model', { settings: settings() }, async (drive) => {
      const cockpit = await openCockpit(drive);
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
      const cockpit = await openCockpit(drive);
      const asked = endpoint.asked.length;
      await cockpit.ask('stop dev-1');
      assert.equal(endpoint.asked.length, asked);
      endpoint.script({ kind: 'status', status: 429 }, { kind: 'status', status: 429 });
      const turn = await cockpit.ask('let dev-1 take a nap, would you');
      assertSays(await turn.innerText(), 'takes no more questions for now');
    }));
});
