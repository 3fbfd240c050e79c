// What a person does with the audit trail from the palette: show it, have the whole chain checked, write it into a
// file of their choice. The export is read page by page, so that a long trail fits.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { AuditVerification } from '../../shared/model/audit.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { registerCommand, withProgress } from './problems.ts';

type Requests = Pick<DaemonLink, 'request'>;

export function registerAuditCommands(
  daemon: Requests,
  show: (plan?: string) => void,
): readonly vscode.Disposable[] {
  return [
    registerCommand('pilothouse.audit.show', () => show()),
    registerCommand('pilothouse.audit.verify', async () => {
      const verification = await withProgress('checking the audit trail', (signal) =>
        daemon.request('audit/verify', {}, { signal }),
      );
      const sentence = verificationSentence(verification);
      if (verification.ok) void vscode.window.showInformationMessage(`Pilothouse: ${sentence}`);
      else void vscode.window.showErrorMessage(`Pilothouse: ${sentence}`, { modal: true });
    }),
    registerCommand('pilothouse.audit.export', () => exportAudit(daemon)),
  ];
}

export function verificationSentence(verification: AuditVerification): string {
  return verification.ok
    ? `the audit trail is whole: ${verification.records.toLocaleString('en')} records, the last hash begins with ${verification.head.slice(0, 12)}.`
    : `the audit trail is broken at record ${verification.seq} (${verification.problem}): ${verification.message}`;
}

export async function exportAudit(daemon: Requests): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `pilothouse-audit-${new Date().toISOString().slice(0, 10)}.jsonl`;
  const target = await vscode.window.showSaveDialog({
    title: 'Export the audit trail',
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : undefined,
    filters: { 'JSON Lines': ['jsonl'], CSV: ['csv'] },
  });
  if (!target) return;
  const format = target.path.endsWith('.csv') ? 'csv' : 'jsonl';
  const text = await withProgress('exporting the audit trail', (signal) => readAll(daemon, format, signal));
  await writeWhole(target, text);
  const open = await vscode.window.showInformationMessage(
    `Pilothouse: the audit trail is in ${target.fsPath}.`,
    'Open',
  );
  if (open) await vscode.window.showTextDocument(target);
}

async function readAll(daemon: Requests, format: 'csv' | 'jsonl', signal: AbortSignal): Promise<string> {
  const pages: string[] = [];
  let afterSeq: number | undefined = 0;
  while (afterSeq !== undefined) {
    const page: { text: string; nextSeq?: number } = await daemon.request(
      'audit/export',
      { format, afterSeq },
      { signal },
    );
    pages.push(page.text);
    afterSeq = page.nextSeq;
  }
  return pages.join('');
}

/** Beside the target first, then in its place: a cut-off export is never taken for a whole one. */
export async function writeWhole(target: vscode.Uri, text: string): Promise<void> {
  const draft = target.with({ path: `${target.path}.${randomBytes(4).toString('hex')}` });
  await vscode.workspace.fs.writeFile(draft, Buffer.from(text, 'utf8'));
  await vscode.workspace.fs.rename(draft, target, { overwrite: true });
}
