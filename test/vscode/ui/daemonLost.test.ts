// The daemon goes away while the window is open: the window says so, starts it again by itself, and shows what was
// there before.

import assert from 'node:assert/strict';
import { readDaemonFile } from '../../../connect/daemonFile.ts';
import { driven } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';

describe('a daemon that goes away', () => {
  it('is started again by itself, and nothing is forgotten', () =>
    driven('daemon-killed', {}, async (drive) => {
      const { ask, chat, lastTurn } = await openCockpit(drive);
      await ask('stop dev-1');
      const before = readDaemonFile(drive.editor.state);
      assert.ok(before);
      process.kill(before.pid, 'SIGKILL');

      await chat.locator('.daemon').waitFor();
      await chat.locator('.daemon').waitFor({ state: 'detached' });
      const after = readDaemonFile(drive.editor.state);
      assert.ok(after && after.pid !== before.pid);
      assertSays(await lastTurn().innerText(), 'stop dev-1', 'Waiting for you');
      await drive.row('VMs').waitFor();
      await (await ask('list stopped VMs')).locator('table').waitFor();
    }));
});
