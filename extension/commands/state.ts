// Backup and restore of the daemon's state from the palette. The files are on the machine of the daemon, which is the
// one this extension runs on. A restore says what it replaces and is never done without a yes.

import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { verificationSentence } from './audit.ts';
import { registerCommand, withProgress } from './problems.ts';

type Requests = Pick<DaemonLink, 'request'>;

const filters = { 'Pilothouse backup': ['gz'] };

/** `onRestored`: what the daemon remembers is another now. */
export function registerStateCommands(
  daemon: Requests,
  onRestored: () => Promise<void>,
): readonly vscode.Disposable[] {
  return [
    registerCommand('pilothouse.state.backup', () => backup(daemon)),
    registerCommand('pilothouse.state.restore', () => restore(daemon, onRestored)),
  ];
}

async function backup(daemon: Requests): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `pilothouse-state-${new Date().toISOString().slice(0, 16).replace(':', '')}.tar.gz`;
  const target = await vscode.window.showSaveDialog({
    title: 'Back up plans, audit, settings and talk',
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : undefined,
    filters,
  });
  if (!target) return;
  const written = await withProgress('backing up', (signal) =>
    daemon.request('state/backup', { file: target.fsPath }, { signal }),
  );
  void vscode.window.showInformationMessage(
    `Pilothouse: ${written.databases.length} databases are in ${written.file}, each copy checked.`,
  );
}

async function restore(daemon: Requests, onRestored: () => Promise<void>): Promise<void> {
  const [source] =
    (await vscode.window.showOpenDialog({ title: 'Restore from a backup', canSelectMany: false, filters })) ??
    [];
  if (!source) return;
  const { auditHead, openPlans } = await daemon.request('status/get', {});
  const yes = 'Restore';
  const pressed = await vscode.window.showWarningMessage(
    'Put the backup in place of the state?',
    {
      modal: true,
      detail: `${source.fsPath} takes the place of plans, audit trail (${auditHead.seq.toLocaleString('en')} records now), settings and talk; ${openPlans} plans are open. What is there now is kept beside it. No cloud is changed. The daemon starts again.`,
    },
    yes,
  );
  if (pressed !== yes) return;
  await withProgress('restoring', async (signal) => {
    const { pid } = await daemon.request('status/get', {});
    await daemon.request('state/restore', { file: source.fsPath }, { signal });
    while ((await daemon.request('status/get', {}, { signal }).catch(() => ({ pid }))).pid === pid)
      await new Promise((resolve) => setTimeout(resolve, 200));
  });
  await onRestored();
  const verification = await daemon.request('audit/verify', {});
  const sentence = `the backup is in place; ${verificationSentence(verification)}`;
  if (verification.ok) void vscode.window.showInformationMessage(`Pilothouse: ${sentence}`);
  else void vscode.window.showErrorMessage(`Pilothouse: ${sentence}`, { modal: true });
}
