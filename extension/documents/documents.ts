// Read-only documents made of what the daemon knows: details and logs of a resource. The address holds what is
// shown, so that an editor that is restored reads it again; a failure is the document's text.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { resourceText } from './resourceText.ts';

const scheme = 'pilothouse';
const logLines = 500;

export interface Documents extends vscode.Disposable {
  openDetails(id: string, name: string): Promise<void>;
  openLogs(id: string, name: string): Promise<void>;
}

export function registerDocuments(daemon: Pick<DaemonLink, 'request'>): Documents {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => read(uri, daemon),
  });
  const open = async (topic: 'details' | 'logs', id: string, name: string) => {
    const title = `${name.replaceAll(/[^\w.-]+/g, '_')} ${topic}.${topic === 'logs' ? 'log' : 'txt'}`;
    const uri = vscode.Uri.from({
      scheme,
      authority: topic,
      path: `/${title}`,
      query: encodeURIComponent(id),
    });
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  };
  return {
    openDetails: (id, name) => open('details', id, name),
    openLogs: (id, name) => open('logs', id, name),
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}

async function read(uri: vscode.Uri, daemon: Pick<DaemonLink, 'request'>): Promise<string> {
  const id = decodeURIComponent(uri.query);
  try {
    if (uri.authority === 'details') return resourceText(await daemon.request('resource/get', { id }));
    const { text, truncated } = await daemon.request('resource/logs', { id, lines: logLines });
    if (text === '') return 'The log is empty.\n';
    return truncated ? `(only the last lines are shown)\n${text}` : text;
  } catch (error) {
    const { message, fix } = problemOf(error);
    return `${message}${fix ? `\n${fix}` : ''}\n`;
  }
}
