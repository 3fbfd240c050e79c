// A person reads the log of a real pod of two containers in the real editor: all of it, one container of it, only the
// last minutes, and the run before its restart; each choice is kept beside the others.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, kubeconfigOf, openNamespace, runDeployment } from './connections.ts';

const space = `logs-${process.pid}`;

describe('logs in the editor on a real Kubernetes', function () {
  this.timeout(300_000);
  let folder: string;
  let env: Readonly<Record<string, string>>;
  let close: () => Promise<void>;

  before(async function () {
    const lab = await requireLab('kubernetes', this);
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    close = await openNamespace(lab, space);
    folder = await mkdtemp(join(tmpdir(), 'pilothouse-logs-'));
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf(lab, [{ name: 'dev-lab', namespace: space }]), { mode: 0o600 });
    env = { KUBECONFIG: kubeconfig, HOME: folder, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' };
    const containers = [
      { name: 'app', image: 'shop/app:1' },
      { name: 'proxy', image: 'mesh/proxy:1' },
    ];
    await runDeployment(lab, space, deploymentOf('pair', 1, { containers }));
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
    await close?.();
  });

  it('shows one container alone, since a while ago, and the run before', () =>
    driven('logs', { env, theme: 'high-contrast', window: { width: 1100, height: 800 } }, async (drive) => {
      const { resource } = await openCockpit(drive, 'Pods');
      await drive.sidebarWidth(300);
      await drive.menu(await resource('Pods', /^pair/), 'Show Log');
      const line = (text: string) => drive.page.locator('.view-line', { hasText: text });
      await line('/app running').first().waitFor();
      await line('/proxy running').first().waitFor();

      await choose(drive, 'Container…', 'proxy');
      await line('/proxy running').first().waitFor();
      await line('/app running').first().waitFor({ state: 'detached' });
      await drive.page.locator('.tab.active', { hasText: 'proxy logs.log' }).waitFor();
      await drive.screenshot('logs-1-container');

      await choose(drive, 'Since…', 'The last 5 minutes');
      await drive.command('Pilothouse: Filter Log…');
      await choiceRow(drive, 'proxy').waitFor();
      await choiceRow(drive, 'its start').waitFor({ state: 'detached' });
      await drive.screenshot('logs-2-choices');
      await choiceRow(drive, 'The run before its last restart').click();
      await line('before it crashed').first().waitFor();
      assert.equal(await line('/app').count(), 0, 'the container is kept');
      await drive.screenshot('logs-3-previous');
    }));
});

function choiceRow(drive: Drive, text: string) {
  return drive.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

async function choose(drive: Drive, what: string, which: string): Promise<void> {
  await drive.command('Pilothouse: Filter Log…');
  await choiceRow(drive, what).click();
  await choiceRow(drive, which).click();
}
