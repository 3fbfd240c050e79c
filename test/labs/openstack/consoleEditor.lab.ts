// The console of a real server in the real editor, as a person opens it: from the menu of the tree, after the yes in our
// dialog, by the address that Nova made, which the editor shows before it lets it out. The audit keeps that it was
// opened, and nothing keeps the address. Nothing listens there in the lab: what a browser would show is not seen here.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { getChromium } from '../../../scripts/lib/chromium.mjs';
import { type Drive, driven } from '../../vscode/drive.ts';
import { assertSays, leaveModal, openCockpit } from '../../vscode/ui/cockpit.ts';
import { requireLab } from '../lab.ts';
import { openPerson, type Person } from './person.ts';

const name = 'dev-screen';
const address = /http:\/\/console\.lab\.test:6080\/vnc_auto\.html\?path=%3Ftoken%3D([\da-f-]{36})/;

describe('the console of a server in the editor, on a real OpenStack', function () {
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

  it('asks, hands the address of Nova to the browser, and writes down that it did', () =>
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
