// Drives VS Code as a person would: a real browser, clicks and keys, with the packaged extension installed, not
// loaded from the checkout. One `open` is one editor with folders, settings and a state folder of its own; `close`
// leaves nothing running. Waits are for what a person would see, never for a length of time. Every failed step
// leaves a screenshot in `test-results/`.

import fs from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { chromiumFlags } from '../../scripts/lib/chromium.mjs';
import { type Editor, type EditorOptions, startEditor, type Theme, themes } from './editor.ts';
import { getPackagedExtension } from './packaged.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const pictures = path.join(root, 'test-results');
/** Bounds against hanging, not promises: two cores may serve several runs. */
const workbenchTimeoutMs = 180_000;
const stepTimeoutMs = 60_000;
const paletteTimeoutMs = 3000;
const menuClicksMax = 5;
const wideWindow = { width: 1400, height: 900 };

export interface DriveOptions extends EditorOptions {
  readonly window?: { readonly width: number; readonly height: number };
}

/** Opens an editor with the extension installed and its workspace shown. */
export async function open(options: DriveOptions = {}): Promise<Drive> {
  const editor = await startEditor({ ...options, vsix: options.vsix ?? (await getPackagedExtension()) });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({
      executablePath: process.env.PILOTHOUSE_CHROMIUM,
      args: chromiumFlags,
    });
    const page = await browser.newPage({ viewport: options.window ?? wideWindow });
    page.setDefaultTimeout(stepTimeoutMs);
    const drive = new Drive(page, editor, browser);
    await drive.load();
    return drive;
  } catch (error) {
    await browser?.close();
    await editor.stop();
    throw error;
  }
}

export class Drive {
  readonly page: Page;
  readonly editor: Editor;
  readonly #browser: Browser;

  constructor(page: Page, editor: Editor, browser: Browser) {
    this.page = page;
    this.editor = editor;
    this.#browser = browser;
  }

  /** Loads the window; again to see what survives a reload. */
  async load(): Promise<void> {
    const url = `${this.editor.url}/?${new URLSearchParams({ folder: this.editor.workspace })}`;
    await this.page.goto(url, { waitUntil: 'commit', timeout: workbenchTimeoutMs });
    await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: workbenchTimeoutMs });
  }

  /**
   * Runs a command of the palette by all of the title that it shows (`Category: Title`). A palette opened before the
   * extension was read does not learn of its commands, and a view that has just come takes the focus and closes it: it is
   * opened anew.
   */
  async command(title: string): Promise<void> {
    const starts = new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: starts }).first();
    const deadline = Date.now() + stepTimeoutMs;
    for (;;) {
      await this.page.keyboard.press('F1');
      const typed = this.page
        .locator('.quick-input-widget input')
        .fill(`>${title}`, { timeout: paletteTimeoutMs });
      const isThere = await typed
        .then(() => row.waitFor({ timeout: paletteTimeoutMs }))
        .then(
          () => true,
          () => false,
        );
      if (isThere) return row.click();
      if (Date.now() > deadline) throw new Error(`The palette has no command "${title}"`);
      await this.page.keyboard.press('Escape');
    }
  }

  /** Types into the quick input that is open (an input box or a pick) and accepts it. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Accepts the file that a save dialog proposes, once it is ready: a key that comes before is lost. */
  async acceptFile(name: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    await widget.locator('input').first().waitFor();
    await this.page.waitForFunction(
      (wanted) =>
        document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.endsWith(wanted),
      name,
    );
    await widget.locator('.monaco-list-row', { hasText: '..' }).first().waitFor();
    await widget.getByRole('button', { name: 'OK', exact: true }).click();
  }

  /** Types the path of a file into an open dialog and takes it. */
  async chooseFile(file: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    await widget.locator('.monaco-list-row', { hasText: '..' }).first().waitFor();
    await widget.locator('input').first().fill(file);
    await widget
      .locator('.monaco-list-row', { hasText: path.basename(file) })
      .first()
      .waitFor();
    await widget.getByRole('button', { name: /^(OK|Open)$/ }).click();
  }

  /** Opens a view container by the title of its icon in the activity bar. */
  async openContainer(title: string): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item a[aria-label^="${title}"]`);
    const shown = this.page.locator('.part.sidebar .composite.title', { hasText: new RegExp(title, 'i') });
    // A click on what is open already closes it.
    const isOpen = (await icon.getAttribute('aria-expanded')) === 'true' || (await shown.isVisible());
    if (!isOpen) await icon.click();
    await shown.waitFor();
  }

  /** A pane of the side bar, unfolded. */
  async openView(title: string): Promise<Locator> {
    const pane = this.page.locator('.split-view-view .pane', {
      has: this.page.locator(`.pane-header[aria-label^="${title}"]`),
    });
    const header = pane.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return pane;
  }

  /** A row of any tree or list by the text it shows. */
  row(text: string | RegExp): Locator {
    return this.page
      .locator(
        '.part.sidebar .monaco-list-row, .part.panel .monaco-list-row, .part.auxiliarybar .monaco-list-row',
      )
      .filter({ hasText: text })
      .first();
  }

  /** Unfolds a row, and answers with it. */
  async expand(text: string | RegExp): Promise<Locator> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
    return row;
  }

  /** Right-clicks a row and picks an entry of its menu. A menu ignores clicks in its first moment: click again. */
  async menu(row: Locator, entry: string | RegExp): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.locator('.context-view .action-menu-item').filter({ hasText: entry }).first();
    await item.click();
    for (let again = 0; again < menuClicksMax && (await item.isVisible()); again += 1) {
      await this.page.waitForTimeout(200);
      if (await item.isVisible()) await item.click({ timeout: 1000 }).catch(() => undefined);
    }
  }

  /**
   * The inside of a webview. With several open, `holding` is a selector that only the wanted one has.
   */
  async webview(holding = 'body *'): Promise<FrameLocator> {
    const deadline = Date.now() + stepTimeoutMs;
    for (;;) {
      const outer = this.page.locator('iframe.webview');
      for (let index = 0; index < (await outer.count()); index += 1) {
        const inner = outer.nth(index).contentFrame().locator('#active-frame').contentFrame();
        if (
          (await inner
            .locator(holding)
            .count()
            .catch(() => 0)) > 0
        )
          return inner;
      }
      if (Date.now() > deadline) throw new Error(`No webview shows ${holding}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** The modal dialog that is open. */
  modal(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Presses a button of the modal dialog. */
  async press(button: string | RegExp): Promise<void> {
    await this.modal().getByRole('button', { name: button }).click();
    await this.modal().waitFor({ state: 'hidden' });
  }

  /** A toast by its text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** Makes the side bar as narrow or wide as asked, by dragging its edge. */
  async sidebarWidth(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('The side bar is not shown.');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
    await this.page.mouse.move(wideWindow.width / 2, wideWindow.height / 2);
  }

  /**
   * Changes the colour theme while the editor runs, by its own list of themes. Its settings file would not do: changes
   * from outside are seen by a native module only, which code-server from npm does not have.
   */
  async theme(theme: Theme): Promise<void> {
    const { label, workbench } = themes[theme];
    const shown = this.page.locator(`.monaco-workbench.${workbench}`);
    if (await shown.isVisible()) return;
    await this.command('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input[placeholder^="Select Color Theme"]');
    await input.fill(label);
    const row = this.page.locator('.quick-input-list .monaco-list-row');
    await row.filter({ has: this.page.getByText(label, { exact: true }) }).click();
    await input.waitFor({ state: 'hidden' });
    await shown.waitFor();
  }

  /** A picture of the window (or of a part of it) as `test-results/NAME.png`. */
  async screenshot(name: string, part?: Locator): Promise<string> {
    fs.mkdirSync(pictures, { recursive: true });
    const file = path.join(pictures, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
    await (part ?? this.page).screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.editor.stop();
  }
}

/** One driven test: opens, runs, closes; a failure leaves a picture and the server's last words. */
export async function driven(
  name: string,
  options: DriveOptions,
  body: (drive: Drive) => Promise<void>,
): Promise<void> {
  const drive = await open(options);
  try {
    await body(drive);
  } catch (error) {
    const picture = await drive.screenshot(`failed-${name}`).catch(() => 'no picture');
    console.log(`      (see ${picture})\n${drive.editor.output().slice(-2000)}`);
    throw error;
  } finally {
    await drive.close();
  }
}
