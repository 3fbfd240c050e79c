// Read-only documents made of what the daemon knows: details, logs, history and changes, rows of a query. The address
// holds what is shown (`address.ts`), a failure is the document's text. Ids in them lead to details. Details and
// manifests follow the graph and logs what is written, while somebody looks; a document that nobody sees asks nothing.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ConnectionStore } from '../state/connections.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';
import { addressOf, idsIn, type Shown, scheme, shownAt } from './address.ts';
import { changesText, historyText, jsonText, queryText } from './graphText.ts';
import { resourceText } from './resourceText.ts';

const logLines = 500;
const logRhythmMs = 2_000;
const gatherMs = 300;

export interface Documents extends vscode.Disposable {
  open(shown: Shown, name: string): Promise<void>;
  openDetails(id: string, name: string): Promise<void>;
  openLogs(id: string, name: string): Promise<void>;
  /** Shows how a resource differs from what it was at a moment of its history. */
  compare(id: string, at: string, name: string): Promise<void>;
  /** Shows what is on the server now, as YAML, beside what is edited. */
  compareWithServer(id: string, edited: vscode.Uri, name: string): Promise<void>;
  /** What the active editor shows, where it is one of ours. */
  active(): Shown | undefined;
}

export interface DocumentPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly resources: ResourceStore;
  readonly connections: ConnectionStore;
}

export function registerDocuments(ports: DocumentPorts): Documents {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const kept = new Map<string, string>();
  const registrations = [
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const text = kept.get(uri.toString()) ?? (await read(uri, ports));
        kept.delete(uri.toString());
        return text;
      },
    }),
    vscode.languages.registerDocumentLinkProvider(
      { scheme },
      { provideDocumentLinks: (document) => linksIn(document, ports.connections) },
    ),
    followResources(ports.resources, changed),
    followLogs(ports, (uri, text) => {
      kept.set(uri.toString(), text);
      changed.fire(uri);
    }),
    changed,
  ];
  const open = async (shown: Shown, name: string) => {
    const uri = vscode.Uri.from(addressOf(shown, name));
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    if (shown.topic === 'logs') showEnd(editor);
  };
  return {
    open,
    openDetails: (id, name) => open({ topic: 'details', id }, name),
    openLogs: (id, name) => open({ topic: 'logs', id }, name),
    compare: async (id, at, name) => {
      const [before, now] = [
        addressOf({ topic: 'record', id, at }, name),
        addressOf({ topic: 'record', id }, name),
      ];
      const [left, right] = [vscode.Uri.from(before), vscode.Uri.from(now)];
      changed.fire(right);
      const title = `${name}: ${new Date(at).toLocaleString('sv-SE')} ↔ now`;
      await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    },
    compareWithServer: async (id, edited, name) => {
      const server = vscode.Uri.from(addressOf({ topic: 'manifest', id }, name));
      changed.fire(server);
      await vscode.commands.executeCommand('vscode.diff', server, edited, `${name}: on the server ↔ edited`);
    },
    active: () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === scheme ? shownAt(uri) : undefined;
    },
    dispose: () => {
      for (const registration of registrations) registration.dispose();
    },
  };
}

async function read(uri: vscode.Uri, ports: DocumentPorts): Promise<string> {
  const shown = shownAt(uri);
  if (!shown) return 'This document was made by another version: open it anew from the tree.\n';
  try {
    return await textOf(shown, ports);
  } catch (error) {
    const { message, fix } = problemOf(error);
    return `${message}${fix ? `\n${fix}` : ''}\n`;
  }
}

async function textOf(shown: Shown, { daemon, resources }: DocumentPorts): Promise<string> {
  switch (shown.topic) {
    case 'details':
      return resourceText(
        await daemon.request('resource/get', { id: shown.id }),
        (id) => resources.get(id)?.name,
      );
    case 'logs': {
      const { id, grep, since, previous, part } = shown;
      const { text, truncated } = await daemon.request('resource/logs', {
        id,
        lines: logLines,
        grep,
        since,
        previous,
        part,
      });
      if (text === '') return 'The log is empty.\n';
      return truncated ? `(only the last lines are shown)\n${text}` : text;
    }
    case 'history': {
      const { states } = await daemon.request('resource/history', { id: shown.id });
      return historyText(nameOf(resources, shown.id), states);
    }
    case 'manifest':
      return (await daemon.request('manifest/read', { id: shown.id })).text;
    case 'record':
      return recordText(shown.id, shown.at, daemon);
    case 'changes': {
      const { connection, from } = shown;
      return changesText(connection, from, await daemon.request('graph/changes', { connection, from }));
    }
    case 'query':
      return queryText(shown.text, await daemon.request('graph/query', { text: shown.text }));
    case 'neo4j':
      return queryText(shown.text, await daemon.request('neo4j/query', { text: shown.text }));
  }
}

/** A record as JSON, its keys in order, so that two of them can be compared. */
async function recordText(
  id: string,
  at: string | undefined,
  daemon: DocumentPorts['daemon'],
): Promise<string> {
  if (at === undefined) return jsonText((await daemon.request('resource/get', { id })).resource);
  const { states } = await daemon.request('resource/history', { id, limit: 200 });
  const state = states.find((one) => one.at === at);
  return state?.resource ? jsonText(state.resource) : 'There is no record of it at that moment.\n';
}

function linksIn(document: vscode.TextDocument, connections: ConnectionStore): vscode.DocumentLink[] {
  return idsIn(document.getText(), (id) => connections.get(id) !== undefined).map(({ id, start, end }) => {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const target = vscode.Uri.parse(
      `command:pilothouse.resource.details?${encodeURIComponent(JSON.stringify([{ kind: 'resource', key: id, id }]))}`,
    );
    const link = new vscode.DocumentLink(range, target);
    link.tooltip = 'Show details';
    return link;
  });
}

/** Editors of ours that somebody sees now, and what they show. */
function seen(
  topic: Shown['topic'],
): readonly { readonly editor: vscode.TextEditor; readonly shown: Shown }[] {
  return vscode.window.visibleTextEditors.flatMap((editor) => {
    const { uri } = editor.document;
    const shown = uri.scheme === scheme ? shownAt(uri) : undefined;
    return shown?.topic === topic ? [{ editor, shown }] : [];
  });
}

/** Details, and what stands on the server, are read again where they are seen and their resource looks different. */
function followResources(
  resources: ResourceStore,
  changed: vscode.EventEmitter<vscode.Uri>,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const followed = () => [...seen('details'), ...seen('manifest')];
  const stop = resources.onDidChange((change) => {
    if (timer) return;
    const isTouched = followed().some(
      ({ shown }) =>
        change.kind === 'all' ||
        change.members.length > 0 ||
        ('id' in shown && change.changed.includes(shown.id)),
    );
    if (!isTouched) return;
    timer = setTimeout(() => {
      timer = undefined;
      for (const { editor } of followed()) changed.fire(editor.document.uri);
    }, gatherMs);
  });
  return {
    dispose: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

/** Logs that are seen are read again in a rhythm; who stands at the end stays at the end. */
function followLogs(ports: DocumentPorts, tell: (uri: vscode.Uri, text: string) => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const look = async (): Promise<void> => {
    timer = undefined;
    for (const { editor } of seen('logs')) {
      const { uri } = editor.document;
      const text = await read(uri, ports);
      if (isDisposed) return;
      if (text !== editor.document.getText().replaceAll('\r\n', '\n')) {
        if (isAtEnd(editor)) ending.add(uri.toString());
        tell(uri, text);
      }
    }
    schedule();
  };
  const schedule = (): void => {
    if (!isDisposed && !timer && seen('logs').length > 0) timer = setTimeout(() => void look(), logRhythmMs);
  };
  const ending = new Set<string>();
  const subscriptions = [
    vscode.window.onDidChangeVisibleTextEditors(schedule),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (!ending.delete(document.uri.toString())) return;
      for (const { editor } of seen('logs')) if (editor.document === document) showEnd(editor);
    }),
  ];
  schedule();
  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function isAtEnd(editor: vscode.TextEditor): boolean {
  const last = editor.document.lineCount - 1;
  return editor.visibleRanges.some(({ end }) => end.line >= last - 1);
}

function showEnd(editor: vscode.TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end));
}
