// The audit trail as a page in the editor's area: asks the daemon for pages of records, has the chain checked and
// hands an export to the save dialog. It can change nothing.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import { type AuditFilter, type FromAudit, parseFromAudit, type ToAudit } from '../../shared/panel/audit.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { openPage } from './page.ts';

const pageRecords = 100;

export interface AuditPanel extends vscode.Disposable {
  /** Shows the trail, of one plan where one is given. */
  show(plan?: string): void;
}

export function createAuditPanel(
  extensionUri: vscode.Uri,
  daemon: Pick<DaemonLink, 'request'>,
  exportAudit: () => Promise<void>,
): AuditPanel {
  let panel: vscode.WebviewPanel | undefined;
  let wanted: AuditFilter = {};
  const post = (message: ToAudit) => void panel?.webview.postMessage(message);

  async function list(filter: AuditFilter, beforeSeq?: number): Promise<void> {
    const { records } = await daemon.request('audit/list', { ...filter, beforeSeq, limit: pageRecords });
    post({
      type: 'records',
      records,
      hasOlder: records.length === pageRecords,
      reset: beforeSeq === undefined,
    });
  }
  async function receive(message: FromAudit): Promise<void> {
    switch (message.type) {
      case 'ready':
        post({ type: 'filter', filter: wanted });
        return list(wanted);
      case 'list':
        wanted = message.filter;
        return list(message.filter, message.beforeSeq);
      case 'verify':
        return post({ type: 'verified', verification: await daemon.request('audit/verify') });
      case 'export':
        return exportAudit();
    }
  }
  function open(): vscode.WebviewPanel {
    const opened = vscode.window.createWebviewPanel(
      'pilothouse.audit',
      'Pilothouse Audit',
      vscode.ViewColumn.Active,
    );
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `wheel-${theme}.svg`);
    opened.iconPath = { light: icon('light'), dark: icon('dark') };
    opened.webview.onDidReceiveMessage(async (value: unknown) => {
      const message = parseFromAudit(value);
      try {
        if (message) await receive(message);
      } catch (error) {
        const { message: text, fix } = problemOf(error);
        post({ type: 'problem', problem: { message: text, fix } });
      }
    });
    opened.onDidDispose(() => {
      panel = undefined;
    });
    openPage(opened.webview, extensionUri, 'audit', 'Pilothouse Audit');
    return opened;
  }
  return {
    show: (plan) => {
      wanted = plan === undefined ? {} : { plan };
      if (!panel) {
        panel = open();
        return;
      }
      panel.reveal();
      void receive({ type: 'ready' });
    },
    dispose: () => panel?.dispose(),
  };
}
