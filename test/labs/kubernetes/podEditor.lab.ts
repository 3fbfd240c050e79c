// What a person does with a real pod of two containers in the real editor: reads its log, all of it, one container of
// it, only the last minutes, and the run before its restart, each choice kept beside the others; and opens a shell in
// one of the containers.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { assertSays, openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, kubeconfigOf, openNamespace, runDeployment } from './connections.ts';

const space = `logs-${process.pid}`;

describe('a pod in the editor on a real Kubernetes', function () {
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

  it('shows of its log what is chosen, and opens a shell in the container that is chosen', () => {
    // The renderer whose rows are text of the page.
    const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
    const window = { width: 1100, height: 800 };
    return driven('pod', { env, settings, theme: 'high-contrast', window }, async (drive) => {
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
      await drive.page.locator('.tab.active', { hasText: 'since-' }).waitFor();
      await drive.command('Pilothouse: Filter Log…');
      await choiceRow(drive, 'proxy').waitFor();
      await choiceRow(drive, 'its start').waitFor({ state: 'detached' });
      await drive.screenshot('logs-2-choices');
      await choiceRow(drive, 'The run before its last restart').click();
      await line('before it crashed').first().waitFor();
      assert.equal(await line('/app').count(), 0, 'the container is kept');
      await drive.screenshot('logs-3-previous');

      await drive.menu(drive.row(/^pair-/), 'Open Shell…');
      await choiceRow(drive, 'app').waitFor();
      await choiceRow(drive, 'proxy').click();
      await drive.modal().waitFor();
      assertSays(
        await drive.modal().innerText(),
        'Opens a shell in the container proxy of the pod pair-',
        'dev-lab',
      );
      await drive.press('Open Shell');
      const screen = drive.page.locator('.terminal-wrapper.active .xterm-rows');
      await screen.filter({ hasText: /[#$]/ }).waitFor();
      await drive.page.keyboard.type('echo $CONTAINER-$((6*7))\n');
      await screen.filter({ hasText: 'proxy-42' }).waitFor();
      await drive.screenshot('logs-4-shell');
      await drive.page.keyboard.type('exit\n');
      await screen.waitFor({ state: 'detached' });
    });
  });
});

function choiceRow(drive: Drive, text: string) {
  return drive.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

async function choose(drive: Drive, what: string, which: string): Promise<void> {
  await drive.command('Pilothouse: Filter Log…');
  await choiceRow(drive, what).click();
  await choiceRow(drive, which).click();
}
