// The chart panel as a person uses it, on the past that the sandbox simulates, in the real editor: looked at closer and
// back by keyboard and mouse, foreseen, compared, with what was done meanwhile, and saved as figures and as a picture.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { type Drive, driven } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';

const readMs = 120_000;

describe('the chart panel', () => {
  it('shows figures of a VM, looks closer, goes back, foresees, compares and saves', () =>
    driven('chart', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      await drive.expand('VMs');
      const page = await openChart(drive, drive.row(/^web-1/), 'web-1');
      await measured(page, 'cpu of web-1');
      const cpu = page.locator('.unit', { hasText: 'cpu of web-1' });
      await cpu.locator('.plot canvas').waitFor();
      const [last, lowest, mean, highest] = await figuresOf(cpu);
      assert.ok(lowest! <= mean! && mean! <= highest! && last! <= highest!, 'figures are in order');

      await lookCloserByKeys(drive, page, cpu);
      await lookCloserByMouse(drive, page, cpu);
      await page.getByRole('button', { name: '1 hour' }).click();
      await pressed(page, '1 hour').waitFor();
      await measured(page, 'cpu of web-1');

      await page.getByRole('button', { name: 'Forecast' }).click();
      await pressed(page, 'Forecast').waitFor();
      await cpu.locator('p.quiet', { hasText: 'cpu of web-1' }).waitFor();

      await compareWith(drive, page, 'cpu of web-2');
      assertSays(await page.locator('.unit', { hasText: 'cpu of web-2' }).innerText(), 'cpu of web-1');
      await measured(page, 'cpu of web-2');

      const turn = await cockpit.ask('stop web-2');
      await cockpit.review(turn);
      await drive.press(/^(Approve|Stop)/);
      await cockpit.ended(turn, 'Done');
      await page.getByRole('button', { name: 'Read again' }).click();
      await page.locator('.meanwhile li', { hasText: 'stop' }).first().waitFor();
      await drive.screenshot('chart-compare');

      const csv = (await saveAs(drive, page, 'csv')).toString('utf8');
      assert.match(csv, /^kind,series,.*\r\nmeasured,cpu of web-1,/);
      assert.match(csv, /\r\nmeasured,cpu of web-2,/);
      assert.match(csv, /\r\nforecast,cpu of web-1,/);
      const png = await saveAs(drive, page, 'png');
      assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);

      for (const name of ['cpu of web-1', 'cpu of web-2'])
        await page.getByRole('button', { name: `Remove ${name}` }).click();
      await page.getByRole('button', { name: 'Remove cpu of web-1' }).waitFor({ state: 'detached' });

      // What nothing measures is said to be so, in the panel that is open: this one is stopped.
      await openChart(drive, drive.row(/^dev-2/), 'dev-2');
      await page.locator('.note', { hasText: 'No figures of dev-2 are stored' }).waitFor();
      assertSays(await page.locator('.note').innerText(), 'Add Prometheus Server');
    }));
});

async function openChart(drive: Drive, row: Locator, name: string): Promise<FrameLocator> {
  await drive.menu(row, 'Show Chart');
  const page = await drive.webview('.plots');
  await page.locator('.bar h2', { hasText: name }).waitFor();
  return page;
}

/** Reads again until samples of the time shown are stored: a sandbox that was opened a moment ago makes its past. */
async function measured(page: FrameLocator, series: string): Promise<void> {
  const figures = page.locator('.figures tbody tr', { hasText: series }).filter({ hasText: /\d %/ });
  const deadlineMs = Date.now() + readMs;
  while (!(await figures.first().isVisible())) {
    assert.ok(Date.now() < deadlineMs, `nothing of ${series} is ever stored`);
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.locator('.figures tbody tr, .note.info').first().waitFor();
  }
}

const pressed = (page: FrameLocator, name: string): Locator =>
  page.locator('.toggle[aria-pressed="true"]', { hasText: name });

/** Last, lowest, mean and highest of the first series. */
async function figuresOf(unit: Locator): Promise<readonly number[]> {
  const cells = await unit.locator('tbody tr').first().locator('td.number').allInnerTexts();
  return cells.slice(1).map(Number.parseFloat);
}

/** The crosshair moves, its values are said; the stretch around it is looked at, and what was before is back. */
async function lookCloserByKeys(drive: Drive, page: FrameLocator, unit: Locator): Promise<void> {
  await unit.getByRole('application').focus();
  await drive.page.keyboard.press('ArrowLeft');
  await page.locator('[role="status"]', { hasText: /: cpu of web-1 / }).waitFor({ state: 'attached' });
  await unit.locator('thead .moment', { hasText: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ }).waitFor();
  const before = await page.locator('.status').innerText();
  await drive.page.keyboard.press('+');
  await pressed(page, '6 hours').waitFor({ state: 'detached' });
  assert.notEqual(await page.locator('.status').innerText(), before);
  await page.getByRole('button', { name: 'Back to the time before' }).click();
  await pressed(page, '6 hours').waitFor();
}

/** A stretch that is drawn over is looked at closer. */
async function lookCloserByMouse(drive: Drive, page: FrameLocator, unit: Locator): Promise<void> {
  const box = (await unit.locator('.u-over').boundingBox())!;
  await drive.page.mouse.move(box.x + box.width * 0.3, box.y + 40);
  await drive.page.mouse.down();
  await drive.page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
  await drive.page.mouse.up();
  await pressed(page, '6 hours').waitFor({ state: 'detached' });
}

async function compareWith(drive: Drive, page: FrameLocator, series: string): Promise<void> {
  await page.getByRole('button', { name: 'Choose the series that are shown' }).click();
  const widget = drive.page.locator('.quick-input-widget');
  await widget.locator('.quick-input-title', { hasText: 'Series in the chart' }).waitFor();
  await widget.locator('input[type="text"]').fill(series);
  await widget.locator('.monaco-list-row', { hasText: series }).first().click();
  await widget.getByRole('button', { name: 'OK' }).click();
  await page.locator('.unit', { hasText: series }).waitFor();
}

async function saveAs(drive: Drive, page: FrameLocator, format: 'csv' | 'png'): Promise<Buffer> {
  await page.getByRole('button', { name: `Save as ${format.toUpperCase()}…` }).click();
  await drive.acceptFile(`chart.${format}`);
  await drive.notification(`chart.${format}`).waitFor();
  return fs.readFileSync(path.join(drive.editor.workspace, `chart.${format}`));
}
