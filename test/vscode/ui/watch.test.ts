// The watch as a person uses it, in the real editor: a Prometheus server is added in the dialogs, the trouble it measures
// stands in the view, in the status bar and in a notification, is judged, muted, explained with charts and looked at in
// the chart panel.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { readDaemonFile } from '../../../connect/daemonFile.ts';
import { type ScriptedServer, startScriptedServer } from '../../fakes/prometheusServer.ts';
import { type Drive, open } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';
import { addServer, answerTo, manageServers, openEmpty } from './metricServers.ts';

const token = 'correct-horse-battery-staple';
/** Nothing but the server is watched. */
const env = { PILOTHOUSE_SANDBOX: 'off' };
const readMs = 120_000;

// One editor for all: each test goes on where the one before it ended.
describe('the watch in the editor', () => {
  let server: ScriptedServer;
  let drive: Drive;
  let row: Locator;
  before(async () => {
    server = await startScriptedServer(token);
    drive = await open({ env });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await drive?.screenshot('failed-watch');
  });
  after(async () => {
    await drive?.close();
    server?.close();
  });

  it('keeps a server after it was tried, with its token in the secret storage alone', async () => {
    await openEmpty(drive);
    await addServer(drive, { url: server.url, name: 'shop', token: 'a-wrong-one' });
    await drive.modal().waitFor();
    assertSays(await drive.modal().innerText(), 'refused the credentials (401)');
    assert.ok(server.refused() > 0);
    await drive.press('Change…');
    await answerTo(drive, 'shop: Address', server.url);
    await answerTo(drive, 'shop: Credentials', 'Token');
    await answerTo(drive, 'shop: Token', token);
    await answerTo(drive, 'shop: Rhythm', '15');
    const kept = drive.notification('is kept');
    await kept.waitFor();
    assertSays(await kept.innerText(), server.host, 'version 2.53.3', '1 of 1 targets up');
    assertNowhere(drive, token);
    assert.deepEqual(keptServers(drive), [
      {
        name: 'shop',
        url: server.url,
        auth: { kind: 'bearer', token: { secret: 'metrics/shop' } },
        intervalSeconds: 15,
      },
    ]);
  });

  it('tells of what it finds: in the view with its trend, in the status bar, by a notification', async () => {
    row = await finding(drive);
    await drive.notification('Pilothouse: cpu of shop-1:9100').waitFor();
    await openFindings(drive);
    await findingsCounted(drive, 1).waitFor();
    await said(row, /min [▁-█]{3,} /);
    const label = (await row.getAttribute('aria-label')) ?? '';
    assertSays(label, 'critical', 'usually');
    assert.doesNotMatch(label, /[▁-█]/);
    await drive.screenshot('watch-1-finding');
  });

  it('takes what a person says of it, and keeps quiet where it is muted', () => judge(drive, row));

  it('explains it in the chat, with charts', async () => {
    await drive.openView('Resources');
    const cockpit = await openCockpit(drive, 'Hosts');
    await drive.menu(row, 'Explain Finding');
    await cockpit.lastTurn().locator('figure svg').first().waitFor();
    assertSays(await cockpit.lastTurn().innerText(), 'cpu of shop-1:9100', 'critical, open');
  });

  it('shows its chart, with its time shaded and what is expected', async () => {
    // What the pointer rests on shows a hover that would lie over the row.
    await drive.page.mouse.move(700, 450);
    await drive.menu(row, 'Show Chart of Finding');
    await chartOfFinding(await drive.webview('.plots'));
    await drive.screenshot('watch-3-chart');
  });

  it('says in an open chart that the daemon is away, and draws on once it is back', async () => {
    const page = await drive.webview('.plots');
    const said = await saidFromNowOn(drive, page);
    const before = readDaemonFile(drive.editor.state);
    assert.ok(before);
    process.kill(before.pid, 'SIGKILL');
    await said(/daemon/i);
    await page.locator('.banner .away').waitFor({ state: 'detached' });
    await page.locator('.plot canvas').first().waitFor();
    assertSays(await page.locator('.figures').first().innerText(), 'cpu of shop-1:9100', '97 %');
    assert.notEqual(readDaemonFile(drive.editor.state)?.pid, before.pid);
  });

  it('says in an open chart that its server was removed, until it is back', async () => {
    const page = await drive.webview('.plots');
    // What was over before has all its figures: only a chart that time moves has anything to miss.
    await page.getByRole('button', { name: '1 hour' }).click();
    await page.locator('.toggle[aria-pressed="true"]', { hasText: '1 hour' }).waitFor();
    await manageServers(drive, 'shop', /ok, \d+ series/);
    await drive.answer('shop');
    await answerTo(drive, 'shop', 'Remove…');
    await drive.press('Remove');
    const note = page.locator('.banner .note', { hasText: 'What measured this is gone' });
    await note.waitFor();
    assertSays(await note.innerText(), 'The newest figure is of');
    assertSays(await page.locator('.figures').first().innerText(), '97 %');
    await page.locator('.bar h2', { hasText: /^shop-1:9100$/ }).waitFor();
    await drive.screenshot('watch-4-removed');
    await addServer(drive, { url: server.url, name: 'shop', token });
    await note.waitFor({ state: 'detached' });
  });
});

/** Hears all that the page's banner says, however short: the answer waits until something of it fits. */
async function saidFromNowOn(
  { page: window }: Drive,
  page: FrameLocator,
): Promise<(text: RegExp) => Promise<void>> {
  const banner = page.locator('.banner');
  await banner.evaluate((element) => {
    const hear = () => {
      element.dataset.said = `${element.dataset.said ?? ''}${element.textContent}\n`;
    };
    new MutationObserver(hear).observe(element, { childList: true, subtree: true });
  });
  return async (text) => {
    const deadlineMs = Date.now() + readMs;
    for (;;) {
      const said = (await banner.getAttribute('data-said')) ?? '';
      if (text.test(said)) return;
      if (Date.now() > deadlineMs) throw new Error(`The chart only said: ${said}`);
      await window.waitForTimeout(100);
    }
  };
}

/** The row of what is found, once it is. */
async function finding(drive: Drive): Promise<Locator> {
  const row = drive.row(/^cpu of shop-1:9100 is 97 %/);
  await drive.openView('Findings');
  await row.waitFor({ timeout: readMs });
  return row;
}

/** Room for the view: the chat and the tree are folded. */
async function openFindings(drive: Drive): Promise<void> {
  for (const title of ['Resources', 'Plans']) {
    const header = drive.page.locator(`.part.sidebar .pane-header[aria-label^="${title}"]`);
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }
}

const findingsCounted = (drive: Drive, count: number): Locator =>
  drive.page.locator(`.statusbar-item [aria-label*="${count} open ${count === 1 ? 'finding' : 'findings'}"]`);

const said = (row: Locator, text: RegExp | string): Promise<void> => row.filter({ hasText: text }).waitFor();

async function judge(drive: Drive, row: Locator): Promise<void> {
  await drive.menu(row, 'I Look After It');
  await said(row, /· with \w/);
  await drive.menu(row, 'Nobody Looks After It');
  await row.filter({ hasNotText: /· with \w/ }).waitFor();
  await drive.menu(row, 'This Was Noise');
  await said(row, 'noise');
  await drive.menu(row, 'This Was Right');
  await said(row, 'right');

  await drive.menu(row, 'Mute…');
  await answerTo(drive, 'Mute', 'Everything of shop-1:9100');
  await answerTo(drive, 'Everything of shop-1:9100', 'For an hour');
  await said(row, 'muted');
  await findingsCounted(drive, 1).waitFor({ state: 'detached' });
  await drive.screenshot('watch-2-muted');
  await drive.command('Pilothouse: Manage Mutes of Findings…');
  const mute = drive.page.locator('.quick-input-list .monaco-list-row', { hasText: 'shop-1:9100' });
  await mute.click();
  await drive.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
  await findingsCounted(drive, 1).waitFor();
}

async function chartOfFinding(page: FrameLocator): Promise<void> {
  await page.locator('.bar h2', { hasText: 'shop-1:9100' }).waitFor();
  const plot = page.locator('.unit', { hasText: 'cpu of shop-1:9100' });
  await plot.locator('.plot canvas').waitFor();
  await plot.locator('.mark.incident').first().waitFor({ state: 'attached' });
  assertSays(await plot.locator('tbody').innerText(), '97 %', 'memory of shop-1:9100');
  await page.locator('.meanwhile li', { hasText: 'cpu of shop-1:9100' }).first().waitFor();
  await page.getByRole('button', { name: 'Forecast' }).click();
  await plot.locator('p.quiet', { hasText: 'memory of shop-1:9100' }).waitFor();
}

function keptServers(drive: Drive): unknown {
  return JSON.parse(fs.readFileSync(path.join(drive.editor.state, 'metrics.json'), 'utf8')).prometheus;
}

/** No file that the editor's settings or the daemon keep has it. */
function assertNowhere(drive: Drive, secret: string): void {
  for (const folder of [drive.editor.state, path.join(drive.editor.userData, 'User')])
    for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const whole = path.join(folder, file);
      if (!fs.statSync(whole, { throwIfNoEntry: false })?.isFile()) continue;
      assert.ok(!fs.readFileSync(whole).includes(secret), `${whole} holds the token`);
    }
}
