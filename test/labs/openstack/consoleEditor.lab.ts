// The consoles of a real server in the real editor, as a person opens them: from the menu of the tree, after the yes in
// our dialog. Its screen goes to the browser by the address that Nova made, which the editor shows before it lets it out;
// nothing listens there in the lab, so that what a browser would show is not seen here. Its serial line is a terminal of
// the editor. The audit keeps that they were opened, and never an address.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { assertSays, leaveModal, openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import { openPerson, type Person } from './person.ts';

const name = 'dev-screen';
const address = /http:\/\/console\.lab\.test:6080\/vnc_auto\.html\?path=%3Ftoken%3D([\da-f-]{36})/;

describe('the consoles of a server in the editor, on a real OpenStack', function () {
  this.timeout(600_000);
  let person: Person;

  before(async function () {
    const lab = await requireLab('openstack', this);
    const browser = await getChromium();
    if ('missing' in browser) this.skip();
    else process.env.PILOTHOUSE_CHROMIUM = browser.path;
    person = await openPerson(lab, `screen${process.pid}`);
    await makeServer(person);
  });
  after(async function () {
    this.timeout(180_000);
    await person?.dispose();
  });

  it('hand the address of its screen to the browser after a yes, and write down that they did', () =>
    driven('console', { env: person.env }, async (drive) => {
      const { resource } = await openCockpit(drive, 'VMs');
      await drive.sidebarWidth(380);
      const server = await resource('VMs', new RegExp(`^${name}`));

      await drive.menu(server, 'Open Console…');
      await drive.modal().waitFor();
      assertSays(
        await drive.modal().innerText(),
        `Open the console of ${name} on dev-lab`,
        'by an address that lets in whoever has it',
        `project ${person.project.project}`,
        'never its address',
      );
      await drive.screenshot('console-1-question-dark');
      await drive.press('Open Console');
      const first = await shownAddress(drive);
      await drive.screenshot('console-2-address-dark');
      await leaveModal(drive);

      await drive.theme('light');
      await drive.menu(server, 'Open Console…');
      await drive.modal().waitFor();
      await drive.screenshot('console-3-question-light');
      await drive.press('Open Console');
      const second = await shownAddress(drive);
      assert.notEqual(second, first, 'a token of its own each time');
      await drive.screenshot('console-4-address-light');
      assert.equal(await letOut(drive), second);

      await drive.command('Pilothouse: Show Audit');
      const audit = await drive.webview('table');
      const ended = audit.locator('tr', { hasText: 'terminal.ended' });
      await ended.filter({ hasText: 'Its address was handed over' }).first().waitFor();
      const text = await audit.locator('body').innerText();
      for (const one of [first, second]) assert.ok(!text.includes(address.exec(one)![1]!));
      await drive.screenshot('console-5-audit-light');
    }));

  it('open its serial line as a terminal after a yes, which ends when the machine hangs up', () => {
    // The renderer whose rows are text of the page.
    const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
    return driven('serial', { env: person.env, settings }, async (drive) => {
      const { resource } = await openCockpit(drive, 'VMs');
      await drive.sidebarWidth(380);
      const server = await resource('VMs', new RegExp(`^${name}`));
      await drive.menu(server, 'Open Serial Console…');
      await drive.modal().waitFor();
      assertSays(
        await drive.modal().innerText(),
        `Open the serial console of ${name} on dev-lab`,
        'never what was typed or shown',
      );
      await drive.screenshot('serial-1-question-dark');
      await drive.press('Open Serial Console');
      const screen = drive.page.locator('.terminal-wrapper.active .xterm-rows');
      await screen.filter({ hasText: 'It may be silent until you press Enter' }).waitFor();
      const type = async (text: string, shown: string): Promise<void> => {
        await drive.page.keyboard.type(`${text}\n`);
        await screen.filter({ hasText: shown }).waitFor();
      };
      await type('', `${name} login:`);
      await type('ann', `Welcome to ${name}.`);
      await type('echo is-$42', 'is-$42is-$42');
      await drive.screenshot('serial-2-open-dark');
      await drive.theme('light');
      await drive.screenshot('serial-3-open-light');
      await drive.page.locator('.terminal-wrapper.active').click();
      await type('poweroff', 'The system is going down.');
      await screen.filter({ hasText: `The serial console of ${name} hung up.` }).waitFor();
      await drive.screenshot('serial-4-ended-light');

      await drive.command('Pilothouse: Show Audit');
      const audit = await drive.webview('table');
      const ended = audit.locator('tr', { hasText: 'terminal.ended' });
      await ended.filter({ hasText: 'hung up' }).first().waitFor();
      const text = await audit.locator('body').innerText();
      for (const one of ['is-$42', 'token']) assert.ok(!text.includes(one), one);
      await drive.screenshot('serial-5-audit-light');
    });
  });
});

/** What the editor asks about before it lets an address out. */
async function shownAddress(drive: Drive): Promise<string> {
  const asked = drive.modal().filter({ hasText: 'external website' });
  await asked.waitFor();
  const text = await asked.innerText();
  const found = address.exec(text)?.[0];
  assert.ok(found, text);
  return found;
}

/** Lets it out, to a proxy that is there for this page alone: the address that the browser asks for. */
async function letOut(drive: Drive): Promise<string> {
  const context = drive.page.context();
  let asked = '';
  await context.route('http://console.lab.test:6080/**', (route) => {
    asked ||= route.request().url();
    return route.fulfill({ contentType: 'text/html', body: 'the screen' });
  });
  const opening = context.waitForEvent('page');
  await drive.press(/^Open/);
  const opened = await opening;
  await opened.getByText('the screen').waitFor();
  await opened.close();
  return asked;
}

async function makeServer({ project, servers }: Person): Promise<void> {
  const { session } = project;
  const [{ flavors }, { images }] = await Promise.all([
    session.require<{ flavors: Named[] }>('compute', 'GET', '/flavors'),
    session.require<{ images: Named[] }>('image', 'GET', '/images?name=cirros'),
  ]);
  const flavorRef = flavors.find((one) => one.name === 'm1.tiny')!.id;
  const server = { name, flavorRef, imageRef: images[0]!.id, networks: 'none' };
  await session.require('compute', 'POST', '/servers', { server });
  for (const deadline = Date.now() + 60_000; (await servers())[0]?.status !== 'ACTIVE'; await sleep(200))
    if (Date.now() > deadline) throw new Error('the server never came up');
}

interface Named {
  readonly id: string;
  readonly name: string;
}
