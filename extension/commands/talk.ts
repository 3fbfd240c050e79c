// What a person does with conversations from the palette: search, forget, see and remove the words that stand for
// things, and take out what they corrected. Nothing leaves the machine but into the file they choose.

import * as vscode from 'vscode';
import { exportedInventory, notationInventory } from '../../shared/model/notation.ts';
import { countOf } from '../../shared/panel/planText.ts';
import { readAllCorrections, readAllResources } from '../../shared/protocol/pages.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { writeWhole } from './audit.ts';
import { registerCommand, withProgress } from './problems.ts';

type Requests = Pick<DaemonLink, 'request'>;

export function registerTalkCommands(
  daemon: Requests,
  chat: { clear(): Promise<void>; search(): Promise<void> },
): readonly vscode.Disposable[] {
  return [
    registerCommand('pilothouse.chat.search', () => chat.search()),
    registerCommand('pilothouse.chat.clear', async () => {
      const forget = 'Forget';
      const detail = 'What was said in this workspace is gone then. Plans and the audit trail stay.';
      const pressed = await vscode.window.showWarningMessage(
        'Forget this conversation?',
        { modal: true, detail },
        forget,
      );
      if (pressed === forget) await chat.clear();
    }),
    registerCommand('pilothouse.alias.manage', () => manageAliases(daemon)),
    registerCommand('pilothouse.correction.export', () => exportCorrections(daemon)),
  ];
}

async function manageAliases(daemon: Requests): Promise<void> {
  const { aliases } = await daemon.request('alias/list');
  if (aliases.length === 0) {
    void vscode.window.showInformationMessage(
      'Pilothouse: no words stand for a thing yet. When you correct a target in the chat, you can keep your words for it.',
    );
    return;
  }
  const items = aliases.map((alias) => ({
    label: alias.words,
    description: `stands for ${alias.name}${alias.missing ? ' (not there now, not used)' : ''}`,
    detail: alias.target,
    alias,
  }));
  const options = { title: 'Words that stand for things', placeHolder: 'Choose those to remove' };
  const chosen = await vscode.window.showQuickPick(items, {
    ...options,
    canPickMany: true,
    matchOnDescription: true,
  });
  for (const { alias } of chosen ?? []) await daemon.request('alias/remove', { words: alias.words });
  if (chosen && chosen.length > 0)
    void vscode.window.showInformationMessage(
      `Pilothouse: removed ${chosen.map(({ label }) => `“${label}”`).join(', ')}.`,
    );
}

/** Items into the chosen file, the inventory they speak of beside it, so that the set can be measured as it is. */
async function exportCorrections(daemon: Requests): Promise<void> {
  const items = await readAllCorrections(daemon);
  if (items.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: nothing was corrected yet.');
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Export corrections',
    defaultUri: folder ? vscode.Uri.joinPath(folder, 'pilothouse-corrections.jsonl') : undefined,
    filters: { 'JSON Lines': ['jsonl'] },
  });
  if (!target) return;
  const resources = await withProgress('exporting corrections', (signal) => readAllResources(daemon, signal));
  const inventory = vscode.Uri.joinPath(target, '..', `${exportedInventory}.json`);
  await writeWhole(inventory, `${JSON.stringify(notationInventory(resources, Date.now()))}\n`);
  await writeWhole(target, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const open = await vscode.window.showInformationMessage(
    `Pilothouse: ${countOf(items.length, 'correction')} in ${target.fsPath}, what they speak of in ${exportedInventory}.json beside it.`,
    'Open',
  );
  if (open) await vscode.window.showTextDocument(target);
}
