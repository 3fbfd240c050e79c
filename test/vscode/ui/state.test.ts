// What lives in the daemon and not in the window: a second window on it sees and settles the same plans, and the whole
// state is backed up and put back from the palette.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openSession } from '../../../connect/session.ts';
import { type Drive, driven } from '../drive.ts';
import { assertSays, type Cockpit, openCockpit } from './cockpit.ts';

/** Another window on the same daemon, without its views. */
function openOther(drive: Drive) {
  const client = { name: 'other window', version: '0.1.0', kind: 'editor' } as const;
  return openSession({ stateFolder: drive.editor.state, entry: '/never/started', mayStart: false, client });
}

async function make(cockpit: Cockpit, name: string): Promise<void> {
  const turn = await cockpit.ask(`create S.2 VM named ${name}`);
  await cockpit.review(turn);
  await cockpit.drive.press('Approve');
  await cockpit.ended(turn, 'Done');
}

describe('the state of the daemon', () => {
  it('is shared with another window: what is approved there is done once and seen here', () =>
    driven('two-windows', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      const other = openOther(drive);
      try {
        await other.ready();
        const open = async () => (await other.request('plan/list', { open: true })).plans[0]!;
        const first = await cockpit.ask('stop dev-1');
        const { id, digest } = await open();
        await other.request('plan/approve', { id, digest });
        await cockpit.ended(first, 'Done');

        const second = await cockpit.ask('stop web-1');
        await cockpit.review(second);
        const wanted = await open();
        await other.request('plan/approve', { id: wanted.id, digest: wanted.digest });
        assert.equal((await other.request('plan/wait', { id: wanted.id })).state, 'done');
        await drive.press('Approve');
        await drive.notification(/was approved already; it is done/).waitFor();
        await cockpit.ended(second, 'Done');
        await drive.screenshot('two-windows');
        for (const plan of [id, wanted.id]) {
          const { records } = await other.request('audit/list', { plan, limit: 50 });
          const count = (event: string) => records.filter((record) => record.event === event).length;
          assert.deepEqual([count('plan.approved'), count('step.before')], [1, 1], plan);
        }
      } finally {
        other.dispose();
      }
    }));

  it('is backed up and restored from the palette, with a word before anything is replaced', () =>
    driven('backup', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      await make(cockpit, 'box-a');
      await drive.command('Pilothouse: Back Up State…');
      await drive.acceptFile('.tar.gz');
      await drive.notification(/databases are in .*each copy checked/).waitFor();
      const [name, ...more] = fs.readdirSync(drive.editor.workspace).filter((one) => one.endsWith('.tar.gz'));
      assert.ok(name !== undefined && more.length === 0);
      await make(cockpit, 'box-b');

      const restore = async (): Promise<string> => {
        await drive.command('Pilothouse: Restore State…');
        await drive.chooseFile(path.join(drive.editor.workspace, name));
        await drive.modal().waitFor();
        return drive.modal().innerText();
      };
      assertSays(await restore(), name, 'takes the place of', 'kept beside it', 'No cloud is changed');
      await drive.screenshot('restore-dialog');
      await drive.press('Cancel');
      await cockpit.chat.locator('.turn', { hasText: 'box-b' }).waitFor();

      await restore();
      await drive.press('Restore');
      await drive.notification(/the backup is in place/).waitFor();
      await cockpit.chat.locator('.turn', { hasText: 'box-b' }).waitFor({ state: 'detached' });
      await cockpit.chat.locator('.turn', { hasText: 'box-a' }).waitFor();
      await (await cockpit.resource('VMs', /^box-b/)).waitFor();
      await drive.screenshot('restored');
      const kept = fs.readdirSync(drive.editor.state).filter((one) => /^audit\.db\.before-/.test(one));
      assert.equal(kept.length, 1, 'what was there is kept');
      await make(cockpit, 'box-c');
    }));
});
