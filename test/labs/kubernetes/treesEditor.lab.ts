// The trees of several clouds side by side in the real editor: AWS (moto), vSphere (vcsim), a real Kubernetes as an
// administrator and as a user who may only look, and this machine. Each is unfolded, details are opened, what permission
// denies is grey and says why; pictures stay in `test-results/` to be looked at.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { openPerson, type Person } from '../aws/person.ts';
import { down, requireLab, status } from '../lab.ts';
import { writeVcenters } from '../vsphere/person.ts';
import { labPassword, type Vcsim } from '../vsphere/vcsim.ts';
import { deploymentOf, kubeconfigOf, openNamespace, runDeployment } from './connections.ts';
import { allowViewer, viewerOf } from './viewer.ts';

const space = `trees-${process.pid}`;
const viewer = viewerOf(space);

describe('the trees of several clouds in the editor', function () {
  this.timeout(400_000);
  let person: Person;
  let vcsim: Vcsim;
  let env: Readonly<Record<string, string>>;
  const undo: (() => Promise<unknown>)[] = [];

  before(async function () {
    for (const name of ['aws', 'vsphere'] as const)
      if ((await status(name)).kind === 'down') undo.push(() => down(name));
    const [aws, kubernetes, vsphere] = [
      await requireLab('aws', this),
      await requireLab('kubernetes', this),
      await requireLab('vsphere', this),
    ];
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    const home = await mkdtemp(join(tmpdir(), 'pilothouse-trees-'));
    undo.push(() => rm(home, { recursive: true, force: true }));
    person = await openPerson(aws);
    undo.push(() => person.dispose());
    vcsim = await vsphere.start();
    undo.push(() => vcsim.dispose());
    await writeVcenters(home, vcsim.host);
    undo.push(await openNamespace(kubernetes, space), await allowViewer(kubernetes, viewer, space));
    await runDeployment(kubernetes, space, deploymentOf('shop', 2));
    const contexts = [
      { name: 'staging-k8s', namespace: space },
      { name: 'look-only', user: viewer.user(kubernetes), namespace: 'default' },
    ];
    const kubeconfig = join(home, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf(kubernetes, contexts), { mode: 0o600 });
    const { PILOTHOUSE_LOCAL: _, ...clouds } = person.env;
    env = {
      ...clouds,
      PILOTHOUSE_LOCAL: 'on',
      HOME: home,
      KUBECONFIG: kubeconfig,
      LAB_PASSWORD: labPassword,
    };
  });
  after(async function () {
    this.timeout(120_000);
    for (const step of undo.reverse()) await step();
  });

  it('unfold, open details, and grey what may not be done', () =>
    driven(
      'trees',
      { env, theme: 'dark', settings: { 'pilothouse.sandbox.enabled': false } },
      async (drive) => {
        await drive.openContainer('Pilothouse');
        await drive.sidebarWidth(520);
        for (const view of ['Chat', 'Plans', 'Findings']) await fold(drive, view);
        for (const name of ['dev-lab', 'lab', 'staging-k8s', 'look-only'])
          await connection(drive, name).waitFor({ timeout: 120_000 });
        for (const { name, heading, theme } of trees) {
          await showOnly(drive, name);
          await drive.expand(heading);
          await drive.theme(theme);
          await drive.page.locator('.part.sidebar .monaco-list-row[aria-level="3"]').first().waitFor();
          assert.ok(!(await connection(drive, name).innerText()).includes('failed'), name);
          await drive.screenshot(`trees-${name}`);
        }
        await showOnly(drive, 'lab');
        await drive.expand(/^VMs/);
        await drive.row(/^web-1/).hover();
        await drive
          .row(/^web-1/)
          .getByRole('button', { name: 'Show Details' })
          .click();
        await drive.page.locator('.editor-instance .view-line', { hasText: 'RUNS_ON' }).first().waitFor();
        await drive.screenshot('trees-details');

        await showOnly(drive, 'look-only');
        await drive.expand(/^Nodes/);
        const node = drive.row(/^sim-|^node|^hollow/);
        // The server is asked after the connection is there.
        const deadlineMs = Date.now() + 60_000;
        while (!(await isGrey(drive, node, 'Cordon node…')))
          assert.ok(Date.now() < deadlineMs, 'no right on nodes');
        await drive.expand(/^Deployments/);
        const shop = drive.row(/^shop/);
        assert.equal(
          await isGrey(drive, shop, 'Scale deployment…'),
          false,
          'in this namespace it is allowed',
        );
        const hover = drive.page.locator('.monaco-hover', { hasText: 'may not patch nodes' }).first();
        // A hover goes away where the tree is drawn anew under it.
        await until(drive, async () => {
          if (await hover.isVisible()) return true;
          await drive.page.mouse.move(900, 450);
          await node.hover();
          return false;
        });
        assert.match(await hover.innerText(), /not allowed: .*Cordon node/);
        await drive.screenshot('trees-greyed');
      },
    ));
});

/** What each tree is looked at by: a heading whose members are shown, each in another theme. */
const trees = [
  { name: 'dev-lab', heading: /^Networks/, theme: 'dark' },
  { name: 'lab', heading: /^VMs/, theme: 'light' },
  { name: 'staging-k8s', heading: /^Deployments/, theme: 'high-contrast' },
  { name: 'look-only', heading: /^Namespaces/, theme: 'high-contrast-light' },
  { name: 'This machine', heading: /^Hosts/, theme: 'light' },
] as const;

/** The row of a connection. */
function connection(drive: Drive, name: string) {
  return drive.page.locator(`.part.sidebar .monaco-list-row[aria-level="1"][aria-label^="${name} "]`).first();
}

/** Unfolds one connection and folds the others, so that the window holds it. */
async function showOnly(drive: Drive, name: string): Promise<void> {
  const open = drive.page.locator('.part.sidebar .monaco-list-row[aria-level="1"][aria-expanded="true"]');
  // Folding moves the rows: the first that is open is folded until none is.
  while ((await open.count()) > 0) {
    const row = open.first();
    const label = await row.getAttribute('aria-label');
    const opened = drive.page.locator(
      `.part.sidebar .monaco-list-row[aria-label="${label}"][aria-expanded="true"]`,
    );
    // A click is lost where the tree is drawn anew under it.
    await until(drive, async () => {
      if ((await opened.count()) === 0) return true;
      await opened.first().locator('.monaco-tl-twistie').click();
      return false;
    });
  }
  await until(drive, async () => {
    const row = connection(drive, name);
    if ((await row.getAttribute('aria-expanded')) === 'true') return true;
    await row.locator('.monaco-tl-twistie').click();
    return false;
  });
  await drive.page.locator('.part.sidebar .monaco-list-row[aria-level="2"]').first().waitFor();
}

/** Tries every two seconds until it is so. */
async function until(drive: Drive, act: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 60_000;
  while (!(await act())) {
    if (Date.now() > deadlineMs) throw new Error('the tree neither folds nor unfolds');
    await drive.page.waitForTimeout(2_000);
  }
}

async function fold(drive: Drive, view: string): Promise<void> {
  const header = (await drive.openView(view)).locator('.pane-header');
  await header.click();
}

/** Whether an entry of a row's menu stands there greyed. */
async function isGrey(drive: Drive, row: Locator, entry: string): Promise<boolean> {
  await row.click({ button: 'right' });
  const item = drive.page.locator('.context-view .action-menu-item').filter({ hasText: entry }).first();
  await item.waitFor();
  const disabled = await item.getAttribute('aria-disabled');
  await drive.page.keyboard.press('Escape');
  await item.waitFor({ state: 'detached' });
  return disabled === 'true';
}
