// What a person does with a real pod of two containers in the real editor: reads its log, all of it, one container of
// it, only the last minutes, and the run before its restart, each choice kept beside the others; opens a shell in one of
// the containers; and forwards a port of it, sees it in the status bar, and ends it.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
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
  /** What the hollow pod has on its port. */
  let greeter: net.Server;
  let port: number;

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
    greeter = net.createServer((socket) => socket.end('hello from the pod'));
    await new Promise<void>((resolve) => greeter.listen(0, '127.0.0.1', () => resolve()));
    port = (greeter.address() as net.AddressInfo).port;
    const ports = [{ name: 'web', containerPort: port }];
    const containers = [
      { name: 'app', image: 'shop/app:1', ports },
      { name: 'proxy', image: 'mesh/proxy:1' },
    ];
    await runDeployment(lab, space, deploymentOf('pair', 1, { containers }));
  });
  after(async () => {
    greeter?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
    await close?.();
  });

  it('shows of its log what is chosen, opens a shell in the container that is chosen, and forwards a port', () => {
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

      await drive.menu(drive.row(/^pair-/), 'Forward a Port…');
      await choiceRow(drive, 'web').waitFor();
      await drive.screenshot('forward-1-ports');
      await choiceRow(drive, 'web').click();
      await drive.modal().waitFor();
      // The greeter itself has this port of this machine, so that another is offered.
      assertSays(
        await drive.modal().innerText(),
        `Port ${port} of this machine is taken by another program.`,
        `to port ${port} of the pod pair-`,
        'dev-lab',
      );
      await drive.screenshot('forward-2-question');
      await drive.press('Forward Port');
      const item = drive.page.locator('.statusbar-item', { hasText: '1 port' });
      await item.waitFor();
      const toast = drive.page.locator('.notification-toast', { hasText: 'leads to port' });
      const local = Number(/127\.0\.0\.1:(\d+)/.exec(await toast.innerText())?.[1]);
      assert.equal(await greetingOf(local), 'hello from the pod');
      await drive.screenshot('forward-3-status');
      await item.click();
      await choiceRow(drive, '1 so far').waitFor();
      await drive.screenshot('forward-4-list');
      await choiceRow(drive, '1 so far').click();
      await choiceRow(drive, 'Stop').click();
      await item.waitFor({ state: 'detached' });
      await assert.rejects(greetingOf(local), /ECONNREFUSED/);
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

function greetingOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (part) => {
      text += part.toString();
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
