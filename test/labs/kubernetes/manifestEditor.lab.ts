// A person edits a deployment as YAML in the real editor, against a real control plane: compares, saves, is told whose
// fields they change, reads the plan, says yes, and the server has it. What somebody changed meanwhile, what is wrong
// and what would be another object is said, and the edit outlives it all, also a reload.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { assertSays, openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import { deploymentOf, kubeconfigOf, openNamespace, runDeployment } from './connections.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const space = `yaml-${process.pid}`;
const app = `cart${process.pid}`;
const other = `till${process.pid}`;
const apps = `/apis/apps/v1/namespaces/${space}/deployments`;

interface Deployment {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly env?: readonly { value: string }[] }[] };
    };
  };
}

describe('manifests in the editor on a real Kubernetes', function () {
  this.timeout(300_000);
  let lab: KubernetesLab;
  let folder: string;
  let env: Readonly<Record<string, string>>;
  let close: () => Promise<void>;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    close = await openNamespace(lab, space);
    folder = await mkdtemp(join(tmpdir(), 'pilothouse-yaml-'));
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf(lab, [{ name: 'dev-lab', namespace: space }]), { mode: 0o600 });
    env = { KUBECONFIG: kubeconfig, HOME: folder, PILOTHOUSE_SANDBOX: 'off', PILOTHOUSE_LOCAL: 'off' };
    const containers = [{ name: 'main', image: 'shop/cart:1', env: [{ name: 'MODE', value: 'slow' }] }];
    for (const name of [app, other]) await runDeployment(lab, space, deploymentOf(name, 1, { containers }));
  });
  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
    await close?.();
  });

  const deployment = (name: string) => lab.api.require<Deployment>('GET', `${apps}/${name}`);

  it('edits, compares, plans, and the server has it after a yes', () =>
    driven('yaml-main', { env }, async (drive) => {
      await openYaml(drive, app);
      await replace(drive, 'replicas: 1', 'replicas: 2');
      await replace(drive, 'value: slow', 'value: fast');
      await drive.page.keyboard.press('Control+s');
      await drive.modal().waitFor();
      assertSays(await drive.modal().innerText(), 'belongs to somebody else', 'spec.replicas');
      await drive.screenshot('yaml-1-take-over');
      await pressOn(drive, 'Take Over…', 'Plan digest');
      assertSays(
        await drive.modal().innerText(),
        `Apply manifest Deployment ${space}/${app}`,
        `Changes Deployment ${space}/${app} to what was edited.`,
        '1 → 2',
        'slow',
        'fast',
        'dev-lab',
      );
      await drive.screenshot('yaml-2-dialog');
      assert.equal((await deployment(app)).spec.replicas, 1, 'nothing happened before the yes');
      await drive.page.keyboard.press('Escape');
      await drive.modal().waitFor({ state: 'hidden' });

      await titleAction(drive, 'Compare With Server');
      await drive.page.locator('.tab', { hasText: 'on the server ↔ edited' }).waitFor();
      await drive.page.locator('.monaco-diff-editor .view-line', { hasText: 'slow' }).first().waitFor();
      await drive.page.locator('.monaco-diff-editor .view-line', { hasText: 'fast' }).first().waitFor();
      await drive.screenshot('yaml-3-compare');
      await titleAction(drive, 'Apply…');
      await pressOn(drive, 'Take Over…', 'Plan digest');
      await drive.press('Approve');
      const changed = await lab.api.until<Deployment>(
        `${apps}/${app}`,
        (found) => found?.spec.replicas === 2,
        60_000,
      );
      assert.equal(changed!.spec.template.spec.containers[0]!.env![0]!.value, 'fast');
      const chat = await drive.webview('.composer');
      await chat.locator('.card > header .badge', { hasText: 'Done' }).first().waitFor();
      await drive.page
        .locator('.monaco-diff-editor .view-line', { hasText: 'slow' })
        .waitFor({ state: 'detached' });
      await drive.screenshot('yaml-4-done');
    }));

  it('says what is wrong, keeps the edit over a reload, and is stopped by a change since', () =>
    driven('yaml-moved', { env, theme: 'light', window: { width: 1100, height: 800 } }, async (drive) => {
      await openYaml(drive, other);
      await replace(drive, 'kind: Deployment', 'kind: StatefulSet');
      await drive.page.locator('.squiggly-error').first().waitFor();
      await drive.page.keyboard.press('Control+s');
      await drive.command('Problems: Focus on Problems View');
      await drive.row('that would be another object').waitFor();
      await drive.screenshot('yaml-5-wrong');
      await drive.command('View: Hide Panel');
      await replace(drive, 'kind: StatefulSet', 'kind: Deployment');
      await drive.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
      await replace(drive, 'value: slow', 'value: faster');

      await lab.api.merge(`${apps}/${other}`, { metadata: { labels: { team: 'others' } } });
      await drive.page.keyboard.press('Control+s');
      await drive.modal().waitFor();
      assertSays(await drive.modal().innerText(), 'was changed on the server since you opened it');
      await drive.screenshot('yaml-6-moved');
      await drive.press('Compare With Server');
      await drive.page
        .locator('.monaco-diff-editor .view-line', { hasText: 'team: others' })
        .first()
        .waitFor();

      await drive.load();
      const tab = drive.page.locator('.tab', { hasText: `${other}.yaml` }).first();
      await tab.click();
      await drive.page.locator('.editor-instance .view-line', { hasText: /\w/ }).first().waitFor();
      await find(drive, 'value: faster');
      assert.equal((await deployment(other)).spec.template.spec.containers[0]!.env![0]!.value, 'slow');
      await titleAction(drive, 'Apply…');
      await pressOn(drive, 'Plan With My Edit…', 'belongs to somebody else');
      await pressOn(drive, 'Take Over…', 'Plan digest');
      // What others did would go with the edit, and is named before anybody says yes.
      assertSays(await drive.modal().innerText(), 'labels[team]: others → none', 'slow → faster');
      await drive.page.keyboard.press('Escape');
      await drive.modal().waitFor({ state: 'hidden' });
      const now = await deployment(other);
      assert.equal(now.metadata.labels.team, 'others', 'what others did is not lost');
    }));

  it('applies a file of several objects in the order they need', () => {
    const file = [
      deploymentYaml(`${app}-b`),
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${app}-settings\ndata:\n  mode: fast\n`,
    ].join('---\n');
    const options = { env, theme: 'high-contrast' as const, files: { 'shop.yaml': file } };
    return driven('yaml-file', options, async (drive) => {
      await openCockpit(drive, 'Deployments');
      await drive.sidebarWidth(300);
      await drive.page.keyboard.press('Control+p');
      await drive.page.locator('.quick-input-widget input').fill('shop.yaml');
      await drive.page
        .locator('.quick-input-list .monaco-list-row', { hasText: 'shop.yaml' })
        .first()
        .click();
      await drive.page.locator('.view-line', { hasText: 'ConfigMap' }).first().waitFor();
      await drive.command('Pilothouse: Apply This File as a Plan…');
      await drive.modal().filter({ hasText: 'Plan digest' }).waitFor();
      const said = await drive.modal().innerText();
      assertSays(said, '2 steps', `ConfigMap ${space}/${app}-settings`, `Deployment ${space}/${app}-b`);
      assert.ok(said.indexOf('ConfigMap') < said.indexOf('Makes Deployment'), said);
      await drive.screenshot('yaml-7-file');
      await drive.press('Approve');
      await lab.api.until(`${apps}/${app}-b`, (found) => found !== undefined, 60_000);
      const settings = `/api/v1/namespaces/${space}/configmaps/${app}-settings`;
      const { data } = await lab.api.require<{ data: Record<string, string> }>('GET', settings);
      assert.equal(data.mode, 'fast');
    });
  });
});

function deploymentYaml(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: main, image: 'shop/${name}:1'}
`;
}

async function openYaml(drive: Drive, name: string): Promise<void> {
  const cockpit = await openCockpit(drive, 'Deployments');
  await drive.menu(await cockpit.resource('Deployments', new RegExp(`^${name}`)), 'Open as YAML');
  await drive.page.locator('.view-line', { hasText: 'kind: Deployment' }).first().waitFor();
}

/** Finds a text in the editor and marks it, wherever the editor was scrolled to. */
async function find({ page }: Drive, text: string): Promise<void> {
  // Well inside: the first line may be half under the shadow of the editor's edge.
  await page
    .locator('.editor-instance .monaco-scrollable-element')
    .first()
    .click({ position: { x: 300, y: 300 } });
  await page.keyboard.press('Control+f');
  const widget = page.locator('.find-widget.visible');
  await widget.locator('textarea[aria-label="Find"]').fill(text);
  await page.locator('.find-widget .matchesCount', { hasText: /^1 of|\? of [1-9]/ }).waitFor();
  await page.keyboard.press('Enter');
  // A notification that is shown takes the first Escape.
  await widget.locator('.codicon-widget-close').click();
  await widget.waitFor({ state: 'detached' });
}

/** Finds a text in the editor and types another in its place. */
async function replace(drive: Drive, from: string, to: string): Promise<void> {
  const { page } = drive;
  await find(drive, from);
  await page.keyboard.type(to);
  await page
    .locator('.view-line', { hasText: to.split(': ')[1]! })
    .first()
    .waitFor();
}

/** Presses a button of a dialog after which another one follows. */
async function pressOn(drive: Drive, button: string, next: string): Promise<void> {
  await drive.modal().getByRole('button', { name: button }).click();
  await drive.modal().filter({ hasText: next }).waitFor();
}

async function titleAction(drive: Drive, title: string): Promise<void> {
  await drive.page.locator(`.editor-actions .action-label[aria-label^="${title}"]`).first().click();
}
