// The topology, queries, logs, history and changes as a person uses them, on the sandbox, in the real editor. How the
// panel looks in every kind of theme and at narrow width is seen to by `look.test.ts`.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { type Drive, driven } from '../drive.ts';
import { assertSays, openCockpit } from './cockpit.ts';

async function openTopology(drive: Drive): Promise<FrameLocator> {
  await drive.expand('VMs');
  await drive.menu(drive.row(/^web-1/), 'Show Topology');
  const page = await drive.webview('.canvas');
  await page.locator('.nodes .node').first().waitFor();
  return page;
}

/** The names in the list, as a screen reader would go through them. */
async function namesOf(page: FrameLocator): Promise<readonly string[]> {
  return page.locator('.nodes .node .name').allInnerTexts();
}

/** Text of the editor that is open. */
async function editorText(drive: Drive): Promise<string> {
  const lines = await drive.page.locator('.editor-instance .view-line').allInnerTexts();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** Waits until the dialog has put its own proposal in: what is typed before would be lost. */
async function offered(drive: Drive, name: string): Promise<void> {
  const input = drive.page.locator('.quick-input-widget input');
  await input.waitFor();
  await drive.page.waitForFunction(
    (wanted) => document.querySelector<HTMLInputElement>('.quick-input-widget input')?.value.endsWith(wanted),
    name,
  );
}

describe('the topology panel', () => {
  it('shows what is around a VM, expands by keyboard, filters, and follows a change', () =>
    driven('topology', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      const page = await openTopology(drive);
      await page.locator('.bar h2', { hasText: 'Around web-1' }).waitFor();
      const before = await namesOf(page);
      assert.equal(before[0], 'web-1');
      assert.ok(before.length > 2, before.join(' '));
      assert.ok(await page.locator('.canvas canvas').first().isVisible());
      await drive.screenshot('topology-1-around');

      const list = page.getByRole('listbox', { name: 'Resources shown' });
      await list.focus();
      await drive.page.keyboard.press('End');
      await page.locator('.node[aria-selected="true"]').waitFor();
      await drive.page.keyboard.press('Home');
      await page.locator('.chosen h3', { hasText: 'web-1' }).waitFor();
      await page.locator('.node', { hasText: 'network' }).first().click();
      await page.getByRole('button', { name: /^Expand/ }).click();
      await page.locator('.nodes .node').nth(before.length).waitFor();
      assert.ok((await namesOf(page)).length > before.length, 'a network has more in it');
      await drive.screenshot('topology-2-expanded');

      await page.getByRole('combobox', { name: 'All kinds' }).selectOption('network');
      await page.locator('.status', { hasText: 'filtered out' }).waitFor();
      assert.ok((await namesOf(page)).includes('web-1'), 'the centre stays');
      await page.getByRole('combobox', { name: 'All kinds' }).selectOption('');

      const turn = await cockpit.ask('stop web-1');
      await cockpit.review(turn);
      await drive.press(/^(Approve|Stop)/);
      await page
        .locator('.node', { hasText: /^web-1.*stopped/s })
        .first()
        .waitFor();
    }));

  it('shows what a waiting plan would hit', () =>
    driven('topology-plan', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      await cockpit.ask('stop db-1');
      await drive.openView('Plans');
      await drive.menu(drive.row(/db-1/), 'Show Blast Radius');
      const page = await drive.webview('.canvas');
      await page.locator('.node.target', { hasText: 'db-1' }).waitFor();
      assertSays(await page.locator('.status').innerText(), '1 target');
      await drive.screenshot('topology-plan');
    }));

  it('saves its picture where the person says', () =>
    driven('topology-picture', {}, async (drive) => {
      await openCockpit(drive);
      const page = await openTopology(drive);
      for (const format of ['svg', 'png']) {
        await page.getByRole('button', { name: `Save as ${format.toUpperCase()}…` }).click();
        const target = path.join(drive.editor.workspace, `picture.${format}`);
        await offered(drive, `topology.${format}`);
        await drive.answer(target);
        await drive.notification(`picture.${format}`).waitFor();
        const saved = fs.readFileSync(target);
        if (format === 'svg') assert.match(saved.toString('utf8'), /^<svg .*web-1.*<\/svg>/s);
        else assert.deepEqual([...saved.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
      }
    }));
});

describe('documents about resources', () => {
  it('answers a query as a table whose ids lead to details', () =>
    driven('query', {}, async (drive) => {
      await openCockpit(drive);
      await drive.command('Pilothouse: Query Graph…');
      await drive.answer('MATCH (v:vm) RETURN v.name AS vm, v.id ORDER BY vm');
      await drive.page.locator('.view-line', { hasText: 'sandbox:vm/web-1' }).first().waitFor();
      assertSays(await editorText(drive), 'MATCH (v:vm)', 'web-1', 'rows');
      await drive.screenshot('query-table');

      await drive.command('Pilothouse: Query Graph…');
      await drive.answer('MATCH (v:vm) DELETE v');
      await drive.page.locator('.view-line', { hasText: 'would change something' }).first().waitFor();
    }));

  it('shows details, follows a log, filters it, and tells history and changes', () =>
    driven('documents', {}, async (drive) => {
      const cockpit = await openCockpit(drive);
      const turn = await cockpit.ask('stop web-1');
      await cockpit.review(turn);
      await drive.press(/^(Approve|Stop)/);
      await cockpit.ended(turn, 'Done');

      await drive.expand('VMs');
      await drive.menu(drive.row(/^web-1/), 'Show History');
      await drive.page.locator('.view-line', { hasText: 'History of web-1' }).waitFor();
      await drive.page.locator('.view-line', { hasText: 'status:' }).first().waitFor();
      await drive.screenshot('history');

      await drive.menu(drive.row(/^web-1/), 'Compare With an Earlier State…');
      await drive.page.locator('.quick-input-list .monaco-list-row', { hasText: 'running' }).waitFor();
      await drive.answer('running');
      await drive.page.locator('.tab.active', { hasText: '↔ now' }).waitFor();
      await drive.page.locator('.monaco-diff-editor .view-line', { hasText: 'stopped' }).first().waitFor();
      await drive.screenshot('compare');

      await drive.command('Pilothouse: Show Changes Since…');
      await drive.page.locator('.quick-input-list .monaco-list-row', { hasText: '1 hour' }).waitFor();
      await drive.answer('1 hour');
      await drive.page.locator('.view-line', { hasText: 'Changes in' }).waitFor();
      await drive.screenshot('changes');

      await drive.menu(drive.row(/^web-1/), 'Show Log');
      await drive.page.locator('.tab.active', { hasText: 'logs.log' }).waitFor();
      const rows = drive.page.locator('.quick-input-list .monaco-list-row');
      await drive.command('Pilothouse: Filter Log…');
      await rows.filter({ hasText: 'Only lines that hold…' }).click();
      await drive.page.locator('.quick-input-widget', { hasText: 'Empty: all lines.' }).waitFor();
      await drive.answer('no-line-holds-this');
      await drive.page.locator('.view-line', { hasText: 'The log is empty' }).waitFor();
      await drive.screenshot('log-filtered');
      await drive.command('Pilothouse: Filter Log…');
      await rows.filter({ hasText: 'no-line-holds-this' }).waitFor();
      await drive.screenshot('log-choices');
      await rows.filter({ hasText: 'Since…' }).click();
      await rows.filter({ hasText: 'The last hour' }).click();
      await drive.page.locator('.tab.active', { hasText: 'since-' }).waitFor();
      await drive.command('Pilothouse: Filter Log…');
      await rows.filter({ hasText: 'no-line-holds-this' }).waitFor();
      assert.equal(
        await rows.filter({ hasText: 'its start' }).count(),
        0,
        'the time is kept beside the words',
      );
    }));
});
