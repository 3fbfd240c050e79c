// The watch in the real editor over a real Prometheus: a person adds the server in the dialogs, a process burns the
// processors, the finding comes into the view by itself, and the chat answers for it with a chart. The installed
// extension and its own daemon do it all.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { driven } from '../../vscode/drive.ts';
import { assertSays, openCockpit } from '../../vscode/ui/cockpit.ts';
import { addServer, manageServers, openEmpty } from '../../vscode/ui/metricServers.ts';
import { down, requireLab, status } from '../lab.ts';
import type { PrometheusLab } from './prometheusLab.ts';
import { waitFor } from './watchedDaemon.ts';

/** A load is told from a moment's when it lasts. */
const findMs = 240_000;

describe('the watch in the editor over a real Prometheus', function () {
  this.timeout(600_000);
  let lab: PrometheusLab;
  let burners: ChildProcess[] = [];

  before(async function () {
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    // A server whose past is quiet: another suite may have burnt its processors a moment ago.
    await stopLab();
    lab = await requireLab('prometheus', this);
  });
  after(stopLab);
  /** Its ports stay taken for a moment. */
  async function stopLab(): Promise<void> {
    await down('prometheus');
    await waitFor(async () => (await status('prometheus')).kind === 'down', 60_000);
  }
  afterEach(() => {
    for (const burner of burners) burner.kill('SIGKILL');
    burners = [];
  });

  it('adds the server, sees a process that burns the processors, and answers for it with a chart', () => {
    // The server is named by the person, not by the environment.
    const env = { PILOTHOUSE_SANDBOX: 'off' };
    return driven('prometheus', { env }, async (drive) => {
      await openEmpty(drive);
      await addServer(drive, { url: lab.url, name: 'lab', intervalSeconds: 2 });
      await drive.notification('is kept').waitFor();
      assertSays(await drive.notification('is kept').innerText(), '127.0.0.1:19090', 'version');
      await manageServers(drive, 'lab', /ok, \d+ series/);
      await drive.page.keyboard.press('Escape');

      burners = Array.from({ length: os.availableParallelism() + 1 }, () =>
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
      );
      await drive.openView('Findings');
      // Something else of the host may have left its course first: then the processors stand below it.
      const host = lab.instance.replaceAll('.', '\\.');
      const incident = new RegExp(`^\\w+ of ${host} `);
      await drive.row(incident).waitFor({ timeout: findMs });
      const row = await drive.expand(incident);
      await drive.row(new RegExp(`^cpu of ${host} is`)).waitFor({ timeout: findMs });
      await drive.page.locator('.statusbar-item [aria-label*="open finding"]').waitFor();

      const cockpit = await openCockpit(drive, 'Hosts');
      await drive.sidebarWidth(480);
      const turn = await cockpit.ask(`what's current CPU on ${lab.instance}?`);
      const chart = turn.locator('figure svg[aria-label*="cpu"]').first();
      await chart.waitFor();
      const now = Number(/now ([\d.]+) %/.exec((await chart.getAttribute('aria-label')) ?? '')?.[1]);
      assert.ok(now > 50, `${now} %`);
      await drive.screenshot('prometheus-1-answer');

      await drive.menu(row, 'Explain Finding');
      const cause = cockpit.chat.locator('.turn', { hasText: /explain an-\d+/ }).last();
      await cause.locator('figure svg').first().waitFor();
      assertSays(await cause.innerText(), lab.instance, 'open');
      await drive.screenshot('prometheus-2-explained');
    });
  });
});
