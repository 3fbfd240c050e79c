// Says in the editor what is wrong with a manifest, at its line, while it is typed: the daemon's executor reads the
// text, and nothing is asked of a cloud. A daemon that is away says nothing; applying tells it then.

import * as vscode from 'vscode';
import type { ManifestCheck } from '../../shared/model/manifest.ts';
import { manifestScheme, resourceAt } from './manifestAddress.ts';

const gatherMs = 400;

export interface ManifestProblems extends vscode.Disposable {
  /** Shows what a check found, or that it found nothing. */
  show(uri: vscode.Uri, check: ManifestCheck): void;
}

export function registerManifestProblems(
  check: (id: string, text: string) => Promise<ManifestCheck>,
): ManifestProblems {
  const collection = vscode.languages.createDiagnosticCollection('pilothouse');
  const timers = new Map<string, NodeJS.Timeout>();
  const show: ManifestProblems['show'] = (uri, { problems }) => {
    collection.set(
      uri,
      problems.map(({ line, column, endLine, endColumn, message }) => {
        const diagnostic = new vscode.Diagnostic(new vscode.Range(line, column, endLine, endColumn), message);
        diagnostic.source = 'Pilothouse';
        return diagnostic;
      }),
    );
  };
  const look = async (document: vscode.TextDocument, id: string): Promise<void> => {
    const { version, uri } = document;
    const found = await check(id, document.getText()).catch(() => undefined);
    if (found && !document.isClosed && document.version === version) show(uri, found);
  };
  const lookSoon = (document: vscode.TextDocument): void => {
    const id = document.uri.scheme === manifestScheme ? resourceAt(document.uri) : undefined;
    if (id === undefined) {
      // A file of the workspace was told what was wrong when it was to be applied; it is another text now.
      collection.delete(document.uri);
      return;
    }
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void look(document, id);
      }, gatherMs),
    );
  };
  const subscriptions = [
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.uri.scheme === manifestScheme) lookSoon(document);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => lookSoon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
  ];
  return {
    show,
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
